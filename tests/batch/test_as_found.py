"""Tables as they are found: titles above the headings, odd files, maps that say more, and a bad cell that costs its field alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from eligibility.batch.columns import read_map
from eligibility.cli import run
from eligibility.diagnostic import Problems

from .material import ROOT, batch, codes, column_map, profiles, read, write_csv, write_xlsx

# ----------------------------------------------------------------------------------------------------------- files


@pytest.mark.parametrize(
    "text",
    [
        "sep=;\nNom;Né(e) le\nAnn;2001\n", "Liste au 15 mars\n\n;\nNom;Né(e) le\nAnn;2001\n", "\n\nsep=;\nNom;Né(e) le\nAnn;2001\n",
        "Nom\tNé(e) le\nAnn\t2001\n", "Nom|Né(e) le\nAnn|2001\n", "Nom,Né(e) le\rAnn,2001\r", "Promotion;2025\nNom;Né(e) le\nAnn;2001\n",
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_headings_are_found(text: str, encoding: str, tmp_path: Path) -> None:
    """Under titles and blank lines, after `sep=`; with any mark between cells, any usual encoding, any end of line."""
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    assert profiles(tmp_path / "a.csv") == [{"name": "Ann", "birth_date": "2001"}]


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    """However far down the headings stand, a cell is named as the spreadsheet names it; where they stand is told."""
    rows = [["Class of 2025"], [], ["name", "birth date"], ["Ann", "soon"], ["Bo", "2001"]]
    for path in (write_csv(tmp_path / "a.csv", rows), write_xlsx(tmp_path / "a.xlsx", rows)):
        found, told = read(path, strict=False)
        assert [(one.code, one.params.get("line")) for one in told if one.code == "N606"] == [("N606", 3)]
        assert found[0].problems[0].params["cell"] == "B4"


# ------------------------------------------------------------------------------------------------- a cell, a field


def person(tmp_path: Path, rows: list[list[Any]], text: str | None = None) -> tuple[dict[str, Any], list[str]]:
    """What the first row says after what cannot be read was taken out, and the codes of what was told."""
    from eligibility.batch.people import person_in
    from eligibility.batch.sources import Choices, open_people
    from eligibility.reference import load_reference

    mapped = None if text is None else column_map(tmp_path, text)
    people = open_people(str(write_csv(tmp_path / "t.csv", rows)), Choices(load_reference(), mapped), lambda problem: None)
    line, held = next(people.held)
    loaded = person_in(people.reader.read(line, held), load_reference())
    return dict(loaded.document.data), [one.code for one in loaded.diagnostics]


def test_one_bad_cell_costs_one_field(tmp_path: Path) -> None:
    """The birth date stays unknown and is told; everybody is checked. With --strict the person is not."""
    rows = [["id", "name", "birth_date", "citizenships"], ["1", "Ann", "03/04/2005", "FR"], ["2", "Bo", "2001", "CA"]]
    path = write_csv(tmp_path / "a.csv", rows)
    found, _ = read(path, strict=False)
    assert [(row.read, codes(row)) for row in found] == [(True, ["W607"]), (True, [])]
    assert found[0].problems[0].params["why"] == "E605"
    found, _ = read(path)
    assert [(row.read, codes(row)) for row in found] == [(False, ["E605"]), (True, [])]
    assert batch(path) == 1
    assert batch(path, "--strict") == 2


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("birth_date", "soon"), ("experience[0].hours_per_week", "200"), ("experience[0].rate", "0.8"), ("facts.married", "perhaps"),
        ("languages[en].level", "so-so-so"), ("degrees[0].level", "6.5"), ("funds[0].amount", "much"), ("experience[0].from", "31/02/2001"),
        ("domicile", "F\x07R"),
    ],
)  # fmt: skip
def test_every_kind_of_bad_cell_costs_its_field_only(header: str, cell: str, tmp_path: Path) -> None:
    data, told = person(tmp_path, [["name", header, "citizenships"], ["Ann", cell, "FR"]])
    assert data["name"] == "Ann"
    assert data["citizenships"] == ["FR"]
    assert told == ["W607"]


def test_a_row_without_any_readable_cell_is_lost(tmp_path: Path) -> None:
    found, _ = read(write_csv(tmp_path / "a.csv", [["birth_date", "experience[0].from"], ["soon", "later"], ["2001", "x"]]), strict=False)
    assert [(row.read, codes(row)) for row in found] == [(False, ["W607", "W607", "E620"]), (True, ["W607"])]


def test_a_job_whose_date_cannot_be_read_is_still_a_job(tmp_path: Path) -> None:
    rows = [["name", "experience[0].from", "experience[0].employer_name"], ["Ann", "?!", "Kite Ltd"]]
    assert person(tmp_path, rows)[0]["experience"] == [{"employer_name": "Kite Ltd"}]


def test_a_record_of_which_nothing_can_be_read_may_be_none(tmp_path: Path) -> None:
    """Not even a list that the map calls complete is, then: nobody can tell whether there was a second job."""
    rows = [["name", "A", "B"], ["Ann", "2015", "later"]]
    data, _ = person(tmp_path, rows, 'columns: {name: name, "experience[0].from": A, "experience[1].from": B}\ncomplete: [experience]\n')
    assert data["experience"] == [{"from": "2015"}]
    assert data["incomplete"] == ["experience"]
    data, _ = person(tmp_path, rows, 'columns: {name: name, "languages[fr].level": A, "languages[en].level": B}\ncomplete: [languages]\n')
    assert "languages" not in data or "languages" in data["incomplete"]


def test_a_language_that_is_not_understood_leaves_the_list_open(tmp_path: Path) -> None:
    text = "columns: {name: name, languages: L}\ncomplete: [languages]\n"
    data, told = person(tmp_path, [["name", "L"], ["Ann", "Klingonish, FR C1"]], text)
    assert {"language": "fr", "level": "C1"} in data["languages"]
    assert data["incomplete"] == ["languages"]
    assert "W607" in told


def test_an_end_that_cannot_be_read_is_no_open_end(tmp_path: Path) -> None:
    """Left out, `until` says that a permit has no end: a cell that cannot be read, or is blank, must not say so."""
    from eligibility.facts import ProfileFacts
    from eligibility.loading.models import read_profile
    from eligibility.reference import load_reference

    for cell in ("soon", "", "2020-13"):
        rows = [["name", "permits[0].type", "permits[0].until"], ["Ann", "work", cell]]
        data, _ = person(tmp_path, rows)
        profile, problems = read_profile(data, load_reference())
        assert not [one for one in problems if one.code[0] == "E"]
        assert profile is not None
        [row] = ProfileFacts(profile, load_reference()).rows("permits")
        assert row.end.first < row.end.last
    data, _ = person(tmp_path, rows, 'columns: {name: name, "permits[0].type": "permits[0].type", "permits[0].until": {column: "permits[0].until", blank: none}}\n')
    assert data["name"] == "Ann"


def test_an_end_before_the_beginning_costs_both_days(tmp_path: Path) -> None:
    """Nobody knows which of the two is wrong."""
    rows = [["name", "experience[0].from", "experience[0].to", "experience[0].employer_name"], ["Ann", "2020", "2018", "Kite"]]
    data, told = person(tmp_path, rows)
    assert data["experience"] == [{"employer_name": "Kite"}]
    assert told == ["W607"]


def test_two_columns_that_contradict_one_another_cost_the_field(tmp_path: Path) -> None:
    data, told = person(tmp_path, [["birth date", "né le", "name"], ["2001", "2002", "Ann"]])
    assert "birth_date" not in data
    assert told == ["W607"]


def test_nobody_knows_is_as_good_as_blank(tmp_path: Path) -> None:
    """`?` and `n/a` say nothing, `-` that there is none; `NA` is Namibia where countries stand."""
    rows = [["name", "citizenships", "experience[0].from"], ["Ann", "NA", "n/a"]]
    data, told = person(tmp_path, rows)
    assert (data["citizenships"], "experience" in data, told) == (["NA"], False, [])
    data, _ = person(tmp_path, [["name", "citizenships", "experience[0].from"], ["Ann", "?", "-"]])
    assert ("citizenships" in data, data["experience"]) == (False, [])


# ------------------------------------------------------------------------------------------------------------ maps

ROWS = [
    ["Prénom", "Nom", "Citizen", "Job", "Since", "Until", "Time", "English"],
    ["Ann", "Lee", "US Citizen", "Nurse, City clinic (2015-2018)", "2019", "", "FT", "courant"],
]


def test_columns_are_joined_and_words_are_given_a_meaning(tmp_path: Path) -> None:
    text = """
