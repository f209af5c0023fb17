"""Small rule files for tests: the lines that matter, with whatever else a rule file needs around them."""

from __future__ import annotations

from pathlib import Path

from eligibility.checks.files import look_at
from eligibility.diagnostic import Diagnostic
from eligibility.reference import load_reference

HEADER = {
    "format": "format: 1",
    "id": "id: post",
    "title": "title: {fr: Poste, en: Post}",
    "jurisdiction": "jurisdiction: FR",
    "dates": "dates: {deadline: 2024-06-30, start: 2024-09-01}",
    "criteria": 'criteria:\n  - {id: adult, kind: age, at_least: 18, clause: "1", label: {fr: Majeur, en: Of age}}',
}
NOTICE = "The closing date is 30 June.\nCandidates must be at\nleast 18 years old. They must speak « French » or l’anglais.\n"
TODAY = 738_000  # 25 July 2021: before the deadline


def rule_file(lines: str) -> str:
    """A whole rule file with these lines; what they do not say comes from a plain vacancy."""
    keys = {line.partition(":")[0] for line in lines.splitlines() if line[:1].isalpha()}
    return "\n".join([*(text for key, text in HEADER.items() if key not in keys), lines.strip("\n"), ""])


def looked_at(text: str, folder: Path, today: int = TODAY, name: str = "post.yaml") -> list[Diagnostic]:
    """What is found in a file with this text, with a notice beside it."""
    path = folder / name
    path.write_text(text, "utf-8")
    (folder / "notice.txt").write_text(NOTICE, "utf-8")
    return list(look_at(str(path), load_reference(), today).diagnostics)


def codes_in(lines: str, folder: Path, today: int = TODAY) -> set[str]:
    """The codes found in a rule file with these lines."""
    return {one.code for one in looked_at(rule_file(lines), folder, today)}
