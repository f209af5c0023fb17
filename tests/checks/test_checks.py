"""What can be read and cannot be meant: each check finds its own wrong example, and nothing in what is right."""

from __future__ import annotations

import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from rule_files import TODAY, codes_in, looked_at, rule_file

from eligibility.checks import CHECKS, Check

LATER = date.fromordinal(740_000)  # 15 January 2027: after the deadlines of the examples that have passed


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.CODE)
def test_examples_of_a_check(check: Check, tmp_path: Path) -> None:
    """The wrong example of a page has the problem of the page, and the right one has not."""
    today = LATER if check.CODE == "N312" else TODAY
    assert check.CODE in codes_in(check.WRONG, tmp_path, today)
    right = codes_in(check.RIGHT, tmp_path, today)
    assert check.CODE not in right
    assert not {code for code in right if code.startswith("E")}


def test_the_vacancies_that_come_with_the_program_are_right(tmp_path: Path) -> None:
    """Nothing but notes about deadlines that have passed is found in our own rule files."""
    rules = Path(__file__).parents[2] / "rules"
    for path in sorted(rules.glob("*.yaml")):
        if not path.name.endswith(".cases.yaml"):
            assert {one.code for one in looked_at(path.read_text("utf-8"), tmp_path, LATER)} <= {"N312"}, path.name


def criteria(*lines: str) -> str:
    return "\n".join(["criteria:", *(f"  - {line}" for line in lines)])


