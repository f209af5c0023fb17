"""Numbers with their thousands set apart: each is read as what it can only be, and where a point or a comma may be either, nobody chooses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from eligibility.cli import run
from eligibility.loading.files import Source
from eligibility.loading.meant import meant
from eligibility.loading.models import profile_in, read_vacancy, vacancy_in
from eligibility.loading.understood import Sort, understand
from eligibility.loading.yaml_reader import read_yaml
from eligibility.numerals import readings, two_readings
from eligibility.reference import load_reference
from eligibility.wording import Words, languages

REFERENCE = load_reference()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1200", ("1200",)), ("1 200", ("1200",)), ("1\u202f607,5", ("1607.5",)), ("1'200", ("1200",)), ("1’200.50", ("1200.50",)),
        ("1,200.5", ("1200.5",)), ("1.200,5", ("1200.5",)), ("1,200,000", ("1200000",)), ("1.200.000", ("1200000",)),
        ("1200.500", ("1200.500",)), ("37,5", ("37.5",)), ("37.50", ("37.50",)), ("0.500", ("0.500",)), ("0,375", ("0.375",)),
        ("1,200", ("1200", "1.2")), ("1.200", ("1200", "1.2")), ("37.500", ("37500", "37.5")), ("1.234", ("1234", "1.2340")), ("10.000", ("10000", "10")),
        ("1.2345", ("1.2345",)), ("1,2,3", ()), ("1.200,50,5", ()), ("12 34", ()), ("1.20.000", ()), ("", ()), ("x", ()), ("1,200 h", ()), ("-1", ()),
        ("١٬٢٠٠", ("1200",)), ("٣٫٥", ("3.5",)),
    ],
)  # fmt: skip
def test_what_a_number_may_be(text: str, found: tuple[str, ...]) -> None:
    assert readings(text) == found


@given(st.integers(0, 999_999_999), st.integers(0, 999_999), st.sampled_from(["", " ", "\u202f", "’", ",", "."]), st.sampled_from([",", "."]))
def test_a_number_is_never_read_as_another(whole: int, decimals: int, between: str, point: str) -> None:
    """However it is written, the number that was meant is among the readings, alone or as one of two; each reading is read as itself alone."""
    assume(between != point)  # nobody uses one mark for both
    rest = f"{decimals}".rstrip("0") if decimals else ""
    text = f"{whole:,}".replace(",", between) + (point + rest if rest else "")
    found = readings(text)
    said = float(f"{whole}.{rest or 0}")
    assert said in map(float, found), (text, found)
    assert all(readings(one) == (one,) for one in found)
    assert len(found) == (2 if two_readings(text) else 1)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1.200 hours", ("1200", "1.2")), ("at most 3,500 EUR", ("3500", "3.5")), ("2 years 1.500 hours", ("1500", "1.5")), ("1 200,500", ()),
        ("1.200.300 EUR", ()), ("0.125", ()), ("3500.500", ()), ("1.200,50", ()), ("2026-01-02", ()), ("v1.2.345", ()),
    ],
)  # fmt: skip
def test_the_doubtful_number_of_a_text(text: str, found: tuple[str, ...]) -> None:
    assert two_readings(text) == found


# ----------------------------------------------------------------------------------------------------------------- rules


def problems_of_rule(criterion: str) -> list[tuple[str, str, object]]:
    """Code, sentence and suggestion for a rule of one criterion, as a file has it."""
    text = f"format: 1\nid: post\ntitle: A\ncriteria:\n- {{id: a, {criterion}}}\n"
    problems = vacancy_in(read_yaml(Source("post.yaml", text.encode())), REFERENCE).diagnostics
    return [(one.code, Words("en").problem(one.code, one.params).message, one.params.get("suggestion")) for one in problems if one.is_error]


@pytest.mark.parametrize(
    "criterion",
    [
        "kind: experience, at_least: %s hours", "kind: funds, amount: {at_least: %s EUR}", "kind: study, at_least: %s credits", "kind: age, at_most: %s",
        "kind: study, credits: {at_least: %s}", "kind: experience, at_least: %s years", "kind: declared, fact: height_cm, at_least: %s",
        "kind: experience, at_least: 1 year, full_week: %s hours", "kind: language, of: en, test: {ielts: %s}",
        "kind: age, at_most: 30, extended: [{add: %s days}]", "kind: degree, level: 6, grade: {at_least: {percent: %s}}",
    ],
)  # fmt: skip
@pytest.mark.parametrize("number", ["1.200", '"1.200"', "1,200", "37.500"])
def test_a_rule_says_which_number_it_means(criterion: str, number: str) -> None:
    """`1.200 hours` was one hour and twelve minutes: everybody had them."""
    quoted = criterion % number.strip('"')
    if "," in number or '"' in number:
        before, _, after = criterion.partition("%s")
        unit = after.partition("}")[0].partition(",")[0]
        quoted = f'{before}"{number.strip(chr(34))}{unit}"{after.removeprefix(unit)}'
    told = problems_of_rule(quoted)
    assert [message for _, message, _ in told if "can be read as" in message], told
    assert all(suggestion is None for _, _, suggestion in told)


@pytest.mark.parametrize(
    ("criterion", "suggestion"),
    [
        ("kind: experience, at_least: 1 200 hours", "1200 hours"), ('kind: experience, at_least: "1,200.5 hours"', "1200.5 hours"),
        ("kind: funds, amount: {at_least: 3 500 EUR}", "3500 EUR"), ('kind: funds, amount: {at_least: "3.500,00 EUR"}', "3500.00 EUR"),
        ("kind: funds, amount: {at_least: EUR 3500}", "3500 EUR"), ("kind: funds, amount: {at_least: 3 500 €}", "3500 EUR"),
    ],
)  # fmt: skip
def test_a_number_that_can_only_be_one_is_proposed_and_accepted(criterion: str, suggestion: str) -> None:
    [(_, _, proposed)] = problems_of_rule(criterion)
    assert proposed == suggestion
    before, _, _ = criterion.rpartition("at_least: ")
    assert problems_of_rule(f"{before}at_least: {suggestion}" + ("}" if criterion.endswith("}") else "")) == []


def test_a_rule_made_by_a_program_says_a_number() -> None:
    """A float of Python or JSON is no text, and has one value."""
    raw = {"format": 1, "id": "post", "title": "A", "criteria": [{"id": "a", "kind": "study", "credits": {"at_least": 1.2}}]}
    assert [one for one in read_vacancy(raw, REFERENCE)[1] if one.code.startswith("E")] == []


# -------------------------------------------------------------------------------------------------------------- profiles


def problems_of_profile(text: str) -> tuple[Any, list[Any]]:
    loaded = profile_in(read_yaml(Source("me.yaml", text.encode())), REFERENCE)
    return loaded.model, list(loaded.diagnostics)


@pytest.mark.parametrize("number", ["1.200", '"1,200"', '"1.200"'])
@pytest.mark.parametrize(
    ("field", "path", "unit"),
    [
        ("experience: [{from: 2020-01-01, to: 2020-12-31, hours: %s}]", "experience[0].hours", ""), ("facts: {height: %s}", "facts.height", ""),
        ("degrees: [{credits: %s}]", "degrees[0].credits", ""), ("funds: [{amount: %s}]", "funds[0].amount", " TND"),
    ],
)  # fmt: skip
def test_a_number_that_may_be_two_is_asked_about(field: str, path: str, unit: str, number: str) -> None:
    """It stays unknown, the rest of the profile is read, and each of the two lines that are proposed settles it."""
    written = f'"{number.strip(chr(34))}{unit}"' if number.startswith('"') else f"{number}{unit}"
    model, [problem] = problems_of_profile(field % written)
    assert (problem.code, problem.params["at"]) == ("W207", path)
    assert model is not None
    assert problem.params["readings"] == [f"1200{unit}", f"1.2{unit}"]
    for one in problem.params["readings"]:
        again, told = problems_of_profile(field % one)
        assert again is not None
        assert [each.code for each in told] in ([], ["W207"]), told  # 1.2 hours may be those of a week
        assert all(each.params["word"] != one for each in told)


@pytest.mark.parametrize(
    "field",
    [
        "degrees: [{grade: {scale: gpa, value: 3.750, out_of: 4.000}}]", "languages: [{language: en, tests: [{test: ielts, score: 7.500}]}]",
        "experience: [{hours_per_week: 37.500}]", 'experience: [{hours_per_week: "37,500"}]', "experience: [{rate: 62.500%}]",
    ],
)  # fmt: skip
def test_what_never_has_thousands_is_read(field: str) -> None:
    """A mark of 3.750 is no mark of three thousand."""
    model, told = problems_of_profile(field)
    assert model is not None
    assert {one.code for one in told} <= {"N204"}


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1 200,50 €", "1200.50 EUR"), ("€1,200.50", "1200.50 EUR"), ("1.200,50 EUR", "1200.50 EUR"), ("EUR 1200", "1200 EUR"), ("1200 euros", "1200 EUR"),
        ("12 k€", "12000 EUR"), ("12,5k EUR", "12500 EUR"), ("US$ 900", "900 USD"), ("900 dollars canadiens", "900 CAD"), ("3500.- Fr.", "3500 CHF"),
        ("£900", "900 GBP"), ("900 gbp", "900 GBP"), ("3.500,- €", "3500 EUR"), ("3.500 €", "3500 EUR"), ("€3,500", "3500 EUR"),
        ("1,5 k€", "1500 EUR"), ("1200 dollars", None), ("$1200", None), ("650 000 FCFA", None), ("3.500 TND", None),
    ],
)  # fmt: skip
def test_amounts_as_people_write_them(text: str, amount: str | None) -> None:
    """A currency that the name does not settle leaves two readings, and of dinars, which have a thousand parts, a mark that may be either."""
    found = understand(text, Sort.MONEY)
    assert found.value == amount
    assert (len(found.readings) > 1) is (amount is None)
    model, [problem] = problems_of_profile(f"funds: [{{amount: {json.dumps(text)}}}]")
    assert (problem.code, model is not None) == ("N204" if amount else "W207", True)
    for one in found.readings:
        assert problems_of_profile(f"funds: [{{amount: {one}}}]")[1] == []


@pytest.mark.parametrize("text", ["about 1200 €", "environ 3000 €", "3000 € par mois", "1200", "EUR", "< 3000 EUR", "1200 EUR 300", "EUR 1200 EUR", "3 x 400 €"])
def test_what_may_be_another_amount_is_none(text: str) -> None:
    assert understand(text, Sort.MONEY) == understand("", Sort.MONEY)


def test_every_word_of_money_is_a_currency() -> None:
    from eligibility.loading.understood.words import meanings

    for word, codes in meanings("currencies").items():
        assert all(len(code) == 3 and code.isupper() for code in codes), word
        found = understand(f"5 {word}", Sort.MONEY)
        assert (found.value,) == (f"5 {codes[0]}",) if len(codes) == 1 else found.readings == tuple(f"5 {code}" for code in codes)


@pytest.mark.parametrize("language", languages())
def test_both_readings_are_told(language: str) -> None:
    message = Words(language).problem("E207", {"value": "1.200 hours", "form": "either", "one": "1200", "other": "1.2"}).message
    assert "1200" in message
    assert "1.2" in message.replace("1.200", "")


# ---------------------------------------------------------------------------------------------------------------- tables


@pytest.mark.parametrize(("cell", "hours"), [("1 200", 1200), ("1’200", 1200), ("1.200,5", 1200.5), ("1,200.5", 1200.5), ("1200", 1200), ("1,200", None), ("1.200", None)])
def test_a_cell_is_read_as_what_it_can_only_be(cell: str, hours: float | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whether 1,200 hours are enough is not for a program to guess; the two are told, and the rest of the person is read."""
    (tmp_path / "post.yaml").write_text(
        "format: 1\nid: post\ntitle: {en: A, fr: A}\nas_of: 2024-06-30\ncriteria:\n"
        "- {id: all, kind: experience, at_least: 1200 hours, label: {en: A, fr: A}}\n", "utf-8"
    )  # fmt: skip
    (tmp_path / "people.csv").write_text(f'id,job from,job to,job hours\na,2020-01-01,2020-12-31,"{cell}"\n', "utf-8")
    code = run(["batch", str(tmp_path / "people.csv"), "--rules", str(tmp_path), "--on", "2024-06-30", "-f", "jsonl", "--lang", "en"])
    [person] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert code == (0 if hours else 1)  # what was not understood is told
    assert person["read"]
    [post] = person["vacancies"]
    assert post["outcome"] == ("likely_eligible" if hours else "more_information_needed")
    assert ("can mean two things" in json.dumps(person["problems"])) is (hours is None)


def test_no_guess_settles_what_may_be_two() -> None:
    """`validate --fix` wrote 1.200 hours for 1,200 hours: twelve hundred became one."""
    for code in ("E204", "E207", "E225"):
        assert meant(code, {"value": "1,200 hours", "expected": "number"}) is None
