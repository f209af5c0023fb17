"""Reading days and amounts: moments, windows, lengths, bounds, and what moves them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from eligibility.dates import OF_MONTHS, ON_DAY_OF_YEAR, BadDate, Length, Step, parse_days
from eligibility.profile import SOURCES
from eligibility.question.by_choice import is_by_choice
from eligibility.question.grammar import Bound, Edge, Extension, Moment, Records, Window
from eligibility.question.quantity import OPERATORS, Quantity, parse_quantity
from eligibility.reading.reader import Context, Path, Reader, written
from eligibility.reading.tables import table_named


def parse_moment(raw: Any, path: Path, context: Context) -> Moment | None:
    """A literal date, a day the vacancy names, `{day, included}` with a step to another one, or the date of a record."""
    if is_by_choice(raw):  # those of a criterion are read as each option has them
        context.problem("E238", (*path, "by"), True, word="by", works="in_by")
        return None
    if isinstance(raw, dict):
        reader = Reader(raw, path, context)
        if "kind" in raw:
            record = context.records(raw, path, "moment")
            return None if record is None else Moment(record=record)
        if "day" not in reader:
            reader.problem("E206", word=written(raw), allowed=sorted(context.dates))
            return None
        if isinstance(reader.raw("day"), dict) and "day" in reader.raw("day"):
            reader.problem("E204", "day", expected="day", value=written(reader.raw("day")))
            return None
        inner = parse_moment(reader.raw("day"), reader.at("day"), context)
        included = reader.flag("included")
        reader.asked.add("assumed")  # only the vacancy's own default day carries it
        step = _step(reader)
        reader.unknown_keys("day")
        if inner is None:
            return None
        return Moment(inner.name, inner.literal, inner.record, included, step)
    if isinstance(raw, int) and not isinstance(raw, bool):
        raw = str(raw)
    if not isinstance(raw, str):
        context.problem("E204", path, expected="day", value=written(raw))
        return None
    if raw in context.dates:
        return Moment(name=raw)
    if raw[:1].isdigit():
        try:
            return Moment(literal=parse_days(raw))
        except BadDate as error:
            context.problem(error.code, path, value=raw)
            return None
    context.problem("E206", path, word=raw, allowed=sorted(context.dates))
    return None


def _step(reader: Reader) -> Step | None:
    """From a day to another one of the calendar: `start_of: next_month`, `end_of: year`, `next: 09-01`."""
    written_keys = [key for key in reader.data if key in (*OF_MONTHS, *ON_DAY_OF_YEAR)]
    reader.asked |= {*OF_MONTHS, *ON_DAY_OF_YEAR}
    if len(written_keys) > 1:
        reader.problem("E219", written_keys[1], on_key=True, keys=", ".join(written_keys))
        return None
    for how in written_keys:
        if how in OF_MONTHS:
            to = reader.one_of(how, OF_MONTHS[how], "")
        elif not _is_day_of_year(to := str(reader.raw(how))):
            reader.problem("E204", how, expected="day_of_year", value=written(reader.raw(how)))
            to = ""
        return Step(how, to) if to else None
    return None


def _is_day_of_year(text: str) -> bool:
    """Whether it is a day that every year has, `09-01`."""
    if not re.fullmatch(r"\d\d-\d\d", text):
        return False
    try:
        date.fromisoformat(f"2023-{text}")
    except ValueError:
        return False
    return True


def parse_length(raw: Any, path: Path, context: Context) -> Length | None:
    quantity = parse_quantity(raw)
    if quantity is None or quantity.measure != "time":
        context.problem("E207", path, value=written(raw), example="2 years")
        return None
    length: Length = quantity.amount
    return length


def plain_moment(reader: Reader, key: str) -> None:
    """Refuses `included` of a day where nothing is counted up to it."""
    raw = reader.raw(key)
    if isinstance(raw, dict) and "kind" not in raw and "included" in raw:
        Reader(raw, reader.at(key), reader.context).no_effect("included")


_MOVED_BY = ("add", "largest", "to")
"""What may move a limit; in a window, the value of which is a day, no new value does."""
_EDGES = ("from", "to", "after", "before")


def parse_window(raw: Any, path: Path, context: Context) -> Window | None:
    """`{within, before|after|to|from}`, `{from, to}`, `{after, before}`, distances with the four bounds; with `while` and `not_during`;
    or a record question, while whose records last."""
    if not isinstance(raw, dict) or not raw:
        context.problem("E209", path)
        return None
    if "kind" in raw:
        records = context.records(raw, path, "while")
        return None if records is None else Window(records=records)
    reader = Reader(raw, path, context)
    before = len(context.problems)
    lower: list[Edge] = []
    upper: list[Edge] = []
    moments = {key: parse_moment(reader.raw(key), reader.at(key), context) for key in _EDGES if key in reader}
    distances = {key: parse_length(reader.raw(key), reader.at(key), context) for key in ("within", *OPERATORS) if key in reader}
    lasting = context.records(reader.raw("while"), reader.at("while"), "while") if "while" in reader else None
    outside = context.records(reader.raw("not_during"), reader.at("not_during"), "while") if "not_during" in reader else None
    extended = _extensions(reader, ("add", "largest"))
    moves = reader.one_of("bound", ("from", "to"), "from")
    reader.unknown_keys("window")
    if len(moments) != 1 if distances else not (moments or lasting or outside):
        context.problem("E209", path)
        return None
    if len(context.problems) > before:
        return None
    for key, moment in moments.items():
        assert moment is not None
        included = _said_included(raw[key])
        whole = key in ("from", "to") if included is None else included
        near, far = (upper, lower) if key in ("before", "to") else (lower, upper)
        if not distances:
            near.append(Edge(moment, None, False, whole))
            continue
        back = near is upper
        if not {"at_least", "more_than"} & set(distances):
            near.append(Edge(moment, None, back, whole))
        elif key in ("from", "to"):  # the day itself is not an end of the window
            reader.problem("E209")
        elif included is not None:
            plain_moment(reader, key)
        for name, length in distances.items():
            side = far if name in ("within", "at_most", "less_than") else near
            side.append(Edge(moment, length, back, included=name in ("within", "at_most", "at_least")))
    if "bound" in raw and not extended:
        reader.no_effect("bound")
    if extended and not (lower if moves == "from" else upper):
        reader.no_effect("extended")
    return None if len(context.problems) > before else Window(tuple(lower), tuple(upper), lasting, extended, moves, outside)


def _said_included(raw: Any) -> bool | None:
    """Whether a moment says itself that its day is part of the window."""
    return raw.get("included") if isinstance(raw, dict) and "kind" not in raw else None


def _extensions(reader: Reader, moved_by: tuple[str, ...] = _MOVED_BY) -> tuple[Extension, ...]:
    """What moves a limit: by so much for each record or by the length of some (`add`), by the largest of several such (`largest`), or to a
    new value (`to`)."""
    return _moves(reader.entries("extended"), reader.context, moved_by)


def _moves(
    entries: Iterable[tuple[Path, Any]], context: Context, moved_by: tuple[str, ...], for_each: bool = False
) -> tuple[Extension, ...]:
    """Entries of `extended` or of `largest`; of one that is taken `for_each` child, what is the same for all, and leave."""
    found = []
    for path, raw in entries:
        if not isinstance(raw, dict):
            context.problem("E204", path, expected="extension", value=written(raw))
            continue
        inner = Reader(raw, path, context)
        if (how := next((key for key in ("to", "largest") if key in raw), "add")) in raw and how not in moved_by:
            inner.no_effect(how)
            continue
        up_to = parse_length(inner.raw("up_to"), inner.at("up_to"), context) if "up_to" in inner else None
        if "to" in inner:
            if "up_to" in raw:
                inner.no_effect("up_to")
            limit = parse_quantity(inner.raw("to"))
            when = context.criterion(inner.raw("when"), inner.at("when")) if "when" in inner else None
            if limit is None:
                inner.problem("E207", "to", value=written(inner.raw("to")), example="36")
            elif when is None:
                if "when" not in raw:
                    inner.problem("E201", what="extension", lacking="when")
            else:
                found.append(Extension(to=limit.amount, when=when))
        elif "largest" in inner:
            several = inner.entries("largest")
            if len(several) < 2:
                inner.no_effect("largest")
            child = "per" in inner
            per = _each_child(inner) if child else None
            entries_read = _moves(several, context, ("add",), child)
            if per is not None or not child:
                found.append(Extension(per=per, up_to=up_to, largest=entries_read))
        elif inner.raw("add") == "length":
            question = _sub_question(inner, "of")
            if question is not None and for_each:
                _refuse_of_nobody(question, inner)
            if question is not None:
                found.append(Extension(of=question, up_to=up_to))
        else:
            add = parse_length(inner.raw("add"), inner.at("add"), context)
            when = context.criterion(inner.raw("when"), inner.at("when")) if "when" in inner else None
            if for_each and "per" in inner:  # what is compared is that of one child
                inner.no_effect("per")
                continue
            question = _sub_question(inner, "per") if "per" in raw or ("when" not in raw and not for_each) else None
            if "up_to" in raw and question is None:  # it is added once
                inner.no_effect("up_to")
            if add is not None and (question is not None or when is not None or ("when" not in raw and for_each)):
                found.append(Extension(add=add, per=question, up_to=up_to, when=when))
        inner.unknown_keys("extension")
    return tuple(found)


def _each_child(reader: Reader) -> Records | None:
    """For whom each `largest` is taken: children."""
    question = _sub_question(reader, "per")
    if question is None:
        return None
    inner = Reader(reader.raw("per"), reader.at("per"), reader.context)
    if question.about is not SOURCES["children"]:
        inner.problem("E239", "kind", word=question.kind, form="child")
    _refuse_of_others(inner)
    return question


def _refuse_of_nobody(question: Records, reader: Reader) -> None:
    """A problem where nothing says for which child the records were: of leave it is said, and of some sorts of it only."""
    inner = Reader(reader.raw("of"), reader.at("of"), reader.context)
    if question.about is not SOURCES["leaves"]:
        inner.problem("E239", "kind", word=question.kind, form="leave")
    elif "type" not in inner:
        inner.problem("E201", what="question", lacking="type")
    _refuse_of_others(inner)


def _refuse_of_others(reader: Reader) -> None:
    """A problem at what brings in the records of relatives, or those of other lists."""
    for key in ("whose", "also"):
        if key in reader:
            reader.problem("E238", key, on_key=True, word=key, works="in_not_for_each")


def _sub_question(reader: Reader, key: str) -> Records | None:
    if key not in reader:
        reader.problem("E201", what="extension", lacking=key)
        return None
    return reader.context.records(reader.raw(key), reader.at(key), key, months=key == "of")


def parse_bounds(
    reader: Reader, expected: tuple[str, ...] = (), moved_by: tuple[str, ...] = _MOVED_BY, whole: bool = False, tables: bool = False
) -> tuple[Bound, ...]:
    """The bounds among the keys of a mapping, all of one measure; with what moves them, in the ways of `moved_by`. `whole`: no decimals.
    `tables`: a bound may stand in a table of the vacancy."""
    found: list[Bound] = []
    for operator in OPERATORS:
        if operator not in reader:
            continue
        raw = reader.raw(operator)
        by: tuple[str, dict[str, Quantity]] | None = None
        quantity: Quantity | None = None
        if isinstance(raw, dict) and "table" in raw:
            if not tables:
                Reader(raw, reader.at(operator), reader.context).no_effect("table")
            elif (table := table_named(raw, reader.at(operator), reader.context)) is not None:
                found.append(Bound(operator, None, table=table))
            continue
        if isinstance(raw, dict):
            by = by_choice(raw, reader.at(operator), reader.context)
            if by is None:
                continue
        else:
            quantity = parse_quantity(raw)
            if quantity is None:
                reader.problem(
                    "E207",
                    operator,
                    value=written(raw),
                    example="18" if expected == ("number",) else "3 years",
                )
                continue
        bound = Bound(operator, quantity, by)
        if expected and bound.measure not in expected:
            reader.problem("E217", operator, value=written(raw), expected="age" if whole else expected[0])
            continue
        found.append(bound)
    extended = _extensions(reader, moved_by)
    never = None
    if "never_beyond" in reader:
        never = parse_quantity(reader.raw("never_beyond"))
        if never is None or (found and never.measure != found[0].measure):
            reader.problem("E207", "never_beyond", value=written(reader.raw("never_beyond")), example="38")
    refused = any(operator in reader.data for operator in OPERATORS)  # the bound is there, and told to be wrong
    for key, given in (("extended", bool(extended)), ("never_beyond", never is not None)):
        if given and not found and not refused:
            reader.problem("E201", key, what="bound", lacking="at_most")
    moved = {one.to is not None and isinstance(one.to, Length) for one in extended if one.to is not None}
    if extended and found and (found[0].measure not in ("time", "number") or not moved <= {found[0].measure == "time"}):
        if found[0].measure in ("time", "number"):
            reader.problem("E217", "extended", value="extended", expected=_measure(found[0].measure))
        else:
            reader.problem("E217", "extended", value="extended", form="times" if found[0].measure == "count" else "not_moved")
        extended = ()
    if found and found[0].measure == "number" and expected != ("number",) and any(one.to is None for one in extended):
        reader.problem("E217", "extended", value="extended", expected="time")  # a number of records does not grow by a length
        extended = ()
    if (extended or never is not None) and found:
        index = next((i for i, bound in enumerate(found) if bound.operator in ("at_most", "less_than")), 0)
        if never is not None and not (extended and found[index].operator in ("at_most", "less_than")):
            reader.no_effect("never_beyond")  # nothing moves the limit up that far
        found[index] = found[index]._replace(extended=extended, never_beyond=never)
    if len({bound.measure for bound in found}) > 1:
        reader.problem("E217", found[1].operator, value=written(reader.raw(found[1].operator)), expected=_measure(found[0].measure))
    return tuple(found)


def _measure(name: str) -> str:
    """What a message calls a measure: every currency is money."""
    return name.partition(":")[0]


def by_choice(
    raw: Mapping[str, Any], path: Path, context: Context, read: Callable[[Any, Path], Quantity | None] | None = None
) -> tuple[str, dict[str, Quantity]] | None:
    """`{by: track, values: {external: …, internal: …}}`: the choice, and what each of its options asks. `read` reads one value, and tells
    what is wrong with it; left out, values are quantities."""
    reader = Reader(raw, path, context)
    name, values = reader.text("by"), reader.typed("values", dict, "mapping")
    reader.unknown_keys("bound")
    if name is None or not values:
        reader.problem("E207", value=written(raw), example="{by: grade, values: {junior: 1 year}}")
        return None
    if name not in context.choices:
        reader.problem("E214", "by", word=name, allowed=sorted(context.choices))
        return None
    options = context.choices[name]
    found: dict[str, Quantity] = {}
    for option, value in values.items():
        at = (*path, "values", option)
        quantity = parse_quantity(value) if read is None else read(value, at)
        if quantity is None:
            if read is None:
                context.problem("E207", at, value=written(value), example="3 years")
        elif found and quantity.measure != next(iter(found.values())).measure:
            context.problem("E217", at, value=written(value), expected=_measure(next(iter(found.values())).measure))
        elif options is not None and option not in options:
            context.problem("E214", at, True, word=option, allowed=sorted(options))
        else:
            found[option] = quantity
    return (name, found) if found else None
