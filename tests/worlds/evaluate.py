"""The answer to one criterion in one world, read off the raw rule by sets of days and plain loops.

`decide` looks at what stands around a statement (`when`, `unless`, `derogation`, `readings`), `Evaluation.statement` at the statement
itself, and for each kind of statement there is one function. Answers are joined by strong Kleene logic: `readings`, the answer that
depends on how the recruiter counts, lies between `fail` and `pass`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, pairwise, permutations, product
from math import ceil
from typing import Any, NamedTuple

from eligibility.reference.spelling import fold

from . import matching
from .by_choice import settled
from .calendar_days import (
    FIRST,
    LAST,
    STEPS,
    Counted,
    Length,
    Piece,
    add_months,
    age_in_months,
    age_on,
    ages_in_months,
    amount,
    at_least,
    compare,
    compare_length,
    count,
    denied,
    in_months,
    interval,
    joined,
    longest,
    longest_alone,
    months_on,
    more_than,
    one_rate,
    stepped,
)  # fmt: skip
from .language import AROUND, BOUNDS, COUNTING, GROUPS, KINDS, MOVED, TOLD
from .record import REFERENCE, Further, Lasting, Record
from .world import Impossible, UnknownKey, World

PASS, FAIL, READINGS, NOT_APPLICABLE = "pass", "fail", "readings", "not_applicable"
_ORDER = (FAIL, READINGS, PASS)


def decide(rule: Mapping[str, Any], criterion: Mapping[str, Any], person: Mapping[str, Any], world: World) -> str:
    """The answer to a criterion of a rule, of its own day, in one world."""
    evaluation = Evaluation(rule, person, world)
    return evaluation.criterion(criterion, None)


class Asked(NamedTuple):
    """The day a statement is counted on; `counts` says whether a length of time includes it."""

    day: int
    counts: bool = True

    @property
    def last(self) -> int:
        """The last day that a length or the date of a diploma may use."""
        return self.day if self.counts else self.day - 1


def both(answers: Iterable[str]) -> str:
    """All of some answers."""
    return min(answers, key=_ORDER.index, default=PASS)


def either(answers: Iterable[str]) -> str:
    """Any of some answers."""
    return max(answers, key=_ORDER.index, default=FAIL)


def agreed(answers: Iterable[str]) -> str:
    """What all say, or that it depends on the reading."""
    found = set(answers)
    return found.pop() if len(found) == 1 else READINGS


def said(truth: bool) -> str:
    return PASS if truth else FAIL


def allow(mapping: Mapping[str, Any], *keys: str) -> None:
    """Every key is known here."""
    for key in mapping:
        if key not in keys:
            raise UnknownKey(f"{key} in {sorted(mapping)}")


def listed(raw: Any) -> list[Any]:
    return raw if isinstance(raw, list) else [raw]


class Evaluation:
    """One rule, one person, one world."""

    def __init__(self, rule: Mapping[str, Any], person: Mapping[str, Any], world: World) -> None:
        self.rule, self.person, self.world = rule, person, world
        self.lists: Mapping[str, list[Any]] = rule.get("lists") or {}
        self.scales: frozenset[str] = frozenset()
        self.same: tuple[str, str] | None = None
        self.relative: int | None = None
        self.child: str | None = None
        self.application: Mapping[str, Any] = next(
            (one for one in person.get("applications") or [] if one["vacancy"] == rule.get("id", "test")), {}
        )

    # ------------------------------------------------------------------------------- what the vacancy says

    def own_entries(self) -> list[Any]:
        """Every entry of the lists of the notice."""
        return [entry for entries in self.lists.values() for entry in entries]

    def options(self) -> list[str]:
        return [option for choice in (self.rule.get("choices") or {}).values() for option in choice.get("options") or {}]

    def choice(self, name: str) -> str:
        """What was chosen in this world."""
        if name not in (self.rule.get("choices") or {}):
            raise UnknownKey(f"choice {name}")
        chosen = (self.application.get("choices") or {}).get(name)
        if chosen is not None:
            return self.option(name, str(chosen)) if self.rule["choices"][name].get("options") else str(matching_place(chosen))
        options = self.rule["choices"][name].get("options")
        menu = self.world.menu
        return str(self.world.settle(("choices", name), tuple(options) if options else (() if menu is None else menu.values("choices", "in"))))

    def option(self, name: str, word: str) -> str:
        """The option that the applicant names, by its id or its label; of a word that nothing knows, any of them."""
        for option, label in self.rule["choices"][name]["options"].items():
            if fold(word) in {fold(str(one)) for one in (option, *(label.values() if isinstance(label, dict) else (label,)))}:
                return str(option)
        return str(self.world.settle(("choices", name), tuple(self.rule["choices"][name]["options"])))

    def named_day(self, name: str) -> int | None:
        """A day of the vacancy; None where it names no such day."""
        if name == "application":
            return self.world.on
        if name not in (self.rule.get("dates") or {}):
            return None
        raw, menu = self.rule["dates"][name], self.world.menu
        if isinstance(raw, dict) and "by" in raw:
            raw = raw["values"][self.choice(raw["by"])]
        if isinstance(raw, dict) and "asked" in raw:
            given = (self.application.get("dates") or {}).get(name)
            if given is None:
                return int(self.world.settle(("dates", name), () if menu is None else menu.near_days()))
            raw = given
        if isinstance(raw, dict) and set(raw) == {"readings"}:
            raw = next(one["at"] for one in raw["readings"] if one.get("preferred"))
        if isinstance(raw, dict) and set(raw) == {"at"}:
            raw = raw["at"]
        if isinstance(raw, dict) and set(raw) == {"from", "to"}:
            first, last = matching.interval(raw["from"])[0], matching.interval(raw["to"])[1]
        else:
            first, last = matching.interval(raw[:10] if isinstance(raw, str) else raw)
        return first if first == last else int(self.world.settle(("dates", name), () if menu is None else menu.days(first, last)))

    def default_day(self) -> Asked | None:
        raw = self.rule.get("as_of")
        if raw is None:
            raw = "deadline" if "deadline" in (self.rule.get("dates") or {}) else "application"
        return self.asked(raw, None)

    # ---------------------------------------------------------------------------------------------- days

    def asked(self, raw: Any, outer: Asked | None) -> Asked | None:
        """A day that something is counted on; None where no record gives it."""
        included, step = None, {}
        if isinstance(raw, dict) and "kind" not in raw:
            allow(raw, "day", "included", *STEPS, "assumed")
            included, step = raw.get("included"), raw
            raw = raw["day"]
        day = self.moment(raw, outer)
        if day is None:
            return None
        return Asked(stepped(day, step), included if included is not None else raw != "start")

    def moment(self, raw: Any, outer: Asked | None) -> int | None:
        """A literal day, a day of the vacancy, `{day, end_of}` and the like, or the date of a record; None where no record gives it."""
        if isinstance(raw, dict):
            if "kind" in raw:
                return self.date_of(raw, outer)
            allow(raw, "day", "included", *STEPS)
            inner = self.moment(raw["day"], outer)
            return inner if inner is None else stepped(inner, raw)
        if isinstance(raw, str) and not raw[:1].isdigit():
            named = self.named_day(raw)
            if named is None:
                raise UnknownKey(f"day {raw}")
            return named
        first, last = matching.interval(raw)
        menu = self.world.menu
        return first if first == last else int(self.world.settle(("the day", str(raw)), () if menu is None else menu.days(first, last)))

    def date_of(self, raw: Mapping[str, Any], outer: Asked | None) -> int | None:
        """The date of a record: the award of a degree, the first day of anything else; of several, the one that `take` names."""
        every = {key: value for key, value in raw.items() if key != "take"}
        dated = [(self.own_date(record, raw), record) for record in self.matching(every, self.day_of(raw, outer))]
        if not dated:
            return None
        take = raw.get("take", "latest")
        if take == "highest":
            top = max(record.get("level") for _, record in dated)
            dated = [(day, record) for day, record in dated if record.get("level") == top]
        return min(day for day, _ in dated) if take == "first" else max(day for day, _ in dated)

    def day_of(self, raw: Mapping[str, Any], outer: Asked | None) -> Asked:
        """The day of a record question inside something: its own, else that of what it serves."""
        day = self.asked(raw["as_of"], outer) if "as_of" in raw else outer
        return day if day is not None else Asked(self.world.on)

    def own_date(self, record: Record, raw: Mapping[str, Any]) -> int:
        if record.source != "degrees":
            return record.first()
        return min(record.date(field) for field in listed(raw.get("any_date_of", "awarded")))

    def length(self, raw: Any) -> Length:
        found = amount(raw)
        if found is None or found.measure != "time":
            raise UnknownKey(f"length {raw}")
        length: Length = found.value
        return length

    def window(self, raw: Mapping[str, Any], outer: Asked | None) -> list[tuple[int, int]]:
        """The days of a window, as stretches; none where a record that it rests on is not there."""
        if "kind" in raw:
            return self.lasting(raw, outer)
        allow(raw, "from", "to", "after", "before", "within", *BOUNDS, "extended", "bound", "while", "not_during")
        distances = {key: self.length(raw[key]) for key in ("within", *BOUNDS) if key in raw}
        first, last = FIRST, LAST
        for key in ("from", "to", "after", "before"):
            if key not in raw:
                continue
            day = self.moment(raw[key], outer)
            if day is None:
                return []
            included = raw[key].get("included", key in ("from", "to")) if isinstance(raw[key], dict) else key in ("from", "to")
            if not distances:
                if key in ("from", "after"):
                    first = max(first, day if included else day + 1)
                else:
                    last = min(last, day if included else day - 1)
                continue
            near = not {"at_least", "more_than"} & set(distances)
            if key in ("before", "to"):
                last = min(last, (day if included else day - 1) if near else last)
                for name, length in distances.items():
                    edge = length.before(day)
                    if name in ("within", "at_most", "less_than"):
                        first = max(first, edge + 1 if name == "less_than" else edge)
                    else:
                        last = min(last, edge - 1 if name == "more_than" else edge)
            else:
                first = max(first, (day if included else day + 1) if near else first)
                for name, length in distances.items():
                    edge = length.after(day)
                    if name in ("within", "at_most", "less_than"):
                        last = min(last, edge - 1 if name == "less_than" else edge)
                    else:
                        first = max(first, edge + 1 if name == "more_than" else edge)
        if "extended" in raw:
            moved = self.moved_by(raw["extended"], outer)[0]
            first, last = (first, moved.after(last)) if raw.get("bound") == "to" else (moved.before(first), last)
        stretches = [(max(first, FIRST), min(last, LAST))] if first <= last else []
        if "while" in raw:
            stretches = meeting(stretches, self.lasting(raw["while"], outer))
        if "not_during" in raw:
            stretches = without(stretches, self.lasting(raw["not_during"], outer))
        return stretches

    def lasting(self, raw: Mapping[str, Any], outer: Asked | None) -> list[tuple[int, int]]:
        """The days on which records last."""
        asked = self.day_of(raw, outer)
        days: list[tuple[int, int]] = []
        kind = self.known(raw)
        for record in self.records(kind.source, raw):
            stretches = self.window(raw["during"], asked) if "during" in raw else [(FIRST, LAST)]
            if raw["kind"] == "funds" and "ended" in raw and "during" not in raw:  # days count up to the end of the window
                stretches = [(FIRST, end) for _, end in self.window(raw["ended"], asked)]
            if self.fits(record, raw, asked, changing=False):
                days += self.days_like(record, raw, asked, meeting([(record.first(), record.last())], stretches))
        return joined(days)

    # -------------------------------------------------------------------------------- what moves a limit

    def moved_by(self, raw: Any, outer: Asked | None) -> list[Length]:
        """By how much a limit moves; several answers where the length of some records depends on how one counts."""
        found = [Length(0)]
        for entry in listed(raw):
            allow(entry, "add", "per", "of", "up_to", "to", "when", "largest")
            if "to" in entry:
                continue
            if "largest" in entry:
                moves = self.largest(entry["largest"], outer) if "per" not in entry else self.largest_of_each_child(entry, outer)
            elif entry["add"] == "length":
                moves = self.lengths_of(entry["of"], outer)
            else:
                times = len(self.matching(entry["per"], self.day_of(entry["per"], outer), inner=True)) if "per" in entry else 1
                holds = self.criterion(entry["when"], outer) if "when" in entry else PASS
                moves = [self.length(entry["add"]).times(one) for one in {PASS: (times,), READINGS: (0, times)}.get(holds, (0,))]
            if "up_to" in entry:
                most = self.length(entry["up_to"])
                moves = [move.at_most(most) for move in moves]
            found = [move.plus(one) for one in found for move in moves]
        return found

    def largest(self, entries: list[Mapping[str, Any]], outer: Asked | None) -> list[Length]:
        """The largest of several moves."""
        return list(dict.fromkeys(map(longest_of, product(*(self.moved_by([one], outer) for one in entries)))))

    def largest_of_each_child(self, raw: Mapping[str, Any], outer: Asked | None) -> list[Length]:
        """The largest of several moves for each child that counts, all together."""
        found: list[Length] = [Length(0)]
        for child in self.matching(raw["per"], self.day_of(raw["per"], outer), inner=True):
            self.child = child.path
            of_this_one = self.largest(raw["largest"], outer)
            self.child = None
            found = list(dict.fromkeys(both_lengths(one, other) for one in found for other in of_this_one))
        return found

    def child_of(self, leave: Record) -> str | None:
        """For which child a leave was: the one born on the day that it names, where there can be one; else one that was not born more than a
        year after the leave, if there is any."""
        children = self.list_of(self.person, "children", "")
        may_be = [child.path for child in children if add_months(child.first(), -12) <= leave.last()]
        if leave.raw.get("child") is not None and self.names_a_child(leave, [child.raw for child in children]):
            first, last = interval(leave.raw["child"])
            may_be = [child.path for child in children if child.path in may_be and first <= child.first() <= last]
            if not may_be:
                raise Impossible
        return str(self.world.settle((leave.path, "child"), tuple(may_be))) if len(may_be) > 1 else next(iter(may_be), None)

    def names_a_child(self, leave: Record, children: list[Mapping[str, Any]]) -> bool:
        """Whether a listed child, or one that is not listed, may be the one that a leave names."""
        first, last = interval(leave.raw["child"])
        until = leave.raw.get("to")
        latest = LAST if until in (None, "ongoing") else interval(until)[1]
        if "children" not in self.person or "children" in listed(self.person.get("incomplete") or []):
            return add_months(first, -12) <= latest
        born = [(FIRST, LAST) if child.get("born") is None else interval(child["born"]) for child in children]
        return any(day[0] <= last and first <= day[1] and add_months(max(day[0], 1), -12) <= latest for day in born)

    def lengths_of(self, raw: Mapping[str, Any], outer: Asked | None) -> list[Length]:
        """How long records last, as a length that moves a limit: its whole months and the days left over; of relatives, those of whoever has
        most."""
        if "whose" in raw and self.relative is None and len(people := self.entries(self.person, "relatives", "")) > 1:
            apart = []
            for index in range(len(people)):
                self.relative = index
                apart.append(self.lengths_of(raw, outer))
                self.relative = None
            return list(dict.fromkeys(map(longest_of, product(*apart))))
        asked = self.day_of(raw, outer)
        records = [one for one in self.matching(raw, asked, inner=True) if self.child is None or self.child_of(one) == self.child]
        counted = self.counted(raw, records, asked)
        months, part = divmod(counted.months, 1)  # a part of a month is so many days of a short month, or of a long one
        in_days = [Length(0, int(counted.total))] if counted.stretches > 1 and not counted.all_whole else []
        return [*in_days, *(Length(int(months), days) for days in {int(counted.left + 28 * part), ceil(counted.left + 31 * part)})]

    def limits(self, raw: Mapping[str, Any], operator: str, outer: Asked | None) -> list[Any]:
        """The limit of a bound: by choice, and as moved; several where the movement depends on how one counts."""
        found = amount(raw[operator]) if not isinstance(raw[operator], dict) else self.by_choice(raw[operator])
        if found is None:
            raise UnknownKey(f"{operator}: {raw[operator]}")
        if not self.is_moved(raw, operator):
            return [found.value]
        limits = [found.value]
        for entry in listed(raw.get("extended", [])):
            if "to" in entry and (holds := self.criterion(entry["when"], outer)) in (PASS, READINGS):
                further = [max(limit, self.value(entry["to"]), key=size) for limit in limits]
                limits = further if holds == PASS else [*limits, *further]
        moved = []
        for limit, move in product(limits, self.moved_by(raw.get("extended", []), outer)):
            further = move.plus(limit) if isinstance(limit, Length) else limit + move.months // 12
            moved.append(min(further, self.value(raw["never_beyond"]), key=size) if "never_beyond" in raw else further)
        return moved

    @staticmethod
    def is_moved(raw: Mapping[str, Any], operator: str) -> bool:
        """`extended` moves the upper limit, where there is one."""
        upper = next((one for one in BOUNDS if one in raw and one in ("at_most", "less_than")), None)
        return bool(set(MOVED) & set(raw)) and operator == (upper or next(one for one in BOUNDS if one in raw))

    def by_choice(self, raw: Mapping[str, Any]) -> Any:
        """A bound that depends on a choice; of an option that it does not name, any of its values may hold."""
        allow(raw, "by", "values")
        chosen = self.choice(raw["by"])
        if chosen in raw["values"]:
            return amount(raw["values"][chosen])
        return amount(self.world.settle(("the bound for", chosen), tuple(raw["values"].values())))

    def option_of(self, raw: Mapping[str, Any]) -> Any:
        """What a choice asks, as it is written; of an option that it does not name, any of its values may hold."""
        allow(raw, "by", "values")
        chosen = self.choice(raw["by"])
        if chosen in raw["values"]:
            return raw["values"][chosen]
        return self.world.settle(("the bound for", chosen), tuple(raw["values"].values()))

    def value(self, raw: Any) -> Any:
        found = amount(raw)
        if found is None:
            raise UnknownKey(f"amount {raw}")
        return found.value

    def plain_limit(self, raw: Any, measure: str) -> Any:
        """The limit of a filter."""
        found = self.by_choice(raw) if isinstance(raw, dict) else amount(raw)
        if found is None or found.measure != measure:
            raise UnknownKey(f"{raw} is no {measure}")
        return found.value

    # -------------------------------------------------------------------------- around a statement

    def criterion(self, raw: Mapping[str, Any], outer: Asked | None) -> str:
        """A criterion with its readings; `outer` is the day of what it serves."""
        if "readings" not in raw:
            return self.around(raw, outer)
        base = {key: value for key, value in raw.items() if key != "readings"}
        answers = []
        for reading in raw["readings"]:
            own = {key: value for key, value in reading.items() if key not in ("name", "preferred", "without")}
            if own.get("importance") == "desirable":
                answers.append(PASS)
                continue
            if set(own) & {"kind", *GROUPS}:
                base_kept = {key: value for key, value in base.items() if key in (*TOLD, "as_of", "when", "unless", "derogation")}
                answers.append(self.around({**base_kept, **own}, outer))
            else:
                out = reading.get("without", [])
                left = {key: value for key, value in base.items() if key not in (out if isinstance(out, list) else [out])}
                answers.append(self.around({**left, **own}, outer))
        return agreed(answers)

    def around(self, raw: Mapping[str, Any], outer: Asked | None) -> str:
        """A statement with its condition, its exception and its derogation, all asked on its day."""
        raw = settled(raw, self.choice)
        day = self.day_of_criterion(raw, outer)
        applies = self.criterion(raw["when"], day) if "when" in raw else PASS
        if applies == FAIL:
            return NOT_APPLICABLE
        answer = self.statement(raw, day)
        if answer == NOT_APPLICABLE:
            return answer
        if "unless" in raw:
            exception = self.criterion(raw["unless"], day)
            answer = either((answer, FAIL if exception == NOT_APPLICABLE else exception))
        if "derogation" in raw and answer != PASS:
            way = self.criterion(raw["derogation"], day)
            if way not in (FAIL, NOT_APPLICABLE) and self.granted(raw.get("id")):
                answer = either((answer, way))
        return agreed((answer, PASS)) if applies == READINGS else answer

    def granted(self, name: str | None) -> bool:
        decision = (self.application.get("derogations") or {}).get(name)
        return decision == "granted" if decision is not None else self.world.holds("derogation", name)

    def day_of_criterion(self, raw: Mapping[str, Any], outer: Asked | None) -> Asked | None:
        if "as_of" in raw:
            return self.asked(raw["as_of"], outer)
        return outer if outer is not None else self.default_day()

    def statement(self, raw: Mapping[str, Any], day: Asked | None) -> str:
        """The statement itself, on its day."""
        if "chosen" in raw:
            allow(raw, "chosen", "of", *TOLD, *AROUND)
            return self.is_chosen(raw, day)
        group = next((key for key in GROUPS if key in raw), None)
        if group is not None:
            return self.group(group, raw, day)
        match raw.get("kind"):
            case "declared":
                return self.on_every_day(raw, day) if "throughout" in raw else self.declared(raw, day)
            case "judged":
                allow(raw, "kind", *TOLD, *AROUND)
                return said(self.world.holds("judged", str(raw.get("id") or raw.get("label"))))
            case "choice":
                allow(raw, "kind", "choice", "equals", *TOLD, *AROUND)
                return said(self.is_option(raw["choice"], raw["equals"], day))
            case "day":
                allow(raw, "kind", "day", "from", "to", "after", "before", *TOLD, *AROUND)
                window = self.window({key: raw[key] for key in ("from", "to", "after", "before") if key in raw}, day)
                when = self.moment(raw["day"], day)
                return READINGS if when is None else said(any(first <= when <= last for first, last in window))
            case "duration":
                allow(raw, "kind", "from", "to", *BOUNDS, *TOLD, *AROUND)
                return self.duration(raw, day)
        if raw.get("kind") in ("language", "domicile"):  # carry no dates: on which day they are looked at changes nothing
            if "throughout" in raw:
                raise UnknownKey("throughout of what has no days")
            return self.on_day(raw, day or Asked(self.world.on))
        if "whose" in raw and self.relative is None and self.is_of_one_person(raw):
            return self.one_by_one(raw, day)
        if "throughout" in raw:
            return self.on_every_day(raw, day)
        return READINGS if day is None else self.on_day(raw, day)

    def is_of_one_person(self, raw: Mapping[str, Any]) -> bool:
        """Whether it takes one relative alone: what several have is not added up."""
        measure = self.measure(raw)
        several = measure == "relatives" or raw["whose"] == "both_parents"
        dated = {key for key, spec in self.known(raw).filters.items() if spec[1] == "date"}
        within = any("'whose'" in str(raw[key]) for key in ("during", *dated) if key in raw)
        return not several and (measure != "exists" or within or bool({"throughout", "take", "different"} & set(raw)))

    def one_by_one(self, raw: Mapping[str, Any], day: Asked | None) -> str:
        """What has to be reached, by one relative; what must not be exceeded, by none."""
        answers = []
        for index in range(max(1, len(self.entries(self.person, "relatives", "")))):
            self.relative = index
            answers.append(self.statement(raw, day))
            self.relative = None
        bounds = [operator for operator in BOUNDS if operator in raw]
        only_limits = bounds and all(operator in ("at_most", "less_than") for operator in bounds)
        return both(answers) if only_limits else either(answers)

    def on_every_day(self, raw: Mapping[str, Any], outer: Asked | None) -> str:
        """Every day of a span must pass."""
        allow(raw["throughout"], "from", "to")
        first, last = (self.moment(raw["throughout"][key], outer) for key in ("from", "to"))
        if first is None or last is None:
            return READINGS
        if last < first:
            raise Impossible
        answer = PASS
        for day in range(first, last + 1):
            answer = both((answer, self.on_day(raw, Asked(day, outer.counts if outer else True))))
            if answer == FAIL:
                break
        return answer

    def on_day(self, raw: Mapping[str, Any], day: Asked) -> str:
        """Age or records, on one day."""
        if raw.get("whose") == "both_parents":
            return self.of_both(raw, day)
        if raw.get("kind") == "age":
            return self.age(raw, day)
        if raw.get("kind") == "declared":
            return self.declared(raw, day)
        if raw.get("kind") == "permanent_residence":
            allow(raw, "kind", "of", *BOUNDS, *MOVED, "throughout", *TOLD, *AROUND)
            rest = {key: value for key, value in raw.items() if key not in ("kind", "of")}
            return self.question({**rest, "kind": "permit", "type": "permanent", "in": raw["of"]}, day)
        return self.question(raw, day)

    # ------------------------------------------------------------------------------------- statements

    def is_option(self, name: str, options: Any, day: Asked | None) -> bool:
        """Whether what was chosen is one of several options; of a country, whether it lies in one of several places on the day."""
        chosen = self.choice(name)
        if not self.rule["choices"][name].get("options"):
            return matching.place(self, chosen, options, day.day if day is not None else self.world.on)
        excluded = isinstance(options, dict) and "except" in options
        inside = options["except"] if excluded else options
        if isinstance(inside, dict) and set(inside) == {"chosen"}:
            if self.rule["choices"][inside["chosen"]].get("options"):
                return (chosen == self.choice(inside["chosen"])) is not excluded
            return matching.place(self, chosen, options, day.day if day is not None else self.world.on)
        wanted = {str(one) for one in listed(options["except"] if isinstance(options, dict) else options)}
        if not wanted <= set(self.rule["choices"][name]["options"]):
            raise UnknownKey(f"option {options}")
        return (chosen in wanted) is not excluded

    def is_chosen(self, raw: Mapping[str, Any], day: Asked | None) -> str:
        if "of" in raw:
            return said(self.is_option(raw["of"], raw["chosen"], day))
        wanted = raw["chosen"]["except"] if isinstance(raw["chosen"], dict) else raw["chosen"]
        holding = [name for name, one in (self.rule.get("choices") or {}).items() if set(listed(wanted)) <= set(one.get("options") or {})]
        if len(holding) != 1:
            raise UnknownKey(f"chosen {raw['chosen']}")
        return said(self.is_option(holding[0], raw["chosen"], day))

    def duration(self, raw: Mapping[str, Any], day: Asked | None) -> str:
        """How long it is from one day to another, both counted: as many whole months as there are, then days."""
        first, last = self.moment(raw["from"], day), self.moment(raw["to"], day)
        if first is None or last is None:
            return READINGS
        if last < first:
            if any(question[0] == "dates" for question in self.world.answers):  # other days fit
                raise Impossible
            return READINGS
        answers = []
        for operator in BOUNDS:
            if operator not in raw:
                continue
            limit = (self.by_choice(raw[operator]) if isinstance(raw[operator], dict) else amount(raw[operator])).value
            full = add_months(first, limit.months) + limit.days - 1  # the last day of a stay that is just so long
            answers.append(said({"at_least": last >= full, "more_than": last > full, "at_most": last <= full, "less_than": last < full}[operator]))
        return both(answers)

    def fact(self, name: str) -> bool:
        stated = (self.person.get("facts") or {}).get(name)
        return stated if isinstance(stated, bool) else self.world.holds("facts", name)

    def declared(self, raw: Mapping[str, Any], day: Asked | None) -> str:
        """A fact that is so or not, or a number against bounds."""
        bounded = [key for key in BOUNDS if key in raw]
        allow(raw, "kind", "fact", "throughout", *(bounded or ["equals"]), *TOLD, *AROUND)
        if bounded:
            return both(self.bound_of_fact(raw, key, day) for key in bounded)
        return said(self.fact(raw["fact"]) == raw.get("equals", True))

    def bound_of_fact(self, raw: Mapping[str, Any], operator: str, day: Asked | None) -> str:
        """One bound of a number; where a table has no line, nobody can tell."""
        limit = raw[operator]
        if not (isinstance(limit, dict) and "table" in limit):
            return said(compare(operator, self.number(raw["fact"]), self.limits(raw, operator, day)[0]))
        allow(limit, "table")
        lines = [line for line in self.rule["tables"][limit["table"]] if all(self.in_cell(name, cell, day) for name, cell in line.items() if name != "is")]
        if len(lines) > 1:
            raise UnknownKey(f"two lines of {limit['table']}")
        return said(compare(operator, self.number(raw["fact"]), lines[0]["is"])) if lines else READINGS

    def in_cell(self, name: str, cell: Any, day: Asked | None) -> bool:
        """Whether the candidate is as one cell of a line says."""
        if name in (self.rule.get("choices") or {}):
            return self.choice(name) in [str(one) for one in listed(cell)]
        if isinstance(cell, bool):
            return self.fact(name) is cell
        value = self.number(name) if name != "age" else self.years_old(day.day if day is not None else self.world.on)
        return all(compare(key, value, limit) for key, limit in cell.items()) if isinstance(cell, dict) else value == cell

    def years_old(self, day: int) -> int:
        """The age in completed years."""
        born = Record("children", "birth_date", {"born": self.person.get("birth_date")}, self.world).date("born")
        if not add_months(self.world.on, -120 * 12) <= born <= self.world.on:
            raise Impossible  # a year that is mistyped
        leap = REFERENCE.leap_birthday(self.rule.get("jurisdiction") or "")
        if leap == "both" and matching.is_leap_day(born):
            leap = self.world.settle(("29 February ages on",), ("feb28", "mar1"))
        return age_on(born, day, leap)

    def number(self, name: str) -> float:
        """How much somebody states; of who states no number it may be any."""
        stated = (self.person.get("facts") or {}).get(name)
        return stated if stated is not None and not isinstance(stated, bool) else self.world.settle(("number", name), self.world.menu.figures(name))

    def group(self, kind: str, raw: Mapping[str, Any], day: Asked | None) -> str:
        if kind == "met":
            allow(raw, "met", *TOLD, *AROUND)
            named = [*(self.rule.get("conditions") or []), *(self.rule.get("criteria") or [])]
            target = next((one for one in named if one.get("id") == raw["met"]), None)
            if target is None:
                raise UnknownKey(f"met {raw['met']}")
            return self.criterion(target, day)
        if kind == "together":
            allow(raw, "together", *TOLD, *AROUND)
            return READINGS if day is None else self.together(raw["together"], day)
        allow(raw, kind, "same", *(("how_many",) if kind == "any_of" else ()), *TOLD, *AROUND)
        if "same" not in raw:
            return self.members(kind, raw, day)
        return self.same_for_all(kind, raw, day)

    def members(self, kind: str, raw: Mapping[str, Any], day: Asked | None) -> str:
        """The members of a group; one that does not apply is as if it were not written."""
        outer_scales = self.scales
        if kind == "any_of":
            self.scales = outer_scales | grade_scales(raw[kind])
        answers = [answer for member in raw[kind] if (answer := self.criterion(member, day)) != NOT_APPLICABLE]
        self.scales = outer_scales
        if not answers:
            return NOT_APPLICABLE
        if kind == "all_of":
            return both(answers)
        if kind == "none_of":
            return both(map(denied, answers))
        many = raw.get("how_many", 1)
        sure = answers.count(PASS)
        return PASS if sure >= many else READINGS if sure + answers.count(READINGS) >= many else FAIL

    def same_for_all(self, kind: str, raw: Mapping[str, Any], day: Asked | None) -> str:
        """One value of an attribute that satisfies the whole group."""
        if raw["same"] == "relative":
            return self.of_one_relative(kind, raw, day)
        fields = {"country": ("country", "in"), "employer": ("employer_name",), "school": ("school",)}.get(raw["same"])
        if fields is None:
            raise UnknownKey(f"same {raw['same']}")
        values = {
            str(value).split("-")[0] if raw["same"] == "country" else str(value)
            for source, whose in record_sources(raw[kind]) for record in self.records(source, {"whose": [*whose]} if whose else {}) for field in fields
            if field in FIELDS_OF.get(source, ()) and (value := record.get(field)) is not None
        }  # fmt: skip
        if not values:
            return self.members(kind, raw, day)
        answers = []
        for value in sorted(values):
            self.same = (raw["same"], value)
            answers.append(self.members(kind, raw, day))
            self.same = None
        return either(answer if answer != NOT_APPLICABLE else FAIL for answer in answers)

    def of_one_relative(self, kind: str, raw: Mapping[str, Any], day: Asked | None) -> str:
        """One and the same relative of whom all is true."""
        answers = []
        for index in range(len(self.entries(self.person, "relatives", ""))):
            self.relative = index
            answers.append(self.members(kind, raw, day))
            self.relative = None
        return either(answer if answer != NOT_APPLICABLE else FAIL for answer in answers)

    def together(self, parts: list[Mapping[str, Any]], day: Asked) -> str:
        """Shares of several wholes that together reach one whole; a length is counted in months, or else in days."""
        days = [self.day_of(raw, day) for raw in parts]
        every = [self.matching(raw, own, inner=True, part=True) for raw, own in zip(parts, days, strict=True)]
        holders: dict[str, list[int]] = {}
        for index, records in enumerate(every):
            for record in records:
                holders.setdefault(f"{record.source} {record.path}", []).append(index)
        shared = [path for path, several in holders.items() if len(several) > 1]
        answers = [self.shares_reach([self.shares_of(*one) for one in zip(parts, every, days, strict=True)])]
        if shared and answers[0] != FAIL:  # a record that two parts ask for may count for one of them only
            ways: Iterable[tuple[int, ...]] = [(index,) * len(shared) for index in range(len(parts))]
            if len(parts) ** len(shared) <= 256:
                ways = product(*(holders[path] for path in shared))
            found = []
            for way in ways:
                mine = dict(zip(shared, way, strict=True))
                divided = [
                    [one for one in records if mine.get(f"{one.source} {one.path}", index) == index] for index, records in enumerate(every)
                ]
                found.append(self.shares_reach([self.shares_of(*one) for one in zip(parts, divided, days, strict=True)]))
            answers.append(either(found))
        return agreed(answers)

    @staticmethod
    def shares_reach(shares: list[tuple[Fraction, ...]]) -> str:
        return agreed(said(sum(some) >= 1) for some in product(*shares))

    def shares_of(self, raw: Mapping[str, Any], records: list[Record], own: Asked) -> tuple[Fraction, ...]:
        """What share of a whole some records are, however one counts; of relatives, that of whoever has most."""
        if "whose" in raw and self.relative is None and len(people := self.entries(self.person, "relatives", "")) > 1:
            apart = []
            for index in range(len(people)):
                self.relative = index
                apart.append(self.shares_of(raw, [one for one in records if one.path.startswith(f"relatives[{index}].")], own))
                self.relative = None
            return tuple({max(some) for some in product(*apart)})
        whole = amount(raw["whole"])
        beyond = amount(raw["beyond"]) if "beyond" in raw else None
        assert whole is not None
        if whole.measure == "time":
            return self.shares_of_time(self.pieces(raw, records, own), whole.value, beyond.value if beyond else Length(0))
        got = {"hours": self.hours, "credits": self.credits}.get(whole.measure, self.number_of)(raw, records, own)
        return (min(Fraction(1), max(Fraction(0), Fraction(got) - Fraction(beyond.value if beyond else 0)) / Fraction(whole.value)),)

    @staticmethod
    def shares_of_time(pieces: list[Piece], whole: Length, beyond: Length) -> tuple[Fraction, ...]:
        """A share of so many months: whole months and the part of a month that is left over, stretch by stretch; where there are
        several that are not whole months, also by the cuts that make most of them, and in months of 30 days. However it is counted,
        it is never less than what one run of them is alone, so that a further record takes nothing away."""
        counted = count(pieces)
        if not whole.months:
            have = {counted.total / whole.days - Fraction(beyond.days, whole.days)}
        else:
            months = {sum((part.rate * in_months(part.first, part.last) for part in one_rate(pieces)), Fraction(0))}
            if counted.stretches > 1 and not counted.all_whole:
                least = max(counted.months, longest_alone(pieces))
                months = {max(least, one) for one in (*months, counted.months, counted.total / 30)}
            have = {(one - beyond.months) / whole.months for one in months}
            if beyond == Length(0) and at_least(counted, whole, None) == PASS:
                have = {max(Fraction(1), one) for one in have}
        return tuple(min(Fraction(1), max(Fraction(0), one)) for one in have)

    # ------------------------------------------------------------------------------------------------ age

    def age(self, raw: Mapping[str, Any], day: Asked) -> str:
        allow(raw, "kind", *BOUNDS, *MOVED, "counted", "born", "throughout", *TOLD, *AROUND)
        born = Record("children", "birth_date", {"born": self.person.get("birth_date")}, self.world).date("born")
        if not add_months(self.world.on, -120 * 12) <= born <= self.world.on:
            raise Impossible  # a year that is mistyped
        if "born" in raw:
            return said(any(first <= born <= last for first, last in self.window(raw["born"], day)))
        return both(self.age_bound(raw, operator, born, day) for operator in BOUNDS if operator in raw)

    def age_bound(self, raw: Mapping[str, Any], operator: str, born: int, day: Asked) -> str:
        """One bound. What moves it is taken off the day: a limit of 33 and 14 months more is 33 fourteen months ago."""
        counted = raw.get("counted", "completed_years")
        if counted not in ("completed_years", "not_past_birthday", "accomplished"):
            raise UnknownKey(f"counted {counted}")
        limit = amount(raw[operator]) if not isinstance(raw[operator], dict) else self.by_choice(raw[operator])
        if limit is None or limit.measure not in ("number", "time"):
            raise UnknownKey(f"{operator} {raw[operator]}")
        value = age_in_months(limit)
        if not self.is_moved(raw, operator):
            return said(self.aged(raw, operator, born, day.day, value))
        values = [value]
        for entry in listed(raw.get("extended", [])):
            if "to" in entry and (holds := self.criterion(entry["when"], day)) in (PASS, READINGS):
                further = [max(value, age_in_months(amount(entry["to"]))) for value in values]
                values = further if holds == PASS else [*values, *further]
        answers = []
        for value, move in product(values, self.moved_by(raw.get("extended", []), day)):
            there = self.aged(raw, operator, born, move.before(day.day), value)
            if "never_beyond" in raw:
                there = there and self.aged(raw, operator, born, day.day, age_in_months(amount(raw["never_beyond"])))
            answers.append(said(there))
        return agreed(answers)

    def aged(self, raw: Mapping[str, Any], operator: str, born: int, day: int, limit: int) -> bool:
        """`accomplished` asks that the age be reached on the eve; `not_past_birthday` accepts the birthday of the limit and no day after.
        The limit is in months; where none of the criterion says months, completed years are compared."""
        counted, monthly = raw.get("counted", "completed_years"), ages_in_months(raw)
        leap = REFERENCE.leap_birthday(self.rule.get("jurisdiction") or "")
        if leap == "both" and matching.is_leap_day(born):
            leap = self.world.settle(("29 February ages on",), ("feb28", "mar1"))
        day -= counted == "accomplished" or (counted == "not_past_birthday" and operator in ("at_most", "less_than"))
        more = counted == "not_past_birthday" and operator in ("at_most", "less_than")
        if not monthly:
            return compare(operator, age_on(born, day, leap) + more, limit // 12)
        short = self.world.settle(("a month without the day of birth",), ("feb28", "mar1")) if date.fromordinal(born).day > 28 else "feb28"
        return compare(operator, months_on(born, day, leap, short) + more, limit)

    # ---------------------------------------------------------------------------------------- records

    def known(self, raw: Mapping[str, Any]) -> Any:
        if raw.get("kind") not in KINDS:
            raise UnknownKey(f"kind {raw.get('kind')}")
        return KINDS[raw["kind"]]

    def full_week(self, raw: Mapping[str, Any]) -> Fraction | None:
        hours = amount(raw["full_week"]) if "full_week" in raw else None
        return None if hours is None else Fraction(hours.value)

    def records(self, source: str, raw: Mapping[str, Any]) -> list[Record]:
        """The records of a list of the profile, or of the relatives that `whose` names."""
        if "whose" not in raw:
            return self.list_of(self.person, source, "")
        found: list[Record] = []
        for index, relative in enumerate(self.entries(self.person, "relatives", "")):
            if self.relative not in (None, index):
                continue
            path = f"relatives[{index}]"
            if self.relation_of(index, relative, listed(raw["whose"])) in listed(raw["whose"]):
                found += self.list_of(relative, source, f"{path}.")
        return found

    def of_both(self, raw: Mapping[str, Any], day: Asked) -> str:
        """What is true of each of two parents: of those listed, of whom the world says which, and of such as are not."""
        parents = [
            index for index, one in enumerate(self.entries(self.person, "relatives", ""))
            if self.relation_of(index, one, ["parent"]) == "parent" and self.is_related(Record("children", f"relatives[{index}].", {}, self.world), day.day)
        ]  # fmt: skip
        one = {**raw, "whose": "parent"}
        if len(parents) > 2:
            pairs = tuple(combinations(parents, 2))
            parents = list(self.world.settle(("which parents",), pairs))
        answers = []
        for index in parents:
            self.relative = index
            answers.append(self.question(one, day))
            self.relative = None
        answers += [said(self.world.holds("a parent who is not listed", str(index), str(raw))) for index in range(2 - len(parents))]
        return both(answers)

    def relation_of(self, index: int, relative: Mapping[str, Any], asked: list[Any]) -> Any:
        """What a relative is to the candidate; a word that nothing knows may mean any of those asked about, or another."""
        relation = REFERENCE.find_term("relations", str(relative.get("relation", "")), False).id
        if relation is None:
            menu = self.world.menu
            relation = self.world.settle((f"relatives[{index}]", "relation"), () if menu is None else (*asked, "nobody asked about"))
        return relation

    def is_related(self, record: Record, day: int) -> bool:
        """Whether the relative whose record it is is one on a day: from when until when, where that is said."""
        index = int(record.path.partition("[")[2].partition("]")[0])
        listed_so = self.entries(self.person, "relatives", "")[index]
        days = [self.end_of_relation(index, listed_so.get(key), key, default) for key, default in (("from", FIRST), ("to", LAST))]
        if days[1] < days[0]:
            raise Impossible
        return days[0] <= day <= days[1]

    def end_of_relation(self, index: int, raw: Any, key: str, default: int) -> int:
        if raw in (None, "ongoing"):
            return default
        first, last = matching.interval(raw)
        menu = self.world.menu
        return first if first == last else int(self.world.settle((f"relatives[{index}]", key), () if menu is None else menu.days(first, last)))

    def list_of(self, person: Mapping[str, Any], source: str, prefix: str) -> list[Record]:
        if source == "domicile":
            home = person.get("domicile")
            return [Record(source, f"{prefix}domicile", {"in": home} if home is not None else {}, self.world)]
        if source == "availability":
            said_of_it = person.get("availability")
            if said_of_it is None and not self.world.holds(f"{prefix}availability", "there is any"):
                return []
            return [Record(source, f"{prefix}availability", said_of_it or {}, self.world)]
        entries = self.entries(person, source, prefix)
        return [
            Record(source, f"{prefix}{source}[{index}]", entry, self.world) for index, entry in enumerate(entries)
            if not self.is_pasted_twice(source, entry, entries[:index], f"{prefix}{source}[{index}]")
        ]  # fmt: skip

    def is_pasted_twice(self, source: str, entry: Mapping[str, Any], before: list[Mapping[str, Any]], path: str) -> bool:
        """Whether an entry that says just what an earlier one says is the same once more; children, and earlier applications, count as
        written."""
        if source in ("children", "absences", "citizenships", "languages") or not entry or entry not in before or entry.get("role") == "applicant":
            return False
        return self.world.holds(path, "is the same entry pasted twice")

    def entries(self, person: Mapping[str, Any], name: str, prefix: str) -> list[Mapping[str, Any]]:
        """The entries of a list; one that is not there, or goes on, holds as many more as the world says."""
        raw = person.get(name)
        stated = [{"country": one} if name == "citizenships" and isinstance(one, str) else one for one in raw or []]
        if raw is not None and name not in listed(person.get("incomplete") or []):
            return stated
        menu = self.world.menu
        more = self.world.settle((f"{prefix}{name}", "further records"), (0, 1) if menu is None else menu.further())
        return [*stated, *(Further() for _ in range(more))]

    def fits(self, record: Record, raw: Mapping[str, Any], asked: Asked, changing: bool, on: int | None = None) -> bool:
        """Whether all filters hold of a record; those that change with time only where `changing`, on the day `on`."""
        if "whose" in raw and not self.is_related(record, asked.day):
            return False
        for key, spec in self.known(raw).filters.items():
            if key not in raw:
                continue
            if self.changes(raw[key], spec) and not changing:
                continue
            one = self.state_of(record, raw, asked) if spec[1] == "date" and self.dates_a_state(raw) else record
            if not matching.holds(self, one, spec, raw[key], asked, asked.day if on is None else on, dict(raw)):
                return False
        if self.same is not None and not self.has_same(record):
            return False
        if "each" in raw and not self.is_long_enough(record, raw, asked):
            return False
        return not any(
            all(
                matching.holds(self, record, self.filter_of(raw, key), wanted, asked, asked.day if on is None else on, own)
                for key, wanted in excluded.items()
                if key not in ("skills", "valid")
            )
            for excluded in listed(raw.get("other_than", []))
            for own in [{**{key: value for key, value in raw.items() if key not in ("skills", "valid")}, **excluded}]
        )

    def is_long_enough(self, record: Record, raw: Mapping[str, Any], asked: Asked) -> bool:
        """Whether a record lasts as long as each has to, up to the day."""
        first, last = record.first(), min(record.last(), asked.last)
        lasting = count([Piece(max(first, add_months(asked.last, -12 * 150)), last)] if first <= last else [])
        return all(compare_length(operator, lasting, self.length(limit), raw.get("counted")) == PASS for operator, limit in raw["each"].items())

    def dates_a_state(self, raw: Mapping[str, Any]) -> bool:
        """Whether the dates asked for are those of a state that lasts so long: it may be written in several records. A job is one record."""
        return raw["kind"] != "employment" and self.measure(raw) == "time" and (self.known(raw).state or "unbroken" in raw)

    def state_of(self, record: Record, raw: Mapping[str, Any], asked: Asked) -> Record:
        """The whole state that a record is a part of: with the records like it that adjoin."""
        dated = {key for key, spec in self.known(raw).filters.items() if spec[1] == "date"}
        plain = {key: value for key, value in raw.items() if key not in dated}
        like = [one for one in self.records(record.source, raw) if self.fits(one, plain, asked, changing=True)]
        days = joined([(one.first(), one.last()) for one in like])
        around = next(((first, last) for first, last in days if first <= record.first() <= last), (record.first(), record.last()))
        return Lasting(record, *around)

    def filter_of(self, raw: Mapping[str, Any], key: str) -> tuple[str, ...]:
        if key not in self.known(raw).filters:
            raise UnknownKey(f"{key} of {raw['kind']}")
        return self.known(raw).filters[key]  # type: ignore[no-any-return]  # filters are tuples of words

    def changes(self, wanted: Any, spec: tuple[str, ...]) -> bool:
        return spec[1] == "place" and matching.changes_with_time(self, wanted)

    def has_same(self, record: Record) -> bool:
        """Whether a record has the value that is tried for the whole group; one that has no such attribute is left as it is."""
        assert self.same is not None
        attribute, value = self.same
        fields = {"country": ("country", "in"), "employer": ("employer_name",), "school": ("school",)}[attribute]
        for field in fields:
            if field in FIELDS_OF.get(record.source, ()):
                mine = record.get(field)
                if attribute == "country":
                    return matching.place(self, mine, value, self.world.on)
                return matching.one_name(self, str(mine), value, "schools" if attribute == "school" else None)
        return True

    def days_like(self, record: Record, raw: Mapping[str, Any], asked: Asked, stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Those days of some stretches on which the filters that change with time hold."""
        specs = [(key, spec) for key, spec in self.known(raw).filters.items() if key in raw and self.changes(raw[key], spec)]
        if not specs:
            return stretches
        turns = {day for key, _ in specs for day in matching.turns(self, raw[key])}
        parts = [part for first, last in stretches for part in cut_at(first, last, turns)]
        return joined(
            part for part in parts if all(matching.holds(self, record, spec, raw[key], asked, part[0], dict(raw)) for key, spec in specs)
        )

    def is_state(self, raw: Mapping[str, Any]) -> bool:
        """Whether the question is about what holds on the day; a window makes it one about a lifetime."""
        return self.known(raw).state and "during" not in raw and "ended" not in raw and "expires" not in raw

    def spans(self, raw: Mapping[str, Any], asked: Asked) -> list[tuple[int, int]]:
        """The days that a question looks at: its window, up to its day."""
        last = LAST if "from" in raw and raw["kind"] == "availability" else asked.last
        spans = self.window(raw["during"], asked) if "during" in raw else [(FIRST, LAST)]
        if raw["kind"] == "funds" and "ended" in raw and "during" not in raw:  # days count up to the end of the window
            spans = [(FIRST, end) for _, end in self.window(raw["ended"], asked)]
        return meeting(spans, [(FIRST, last)])

    def check_keys(self, raw: Mapping[str, Any], inner: bool = False, part: bool = False) -> None:
        kind = self.known(raw)
        allow(
            raw, "kind", *kind.filters, *kind.options, *BOUNDS, *MOVED, *COUNTING, *(("whole", "beyond") if part else ()),
            *(("as_of",) if inner else ("throughout", *TOLD, *AROUND)),
        )  # fmt: skip

    def matching(self, raw: Mapping[str, Any], asked: Asked, inner: bool = True, part: bool = False) -> list[Record]:
        """The records that count."""
        self.check_keys(raw, inner, part)
        if "take" in raw and any(spec[1] == "date" and key in raw for key, spec in self.known(raw).filters.items()):
            return self.taken(raw, asked)
        return [record for record in self.records(self.known(raw).source, raw) if self.counts(record, raw, asked)]

    def taken(self, raw: Mapping[str, Any], asked: Asked) -> list[Record]:
        """`take`: of the records that match, the first, the latest or the highest has to have its dates in the windows."""
        dated = {key: spec for key, spec in self.known(raw).filters.items() if spec[1] == "date" and key in raw}
        bare = {key: value for key, value in raw.items() if key not in dated}
        found = [record for record in self.records(self.known(raw).source, raw) if self.counts(record, bare, asked, self.is_state(raw))]
        if not found:
            return []
        spec = next(iter(dated.values()))
        rank: Callable[[Record], Any] = {
            "highest": lambda one: -one.get("level"),
            "first": lambda one: matching.record_date(one, spec[0]),
            "latest": lambda one: -matching.record_date(one, spec[0]),
        }[raw["take"]]
        best = min(map(rank, found))
        foremost = [record for record in found if rank(record) == best]
        good = [one for one in foremost if all(matching.holds(self, one, spec, raw[key], asked, asked.day, dict(raw)) for key, spec in dated.items())]
        return good if len(good) == len(foremost) else []

    def counts(self, record: Record, raw: Mapping[str, Any], asked: Asked, state: bool | None = None) -> bool:
        """Whether a record matches, and its days let it count. `state`: that of the whole question, where this is a part of it."""
        kind = self.known(raw)
        if kind.source == "degrees":
            return self.is_awarded(record, raw, asked) and self.fits(record, raw, asked, changing=True, on=self.own_date(record, raw) if self.has_changing(raw) else None)
        if (self.is_state(raw) if state is None else state) and (self.measure(raw) != "time" or kind.source == "experience"):
            return record.first() <= asked.day <= record.last() and self.fits(record, raw, asked, changing=True)
        if not self.fits(record, raw, asked, changing=False):
            return False
        return bool(self.days_of(record, raw, asked))

    def has_changing(self, raw: Mapping[str, Any]) -> bool:
        return any(self.changes(raw[key], spec) for key, spec in self.known(raw).filters.items() if key in raw)

    def days_of(self, record: Record, raw: Mapping[str, Any], asked: Asked) -> list[tuple[int, int]]:
        """The days of a record that count, as stretches."""
        return self.days_like(record, raw, asked, meeting([(record.first(), record.last())], self.spans(raw, asked)))

    def is_awarded(self, record: Record, raw: Mapping[str, Any], asked: Asked) -> bool:
        """Whether a degree is obtained by the day; one announced for later is not one yet."""
        day = self.own_date(record, raw)
        if day > asked.last:
            return False
        if "during" in raw and not any(first <= day <= last for first, last in self.window(raw["during"], asked)):
            return False
        announced = record.raw.get("expected") or day > self.world.on
        return not announced or raw.get("expected") == "accepted" or self.world.holds(record.path, "is obtained as announced")

    # ------------------------------------------------------------------------------------- the question

    def measure(self, raw: Mapping[str, Any]) -> str:
        """What the bounds of a question measure; `exists` without a bound."""
        for operator in BOUNDS:
            if operator in raw:
                one = raw[operator]
                found = amount(next(iter(one["values"].values())) if isinstance(one, dict) else one)
                if found is None:
                    raise UnknownKey(f"{operator} {one}")
                return "count" if found.measure == "number" else found.measure
        return "exists"

    def question(self, raw: Mapping[str, Any], asked: Asked) -> str:
        """Records of a source · that match · in a window · measured · against a bound · on a day."""
        if "different" in raw:
            return self.different(raw, asked)
        kind, measure = self.known(raw), self.measure(raw)
        if raw["kind"] == "funds" and "ended" in raw and measure == "time":
            return self.money_held(raw, asked)
        records = self.matching(raw, asked, inner=False)
        if measure != "exists" and measure not in (*kind.measures, *(("relatives",) if "whose" in raw else ())):
            raise UnknownKey(f"{measure} of {raw['kind']}")
        if {"among_them", "sittings"} & set(raw):
            answer = self.combined(raw, records, asked)
        elif measure == "exists":
            answer = said(bool(records))
        elif measure == "time":
            answer = self.time(raw, records, asked)
        else:
            got = {"relatives": self.relatives_of, "count": self.number_of, "hours": self.hours, "credits": self.credits}[measure](raw, records, asked)
            answer = both(
                agreed(said(compare(operator, got, limit)) for limit in self.limits(raw, operator, asked))
                for operator in BOUNDS if operator in raw
            )  # fmt: skip
        if raw.get("absence_rule") is not None and answer != FAIL:
            if raw["absence_rule"] != "quebec_health_insurance":
                raise UnknownKey(f"absence_rule {raw['absence_rule']}")
            answer = both((answer, said(not self.years_lost(raw, asked))))
        return answer

    def relatives_of(self, raw: Mapping[str, Any], records: list[Record], asked: Asked) -> int:
        """How many relatives have such records, each once."""
        return len({str(record.path).partition("]")[0] for record in records})

    def number_of(self, raw: Mapping[str, Any], records: list[Record], asked: Asked) -> int:
        """How many; of languages and citizenships, how many different ones."""
        if raw["kind"] == "exam":
            return len(self.subjects(records))
        identity = {"languages": "language", "citizenships": "country"}.get(self.known(raw).source)
        return len({record.get(identity) for record in records}) if identity else len(records)

    def word_of(self, record: Record, field: str, vocabulary: str) -> str:
        """The subject or the exam that a word stands for; one that nobody declares may be any of those that the profile names."""
        word = matching.of_the_notice(self, str(record.get(field)), "terms", vocabulary)
        own = {str(one["id"] if isinstance(one, dict) else one) for one in self.own_entries() if not (isinstance(one, dict) and "country" in one)}
        if word in own or REFERENCE.is_term(vocabulary, word) or record.raw.get(field) is None:
            return word
        return str(self.world.settle(("stands for", field, word), (word, *(REFERENCE.vocabulary(vocabulary)))))

    def subjects(self, records: list[Record]) -> list[str]:
        """The different subjects."""
        return list(dict.fromkeys(self.word_of(record, "subject", "exam_subjects") for record in records))

    def combined(self, raw: Mapping[str, Any], records: list[Record], asked: Asked) -> str:
        """So many different subjects, those asked for among them, of so many sittings: every choice of sittings is tried."""
        exams = {record.path: self.word_of(record, "exam", "exams") for record in records}
        named = {record.path: self.word_of(record, "subject", "exam_subjects") for record in records}
        sitting = {record.path: (exams[record.path], date.fromordinal(max(1, min(record.first(), date.max.toordinal()))).strftime("%Y-%m")) for record in records}
        most = raw["sittings"]["at_most"] if "sittings" in raw else len(records)
        rest = {key: value for key, value in raw.items() if key not in ("among_them", "sittings", *BOUNDS)}
        demands = [{"kind": rest["kind"], **demand} for demand in listed(raw.get("among_them", []))]
        answers = []
        for chosen in combinations(dict.fromkeys(sitting.values()), min(most, len(set(sitting.values())))):
            there = [record for record in records if sitting[record.path] in chosen]
            subjects = list(dict.fromkeys(named[record.path] for record in there))
            met = any(
                all(any(named[record.path] == name and self.fits(record, demand, asked, changing=True) for record in there) for name, demand in zip(names, demands, strict=True))
                for names in permutations(subjects, len(demands))
            )  # fmt: skip
            enough = [agreed(said(compare(operator, len(subjects), limit)) for limit in self.limits(raw, operator, asked)) for operator in BOUNDS if operator in raw]
            answers.append(both([said(bool(subjects) and met), *enough]))
        return either(answers) if answers else FAIL

    def credits(self, raw: Mapping[str, Any], records: list[Record], asked: Asked) -> Fraction:
        return sum((Fraction(str(record.get("credits"))) for record in records), Fraction(0))

    def hours(self, raw: Mapping[str, Any], records: list[Record], asked: Asked) -> Fraction:
        """Hours of work: as said, or so many a week; with `full_week`, a week counts up to it. Only the best `periods` records."""
        full = self.full_week(raw)
        if "periods" in raw:
            allow(raw["periods"], "at_most")
            each = sorted((self.hours_of(raw, [record], asked, full) for record in records), reverse=True)
            return sum(each[: raw["periods"]["at_most"]], Fraction(0))
        return self.hours_of(raw, records, asked, full)

    def hours_of(self, raw: Mapping[str, Any], records: list[Record], asked: Asked, full: Fraction | None) -> Fraction:
        pieces = []
        for record in records:
            if record.raw.get("hours") is not None:
                said = Fraction(str(record.raw["hours"]))
                if record.last() == LAST:  # said of what goes on: all so far, whenever that was, or with some that are still to come
                    days = sum(last - first + 1 for first, last in self.days_of(record, raw, asked)) or 1
                    a_day = Fraction(self.world.settle((record.path, "hours so far"), (0, said, said / 2))) / days
                else:
                    a_day = said / (record.last() - record.first() + 1)
            elif record.source != "experience" and record.raw.get("hours_per_week") is None:
                limits = [found.value for key in BOUNDS if (found := amount(raw.get(key))) is not None and found.measure == "hours"]
                days = record.last() + 1 - record.first()
                just = [min(Fraction(24), Fraction(limit) / days) for limit in limits]
                a_day = Fraction(self.world.settle((record.path, "hours a day"), (0, 24, 1, 3, *just)))
            else:
                a_day = record.weekly_hours(full) / 7
            pieces += [(first, last, a_day) for first, last in self.days_of(record, raw, asked)]
        cuts = sorted({day for first, last, _ in pieces for day in (first, last + 1)})
        hours = Fraction(0)
        for first, after in pairwise(cuts):
            a_day = sum((one for begin, end, one in pieces if begin <= first <= end), Fraction(0))
            hours += (after - first) * (a_day if full is None else min(a_day, full / 7))
        return hours

    def different(self, raw: Mapping[str, Any], asked: Asked) -> str:
        """Different languages for different demands."""
        self.check_keys(raw)
        rest = {key: value for key, value in raw.items() if key != "different"}
        by_name: dict[str, list[Record]] = {}
        for record in self.records(self.known(raw).source, raw):
            by_name.setdefault(str(record.get("language")), []).append(record)
        demands = [{**rest, **demand} for demand in raw["different"]]
        for demand in raw["different"]:
            allow(demand, *self.known(raw).filters, "skills", "valid")
        return said(any(
            all(any(self.fits(record, demand, asked, changing=True) for record in by_name[name]) for name, demand in zip(names, demands, strict=True))
            for names in permutations(by_name, len(demands))
        ))  # fmt: skip

    # ------------------------------------------------------------------------------------ lengths of time

    def time(self, raw: Mapping[str, Any], records: list[Record], asked: Asked) -> str:
        """How long records last, against every bound."""
        way = raw.get("counted")
        if way not in (None, "days", "months_of_30_days", "calendar"):
            raise UnknownKey(f"counted {way}")
        if "of_which" in raw:
            return self.run_with_parts(raw, records, asked, way)
        answers = []
        for operator in BOUNDS:
            if operator in raw:
                limits = self.limits(raw, operator, asked)
                answers.append(agreed(self.time_against(raw, records, asked, operator, limit, way) for limit in limits))
        return both(answers)

    def money_held(self, raw: Mapping[str, Any], asked: Asked) -> str:
        """How long money was there that was there until a day of a window, or longer: whoever changes its amount still holds it."""
        window = self.window(raw["ended"], asked)
        until = {**{key: value for key, value in raw.items() if key != "ended"}, "during": raw.get("during", {"to": "application"})}
        spans = self.window(raw["during"], asked) if "during" in raw else [(FIRST, max((last for _, last in window), default=FIRST - 1))]
        pieces = [
            Piece(*stretch) for record in self.records("funds", raw) if self.fits(record, until, asked, changing=False)
            for stretch in meeting([(record.first(), min(record.last(), asked.last))], spans)
        ]  # fmt: skip
        there = joined((record.first(), record.last()) for record in self.records("funds", raw) if self.fits(record, until, asked, changing=False))
        runs = [run for run in there if meeting([run], window)]
        held = [one for one in pieces if any(first <= one.first <= last for first, last in runs)]
        answers = []
        for operator in BOUNDS:
            if operator in raw:
                for limit in self.limits(raw, operator, asked):
                    way = raw.get("counted")
                    answers.append(self.in_one_run(until, held, asked, operator, limit, way) if "unbroken" in raw else compare_length(operator, count(held), limit, way))
        return both(answers)

    def time_against(self, raw: Mapping[str, Any], records: list[Record], asked: Asked, operator: str, limit: Length, way: str | None) -> str:
        if raw["kind"] == "employment":
            runs = self.with_one_employer(raw, records, asked)
            longest_run = max(runs, key=lambda run: run[1] - run[0], default=None)
            pieces = [] if longest_run is None else [Piece(*longest_run)]
            return compare_length(operator, count(pieces), limit, way)
        if self.is_state(raw) or "unbroken" in raw:
            return self.in_one_run(raw, self.pieces(raw, records, asked), asked, operator, limit, way)
        return self.added_up(raw, records, asked, operator, limit, way)

    def share(self, record: Record, raw: Mapping[str, Any]) -> Fraction:
        """The working time that counts."""
        part_time = raw.get("part_time", "pro_rata")
        if part_time not in ("pro_rata", "counts_in_full", "excluded"):
            raise UnknownKey(f"part_time {part_time}")
        if part_time == "counts_in_full" or record.source != "experience":
            return Fraction(1)
        rate = record.rate(self.full_week(raw))
        return rate if part_time == "pro_rata" else Fraction(int(rate >= 1))

    def pieces(self, raw: Mapping[str, Any], records: list[Record], asked: Asked) -> list[Piece]:
        """The days of records that count, each at its rate."""
        found = []
        for record in records:
            rate = self.share(record, raw)
            if rate > 0:
                found += [Piece(first, last, rate) for first, last in self.days_of(record, raw, asked)]
        return found

    def counted(self, raw: Mapping[str, Any], records: list[Record], asked: Asked) -> Counted:
        return count(self.pieces(raw, records, asked))

    def credited(self, raw: Mapping[str, Any], asked: Asked) -> list[tuple[list[Piece], Length | None]]:
        """The records of other sources that count as well, each lot up to its own length."""
        found: list[tuple[list[Piece], Length | None]] = []
        for entry in listed(raw.get("also", [])):
            question = {key: value for key, value in entry.items() if key != "at_most"}
            day = self.day_of(question, asked)
            if "during" not in question and "during" in raw:
                question["during"] = raw["during"]
            if "whose" not in question and "whose" in raw:  # a credit is that of whoever it is credited to
                question["whose"] = raw["whose"]
            if self.known(question).source == "experience":  # how working time counts, as in the criterion
                question = {**{key: raw[key] for key in ("part_time", "full_week") if key in raw}, **question}
            most = self.length(entry["at_most"]) if "at_most" in entry else None
            found.append((self.lasting_pieces(question, day, asked), most))
        for word in listed(raw.get("including", [])):
            if word not in ("work", "study"):
                raise UnknownKey(f"including {word}")
            question = {"kind": "experience" if word == "work" else "study", "part_time": "counts_in_full"}
            if "in" in raw:
                question["works_in" if word == "work" else "in"] = raw["in"]
            for key in ("during", "whose"):
                if key in raw:
                    question[key] = raw[key]
            found.append((self.lasting_pieces(question, asked, asked), None))
        return found

    def lasting_pieces(self, question: Mapping[str, Any], day: Asked, limit: Asked) -> list[Piece]:
        """The days that credited records last, never beyond the day of what they are credited to."""
        pieces = self.pieces(question, self.matching(question, day), day)
        return [Piece(one.first, min(one.last, limit.last), one.rate) for one in pieces if one.first <= limit.last]

    def added_up(self, raw: Mapping[str, Any], records: list[Record], asked: Asked, operator: str, limit: Length, way: str | None) -> str:
        """All the days together; some of them up to a length only."""
        capped: list[tuple[list[Piece], Length | None]] = []
        free = list(records)
        for entry in listed(raw.get("limits", [])):
            question = {"kind": raw["kind"], **{key: value for key, value in entry.items() if key != "at_most"}}
            day = self.day_of(question, asked)
            self.check_keys(question, inner=True)
            some = [record for record in free if self.counts(record, question, day)]
            free = [record for record in free if record not in some]
            pieces = self.pieces(raw, some, asked)
            window = self.window(question["during"], day) if "during" in question else [(FIRST, LAST)]
            inside = [Piece(*stretch, one.rate) for one in pieces for stretch in meeting([(one.first, one.last)], window)]
            capped.append((inside, self.length(entry["at_most"])))
            capped.append(([Piece(*stretch, one.rate) for one in pieces for stretch in without([(one.first, one.last)], window)], None))
        capped += self.credited(raw, asked)
        pieces = self.pieces(raw, free, asked)
        return self.with_caps(pieces, capped, operator, limit, way)

    def with_caps(
        self, pieces: list[Piece], capped: list[tuple[list[Piece], Length | None]], operator: str, limit: Length, way: str | None,
        beyond: tuple[tuple[Length, Fraction, Fraction], ...] = (),
    ) -> str:  # fmt: skip
        """Each capped lot counts in full where it is surely no longer than its cap, and as long as its cap where it surely is, which adds
        nothing to what there is."""
        if capped:
            (lot, most), *rest = capped
            alone, whole = count(pieces).total, count([*pieces, *lot]).total
            in_full = most is None or whole - alone <= 30 * most.months + most.days or more_than(count(lot), most, None) == FAIL
            up_to_it = not in_full and (count(lot).total == 0 or at_least(count(lot), most, None) == PASS)  # type: ignore[arg-type]  # there is a most unless all counts
            ways = [] if up_to_it else [self.with_caps([*pieces, *lot], rest, operator, limit, way, beyond)]
            if not in_full and most is not None:
                ways.append(self.with_caps(pieces, rest, operator, limit, way, (*beyond, (most, self.fitting(lot, most), count(lot).total))))
            return agreed(ways)
        counted = count(pieces)
        if not beyond:
            return compare_length(operator, counted, limit, way)
        months, days = sum(one.months for one, _, _ in beyond), sum(one.days for one, _, _ in beyond)
        answers = {
            compare_length(operator, Counted(counted.total + extra, counted.months + months, counted.left + days, counted.stretches + 1, counted.all_whole and not days), limit, way)
            for extra in (sum(least for _, least, _ in beyond), min(longest(months) + days, sum(there for _, _, there in beyond)))
        }  # fmt: skip
        return agreed(answers)

    def fitting(self, lot: list[Piece], most: Length) -> Fraction:
        """So much of a lot that is longer than its cap counts at least: the cap in months of thirty days, or some of its pieces that fit in it."""
        some = [count(list(few)).total for size in range(1, min(len(lot), 5)) for few in combinations(lot, size) if more_than(count(list(few)), most, None) == FAIL]
        return max([Fraction(30 * most.months + most.days), *some])

    def in_one_run(self, raw: Mapping[str, Any], pieces: list[Piece], asked: Asked, operator: str, limit: Length, way: str | None) -> str:
        """One run without a break but those forgiven, which count; of a state, the run that reaches the day."""
        answers = [(forgiven, compare_length(operator, count(inside), limit, way)) for forgiven, _, _, inside in self.runs(raw, pieces, asked)]
        nothing = compare_length(operator, count([]), limit, way)
        if operator in ("at_least", "more_than"):
            return either((nothing, *(both(pair) for pair in answers)))
        return both((nothing, *(either((denied(forgiven), answer)) for forgiven, answer in answers)))

    def run_with_parts(self, raw: Mapping[str, Any], records: list[Record], asked: Asked, way: str | None) -> str:
        """One run that is long enough and holds enough of each part; a part has no days of the gaps that are forgiven."""
        parts = []
        for entry in listed(raw["of_which"]):
            one = {"kind": raw["kind"], **{key: raw[key] for key in ("whose", "full_week") if key in raw}, **{key: entry[key] for key in entry if key not in BOUNDS}}
            pieces = [
                piece._replace(first=first, last=last) for record in records if self.fits(record, one, asked, changing=False)
                for piece in self.pieces(raw, [record], asked) for first, last in self.days_like(record, one, asked, [(piece.first, piece.last)])
            ]  # fmt: skip
            if isinstance(raw.get("unbroken"), dict) and raw["kind"] == "residence":
                pieces = self.without_absences(raw, pieces, asked)
                pieces = self.without_absences(one, pieces, asked) if "in" in one else pieces
            parts.append((entry, pieces))
        answers = []
        for forgiven, begin, end, inside in self.runs(raw, self.pieces(raw, records, asked), asked):
            found = [forgiven]
            for asks, lot in ((raw, inside), *((entry, [one._replace(first=max(one.first, begin), last=min(one.last, end)) for one in some if one.first <= end and one.last >= begin]) for entry, some in parts)):
                found += [agreed(compare_length(operator, count(lot), limit, way) for limit in self.limits(asks, operator, asked)) for operator in BOUNDS if operator in asks]
            answers.append(both(found))
        return either((FAIL, *answers))

    def runs(self, raw: Mapping[str, Any], pieces: list[Piece], asked: Asked) -> Iterator[tuple[str, int, int, list[Piece]]]:
        """The runs without a break but those forgiven: whether they are, from when until when, and what there is in them."""
        for lot, most in self.credited(raw, asked):
            if most is not None:
                raise UnknownKey("a capped credit in one run")
            pieces = [*pieces, *lot]
        gaps = raw.get("unbroken", True)
        if isinstance(gaps, dict):
            allow(gaps, "each_gap", "all_gaps")
            if raw["kind"] == "residence":
                pieces = self.without_absences(raw, pieces, asked)
        elif gaps is not True:
            raise UnknownKey(f"unbroken {gaps}")
        runs = joined((piece.first, piece.last) for piece in pieces)
        since = self.moment(raw["from"], asked) if raw["kind"] == "availability" and "from" in raw else None
        must_reach = asked.last if self.is_state(raw) and since is None else None
        for last in range(len(runs)):
            if must_reach is not None and runs[last][1] != must_reach:
                continue
            for first in range(last + 1):
                between = [Piece(one[1] + 1, two[0] - 1) for one, two in zip(runs[first:last], runs[first + 1 : last + 1], strict=True)]
                begin, end = runs[first][0], runs[last][1]
                if since is not None:
                    if not begin <= since <= end:
                        continue
                    begin = since
                forgiven = self.forgiven(gaps, between)
                if forgiven == FAIL:
                    continue
                inside = [Piece(max(one.first, begin), min(one.last, end), one.rate) for one in pieces if one.first <= end and one.last >= begin]
                yield forgiven, begin, end, [*inside, *between]

    def forgiven(self, gaps: Any, between: list[Piece]) -> str:
        """Whether the gaps of a run may be passed over: each of them, and all together."""
        if gaps is True:
            return said(not between)
        answers = []
        for key, lots in (("each_gap", [[gap] for gap in between]), ("all_gaps", [between] if between else [])):
            if key in gaps:
                allow(gaps[key], *BOUNDS)
                answers += [compare_length(operator, count(lot), self.length(limit), None) for lot in lots for operator, limit in gaps[key].items()]
        return both(answers)

    def without_absences(self, raw: Mapping[str, Any], pieces: list[Piece], asked: Asked) -> list[Piece]:
        """A stay without the days away, which are gaps: not those inside the place, and not the day asked itself."""
        there = {"kind": "residence", "in": raw.get("in")}
        away = [
            (one.first(), one.last()) for one in self.records("absences", {key: raw[key] for key in ("whose",) if key in raw})
            if "in" not in raw or not self.fits(one, there, asked, changing=True, on=min(one.last(), asked.last))
        ]  # fmt: skip
        away = without(away, [(asked.last, asked.last)])
        return [Piece(first, last, piece.rate) for piece in pieces for first, last in without([(piece.first, piece.last)], away)]

    def with_one_employer(self, raw: Mapping[str, Any], held: list[Record], asked: Asked) -> list[tuple[int, int]]:
        """How long the job held on the day has lasted with the same employer, as every filter asks; the run for each employer. Of a job that
        is over (`ended`): how long it had lasted."""
        lasting = {key: value for key, value in raw.items() if key not in (*BOUNDS, *MOVED)}
        runs = []
        for employer in {self.employer(record) for record in held}:
            days: list[tuple[int, int]] = []
            for record in self.records("experience", raw):
                if self.employer(record) == employer and self.fits(record, lasting, asked, changing=False):
                    days += self.days_of(record, raw, asked)
            end = max((last for _, last in self.spans(raw, asked)), default=None)
            if "ended" in raw:
                ends = [min(one.last(), asked.last) for one in held if self.employer(one) == employer]
                runs += [run for run in joined(days) if any(run[0] <= last <= run[1] for last in ends)]
            else:
                runs += [run for run in joined(days) if run[1] == end]
        return runs

    def employer(self, record: Record) -> str:
        """The name of the employer; a job without one may be with any employer of its kind that the profile names, or with another."""
        if record.raw.get("employer_name"):
            return self.one_spelling(str(record.raw["employer_name"]))
        kind = record.raw.get("employer")
        others = [
            self.one_spelling(str(one["employer_name"])) for one in self.person.get("experience") or []
            if one.get("employer_name") and kind is not None and one.get("employer") == kind
        ]  # fmt: skip
        nameless = f"the employer of {kind}" if kind is not None else f"the employer of {record.path}"
        options = tuple(dict.fromkeys([f"the employer of {record.path}", *others, nameless]))
        return options[0] if len(options) == 1 else str(self.world.settle((record.path, "employer_name"), options))

    def one_spelling(self, name: str) -> str:
        """The first of the names of employers in the profile that is of the same one."""
        people = [self.person, *self.entries(self.person, "relatives", "")]
        names = [str(one["employer_name"]) for each in people for one in each.get("experience") or [] if one.get("employer_name")]
        return next((one for one in names if matching.one_name(self, one, name, None)), name)

    def years_lost(self, raw: Mapping[str, Any], asked: Asked) -> list[int]:
        """Québec health insurance: calendar years with 183 days away or more, stays of 21 days or less and the days of travel apart."""
        limit = next((self.limits(raw, operator, asked)[0] for operator in BOUNDS if operator in raw), Length(0))
        first, last = limit.before(asked.last + 1), asked.last
        away: dict[int, set[int]] = {}
        for stay in self.records("absences", {key: raw[key] for key in ("whose",) if key in raw}):
            days = range(stay.first() + 1, min(stay.last(), last + 1))
            if len(days) > 21:
                for day in days:
                    away.setdefault(matching.year_of(day), set()).add(day)
        return [year for year in range(matching.year_of(first), matching.year_of(last) + 1) if len(away.get(year, ())) >= 183]