columns:
  name: {join: [Prénom, Nom]}
  citizenships: {column: Citizen, values: {us citizen: US, Non-Citizen: }}
  experience[0].from: Since
  experience[0].to: {column: Until, blank: ongoing}
  experience[0].rate: {column: Time, values: {FT: full time}}
  languages[en].level: {column: English, values: {courant: {said: fluent}}}
default: {experience.paid: true}
"""
    data, told = person(tmp_path, ROWS, text)
    assert data["name"] == "Ann Lee"
    assert data["citizenships"] == ["US"]
    assert data["experience"] == [{"from": "2019", "to": "ongoing", "full_time": True, "paid": True}]
    assert data["languages"] == [{"language": "en", "level": {"said": "fluent"}}]
    assert told == []


def test_a_column_is_split_by_a_pattern(tmp_path: Path) -> None:
    text = 'columns: {name: Nom}\nsplit: {Job: "{experience[0].title}, {experience[0].employer_name} ({experience[0].from}-{experience[0].to})"}\n'
    data, told = person(tmp_path, ROWS, text)
    assert data["experience"] == [{"title": "Nurse", "employer_name": "City clinic", "from": "2015", "to": "2018"}]
    data, told = person(tmp_path, [["Nom", "Job"], ["Ann", "Nurse"]], text)
    assert "experience" not in data
    assert set(told) == {"W607"}


def test_a_default_never_stands_for_a_cell_that_cannot_be_read(tmp_path: Path) -> None:
    """Full time unless a cell says otherwise: one that nobody understands may say otherwise."""
    text = 'columns: {name: n, "experience[0].from": a, "experience[0].rate": b}\ndefault: {full_time: true}\n'
    assert person(tmp_path, [["n", "a", "b"], ["Ann", "2015", ""]], text)[0]["experience"] == [{"from": "2015", "full_time": True}]
    assert person(tmp_path, [["n", "a", "b"], ["Ann", "2015", "50%"]], text)[0]["experience"] == [{"from": "2015", "rate": "50%"}]
    assert person(tmp_path, [["n", "a", "b"], ["Ann", "2015", "a bit"]], text)[0]["experience"] == [{"from": "2015"}]


def test_blank_means_what_the_map_says_only_where_there_is_a_record(tmp_path: Path) -> None:
    text = 'columns: {name: n, "experience[0].from": a, "experience[0].to": {column: b, blank: ongoing}}\n'
    assert person(tmp_path, [["n", "a", "b"], ["Ann", "2015", ""]], text)[0]["experience"] == [{"from": "2015", "to": "ongoing"}]
    assert "experience" not in person(tmp_path, [["n", "a", "b"], ["Ann", "", ""]], text)[0]


LONG = [["id", "firm", "start", "end"], ["p1", "A", "2015", "2016"], ["p2", "B", "2017", ""], ["p1", "C", "2018", "soon"]]
LONG_MAP = 'columns: {id: id, "experience[].employer_name": firm, "experience[].from": start, "experience[].to": end}\n'


def test_a_table_with_a_row_per_job(tmp_path: Path) -> None:
    """The rows of one id are one person, wherever they stand; a bad cell costs its field in its job."""
    path = write_csv(tmp_path / "a.csv", LONG)
    people = profiles(path, column_map(tmp_path, LONG_MAP))
    assert [one["id"] for one in people] == ["p1", "p2"]
    assert people[0]["experience"] == [{"employer_name": "A", "from": "2015", "to": "2016"}, {"employer_name": "C", "from": "2018"}]
    found, _ = read(path, column_map(tmp_path, LONG_MAP), strict=False)
    assert [(row.read, [one.params["cell"] for one in row.problems]) for row in found] == [(True, ["D4"]), (True, [])]


def test_a_table_of_one_person(tmp_path: Path) -> None:
    text = 'columns: {"languages[].language": Name, "languages[].level": Proficiency}\nperson: file\ncomplete: [languages]\n'
    path = write_csv(tmp_path / "a.csv", [["Name", "Proficiency"], ["English", "C1"], ["Arabic", "Native or bilingual proficiency"]])
    assert profiles(path, column_map(tmp_path, text)) == [{"languages": [{"language": "en", "level": "C1"}, {"language": "ar", "level": {"said": "native_or_bilingual"}}]}]


def test_tables_that_are_joined_by_an_id(tmp_path: Path) -> None:
    """Jobs and degrees stand in files of their own; whoever has none in a table that holds them whole has none; strangers are told."""
    write_csv(tmp_path / "jobs.csv", [["who", "firm"], ["1", "A"], ["1", "B"], ["9", "C"]])
    write_csv(tmp_path / "degrees.csv", [["no", "title", "year"], ["2", "MSc", "2019"]])
    path = write_csv(tmp_path / "people.csv", [["no", "name"], ["1", "Ann"], ["2", "Bo"]])
    text = """
