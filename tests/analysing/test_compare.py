"""`eligibility compare`: who gets another answer from a changed rule, and nobody where it says the same in other words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from eligibility import Vacancy
from eligibility.analysing.compare import compare
from eligibility.cli import run
from eligibility.reference import load_reference
from tests.analysing.test_analyse import HEAD, ROOT

RULE = """
  - {id: age, kind: age, at_least: 18, at_most: 35}
  - {id: diploma, kind: degree, level: {at_least: 6}}
  - {id: fit, kind: declared, fact: fit}
"""


def compared(folder: Path, capsys: pytest.CaptureFixture[str], old: str, new: str) -> Any:
    (folder / "old.yaml").write_text(HEAD + old, "utf-8")
    (folder / "new.yaml").write_text(HEAD + new, "utf-8")
    code = run(["compare", str(folder / "old.yaml"), str(folder / "new.yaml"), "--format", "json", "--fail-on", "changed"])
    document = json.loads(capsys.readouterr().out)
    jsonschema.validate(document, json.loads((ROOT / "schema" / "compare.schema.json").read_text("utf-8")))
    assert code == (1 if document["changed"] else 0)
    return document


@pytest.mark.parametrize(
    ("before", "after", "direction", "profile"),
    [
        ("at_most: 35", "at_most: 36", ("fail", "pass"), {"birth_date": "1991-03-31"}),
        ("at_most: 35", "less_than: 35", ("pass", "fail"), {"birth_date": "1992-03-31"}),
        ("at_least: 18", "more_than: 18", ("pass", "fail"), {"birth_date": "2009-03-31"}),
    ],
)
def test_a_moved_threshold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], before: str, after: str, direction: tuple[str, str], profile: dict[str, Any]
) -> None:
    """The one criterion that changes, in the one direction, with nothing in the profile that does not matter."""
    found = compared(tmp_path, capsys, RULE, RULE.replace(before, after))
    told = [one for one in found["differences"] if one["criterion"] is not None]
    assert [(one["criterion"], one["before"], one["after"]) for one in told] == [("age", *direction)]
    assert list(told[0]["witness"]["profile"]) == list(profile)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("level: {at_least: 6}", "level: [6, 7, 8]"),
        ("kind: age, at_least: 18, at_most: 35", "all_of: [{kind: age, at_least: 18}, {kind: age, less_than: 36}]"),
    ],
)
def test_the_same_in_other_words(tmp_path: Path, capsys: pytest.CaptureFixture[str], before: str, after: str) -> None:
    """Nobody is found whose answer differs, and the number of people tried is told."""
    found = compared(tmp_path, capsys, RULE, RULE.replace(before, after))
    assert (found["changed"], found["differences"]) == (False, [])
    assert found["tried"] > 50


def test_criteria_that_come_and_go(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They are named, and somebody for whom the outcome changes is shown."""
    found = compared(tmp_path, capsys, RULE, RULE.replace("id: fit, kind: declared, fact: fit", "id: french, kind: language, of: fr, level: {at_least: B2}"))
    assert (found["added"], found["removed"]) == (["french"], ["fit"])
    assert any(one["criterion"] is None and one["after"] == "not_eligible" for one in found["differences"])


@pytest.mark.parametrize("language", ["en", "fr"])
def test_markdown(tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str) -> None:
    """A heading, a line for each difference, and the profile in a block of code."""
    compared(tmp_path, capsys, RULE, RULE.replace("35", "36"))
    assert run(["compare", str(tmp_path / "old.yaml"), str(tmp_path / "new.yaml"), "--format", "markdown", "--lang", language]) == 0
    text = capsys.readouterr().out
    assert text.startswith("### post")
    assert "  ```yaml\n  birth_date: " in text


def test_what_the_options_come_to_together_is_an_outcome_that_changes() -> None:
    """Whoever fails one thing as a resident and another one abroad is not eligible: the same as under a rule that says so of everybody."""
    choices = {"home": {"options": {"here": {"en": "Here"}, "abroad": {"en": "Abroad"}}}}

    def post(*criteria: dict[str, Any]) -> dict[str, Any]:
        return {"format": 1, "id": "post", "title": {"en": "Post"}, "choices": choices, "dates": {"deadline": "2030-06-30"}, "criteria": list(criteria)}

    here = {"id": "a", "kind": "declared", "fact": "x", "when": {"chosen": "here", "of": "home"}}
    abroad = {"id": "b", "kind": "declared", "fact": "x", "when": {"chosen": "abroad", "of": "home"}}
    old, new = post(here, abroad), post(here, {**abroad, "fact": "y"})
    found = compare((Vacancy.from_dict(old), old), (Vacancy.from_dict(new), new), load_reference(), 300)
    told = {(one.before, one.after) for one in found.differences if one.criterion is None and not one.person.data.get("applications")}
    assert ("not_eligible", "more_information_needed") in told


def test_nobody_is_looked_for_where_a_criterion_is_unchanged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What both files say of a criterion and of all it rests on decides it: a file is the same as itself at once, and a day that moves is looked into."""
    same = compared(tmp_path, capsys, RULE, RULE)
    assert not same["changed"]
    one = compared(tmp_path, capsys, RULE, RULE.replace("at_most: 35", "at_most: 36"))
    (tmp_path / "later.yaml").write_text((HEAD + RULE).replace("2027-03-31", "2027-04-30"), "utf-8")
    assert run(["compare", str(tmp_path / "old.yaml"), str(tmp_path / "later.yaml"), "--format", "json"]) == 0
    moved = json.loads(capsys.readouterr().out)
    assert same["tried"] < one["tried"] < moved["tried"]
    assert "age" in {one["criterion"] for one in moved["differences"]}
