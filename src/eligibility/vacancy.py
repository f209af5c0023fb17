"""What a rule file says: one vacancy one can apply for, its days, its choices and its criteria."""

# Without `from __future__ import annotations`: Pydantic evaluates each annotation that is a text, which takes longer.

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PrivateAttr, model_validator
from pydantic_core import PydanticCustomError

from eligibility import above
from eligibility.dates import BadDate, Days, parse_days
from eligibility.deciding.session import Session
from eligibility.diagnostic import Diagnostic
from eligibility.fields import ANYTHING, Read, Records
from eligibility.question.grammar import Criterion, Moment
from eligibility.reading.criteria import RuleContext, parse_criterion
from eligibility.reading.days import parse_moment
from eligibility.reading.lists import check_lists, listed_words, place_meant
from eligibility.reading.reader import Context, Path, Problem, values_in, words_in, written
from eligibility.reading.tables import read_tables
from eligibility.reference import Reference
from eligibility.reference.spelling import fold

FORMAT = 1
"""The form of the rule language that is read. What an older version wrote in it reads the same (`tests/compatibility`)."""
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_INSTANT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)")
_WITH_TIME = re.compile(r"\d[T ]\d|\d[:h]\d|\d\s?[ap]\.?m\b|\b(?:noon|midi|midnight|minuit)\b", re.IGNORECASE)


def _words(value: Any) -> Any:
    words, problems = words_in(value)
    for code, inside, params in problems:
        raise PydanticCustomError(code, "", {**params, "inside": inside})
    return words


def _id(value: str) -> str:
    if not _ID.fullmatch(value):
        raise PydanticCustomError("E227", "", {"value": value})
    return value


def _calendar_day(value: Any) -> date:
    if isinstance(value, date):
        return value
    found = parse_days_or_error(value)
    if not found.exact:
        raise PydanticCustomError("E106", "", {"value": value})
    return date.fromordinal(found.first)


def parse_days_or_error(value: Any) -> Days:
    """The days a text may mean, as a Pydantic error where it means none."""
    if isinstance(value, Days):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise PydanticCustomError("E106", "", {"value": written(value)})
    try:
        return parse_days(value)
    except BadDate as error:
        raise PydanticCustomError(error.code, "", {"value": value}) from None


Words = Annotated[Mapping[str, str], Read(_words, None, ANYTHING)]
Id = Annotated[str, AfterValidator(_id)]
CalendarDay = Annotated[date, Read(_calendar_day)]


class ClosingTime(NamedTuple):
    """One reading of a deadline: a local day, with a time of day where the notice gives one (then inclusive)."""

    day: int
    time: str | None = None
    name: Mapping[str, str] | None = None
    preferred: bool = True


class NamedDay(NamedTuple):
    """A day of the vacancy: known, one unknown day of an interval, one that only the candidate can tell, or one that a choice decides.

    `by` is that choice, and `values` has the day of each option; `days` are then the interval in which all of them lie.
    """

    days: Days | None
    question: Mapping[str, str] | None = None
    closings: tuple[ClosingTime, ...] = ()
    by: str | None = None
    values: tuple[tuple[str, "NamedDay"], ...] = ()

    def told(self, choices: Mapping[str, str]) -> "NamedDay":
        """The day as it is after these choices; the same one where they do not decide it."""
        return self if self.by is None else dict(self.values).get(choices.get(self.by, ""), self)


def _closing(value: Any, name: Any = None, preferred: bool = True) -> ClosingTime:
    if isinstance(value, str) and (found := _INSTANT.fullmatch(value)):
        day = parse_days_or_error(found[1])
        try:
            datetime.fromisoformat(f"{found[1]}T{found[2]}")
        except ValueError:
            raise _not_an_instant(value) from None
        return ClosingTime(day.first, found[2], name, preferred)
    if isinstance(value, str) and _WITH_TIME.search(value):
        raise _not_an_instant(value)
    days = parse_days_or_error(value)
    if not days.exact:
        raise PydanticCustomError("E106", "", {"value": str(value)})
    return ClosingTime(days.first, None, name, preferred)


def _not_an_instant(value: str) -> PydanticCustomError:
    """The refusal of a time without its day, or written otherwise; the example keeps what can be kept of it."""
    day = re.search(r"\d{4}-\d\d-\d\d", value)
    time = re.search(r"(?<!\d)([01]?\d|2[0-3])[:h]([0-5]\d)(?!\d)", value)
    example = f"{day[0] if day else '2024-03-27'}T{f'{int(time[1]):02}:{time[2]}' if time else '12:00'}"
    return PydanticCustomError("E228", "", {"value": value[:40], "example": example})


