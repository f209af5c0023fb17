"""Numbers as people write them: shares with decimals, decimal commas, and what cannot be on its scale."""

from __future__ import annotations

from fractions import Fraction

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from eligibility.facts import ProfileFacts
from eligibility.loading.meant import meant
from eligibility.loading.models import read_profile, read_vacancy
from eligibility.profile import Profile
from eligibility.reference import load_reference
from eligibility.wording import Words, languages

REFERENCE = load_reference()
DEGREE, JOB, TEST = "degrees: [{%s}]", "experience: [{%s}]", "languages: [{language: en, tests: [{%s}]}]"


def told(text: str, language: str = "en") -> list[tuple[str, str, object]]:
    """Path, sentence and suggestion of each problem of a profile."""
    _, problems = read_profile(yaml.safe_load(text), REFERENCE)
    words = Words(language)
    return [
        (".".join(map(str, one.path)), words.problem(one.code, one.params).message, meant(one.code, one.params)) for one in problems
    ]


@pytest.mark.parametrize(
    ("rate", "share"),
    [
        ('"37.5%"', "37.5"), ('"62,5 %"', "62.5"), ('"33.33%"', "33.33"), ("66.67", "66.67"), ('"50.0%"', "50"), ('"100.0%"', "100"), ("0%", "0"),
        ('"0,5 %"', "0.5"), ("2", "2"), ("100", "100"), ("80%", "80"), ('"33.333333%"', "33.333333"),
    ],
)  # fmt: skip
def test_a_share_may_have_decimals_and_is_counted_exactly(rate: str, share: str) -> None:
    profile, problems = read_profile(yaml.safe_load(JOB % f"rate: {rate}"), REFERENCE)
    assert (problems, profile is not None) == ([], True)
    assert profile is not None
    [row] = ProfileFacts(profile, REFERENCE).rows("experience") or ()
    assert row.rate == (Fraction(share), Fraction(share))


@pytest.mark.parametrize("rate", ["1.5", '"100.5%"', '"120%"', '"-5%"', "-5", '"most of it"', "true"])
def test_a_share_that_is_none_is_refused(rate: str) -> None:
    [(path, message, guess)] = told(JOB % f"rate: {rate}")
    assert (path, message.endswith("is not a share of working time"), guess) == ("experience.0.rate", True, None)


@pytest.mark.parametrize(
    ("rate", "readings"),
    [("1", ["100%", "1%"]), ("1.0", ["100%", "1%"]), ("0.8", ["80%", "0.8%"]), ("0.375", ["37.5%", "0.375%"]), ('"0,8"', ["80%", "0.8%"])],
)
def test_a_share_that_may_be_one_of_two_is_asked_about_and_stays_unknown(rate: str, readings: list[str]) -> None:
    profile, [problem] = read_profile(yaml.safe_load(JOB % f"rate: {rate}"), REFERENCE)
    assert (problem.code, problem.params["readings"]) == ("W207", readings)
    assert profile is not None
    assert profile.experience is not None
    assert profile.experience[0].rate is None


@pytest.mark.parametrize(
    ("field", "plain"),
    [
        (DEGREE % 'grade: {scale: percent, value: "74,9"}', "74.9"), (DEGREE % 'grade: {scale: percent, value: "74.9"}', "74.9"),
        (DEGREE % 'years: "2,5"', "2.5"), (DEGREE % 'credits: "7,5"', "7.5"), (JOB % 'hours_per_week: "17,5"', "17.5"),
        (JOB % 'hours: "1 607,5"', "1607.5"), (JOB % 'rate: "37,5"', "37.5%"), (JOB % 'rate: "80"', "80%"), (JOB % 'rate: "half-time"', "50%"),
        (JOB % 'hours_per_week: "15 h"', "15"), (TEST % 'test: ielts, score: "6,5"', "6.5"), ('availability: {hours_per_week: "17,5"}', "17.5"),
        ('participations: [{score: "82,5"}]', "82.5"),
    ],
)  # fmt: skip
def test_a_number_that_can_only_be_one_is_read_and_told_once(field: str, plain: str) -> None:
    profile, [problem] = read_profile(yaml.safe_load(field), REFERENCE)
    assert (problem.code, problem.params["read"]) == ("N204", plain)
    written = f'"{problem.params["word"].strip(chr(34))}"'  # told with its quotes where nothing else is other
    again, nothing = read_profile(yaml.safe_load(field.replace(written, plain)), REFERENCE)
    assert (again, nothing) == (profile, [])


