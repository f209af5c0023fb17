"""Every answer that the engine can give is told in a sentence, in every language, wherever the criterion stands."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Any, cast, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from eligibility.answer import OPERANDS, Code, Gap, Used
from eligibility.dates import Cover, Length, one_day
from eligibility.engine import check
from eligibility.facts import KEYS
from eligibility.language.every_kind import EVERY_KIND
from eligibility.language.kinds import RECORD_KINDS
from eligibility.loading.files import Source
from eligibility.loading.models import read_profile, read_vacancy
from eligibility.loading.yaml_reader import read_yaml
from eligibility.profile import Profile
from eligibility.report import Day, Finding, Report
from eligibility.reporters import Shown
from eligibility.reporters.advice import Advice
from eligibility.reporters.asked import Asked
from eligibility.reporters.sentences import Sentences, have_a_sentence
from eligibility.reporters.text import render
from eligibility.verdict import Verdict
from eligibility.wording import MissingMessage, Words, languages
from tests.worlds.__main__ import rules

from .catalogue import CRITERIA, HEADER, blurred, people
from .strategies import REFERENCE, Dict, every_finding, law, report, vacancy

SENTENCES = {language: Sentences(Words(language), REFERENCE) for language in languages()}
GROUPS = ("all_of", "any_of", "none_of", "together")
DAY = 739_000
HALF_A_YEAR, YEAR = Cover(18_200, ()), Cover(36_500, ())
MEASURES: Mapping[str, tuple[Any, Any, Any]] = {
    "exists": (1, 2, 1), "count": (1, 2, 3), "hours": (100, 200, 900), "credits": (10, 20, 60), "different": (1, 2, 3), "subjects": (1, 2, 3),
    "time": (HALF_A_YEAR, YEAR, Length(24)),
}  # fmt: skip
"""How much there is, how much there may be, and what is asked for, by what is measured."""
STATED: Mapping[str, tuple[Any, Any]] = {"duration": (Length(0, 41), Length(0, 42))}
"""What there is and what is asked for, of kinds that compare something other than records."""
OPERATORS = (None, "at_least", "at_most", "more_than", "less_than")
BESIDE: Mapping[str, Any] = {
    "fact": "height_cm", "table": "least-weight", "line": [("height_cm", 155, None), ("age", 27, None), ("served", True, None)],
    "low": 17, "high": 18, "on": DAY, "years": ["2019", "2020"], "record": "experience[0]", "failed": ["field", "in"], "value": "law",
    "first": one_day(DAY), "last": one_day(DAY + 40), "from": DAY, "to": DAY + 9, "first_pass": DAY + 1, "last_pass": DAY + 2, "at_first": Verdict.FAIL, "at_last": Verdict.FAIL,
    "by_calendar": Length(23), "in_days": 730, "may_match": ["experience[0]", "experience[1]"],
    "preferred": {"en": "usual"}, "preferred_verdict": Verdict.PASS,
    "options": [("one", {"en": "One"}, Verdict.PASS), ("two", {"en": "Two"}, Verdict.FAIL)],
    "verdicts": [({"en": "usual"}, Verdict.PASS), ({"en": "other"}, Verdict.FAIL)],
}  # fmt: skip
"""A value for each operand that an answer can name."""


def kinds_of(name: str) -> tuple[str, ...]:
    """The kinds that a line of the table of answers is about."""
    return {"record": tuple(RECORD_KINDS), "any": (*EVERY_KIND, *GROUPS)}.get(name, (name,))


def made(kind: str, code: str, params: Dict, operands: tuple[str, ...] = (), children: tuple[Finding, ...] = ()) -> Finding:
    """A finding that says no more than its answer always says."""
    return Finding(
        id=None, kind=kind, label=None, importance="required", verdict=Verdict.UNKNOWN, code=code, params={"kind": kind, **params},
        causes=(), facts=(Used("birth_date", one_day(DAY)),) if "facts" in operands else (), missing=(),
        day=Day(None, one_day(DAY), False) if "day" in operands else None, gap=Gap(100, "days") if "gap" in operands else None, future=None,
        preferred=None, option=None, clause=None, quote=None, source=None, question=None, advice=None, path=(), needed=True, children=children,
    )  # fmt: skip


def answers() -> Iterator[Finding]:
    """Every answer of every kind, with each bound and each way to measure that it can come with."""
    parts = (made("judged", "judged", {}), made("citizenship", "not_said", {}))
    for name, codes in OPERANDS.items():
        for kind in kinds_of(name):
            for code, operands in codes.items():
                fixed = {operand: BESIDE[operand] for operand in operands if operand in BESIDE}
                if name == "declared":
                    numbers = {key: number for key, number in (("have", 43), ("need", 45.5)) if key in operands}
                    for operator in OPERATORS[1:] if "operator" in operands else ():
                        yield made(kind, code, {**fixed, **numbers, "operator": operator}, operands)
                        told = {"bounds": [(operator, 45.5), ("less_than", 90)], "table": "least-weight", "line": BESIDE["line"]}
                        yield made(kind, code, {**fixed, **numbers, **told, "operator": operator}, operands)
                    if "operator" not in operands:
                        yield made(kind, code, {**fixed, **numbers}, operands)
                    continue
                if name in STATED:
                    fixed |= {"have": STATED[name][0], "need": STATED[name][1]}
                    bounds = [{"operator": one} for one in OPERATORS if one] if "operator" in operands else [{}]
                    yield from (made(kind, code, {**fixed, **one}, operands) for one in bounds)
                    continue
                if name != "record":
                    yield made(kind, code, fixed, operands, parts)
                    continue
                for measure, (have, might, need) in MEASURES.items():
                    amounts = {"measure": measure, "have": have, "might": might}
                    for operator in OPERATORS:
                        if operator is not None:
                            yield made(kind, code, {**fixed, **amounts, "operator": operator, "need": need}, operands)
                        elif measure == "exists" and "operator" not in operands:
                            yield made(kind, code, {**fixed, **amounts}, operands)
                if not {"have", "operator"} & set(operands):
                    yield made(kind, code, fixed, operands)


def flaws(text: str) -> list[str]:
    """What no sentence for people holds: a gap that was not filled, an empty place, a value of the program."""
    found = re.findall(r"\{\w+\}|  |\(\)|\bNone\b(?! of | in )|\bTrue\b|\bFalse\b|\w+\(\w+=|<\w+ |\b(?:Cause|Verdict)\.|[:,] ?\.|\.\.(?!\.)| ,", text)
    return [*found, *([] if text.strip() else ["nothing"])]


@pytest.mark.parametrize("language", languages())
def test_every_answer_of_every_kind_has_its_sentence(language: str) -> None:
    told = [(one.kind, one.code, dict(one.params), SENTENCES[language].reason(one)) for one in answers()]
    assert [one for one in told if flaws(one[-1])] == []


def test_the_table_of_answers_holds_every_code_and_no_other() -> None:
    assert {code for codes in OPERANDS.values() for code in codes} == {code for part in get_args(Code) for code in get_args(part)}


def test_an_answer_without_a_sentence_is_refused_before_anybody_gets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    have_a_sentence.cache_clear()
    monkeypatch.setitem(cast("dict[str, Any]", OPERANDS["age"]), "asked_again", ())
    with pytest.raises(MissingMessage, match=r"age\.asked_again"):
        Sentences(Words("fr"), REFERENCE)


SAID = {"kind": "declared", "fact": "duties_done"}
OTHERS: tuple[Dict, ...] = (SAID, {"kind": "age", "at_least": 30}, {"kind": "degree", "level": {"at_least": 7}}, {"kind": "judged"})
CONTEXTS = ("alone", "met", "met in a group", "unless", "derogation", "when", "member of all", "member of any", "member of none", "readings")


def placed(criterion: Dict, context: str, other: Dict) -> tuple[list[Dict], Dict]:
    """The criterion where a rule file can put it: criteria, and the rest of the file."""
    match context:
        case "met":
            return [{"met": "it"}], {"conditions": [{"id": "it", **criterion}]}
        case "met in a group":
            return [{"any_of": [{"met": "it"}, other]}, {"none_of": [{"met": "it"}]}], {"conditions": [{"id": "it", **criterion}]}
        case "unless":
            return [{**other, "unless": criterion}], {}
        case "derogation":
            return [{**other, "derogation": criterion}], {}
        case "when":
            return [{**other, "when": criterion}], {}
        case "member of all":
            return [{"all_of": [criterion, other]}], {}
        case "member of any":
            return [{"any_of": [criterion, other]}], {}
        case "member of none":
            return [{"none_of": [criterion, other]}], {}
        case "readings":
            return [{**other, "readings": [{"name": "usual", "preferred": True}, {"name": "other", "unless": criterion}]}], {}
        case _:
            return [criterion], {}


def somewhere(data: st.DataObject) -> tuple[list[Dict], Dict, Dict, Report]:
    """A criterion that stands somewhere, what its vacancy has besides, somebody who is hardly known, and what they are told."""
    criterion, other = data.draw(st.sampled_from(CRITERIA)), data.draw(st.sampled_from(OTHERS))
    criteria, header = placed(criterion, data.draw(st.sampled_from(CONTEXTS)), other)
    person = data.draw(blurred(data.draw(people), 3))
    return criteria, header, person, report(criteria, person, **HEADER, **header)


@law
@given(st.data())
def test_every_answer_is_declared_and_told_wherever_the_criterion_stands(data: st.DataObject) -> None:
    """No sentence lacks, or holds a gap, for anybody: said to the day or hardly at all."""
    *_, found = somewhere(data)
    for one in every_finding(found):
        kind = one.params["kind"]
        lines = (OPERANDS.get(name, {}) for name in (kind, "record" if kind in RECORD_KINDS else kind, "any"))
        operands = next((line[one.code] for line in lines if one.code in line), None)
        assert operands is not None, (kind, one.code)
        beside = {"facts": bool(one.facts), "gap": one.gap is not None, "day": one.day is not None}
        assert [name for name in operands if not beside.get(name, name in one.params)] == [], (kind, one.code)
    for language in languages():
        for one in every_finding(found):
            assert flaws(SENTENCES[language].reason(one)) == []
        text = render(Shown([found], Words(language), REFERENCE, detail=True))
        assert re.findall(r"\{\w+\}|\bNone\b(?!\s+(?:of|in)\s)", text) == []


def leaves(found: Report) -> list[Finding]:
    return [one for one in every_finding(found) if not one.children]


@law
@given(st.data())
def test_what_a_criterion_says_does_not_depend_on_what_stands_beside_it(data: st.DataObject) -> None:
    """No fact, operand or gap of another criterion slips into its sentence: alone it says the same."""
    criterion, other = data.draw(st.sampled_from(CRITERIA)), data.draw(st.sampled_from(OTHERS))
    criteria, header = placed(criterion, data.draw(st.sampled_from(CONTEXTS)), other)
    person = data.draw(blurred(data.draw(people), 3))
    alone = [one for rule in (criterion, other, {k: v for k, v in criterion.items() if k not in ("when", "unless", "readings")} or criterion)
             for one in every_finding(report([rule], person, **HEADER))]  # fmt: skip
    for language in languages():
        known = {SENTENCES[language].reason(one) for one in alone}
        for one in leaves(report(criteria, person, **HEADER, **header)):
            if one.code not in ("not_applicable", "derogation_granted", "judged"):  # what a context makes of it; what stands apart alone
                assert SENTENCES[language].reason(one) in known


CONTRADICTIONS = (
    r"\b[Bb]etween (?P<en>[^;.,]+?) and (?P=en)\b(?! \()", r"\b[Ee]ntre (?P<fr>[^;.,]+?) et (?P=fr)\b(?! \()",  # an interval without a width
    r"\b0\s?(?:%|days?|jours?|months?|mois|years?|ans?) (?:missing|too much|short|past|de trop)", r"il manque 0\b",
    r"100\s?%\s(?:of what is asked|de ce qui est demandé)[^.]*(?:missing|manque)",  # "0 % of what is asked: 100 % missing" is none
)  # fmt: skip


@law
@given(st.data())
def test_no_sentence_contradicts_itself_or_its_verdict(data: st.DataObject) -> None:
    criterion, other = data.draw(st.sampled_from(CRITERIA)), data.draw(st.sampled_from(OTHERS))
    criteria, header = placed(criterion, data.draw(st.sampled_from(CONTEXTS)), other)
    person = data.draw(blurred(data.draw(people), 3))
    for one in every_finding(report(criteria, person, **HEADER, **header)):
        assert one.verdict is not Verdict.PASS or one.gap is None
        assert one.gap is None or one.gap.amount > 0
        for language in languages():
            text = SENTENCES[language].reason(one)
            assert [pattern for pattern in CONTRADICTIONS if re.search(pattern, text)] == [], text


def said_at(person: Any, path: str) -> Any:
    """What a profile says at a path such as `experience[0].field`; None where it says nothing."""
    here = person
    for step in re.findall(r"\w+", path):
        if isinstance(here, list) and step.isdigit() and int(step) < len(here):
            here = here[int(step)]
        elif isinstance(here, dict):
            here = here.get(step)
        else:
            return None
    return here


@law
@given(st.data())
def test_what_the_profile_says_is_never_called_not_said(data: st.DataObject) -> None:
    criterion = data.draw(st.sampled_from(CRITERIA))
    person = data.draw(blurred(data.draw(people), 3))
    for one in leaves(report([criterion], person, **HEADER)):
        told = [path for path in one.missing if said_at(person, path) is not None]
        if one.code == "not_said":
            assert told == []
        for language in languages():
            sentences = SENTENCES[language]
            text = sentences.reason(one)
            unsaid = sentences.lacking([path for path in one.missing if path not in told])
            for path in told:
                name = sentences.lacking([path])
                assert name in unsaid or sentences.words.text("lacking", what=name) not in text


def follow(found: Report, sentences: Sentences) -> Iterator[str]:
    """The lines that are shown to be written, each read as a profile: none has a problem."""
    for one in found.findings:
        advised = Advice(sentences, found).next_step(one)
        for groups in re.findall(r"`([^`]+)`|«\s?([^»]+?)\s?»", advised):
            line = "".join(groups)
            name, _, value = line.partition(": ")
            lists = [path.partition("[")[0] for path in one.missing if path.endswith(f"].{name}") and path.count("[") == 1]
            if not value or not (name in Profile.model_fields or lists):
                continue  # a name, a command
            document = read_yaml(Source("line", (line if not lists else f"{lists[0]}: [{{{line}}}]").encode()))
            assert [one.code for one in (*document.diagnostics, *read_profile(document.data, REFERENCE)[1])] == [], line
            yield line


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(("wanted", "line"), [("own office", "employer_name: own office"), (["own office", "own desk"], None)])
def test_a_name_that_may_be_the_one_kept_out_is_advised_as_a_name(language: str, wanted: Any, line: str | None) -> None:
    """One name is a line to write; of several, none is put into anybody's mouth."""
    criteria = [{"id": "it", "kind": "experience", "employer_name": wanted, "at_most": "0 times"}]
    person = {"experience": [{"from": "2020-01-01", "to": "2021-01-01", "employer_name": "office"}]}
    found = report(criteria, person, **HEADER)
    asked = Asked([vacancy(criteria, **HEADER)], REFERENCE)
    assert list(follow(found, Sentences(Words(language), REFERENCE, lambda path: said_at(person, path), asked))) == ([line] if line else [])