def _named_day(value: Any, of_option: bool = False) -> NamedDay:
    """The day that a value says. `of_option`: it is that of one option of a choice, and says itself when it is."""
    if isinstance(value, NamedDay):
        return value
    if not isinstance(value, dict):
        if isinstance(value, str) and _WITH_TIME.search(value):
            closing = _closing(value)
            return NamedDay(Days(closing.day, closing.day), None, (closing,))
        days = parse_days_or_error(value)
        return NamedDay(days, None, (ClosingTime(days.last),) if days.exact else ())
    keys = set(value)
    if keys == {"from", "to"}:
        first, last = parse_days_or_error(value["from"]), parse_days_or_error(value["to"])
        if last.last < first.first:
            raise PydanticCustomError("E229", "", {})
        return NamedDay(Days(first.first, last.last))
    if keys == {"by", "values"} and not of_option:
        return _by_choice(value["by"], value["values"])
    if keys == {"asked"} and not of_option:
        return NamedDay(None, _words(value["asked"]))
    if keys == {"at"}:
        closing = _closing(value["at"])
        return NamedDay(Days(closing.day, closing.day), None, (closing,))
    if keys == {"readings"} and isinstance(value["readings"], list) and len(value["readings"]) > 1:
        closings = []
        for index, reading in enumerate(value["readings"]):
            if not isinstance(reading, dict) or not {"name", "at"} <= set(reading) <= {"name", "at", "preferred"}:
                raise PydanticCustomError("E210", "", {})
            preferred = reading.get("preferred", False)
            if not isinstance(preferred, bool):
                told = {"expected": "true_or_false", "value": str(preferred)[:40], "inside": ("readings", index, "preferred")}
                raise PydanticCustomError("E204", "", told)
            try:
                closings.append(_closing(reading["at"], _words(reading["name"]), preferred))
            except PydanticCustomError as error:
                at = "at" if error.type != "E204" else "name"
                raise PydanticCustomError(error.type, "", {**(error.context or {}), "inside": ("readings", index, at)}) from None
        shown = [one for one in closings if one.preferred]
        if len(shown) != 1:
            raise PydanticCustomError("E210", "", {})
        return NamedDay(Days(shown[0].day, shown[0].day), None, tuple(closings))
    raise PydanticCustomError("E230", "", {"value": written(value)})


def _by_choice(by: Any, values: Any) -> NamedDay:
    """A day for each option of a choice. Whether there are such a choice and such options, the vacancy knows."""
    if not isinstance(by, str):
        raise PydanticCustomError("E204", "", {"expected": "text", "value": written(by), "inside": ("by",)})
    if not isinstance(values, dict) or not values:
        raise PydanticCustomError("E204", "", {"expected": "mapping", "value": written(values), "inside": ("values",)})
    found: list[tuple[str, NamedDay]] = []
    for option, value in values.items():
        try:
            found.append((str(option), _named_day(value, of_option=True)))
        except PydanticCustomError as error:
            context = error.context or {}
            inside = ("values", option, *context.get("inside", ()))
            raise PydanticCustomError(error.type, "", {**context, "inside": inside}) from None
    days = [one.days for _, one in found if one.days is not None]
    return NamedDay(Days(min(one.first for one in days), max(one.last for one in days)), by=by, values=tuple(found))


class Part(BaseModel):
    """A mapping of a rule file: its keys are known, its values immutable."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True, hide_input_in_errors=True)


class Notice(Part):
    """The notice the rules come from: its file, address or number, and whom to ask."""

    document: str | None = None
    url: str | None = None
    language: str | None = None
    number: str | None = None
    contact: str | None = None
    published: CalendarDay | None = None


class Option(Part):
    """One of several named options, or a country. The applicant picks an option (a track), or circumstances do (the province one lives
    in, the grade of the post): without a word of it these are not the applicant's to choose."""

    options: dict[str, Words] | None = None
    country: bool = False
    chosen_by: Literal["applicant", "circumstance"] | None = None
    asked: Words | None = None

    @model_validator(mode="after")
    def _somebody_picks_among_options(self) -> Self:
        if self.chosen_by is not None and not self.options:
            raise PydanticCustomError("E238", "", {"word": "chosen_by", "works": "in_chosen_by", "inside": ("chosen_by",)})
        return self

    def meant(self, word: str, reference: Reference) -> str | None:
        """The option, or the country, that a word of a profile stands for; None where it stands for none. A choice that lists no options
        takes any word."""
        if self.options is None and not self.country:
            return word
        if self.options is None:
            known = reference.is_place(word) or reference.is_group(word)
            return word if known else reference.find_place(word, False).id or reference.named("place", word)
        if word in self.options:
            return word
        names = {fold(name): option for option, label in self.options.items() for name in (*label.values(), option)}
        return names.get(fold(word))


