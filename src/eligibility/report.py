"""What a check says: a finding per criterion, an outcome per vacancy, and a receipt of what it rests on.

Everything is codes and facts; `eligibility.wording` makes sentences of them. All of it is immutable.
"""

# Without `from __future__ import annotations`: Pydantic evaluates each annotation that is a text, which takes longer.

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, ClassVar, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, TypeAdapter
from typing_extensions import TypedDict  # Pydantic asks for this one below Python 3.12

from eligibility import above
from eligibility.answer import Gap, Used
from eligibility.dates import FOREVER, LONG_AGO, Cover, Days, Length, show
from eligibility.fields import Shown
from eligibility.verdict import Cause, Closing, Outcome, Verdict

SCHEMA_VERSION = 1

_FROZEN = ConfigDict(frozen=True, extra="forbid", defer_build=True, arbitrary_types_allowed=True)


class Frozen(BaseModel):
    """An immutable model."""

    model_config = _FROZEN


class Part:
    """A part of a report: plain data, which Pydantic writes. A model of so many fields takes five times as long to make."""

    __pydantic_config__: ClassVar[ConfigDict] = _FROZEN

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Self:
        """One with a value for each field."""
        made = object.__new__(cls)
        made.__dict__.update(fields)
        return made

    def model_copy(self, *, update: Mapping[str, Any] | None = None) -> Self:
        """The same, with other values of some fields."""
        return self.of({**self.__dict__, **(update or {})})

    def model_dump(self, **options: Any) -> dict[str, Any]:
        """Itself as plain data, with the options that Pydantic has."""
        data: dict[str, Any] = self._adapter().dump_python(self, **options)
        return data

    def model_dump_json(self, **options: Any) -> str:
        """Itself as JSON, with the options that Pydantic has."""
        return self._adapter().dump_json(self, **options).decode()

    @classmethod
    @cache
    def _adapter(cls) -> TypeAdapter[Any]:
        return TypeAdapter(cls)


class About(NamedTuple):
    """Whom and what a report is about, for sentences that name it: the vacancy, the profile, the reference (None: that of this version)."""

    vacancy: Any
    profile: Any
    reference: Any

    def __deepcopy__(self, memo: dict[int, Any]) -> "About":
        return self  # all of it is immutable

    def __reduce__(self) -> tuple[Any, ...]:
        return _about, (None if self.reference is not None else tuple(self),)  # a reference of one's own stays where it is


def _about(known: tuple[Any, Any, Any] | None) -> About | None:
    return None if known is None else About(*known)


class Telling:
    """What can say itself in words, where it knows whom and what it is about; that is no part of what it says."""

    __slots__ = ()

    @property
    def about(self) -> About:
        """Whom and what it is about. Raises ValueError where nobody has said: only what `eligibility.check` gives can be told in words."""
        known: About | None = getattr(self, "_about", None)
        if known is None:
            raise ValueError("only a report of eligibility.check, and its findings, can be told in words")
        return known

    def told_of(self, about: About | None) -> Self:
        """Itself, knowing whom and what it is about: for whoever has just made it."""
        object.__setattr__(self, "_about", about)
        return self


class Day(NamedTuple):
    """The day a criterion is counted on: its name in the vacancy (None for a literal date), and whether the notice gives it."""

    name: str | None
    days: Days
    assumed: bool


class FactData(TypedDict):
    """A fact in the JSON report."""

    path: str
    value: Any


class DayData(TypedDict):
    """A day in the JSON report: `days` is a date, a month, a year or an interval in ISO 8601."""

    name: str | None
    days: str
    assumed: bool


class GapData(TypedDict):
    """A distance to the threshold in the JSON report."""

    amount: int
    unit: str


def plain(value: Any) -> Any:
    """A value of a reason as JSON can hold it: days as ISO text, lengths and covers as mappings."""
    if isinstance(value, Days):
        return "ongoing" if value.first >= FOREVER else show(value) if value.first > LONG_AGO and value.last < FOREVER else None
    if isinstance(value, Length):
        return {"months": value.months, "days": value.days}
    if isinstance(value, Cover):
        return {"days": value.days} if value.percent_days < FOREVER * 50 else {"days": None}
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_none=True)
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    name = getattr(value, "name", None)
    return name if isinstance(name, str) else str(value)


def _facts(facts: tuple[Used, ...]) -> list[FactData]:
    return [{"path": path, "value": plain(value)} for path, value in facts]


def _day(day: Day | None) -> DayData | None:
    return None if day is None else {"name": day.name, "days": show(day.days), "assumed": day.assumed}


