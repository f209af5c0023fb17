"""Laws 39 to 44: nationalities, diplomas, languages, employers, members of groups, absences."""

from __future__ import annotations

from datetime import date
from itertools import combinations, pairwise, permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.engine import check
from eligibility.profile import Profile
from eligibility.vacancy import Vacancy

from .catalogue import TITLES, exact_degrees, exact_languages
from .strategies import FAIL, PASS, RANK, REFERENCE, Dict, days, iso, law, not_lower, ordinal, refines, verdict, wide_law

COUNTRIES = ("FR", "GB", "CA", "CA-QC", "MA", "US", "CH", "HR", "IN")
citizenships = st.lists(st.sampled_from([one for one in COUNTRIES if "-" not in one]), max_size=3)
LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")
SKILLS = ("listening", "reading", "spoken_interaction", "spoken_production", "writing")
GROUPS = REFERENCE.groups()


# ------------------------------------------------------------------------------------------- 39: one more


ANY_TYPE: list[tuple[str, Dict]] = [
    ("citizenships", {"kind": "citizenship", "of": "EU"}),
    ("citizenships", {"kind": "citizenship", "of": {"except": ["US"]}}),
    ("citizenships", {"kind": "citizenship", "of": ["FR", "GB", "MA"], "at_least": "2 times"}),
    ("degrees", {"kind": "degree", "level": {"at_least": 7}}),
    ("degrees", {"kind": "degree", "level": {"at_least": 6}, "field": ["ict", "law"], "in": "EU"}),
    ("degrees", {"kind": "degree", "recognised_in": "EU", "awarded": {"within": "5 years", "before": "2025-03-31"}}),
    ("languages", {"kind": "language", "of": ["en", "fr"], "level": {"at_least": "C1"}}),
    ("languages", {"kind": "language", "of": ["ar", "en", "fr"], "level": {"at_least": "B2"}, "at_least": 2}),
    ("languages", {"kind": "language", "of": "en", "test": {"ielts": 7}}),
    ("certificates", {"kind": "certificate", "type": "driving"}),
    ("documents", {"kind": "document", "type": "passport", "country": "EU"}),
    ("permits", {"kind": "permit", "type": ["work", "student"], "in": "FR"}),
]


def _papers(draw: st.DrawFn, last: str, **rest: Any) -> Dict:
    start = draw(days("2018-01-01", "2025-12-31"))
    return {**rest, last: iso(start + draw(st.integers(0, 3000)))} | {"from" if last == "until" else "issued": iso(start)}


@st.composite
def records(draw: st.DrawFn, source: str) -> Dict:
    match source:
        case "citizenships":
            return {"country": draw(st.sampled_from(("FR", "GB", "MA", "US")))}
        case "degrees":
            return draw(exact_degrees())
        case "languages":
            return draw(exact_languages())
        case "permits":
            return _papers(draw, "until", type=draw(st.sampled_from(("work", "student", "family"))), **{"in": draw(st.sampled_from(("FR", "CA")))})
        case "documents":
            return _papers(draw, "expires", type=draw(st.sampled_from(("passport", "identity_card"))), country=draw(st.sampled_from(("FR", "US"))))
        case _:
            return _papers(draw, "expires", type=draw(st.sampled_from(("driving", "first_aid"))))


@wide_law
@given(st.sampled_from(ANY_TYPE), st.data())
def test_having_more_never_hurts(asked: tuple[str, Dict], data: st.DataObject) -> None:
    """Law 39. One more nationality, diploma, language, paper or permit never lowers a criterion that asks for any; order is nothing."""
    source, criterion = asked
    held = data.draw(st.lists(records(source), max_size=3))
    more = [*held, data.draw(records(source))]
    before, after = verdict(criterion, {source: held}), verdict(criterion, {source: more})
    assert not_lower(before, after)
    assert verdict(criterion, {source: data.draw(st.permutations(more))}) is after
    assert refines(verdict(criterion, {source: held, "incomplete": [source]}), before)
    assert refines(verdict(criterion, {source: held, "incomplete": [source]}), after)


