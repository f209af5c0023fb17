"""Laws 3, 9 to 13 and 48: what is not known, or not exactly, and what becomes of it."""

from __future__ import annotations

import copy
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eligibility.deciding.one import One
from eligibility.engine import check
from eligibility.profile import Profile
from eligibility.report import Report
from eligibility.vacancy import Vacancy
from eligibility.verdict import Cause

from .catalogue import CRITERIA, HEADER, LIST_NAMES, blurred, pairs, people, tell
from .strategies import (
    FAIL,
    PASS,
    REFERENCE,
    TODAY,
    UNKNOWN,
    Dict,
    completions,
    days,
    finding,
    iso,
    law,
    law_settings,
    precisions,
    refines,
    vacancy,
    verdict,
)  # fmt: skip

EVERYTHING = vacancy(CRITERIA, **HEADER)


def everything(person: Dict, asked: Vacancy = EVERYTHING) -> Report:
    return check(asked, Profile.model_validate(copy.deepcopy(person)), TODAY, REFERENCE)


def assert_refined(before: Report, after: Report) -> None:
    for criterion, one, other in zip(CRITERIA, before.findings, after.findings, strict=True):
        assert refines(one.verdict, other.verdict), (criterion, one.verdict.value, one.code, other.verdict.value, other.code)


# ----------------------------------------------------------------------------------- 3, 9, 10, 13: knowing less


@law
@given(pairs())
def test_what_is_left_unsaid_never_decides(pair: tuple[Dict, Dict]) -> None:
    """Laws 3, 9, 10 and 13. Somebody less well known gets the same verdicts or unknown ones, never the opposite."""
    person, less = pair
    assert_refined(everything(less), everything(person))


@law
@given(pairs(), st.data())
def test_every_step_of_knowing_refines(pair: tuple[Dict, Dict], data: st.DataObject) -> None:
    """Law 10. From knowing little to knowing more, and from more to all, nothing that was settled moves."""
    _, less = pair
    assert_refined(everything(data.draw(blurred(less))), everything(less))


@law
@given(days("2000-01-01", "2024-12-31"), days("1960-01-01", "2006-12-31"), st.integers(1, 40), st.data())
def test_a_narrower_date_refines(day: int, birth: int, limit: int, data: st.DataObject) -> None:
    """Laws 9 and 10. From the year to the month to the day, and from either to any day it may mean, verdicts are only settled."""
    for facts, criterion in (
        (lambda text: {"birth_date": text}, {"kind": "age", "at_most": limit, "as_of": iso(day)}),
        (lambda text: {"birth_date": text}, {"kind": "age", "at_least": limit, "counted": "accomplished", "as_of": iso(day)}),
        (lambda text: {"experience": [{"from": text, "to": "ongoing", "rate": 100}]}, {"kind": "experience", "at_least": f"{limit} years"}),
        (lambda text: {"degrees": [{"awarded": text}]}, {"kind": "degree", "awarded": {"within": f"{limit} years", "before": "deadline"}}),
        (lambda text: {"citizenships": [{"country": "FR", "since": text}]}, {"kind": "citizenship", "of": "FR", "as_of": iso(day)}),
    ):
        exact, month, year = (verdict(criterion, facts(text)) for text in precisions(birth))
        assert refines(year, month)
        assert refines(month, exact)
        for text in precisions(birth)[1:]:
            assert refines(verdict(criterion, facts(text)), verdict(criterion, facts(data.draw(completions(text)))))


@law_settings(40)
@given(people, days("2025-04-01", "2026-01-31"), st.integers(0, 250), st.data())
def test_an_unknown_day_of_the_vacancy_is_one_of_its_days(person: Dict, first: int, width: int, data: st.DataObject) -> None:
    """Law 9. Where a vacancy begins on some day of a span, what is settled holds on each day of it, and on narrower spans."""
    inner = sorted(data.draw(st.tuples(st.integers(first, first + width), st.integers(first, first + width))))
    wide: Dict = {"from": iso(first), "to": iso(first + width)}
    narrow = {"from": iso(inner[0]), "to": iso(inner[1])}

    def starting(start: object) -> Report:
        header = {**HEADER, "dates": {**HEADER["dates"], "start": start, "end": "2026-12-31"}}
        return everything(person, vacancy(CRITERIA, **header))

    vague, narrower, exact = starting(wide), starting(narrow), starting(iso(inner[0]))
    assert_refined(vague, narrower)
    assert_refined(narrower, exact)


