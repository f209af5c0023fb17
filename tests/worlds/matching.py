"""Filters: whether one record is of the kind asked for, in one world, on one day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from difflib import SequenceMatcher
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from eligibility.reference.spelling import fold

from .calendar_days import FIRST, LAST, add_months, compare, interval
from .language import BOUNDS, MOVED, SKILL_GROUPS, SKILLS, SOURCES
from .record import REFERENCE, Record
from .world import UnknownKey

if TYPE_CHECKING:
    from .evaluate import Asked, Evaluation

_LEGAL_FORMS = re.compile(r"\b(inc|ltd|llc|plc|gmbh|ag|s\.?a|sas|sarl|srl|spa|bv|nv|co|corp)\b\.?", re.IGNORECASE)


class Selection:
    """What a filter of words names: entries, and how they are meant."""

    def __init__(self, raw: Any, evaluation: Evaluation) -> None:
        self.excluded = self.open_ended = False
        self.entries: list[Any] = []
        if not isinstance(raw, dict):
            self._add(raw, evaluation)
        elif set(raw) == {"except"}:
            self.excluded = True
            if isinstance(raw["except"], dict) and set(raw["except"]) == {"chosen"}:
                self.entries.append(evaluation.choice(raw["except"]["chosen"]))
            else:
                self._add(raw["except"], evaluation)
        elif set(raw) == {"chosen"}:
            self.entries.append(evaluation.choice(raw["chosen"]))
        elif raw and set(raw) <= {"any", "list", "or_related"} and {"any", "list"} & set(raw):
            self.open_ended = bool(raw.get("or_related"))
            if "any" in raw:
                self._add(raw["any"], evaluation)
            if "list" in raw:
                self._add({"list": raw["list"]}, evaluation)
        else:
            raise UnknownKey(f"form {sorted(raw)}")

    def _add(self, raw: Any, evaluation: Evaluation) -> None:
        for entry in raw if isinstance(raw, list) else [raw]:
            if isinstance(entry, dict) and set(entry) == {"list"}:
                if entry["list"] not in evaluation.lists:
                    raise UnknownKey(f"list {entry['list']}")
                self.entries += evaluation.lists[entry["list"]]
            elif isinstance(entry, str):
                self.entries.append(entry)
            else:
                raise UnknownKey(f"entry {entry!r}")


def holds(evaluation: Evaluation, record: Record, spec: tuple[str, ...], wanted: Any, asked: Asked, on: int, own: dict[str, Any]) -> bool:
    """One filter. `asked` is the day of the question, `on` the day on which what changes with time is read, `own` the question."""
    field, form, *more = spec
    world = evaluation.world
    match form:
        case "flag":
            return bool(record.get(field)) == wanted
        case "full_time":
            return record.full_time(evaluation.full_week(own)) == wanted
        case "place":
            return place(evaluation, record.get(field), wanted, on)
        case "recognised":
            return recognised(evaluation, record, wanted, asked.day)
        case "terms" | "tree" | "names" | "words":
            return words(evaluation, record, field, form, more[0] if more else None, wanted)
        case "number":
            return number(evaluation, record, field, wanted, asked)
        case "date":
            return any(first <= record_date(record, field) <= last for first, last in evaluation.window(wanted, asked))
        case "held":
            return any(record.first() <= last and record.last() >= first for first, last in evaluation.window(wanted, asked))
        case "grade":
            return grade(evaluation, record, wanted)
        case "money":
            return money(evaluation, record, wanted, asked)
        case "tags":
            return tags(evaluation, record, wanted)
        case "language":
            return language(record.get(field), wanted, evaluation)
        case "cefr":
            return level(evaluation, record, wanted, own.get("skills"))
        case "test":
            return test(evaluation, record, wanted, own, asked)
    raise UnknownKey(f"{form} in {world}")


def record_date(record: Record, field: str) -> int:
    """The day that a date filter looks at; what goes on has not ended, and what does not expire is good for longer than any day."""
    if field == "start":
        return record.first()
    if field == "end":
        day = record.last()
        return LAST + 1_000_000 if day == LAST and SOURCES[record.source].end != "expires" else day
    return record.date(field)


# ----------------------------------------------------------------------------------------------------- places


def place(evaluation: Evaluation, value: Any, wanted: Any, on: int) -> bool:
    """Whether a place, or one of several, is among those asked for on a day."""
    selection = Selection(wanted, evaluation)
    found = any(
        _within(evaluation, one, entry, on) for one in (value if isinstance(value, tuple) else (value,)) for entry in selection.entries
    )
    return found != selection.excluded


def _within(evaluation: Evaluation, value: str, entry: Any, on: int) -> bool:
    if isinstance(entry, dict):
        if not set(entry) <= {"country", "from", "to"}:
            raise UnknownKey(f"place {entry}")
        first = interval(entry["from"])[0] if "from" in entry else FIRST
        last = interval(entry["to"])[1] if "to" in entry else LAST
        return first <= on <= last and _within(evaluation, value, entry["country"], on)
    answer = REFERENCE.place_within(value, entry, on)
    return answer.surely if answer.surely == answer.possibly else evaluation.world.holds("is in", value, entry, answer.doubt)


def changes_with_time(evaluation: Evaluation, wanted: Any) -> bool:
    """Whether a place filter names a group or a list with days."""
    return any(isinstance(entry, dict) or REFERENCE.is_group(entry) for entry in Selection(wanted, evaluation).entries)


def turns(evaluation: Evaluation, wanted: Any) -> set[int]:
    """The days on which the answer about a place may change of itself."""
    found: set[int] = set()
    for entry in Selection(wanted, evaluation).entries:
        if isinstance(entry, dict):
            found |= {interval(entry["from"])[0]} if "from" in entry else set()
            found |= {interval(entry["to"])[1] + 1} if "to" in entry else set()
        elif REFERENCE.is_group(entry):
            found |= set(REFERENCE.membership_changes(entry))
    return found


def recognised(evaluation: Evaluation, record: Record, wanted: Any, on: int) -> bool:
    """Where a degree is recognised: as the profile says, or because it was awarded there."""
    stated = record.says("recognised_in")
    if stated is not None and place(evaluation, stated, wanted, on):
        return True
    read_on = record.date("awarded") if changes_with_time(evaluation, wanted) else on
    if place(evaluation, record.get("in"), wanted, read_on):
        return True
    return stated is None and evaluation.world.holds(record.path, "recognised", str(wanted))


# ------------------------------------------------------------------------------------------------------ words


def words(evaluation: Evaluation, record: Record, field: str, form: str, vocabulary: str | None, wanted: Any) -> bool:
    """Whether a word, or one of several, is among those asked for."""
    selection = Selection(wanted, evaluation)
    value = record.get(field)
    values = value if isinstance(value, tuple) else (value,)
    written = record.raw.get(field)
    if written is not None:  # the notice's own words come first, as they are written
        spelled = written if isinstance(written, list | tuple) else (written,)
        values = tuple(_own(evaluation, said) or one for one, said in zip(values, spelled, strict=True))
    found = any(_same(evaluation, one, entry, form, vocabulary, field) for one in values for entry in selection.entries)
    if selection.open_ended and not found:
        return evaluation.world.holds(record.path, field, "is near enough", str(wanted))
    return found != selection.excluded


def _same(evaluation: Evaluation, value: str, entry: Any, form: str, vocabulary: str | None, field: str) -> bool:
    word = entry["id"] if isinstance(entry, dict) else entry
    if isinstance(entry, dict) and not set(entry) <= {"id", "label", "also", "narrower_than"}:
        raise UnknownKey(f"entry {entry}")
    if form == "names":
        own = next((str(one["id"]) for one in evaluation.own_entries() if isinstance(one, dict) and "id" in one and _folded(value) in [_folded(name) for name in _names_of(evaluation, one)]), value)
        if _is_narrower(evaluation, own, word, form, vocabulary):
            return True
        if _is_narrower(evaluation, word, own, form, vocabulary):
            return evaluation.world.holds("is", value, word)
        listed_both = {own, word} <= {word_of(one) for one in evaluation.own_entries() if not (isinstance(one, dict) and "country" in one)}
        return own == word if listed_both else _same_name(evaluation, value, word)
    value = of_the_notice(evaluation, value, form, vocabulary)
    if value == word or _is_narrower(evaluation, value, word, form, vocabulary):
        return True
    if _is_narrower(evaluation, word, value, form, vocabulary):
        return evaluation.world.holds("is", value, word)
    known = {str(one["id"] if isinstance(one, dict) else one) for one in evaluation.own_entries() if not (isinstance(one, dict) and "country" in one)}
    known |= set(evaluation.options())
    if form == "tree":
        in_tree = [REFERENCE.is_in_tree(vocabulary or "", one) for one in (value, word)]
        if all(in_tree):
            answer = REFERENCE.within(vocabulary or "", value, word)
            return answer.surely if answer.surely == answer.possibly else evaluation.world.holds("is", value, word)
        if not in_tree[1] and word in known:  # a word of the notice: a broad term may be meant to hold it
            apart = not REFERENCE.is_broad(vocabulary or "", value) if in_tree[0] else value in known
            return False if apart else evaluation.world.holds("is", value, word)
        return evaluation.world.holds("is", value, word)
    declared = [one in known or (vocabulary is not None and REFERENCE.is_term(vocabulary, one)) for one in (value, word)]
    if form == "words":  # free words on both sides
        declared = [one in known for one in (value, word)]
    if field in ("school", "programme"):
        called = [[one] if one in known and len(_names_of(evaluation, one)) == 1 else _called(evaluation, one, vocabulary) for one in (value, word)]
        alike = any(_alike(one, two) for one in called[0] for two in called[1])
        mixed = (value in known) != (word in known)
        apart = (all(declared) and not (mixed and alike)) or (_lists_its_names(evaluation, word) and not alike)
        return False if apart else evaluation.world.holds("is", value, word)
    return False if all(declared) else evaluation.world.holds("is", value, word)


def _is_narrower(evaluation: Evaluation, one: str, other: str, form: str, vocabulary: str | None) -> bool:
    """Whether a word of the notice is narrower than another: as its entry says, or what that says is, or is in the hierarchy."""
    said = [entry.get("narrower_than", []) for entry in evaluation.own_entries() if isinstance(entry, dict) and entry.get("id") == one]
    above = [word for words in said for word in (words if isinstance(words, list) else [words])]
    in_tree = form == "tree" and all(REFERENCE.is_in_tree(vocabulary or "", word) for word in (*above, other))
    return any(
        word == other or _is_narrower(evaluation, word, other, form, vocabulary) or (in_tree and REFERENCE.within(vocabulary or "", word, other).surely)
        for word in above
    )


def _lists_its_names(evaluation: Evaluation, word: str) -> bool:
    return any(isinstance(one, dict) and one.get("id") == word and "also" in one for one in evaluation.own_entries())


def _called(evaluation: Evaluation, word: str, vocabulary: str | None) -> list[str]:
    """The names of a school or programme: those of the notice, else those of the reference data."""
    names = _names_of(evaluation, word)
    if len(names) == 1 and vocabulary is not None and REFERENCE.is_term(vocabulary, word):
        names += [REFERENCE.label(vocabulary, word, language) for language in ("en", "fr")]
    return names


def _own(evaluation: Evaluation, word: Any) -> str | None:
    """The word of the notice's own that is spelled so."""
    found = of_the_notice(evaluation, str(word), "", None)
    return found if found in {one["id"] for one in evaluation.own_entries() if isinstance(one, dict) and "id" in one} else None


