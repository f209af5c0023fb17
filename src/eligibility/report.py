"""What a check says: a finding per criterion, an outcome per vacancy, and a receipt of what it rests on.

Everything is codes and facts; `eligibility.wording` makes sentences of them. All of it is immutable.
"""

# Without `from __future__ import annotations`: Pydantic evaluates each annotation that is a text, which takes longer.

from collections.abc import Generator, Mapping
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, Self

from pydantic import BaseModel, ConfigDict
from pydantic_core import CoreSchema, core_schema
from typing_extensions import TypedDict  # Pydantic asks for this one below Python 3.12

from eligibility import above
from eligibility.answer import Gap, Used
from eligibility.dates import FOREVER, LONG_AGO, Cover, Days, Length, show
from eligibility.fields import Shown
from eligibility.verdict import Cause, Closing, Outcome, Verdict

SCHEMA_VERSION = 1

_ALL: set[str] = set()  # nothing is dumped by what was "set": one set serves all
_new = object.__new__
_set_values, _set_fields, _set_extra, _set_private = (
    BaseModel.__dict__[name].__set__ for name in ("__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")
)
_PYDANTICS = frozenset({"__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__"})


class Frozen(BaseModel):
    """An immutable part of a report."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, arbitrary_types_allowed=True)

    @classmethod
    def made(cls, values: dict[str, Any]) -> Self:
        """The model from values that the engine has just computed, every field given: nothing is validated again."""
        self = _new(cls)
        _set_values(self, values)
        _set_fields(self, _ALL)
        _set_extra(self, None)
        _set_private(self, None)
        return self


class About(NamedTuple):
    """Whom and what a report is about, for sentences that name it: the vacancy, the profile, the reference (None: that of this version)."""

    vacancy: Any
    profile: Any
    reference: Any


class Deferred(Frozen):
    """A part that fills in its fields when somebody reads them: a few that go together, or all of them.

    They come from functions of the same arguments, which depend on nothing that changes: threads that ask at once get the same.
    Whatever looks at the whole (equality, copies, pickles, dumps) asks for every field first.
    """

    __slots__ = ("_about", "_rest")

    @classmethod
    def deferred(cls, rest: tuple[Any, ...], about: About | None = None) -> Self:
        """The model from the functions that give some fields, by the names of these, the one that gives every field in their order, and
        the arguments of all."""
        self = _new(cls)
        _set_rest(self, rest)
        _set_about(self, about)
        return self

    @property
    def about(self) -> About:
        """Whom and what it is about. Raises ValueError where nobody has said: only what `eligibility.check` gives can be told in words."""
        if self._about is None:
            raise ValueError("only a report of eligibility.check, and its findings, can be told in words")
        return self._about

    def whole(self) -> Self:
        """Itself, with nothing left to work out."""
        rest = self._rest
        if rest is not None:
            _, every, *arguments = rest
            values = every(*arguments)
            if self._about is not None and "children" in values:
                values["children"] = with_about(values["children"], self._about)
            _set_fields(self, _ALL)
            _set_extra(self, None)
            _set_private(self, None)
            _set_values(self, values)
            _set_rest(self, None)
        return self

    if TYPE_CHECKING:
        _about: About | None
        _rest: tuple[Any, ...] | None
    else:  # hidden from type checkers, which would take every name for a field

        def __getattr__(self, name: str) -> Any:
            if name in ("_rest", "_about"):  # made by a validator, a copy or a pickle: there is no rest
                return None
            if name in type(self).__pydantic_fields__ or name in _PYDANTICS:
                if (rest := self._rest) is not None and (some := rest[0].get(name)) is not None:
                    values = some(*rest[2:])
                    self.__dict__.update(values)  # should another thread have filled in everything, these are the same
                    return values[name]
                self.whole()
                return object.__getattribute__(self, name)
            return super().__getattr__(name)

    def __eq__(self, other: Any) -> bool:
        if isinstance(other, Deferred):
            other.whole()
        return super(Deferred, self.whole()).__eq__(other)

    def __hash__(self) -> int:
        return hash((type(self), *self.whole().__dict__.values()))

    def __iter__(self) -> Generator[tuple[str, Any], None, None]:
        return super(Deferred, self.whole()).__iter__()

    def __repr_args__(self) -> Any:
        return super(Deferred, self.whole()).__repr_args__()

    def __getstate__(self) -> dict[Any, Any]:
        about = self._about  # a reference of one's own stays where it is
        return {**super(Deferred, self.whole()).__getstate__(), "about": about if about and about.reference is None else None}

    def __setstate__(self, state: dict[Any, Any]) -> None:
        super().__setstate__(state)
        _set_about(self, state["about"])

    def __copy__(self) -> Self:
        return super(Deferred, self.whole()).__copy__()._telling_of(self._about)

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        return super(Deferred, self.whole()).__deepcopy__(memo)._telling_of(self._about)

    def _telling_of(self, about: About | None) -> Self:
        _set_about(self, about)
        return self

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> CoreSchema:
        whole_first = core_schema.wrap_serializer_function_ser_schema(lambda self, dump: dump(self.whole()))
        return {**handler(source), "serialization": whole_first}


_set_rest, _set_about = (Deferred.__dict__[name].__set__ for name in ("_rest", "_about"))


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


def _information(information: tuple[Any, ...]) -> list[dict[str, Any]]:
    return [{"label": label, "clause": clause} for label, clause in information]


Date = Annotated[int, Shown(_date, str)]


class Finding(Deferred):
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
    path: tuple[str | int, ...]
    needed: bool
    children: tuple["Finding", ...]

    def text(self, language: str = "en") -> str:
        """Why, in one or two sentences of a language (`en`, `fr`): those of the report that the command prints.

        Raises ValueError for a language that there are no words in, and where `about` does.
        """
        return above.finding_in_words(self, self.about, language)


def with_about(findings: tuple[Finding, ...], about: About) -> tuple[Finding, ...]:
    """The same findings, which know whom and what they are about. The others stay as they are: they may be remembered for anybody."""
    return tuple([_with_about(one, about) for one in findings])


def _with_about(finding: Finding, about: About) -> Finding:
    if (rest := finding._rest) is not None:
        return Finding.deferred(rest, about)
    return Finding.made({**finding.__dict__, "children": with_about(finding.children, about)})._telling_of(about)


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


class Deadline(Frozen):
    """When the vacancy closes: the local day, the time of day where the notice gives one, the zone, and the days left."""

    day: Date
    time: str | None
    zone: str
    days_left: int
    readings: Annotated[tuple[tuple[Mapping[str, str] | None, int, str | None, bool], ...], Shown(_readings, list[dict[str, Any]])]


class Receipt(Frozen):
    """What the answer was made from, so that it can be made again."""

    vacancy: str
    rule_digest: str | None
    profile_digest: str | None
    data_version: str
    engine_version: str
    on: str


class Track(Frozen):
    """The outcome of one way into the post."""

    choice: str
    option: str
    label: Mapping[str, str]
    outcome: Outcome
    findings: tuple[Finding, ...]


class Report(Deferred):
    """One candidate before one vacancy on one day.

    Where the applicant may pick an option and has not, `tracks` has an outcome for each; `option` is what the one is called whose
    outcome and findings head the report: the best.
    """

    schema_version: int
    vacancy: str
    title: Mapping[str, str]
    organisation: Mapping[str, str] | None
    candidate: str | None
    on: Date
    outcome: Outcome
    closing: Closing
    deadline: Deadline | None
    findings: tuple[Finding, ...]
    judged: tuple[Finding, ...]
    tracks: tuple[Track, ...]
    option: Mapping[str, str] | None
    information: Annotated[tuple[tuple[Mapping[str, str], str | None], ...], Shown(_information, list[dict[str, Any]])]
    contact: str | None
    reviewed: str | None
    receipt: Receipt

    @property
    def other_tracks(self) -> tuple[Track, ...]:
        """The tracks besides the one whose outcome and findings head the report."""
        first = next((index for index, track in enumerate(self.tracks) if track.outcome is self.outcome), 0)
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
