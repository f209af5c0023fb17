"""The engine against the worlds: a pass holds in all of them, a fail in all of them, and unknown is said only where they differ."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from eligibility.engine import check
from eligibility.loading.models import read_profile, read_vacancy
from eligibility.vacancy import Vacancy

from .by_choice import of_each_option
from .calendar_days import Length, amount, longest, shortest
from .evaluate import FAIL, NOT_APPLICABLE, PASS, READINGS, denied, grade_scales, listed
from .keys import check as check_keys
from .language import GROUPS, KINDS, SOURCES, WINDOW_KEYS
from .record import REFERENCE
from .world import UnknownKey
from .worlds import mappings, verdict

UNKNOWN = "unknown"
EXCUSED = (
    "members of a group, or a criterion and its condition, are asked one by one: that one is met just when the other is not is not seen",
    "a date of a whole year is tried on every day, longer spans only where something changes: there the worlds cannot tell",
    "a window after or before one of several records may lie anywhere between the days that each of them may have; after one whose day is "
    "not said, anywhere, for each record that is looked for in it",
    "days of a record that are not said are looked at by each window, and by its length, one by one, as days of other lists are that count with them: what one tells of them, the other does not know",
    "working time that is not said is tried at a few shares, which beside one that is said may all come to the same",
    "working time that is not said is any, though the rate asked for (or left out by `other_than`) tells something of it, or that it is less "
    "than full time, under `counted: calendar`; a full week that is not said is one for each job",
    "two bounds of one criterion that cross, which `validate` tells, or may, for months have no fixed number of days; two of a state whose last day is not said exactly: it lasts so long, or not at all, and "
    "each bound is looked at by itself",
    "a record that does not say what is asked for twice, or only the country of a region (of a degree `in` and `recognised_in`, or since when, under a list that changes; of an exam `exam` and a `grade` of it; of work `in` and `works_in`, or `works_in` and the "
    "country that is to be the same; in `other_than`, in `limits`, in `among_them`): filters are looked at one by one",
    "how many different ones of those asked for there are, where a record names none: each may be another one",
    "records of one list that are asked for twice, once for themselves and once for a window",
    "under `same` each value is tried by itself: a record that does not name its own has only one of them, which is not seen under a maximum",
    "a country that is not chosen yet may be another one for each record",
    "a list that is not said, or not whole, is asked for, even where no record of it could count because its window rests on a record that is not there",
    "a record that does not say its place, of which only some days count since a list says until when, or since when, it has its countries: how much "
    "of a window these are is bounded by what each country allows",
    "months near a limit in a window that begins on one of the last days of a month, with several records: one whose day is vague is looked at as if "
    "it might cut them anywhere; so is, wherever they begin, one that does not say its day, among what counts with them (`also`, `including`), "
    "too, or whether it is one of those asked for",
    "a cap of months: which of the capped days would complete a month of those beside them is not looked for, and of days or weeks it leaves at "
    "least so many as the shortest months have",
    "a length of which only a part counts in months, beside a record that does not say its days or working time: which of its days are left is bounded "
    "by days alone",
    "records whose length moves a limit, one of which does not say its day: for months that are shorter a few days more are allowed for",
    "a window of some length that begins or ends with a record whose day is not said exactly: how much surely lies in it is looked at by the "
    "days that are in it wherever it lies",
    "which of several records is the first, the latest or the highest, where more than one is asked for, a mark is on a scale that nobody "
    "compares, or one does not say its date: each that may be is counted",
    "months near a limit in a window of a record that may be the one that is asked for or not, or is only announced: the window is looked at as if it might lie anywhere in it",
    "how long a record lasts that does not say both of its days exactly (`each`), and how much of it counts, are looked at one by one",
    "so many worlds that not all could be tried: there the worlds cannot tell either",
)
"""Why the engine may say unknown where all worlds that were tried agree."""


class Difference(NamedTuple):
    """Where engine and worlds differ. `kind`: unsound_pass, unsound_fail, needless_unknown, key_mismatch, crash."""

    kind: str
    criterion: str | None
    engine: str
    worlds: tuple[str, ...]
    example: Mapping[str, Any]
    """What is assumed in a world that says otherwise."""


def compare(rule: Mapping[str, Any], person: Mapping[str, Any], on: date) -> list[Difference]:
    """Every difference between the engine and the worlds, on the required criteria and the assets of a rule."""
    return next(compared(rule, [(person, on)]))


def compared(rule: Mapping[str, Any], meetings: Iterable[tuple[Mapping[str, Any], date]]) -> Iterator[list[Difference]]:
    """The differences of each meeting of a rule; of a rule that one of the two refuses, the refusal alone."""
    vacancy, problems = read_vacancy({"id": "test", "title": "Test", **rule}, REFERENCE)
    errors = [f"{one.code} {'.'.join(map(str, one.path))} {dict(one.params)}" for one in problems if one.code.startswith("E")]
    try:
        check_keys(rule)
        not_known = None
    except UnknownKey as error:
        not_known = str(error)
    if vacancy is None or errors or not_known:
        if not (vacancy is None or errors):
            yield [Difference("key_mismatch", None, "accepted", (f"not known: {not_known}",), {})]
        else:
            yield [] if not_known else [Difference("key_mismatch", None, "refused: " + "; ".join(errors), ("known",), {})]
        return
    for person, on in meetings:
        yield _met(rule, vacancy, person, on)


def _met(rule: Mapping[str, Any], vacancy: Vacancy, person: Mapping[str, Any], on: date) -> list[Difference]:
    profile, wrong = read_profile(dict(person), REFERENCE)
    if profile is None:
        return [Difference("crash", None, "profile refused", (), {"problems": [str(one) for one in wrong]})]
    try:
        report = check(vacancy, profile, on, REFERENCE)
    except Exception as error:
        return [Difference("crash", None, repr(error), (), {})]
    if report.tracks:
        found = []
        for track in report.tracks:
            chosen = with_choice(rule, person, track.choice, track.option)
            found += _compared(rule, chosen, on, {finding.id: finding for finding in track.findings})
        return list({(one.kind, one.criterion): one for one in reversed(found)}.values())
    return _compared(rule, person, on, {finding.id: finding for finding in report.findings})


def with_choice(rule: Mapping[str, Any], person: Mapping[str, Any], choice: str, option: str) -> dict[str, Any]:
    """The same person having chosen."""
    name = rule.get("id", "test")
    applications = [dict(one) for one in person.get("applications") or []]
    mine = next((one for one in applications if one["vacancy"] == name), None)
    if mine is None:
        mine = {"vacancy": name}
        applications.append(mine)
    mine["choices"] = {**(mine.get("choices") or {}), choice: option}
    return {**person, "applications": applications}


def _compared(rule: Mapping[str, Any], person: Mapping[str, Any], on: date, findings: Mapping[Any, Any]) -> list[Difference]:
    found = []
    for criterion in rule["criteria"]:
        finding = findings.get(criterion.get("id"))
        if finding is None or criterion.get("kind") == "judged":
            continue
        try:
            difference = _one(rule, criterion, person, on, str(finding.verdict))
        except UnknownKey as error:
            difference = Difference("key_mismatch", None, "accepted", (f"not known: {error}",), {})
        if difference is not None:
            found.append(difference._replace(criterion=criterion.get("id")))
    return found


def _one(rule: Mapping[str, Any], criterion: Mapping[str, Any], person: Mapping[str, Any], on: date, engine: str) -> Difference | None:
    answers, exhaustive = verdict(rule, criterion, person, on)
    if not answers:
        return None  # no world fits: a profile that contradicts itself
    right = PASS if set(answers) == {PASS, NOT_APPLICABLE} else next(iter(answers)) if len(answers) == 1 else UNKNOWN
    right = UNKNOWN if right == READINGS else right
    if engine == right:
        return None
    told = tuple(sorted(answers))
    if engine == PASS and right == NOT_APPLICABLE and _is_excused(rule, criterion, person, on):
        return None
    if engine == PASS and right == NOT_APPLICABLE and not exhaustive and one_by_one(rule, criterion, person, on, None) == {PASS, NOT_APPLICABLE}:
        return None
    if engine != UNKNOWN:
        other = next((answer for answer in answers if answer != engine), engine)
        kind = "unsound_pass" if engine == PASS else "unsound_fail" if engine == FAIL else "unsound_not_applicable"
        return Difference(kind, None, engine, told, readable(answers[other].answers))
    if not exhaustive:
        answers, exhaustive = verdict(rule, criterion, person, on, thorough=True, budget=1000)
        if not exhaustive or len(answers) > 1 or READINGS in answers:
            return None
    if _is_excused(rule, criterion, person, on):
        return None
    alone = one_by_one(rule, criterion, person, on, None)
    if len(alone) > 1 and alone != {PASS, NOT_APPLICABLE}:
        return None
    return Difference("needless_unknown", None, engine, told, {})


def _source_of(raw: Mapping[str, Any]) -> str | None:
    return KINDS[raw["kind"]].source if raw.get("kind") in KINDS else None


def _has_unsaid_day(raw: Mapping[str, Any], person: Mapping[str, Any]) -> bool:
    """Whether a record that a window is asked of does not say all of its days: its length is not cut by what the window tells of them."""
    kind = KINDS.get(str(raw.get("kind")))
    if kind is None:
        return False
    source = SOURCES[kind.source]
    return any(one.get(key) is None for one in _records(kind.source, person) for key in (source.start, source.end) if key)


def _records(source: str, person: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The records of a list; that of a source that has but one."""
    said = person.get(source)
    return [one for one in (said if isinstance(said, list) else [said]) if isinstance(one, dict)]