def of_the_notice(evaluation: Evaluation, value: str, form: str, vocabulary: str | None) -> str:
    """The id of a word of the notice's own lists that is written by its label or another spelling of it."""
    for entry in evaluation.own_entries():
        if isinstance(entry, dict) and "id" in entry:
            label = entry.get("label")
            names = [entry["id"], *(label.values() if isinstance(label, dict) else [label] if label else []), *entry.get("also", [])]
            if fold(value) in [fold(str(name)) for name in names]:
                return str(entry["id"])
    return value


_COMMON = {"university", "universite", "institute", "institut", "school", "ecole", "programme", "program", "college", "organisation", "organization"}
"""Words that many names share."""


def _folded(name: str) -> str:
    return fold(_LEGAL_FORMS.sub(" ", name))


def _same_name(evaluation: Evaluation, value: str, word: str) -> bool:
    """Names of employers: surely the same when folded equal, surely another only where the notice lists the other names."""
    entry = next((one for one in evaluation.own_entries() if isinstance(one, dict) and one.get("id") == word), None)
    label = entry.get("label") if entry else None
    names = [word, *(label.values() if isinstance(label, dict) else [label] if label else []), *((entry or {}).get("also") or [])]
    if _folded(value) in [_folded(str(name)) for name in names]:
        return True
    if entry is not None and "also" in entry and not any(_alike(value, str(name)) for name in names):
        return False
    return evaluation.world.holds("is", value, word)


