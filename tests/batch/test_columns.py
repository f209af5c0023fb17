"""`eligibility columns` proposes a map that can be used as it is, and says what it does not know."""

from __future__ import annotations

from pathlib import Path

import pytest

from eligibility.batch.columns import read_map
from eligibility.batch.headings import field_of_header
from eligibility.cli import run
from eligibility.reference import load_reference

from .material import CLASS, batch, write_csv, write_xlsx


def proposed(path: Path, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert run(["columns", str(path), "--lang", "en", *options]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Date de naissance", "birth_date"), ("Né(e) le", "birth_date"), ("DOB", "birth_date"), ("Nom", "name"), ("Nationalité", "citizenships"),
        ("job1_from", "experience[0].from"), ("Emploi 2 - début", "experience[1].from"), ("Date du diplôme 1", "degrees[0].awarded"),
        ("Anglais", "languages[en].level"), ("niveau d'anglais", "languages[en].level"), ("experience[0].employer", "experience[0].employer"),
        ("facts.full_rights", "facts.full_rights"), ("Groupe", None), ("Téléphone", None), ("", None),
    ],
)  # fmt: skip
def test_headers_people_write(header: str, field: str | None) -> None:
    found = field_of_header(header, load_reference())
    assert (found.path if found is not None else None) == field


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_proposal_is_valid_as_it_is(lang: str, tmp_path: Path) -> None:
    """The printed map can be read, and the table can be read with it; comments are in the language asked for."""
    target = tmp_path / "class.columns.yaml"
    assert run(["columns", str(CLASS / "class.csv"), "--lang", lang, "-o", str(target)]) == 0
    mapped, document = read_map(str(target))
    assert not document.diagnostics
    assert "Né(e) le" in mapped.fields
    assert mapped.complete == frozenset()
    assert batch(CLASS / "class.csv", "--columns", target, "--date-format", "DD/MM/YYYY") == 0
    assert run(["validate", str(target)]) == 0
    assert ("Not known" in target.read_text("utf-8")) == (lang == "en")


def test_unknown_headers_are_comments_with_the_nearest_field(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = proposed(write_csv(tmp_path / "a.csv", [["name", "brith date", "phone", 'odd: "x" # y', "two\nlines"], []]), capsys)
    assert '  # ?: "brith date" looks like birth_date\n' in text
    assert '# Nothing that a profile holds: "phone"' in text
    (tmp_path / "m.columns.yaml").write_text(text, "utf-8")
    assert list(read_map(str(tmp_path / "m.columns.yaml"))[0].fields) == ["name"]


@pytest.mark.parametrize(
    ("days", "line"),
    [
        (["13/04/2001", "01/02/2003"], "DD/MM/YYYY"), (["04.13.2001"], "MM.DD.YYYY"), (["03/04/2001"], "ask"), (["2001-02-03"], None),
        (["13/04/2001", "04/13/2001"], "ask"),
    ],
)  # fmt: skip
def test_the_order_of_days_is_decided_or_asked(days: list[str], line: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A number above 12 proves the order; otherwise both are offered, and such days stay unknown until somebody says which it is."""
    text = proposed(write_csv(tmp_path / "a.csv", [["birth date"], *([day] for day in days)]), capsys)
    assert (f"\ndate_format: {line}\n" in text) if line else "date_format:" not in text
    assert ("# date_format: DD/MM/YYYY\n# date_format: MM/DD/YYYY\n" in text) == (line == "ask")
    (tmp_path / "m.columns.yaml").write_text(text, "utf-8")
    found = read_map(str(tmp_path / "m.columns.yaml"))[0].date_format
    assert (None if found is None else found.text) == (None if line == "ask" else line)
    assert run(["validate", str(tmp_path / "m.columns.yaml")]) == 0


def test_what_a_map_says_already_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--columns: the fields, the format of dates and the complete lists of a map are kept; new columns are added."""
    (tmp_path / "m.columns.yaml").write_text("columns: {name: Who}\ndate_format: DD/MM/YYYY\ncomplete: [citizenships]\n", "utf-8")
    path = write_xlsx(tmp_path / "a.xlsx", [["Who", "nationality"], ["Ann", "FR"]])
    text = proposed(path, capsys, "--columns", str(tmp_path / "m.columns.yaml"))
    assert '  name: "Who"\n  citizenships: "nationality"  # FR; by its heading\n' in text
    assert "date_format: DD/MM/YYYY\n" in text
    assert text.endswith("complete: [citizenships]\n")


@pytest.mark.parametrize("name", ["missing.csv", "a.pdf", "empty.csv"])
def test_what_is_no_table(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.pdf").write_bytes(b"x")
    (tmp_path / "empty.csv").write_bytes(b"")
    assert run(["columns", str(tmp_path / name)]) == 2
    assert str(tmp_path / name) in capsys.readouterr().err
