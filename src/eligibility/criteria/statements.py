"""What is not about records: a fact only the person can state, a point only a person can judge, a choice, the day itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eligibility.answer import DayCode, Used
from eligibility.criteria.base import Criterion
from eligibility.criteria.moments import Moment, Window
from eligibility.criteria.result import MISSING, PERSON, Result, answered, told
from eligibility.dates import Days
from eligibility.verdict import FALSE, TRUE, UNKNOWN

if TYPE_CHECKING:
    from eligibility.criteria.case import Case
    from eligibility.criteria.filters_places import Places


class Declared(Criterion):
    """A fact only the person can state: `facts: {military_obligations_met: true}` in the profile. Silence is unknown."""

    kind = "declared"
    examples = ("{kind: declared, fact: military_obligations_met, equals: true}",)
    __slots__ = ("equals", "fact")

    def __init__(self, fact: str, equals: bool = True) -> None:
        super().__init__()
        self.fact = fact
        self.equals = equals

    def decide(self, case: Case, day: Days | None) -> Result:
        stated = case.facts.declared(self.fact)
        path = case.facts.path(f"facts.{self.fact}")
        if stated is None:
            return answered(UNKNOWN, "not_said", told(self.kind, {"fact": self.fact}, missing=(path,)), MISSING)
        truth = TRUE if stated == self.equals else FALSE
        why = told(self.kind, {"fact": self.fact, "value": stated}, (Used(path, stated),))
        return answered(truth, "stated" if truth is TRUE else "stated_otherwise", why)


class Judged(Criterion):
    """A point only a person can tell. Alone it is listed apart and never counted; inside a group it is unknown."""

    kind = "judged"
    examples = ('{kind: judged, importance: desirable, label: {en: "Writes well", fr: "Rédige bien"}}',)
    __slots__ = ()

    def decide(self, case: Case, day: Days | None) -> Result:
        return answered(UNKNOWN, "judged", told(self.kind), PERSON)


class Choice(Criterion):
    """What the applicant chose: a track, a grade, a host country. Mostly used as a condition: `when: {chosen: internal}`."""

    kind = "choice"
    examples = ("{kind: choice, choice: track, equals: internal}",)
    __slots__ = ("choice", "excluded", "options", "where")

    def __init__(self, choice: str, options: tuple[str, ...] = (), excluded: bool = False, where: Places | None = None) -> None:
        super().__init__()
        self.choice = choice
        self.options = options
        self.excluded = excluded
        self.where = where
        """Of a country that is chosen: the countries and groups asked for."""

    def decide(self, case: Case, day: Days | None) -> Result:
        chosen = case.choices.get(self.choice)
        wanted = self.options if self.where is None else self.where.wanted
        params = {"choice": self.choice, "value": chosen, "wanted": wanted}
        path = f"choices.{self.choice}"
        if chosen is None:
            return answered(UNKNOWN, "not_chosen", told(self.kind, params, missing=(path,)), MISSING)
        if self.where is not None:
            truth = self.where.accepts(chosen, case, case.today if day is None else day.first)
        else:
            truth = TRUE if (chosen in self.options) is not self.excluded else FALSE
        if truth is UNKNOWN:
            known = case.reference.is_place(chosen)  # a place that only may belong to the group: nothing the profile could add
            why = told(self.kind, params, (Used(path, chosen),), () if known else (path,))
            return answered(truth, "chosen_unsure", why, PERSON if known else MISSING)
        why = told(self.kind, params, (Used(path, chosen),))
        return answered(truth, "chosen" if truth is TRUE else "chosen_otherwise", why)

    def critical_days(self, case: Case) -> list[int]:
        return [] if self.where is None else list(self.where.changes(case))


class OnDay(Criterion):
    """Whether a day of the vacancy falls in a window: a rule in force from a date. Mostly used as a condition."""

    kind = "day"
    examples = ("{kind: day, day: application, from: 2024-07-01}",)
    __slots__ = ("moment", "window")

    def __init__(self, moment: Moment, window: Window) -> None:
        super().__init__()
        self.moment = moment
        self.window = window

    def decide(self, case: Case, day: Days | None) -> Result:
        known, missing = self.moment.resolve(case)
        if known is None:
            return answered(UNKNOWN, "day_unknown", told(self.kind, missing=missing), MISSING)
        truth, more = self.window.contains(known, case)
        code: DayCode = "day_in" if truth.surely else "day_unsure" if truth.possibly else "day_out"
        if truth is UNKNOWN:
            more = (*case.could_tell(self.moment), *more)
            code = "day_unknown" if self.moment.name in case.unsaid else code
        return answered(truth, code, told(self.kind, missing=more), MISSING if truth is UNKNOWN else None, known)

    def critical_days(self, case: Case) -> list[int]:
        return [day for one in (*self.window.lower, *self.window.upper) for day in one.day(case)[0] or ()]