def one_name(evaluation: Evaluation, one: str, two: str, vocabulary: str | None) -> bool:
    """Whether two names of a profile are of one: written the same, or of one entry of the notice; what looks like another way to write it
    may be."""
    if one == two or _folded(one) == _folded(two):
        return True
    own = [word_of(entry) for entry in evaluation.own_entries() if not (isinstance(entry, dict) and "id" not in entry)]
    entries = [next((word for word in own if _folded(name) in [_folded(each) for each in _names_of(evaluation, word)]), None) for name in (one, two)]
    if None not in entries:
        return entries[0] == entries[1]
    called = [[name] if vocabulary is None else _called(evaluation, name, vocabulary) for name in (one, two)]
    if vocabulary is not None and all(REFERENCE.is_term(vocabulary, name) for name in (one, two)):
        return False
    called = [[*names, *(_names_of(evaluation, entry) if entry else [])] for names, entry in zip(called, entries, strict=True)]
    if any(_may_be_short_for(a, b) for a in called[0] for b in called[1]):
        return evaluation.world.holds("is one with", *sorted((one, two)))
    return False


def _may_be_short_for(one: str, two: str) -> bool:
    if _folded(one) == _folded(two):
        return True
    words, others = ([fold(word) for word in re.findall(r"\w+", _LEGAL_FORMS.sub(" ", name))] for name in (one, two))
    for some, all_of_them in ((words, others), (others, words)):
        if any(all_of_them[at : at + len(some)] == some for at in range(len(all_of_them) - len(some) + 1)):
            return True
    small = {"of", "the", "and", "de", "la", "et", "du", "des", "le"}
    initials = [
        {"".join(sorted(each[0]))} if len(each) == 1
        else {"".join(sorted(word[0] for word in each)), "".join(sorted(word[0] for word in each if word not in small))} for each in (words, others)
    ]  # fmt: skip
    if initials[0] & initials[1] - {""} and not (len(words) > 1 and len(others) > 1 and len(next(iter(initials[0]))) < 2):
        return True
    differ = {*words} ^ {*others}
    near = SequenceMatcher(None, *sorted((_folded(one), _folded(two)))).ratio() >= 0.8
    return near and all(len(word) > 3 and word.isalpha() for word in differ)