class Information(Part):
    """What an applicant should know and no rule decides: how to apply, what the contract is."""

    label: Words
    clause: str | None = None


class Parsed(NamedTuple):
    """A vacancy ready to be evaluated: what it asks, and the memory of whoever asks it."""

    criteria: tuple[Criterion, ...]
    conditions: Mapping[str, Criterion]
    on_other_days: Mapping[tuple[str, Moment | None], Criterion]
    """What `met` asks on another day than that of the vacancy."""
    tracks: tuple[str, ...]
    default_day: Moment | None
    assumed: bool
    session: Session


class Kept:
    """What was read of a vacancy with a reference, so that it is read once. It is no part of what the vacancy says: two that say
    the same are equal, and copies and pickles do without it."""

    __slots__ = ("parsed", "reference", "vacancy")

    def __init__(self, vacancy: "Vacancy | None" = None, reference: Reference | None = None, parsed: Parsed | None = None) -> None:
        self.vacancy = vacancy
        self.reference = reference
        self.parsed = parsed

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Kept)

    def __reduce__(self) -> tuple[type["Kept"], tuple[()]]:
        return Kept, ()


class Unreadable(ValueError):
    """The criteria of a vacancy that was not loaded from a file have problems; `problems` lists them."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{'.'.join(map(str, p.path))}: {p.code} {dict(p.params)}" for p in problems))


def _private(model: BaseModel, name: str) -> Any:
    """A private attribute: asking Pydantic for it as an attribute takes a microsecond, in every check."""
    return (model.__pydantic_private__ or {}).get(name)


class Vacancy(Part):
    """One post, internship or secondment, with the conditions its notice sets."""

    format: int = Field(FORMAT, ge=FORMAT, le=FORMAT)
    id: Id
    title: Words
    organisation: Words | None = None
    notice: Notice | None = None
    reviewed: CalendarDay | None = None
    reviewed_by: str | None = None
    todo: str | None = None
    jurisdiction: str | None = None
    zone: str | None = None
    as_of: Any = None
    dates: dict[str, Annotated[NamedDay, Read(_named_day, None, ANYTHING)]] = {}
    choices: dict[str, Option] = {}
    lists: dict[str, list[Any]] = {}
    tables: dict[str, Any] = {}
    conditions: list[dict[str, Any]] = []
    criteria: list[dict[str, Any]]
    information: Records[Information] = ()
    cases: Any = None  # for `eligibility test`, which reads them; a check does not

    _kept: Kept = PrivateAttr(default_factory=Kept)
    _digest: str | None = PrivateAttr(None)
    _file: str | None = PrivateAttr(None)
    _data: dict[str, Any] | None = PrivateAttr(None)  # what `from_dict` took, for whoever sends it to another machine
    _diagnostics: tuple[Diagnostic, ...] = PrivateAttr(())

    @model_validator(mode="after")
    def _reviewed_on_a_day(self) -> Self:
        if self.reviewed_by is not None and self.reviewed is None:
            raise PydanticCustomError("E238", "", {"word": "reviewed_by", "works": "in_reviewed_by", "inside": ("reviewed_by",)})
        return self

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], reference: Reference | None = None) -> "Vacancy":
        """The vacancy in plain data with the keys of a rule file.

        Dates are `datetime.date`, `datetime` for a deadline with an hour (local, without a zone), or text; numbers are `int`, `float` or
        `Decimal`; lists may be tuples. `reference` defaults to the data that come with this version. Raises `Problems`, as `load_vacancy`
        does; where is told by a path there, such as `criteria[0].at_least`.
        """
        vacancy: Vacancy = above.read_vacancy(data, reference)
        return vacancy

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The warnings and notes about what it was read from."""
        found: tuple[Diagnostic, ...] = _private(self, "_diagnostics") or ()
        return found

    @property
    def digest(self) -> str | None:
        """The SHA-256 of what it was read from, in hexadecimal: the bytes of a file, or plain data."""
        digest: str | None = _private(self, "_digest")
        return digest

    @property
    def file(self) -> str | None:
        """The name of the file it was loaded from; None for plain data."""
        return self._file

    def parsed(self, reference: Reference) -> Parsed:
        """The criteria, ready to be evaluated with this reference. Raises Unreadable."""
        kept: Kept = _private(self, "_kept")
        if kept.parsed is not None and kept.reference is reference and kept.vacancy is self:  # a copy may say something else
            return kept.parsed
        parsed, problems = parse_vacancy(self, reference)
        if parsed is None:
            raise Unreadable(problems)
        self.keep(parsed, reference)
        return parsed

    def keep(self, parsed: Parsed, reference: Reference) -> None:
        """Remembers the criteria as they were read with this reference, in place of what it remembered."""
        self._kept = Kept(self, reference, parsed)

    def time_zone(self, reference: Reference) -> str:
        """The IANA zone in which its days begin and end: its own, else its jurisdiction's, else UTC."""
        return self.zone or (reference.zone_of(self.jurisdiction) if self.jurisdiction else None) or "UTC"


