"""A criterion of every kind, people whose every fact is exact, and the ways to know less of them.

`people` says everything and to the day; `blurred` coarsens dates, leaves attributes, records and lists out. Whatever the
rules say of the blurred person, the exact one is one of those it may be: the laws on the unknown compare the two.
"""

from __future__ import annotations

import copy
import re
from typing import Any

from hypothesis import strategies as st

from .strategies import EMPLOYERS, FIELDS, REFERENCE, Dict, days, iso, ordinal, precisions, spans

PLACES = ("FR", "CA-QC", "MA", "GB", "DE", "US")

CRITERIA: tuple[Dict, ...] = (
    {"kind": "age", "at_least": 18, "at_most": 35},
    {"kind": "age", "at_most": 30, "counted": "not_past_birthday", "as_of": "start"},
    {"kind": "age", "at_least": 30, "counted": "accomplished", "as_of": "2024-01-01"},
    {"kind": "age", "born": {"from": "1990-04-02"}},
    {"kind": "age", "less_than": 35, "throughout": {"from": "start", "to": "end"}},
    {"kind": "age", "at_most": 28, "extended": [{"add": "1 year", "per": {"kind": "child", "dependent": True}},
     {"add": "length", "of": {"kind": "service", "type": "national_service"}, "up_to": "2 years"},
     {"to": 33, "when": {"kind": "degree", "field": ["law"]}}], "never_beyond": 34},
    {"kind": "citizenship", "of": "EU"},
    {"kind": "citizenship", "of": {"except": ["US"]}},
    {"kind": "citizenship", "of": ["GB", "MA"], "at_least": "2 times"},
    {"kind": "permit", "type": "work", "in": "FR"},
    {"kind": "permit", "in": "FR", "type": ["student", "work"], "more_than": "1 year"},
    {"kind": "permanent_residence", "of": ["CA"]},
    {"kind": "document", "type": "passport", "as_of": "end"},
    {"kind": "document", "type": "passport", "issued": {"within": "5 years", "before": "deadline"}},
    {"kind": "certificate", "type": "driving"},
    {"kind": "domicile", "in": "CA"},
    {"kind": "residence", "in": "EU", "at_least": "1 year"},
    {"kind": "residence", "in": "CA-QC", "at_least": "1 year", "absence_rule": "quebec_health_insurance"},
    {"kind": "residence", "in": "FR", "at_most": "12 months", "during": {"within": "36 months", "before": "deadline"},
     "other_than": [{"reason": "holiday"}], "including": ["work", "study"]},
    {"kind": "residence", "in": "EU", "at_least": "3 years", "unbroken": {"each_gap": {"at_most": "4 months"}, "all_gaps": {"at_most": "8 months"}}},
    {"kind": "degree", "level": {"at_least": 7}, "field": ["law", "ict"]},
    {"kind": "degree", "level": {"at_least": 6}, "years": {"at_least": 3}, "in": "EU"},
    {"kind": "degree", "level": {"at_least": 6}, "as_of": "start"},
    {"kind": "degree", "level": {"at_least": 6}, "as_of": "start", "expected": "accepted"},
    {"kind": "degree", "title": ["maitrise", "doctorat"], "awarded": {"within": "2 years", "before": "start"}},
    {"kind": "degree", "level": 8, "any_date_of": ["awarded", "defended"], "defended": {"at_least": "1 year", "before": "deadline"}},
    {"kind": "degree", "recognised_in": "EU", "gives_access_to": {"at_least": 5}, "grade": {"at_least": {"percent": 75}}},
    {"kind": "degree", "recognised_in": "EU"},
    {"kind": "degree", "in": {"except": ["EU"]}},
    {"kind": "degree", "level": {"at_least": 6}, "as_of": "end"},
    {"kind": "degree", "at_most": "1 time"},
    {"kind": "study", "level": 7, "at_least": "20 credits"},
    {"kind": "study", "taught_in": "en", "at_least": "1 year"},
    {"kind": "enrolment", "level": {"at_least": 6}, "full_time": True, "year": {"at_least": 2}},
    {"kind": "experience", "at_least": "3 years"},
    {"kind": "experience", "at_most": "5 years", "field": "computer_science"},
    {"kind": "experience", "field": ["ict", "law"], "employer": ["public_administration", "intergovernmental_organisation"], "at_least": "1 year"},
    {"kind": "experience", "at_least": "2 years", "during": {"after": {"kind": "degree", "level": {"at_least": 6}, "take": "first"}}},
    {"kind": "experience", "at_least": "2 years", "during": {"kind": "permit", "in": "FR"}},
    {"kind": "experience", "at_least": "3 years", "other_than": [{"type": "internship"}, {"paid": False}]},
    {"kind": "experience", "at_least": "3 years", "limits": [{"type": "internship", "at_most": "6 months"}],
     "also": [{"kind": "study", "level": 8, "completed": True, "at_most": "2 years"}]},
    {"kind": "experience", "at_least": "2 years", "part_time": "excluded"},
    {"kind": "experience", "at_least": "2 years", "part_time": "counts_in_full", "unbroken": True},
    {"kind": "experience", "at_least": "2000 hours", "during": {"within": "5 years", "before": "deadline"}},
    {"kind": "experience", "works_in": "EU", "less_than": "2 years"},
    {"kind": "experience", "contract": "permanent"},
    {"kind": "employment", "employer": "public_sector"},
    {"kind": "employment", "at_least": "12 months", "as_of": "start"},
    {"kind": "employment", "whose": ["parent", "sibling"], "employer": "un_system"},
    {"kind": "language", "of": ["en", "fr"], "level": {"at_least": "C1"}, "skills": ["writing", "reading"]},
    {"kind": "language", "of": ["ar", "en", "fr"], "level": {"at_least": "B2"}, "at_least": 2},
    {"kind": "language", "different": [{"of": "EU", "level": {"at_least": "C1"}}, {"of": "EU", "level": {"at_least": "B2"}}]},
    {"kind": "language", "of": "en", "test": {"ielts": 7}},
    {"kind": "language", "of": "fr", "level": {"said": "fluent"}, "skills": ["speaking"]},
    {"kind": "participation", "programme": "quebec-stages-oig", "at_most": "0 times"},
    {"kind": "participation", "role": "applicant", "at_most": "1 time", "during": {"from": "2015-01-01"}},
    {"kind": "service", "type": "national_service", "at_least": "6 months"},
    {"kind": "leave", "type": "parental", "at_least": "1 month"},
    {"kind": "child", "dependent": True},
    {"kind": "funds", "amount": {"at_least": "3000 EUR"}},
    {"kind": "funds", "amount": {"at_least": "3000 EUR"}, "at_least": "30 days", "ended": {"within": "14 days", "before": "application"}},
    {"kind": "availability", "full_time": True, "at_least": "6 months", "from": "start"},
    {"kind": "declared", "fact": "duties_done"},
    {"all_of": [{"kind": "citizenship", "of": "OECD"}, {"kind": "residence", "in": "OECD"}], "same": "country"},
    {"together": [{"kind": "experience", "whole": "24 months"}, {"kind": "study", "level": 7, "beyond": "20 credits", "whole": "60 credits"}]},
    {"any_of": [{"kind": "degree", "level": {"at_least": 7}}, {"kind": "experience", "at_least": "5 years"}, {"kind": "age", "at_least": 40}],
     "how_many": 2},
    {"none_of": [{"kind": "citizenship", "of": {"chosen": "host"}}, {"kind": "permit", "type": "refugee"}]},
    {"kind": "experience", "at_least": {"by": "grade", "values": {"junior": "1 year", "senior": "4 years"}}},
    {"kind": "experience", "at_least": "2 years", "unless": {"kind": "study", "taught_in": "en", "at_least": "1 year"}},
    {"kind": "degree", "level": {"at_least": 8}, "when": {"kind": "age", "at_least": 30}},
    {"kind": "age", "at_most": 35, "readings": [{"name": "completed", "preferred": True}, {"name": "birthday", "counted": "not_past_birthday"}]},
)  # fmt: skip
"""A criterion of every kind, with every filter, window and way of counting somewhere among them."""