def _alike(one: str, two: str) -> bool:
    """Whether two names may be of the same: one holds the other, they share initials, or are nearly equal."""
    first, second = _folded(one), _folded(two)
    if first in second or second in first:
        return True
    initials = ["".join(sorted(words[0].casefold() if len(words) == 1 else (word[0].casefold() for word in words)))
                for words in (re.findall(r"\w+", name) for name in (one, two))]  # fmt: skip
    whole = ["".join(sorted(folded)) for folded in (first, second)]
    telling = [{fold(word) for word in re.findall(r"\w{4,}", name)} - _COMMON for name in (one, two)]
    if telling[0] & telling[1]:
        return True
    return bool({initials[0], whole[0]} & {initials[1], whole[1]}) or SequenceMatcher(None, first, second).ratio() >= 0.8


def tags(evaluation: Evaluation, record: Record, wanted: Any) -> bool:
    """Every tag of those written out is there; of `{any}`, `{list}` and what was chosen any one; of `{except}` none."""
    selection = Selection(wanted, evaluation)
    said = {fold(str(one)) for one in _tuple(record.get("tags"))}
    narrower = {str(one["id"]): one for one in evaluation.own_entries() if isinstance(one, dict) and "narrower_than" in one}
    there = [
        any(fold(name) in said for one in (entry, *(other for own, other in narrower.items() if _is_narrower(evaluation, own, word_of(entry), "words", None))) for name in _names_of(evaluation, one))
        for entry in selection.entries
    ]
    return any(there) != selection.excluded if isinstance(wanted, dict) else all(there)


def word_of(entry: Any) -> str:
    """The word of an entry of a list."""
    return str(entry["id"] if isinstance(entry, dict) else entry)


def _names_of(evaluation: Evaluation, entry: Any) -> list[str]:
    """A word, with its labels where a list of the notice has it."""
    word = entry["id"] if isinstance(entry, dict) else entry
    own = next((one for one in evaluation.own_entries() if isinstance(one, dict) and one.get("id") == word), {})
    label = own.get("label")
    return [str(word), *(label.values() if isinstance(label, dict) else [label] if label else []), *own.get("also", [])]


def _tuple(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list | tuple) else (value,)


# ---------------------------------------------------------------------------------------------------- numbers