SHORT_LIVED: tuple[tuple[str, Dict, Dict, tuple[str, str]], ...] = (
    ("permits", {"kind": "permit", "type": "work", "in": "FR"}, {"type": "work", "in": "FR"}, ("from", "until")),
    ("permits", {"kind": "permit", "type": "work", "more_than": "20 days"}, {"type": "work", "in": "FR"}, ("from", "until")),
    ("documents", {"none_of": [{"kind": "document", "type": "passport"}]}, {"type": "passport"}, ("issued", "expires")),
    ("certificates", {"kind": "certificate", "type": "driving"}, {"type": "driving"}, ("issued", "expires")),
    ("citizenships", {"kind": "citizenship", "of": "EU"}, {"country": "FR"}, ("since", "until")),
    ("residences", {"kind": "residence", "in": "EU"}, {"in": "FR"}, ("from", "to")),
    ("residences", {"kind": "residence", "in": "FR", "at_least": "15 days"}, {"in": "FR"}, ("from", "to")),
    ("residences", {"kind": "residence", "in": "FR", "at_most": "12 days", "during": {"within": "1 month", "before": "start"}}, {"in": "FR"}, ("from", "to")),
    ("experience", {"kind": "employment", "employer": "company"}, {"employer": "private_company", "rate": 100}, ("from", "to")),
    ("experience", {"kind": "employment", "at_least": "1 month"}, {"employer_name": "own", "rate": 100}, ("from", "to")),
    ("experience", {"kind": "experience", "at_least": "15 days", "during": {"within": "1 month", "before": "start"}}, {"rate": 100}, ("from", "to")),
    ("studies", {"kind": "enrolment", "level": 7}, {"level": 7}, ("from", "to")),
    ("funds", {"kind": "funds", "amount": {"at_least": "3000 EUR"}}, {"amount": "3500 EUR"}, ("from", "to")),
)  # fmt: skip
"""What may begin and end within a few weeks: a list, a criterion, a record, and the names of its ends."""


@law
@example(SHORT_LIVED[0], 739_342, 1, 0, 0)  # a permit of one day, at the start of a span of two
@given(st.sampled_from(SHORT_LIVED), days("2025-04-01", "2026-01-31"), st.integers(0, 70), st.integers(-40, 60), st.integers(0, 60))
def test_a_span_is_settled_when_all_its_days_agree(
    what: tuple[str, Dict, Dict, tuple[str, str]], first: int, width: int, after: int, lasting: int
) -> None:
    """Law 9. A criterion passes, or fails, on an unknown day of a span exactly when it does on each of its days, not only at its ends."""
    source, criterion, record, (opening, closing) = what
    start = first + after
    facts = {source: [{**record, opening: iso(start), closing: iso(start + lasting)}], "birth_date": "1980-01-01"}

    def found(day: object) -> str:
        return verdict({**criterion, "as_of": "start"}, facts, dates={"deadline": TODAY.isoformat(), "start": day})

    each = {found(iso(day)) for day in range(first, first + width + 1)}
    assert found({"from": iso(first), "to": iso(first + width)}) is (each.pop() if len(each) == 1 else UNKNOWN)


GROWING: tuple[Dict, ...] = (
    {"kind": "experience", "at_least": "60 years"},
    {"kind": "experience", "at_least": "2 months"},
    {"kind": "experience", "more_than": "2 months", "field": "law"},
    {"kind": "employment", "at_least": "2 months"},
    {"kind": "employment", "at_least": "2 months", "employer": "company"},
    {"kind": "residence", "in": "FR", "at_least": "2 months"},
    {"kind": "permit", "at_least": "2 months"},
    {"kind": "experience", "at_least": "2 months", "part_time": "excluded"},
    {"kind": "experience", "at_least": "2 months", "full_week": "35 hours"},
    {"kind": "experience", "at_least": "2 months", "whose": ["spouse"]},
)
"""Time that only adds up: the first and the last day of a span tell what every day does."""