HEADER: Dict = {
    "jurisdiction": "FR",
    "as_of": "deadline",
    "dates": {"deadline": "2025-03-31", "start": "2025-09-01", "end": "2026-02-28"},
    "choices": {
        "host": {"country": True, "asked": "Where?"},
        "grade": {"asked": "Which grade?"},
    },
}

TITLES = tuple(
    (title, place) for title, place in REFERENCE.degree_names() if REFERENCE.degree(title, place).level and REFERENCE.is_term("titles", title)
)
"""Every title that has a meaning of its own somewhere, with the place."""


# ------------------------------------------------------------------------------------------------- people


def _pick(*words: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(words)


@st.composite
def _spell(draw: st.DrawFn, first_key: str = "from", last_key: str = "to", ongoing: bool = True) -> Dict:
    start, end = draw(spans("2015-01-01", "2026-12-31", 1500))
    return {first_key: iso(start), last_key: "ongoing" if ongoing and not draw(st.integers(0, 4)) else iso(end)}


def _record(spell: st.SearchStrategy[Dict], **attributes: st.SearchStrategy[Any]) -> st.SearchStrategy[Dict]:
    return st.builds(lambda dates, rest: {**dates, **rest}, spell, st.fixed_dictionaries(attributes))


def _dated(key: str, first: str = "2012-01-01", last: str = "2026-12-31") -> st.SearchStrategy[Dict]:
    return days(first, last).map(lambda day: {key: iso(day)})


@st.composite
def exact_degrees(draw: st.DrawFn) -> Dict:
    title, place = draw(_pick(*TITLES))
    low, high = REFERENCE.degree(title, place).level or (6, 6)
    awarded = draw(days("2014-01-01", "2025-12-31"))
    return {
        "title": title, "in": place, "level": draw(st.integers(low, high)), "gives_access_to": draw(st.integers(5, 8)),
        "years": REFERENCE.degree(title, place).years or draw(st.integers(1, 5)), "credits": draw(_pick(30, 60, 120)),
        "field": draw(_pick(*FIELDS)), "grade": {"scale": "percent", "value": draw(_pick(60, 75, 90))},
        "recognised_in": draw(_pick(["FR"], ["CA"])), "taught_in": draw(_pick("en", "fr")),
        "awarded": iso(awarded), "defended": iso(awarded - draw(st.integers(0, 400))), "expected": awarded > ordinal("2025-03-31"),
    }  # fmt: skip


@st.composite
def exact_jobs(draw: st.DrawFn) -> Dict:
    rate = draw(_pick(100, 100, 80, 50))
    return {
        **draw(_spell()), "rate": rate, "full_time": rate == 100, "hours_per_week": 35 * rate / 100,
        "employer": draw(_pick(*EMPLOYERS)), "employer_name": draw(_pick("unesco", "own", "ministry")), "in": draw(_pick(*PLACES)),
        "works_in": draw(_pick(*PLACES)), "field": draw(_pick(*FIELDS)), "type": draw(_pick("job", "internship")),
        "contract": draw(_pick("permanent", "fixed_term")), "paid": draw(st.booleans()),
    }  # fmt: skip


_LEVEL = _pick("A2", "B1", "B2", "C1", "C2")


@st.composite
def exact_languages(draw: st.DrawFn) -> Dict:
    """By skill, overall or a mother tongue: one of them, so that leaving a part out leaves it unknown."""
    one: Dict = {"language": draw(_pick("fr", "en", "ar", "de"))}
    one["tests"] = draw(st.lists(st.fixed_dictionaries({"test": _pick("ielts", "toefl_ibt"), "score": _pick(7, 8, 9)}), max_size=1))
    match draw(_pick("skills", "skills", "level", "native")):
        case "skills":
            for skill in ("listening", "reading", "spoken_interaction", "spoken_production", "writing"):
                one[skill] = draw(_LEVEL)
        case "level":
            one["level"] = draw(_LEVEL)
        case _:
            one["native"] = True
    return one


def _some(records: st.SearchStrategy[Dict], most: int = 2) -> st.SearchStrategy[list[Dict]]:
    return st.lists(records, max_size=most)


_JOBS = st.lists(exact_jobs(), max_size=3, unique_by=lambda job: (job["from"], job["rate"]))

people = st.fixed_dictionaries({
    "birth_date": days("1985-01-01", "2008-12-31").map(iso),
    "citizenships": _some(_record(st.one_of(st.just({}), _dated("since"), _spell("since", "until", ongoing=False)), country=_pick(*["FR", "CA", "MA", "GB", "US"]))),
    "permits": _some(_record(_spell("from", "until", ongoing=False), type=_pick("work", "student", "permanent", "refugee"), **{"in": _pick("FR", "CA")})),
    "documents": _some(_record(_spell("issued", "expires", ongoing=False), type=_pick("passport", "identity_card"))),
    "certificates": _some(_record(_spell("issued", "expires", ongoing=False), type=_pick("driving"))),
    "domicile": _pick(*PLACES),
    "residences": _some(_record(_spell(), reason=_pick("work", "holiday"), status=_pick("legal"), **{"in": _pick(*PLACES)}), 3),
    "absences": _some(_record(_spell(ongoing=False), **{"in": _pick("FR")})),
    "degrees": _some(exact_degrees()),
    "studies": _some(_record(_spell(), level=_pick(6, 7, 8), taught_in=_pick("en", "fr"), full_time=st.booleans(),
                             year=_pick(1, 2), credits=_pick(15, 30, 90), completed=st.booleans(), **{"in": _pick(*PLACES)})),
    "experience": _JOBS,
    "languages": st.lists(exact_languages(), max_size=3, unique_by=lambda one: one["language"]),
    "participations": _some(_record(_spell(ongoing=False), programme=_pick("quebec-stages-oig", "exchange"), role=_pick("applicant", "participant"))),
    "service": _some(_record(_spell(ongoing=False), type=_pick("national_service", "civil_service"))),
    "leaves": _some(_record(_spell(ongoing=False), type=_pick("parental"))),
    "children": _some(_record(_dated("born"), dependent=st.booleans())),
    "funds": _some(_record(_spell(), amount=_pick("2000 EUR", "3500 EUR"))),
    "availability": _record(_spell(), full_time=st.booleans()),
    "facts": st.fixed_dictionaries({"duties_done": st.booleans()}),
    "relatives": _some(st.fixed_dictionaries({"relation": _pick("parent", "sibling", "child"), "experience": _some(exact_jobs(), 1)}), 1),
    "applications": st.fixed_dictionaries({"host": _pick("FR", "CA"), "grade": _pick("junior", "senior")}).map(
        lambda choices: [{"vacancy": "post", "choices": choices}]),
})  # fmt: skip
"""People of whom everything is known, to the day."""

# ------------------------------------------------------------------------------------------- knowing less

LIST_NAMES = (
    "citizenships", "permits", "documents", "certificates", "residences", "absences", "degrees", "studies", "experience", "languages",
    "participations", "service", "leaves", "children", "funds", "relatives",
)  # fmt: skip
_DATE_KEYS = frozenset(["birth_date", "since", "until", "from", "to", "issued", "expires", "awarded", "defended", "born"])
_MEANING_WHEN_ABSENT = {
    "citizenships": {"since", "until"}, "permits": {"until"}, "documents": {"expires"}, "certificates": {"expires"},
    "degrees": {"expected"}, "experience": {"works_in"},
}  # fmt: skip
"""The documented exceptions: what these mean when they are left out is said, so leaving them out says something else."""
_NEVER_LEFT_OUT = frozenset({"relation", "vacancy", "test", "score", "scale"})


def _coarse(text: str, step: int) -> str:
    return precisions(ordinal(text))[step] if len(text) == 10 else text[:4]


def _blur_record(draw: st.DrawFn, record: Dict, kept: frozenset[str] | set[str], how_much: int) -> None:
    for key in list(record):
        value = record[key]
        action = draw(st.integers(0, how_much))
        if key in _NEVER_LEFT_OUT or (isinstance(value, list) and key not in ("field", "recognised_in", "tests")):
            continue
        if action == how_much and key not in kept:
            del record[key]
        elif action == how_much - 1 and key in _DATE_KEYS and value != "ongoing":
            record[key] = _coarse(value, draw(st.integers(1, 2)))


def _differ(records: list[Dict]) -> bool:
    """Whether all differ. Equal ones may be one entry written twice; without a key in one of them only, they would be two."""
    return all(one not in records[:index] for index, one in enumerate(records))


@st.composite
def blurred(draw: st.DrawFn, person: Dict, how_much: int = 6) -> Dict:
    """The same person, less well known. The higher `how_much`, the more is kept."""
    less = copy.deepcopy(person)
    incomplete = set(less.get("incomplete", ()))
    for name in list(less):
        value = less[name]
        if name == "incomplete":
            continue
        action = draw(st.integers(0, 3 * how_much))
        if name == "birth_date" and action in (1, 2):
            less[name] = _coarse(value, action)
        elif action == 3 and name != "applications":
            del less[name]
            incomplete.discard(name)
        elif action == 4 and name in LIST_NAMES and value:
            value.pop()
            incomplete.add(name)
        elif name == "applications":
            for application in value:
                _blur_record(draw, application["choices"], set(), how_much)
        elif name in ("facts", "availability"):
            _blur_record(draw, value, set(), how_much)
        elif name == "relatives":
            for relative in value:
                if _differ(jobs := relative.get("experience", [])):
                    for job in jobs:
                        _blur_record(draw, job, _MEANING_WHEN_ABSENT["experience"], how_much)
        elif isinstance(value, list) and _differ(value):
            for record in value:
                earlier = {"from"} if record.get("role") == "applicant" else set()  # an application without a day is an earlier one
                _blur_record(draw, record, _MEANING_WHEN_ABSENT.get(name, earlier), how_much)
    less["incomplete"] = sorted(incomplete)
    return less


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Dict, Dict]:
    """A person, and the same one less well known."""
    person = draw(people)
    return person, draw(blurred(person))