def _gap(gap: Gap | None) -> GapData | None:
    return None if gap is None else {"amount": gap.amount, "unit": gap.unit}


def _date(day: int | None) -> str | None:
    return None if day is None else show(Days(day, day))


def _readings(readings: tuple[Any, ...]) -> list[dict[str, Any]]:
    return [{"name": name, "day": _date(day), "time": time, "preferred": preferred} for name, day, time, preferred in readings]


class FailingData(TypedDict):
    """What fails with an option that may hold, or with several of different choices, in the JSON report."""

    options: list[dict[str, str]]
    criteria: list[str]


def _whichever(whichever: tuple[Any, ...]) -> list[FailingData]:
    return [{"options": list(options), "criteria": list(criteria)} for options, criteria in whichever]


def _information(information: tuple[Any, ...]) -> list[dict[str, Any]]:
    return [{"label": label, "clause": clause} for label, clause in information]


Date = Annotated[int, Shown(_date, str)]


@dataclass(frozen=True, kw_only=True)
class Finding(Part, Telling):
    """The verdict of one criterion, with its reason.

    `code` and `params` are the reason; `facts` what it rests on; `missing` the paths of the facts that could still change it;
    `causes` why it is unknown; `future` the day until which things must stay as they are; `gap` the distance to the threshold
    of what fails or is unknown; `preferred` the verdict under the preferred reading where readings disagree. `option` is what an
    option is called that nobody has chosen, where the finding speaks of it alone. `needed` is false for a branch that no longer matters.
    """

    id: str | None
    kind: str
    label: Mapping[str, str] | None
    importance: str
    verdict: Verdict
    code: str
    params: Annotated[Mapping[str, Any], Shown(plain, dict[str, Any])]
    causes: tuple[Cause, ...]
    facts: Annotated[tuple[Used, ...], Shown(_facts, list[FactData])]
    missing: tuple[str, ...]
    day: Annotated[Day | None, Shown(_day, DayData | None)]
    gap: Annotated[Gap | None, Shown(_gap, GapData | None)]
    future: Annotated[int | None, Shown(_date, str | None)]
    preferred: Verdict | None
    option: Mapping[str, str] | None
    clause: str | None
    quote: str | None
    source: Mapping[str, Any] | None
    question: Mapping[str, str] | None
    advice: Mapping[str, str] | None
    proof: tuple[Mapping[str, str], ...] = ()
    path: tuple[str | int, ...]
    needed: bool
    children: tuple["Finding", ...]

    def text(self, language: str = "en") -> str:
        """Why, in one or two sentences of a language (`en`, `fr`): those of the report that the command prints.

        Raises ValueError for a language that there are no words in, and where `about` does.
        """
        return above.finding_in_words(self, self.about, language)


def with_about(findings: tuple[Finding, ...], about: About) -> tuple[Finding, ...]:
    """The same findings, which know whom and what they are about. The others stay as they are: they are remembered for anybody."""
    return tuple([one.model_copy(update={"children": with_about(one.children, about)}).told_of(about) for one in findings])


class Question(NamedTuple):
    """A question that is open: what to ask, where a profile would answer it, and which criteria are open for want of it.

    `paths` are those of a profile, such as `birth_date` or `degrees[0].level`; `criteria` the ids of the criteria (the kind of one
    that has no id); `words` the question by language.
    """

    paths: tuple[str, ...]
    criteria: tuple[str, ...]
    words: Mapping[str, str]

    @property
    def path(self) -> str:
        """The first of the paths; empty where there is none."""
        return self.paths[0] if self.paths else ""

    def text(self, language: str = "en") -> str:
        """The question, in a language (`en`, `fr`). Raises ValueError for one that there are no words in."""
        if language not in self.words:
            raise ValueError(f"no words in {language!r}; there are: {', '.join(self.words)}")
        return self.words[language]


@dataclass(frozen=True)
class Deadline(Part):
    """When the vacancy closes: the local day, the time of day where the notice gives one, the zone, and the days left. `choice` is the one
    that it depends on and that nobody has told: `readings` are then the days of its options, and the next of them is shown."""

    day: Date
    time: str | None
    zone: str
    days_left: int
    readings: Annotated[tuple[tuple[Mapping[str, str] | None, int, str | None, bool], ...], Shown(_readings, list[dict[str, Any]])]
    choice: str | None = None