def parse_vacancy(vacancy: Vacancy, reference: Reference) -> tuple[Parsed | None, tuple[Problem, ...]]:
    """The criteria of a vacancy and every problem found in them; no criteria when there is a problem."""
    tracks = tuple(name for name, choice in vacancy.choices.items() if choice.chosen_by == "applicant")
    deadline = vacancy.dates.get("deadline")
    context = RuleContext(
        reference,
        dates=vacancy.dates,
        choices={name: tuple(choice.options) if choice.options else None for name, choice in vacancy.choices.items()},
        lists=vacancy.lists,
    )
    for name, day in vacancy.dates.items():
        if day.by is not None:
            _check_options(name, day, context)
    if deadline is not None and deadline.by is None and not deadline.closings:
        context.problem("E234", ("dates", "deadline"))
    if vacancy.zone is not None:
        from eligibility.dates import BadZone, instant

        try:
            instant(datetime(2024, 1, 1), vacancy.zone)
        except BadZone:
            seat = reference.zone_of(vacancy.jurisdiction) if vacancy.jurisdiction else None
            context.problem("E231", ("zone",), value=vacancy.zone, suggestion=seat)
    if vacancy.jurisdiction is not None and not (reference.is_place(vacancy.jurisdiction) or reference.is_group(vacancy.jurisdiction)):
        context.problem("E223", ("jurisdiction",), word=vacancy.jurisdiction, **place_meant(vacancy.jurisdiction, reference))
    raw_day, assumed = vacancy.as_of, False
    if isinstance(raw_day, dict):
        assumed = raw_day.get("assumed", False)
        if not isinstance(assumed, bool):
            context.problem("E204", ("as_of", "assumed"), expected="true_or_false", value=str(assumed)[:40])
    elif raw_day is None:
        raw_day, assumed = ("deadline" if "deadline" in vacancy.dates else "application"), True
    default_day = parse_moment(raw_day, ("as_of",), context)
    context.default_day = default_day
    check_lists(context)
    read_tables(vacancy.tables, [vacancy.conditions, vacancy.criteria], context)
    conditions = _parse_all(vacancy.conditions, "conditions", context)
    criteria = _parse_all(vacancy.criteria, "criteria", context)
    _check_ids(vacancy, context)
    if not vacancy.criteria:
        context.problem("E211", ("criteria",))
    by_id = {one.common.id: one for one in (*conditions, *criteria) if one.common.id is not None}
    ids = _ids(vacancy)
    known = sorted(ids)
    for target, path in context.references:
        if target not in ids:
            context.problem("E212", path, word=target, allowed=known)
    if not context.problems:
        _follow_references(by_id, context)
    if context.problems:
        return None, tuple(context.problems)
    return Parsed(
        tuple(criteria),
        by_id,
        _asked_on_other_days(vacancy, context),
        tracks,
        default_day,
        assumed,
        Session(reference, listed_words(vacancy.lists)),
    ), ()