@law
@given(citizenships, st.sampled_from(["FR", "GB", "MA"]), st.sampled_from(GROUPS))
def test_one_of_several_nationalities_is_enough(held: list[str], country: str, group: str) -> None:
    """Law 39. Who has several nationalities is what each of them makes of him, the best of them."""
    for of in (country, group, {"except": [country]}):
        alone = [RANK[verdict({"kind": "citizenship", "of": of}, {"citizenships": [one]})] for one in held]
        assert RANK[verdict({"kind": "citizenship", "of": of}, {"citizenships": held})] == max(alone, default=0)
        none_of = RANK[verdict({"none_of": [{"kind": "citizenship", "of": of}]}, {"citizenships": held})]
        assert none_of == 2 - max(alone, default=0)


# ------------------------------------------------------------------------------------------- 40: degrees


@law
@given(exact_degrees(), st.integers(1, 8), st.integers(1, 8), st.integers(1, 8))
def test_a_higher_level_never_hurts(degree: Dict, low: int, high: int, needed: int) -> None:
    """Law 40. A diploma of a higher level never lowers what asks for a level or more, nor does asking for less."""
    low, high = sorted((low, high))
    facts = [{"degrees": [{**degree, "level": level}]} for level in (low, high)]
    criterion = {"kind": "degree", "level": {"at_least": needed}, "as_of": "2026-12-31", "expected": "accepted"}
    assert not_lower(*(verdict(criterion, one) for one in facts))
    assert verdict(criterion, facts[0]) is (PASS if low >= needed else FAIL)
    easier = {**criterion, "level": {"at_least": max(1, needed - 1)}}
    assert not_lower(verdict(criterion, facts[0]), verdict(easier, facts[0]))


@pytest.mark.parametrize(("title", "place"), TITLES)
def test_naming_the_country_of_a_title_refines(title: str, place: str) -> None:
    """Law 40. A title whose country is told means levels among those that the bare title may mean."""
    bare, told = REFERENCE.degree(title, None).level, REFERENCE.degree(title, place).level
    assert bare is not None
    assert told is not None
    assert bare[0] <= told[0] <= told[1] <= bare[1]
    for needed in range(bare[0], min(bare[1] + 1, 8) + 1):  # there is no level 9 to ask for
        criterion = {"kind": "degree", "level": {"at_least": needed}}
        vague, exact = {"title": title, "awarded": "2020"}, {"title": title, "in": place, "awarded": "2020"}
        assert refines(verdict(criterion, {"degrees": [vague]}), verdict(criterion, {"degrees": [exact]}))


@law
@given(st.sampled_from(REFERENCE.vocabulary("titles")), st.sampled_from(["FR", "CA", "CA-QC", "CA-ON", "BR", "DE", "MA", "GB", "US"]), st.integers(1, 8))
def test_any_country_refines_a_title(title: str, place: str, needed: int) -> None:
    """Law 40. Telling the country of a title, whatever the country, only settles what was open, for levels, years and access alike."""
    for criterion in ({"level": {"at_least": needed}}, {"years": {"at_least": needed}}, {"gives_access_to": {"at_least": needed}}):
        asked = {"kind": "degree", **criterion}
        bare, told = ({"degrees": [{"title": title, "awarded": "2020", **where}]} for where in ({}, {"in": place}))
        assert refines(verdict(asked, bare), verdict(asked, told)), criterion


@law
@given(st.lists(exact_degrees(), min_size=2, max_size=2), st.integers(5, 8))
def test_level_and_field_hold_of_one_diploma(pair: list[Dict], needed: int) -> None:
    """Law 40. Two diplomas, one of the right level and one of the right field, are no diploma of that level in that field."""
    both = {"kind": "degree", "level": {"at_least": needed}, "field": ["law"], "as_of": "2026-12-31", "expected": "accepted"}
    each = [RANK[verdict(both, {"degrees": [one]})] for one in pair]
    assert RANK[verdict(both, {"degrees": pair})] == max(each)


# ------------------------------------------------------------------------------------------- 41: languages


def spoken(language: str, levels: tuple[str, ...]) -> Dict:
    return {"language": language, **dict(zip(SKILLS, levels, strict=True))}


skill_levels = st.tuples(*[st.sampled_from(LEVELS)] * 5)


