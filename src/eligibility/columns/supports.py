"""What columns decide of many people at once. All else is decided person by person, by the same questions: slower, never different."""

from __future__ import annotations

from collections.abc import Mapping

from eligibility.language.skills import SKILLS
from eligibility.profile import SOURCES
from eligibility.question.filters import (
    Flag,
    FullTime,
    LanguageLevel,
    LanguageOf,
    MoneyFilter,
    Names,
    Numbers,
    Places,
    Recognised,
    Tags,
    Terms,
    WorkingTime,
)
from eligibility.question.grammar import WITHOUT_GAPS, Criterion, DateIn, Filter, Moment, Records, Window
from eligibility.question.others import Age, Always, Choice, Declared, Group, Judged, Met
from eligibility.vacancy import Parsed, Vacancy

_TIME = ("rate", "full_time", "hours_per_week")
READS: Mapping[type[Filter], tuple[str, ...]] = {
    Flag: (), Numbers: (), Terms: (), Names: (), Tags: (), Places: (), LanguageOf: (), MoneyFilter: (), FullTime: _TIME, WorkingTime: _TIME,
    LanguageLevel: ("level", "native", "speaking", "tests", *SKILLS), Recognised: ("place", "recognised_in", "awarded"),
}  # fmt: skip
"""What each filter looks at in a record, besides its own attribute."""


def leaves(criterion: Criterion) -> list[Criterion]:
    """The questions that a criterion comes down to, with those of its readings, conditions and exceptions; what it names by `met` apart."""
    common = criterion.common
    beside = [one for one in (common.when, common.unless, common.derogation) if one is not None]
    inner = [reading for _, _, reading in common.readings]
    joins = isinstance(criterion, Group) and not criterion.choice
    if not inner:
        inner = list(criterion.members) if isinstance(criterion, Group) and joins else []
    found = [leaf for one in (*inner, *beside) for leaf in leaves(one)]
    return found if common.readings or joins else [criterion, *found]


def alone(vacancy: Vacancy, parsed: Parsed) -> dict[str, str]:
    """The criteria of a vacancy with some part that is decided person by person, each with the first key or form that is why."""
    found = {}
    for criterion in parsed.criteria:
        reasons = [why for leaf in leaves(criterion) if (why := unsupported(leaf)) is not None]
        if reasons:
            found[criterion.common.id or ""] = reasons[0]
    return found


def unsupported(criterion: Criterion) -> str | None:
    """The key or the form of a question that columns do not know; None where they know all of it."""
    if criterion.throughout is not None:
        return "throughout"
    if criterion.as_of is not None and not _plain(criterion.as_of):
        return "as_of"
    if isinstance(criterion, Declared) and any(bound.fixed is None for bound in criterion.bounds):
        return "bounds"
    if isinstance(criterion, Age | Declared | Judged | Choice | Always | Met):
        return None
    return _unsupported(criterion) if isinstance(criterion, Records) else "by" if isinstance(criterion, Group) else criterion.kind


def _unsupported(question: Records) -> str | None:
    given = {
        "whose": question.whose, "other_than": question.other_than, "also": question.also, "limits": question.limits,
        "from": question.since, "take": question.take and question.dated, "different": question.different and _pairs(question),
        "counted": question.counted and question.measure == "time", "bounds": len(question.bounds) > 1 or question.fixed is None,
        "unbroken": question.gaps is not None and not _whole(question),
        "any_date_of": len(question.any_date_of) > 1, "full_week": question.full_week is not None and question.measure == "time",
        "of_which": question.of_which, "each": question.each, "among_them": question.among, "sittings": question.sittings is not None,
        "absence_rule": question.absence_rule and not _stay(question),
    }  # fmt: skip
    for key, there in given.items():
        if there:
            return key
    if question.measure not in ("exists", "count", "time"):
        return question.measure
    if question.measure == "count" and question.kind_info.identity is not None and not question.different:
        return "count"
    if question.during is not None and (why := _window(question.during, question)) is not None:
        return why
    return next((one.attribute for one in question.filters if not _knows(one, question)), None)


def _pairs(question: Records) -> bool:
    """Whether different things are more than columns match with each other."""
    return len(question.different) > 3 or any(isinstance(one, DateIn) for demand in question.different for one in demand)


def _whole(question: Records) -> bool:
    """Whether each stretch counts in full, and no gap is forgiven."""
    full = question.part_time == "counts_in_full" or not SOURCES[question.source].working_time
    return full and question.gaps == WITHOUT_GAPS and not question.kind_info.seniority


def _stay(question: Records) -> bool:
    return question.measure == "time" and question.is_state


def _plain(moment: Moment) -> bool:
    return moment.record is None and moment.step is None


def _window(window: Window, question: Records) -> str | None:
    if window.records is not None or window.outside is not None or window.extended or any(moment.step for moment in window.moments()):
        return "during"
    for edge in (*window.lower, *window.upper):
        asked = edge.moment.record
        if asked is None:
            continue
        plain = asked.take != "highest" and len(asked.any_date_of) < 2 and not (asked.during or asked.dated or asked.dynamic)
        if question.measure != "time" or window.most_days is not None or not plain or _unsupported(asked) is not None:
            return "during"
    return None


def _knows(one: Filter, question: Records) -> bool:
    if isinstance(one, DateIn):
        window = one.window
        static = not (window.extended or window.records or window.outside or any(not _plain(moment) for moment in window.moments()))
        return type(one) is DateIn and len(one.attributes) == 1 and static and not question.of_states
    if type(one) not in READS or any(bound.fixed is None for bound in one.limits):
        return False
    if one.dynamic and not one.asked_today:  # read on the days of a record
        return question.on_day and SOURCES[question.source].event is None
    return True
