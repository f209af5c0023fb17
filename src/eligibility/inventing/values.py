"""Values that match a filter, and days that lie in a window, from what a rule file writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from eligibility.dates import OF_MONTHS, ON_DAY_OF_YEAR, Length, Step
from eligibility.question.quantity import parse_quantity
from eligibility.reference import Reference

PLACES = ("FR", "CA", "MA", "DE", "CA-QC", "US", "CH", "SN", "JP", "BR")
"""Places to try, of different groups."""

LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")

EMPLOYER, EARLIER_EMPLOYER = "employer-1", "employer-2"
"""Two employers who are surely not one: names that may be ways to write one name leave open whether somebody changed it."""


def moved(day: date, days: int) -> date:
    """So many days later, as far as the calendar reaches."""
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))


class Values:
    """Values for the filters of one vacancy."""

    def __init__(self, data: Mapping[str, Any], reference: Reference) -> None:
        self.data = data
        self.dates: Mapping[str, Any] = data.get("dates") or {}
        self.reference = reference

    # -------------------------------------------------------------------------------------------- days

    def application(self) -> date:
        """A good day to apply: two weeks before the deadline, else before the start, else in the middle of nowhere."""
        known = self.moment("deadline") or self.moment("start")
        return moved(known, -14) if known is not None else date(2024, 1, 15)

    def day_of(self, raw: Mapping[str, Any]) -> date:
        """The day a criterion is counted on; of an interval, the first one."""
        own = self.data.get("as_of")
        return self.moment(raw.get("as_of", own if own is not None else "deadline")) or self.application()

    def moment(self, raw: Any) -> date | None:
        """The day a moment names, as far as the rule file tells."""
        if isinstance(raw, dict):
            if "by" in raw:
                return self.moment(self.by_choice(raw))
            for key in ("day", "from", "at"):
                if key in raw:
                    return _stepped(self.moment(raw[key]), raw)
            readings = raw.get("readings")
            return self.moment(readings[0].get("at")) if isinstance(readings, list) else None
        if raw in self.dates:
            return self.moment(self.dates[raw])
        if raw == "application":
            return self.application()
        try:
            return date.fromisoformat(str(raw)[:10])
        except ValueError:
            return None

    def inside(self, window: Any, otherwise: date) -> date:
        """A day well inside a window."""
        if not isinstance(window, dict):
            return otherwise
        before, after = self.moment(window.get("before")), self.moment(window.get("after"))
        first, last = self.moment(window.get("from")), self.moment(window.get("to"))
        lengths = [self._days(window[key]) for key in ("within", "at_least", "at_most", "less_than", "more_than") if key in window]
        if lengths and (before or after):
            middle = (
                sum(lengths) // 2 if len(lengths) > 1 else lengths[0] // 2 if "within" in window or "at_most" in window else lengths[0] + 90
            )
            return moved(before, -middle) if before is not None else moved(after or otherwise, middle)
        low, high = first or after, last or before
        if low is not None and high is not None:
            return low + (high - low) / 2
        return moved(low, 90) if low is not None else moved(high, -90) if high is not None else otherwise

    def _days(self, raw: Any) -> int:
        quantity = parse_quantity(self.by_choice(raw))
        return quantity.amount.most_days if quantity is not None and isinstance(quantity.amount, Length) else 0

    # ------------------------------------------------------------------------------------------ values

    def by_choice(self, raw: Any) -> Any:
        """A bound; of one that depends on a choice, the first value."""
        return next(iter(raw["values"].values())) if isinstance(raw, dict) and raw.get("values") else raw

    def countries_asked(self, raw: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """The choices a criterion's filters compare with, each with what to choose beside a record in France."""
        for value in raw.values():
            if isinstance(value, dict) and (name := self.choice_in(value)) is not None:
                yield name, "DE" if "except" in value else "FR"

    def choice_in(self, wanted: Mapping[str, Any]) -> str | None:
        """The choice that `{chosen: …}` or `{except: {chosen: …}}` names."""
        inside = wanted.get("except", wanted)
        name = inside.get("chosen") if isinstance(inside, Mapping) else None
        return name if isinstance(name, str) else None

    def fill(self, record: dict[str, Any], form: str, key: str, wanted: Any, index: int, day: date) -> None:
        """Write into a record what one filter asks. `index` chooses among several equally good values."""
        form = form.partition(":")[0]
        name = key
        value: Any = None
        if form == "date":
            value = self.inside(wanted, moved(day, -366)).isoformat()
            name = {"ended": "to", "started": "from", "born": "born"}.get(key, key)
        elif form in ("place", "recognised"):
            value = self._place(wanted, index, day)
            name = {"of": "country"}.get(key, key)
        elif form in ("language_of", "language"):
            value = self._language(wanted, index)
            name = {"of": "language"}.get(key, key)
        elif form == "cefr":
            value = self._level(wanted)
        elif form == "test":
            test, score = next(iter(wanted.items()))
            name, value = "tests", [{"test": test, "score": self.by_choice(score), "taken": moved(day, -30).isoformat()}]
        elif form == "grade":
            marks = next(iter(wanted.values()))
            share = parse_quantity(marks) if isinstance(marks, str) else None
            scale, mark = ("percent", share.amount) if share is not None else next(iter(marks.items()))
            value = {"scale": scale, "value": self.by_choice(mark)}
        elif form == "tags":
            value = wanted if isinstance(wanted, list) else [wanted]
        else:
            value = self._plain(wanted, index)
        if value is not None:
            record[name] = value

    def differ(self, record: dict[str, Any], form: str, key: str, unwanted: Any) -> None:
        """Write into a record something else than a filter asks, where there is something else that is known."""
        form, _, vocabulary = form.partition(":")
        left_out = self.ids(unwanted)
        if isinstance(unwanted, bool):
            record[key] = not unwanted
        elif form == "terms":
            terms = self.reference.vocabulary(vocabulary)
            record[key] = next((term for term in terms if term not in left_out), None)
        elif form == "tree":
            terms = self.reference.tree(vocabulary)
            record[key] = next(
                (one for one in terms if not any(self.reference.within(vocabulary, one, out).possibly for out in left_out)), None
            )
        elif form == "place":
            record[key] = next((place for place in PLACES if place not in left_out), None)

    def _plain(self, wanted: Any, index: int) -> Any:
        if isinstance(wanted, dict):
            if "any" in wanted or "list" in wanted:
                return self._plain(self.ids(wanted) or [None], index)
            for key, step in (("at_least", 0), ("at_most", 0), ("more_than", 1), ("less_than", -1)):
                if key in wanted:
                    value = self.by_choice(wanted[key])
                    return value + step if isinstance(value, int) else value
            return None
        if isinstance(wanted, list) and wanted:
            ids = self.ids(wanted) if any(isinstance(one, dict) for one in wanted) else wanted
            return ids[index % len(ids)] if ids else None
        return wanted

    def ids(self, wanted: Any) -> list[Any]:
        """The ids that a selection names, those of its lists among them."""
        if isinstance(wanted, list):
            return [one for part in wanted for one in self.ids(part)]
        if not isinstance(wanted, dict):
            return [wanted]
        entries = (self.data.get("lists") or {}).get(wanted.get("list")) or []
        listed = [entry.get("id", entry.get("country")) if isinstance(entry, dict) else entry for entry in entries]
        return [*self.ids(wanted.get("any", [])), *listed]

    def members(self, group: str, form: str) -> list[str]:
        """A member of a group of countries, or of languages, and one that is none."""
        if form in ("language_of", "language"):
            known = list(self.reference.languages_of(group))
            others = [one for one in ("fr", "en", "de", "ar", "ja") if one not in known]
            return [one for one in ("fr", "de", "en", "es") if one in known][:3] + others[:1]
        day = self.application()
        inside = [place for place in PLACES if self._within(place, group, day)]
        return inside[:2] + [place for place in PLACES if place not in inside][:1]

    def _place(self, wanted: Any, index: int, day: date) -> str | None:
        if isinstance(wanted, dict) and "chosen" in wanted:
            return "FR"
        if isinstance(wanted, dict) and "except" in wanted:
            left_out = self.ids(wanted["except"])
            return next((place for place in PLACES if not any(self._within(place, one, day) for one in left_out)), None)
        value = self._plain(wanted, index)
        if isinstance(value, str) and self.reference.is_group(value):
            found = [place for place in PLACES if self._within(place, value, day)]
            return found[index % len(found)] if found else None
        return value if isinstance(value, str) else None

    def _within(self, place: str, wanted: str, day: date) -> bool:
        return bool(self.reference.place_within(place, wanted, day.toordinal()).surely)

    def _language(self, wanted: Any, index: int) -> str | None:
        value = wanted[index % len(wanted)] if isinstance(wanted, list) and wanted else wanted
        if isinstance(value, str) and self.reference.is_group(value):
            spoken = [one for one in ("fr", "de", "es", "en") if one in self.reference.languages_of(value)]
            return spoken[index % len(spoken)] if spoken else next(iter(self.reference.languages_of(value)), None)
        return value if isinstance(value, str) else None

    def _level(self, wanted: Any) -> str | None:
        if isinstance(wanted, dict) and "said" in wanted:
            known = self.reference.said(str(wanted["said"]))
            return LEVELS[known[1] - 1] if known is not None else None
        value = self._plain(wanted, 0)
        return value if isinstance(value, str) else None


def whole_years(value: Any) -> int | None:
    """An age in whole years: that of `48 years 5 months` is 48."""
    if isinstance(value, str):
        quantity = parse_quantity(value)
        return quantity.amount.months // 12 if quantity is not None and quantity.measure == "time" else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _stepped(day: date | None, raw: Mapping[str, Any]) -> date | None:
    """The day of the calendar that is meant instead of a day."""
    step = next((Step(how, str(raw[how])) for how in (*OF_MONTHS, *ON_DAY_OF_YEAR) if how in raw), None)
    return day if day is None or step is None else date.fromordinal(step(day.toordinal()))


def entries_of(raw: Mapping[str, Any], key: str) -> list[Any]:
    """The entries of a list in a criterion; a single value stands for a list of one."""
    value = raw.get(key)
    return value if isinstance(value, list) else [] if value is None else [value]