@law
@given(skill_levels, st.integers(0, 4), st.integers(1, 5), st.sampled_from(LEVELS), st.sets(st.sampled_from(SKILLS)))
def test_the_lowest_skill_counts(levels: tuple[str, ...], which: int, up: int, needed: str, asked: set[str]) -> None:
    """Law 41. A language is as good as the lowest of the skills asked for, and a better skill never lowers the verdict."""
    criterion: Dict = {"kind": "language", "of": "fr", "level": {"at_least": needed}}
    if asked:
        criterion["skills"] = sorted(asked)
    lowest = min(LEVELS.index(level) for skill, level in zip(SKILLS, levels, strict=True) if skill in asked or not asked)
    now = verdict(criterion, {"languages": [spoken("fr", levels)]})
    assert now is (PASS if lowest >= LEVELS.index(needed) else FAIL)
    better = [*levels]
    better[which] = LEVELS[min(5, LEVELS.index(levels[which]) + up)]
    assert not_lower(now, verdict(criterion, {"languages": [spoken("fr", tuple(better))]}))
    missing = spoken("fr", levels)
    del missing[SKILLS[which]]
    assert refines(verdict(criterion, {"languages": [missing]}), now)


@law
@given(st.sampled_from(REFERENCE.said_terms()), st.sampled_from(REFERENCE.said_terms()), st.sampled_from(LEVELS))
def test_words_of_level_are_ranges(asked: str, told: str, level: str) -> None:
    """Law 41. A word such as "fluent" passes or fails only where every level it may mean does, in the rule and in the profile."""
    said = {"kind": "language", "of": "fr", "level": {"said": asked}}
    low, high, _ = REFERENCE.said(asked) or (1, 6, None)
    rank = LEVELS.index(level) + 1
    expected = 2 if rank >= high else 0 if rank < low else 1
    assert RANK[verdict(said, {"languages": [{"language": "fr", "level": level}]})] == expected
    mine = REFERENCE.said(told) or (1, 6, None)
    found = verdict(said, {"languages": [{"language": "fr", "level": {"said": told}}]})
    assert RANK[found] == (2 if mine[0] >= high else 0 if mine[1] < low else 1)


DEMANDS = st.lists(
    st.tuples(st.sets(st.sampled_from(["fr", "en", "ar", "de"]), min_size=1), st.sampled_from(LEVELS[2:])), min_size=1, max_size=3
)


@wide_law
@given(DEMANDS, st.dictionaries(st.sampled_from(["fr", "en", "ar", "de"]), st.sampled_from(LEVELS), max_size=4), st.data())
def test_different_languages_for_different_demands(demands: list[tuple[set[str], str]], known: dict[str, str], data: st.DataObject) -> None:
    """Law 41. Demands on different languages pass exactly when some way of giving each its own language does; order is nothing."""

    def asked(order: list[tuple[set[str], str]]) -> Dict:
        return {"kind": "language", "different": [{"of": sorted(of), "level": {"at_least": level}} for of, level in order]}

    spoken_ones = [{"language": name, "level": level} for name, level in known.items()]
    possible = any(
        all(name in of and LEVELS.index(known[name]) >= LEVELS.index(level) for name, (of, level) in zip(chosen, demands, strict=True))
        for chosen in permutations(known, len(demands))
    )
    now = verdict(asked(demands), {"languages": spoken_ones})
    assert now is (PASS if possible else FAIL)
    assert verdict(asked(data.draw(st.permutations(demands))), {"languages": data.draw(st.permutations(spoken_ones))}) is now
    assert not_lower(now, verdict(asked(demands), {"languages": [*spoken_ones, {"language": "es", "level": "C2"}]}))
    assert not_lower(now, verdict(asked(demands), {"languages": [*spoken_ones, {"language": "fr", "level": "C2"}]}))
    assert not_lower(now, verdict(asked(demands[:-1] or demands), {"languages": spoken_ones}))


# --------------------------------------------------------------------------------- 42 and 43: trees and groups


