"""What tables say is read as it stands or refused with its cell: nothing is guessed, and one bad line costs one person."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from eligibility.diagnostic import Problems

from .material import codes, column_map, profiles, read, write_csv, write_jsonl, write_xlsx

# ------------------------------------------------------------------------------------------------------- values


def test_na_is_namibia_no_is_norway_and_zeros_stay(tmp_path: Path) -> None:
    """B3: `NA` and `NO` are countries, `00123` keeps its zeros, in CSV and in Excel."""
    rows = [["id", "name", "nationality"], ["00123", "Tuyakula", "NA; NO"]]
    for path in (write_csv(tmp_path / "a.csv", rows), write_xlsx(tmp_path / "a.xlsx", rows)):
        (person,) = profiles(path)
        assert person["id"] == "00123"
        assert person["citizenships"] == ["NA", "NO"]


def test_a_day_that_can_be_read_in_two_ways_is_refused_with_its_cell(tmp_path: Path) -> None:
    """B4: `03/04/2025` without --date-format names the column and the cell; with it, it is a day."""
    path = write_csv(tmp_path / "a.csv", [["name", "date of birth"], ["Ann", "2001-02-03"], ["Bob", "03/04/2005"]])
    (ann, bob), _ = read(path)
    assert ann.read
    assert codes(bob) == ["E605"]
    assert bob.problems[0].params == {"column": "date of birth", "cell": "B3", "value": "03/04/2005"}
    assert str(bob.problems[0].place) == f"{path}:3:2"
    assert [one["birth_date"] for one in profiles(path, date_format="DD/MM/YYYY")] == ["2001-02-03", "2005-04-03"]
    assert profiles(path, date_format="MM/JJ/AAAA")[1]["birth_date"] == "2005-03-04"


def test_a_number_is_not_a_day(tmp_path: Path) -> None:
    """B5: 36283 may be a day of a spreadsheet; it is refused with its cell. A true date is a date, a year is a year."""
    rows = [["name", "birth date"], ["Ann", 36283], ["Bob", date(1999, 5, 3)], ["Cy", 1999], ["Di", "1999-05"], ["Ed", "03.05.1999"]]
    found, _ = read(write_xlsx(tmp_path / "a.xlsx", rows))
    assert [codes(row) for row in found] == [["E606"], [], [], [], ["E605"]]
    assert found[0].problems[0].params["cell"] == "B2"
    assert [one.get("birth_date") for one in profiles(tmp_path / "a.xlsx")][1:4] == ["1999-05-03", "1999", "1999-05"]


@pytest.mark.parametrize(
    ("cell", "code"),
    [("31/02/2001", "E105"), ("2001-02-31", "E105"), ("yesterday", "E616"), ("WS 2018/19", "E616"), ("printemps 2019", "E616"), ("0000-00-00", "E105")],
)
def test_days_that_are_none(tmp_path: Path, cell: str, code: str) -> None:
    """A day that does not exist, or is no day, is refused."""
    (row,), _ = read(write_csv(tmp_path / "a.csv", [["birth date"], [cell]]), date_format="DD/MM/YYYY")
    assert codes(row) == [code]


def test_a_date_where_words_belong_is_refused(tmp_path: Path) -> None:
    """Excel turns words into dates; that is seen."""
    (row,), _ = read(write_xlsx(tmp_path / "a.xlsx", [["name", "domicile"], ["Ann", date(2024, 5, 1)]]))
    assert codes(row) == ["E607"]


def test_decimal_commas_flags_and_percent(tmp_path: Path) -> None:
    """`17,5` and `1 200` are numbers, `80%` and `80 %` a rate, oui, non and x flags; anything else for a flag is refused."""
    rows = [
        ["name", "experience[0].hours_per_week", "experience[0].hours", "experience[0].rate", "facts.married"],
        ["Ann", "17,5", "1 200", "80 %", "oui"],
        ["Bob", "17.5", "1200", "80%", "Non"],
        ["Cy", "", "", "", "perhaps"],
    ]
    found, _ = read(write_csv(tmp_path / "a.csv", rows, ";"))
    assert [codes(row) for row in found] == [[], [], ["E608"]]
    ann, bob, _ = profiles(tmp_path / "a.csv")
    assert ann["experience"] == [{"hours_per_week": 17.5, "hours": 1200, "rate": "80 %"}]
    assert (ann["facts"], bob["facts"]) == ({"married": True}, {"married": False})


def test_a_column_of_facts_holds_numbers_too(tmp_path: Path) -> None:
    """`1,72` and 172 are numbers, 1 is no yes, and a unit in the cell costs the field."""
    rows = [["name", "facts.height"], ["Ann", "1,72"], ["Bob", "172"], ["Cy", "1"], ["Di", "oui"], ["Ed", "172 cm"], ["Flo", ""]]
    found, _ = read(write_csv(tmp_path / "a.csv", rows, ";"))
    assert [codes(row) for row in found] == [[], [], [], [], ["E608"], []]
    stated = [one.get("facts", {}).get("height") for one in profiles(tmp_path / "a.csv")]
    assert [(type(one), one) for one in stated[:4]] == [(float, 1.72), (int, 172), (int, 1), (bool, True)]
    (row, other), _ = read(write_xlsx(tmp_path / "a.xlsx", [["name", "facts.height"], ["Ann", 172.0], ["Bob", True]]))
    assert (codes(row), codes(other)) == ([], [])


def test_blank_is_unknown_and_none_is_the_empty_list(tmp_path: Path) -> None:
    """A blank cell says nothing; `-`, `none` and `aucun` say there is none; of one named language they say nothing of the others."""
    rows = [["name", "job1_from", "english level"], ["Ann", "", ""], ["Bob", "-", ""], ["Cy", "aucun", "-"]]
    ann, bob, cy = profiles(write_csv(tmp_path / "a.csv", rows))
    assert "experience" not in ann
    assert "languages" not in ann
    assert bob["experience"] == []
    assert cy["experience"] == []
    assert "languages" not in cy


def test_lists_in_cells_and_in_repeated_columns(tmp_path: Path) -> None:
    """`job1_from`, `job2_from` are two jobs, whatever the order of the columns; a gap in the numbers is no job."""
    rows = [["name", "job2_from", "job1_from", "job1_to", "job1 field"], ["Ann", "2020-01", "2018", "en cours", "ai_ethics; law"]]
    (ann,) = profiles(write_csv(tmp_path / "a.csv", rows))
    assert ann["experience"] == [{"from": "2018", "to": "ongoing", "field": ["ai_ethics", "law"]}, {"from": "2020-01"}]


def test_a_list_from_columns_is_incomplete_unless_the_map_says_so(tmp_path: Path) -> None:
    """Never a silent no: somebody may have more jobs, languages or nationalities than the table has columns for."""
    path = write_csv(tmp_path / "a.csv", [["name", "nationality", "job1_from", "english"], ["Ann", "Maroc", "2018", "C1"]])
    (ann,) = profiles(path)
    assert sorted(ann["incomplete"]) == ["citizenships", "experience", "languages"]
    _, told = read(path)
    assert [one.code for one in told] == ["N605"]
    text = "columns: {citizenships: nationality, 'experience[0].from': job1_from}\ncomplete: [citizenships, experience]\n"
    (ann,) = profiles(path, column_map(tmp_path, text))
    assert "incomplete" not in ann
    assert ann["citizenships"] == ["MA"]


def test_two_columns_of_one_field_must_agree(tmp_path: Path) -> None:
    """Two columns that both say the birth date may say the same; where they differ, nobody chooses. Lists are joined."""
    rows = [["birth date", "né le", "nationalité", "citizenship"], ["2001", "2001", "FR", "CA"], ["2001", "2002", "", "CA"], ["", "2003", "FR", "FR"]]
    found, _ = read(write_csv(tmp_path / "a.csv", rows))
    assert [codes(row) for row in found] == [[], ["E617"], []]
    people = profiles(tmp_path / "a.csv")
    assert people[0]["citizenships"] == ["FR", "CA"]
    assert people[2]["citizenships"] == ["FR"]
    assert people[2]["birth_date"] == "2003"


# -------------------------------------------------------------------------------------------------------- columns


def test_unknown_columns_are_told_once_with_the_nearest_known(tmp_path: Path) -> None:
    """B6: what is not read is one notice, however many people there are; a near miss names its field."""
    rows = [["name", "phone", "brith date"], *(["Ann", "1", "2"] for _ in range(9))]
    found, told = read(write_csv(tmp_path / "a.csv", rows))
    assert len(found) == 9
    assert [(one.code, dict(one.params)) for one in told] == [
        ("W603", {"n": 2, "columns": "phone, brith date"}),
        ("N604", {"word": "brith date", "close": "birth_date"}),
    ]


@pytest.mark.parametrize(
    ("headers", "code"), [(["name", "name"], "E612"), (["foo", "bar"], "E615"), (["", ""], "E102"), ([], "E102")]
)
def test_headers_that_make_no_table(tmp_path: Path, headers: list[str], code: str) -> None:
    """A header twice, none that is known, none at all."""
    with pytest.raises(Problems) as caught:
        read(write_csv(tmp_path / "a.csv", [headers, ["Ann", "Bob"]] if any(headers) else [headers]))
    assert [one.code for one in caught.value.diagnostics] == [code]


def test_a_map_that_is_wrong_says_where(tmp_path: Path) -> None:
    """Every problem of a map in one run, with its line."""
    text = "columns: {brith_date: Born, name: [Name, Surname]}\ncomplete: [jobs]\ndate_format: soon\nother: 1\n"
    with pytest.raises(Problems) as caught:
        column_map(tmp_path, text)
    assert [(one.code, one.place.line) for one in caught.value.diagnostics] == [("E610", 1), ("E205", 2), ("E613", 3), ("E203", 4)]


def test_a_map_that_names_a_column_that_is_not_there(tmp_path: Path) -> None:
    mapped = column_map(tmp_path, "columns: {name: Nom}\n")
    with pytest.raises(Problems) as caught:
        read(write_csv(tmp_path / "a.csv", [["Name"], ["Ann"]]), mapped)
    assert [one.code for one in caught.value.diagnostics] == ["E611"]


# ------------------------------------------------------------------------------------------------------------ CSV


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_delimiters_and_encodings(tmp_path: Path, delimiter: str, encoding: str) -> None:
    """B2: the three delimiters; UTF-8 with and without mark; Windows-1252 with a notice."""
    path = write_csv(tmp_path / "a.csv", [["Nom", "Né(e) le"], ["Élodie Çağ"[:8], "2001"]], delimiter, encoding)
    assert profiles(path) == [{"name": "Élodie Ç", "birth_date": "2001"}]
    assert [one.code for one in read(path)[1]] == (["W601"] if encoding == "cp1252" else [])


def test_bytes_that_are_no_letters_cost_nothing(tmp_path: Path) -> None:
    """Five bytes are nothing in Windows-1252: they show as a mark, and the file is read all the same."""
    path = tmp_path / "a.csv"
    path.write_bytes(b"Nom;Domicile\nZo\xeb \x81\x8d\x8f\x90\x9d;FR\nAnn;CA\n")
    assert profiles(path) == [{"name": "Zoë " + "\ufffd" * 5, "domicile": "FR"}, {"name": "Ann", "domicile": "CA"}]
    assert [one.code for one in read(path)[1]] == ["W601"]


@pytest.mark.parametrize("mark", ["\u2028", "\u0085", "\x0b", "\x0c", "\x1c"])
def test_only_the_ends_of_lines_of_a_table_end_a_line(tmp_path: Path, mark: str) -> None:
    """A separator from a word processor, inside a name without quotes, makes no second person of it."""
    path = tmp_path / "a.csv"
    path.write_text(f"Nom,Domicile\nAnn{mark}Lee,FR\nBob,CA\n", "utf-8", newline="")
    assert [one["domicile"] for one in profiles(path)] == ["FR", "CA"]


def test_quotes_newlines_and_blank_rows(tmp_path: Path) -> None:
    """A quoted cell may hold delimiters, quotes and lines; blank rows are nobody; lines are counted as the file counts them."""
    path = tmp_path / "a.csv"
    path.write_text('name,domicile\r\n"Ann ""the"" Lee, Dr\nJr",FR\r\n\r\n,\r\nBob,CA\r\n', "utf-8", newline="")
    found, _ = read(path)
    assert [(row.name, row.place) for row in found] == [('Ann "the" Lee, Dr\nJr', f"{path}:2"), ("Bob", f"{path}:6")]


def test_a_broken_line_costs_one_person(tmp_path: Path) -> None:
    """A quote that never closes swallows nobody: the lines after it are read. A line with too many cells is one person."""
    path = tmp_path / "a.csv"
    path.write_text('name,domicile\nAnn,FR\nBob,"FR\nCy,CA\nDi,CA,MA\nEd,FR\n', "utf-8")
    found, _ = read(path)
    assert [(row.name, codes(row)) for row in found] == [("Ann", []), (None, ["E603"]), ("Cy", []), (None, ["E604"]), ("Ed", [])]
    assert [str(row.problems[0].place) for row in found if row.problems] == [f"{path}:3:1", f"{path}:5:1"]


def test_a_csv_full_of_open_quotes_ends(tmp_path: Path) -> None:
    """Every line broken: every line is told, and it does not take for ever."""
    path = tmp_path / "a.csv"
    path.write_text("name,domicile\n" + 'Ann "x,"y\n' * 3000, "utf-8")
    assert len(read(path)[0]) >= 1


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_csv_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(Problems) as caught:
        read(tmp_path / "a.csv")
    assert caught.value.diagnostics[0].code == "E102"


def test_a_csv_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"name\nAnn\0\n")
    with pytest.raises(Problems) as caught:
        read(tmp_path / "a.csv")
    assert caught.value.diagnostics[0].code == "E138"


# ---------------------------------------------------------------------------------------------------------- Excel


def test_several_sheets_and_rows_above_the_headers(tmp_path: Path) -> None:
    """The first sheet is read and the others are told; the headers are the first row that is not blank."""
    path = write_xlsx(tmp_path / "a.xlsx", [[], ["name", "birth date"], ["Ann", "05/06/2001"]], sheets=3)
    (row,), told = read(path)
    assert [one.code for one in told] == ["W602"]
    assert row.problems[0].params["cell"] == "B3"


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    """B9, coming in."""
    path = write_xlsx(tmp_path / "a.xlsx", [["name"], ["=1+1"], ["@SUM(A1)"]])
    assert [one["name"] for one in profiles(path)] == ["=1+1", "@SUM(A1)"]


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04 broken"])
def test_a_workbook_that_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)
    with pytest.raises(Problems) as caught:
        read(tmp_path / "a.xlsx")
    assert caught.value.diagnostics[0].code == "E614"


def test_a_workbook_that_unpacks_to_gigabytes_is_refused(tmp_path: Path) -> None:
    """A bomb is refused by what its own directory says, before anything is unpacked."""
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as packed, packed.open("xl/worksheets/sheet1.xml", "w") as inner:
        for _ in range(310):
            inner.write(b" " * 1_000_000)
    with pytest.raises(Problems) as caught:
        read(tmp_path / "a.xlsx")
    assert caught.value.diagnostics[0].code == "E136"


# --------------------------------------------------------------------------------------------- JSON Lines, Parquet


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", "E602"), ("[1]", "E602"), ('{"name": "A", "name": "B"}', "E609"), ('{"name": NaN}', "E122"), ("[" * 100_000, "E602"),
        ('{"name": "' + "x" * 1_000_000 + '"}', "E136"), ('{"nam": "A"}', "E203"), ('{"birth_date": 5}', "E106"),
    ],
)  # fmt: skip
def test_a_broken_line_of_json_costs_one_person(tmp_path: Path, line: str, code: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f'{{"name": "Ann"}}\n\n{line}\n{{"name": "Cy"}}\n', "utf-8")
    found, _ = read(path)
    assert [(row.name, codes(row)) for row in found] == [("Ann", []), (None, [code]), ("Cy", [])]
    assert found[1].problems[0].place.line == 3


def test_bytes_that_are_no_text_cost_one_person(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"name": "Ann"}\n{"name": "\xff"}\n')
    found, _ = read(tmp_path / "a.jsonl")
    assert [codes(row) for row in found] == [[], ["E140"]]


def test_parquet_has_types(tmp_path: Path) -> None:
    """Dates are dates, numbers numbers, lists lists; a missing value is unknown."""
    table = pyarrow.table(
        {"name": ["Ann", None], "birth_date": [date(2001, 2, 3), None], "citizenships": [["NA", "NO"], None], "facts.married": [True, None], "id": [7, 8]}
    )
    pyarrow.parquet.write_table(table, tmp_path / "a.parquet")
    ann, bob = profiles(tmp_path / "a.parquet")
    assert ann["birth_date"] == "2001-02-03"
    assert ann["citizenships"] == ["NA", "NO"]
    assert ann["facts"] == {"married": True}
    assert bob == {"id": "8"}


def test_a_parquet_file_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1 no")
    with pytest.raises(Problems) as caught:
        read(tmp_path / "a.parquet")
    assert caught.value.diagnostics[0].code == "E614"


def test_a_parquet_file_that_breaks_off_keeps_those_before(tmp_path: Path) -> None:
    """The pages of the second group are destroyed: the first group is read, then the break is told."""
    table = pyarrow.table({"name": [f"person {number}" for number in range(4000)]})
    path = tmp_path / "a.parquet"
    pyarrow.parquet.write_table(table, path, row_group_size=2000, compression="none", use_dictionary=False)
    content = bytearray(path.read_bytes())
    at = content.index(b"person 2000") - 60
    content[at : at + 400] = b"\xff" * 400
    path.write_bytes(content)
    found, _ = read(path)
    assert len(found) >= 1001
    assert codes(found[-1]) == ["E614"]
    assert found[0].name == "person 0"


# -------------------------------------------------------------------------------------------------- other inputs


def test_other_files_hold_no_people(tmp_path: Path) -> None:
    (tmp_path / "notes.pdf").write_bytes(b"%PDF")
    with pytest.raises(Problems) as caught:
        read(tmp_path / "notes.pdf")
    assert caught.value.diagnostics[0].code == "E601"


def test_a_folder_is_its_profiles(tmp_path: Path) -> None:
    """Profiles are read in the order of their names; cases and maps of columns beside them are no people."""
    (tmp_path / "b.yaml").write_text("name: Bob\n", "utf-8")
    (tmp_path / "a.yaml").write_text("name: Ann\nid: s1\n", "utf-8")
    (tmp_path / "c.yaml").write_text("name: [\n", "utf-8")
    (tmp_path / "class.columns.yaml").write_text("columns: {name: Nom}\n", "utf-8")
    (tmp_path / "x.cases.yaml").write_text("cases: []\n", "utf-8")
    found, _ = read(tmp_path)
    assert [(row.id, row.name, row.read) for row in found] == [("s1", "Ann", True), ("b", "Bob", True), ("c", None, False)]


def test_jsonl_of_thousands_is_read_as_it_comes(tmp_path: Path) -> None:
    """Nobody is read before somebody asks."""
    from eligibility.batch.sources import Choices, open_people
    from eligibility.reference import load_reference

    path = write_jsonl(tmp_path / "a.jsonl", [{"name": str(number)} for number in range(5000)])
    people = open_people(str(path), Choices(load_reference()), lambda problem: None)
    assert people.size() == 5000
    assert next(people.held)[0] == 1