FOUND = [
    # a lower bound above the upper one, in every place that has bounds
    (criteria("{id: a, kind: experience, at_least: 3 years, at_most: 24 months}"), "E304"),
    (criteria("{id: a, kind: degree, level: {at_least: 7, at_most: 6}}"), "E304"),
    (criteria("{id: a, kind: age, more_than: 30, less_than: 30}"), "E304"),
    (criteria("{id: a, any_of: [{kind: age, at_least: 30, at_most: 20}, {kind: degree, level: 7}]}"), "E304"),
    # windows: backwards, after the day of the criterion, too short for what is asked in them
    (criteria("{id: a, kind: degree, awarded: {from: 2024-01-01, to: 2023-01-01}}"), "E307"),
    (criteria("{id: a, kind: degree, awarded: {after: start}, as_of: deadline}"), "E307"),
    (criteria("{id: a, kind: degree, awarded: {after: 2024-06-30}, as_of: deadline}"), "E307"),
    (criteria("{id: a, kind: experience, at_least: 25 months, during: {within: 24 months, before: deadline}}"), "E307"),
    (criteria("{id: a, kind: experience, more_than: 24 months, during: {within: 24 months, before: deadline}}"), "E307"),
    (criteria("{id: a, kind: experience, at_least: 2 months, during: {from: 2024-01-01, to: 2024-01-31}}"), "E307"),
    # nobody can meet both
    (criteria("{id: a, kind: age, at_least: 30, as_of: deadline}", "{id: b, kind: age, at_most: 25, as_of: start}"), "E308"),
    (criteria("{id: a, kind: age, at_most: 17}", "{id: b, kind: experience, at_least: 9 years}"), "E308"),
    (criteria("{id: a, kind: age, at_most: 12}", "{id: b, kind: degree, level: 8}"), "E308"),
    (criteria("{id: a, kind: residence, in: FR, at_least: 21 years}", "{id: b, kind: age, less_than: 20}"), "E308"),
    (criteria("{id: a, kind: citizenship, of: FR}", "{id: b, none_of: [{kind: citizenship, of: [FR, BE]}]}"), "E308"),
    (criteria("{id: a, kind: declared, fact: married}", "{id: b, kind: declared, fact: married, equals: false}"), "E308"),
    (criteria("{id: a, kind: experience, field: law, at_least: 5 years}", "{id: b, kind: experience, at_most: 3 years}"), "E308"),
    (criteria("{id: a, kind: participation, programme: exchange}", "{id: b, kind: participation, at_most: 0 times}"), "E308"),
    (criteria("{id: a, all_of: [{kind: age, at_most: 20}, {kind: degree, level: 4}]}", "{id: b, kind: age, at_least: 21}"), "E308"),
    # an alternative that another one makes needless
    (criteria("{id: a, any_of: [{kind: citizenship, of: FR}, {kind: citizenship, of: [FR, BE]}]}"), "W305"),
    (criteria("{id: a, any_of: [{kind: degree, level: 7}, {kind: degree, level: 7}]}"), "W305"),
    (criteria("{id: a, any_of: [{kind: experience, at_least: 3 years}, {kind: experience, at_least: 5 years, field: law}]}"), "W305"),
    (criteria("{id: a, all_of: [{kind: age, at_least: 18}, {kind: age, at_least: 21}]}"), "W305"),
    (criteria("{id: a, any_of: [{kind: employment, employer: public_administration}, {kind: employment, employer: national_administration}]}"), "W305"),
    # words and clauses
    ("title: {fr: Poste}", "W314"),
    (criteria('{id: a, kind: age, at_least: 18, clause: "1"}'), "W314"),
    ("dates: {deadline: 2024-06-30, signature: {asked: {en: When?}}}", "W314"),
    (criteria("{id: a, kind: age, at_least: 18, label: Adult}"), "W313"),
    # quotations, in the notice beside the rule file, and numbers that lack their unit
    ("notice: {document: notice.txt}\n" + criteria('{id: a, kind: age, at_least: 18, quote: "at least 21 years old"}'), "W316"),
    ("notice: {document: notice.txt}\n" + criteria('{id: a, kind: age, at_least: 18, quote: "18 years […] closing date"}'), "W316"),
    ("notice: {document: notice.txt}\n" + criteria('{id: a, any_of: [{kind: age, at_least: 18, quote: "of age"}, {kind: degree}]}'), "W316"),
    (criteria("{id: a, kind: experience, at_least: 3}"), "E240"),
    (criteria("{id: a, any_of: [{kind: residence, in: FR, more_than: 1}, {kind: degree}]}"), "E240"),
    # words of the notice's own that nothing declares
    ("lists: {programmes: [{id: heritage-fellowship}]}\n" + criteria("{id: a, kind: participation, programme: heritage-felowship, at_most: 0 times}"), "E318"),
    ("lists: {programmes: [heritage-fellowship]}\n" + criteria("{id: a, kind: child, when: {kind: participation, programme: [erasmus-plus, heritage-felowship]}}"), "E318"),
    # a word of the notice's own that is a spelling of a built-in one
    ("lists: {titles: [{id: llm, label: {en: Master of Laws, fr: Master de droit}}]}\n" + criteria("{id: a, kind: degree, title: llm}"), "N325"),
    ("lists: {titles: [{id: law-degree, label: {en: LL.M., fr: LL.M.}}]}\n" + criteria("{id: a, kind: degree, title: {except: [{list: titles}]}}"), "N325"),
    ("lists: {programmes: [{id: exchange-year, also: [Erasmus+]}]}\n" + criteria("{id: a, kind: participation, programme: {list: programmes}, at_most: 0 times}"), "N325"),
    # names that a rule keeps out
    (criteria("{id: a, kind: experience, employer_name: unesco, at_most: 0 times}"), "W324"),
    (criteria("{id: a, none_of: [{kind: experience, employer_name: unesco}]}"), "W324"),
    (criteria("{id: a, kind: experience, employer_name: {except: [unesco]}}"), "W324"),
    ("lists: {employers: [{id: unesco}]}\n" + criteria("{id: a, none_of: [{kind: experience, employer_name: {list: employers}}]}"), "W324"),
    (criteria("{id: a, kind: participation, programme: erasmus-pluss, at_most: 0 times}"), "E318"),
    ("lists: {programmes: [heritage-fellowship]}\n" + criteria("{id: a, kind: participation, programme: harbour-grant, at_most: 0 times}"), "W319"),
    (criteria("{id: a, kind: experience, at_least: 1 year, during: {after: {kind: participation, programme: harbour-grant}}}"), "W319"),
    # bounds that make no sense
    (criteria("{id: a, kind: age, less_than: 32, extended: [{add: 1 year, per: {kind: child}}], never_beyond: 30}"), "E322"),
    (criteria("{id: a, kind: age, less_than: 32, extended: [{to: 30, when: {kind: child}}]}"), "E322"),
    (criteria("{id: a, kind: age, at_most: 0}"), "E323"),
    (criteria("{id: a, kind: age, at_least: 180}"), "E323"),
    (criteria("{id: a, kind: participation, programme: exchange, at_most: 0 years}"), "E323"),
    (criteria("{id: a, kind: experience, at_least: 0 years}"), "E323"),
    # days in order
    ("dates: {deadline: 2024-06-30, start: 2024-09-01, end: 2024-08-31}", "E303"),
    ("dates: {opening: 2024-07-01, deadline: 2024-06-30}", "E303"),
    ('dates: {opening: "2024-07-01T12:00", deadline: "2024-07-01T09:00"}', "E303"),
    ("dates: {deadline: 2024-06-30}\nnotice: {published: 2024-07-01}", "E303"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "code"), FOUND)