@pytest.mark.parametrize("tree", ["employer", "field"])
def test_wider_terms_form_an_order(tree: str) -> None:
    """Law 42. Being a kind of something is reflexive, transitive and without circles."""
    terms = REFERENCE.tree(tree)
    wider = {term: {other for other in terms if REFERENCE.within(tree, term, other).surely} for term in terms}
    for term in terms:
        assert term in wider[term]
        for other in wider[term]:
            assert wider[other] <= wider[term]
    for one, other in combinations(terms, 2):
        assert not (one in wider[other] and other in wider[one])
    for one in terms:
        for other in terms:
            answer = REFERENCE.within(tree, one, other)
            assert answer.possibly >= answer.surely


@law
@given(st.sampled_from(REFERENCE.tree("employer")), st.sampled_from(REFERENCE.tree("employer")), st.sampled_from(REFERENCE.tree("employer")))
def test_what_suits_a_kind_suits_the_wider_kind(employer: str, narrow: str, wide: str) -> None:
    """Law 42. A job that counts for a kind of employer counts for every wider kind; one of a wider kind only may count."""
    job = {"experience": [{"from": "2020-01-01", "to": "ongoing", "full_time": True, "employer": employer}]}
    answer = {kind: verdict({"kind": "employment", "employer": kind}, job) for kind in (narrow, wide, employer)}
    assert answer[employer] is PASS
    if REFERENCE.within("employer", narrow, wide).surely:
        assert not_lower(answer[narrow], answer[wide])
    if employer != narrow and REFERENCE.within("employer", narrow, employer).surely:
        assert answer[narrow] is not FAIL


WORDS = ("heritage-fellowship", "heritage-felowship", "erasmus-plus", "harbour-grant")
LISTED = {"grants": [{"id": "heritage-fellowship", "label": {"en": "Heritage fellowship", "fr": "Bourse du patrimoine"}}]}


@pytest.mark.parametrize("never", [True, False])
@pytest.mark.parametrize(("asked", "had"), [(asked, had) for asked in WORDS for had in WORDS])
def test_only_declared_words_differ_surely(asked: str, had: str, never: bool) -> None:
    """Law 49. A word that neither the reference data nor a list declares is surely different from nothing: it may be a misspelt one."""
    criterion = {"id": "it", "kind": "participation", "programme": asked, **({"at_most": "0 times"} if never else {})}
    post = Vacancy.model_validate({"id": "post", "title": "Post", "lists": LISTED, "criteria": [criterion]})
    taken = Profile.model_validate({"participations": [{"programme": had, "from": "2020-01-01", "to": "2020-06-30"}]})
    answer = check(post, taken, date(2025, 1, 1), REFERENCE).findings[0].verdict
    declared = {"heritage-fellowship", "erasmus-plus"}
    if asked == had:
        assert answer is (FAIL if never else PASS)
    elif {asked, had} <= declared:
        assert answer is (PASS if never else FAIL)
    else:
        assert answer not in (PASS, FAIL)


@pytest.mark.parametrize("group", GROUPS)
def test_membership_changes_only_on_its_days(group: str) -> None:
    """Law 43. From one day to the next a country's membership changes only when a period begins or has ended."""
    changes = REFERENCE.membership_changes(group)
    edges = sorted({day + shift for day in changes for shift in (-1, 0, 1)} | {ordinal("1950-01-01"), ordinal("2030-12-31")})
    for country in COUNTRIES:
        if "-" in country:
            continue
        moved = {later for day, later in pairwise(edges)
                 if REFERENCE.membership(group, country, day)[:2] != REFERENCE.membership(group, country, later)[:2]}  # fmt: skip
        assert moved <= set(changes)


@law
@given(st.sampled_from(GROUPS), st.sampled_from([one for one in COUNTRIES if "-" not in one]), days("1950-01-01", "2030-12-31"))
def test_between_changes_membership_stays(group: str, country: str, day: int) -> None:
    """Law 43. On a day on which nothing begins or ends, membership is that of the eve."""
    if day not in REFERENCE.membership_changes(group):
        assert REFERENCE.membership(group, country, day)[:2] == REFERENCE.membership(group, country, day - 1)[:2]