def _is_announced(raw: Mapping[str, Any], person: Mapping[str, Any], on: date) -> bool:
    """Whether a record that a window begins or ends with may lie after the day of application."""
    records = person.get(_source_of(raw) or "") or []
    return any(str(value)[:10] > on.isoformat() for one in records if isinstance(one, dict) for value in one.values() if str(value)[:4].isdigit())


def _has_a_changing_list(rule: Mapping[str, Any]) -> bool:
    """Whether a list of the vacancy says since when, or until when, an entry belongs to it."""
    return any(isinstance(one, dict) and {"from", "to"} & {*one} for entries in (rule.get("lists") or {}).values() for one in entries)


_DATES = {key for kind in KINDS.values() for key, spec in kind.filters.items() if spec[1] == "date"}


_LATE_DAY = re.compile(r"-(?:29|30|31)\b")


def _has_vague_day(source: str, person: Mapping[str, Any]) -> bool:
    """Whether a record of a list says a day that a date filter looks at less than exactly, or not at all."""
    keys = (SOURCES[source].start, SOURCES[source].end) if source in SOURCES else ()
    return any(len(str(one.get(key) or "")) < 10 for one in _records(source, person) for key in keys if key)


def _lacks(one: Mapping[str, Any], person: Mapping[str, Any], keys: set[str]) -> bool:
    """Whether a record does not say something that is asked of it, among some keys."""
    return any(key not in record for record in _records(_source_of(one) or "", person) for key in {*one} & keys)


