"""What a heading of a table means: the words that people write above columns, a file per language, and those of the rule language."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

from eligibility.batch.fields import BadPath, Field, every_path, field_of
from eligibility.loading.yaml_characters import overloaded
from eligibility.reference import Reference

LANGUAGES = ("en", "fr", "de", "es")
LONGEST = 200
"""A longer heading is no name of a field."""
_MOST_RECORDS = 30
_SKILLS = ("level", "native", "reading", "writing", "listening", "speaking")
_BARE = frozenset({
    "from", "to", "rate", "hours_per_week", "full_time", "title", "function", "in", "field", "school", "awarded", "level", "employer_name",
    "employer", "contract", "type", "issued", "expires", "until",
})  # fmt: skip
"""Attributes that say enough where the columns beside them tell of what: `Début 1` beside `Employeur 1`."""
_INCLUSIVE = re.compile(r"(?<=\w)(?:[·•‧]\w{1,3}|\((?:e|s|es|x|n|en|in|innen|a|as|os)\))", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_ORDINALS = {"first": 1, "premier": 1, "premiere": 1, "second": 2, "seconde": 2, "deuxieme": 2, "third": 3, "troisieme": 3}


class Meaning(NamedTuple):
    """What a heading means: a `field` (its path), also told by the `path` itself, the part of a `name`, an attribute of some record
    (`bare`), a first or last day in a table of employees (`work`), something that only the owner of the table can tell (`ask`, with the
    path it may be), or `none` of what a profile holds.

    `number` is the number that stands in it, counted from 1.
    """

    kind: str
    what: str = ""
    number: int | None = None
    bare: tuple[str, ...] = ()
    """The attributes that it names as well, if the columns beside it tell of what."""


class Spelled(NamedTuple):
    """The vocabulary of headings, by the words as they are compared."""

    fields: Mapping[str, str]
    names: Mapping[str, str]
    lists: Mapping[str, str]
    attributes: Mapping[str, tuple[str, ...]]
    ask: Mapping[str, str]
    languages: Mapping[str, str]
    in_work: Mapping[str, str]
    work: frozenset[str]
    own: frozenset[str]
    short: Mapping[str, str]
    none: frozenset[str]
    others: frozenset[str]
    stop: frozenset[str]
    sections: Mapping[str, str]
    now: frozenset[str]
    """Words of what holds today."""
    tests: Mapping[str, str]
    """Words beside the name of a language test, and what of its result they tell: its `score`, or when it was `taken`."""
    sums: frozenset[str]
    """What a row says that is nobody: a sum, an average, a number of people."""
    notes: frozenset[str]
    """What stands before the colon of a note below a table."""
    pages: frozenset[str]


@lru_cache(4096)
def meaning_of(heading: str, reference: Reference) -> Meaning | None:
    """What a heading means by itself; None where nothing is known of it."""
    if len(heading) > LONGEST or not heading.strip():
        return None
    try:
        return Meaning("path", field_of(heading.strip()).path)
    except BadPath:
        pass
    for words in _readings(heading):
        if (found := _meaning(words, reference)) is not None:
            return found
    return None


def known_words() -> tuple[str, ...]:
    """Every heading that is spelled out, as it is compared, and every path."""
    return tuple(_known())


@cache
def _known() -> tuple[str, ...]:
    return (*spelled().fields, *spelled().names, *every_path())


def path_of(words: str) -> str | None:
    """The path that a known heading stands for."""
    found = spelled()
    if words in found.names:
        return "name"
    return found.fields.get(words, words)


def bare(heading: str) -> str:
    """A heading without capitals, accents and punctuation, its numbers set apart: `Emploi2_début` is `emploi 2 debut`."""
    if overloaded(heading):  # a letter under thousands of marks is no heading
        return ""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", heading.casefold()) if not unicodedata.combining(letter))
    text = re.sub(r"[^\w]|_", " ", plain)
    return " ".join(re.sub(r"(\d+)", r" \1 ", text).split())


def _readings(heading: str) -> Iterator[str]:
    """The words of a heading, in the ways in which it may be written: `Étudiant·e`, `DateofHire`, `Date of birth (DD/MM/YYYY)`."""
    seen = set()
    heading = _in_latin(heading)
    plain = _INCLUSIVE.sub("", heading)
    cased = re.sub(r"(?<=[a-zà-ÿ])(?=[A-Z])", " ", plain)
    for text in (heading, plain, cased, _BRACKETS.sub(" ", heading), _BRACKETS.sub(" ", plain), _BRACKETS.sub(" ", cased)):
        for words in ((whole := bare(text)), _asked(whole)):
            if words and words not in seen:
                seen.add(words)
                yield words


def _in_latin(heading: str) -> str:
    """Of a heading in two scripts the part that is in ours: `تاريخ الازدياد / Date de naissance`."""
    parts = [part.strip() for part in re.split(r"[/|\n–—-]", heading) if part.strip()]
    latin = [part for part in parts if any(letter.isalpha() and unicodedata.name(letter, "").startswith("LATIN") for letter in part)]
    others = [part for part in parts if part not in latin and any(map(str.isalpha, part))]
    return latin[0] if len(latin) == 1 and others else heading


def _asked(words: str) -> str:
    """What a question asks for: the nationality, in `What is your nationality?`, as forms on the web have it above their answers."""
    found = _question().fullmatch(words)
    return words if found is None else found["what"]


@cache
def _question() -> re.Pattern[str]:
    before, after = (
        "|".join(sorted((word for language in LANGUAGES for word in _rows(language)["question"][part]), key=len, reverse=True))
        for part in ("before", "after")
    )
    return re.compile(rf"(?:{before}) (?P<what>.+?)(?: (?:{after}))?")


def _meaning(words: str, reference: Reference) -> Meaning | None:
    found = spelled()
    for number, rest in _numbered(words):
        for text in _forms(rest, found):
            if (meant := _whole(text, number, found)) is not None:
                return meant
    for number, rest in _numbered(words):
        if not found.others.isdisjoint(rest.split()):
            return Meaning("none")
        if (field := _of_list(rest, number, found)) is not None:
            return Meaning("field", field)
    if (result := _test(words, reference, found)) is not None:
        return Meaning("field", result)
    if (skill := _language(words, reference, found)) is not None:
        return Meaning("field", skill)
    for number, rest in _numbered(words):
        for text in dict.fromkeys((rest, _without(rest, found.stop))):
            if attributes := _bare_attributes(text, found):
                return Meaning("bare", "", number, attributes)
    return None


def _forms(text: str, found: Spelled) -> Iterator[str]:
    """The words as they are, without little ones, with short ones written out, and without those that only say whose it is."""
    plain = _without(text, found.stop)
    whole = " ".join(found.short.get(word, word) for word in plain.split())
    own = " ".join(word for word in whole.split() if word not in found.own)
    yield from (form for form in dict.fromkeys((text, plain, whole, own)) if form)


def is_of_work(heading: str) -> bool:
    """Whether a heading stands in tables of employees only: of a salary, a department."""
    found = spelled()
    return any(_without(words, found.stop) in found.work for words in _readings(heading))


@lru_cache(4096)
def tells_of_now(heading: str) -> bool:
    """Whether a heading asks for what holds today: `Current employer`, `Poste actuel`."""
    return not spelled().now.isdisjoint(bare(heading).split())


def is_of_the_person(group: str, heading: str, reference: Reference) -> bool:
    """Whether a heading below others is of the person nevertheless: anything below `Personal data`, languages below `Education`."""
    section = spelled().sections.get(bare(group))
    meant = None if section is None else meaning_of(heading, reference)
    return section == "person" or (meant is not None and meant.what.startswith("languages"))


def _whole(text: str, number: int | None, found: Spelled) -> Meaning | None:
    """What a heading means that is spelled out."""
    attributes = _bare_attributes(text, found)
    if text in found.names:
        return Meaning("name", found.names[text], number)
    if text in found.fields:
        path = found.fields[text]
        if number is not None and "[0]" in path:
            path = path.replace("[0]", f"[{number - 1}]", 1)
        elif number is not None and number > 1 and path not in ("citizenships", "languages"):
            return Meaning("none")
        return Meaning("field", path, number, attributes)
    if text in found.in_work:
        return Meaning("work", found.in_work[text], number, attributes)
    if text in found.ask:
        return Meaning("ask", found.ask[text], number, attributes)
    if text in found.none:
        return Meaning("none", "", number, attributes)
    return None


def _bare_attributes(text: str, found: Spelled) -> tuple[str, ...]:
    return tuple(one for one in found.attributes.get(text, ()) if one in _BARE)


def _numbered(words: str) -> Iterator[tuple[int | None, str]]:
    """The words with their number taken out, then as they stand: `lv 1` is no first of several."""
    yield None, words
    parts = words.split()
    figures = [index for index, part in enumerate(parts) if part.isdecimal()]
    if len(figures) == 1:
        at = figures[0]
        rest = parts[:at] + parts[at + 1 :]
        if at + 1 < len(parts) and parts[at + 1] in ("er", "ere", "e", "eme", "st", "nd", "rd", "th") and len(rest) > 1:
            rest.pop(at)
        if 1 <= int(parts[at]) <= _MOST_RECORDS and rest:
            yield int(parts[at]), " ".join(rest)
    elif not figures:
        for index, part in enumerate(parts):
            if part in _ORDINALS and len(parts) > 1:
                yield _ORDINALS[part], " ".join(parts[:index] + parts[index + 1 :])


def _without(words: str, stop: frozenset[str]) -> str:
    return " ".join(word for word in words.split() if word not in stop) or words


def _of_list(words: str, number: int | None, found: Spelled) -> str | None:
    """`job from`, `emploi debut`, `date du diplome`: a list and an attribute of its records, in either order."""
    for text in dict.fromkeys((_without(words, found.stop), words)):  # `emploi du` is its first day
        if (path := _of_list_in(text.split(), number, found)) is not None:
            return path
    return None


def _of_list_in(parts: list[str], number: int | None, found: Spelled) -> str | None:
    for size in range(min(4, len(parts) - 1), 0, -1):
        for name, rest in ((parts[:size], parts[size:]), (parts[-size:], parts[:-size])):
            if (listed := found.lists.get(" ".join(name))) is None:
                continue
            for attribute in found.attributes.get(" ".join(rest), ()):
                if (path := _path(listed, number, attribute)) is not None:
                    return path
    return None


def _path(listed: str, number: int | None, attribute: str) -> str | None:
    try:
        return field_of(f"{listed}[{(number or 1) - 1}].{attribute}").path
    except BadPath:
        return None


def _test(words: str, reference: Reference, found: Spelled) -> str | None:
    """`TOEIC`, `Score IELTS`, `date du TCF`: a language test that is known, and what of its result."""
    parts = [part for part in words.split() if part not in found.stop]
    for size in range(min(3, len(parts)), 0, -1):
        for at in range(len(parts) - size + 1):
            test = reference.find_term("tests", " ".join(parts[at : at + size]), suggest=False).id
            code = None if test is None else reference.language_of_test(test)
            rest = " ".join(parts[:at] + parts[at + size :])
            if code is None or (rest and rest not in found.tests):
                continue
            return field_of(f"languages[{code}].tests[{test}]{'.taken' if found.tests.get(rest) == 'taken' else ''}").path
    return None


def _language(words: str, reference: Reference, found: Spelled) -> str | None:
    """`Anglais`, `niveau d'anglais`, `english writing`, `fr_level`: a named language, and what of it."""
    parts = [part for part in words.split() if part not in found.stop and part not in ("en", "in")] or words.split()
    for index, word in enumerate(parts):
        if len(word) < 4 and len(parts) == 1:
            continue
        meant = found.languages.get(word) or reference.find_language(word, False).id
        if meant is None:
            continue
        rest = " ".join([*parts[:index], *parts[index + 1 :]])
        for attribute in found.attributes.get(rest, ()) if rest else ("level",):
            if attribute in _SKILLS:
                return field_of(f"languages[{meant}].{attribute}").path
    return None


@cache
def spelled() -> Spelled:
    """The words of every language, and those of the rule language. What stands for two fields is none."""
    rows = [_rows(language) for language in LANGUAGES]
    stop = frozenset(word for one in rows for word in one["stop"])
    fields, names, ask = _table(rows, "fields", stop), _table(rows, "names", stop), _table(rows, "ask", stop)
    attributes: dict[str, list[str]] = {}
    for one in rows:
        for attribute, spellings in one["attributes"].items():
            for word in (*spellings, attribute.replace("_", " ")):
                for text in dict.fromkeys((word, _without(word, stop))):
                    known = attributes.setdefault(text, [])
                    if attribute not in known:
                        known.append(attribute)
    lists = _table(rows, "lists", stop)
    for one in rows:
        lists.update({name: name for name in one["lists"]})
    return Spelled(
        {text: path for text, path in fields.items() if text not in names},
        names,
        lists,
        {word: tuple(some) for word, some in attributes.items()},
        ask,
        _table(rows, "languages", frozenset()),
        _table(rows, "in_work", stop),
        frozenset(_without(word, stop) for one in rows for word in one["work"]),
        frozenset(word for one in rows for word in one["own"]),
        {word: whole for one in rows for word, whole in one["short"].items()},
        frozenset(word for one in rows for word in one["none"]),
        frozenset(word for one in rows for word in one["others"]),
        stop,
        _table(rows, "sections", frozenset()),
        frozenset(word for one in rows for word in one["now"]),
        _table(rows, "tests", frozenset()),
        *(frozenset(word for one in rows for word in one[part]) for part in ("sums", "notes", "pages")),
    )


def _table(rows: Iterable[Mapping[str, Any]], part: str, stop: frozenset[str]) -> dict[str, str]:
    """The spellings of a part with what they stand for, with their little words and without them."""
    found: dict[str, str] = {}
    for one in rows:
        for what, spellings in one.get(part, {}).items():
            for word in spellings:
                found.setdefault(word, what)
    for text, what in [*found.items()]:
        if len(short := _without(text, stop)) > 1:  # of `d o b`, a `b` is left
            found.setdefault(short, what)
    return found


def _rows(language: str) -> Any:
    with open(os.path.join(os.path.dirname(__file__), f"{language}.json"), encoding="utf-8") as file:
        return json.load(file)


def field_of_header(heading: str, reference: Reference) -> Field | None:
    """The field that a heading can only mean; None where it may mean several, or nothing is known of it."""
    meant = meaning_of(heading, reference)
    if meant is None or meant.kind not in ("field", "path", "name"):
        return None
    return field_of("name" if meant.kind == "name" else meant.what)
