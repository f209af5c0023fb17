"""The small parts of an answer: its code, a fact it rests on, and the distance to a threshold."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

RecordCode = Literal[
    "not_said", "list_incomplete", "may_match", "between", "counts", "twice", "limit_open", "to_judge", "not_yet",
    "found", "enough", "within",
    "not_two_parents", "none", "not_on_day", "no_match", "short", "too_much",
    "share",
]  # fmt: skip
ResidenceCode = Literal["absences_not_said", "days_away_not_said", "absent_too_long", "perhaps_absent_too_long"]
AgeCode = Literal[
    "not_said",
    "within",
    "too_old",
    "too_young",
    "unsure",
    "limit_open",
    "limit_counts",
    "birthday_open",
    "month_open",
    "born_in",
    "born_out",
    "born_unknown",
    "birth_impossible",
]
DeclaredCode = Literal[
    "not_said", "stated", "stated_otherwise", "no_number", "not_yes_or_no", "enough", "within", "short", "too_much", "limit_open", "no_line"
]
JudgedCode = Literal["judged"]
ChoiceCode = Literal["not_chosen", "chosen", "chosen_otherwise", "chosen_unsure"]
DayCode = Literal["day_in", "day_out", "day_unsure", "day_unknown"]
DurationCode = Literal["lasts", "lasts_otherwise", "lasts_unsure", "ends_before", "limit_open", "day_unknown"]
GroupCode = Literal[
    "all_of.met", "all_of.open", "all_of.unmet", "any_of.met", "any_of.open", "any_of.unmet", "none_of.met", "none_of.open", "none_of.unmet"
]
TogetherCode = Literal["together.met", "together.open", "together.unmet"]
AssetCode = Literal["asset"]
AnyCode = Literal[
    "readings", "depends_on_day", "day_unknown", "span_open", "exception_open", "needs_derogation", "derogation_granted",
    "perhaps_applies", "not_applicable", "depends_on_option",
]  # fmt: skip
"""What any criterion can come to, because of its day, its readings, its exception, its derogation, its condition or an option."""

Code = (
    RecordCode
    | ResidenceCode
    | AgeCode
    | DeclaredCode
    | JudgedCode
    | ChoiceCode
    | DayCode
    | DurationCode
    | GroupCode
    | TogetherCode
    | AssetCode
    | AnyCode
)
"""Every answer there is. The engine gives no other (strict types see to it), and each has its sentence in every language."""

_BOUND = ("have", "need", "operator")

OPERANDS: Mapping[str, Mapping[Code, tuple[str, ...]]] = {
    "record": {
        "not_said": (), "list_incomplete": (), "may_match": ("have",), "between": ("have", "might", "need", "operator"),
        "counts": ("by_calendar", "in_days", "need", "operator"), "twice": ("may_match", "might", *_BOUND),
        "limit_open": _BOUND, "to_judge": (), "not_yet": (), "not_two_parents": (),
        "found": ("facts",), "enough": ("facts", *_BOUND), "within": ("facts", *_BOUND),
        "none": (), "not_on_day": ("day",), "no_match": ("record", "failed", "value", "facts"),
        "short": ("gap", *_BOUND), "too_much": ("gap", *_BOUND), "share": ("low", "high"),
    },
    "residence": {"absences_not_said": (), "days_away_not_said": (), "absent_too_long": ("years",), "perhaps_absent_too_long": ("years",)},
    "age": {
        "not_said": (), "within": ("low", "high", "on"), "too_old": ("low", "high", "on", "gap"), "too_young": ("low", "high", "on", "gap"),
        "unsure": ("low", "high", "on"), "limit_open": ("low", "high", "on"),
        "limit_counts": ("low", "high", "on"), "birthday_open": ("low", "high", "on"),
        "month_open": ("low", "high", "on"),
        "born_in": ("facts",), "born_out": ("facts",), "born_unknown": (), "birth_impossible": ("facts",),
    },
    "declared": {
        "not_said": (), "stated": (), "stated_otherwise": (), "no_number": ("fact", "value"),
        "not_yes_or_no": ("fact", "value"),
        "enough": _BOUND, "within": _BOUND, "short": _BOUND, "too_much": _BOUND, "limit_open": ("have",), "no_line": ("table", "line"),
    },
    "judged": {"judged": ()},
    "choice": {"not_chosen": (), "chosen": (), "chosen_otherwise": (), "chosen_unsure": ("value",)},
    "day": {"day_in": (), "day_out": (), "day_unsure": (), "day_unknown": ()},
    "duration": {
        "lasts": ("first", "last", *_BOUND), "lasts_otherwise": ("first", "last", *_BOUND), "lasts_unsure": (), "ends_before": (),
        "limit_open": ("first", "last", "have"), "day_unknown": (),
    },
    "all_of": {"all_of.met": (), "all_of.open": (), "all_of.unmet": ()},
    "any_of": {"any_of.met": (), "any_of.open": (), "any_of.unmet": ()},
    "none_of": {"none_of.met": (), "none_of.open": (), "none_of.unmet": ()},
    "together": {"together.met": ("low", "high"), "together.open": ("low", "high"), "together.unmet": ("low", "high", "gap")},
    "asset": {"asset": ()},
    "any": {
        "readings": ("preferred", "preferred_verdict", "verdicts"),
        "depends_on_day": ("from", "to", "first_pass", "last_pass", "at_first", "at_last"),
        "day_unknown": (), "span_open": ("on",), "exception_open": (), "needs_derogation": (), "derogation_granted": (),
        "perhaps_applies": (), "not_applicable": (), "depends_on_option": ("options",),
    },
}  # fmt: skip
"""What each answer of each kind always comes with, so that its sentence can name it: operands by name; `facts`, `gap` and `day` are
those of the finding. Every kind that asks about records is `record` (and some say more), and any kind can come to what is under `any`."""


class Used(NamedTuple):
    """A fact an answer rests on: its path in the profile and its value as the profile gives it."""

    path: str
    value: Any


class Gap(NamedTuple):
    """How far from the threshold: an amount (never negative) of `days`, `days_too_old`, `times`, `hours`, `percent`, …"""

    amount: int
    unit: str
