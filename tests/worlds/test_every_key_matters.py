"""Whatever the language accepts has an effect: writing a key changes somebody's answer, or the loader refuses it there.

Each way of writing each key of each kind is drawn, with people near the boundaries of the rule; one of them has to get another
answer when the key is taken away.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from random import Random
from typing import Any

from eligibility.engine import check
from eligibility.loading.models import read_profile, read_vacancy

from .generate import CONTEXTS, leaf, person_for
from .grammar import HEADER, KINDS, OPERATORS, OWN, Atom, atoms
from .language import WINDOW_KEYS
from .record import REFERENCE

ON = date(2025, 3, 15)
RULES, PEOPLE = 12, 30
"""How many rules that show a way of writing a key are drawn, and how many people meet each."""

PLACES = ("while", "moment", "extended of", "extended per", "also", "limits", "other_than", "together")
"""Where a question about records serves something else."""

DEFAULTS: Mapping[str, str] = {
    "* part_time: pro_rata": "the way in which time counts anyway",
    "* expected: not": "a degree that is only announced does not count anyway",
    "* take: latest": "of several records the latest one is looked at anyway",
}
"""Ways of writing a key that say what is so without it."""


def _since(kind: str, first: str, **more: Any) -> Any:
    """A person with one record of the kind that began on a day and goes on."""
    source, days = KINDS[kind].source, KINDS[kind].days
    assert days is not None
    return {source: [{days[0]: first, **({days[1]: "2030-12-31"} if days[1] in ("until", "expires") else {days[1]: "ongoing"}), **more}]}


_FORGIVING = {"kind": "residence", "at_least": "1 year", "unbroken": {"each_gap": {"at_most": "1 month"}, "all_gaps": {"at_most": "2 months"}}}
_HALF_YEAR = {"within": "6 months", "before": {"day": "deadline", "included": True}}
_FRANCE, _MONEY = {"in": "FR"}, {"amount": "3000 EUR"}
_YEARS = {"within": "1 year", "before": "deadline", "extended": [{"add": "1 year", "per": {"kind": "child"}, "up_to": "1 year"}]}
_LARGEST = {"within": "1 year", "before": "deadline", "extended": [{"largest": [
    {"add": "1 year", "per": {"kind": "child"}, "when": {"kind": "degree", "level": 8}}, {"add": "1 month", "when": {"kind": "child"}}]}]}  # fmt: skip

_JUNIOR = {"applications": [{"vacancy": "world", "choices": {"grade": "junior"}}]}
_SENIOR = {"applications": [{"vacancy": "world", "choices": {"grade": "senior"}}]}


def _tested(test: str, score: Any, **more: Any) -> Any:
    """A person who knows English, and has the result of one test."""
    return {"languages": [{"language": "en", "tests": [{"test": test, "score": score}]}], **more}


WITNESSES: tuple[tuple[Any, Any], ...] = (
    *(({"kind": "language", "test": {"delf": "B2", "own-classes": "silver"}}, _tested(*one)) for one in (("delf", "B2"), ("own-classes", "gold"))),
    ({"kind": "language", "test": {"jlpt": "N2"}}, _tested("jlpt", "N3")),
    *(
        ({"kind": "language", "test": {"ielts": {"by": "grade", "values": {"junior": 6.5, "senior": 7}}}}, _tested("ielts", 6.5, **told))
        for told in (_JUNIOR, _SENIOR)
    ),
    *(
        ({"kind": "language", "level": {"at_least": {"by": "grade", "values": {"junior": "B1", "senior": "C1"}}}},
         {"languages": [{"language": "en", "level": "B2"}], **told})
        for told in (_JUNIOR, _SENIOR)
    ),
    *(
        ({"kind": "degree", "grade": {"at_least": {"percent": {"by": "grade", "values": {"junior": 70, "senior": 75}}}}},
         {"degrees": [{"level": 6, "awarded": "2020-06-30", "grade": {"scale": "percent", "value": 72}}], **told})
        for told in (_JUNIOR, _SENIOR)
    ),
    *(
        ({"kind": kind, "at_least": "1 year", "as_of": {"day": day, "included": included}}, _since(kind, first, **more))
        for kind, more in (
            ("experience", {"rate": "100%"}), ("employment", {}), ("study", {}), ("enrolment", {}), ("residence", _FRANCE), ("document", {}),
            ("certificate", {}), ("funds", _MONEY), ("participation", {}), ("service", {}), ("leave", {}),
            *((kind, {}) for kind in KINDS if kind not in OWN),
        )
        for day, included, first in (("start", True, "2024-09-02"), ("deadline", False, "2024-04-01"))
    ),
    ({"kind": "experience", "at_least": "6 months", "during": _HALF_YEAR}, {"experience": [{"from": "2024-10-01", "to": "ongoing", "rate": "100%"}]}),
    ({"kind": "experience", "at_least": "900 hours", "periods": {"at_most": 1}},
     {"experience": [{"from": "2023-01-01", "to": "2023-06-30", "hours": 500}, {"from": "2024-01-01", "to": "2024-06-30", "hours": 500}]}),
    ({"kind": "experience", "at_least": "1000 hours", "full_week": "30 hours"},
     {"experience": [{"from": "2023-01-02", "to": "2023-07-30", "hours_per_week": 40}]}),
    ({"kind": "experience", "rate": {"more_than": 50, "less_than": 80}}, {"experience": [{"from": "2023-01-01", "to": "2023-06-30", "rate": "90%"}]}),
    ({"kind": "experience", "rate": {"more_than": 50, "less_than": 80}}, {"experience": [{"from": "2023-01-01", "to": "2023-06-30", "rate": "50%"}]}),
    ({"kind": "language", "different": [{"of": "EU", "level": {"at_least": "B2"}}, {"of": ["en", "fr"], "level": {"at_least": "B1"}}]},
     {"languages": [{"language": "de", "level": "C1"}, {"language": "fr", "level": "A1"}]}),
    ({"kind": "degree", "as_of": {"day": "start", "included": True}}, {"degrees": [{"awarded": "2025-09-01"}]}),
    ({"kind": "experience", "at_least": "6 months", "counted": "months_of_30_days"},
     {"experience": [{"from": "2024-03-01", "to": "2024-08-27", "rate": "100%"}]}),
    ({"kind": "experience", "at_least": "6 months", "counted": "days"},
     {"experience": [{"from": "2024-03-01", "to": "2024-08-30", "rate": "100%"}]}),
    ({"kind": "funds", "at_least": "1 year", "unbroken": {"all_gaps": {"at_most": "1 month"}}},
     {"funds": [{**_MONEY, "from": "2023-01-01", "to": "2024-05-31"}, {**_MONEY, "from": "2024-06-15", "to": "ongoing"}]}),
    ({"kind": "study", "credits": {"more_than": 30, "less_than": 60}}, {"studies": [{"from": "2023-01-01", "to": "2023-06-30", "credits": 60}]}),
    ({"kind": "degree", "years": {"more_than": 3, "less_than": 5}}, {"degrees": [{"awarded": "2023-01-01", "years": 5}]}),
    ({"kind": "degree", "gives_access_to": {"more_than": 5, "less_than": 8}}, {"degrees": [{"awarded": "2023-01-01", "gives_access_to": 5}]}),
    ({"kind": "participation", "score": {"more_than": 60, "less_than": 80}}, {"participations": [{"from": "2023-01-01", "to": "2023-06-30", "score": 80}]}),
    *(
        ({"kind": "exam", "grade": {operator: {"wassce": limit, "neco": "B3"}}}, {"exams": [{"exam": exam, "subject": "english", "grade": grade, "taken": "2020-06"}]})
        for operator, limit, grade in (("at_least", "C6", "B3"), ("less_than", "B3", "C6")) for exam in ("wassce", "neco")
    ),
    *(
        ({"kind": "exam", "other_than": [{"grade": {"less_than": {"wassce": "B3", "neco": "B3"}}}]}, {"exams": [{"exam": exam, "subject": "english", "grade": "C6", "taken": "2020-06"}]})
        for exam in ("wassce", "neco")
    ),
    *(
        ({"kind": kind, "as_of": {"day": "deadline", **day}}, {source: [{begin: "2025-06-01"}]})
        for kind, source, begin in (("degree", "degrees", "awarded"), ("exam", "exams", "taken"))
        for day in ({"in_its_year": "09-01"}, {"next": "09-01"})
    ),
    ({"kind": "participation", "as_of": {"day": "deadline", "previous": "12-31"}}, {"participations": [{"from": "2025-01-15", "to": "2025-02-15"}]}),
    ({"kind": "exam", "as_of": {"day": "start", "included": True}}, {"exams": [{"exam": "wassce", "taken": "2025-09-01"}]}),
    (_FORGIVING, {"absences": [], "residences": [{"in": "FR", "from": "2024-03-01", "to": "2024-08-31"}, {"in": "FR", "from": "2024-10-15", "to": "ongoing"}]}),
    (_FORGIVING, {"residences": [{"in": "FR", "from": "2024-01-01", "to": "ongoing"}],
                  "absences": [{"from": f"2024-{month}-01", "to": f"2024-{month}-30"} for month in ("06", "09", "11")]}),
    ({"kind": "residence", "at_least": "6 months", "during": {"within": "1 year", "before": "deadline"}, "unbroken": True},
     {"residences": [{"in": "FR", "from": "2024-04-01", "to": "2024-07-31"}, {"in": "FR", "from": "2024-10-01", "to": "2025-01-31"}]}),
    ({"kind": "funds", "amount": {"at_least": "3000 EUR"}, "at_least": "6 months", "during": {"within": "1 year", "before": "deadline"}, "unbroken": True},
     {"funds": [{**_MONEY, "from": "2024-04-01", "to": "2024-07-31"}, {**_MONEY, "from": "2024-10-01", "to": "2025-01-31"}]}),
    ({"kind": "funds", "at_least": "1 year", "unbroken": {"each_gap": {"at_most": "1 month"}}},
     {"funds": [{**_MONEY, "from": "2023-01-01", "to": "2024-05-31"}, {**_MONEY, "from": "2024-06-15", "to": "ongoing"}]}),
    ({"kind": "study", "at_least": "1 year", "unbroken": {"each_gap": {"at_most": "1 month"}, "all_gaps": {"at_most": "2 months"}}},
     {"studies": [{"from": "2023-01-01", "to": "2023-08-31"}, {"from": "2024-01-15", "to": "2024-08-31"}]}),
    ({"kind": "experience", "at_least": "3 years", "during": _YEARS},
     {"experience": [{"from": "2019-01-01", "to": "ongoing", "rate": "100%"}], "children": [{"born": "2020-01-01"}, {"born": "2021-01-01"}]}),
    ({"kind": "participation", "ended": _YEARS},
     {"participations": [{"from": "2022-01-01", "to": "2022-12-31"}], "children": [{"born": "2020-01-01"}, {"born": "2021-01-01"}]}),
    ({"kind": "participation", "ended": _LARGEST},
     {"participations": [{"from": "2022-01-01", "to": "2023-12-31"}], "children": [{"born": "2020-01-01"}], "degrees": []}),
    ({"kind": "participation", "during": {"within": "1 year", "after": {"kind": "service", "type": "national_service"}}},
     {"participations": [{"from": "2022-01-01", "to": "2022-12-31"}], "service": [{"type": "reserve", "from": "2021-01-01", "to": "2021-12-31"}]}),
)  # fmt: skip
"""Criteria and people for whom a key matters that few people meet."""


def _name(kind: str, key: str, path: tuple[str, ...]) -> str:
    """A key inside of another one, which works alike in all kinds and all windows, but that a day may be included (`as_of`)."""
    own = key == "as_of" and path[-1].startswith("included")
    return f"{kind if own else '*'} {' / '.join(('window' if key in WINDOW_KEYS else key, *path))}"


def _form(key: str, value: Any) -> str:
    """What the grammar calls the form in which a witness writes a key."""
    if key == "unbroken":
        return "true" if value is True else "gaps" if len(value) > 1 else next(iter(value)).partition("_")[0]
    if key == "counted":
        return str(value)
    return {"as_of": "included", "periods": "at most", "full_week": "hours"}.get(key, "any")


def _smaller(raw: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """A value without one key of one of its mappings, for each of them, with where it stood."""
    if isinstance(raw, list):
        for index, one in enumerate(raw):
            yield from ((at, [*raw[:index], less, *raw[index + 1 :]]) for at, less in _smaller(one, path))
    if isinstance(raw, dict):
        for key, value in raw.items():
            step = f"{key}={value}".lower() if isinstance(value, bool) else key
            yield (*path, step), {name: other for name, other in raw.items() if name != key}
            yield from ((at, {**raw, key: less}) for at, less in _smaller(value, (*path, step)))


def _without(criterion: Mapping[str, Any], key: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The criterion without the key, and without each key inside of it."""
    yield (), {name: value for name, value in criterion.items() if name != key}
    yield from ((path, {**criterion, key: less}) for path, less in _smaller(criterion[key]) if less != {})


