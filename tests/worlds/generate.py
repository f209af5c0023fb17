"""Rules over the whole grammar, and people near every boundary of the rule they meet.

Everything is drawn from a `random.Random`: a seeded one for long runs, one of Hypothesis (`st.randoms`) for tests that shrink.
A *target* is what a case has to show: an atom in a context, or two atoms of one kind together. Going through `targets()` covers
every such pair.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple

from dateutil.relativedelta import relativedelta

from .calendar_days import STEPS, age_in_months, ages_of, amount, stepped
from .grammar import (
    AMOUNTS,
    AS_OF,
    EXTENSIONS,
    HEADER,
    HEIGHTS,
    KINDS,
    NEEDS_TIME,
    OPERATORS,
    OPTIONS,
    RECORD_DATE,
    STATEMENTS,
    THROUGHOUT,
    WEIGHTS,
    WHILE,
    WINDOWS,
    Atom,
    Kind,
    atoms,
)

Dict = dict[str, Any]


_RESULTS: tuple[tuple[str, tuple[Any, ...]], ...] = (
    ("ielts", (6.5, 7)), ("toefl_ibt", (94, 95)), ("jlpt", ("N3", "N2", 120)), ("delf", ("B1", "B2")), ("own-classes", ("bronze", "Silver", "tin")),
)  # fmt: skip
TESTS = tuple({"test": test, "score": score} for test, scores in _RESULTS for score in scores)


class Target(NamedTuple):
    """What a case has to show: an atom, and the context it stands in or the atom it stands with."""

    atom: Atom
    context: str = "top"
    other: Atom | None = None


class Meeting(NamedTuple):
    """A person, and the day on which they apply."""

    person: Dict
    on: date


class Drawn(NamedTuple):
    """A rule file with one criterion, people who meet it, and what the case shows."""

    rule: Dict
    meetings: tuple[Meeting, ...]
    target: Target


PEOPLE = 10
"""How many people meet each rule: two of three say everything that is asked of them, so that there is one world to look at."""


# ------------------------------------------------------------------------------------------------- criteria


def leaf(rnd: Random, *wanted: Atom, extra: int = 0) -> Dict | None:
    """A criterion of one kind with these atoms in it; None where they cannot stand together."""
    name = wanted[0][0]
    if name in STATEMENTS:
        found: Dict = {"kind": name}
        for _, key, form in wanted:
            part = STATEMENTS[name][form](rnd) if not key else {key: (AS_OF if key == "as_of" else THROUGHOUT)[form](rnd)}
            if set(part) & set(found):
                return None
            found |= part
        if name == "age" and not {*OPERATORS, "born"} & set(found):
            found |= {"at_least": rnd.choice([18, 30])}
        return None if {"as_of", "throughout"} <= set(found) else found
    kind = KINDS[name]
    found = {"kind": name}
    for _, key, form in wanted:
        if not _put(rnd, found, kind, key, form):
            return None
    for _ in range(extra):
        key = rnd.choice(list(kind.keys))
        forms = kind.keys[key].forms
        if key not in found:
            _put(rnd, found, kind, key, rnd.choice(list(forms)))
    return _complete(rnd, found, kind)


def _put(rnd: Random, found: Dict, kind: Kind, key: str, form: str) -> bool:
    """Write one atom into a criterion; false where its place is taken by something else."""
    if key in found or (key == "by" and set(OPERATORS) & set(found)):
        return False
    if key in kind.keys:
        found[key] = kind.keys[key].forms[form](rnd)
    elif key in OPERATORS:
        amount = AMOUNTS[form](rnd)
        if any(_measure(found[one]) != form for one in OPERATORS if one in found):
            return False
        if any(one in found for one in OPERATORS):  # two bounds: something to reach and something not to exceed
            low = next(one for one in (*OPERATORS, key) if one in found)
            if {low, key} not in ({"at_least", "at_most"}, {"at_least", "less_than"}, {"more_than", "at_most"}):
                return False
            first, second = sorted((found[low], amount), key=_size)
            if _size(first) >= _size(second):
                return False
            upper = key if key in ("at_most", "less_than") else low
            found[upper], found[key if upper == low else low] = second, first
            return True
        found[key] = amount
    elif key == "by":
        found[rnd.choice(["at_least", "at_most"])] = {"by": rnd.choice(["track"]), "values": {"external": "2 years", "internal": "6 months"}}
    elif key == "during":
        found["during"] = (WINDOWS | WHILE)[form](rnd)
    elif key == "extended":
        found["extended"] = [EXTENSIONS[form](rnd)]
    elif key == "other_than":
        filters = [one for one, known in kind.keys.items() if known.values and one not in found]
        if not filters:
            return False
        one = rnd.choice(filters)
        plain = rnd.choice(list(kind.keys[one].forms))
        found["other_than"] = [{one: kind.keys[one].forms[plain](rnd)}]
    elif key == "as_of":
        found["as_of"] = AS_OF[form](rnd)
    elif key == "throughout":
        found["throughout"] = THROUGHOUT[form](rnd)
    else:
        found[key] = OPTIONS[key][form](rnd)
    return True


def _complete(rnd: Random, found: Dict, kind: Kind) -> Dict | None:
    """Add what the keys that are there ask for; None where they refuse each other. A window does not rest on the records it is for."""
    windows = [window for key in ("during", *kind.keys) if isinstance(window := found.get(key), dict)]
    if any(KINDS[one["kind"]].source == kind.source for window in windows for one in dict_walk(window) if one.get("kind") in KINDS):
        return None
    bounded = [one for one in OPERATORS if one in found]
    if "credits" in found and any(_measure(found[one]) == "credits" for one in bounded):
        return None  # what is added up is known then, though no record says it
    if "valid" in found and "test" not in found:
        found["test"] = {"ielts": 7}
    if "skills" in found and "level" not in found:
        found["level"] = {"at_least": "B2"}
    if "take" in found and not {"awarded", "defended"} & set(found):
        found["awarded"] = WINDOWS["within before"](rnd)
    needs_time = {*NEEDS_TIME} & set(found) or "extended" in found or ("during" in found and "time" in kind.measures and not bounded)
    if "of_which" in found:
        if {"at_most", "less_than", "absence_rule"} & set(found):
            return None
        if not bounded:
            found["at_least"] = AMOUNTS["time"](rnd)
            bounded = ["at_least"]
        if kind.source != "residences" or "during" in found or "ended" in found:
            found.setdefault("unbroken", OPTIONS["unbroken"][rnd.choice(["true", "true", "gaps"])](rnd))
    if "periods" in found:
        needs_time = False
        if not bounded:
            found["at_least"] = "900 hours"
        elif any(_measure(found[one]) != "hours" for one in bounded):
            return None
    if "full_week" in found and not bounded:
        found["at_least"] = rnd.choice(["900 hours", "1 year"])
    if "from" in found and not bounded:
        found["at_least"] = "6 months"
    if needs_time:
        if any(_measure(found[one]) != "time" for one in bounded):
            return None
        if not bounded:
            found[rnd.choice(["at_least", "at_least", "at_most"])] = AMOUNTS["time"](rnd)
    if "whose" in found and not {*OPERATORS, "extended"} & set(found) and rnd.random() < 0.5:
        found[rnd.choice(["at_least", "at_most"])] = rnd.choice(["1 relative", "2 relatives"])
    if "sittings" in found:
        if bounded:
            return None
        found[rnd.choice(["at_least", "more_than"])] = found["sittings"]["at_most"] + rnd.choice([1, 1, 2])
    if {"among_them", "sittings"} & set(found) and {"at_most", "less_than", "take", "whose"} & set(found):
        return None
    if {"as_of", "throughout"} <= set(found):
        return None
    if "different" in found and ({"of", "level", "skills"} | set(OPERATORS)) & set(found):
        return None
    return found


def _measure(amount: Any) -> str:
    text = next(iter(amount["values"].values())) if isinstance(amount, dict) else str(amount)
    unit = text.split()[-1].rstrip("s")
    return {"time": "count", "relative": "relatives", "hour": "hours", "credit": "credits"}.get(unit, "time")


def _size(amount: Any) -> float:
    if isinstance(amount, dict):
        return 0
    each = {"day": 1.0, "week": 7.0, "month": 30.5, "year": 365.2, "time": 1.0, "hour": 1.0, "credit": 1.0, "relative": 1.0}
    return sum(float(number) * each[unit.rstrip("s")] for number, unit in re.findall(r"(\d+) (\w+)", str(amount)))


def simple(rnd: Random) -> Dict:
    """A short criterion to stand beside another one."""
    while True:
        found = leaf(rnd, rnd.choice(_SIMPLE))
        if found is not None:
            return found


_SIMPLE: tuple[Atom, ...] = (
    ("age", "", "at least"), ("age", "", "at most"), ("citizenship", "of", "id"), ("citizenship", "of", "group"), ("degree", "level", "at least"),
    ("service", "type", "id"), ("experience", "at_least", "time"), ("experience", "field", "id"), ("language", "level", "at least"),
    ("declared", "", "true"), ("choice", "", "option"), ("child", "dependent", "true"), ("permit", "type", "id"),
)  # fmt: skip

# ------------------------------------------------------------------------------------------------- contexts

Wrap = Callable[[Random, Dict], tuple[Dict, Dict] | None]
"""From a criterion to the criterion it stands in, and what it adds to the header; None where it cannot stand there."""


def _plain_filters(one: Dict) -> Dict:
    """The filters of a record criterion, without its day, bounds and ways of counting."""
    return {key: value for key, value in one.items() if key in KINDS[one["kind"]].keys}


def _is_timed(one: Dict) -> bool:
    kind = KINDS.get(one.get("kind", ""))
    return kind is not None and "time" in kind.measures


def _group(key: str, **more: Any) -> Wrap:
    def wrap(rnd: Random, one: Dict) -> tuple[Dict, Dict]:
        members = [one, *[simple(rnd) for _ in range(rnd.choice([1, 1, 2]))]]
        rnd.shuffle(members)
        return {key: members, **more}, {}

    return wrap


def _beside(key: str) -> Wrap:
    """As the condition, exception or derogation of another criterion."""
    return lambda rnd, one: ({**simple(rnd), key: one}, {})


def _carrying(key: str) -> Wrap:
    """With a condition, exception or derogation of its own."""
    return lambda rnd, one: ({**one, key: simple(rnd)}, {})


def _met(rnd: Random, one: Dict) -> tuple[Dict, Dict]:
    return {"met": "aside"}, {"conditions": [{"id": "aside", **one}]}


def _met_in_group(rnd: Random, one: Dict) -> tuple[Dict, Dict]:
    return {"any_of": [{"met": "aside"}, simple(rnd)]}, {"conditions": [{"id": "aside", **one}]}


def _readings(rnd: Random, one: Dict) -> tuple[Dict, Dict] | None:
    if "as_of" in one or "throughout" in one or one["kind"] in ("declared", "judged", "choice", "day", "language", "domicile"):
        replaced: Dict = {"importance": "desirable"}
    else:
        replaced = {"as_of": rnd.choice(["start", "2024-06-30"])}
    out = [key for key in ("during", "part_time", "limits", "other_than", "field", "in") if key in one]
    if "importance" not in replaced and out and rnd.random() < 0.5:
        replaced["without"] = rnd.choice(out)
    return {**one, "readings": [{"name": "usual", "preferred": True}, {"name": "other", **replaced}]}, {}


def _while(rnd: Random, one: Dict) -> tuple[Dict, Dict] | None:
    if not _is_timed(one) or "throughout" in one or any(key in one for key in ("as_of", *OPERATORS)) or one["kind"] == "availability":
        return None
    return {"kind": "experience", "at_least": rnd.choice(["6 months", "1 year"]), "during": one}, {}


def _moment(rnd: Random, one: Dict) -> tuple[Dict, Dict] | None:
    if one["kind"] not in KINDS or KINDS[one["kind"]].days is None or set(one) - {"kind", *KINDS[one["kind"]].keys}:
        return None
    if one["kind"] in ("availability", "domicile"):
        return None
    return {"kind": "experience", "at_least": rnd.choice(["6 months", "1 year"]), "during": {"after": {**one, "take": rnd.choice(["first", "latest"])}}}, {}


def _extended_of(rnd: Random, one: Dict) -> tuple[Dict, Dict] | None:
    if not _is_timed(one) or any(key in one for key in ("as_of", "throughout", *OPERATORS, "during")):
        return None
    return {"kind": "age", "at_most": 30, "extended": [{"add": "length", "of": one, **({"up_to": "1 year"} if rnd.random() < 0.4 else {})}]}, {}


def _extended_per(rnd: Random, one: Dict) -> tuple[Dict, Dict] | None:
    if one["kind"] not in KINDS or any(key in one for key in ("as_of", "throughout", "during", *OPERATORS)):
        return None
    return {"kind": "age", "at_most": 30, "extended": [{"add": "1 year", "per": one}]}, {}


def _extended_when(rnd: Random, one: Dict) -> tuple[Dict, Dict]:
    return {"kind": "age", "at_most": 30, "extended": [{"to": 33, "when": one}]}, {}


def _also(rnd: Random, one: Dict) -> tuple[Dict, Dict] | None:
    if not _is_timed(one) or any(key in one for key in ("as_of", "throughout", "also", "limits", *OPERATORS)) or one["kind"] in ("experience", "availability"):
        return None
    return {"kind": "experience", "at_least": "1 year", "also": [{**one, "at_most": "6 months"} if rnd.random() < 0.6 else one]}, {}


def _limits(rnd: Random, one: Dict) -> tuple[Dict, Dict] | None:
    if one["kind"] not in KINDS or KINDS[one["kind"]].source not in ("experience", "studies") or not _plain_filters(one):
        return None
    kind = "experience" if KINDS[one["kind"]].source == "experience" else "study"
    return {"kind": kind, "at_least": "1 year", "limits": [{**_plain_filters(one), "at_most": "3 months"}]}, {}


def _other_than(rnd: Random, one: Dict) -> tuple[Dict, Dict] | None:
    if one["kind"] not in KINDS or not _plain_filters(one):
        return None
    found: Dict = {"kind": one["kind"], "other_than": [_plain_filters(one)]}
    return found | ({"at_least": "1 year"} if _is_timed(one) and rnd.random() < 0.5 else {}), {}


def _together(rnd: Random, one: Dict) -> tuple[Dict, Dict] | None:
    if not _is_timed(one) or any(key in one for key in ("as_of", "throughout", *OPERATORS)) or one["kind"] == "availability":
        return None
    part = {**one, "whole": rnd.choice(["12 months", "2 years", "52 weeks"]), **({"beyond": "1 month"} if rnd.random() < 0.25 else {})}
    other = {"kind": "degree", "whole": "60 credits"} if rnd.random() < 0.5 else {"kind": "service", "whole": "12 months"}
    return {"together": [part, other]}, {}


def _same(rnd: Random, one: Dict) -> tuple[Dict, Dict] | None:
    if one["kind"] not in ("citizenship", "residence", "permit", "experience", "employment") or "throughout" in one:
        return None
    other = rnd.choice([{"kind": "citizenship", "of": "OECD"}, {"kind": "residence", "in": "OECD"}, {"kind": "experience", "in": ["FR", "CA"]}])
    if one["kind"] in ("experience", "employment") and rnd.random() < 0.6:
        return {"all_of": [one, {"kind": "experience", "at_least": "6 months"}], "same": "employer"}, {}
    return {"all_of": [one, other], "same": "country"}, {}


def _whose(rnd: Random, one: Dict) -> tuple[Dict, Dict] | None:
    if one["kind"] not in KINDS or "whose" in one or one["kind"] in ("domicile", "availability"):
        return None
    several = {key: f"{amount(one[key]).value:g} relatives" for key in OPERATORS if key in one and _measure(one[key]) in ("count", "number")}
    if not several and rnd.random() < 0.3:
        return {**one, "whose": "both_parents"}, {}
    unclear = KINDS[one["kind"]].source in ("citizenships", "languages") or rnd.random() < 0.5
    return {**one, **(several if unclear else {}), "whose": ["parent", "sibling"]}, {}


def _same_relative(rnd: Random, one: Dict) -> tuple[Dict, Dict] | None:
    found = _whose(rnd, one)
    if found is None or "both_parents" in repr(found[0]) or "relative" in repr(found[0]) or "throughout" in one:
        return None
    other = rnd.choice([{"kind": "citizenship", "of": "OECD"}, {"kind": "residence", "in": "FR"}, {"kind": "employment"}])
    members = [found[0], {**other, "whose": ["parent", "sibling"]}]
    if rnd.random() < 0.3:
        members[0] = {"none_of": [members[0]]}
    return {"all_of": members, "same": "relative"}, {}


def _none_of_alone(rnd: Random, one: Dict) -> tuple[Dict, Dict]:
    return {"none_of": [one]}, {}


def _group_day(rnd: Random, one: Dict) -> tuple[Dict, Dict]:
    return {"all_of": [one, simple(rnd)], "as_of": rnd.choice(["start", "2024-06-30"])}, {}


def _by_choice(rnd: Random, one: Dict) -> tuple[Dict, Dict] | None:
    """With one of its values, or with a value inside its window, that depends on a choice."""
    kind = KINDS.get(one["kind"])
    choice, *options = rnd.choice([("track", "external", "internal"), ("grade", "junior", "senior")])

    def changing(value: Any, other: Any) -> Dict:
        return {"by": choice, "values": dict(zip(options, rnd.sample([value, other], 2), strict=True))}

    forms: dict[str, Any] = {"as_of": AS_OF}
    if kind is not None:
        forms |= {"during": WINDOWS, **OPTIONS, **{key: known.forms for key, known in kind.keys.items()}}
    if rnd.random() < 0.15:
        if rnd.random() < 0.5:
            return {"any_of": [one, simple(rnd), simple(rnd)], "how_many": changing(1, 2)}, {}
        return {"all_of": [one, simple(rnd)], "as_of": changing("start", rnd.choice(["2024-06-30", "application"]))}, {}
    keys = [key for key in one if key in forms and key != "sittings"]
    if not keys:
        return None
    key = rnd.choice(keys)
    value = one[key]
    inside = [name for name in ("within", "from", "to", "before", "after") if isinstance(value, dict) and isinstance(value.get(name), str)]
    if inside and rnd.random() < 0.6:
        name = rnd.choice(inside)
        other = rnd.choice(["3 months", "3 years"]) if name == "within" else rnd.choice(["application", "deadline", "2024-02-29"])
        return {**one, key: {**value, name: changing(value[name], other)}}, {}
    return {**one, key: changing(value, forms[key][rnd.choice(list(forms[key]))](rnd))}, {}


def _vague_day(rnd: Random, one: Dict) -> tuple[Dict, Dict]:
    """On a day that is not known."""
    day = rnd.choice([{"from": "2025-07-01", "to": "2025-09-30"}, "2025-09", {"asked": "When?"}])
    return {**one, **({} if "as_of" in one or "throughout" in one else {"as_of": "start"})}, {"dates": {**HEADER["dates"], "start": day}}


def _day_of_option(rnd: Random, one: Dict) -> tuple[Dict, Dict]:
    """On a day that an option decides: the deadline, on which it is counted, or the start, of which it speaks."""
    name = rnd.choice(["deadline", "deadline", "start"])
    early, late = rnd.choice([("2025-03-15", "2025-03-31"), ("2024-12-31", "2025-06-30"), ("2025-03-31T12:00", "2025-04-01")])
    days = {name: {"by": "grade", "values": dict(zip(rnd.sample(["junior", "senior"], 2), (early, late), strict=True))}}
    asked = {} if name == "deadline" or "as_of" in one or "throughout" in one else {"as_of": "start"}
    return {**one, **asked}, {"dates": {**HEADER["dates"], **days}}


CONTEXTS: Mapping[str, Wrap] = {
    "top": lambda rnd, one: (one, {}),
    "all_of": _group("all_of"),
    "any_of": _group("any_of"),
    "any_of two": _group("any_of", how_many=2),
    "none_of": _group("none_of"),
    "none_of alone": _none_of_alone,
    "group day": _group_day,
    "as when": _beside("when"),
    "as unless": _beside("unless"),
    "as derogation": _beside("derogation"),
    "with when": _carrying("when"),
    "with unless": _carrying("unless"),
    "with derogation": _carrying("derogation"),
    "met": _met,
    "met in a group": _met_in_group,
    "readings": _readings,
    "while": _while,
    "moment": _moment,
    "extended of": _extended_of,
    "extended per": _extended_per,
    "extended when": _extended_when,
    "also": _also,
    "limits": _limits,
    "other_than": _other_than,
    "together": _together,
    "same": _same,
    "whose": _whose,
    "same relative": _same_relative,
    "vague day": _vague_day,
    "by choice": _by_choice,
    "day of an option": _day_of_option,
}


def targets() -> list[Target]:
    """Every atom in every context, and every two atoms of one kind (of different keys) together, where they can stand so."""
    every = atoms()
    found = [Target(atom, context) for atom in every for context in CONTEXTS if _possible(atom, context)]
    for index, first in enumerate(every):
        for second in every[index + 1 :]:
            if second[0] == first[0] and second[1] != first[1]:
                found.append(Target(first, "top", second))
    return found


def _possible(atom: Atom, context: str) -> bool:
    rnd = Random(1)
    for _ in range(8):
        one = leaf(rnd, atom)
        if one is not None and CONTEXTS[context](rnd, one) is not None:
            return True
    return False


def rule_for(rnd: Random, target: Target) -> Dict | None:
    """A rule file with one criterion that shows the target; None where this draw cannot."""
    wanted = (target.atom,) if target.other is None else (target.atom, target.other)
    one = leaf(rnd, *wanted, extra=rnd.choice([0, 0, 1]) if target.atom[0] in KINDS and target.other is None else 0)
    if one is None:
        return None
    wrapped = CONTEXTS[target.context](rnd, one)
    if wrapped is None:
        return None
    criterion, more = wrapped
    rule = {**HEADER, **more, "criteria": [{"id": "c", **criterion}]}
    text = repr((rule["criteria"], rule.get("conditions"), rule["dates"]))
    rule["tables"] = {name: lines for name, lines in rule["tables"].items() if f"'{name}'" in text}
    text += repr(rule["tables"])
    for part in ("choices", "lists"):
        rule[part] = {name: value for name, value in rule[part].items() if f"'{name}'" in text}
    if "chosen" in text:
        rule["choices"] |= {"track": HEADER["choices"]["track"]}
    return copy.deepcopy({key: value for key, value in rule.items() if value != {}})


# --------------------------------------------------------------------------------------------------- people


def dict_walk(raw: Any) -> Iterator[Dict]:
    """Every mapping inside a value."""
    if isinstance(raw, dict):
        yield raw
        for value in raw.values():
            yield from dict_walk(value)
    elif isinstance(raw, list):
        for value in raw:
            yield from dict_walk(value)


_LENGTH = re.compile(r"(\d+) (year|month|week|day)s?")


def lengths(raw: Any) -> list[relativedelta]:
    """Every length of time a rule writes."""
    texts = [value for one in dict_walk(raw) for value in one.values() if isinstance(value, str)]
    found = []
    for text in texts:
        parts = _LENGTH.findall(text)
        if parts:
            found.append(relativedelta(**{f"{unit}s": int(number) for number, unit in parts}))
    return found


def boundaries(rule: Dict, on: date) -> list[date]:
    """The days around which an answer may change: days of the rule, and the days its lengths before and after them."""
    text = repr(rule["criteria"]) + repr(rule.get("conditions", ""))
    years = [relativedelta(years=2)] if "valid" in text else []  # for which results of tests are good
    anchors = {date.fromisoformat(day) for day in re.findall(r"\d{4}-\d\d-\d\d", text)}
    anchors |= {date.fromisoformat(day) for day in re.findall(r"\d{4}-\d\d-\d\d", repr(rule["dates"]))}
    anchors |= {on}
    steps = [one for one in dict_walk(rule["criteria"]) if {*STEPS} & {*one}]
    anchors |= {date.fromordinal(stepped(day.toordinal(), one)) for one in steps for day in sorted(anchors)}
    found = set(anchors)
    for length in (*lengths([rule["criteria"], rule.get("conditions", [])]), *years):
        found |= {day - length for day in anchors} | {day + length for day in anchors}
    return sorted(found)


def _tables_of(rule: Dict, asked: list[Dict]) -> list[list[Dict]]:
    """The tables that some bound of a rule names."""
    return [lines for name, lines in (rule.get("tables") or {}).items() if any(one.get("table") == name for one in dict_walk(asked))]


def person_for(rnd: Random, rule: Dict, on: date, exact: bool = False) -> Dict:
    """A person whose days lie near the boundaries of the rule; of one who is not `exact` not everything need be known."""
    asked = list(dict_walk([rule["criteria"], rule.get("conditions", [])]))
    kinds = {one["kind"] for one in asked if one.get("kind") in KINDS}
    near = boundaries(rule, on)
    spans = lengths([rule["criteria"], rule.get("conditions", [])]) or [relativedelta(years=1)]
    draw = _People(rnd, near, spans, _used_keys(asked), exact)
    person: Dict = {}
    if any("including" in one for one in asked):
        kinds |= {"experience", "study"}
    for source in sorted({KINDS[name].source for name in kinds}):
        if not exact and rnd.random() < 0.1:
            continue  # nothing is said of it
        person |= draw.source(next(kind for kind in KINDS.values() if kind.source == source))
        if not exact and rnd.random() < 0.12 and source not in ("domicile", "availability"):
            person.setdefault("incomplete", []).append(source)
    if "residence" in kinds and any("unbroken" in one for one in asked) and (exact or rnd.random() < 0.7):
        person["absences"] = [draw.absence() for _ in range(rnd.choice([0, 0, 1]))]
    aged = [{"kind": "age", **line["age"]} for lines in _tables_of(rule, asked) for line in lines if "age" in line]
    if any(one.get("kind") == "age" for one in [*asked, *aged]) and (exact or rnd.random() < 0.9):
        person["birth_date"] = draw.birth([*asked, *aged])
    lines = [line for lines in _tables_of(rule, asked) for line in lines]
    facts = sorted({one["fact"] for one in asked if one.get("kind") == "declared"} | {name for line in lines for name in line if name in ("full_rights", "weight_kg")})
    if facts and (exact or rnd.random() < 0.7):
        numbers = {"height_cm": HEIGHTS, "weight_kg": WEIGHTS}
        person["facts"] = {
            fact: rnd.choice(numbers[fact]) if fact in numbers and (exact or rnd.random() < 0.9) else rnd.random() < 0.5
            for fact in facts if exact or rnd.random() < 0.9
        }
    if any("whose" in one for one in asked) and (exact or rnd.random() < 0.85):
        kin = [KINDS[one["kind"]] for one in asked if "whose" in one and one.get("kind") in KINDS]
        person["relatives"] = [
            {"relation": rnd.choice(["parent", "sibling", "spouse"]), **draw.related(), **draw.sources(kin)} for _ in range(rnd.choice([0, 1, 1, 2]))
        ]
    application: Dict = {"vacancy": rule["id"]}
    choices = {}
    text = repr((rule["criteria"], rule.get("conditions", ""), _tables_of(rule, asked), rule["dates"]))
    for name, options in (("track", ("external", "internal")), ("grade", ("junior", "senior")), ("host", ("FR", "CA", "GB")),
                          ("home", ("FR", "CA", "CA-QC")), ("second", ("internal", "third"))):
        if (f"'{name}'" in text or (name == "track" and "chosen" in text)) and (exact or rnd.random() < 0.7):
            choices[name] = rnd.choice(options)
    if choices:
        application["choices"] = choices
    if "derogation" in text and rnd.random() < 0.6:
        application["derogations"] = {"c": rnd.choice(["granted", "refused"])}
    if "asked" in repr(rule["dates"]) and (exact or rnd.random() < 0.4):
        application["dates"] = {"start": rnd.choice(["2025-09-01", "2025-08-15"] if exact else ["2025-09-01", "2025-09", "2025-08-15"])}
    if len(application) > 1:
        person["applications"] = [application]
    _name_children(rnd, person, exact)
    if not exact:
        _blur(rnd, person)
    return person


def _name_children(rnd: Random, person: Dict, exact: bool) -> None:
    """Says of some leaves for which child they were."""
    for leave in person.get("leaves") or []:
        until = date.max if leave["to"] == "ongoing" else date.fromisoformat(leave["to"])
        born = [one["born"] for one in person.get("children") or [] if not exact or date.fromisoformat(one["born"]) <= until]
        if born and rnd.random() < 0.5:
            leave["child"] = rnd.choice(born)


def _used_keys(asked: list[Dict]) -> dict[str, set[str]]:
    """The fields of the records of each list that the rule looks at; others are rarely said."""
    found: dict[str, set[str]] = {}
    for one in asked:
        for name in KINDS.values() if "kind" not in one else [KINDS[one["kind"]]] if one["kind"] in KINDS else []:
            fields = found.setdefault(name.source, set())
            fields |= {known.field for key, known in name.keys.items() if key in one and known.field}
    return found


class _People:
    """Draws the records of one person."""

    def __init__(self, rnd: Random, near: list[date], spans: list[relativedelta], used: Mapping[str, set[str]], exact: bool) -> None:
        self.rnd, self.near, self.spans, self.used, self.exact = rnd, near, spans, used, exact

    def day(self) -> date:
        rnd = self.rnd
        if rnd.random() < 0.75:
            return rnd.choice(self.near) + timedelta(days=rnd.choice([-1, 0, 0, 1]))
        return date(2018, 1, 1) + timedelta(days=rnd.randrange(3200))

    def span(self) -> tuple[date, date]:
        """A first and a last day: often as long as a length of the rule, give or take a day, or as half of it."""
        rnd = self.rnd
        if rnd.random() < 0.55:
            length = rnd.choice(self.spans)
            if rnd.random() < 0.25:
                length = relativedelta(days=((date(2023, 1, 1) + length) - date(2023, 1, 1)).days // 2)
            if rnd.random() < 0.15:
                length = length + length
            slack = timedelta(days=rnd.choice([-1, 0, 0, 1]))
            if rnd.random() < 0.5:
                first = self.day()
                last = first + length - timedelta(days=1) + slack
            else:
                last = self.day()
                first = last + timedelta(days=1) - length - slack
        else:
            first, last = sorted((self.day(), self.day()))
        return (first, last) if first <= last else (last, first)

    def related(self) -> Dict:
        """From when until when a relative is one, where that is said."""
        first, last = self.span()
        days = {"from": first.isoformat(), "to": last.isoformat()}
        return {key: day for key, day in days.items() if self.rnd.random() < 0.2}

    def sources(self, kinds: list[Kind]) -> Dict:
        """The records of a relative: of one of some kinds, or of all."""
        few = [self.rnd.choice(kinds)] if self.rnd.random() < 0.4 else kinds
        return {name: records for kind in few for name, records in self.source(kind).items()}

    def source(self, kind: Kind) -> Dict:
        rnd = self.rnd
        if kind.source == "domicile":
            return {"domicile": rnd.choice(kind.keys["in"].values)}
        if kind.source == "availability":
            return {"availability": self.record(kind)}
        many = rnd.choice([0, 1, 1, 1, 2, 2, 3] if kind.source != "exams" else [0, 1, 2, 3, 3, 4])
        return {kind.source: [self.record(kind) for _ in range(many)]}

    def record(self, kind: Kind) -> Dict:
        rnd = self.rnd
        found: Dict = {}
        if kind.days is not None:
            first, last = self.span()
            begin, end = kind.days
            if kind.source == "degrees":
                found["awarded"] = self.day().isoformat()
            elif kind.source == "citizenships":
                if self.exact or rnd.random() < 0.4:
                    found["since"] = first.isoformat()
                if rnd.random() < 0.15:
                    found["until"] = last.isoformat()
            else:
                found[begin] = first.isoformat()
                if end == "to":
                    found[end] = "ongoing" if rnd.random() < 0.15 else last.isoformat()
                elif end and (self.exact or rnd.random() < 0.6):
                    found[end] = last.isoformat()
        used = self.used.get(kind.source, set())
        for name, key in kind.keys.items():
            if key.field in found or not key.field:
                continue
            if key.values is RECORD_DATE:
                if key.field in used and key.field not in ("from", "to", "issued", "expires", "born", "taken"):
                    found[key.field] = self.day().isoformat()
                continue
            often = 0.9 if not self.exact else 1.0
            if rnd.random() < (often if key.field in used or name == "of" else 0.15):
                found[key.field] = copy.deepcopy(rnd.choice(key.values)) if key.values else None
        for field, values in kind.said.items():
            if rnd.random() < 0.5:
                found[field] = rnd.choice(values)
        if kind.source == "languages":
            found["tests"] = [dict(rnd.choice(TESTS)) for _ in range(rnd.choice([0, 1]))]
            for test in found["tests"]:
                if self.exact or rnd.random() < 0.8:
                    test["taken"] = self.day().isoformat()
            if rnd.random() < 0.3:
                found.pop("level", None)
                found |= {skill: rnd.choice(["B1", "B2", "C1"]) for skill in ("listening", "reading", "spoken_interaction", "spoken_production", "writing")}
        if kind.source == "experience":
            if not {"full_time", "rate", "hours_per_week"} & set(found) and (self.exact or rnd.random() < 0.85):
                found |= rnd.choice([{"full_time": True}, {"full_time": True}, {"rate": "50%"}, {"rate": "80%"}, {"rate": "37.5%"}])
            if {"rate", "hours_per_week"} <= set(found) or {"rate", "full_time"} <= set(found):
                found.pop("rate")
            if {"hours_per_week", "full_time"} <= set(found):
                found.pop("full_time")
        if kind.source == "degrees" and rnd.random() < 0.1:
            found["expected"] = True
        return {name: value for name, value in found.items() if value is not None}

    def absence(self) -> Dict:
        first, last = self.span()
        return {"in": self.rnd.choice(["FR", "CA", "US"]), "from": first.isoformat(), "to": min(last, first + timedelta(days=80)).isoformat()}

    def birth(self, asked: list[Dict]) -> str:
        rnd = self.rnd
        if rnd.random() < 0.12:
            return rnd.choice(["1996-02-29", "1992-02-29", "2004-02-29"])
        ages = [18, 30]
        for one in asked:
            if one.get("kind") == "age":
                for value in dict_walk({"all": one}):
                    ages += [age for age in value.values() if isinstance(age, int) and not isinstance(age, bool) and 10 < age < 80]
        months = [age_in_months(amount(age)) for one in asked if one.get("kind") == "age" for age in ages_of(one).values() if isinstance(age, str)]
        if months and rnd.random() < 0.8:
            day = self.day() - relativedelta(months=rnd.choice(months) + rnd.choice([0, 0, 1]), days=rnd.choice([-1, 0, 0, 1]))
            return (day.replace(day=rnd.choice([30, 31])) if day.month in (1, 3, 5, 7, 8, 10, 12) and rnd.random() < 0.2 else day).isoformat()
        day = self.day() - relativedelta(years=rnd.choice(ages) + rnd.choice([0, 0, 1]))
        return day.isoformat()


def _blur(rnd: Random, person: Dict) -> None:
    """Say a few things less exactly, or not at all."""
    for _ in range(rnd.choice([0, 0, 0, 1, 1, 2])):
        places = [
            (record, key)
            for name, value in person.items()
            if name not in ("applications", "incomplete", "facts")
            for record in dict_walk(value if name != "birth_date" else [])
            for key in record
            if key not in ("relation", "test", "score", "scale", "value", "tests") and not isinstance(record[key], list)
        ]
        if "birth_date" in person:
            places.append((person, "birth_date"))
        if not places:
            return
        record, key = rnd.choice(places)
        value = record[key]
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            record[key] = rnd.choice([value[:7], value[:7], value[:4]])
        if rnd.random() < 0.4:
            del record[key]


def draw(rnd: Random, target: Target) -> Drawn | None:
    """A whole case that shows the target."""
    rule = rule_for(rnd, target)
    if rule is None:
        return None
    return Drawn(rule, tuple(meeting(rnd, rule, exact=index % 3 > 0) for index in range(PEOPLE)), target)


def meeting(rnd: Random, rule: Dict, exact: bool) -> Meeting:
    """A person who meets the rule, and when."""
    on = rnd.choice([date(2025, 3, 15), date(2025, 3, 15), date(2025, 2, 28), date(2024, 2, 29)])
    person = person_for(rnd, rule, on, exact)
    for record in dict_walk(person):  # a span that is blurred in part must not end before it begins
        begin, end = record.get("from"), record.get("to")
        if isinstance(begin, str) and isinstance(end, str) and end != "ongoing" and end < begin[: len(end)]:
            record["from"], record["to"] = end, begin
    return Meeting(person, on)