# --------------------------------------------------------------------------------------------------- small things

FIELDS_OF = {
    kind.source: [field for field in ("country", "in", "school", "employer_name") if field in {spec[0] for spec in kind.filters.values()}]
    for kind in KINDS.values()
}
"""Where a record has a country, an employer or a school that a group may ask to be the same."""


def matching_place(word: str) -> str:
    from .record import meant

    return str(meant("in", word))


def longest_of(lengths: Iterable[Length]) -> Length:
    """The longest of some lengths."""
    several = tuple(dict.fromkeys(lengths))
    return next((one for one in several if all(never_longer(other, one) for other in several)), Whichever(several))


def both_lengths(one: Length, other: Length) -> Length:
    """Two lengths together, where either may be the longest of several."""
    ways = [getattr(each, "ways", (each,)) for each in (one, other)]
    return longest_of(mine.plus(theirs) for mine, theirs in product(*ways))


class Whichever:
    """The longest of some lengths, where it depends on the day from which they are counted."""

    def __init__(self, ways: tuple[Length, ...]) -> None:
        self.ways = ways

    def __getattr__(self, name: str) -> Any:
        return getattr(max(self.ways, key=size), name)

    def plus(self, other: Length) -> Length:
        return longest_of(one.plus(other) for one in self.ways)

    def at_most(self, most: Length) -> Length:
        return longest_of(one.at_most(most) for one in self.ways)

    def before(self, day: int) -> int:
        return min(one.before(day) for one in self.ways)

    def after(self, day: int) -> int:
        return max(one.after(day) for one in self.ways)