def number(evaluation: Evaluation, record: Record, field: str, wanted: Any, asked: Asked) -> bool:
    """A number within bounds, or one of several."""
    value = record.rate(None) * 100 if field == "rate" else record.get(field)
    if not isinstance(wanted, dict):
        return value in (wanted if isinstance(wanted, list) else [wanted])
    _only(wanted, BOUNDS)
    return all(compare(operator, value, evaluation.plain_limit(limit, "number")) for operator, limit in wanted.items())


def money(evaluation: Evaluation, record: Record, wanted: Any, asked: Asked) -> bool:
    """An amount of money within bounds; another currency cannot be compared."""
    _only(wanted, BOUNDS)
    figure, currency = str(record.get("amount")).split()
    return all(
        compare(operator, float(figure), evaluation.plain_limit(limit, currency))
        if str(limit).endswith(currency)
        else evaluation.world.holds("is worth", figure, currency, operator, str(limit))
        for operator, limit in wanted.items()
    )


def grade(evaluation: Evaluation, record: Record, wanted: Any) -> bool:
    """A mark: several scales are alternatives. A mark on a scale that is asked for meets no bound on another scale; a share is one of the
    highest mark of any scale of which that is known."""
    _only(wanted, BOUNDS)
    mark = {"scale": record.get("exam"), "value": record.get("grade")} if record.source == "exams" else record.get("grade")
    scale, value, world = mark["scale"], mark["value"], evaluation.world
    told, met = False, True
    for operator, bounds in wanted.items():
        if isinstance(bounds, str):
            most = mark.get("out_of") or REFERENCE.full_mark(scale)
            if most is None or isinstance(value, str):
                met = met and world.holds("is a share", str(mark), operator, bounds)
            else:
                told = True
                met = met and compare(operator, Fraction(str(value)) * 100 / Fraction(str(most)), Fraction(bounds.rstrip("% ")))
        elif scale in bounds:
            told = True
            met = met and on_scale(evaluation, ("scales", scale), value, operator, bounds[scale])
    if told:
        return met
    return scale not in evaluation.scales and met and world.holds("would meet", scale, value, str(wanted))


def on_scale(evaluation: Evaluation, scale: tuple[str, str], value: Any, operator: str, raw: Any) -> bool:
    """A mark and a bound on one scale: words have a place among the words of the scale, and say nothing of figures, unless the notice
    counts figures among the words of a scale of its own."""
    limit = evaluation.option_of(raw) if isinstance(raw, dict) else raw
    if scale[1] in (evaluation.rule.get("lists") or {}):
        spelled = [one if isinstance(one, str) else f"{one:g}" for one in (value, limit)]
        if None not in (_place_of(evaluation, scale, one) for one in spelled):
            value, limit = spelled
    if isinstance(limit, str) is isinstance(value, str):
        found, asked = (_place_of(evaluation, scale, one) if isinstance(one, str) else one for one in (value, limit))
        if found is not None:
            return compare(operator, found, asked)
    return evaluation.world.holds("would meet", *scale, str(value), operator, str(limit))


def _place_of(evaluation: Evaluation, scale: tuple[str, str], word: str) -> int | None:
    """Where a word stands among those of a scale: of the reference data, or of the list of the notice that is called so."""
    kind, name = scale
    words = REFERENCE.mark_words(kind, name)
    if words:
        return words.index(found) if (found := REFERENCE.mark_word(kind, name, word)) else None
    for place, entry in enumerate((evaluation.rule.get("lists") or {}).get(name) or ()):
        names = [entry] if isinstance(entry, str) else [entry["id"], *_labels(entry)]
        if fold(word) in map(fold, names):
            return place
    return None


def _labels(entry: Mapping[str, Any]) -> list[str]:
    label, also = entry.get("label") or [], entry.get("also") or []
    return [*(label.values() if isinstance(label, dict) else [label] if label else []), *(also if isinstance(also, list) else [also])]


def _only(mapping: Any, allowed: tuple[str, ...]) -> None:
    if not isinstance(mapping, dict) or not mapping or not set(mapping) <= set(allowed):
        raise UnknownKey(f"bounds {mapping}")
    if set(MOVED) & set(mapping):
        raise UnknownKey("moved")


# -------------------------------------------------------------------------------------------------- languages


def language(value: str, wanted: Any, evaluation: Evaluation) -> bool:
    """A language, or an official one of a group."""
    selection = Selection(wanted, evaluation)
    if any(value == entry or value in REFERENCE.languages_of(entry) for entry in selection.entries):
        return not selection.excluded
    if REFERENCE.is_language(value):
        return selection.excluded
    return evaluation.world.holds("is", value, str(wanted)) != selection.excluded


