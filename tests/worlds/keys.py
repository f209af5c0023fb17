"""Whether every key and form of a rule is known: the whole grammar, walked once, whatever the person.

What is accepted has an effect (D3): a key or a form that would do nothing in its place is not known there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from .by_choice import makes_others, settled_as
from .calendar_days import STEPS, ages_in_months, ages_of, amount
from .evaluate import allow, listed
from .language import AROUND, BOUNDS, COUNTING, GROUPS, KINDS, MOVED, SKILL_GROUPS, TOLD, Kind
from .record import REFERENCE
from .world import UnknownKey


def check(rule: Mapping[str, Any]) -> None:
    """Raises UnknownKey for the first thing in the criteria and conditions of a rule that is not known."""
    keys = Keys(rule)
    for day in (rule.get("dates") or {}).values():
        keys.by_option(day)
    for criterion in [*(rule.get("conditions") or []), *(rule.get("criteria") or [])]:
        keys.criterion(criterion)


TIMELESS = ("languages", "domicile")
"""Lists that are the same on every day."""
OPTIONS = ("full_week", "periods", "expected", "any_date_of", "different", "among_them", "sittings", "absence_rule", "including", "from")
_CHOOSING = ("during", "other_than", "whose", "expected", "any_date_of", "as_of", "each")
_MEASURING = ("also", "limits", "part_time", "full_week", "unbroken", "from", "counted")
SERVED: Mapping[str, tuple[str, ...] | None] = {
    "criterion": None,
    "moment": (*_CHOOSING, "take"),
    "while": ("during", "other_than", "whose"),
    "per": _CHOOSING,
    "of": ("each", "during", "other_than", "whose", "as_of", *_MEASURING),
    "also": ("each", "during", "other_than", "whose", "as_of", "part_time", "full_week", "counted"),
    "limits": ("each", "during", "other_than", "as_of", "counted"),
    "together": (*_CHOOSING, *_MEASURING, "periods"),
}
"""The keys that have an effect in what a question serves; None: all."""


def listed_day(raw: Any) -> Mapping[str, Any]:
    """The mapping of a day, where it is written as one."""
    return raw if isinstance(raw, dict) and "kind" not in raw else {}


def in_months(raw: Any) -> bool:
    """Whether a text is a length with months or years."""
    found = amount(raw)
    return found is not None and found.measure == "time" and bool(found.value.months)


def need(truth: Any, what: str) -> None:
    if not truth:
        raise UnknownKey(what)


class Keys:
    """The walk through one rule."""

    def __init__(self, rule: Mapping[str, Any]) -> None:
        self.rule = rule
        self.lists = rule.get("lists") or {}
        self.choices = rule.get("choices") or {}
        self.days = {*(rule.get("dates") or {}), "application"}
        self.ids = {one.get("id") for one in [*(rule.get("conditions") or []), *(rule.get("criteria") or [])]}

    # -------------------------------------------------------------------------------------- statements

    def criterion(self, raw: Any) -> None:
        need(isinstance(raw, dict), f"criterion {raw}")
        if "readings" not in raw:
            return self.around(raw)
        need(isinstance(raw["readings"], list) and len(raw["readings"]) > 1, "readings")
        base = {key: value for key, value in raw.items() if key != "readings"}
        for reading in raw["readings"]:
            need("name" in reading, "a reading without a name")
            own = {key: value for key, value in reading.items() if key not in ("name", "preferred", "without")}
            whole = set(own) & {"kind", *GROUPS}
            out = reading.get("without", [])
            out = out if isinstance(out, list) else [out]
            need(not out or not (whole or own.get("importance") == "desirable"), "without in a reading that asks something else")
            need(all(key in base and key not in (*own, *TOLD, *GROUPS, "kind", "id", "importance") for key in out), "without what is not there")
            kept = {key: value for key, value in base.items() if key not in out and (not whole or key in (*TOLD, *AROUND))}
            self.around({**kept, **own})
        return None

    def around(self, raw: Mapping[str, Any]) -> None:
        changing = list(makes_others(raw))
        for one in changing:
            allow(one, "by", "values")
            options = (self.choices.get(one.get("by")) or {}).get("options")
            need(options and isinstance(one.get("values"), dict) and {*one["values"]} == {*options}, f"a value for each option: {one}")
        if changing:
            for option in changing[0]["values"]:
                self.around(settled_as(raw, changing[0]["by"], option))
            return
        for key in ("when", "unless", "derogation"):
            if key in raw:
                self.criterion(raw[key])
        if "as_of" in raw:
            self.moment(raw["as_of"])
        if "throughout" in raw:
            need(isinstance(raw["throughout"], dict) and set(raw["throughout"]) == {"from", "to"}, "throughout")
            for day in raw["throughout"].values():
                self.moment(day)
                need("included" not in listed_day(day), "included of an end of a span")
            need("as_of" not in raw, "one day of what is asked on each of a span")
        self.statement(raw)

    def statement(self, raw: Mapping[str, Any]) -> None:
        around = (*TOLD, *AROUND)
        groups = [key for key in (*GROUPS, "kind") if key in raw]
        if "chosen" in raw:
            allow(raw, "chosen", "of", *around)
            wanted = raw["chosen"]["except"] if isinstance(raw["chosen"], dict) and "of" not in raw else raw["chosen"]
            holding = [one for one in self.choices.values() if isinstance(wanted, str | list) and set(listed(wanted)) <= set(one.get("options") or {})]
            need(raw["of"] in self.choices if "of" in raw else len(holding) == 1, f"chosen {raw['chosen']}")
            return
        need(len(groups) == 1, f"one of kind and groups: {groups}")
        kind = raw.get("kind", groups[0])
        match kind:
            case "met":
                allow(raw, "met", *around)
                need(raw["met"] in self.ids, f"met {raw['met']}")
            case "together":
                allow(raw, "together", *around)
                for part in raw["together"]:
                    need("whole" in part, "a part without its whole")
                    self.question(part, "together")
            case "all_of" | "any_of" | "none_of":
                allow(raw, kind, "same", *(("how_many",) if kind == "any_of" else ()), *around)
                need(isinstance(raw[kind], list) and raw[kind], f"empty {kind}")
                need(raw.get("same") in (None, "country", "employer", "school", "relative"), f"same {raw.get('same')}")
                if raw.get("same") == "relative":
                    need(kind == "all_of" and asked_of_one(raw[kind]), "one relative for all")
                need(1 <= raw.get("how_many", 1) <= len(raw[kind]), "how_many")
                for member in raw[kind]:
                    self.criterion(member)
            case "declared":
                bounded = [key for key in BOUNDS if key in raw]
                allow(raw, "kind", "fact", "throughout", *(bounded or ["equals"]), *around)
                need(not bounded or raw["fact"] not in REFERENCE.vocabulary("facts"), "a number of what is so or not")
                tables = [self.rule["tables"][raw[key]["table"]] for key in bounded if isinstance(raw[key], dict) and "table" in raw[key]]
                bounded = [key for key in bounded if not (isinstance(raw[key], dict) and "table" in raw[key])]
                for key in bounded:
                    limits = raw[key]["values"].values() if isinstance(raw[key], dict) else [raw[key]]
                    need(not isinstance(raw[key], dict) or raw[key].get("by") in self.choices, f"by {raw[key]}")
                    need(all((found := amount(one)) is not None and found.measure == "number" and isinstance(one, int | float) for one in limits), f"{key} {raw[key]}")
                need(not {"as_of", "throughout"} & set(raw) or any("age" in line for lines in tables for line in lines), "a day of a statement")
            case "judged":
                allow(raw, "kind", *around)
                need("as_of" not in raw, "a day of what a person judges")
            case "choice":
                allow(raw, "kind", "choice", "equals", *around)
                need(raw.get("choice") in self.choices, f"choice {raw.get('choice')}")
                moving = [one for one in listed(raw.get("equals")) if (isinstance(one, dict) and "'chosen'" not in str(one)) or REFERENCE.is_group(str(one))]
                need("as_of" not in raw or moving, "a day of a choice that none changes")
            case "day":
                allow(raw, "kind", "day", "from", "to", "after", "before", *around)
                self.moment(raw["day"])
                need("as_of" not in raw, "a day of a day of the vacancy")
                need("included" not in listed_day(raw["day"]), "included of a day that is looked at itself")
                self.window({key: raw[key] for key in ("from", "to", "after", "before") if key in raw})
            case "duration":
                allow(raw, "kind", "from", "to", *BOUNDS, *around)
                need({"from", "to"} <= {*raw} and "as_of" not in raw, "two days")
                for key in ("from", "to"):
                    self.moment(raw[key])
                    need("included" not in listed_day(raw[key]), "included of a day that is looked at itself")
                need({*BOUNDS} & {*raw}, "a duration without a bound")
                self.bounds(raw, ("time",))
            case "age":
                allow(raw, "kind", *BOUNDS, *MOVED, "counted", "born", "throughout", *around)
                need("born" in raw or any(one in raw for one in BOUNDS), "an age without a bound")
                for at, age in ages_of(raw).items():
                    said = amount(age)
                    need(said is not None and said.measure in ("number", "time"), f"{at} {age}")
                    need(said.measure == "number" or not said.value.days, f"{at} {age}")  # type: ignore[union-attr]  # the line before asks for one
                    told = ("at_least ",) if raw.get("counted") == "not_past_birthday" else ("at_least ", "less_than ")
                    need(not ages_in_months(raw) or "month" in str(age) or at.startswith(told), "a limit in years beside one in months")
                ages = {key: raw[key] for key in (*BOUNDS, "never_beyond") if key in raw}
                plain = {key: {**one, "values": dict.fromkeys(one["values"], 1)} if isinstance(one, dict) else 1 for key, one in ages.items()}
                self.bounds({**raw, **plain}, ("number",))
                need("included" not in listed_day(raw.get("as_of")), "included where nothing is counted up to the day")
                if "born" in raw:
                    self.window(raw["born"])
                    need(not {*BOUNDS, *MOVED, "counted", "as_of", "throughout"} & set(raw), "a birth date changes on no day")
            case "permanent_residence":
                allow(raw, "kind", "of", *BOUNDS, *MOVED, "throughout", *around)
                self.question({"in": raw["of"], **{key: value for key, value in raw.items() if key not in ("of", "kind")}, "kind": "permit"})
            case _:
                self.question(raw)

    # ----------------------------------------------------------------------------------------- questions

    def question(self, raw: Any, role: str = "criterion") -> None:
        """A question about records. `role`: what it serves, a criterion or something inside one."""
        need(isinstance(raw, dict) and raw.get("kind") in KINDS, f"kind {raw}")
        kind = KINDS[raw["kind"]]
        alone = role == "criterion"
        allow(
            raw, "kind", *kind.filters, *kind.options, *BOUNDS, *MOVED, *COUNTING, "each", "full_week", *(("whole", "beyond") if role == "together" else ()),
            *(("as_of",) if not alone else (*TOLD, *AROUND, *(() if kind.source in TIMELESS else ("throughout",)))),
        )  # fmt: skip
        self.filters(raw, kind)
        measure = self.bounds(raw, (*kind.measures, *(("relatives",) if raw.get("whose", "both_parents") != "both_parents" else ())))
        if raw.get("whose", "both_parents") != "both_parents" and kind.source in ("citizenships", "exams", "languages") and measure == "count":
            plain = [(key, amount(raw[key]).value) for key in BOUNDS if key in raw and not isinstance(raw[key], dict)]  # type: ignore[union-attr]  # `bounds` has read them all
            clear = (("at_least", 1), ("at_most", 0), ("more_than", 0), ("less_than", 1))
            need(len(plain) == len([key for key in BOUNDS if key in raw]) and all(one in clear for one in plain), "how many of whose")
        whole = amount(raw["whole"]) if role == "together" else None
        if whole is not None and whole.measure == "time" and "beyond" in raw:
            need(in_months(raw["beyond"]) == in_months(raw["whole"]), "days beyond months, or months beyond days")
        self.effects(raw, kind, role, measure if whole is None else whole.measure)
        if "during" in raw:
            self.window(raw["during"])
        if "as_of" in raw:
            self.moment(raw["as_of"])
            lifetime = not kind.state or "during" in raw or any(spec[0] == "end" and key in raw for key, spec in kind.filters.items())
            up_to_it = role != "criterion" or lifetime or measure in ("time", "hours")
            need(up_to_it or "included" not in listed_day(raw["as_of"]), "included where nothing is counted up to the day")
        if "from" in raw:
            self.moment(raw["from"])
            need("included" not in listed_day(raw["from"]), "included of the day of being free")
        for excluded in listed(raw.get("other_than", [])):
            need(isinstance(excluded, dict) and excluded, "other_than")
            allow(excluded, *kind.filters, *(one for one in ("skills", "valid") if one in kind.options))
            self.filters(excluded, kind)
        for demand in listed(raw.get("different", [])):
            allow(demand, *kind.filters, *kind.options)
            self.filters(demand, kind)
        need("different" not in raw or not {*BOUNDS, "take", "other_than"} & set(raw), "different records and a number of them")
        for demand in listed(raw.get("among_them", [])):
            need(isinstance(demand, dict) and demand, "among_them")
            allow(demand, *kind.filters)
            self.filters(demand, kind)
        if {"among_them", "sittings"} & set(raw):
            need(not {"at_most", "less_than", "take", "whose"} & set(raw), "exams that suit each other, and something else")
        if "sittings" in raw:
            allow(raw["sittings"], "at_most")
            most = raw["sittings"]["at_most"]
            need(isinstance(most, int) and most >= 1, "sittings")
            asked = [len(listed(raw.get("among_them", []))), 1]
            for operator in ("at_least", "more_than"):
                bound = raw.get(operator)
                for one in bound["values"].values() if isinstance(bound, dict) else [bound] if bound is not None else []:
                    asked.append(int(amount(one).value) + (operator == "more_than"))  # type: ignore[union-attr]  # `bounds` has read it
            need("extended" in raw or max(asked) > most, "sittings of no more subjects")
        for key in ("also", "limits"):
            for entry in listed(raw.get(key, [])):
                need(isinstance(entry, dict), key)
                question = {"kind": raw["kind"], **{name: value for name, value in entry.items() if name != "at_most"}}
                need(key == "limits" or "kind" in entry, "also without a kind")
                need("at_most" not in entry or self.is_length(entry["at_most"]), f"at_most of {key}")
                need("counted" not in question or in_months(entry.get("at_most")), "counted of what has no months")
                self.question(question, key)
        for entry in listed(raw.get("of_which", [])):
            need(isinstance(entry, dict) and {"at_least", "more_than"} & set(entry), "a part that is not told how long")
            told = [key for key, spec in kind.filters.items() if spec[1] not in ("date", "held")]
            need(set(told) & set(entry), "a part like the whole")
            allow(entry, *told, "at_least", "more_than")
            need(self.bounds(entry, ("time",)) == "time", "how long a part is")
            self.filters(entry, kind)
        for key in ("also", "limits", "unbroken", "of_which", "including", "absence_rule"):
            need(key not in raw or not alone or measure == "time", f"{key} without a length")
        need("periods" not in raw or not alone or measure == "hours", "periods without hours")
        if "unbroken" in raw and raw["unbroken"] is not True:
            need(isinstance(raw["unbroken"], dict), "unbroken")
            allow(raw["unbroken"], "each_gap", "all_gaps")
            for gap in raw["unbroken"].values():
                self.bounds(gap, ("time",))
        need(raw.get("part_time") in (None, "pro_rata", "counts_in_full", "excluded"), "part_time")
        need(raw.get("take") in (None, "first", "latest", "highest"), "take")
        need("take" not in raw or role == "moment" or any(spec[1] == "date" and key in raw for key, spec in kind.filters.items()), "take without a window")
        need(raw.get("expected") in (None, "accepted", "not_accepted"), "expected")
        need(set(listed(raw.get("any_date_of", []))) <= {"awarded", "defended"}, "any_date_of")
        for key in ("whose", "other_than", "also", "limits", "different", "among_them", "any_date_of", "extended", "of_which"):
            need(raw.get(key) != [], f"{key} without an entry")
        need(all(REFERENCE.is_term("relations", word) for word in listed(raw.get("whose", []))) or (raw["whose"] == "both_parents" and role == "criterion"), "whose")

    def effects(self, raw: Mapping[str, Any], kind: Kind, role: str, measure: str | None) -> None:
        """What a key would do nothing for: the place of a question, its kind, what it measures."""
        served = SERVED[role]
        for key in (*BOUNDS, *MOVED, *COUNTING, *OPTIONS, "as_of"):
            need(key not in raw or served is None or key in served, f"{key} of what is asked for {role}")
        lasting = kind.source not in (*TIMELESS, "degrees", "exams")
        need(role not in ("while", "of", "also", "limits") or lasting, f"{raw['kind']} has no length")
        timed = role in ("while", "of", "also", "limits") or measure == "time"
        need("each" not in raw or (lasting and not (timed and raw["kind"] == "employment" and role == "criterion")), "each of what has no length")
        if "each" in raw:
            self.bounds(raw["each"], ("time",))
            need(raw["each"] and set(raw["each"]) <= set(BOUNDS) and not any(isinstance(one, dict) for one in raw["each"].values()), "each")
        need("counted" not in raw or role in ("of", "also", "limits") or self.asks_months(raw), "counted without months")
        need("part_time" not in raw or (timed and kind.source == "experience"), "part_time without time at work")
        if timed and raw["kind"] == "employment" and role == "criterion":
            for key in ("during", "unbroken", "also", "limits", "part_time", "full_week"):
                need(key not in raw, f"{key} of the time with one employer")
        state = kind.state and "during" not in raw and not any(spec[0] == "end" and key in raw for key, spec in kind.filters.items())
        if timed and ("unbroken" in raw or state):  # one stretch, of which nothing is capped
            need("limits" not in raw, "limits of one stretch")
            need(not any("at_most" in entry for entry in listed(raw.get("also", []))), "a capped credit of one stretch")
        if "of_which" in raw:
            need(timed and ("unbroken" in raw or state) and raw["kind"] != "employment", "parts of no run")
            need(not {"at_most", "less_than", "absence_rule"} & set(raw), "parts of what must not be long")
        work = kind.source == "experience" and (timed or measure == "hours")
        hours = any("full_time" in one for one in (raw, *listed(raw.get("other_than", []))))
        need("full_week" not in raw or work or hours, "full_week where nothing is measured in weeks")
        if kind.source in TIMELESS:
            need("during" not in raw and ("as_of" not in raw or "whose" in raw or self.moves(raw, kind)), "a day of what is the same on all")

    def moves(self, raw: Mapping[str, Any], kind: Kind) -> bool:
        """Whether a place is asked for that is one only on some days, a group of countries or a list that says since when; or a test."""
        asked = [raw, *listed(raw.get("other_than", []))]
        if any("test" in one for one in asked):
            return True
        places = [one[key] for one in asked for key, spec in kind.filters.items() if spec[1] == "place" and key in one]
        entries = [one for place in places for one in listed(place["except"] if isinstance(place, dict) and "except" in place else place)]
        for one in list(entries):
            if isinstance(one, dict) and isinstance(one.get("list"), str):
                entries += self.lists.get(one["list"], [])
        return any((isinstance(one, dict) and "country" in one) or REFERENCE.is_group(str(one)) for one in entries)

    def asks_months(self, raw: Mapping[str, Any]) -> bool:
        """Whether a bound or a whole is a length of months or years."""
        bounds = [raw[key] for key in (*BOUNDS, "whole") if key in raw]
        return any(in_months(one) for bound in bounds for one in (bound["values"].values() if isinstance(bound, dict) else [bound]))

    def is_length(self, raw: Any) -> bool:
        found = amount(raw)
        return found is not None and found.measure == "time"

    def bounds(self, raw: Mapping[str, Any], measures: tuple[str, ...]) -> str | None:
        """The bounds of a mapping, all of one measure; which it is."""
        found = set()
        for operator in BOUNDS:
            if operator not in raw:
                continue
            value = raw[operator]
            if isinstance(value, dict):
                allow(value, "by", "values")
                need(value.get("by") in self.choices, f"by {value.get('by')}")
            for one in value["values"].values() if isinstance(value, dict) else [value]:
                quantity = amount(one)
                need(quantity is not None, f"{operator} {one}")
                assert quantity is not None
                found.add("count" if quantity.measure == "number" and "number" not in measures else quantity.measure)
        need(len(found) <= 1 and found <= set(measures), f"{found} among {measures}")
        for key in MOVED:
            need(key not in raw or found, f"{key} without a bound")
        for entry in listed(raw.get("extended", [])):
            self.extension(entry)
        need("extended" not in raw or found <= {"time", "number", "count"}, "a limit of hours or credits that moves")
        return found.pop() if found else None

    def extension(self, raw: Any, for_each: bool = False) -> None:
        need(isinstance(raw, dict), "extended")
        if "to" in raw:
            allow(raw, "to", "when")
            need("when" in raw and amount(raw["to"]) is not None, "extended to")
            self.criterion(raw["when"])
            return
        if "largest" in raw:
            allow(raw, "largest", "per", "up_to")
            need(isinstance(raw["largest"], list) and len(raw["largest"]) > 1, "largest")
            need("up_to" not in raw or self.is_length(raw["up_to"]), "up_to")
            for one in raw["largest"]:
                need(isinstance(one, dict) and not {"to", "largest"} & set(one), "largest of what is no length")
                self.extension(one, "per" in raw)
            if "per" in raw:
                self.question(raw["per"], "per")
                need(raw["per"]["kind"] == "child" and not {"whose", "also"} & set(raw["per"]), "the largest for each of what is no child")
            return
        key = "of" if raw.get("add") == "length" else "per"
        allow(raw, "add", key, "up_to", *(("when",) if key == "per" else ()))
        need((key in raw or "when" in raw or for_each) and (key == "of" or self.is_length(raw.get("add"))), f"extended {raw}")
        if for_each:
            need("per" not in raw, "per inside what is taken for each child")
            need(key == "per" or (raw["of"].get("kind") == "leave" and "type" in raw["of"] and not {"whose", "also"} & set(raw["of"])), "of whom no child is told")
        need("up_to" not in raw or (self.is_length(raw["up_to"]) and key in raw), "up_to")
        if key in raw:
            self.question(raw[key], key)
        if "when" in raw:
            self.criterion(raw["when"])

    # --------------------------------------------------------------------------------------------- days

    def moment(self, raw: Any) -> None:
        if isinstance(raw, dict):
            if "kind" in raw:
                return self.question(raw, "moment")
            allow(raw, "day", "included", *STEPS)
            need("day" in raw and len(set(STEPS) & {*raw}) < 2, f"day {raw}")
            need(raw.get("start_of", "month") in ("month", "next_month", "year") and raw.get("end_of", "month") in ("month", "previous_month", "year"), f"step {raw}")
            need(all(is_day_of_year(str(raw[key])) for key in ("in_its_year", "next", "previous") if key in raw), f"day of the year {raw}")
            return self.moment(raw["day"])
        text = str(raw)
        return need(text in self.days or text[:1].isdigit(), f"day {raw}")

    def window(self, raw: Any) -> None:
        need(isinstance(raw, dict) and raw, "window")
        if "kind" in raw:
            return self.question(raw, "while")
        distances = [key for key in ("within", *BOUNDS) if key in raw]
        days = [key for key in ("from", "to", "after", "before") if key in raw]
        allow(raw, "from", "to", "after", "before", "within", *BOUNDS, "extended", "bound", "while", "not_during")
        need(days or {"while", "not_during"} & set(raw), "a window without a day")
        need(not distances or len(days) == 1, "a distance with two days")
        need(all(self.is_length(raw[key]) for key in distances), "distance")
        for key in days:
            self.moment(raw[key])
        for key in ("while", "not_during"):
            if key in raw:
                self.question(raw[key], "while")
        for entry in listed(raw.get("extended", [])):
            need(isinstance(entry, dict) and "to" not in entry, "a window moved to")
            self.extension(entry)
        return need("bound" not in raw or ("extended" in raw and raw["bound"] in ("from", "to")), "bound")

    # ------------------------------------------------------------------------------------------ filters

    def filters(self, raw: Mapping[str, Any], kind: Kind) -> None:
        for key, spec in kind.filters.items():
            if key in raw:
                need(raw[key] is not None, f"{key} without a value")
                self.filter(key, spec, raw[key])
        need("valid" not in raw or (raw["valid"] is True and "test" in raw), "valid")
        need("skills" not in raw or set(listed(raw["skills"])) <= set(SKILL_GROUPS), "skills")

    def filter(self, key: str, spec: tuple[str, ...], raw: Any) -> None:
        form = spec[1]
        vocabulary = spec[2] if len(spec) > 2 else ""
        match form:
            case "flag" | "full_time":
                need(isinstance(raw, bool), f"{key} {raw}")
            case "place" | "recognised":
                self.selection(raw, lambda word: REFERENCE.is_place(word) or REFERENCE.is_group(word))
            case "tree":
                self.selection(raw, lambda word: REFERENCE.is_in_tree(vocabulary, word))
            case "terms":
                own = self.own_words()
                self.selection(raw, lambda word: REFERENCE.is_term(vocabulary, word) or word in own or vocabulary in ("schools", "programmes"))
            case "names" | "words":
                self.selection(raw, lambda word: True)
            case "number":
                if isinstance(raw, dict):
                    need(raw and set(raw) <= set(BOUNDS), f"{key} {raw}")
                    self.bounds(raw, ("number",))
                else:
                    need(all(isinstance(one, int | float) and not isinstance(one, bool) for one in listed(raw)), f"{key} {raw}")
            case "date" | "held":
                self.window(raw)
            case "money" | "grade":
                need(isinstance(raw, dict) and raw and set(raw) <= set(BOUNDS), f"{key} {raw}")
            case "tags":
                self.selection(raw, lambda word: True)
            case "language":
                self.selection(raw, lambda word: REFERENCE.is_language(word) or bool(REFERENCE.languages_of(word)))
            case "cefr":
                need(isinstance(raw, dict) and set(raw) in ({"at_least"}, {"said"}), f"level {raw}")
                self.options(raw.get("at_least"))
            case "test":
                known = isinstance(raw, dict) and raw and all(REFERENCE.is_term("tests", test) or test in self.lists for test in raw)
                need(known, f"test {raw}")
                for result in raw.values():
                    self.options(result)

    def by_option(self, raw: Any) -> None:
        """A day of the vacancy that may depend on a choice: then every option has one."""
        if isinstance(raw, dict) and "by" in raw:
            self.options(raw)
            need(set(raw["values"]) == set(self.choices[raw["by"]].get("options") or {}), f"days {raw}")
            need(not any(isinstance(day, dict) and {"by", "asked"} & set(day) for day in raw["values"].values()), f"days {raw}")

    def options(self, raw: Any) -> None:
        """A value that may depend on a choice."""
        if isinstance(raw, dict):
            need(set(raw) == {"by", "values"} and raw["by"] in self.choices and raw["values"], f"by {raw}")
            known = self.choices[raw["by"]].get("options")
            need(known is None or set(raw["values"]) <= set(known), f"options {raw}")

    def own_words(self) -> set[str]:
        words = {str(entry.get("id") if isinstance(entry, dict) else entry) for entries in self.lists.values() for entry in entries}
        return words | {option for choice in self.choices.values() for option in choice.get("options") or {}}

    def selection(self, raw: Any, known: Callable[[str], bool]) -> None:
        if not isinstance(raw, dict):
            return self.entries(raw, known)
        if set(raw) == {"except"} and isinstance(raw["except"], dict) and "chosen" in raw["except"]:
            raw = raw["except"]
        if set(raw) == {"except"}:
            return self.entries(raw["except"], known)
        if set(raw) == {"chosen"}:
            return need(raw["chosen"] in self.choices, f"chosen {raw['chosen']}")
        need({"any", "list"} & set(raw), f"form {raw}")
        allow(raw, "any", "list", "or_related")
        if "any" in raw:
            self.entries(raw["any"], known)
        return need("list" not in raw or raw["list"] in self.lists, f"list {raw.get('list')}")

    def entries(self, raw: Any, known: Callable[[str], bool]) -> None:
        need(raw is not None and listed(raw), "no entry")
        for entry in listed(raw):
            if isinstance(entry, dict):
                need(set(entry) == {"list"} and entry["list"] in self.lists, f"entry {entry}")
            else:
                need(isinstance(entry, str) and known(entry), f"word {entry}")


def asked_of_one(members: list[Any]) -> bool:
    """Whether members ask the same relatives, at least two things, one of which there has to be."""
    asked = list(leaves_of(members))
    every = [one for one in walk(members) if "whose" in one]
    return (
        len(asked) > 1
        and all("kind" in one and "whose" in one for one in asked)
        and len({frozenset(map(str, listed(one["whose"]))) for one in every}) == 1
        and not any(one["whose"] == "both_parents" or any("relative" in str(one.get(key)) for key in BOUNDS) for one in every)
        and not any("met" in one for one in walk(members))
        and any(has_to_be(one) for one in members)
    )


def leaves_of(members: list[Any]) -> Iterator[Mapping[str, Any]]:
    """The statements that some criteria come down to."""
    for one in members:
        group = next((key for key in ("all_of", "any_of", "none_of") if key in one), None)
        yield from [one] if group is None else leaves_of(one[group])


def has_to_be(one: Mapping[str, Any]) -> bool:
    """Whether somebody who has nothing of the sort does not meet it."""
    if {"when", "unless", "derogation", "readings"} & {*one}:
        return False
    if "all_of" in one or "any_of" in one:
        return any(map(has_to_be, one["all_of"])) if "all_of" in one else all(map(has_to_be, one["any_of"]))
    return "kind" in one and (not {*BOUNDS} & {*one} or bool({"at_least", "more_than"} & {*one}))


def walk(raw: Any) -> Iterator[Mapping[str, Any]]:
    """Every mapping inside a value."""
    if isinstance(raw, dict):
        yield raw
    for one in raw.values() if isinstance(raw, dict) else raw if isinstance(raw, list) else ():
        yield from walk(one)


def is_day_of_year(text: str) -> bool:
    """Whether every year has such a day."""
    month, _, day = text.partition("-")
    days = dict(zip(("01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"), (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), strict=True))
    return len(day) == 2 and day.isdecimal() and 0 < int(day) <= days.get(month, 0)
