"""Reading filters: what an author writes about one attribute of a record."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from eligibility.language.kind import Kind
from eligibility.language.skills import SKILL_GROUPS, SKILLS
from eligibility.profile import SOURCES
from eligibility.question.filters import (
    WORD,
    Flag,
    FullTime,
    HeldInto,
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
from eligibility.question.grammar import Bound, DateIn, Filter
from eligibility.question.others import Choice
from eligibility.question.quantity import Quantity
from eligibility.reading.days import by_choice, parse_bounds, parse_window
from eligibility.reading.lists import declared_words, listed_ids, listed_places, listed_words, listing_names, place_meant, wider_words
from eligibility.reading.marks import read_grade, read_scores
from eligibility.reading.reader import Context, Path, Reader, as_word, written
from eligibility.reading.value_forms import SAME_FORMS, VALUE_FORMS, unfit

_ATTRIBUTES = {"in": "place", "issued": "start", "expires": "end", "ended": "end", "started": "start", "born": "start",
               "taken": "start"}  # fmt: skip

NAMED = frozenset(key for source in SOURCES.values() for key in source.names)
"""Attributes that hold the name of an employer, a school or a programme."""


def known_term(word: Any, vocabulary: str, reader: Reader, key: str) -> bool:
    if isinstance(word, str) and reader.context.reference.is_term(vocabulary, word):
        return True
    allowed = sorted(reader.context.reference.vocabulary(vocabulary))
    reader.problem("E205", key, word=written(word), allowed=allowed, **_called(word, vocabulary, reader.context))
    return False


def _called(word: Any, vocabulary: str, context: Context) -> dict[str, Any]:
    """What a word is called here that a profile may write for it: `mother` is a `parent`, an MSc a `master`."""
    found = context.reference.find_term(vocabulary, word, suggest=False).id if isinstance(word, str) else None
    return {} if found is None else {"suggestion": found}


def read_filters(reader: Reader, kind: Kind) -> tuple[Filter, ...]:
    found: list[Filter | None] = []
    for key, form in kind.filters.items():
        if key not in reader or form in ("skills", "valid"):
            continue
        found.append(_filter(reader, key, form))
    if "skills" in kind.filters and "skills" in reader and "level" not in reader.data:
        reader.problem("E201", "skills", what="skills", lacking="level")
    if "valid" in kind.filters and "valid" in reader and "test" not in reader.data:
        reader.problem("E201", "valid", what="valid", lacking="test")
    return tuple(one for one in found if one is not None)


def _filter(reader: Reader, key: str, form: str) -> Filter | None:
    attribute = _ATTRIBUTES.get(key, key)
    form, _, detail = form.partition(":")
    if unfit(reader.raw(key), SAME_FORMS.get(form, form), reader.at(key), reader.context):
        return None
    if form == "flag" or form == "full_time":
        value = reader.flag(key)
        return None if value is None else (FullTime if form == "full_time" else Flag)(attribute, value)
    if form in ("place", "recognised"):
        return read_places(reader, key, detail or attribute, Recognised if form == "recognised" else Places, form)
    if form in ("terms", "tree", "names"):
        return _terms(reader, key, attribute, form, detail)
    if form in ("number", "level"):
        return _numbers(reader, key, attribute, "level_or_bounds" if form == "level" else "number_or_bounds")
    if form in ("date", "held"):
        window = parse_window(reader.raw(key), reader.at(key), reader.context)
        return None if window is None else (HeldInto if form == "held" else DateIn)(attribute, window, (attribute,))
    if form == "money":
        raw = reader.typed(key, dict, "bound")
        if raw is None:
            return None
        inner = Reader(raw, reader.at(key), reader.context)
        amounts = parse_bounds(inner, moved_by=())
        inner.unknown_keys(key)
        for bound in amounts:
            if not bound.measure.startswith("money:"):
                inner.problem("E217", bound.operator, value=written(raw[bound.operator]), expected="money")
        if not raw:
            reader.problem("E204", key, expected="bound", value="{}")
        return MoneyFilter(attribute, raw, amounts)
    if form == "grade":
        return read_grade(reader, key, attribute)
    if form == "tags":
        return _tags(reader, key, attribute)
    if form == "language":
        return _languages(reader, key, attribute)
    if form == "language_of":
        return _languages(reader, key, "language")
    if form == "cefr":
        return _cefr(reader, key)
    assert form == "test", form
    return read_scores(reader, key)


def _numbers(reader: Reader, key: str, attribute: str, expected: str) -> Filter | None:
    raw = reader.raw(key)
    numbered = WorkingTime if attribute == "rate" else Numbers
    if isinstance(raw, dict):
        inner = Reader(raw, reader.at(key), reader.context)
        bounds = parse_bounds(inner, ("number",), moved_by=("to",))
        inner.unknown_keys(key)
        if not raw:
            reader.problem("E204", key, expected=expected, value="{}")
        for bound in bounds:
            quantities = [bound.quantity] if bound.quantity is not None else bound.by[1].values() if bound.by is not None else ()
            for quantity in quantities:
                _in_range(attribute, quantity.amount, inner.at(bound.operator), reader.context, expected)
        return numbered(attribute, raw, bounds)
    values = raw if isinstance(raw, list) else [raw]
    if not values or not all(isinstance(value, int | float) and not isinstance(value, bool) for value in values):
        reader.problem("E204", key, expected=expected, value=written(raw))
        return None
    for value in values:
        _in_range(attribute, value, reader.at(key), reader.context, expected)
    return numbered(attribute, tuple(values), ())


_RANGES = {"level": (1, 8), "gives_access_to": (1, 8), "rate": (0, 100), "hours_per_week": (0, 168)}
"""What a number of a profile can be: a bound beyond it decides about everybody."""


def _in_range(attribute: str, number: float, path: Path, context: Context, expected: str) -> None:
    least, most = _RANGES.get(attribute, (0, math.inf))
    if expected == "level_or_bounds":
        if not (least <= number <= most and number == int(number)):
            context.problem("E204", path, expected=expected, value=written(number))
    elif not least <= number <= most:
        limit = {"expected": "at_least", "limit": least} if number < least else {"expected": "at_most", "limit": most}
        context.problem("E204", path, value=written(number), **limit)


def _cefr(reader: Reader, key: str) -> Filter | None:
    reference = reader.context.reference
    raw = reader.raw(key)
    skills: list[str] = []
    for path, skill in reader.entries("skills"):
        if unfit(skill, "skills", path, reader.context):
            continue
        if not isinstance(skill, str):
            reader.context.problem("E204", path, expected="text", value=written(skill))
        elif skill in SKILL_GROUPS:
            skills += SKILL_GROUPS[skill]
        elif skill in SKILLS:
            skills.append(skill)
        else:
            reader.context.problem("E205", path, word=skill, allowed=sorted({*SKILLS, *SKILL_GROUPS}))
    if isinstance(raw, dict) and set(raw) == {"said"}:
        known = reference.said(str(raw["said"]))
        if known is None:
            reader.context.problem("E205", (*reader.at(key), "said"), word=written(raw["said"]), allowed=sorted(reference.said_terms()))
            return None
        return LanguageLevel("level", raw, (known[0], known[1]), tuple(skills) or SKILLS)
    if isinstance(raw, dict) and set(raw) == {"at_least"}:
        if isinstance(raw["at_least"], dict):
            by = by_choice(
                raw["at_least"], (*reader.at(key), "at_least"), reader.context, lambda value, at: _level_of(value, at, reader.context)
            )
            return None if by is None else LanguageLevel("level", raw, (0, 0), tuple(skills) or SKILLS, Bound("at_least", None, by))
        rank = reference.cefr_rank(str(raw["at_least"]))
        if rank is not None:
            return LanguageLevel("level", raw, (rank, rank), tuple(skills) or SKILLS)
    guess = f"{{at_least: {raw}}}" if isinstance(raw, str) and reference.cefr_rank(raw) is not None else None
    reader.problem("E221", key, value=written(raw), suggestion=guess, said=sorted(reference.said_terms()))
    return None


def _level_of(value: Any, path: Path, context: Context) -> Quantity | None:
    """The rank of a level that one option of a choice asks for."""
    rank = context.reference.cefr_rank(value) if isinstance(value, str) else None
    if rank is None:
        context.problem("E205", path, word=written(value), allowed=list(context.reference.levels()))
        return None
    return Quantity(WORD, rank, value)


def _languages(reader: Reader, key: str, attribute: str) -> Filter:
    reference = reader.context.reference
    selected = _selection(reader, key, "language")
    entries = list(selected.entries)
    for name in selected.lists:
        entries += [(("lists", name, index), word) for index, word in enumerate(reader.context.lists[name])]
    found: list[str] = []
    for path, word in entries:
        if isinstance(word, str) and reference.is_language(word):
            found.append(word)
        elif isinstance(word, str) and reference.is_group(word) and reference.languages_of(word):
            found += sorted(reference.languages_of(word))
        else:
            found_language = reference.find_language(str(word))
            guess = found_language.id or next(iter(found_language.suggestions), None)
            reader.context.problem("E222", path, word=written(word), suggestion=guess, sure=found_language.id is not None)
    return LanguageOf(attribute, tuple(found), selected.excluded, selected.chosen)


class Selected(NamedTuple):
    """What a filter of words names: ids, each with its path, lists of the vacancy, and how they are meant."""

    entries: list[tuple[Path, Any]]
    lists: list[str]
    excluded: bool = False
    open_ended: bool = False
    chosen: str | None = None
    alternatives: bool = False
    """Whether they are written as alternatives: `any`, or a list of the vacancy."""


def _selection(reader: Reader, key: str, form: str) -> Selected:
    raw = reader.raw(key)
    if not isinstance(raw, dict):
        if not reader.entries(key):
            reader.problem("E211", key)
        return Selected(*_with_lists(reader.entries(key), reader))
    inner = Reader(raw, reader.at(key), reader.context)
    forms = VALUE_FORMS[form]
    found = Selected([], [])
    if "except" in inner and isinstance(raw["except"], dict) and "chosen" in raw["except"]:
        found = Selected([], [], excluded=True, chosen=_chosen(Reader(raw["except"], inner.at("except"), reader.context), form))
    elif "except" in inner:
        found = Selected(*_with_lists(inner.entries("except"), reader), excluded=True)
    elif "any" in inner or "list" in inner:
        entries, lists = _with_lists(inner.entries("any"), reader)
        if "or_related" in raw and "or_related" not in forms:
            inner.no_effect("or_related")
        found = Selected(entries, lists + _named_list(inner), open_ended=bool(inner.flag("or_related")), alternatives=True)
    elif "chosen" in inner:
        found = Selected([], [], chosen=_chosen(inner, form))
    before = len(reader.context.problems)
    inner.unknown_keys(key)
    told = len(reader.context.problems) > before or (found.excluded and isinstance(raw["except"], dict))
    if not told and not found.entries and not found.lists and not {"list", "chosen"} & set(raw) and not _names_a_list(raw):
        inner.problem("E204", expected="ids", value=written(raw))
    return found


def _chosen(reader: Reader, form: str) -> str | None:
    """The choice of `{chosen: CHOICE}`, whose option is compared with; None where it cannot be."""
    name, context = reader.text("chosen"), reader.context
    before = len(context.problems)
    reader.unknown_keys("bound")
    if "chosen" not in VALUE_FORMS[form]:
        reader.no_effect("chosen")
    elif name is None or name not in context.choices:
        reader.problem("E214", "chosen", word=str(name), allowed=sorted(context.choices))
    elif not _fits(name, form, context):
        reader.problem("E242", "chosen", word=name, expected=f"choice_of_{_CHOICES.get(form, 'words')}")
    return name if len(context.problems) == before else None


_CHOICES = {"place": "countries", "recognised": "countries", "language": "languages"}


def _fits(choice: str, form: str, context: Context) -> bool:
    """Whether what a choice offers is what a filter of this form compares: countries, languages or words."""
    options, reference = context.choices[choice], context.reference
    match _CHOICES.get(form):
        case "countries":
            return options is None or all(reference.is_place(one) or reference.is_group(one) for one in options)
        case "languages":
            return options is not None and all(map(reference.is_language, options))
    return options is not None


def read_choice(reader: Reader, key: str, name: str) -> Choice | None:
    """What is asked of a choice: options of it, or, of a country, places and groups."""
    options = reader.context.choices[name]
    before = len(reader.context.problems)
    other = _other_choice(reader.raw(key))
    if other == name:
        reader.problem("E242", key, word=name, expected="choice_another")
        return None
    if options is None or (other in reader.context.choices and reader.context.choices[other] is None):
        if options is not None and not _fits(name, "place", reader.context):
            reader.problem("E242", key, word=str(other), expected="choice_of_same_options")
            return None
        where = read_places(reader, key, "choice")
        return Choice(choice=name, where=where) if len(reader.context.problems) == before else None
    found = _selection(reader, key, "choice")
    if found.chosen is not None:
        shared = tuple(option for option in options if option in (reader.context.choices[found.chosen] or ()))
        if not shared:
            reader.problem("E242", key, word=found.chosen, expected="choice_of_same_options")
            return None
        return Choice(choice=name, other=found.chosen, options=shared, excluded=found.excluded)
    wanted = [(path, as_word(word)) for path, word in found.entries]
    wanted += [(reader.at(key), word) for listed in found.lists for word in listed_ids(listed, reader.context)]
    for path, word in wanted:
        if word not in options:
            reader.context.problem("E214", path, word=word, allowed=sorted(options))
    chosen = tuple(word for _, word in wanted)
    return Choice(choice=name, options=chosen, excluded=found.excluded) if len(reader.context.problems) == before else None


def _other_choice(raw: Any) -> Any:
    """The choice that another one is compared with, as it is written."""
    inside = raw.get("except", raw) if isinstance(raw, dict) else None
    name = inside.get("chosen") if isinstance(inside, dict) else None
    return name if isinstance(name, str) else None


def _names_a_list(raw: Mapping[str, Any]) -> bool:
    """Whether an entry of a selection names a list, even one that does not exist: told as such already."""
    return any(isinstance(one, dict) and "list" in one for part in raw.values() for one in (part if isinstance(part, list) else [part]))


def _with_lists(entries: list[tuple[Path, Any]], reader: Reader) -> tuple[list[tuple[Path, Any]], list[str]]:
    """Ids, and among them `{list: name}`: all that a list of the vacancy holds."""
    ids, lists = [], list[str]()
    for path, entry in entries:
        if isinstance(entry, dict) and set(entry) == {"list"}:
            lists += _named_list(Reader(entry, path, reader.context))
        else:
            ids.append((path, entry))
    return ids, lists


def _named_list(reader: Reader) -> list[str]:
    if "list" not in reader:
        return []
    name = reader.text("list")
    if name in reader.context.lists:
        return [str(name)]
    reader.problem("E215", "list", word=str(name), allowed=sorted(reader.context.lists))
    return []


def _told_words(context: Context) -> set[str]:
    """The words of the notice's own lists that may be meant: no countries."""
    return {word for word in listed_words(context.lists) if not context.reference.is_place(word)}