@dataclass(frozen=True)
class Opening(Part):
    """From when one can apply: the local day or, where it is not known, the first and the last it may be; the time of day where the notice
    gives one, and the zone. `open`: whether that is past; None where it depends on the hour, on the day, or on how the notice is read.
    `choice` is the one that it depends on and that nobody has told: `readings` are then the days of its options."""

    day: Date
    last: Date
    time: str | None
    zone: str
    open: bool | None
    readings: Annotated[tuple[tuple[Mapping[str, str] | None, int, str | None, bool], ...], Shown(_readings, list[dict[str, Any]])]
    choice: str | None = None


@dataclass(frozen=True)
class Receipt(Part):
    """What the answer was made from, so that it can be made again."""

    vacancy: str
    rule_digest: str | None
    profile_digest: str | None
    data_version: str
    engine_version: str
    on: str


@dataclass(frozen=True)
class Track(Part):
    """The outcome of one way into the post on a day, whether it is still open, from when and until when."""

    choice: str
    option: str
    label: Mapping[str, str]
    on: Date
    outcome: Outcome
    closing: Closing
    opening: Opening | None
    deadline: Deadline | None
    findings: tuple[Finding, ...]


class Waiting(NamedTuple):
    """A better outcome that waiting brings, if nothing else changes: for an application from a first day on, and until a last one, where it
    does not last until the vacancy closes. Days are numbered as `date.toordinal` does."""

    first: int
    last: int | None
    outcome: Outcome


class Report(Frozen, Telling):
    """One candidate before one vacancy on one day.

    Where the applicant may pick an option and has not, `tracks` has an outcome for each; `option` is what the one is called whose
    outcome, days and findings head the report: the best of those that one can still pick. `whichever` has, for each option that may hold
    and that nobody has told, what it is called and the ids of the criteria that are not met with it, where one is not eligible for that
    alone. `redacted` says that names, dates of birth, and every day or age that follows from them are left out.
    """

    schema_version: int
    vacancy: str
    title: Mapping[str, str]
    organisation: Mapping[str, str] | None
    candidate: str | None
    on: Date
    outcome: Outcome
    closing: Closing
    opening: Opening | None = None
    deadline: Deadline | None
    findings: tuple[Finding, ...]
    judged: tuple[Finding, ...]
    tracks: tuple[Track, ...]
    option: Mapping[str, str] | None
    whichever: Annotated[tuple[tuple[Any, ...], ...], Shown(_whichever, list[FailingData])] = ()
    information: Annotated[tuple[tuple[Mapping[str, str], str | None], ...], Shown(_information, list[dict[str, Any]])]
    contact: str | None
    reviewed: str | None
    reviewed_by: str | None
    receipt: Receipt
    redacted: bool = False

    __slots__ = ("_about",)

    def __getstate__(self) -> dict[Any, Any]:
        return {**super().__getstate__(), "about": getattr(self, "_about", None)}

    def __setstate__(self, state: dict[Any, Any]) -> None:
        super().__setstate__(state)
        self.told_of(state["about"])

    def __copy__(self) -> Self:
        return super().__copy__().told_of(getattr(self, "_about", None))

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        return super().__deepcopy__(memo).told_of(getattr(self, "_about", None))

    @property
    def other_tracks(self) -> tuple[Track, ...]:
        """The tracks besides the one whose outcome and findings head the report."""
        heads = [track.outcome is self.outcome and track.closing is self.closing for track in self.tracks]
        first = heads.index(True) if True in heads else 0
        return tuple(track for index, track in enumerate(self.tracks) if index != first)

    @property
    def missing(self) -> tuple[Question, ...]:
        """The questions that are open: what the required criteria want to know and the profile does not say, each asked once.

        Raises ValueError where `about` does.
        """
        found: tuple[Question, ...] = above.questions_of(self, self.about)
        return found

    def text(self, language: str = "en") -> str:
        """The report criterion by criterion, in lines of 80 columns of a language (`en`, `fr`).

        Raises ValueError for a language that there are no words in, and where `about` does.
        """
        return above.report_in_words(self, self.about, language)

    @property
    def closed(self) -> bool:
        return self.closing is Closing.CLOSED

    @property
    def required(self) -> tuple[Finding, ...]:
        """The findings that decide the outcome: those that are required and apply."""
        return tuple(one for one in self.findings if one.importance == "required" and one.verdict is not Verdict.NOT_APPLICABLE)

    @property
    def desirable(self) -> tuple[Finding, ...]:
        """The assets, which never change the outcome."""
        return tuple(one for one in self.findings if one.importance == "desirable")
