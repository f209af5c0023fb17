"""The maps that are proposed for tables of other people's making: no column wrongly, and most of those that have a field."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
import xlsxwriter

from eligibility.batch.cells import DateFormat, Reading, value_of
from eligibility.batch.fields import field_of
from eligibility.batch.guesses import Guesses, guess
from eligibility.batch.headings import LANGUAGES, meaning_of, spelled
from eligibility.batch.people import Refused
from eligibility.batch.sources import table_in
from eligibility.cli import run
from eligibility.reference import load_reference

from .material import ROOT, write_csv, write_xlsx

MAPS = ROOT / "bench" / "maps"


def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_maps", ROOT / "bench" / "maps.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_maps"] = module
    spec.loader.exec_module(module)
    return module


def guessed(path: Path) -> Guesses:
    return guess(table_in(str(path), lambda problem: None), load_reference())


def paths(path: Path) -> dict[str, str | None]:
    return {one.header: one.path for one in guessed(path).columns}


def test_no_column_is_mapped_wrongly_and_most_are_mapped() -> None:
    """The benchmark over the invented tables, against the key that was written first."""
    maps = bench()
    found = [maps.score(path, key) for path, key in maps.tables(None).items()]
    assert [wrong for one in found for wrong in one.wrong] == []
    assert sum(one.mapped for one in found) >= 0.85 * sum(one.fields for one in found)
    assert sum(one.asked for one in found) == sum(one.asks for one in found)


@pytest.mark.parametrize("path", sorted(MAPS.glob("*.csv")), ids=lambda path: path.name)
def test_a_proposed_map_works_as_it_is(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is valid, everybody is read with it, and nobody is lost."""
    target = tmp_path / "m.columns.yaml"
    assert run(["columns", str(path), "--lang", "en", "-o", str(target)]) == 0
    assert run(["validate", str(target)]) == 0
    code = run(["batch", str(path), "--columns", str(target), "--rules", str(ROOT / "rules"), "--on", "2024-03-20", "--lang", "en"])
    out = capsys.readouterr().out
    assert code in (0, 1)
    assert "could not be read" not in out


@pytest.mark.parametrize("path", sorted(MAPS.glob("*.csv")), ids=lambda path: path.name)
def test_what_is_proposed_does_not_hang_on_the_kind_of_file(path: Path, tmp_path: Path) -> None:
    """The same table in Excel, in UTF-16, with tabs, and with its accents in pieces."""
    import unicodedata

    table = table_in(str(path), lambda problem: None)
    rows = [list(table.headers)]
    for line in table.first:
        assert not isinstance(line.cells, Refused)
        rows.append([str(cell) for cell in line.cells])
    expected = list(paths(path).values())
    pieces = [[unicodedata.normalize("NFD", cell) for cell in row] for row in rows]
    for copy in (
        write_xlsx(tmp_path / "a.xlsx", [["A title"], [], *rows]),
        write_csv(tmp_path / "b.csv", rows, "\t", "utf-16"),
        write_csv(tmp_path / "c.csv", pieces, "|"),
    ):
        assert list(paths(copy).values()) == expected


def test_every_heading_that_is_spelled_out_is_a_field() -> None:
    """No path in the vocabulary that no profile has, in any language; a spelling stands for one thing only."""
    known = spelled()
    for path in {*known.fields.values(), *known.ask.values()}:
        field_of(path)
    assert not set(known.fields) & known.none, set(known.fields) & known.none
    assert set(LANGUAGES) == {"en", "fr", "de", "es"}


