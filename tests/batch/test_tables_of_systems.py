"""Tables as schools, forms on the web and personnel systems export them: language tests, marks with their scale, a row per job."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from eligibility.batch.headings import meaning_of
from eligibility.batch.people import Refused, person_in
from eligibility.batch.sources import Choices, open_people
from eligibility.cli import run
from eligibility.reference import load_reference

from .material import column_map, write_csv

REFERENCE = load_reference()


def people(path: Path, text: str | None = None) -> list[tuple[dict[str, Any], list[tuple[str, Any]]]]:
    """What everybody's rows say, and the cells that were not understood, with why."""
    mapped = None if text is None else column_map(path.parent, text)
    opened = open_people(str(path), Choices(REFERENCE, mapped), lambda problem: None)
    found = []
    for line, held in opened.held:
        assert not isinstance(held, Refused)
        loaded = person_in(opened.reader.read(line, held), REFERENCE)
        lost = [(str(one.params["value"]), one.params["why"]) for one in loaded.diagnostics if one.code == "W607"]
        found.append((dict(loaded.document.data), lost))
    return found


# ------------------------------------------------------------------------------------------------- languages


@pytest.mark.parametrize(
    ("headings", "cells"),
    [
        (["LV1", "Niveau LV1", "LV2", "Niveau LV2"], ["Anglais", "C1", "Allemand", "B1"]),
        (["Fremdsprache 1", "Niveau 1", "Fremdsprache 2", "Niveau 2"], ["Englisch", "C1", "Deutsch", "B1"]),
        (["Foreign language 1", "Level 1", "Foreign language 2", "Level 2"], ["English", "C1", "German", "B1"]),
        (["Idioma extranjero 1", "Nivel 1", "Idioma extranjero 2", "Nivel 2"], ["inglés", "C1", "alemán", "B1"]),
        (["LV1", "LV2"], ["Anglais C1", "Allemand (B1)"]),
    ],
)
def test_numbered_languages_have_their_levels(headings: list[str], cells: list[str], tmp_path: Path) -> None:
    [(data, lost)] = people(write_csv(tmp_path / "t.csv", [["Nom", *headings], ["Ann", *cells]]))
    assert data["languages"] == [{"language": "en", "level": "C1"}, {"language": "de", "level": "B1"}]
    assert lost == []


@pytest.mark.parametrize(
    ("heading", "cell", "language", "result"),
    [
        ("TOEIC", "905", "en", {"test": "toeic", "score": 905}), ("Score IELTS", "7,5", "en", {"test": "ielts", "score": 7.5}),
        ("TOEFL iBT", "98/120", "en", {"test": "toefl_ibt", "score": 98}), ("DELF", "DELF B2", "fr", {"test": "delf", "score": "B2"}),
        ("DELF", "B2 (2021)", "fr", {"test": "delf", "score": "B2", "taken": "2021"}), ("Résultat TCF", "452", "fr", {"test": "tcf", "score": 452}),
        ("DELF", "DALF C1", "fr", {"test": "dalf", "score": "C1"}), ("Goethe-Zertifikat", "C1", "de", {"test": "goethe", "score": "C1"}),
        ("Puntuación DELE", "B2", "es", {"test": "dele", "score": "B2"}), ("JLPT", "N2", "ja", {"test": "jlpt", "score": "N2"}),
        ("What is your IELTS score?", "7.5 (June 2022)", "en", {"test": "ielts", "score": 7.5, "taken": "2022-06"}),
    ],
)  # fmt: skip
def test_a_column_may_be_a_language_test(heading: str, cell: str, language: str, result: dict[str, Any], tmp_path: Path) -> None:
    [(data, lost)] = people(write_csv(tmp_path / "t.csv", [["Name", heading], ["Ann", cell]]))
    assert data["languages"] == [{"language": language, "tests": [result]}]
    assert lost == []


def test_a_test_its_date_and_the_level_beside_it_are_one_language(tmp_path: Path) -> None:
    rows = [["Nom", "LV1", "Niveau LV1", "Score TOEIC", "Date TOEIC", "DELF"], ["Ann", "Anglais", "C1", "925", "03/2023", ""], ["Bo", "Anglais", "B2", "non passé", "", "B1"]]
    (ann, _), (bo, lost) = people(write_csv(tmp_path / "t.csv", rows))
    assert ann["languages"] == [{"language": "en", "level": "C1", "tests": [{"test": "toeic", "score": 925, "taken": "2023-03"}]}]
    assert bo["languages"] == [{"language": "en", "level": "B2"}, {"language": "fr", "tests": [{"test": "delf", "score": "B1"}]}]
    assert lost == [("non passé", "E625")]


