"""A rule file with the text of its notice beside it: what no criterion points to, what is quoted and gone, and both side by side."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from eligibility.checks.files import look_at
from eligibility.cli import NOTHING, OK, UNREADABLE, run
from eligibility.notices.notice import read_notice
from eligibility.notices.pointed import Entry, Pointed
from eligibility.reference import load_reference
from tests.notices.invented import HARBOUR, TWO_POSTS

RULE = """format: 1
id: post
title: {fr: Agent, en: Officer}
notice: {document: notice.txt, language: en}
jurisdiction: BE
dates: {deadline: "2027-03-12T17:00"}
as_of: deadline
criteria:
  - {id: day, kind: judged, clause: "lines 19 and 20", label: {fr: Jour, en: Day}}
  - {id: age, kind: age, at_least: 18, quote: "be at least 18 years of age", clause: b, label: {fr: Majeur, en: Of age}}
  - {id: service, kind: judged, clause: "line 22", label: {fr: Service, en: Service}}
  - {id: degree, kind: degree, level: {at_least: 6}, quote: "hold a university degree in oceanography, geography or a related field", clause: d, label: {fr: Diplôme, en: Degree}}
  - {id: experience, kind: experience, at_least: 5 years, clause: "Eligibility criteria, 5", label: {fr: Expérience, en: Experience}}
  - {id: languages, kind: judged, quote: "have a thorough knowledge […] and a satisfactory knowledge of another", clause: f, label: {fr: Langues, en: Languages}}
  - {id: selection, kind: judged, clause: "Selection criteria, 1-3", label: {fr: Sélection, en: Selection}}
  - id: before
    any_of: [{kind: judged, quote: "Applicants who have already worked for the Authority"}, {kind: age, at_least: 60}]
    clause: "How to apply"
    label: {fr: Avant, en: Before}
information:
  - {label: {fr: Papiers, en: Papers}, clause: "line 35"}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notice.txt").write_text(HARBOUR, "utf-8")
    (tmp_path / "post.yaml").write_text(RULE, "utf-8")
    return tmp_path


def told(code: str = "N327") -> list[tuple[str, int]]:
    """Where sentences are told that nothing points to."""
    found = look_at("post.yaml", load_reference(), date(2026, 1, 1)).diagnostics
    return [(one.place.file, one.place.line) for one in found if one.code == code]


def test_nothing_is_told_where_everything_is_pointed_to(folder: Path) -> None:
    assert [one.code for one in look_at("post.yaml", load_reference(), date(2026, 1, 1)).diagnostics] == []


@pytest.mark.parametrize(
    ("criterion", "line"),
    [("age", 21), ("service", 22), ("degree", 23), ("experience", 25), ("languages", 26)],
)
def test_a_sentence_without_its_criterion_is_told_at_its_line_of_the_notice(folder: Path, criterion: str, line: int) -> None:
    (folder / "post.yaml").write_text("".join(f"{one}\n" for one in RULE.splitlines() if f"id: {criterion}," not in one), "utf-8")
    assert told() == [("notice.txt", line)]


def test_lines_and_items_that_a_clause_names(folder: Path) -> None:
    notice = read_notice(HARBOUR)
    pointed = Pointed(HARBOUR, notice.parts)

    def lines(clause: str) -> list[int]:
        return sorted({notice.parts[index].line for index in pointed.lines(Entry(None, clause))})

    assert lines("line 21") == [21]
    assert lines("lines 21 to 22") == lines("lignes 21 à 22") == lines("lines 21-22") == [21, 22]
    assert lines("Eligibility criteria, 2") == [21]
    assert lines("Eligibility criteria, 2 and 4") == [21, 23]
    assert lines("Eligibility criteria, be at least") == [21]
    assert lines("Eligibility criteria, 9") == lines("Eligibility criteria") == lines("9") == []
    assert lines("How to apply, 1") == [35, 36, 37]


def test_another_deadline_than_that_of_the_rules_is_told(folder: Path) -> None:
    (folder / "notice.txt").write_text(HARBOUR.replace("12 March 2027, 17:00", "13 March 2027, 17:00"), "utf-8")
    assert told() == [("notice.txt", 6)]


