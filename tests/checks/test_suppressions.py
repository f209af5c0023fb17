"""Problems silenced by a comment in the file, with a reason."""

from __future__ import annotations

from pathlib import Path

from rule_files import looked_at, rule_file

BARE = "  - {id: a, kind: age, at_least: 18, label: {fr: a, en: b}}"


def codes(text: str, folder: Path) -> list[str]:
    return [one.code for one in looked_at(rule_file(text), folder)]


def test_a_comment_at_the_end_of_the_line_silences_its_code(tmp_path: Path) -> None:
    """The criterion has no clause, and the comment says why that is right."""
    assert codes(f"criteria:\n{BARE}", tmp_path) == ["W313"]
    assert codes(f"criteria:\n{BARE}  # eligibility: ignore[W313] the notice has no clauses", tmp_path) == []


def test_a_comment_of_its_own_is_for_the_next_line(tmp_path: Path) -> None:
    """Other comments may stand between."""
    assert codes(f"criteria:\n  # eligibility: ignore[W313] the notice has no clauses\n  # age\n{BARE}", tmp_path) == []


def test_a_comment_without_a_reason_is_told(tmp_path: Path) -> None:
    """It silences, and a warning asks for the reason."""
    assert codes(f"criteria:\n{BARE} # eligibility: ignore[W313]", tmp_path) == ["W320"]


def test_a_comment_that_silences_nothing_is_told(tmp_path: Path) -> None:
    """A code that is not there, or that cannot be silenced, is named."""
    assert codes(f"criteria:\n{BARE} # eligibility: ignore[W313, E304] the notice has no clauses", tmp_path) == ["W321"]
    assert codes("criteria:\n  - {id: a, kind: age, atleast: 18} # eligibility: ignore[E203] I like it so", tmp_path) == ["E203", "W321"]


def test_a_comment_elsewhere_silences_nothing(tmp_path: Path) -> None:
    """The line before the last one is another line."""
    assert codes(f"# eligibility: ignore[W313] the notice has no clauses\ncriteria:\n{BARE}", tmp_path) == ["W321", "W313"]


def test_errors_of_meaning_can_be_silenced(tmp_path: Path) -> None:
    """What `check` can use in spite of it may be meant, if somebody says why."""
    lines = 'criteria:\n  - {id: a, kind: age, at_least: 30, at_most: 20, clause: "1", label: {fr: a, en: b}}'
    assert codes(lines, tmp_path) == ["E304"]
    assert codes(f"{lines} # eligibility: ignore[E304] copied from the notice, which is wrong", tmp_path) == []
