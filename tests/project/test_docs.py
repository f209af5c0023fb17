"""The examples of docs/language.md, and of every kind, can be read; every construct the page names exists."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from eligibility.engine import check
from eligibility.language.every_kind import EVERY_KIND
from eligibility.language.kinds import RECORD_KINDS
from eligibility.loading.files import Source
from eligibility.loading.models import read_profile
from eligibility.loading.vocabularies import tidy
from eligibility.loading.yaml_reader import read_yaml
from eligibility.profile import Profile
from eligibility.question.quantity import OPERATORS
from eligibility.reading.honoured import KEYS
from eligibility.reading.reader import OF_WINDOWS
from eligibility.reference import load_reference
from eligibility.reporters.sentences import Sentences
from eligibility.vacancy import Vacancy
from eligibility.wording import Words

PAGE = (Path(__file__).parents[2] / "docs" / "language.md").read_text("utf-8")
BLOCKS = re.findall(r"```yaml ?(\w*)\n(.*?)```", PAGE, re.S)
VACANCY = next(text for name, text in BLOCKS if name == "vacancy")


def read(text: str) -> dict[str, Any]:
    document = read_yaml(Source("docs/language.md", text.encode()))
    assert not [one for one in document.diagnostics if one.is_error]
    return dict(document.data)


def with_criteria(criteria: list[dict[str, Any]]) -> Vacancy:
    named = [{"id": f"c{number}", **criterion} for number, criterion in enumerate(criteria)]
    return Vacancy.model_validate({**read(VACANCY), "criteria": named})


def test_the_vacancy_of_the_page() -> None:
    """The header with every key can be read."""
    assert Vacancy.model_validate(read(VACANCY)).parsed(load_reference()).tracks == ("track",)


@pytest.mark.parametrize("text", [text for name, text in BLOCKS if not name])
def test_criteria_of_the_page(text: str) -> None:
    """Every criterion of the page can be read."""
    criteria = read(f"criteria:\n{text}")["criteria"]
    assert len(with_criteria(criteria).parsed(load_reference()).criteria) == len(criteria)


@pytest.mark.parametrize(
    ("facts", "born", "verdict", "said"),
    [
        ({"height_cm": 155, "weight_kg": 43}, "1998-01-01", "fail", "For `height_cm` 155 and age 27: you state 43; the notice asks for at least 45."),
        ({"height_cm": 149, "weight_kg": 43}, "1998-01-01", "unknown", "The notice's table `least-weight` has no line for `height_cm` 149 and age 27."),
        ({"height_cm": 165, "weight_kg": 55}, None, "pass", ""),
        ({"height_cm": 165, "weight_kg": 53}, None, "unknown", ""),
    ],
)
def test_the_table_of_the_page(facts: dict[str, Any], born: str | None, verdict: str, said: str) -> None:
    """What the page tells of its table is what the report says, word by word."""
    text = next(text for name, text in BLOCKS if name == "tables")
    vacancy = Vacancy.model_validate({**read(VACANCY), **read(text)})
    profile, _ = read_profile({"facts": facts, **({"birth_date": born} if born else {})}, load_reference())
    assert profile is not None
    [finding] = check(vacancy, profile, date(2025, 2, 1), load_reference()).findings
    assert (finding.verdict, finding.missing) == (verdict, ("birth_date",) if verdict == "unknown" and not said else ())
    if said:
        assert Sentences(Words("en"), load_reference()).reason(finding) == said
        assert said in " ".join(PAGE.split())


def test_the_profile_of_the_page() -> None:
    """The profile with every field can be read, and uses no word that nothing knows."""
    data, problems = tidy(read(next(text for name, text in BLOCKS if name == "profile")), load_reference())
    assert not problems
    assert set(Profile.model_validate(data).model_dump(exclude_none=True, by_alias=True)) >= {"degrees", "funds", "relatives"}


@pytest.mark.parametrize("kind", sorted(RECORD_KINDS))
def test_filters_of_every_kind(kind: str) -> None:
    """The page names every filter of a kind, in the line of the kind, and every key that belongs to it alone."""
    line = next(line for line in PAGE.splitlines() if line.startswith("| `") and f"`{kind}`" in line)
    assert [key for key in RECORD_KINDS[kind].filters if f"`{key}`" not in line] == []
    for option in RECORD_KINDS[kind].options:
        assert f"{option}:" in PAGE or f"`{option}`" in PAGE


@pytest.mark.parametrize("kind", sorted(EVERY_KIND))
def test_examples_of_every_kind(kind: str) -> None:
    """`eligibility kinds KIND` shows examples that can be read, and the page shows the kind."""
    examples = EVERY_KIND[kind].examples
    assert examples
    criteria = [read(f"it: {example}")["it"] for example in examples]
    with_criteria(criteria).parsed(load_reference())
    assert f"kind: {kind}" in PAGE


@pytest.mark.parametrize("page", ["docs/reference/keys.md", "docs/fr/reference/keys.md"])
def test_the_page_of_keys_has_every_key_of_questions_and_windows(page: str) -> None:
    """Each in its own part, whatever its values may be."""
    parts = dict(re.findall(r"^\(keys-(\w+)\)=\n(.*?)(?=^\(keys-|\Z)", (Path(__file__).parents[2] / page).read_text("utf-8"), re.S | re.M))
    of_kinds = {option for kind in RECORD_KINDS.values() for option in kind.options}
    rows = {name: set(re.findall(r"^\| `(\w+)` ", text, re.M)) for name, text in parts.items()}
    assert {*KEYS} - of_kinds - {"from"} <= rows["records"] | rows["common"]
    assert {*OF_WINDOWS, *OPERATORS, "extended", "bound"} <= rows["window"]
    assert {"as_of", "throughout"} <= rows["common"]
