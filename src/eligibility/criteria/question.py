"""The record question: records of a source · that match · in a window · measured · against a bound · on a day.

Nearly every kind of criterion is this question with its own source, filters and words. It is answered here, once:
first the facts (which records surely and possibly match, how much they add up to, at least and at most), then the decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from eligibility.criteria.base import FUTURE, MISSING, PERSON, Criterion, Gap, Result, Used
from eligibility.criteria.bounds import Bound, compare, compare_time
from eligibility.criteria.case import shifted
from eligibility.criteria.filters import DateIn, Filter, first_date
from eligibility.criteria.moments import Spans, Window, questions_of
from eligibility.dates import FOREVER, LONG_AGO, NOTHING, Cover, Days, Length, Spell, breakpoints, cover, unbroken
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Truth

if TYPE_CHECKING:
    from eligibility.criteria.case import Case
    from eligibility.criteria.moments import Moment
    from eligibility.facts import Row


class Kind(NamedTuple):
    """What a kind of criterion is: a source of the profile, the filters its records have, and its words.

    `state` kinds ask what holds on the day (the job held, the permit), the others look over a lifetime.
    `doc` is the page `eligibility kinds` shows; `examples` are criteria a test runs.
    """

    name: str
    source: str
    filters: Mapping[str, str]
    doc: str
    examples: tuple[str, ...] = ()
    state: bool = False
    identity: str | None = None
    options: tuple[str, ...] = ()


class Selection(NamedTuple):
    """The records that count: those that surely match, those that only may, and how the others fell out."""

    sure: list[Row]
    maybe: list[tuple[Row, tuple[str, ...], bool]]
    rejected: list[tuple[Row, Filter | str]]


class Cap(NamedTuple):
    """Records counted up to a length: `limits` (of those that match anyway) and `also` (of another source)."""

    question: RecordQuestion
    at_most: Length | None


class Measured(NamedTuple):
    """How much there is, at least and at most, in the unit of the bound; and what would make it exact."""

    low: Any
    high: Any
    missing: tuple[str, ...]
    rows: tuple[Row, ...]


class RecordQuestion(Criterion):
    """A question about the records of one source."""

    __slots__ = (
        "absence_rule",
        "also",
        "any_date_of",
        "beyond",
        "bounds",
        "different",
        "during",
        "expected",
        "filters",
        "full_week",
        "gaps",
        "kind_info",
        "limits",
        "other_than",
        "part_time",
        "periods",
        "since",
        "take",
        "whole",
        "whose",
    )  # fmt: skip

    def __init__(self, kind_info: Kind) -> None:
        super().__init__()
        self.kind_info = kind_info
        self.filters: tuple[Filter, ...] = ()
        self.bounds: tuple[Bound, ...] = ()
        self.during: Window | None = None
        self.other_than: tuple[tuple[Filter, ...], ...] = ()
        self.also: tuple[Cap, ...] = ()
        self.limits: tuple[Cap, ...] = ()
        self.part_time = "pro_rata"
        self.full_week: float | None = None
        self.gaps: tuple[tuple[Bound, ...], int] | None = None
        self.periods: int | None = None
        self.since: Moment | None = None
        self.take = "latest"
        self.whose: tuple[str, ...] = ()
        self.expected = False
        self.any_date_of: tuple[str, ...] = ()
        self.different: tuple[tuple[Filter, ...], ...] = ()
        self.absence_rule: str | None = None
        self.whole: Any = None
        self.beyond: Any = None

    @property
    def kind(self) -> str:  # type: ignore[override]  # a class attribute of the kinds that are not about records
        return self.kind_info.name

    @property
    def measure(self) -> str:
        """What is measured: `exists`, `count`, `time`, `hours`, `credits`."""
        if not self.bounds:
            return "exists"
        measure = self.bounds[0].measure
        return "count" if measure == "number" else measure

    @property
    def is_state(self) -> bool:
        """Whether the question is about what holds on the day; a window makes it one about a lifetime."""
        return self.kind_info.state and self.during is None and not any(one.attribute == "end" for one in self.filters)

    # ------------------------------------------------------------------------------------ the records

    def _listed(self, case: Case) -> tuple[list[Row] | None, bool, str]:
        """The records to look at, whether the list is complete, and the path of the list."""
        source = self.kind_info.source
        if not self.whose:
            facts = case.facts
            rows = facts.rows(source)
            return (None if rows is None else list(rows)), facts.complete(source), facts.path(source)
        relatives = case.facts.relatives()
        if relatives is None:
            return None, True, case.facts.path("relatives")
        rows_found: list[Row] = []
        complete = case.facts.complete("relatives")
        path = case.facts.path("relatives")
        for relation, facts in relatives:
            if relation in self.whose:
                rows = facts.rows(source)
                if rows is None:
                    complete, path = False, facts.path(source)
                else:
                    rows_found += rows
                    complete = complete and facts.complete(source)
        return rows_found, complete, path

    def select(self, rows: Sequence[Row], case: Case, day: Days) -> Selection:
        """Sort records into those that surely match on `day`, those that may, and the rest."""
        sure: list[Row] = []
        maybe: list[tuple[Row, tuple[str, ...], bool]] = []
        rejected: list[tuple[Row, Filter | str]] = []
        on = day.first
        for row in rows:
            surely = True
            waits = False
            lacking: tuple[str, ...] = ()
            out: Filter | str | None = None
            for one in self.filters:
                truth = one.holds(row, case, on) if not one.dynamic else self._on_its_days(one, row, case, on)
                if not truth[1]:
                    out = one
                    break
                if not truth[0]:
                    surely = False
                    lacking += one.lacking(row, case, on)
            if out is None:
                truth, more, waits = self._placed(row, case, on)
                if not truth[1]:
                    out = "day"
                elif not truth[0]:
                    surely = False
                    lacking += more
            if out is None and self.other_than:
                for excluded in self.other_than:
                    truth = TRUE
                    for one in excluded:
                        truth = truth & one.holds(row, case, on)
                    if truth.surely:
                        out = excluded[0]
                        break
                    if truth.possibly:
                        surely = False
                        lacking += tuple(path for one in excluded for path in one.lacking(row, case, on) if not _known(row, one))
            if out is None and case.same is not None:
                truth, more = _same(row, case)
                if not truth.possibly:
                    out = "same"
                elif not truth.surely:
                    surely = False
                    lacking += more
            if out is not None:
                rejected.append((row, out))
            elif surely:
                sure.append(row)
            else:
                maybe.append((row, lacking, waits))
        return Selection(sure, maybe, rejected)

    def _on_its_days(self, one: Filter, row: Row, case: Case, on: int) -> Truth:
        """A filter whose answer changes with time: read on the day for a state, on its date for a degree, on each day of a spell."""
        if row.source.event is not None and not one.asked_today:
            date = first_date(row, self.any_date_of or ("awarded",)) or Days(LONG_AGO, on)
            answers = [one.holds(row, case, day) for day in breakpoints(one.changes(case), max(date.first, 1), max(date.last, 1))]
            return Truth(all(truth.surely for truth in answers), any(truth.possibly for truth in answers))
        if one.asked_today or (self.is_state and (self.measure != "time" or self.kind_info.source == "experience")):
            return one.holds(row, case, on)
        limit = self._last_day(on) if self.since is None else FOREVER
        surely = _split((row.core[0], min(row.core[1], limit)), [one], row, case, True)
        possibly = _split((row.hull[0], min(row.hull[1], limit)), [one], row, case, False)
        return Truth(bool(surely), bool(possibly))

    def _placed(self, row: Row, case: Case, on: int) -> tuple[Truth, tuple[str, ...], bool]:
        """Whether the record's own days put it before the day asked (or on it, for a state); whether that is a matter of waiting."""
        info = self.kind_info
        if row.source.event is not None:
            return self._awarded(row, case, on)
        start, end = row.start, row.end
        if self.is_state and (self.measure != "time" or info.source == "experience"):
            surely = start[1] <= on <= end[0]
            possibly = start[0] <= on <= end[1]
            missing = row.vague_dates() if possibly and not surely else ()
            return Truth(surely, possibly), missing, False
        if row.source.open_start and row.source.open_end and "start" not in row.values:
            return TRUE, (), False
        if self.measure == "exists" or self.measure == "count":
            limit = self._last_day(on)
            surely, possibly = start[1] <= limit, start[0] <= limit
            lacking: tuple[str, ...] = () if surely else (row.key("start"),)
            if self.during is not None and possibly:
                narrow, wide, more = self.during.spans(case)
                hit = any(start[1] <= last and end[0] >= first for first, last in narrow)
                may = any(start[0] <= last and end[1] >= first for first, last in wide)
                if not hit:
                    lacking += more or row.vague_dates()
                surely, possibly = surely and hit, possibly and may
            return Truth(surely, possibly), lacking, False
        return TRUE, (), False

    def _awarded(self, row: Row, case: Case, on: int) -> tuple[Truth, tuple[str, ...], bool]:
        date = first_date(row, self.any_date_of or ("awarded",))
        limit = self._last_day(on)
        expected = bool(row.values.get("expected"))
        if date is None:
            if expected:
                return UNKNOWN, (row.key("awarded"),), True
            return UNKNOWN, (row.key("awarded"),), False
        truth = Truth(date.last <= limit, date.first <= limit)
        if truth.possibly and not self.expected:
            if expected or date.first > case.today:
                return UNKNOWN, (), True
            if date.last > case.today:  # some day of this year: perhaps still to come
                return UNKNOWN, (row.key("awarded"),), False
        return truth, () if truth.surely else (row.key("awarded"),), False

    def _last_day(self, on: int) -> int:
        """The last day a duration or a diploma may use: the day asked, or its eve."""
        return on if self.as_of is None or self.as_of.included else on - 1

    # ------------------------------------------------------------------------------------ the amounts

    def spells(self, row: Row, case: Case, on: int, surely: bool, spans: Spans | None) -> Iterable[Spell]:
        """The stretches of a record that count: its core days at the lowest rate, or its hull at the highest."""
        first, last = row.core if surely else row.hull
        if self.since is None:
            last = min(last, self._last_day(on))
        if last < first:
            return ()
        rate = self._rate(row)[0 if surely else 1]
        stretches = [(first, last)] if spans is None else [(max(first, a), min(last, b)) for a, b in spans]
        dynamic = [one for one in self.filters if one.dynamic]
        if dynamic:
            stretches = [part for piece in stretches for part in _split(piece, dynamic, row, case, surely)]
        return [Spell(a, b, rate) for a, b in stretches if a <= b]

    def _rate(self, row: Row) -> tuple[int, int]:
        if self.part_time == "counts_in_full" or row.source.name != "experience":
            return 100, 100
        low, high = row.rate
        if self.full_week is not None and "rate" not in row.values and "hours_per_week" in row.values:
            low = high = min(100, int(row.values["hours_per_week"] * 100 // self.full_week))
        if self.part_time == "excluded":
            return (100 if low >= 100 else 0), (100 if high >= 100 else 0)
        return low, high

    def durations(self, selection: Selection, case: Case, on: int) -> Measured:
        """The time the records cover, at least and at most."""
        narrow: Spans | None = None
        wide: Spans | None = None
        missing: tuple[str, ...] = ()
        if self.during is not None:
            narrow, wide, missing = self.during.spans(case)
        both = [*selection.sure, *(row for row, _, _ in selection.maybe)]
        credited, lacking = self._credited(case, on)
        low_rows = self._capped(selection.sure, credited, case, on, True, narrow)
        high_rows = self._capped(both, credited, case, on, False, wide)
        missing += lacking
        for cap in self.limits:
            missing += tuple(path for _, paths, _ in cap.question.select(both, case, Days(on, on)).maybe for path in paths)
        for row in both:
            missing += self._vague(row)
        return Measured(low_rows, high_rows, missing, tuple(both))

    def _credited(self, case: Case, on: int) -> tuple[list[tuple[Cap, Selection, bool]], tuple[str, ...]]:
        """The records of other sources that count as well: those that match, whether all are known, and what is missing."""
        found = []
        missing: tuple[str, ...] = ()
        for cap in self.also:
            rows, complete, path = cap.question._listed(case)
            picked = cap.question.select(rows or [], case, Days(on, on))
            found.append((cap, picked, rows is not None and complete))
            missing += tuple(path for _, lacking, _ in picked.maybe for path in lacking)
            for row in (*picked.sure, *(row for row, _, _ in picked.maybe)):
                missing += cap.question._vague(row)
            missing += () if rows is not None and complete else (path,)
        return found, missing

    def _vague(self, row: Row) -> tuple[str, ...]:
        vague = row.vague_dates()
        if self.part_time != "counts_in_full" and row.source.name == "experience":
            low, high = self._rate(row)
            if low != high:
                vague += (f"{row.path}.rate",)
        return vague

    def _capped(
        self, rows: Sequence[Row], credited: Sequence[tuple[Cap, Selection, bool]], case: Case, on: int, surely: bool,
        spans: Spans | None,
    ) -> Cover:  # fmt: skip
        extra: list[tuple[list[Spell], Length | None]] = []
        unlisted: list[Length | None] = []
        for cap, picked, complete in credited:
            others = picked.sure if surely else [*picked.sure, *(row for row, _, _ in picked.maybe)]
            extra.append(([s for row in others for s in cap.question.spells(row, case, on, surely, spans)], cap.at_most))
            if not (complete or surely):
                unlisted.append(cap.at_most)
        if None in unlisted:
            return _ENDLESS
        if self.gaps is not None or self.is_state:
            spells = [spell for row in rows for spell in self.spells(row, case, on, surely, spans)]
            return self._unbroken([*spells, *(spell for others, _ in extra for spell in others)], on, case, surely)
        limited: list[tuple[list[Spell], Length | None]] = []
        for cap in self.limits:
            picked = cap.question.select(rows, case, Days(on, on))
            chosen = [*picked.sure, *(row for row, _, _ in picked.maybe)] if surely else picked.sure
            paths = {row.path for row in chosen}
            limited.append(([s for row in chosen for s in self.spells(row, case, on, surely, spans)], cap.at_most))
            rows = [row for row in rows if row.path not in paths]
        counted = [spell for row in rows for spell in self.spells(row, case, on, surely, spans)]
        covered = cover(counted)
        total, runs = covered.percent_days, covered.runs
        for spells, at_most in (*limited, *extra):
            before = cover(counted).percent_days
            joined = cover([*counted, *spells])
            added = joined.percent_days - before
            if at_most is None or added <= at_most.most_days * 100:
                runs = joined.runs if total == before else runs
                total += added
                counted = [*counted, *spells]
            else:
                total += at_most.most_days * 100
        return Cover(total + sum(most.most_days * 100 for most in unlisted if most is not None), runs)

    def _unbroken(self, spells: list[Spell], on: int, case: Case, surely: bool) -> Cover:
        """The longest unbroken stretch; for a state, the one that reaches the day, or runs on from `since`."""
        each, every = self.gaps or ((), 0)

        def bridges(first: int, last: int) -> bool:
            gap = Cover((last - first + 1) * 100, ((first, last),))
            return all(compare_time(bound.operator, gap, gap, *bound.limits(case)[:2]).surely for bound in each)

        spells = [spell for spell in spells if spell.rate > 0]
        runs = unbroken(spells, 0, every, bridges)
        if self.since is not None:
            known = self.since.resolve(case)[0] or Days(LONG_AGO, FOREVER)
            day = known.last if surely else known.first
            runs = [(day, last, 0) for first, last, _ in runs if first <= day <= last]
        elif self.is_state:
            runs = [run for run in runs if run[1] >= self._last_day(on)]
        if not runs:
            return NOTHING
        return max((_worked(spells, *run) for run in runs), key=lambda one: one.percent_days)

    def _seniority(self, selection: Selection, rows: Sequence[Row], case: Case, on: int) -> Measured:
        """How long the job held on the day has lasted with the same employer; moves inside one employer join up."""
        best_low, best_high = NOTHING, NOTHING
        missing: tuple[str, ...] = ()
        limit = self._last_day(on)
        for row in [*selection.sure, *(row for row, _, _ in selection.maybe)]:
            name = row.values.get("employer_name")
            mine = [other for other in rows if other is row or (name and other.values.get("employer_name") == name)]
            perhaps = [
                other for other in rows
                if other not in mine and (name is None or "employer_name" not in other.values)
                and other.values.get("employer") == row.values.get("employer") and row.values.get("employer")
            ]  # fmt: skip
            low = _reaching([Spell(*other.core) for other in mine], limit)
            high = _reaching([Spell(*other.hull) for other in (*mine, *perhaps)], limit)
            if row in selection.sure and low.percent_days > best_low.percent_days:
                best_low = low
            if high.percent_days > best_high.percent_days:
                best_high = high
            missing += row.vague_dates()
            missing += tuple(
                f"{other.path}.employer_name" for other in (row, *perhaps) if "employer_name" not in other.values and perhaps
            )
        return Measured(best_low, best_high, missing, tuple(selection.sure))

    def _hours(self, selection: Selection, case: Case, on: int) -> Measured:
        narrow: Spans | None = None
        wide: Spans | None = None
        missing: tuple[str, ...] = ()
        if self.during is not None:
            narrow, wide, missing = self.during.spans(case)
        both = [*selection.sure, *(row for row, _, _ in selection.maybe)]
        low = [self._row_hours(row, case, on, True, narrow) for row in selection.sure]
        high = [self._row_hours(row, case, on, False, wide) for row in both]
        for row in both:
            if "hours" not in row.values and "hours_per_week" not in row.values:
                missing += (row.key("hours_per_week"),)
            missing += row.vague_dates()
        low, high = sorted(low, reverse=True), sorted(high, reverse=True)
        return Measured(sum(low[: self.periods]), sum(high[: self.periods]), missing, tuple(both))

    def _row_hours(self, row: Row, case: Case, on: int, surely: bool, spans: Spans | None) -> float:
        days = cover([Spell(s.first, s.last) for s in self.spells(_at_full_rate(row), case, on, surely, spans)]).days
        whole = row.core if surely else row.hull
        if "hours" in row.values:
            length = max(1, whole[1] - whole[0] + 1)
            return (
                float(row.values["hours"] * days / length)
                if whole[1] < FOREVER
                else (0.0 if surely else float(row.values["hours"]))
            )
        if "hours_per_week" in row.values:
            return float(row.values["hours_per_week"] * days / 7)
        full = (self.full_week or 35) if surely else (self.full_week or 40)
        return 0.0 if surely and row.rate[0] == 0 else float(full * row.rate[0 if surely else 1] / 100 * days / 7)

    def _credits(self, selection: Selection) -> Measured:
        both = [*selection.sure, *(row for row, _, _ in selection.maybe)]
        missing = tuple(row.key("credits") for row in both if "credits" not in row.values)
        low = sum(row.values.get("credits", 0) for row in selection.sure)
        unsaid = any("credits" not in row.values for row in both)
        high = FOREVER if unsaid else sum(row.values["credits"] for row in both)
        return Measured(low, high, missing, tuple(both))

    def _counted(self, selection: Selection) -> Measured:
        both = [*selection.sure, *(row for row, _, _ in selection.maybe)]
        if self.kind_info.identity is not None and self.measure == "count":  # k different languages, countries, …
            low = len({row.values.get(self.kind_info.identity) for row in selection.sure})
            high = len({row.values.get(self.kind_info.identity, row.path) for row in both})
            return Measured(low, high, (), tuple(both))
        return Measured(len(selection.sure), len(both), (), tuple(both))

    def measured(self, selection: Selection, rows: Sequence[Row], case: Case, on: int) -> Measured:
        """How much the selected records amount to, in the unit of the bound."""
        measure = self.measure
        if measure == "time":
            if self.kind_info.name == "employment":
                return self._seniority(selection, rows, case, on)
            return self.durations(selection, case, on)
        if measure == "hours":
            return self._hours(selection, case, on)
        if measure == "credits":
            return self._credits(selection)
        return self._counted(selection)

    # ------------------------------------------------------------------------------------ the decision

    def decide(self, case: Case, day: Days | None) -> Result:
        day = day or Days(case.today, case.today)
        rows, complete, path = self._listed(case)
        if rows is None:
            return self._result_without_list(path, case)
        selection = self.select(rows, case, day)
        if self.different:
            return self._decide_different(rows, complete, path, case, day)
        amount = self.measured(selection, rows, case, day.first)
        truth, limits = self._compare(amount, complete, case)
        if self.absence_rule is not None and truth.possibly:
            truth, result = self._absences(truth, case, day, selection)
            if result is not None:
                return result
        return self._explain(truth, limits, amount, selection, rows, complete, path, case, day)

    def _shown(self, row: Row) -> list[Used]:
        """The facts of a record that an explanation quotes: its dates where time is counted, else what identifies it."""
        values = row.values
        if self.measure == "time" or self.kind_info.source == "experience":
            return [Used(row.key(key), values[key]) for key in ("start", "end") if key in values] or [Used(row.path, None)]
        identity = row.source.identity
        if identity is not None and identity in values:
            return [Used(row.key(identity), values[identity])]
        return [Used(row.path, None)]

    def _compare(self, amount: Measured, complete: bool, case: Case) -> tuple[Truth, list[tuple[Bound, Any, Any]]]:
        """The decision: the amounts against every bound."""
        high_unknown = not complete
        if not self.bounds:
            return Truth(amount.low >= 1, amount.high >= 1 or high_unknown), []
        truth = TRUE
        limits = []
        for bound in self.bounds:
            low_limit, high_limit, _ = bound.limits(case)
            limits.append((bound, low_limit, high_limit))
            if bound.measure == "time":
                high = _ENDLESS if high_unknown else amount.high
                truth = truth & compare_time(bound.operator, amount.low, high, low_limit, high_limit)
            else:
                high = FOREVER if high_unknown else amount.high
                truth = truth & compare(bound.operator, amount.low, high, low_limit, high_limit)
        return truth, limits

    def _result_without_list(self, path: str, case: Case) -> Result:
        """Nothing is said of the source: unknown, unless the bound holds or fails for any amount."""
        truth = UNKNOWN
        return Result(truth, "not_said", {"kind": self.kind}, missing=(path,), causes=MISSING)

    def _explain(
        self, truth: Truth, limits: list[tuple[Bound, Any, Any]], amount: Measured, selection: Selection,
        rows: Sequence[Row], complete: bool, path: str, case: Case, day: Days,
    ) -> Result:  # fmt: skip
        params: dict[str, Any] = {"kind": self.kind, "measure": self.measure, "have": amount.low, "might": amount.high}
        if limits:
            bound, low_limit, high_limit = limits[0]
            for one, low, high in limits:
                if not _holds(one, amount, low, high):
                    bound, low_limit, high_limit = one, low, high
                    break
            params |= {"operator": bound.operator, "need": low_limit, "need_most": high_limit}
        used = [fact for row in selection.sure for fact in self._shown(row)]
        if truth.surely:
            future = self._future(amount, limits, selection, case, day)
            code = "enough" if self.bounds else "found"
            if self.bounds and all(bound.operator in ("at_most", "less_than") for bound in self.bounds):
                code = "within"
            if not used:
                used = [Used(path, "empty" if not rows else None)]
            return Result(truth, code, params, used=used, future=future, day=day)
        if not truth.possibly:
            return self._fail(params, limits, amount, selection, rows, path, case, day, used)
        missing: list[str] = []
        waits = judged = False
        for _, lacking, waiting in selection.maybe:
            missing += lacking
            waits = waits or waiting
            judged = judged or not (lacking or waiting)
        missing += amount.missing
        if not complete:
            missing.append(path)
        for bound, low, high in limits:
            if low != high:
                missing += bound.limits(case)[2]
        causes = MISSING if missing or not (waits or judged) else frozenset()
        if waits:
            causes = causes | FUTURE
        if judged:
            causes = causes | PERSON
        params["may_match"] = [row.path for row, _, _ in selection.maybe]
        code = "list_incomplete" if not complete and not selection.maybe else ("may_match" if selection.maybe else "between")
        if waits and not missing:
            code = "not_yet"
        elif judged and not missing:
            code = "to_judge"
        used += [fact for row, _, _ in selection.maybe for fact in self._shown(row)]
        return Result(truth, code, params, used=used or [Used(path, None)], missing=tuple(dict.fromkeys(missing)), causes=causes, day=day,
                      gap=_gap(limits, amount))  # fmt: skip

    def _fail(
        self, params: dict[str, Any], limits: list[tuple[Bound, Any, Any]], amount: Measured, selection: Selection,
        rows: Sequence[Row], path: str, case: Case, day: Days, used: list[Used],
    ) -> Result:  # fmt: skip
        if not rows:
            return Result(FALSE, "none", params, used=[Used(path, "empty")], day=day, gap=_gap(limits, amount))
        counted = [*selection.sure, *(row for row, _, _ in selection.maybe)]
        if not counted:
            row, attributes = self._nearest(rows, selection, case, day)
            params |= {"record": row.path, "failed": attributes, "value": row.values.get(attributes[0])}
            gap = self._date_gap(row, case) or _gap(limits, amount)
            return Result(
                FALSE, "no_match", params, used=[Used(row.key(attributes[0]), row.values.get(attributes[0]))], gap=gap, day=day
            )
        too_much = limits and params["operator"] in ("at_most", "less_than")
        return Result(
            FALSE, "too_much" if too_much else "short", params, used=used or [Used(path, None)], gap=_gap(limits, amount), day=day
        )

    def _nearest(self, rows: Sequence[Row], selection: Selection, case: Case, day: Days) -> tuple[Row, list[str]]:
        """The record that misses the fewest filters, and the attributes it misses."""
        best: tuple[int, Row, list[str]] | None = None
        for row, out in selection.rejected:
            missed = [
                one.attribute for one in self.filters
                if not (self._on_its_days(one, row, case, day.first) if one.dynamic else one.holds(row, case, day.first)).possibly
            ]  # fmt: skip
            if isinstance(out, str):
                missed.append(out)
            elif self.is_state and not self._placed(row, case, day.first)[0].possibly:
                missed.append("day")
            elif not missed:
                missed.append(out.attribute)
            if best is None or len(missed) < best[0]:
                best = (len(missed), row, missed)
        assert best is not None
        return best[1], best[2]

    def _date_gap(self, row: Row, case: Case) -> Gap | None:
        for one in self.filters:
            if isinstance(one, DateIn) and (date := first_date(row, one.attributes)) is not None:
                _, wide, _ = one.window.spans(case)
                if wide and date.last < wide[0][0]:
                    return Gap(wide[0][0] - date.last, "days_too_old")
                if wide and date.first > wide[-1][1]:
                    return Gap(date.first - wide[-1][1], "days_too_late")
        return None

    def _future(
        self, amount: Measured, limits: list[tuple[Bound, Any, Any]], selection: Selection, case: Case, day: Days
    ) -> int | None:
        """The day until which things must stay as they are for the pass to hold; None where it rests on the past alone."""
        last = self._last_day(day.first)
        if last <= case.today:
            return None
        if self.is_state and self.kind_info.name in ("employment", "enrolment", "residence", "funds"):
            return last
        if self.measure == "time" and any(bound.operator in ("at_least", "more_than") for bound in self.bounds):
            until_today = self.durations(selection, case, case.today).low
            if all(compare_time(b.operator, until_today, until_today, high, high).surely for b, _, high in limits):
                return None
            return last
        if self.expected and self.kind_info.source == "degrees":
            return last
        return None

    # ------------------------------------------------------------------------------- special countings

    def _decide_different(self, rows: Sequence[Row], complete: bool, path: str, case: Case, day: Days) -> Result:
        """Different things (languages) for different demands: a matching, sure with sure edges, possible with possible ones."""
        identity = self.kind_info.identity or ""
        names = list(dict.fromkeys(str(row.values.get(identity, row.path)) for row in rows))
        edges: list[list[Truth]] = []
        missing: list[str] = [] if complete else [path]
        for demand in self.different:
            found = dict.fromkeys(names, FALSE)
            for row in rows:
                truth = TRUE
                for one in (*self.filters, *demand):
                    truth = truth & one.holds(row, case, day.first)
                if truth == UNKNOWN:
                    missing += self._lacking(row, demand, case, day.first)
                name = str(row.values.get(identity, row.path))
                found[name] = found[name] | truth
            edges.append(list(found.values()))
        sure = _match([[index for index, truth in enumerate(truths) if truth.surely] for truths in edges])
        possible = _match([[index for index, truth in enumerate(truths) if truth.possibly] for truths in edges])
        truth = Truth(len(sure) == len(edges), len(possible) == len(edges) or not complete)
        params = {"kind": self.kind, "measure": "different", "have": len(sure), "need": len(edges), "operator": "at_least"}
        matched = {names[index] for index in sure.values()}
        used = [fact for row in rows if row.values.get(identity) in matched for fact in self._shown(row)] or [Used(path, None)]
        if truth.surely:
            return Result(truth, "enough", params, used=used, day=day)
        if not truth.possibly:
            return Result(FALSE, "short", params, used=used, gap=Gap(len(edges) - len(possible), "times"), day=day)
        return Result(truth, "may_match", params, used=used, missing=tuple(dict.fromkeys(missing)), causes=MISSING, day=day)

    @staticmethod
    def _lacking(row: Row, filters: Iterable[Filter], case: Case, on: int) -> list[str]:
        """What would have to be known of a record for the filters that only may hold."""
        return [path for one in filters if not one.holds(row, case, on).surely for path in one.lacking(row, case, on)]

    def _absences(self, truth: Truth, case: Case, day: Days, selection: Selection) -> tuple[Truth, Result | None]:
        """Québec health insurance (Regulation A-29, r. 1, s. 6): away 183 days or more in a calendar year, stays of 21 days
        or less apart, and the year is lost; departure and return days are not days away."""
        from eligibility.criteria.absences import lost_years

        length = next((bound.quantity.amount for bound in self.bounds if bound.quantity is not None), Length(0))
        last = self._last_day(day.first)
        listed = case.facts.rows("absences")
        if listed is None or not case.facts.complete("absences"):
            return truth, Result(truth & UNKNOWN, "absences_not_said", {"kind": self.kind}, missing=(case.facts.path("absences"),),
                                 causes=MISSING, day=day, used=[fact for row in selection.sure for fact in self._shown(row)])  # fmt: skip
        surely_lost, possibly_lost, rows = lost_years(listed, length.before(last + 1), last)
        clean = Truth(not possibly_lost, not surely_lost)
        if clean.surely:
            return truth, None
        used = [fact for row in rows for fact in self._shown(row)]
        if not clean.possibly:
            return FALSE, Result(FALSE, "absent_too_long", {"kind": self.kind, "years": surely_lost}, used=used, day=day)
        missing = tuple(path for row in rows for path in row.vague_dates())
        return truth & clean, Result(truth & clean, "perhaps_absent_too_long", {"kind": self.kind, "years": possibly_lost}, used=used,
                                     missing=missing, causes=MISSING, day=day)  # fmt: skip

    # --------------------------------------------------------------- as part of windows and extensions

    def _selected(self, case: Case) -> tuple[Selection, bool, str, tuple[str, ...]]:
        resolved: Days | None = None
        missing: tuple[str, ...] = ()
        if self.as_of is not None:
            resolved, missing = self.as_of.resolve(case)
        day = Days(resolved.last, resolved.last) if resolved is not None else Days(case.today, case.today)
        rows, complete, path = self._listed(case)
        if rows is None:
            return Selection([], [], []), False, path, (*missing, path)
        selection = self.select(rows, case, day)
        missing += tuple(lack for _, lacking, _ in selection.maybe for lack in lacking)
        return selection, complete, path, missing if complete else (*missing, path)

    def date_of(self, case: Case) -> tuple[Days | None, tuple[str, ...], bool]:
        """The record's own date (first, latest or of the highest level); None where there surely is no such record.

        Also what is missing to know it, and whether there may be no record at all.
        """
        selection, complete, _, missing = self._selected(case)
        attributes = self.any_date_of or (("awarded",) if self.kind_info.source == "degrees" else ("start",))
        sure = [first_date(row, attributes) or Days(LONG_AGO, FOREVER) for row in selection.sure]
        maybe = [first_date(row, attributes) or Days(LONG_AGO, FOREVER) for row, _, _ in selection.maybe]
        if self.take == "highest" and selection.sure:
            top = max(row.values.get("level", (0, 0))[0] for row in selection.sure)
            sure = [d for d, row in zip(sure, selection.sure, strict=True) if row.values.get("level", (0, 0))[1] >= top]
        if not sure and not maybe:
            return (None, missing, True) if complete else (Days(LONG_AGO, FOREVER), missing, True)
        every = [*sure, *maybe]
        if self.take == "first":
            first = min(date.first for date in every) if complete else LONG_AGO
            last = min(date.last for date in sure) if sure else max(date.last for date in maybe)
        else:
            first = max(date.first for date in sure) if sure else min(date.first for date in maybe)
            last = max(date.last for date in every) if complete else FOREVER
        vague = tuple(row.key(attributes[0]) for row in selection.sure if not (first_date(row, attributes) or ANY).exact)
        return Days(first, last), (*missing, *vague), not sure

    def lasting(self, case: Case) -> tuple[Spans, Spans, tuple[str, ...]]:
        """The days on which matching records surely and possibly last."""
        rows, complete, path = self._listed(case)
        if rows is None:
            return [], [(LONG_AGO, FOREVER)], (path,)
        narrow: Spans = []
        wide: Spans = []
        missing: tuple[str, ...] = () if complete else (path,)
        dynamic = [one for one in self.filters if one.dynamic]
        for row in rows:
            truth = TRUE
            for one in self.filters:
                if not one.dynamic:
                    truth = truth & one.holds(row, case, case.today)
                    missing += () if truth.surely else one.lacking(row, case, case.today)
            for excluded in self.other_than:
                inside = TRUE
                for one in excluded:
                    inside = inside & one.holds(row, case, case.today)
                truth = truth & ~inside
            if truth.possibly:
                wide += _split(row.hull, dynamic, row, case, False)
                missing += row.vague_dates()
            if truth.surely:
                narrow += _split(row.core, dynamic, row, case, True)
        return _joined(narrow), _joined(wide) if complete else [(LONG_AGO, FOREVER)], missing

    def number(self, case: Case) -> tuple[int, int, tuple[str, ...]]:
        """How many records match, at least and at most."""
        selection, complete, _, missing = self._selected(case)
        low = len(selection.sure)
        return low, low + len(selection.maybe) if complete else max(low, 20), missing

    def total_days(self, case: Case) -> tuple[int, int, tuple[str, ...]]:
        """How many full days the records last, at least and at most."""
        selection, complete, _, missing = self._selected(case)
        day = self.as_of.resolve(case)[0] if self.as_of is not None else None
        amount = self.durations(selection, case, case.today if day is None else day.last)
        return amount.low.days, amount.high.days if complete else 36_500, (*missing, *amount.missing)

    def share(self, case: Case, day: Days) -> tuple[float, float, Result]:
        """For `together`: the part of the whole, at least and at most (never more than all of it)."""
        rows, complete, path = self._listed(case)
        if rows is None:
            return 0.0, 1.0, self._result_without_list(path, case)
        selection = self.select(rows, case, day)
        if self.whole.measure == "time":
            amount = self.durations(selection, case, day.first)
            whole, beyond = self.whole.amount.most_days, (self.beyond.amount.most_days if self.beyond else 0)
            low, high = amount.low.percent_days / 100, amount.high.percent_days / 100
        else:
            measure = {"credits": self._credits, "count": self._counted, "number": self._counted}
            amount = (
                self._hours(selection, case, day.first)
                if self.whole.measure == "hours"
                else measure[self.whole.measure](selection)
            )
            whole, beyond = self.whole.amount, (self.beyond.amount if self.beyond else 0)
            low, high = amount.low, amount.high
        low, high = max(0, low - beyond) / whole, max(0, high - beyond) / whole
        missing = (*(p for _, lacking, _ in selection.maybe for p in lacking), *amount.missing)
        part = Result(UNKNOWN, "share", {"kind": self.kind, "low": min(1.0, low), "high": min(1.0, high)},
                      used=[Used(row.path, None) for row in amount.rows], missing=missing if low != high else ())  # fmt: skip
        return min(1.0, low), min(1.0, high) if complete else 1.0, part

    def inner(self) -> Iterable[RecordQuestion]:
        """The record questions inside this one: in its windows, its bounds, its credits and caps."""
        windows = [self.during] if self.during is not None else []
        windows += [one.window for one in self.filters if isinstance(one, DateIn)]
        for window in windows:
            yield from window.questions()
        for bound in self.bounds:
            yield from questions_of(bound.extended)
        for cap in (*self.also, *self.limits):
            yield cap.question
        if self.since is not None and self.since.record is not None:
            yield self.since.record

    def critical_days(self, case: Case) -> list[int]:
        rows, _, _ = self._listed(case)
        days = []
        for row in rows or ():
            days += [*row.start, *row.end]
            days += [end for key in ("awarded", "defended") if key in row.values for end in row.values[key]]
        if self.absence_rule is not None:
            days += [day for row in case.facts.rows("absences") or () for day in (*row.start, *row.end)]
        for one in self.filters:
            days += one.changes(case)
        lengths = [] if self.during is None else self.during.lengths()
        for bound in self.bounds:
            if bound.measure == "time":
                lengths += [tuple(limit) for limit in bound.limits(case)[:2]]
        for one in self.filters:
            if isinstance(one, DateIn):
                lengths += one.window.lengths()
        return shifted(days, lengths)


ANY = Days(LONG_AGO, FOREVER)
_ENDLESS = Cover(FOREVER * 100, ((LONG_AGO, FOREVER),))


class _FullRate:
    """A record looked at as if it were full time: hours are counted from days, not from rates."""

    __slots__ = ("_row",)

    def __init__(self, row: Row) -> None:
        self._row = row

    def __getattr__(self, name: str) -> Any:
        return (100, 100) if name == "rate" else getattr(self._row, name)


def _at_full_rate(row: Row) -> Any:
    return _FullRate(row)


def _known(row: Row, one: Filter) -> bool:
    return row.values.get(one.attribute) is not None


def _same(row: Row, case: Case) -> tuple[Truth, tuple[str, ...]]:
    assert case.same is not None
    attribute, value = case.same
    names = {"country": ("country", "place"), "employer": ("employer_name",), "school": ("school",)}[attribute]
    for name in names:
        found = row.values.get(name)
        if found is not None:
            surely, possibly, _ = (
                case.reference.place_within(found, value, case.today)
                if attribute == "country"
                else (found == value, found == value, None)
            )
            return Truth(surely, possibly), (row.key(name),)
    return UNKNOWN, (row.key(names[0]),)


def _split(piece: tuple[int, int], dynamic: list[Filter], row: Row, case: Case, surely: bool) -> list[tuple[int, int]]:
    """The parts of a stretch on whose days the changing filters hold."""
    first, last = piece
    if last < first:
        return []
    edges = sorted({first, *(day for one in dynamic for day in one.changes(case) if first < day <= last)})
    parts = []
    for start, following in zip(edges, [*edges[1:], last + 1], strict=True):
        truth = TRUE
        for one in dynamic:
            truth = truth & one.holds(row, case, max(start, 1))
        if truth.surely if surely else truth.possibly:
            parts.append((start, following - 1))
    return parts


def _reaching(spells: list[Spell], day: int) -> Cover:
    """The unbroken stretch that reaches `day`, cut there."""
    for first, last, _ in unbroken([Spell(s.first, min(s.last, day)) for s in spells]):
        if last >= day:
            return Cover((day - first + 1) * 100, ((first, day),))
    return NOTHING


def _worked(spells: list[Spell], first: int, last: int, missing: int) -> Cover:
    """What an unbroken stretch adds up to: its spells at their rates, and the gaps it forgives in full."""
    inside = cover([Spell(max(one.first, first), min(one.last, last), one.rate) for one in spells])
    total = inside.percent_days + missing * 100
    return Cover(total, ((first, last),) if total == (last - first + 1) * 100 else inside.runs)


def _joined(spans: Spans) -> Spans:
    joined: Spans = []
    for first, last in sorted(spans):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def _match(edges: list[list[int]]) -> dict[int, int]:
    """A largest matching of demands to records: demand → record."""
    owner: dict[int, int] = {}

    def place(demand: int, tried: set[int]) -> bool:
        for record in edges[demand]:
            if record not in tried:
                tried.add(record)
                if record not in owner or place(owner[record], tried):
                    owner[record] = demand
                    return True
        return False

    for demand in range(len(edges)):
        place(demand, set())
    return {demand: record for record, demand in owner.items()}


def _holds(bound: Bound, amount: Measured, low: Any, high: Any) -> bool:
    if bound.measure == "time":
        return compare_time(bound.operator, amount.low, amount.low, low, high).surely
    return compare(bound.operator, amount.low, amount.low, low, high).surely


def _gap(limits: list[tuple[Bound, Any, Any]], amount: Measured) -> Gap | None:
    """How much is missing, or too much, for the first bound that does not hold."""
    for bound, low, high in limits:
        if _holds(bound, amount, low, high):
            continue
        if bound.measure == "time":
            have, need = amount.low.percent_days // 100, high.most_days
            if bound.operator in ("at_least", "more_than"):
                run = amount.low.longest_run
                by_run = max(0, high.after(run[0]) - run[1] - 1) if run is not None else need
                return Gap(min(max(0, need - have), by_run), "days")
            run = amount.low.longest_run
            by_run = 0 if run is None else run[1] + 1 - low.after(run[0])
            return Gap(max(1, have - low.most_days, by_run) + (bound.operator == "less_than"), "days")
        unit = {"number": "times", "count": "times"}.get(bound.measure, bound.measure)
        return Gap(abs(int(low - amount.low)), unit)
    return None