# --------------------------------------------------------------------------------------- telling what is asked

_SKILLS = ("listening", "reading", "spoken_interaction", "spoken_production", "writing")
_STEP = re.compile(r"(\w+)(?:\[(\d*)\])?")


def tell(known: Dict, truth: Dict, path: str) -> bool:
    """Put the fact at `path` of a report's `missing` from the true profile into the known one; whether that says anything new."""
    before = copy.deepcopy(known)
    here, there = known, truth
    steps = [(name, index) for name, index in _STEP.findall(path)]
    for name, index in steps[:-1]:
        if name not in there:
            return False
        if name not in here:
            break
        if f"{name}[" in path:
            position = int(index or 0)
            if position >= len(here[name]):
                return False
            here, there = here[name][position], there[name][position]
        else:
            here, there = here[name], there[name]
    else:
        name = steps[-1][0]
        if name in LIST_NAMES:
            listed = here.setdefault(name, [])
            position = int(steps[-1][1] or len(listed))
            if position < len(listed) and listed[position] in listed[:position]:  # an entry pasted twice: what settles it is to take it away
                del listed[position], there[name][position]
                return True
            listed += copy.deepcopy(there.get(name, [])[len(listed) :])
            if name in here.get("incomplete", ()):
                here["incomplete"] = [one for one in here["incomplete"] if one != name]
            return known != before or name not in before
        for told in (name, *(("level", "native") if name in _SKILLS else ())):
            if told in there:
                here[told] = copy.deepcopy(there[told])
                break
        return known != before
    here[name] = copy.deepcopy(there[name])
    return known != before