def level(evaluation: Evaluation, record: Record, wanted: Any, skills: Any) -> bool:
    """The lowest of the skills asked for against a level."""
    asked = [one for skill in (skills if isinstance(skills, list) else [skills] if skills else SKILLS) for one in SKILL_GROUPS[skill]]
    lowest = min(_skill(record, skill) for skill in asked)
    if isinstance(wanted, dict) and set(wanted) == {"said"}:
        least, most, _ = REFERENCE.said(wanted["said"])  # type: ignore[misc]  # the walk of the keys knows the word
        return lowest >= (least if least == most else record.world.settle(("how much is asked by", wanted["said"]), tuple(range(least, most + 1))))
    if isinstance(wanted, dict) and set(wanted) == {"at_least"}:
        asked_for = wanted["at_least"]
        return bool(lowest >= (REFERENCE.cefr_rank(evaluation.option_of(asked_for) if isinstance(asked_for, dict) else asked_for) or 0))
    raise UnknownKey(f"level {wanted}")


def _skill(record: Record, skill: str) -> int:
    """The rank of one skill: as stated, else that of speaking, else overall, else C2 for a mother tongue, else at least that of a
    certificate there is when applying."""
    keys = [skill, *(["speaking"] if skill.startswith("spoken") else []), "level"]
    stated = next((record.raw[key] for key in keys if record.raw.get(key) is not None), None)
    if stated is None:
        there = [one for at, one in enumerate(record.raw.get("tests") or ()) if one.get("taken") is None or taken_on(record, at) <= record.world.on]
        there = [one for one in there if REFERENCE.language_of_test(one["test"]) in (None, record.raw.get("language"))]
        certified = max((REFERENCE.level_of_test(one["test"], one["score"]) or 0 for one in there), default=0)
        levels = tuple(dict.fromkeys(max(one, certified) for one in (0, 6, 3, 4, 5)))
        return 6 if record.raw.get("native") else int(record.world.settle((record.path, skill, "level"), levels))
    if isinstance(stated, dict):
        stated = f"said:{stated['said']}"
    if stated.startswith("said:"):
        said = REFERENCE.said(stated[5:])
        least, most = said[:2] if said else (0, 6)
        return least if least == most else int(record.world.settle((record.path, skill, "said"), tuple(range(least, most + 1))))
    rank = REFERENCE.cefr_rank(stated)
    return rank if rank is not None else int(record.world.settle((record.path, skill), (0, 6, 3, 4, 5)))


def test(evaluation: Evaluation, record: Record, wanted: Any, own: Mapping[str, Any], asked: Asked) -> bool:
    """Any of several tests, each with its result, taken by the day; of `valid` ones those that are still valid on it."""
    if not isinstance(wanted, dict) or not wanted:
        raise UnknownKey(f"test {wanted}")
    results = record.raw.get("tests")
    if results is None:
        return record.world.holds(record.path, "passed a test", str(wanted))
    for index, result in enumerate(results):
        name = result["test"]
        if "valid" in own and not still_valid(record, index, name, asked.day):
            continue
        if "valid" not in own and result.get("taken") is not None and taken_on(record, index) > asked.day:
            continue
        if name in wanted:
            if on_scale(evaluation, ("tests", name), result["score"], "at_least", wanted[name]):
                return True
        elif not REFERENCE.is_term("tests", name) and record.world.holds("is a test of", name, str(wanted)):
            return True
    return False


def still_valid(record: Record, index: int, name: str, day: int) -> bool:
    """Whether a result is taken and valid on a day, by the rule of its test; of one whose rule is not known, it may be."""
    years = REFERENCE.valid_years(name)
    if record.raw["tests"][index].get("taken") is None and years == 0:
        return True
    taken = taken_on(record, index)
    if taken > day:
        return False
    return record.world.holds("is still valid", name) if years is None else not years or add_months(taken, 12 * years) >= day


def taken_on(record: Record, index: int) -> int:
    """The day on which a test is taken."""
    at, raw, menu = (record.path, "tests", index, "taken"), record.raw["tests"][index].get("taken"), record.world.menu
    first, last = interval(raw) if raw is not None else (None, None)
    return first if first is not None and first == last else int(record.world.settle(at, () if menu is None else menu.days(first, last)))


# ------------------------------------------------------------------------------------------------------- days


def is_leap_day(day: int) -> bool:
    born = date.fromordinal(day)
    return (born.month, born.day) == (2, 29)


def year_of(day: int) -> int:
    return date.fromordinal(day).year