def test_what_cannot_be_meant_is_found(lines: str, code: str, tmp_path: Path) -> None:
    """Each of these lines has the problem named beside it."""
    assert code in codes_in(lines, tmp_path)


NOT_FOUND = [
    (criteria("{id: a, kind: age, at_least: 18, at_most: 18}"), "E304"),
    (criteria("{id: a, kind: experience, at_least: 12 months, at_most: 1 year}"), "E304"),
    (criteria("{id: a, kind: degree, awarded: {from: 2024-01-01, to: 2024-01-01}}"), "E307"),
    (criteria("{id: a, kind: degree, awarded: {within: 2 years, before: start}, as_of: start}"), "E307"),
    (criteria("{id: a, kind: experience, at_least: 24 months, during: {within: 24 months, before: deadline}}"), "E307"),
    (criteria("{id: a, kind: experience, at_least: 30 months, during: {after: {kind: degree, take: first}}}"), "E307"),
    (criteria("{id: a, kind: document, type: passport, expires: {after: start}}"), "E307"),
    # possible, if only just
    (criteria("{id: a, kind: age, at_least: 25}", "{id: b, kind: age, at_most: 25}"), "E308"),
    (criteria("{id: a, kind: age, at_most: 17}", "{id: b, kind: experience, at_least: 8 years}"), "E308"),
    (criteria("{id: a, kind: residence, in: FR, at_least: 20 years}", "{id: b, kind: age, less_than: 20}"), "E308"),
    (criteria("{id: a, kind: age, at_most: 35}", "{id: b, kind: experience, at_least: 10 years}"), "E308"),
    (criteria("{id: a, kind: age, at_most: 20, extended: [{add: 9 years, per: {kind: child}}]}", "{id: b, kind: experience, at_least: 15 years}"), "E308"),
    (criteria("{id: a, kind: experience, at_least: 5 years}", "{id: b, kind: experience, field: law, at_most: 3 years}"), "E308"),
    (criteria("{id: a, kind: citizenship, of: [FR, BE]}", "{id: b, none_of: [{kind: citizenship, of: FR}]}"), "E308"),
    (criteria("{id: a, kind: age, at_least: 30}", "{id: b, kind: age, at_most: 25, importance: desirable}"), "E308"),
    (criteria("{id: a, kind: age, at_least: 30}", "{id: b, kind: age, at_most: 25, when: {kind: declared, fact: x}}"), "E308"),
    # alternatives that add somebody
    (criteria("{id: a, any_of: [{kind: citizenship, of: FR}, {kind: citizenship, of: BE}]}"), "W305"),
    (criteria("{id: a, any_of: [{kind: degree, level: 7}, {kind: degree, level: 6, field: law}]}"), "W305"),
    (criteria("{id: a, any_of: [{kind: experience, at_most: 0 times}, {kind: experience, field: law}]}"), "W305"),
    (criteria("{id: a, any_of: [{kind: language, of: en, level: {at_least: B2}, skills: [writing]}, {kind: language, of: en, level: {at_least: B2}}]}"), "E304"),
    (criteria("{id: a, how_many: 2, any_of: [{kind: degree, level: 7}, {kind: degree, level: 7}]}"), "W305"),
    (criteria("{id: a, any_of: [{kind: judged}, {kind: judged}]}"), "W305"),
    (criteria("{id: a, any_of: [{kind: enrolment, level: {at_least: 7}, as_of: start}, {kind: enrolment, level: {at_least: 8}, as_of: deadline}]}"), "W305"),
    (criteria("{id: a, kind: age, at_least: 18, label: {fr: a, en: b}, source: Staff Regulations}"), "W313"),
    ("notice: {document: notice.txt}\n" + criteria('{id: a, kind: age, at_least: 18, quote: "Candidates  must be at least 18"}'), "W316"),
    ("notice: {document: notice.txt}\n" + criteria("{id: a, kind: language, of: fr, quote: 'Candidates […] speak “French” or l''anglais'}"), "W316"),
    ("notice: {document: other.txt}\n" + criteria('{id: a, kind: age, at_least: 18, quote: "nobody knows"}'), "W316"),
    ("notice: {document: ../notice.txt}\n" + criteria('{id: a, kind: age, at_least: 18, quote: "nobody looks there"}'), "W316"),
    (criteria("{id: a, kind: experience, at_least: 3 times}"), "E240"),
    (criteria("{id: a, kind: experience, at_most: 0}"), "E240"),
    ("lists: {programmes: [heritage-fellowship]}\n" + criteria("{id: a, kind: participation, programme: heritage-fellowship}"), "E318"),
    ("lists: {programmes: [heritage-fellowship]}\n" + criteria("{id: a, kind: participation, programme: {list: programmes}}"), "W319"),
    (criteria("{id: a, kind: experience, employer_name: unesco}"), "W319"),
    (criteria("{id: a, kind: experience, employer_name: unesco}"), "W324"),
    (criteria("{id: a, none_of: [{kind: experience, employer_name: {except: [unesco]}}]}"), "W324"),
    ("lists: {employers: [{id: unesco, also: []}]}\n" + criteria("{id: a, none_of: [{kind: experience, employer_name: {list: employers}}]}"), "W324"),
    (criteria("{id: a, kind: degree, school: mcgill, at_most: 0 times}"), "W324"),
    ("lists: {titles: [{id: master}, {id: maitre-boulanger}]}\n" + criteria("{id: a, kind: degree, title: {list: titles}}"), "N325"),
    ("lists: {titles: [llm]}\n" + criteria("{id: a, kind: degree, field: law}"), "N325"),
    ("lists: {states: [FR, ES]}\n" + criteria("{id: a, kind: experience, employer_name: ESA}", "{id: b, kind: citizenship, of: {list: states}}"), "E318"),
    (criteria("{id: a, kind: age, less_than: 32, extended: [{add: 1 year, per: {kind: child}}], never_beyond: 33}"), "E322"),
    (criteria("{id: a, kind: participation, programme: exchange, at_most: 0 times}"), "E323"),
    (criteria("{id: a, kind: experience, more_than: 0 days}"), "E323"),
    (criteria("{id: a, kind: child, at_least: 2}"), "E240"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "code"), NOT_FOUND)