def _crosses(one: Mapping[str, Any]) -> bool:
    """Whether there is both something to reach and something not to exceed that is, or may be, no more."""
    reach = [found.value for key in ("at_least", "more_than") if key in one and (found := amount(one[key])) is not None]
    exceed = [found.value for key in ("at_most", "less_than") if key in one and (found := amount(one[key])) is not None]
    return any(_size(least, longest) >= _size(most, shortest) for least in reach for most in exceed)


def _size(value: Any, in_days: Callable[[int], int]) -> float:
    return float(in_days(value.months) + value.days) if isinstance(value, Length) else float(value)


def _with_relatives(person: Mapping[str, Any]) -> dict[str, Any]:
    """A person with the records of their relatives among their own."""
    found = dict(person)
    for relative in person.get("relatives") or []:
        for name, records in relative.items():
            if isinstance(records, list):
                found[name] = [*(found.get(name) or []), *records]
    return found


def _is_excused(rule: Mapping[str, Any], criterion: Mapping[str, Any], person: Mapping[str, Any], on: date) -> bool:
    """Whether what is asked for some option of its choices is excused."""
    return any(_is_excused_as(rule, one, person, on) for one in of_each_option(criterion, rule.get("choices") or {}))


def _is_excused_as(rule: Mapping[str, Any], criterion: Mapping[str, Any], person: Mapping[str, Any], on: date) -> bool:
    """Whether one of the reasons of `EXCUSED` that a rule and a person show by themselves is there."""
    everything = list(mappings([criterion, rule.get("conditions")]))
    asked = [source for one in everything if (source := _source_of(one)) is not None and "whose" not in one]
    if any(source not in person or source in (person.get("incomplete") or []) for source in asked):
        return True
    kin = {source for one in everything if (source := _source_of(one)) is not None and "whose" in one}
    if any(source not in relative for relative in person.get("relatives") or [] for source in kin):
        return True
    if "whose" in str(criterion):
        person = _with_relatives(person)
    if "whose" in str(criterion) and ("relatives" not in person or "relatives" in (person.get("incomplete") or [])):
        return True
    for one in everything:
        if {*one} & {*WINDOW_KEYS, "limits", "also"} and _has_unsaid_day(one, person):
            return True
        if any(_has_unsaid_day(other, person) for other in one.get("also", ())):
            return True
        moves = [part for other in one.get("extended", ()) for part in other.get("largest", [other])]
        if any(_has_unsaid_day(other["of"], person) for other in moves if other.get("add") == "length"):
            return True
        apart = [{way.get("add") for way in other["largest"]} for other in one.get("extended", ()) if "largest" in other]
        if any("length" in ways and any("month" in str(way) or "year" in str(way) for way in ways) for ways in apart):  # of some days and a month either may be longer
            return True
        moving = [_source_of(other["of"]) for other in moves if other.get("add") == "length"]
        if any(_has_vague_day(name, person) for name in moving if name):
            return True
        if "same" in one and any({*inner} & {"at_most", "less_than"} for inner in mappings(one)):
            return True
        caps = [str(other.get("at_most")) for key in ("also", "limits") for other in one.get(key, ())]
        bounds = [str(one[key]) for key in ("at_least", "more_than", "at_most", "less_than") if key in one]
        if any("month" in cap or "year" in cap for cap in caps):
            return True
        source = _source_of(one)
        if source is None:
            continue
        names = {"languages": "language", "citizenships": "country"}.get(source)
        if names and "of" in one and any(names not in record for record in person.get(source) or [] if isinstance(record, dict)):
            return True
        if any(_source_of(inner) == source for inner in mappings(one) if inner is not one):
            return True
        if len(person.get(source) or []) > 1 and any(one in (window.get("after"), window.get("before")) for window in everything):
            return True
        windows = [one[key] for key in WINDOW_KEYS if isinstance(one.get(key), dict)]
        anchors = [window[side] for window in windows for side in ("after", "before") if isinstance(window.get(side), dict)]
        in_months = any(unit in bound for bound in bounds for unit in ("month", "year"))
        if in_months and any({*window} & {*KINDS[window["kind"]].filters} for window in windows if window.get("kind") in KINDS):
            return True
        counted = [one, *one.get("also", ()), *({"kind": "experience" if word == "work" else "study"} for word in listed(one.get("including", [])))]
        many = sum(len(person.get(name) or []) for name in {_source_of(other) for other in counted} if name) > 1
        if in_months and many and "during" in one and _LATE_DAY.search(f"{criterion} {rule.get('dates')}") and _has_vague_day(source, person):
            return True
        rates = ["rate" in job for job in person.get("experience") or []]
        if source == "experience" and in_months and any(rates) and not all(rates):
            return True
        if in_months and many and any(_has_unsaid_day(other, person) for other in counted):
            return True
        if in_months and many and _lacks(one, person, {*KINDS[one["kind"]].filters}):
            return True
        parts = {key for part in listed(one.get("of_which", [])) for key in part} & {*KINDS[one["kind"]].filters}
        if any(key not in record for record in _records(source, person) for key in parts):  # it may be either of two parts, and not both
            return True
        if "take" in one and (bounds or "grade" in one or _lacks(one, person, _DATES)):
            return True
        if one.get("take") == "highest" and any("level" not in record for record in person.get(source) or []):  # of several that may be the highest
            return True
        if source == "experience" and "extended" in one and any("rate" not in job for job in person.get("experience") or []):
            return True
        lengths = [window for window in windows if "within" in window]
        if any(_has_vague_day(_source_of(window[side]) or "", person) for window in lengths for side in ("after", "before") if isinstance(window.get(side), dict)):
            return True
        if in_months and any(_is_announced(anchor, person, on) for anchor in anchors):
            return True
        if len(person.get(source) or []) > 1 and any(_has_unsaid_day(anchor, person) for anchor in anchors):
            return True
        if "works_in" in one and "'same': 'country'" in str(criterion) and any("in" not in job for job in person.get("experience") or []):
            return True
        counted_too = ("experience", "studies") if "including" in one else ()
        placed = [record for name in (source, *counted_too) for record in person.get(name) or []]
        if _has_a_changing_list(rule) and "'list'" in str(one) and any("in" not in record for record in placed):
            return True
        undated = _has_a_changing_list(rule) and _has_vague_day("degrees", person)
        of_regions = "-" in str([one.get(key) for key in ("in", "recognised_in")])
        told = [str(degree.get("in", "")) for degree in person.get("degrees") or []]
        if {"in", "recognised_in"} <= {*one} and (undated or any(not place or (of_regions and "-" not in place) for place in told)):
            return True
        if any({"exam", "grade"} <= {*asked} for asked in (one, *listed(one.get("other_than", [])))) and any("exam" not in record for record in person.get("exams") or []):
            return True
        if {"in", "works_in"} <= {*one} and any("in" not in job for job in person.get("experience") or []):
            return True
        if "each" in one and _has_vague_day(_source_of(one) or "", person):
            return True
        both_ways = {*one} & {"at_least", "more_than"} and {*one} & {"at_most", "less_than"}
        if both_ways and KINDS[one["kind"]].state and (_has_unsaid_day(one, person) or _has_vague_day(source or "", person)):
            return True
        if _crosses(one) or any({*one} & {*other} - {"at_most"} for key in ("other_than", "limits", "among_them") for other in listed(one.get(key, []))):
            return True
        weeks = [job for job in person.get("experience") or [] if "hours_per_week" in job and "rate" not in job]
        if source == "experience" and "full_week" not in one and len(weeks) > 1:
            return True
        between = {*one} & {"at_least", "more_than"} and {*one} & {"at_most", "less_than"}
        worked = {key for asked_for in (one, *one.get("other_than", ())) for key in asked_for} & {"rate", "full_time", "hours_per_week"}
        if source == "experience" and (between or worked or one.get("counted") == "calendar") and any("rate" not in job for job in person.get("experience") or []):
            return True
        if _DATES & {*(key for inner in mappings(one) for key in inner)} and _has_vague_day(source, person):
            return True
    applications = person.get("applications") or []
    told = {name for one in applications for name in one.get("choices") or {}}
    return "chosen" in str(everything) and any(f"'{name}'" in str(everything) and name not in told for name in ("host", "home"))


