"""Reading record questions: the source with its filters, bounds, window and ways of counting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from eligibility.counting import COUNTED
from eligibility.dates import FOREVER, Length
from eligibility.language.groups import BOTH_PARENTS
from eligibility.language.kind import Kind
from eligibility.language.kinds import RECORD_KINDS
from eligibility.profile import SOURCES
from eligibility.question.filters import FullTime, HeldInto, Places, Terms
from eligibility.question.grammar import DAY_OF_SPAN, Bound, Cap, Filter, Moment, Part, Records
from eligibility.question.quantity import Quantity, parse_quantity
from eligibility.reading.days import parse_bounds, parse_length, parse_moment, parse_window, plain_moment
from eligibility.reading.filters import known_term, read_filters
from eligibility.reading.honoured import refuse_unheard
from eligibility.reading.lists import declared_words
from eligibility.reading.reader import Context, Path, Reader, written
from eligibility.reading.value_forms import unfit

_PART_TIME = ("pro_rata", "counts_in_full", "excluded")
_COUNTING = ("of", "also", "limits", "together")
"""The places, besides a criterion, where the length of records may be counted in months."""


def parse_question(raw: Any, path: Path, context: Context, role: str, months: bool = False) -> Records | None:
    """A record question standing inside another construct; `role` is the one of `SERVES` that it has there.

    `months` says that the length of its records is counted in months or years there.
    """
    kind = raw.get("kind") if isinstance(raw, dict) else None
    if not isinstance(kind, str) or kind not in RECORD_KINDS:
        allowed = sorted(RECORD_KINDS)
        word = written(raw["kind"] if isinstance(raw, dict) and "kind" in raw else raw)
        context.problem("E202", (*path, "kind") if isinstance(raw, dict) and "kind" in raw else path, word=word, allowed=allowed)
        return None
    reader = Reader(raw, path, context)
    before = len(context.problems)
    reader.asked.add("kind")
    as_of, inside = _days_of(reader, role)
    with context.asked_on(inside):
        question = read_question(reader, RECORD_KINDS[kind], as_of)
    if role == "together":
        question = _with_whole(reader, question)
    if question.counted and role in _COUNTING and not months and (question.whole is None or not _has_months([question.whole])):
        reader.no_effect("counted")
    reader.unknown_keys(question.kind)
    refuse_unheard(reader, question, role)
    return question if len(context.problems) == before else None


def _days_of(reader: Reader, role: str) -> tuple[Moment | None, Moment | None]:
    """The day of a question, its own or that of what it stands in; and the day of those inside it. What is asked on every day of a span
    is so inside the parts of a whole, too."""
    day = reader.context.inner_day
    own = parse_day(reader, "as_of")
    if role == "together" and day is not None and day.name == DAY_OF_SPAN:
        return own, day
    return own or day, own or day


def parse_day(reader: Reader, key: str) -> Moment | None:
    """The day at a key. Where a record gives it, nothing else says on which day that is looked for."""
    if key not in reader:
        return None
    with reader.context.asked_on(None):
        return parse_moment(reader.raw(key), reader.at(key), reader.context)


def _with_whole(reader: Reader, question: Records) -> Records:
    """A part of `together`: with what it is a share of."""
    raw = reader.data
    whole, beyond = parse_quantity(reader.raw("whole")), None
    if "beyond" in reader:
        beyond = parse_quantity(reader.raw("beyond"))
        if beyond is None:
            reader.problem("E207", "beyond", value=written(reader.raw("beyond")), example="12 months")
    unfit = whole is not None and whole.measure not in measures_of(question.kind_info)
    nothing = whole is not None and whole.amount in (0, Length(0))
    if whole is None or unfit or nothing or (beyond is not None and beyond.measure != whole.measure):
        reader.problem("E207", "whole" if "whole" in raw else None, value=written(raw.get("whole", "")), example="12 months")
    elif beyond is not None and _has_months([whole]) != _has_months([beyond]):
        reader.problem("E207", "beyond", value=written(raw["beyond"]), example=written(raw["whole"]))
    return replace(question, whole=whole, beyond=beyond)


def read_question(reader: Reader, kind: Kind, as_of: Moment | None = None) -> Records:
    """What a mapping asks of the records of a kind."""
    context = reader.context
    for key in ("whose", "other_than", "also", "limits", "different", "among_them", "any_date_of", "extended", "of_which"):
        if reader.data.get(key) == []:
            reader.problem("E211", key)
    filters = read_filters(reader, kind)
    of_both = reader.data.get("whose") == BOTH_PARENTS
    counted = "whose" in reader.data and not of_both
    bounds = parse_bounds(reader, (*measures_of(kind), *(("relatives",) if counted else ())))
    of_relatives = any(bound.measure == "relatives" for bound in bounds)
    if of_relatives:
        bounds = tuple(map(_as_count, bounds))
    elif counted and kind.identity is not None:
        _refuse_unclear_count(reader, bounds)
    for bound in bounds:
        if bound.measure == "number" and kind.in_time and (number := reader.raw(bound.operator)) != 0:
            reader.problem("E240", bound.operator, number=written(number), suggestion=_with_unit(number))
    during = parse_window(reader.raw("during"), reader.at("during"), context) if "during" in reader else None
    for one in filters:
        if isinstance(one, HeldInto) and during is None:
            during = one.until
    other_than = tuple(_exclusion(entry, path, kind, context) for path, entry in reader.entries("other_than"))
    said: dict[str, Any] = {
        "of_relatives": of_relatives,
        "counted": reader.one_of("counted", COUNTED, "") or None,
        "part_time": reader.one_of("part_time", _PART_TIME, "pro_rata"),
        "take": reader.one_of("take", ("first", "latest", "highest"), ""),
        "whose": _relations(reader),
        "of_both": of_both,
        "full_week": _full_week(reader) if "full_week" in reader else None,
    }
    if (week := said["full_week"]) is not None:
        filters, other_than = _by_the_week(filters, week), tuple(_by_the_week(left_out, week) for left_out in other_than)
    if "each" in reader:
        said["each"] = _each(reader)
    if "unbroken" in reader:
        said["gaps"] = _gaps(reader)
    if "of_which" in reader:
        said["of_which"] = tuple(_part(entry, path, kind, context, week) for path, entry in reader.entries("of_which"))
    also, limits = _caps(reader, "also", None), _caps(reader, "limits", kind)
    if "periods" in kind.options and "periods" in reader:
        said["periods"] = _most(reader, "periods", 0, 12)
    if "expected" in kind.options:
        said["expected"] = reader.one_of("expected", ("accepted", "not_accepted"), "not_accepted") == "accepted"
        said["any_date_of"] = reader.names("any_date_of")
        for name in said["any_date_of"]:
            if name not in ("awarded", "defended"):
                reader.problem("E205", "any_date_of", word=name, allowed=["awarded", "defended"])
    if "different" in kind.options:
        said["different"] = tuple(_exclusion(entry, path, kind, context) for path, entry in reader.entries("different"))
    if "sittings" in kind.options:
        said["among"] = tuple(_exclusion(entry, path, kind, context) for path, entry in reader.entries("among_them"))
        said["sittings"] = _most(reader, "sittings", 1, 2) if "sittings" in reader else None
        own, words = declared_words(context), SOURCES[kind.source].words
        said["told_apart"] = tuple(Terms(key, (), vocabulary=words[key], names=own) for key in ("subject", "exam"))
    if "absence_rule" in kind.options:
        said["absence_rule"] = reader.one_of("absence_rule", ("quebec_health_insurance",), "") or None
        also += _including(reader, filters)
    if "from" in kind.options and "from" in reader:
        said["since"] = parse_moment(reader.raw("from"), reader.at("from"), context)
        plain_moment(reader, "from")
    if said["whose"]:
        also = tuple(_of_theirs(cap, said["whose"], of_both) for cap in also)
    return records_of(
        kind, filters=filters, bounds=bounds, during=during, other_than=other_than, also=also, limits=limits, as_of=as_of, **said
    )


def _of_theirs(credit: Cap, whose: tuple[str, ...], of_both: bool) -> Cap:
    """A credit that does not say whose it is, is that of the relatives it is credited to."""
    asked = credit.question
    return credit if asked.whose else credit._replace(question=replace(asked, whose=whose, of_both=of_both))


def _relations(reader: Reader) -> tuple[str, ...]:
    """The relatives that are asked about."""
    if reader.raw("whose") == BOTH_PARENTS:
        return ("parent",)
    entries = [one for path, one in reader.entries("whose") if not unfit(one, "whose", path, reader.context)]
    return tuple(one for one in entries if known_term(one, "relations", reader, "whose"))


def _most(reader: Reader, key: str, least: int, example: int) -> int | None:
    """The number of `{at_most: …}`, of which there is at least so much."""
    raw = reader.raw(key)
    most = raw.get("at_most") if isinstance(raw, dict) else None
    if isinstance(most, int) and not isinstance(most, bool) and most >= least and set(raw) == {"at_most"}:
        return most
    reader.problem("E207", key, value=written(raw), example=f"{{at_most: {example}}}")
    return None


def _as_count(bound: Bound) -> Bound:
    """A number of relatives as a number like any other."""

    def counted(quantity: Quantity) -> Quantity:
        return quantity._replace(measure="count")

    by = None if bound.by is None else (bound.by[0], {option: counted(one) for option, one in bound.by[1].items()})
    return bound._replace(quantity=None if bound.quantity is None else counted(bound.quantity), by=by)


def _refuse_unclear_count(reader: Reader, bounds: tuple[Bound, ...]) -> None:
    """Tells that two citizenships of parents may be those of two parents, or two different ones. Whether there is any is clear."""
    for bound in bounds:
        plain = (bound.operator, bound.fixed) in (("at_least", 1), ("at_most", 0), ("more_than", 0), ("less_than", 1))
        if bound.measure in ("count", "number") and not plain:
            reader.problem("E217", bound.operator, value=written(reader.raw(bound.operator)), expected="relatives")


def records_of(kind: Kind, **said: Any) -> Records:
    """A question about the records of a kind."""
    return Records(kind=kind.name, kind_info=kind, **said)


def _full_week(reader: Reader) -> float | None:
    """The hours of a full week."""
    week = parse_quantity(reader.raw("full_week"))
    if week is None or week.measure != "hours" or not week.amount:
        reader.problem("E207", "full_week", value=written(reader.raw("full_week")), example="35 hours")
        return None
    return float(week.amount)


def _by_the_week(filters: tuple[Filter, ...], week: float) -> tuple[Filter, ...]:
    """Filters that tell full time by a full week."""
    return tuple(replace(one, full_week=week) if isinstance(one, FullTime) else one for one in filters)


def _with_unit(number: Any) -> str | None:
    return f"{number} {'year' if number == 1 else 'years'}" if isinstance(number, int) else None


def measures_of(kind: Kind) -> tuple[str, ...]:
    """What the records of a kind can be measured by: how many they are, how long they last, hours, credits."""
    source = SOURCES[kind.source]
    return (*(("time",) if source.lasts else ()), "count", "number", *source.measures)


def _has_months(quantities: Iterable[Quantity]) -> bool:
    """Whether there are months or years among lengths: what `counted` says how to count."""
    return any(isinstance(one.amount, Length) and one.amount.months for one in quantities)


def counts_months(question: Records) -> bool:
    """Whether a question asks for a length in months or years."""
    return _has_months([one for bound in question.bounds for one in ((bound.by[1].values()) if bound.by else (bound.quantity,)) if one])


def _exclusion(raw: Any, path: Path, kind: Kind, context: Context) -> tuple[Filter, ...]:
    """The filters of a mapping that stands for some records: those left out, or those one demand asks for."""
    if not isinstance(raw, dict):
        context.problem("E204", path, expected="mapping", value=written(raw))
        return ()
    reader = Reader(raw, path, context)
    filters = read_filters(reader, kind)
    reader.unknown_keys(kind.name)
    if not filters:
        context.problem("E211", path)
    return filters


def _part(raw: Any, path: Path, kind: Kind, context: Context, week: float | None) -> Part:
    """What some of a run has to be like, and for how long."""
    if not isinstance(raw, dict):
        context.problem("E204", path, expected="mapping", value=written(raw))
        return Part((), ())
    reader = Reader(raw, path, context)
    filters = read_filters(reader, kind)
    bounds = parse_bounds(reader, ("time",), moved_by=())
    for key, form in kind.filters.items():
        if key in raw and form in ("date", "held"):
            reader.problem("E238", key, on_key=True, word=key, works="in_part")
    reader.unknown_keys(kind.name)
    if not filters:
        context.problem("E211", path)
    if not set(raw) & {"at_least", "more_than"}:
        reader.problem("E201", what="part", lacking="at_least")
    for operator in ("at_most", "less_than"):
        if operator in raw:
            reader.problem("E238", operator, on_key=True, word=operator, works="in_at_most")
    return Part(filters if week is None else _by_the_week(filters, week), bounds)


def _caps(reader: Reader, key: str, kind: Kind | None) -> tuple[Cap, ...]:
    """`also` (records of another source) and `limits` (some of the records, `kind`) with the length they count up to."""
    found = []
    for path, raw in reader.entries(key):
        if not isinstance(raw, dict):
            reader.context.problem("E204", path, expected="mapping", value=written(raw))
            continue
        most = parse_length(raw["at_most"], (*path, "at_most"), reader.context) if "at_most" in raw else None
        rest = {name: value for name, value in raw.items() if name != "at_most"}
        if kind is not None:
            named = rest.setdefault("kind", kind.name)
            if named in RECORD_KINDS and RECORD_KINDS[named].source != kind.source:
                reader.context.problem("E205", (*path, "kind"), word=named, allowed=[kind.name])
                continue
            if "at_most" not in raw:
                reader.context.problem("E201", path, what="limit", lacking="at_most")
        else:
            rest |= _as_in_whole(reader, rest)
        question = reader.context.records(rest, path, key, months=most is not None and bool(most.months))
        if question is not None:
            found.append(Cap(question, most))
    return tuple(found)


def _as_in_whole(reader: Reader, credit: Mapping[str, Any]) -> dict[str, Any]:
    """How working time counts in a credit that does not say it: as in the criterion that the credit adds to."""
    kind = credit.get("kind")
    known = RECORD_KINDS.get(kind) if isinstance(kind, str) else None
    if known is None or not SOURCES[known.source].working_time:
        return {}
    said = {key: reader.data[key] for key in ("part_time", "full_week") if key in reader.data and key not in credit}
    if said.get("part_time") not in _PART_TIME:
        said.pop("part_time", None)
    week = parse_quantity(said.get("full_week"))
    if week is None or week.measure != "hours" or not week.amount:  # told where it stands
        said.pop("full_week", None)
    return said


def _including(reader: Reader, residence: tuple[Filter, ...]) -> tuple[Cap, ...]:
    """`including: [work, study]`: days worked or studied in the place count like days lived there."""
    found = []
    where = next((one for one in residence if isinstance(one, Places)), None)
    for path, word in reader.entries("including"):
        if word not in ("work", "study"):
            reader.context.problem("E205", path, word=written(word), allowed=["study", "work"])
            continue
        place = () if where is None else (replace(where, attribute="works_in" if word == "work" else "place"),)
        kind = RECORD_KINDS["experience" if word == "work" else "study"]
        question = records_of(kind, part_time="counts_in_full", filters=place, as_of=reader.context.inner_day)
        found.append(Cap(question, None))
    return tuple(found)


def _each(reader: Reader) -> tuple[Bound, ...]:
    """How long a record has to last."""
    raw = reader.typed("each", dict, "bound")
    if raw is None:
        return ()
    inner = Reader(raw, reader.at("each"), reader.context)
    found = tuple(bound for bound in parse_bounds(inner, ("time",), moved_by=()) if _same_for_all(bound, inner))
    inner.unknown_keys("each")
    if not raw:
        reader.problem("E204", "each", expected="bound", value="{}")
    return found


def _gaps(reader: Reader) -> tuple[tuple[Bound, ...], int]:
    """`unbroken: true`, or the gaps allowed: the bounds of each of them, and the days of all together."""
    raw = reader.raw("unbroken")
    if raw is True:
        return (), 0
    if not isinstance(raw, dict) or not raw:
        reader.problem("E204", "unbroken", expected="true_or_gaps", value=written(raw))
        return (), 0
    inner = Reader(raw, reader.at("unbroken"), reader.context)
    found: dict[str, tuple[Bound, ...]] = {}
    for key in ("each_gap", "all_gaps"):
        part = inner.raw(key)
        found[key] = ()
        if isinstance(part, dict):
            gap = Reader(part, inner.at(key), reader.context)
            found[key] = tuple(bound for bound in parse_bounds(gap, ("time",), moved_by=()) if _same_for_all(bound, gap))
            gap.unknown_keys(key)
            if not set(part) & {"at_most", "less_than"}:
                inner.problem("E201", key, what=key, lacking="at_most")
            for operator in ("at_least", "more_than"):  # a gap is forgiven for being short
                if operator in part:
                    gap.no_effect(operator)
        elif part is not None:
            inner.problem("E204", key, expected="bound", value=written(part))
    most = FOREVER
    for bound in found["all_gaps"]:
        if bound.quantity is None:
            inner.problem("E207", "all_gaps", value=written(raw["all_gaps"]), example="{at_most: 8 months}")
            continue
        length: Length = bound.quantity.amount
        most = length.most_days - (1 if bound.operator == "less_than" else 0)
    inner.unknown_keys("unbroken")
    return found["each_gap"], most


def _same_for_all(bound: Bound, gap: Reader) -> bool:
    """Whether a gap has a limit that depends on nobody; another one is a problem."""
    if bound.fixed is None:
        gap.problem("E207", bound.operator, value=written(gap.raw(bound.operator)), example="30 days")
    return bound.fixed is not None