columns: {id: no, name: name}
complete: [experience]
tables:
  jobs.csv: {columns: {id: who, "experience[].employer_name": firm}}
  degrees.csv: {columns: {id: no, "degrees[].title": title, "degrees[].awarded": year}}
"""
    mapped = column_map(tmp_path, text)
    ann, bo = profiles(path, mapped)
    assert ann["experience"] == [{"employer_name": "A"}, {"employer_name": "B"}]
    assert "degrees" not in ann
    assert bo["experience"] == []
    assert bo["degrees"] == [{"title": "master", "awarded": "2019"}]
    _, told = read(path, mapped)
    assert [(one.code, one.params["id"]) for one in told if one.code == "W609"] == [("W609", "9")]
    assert batch(path, "--columns", tmp_path / "map.columns.yaml", "-f", "json") in (0, 1)


def test_a_broken_line_of_a_joined_table_may_be_anybodys(tmp_path: Path) -> None:
    (tmp_path / "jobs.csv").write_text('who,firm\n1,A\n2,"B\n', "utf-8")
    path = write_csv(tmp_path / "people.csv", [["no", "name"], ["1", "Ann"], ["2", "Bo"]])
    text = 'columns: {id: no, name: name}\ncomplete: [experience]\ntables: {jobs.csv: {columns: {id: who, "experience[].employer_name": firm}}}\n'
    ann, bo = profiles(path, column_map(tmp_path, text))
    assert ann["incomplete"] == ["experience"]
    assert "experience" not in bo


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('columns: {"experience[].from": a}\n', "E621"), ("columns: {id: a}\ntables: {b.csv: {columns: {name: b}}}\n", "E621"),
        ("columns: {name: {join: [a]}}\n", "E204"), ("columns: {name: {column: a, valeus: {}}}\n", "E203"),
        ("columns: {birth_date: {column: a, values: {x: soon}}}\n", "E628"), ("columns: {name: {column: a, said: true}}\n", "E622"),
        ('split: {a: "{name}{id}"}\n', "E623"), ('split: {a: "name"}\n', "E623"), ("columns: {name: a}\ndefault: {full_time: true}\n", "E610"),
        ("columns: {name: a}\ndefault: {experience.full_time: true}\n", "E622"), ("columns: {name: a}\nperson: me\n", "E205"),
        ("columns: {name: {column: a, with: x}}\n", "E203"),
    ],
)  # fmt: skip
def test_a_map_that_would_lose_something_is_refused(text: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "m.columns.yaml").write_text(text, "utf-8")
    with pytest.raises(Problems) as caught:
        read_map(str(tmp_path / "m.columns.yaml"))
    assert code in [one.code for one in caught.value.diagnostics]
    assert run(["validate", str(tmp_path / "m.columns.yaml")]) == 1


# ------------------------------------------------------------------------------------------ what was not understood


def test_what_was_not_understood_comes_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Grouped by column and word, with how often, what to write, and how many answers hang on it; in the outputs, too."""
    from zipfile import ZipFile

    rows = [["Name", "Nationality", "Date of birth"], ["Ann", "Marocc", "03/04/1990"], ["Bo", "Marocc", "05/06/1991"], ["Cy", "Togo", "2001"]]
    path = write_csv(tmp_path / "a.csv", rows)
    code = batch(path, "-o", tmp_path / "o.html", "-o", tmp_path / "o.json", "-o", tmp_path / "o.xlsx")
    out = " ".join(capsys.readouterr().out.split())
    assert code == 1
    assert "4 cells or words are not understood" in out
    assert out.index("NOT UNDERSTOOD (4)") < out.index("BY VACANCY")
    assert "`Marocc` is not understood (2 times);" in out
    assert 'citizenships: {column: "Nationality", values: {"Marocc": ' in out
    assert "`03/04/1990` can be read as more than one day (1 time)" in out
    assert "date_format: DD/MM/YYYY" in out
    page = (tmp_path / "o.html").read_text("utf-8")
    assert page.index('href="#unclear"') < page.index('id="people"') < page.index('id="unclear"')
    assert "Marocc" in (tmp_path / "o.json").read_text("utf-8").partition('"notices"')[2]
    with ZipFile(tmp_path / "o.xlsx") as book:
        assert "xl/worksheets/sheet4.xml" in book.namelist()