@lru_cache(maxsize=4096)
def never_longer(one: Length, other: Length) -> bool:
    """Whether a length is no longer than another, from whatever day of four years on and back."""
    days = range(date(2020, 1, 1).toordinal(), date(2024, 1, 1).toordinal())
    return all(one.after(day) <= other.after(day) and one.before(day) >= other.before(day) for day in days)


def size(limit: Any) -> Any:
    return longest(limit.months) + limit.days if isinstance(limit, Length) else limit


def meeting(ones: list[tuple[int, int]], others: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The days that lie in both."""
    both_of = [(max(one[0], other[0]), min(one[1], other[1])) for one in ones for other in others]
    return joined([stretch for stretch in both_of if stretch[0] <= stretch[1]])


def without(ones: list[tuple[int, int]], others: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The days that lie in the first and not in the others."""
    taken = joined(others)
    left = [(before[1] + 1, after[0] - 1) for before, after in zip([(0, FIRST - 1), *taken], [*taken, (LAST + 1, 0)], strict=True)]
    return meeting(ones, [stretch for stretch in left if stretch[0] <= stretch[1]])


def cut_at(first: int, last: int, turns: set[int]) -> list[tuple[int, int]]:
    """A stretch cut before each of some days."""
    starts = [first, *sorted(day for day in turns if first < day <= last)]
    return [(start, after - 1) for start, after in zip(starts, [*starts[1:], last + 1], strict=True)]


def grade_scales(raw: Any) -> frozenset[str]:
    """The scales on which some alternatives ask for a mark."""
    if isinstance(raw, list):
        return frozenset().union(*map(grade_scales, raw))
    if not isinstance(raw, dict):
        return frozenset()
    own = raw.get("grade") if raw.get("kind") == "degree" else None
    mine = {scale for bounds in own.values() for scale in bounds} if isinstance(own, dict) else set()
    return frozenset(mine).union(*(grade_scales(value) for value in raw.values()))


def record_sources(raw: Any) -> set[tuple[str, tuple[str, ...]]]:
    """The lists that some criteria ask about, and whose they are: of nobody named, the candidate's own."""
    if isinstance(raw, list):
        return set().union(*map(record_sources, raw)) if raw else set()
    if not isinstance(raw, dict):
        return set()
    kind = "permit" if raw.get("kind") == "permanent_residence" else raw.get("kind")
    own = {(KINDS[kind].source, ("parent",) if raw.get("whose") == "both_parents" else tuple(listed(raw.get("whose", []))))} if kind in KINDS else set()
    return own.union(*(record_sources(raw[key]) for key in ("all_of", "any_of", "none_of") if key in raw))