def _check_options(name: str, day: NamedDay, context: Context) -> None:
    """A problem where a day for each option speaks of a choice or an option that there is not, or leaves one out."""
    at = ("dates", name)
    options = context.choices.get(day.by or "")
    if options is None:
        if day.by in context.choices:
            context.problem("E242", (*at, "by"), word=day.by, expected="choice_of_words")
        else:
            context.problem("E214", (*at, "by"), word=day.by, allowed=sorted(context.choices))
        return
    for option, value in day.values:
        if option not in options:
            context.problem("E214", (*at, "values", option), True, word=option, allowed=sorted(options))
        elif not value.closings:
            context.problem("E234", (*at, "values", option), form="option")
    given = [option for option, _ in day.values]
    for option in options:
        if option not in given:
            context.problem("E201", (*at, "values"), what="values", lacking=option)


def _asked_on_other_days(vacancy: Vacancy, context: Context) -> dict[tuple[str, Moment | None], Criterion]:
    """What `met` asks on another day than that of the vacancy is read once more, with that day."""
    entries = {one["id"]: (one, (key, index)) for key, every in (("conditions", vacancy.conditions), ("criteria", vacancy.criteria))
               for index, one in enumerate(every) if "id" in one}  # fmt: skip
    read: dict[tuple[str, Moment | None], Criterion] = {}
    for met in context.met:  # grows while what is read asks for more
        if met.day is None or met.day is context.default_day or (met.target, met.day) in read:
            continue
        inner = context.beside()
        inner.default_day = met.day
        entry, path = entries[met.target]
        criterion = parse_criterion(entry, path, inner)
        if criterion is not None:
            read[met.target, met.day] = criterion
    return read


def _parse_all(raw: list[dict[str, Any]], key: str, context: Context) -> list[Criterion]:
    found = []
    for index, entry in enumerate(raw):
        before = context.varied
        criterion = parse_criterion(entry, (key, index), context)
        if criterion is not None:
            found.append(criterion)
            context.sizes[criterion.path] = values_in(entry) + context.varied - before
    return found


def _ids(vacancy: Vacancy) -> set[str]:
    return {str(entry["id"]) for entry in (*vacancy.conditions, *vacancy.criteria) if "id" in entry}


def _check_ids(vacancy: Vacancy, context: Context) -> None:
    seen: dict[str, tuple[str | int, ...]] = {}
    for key, entries in (("conditions", vacancy.conditions), ("criteria", vacancy.criteria)):
        for index, entry in enumerate(entries):
            name = entry.get("id")
            if name is None:
                context.problem("E201", (key, index), what="criterion", lacking="id")
            elif not isinstance(name, str) or not _ID.fullmatch(name):
                context.problem("E227", (key, index, "id"), value=written(name))
            elif name in seen:
                context.problem("E301", (key, index, "id"), id=name, first=seen[name])
            else:
                seen[name] = (key, index, "id")


MOST_LEVELS = 100
"""How deep criteria may refer to others that refer to others: nobody follows so far."""
MOST_ASKED = 100_000
"""How many values of the file may be asked when everything is asked that `met` names, again and again."""


def _follow_references(by_id: Mapping[str, Criterion], context: Context) -> None:
    """A problem where criteria refer to each other through `met` in a circle, too deep, or to more than anybody can ask."""
    targets: dict[str, list[tuple[str, Path]]] = {name: [] for name in by_id}
    owners = {one.path: name for name, one in by_id.items()}
    for target, path in dict.fromkeys(context.references):
        if (owner := owners.get(path[:2])) is not None and target in by_id:
            targets[owner].append((target, path))
    levels: dict[str, int] = {}
    asked: dict[str, int] = {}
    open_ones: set[str] = set()
    for begin in by_id:
        queue = [begin]
        while queue:  # no recursion: a chain may have thousands of links
            name = queue[-1]
            if name in levels:
                queue.pop()
            elif name not in open_ones:
                open_ones.add(name)
                for target, _ in targets[name]:
                    if target in open_ones and target not in levels:
                        context.problem("E213", by_id[target].path, id=target)
                        return
                    queue.append(target)
            else:
                queue.pop()
                levels[name] = max((len(path) - 2 + levels[target] for target, path in targets[name]), default=0)
                asked[name] = context.sizes[by_id[name].path] + sum(asked[target] for target, _ in targets[name])
                if levels[name] > MOST_LEVELS:
                    context.problem("E250", by_id[name].path, form="deep", limit=MOST_LEVELS)
                    return
                if asked[name] > MOST_ASKED:
                    context.problem("E250", by_id[name].path, limit=MOST_ASKED)
                    return
    if sum(asked.values()) > MOST_ASKED:
        context.problem("E250", ("criteria",), True, limit=MOST_ASKED)