def test_what_can_be_meant_is_left_alone(lines: str, code: str, tmp_path: Path) -> None:
    """None of these lines has the problem named beside it."""
    assert code not in codes_in(lines, tmp_path)


def test_problems_of_the_header_and_of_the_criteria_are_told_in_one_run(tmp_path: Path) -> None:
    """A date that does not exist hides no misspelt key further down, and a criterion may still name the day."""
    found = looked_at(
        rule_file("dates: {deadline: 2024-06-30, start: 2024-02-30}\ncriteria:\n  - {id: a, kind: age, atleast: 18, as_of: start}"),
        tmp_path,
    )
    assert sorted(one.code for one in found) == ["E105", "E203"]


def test_the_expiry_of_a_vacancy_depends_on_the_day(tmp_path: Path) -> None:
    """On the day of the deadline it has not expired; the day after, it has."""
    day = date(2024, 6, 30)
    assert "N312" not in codes_in("dates: {deadline: 2024-06-30}", tmp_path, day)
    assert "N312" in codes_in("dates: {deadline: 2024-06-30}", tmp_path, day + timedelta(days=1))


def test_a_file_made_to_take_long_ends(tmp_path: Path) -> None:
    """Pairs of 1,500 alternatives would take twenty seconds: so many are not compared."""
    members = "".join(f"      - {{kind: experience, at_least: {n + 1} days, tags: [t{n}]}}\n" for n in range(1500))
    started = time.process_time()
    codes_in(f'criteria:\n  - id: many\n    clause: "1"\n    label: {{fr: a, en: b}}\n    any_of:\n{members}', tmp_path)
    assert time.process_time() - started < 2