@pytest.mark.parametrize(("day", "expected"), [("2020-01-31", PASS), ("2020-02-01", FAIL), ("1972-12-31", FAIL), ("1973-01-01", PASS)])
def test_the_united_kingdom_in_the_union(day: str, expected: str) -> None:
    """Law 43. A British citizen is one of the Union until 31 January 2020, that day included, from 1 January 1973."""
    facts = {"birth_date": "1950-01-01", "citizenships": ["GB"]}
    assert verdict({"kind": "citizenship", "of": "EU", "as_of": day}, facts) is expected


# --------------------------------------------------------------------------------------------- 44: absences

SINCE = "2015-01-01"
QUEBEC = {"kind": "residence", "in": "CA-QC", "at_least": "2 years", "absence_rule": "quebec_health_insurance"}


def resident(*stays: tuple[int, int]) -> int:
    """The rank of the verdict for somebody who lives in Québec since 2015 and was away from and to these days."""
    absences = [{"from": iso(departure), "to": iso(back)} for departure, back in stays]
    facts = {"residences": [{"in": "CA-QC", "from": SINCE, "to": "ongoing"}], "absences": absences}
    return RANK[verdict(QUEBEC, facts)]


@st.composite
def absences(draw: st.DrawFn) -> list[tuple[int, int]]:
    """Stays elsewhere that do not overlap."""
    found, day = [], ordinal("2022-06-01")
    for _ in range(draw(st.integers(0, 4))):
        departure = day + draw(st.integers(0, 120))
        day = departure + draw(st.sampled_from([5, 21, 22, 23, 40, 90, 184, 200]) | st.integers(1, 250))
        found.append((departure, day))
        day += 1
    return found


@wide_law
@given(absences(), st.integers(0, 200), st.integers(1, 300))
def test_one_absence_more_never_helps(stays: list[tuple[int, int]], after: int, lasting: int) -> None:
    """Law 44. One more stay elsewhere never raises the verdict, and one of 21 days or less never changes it."""
    start = (stays[-1][1] if stays else ordinal("2022-06-01")) + 1 + after
    before = resident(*stays)
    assert resident(*stays, (start, start + lasting)) <= before
    assert resident(*stays, (start, start + min(lasting, 22))) == before


@wide_law
@given(absences(), st.integers(0, 3), st.integers(1, 249))
def test_coming_home_in_between_only_helps(stays: list[tuple[int, int]], which: int, cut: int) -> None:
    """Law 44. A stay cut in two by a day at home can only raise the verdict."""
    if not stays:
        return
    departure, back = stays[which % len(stays)]
    middle = departure + cut % max(1, back - departure)
    others = [stay for stay in stays if stay != (departure, back)]
    halves = [(departure, middle), (min(middle + 1, back), back)]
    assert resident(*others, *halves) >= resident(*stays)


def test_183_days_in_a_calendar_year() -> None:
    """Law 44. Away 183 days in one calendar year, the year is lost; 182, or 183 over two years, or 21 days at a time, it is not."""
    start = ordinal("2024-01-10")
    assert resident((start, start + 184)) == 0
    assert resident((start, start + 183)) == 2
    autumn = date(2023, 10, 1).toordinal()
    assert resident((autumn, autumn + 184)) == 2
    assert resident(*((start + 23 * i, start + 23 * i + 22) for i in range(10))) == 2  # ten times 21 days
    assert resident(*((start + 24 * i, start + 24 * i + 23) for i in range(10))) == 0  # ten times 22 days


def test_the_same_absence_twice_is_one_absence() -> None:
    """Law 44. A day away is one day away, also when two entries of the profile tell of it."""
    start = ordinal("2024-01-10")
    once = (start, start + 120)
    assert resident(once, once) == resident(once)


# -------------------------------------------------------------------------- groups of countries, on which day


@law
@given(days("2015-01-01", "2024-12-31"), st.sampled_from(["GB", "FR", "CH"]))
def test_for_a_degree_a_group_is_read_on_its_date(awarded: int, country: str) -> None:
    """Law 43. Whether a diploma comes from the Union is asked of the day it was awarded on, not of today."""
    criterion = {"kind": "degree", "in": "EU"}
    found = verdict(criterion, {"degrees": [{"level": 7, "in": country, "awarded": iso(awarded)}]})
    assert found is (PASS if REFERENCE.membership("EU", country, awarded).surely else FAIL)
