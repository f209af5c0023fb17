"""From what an author writes to criteria: the grammar of the rule language.

Nothing is guessed: a key that nobody knows, a word outside its vocabulary, a day the vacancy does not name are problems,
all of them found in one run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from eligibility.dates import Step
from eligibility.language.every_kind import EVERY_KIND
from eligibility.language.groups import GROUPS, OF_RELATIVE, SAME, SHORT_FORMS
from eligibility.language.keys import OF_READINGS, TOLD, left_out
from eligibility.language.kinds import RECORD_KINDS
from eligibility.question.by_choice import asked_of, by_choices, with_option
from eligibility.question.filters import Terms
from eligibility.question.grammar import DAY_OF_SPAN, Common, Criterion, Moment, Records, completed
from eligibility.question.others import Age, Always, Choice, Declared, Duration, Group, Judged, Met, OnDay, Together
from eligibility.question.quantity import OPERATORS
from eligibility.question.walk import all_moments, inner, leaves
from eligibility.reading.days import parse_bounds, parse_moment, plain_moment
from eligibility.reading.filters import read_choice, read_places
from eligibility.reading.honoured import refuse_unheard
from eligibility.reading.others import read_age, read_declared, read_duration, read_on_day, read_plain_choice
from eligibility.reading.reader import Context, Path, Reader, as_word, values_in, written
from eligibility.reading.records import counts_months, parse_day, parse_question, read_question, records_of

_MEASURED = {
    "also": "time", "limits": "time", "unbroken": "time", "of_which": "time", "including": "time", "absence_rule": "time",
    "periods": "hours", "counted": "time",
}  # fmt: skip
_HEADS = ("kind", *GROUPS)
_KEPT = (*TOLD, "id", "importance", "as_of", "when")
"""What a reading keeps of the criterion that it replaces whole."""
MOST_VARIED = 100_000
"""How many values may be read again for readings: nobody writes as many."""


class RuleContext(Context):
    """The context of a rule file, of which every part can hold others."""

    def criterion(self, raw: Any, path: Path) -> Criterion | None:
        return parse_criterion(raw, path, self)

    def records(self, raw: Any, path: Path, role: str, months: bool = False) -> Records | None:
        return parse_question(raw, path, self, role, months)


def parse_criterion(raw: Any, path: Path, context: Context) -> Criterion | None:
    """The criterion at `path`; None when it has problems, all of which are noted in the context."""
    if not isinstance(raw, dict):
        context.problem("E204", path, expected="criterion", value=written(raw))
        return None
    if set(raw) <= {"chosen", "of"} and "chosen" in raw:
        return _chosen(raw, path, context)
    readings = raw.get("readings")
    return _plain(raw, path, context) if readings is None else _with_readings(raw, readings, path, context)


def _plain(raw: Mapping[str, Any], path: Path, context: Context) -> Criterion | None:
    changing = tuple(by_choices(raw))
    if changing:
        return _by_choice(raw, changing, path, context)
    reader = Reader(raw, path, context)
    named = [key for key in (*GROUPS, "kind") if key in raw]
    if len(named) != 1:
        if named:  # told at the second of them; what the group holds is looked at all the same
            written_keys = [key for key in raw if key in named]
            reader.problem("E219", written_keys[1], on_key=True, keys=", ".join(written_keys))
            if named[0] != "kind":
                _group(reader, named[0])
        else:
            reader.problem("E201", what="criterion", lacking="kind", given=raw)
        return None
    key = named[0]
    reader.asked |= {"kind", *GROUPS} if key != "kind" else {"kind"}
    before = len(context.problems)
    outer = context.default_day
    if context.inner_day is not None:  # what stands inside is asked on the day of what it serves, unless it has one of its own
        context.default_day = context.inner_day
    if "as_of" in reader:
        context.default_day = parse_day(reader, "as_of")
    with context.asked_on(Moment(DAY_OF_SPAN) if "throughout" in raw else context.default_day):
        criterion = _kind(reader) if key == "kind" else _group(reader, key)
    common = _common(reader)
    with context.asked_on(None):
        days = _days(reader, criterion)
    context.default_day = outer
    reader.unknown_keys(str(raw.get("kind", key)))
    if criterion is None or len(context.problems) > before:
        return None
    if isinstance(criterion, Age) and not criterion.bounds and criterion.born is None:  # a misspelt bound is told as such
        reader.problem("E201", what="age", lacking="at_least")
        return None
    return completed(criterion, common=common, path=path, **days)


def _by_choice(
    raw: Mapping[str, Any], changing: tuple[tuple[Path, Mapping[str, Any]], ...], path: Path, context: Context
) -> Criterion | None:
    """A criterion with values that depend on a choice: what it asks is another criterion for each option."""
    before = len(context.problems)
    for at, value in changing:
        _look_at_options(Reader(value, (*path, *at), context))
    if len(context.problems) > before:
        return None
    choice = changing[0][1]["by"]
    options = tuple(str(option) for option in changing[0][1]["values"])
    asked = asked_of(raw)
    members = [_of_option(asked, choice, option, path, context) for option in options]
    common = _common(Reader(raw, path, context))
    if len(context.problems) > before or not all(members):
        return None
    found = tuple(member for member in members if member is not None)
    return Group(kind=found[0].kind, members=found, choice=choice, options=options, common=common, path=path)


def _look_at_options(reader: Reader) -> None:
    """A value for each option of a choice: all of them, and no other."""
    context, name, values = reader.context, reader.text("by"), reader.typed("values", dict, "mapping")
    reader.unknown_keys("bound")
    if "values" not in reader.data:
        reader.problem("E201", what="by", lacking="values")
    elif values == {}:
        reader.problem("E211", "values")
    if name is None or not values:
        return
    if name not in context.choices:
        reader.problem("E214", "by", word=name, allowed=sorted(context.choices))
        return
    options = context.choices[name]
    if options is None:
        reader.problem("E242", "by", word=name, expected="choice_of_words")
        return
    for option in values:
        if option not in options:
            context.problem("E214", (*reader.at("values"), option), True, word=str(option), allowed=sorted(options))
    lacking = [option for option in options if option not in values]
    if lacking:
        reader.problem("E201", "values", what="values", lacking=lacking[0])


def _of_option(asked: Mapping[str, Any], choice: str, option: str, path: Path, context: Context) -> Criterion | None:
    """What is asked where an option is chosen."""
    inner = _varied(asked, path, context)
    if inner is None:
        return None
    inner.inner_day, inner.labels = context.inner_day, context.labels
    criterion = _plain(with_option(asked, choice, option), path, inner)
    context.varied = inner.varied
    places = [(*path, *at) for at, value in by_choices(asked) if value["by"] == choice]
    for problem in inner.problems:
        inside = next((at for at in places if problem.path[: len(at)] == at), None)
        if inside is not None and not (problem.on_key and problem.path == inside):
            problem = problem._replace(path=(*inside, "values", option, *problem.path[len(inside) :]))
        if problem not in context.problems:
            context.problems.append(problem)
    context.references += inner.references
    return criterion


def _with_readings(raw: Mapping[str, Any], readings: Any, path: Path, context: Context) -> Criterion | None:
    base = {key: value for key, value in raw.items() if key != "readings"}
    if not isinstance(readings, list) or len(readings) < 2 or not all(isinstance(one, dict) for one in readings):
        context.problem("E210", (*path, "readings"), on_key=True)
        return None
    _look_at_replaced(base, readings, path, context)
    variants: list[tuple[Mapping[str, str], bool, Criterion]] = []
    for index, reading in enumerate(readings):
        where = (*path, "readings", index)
        head = Reader(reading, where, context)
        name = head.texts("name")
        kept = _kept_by(head, base)
        if name is None:
            head.problem("E201", what="reading", lacking="name")
        preferred = bool(head.flag("preferred"))
        replaced = {key: value for key, value in reading.items() if key not in OF_READINGS}
        if replaced.get("importance") == "desirable":
            _look_at_desirable(base, replaced, path, where, context)
            variant: Criterion | None = Always(common=Common(id=base.get("id")))
        else:
            variant = _variant(kept, replaced, path, where, context)
        if variant is not None and name is not None:
            variants.append((name, preferred, variant))
    if len(variants) != len(readings):
        return None
    if sum(preferred for _, preferred, _ in variants) != 1:
        context.problem("E210", (*path, "readings"), on_key=True)
        return None
    shell = next(variant for _, preferred, variant in variants if preferred)
    return replace(shell, common=shell.common._replace(readings=tuple(variants)), path=path)


def _kept_by(reader: Reader, base: Mapping[str, Any]) -> Mapping[str, Any]:
    """The keys of a criterion without those that a reading leaves out (`without`)."""
    if "without" not in reader:
        return base
    if reader.data.get("importance") == "desirable" or any(key in reader.data for key in _HEADS):  # it is another criterion, or none
        reader.no_effect("without")
        return base
    allowed = sorted(key for key in base if key not in (*TOLD, *_HEADS, "id", "importance") and key not in reader.data)
    entries = reader.entries("without")
    for path, key in entries:
        if key not in allowed:
            reader.context.problem("E205", path, word=as_word(key), allowed=allowed)
    if not entries:
        reader.problem("E211", "without")
    out = [key for _, key in entries if key in allowed]
    return {key: value for key, value in base.items() if key not in out}


def _look_at_desirable(base: Mapping[str, Any], replaced: Mapping[str, Any], path: Path, where: Path, context: Context) -> None:
    """A reading under which the criterion is no condition at all says nothing else of it."""
    rest = {key: value for key, value in replaced.items() if key != "importance"}
    before = len(context.problems)
    if rest and _variant(base, rest, path, where, context) is not None and len(context.problems) == before:
        for key in rest:
            context.problem("E238", (*where, key), True, word=key, works="in_reading")


def _variant(base: Mapping[str, Any], replaced: Mapping[str, Any], path: Path, where: Path, context: Context) -> Criterion | None:
    """The criterion as one reading has it: its own keys replaced; a reading that names another kind or group replaces it whole."""
    if any(key in replaced for key in _HEADS):
        merged = {key: value for key, value in base.items() if key in _KEPT} | dict(replaced)
    else:
        merged = dict(base) | dict(replaced)
    inner = _varied(merged, path, context)
    if inner is None:
        return None
    criterion = _plain(merged, path, inner)
    context.varied = inner.varied
    for problem in inner.problems:  # point into the reading where the key stands there, else into the criterion
        rest = problem.path[len(path) :]
        at = (*where, *rest) if rest and rest[0] in replaced else problem.path
        if problem.code == "E203" and len(rest) == 1 and rest[0] in replaced:  # a reading has keys of its own
            problem = problem._replace(params={**problem.params, "allowed": sorted({*problem.params["allowed"], *OF_READINGS})})
        if (moved := problem._replace(path=at)) not in context.problems:
            context.problems.append(moved)
    context.references += inner.references
    return criterion


def _varied(raw: Mapping[str, Any], path: Path, context: Context) -> Context | None:
    """What to read a criterion in that is read again for a reading; None where that has been done too often: readings inside
    readings multiply."""
    context.varied += values_in(raw)
    if context.varied > MOST_VARIED:
        if not any(problem.code == "E250" for problem in context.problems):
            context.problem("E250", (*path, "readings"), True, limit=MOST_VARIED)
        return None
    return context.beside()


def _look_at_replaced(base: Mapping[str, Any], readings: list[Mapping[str, Any]], path: Path, context: Context) -> None:
    """What every reading replaces stands in none of them, and has to be right all the same."""
    whole = all(any(key in reading for key in _HEADS) for reading in readings)
    always = {
        key for key in base
        if all(key in reading or key in left_out(reading) for reading in readings) or (whole and key not in _KEPT)
    }  # fmt: skip
    if not always:
        return
    first = {key: value for key, value in readings[0].items() if key not in OF_READINGS}
    if any(key in base for key in _HEADS):
        first = {key: value for key, value in first.items() if key not in _HEADS}
    merged = {**first, **base}
    inner = _varied(merged, path, context)
    if inner is None:
        return
    _plain(merged, path, inner)
    context.varied = inner.varied
    for problem in inner.problems:
        rest = problem.path[len(path) :]
        if rest and rest[0] in always:
            context.problems.append(problem)


# ------------------------------------------------------------------------------------------- the parts


def _common(reader: Reader) -> Common:
    def inner(key: str) -> Criterion | None:
        if key not in reader:
            return None
        return parse_criterion(reader.raw(key), reader.at(key), reader.context)

    reader.asked.add("readings")
    if (len(reader.path) > 2 or reader.path[:1] == ("conditions",)) and "importance" in reader:
        reader.no_effect("importance")  # only a criterion of its own decides, or is an asset
    if reader.path[-1:] != ("derogation",) and "granted_by" in reader:
        reader.no_effect("granted_by")
    source = reader.raw("source")
    if isinstance(source, str):
        source = {"name": {"en": source, "fr": source}}
    elif source is not None and not isinstance(source, dict):
        reader.problem("E204", "source", expected="source", value=written(source))
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
        todo=reader.text("todo"),
        source=source,
        importance=reader.one_of("importance", ("required", "desirable"), "required"),
        question=reader.texts("question"),
        advice=reader.texts("advice"),
        proof=reader.several_texts("proof"),
        granted_by=reader.texts("granted_by"),
        when=inner("when"),
        unless=inner("unless"),
        derogation=inner("derogation"),
    )


def _days(reader: Reader, criterion: Criterion | None) -> dict[str, Any]:
    """The day that a criterion is counted on, and the days of the vacancy that it hangs on."""
    context = reader.context
    as_of = context.default_day
    span = None
    if "throughout" in reader:
        raw = reader.raw("throughout")
        if isinstance(raw, dict) and set(raw) == {"from", "to"}:
            inside = Reader(raw, reader.at("throughout"), context)
            ends = [parse_moment(inside.raw(key), inside.at(key), context) for key in ("from", "to")]
            for key in ("from", "to"):
                plain_moment(inside, key)
            if ends[0] is not None and ends[1] is not None:
                span = ends[0], ends[1]
            if "as_of" in reader.data:  # it is asked on every day of the span
                reader.no_effect("as_of")
        else:
            reader.problem("E209", "throughout")
    if criterion is None or isinstance(criterion, Group | Met):
        if span is not None and criterion is not None:
            reader.problem("E235", "throughout", on_key=True)
        return {}
    if span is not None and (_has_no_day(criterion) or _is_timeless(criterion)):
        reader.problem("E235", "throughout", on_key=True)
    if _has_no_day(criterion):
        if span is None and "as_of" in reader.data and not isinstance(criterion, Records):  # of a record question, told already
            reader.no_effect("as_of")
        if isinstance(criterion, OnDay):
            return {"steps": _steps((criterion.moment, *criterion.window.moments()))}
        if isinstance(criterion, Duration):
            days = (criterion.first, criterion.last)
            return {"names": tuple(sorted({one.name for one in days if one.name is not None})), "steps": _steps(days)}
        return {}
    if "as_of" in reader.data and not _counts_up_to(criterion):
        plain_moment(reader, "as_of")
    moments = set() if as_of is None else {as_of}
    if isinstance(criterion, Age):
        moments |= all_moments(inner(criterion)) | set(() if criterion.born is None else criterion.born.moments())
    else:
        moments |= all_moments(
            one for one in (criterion.members if isinstance(criterion, Together) else (criterion,)) if isinstance(one, Records)
        )
    return {
        "as_of": as_of,
        "throughout": span,
        "names": tuple(sorted({one.name for one in moments if one.name is not None and one.name != DAY_OF_SPAN})),
        "steps": _steps(moments),
    }


def _steps(moments: Iterable[Moment]) -> dict[str, tuple[Step, ...]]:
    """The steps to other days of the calendar, by the day of the vacancy that they begin with."""
    found: dict[str, set[Step]] = {}
    for one in moments:
        if one.name is not None and one.step is not None:
            found.setdefault(one.name, set()).add(one.step)
    return {name: tuple(sorted(steps)) for name, steps in found.items()}


def _has_no_day(criterion: Criterion) -> bool:
    """Whether it is the same on every day: a statement, a choice, a language or a home that no day changes."""
    if isinstance(criterion, Records):
        return _is_timeless(criterion) and not criterion.changing and not criterion.whose
    if isinstance(criterion, Choice):
        return criterion.where is None or not criterion.where.dynamic
    if isinstance(criterion, Declared):
        return not criterion.dated
    return isinstance(criterion, Judged | OnDay | Duration)


def _is_timeless(criterion: Criterion) -> bool:
    """Whether the profile gives no days to what is asked about: a language, a home."""
    return isinstance(criterion, Records) and criterion.about.timeless


def _counts_up_to(criterion: Criterion) -> bool:
    """Whether something is counted up to the day, so that the day itself may count or not: a length of time, a diploma."""
    if isinstance(criterion, Records):
        return not (criterion.on_day and criterion.measure in ("exists", "count", "credits"))
    return isinstance(criterion, Together)


# ----------------------------------------------------------------------------------------------- kinds


def _kind(reader: Reader) -> Criterion | None:
    kind = reader.raw("kind")
    if kind == "permanent_residence":
        return _permanent_residence(reader)
    if isinstance(kind, str) and kind in RECORD_KINDS:
        question = read_question(reader, RECORD_KINDS[kind])
        before = len(reader.context.problems)
        for key, measure in _MEASURED.items():  # these count time (or hours): without a bound they would be silently ignored
            if key not in reader.data or question.measure == measure:
                continue
            if question.bounds:  # `12 times` of a residence, where days worked there are to be added up
                bound = question.bounds[0]
                reader.problem("E217", bound.operator, value=written(reader.raw(bound.operator)), expected=measure)
                break
            if not any(operator in reader.data for operator in OPERATORS):  # else the bound itself is wrong, and told
                reader.problem("E201", key, what=key, lacking="at_least")
        if len(reader.context.problems) == before:
            refuse_unheard(reader, question, "criterion")
        if question.counted and question.bounds and not counts_months(question):
            reader.no_effect("counted")
        return question
    if kind == "age":
        return read_age(reader)
    if kind == "declared":
        return read_declared(reader)
    if kind == "judged":
        return Judged()
    if kind == "choice":
        return read_plain_choice(reader)
    if kind == "day":
        return read_on_day(reader)
    if kind == "duration":
        return read_duration(reader)
    allowed = sorted({*EVERY_KIND, *SHORT_FORMS})
    reader.problem("E202", "kind", word=written(kind), allowed=allowed)
    reader.asked |= set(reader.data)
    return None


def _permanent_residence(reader: Reader) -> Criterion | None:
    where = read_places(reader, "of", "place")
    bounds = parse_bounds(reader, ("time",))
    if where is None:
        reader.problem("E201", what="permanent_residence", lacking="of")
        return None
    return records_of(RECORD_KINDS["permit"], filters=(Terms("type", ("permanent",), vocabulary="permit_types"), where), bounds=bounds)


def _chosen(raw: Mapping[str, Any], path: Path, context: Context) -> Criterion | None:
    """`{chosen: internal}`: the choice of the vacancy that has that option, or the one that `of` names."""
    reader = Reader(raw, path, context)
    if "of" in reader:
        name = reader.text("of")
        if name is not None and name in context.choices:
            return read_choice(reader, "chosen", name)
        reader.problem("E214", "of", word=str(name), allowed=sorted(context.choices))
        return None
    options = [as_word(option) for _, option in reader.entries("chosen")]
    holding = [name for name, known in context.choices.items() if known is not None and all(option in known for option in options)]
    if options and len(holding) == 1:
        return read_choice(reader, "chosen", holding[0])
    if len(holding) > 1:
        reader.problem("E201", "chosen", what="chosen", lacking="of")
        return None
    every = sorted({option for known in context.choices.values() if known is not None for option in known})
    reader.problem("E214", "chosen", word=options[0] if options else "", allowed=every)
    return None


def _group(reader: Reader, key: str) -> Criterion | None:
    context = reader.context
    if key == "met":
        target = reader.text("met")
        if target is None:
            return None
        context.references.append((target, reader.at("met")))
        met = Met(target=target, day=context.default_day)
        context.met.append(met)
        return met
    raw = reader.raw(key)
    if isinstance(raw, dict):  # `any_of:` whose entries do not begin with a dash
        reader.problem("E204", key, on_key=True, expected="criteria", value=key)
        return None
    if not isinstance(raw, list) or not raw:
        reader.problem("E211", key)
        return None
    return _members(reader, key, raw)


def _same_works(reader: Reader, key: str, same: str, members: Iterable[Criterion | None]) -> None:
    """Refuses `same` where it joins nothing: outside `all_of`, or where not two members have such a value."""
    if key != "all_of":
        reader.no_effect("same")
        return
    if same == OF_RELATIVE:
        if not _of_one_relative(reader.raw(key), members):
            reader.problem("E241", "same", word=same, form="relative")
        return
    questions = [one for member in members if member is not None for one in leaves(member) if isinstance(one, Records)]
    if not all(one.about.has(same) for one in questions) or len(questions) < 2:
        reader.problem("E241", "same", word=same)


def _of_one_relative(raw: list[Any], members: Iterable[Criterion | None]) -> bool:
    """Whether members ask one and the same relative, in all their parts, and there has to be one."""
    asked = [one for member in members if member is not None for one in leaves(member)]
    whose = {frozenset(values) for values in _whose(raw)}
    return (
        len(asked) > 1
        and len(whose) == 1
        and all(isinstance(one, Records) and one.whose and not (one.of_relatives or one.of_both) for one in asked)
        and not _names_another(raw)
        and any(member is not None and _asks_for_some(member) for member in members)
    )


def _whose(raw: Any) -> Iterator[list[str]]:
    """The relatives that are asked about, wherever something is."""
    if isinstance(raw, dict):
        if "whose" in raw:
            yield [as_word(one) for one in (raw["whose"] if isinstance(raw["whose"], list) else [raw["whose"]])]
        for one in raw.values():
            yield from _whose(one)
    elif isinstance(raw, list):
        for one in raw:
            yield from _whose(one)


def _names_another(raw: Any) -> bool:
    """Whether a part asks a criterion that is written elsewhere, of whomever that is."""
    inside = raw.values() if isinstance(raw, dict) else raw if isinstance(raw, list) else ()
    return (isinstance(raw, dict) and "met" in raw) or any(map(_names_another, inside))


def _asks_for_some(criterion: Criterion) -> bool:
    """Whether somebody who has nothing surely does not meet it."""
    if not criterion.plain:
        return False
    if isinstance(criterion, Group):
        how = all if criterion.choice else {"all_of": any, "any_of": all}.get(criterion.kind)
        return how is not None and how(map(_asks_for_some, criterion.members))
    return isinstance(criterion, Records) and not criterion.maxima


def _scales(raw: Any) -> Iterator[str]:
    """The scales on which some alternatives, as they are written, ask for the mark of a degree."""
    if isinstance(raw, list):
        for one in raw:
            yield from _scales(one)
    elif isinstance(raw, dict):
        if raw.get("kind") in ("degree", "exam") and isinstance(raw.get("grade"), dict):
            yield from (str(scale) for marks in raw["grade"].values() if isinstance(marks, dict) for scale in marks)
        for one in raw.values():
            yield from _scales(one)


def _members(reader: Reader, key: str, raw: list[Any]) -> Criterion | None:
    context = reader.context
    if key == "together":
        parts = [context.records(entry, (*reader.at(key), index), "together") for index, entry in enumerate(raw)]
        return Together(members=tuple(part for part in parts if part is not None)) if all(parts) else None
    outer = context.scales
    if key == "any_of" and not outer:
        context.scales = frozenset(_scales(raw))
    members = [parse_criterion(entry, (*reader.at(key), index), context) for index, entry in enumerate(raw)]
    context.scales = outer
    how_many = 1
    if key == "any_of" and "how_many" in reader:
        how_many = reader.typed("how_many", int, "whole_number")
        how_many = 1 if how_many is None else how_many
        if not 1 <= how_many <= len(raw):
            reader.problem("E220", "how_many", most=len(raw))
    same = reader.one_of("same", SAME, "") or None
    if any(member is None for member in members):
        return None
    if same is not None:
        _same_works(reader, key, same, members)
    return Group(kind=key, members=tuple(member for member in members if member is not None), how_many=how_many, same=same)