@pytest.mark.parametrize(
    ("heading", "kind", "what"),
    [
        ("Né(e) le", "field", "birth_date"), ("Date de naissance (jj/mm/aaaa)", "field", "birth_date"), ("DoB", "field", "birth_date"),
        ("D.O.B.", "field", "birth_date"), ("GEBDAT", "field", "birth_date"), ("Fecha de nac.", "field", "birth_date"),
        ("Début emploi 2", "field", "experience[1].from"), ("2e employeur", "field", "experience[1].employer_name"),
        ("DateofTermination", "field", "experience[0].to"), ("HireDate", "field", "experience[0].from"), ("Employer (2)", "field", "experience[1].employer_name"),
        ("Abschluss 2 - Jahr", "field", "degrees[1].awarded"), ("Título 2", "field", "degrees[1].title"), ("Englisch", "field", "languages[en].level"),
        ("Nivel de francés", "field", "languages[fr].level"), ("Étudiant·e", "name", "full"), ("Prénom(s)", "name", "given"),
        ("Mother's date of birth", "none", ""), ("Nom du père", "none", ""), ("Lieu de naissance", "none", ""), ("Country of birth", "none", ""),
        ("What is your nationality?", "field", "citizenships"), ("Quelle est votre date de naissance ?", "field", "birth_date"),
        ("Welche Sprachen sprechen Sie und wie gut?", "field", "languages"), ("¿Cuál es su nacionalidad?", "field", "citizenships"),
        ("What is your mother's nationality?", "none", ""), ("In which country do you live?", "ask", "domicile"), ("What is your full name?", "name", "full"),
        ("Service", "none", ""), ("Statut au Canada", "ask", "permits[0].type"), ("Ville", "ask", "domicile"),
    ],
)  # fmt: skip
def test_headings_that_people_write(heading: str, kind: str, what: str) -> None:
    found = meaning_of(heading, load_reference())
    assert found is not None
    assert (found.kind, found.what) == (kind, what)


def test_what_the_cells_say_against_a_heading_counts(tmp_path: Path) -> None:
    """Towns below `Naissance` are no days; kinds of employers are no names; codes are no names."""
    rows = [["Naissance", "Employeur", "Etudiant"], ["Rennes", "université", "A17"], ["Namur", "entreprise", "A18"]]
    assert paths(write_csv(tmp_path / "a.csv", rows)) == {"Naissance": None, "Employeur": "experience[0].employer", "Etudiant": "id"}


def test_a_misspelt_heading_is_read_where_its_cells_say_the_same(tmp_path: Path) -> None:
    found = paths(write_csv(tmp_path / "a.csv", [["Nom", "Date de naisance", "Nationnalité"], ["Ann", "2001-02-03", "belge"], ["Bo", "1999", "Togo"]]))
    assert found == {"Nom": "name", "Date de naisance": "birth_date", "Nationnalité": "citizenships"}
    found = paths(write_csv(tmp_path / "b.csv", [["Nom", "Date de naisance"], ["Ann", "Paris"], ["Bo", "Lyon"]]))
    assert found["Date de naisance"] is None


def test_headings_that_come_again_are_told_apart(tmp_path: Path) -> None:
    """`Employer, From, To, Employer, From, To` are two jobs; a birth date twice is nobody's to choose."""
    rows = [["Name", *["Employer", "Start", "End"] * 2], ["Ann", "A", "2015", "2016", "B", "2017", "2018"], ["Bo", "C", "2019", "2020", "", "", ""]]
    assert list(paths(write_csv(tmp_path / "a.csv", rows)).items())[4:] == [
        ("Employer (2)", "experience[1].employer_name"), ("Start (2)", "experience[1].from"), ("End (2)", "experience[1].to"),
    ]  # fmt: skip