def _terms(reader: Reader, key: str, attribute: str, form: str, detail: str) -> Filter | None:
    reference = reader.context.reference
    found = _selection(reader, key, form)
    own = declared_words(reader.context)
    wanted: list[str] = []
    for path, word in found.entries:
        if not isinstance(word, str):
            reader.context.problem("E204", path, expected="id", value=written(word))
            continue
        if form == "tree" and not reference.is_in_tree(detail, word):  # so that an editor, too, tells a misspelt one
            holding = next((name for name, listed in reader.context.lists.items() if word in listed_words({name: listed})), None)
            guess: dict[str, Any] = {"suggestion": f"{{list: {holding}}}"}
            if holding is None:
                guess = {"form": "of_the_notice", **_called(word, detail, reader.context)}
            reader.context.problem("E205", path, word=word, allowed=sorted(reference.tree(detail)), **guess)
        elif form == "terms" and not reference.is_term(detail, word) and word not in own:
            reader.context.problem(
                "E205",
                path,
                word=word,
                allowed=sorted({*reference.vocabulary(detail), *_told_words(reader.context)}),
                form="of_the_notice",
                **_called(word, detail, reader.context),
            )
        wanted.append(word)
    for name in found.lists:
        wanted += listed_ids(name, reader.context)
    if attribute in NAMED:
        return Names(
            attribute, tuple(dict.fromkeys(wanted)), closed=listing_names(reader.context.lists), vocabulary=detail or None, names=own,
            wider=wider_words(reader.context.lists), excluded=found.excluded, open_ended=found.open_ended, chosen=found.chosen,
        )  # fmt: skip
    return Terms(
        attribute, tuple(dict.fromkeys(wanted)), vocabulary=detail or None if form != "tree" else None,
        tree=detail if form == "tree" else None, names=own, wider=wider_words(reader.context.lists),
        excluded=found.excluded, open_ended=found.open_ended, chosen=found.chosen,
    )  # fmt: skip