@law
@given(st.sampled_from(GROWING), pairs(), st.booleans(), days("2025-04-01", "2026-01-31"), st.integers(0, 200))
def test_the_ends_of_a_span_explain_what_every_day_would(
    criterion: Dict, pair: tuple[Dict, Dict], vague: bool, first: int, width: int
) -> None:
    """Law 9. Where two days answer for all, the finding is word for word that of asking on each day that may matter."""
    person = pair[vague]
    asked = vacancy(
        [{**criterion, "as_of": "start"}], dates={"deadline": TODAY.isoformat(), "start": {"from": iso(first), "to": iso(first + width)}}
    )
    at_the_ends = everything(person, asked).findings[0].model_dump()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(One, "grows", lambda *_: False)
        assert everything(person, asked).findings[0].model_dump() == at_the_ends


TO_60: Dict = {"to": 60, "when": {"kind": "citizenship", "of": "FR", "as_of": "start"}}
FULL_TIME: Dict = {"to": 100, "when": {"kind": "citizenship", "of": "FR", "as_of": "start"}}
MOVED: tuple[Dict, ...] = (
    {"kind": "age", "at_most": 30, "extended": [TO_60]},
    {"kind": "age", "at_most": 30, "extended": [{"add": "30 years", "per": {"kind": "permit", "type": "work", "in": "FR"}}]},
    {"kind": "experience", "at_least": "1 month", "rate": {"at_most": 50, "extended": [FULL_TIME]}},
    {"kind": "experience", "at_least": "1 month", "rate": {"at_most": 50, "extended": [{"to": 100, "when": {"kind": "permit", "type": "work"}}]}},
    {"kind": "experience", "rate": {"at_most": 50, "extended": [FULL_TIME]}},
    {"kind": "experience", "at_least": "1 month", "during": {"after": {"kind": "permit", "type": "work", "take": "first"}}},
)  # fmt: skip
"""What somebody has and holds for a while moves a limit, or opens a window, within the span."""


@law
@example(MOVED[0], 739_403, 29, 9, 10)  # French for ten days of June, in which the limit is another
@example(MOVED[2], 739_403, 29, -200, 214)
@example(MOVED[4], 739_403, 29, 9, 100)
@given(st.sampled_from(MOVED), days("2025-04-01", "2026-01-31"), st.integers(0, 60), st.integers(-40, 60), st.integers(0, 60))
def test_what_moves_a_limit_within_a_span_is_seen(criterion: Dict, first: int, width: int, after: int, lasting: int) -> None:
    """Law 9. The days on which a limit moves, or a window opens, count as much as those of the records themselves."""
    held = iso(first + after), iso(first + after + lasting)
    facts = {
        "birth_date": "1980-01-01", "experience": [{"from": "2020-01-01", "to": "ongoing", "rate": 100}],
        "citizenships": [{"country": "FR", "since": held[0], "until": held[1]}],
        "permits": [{"type": "work", "in": "FR", "from": held[0], "until": held[1]}],
    }  # fmt: skip

    def found(day: object) -> str:
        return verdict({**criterion, "as_of": "start"}, facts, dates={"deadline": TODAY.isoformat(), "start": day})

    each = {found(iso(day)) for day in range(first, first + width + 1)}
    assert found({"from": iso(first), "to": iso(first + width)}) is (each.pop() if len(each) == 1 else UNKNOWN)


