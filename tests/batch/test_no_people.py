"""Rows that are no people: sums and averages at the foot of a table, notes below it, headings of a further page."""

from __future__ import annotations

from pathlib import Path

import pytest

from .material import batch, profiles, read, write_csv, write_xlsx

HEADINGS = ["Nom", "Date de naissance", "Nationalité", "Moyenne"]
ANN, BO = ["Ann", "2001-03-04", "FR", "12"], ["Bo", "2000-01-02", "MA", "14"]


def names(tmp_path: Path, *more: list[str]) -> list[object]:
    return [one.get("name") for one in profiles(write_csv(tmp_path / "a.csv", [HEADINGS, ANN, BO, *more]))]


@pytest.mark.parametrize(
    "row",
    [
        ["Total", "2", "", "26"], ["TOTAL", "", "", ""], ["Total :", "", "", "2"], ["", "Total", "", "2"], ["Moyenne", "", "", "13,0"], ["Moyenne générale", "", "", "13"],
        ["Moyenne d'âge", "24,5", "", ""], ["Summe", "2", "", ""], ["Durchschnitt", "", "", "13.0"], ["n = 34", "", "", ""], ["N=34", "", "", ""],
        ["Total : 34 étudiants", "", "", ""], ["Total: 34 candidates", "", "", ""], ["Number of candidates", "34", "", ""], ["Nombre d'étudiants : 2", "", "", ""],
        ["Anzahl", "2", "", ""], ["Promedio", "", "", "13"], ["Average", "#DIV/0!", "", "13"], ["Grand total", "1 200", "", "50 %"], ["Sous-total", "2", "", ""],
        ["Source: registrar", "", "", ""], ["Remarque : liste provisoire", "", "", ""], ["Stand: 15.03.2024", "", "", ""], ["Page 2 / 3", "", "", ""], HEADINGS,
    ],
)  # fmt: skip
def test_a_row_that_is_no_person(row: list[str], tmp_path: Path) -> None:
    assert names(tmp_path, row) == ["Ann", "Bo"]
    assert names(tmp_path, row, ["Cy", "1999", "FR", "9"]) == ["Ann", "Bo", "Cy"]


@pytest.mark.parametrize(
    "row",
    [
        ["Total", "2001-02-03", "", ""], ["Total", "04.03.2001", "", ""], ["Total", "", "FR", ""], ["Total Ahmed", "", "", "12"], ["Sum Wing-Kei", "", "", "12"],
        ["Ann Total", "", "", "12"], ["Max", "", "", "12"], ["Page", "", "", "12"], ["Mr Page", "", "", ""], ["Note", "", "", ""], ["N", "", "", "34"], ["Ann: 12", "", "", ""],
        ["Stand", "", "", ""], ["Cy", "", "", ""],
    ],
)  # fmt: skip
def test_a_person_who_is_called_so(row: list[str], tmp_path: Path) -> None:
    """Whoever may be a person is read: an empty answer is better than nobody."""
    assert names(tmp_path, row) == ["Ann", "Bo", row[0]]


def test_an_id_in_the_first_column_makes_a_person(tmp_path: Path) -> None:
    rows = [["id", "name", "birth date"], ["17", "Total", ""], ["", "Total", "1"]]
    assert [one.get("id") for one in profiles(write_csv(tmp_path / "a.csv", rows))] == ["17"]


def test_it_is_told_in_one_line_with_the_lines(tmp_path: Path) -> None:
    rows = [HEADINGS, ANN, ["Sous-total", "1", "", "12"], BO, ["Total", "2", "", "26"]]
    for path in (write_csv(tmp_path / "a.csv", rows), write_xlsx(tmp_path / "a.xlsx", rows)):
        found, told = read(path, strict=False)
        assert [one.name for one in found] == ["Ann", "Bo"]
        assert [(one.place.line, one.params) for one in told if one.code == "N609"] == [(3, {"n": 2, "lines": "3, 5"})]
    _, told = read(write_csv(tmp_path / "b.csv", [HEADINGS, ANN]))
    assert "N609" not in [one.code for one in told]


@pytest.mark.parametrize(("language", "said"), [("en", "1 row is no person, and is not read: line 4"), ("fr", "1 ligne n'est pas une personne et n'est pas lue\u00a0: ligne 4")])
def test_the_command_says_so(language: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    batch(write_csv(tmp_path / "a.csv", [HEADINGS, ANN, BO, ["Moyenne", "", "", "13"]]), lang=language)
    captured = capsys.readouterr()
    assert said in captured.err
    assert ("2 people read" if language == "en" else "2 personnes lues") in captured.out


def test_sums_do_not_spoil_what_a_column_is(tmp_path: Path) -> None:
    """Below a row per job, a sum is nobody's job; and figures below dates of birth make them no less dates."""
    rows = [["id", "employer", "start", "end"], ["1", "A", "2015", "2016"], ["1", "B", "2017", "2018"], ["Total", "2", "", ""]]
    assert [len(one["experience"]) for one in profiles(write_csv(tmp_path / "a.csv", rows))] == [2]
    rows = [["Nom", "Date de naissance"], ["Ann", "2001-03-04"], *[["Moyenne", "24,5"]] * 5]
    assert profiles(write_csv(tmp_path / "b.csv", rows)) == [{"name": "Ann", "birth_date": "2001-03-04"}]


def test_a_table_of_a_column_alone_is_not_thinned(tmp_path: Path) -> None:
    assert len(profiles(write_csv(tmp_path / "a.csv", [["name"], ["Ann"], ["Total"]]))) == 2


def test_tables_of_columns_too(tmp_path: Path) -> None:
    import pyarrow
    from pyarrow import parquet

    parquet.write_table(pyarrow.table({"name": ["Ann", "Total"], "birth date": ["2001-03-04", "1"]}), tmp_path / "a.parquet")
    assert [one["name"] for one in profiles(tmp_path / "a.parquet")] == ["Ann"]