def test_nothing_that_was_not_understood_leaves_the_exit_code_alone(tmp_path: Path) -> None:
    assert batch(write_csv(tmp_path / "a.csv", [["Name", "Nationality"], ["Ann", "marocaine"]])) == 0


def test_columns_of_arrow_refuse_maps_of_several_rows() -> None:
    import datetime

    import pyarrow

    from eligibility.columns import check
    from eligibility.loading.models import load_vacancy

    vacancy = load_vacancy(str(ROOT / "rules" / "icesco-p039.yaml"))
    table = pyarrow.table({"id": ["a"], "from": ["2015"]})
    with pytest.raises(Problems) as caught:
        check(table, [vacancy], datetime.date(2024, 1, 1), columns={"columns": {"id": "id", "experience[].from": "from"}})
    assert [one.code for one in caught.value.diagnostics] == ["E629"]


@pytest.mark.parametrize(("language", "said"), [("en", "its country (of a town, too: FR for"), ("fr", "son pays (d'une")])
def test_a_town_in_a_column_of_countries_is_told_what_to_write(language: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = write_csv(tmp_path / "a.csv", [["name", "nationality", "country of residence"], ["Ann", "French", "Lyon"]])
    run(["batch", str(table), "--rules", str(ROOT / "rules"), "--lang", language])
    out = capsys.readouterr().out
    assert said in out
    assert 'domicile: {column: "country of residence", values: {"Lyon": …}}' in out


@pytest.mark.parametrize("headings", [["id", "Name", "Date of birth", "Nationality", "Language", "Level"], ["N° étudiant", "Nom", "Né(e) le", "Nationalité", "Langue", "Niveau"]])
def test_a_table_with_a_row_per_language(headings: list[str], tmp_path: Path) -> None:
    """The same person in each row, a language and its level: one person, like a row per job."""
    rows = [["1", "Ann", "2001-03-04", "FR", "Français", "C2"], ["1", "Ann", "2001-03-04", "FR", "Anglais", "B2"], ["2", "Bo", "2000-01-02", "MA", "Arabe", "C1"]]
    ann, bo = profiles(write_csv(tmp_path / "a.csv", [headings, *rows]))
    assert (ann["name"], ann["birth_date"], ann["languages"]) == ("Ann", "2001-03-04", [{"language": "fr", "level": "C2"}, {"language": "en", "level": "B2"}])
    assert (bo["name"], bo["languages"]) == ("Bo", [{"language": "ar", "level": "C1"}])
