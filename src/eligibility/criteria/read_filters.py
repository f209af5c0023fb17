"""Reading filters: what an author writes about one attribute of a record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eligibility.criteria.bounds import OPERATORS, Bound, parse_quantity
from eligibility.criteria.filters import DateIn, Filter, Flag, FullTime, GradeFilter, HeldInto, MoneyFilter, Numbers, Tags, Terms
from eligibility.criteria.filters_languages import SKILLS, LanguageLevel, LanguageOf, Scores
from eligibility.criteria.filters_places import Places, Recognised
from eligibility.criteria.read_days import parse_bounds, parse_window
from eligibility.criteria.reader import Context, Path, Reader, written
from eligibility.criteria.records import Kind
from eligibility.dates import FOREVER, LONG_AGO, parse_days
from eligibility.reference import Reference

SKILL_GROUPS = {
    "understanding": ("listening", "reading"),
    "speaking": ("spoken_interaction", "spoken_production"),
    "oral": ("listening", "spoken_interaction", "spoken_production"),
}
_ATTRIBUTES = {"in": "place", "issued": "start", "expires": "end", "ended": "end", "started": "start", "born": "start"}


def known_term(word: Any, vocabulary: str, reader: Reader, key: str) -> bool:
    if isinstance(word, str) and reader.context.reference.is_term(vocabulary, word):
        return True
    reader.problem("E205", key, word=str(word), allowed=sorted(reader.context.reference.vocabulary(vocabulary)))
    return False


def read_filters(reader: Reader, kind: Kind) -> tuple[Filter, ...]:
    found: list[Filter | None] = []
    for key, form in kind.filters.items():
        if key not in reader or form == "skills":
            continue
        found.append(_filter(reader, key, form))
    if "skills" in kind.filters and "skills" in reader and "level" not in reader.data:
        reader.problem("E201", "skills", what="skills", lacking="level")
    return tuple(one for one in found if one is not None)


def _filter(reader: Reader, key: str, form: str) -> Filter | None:
    attribute = _ATTRIBUTES.get(key, key)
    form, _, detail = form.partition(":")
    if form == "flag" or form == "full_time":
        value = reader.flag(key)
        return None if value is None else (FullTime if form == "full_time" else Flag)(attribute, value)
    if form in ("place", "recognised"):
        return read_places(reader, key, detail or attribute, Recognised if form == "recognised" else Places)
    if form in ("terms", "tree", "names"):
        return _terms(reader, key, attribute, form, detail)
    if form in ("number", "level"):
        return _numbers(reader, key, attribute, "level_or_bounds" if form == "level" else "number_or_bounds")
    if form in ("date", "held"):
        window = parse_window(reader.raw(key), reader.at(key), reader.context)
        return None if window is None else (HeldInto if form == "held" else DateIn)((attribute,), window)
    if form == "money":
        raw = reader.typed(key, dict, "bound")
        if raw is None:
            return None
        inner = Reader(raw, reader.at(key), reader.context)
        amounts = parse_bounds(inner)
        inner.unknown_keys(key)
        return MoneyFilter(attribute, raw, amounts)
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
        known_term(test, "tests", reader, key)
    for test, score in scores.items():
        if not isinstance(score, int | float) or isinstance(score, bool):
            reader.context.problem("E204", (*reader.at(key), test), expected="number", value=written(score))
    return Scores({name: float(score) for name, score in scores.items() if isinstance(score, int | float)})


def _numbers(reader: Reader, key: str, attribute: str, expected: str) -> Filter | None:
    raw = reader.raw(key)
    if isinstance(raw, dict):
        inner = Reader(raw, reader.at(key), reader.context)
        bounds = parse_bounds(inner, ("number",))
        inner.unknown_keys(key)
        if not raw:
            reader.problem("E204", key, expected=expected, value="{}")
        return Numbers(attribute, raw, bounds)
    values = raw if isinstance(raw, list) else [raw]
    if not values or not all(isinstance(value, int | float) and not isinstance(value, bool) for value in values):
        reader.problem("E204", key, expected=expected, value=written(raw))
        return None
    return Numbers(attribute, tuple(values), ())


def _grade(reader: Reader, key: str, attribute: str) -> Filter | None:
    raw = reader.typed(key, dict, "bound")
    if raw is None:
        return None
    found: list[tuple[str, Bound]] = []
    for operator, marks in raw.items():
        if operator not in OPERATORS or not isinstance(marks, dict):
            reader.problem("E207", key, value=written(raw), example="{at_least: {percent: 75}}")
            return None
        for scale, value in marks.items():
            quantity = parse_quantity(value)
            if quantity is None:
                reader.problem("E207", key, value=written(value), example="75")
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
            reader.context.problem("E205", (*reader.at(key), "said"), word=str(raw["said"]), allowed=sorted(reference.said_terms()))
            return None
        return LanguageLevel(raw, (known[0], known[1]), tuple(skills) or SKILLS)
    if isinstance(raw, dict) and set(raw) == {"at_least"}:
        rank = reference.cefr_rank(str(raw["at_least"]))
        if rank is not None:
            return LanguageLevel(raw, (rank, rank), tuple(skills) or SKILLS)
    guess = f"{{at_least: {raw}}}" if isinstance(raw, str) and reference.cefr_rank(raw) is not None else None
    reader.problem("E221", key, value=written(raw), suggestion=guess, said=sorted(reference.said_terms()))
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
            found_language = reference.find_language(str(word))
            guess = found_language.id or next(iter(found_language.suggestions), None)
            reader.context.problem("E222", path, word=written(word), suggestion=guess)
    return tuple(found)


def _selection(reader: Reader, key: str) -> tuple[list[tuple[Path, Any]], list[str], dict[str, Any]]:
    """The ids a filter names, each with its path; the lists of the vacancy it names; and how: `except`, `chosen`, `or_related`."""
    raw = reader.raw(key)
    if not isinstance(raw, dict):
        if not reader.entries(key):
            reader.problem("E211", key)
        return *_with_lists(reader.entries(key), reader), {}
    inner = Reader(raw, reader.at(key), reader.context)
    how: dict[str, Any] = {}
    entries: list[tuple[Path, Any]] = []
    lists: list[str] = []
    if "except" in inner:
        how["excluded"] = True
        entries, lists = _with_lists(inner.entries("except"), reader)
    elif "any" in inner or "list" in inner:
        entries, lists = _with_lists(inner.entries("any"), reader)
        how["open_ended"] = bool(inner.flag("or_related"))
        lists += _named_list(inner)
    elif "chosen" in inner:
        name = inner.text("chosen")
        if name not in reader.context.choices:
            inner.problem("E214", "chosen", word=str(name), allowed=sorted(reader.context.choices))
        else:
            how["chosen"] = name
    inner.unknown_keys(key)
    if not entries and not lists and not {"list", "chosen"} & set(raw) and not _names_a_list(raw):
        inner.problem("E204", expected="ids", value=written(raw))
    return entries, lists, how


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


def declared_words(context: Context) -> dict[str, tuple[str, ...]]:
    """The words that the vacancy declares: those of its lists, and the options of its choices."""
    return {option: () for options in context.choices.values() for option in options or ()} | listed_words(context.lists)


def listed_words(lists: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The ids of the lists of a vacancy, with what they are called there."""
    found: dict[str, tuple[str, ...]] = {}
    for entries in lists.values():
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, str):
                found.setdefault(entry, ())
            elif isinstance(entry, dict) and isinstance(entry.get("id"), str):
                label = entry.get("label")
                names = label.values() if isinstance(label, dict) else [label]
                found[entry["id"]] = tuple(name for name in names if isinstance(name, str))
    return found