def test_a_test_of_another_language_counts_for_nothing(tmp_path: Path) -> None:
    """A DELF is no German, whether a map or a cell says so."""
    path = write_csv(tmp_path / "t.csv", [["Name", "Test", "Sprachen"], ["Ann", "B2", "Deutsch (DELF B2), Englisch"]])
    [(data, lost)] = people(path, "columns: {name: Name, 'languages[de].tests[delf]': Test}")
    assert data["languages"] == [{"language": "de"}]
    assert lost == [("delf B2", "E625")]
    [(data, lost)] = people(path, "columns: {name: Name, languages: Sprachen}")
    assert data["languages"] == [{"language": "en"}]
    assert lost == [("Deutsch (DELF B2)", "E625")]


@pytest.mark.parametrize("score", ["9", "9.5"])
def test_a_score_out_of_range_costs_its_test_only(score: str, tmp_path: Path) -> None:
    [(data, lost)] = people(write_csv(tmp_path / "t.csv", [["Name", "Citizenship", "IELTS", "English"], ["Ann", "FR", score, "C1"]]))
    assert data["citizenships"] == ["FR"]
    assert data["languages"][0]["level"] == "C1"
    assert [why for _, why in lost] == ([] if score == "9" else ["E204"])
    assert ("tests" in data["languages"][0]) is (score == "9")


# ------------------------------------------------------------------------------------------------- marks


def test_what_is_not_understood_is_named_as_a_map_writes_it(tmp_path: Path) -> None:
    """The line to write in the map is one that a map takes."""
    from eligibility.batch.fields import field_of

    path = write_csv(tmp_path / "t.csv", [["Name", "Mark", "Test"], ["Ann", "B", "B2"]])
    text = "columns: {name: Name, 'degrees[0].grade.value': Mark, 'languages[de].tests[delf]': Test}"
    opened = open_people(str(path), Choices(REFERENCE, column_map(tmp_path, text)), lambda problem: None)
    [(line, held)] = opened.held
    told = person_in(opened.reader.read(line, held), REFERENCE).diagnostics
    named = sorted(str(one.params["at"]) for one in told if one.code == "W607")
    assert named == ["degrees[0].grade.value", "languages[de].tests[delf]"]
    assert [field_of(one).path for one in named] == named


@pytest.mark.parametrize(
    ("mark", "scale", "grade"),
    [
        ("13,5", "/20", {"value": 13.5, "scale": "out_of_20"}), ("13.5/20", "", {"value": 13.5, "scale": "out_of_20"}),
        ("8.15", "0-10", {"value": 8.15, "scale": "out_of_10"}), ("85 %", "", {"value": 85, "scale": "percent"}),
        ("3.7", "GPA 4.0", {"value": 3.7, "scale": "gpa", "out_of": 4}), ("3,8/4,3", "", {"value": 3.8, "scale": "gpa", "out_of": 4.3}),
        ("mention bien", "", {"value": "bien", "scale": "mention"}), ("2:1", "UK Honours", {"value": "upper_second", "scale": "honours"}),
    ],
)  # fmt: skip
def test_a_mark_has_the_scale_that_stands_beside_it_or_in_it(mark: str, scale: str, grade: dict[str, Any], tmp_path: Path) -> None:
    rows = [["Name", "Degree 1", "Degree 1 grade", "Degree 1 scale"], ["Ann", "Master", mark, scale]]
    [(data, lost)] = people(write_csv(tmp_path / "t.csv", rows))
    assert (data["degrees"], lost) == ([{"title": "master", "grade": grade}], [])


@pytest.mark.parametrize(
    ("mark", "scale", "why"),
    [
        ("14", "", ["E626"]),  # of 20, or of 100
        ("14/20", "/100", ["E617"]),  # the two columns contradict one another
        ("10.2", "Danish", ["E626", "E625"]), ("4.8", "/4", ["E204"]), ("21", "/20", ["E204"]),
    ],
)  # fmt: skip
def test_a_mark_that_can_be_two_is_none(mark: str, scale: str, why: list[str], tmp_path: Path) -> None:
    rows = [["Name", "Degree 1", "Degree 1 grade", "Degree 1 scale"], ["Ann", "Master", mark, scale], ["Bo", "Master", "15", "/20"], ["Cy", "Master", "15", "/20"]]
    (data, lost), (bo, _), _ = people(write_csv(tmp_path / "t.csv", rows))
    assert data["degrees"] == [{"title": "master"}]
    assert sorted(one for _, one in lost) == sorted(why)
    assert bo["degrees"][0]["grade"] == {"scale": "out_of_20", "value": 15}


# ------------------------------------------------------------------------------------------------- rows and headings


def test_a_row_per_job_may_tell_each_time_whose_it_is(tmp_path: Path) -> None:
    """One person of three jobs, and not three people of one; where the rows say two things of the person, nobody knows."""
    head = ["Matricule", "Nom", "Date de naissance", "Employeur", "Date début", "Date fin"]
    rows = [["M1", "Ann", "05/02/1990", "A", "01/09/2015", "31/08/2017"], ["M1", "Ann", "05/02/1990", "B", "01/10/2017", ""], ["M2", "Bo", "17/06/1985", "C", "2012", "2018"]]
    found = people(write_csv(tmp_path / "t.csv", [head, *rows]))
    assert [(data["name"], [job["employer_name"] for job in data["experience"]]) for data, _ in found] == [("Ann", ["A", "B"]), ("Bo", ["C"])]
    rows[1][2] = "06/02/1990"
    assert len(people(write_csv(tmp_path / "u.csv", [head, *rows]))) == 3