def test_a_quotation_that_is_gone_is_told_with_the_sentence_in_its_place(folder: Path) -> None:
    (folder / "notice.txt").write_text(HARBOUR.replace("at least 18 years of age", "at least 21 years of age"), "utf-8")
    assert told("W316") == [("post.yaml", 10)]
    assert told() == [("notice.txt", 21)]


def test_a_comment_beside_the_document_silences_what_is_left(folder: Path) -> None:
    text = "".join(f"{one}\n" for one in RULE.splitlines() if "id: age," not in one)
    (folder / "post.yaml").write_text(
        text.replace("language: en}", "language: en}  # eligibility: ignore[N327] all of it was looked at"), "utf-8"
    )
    looked = look_at("post.yaml", load_reference(), date(2026, 1, 1))
    assert (looked.diagnostics, looked.silenced) == ((), 1)


def test_of_several_posts_only_the_one_of_the_rules_is_told(folder: Path) -> None:
    (folder / "notice.txt").write_text(TWO_POSTS, "utf-8")
    rule = RULE[: RULE.index("criteria:")].replace("2027-03-12T17:00", "2027-06-30")
    (folder / "post.yaml").write_text(
        f'{rule}criteria:\n  - {{id: age, kind: age, at_least: 21, at_most: 45, clause: "line 16", label: {{fr: a, en: a}}}}\n', "utf-8"
    )
    assert told() == [("notice.txt", line) for line in (3, 15, 20)]


def test_a_notice_that_is_not_there_or_no_text_is_no_problem_of_the_rules(folder: Path) -> None:
    (folder / "notice.txt").write_bytes(b"\x00\xff" * 1000)
    assert {"W316"} >= {one.code for one in look_at("post.yaml", load_reference(), date(2026, 1, 1)).diagnostics}
    (folder / "notice.txt").unlink()
    assert look_at("post.yaml", load_reference(), date(2026, 1, 1)).diagnostics == ()


def test_validate_says_it_in_every_format(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "post.yaml").write_text("".join(f"{one}\n" for one in RULE.splitlines() if "id: age," not in one), "utf-8")
    for form in ("full", "concise", "json", "jsonl", "github", "gitlab", "sarif", "junit"):
        assert run(["validate", "post.yaml", "--format", form, "--on", "2026-01-01"]) == OK
        out = capsys.readouterr().out
        assert "N327" in out
        assert "notice.txt" in out
    run(["validate", "post.yaml", "--on", "2026-01-01", "--lang", "fr"])
    assert "ceci ressemble à une condition" in capsys.readouterr().out


@pytest.mark.parametrize("width", [80, 40])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_both_are_shown_and_fit_the_terminal(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int, lang: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    text = RULE.replace("be at least 18 years of age", "be at least 21 years of age")
    (folder / "post.yaml").write_text("".join(f"{one}\n" for one in text.splitlines() if "id: service," not in one), "utf-8")
    assert run(["show", "post", "--notice", "--rules", "post.yaml", "--lang", lang]) == OK
    out = capsys.readouterr().out
    assert all(len(line) <= width for line in out.splitlines())
    said = " ".join(out.replace("│", " ").split())
    for words in {
        "en": (
            "No criterion says this.",
            "Quoted, and not in the text of the notice: – Of age",
            "Information: decides nothing.",
            "The deadline of the rules.",
        ),
        "fr": ("Aucun critère ne le dit.", "La date limite des règles."),
    }[lang]:
        assert words in said


def test_without_the_text_the_place_for_it_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "notice.txt").unlink()
    assert run(["show", "post", "--notice", "--rules", "post.yaml"]) == NOTHING
    assert "The text of the notice, notice.txt, is not there" in " ".join(capsys.readouterr().err.split())
    (folder / "post.yaml").write_text(RULE.replace("document: notice.txt, ", ""), "utf-8")
    assert run(["show", "post", "--notice", "--rules", "post.yaml"]) == NOTHING
    assert "does not name the text of its notice" in " ".join(capsys.readouterr().err.split())
    assert run(["show", "post", "--notice", "--plan", "--rules", "post.yaml"]) == UNREADABLE


def test_a_draft_points_to_everything_it_was_made_from(folder: Path) -> None:
    assert run(["new", "vacancy", "post.yaml", "--from", "notice.txt", "--force"]) == OK
    assert told() == told("W316") == []