def test_the_day_told_is_the_one_it_is_counted_on() -> None:
    """A window may rest on an unknown day, and another day be the one that counts; with two unknown ones, always the same is told."""
    half_year = {"from": "2025-06-01", "to": "2025-12-31"}
    facts = {"experience": [{"from": "2020-01-01", "to": "ongoing", "rate": 100}]}
    rule = {"kind": "experience", "at_least": "2 months", "during": {"within": "6 months", "before": "start"}, "as_of": "deadline"}
    told = finding(rule, facts, dates={"deadline": "2025-03-31", "start": half_year}).day
    assert told is not None
    assert (told.name, *map(iso, told.days)) == ("deadline", "2025-03-31", "2025-03-31")
    span = {"kind": "experience", "at_least": "2 months", "during": {"from": "start", "to": "end"}, "as_of": "end"}
    told = finding(span, facts, dates={"deadline": "2025-03-31", "start": {"from": "2025-06-01", "to": "2025-06-30"}, "end": half_year}).day
    assert told is not None
    assert (told.name, *map(iso, told.days)) == ("end", "2025-06-01", "2025-12-31")


YEARLY: tuple[tuple[str, Dict, Dict, tuple[str, str]], ...] = (
    *((source, {**criterion, "as_of": {"day": "start", "end_of": "year"}}, *rest) for source, criterion, *rest in SHORT_LIVED if "during" not in criterion),
    ("experience", {"kind": "experience", "at_least": "2 months", "as_of": {"day": "start", "end_of": "year"}}, {"rate": 100}, ("from", "to")),
    ("experience", {"kind": "experience", "at_least": "2 months", "during": {"within": "3 months", "before": {"day": "start", "end_of": "year"}}}, {"rate": 100}, ("from", "to")),
)  # fmt: skip
"""The same on the last day of the year in which something begins, and what is counted back from that day."""


@law
@example(YEARLY[4], 739_191, 119, 212, 0, 1)  # a citizenship that ends in June, a start between November and February
@given(
    st.sampled_from(YEARLY), days("2024-10-01", "2026-01-31"), st.integers(0, 900), st.integers(-200, 900), st.integers(0, 400), st.integers(0, 1)
)
def test_the_end_of_an_unknown_year_is_the_end_of_each_of_its_years(
    what: tuple[str, Dict, Dict, tuple[str, str]], first: int, width: int, after: int, lasting: int, open_start: int
) -> None:
    """Law 9. Where the start may lie in several years, what is counted on 31 December is settled when all those years agree."""
    source, criterion, record, (opening, closing) = what
    start = first + after
    record = {**record, opening: "2020-01-01" if open_start else iso(start), closing: iso(start + lasting)}
    facts = {source: [record], "birth_date": "1980-01-01"}

    def found(day: object) -> str:
        return verdict(criterion, facts, dates={"deadline": TODAY.isoformat(), "start": day})

    years = {date.fromordinal(day).year: day for day in range(first, first + width + 1)}
    each = {found(iso(day)) for day in years.values()}
    assert found({"from": iso(first), "to": iso(first + width)}) is (each.pop() if len(each) == 1 else UNKNOWN)