@pytest.mark.parametrize(
    ("heading", "jobs"),
    [("Current employer", None), ("Votre employeur actuel", None), ("Poste actuel", None), ("Employer", []), ("Employer 1", []), ("experience[0].title", [])],
)
def test_no_job_now_is_not_never_any(heading: str, jobs: list[Any] | None, tmp_path: Path) -> None:
    """Whoever answers `-` to the question for their present employer may have had others."""
    found = people(write_csv(tmp_path / "t.csv", [["Name", heading], ["Ann", "-"], ["Bo", "Oxfam"]]))
    assert found[0][0].get("experience") == jobs


@pytest.mark.parametrize(
    ("heading", "what"),
    [
        ("DATE_NAI_IND", "birth_date"), ("D.O.B.", "birth_date"), ("LIB_PAY_NAT", "citizenships"), ("COD_ETU", "id"), ("Highest degree completed", "degrees[0].title"),
        ("Year completed", "degrees[0].awarded"), ("How would you rate your French?", "languages[fr].level"),
        ("Start date in current position", "experience[0].from"), ("Previous Work Term 1 End", "experience[0].to"),
        ("Quel est votre plus haut niveau d'études ?", "degrees[0].title"), ("تاريخ الازدياد / Date de naissance", "birth_date"),
        ("En quelle année avez-vous obtenu votre dernier diplôme ?", "degrees[0].awarded"), ("Stage ou emploi actuel > Au", "experience[0].to"),
        ("Quand seriez-vous disponible ?", "availability.from"),
    ],
)  # fmt: skip
def test_headings_of_registers_and_forms(heading: str, what: str) -> None:
    meant = meaning_of(heading, REFERENCE)
    assert meant is not None
    assert meant.what == what


@pytest.mark.parametrize("letter", ["B", "b", "C"])
def test_a_letter_is_no_heading(letter: str) -> None:
    """`d o b` without its little words was one: a column of groups was asked for dates of birth, and a row with a mark passed for headings."""
    assert meaning_of(letter, REFERENCE) is None


def test_a_name_that_nobody_fills_in_is_not_the_name(tmp_path: Path) -> None:
    rows = [["ID", "Name", "Full legal name (as in passport)", "Date of birth"], ["1", "", "Grace Okafor", "1996-07-09"]]
    assert people(write_csv(tmp_path / "t.csv", rows))[0][0]["name"] == "Grace Okafor"


@pytest.mark.parametrize("rule", ["|------|-----:|", "| :--: | --- |", "------+------"])
@pytest.mark.parametrize("ending", [".md", ".txt"])
def test_the_line_below_the_headings_of_a_pasted_table_is_nobody(rule: str, ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"t{ending}"
    path.write_text(f"| Name | Born |\n{rule}\n| Ann | 2001 |\n| Bo | 1999 |\n")
    assert [data["name"] for data, _ in people(path)] == ["Ann", "Bo"]


@pytest.mark.parametrize(
    ("cell", "degree"),
    [
        ("Bac+5 (Master)", {"level": 7, "title": "master"}), ("Bac+3 (Licence)", {"level": 6, "title": "licence"}),
        ("Master (Bac+5)", {"level": 7, "title": "master"}), ("Bac+4 / Maîtrise", {"level": 6, "title": "maitrise"}),
        ("Bac+3 (Doctorat)", {"title": "Bac+3 (Doctorat)"}),
    ],
)  # fmt: skip
def test_a_degree_beside_its_years(cell: str, degree: dict[str, Any], tmp_path: Path) -> None:
    [(data, _)] = people(write_csv(tmp_path / "t.csv", [["Nom", "Diplôme"], ["Ann", cell]]))
    assert data["degrees"] == [degree]


@pytest.mark.parametrize("name", ["people.jsonl", "me.yaml"])
@pytest.mark.parametrize(("language", "said"), [("en", "a file of profiles has no columns"), ("fr", "un fichier de profils n'a pas de colonnes")])
def test_a_file_of_profiles_has_no_columns(name: str, language: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It was said to hold no people, with its own ending among those that do."""
    path = tmp_path / name
    path.write_text('{"name": "Ann"}\n')
    assert run(["columns", str(path), "--lang", language]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("word", ["ANG", "ALL", "ESP"])
def test_a_code_that_is_none_is_no_other_language(word: str) -> None:
    """`ANG` was nearly Sango, and the map was told to say so; a name that is misspelt is still suggested."""
    assert REFERENCE.find_language(word, True).suggestions == ()
    assert REFERENCE.find_language("anglias", True).suggestions == ("en",)