def test_what_is_not_understood_is_told_with_what_to_write(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_csv(tmp_path / "a.csv", [["Name", "Nationality", "Hire date", "Term date", "FTE"], ["Ann", "Moroccan", "2015-01", "", "1.0"], ["Bo", "Martian", "2016", "2017", "0.8"]])
    assert run(["columns", str(path), "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert 'citizenships: "Nationality"  # Moroccan is read as MA; by its heading\n' in out
    assert '# Not understood: "Martian" (1)' in out
    assert 'blank: ongoing' in out
    assert "\nrate_unit: ask\n" in out


def test_headings_over_two_rows_tell_what_columns_are_of(tmp_path: Path) -> None:
    """`Father` above `Nationality` is not the nationality of the person; `Job 2` is not the first; what nobody knows is left."""
    rows = [
        ["", "", "", "Father", "", "Job 1", "", "Job 2", "", "Job before that", "", "English", "Host family"],
        ["Name", "Date of birth", "Citizenship", "Name", "Nationality", "Employer", "Start", "Employer", "Start", "Employer", "Start", "Level", "Nationality"],
        ["Ann", "1999-03-04", "Irish", "Bob", "US", "UNICEF", "2019-01", "Kite", "2020-02", "Lark", "2018", "C1", "FR"],
    ]  # fmt: skip
    assert {path: header for header, path in paths(write_csv(tmp_path / "a.csv", rows)).items() if path} == {
        "name": "Name", "birth_date": "Date of birth", "citizenships": "Citizenship", "experience[0].employer_name": "Employer 1",
        "experience[0].from": "Job 1 > Start", "experience[1].employer_name": "Employer 2", "experience[1].from": "Job 2 > Start",
        "languages[en].level": "English > Level",
    }  # fmt: skip


@pytest.mark.parametrize("group", ["Mother", "Mère", "Vater", "Padre", "Spouse", "Employer", "Host family", "Previous", "Target", "x"])
@pytest.mark.parametrize("heading", ["Nationality", "Date of birth", "Citizenship"])
def test_what_is_below_other_words_is_not_of_the_person(group: str, heading: str, tmp_path: Path) -> None:
    found = paths(write_csv(tmp_path / "a.csv", [["Person", "", group], ["Name", "Employer", heading], ["Ann", "Kite", "1999-03-04"]]))
    assert [header for header, path in found.items() if path in ("citizenships", "birth_date")] == []


def test_what_is_below_a_part_of_what_is_said_of_the_person_is_the_person_s(tmp_path: Path) -> None:
    rows = [["Beruf", "", "Personalien", "", "Bildung", ""], ["Firma", "Eintritt", "Name", "Staatsangehörigkeit", "Abschluss", "Sprachen"],
            ["Kabel AG", "1.4.2018", "Ann", "türkisch", "Abitur", "Deutsch B2"]]  # fmt: skip
    found = {path: header for header, path in paths(write_csv(tmp_path / "a.csv", rows)).items() if path}
    assert (found["citizenships"], found["languages"]) == ("Staatsangehörigkeit", "Sprachen")


@pytest.mark.parametrize(("slip", "order"), [("13.13.1998", "DD.MM.YYYY"), ("31.12.1998", "DD.MM.YYYY"), ("12.31.1998", "ask")])
def test_a_day_that_cannot_be_leaves_the_order_of_the_others(slip: str, order: str, tmp_path: Path) -> None:
    rows = [["Name", "Geburtsdatum"], ["Ann", "24.12.1998"], ["Bo", slip], ["Cy", "1.2.1999"]]
    assert guessed(write_csv(tmp_path / "a.csv", rows)).date_format == order


@pytest.mark.parametrize(("end", "to"), [("12/31/9999", "ongoing"), ("9999-12-31", "ongoing"), ("12/31/2098", "2098-12-31")])
def test_the_last_day_of_all_is_none(end: str, to: str) -> None:
    reading = Reading(date_format=DateFormat("MM/DD/YYYY"))
    assert value_of(end, field_of("experience[0].to"), reading) == to
    assert value_of(end, field_of("experience[0].from"), reading) != "ongoing"


def test_the_sheet_with_people_is_read_and_every_other_one_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = [["Name", "Date of birth", "Nationality"], ["Ann", "1999-03-04", "Irish"]]
    path = str(tmp_path / "a.xlsx")
    for sheets, chosen, form in (
        ({"Read me": [["How to use this"]], "Candidates": people, "Lists": [["Degree"], ["BSc"]]}, "Candidates", "whose headings are those of people"),
        ({"2024": people, "2025": people}, "2024", "only the sheet"),
    ):  # fmt: skip
        book = xlsxwriter.Workbook(path)
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        book.close()
        assert run(["columns", path, "--lang", "en"]) == 0
        out, err = capsys.readouterr()
        assert 'citizenships: "Nationality"' in out
        assert f"`{chosen}`" in err.splitlines()[0]
        assert form in err
        assert all(f"`{name}`" in err for name in sheets)