@law
@given(days("2025-04-01", "2026-01-31"), st.integers(0, 800), st.integers(-100, 800), st.integers(20, 30), st.integers(0, 1))
def test_an_age_on_an_unknown_day(first: int, width: int, birthday: int, years: int, more: int) -> None:
    """Law 9. So it is of an age that is reached, and passed, within the span; and `throughout` fails for one failing day."""
    born = date.fromordinal(first + birthday)
    facts = {"birth_date": born.replace(year=born.year - years, day=min(born.day, 28)).isoformat()}
    rule = {"kind": "age", "at_least": years, "at_most": years + more}
    header = {"dates": {"deadline": TODAY.isoformat(), "start": iso(first), "end": iso(first + width)}}
    each = {verdict({**rule, "as_of": iso(day)}, facts) for day in range(first, first + width + 1, max(1, width // 40))}
    each |= {verdict({**rule, "as_of": iso(first + width)}, facts)}
    whole = verdict({**rule, "throughout": {"from": "start", "to": "end"}}, facts, **header)
    unknown_day = {"deadline": TODAY.isoformat(), "start": {"from": iso(first), "to": iso(first + width)}}
    some_day = verdict({**rule, "as_of": "start"}, facts, dates=unknown_day)
    if len(each) > 1:
        assert (whole, some_day) == (FAIL, UNKNOWN)
    else:
        assert {whole, some_day} == each


# --------------------------------------------------------------------------------------------- 11: knowing nothing


@pytest.mark.parametrize("criterion", CRITERIA, ids=str)
def test_nothing_is_settled_for_somebody_unknown(criterion: Dict) -> None:
    """Law 11. An empty profile passes nothing and fails nothing."""
    assert verdict(criterion, {}, **HEADER) is UNKNOWN


@law
@given(st.sets(st.sampled_from(LIST_NAMES)))
def test_an_incomplete_empty_list_says_nothing(names: set[str]) -> None:
    """Law 11. A list that is empty and incomplete says no more than one that is not there."""
    person = {name: [] for name in names} | {"incomplete": sorted(names)}
    assert {one.verdict for one in everything(person).findings} == {UNKNOWN}


def test_an_empty_list_is_complete() -> None:
    """Law 11. A list that is there says that there is nothing else: what asks for one fails, what forbids it passes."""
    assert verdict({"kind": "degree"}, {"degrees": []}).value == "fail"
    assert verdict({"kind": "participation", "at_most": "0 times"}, {"participations": []}) is PASS


# ------------------------------------------------------------------------------------- 48: what would settle it


def settled(criterion: Dict, said: Dict, true: Dict) -> None:
    """Tell what is asked for, again and again: each time it must be news, until it is settled or no fact is missing."""
    known, true = copy.deepcopy(said), copy.deepcopy(true)
    alone = vacancy([criterion], **HEADER)
    now = everything(known, alone).findings[0]
    while now.verdict is UNKNOWN:
        assert now.causes, (criterion, now.code)
        if Cause.MISSING_FACT not in now.causes:
            break
        assert now.missing, (criterion, now.code)
        news = [tell(known, true, path) for path in now.missing]
        assert any(news), (criterion, now.code, now.missing)
        now = everything(known, alone).findings[0]


@law_settings(25)
@given(pairs())
def test_what_is_unknown_says_what_would_settle_it(pair: tuple[Dict, Dict]) -> None:
    """Law 48. An unknown verdict has a cause; one for want of facts names some; told these, and what is then asked, it is settled."""
    person, less = pair
    for criterion, one in zip(CRITERIA, everything(less).findings, strict=True):
        if one.verdict is UNKNOWN:
            settled(criterion, less, person)


@pytest.mark.parametrize(
    ("criterion", "said", "true"),
    [
        ({"in": "EU"}, {"in": "GB", "awarded": "2020"}, {"in": "GB", "awarded": "2020-05-12"}),
        ({"recognised_in": "EU"}, {"in": "GB", "recognised_in": ["CA"], "awarded": "2020"},
         {"in": "GB", "recognised_in": ["CA"], "awarded": "2020-05-12"}),
        ({"recognised_in": "EU"}, {"recognised_in": ["CA"], "awarded": "2021"}, {"in": "MA", "recognised_in": ["CA"], "awarded": "2021"}),
    ],
)  # fmt: skip
def test_a_degree_asks_for_what_is_missing(criterion: Dict, said: Dict, true: Dict) -> None:
    """Law 48. The same law where a group of countries is read on the date of a degree: its date, its place or what is said of it."""
    settled({"kind": "degree", **criterion}, {"degrees": [said]}, {"degrees": [true]})


@law
@given(pairs())
def test_only_what_is_unknown_names_what_is_missing(pair: tuple[Dict, Dict]) -> None:
    """Law 48. A verdict that is settled has no cause of doubt and asks for nothing."""
    for one in everything(pair[1]).findings:
        if one.verdict is not UNKNOWN:
            assert (one.missing, one.causes) == ((), ())


def test_a_disputed_reading_is_named() -> None:
    """Law 48. Where only the readings disagree, they are the cause, and no fact is asked for."""
    readings = [{"name": "completed years", "preferred": True}, {"name": "birthday", "counted": "not_past_birthday"}]
    found = finding({"kind": "age", "at_most": 35, "readings": readings}, {"birth_date": "1989-12-01"})
    assert found.verdict is UNKNOWN
    assert found.causes == (Cause.READINGS,)
    assert found.missing == ()
    assert found.params["preferred"]["en"] == "completed years"
