"""What can only be meant in a rule file is written into it: slips of the hand, days, amounts, names; and never anything else."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from random import Random

import pytest

from eligibility.checks.files import look_into
from eligibility.checks.repair import repaired
from eligibility.language.every_kind import EVERY_KIND
from eligibility.loading.files import Source
from eligibility.reference import load_reference

REFERENCE = load_reference()
RULES = sorted(Path("rules").rglob("*.yaml"))
HEADER = "id: junior\ntitle: {en: Junior, fr: Débutant}\ndates: {deadline: 2026-11-24}\ncriteria:\n"


def fixed(text: str) -> str:
    """The text once it has been repaired until nothing is left that can be."""
    for _ in range(5):
        source = Source("a.yaml", text.encode())
        chosen = [one for one in look_into(source, REFERENCE, date(2024, 1, 1)).diagnostics if one.params.get("fixable")]
        if not chosen:
            break
        text = repaired(source, chosen).data.decode()
    return text


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("kind: experience, at_leest: 3 years", "kind: experience, at_least: 3 years"),
        ("kind: experience, at_leest: 3 ans", "kind: experience, at_least: 3 years"),
        ("kind: expereince, at_least: 3 Years", "kind: experience, at_least: 3 years"),
        ("kind: experience, au_moins: trois ans", "kind: experience, at_least: 3 years"),
        ("kind: citizenship, of: [Morocco, France]", "kind: citizenship, of: [MA, FR]"),
        ("kind: citizenship, of: Union européenne", "kind: citizenship, of: EU"),
        ("kind: citizenship, of: [FR], imortance: asset", "kind: citizenship, of: [FR], importance: asset"),
        ("kind: language, of: French, niveau: {at_least: B2}", "kind: language, of: fr, level: {at_least: B2}"),
        ("kind: degree, awarded: {within: 2 ans, before: deadline}", "kind: degree, awarded: {within: 2 years, before: deadline}"),
        ("kind: degree, awarded: {from: 24/11/2024}", "kind: degree, awarded: {from: 2024-11-24}"),
        ("kind: degree, awarded: {from: 24 novembre 2024}", "kind: degree, awarded: {from: 2024-11-24}"),
    ],
)
def test_what_can_only_be_meant_is_written(written: str, plain: str) -> None:
    """And the rest of the line stays."""
    assert fixed(f"{HEADER}  - {{id: it, {written}}}  # clause 4\n") == f"{HEADER}  - {{id: it, {plain}}}  # clause 4\n"


@pytest.mark.parametrize(
    "written",
    [
        "kind: citizenship, of: [Morroco]",  # near a country, and the letters of none
        "kind: citizenship, of: [Lisboa]",  # a town
        "kind: degree, level: master",  # a master's degree, or one at least
        "kind: degree, ended: {within: 2 years, before: deadline}",  # a word of studies
        "kind: language, of: fr, level: B2",
        "kind: experience, at_least: 3",  # years, or times
        "kind: degree, awarded: {from: 03/04/2024}",  # March, or April
        "kind: experience, at_least: 3 years, date: deadline",
        "kind: experience, at_leas_t_or_so: 3 years",
    ],
)
def test_what_may_mean_something_else_is_left_to_its_author(written: str) -> None:
    """It is told, perhaps with a guess; the file stays as it is."""
    text = f"{HEADER}  - {{id: it, {written}}}\n"
    assert fixed(text) == text
    assert any(one.is_error for one in look_into(Source("a.yaml", text.encode()), REFERENCE, date(2024, 1, 1)).diagnostics)


def slipped(rnd: Random, word: str) -> str:
    """The word with a letter wrong, missing, too many, or two that have changed places."""
    at = rnd.randrange(len(word))
    match rnd.randrange(4):
        case 0:
            return word[:at] + rnd.choice("abcdefghijklmnopqrstuvwxyz") + word[at + 1 :]
        case 1:
            return word[:at] + word[at + 1 :]
        case 2:
            return word[:at] + rnd.choice("abcdefghijklmnopqrstuvwxyz_") + word[at:]
    return word[:at] + word[at : at + 2][::-1] + word[at + 2 :]


KEY = re.compile(r"(?<=[\s{])([a-z_]{4,})(?=:[\s])")


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_a_slip_in_a_shipped_rule_is_mended_as_it_was_or_not_at_all(path: Path) -> None:
    """A key or a kind with one letter wrong: whatever `--fix` writes is what stood there."""
    text, rnd, mended = path.read_text("utf-8"), Random(path.stem), 0
    words = [found for found in KEY.finditer(text) if "#" not in text[text.rfind("\n", 0, found.start()) + 1 : found.start()]]
    words += [found for kind in EVERY_KIND for found in re.finditer(rf"(?<=kind: ){kind}\b", text)]
    for found in rnd.sample(words, min(14, len(words))):
        wrong = slipped(rnd, found[0])
        changed = text[: found.start()] + wrong + text[found.end() :]
        after = fixed(changed)
        assert after in (text, changed), (found[0], wrong)
        mended += after == text and wrong != found[0]
    assert mended >= 3
