"""From what an author writes to criteria: the grammar of the rule language.

Nothing is guessed: a key that nobody knows, a word outside its vocabulary, a day the vacancy does not name are problems,
all of them found in one run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from eligibility.criteria import OTHER_KINDS, RECORD_KINDS
from eligibility.criteria.age import COUNTED, Age
from eligibility.criteria.base import Always, Common, Criterion
from eligibility.criteria.bounds import OPERATORS, Bound, Quantity, parse_quantity
from eligibility.criteria.filters import (
    SKILLS,
    DateIn,
    Filter,
    Flag,
    FullTime,
    GradeFilter,
    LanguageLevel,
    LanguageOf,
    MoneyFilter,
    Numbers,
    Places,
    Recognised,
    Scores,
    Tags,
    Terms,
)
from eligibility.criteria.groups import Group, Met, Together
from eligibility.criteria.moments import Edge, Extension, Moment, Window
from eligibility.criteria.question import Cap, Kind, RecordQuestion
from eligibility.criteria.reader import Context, Path, Reader
from eligibility.criteria.statements import Choice, Declared, Judged, OnDay
from eligibility.dates import FOREVER, LONG_AGO, BadDate, Days, Length, parse_days
from eligibility.facts import SOURCES

GROUPS = ("all_of", "any_of", "none_of", "together", "met")
SHORT_FORMS = ("permanent_residence",)
SKILL_GROUPS = {
    "understanding": ("listening", "reading"),
    "speaking": ("spoken_interaction", "spoken_production"),
    "oral": ("listening", "spoken_interaction", "spoken_production"),
}
_ATTRIBUTES = {"in": "place", "issued": "start", "expires": "end", "ended": "end", "started": "start", "born": "start"}
_SAME = ("country", "employer", "school")


def parse_criterion(raw: Any, path: Path, context: Context) -> Criterion | None:
    """The criterion at `path`; None when it has problems, all of which are noted in the context."""
    if not isinstance(raw, dict):
        context.problem("E204", path, expected="criterion", value=str(raw)[:40])
        return None
    if set(raw) <= {"chosen", "of"} and "chosen" in raw:
        return _chosen(raw, path, context)
    readings = raw.get("readings")
    if readings is None:
        criterion = _plain(raw, path, context)
    else:
        criterion = _with_readings(raw, readings, path, context)
    if criterion is not None:
        criterion.path = path
    return criterion


def _plain(raw: Mapping[str, Any], path: Path, context: Context) -> Criterion | None:
    reader = Reader(raw, path, context)
    named = [key for key in (*GROUPS, "kind") if key in raw]
    if len(named) != 1:
        if not named:
            reader.problem("E201", what="criterion", lacking="kind")
        else:
            reader.problem("E219", keys=named)
        return None
    key = named[0]
    reader.asked |= {"kind", *GROUPS} if key != "kind" else {"kind"}
    before = len(context.problems)
    criterion = _kind(reader) if key == "kind" else _group(reader, key)
    common = _common(reader)
    _day(reader, criterion)
    reader.unknown_keys(str(raw.get("kind", key)))
    if criterion is None or len(context.problems) > before:
        return None
    if isinstance(criterion, Age) and not criterion.bounds and criterion.born is None:  # a misspelt bound is told as such
        reader.problem("E201", what="age", lacking="at_least")
        return None
    criterion.common = common
    return criterion


def _with_readings(raw: Mapping[str, Any], readings: Any, path: Path, context: Context) -> Criterion | None:
    base = {key: value for key, value in raw.items() if key != "readings"}
    if not isinstance(readings, list) or len(readings) < 2 or not all(isinstance(one, dict) for one in readings):
        context.problem("E210", (*path, "readings"))
        return None
    variants: list[tuple[Mapping[str, str], bool, Criterion]] = []
    for index, reading in enumerate(readings):
        where = (*path, "readings", index)
        head = Reader(reading, where, context)
        name = head.texts("name")
        if name is None:
            head.problem("E201", what="reading", lacking="name")
        preferred = bool(head.flag("preferred"))
        replaced = {key: value for key, value in reading.items() if key not in ("name", "preferred")}
        if replaced.get("importance") == "desirable":
            variant: Criterion | None = Always()
            assert variant is not None
            variant.common = Common(id=base.get("id"))
        else:
            variant = _variant(base, replaced, path, where, context)
        if variant is not None and name is not None:
            variants.append((name, preferred, variant))
    if len(variants) != len(readings):
        return None
    if sum(preferred for _, preferred, _ in variants) != 1:
        context.problem("E210", (*path, "readings"))
        return None
    shell = next(variant for _, preferred, variant in variants if preferred)
    outer = _copy_of(shell)
    outer.common = shell.common._replace(readings=tuple(variants))
    return outer


def _copy_of(criterion: Criterion) -> Criterion:
    import copy

    return copy.copy(criterion)


def _variant(base: Mapping[str, Any], replaced: Mapping[str, Any], path: Path, where: Path, context: Context) -> Criterion | None:
    """The criterion as one reading has it: its own keys replaced; a reading that names another kind or group replaces it whole."""
    heads = ("kind", *GROUPS)
    if any(key in replaced for key in heads):
        kept = ("id", "label", "clause", "quote", "source", "importance", "question", "advice", "as_of", "when")
        merged = {key: value for key, value in base.items() if key in kept} | dict(replaced)
    else:
        merged = dict(base) | dict(replaced)
    inner = Context(
        context.reference, dates=context.dates, choices=context.choices, lists=context.lists, default_day=context.default_day
    )
    criterion = _plain(merged, path, inner)
    for problem in inner.problems:  # point into the reading where the key stands there, else into the criterion
        rest = problem.path[len(path) :]
        at = (*where, *rest) if rest and rest[0] in replaced else problem.path
        if (moved := problem._replace(path=at)) not in context.problems:
            context.problems.append(moved)
    context.references += inner.references
    if criterion is not None:
        criterion.path = path
    return criterion


# ------------------------------------------------------------------------------------------- the parts


def _common(reader: Reader) -> Common:
    def inner(key: str) -> Criterion | None:
        if key not in reader:
            return None
        return parse_criterion(reader.raw(key), reader.at(key), reader.context)

    reader.asked.add("readings")
    source = reader.raw("source")
    if isinstance(source, str):
        source = {"name": {"en": source, "fr": source}}
    elif source is not None and not isinstance(source, dict):
        reader.problem("E204", "source", expected="source", value=str(source))
        source = None
    elif isinstance(source, dict):
        inside = Reader(source, reader.at("source"), reader.context)
        source = {
            "name": inside.texts("name"),
            "status": inside.one_of("status", ("verified", "reported", "unverified"), "unverified"),
            "url": inside.text("url"),
        }
        inside.unknown_keys("source")
    return Common(
        id=reader.text("id"),
        label=reader.texts("label"),
        clause=reader.text("clause"),
        quote=reader.text("quote"),
        source=source,
        importance=reader.one_of("importance", ("required", "desirable"), "required"),
        question=reader.texts("question"),
        advice=reader.texts("advice"),
        when=inner("when"),
        unless=inner("unless"),
        derogation=inner("derogation"),
    )


def _day(reader: Reader, criterion: Criterion | None) -> None:
    context = reader.context
    as_of = parse_moment(reader.raw("as_of"), reader.at("as_of"), context) if "as_of" in reader else context.default_day
    span = None
    if "throughout" in reader:
        raw = reader.raw("throughout")
        if isinstance(raw, dict) and set(raw) == {"from", "to"}:
            ends = [parse_moment(raw[key], (*reader.at("throughout"), key), context) for key in ("from", "to")]
            if ends[0] is not None and ends[1] is not None:
                span = ends[0], ends[1]
        else:
            reader.problem("E209", "throughout")
    if criterion is None or isinstance(criterion, Group | Met | Declared | Judged | Choice | OnDay):
        return
    if isinstance(criterion, RecordQuestion) and SOURCES[criterion.kind_info.source].timeless:
        return  # a language or a home carries no dates: on which day it is looked at changes nothing
    criterion.as_of = as_of
    criterion.throughout = span
    names = set() if as_of is None or as_of.name is None else {as_of.name}
    for part in criterion.members if isinstance(criterion, Together) else (criterion,):
        if isinstance(part, RecordQuestion):
            names |= _counted_on((part,), as_of)
    if isinstance(criterion, Age):
        names |= _counted_on(criterion.inner(), as_of)
        names |= criterion.born.names() if criterion.born is not None else set()
    criterion.names = frozenset(names)


def _counted_on(questions: Iterable[RecordQuestion], as_of: Moment | None) -> set[str]:
    """Record questions, and those inside them, are asked on the day of their criterion; the names of the days they use."""
    names: set[str] = set()
    for question in questions:
        question.as_of = question.as_of or as_of
        names |= _names_in(question) | _counted_on(question.inner(), question.as_of)
    return names


def _names_in(question: RecordQuestion) -> set[str]:
    names: set[str] = set()
    if question.as_of is not None and question.as_of.name is not None:
        names.add(question.as_of.name)
    windows = [question.during] if question.during is not None else []
    windows += [one.window for one in question.filters if isinstance(one, DateIn)]
    for window in windows:
        names |= window.names()
    if question.since is not None and question.since.name is not None:
        names.add(question.since.name)
    return names


def parse_moment(raw: Any, path: Path, context: Context) -> Moment | None:
    """A literal date, a day the vacancy names, `{day, included, end_of}`, or the date of a record."""
    if isinstance(raw, dict):
        reader = Reader(raw, path, context)
        if "kind" in raw:
            record = parse_question(raw, path, context)
            return None if record is None else Moment(record=record)
        if "day" not in reader:
            reader.problem("E206", word=str(raw), allowed=sorted(context.dates))
            return None
        inner = parse_moment(reader.raw("day"), reader.at("day"), context)
        included = reader.flag("included")
        reader.asked.add("assumed")  # only the vacancy's own default day carries it
        end_of = reader.text("end_of")
        if end_of not in (None, "year"):
            reader.problem("E205", "end_of", word=end_of, allowed=["year"])
        reader.unknown_keys("day")
        if inner is None:
            return None
        return Moment(inner.name, inner.literal, inner.record, included, end_of)
    if isinstance(raw, int) and not isinstance(raw, bool):
        raw = str(raw)
    if not isinstance(raw, str):
        context.problem("E204", path, expected="day", value=str(raw))
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


def parse_length(raw: Any, path: Path, context: Context) -> Length | None:
    quantity = parse_quantity(raw)
    if quantity is None or quantity.measure != "time":
        context.problem("E207", path, value=str(raw), example="2 years")
        return None
    length: Length = quantity.amount
    return length


def parse_window(raw: Any, path: Path, context: Context) -> Window | None:
    """`{within, before|after}`, `{from, to}`, `{after, before}`, distances with the four bounds, or a record question."""
    if not isinstance(raw, dict) or not raw:
        context.problem("E209", path)
        return None
    if "kind" in raw:
        records = parse_question(raw, path, context)
        return None if records is None else Window(records=records)
    reader = Reader(raw, path, context)
    before = len(context.problems)
    lower: list[Edge] = []
    upper: list[Edge] = []
    moments = {
        key: parse_moment(reader.raw(key), reader.at(key), context) for key in ("from", "to", "after", "before") if key in reader
    }
    distances = {key: parse_length(reader.raw(key), reader.at(key), context) for key in ("within", *OPERATORS) if key in reader}
    extended = _extensions(reader)
    moves = reader.one_of("bound", ("from", "to"), "from")
    reader.unknown_keys("window")
    if distances:
        anchors = [key for key in ("before", "after") if key in moments]
        if len(anchors) != 1 or ("from" in moments or "to" in moments):
            context.problem("E209", path)
            return None
        if len(context.problems) > before:
            return None
        anchor, moment = anchors[0], moments[anchors[0]]
        assert moment is not None
        back = anchor == "before"
        near, far = (upper, lower) if back else (lower, upper)
        if not {"at_least", "more_than"} & set(distances):
            near.append(Edge(moment, None, back, included=False))
        for key, length in distances.items():
            side = far if key in ("within", "at_most", "less_than") else near
            side.append(Edge(moment, length, back, included=key in ("within", "at_most", "at_least")))
    else:
        if len(context.problems) > before:
            return None
        if not moments:
            context.problem("E209", path)
            return None
        for key, edges, included in (
            ("from", lower, True),
            ("after", lower, False),
            ("to", upper, True),
            ("before", upper, False),
        ):
            if (found := moments.get(key)) is not None:
                edges.append(Edge(found, None, False, included))
    return Window(tuple(lower), tuple(upper), extended=extended, moves=moves)


def _extensions(reader: Reader) -> tuple[Extension, ...]:
    found = []
    for path, raw in reader.entries("extended"):
        if not isinstance(raw, dict):
            reader.context.problem("E204", path, expected="extension", value=str(raw))
            continue
        inner = Reader(raw, path, reader.context)
        context = reader.context
        up_to = parse_length(inner.raw("up_to"), inner.at("up_to"), context) if "up_to" in inner else None
        if "to" in inner:
            limit = parse_quantity(inner.raw("to"))
            when = parse_criterion(inner.raw("when"), inner.at("when"), context) if "when" in inner else None
            if limit is None:
                inner.problem("E207", "to", value=str(inner.raw("to")), example="36")
            elif when is None:
                if "when" not in raw:
                    inner.problem("E201", what="extension", lacking="when")
            else:
                found.append(Extension(to=limit.amount, when=when))
        elif inner.raw("add") == "length":
            question = _sub_question(inner, "of")
            if question is not None:
                found.append(Extension(of=question, up_to=up_to))
        else:
            add = parse_length(inner.raw("add"), inner.at("add"), context)
            question = _sub_question(inner, "per")
            if question is not None and add is not None:
                found.append(Extension(add=add, per=question, up_to=up_to))
        inner.unknown_keys("extension")
    return tuple(found)


def _sub_question(reader: Reader, key: str) -> RecordQuestion | None:
    if key not in reader:
        reader.problem("E201", what="extension", lacking=key)
        return None
    return parse_question(reader.raw(key), reader.at(key), reader.context)


def parse_bounds(reader: Reader, expected: tuple[str, ...] = ()) -> tuple[Bound, ...]:
    """The bounds among the keys of a mapping, all of one measure; with what moves them."""
    found: list[Bound] = []
    for operator in OPERATORS:
        if operator not in reader:
            continue
        raw = reader.raw(operator)
        by: tuple[str, dict[str, Quantity]] | None = None
        quantity: Quantity | None = None
        if isinstance(raw, dict):
            by = _by_choice(raw, reader.at(operator), reader.context)
            if by is None:
                continue
        else:
            quantity = parse_quantity(raw)
            if quantity is None:
                reader.problem("E207", operator, value=str(raw), example="3 years")
                continue
        bound = Bound(operator, quantity, by)
        if expected and bound.measure not in expected:
            reader.problem("E217", operator, value=str(raw), expected=expected[0])
            continue
        found.append(bound)
    extended = _extensions(reader)
    never = parse_quantity(reader.raw("never_beyond")) if "never_beyond" in reader else None
    if (extended or never is not None) and found:
        index = next((i for i, bound in enumerate(found) if bound.operator in ("at_most", "less_than")), 0)
        found[index] = found[index]._replace(extended=extended, never_beyond=never)
    if len({bound.measure for bound in found}) > 1:
        reader.problem("E217", found[1].operator, value=str(reader.raw(found[1].operator)), expected=found[0].measure)
    return tuple(found)


def _by_choice(raw: Mapping[str, Any], path: Path, context: Context) -> tuple[str, dict[str, Quantity]] | None:
    reader = Reader(raw, path, context)
    name, values = reader.text("by"), reader.typed("values", dict, "mapping")
    reader.unknown_keys("bound")
    if name is None or not values:
        reader.problem("E207", value=str(raw), example="{by: grade, values: {junior: 1 year}}")
        return None
    if name not in context.choices:
        reader.problem("E214", "by", word=name, allowed=sorted(context.choices))
        return None
    options = context.choices[name]
    found = {}
    for option, value in values.items():
        quantity = parse_quantity(value)
        if quantity is None:
            context.problem("E207", (*path, "values", option), value=str(value), example="3 years")
        elif options is not None and option not in options:
            context.problem("E214", (*path, "values", option), True, word=option, allowed=sorted(options))
        else:
            found[option] = quantity
    return (name, found) if found else None


# ----------------------------------------------------------------------------------------------- kinds


def _kind(reader: Reader) -> Criterion | None:
    kind = reader.raw("kind")
    if kind == "permanent_residence":
        return _permanent_residence(reader)
    if kind in RECORD_KINDS:
        return _question(reader, RECORD_KINDS[kind])
    if kind == "age":
        return _age(reader)
    if kind == "declared":
        fact, equals = reader.text("fact"), reader.flag("equals")
        if fact is None:
            reader.problem("E201", what="declared", lacking="fact")
            return None
        return Declared(fact, True if equals is None else equals)
    if kind == "judged":
        return Judged()
    if kind == "choice":
        return _choice(reader)
    if kind == "day":
        return _on_day(reader)
    allowed = sorted({*RECORD_KINDS, *OTHER_KINDS, *SHORT_FORMS})
    reader.problem("E202", "kind", word=str(kind), allowed=allowed)
    reader.asked |= set(reader.data)
    return None


def _permanent_residence(reader: Reader) -> Criterion | None:
    question = RecordQuestion(RECORD_KINDS["permit"])
    where = _places(reader, "of", "place")
    question.filters = (Terms("type", ("permanent",), vocabulary="permit_types"), *([where] if where else []))
    question.bounds = parse_bounds(reader, ("time",))
    if where is None:
        reader.problem("E201", what="permanent_residence", lacking="of")
        return None
    return question


def _age(reader: Reader) -> Criterion:
    age = Age()
    age.bounds = parse_bounds(reader, ("number",))
    age.counted = reader.one_of("counted", COUNTED, COUNTED[0])
    if "born" in reader:
        age.born = parse_window(reader.raw("born"), reader.at("born"), reader.context)
    return age


def _choice(reader: Reader) -> Criterion | None:
    name = reader.text("choice")
    if name is None or name not in reader.context.choices:
        reader.problem("E214", "choice" if name else None, word=name or "", allowed=sorted(reader.context.choices))
        return None
    options = tuple(str(entry) for _, entry in reader.entries("equals"))
    known = reader.context.choices[name]
    for option in options:
        if known is not None and option not in known:
            reader.problem("E214", "equals", word=option, allowed=sorted(known))
    return Choice(name, options)


def _chosen(raw: Mapping[str, Any], path: Path, context: Context) -> Criterion | None:
    """`{chosen: internal}`: whichever choice of the vacancy has that option."""
    options = raw["chosen"] if isinstance(raw["chosen"], list) else [raw["chosen"]]
    for name, known in context.choices.items():
        if known is not None and all(option in known for option in options):
            return Choice(name, tuple(options))
    every = sorted(option for known in context.choices.values() if known is not None for option in known)
    context.problem("E214", (*path, "chosen"), word=str(options[0]), allowed=every)
    return None


def _on_day(reader: Reader) -> Criterion | None:
    moment = parse_moment(reader.raw("day"), reader.at("day"), reader.context)
    rest = {key: value for key, value in reader.data.items() if key in ("from", "to", "after", "before")}
    reader.asked |= set(rest)
    window = parse_window(rest, reader.path, reader.context)
    return OnDay(moment, window) if moment is not None and window is not None else None


def _group(reader: Reader, key: str) -> Criterion | None:
    context = reader.context
    if key == "met":
        target = reader.text("met")
        if target is None:
            return None
        context.references.append((target, reader.at("met")))
        return Met(target)
    raw = reader.raw(key)
    if not isinstance(raw, list) or not raw:
        reader.problem("E211", key)
        return None
    if "as_of" in reader.data:  # the day of a group is the day of those members that name none
        outer = context.default_day
        context.default_day = parse_moment(reader.raw("as_of"), reader.at("as_of"), context)
        try:
            return _members(reader, key, raw)
        finally:
            context.default_day = outer
    return _members(reader, key, raw)


def _members(reader: Reader, key: str, raw: list[Any]) -> Criterion | None:
    context = reader.context
    if key == "together":
        parts = [parse_question(entry, (*reader.at(key), index), context, part=True) for index, entry in enumerate(raw)]
        return Together(tuple(part for part in parts if part is not None)) if all(parts) else None
    members = [parse_criterion(entry, (*reader.at(key), index), context) for index, entry in enumerate(raw)]
    how_many = 1
    if key == "any_of" and "how_many" in reader:
        how_many = reader.typed("how_many", int, "number") or 1
        if not 1 <= how_many <= len(raw):
            reader.problem("E220", "how_many", most=len(raw))
    same = reader.one_of("same", _SAME, "") or None
    if any(member is None for member in members):
        return None
    return Group(key, tuple(member for member in members if member is not None), how_many, same)


# ------------------------------------------------------------------------------------ record questions


def parse_question(raw: Any, path: Path, context: Context, part: bool = False) -> RecordQuestion | None:
    """A record question standing inside another construct: a window, a moment, an extension, a credit."""
    if not isinstance(raw, dict) or raw.get("kind") not in RECORD_KINDS:
        allowed = sorted(RECORD_KINDS)
        word = str(raw.get("kind")) if isinstance(raw, dict) else str(raw)
        context.problem("E202", (*path, "kind") if isinstance(raw, dict) and "kind" in raw else path, word=word, allowed=allowed)
        return None
    reader = Reader(raw, path, context)
    before = len(context.problems)
    reader.asked.add("kind")
    question = _question(reader, RECORD_KINDS[raw["kind"]])
    if part:
        question.whole = parse_quantity(reader.raw("whole"))
        question.beyond = parse_quantity(reader.raw("beyond")) if "beyond" in reader else None
        if question.whole is None or (question.beyond is not None and question.beyond.measure != question.whole.measure):
            reader.problem("E207", "whole" if "whole" in raw else None, value=str(raw.get("whole", "")), example="12 months")
    if "as_of" in reader:
        question.as_of = parse_moment(reader.raw("as_of"), reader.at("as_of"), context)
    reader.unknown_keys(question.kind)
    question.names = frozenset(_names_in(question))
    return question if len(context.problems) == before else None


def _question(reader: Reader, kind: Kind) -> RecordQuestion:
    context = reader.context
    question = RecordQuestion(kind)
    question.filters = _filters(reader, kind)
    question.bounds = parse_bounds(reader)
    if "during" in reader:
        question.during = parse_window(reader.raw("during"), reader.at("during"), context)
    question.other_than = tuple(
        _exclusion(entry, path, kind, context) for path, entry in reader.entries("other_than") if isinstance(entry, dict)
    )
    question.part_time = reader.one_of("part_time", ("pro_rata", "counts_in_full", "excluded"), "pro_rata")
    question.take = reader.one_of("take", ("first", "latest", "highest"), "latest")
    question.whose = tuple(
        relation for _, relation in reader.entries("whose") if _known_term(relation, "relations", reader, "whose")
    )
    if "full_week" in reader:
        week = parse_quantity(reader.raw("full_week"))
        if week is None or week.measure != "hours" or not week.amount:
            reader.problem("E207", "full_week", value=str(reader.raw("full_week")), example="35 hours")
        else:
            question.full_week = float(week.amount)
    if "unbroken" in reader:
        question.gaps = _gaps(reader)
    question.also = _caps(reader, "also", None)
    question.limits = _caps(reader, "limits", kind)
    if "periods" in kind.options and "periods" in reader:
        raw = reader.raw("periods")
        most = raw.get("at_most") if isinstance(raw, dict) else None
        if not isinstance(most, int) or isinstance(most, bool):
            reader.problem("E207", "periods", value=str(raw), example="{at_most: 12}")
        else:
            question.periods = most
    if "expected" in kind.options:
        question.expected = reader.one_of("expected", ("accepted", "not_accepted"), "not_accepted") == "accepted"
        question.any_date_of = tuple(str(name) for _, name in reader.entries("any_date_of"))
        for name in question.any_date_of:
            if name not in ("awarded", "defended"):
                reader.problem("E205", "any_date_of", word=name, allowed=["awarded", "defended"])
    if "different" in kind.options:
        question.different = tuple(
            _exclusion(entry, path, kind, context) for path, entry in reader.entries("different") if isinstance(entry, dict)
        )
    if "absence_rule" in kind.options:
        question.absence_rule = reader.one_of("absence_rule", ("quebec_health_insurance",), "") or None
        question.also += _including(reader, question)
    if "from" in kind.options and "from" in reader:
        question.since = parse_moment(reader.raw("from"), reader.at("from"), context)
    return question


def _known_term(word: Any, vocabulary: str, reader: Reader, key: str) -> bool:
    if isinstance(word, str) and reader.context.reference.is_term(vocabulary, word):
        return True
    reader.problem("E205", key, word=str(word), allowed=sorted(reader.context.reference.vocabulary(vocabulary)))
    return False


def _exclusion(raw: Mapping[str, Any], path: Path, kind: Kind, context: Context) -> tuple[Filter, ...]:
    reader = Reader(raw, path, context)
    filters = _filters(reader, kind)
    reader.unknown_keys(kind.name)
    if not filters:
        context.problem("E211", path)
    return filters


def _caps(reader: Reader, key: str, kind: Kind | None) -> tuple[Cap, ...]:
    """`also` (records of another source) and `limits` (some of the records) with the length they count up to."""
    found = []
    for path, raw in reader.entries(key):
        if not isinstance(raw, dict):
            reader.context.problem("E204", path, expected="mapping", value=str(raw))
            continue
        most = parse_length(raw["at_most"], (*path, "at_most"), reader.context) if "at_most" in raw else None
        rest = {name: value for name, value in raw.items() if name != "at_most"}
        if kind is not None:
            rest.setdefault("kind", kind.name)
        question = parse_question(rest, path, reader.context)
        if question is not None:
            found.append(Cap(question, most))
    return tuple(found)


def _including(reader: Reader, residence: RecordQuestion) -> tuple[Cap, ...]:
    """`including: [work, study]`: days worked or studied in the place count like days lived there."""
    found = []
    where = next((one for one in residence.filters if isinstance(one, Places)), None)
    for path, word in reader.entries("including"):
        if word not in ("work", "study"):
            reader.context.problem("E205", path, word=str(word), allowed=["study", "work"])
            continue
        question = RecordQuestion(RECORD_KINDS["experience" if word == "work" else "study"])
        question.part_time = "counts_in_full"
        if where is not None:
            attribute = "works_in" if word == "work" else "place"
            question.filters = (
                Places(
                    attribute,
                    where.wanted,
                    excluded=where.excluded,
                    chosen=where.chosen,
                    listed=where.listed,
                    groups=where.changing,
                ),
            )
        found.append(Cap(question, None))
    return tuple(found)


def _gaps(reader: Reader) -> tuple[tuple[Bound, ...], int]:
    """`unbroken: true`, or the gaps allowed: the bounds of each of them, and the days of all together."""
    raw = reader.raw("unbroken")
    if raw is True:
        return (), 0
    if not isinstance(raw, dict):
        reader.problem("E204", "unbroken", expected="true_or_gaps", value=str(raw))
        return (), 0
    inner = Reader(raw, reader.at("unbroken"), reader.context)
    found: dict[str, tuple[Bound, ...]] = {}
    for key in ("each_gap", "all_gaps"):
        part = inner.raw(key)
        found[key] = ()
        if isinstance(part, dict):
            found[key] = parse_bounds(Reader(part, inner.at(key), reader.context), ("time",))
        elif part is not None:
            inner.problem("E204", key, expected="bound", value=str(part))
    most = FOREVER
    for bound in found["all_gaps"]:
        length: Length = bound.limits(None)[0]  # type: ignore[arg-type]  # a literal length depends on nobody
        most = length.most_days - (1 if bound.operator == "less_than" else 0)
    inner.unknown_keys("unbroken")
    return found["each_gap"], most


# --------------------------------------------------------------------------------------------- filters


def _filters(reader: Reader, kind: Kind) -> tuple[Filter, ...]:
    found: list[Filter | None] = []
    for key, form in kind.filters.items():
        if key not in reader or form == "skills":
            continue
        found.append(_filter(reader, key, form))
    if "skills" in reader and "level" not in reader.data and "skills" in kind.filters:
        reader.problem("E201", "skills", what="skills", lacking="level")
    return tuple(one for one in found if one is not None)


def _filter(reader: Reader, key: str, form: str) -> Filter | None:
    attribute = _ATTRIBUTES.get(key, key)
    form, _, detail = form.partition(":")
    if form == "flag" or form == "full_time":
        value = reader.flag(key)
        return None if value is None else (FullTime if form == "full_time" else Flag)(attribute, value)
    if form in ("place", "recognised"):
        return _places(reader, key, detail or attribute, Recognised if form == "recognised" else Places)
    if form in ("terms", "tree", "names"):
        return _terms(reader, key, attribute, form, detail)
    if form in ("number", "level"):
        return _numbers(reader, key, attribute)
    if form == "date":
        window = parse_window(reader.raw(key), reader.at(key), reader.context)
        return None if window is None else DateIn((attribute,), window)
    if form == "money":
        inner = reader.typed(key, dict, "bound")
        return (
            None if inner is None else MoneyFilter(attribute, inner, parse_bounds(Reader(inner, reader.at(key), reader.context)))
        )
    if form == "grade":
        return _grade(reader, key, attribute)
    if form == "tags":
        return Tags(attribute, tuple(str(tag) for _, tag in reader.entries(key)))
    if form == "language":
        return LanguageOf(attribute, _languages(reader, key))
    if form == "language_of":
        return LanguageOf("language", _languages(reader, key))
    if form == "cefr":
        return _cefr(reader, key)
    assert form == "test", form
    scores = reader.typed(key, dict, "mapping") or {}
    for test in scores:
        _known_term(test, "tests", reader, key)
    return Scores({name: float(score) for name, score in scores.items() if isinstance(score, int | float)})


def _numbers(reader: Reader, key: str, attribute: str) -> Filter | None:
    raw = reader.raw(key)
    if isinstance(raw, dict):
        inner = Reader(raw, reader.at(key), reader.context)
        bounds = parse_bounds(inner, ("number",))
        inner.unknown_keys(key)
        return Numbers(attribute, raw, bounds)
    values = raw if isinstance(raw, list) else [raw]
    if not values or not all(isinstance(value, int | float) and not isinstance(value, bool) for value in values):
        reader.problem("E204", key, expected="number_or_bounds", value=str(raw))
        return None
    return Numbers(attribute, tuple(values), ())


def _grade(reader: Reader, key: str, attribute: str) -> Filter | None:
    raw = reader.typed(key, dict, "bound")
    if raw is None:
        return None
    found: list[tuple[str, Bound]] = []
    for operator, marks in raw.items():
        if operator not in OPERATORS or not isinstance(marks, dict):
            reader.problem("E207", key, value=str(raw), example="{at_least: {percent: 75}}")
            return None
        for scale, value in marks.items():
            quantity = parse_quantity(value)
            if quantity is None:
                reader.problem("E207", key, value=str(value), example="75")
            else:
                found.append((str(scale), Bound(operator, quantity)))
    return GradeFilter(attribute, raw, tuple(found))


def _cefr(reader: Reader, key: str) -> Filter | None:
    reference = reader.context.reference
    raw = reader.raw(key)
    skills: list[str] = []
    for path, skill in reader.entries("skills"):
        if skill in SKILL_GROUPS:
            skills += SKILL_GROUPS[skill]
        elif skill in SKILLS:
            skills.append(skill)
        else:
            reader.context.problem("E205", path, word=str(skill), allowed=sorted({*SKILLS, *SKILL_GROUPS}))
    if isinstance(raw, dict) and set(raw) == {"said"}:
        known = reference.said(str(raw["said"]))
        if known is None:
            reader.context.problem(
                "E205", (*reader.at(key), "said"), word=str(raw["said"]), allowed=sorted(reference.said_terms())
            )
            return None
        return LanguageLevel(raw, (known[0], known[1]), tuple(skills) or SKILLS)
    if isinstance(raw, dict) and set(raw) == {"at_least"}:
        rank = reference.cefr_rank(str(raw["at_least"]))
        if rank is not None:
            return LanguageLevel(raw, (rank, rank), tuple(skills) or SKILLS)
    reader.problem("E221", key, value=str(raw))
    return None


def _languages(reader: Reader, key: str) -> tuple[str, ...]:
    reference = reader.context.reference
    found: list[str] = []
    for path, word in reader.entries(key):
        if isinstance(word, str) and reference.is_language(word):
            found.append(word)
        elif isinstance(word, str) and reference.is_group(word) and reference.languages_of(word):
            found += sorted(reference.languages_of(word))
        else:
            reader.context.problem("E222", path, word=str(word), allowed=sorted(reference.languages()))
    return tuple(found)


def _selection(reader: Reader, key: str) -> tuple[list[tuple[Path, Any]], dict[str, Any]]:
    """The ids a filter names, each with its path, and how: `except`, `list`, `chosen`, `any` with `or_related`."""
    raw = reader.raw(key)
    if not isinstance(raw, dict):
        return reader.entries(key), {}
    inner = Reader(raw, reader.at(key), reader.context)
    how: dict[str, Any] = {}
    entries: list[tuple[Path, Any]] = []
    if "except" in inner:
        how["excluded"] = True
        entries = inner.entries("except")
    elif "any" in inner:
        entries = inner.entries("any")
        how["open_ended"] = bool(inner.flag("or_related"))
    elif "list" in inner:
        name = inner.text("list")
        if name not in reader.context.lists:
            inner.problem("E215", "list", word=str(name), allowed=sorted(reader.context.lists))
        else:
            how["list"] = name
    elif "chosen" in inner:
        name = inner.text("chosen")
        if name not in reader.context.choices:
            inner.problem("E214", "chosen", word=str(name), allowed=sorted(reader.context.choices))
        else:
            how["chosen"] = name
    inner.unknown_keys(key)
    if not entries and not how:
        inner.problem("E204", expected="ids", value=str(raw)[:40])
    return entries, how


def _terms(reader: Reader, key: str, attribute: str, form: str, detail: str) -> Filter | None:
    reference = reader.context.reference
    entries, how = _selection(reader, key)
    listed = reader.context.lists
    own = frozenset(
        str(entry["id"]) if isinstance(entry, dict) and "id" in entry else str(entry)
        for entries_ in listed.values()
        for entry in entries_
    )
    wanted: list[str] = []
    for path, word in entries:
        if not isinstance(word, str):
            reader.context.problem("E204", path, expected="id", value=str(word))
            continue
        if form == "tree" and not reference.is_in_tree(detail, word):
            reader.context.problem("E205", path, word=word, allowed=sorted(reference.tree(detail)))
        elif form == "terms" and not reference.is_term(detail, word) and word not in own:
            reader.context.problem("E205", path, word=word, allowed=sorted({*reference.vocabulary(detail), *own}))
        wanted.append(word)
    if "list" in how:
        wanted += [str(entry["id"]) if isinstance(entry, dict) else str(entry) for entry in listed[how.pop("list")]]
    return Terms(
        attribute, tuple(wanted), vocabulary=detail or None if form != "tree" else None, tree=detail if form == "tree" else None,
        known=own | frozenset(wanted), **how,
    )  # fmt: skip


def _places(reader: Reader, key: str, attribute: str, form: type[Places] = Places) -> Places | None:
    reference = reader.context.reference
    if key not in reader:
        return None
    entries, how = _selection(reader, key)
    how.pop("open_ended", None)
    wanted, groups, listed = [], [], []
    for path, word in entries:
        if isinstance(word, str) and reference.is_group(word):
            groups.append(word)
        elif not (isinstance(word, str) and reference.is_place(word)):
            reader.context.problem("E223", path, word=str(word))
            continue
        wanted.append(word)
    if "list" in how:
        for entry in reader.context.lists[how.pop("list")]:
            country = entry.get("country") if isinstance(entry, dict) else entry
            first = parse_days(str(entry["from"])).first if isinstance(entry, dict) and "from" in entry else LONG_AGO
            last = parse_days(str(entry["to"])).last if isinstance(entry, dict) and "to" in entry else FOREVER
            listed.append((str(country), first, last))
    return form(attribute, tuple(wanted), listed=tuple(listed), groups=tuple(groups), **how)


__all__ = ["Context", "Days", "parse_criterion", "parse_moment", "parse_question", "parse_window"]
