"""Facts as people write them: yes and no in words, numbers with a decimal comma, and what is shown its right form."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from eligibility.loading.models import read_profile, read_vacancy
from eligibility.reference import load_reference
from eligibility.wording import Words, languages

REFERENCE = load_reference()


def facts(text: str) -> Any:
    profile, _ = read_profile(yaml.safe_load(f"facts: {{it: {text}}}"), REFERENCE)
    return None if profile is None or profile.facts is None else profile.facts["it"]


@pytest.mark.parametrize(
    ("written", "read"),
    [("true", True), ("no", False), ('"oui"', True), ("172", 172), ("1.72", 1.72), ('"1,72"', 1.72), ('"172"', 172), ("0", 0), ("1", 1)],
)
def test_a_fact_is_so_or_not_or_a_number(written: str, read: Any) -> None:
    """One and nought are numbers, and never taken for yes and no."""
    found = facts(written)
    assert found == read
    assert isinstance(found, bool) is isinstance(read, bool)


@pytest.mark.parametrize(
    ("written", "told"),
    [("172 cm", "number with its unit"), ('"1,72 m"', "number with its unit"), ("tall", "true, false, or a number"), ("-1", "0 or more"),
     (".inf", "0 or more"), (".nan", "0 or more"), ("[172]", "true, false, or a number")],
)  # fmt: skip
def test_anything_else_is_refused_with_what_to_write(written: str, told: str) -> None:
    """With its place, and nothing is guessed."""
    profile, problems = read_profile(yaml.safe_load(f"facts: {{it: {written}}}"), REFERENCE)
    assert profile is None
    [problem] = problems
    assert (problem.code, problem.path) == ("E204", ("facts", "it"))
    words = Words("en").problem(problem.code, problem.params)
    assert told in f"{words.message} {words.help}"
    assert all(Words(language).problem(problem.code, problem.params).help for language in languages())


def test_a_unit_is_taken_off_for_the_author() -> None:
    """The help has the number alone, with a decimal point."""
    _, [problem] = read_profile({"facts": {"height_m": "1,72 m"}}, REFERENCE)
    assert "1.72" in Words("en").problem(problem.code, problem.params).help


def test_a_fact_that_the_program_knows_is_no_number() -> None:
    """Military obligations are met or not: 1 may be a yes, and is not taken for one."""
    profile, [problem] = read_profile({"facts": {"military_obligations_met": 1}, "relatives": []}, REFERENCE)
    assert profile is None
    assert (problem.code, problem.params["expected"]) == ("E204", "true_or_false")


@pytest.mark.parametrize(
    ("criterion", "code", "key"),
    [
        ("fact: x, at_least: 160, equals: true", "E238", "equals"),
        ("fact: military_obligations_met, at_least: 1", "E217", "at_least"),
        ("fact: x, at_least: 160 cm", "E207", "at_least"),
        ("fact: x, at_least: 2 years", "E217", "at_least"),
        ("fact: x, at_least: -1", "E207", "at_least"),
        ("fact: x, at_least: true", "E207", "at_least"),
        ("fact: x, at_most: 3, never_beyond: 4", "E238", "never_beyond"),
        ("fact: x, at_most: 3, extended: [{to: 4, when: {kind: child}}]", "E238", "extended"),
        ("fact: x, at_most: 3, as_of: application", "E238", "as_of"),
        ("at_least: 3", "E201", None),
    ],
)
def test_what_a_rule_may_not_ask_of_a_number(criterion: str, code: str, key: str | None) -> None:
    """A key that would do nothing, and a bound that is no number, are refused in their place."""
    raw = yaml.safe_load(f"{{id: it, kind: declared, {criterion}}}")
    _, problems = read_vacancy({"id": "post", "title": "Post", "criteria": [raw]}, REFERENCE)
    assert (code, ("criteria", 0) if key is None else ("criteria", 0, key)) in [(one.code, one.path) for one in problems]