@pytest.mark.parametrize(
    ("field", "suggestion"),
    [(JOB % 'hours: "1,500"', None), (DEGREE % 'years: "many"', None)],
)
def test_a_number_that_may_be_another_is_told_once(field: str, suggestion: str | None) -> None:
    [(_, message, guess)] = told(field)
    assert guess == suggestion
    assert "whole number" not in message


RANGES = [
    (DEGREE % "grade: {scale: percent, value: %s}", 0, 100), (DEGREE % "grade: {scale: out_of_20, value: %s}", 0, 20),
    (DEGREE % "grade: {scale: baccalaureat, value: %s}", 0, 24), (TEST % "test: ielts, score: %s", 0, 9),
    (TEST % "test: toefl_ibt, score: %s", 7, 120), ("relatives: [{relation: parent, languages: [{language: en, tests: [{test: ielts, score: %s}]}]}]", 0, 9),
    (JOB % "hours_per_week: %s", 0, 168), ("availability: {hours_per_week: %s}", 0, 168), (DEGREE % "level: %s", 1, 8),
]  # fmt: skip


@pytest.mark.parametrize(("field", "least", "most"), RANGES)
@pytest.mark.parametrize("language", languages())
def test_a_number_outside_its_range_is_refused_with_the_range(field: str, least: int, most: int, language: str) -> None:
    assert told(field % least) == told(field % most) == []
    for value in (least - 1, most + 1):
        [(_, message, _)] = told(field % value, language)
        assert message.endswith(f"from {least} to {most}" if language == "en" else f"de {least} à {most}")


def test_a_mark_on_a_scale_that_nothing_knows_may_be_any() -> None:
    assert told(DEGREE % "grade: {scale: danish, value: -3}") == []


@given(st.integers(0, 10000), st.sampled_from([".", ","]), st.sampled_from(["%", " %", "\u00a0%", "\u202f%"]))
def test_every_share_to_the_hundredth_is_counted_as_it_is_written(hundredths: int, point: str, sign: str) -> None:
    text = f"{hundredths // 100}{point}{hundredths % 100:02}{sign}"
    profile = Profile.model_validate({"experience": [{"rate": text}]})
    [row] = ProfileFacts(profile, REFERENCE).rows("experience") or ()
    assert row.rate[0] == Fraction(hundredths, 100)


@pytest.mark.parametrize(
    ("criterion", "code", "suggestion"),
    [
        ('kind: degree, grade: {at_least: {percent: "74,9"}}', "E207", "74.9"), ("kind: degree, grade: {at_least: {percent: 175}}", "E204", None),
        ('kind: degree, grade: {at_least: {percent: "75%"}}', "E207", "75"), ('kind: degree, years: "2,5"', "E204", "2.5"),
        ('kind: degree, years: {at_least: "2,5"}', "E207", "2.5"), ('kind: language, of: en, test: {ielts: "6,5"}', "E204", "6.5"),
        ("kind: language, of: en, test: {ielts: 65}", "E204", None), ('kind: experience, at_least: "62,5 hours"', "E207", "62.5 hours"),
        ('kind: experience, rate: {at_least: "37,5%"}', "E207", "37.5"), ("kind: experience, rate: {at_least: 80%}", "E217", "80"),
        ('kind: funds, amount: {at_least: "3500,50 EUR"}', "E207", "3500.50 EUR"),
    ],
)  # fmt: skip
def test_what_a_rule_is_advised_to_write_is_accepted(criterion: str, code: str, suggestion: str | None) -> None:
    def found(text: str) -> list[tuple[str, object]]:
        raw = yaml.safe_load(f"{{format: 1, id: post, title: A, criteria: [{{id: a, {text}}}]}}")
        return [(one.code, meant(one.code, one.params)) for one in read_vacancy(raw, REFERENCE)[1]]

    assert found(criterion) == [(code, suggestion)]
    if suggestion is not None:
        wrong = next(one for one in ('"74,9"', '"75%"', '"2,5"', '"6,5"', '"62,5 hours"', '"37,5%"', "80%", '"3500,50 EUR"') if one in criterion)
        assert found(criterion.replace(wrong, suggestion)) == []