def _rules(atom: Atom) -> Iterator[tuple[Any, str]]:
    """Criteria with the atom, and the key that it is."""
    kind, key, form = atom
    rnd = Random(f"{kind} {key} {form}")
    for _ in range(RULES):
        one = leaf(rnd, atom, extra=rnd.choice([0, 0, 1]))
        if one is not None:
            yield {"id": "c", **one}, next((name for name in OPERATORS if name in one), key) if key == "by" else key


def _read(criterion: Any) -> Any:
    """The vacancy with this one criterion; None where the loader refuses it."""
    vacancy, problems = read_vacancy(copy.deepcopy({**HEADER, "criteria": [criterion]}), REFERENCE)
    return None if any(one.code.startswith("E") for one in problems) else vacancy


def _verdict(vacancy: Any, profile: Any) -> tuple[str, ...]:
    report = check(vacancy, profile, ON, REFERENCE)
    lots = [track.findings for track in report.tracks] or [report.findings]
    return tuple(str(one.verdict) for findings in lots for one in findings)


class Found:
    """The keys that were accepted and could have been left out, and those of them that changed somebody's answer."""

    def __init__(self) -> None:
        self.tried: set[str] = set()
        self.active: set[str] = set()

    def meet(self, criterion: Any, keys: Mapping[str, str], people: Iterable[Any]) -> None:
        """One criterion, with what to call its keys, and the people who meet it."""
        written = _read(criterion)
        if written is None:
            return
        shorter = {}
        for key, called in keys.items():
            for path, without in _without(criterion, key):
                name = called if not path else _name(criterion["kind"], key, path)
                if name not in self.active and (bare := _read(without)) is not None:
                    shorter[name] = bare
        self.tried |= set(shorter)
        for person in people if shorter else ():
            profile, _ = read_profile(person, REFERENCE)
            if profile is not None:
                answer = _verdict(written, profile)
                self.active |= {name for name, bare in shorter.items() if name not in self.active and _verdict(bare, profile) != answer}
            if set(shorter) <= self.active:
                break

    def draw(self, atom: Atom) -> None:
        """Criteria that show an atom, until it has changed an answer."""
        called = f"{atom[0]} {atom[1]}: {atom[2]}"
        for index, (criterion, key) in enumerate(_rules(atom)):
            rnd = Random(index)
            rule = {**HEADER, "criteria": [criterion]}
            self.meet(criterion, {key: called}, (person_for(rnd, rule, ON, exact=index % 2 > 0) for index in range(PEOPLE)))
            if called in self.active and index > 2:
                break