def _terms(reader: Reader, key: str, attribute: str, form: str, detail: str) -> Filter | None:
    reference = reader.context.reference
    entries, lists, how = _selection(reader, key)
    own = declared_words(reader.context)
    wanted: list[str] = []
    for path, word in entries:
        if not isinstance(word, str):
            reader.context.problem("E204", path, expected="id", value=written(word))
            continue
        if form == "tree" and not reference.is_in_tree(detail, word):  # so that an editor, too, tells a misspelt one
            holding = next((name for name, listed in reader.context.lists.items() if word in listed_words({name: listed})), None)
            guess: dict[str, Any] = {} if holding is None else {"suggestion": f"{{list: {holding}}}"}
            reader.context.problem("E205", path, word=word, allowed=sorted(reference.tree(detail)), **guess)
        elif form == "terms" and not reference.is_term(detail, word) and word not in own:
            reader.context.problem("E205", path, word=word, allowed=sorted({*reference.vocabulary(detail), *own}))
        wanted.append(word)
    for name in lists:
        wanted += [str(entry.get("id", entry)) if isinstance(entry, dict) else str(entry) for entry in reader.context.lists[name]]
    return Terms(
        attribute, tuple(dict.fromkeys(wanted)), vocabulary=detail or None if form != "tree" else None,
        tree=detail if form == "tree" else None, known=own, **how,
    )  # fmt: skip


def place_meant(word: str, reference: Reference) -> dict[str, Any]:
    """What a problem with a place tells of it: the code probably meant, or the names of the groups for the nearest of them."""
    word = word.strip("“”„«»‘’")  # the quotes of a word processor belong to the text for YAML
    found = reference.find_place(word)
    guess = found.id or next(iter(found.suggestions), None)
    for group in reference.groups():  # `Union européenne`, `UE`
        names = [reference.label("group", group, language).casefold() for language in ("en", "fr")]
        if word.casefold() in (*names, *("".join(part[0] for part in name.split()) for name in names)):
            guess = guess or group
    return {"suggestion": guess} if guess else {"allowed": sorted(reference.groups())}


def read_places(reader: Reader, key: str, attribute: str, form: type[Places] = Places) -> Places | None:
    reference = reader.context.reference
    if key not in reader:
        return None
    entries, lists, how = _selection(reader, key)
    how.pop("open_ended", None)
    wanted, groups, listed = [], [], []
    for path, word in entries:
        if isinstance(word, str) and reference.is_group(word):
            groups.append(word)
        elif not (isinstance(word, str) and reference.is_place(word)):
            reader.context.problem("E223", path, word=written(word), **place_meant(str(word), reference))
            continue
        wanted.append(word)
    for name in lists:
        for entry in reader.context.lists[name]:
            country = entry.get("country") if isinstance(entry, dict) else entry
            first = parse_days(str(entry["from"])).first if isinstance(entry, dict) and "from" in entry else LONG_AGO
            last = parse_days(str(entry["to"])).last if isinstance(entry, dict) and "to" in entry else FOREVER
            listed.append((str(country), first, last))
    return form(attribute, tuple(wanted), listed=tuple(listed), groups=tuple(groups), **how)