def readable(answers: Mapping[Any, Any]) -> dict[str, Any]:
    """The assumptions of a world, with days as dates."""
    return {
        ".".join(map(str, question)): date.fromordinal(answer).isoformat() if isinstance(answer, int) and answer > 600_000 else answer
        for question, answer in answers.items()
    }


def _left(base: Mapping[str, Any], reading: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of a criterion without those that a reading leaves out."""
    out = reading.get("without", [])
    return {key: value for key, value in base.items() if key not in (out if isinstance(out, list) else [out])}


def one_by_one(rule: Mapping[str, Any], raw: Mapping[str, Any], person: Mapping[str, Any], on: date, day: Any) -> set[str]:
    """The answers that a criterion may have when each statement in it is looked at by itself: strong Kleene logic."""
    if "as_of" not in raw and day is not None:
        raw = {**raw, "as_of": day}
    day = raw.get("as_of")
    if "readings" in raw:
        base = {key: value for key, value in raw.items() if key != "readings"}
        every = [
            one_by_one(rule, {**_left(base, one), **{key: value for key, value in one.items() if key not in ("name", "preferred", "without")}}, person, on, day)
            for one in raw["readings"]
        ]
        return set.union(*every)
    inner = {key: one_by_one(rule, raw[key], person, on, day) for key in ("when", "unless", "derogation") if key in raw}
    bare = {key: value for key, value in raw.items() if key not in ("when", "unless", "derogation")}
    own = _bare(rule, bare, person, on, day)
    if "unless" in inner:
        own = _any([own, inner["unless"]])
    if "derogation" in inner:
        own = _any([own, inner["derogation"] | {FAIL}])
    if "when" in inner and FAIL in inner["when"]:
        own = own | {NOT_APPLICABLE} if inner["when"] - {FAIL} else {NOT_APPLICABLE}
    return own


def _bare(rule: Mapping[str, Any], raw: Mapping[str, Any], person: Mapping[str, Any], on: date, day: Any) -> set[str]:
    group = next((key for key in GROUPS if key in raw), None)
    if group == "met":
        every = [*(rule.get("conditions") or []), *rule["criteria"]]
        return one_by_one(rule, next(one for one in every if one.get("id") == raw["met"]), person, on, day)
    if group in ("all_of", "any_of", "none_of") and "same" not in raw and len(grade_scales(raw[group])) < 2:
        members = [one_by_one(rule, member, person, on, day) for member in raw[group]]
        if group == "any_of":
            return _any(members, raw.get("how_many", 1))
        if group == "none_of":
            return {denied(answer) for answer in _any(members)}
        return {denied(answer) for answer in _any([{denied(answer) for answer in member} for member in members])}
    answers, _ = verdict(rule, {key: value for key, value in raw.items() if group is None or key != "as_of"}, person, on)
    return set(answers)


def _any(members: list[set[str]], many: int = 1) -> set[str]:
    """The answers that any of some members may give, each member by itself."""
    sure = sum(member == {PASS} for member in members)
    may = sum(bool(member & {PASS, READINGS}) for member in members)
    return {PASS} if sure >= many else {PASS, FAIL} if may >= many else {FAIL}