def _standing(atom: Atom, place: str) -> Iterator[tuple[Any, Any]]:
    """Criteria in which the atom stands in a window, a moved limit, a credit or another such place; each with the same without it."""
    rnd = Random(f"{atom} {place}")
    for index in range(RULES):
        one = leaf(rnd, atom)
        if one is None or atom[1] not in one:
            continue
        wrapped = [CONTEXTS[place](Random(index), raw) for raw in (one, {key: value for key, value in one.items() if key != atom[1]})]
        if None not in wrapped and wrapped[0] != wrapped[1]:
            yield tuple({"id": "c", **criterion} for criterion, _ in wrapped)  # type: ignore[misc]  # none is None here


def test_every_key_that_a_place_accepts_changes_an_answer() -> None:
    """A question that serves something else (a window, a day, a moved limit, a credit, a part) honours each key that it may have there."""
    tried, active = set(), set()
    for atom in atoms():
        for place in PLACES if atom[0] in KINDS else ():
            name = f"{place}: {atom[1]}"
            for index, (criterion, without) in enumerate(_standing(atom, place)):
                if name in active:
                    break
                written, bare = _read(criterion), _read(without)
                if written is None or bare is None:
                    continue
                tried.add(name)
                rnd = Random(index)
                for _ in range(PEOPLE):
                    profile, _ = read_profile(person_for(rnd, {**HEADER, "criteria": [criterion]}, ON), REFERENCE)
                    if profile is not None and _verdict(written, profile) != _verdict(bare, profile):
                        active.add(name)
                        break
    assert tried - active == set()


def test_every_key_that_is_accepted_changes_an_answer() -> None:
    """No key, in no form, is accepted and does nothing."""
    found = Found()
    for criterion, person in WITNESSES:
        keys = {key: f"{criterion['kind']} {key}: {_form(key, value)}" for key, value in criterion.items() if key != "kind"}
        found.meet({"id": "c", **criterion}, keys, [person])
    for atom in atoms():
        if atom[1] and atom[0] != "judged":
            found.draw(atom)
    idle = sorted(name for name in found.tried - found.active if not name.endswith(": any"))
    assert [name for name in idle if name not in DEFAULTS and "* " + name.partition(" ")[2] not in DEFAULTS] == []