def _tags(reader: Reader, key: str, attribute: str) -> Filter:
    found = _selection(reader, key, "tags")
    wanted = list(reader.named(found.entries))
    own = {word: tuple(names) for word, names in declared_words(reader.context).items()}
    for narrow, above in wider_words(reader.context.lists).items():  # a narrower one is there where the wider one is asked for
        own |= {wide: (*own.get(wide, ()), narrow, *own.get(narrow, ())) for wide in above}
    if found.lists and not (found.excluded or found.alternatives):  # of several tags every one is asked for, of a list any
        reader.problem("E204", key, expected="tags", value=written(reader.raw(key)))
    for name in found.lists:
        wanted += listed_ids(name, reader.context)
    return Tags(attribute, tuple(wanted), names=own, every=not found.alternatives, excluded=found.excluded, chosen=found.chosen)


def read_places(reader: Reader, key: str, attribute: str, kind: type[Places] = Places, form: str = "place") -> Places | None:
    reference = reader.context.reference
    if key not in reader:
        return None
    found = _selection(reader, key, form)
    wanted: list[str] = []
    groups: list[str] = []
    listed: list[tuple[str, int, int]] = []
    for path, word in found.entries:
        if isinstance(word, str) and reference.is_group(word):
            groups.append(word)
        elif not (isinstance(word, str) and reference.is_place(word)):
            reader.context.problem("E223", path, word=written(word), **place_meant(str(word), reference))
            continue
        wanted.append(word)
    for name in found.lists:
        listed += listed_places(name, reader.context)
    groups += [place for place, _, _ in listed if reference.is_group(place)]
    return kind(
        attribute, tuple(wanted), excluded=found.excluded, chosen=found.chosen, listed=tuple(listed), changing=tuple(dict.fromkeys(groups))
    )
