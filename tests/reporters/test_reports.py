"""Whole reports, reviewed as they are: `UPDATE=1 python -m pytest tests/reporters/test_reports.py` writes them anew, for review.

And what every report keeps to: no box, no escape, nothing cut, no line too wide, no English in French.
"""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pytest

from eligibility.engine import check
from eligibility.loading.document import value_at
from eligibility.loading.files import find_files
from eligibility.loading.models import load_profile, load_vacancy, open_profile
from eligibility.reference import load_reference
from eligibility.report import Report
from eligibility.reporters import Shown, Style, reporter
from eligibility.reporters.layout import width_of
from eligibility.wording import Words

ROOT = Path(__file__).parents[2]
RULES = [str(ROOT / "rules" / name) for name in sorted(os.listdir(ROOT / "rules")) if not name.endswith(".cases.yaml")]
PROFILES = sorted(name.removesuffix(".yaml") for name in os.listdir(ROOT / "profiles") if name.endswith(".yaml"))
DAYS = {"lea": "2023-09-15", "kwame": "2023-09-15", "nadia": "2025-05-10", "elena": "2024-06-15", "omar": "2023-12-15"}


def reports(profile: str, day: str | None = None) -> list[Report]:
    on = date.fromisoformat(day or DAYS.get(profile, "2024-03-20"))
    person = load_profile(str(ROOT / "profiles" / f"{profile}.yaml"))
    return [check(load_vacancy(path), person, on, load_reference(), on_last_day=True) for path in RULES]


def text(profile: str, language: str, *, detail: bool = False, width: int = 80, ascii: bool = False) -> str:  # noqa: A002 (the style's own word)
    style = Style(width, ascii)
    name = f"profiles/{profile}.yaml"
    loaded = open_profile(str(ROOT / name), load_reference())
    assert loaded.model is not None
    vacancies = [load_vacancy(path) for path in RULES]
    shown = Shown(
        reports(profile), Words(language), load_reference(), name, lambda path: None, detail, style=style,
        value=lambda path: value_at(loaded.document.data, path), vacancies=vacancies,
    )  # fmt: skip
    return reporter("text")(shown)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(("profile", "detail"), [("lea", False), ("anneke", True), ("nadia", False), ("sofia", True), ("alex", False)])
def test_whole_report(profile: str, detail: bool, language: str) -> None:
    """The whole report is the one that was reviewed."""
    path = ROOT / "tests" / "golden" / f"{profile}-{'detail' if detail else 'summary'}.{language}.txt"
    now = text(profile, language, detail=detail)
    if os.environ.get("UPDATE"):
        path.write_text(now, "utf-8")
    assert now == path.read_text("utf-8")


@pytest.mark.parametrize("width", [40, 60, 80])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_is_wider_than_the_terminal_and_nothing_is_cut(language: str, width: int) -> None:
    """At any width the same words are there, and no line runs over but for an id, which is never broken."""
    for profile in PROFILES:
        for detail in (False, True):
            shown = text(profile, language, detail=detail, width=width)
            for line in shown.splitlines():  # what is to be copied is one word: an id, an option with its value
                assert width_of(line) <= width or " " not in line.strip().removesuffix(" \\").removeprefix("--vacancy "), line
            assert "…" not in shown
            words = re.sub(r"\s", "", text(profile, language, detail=detail, width=2000))
            folded = re.sub(r"\s", "", shown.replace(" \\\n", "\n"))
            if width >= 60:
                assert sorted(folded) == sorted(words)


def test_only_words_carry_the_verdict() -> None:
    """No box drawing, no escape byte; with ASCII marks the report is the same but for the marks."""
    for profile in PROFILES:
        plain = text(profile, "en", detail=True)
        assert not re.search("[\u2500-\u259f\x00-\x09\x0b-\x1f\x7f-\x9f]", plain)
        ascii_marks = text(profile, "en", detail=True, ascii=True)
        assert plain.translate({ord("✓"): "+", ord("✗"): "x", ord("–"): "-", ord("·"): "."}) == ascii_marks.replace("–", "-").replace("·", ".")


def test_the_bare_word_is_never_a_verdict() -> None:
    """`eligible` never stands alone as a verdict; neither does `éligible`."""
    for profile in PROFILES:
        for line in text(profile, "en", detail=True).splitlines():
            assert not re.fullmatch(r"(RESULT: )?ELIGIBLE.*", line)
        for line in text(profile, "fr").splitlines():
            assert not re.fullmatch(r"ÉLIGIBLE.*", line)


def test_both_languages_say_the_same() -> None:
    """Verdicts and counts do not depend on the language."""
    for profile in PROFILES:
        counts = [re.findall(r"^[A-ZÀÉÈÔ ,]+ \((\d+)\)$", text(profile, one), re.M) for one in ("en", "fr")]
        assert counts[0] == counts[1]
        assert counts[0]


def test_no_english_in_french() -> None:
    """No English sentence leaks into a French report (ids and option names apart)."""
    english = re.compile(r"\b(the|your|not|missing|criteria|you|is|are|of|and)\b")
    for profile in PROFILES:
        for line in text(profile, "fr", detail=True).splitlines():
            words = re.sub(r"[a-z]+(-[a-z0-9]+)+", "", line)
            assert not english.search(words), line


def test_every_open_criterion_says_why_where_and_what_to_do() -> None:
    """A criterion that is not met, or open, prints why, the profile's place or the missing field, the clause and what to do."""
    for profile in PROFILES:
        for block in re.split(r"\n(?=[✗?✓~·] )", text(profile, "en", detail=True)):
            asset = re.search(r"\((not met|cannot tell yet)\)", " ".join(block.split()))
            if block.startswith(("✗", "?")) and not asset:
                for entry in ("Why", "Profile", "Notice", "What to do"):
                    assert f"    {entry}" in block, block


def test_placeholders_are_all_filled() -> None:
    """No sentence shows a name in braces."""
    for profile in PROFILES:
        for language in ("en", "fr"):
            for detail in (False, True):
                shown = text(profile, language, detail=detail)
                assert not re.search(r"\{\w+\}", shown), re.findall(r".*\{\w+\}.*", shown)


def test_same_input_same_bytes() -> None:
    """Made twice, a report is the same to the byte."""
    assert [one.model_dump_json() for one in reports("sofia")] == [one.model_dump_json() for one in reports("sofia")]


def test_the_rules_folder_is_read_in_order() -> None:
    """Files are found sorted, whatever the folder gives."""
    assert find_files(str(ROOT / "rules")) == RULES