@law
@given(st.data())
def test_advice_that_is_followed_is_accepted(data: st.DataObject) -> None:
    """Each line that is shown to be written is one that a profile may hold, without a problem."""
    criteria, header, person, found = somewhere(data)
    for language in languages():
        asked = Asked([vacancy(criteria, **HEADER, **header)], REFERENCE)
        sentences = Sentences(Words(language), REFERENCE, lambda path: said_at(person, path), asked)
        list(follow(found, sentences))


def _models(kind: Any) -> Iterator[type[BaseModel]]:
    """The models of the records that a field of a profile holds."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    for part in get_args(kind):
        yield from _models(part)


@pytest.mark.parametrize("language", languages())
def test_whatever_a_record_may_leave_out_has_a_name(language: str) -> None:
    """`Not said: the date of birth`, never a key of the profile."""
    words, attributes = Words(language), {written: attribute for attribute, written in KEYS.items()}
    for source, field in Profile.model_fields.items():
        for model in _models(field.annotation) if source not in ("applications", "relatives") else ():
            for name in {one.alias or key for key, one in model.model_fields.items()} - {"note", "since", "until"}:
                name = attributes.get(name, name)
                assert any(f"attribute.{key}" in words for key in (name, f"{source}.{name}")), (source, name)


@pytest.mark.parametrize("language", languages())
def test_what_is_told_of_generated_rules_and_people_is_told_in_words(language: str) -> None:
    """Over the whole language, the people of `tests.worlds`: what is called a date is one, and no value of the program slips in."""
    told = 0
    for one in itertools.islice(rules(5), 150):
        if one is None:
            continue
        vacancy, problems = read_vacancy({"id": "post", "title": "Post", **one.rule}, REFERENCE)
        if vacancy is None or any(problem.code.startswith("E") for problem in problems):
            continue
        for person, on in one.meetings[:3]:
            profile, _ = read_profile(dict(person), REFERENCE)
            if profile is None:
                continue
            for finding in every_finding(check(vacancy, profile, on, REFERENCE)):
                said, told = SENTENCES[language].reason(finding), told + 1
                assert flaws(said) == [], (said, one.rule, person)
                assert not re.search(r"\d\.\d" if language == "fr" else r"\d\.0\b|\.\d{3}", said), (said, one.rule, person)
                assert all(re.search(r"\d", date) for date in re.findall(r"(?:\bthe|\bla) date, ([^,]*),", said, re.IGNORECASE)), (said, person)
    assert told > 500
