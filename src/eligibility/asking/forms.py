"""How each thing of a profile is asked for, and what an answer comes to: a reading, two to choose from, or why it is asked again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple, get_args

from eligibility.asking.possible import with_application
from eligibility.asking.profile_data import Data, is_list, with_records, with_value
from eligibility.authoring.answers import Again, Term, Understanding, place
from eligibility.authoring.answers import language as language_named
from eligibility.loading.document import steps_of, value_at
from eligibility.loading.typed import NO_THOUSANDS
from eligibility.loading.understood import Sort, Understood, is_nothing, understand
from eligibility.numerals import readings
from eligibility.profile import SOURCES, Person, Record

ALWAYS = ("residences", "languages", "availability")
"""What nobody has none of: `no` is no answer to whether there is any."""

FIRST: Mapping[str, tuple[str, ...]] = {
    **{name: source.asked for name, source in SOURCES.items() if source.asked},
    "relatives": ("relation",),
}
"""What is asked of every record; anything else is asked for where it matters."""


LIMITS = ("since", "until", "expires")
"""Days that, left out, say that there is no limit: a citizenship from birth, a permit without end. Whoever does not know them cannot leave
them out, so they come first."""


class Form(StrEnum):
    """What kind of answer a question wants."""

    YES_NO = "yes_no"
    DATE = "date"
    END = "end"
    COUNTRY = "country"
    COUNTRIES = "countries"
    LANGUAGE = "language"
    LANGUAGES = "languages"
    LEVEL = "level"
    DEGREE = "degree"
    EMPLOYER = "employer"
    WORKING_TIME = "working_time"
    WORD = "word"
    WORDS = "words"
    NUMBER = "number"
    MARK = "mark"
    OPTION = "option"
    TAGS = "tags"
    TEXT = "text"
    MONEY = "money"
    RECORDS = "records"


_DATES = ("birth_date", "since", "from", "until", "issued", "expires", "awarded", "defended", "born", "expected_end", "taken", "child")
_SORTS = {
    Form.YES_NO: Sort.YES_NO, Form.DATE: Sort.DATE, Form.END: Sort.END, Form.COUNTRY: Sort.COUNTRY, Form.COUNTRIES: Sort.COUNTRIES,
    Form.LANGUAGE: Sort.LANGUAGE, Form.LANGUAGES: Sort.LANGUAGES, Form.LEVEL: Sort.LEVEL, Form.DEGREE: Sort.DEGREE,
    Form.EMPLOYER: Sort.EMPLOYER, Form.WORKING_TIME: Sort.WORKING_TIME,
}  # fmt: skip
_NAMES = (Form.COUNTRY, Form.COUNTRIES, Form.LANGUAGE, Form.LANGUAGES, Form.LEVEL)
MERGED = (Form.DEGREE, Form.EMPLOYER, Form.WORKING_TIME, Form.LEVEL)
"""An answer that says more than was asked: the title of a degree with its level, the name of an employer with its kind."""


def form_of(path: str, hints: Hints | None = None) -> Form:
    """What kind of answer a question wants; of a fact, `hints` know whether it is a number."""
    steps = steps_of(path)
    name = str(steps[-1])
    if path.startswith("applications"):
        return Form.DATE if steps[-2] == "dates" else Form.OPTION
    if is_list(path) or name == "availability":
        return {"citizenships": Form.COUNTRIES, "languages": Form.LANGUAGES}.get(name, Form.RECORDS)
    if name == "domicile":
        return Form.COUNTRY
    if name in _DATES:
        return Form.DATE
    if len(steps) > 1 and steps[-2] == "facts":
        return Form.NUMBER if hints is not None and hints.number else Form.YES_NO
    return _of_key(str(steps[-3]) if len(steps) > 2 else str(steps[0]), name)


def _of_key(owner: str, name: str) -> Form:
    if name == "to":
        return Form.END
    if owner == "languages" and name not in ("language", "native"):
        return Form.LEVEL
    if name in ("title", "level") and owner in ("degrees", "studies"):
        return Form.DEGREE
    if (owner, name) in (("experience", "employer"), ("experience", "rate")):
        return Form.EMPLOYER if name == "employer" else Form.WORKING_TIME
    if name in ("tags", "amount"):
        return Form.TAGS if name == "tags" else Form.MONEY
    if name == "relation":
        return Form.WORD
    vocabulary = vocabulary_of(owner, name)
    types = set(_types(_models()[owner].model_fields[_attribute(owner, name)].annotation))
    many = tuple in types
    if vocabulary == "place":
        return Form.COUNTRIES if many else Form.COUNTRY
    if vocabulary == "language":
        return Form.LANGUAGE
    if vocabulary and name not in SOURCES[owner].names:
        return Form.WORDS if many else Form.WORD
    if {int, str} <= types:
        return Form.MARK
    return Form.YES_NO if bool in types else Form.NUMBER if types & {int, float} else Form.TEXT


def vocabulary_of(owner: str, name: str) -> str:
    """The vocabulary of a key of a record; empty where it has none."""
    if name == "relation":
        return "relations"
    return SOURCES[owner].words.get(name, "") if owner in SOURCES else ""


def can_be_asked(path: str) -> bool:
    """Whether there is a way to ask for a path, and to understand the answer."""
    steps = steps_of(path)
    owner, name = (str(steps[-3]), str(steps[-1])) if len(steps) > 2 else ("", "")
    if path.startswith("applications") or len(steps) < 3 or steps[-2] == "facts" or not isinstance(steps[-2], int):
        return not isinstance(steps[-1], int)
    if (owner, name) == ("tests", "taken"):
        return True
    if name in FIRST or name in SOURCES or name == "birth_date":  # of a relative
        return owner == "relatives"
    if owner == "relatives":
        return name in ("relation", "from", "to")
    return (owner, name) != ("degrees", "grade") and owner in _models() and _attribute(owner, name) in _models()[owner].model_fields


@cache
def _models() -> Mapping[str, type[Record]]:
    """The model of the records of each list, and of availability."""
    return {
        name: one
        for name, field in Person.model_fields.items()
        for one in _types(field.annotation)
        if isinstance(one, type) and issubclass(one, Record)
    }


def _attribute(owner: str, name: str) -> str:
    """The attribute of a model that a file calls so."""
    return next((one for one, field in _models()[owner].model_fields.items() if (field.alias or one) == name), name)


def _types(annotation: Any) -> Iterator[Any]:
    origin = getattr(annotation, "__origin__", None)
    yield origin or annotation
    for part in get_args(annotation):
        yield from _types(part)


class Meant(NamedTuple):
    """What an answer comes to: the data of the profile with it, one of several that the person is to choose from, each with the value
    to be shown; or, where there is none, the key of the sentence that says why it is asked again, and what to try."""

    readings: tuple[tuple[Any, Data], ...] = ()
    why: str = ""
    word: str = ""
    left: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    command: str = ""


class Hints(NamedTuple):
    """What the vacancies have to do with a question: the options of a choice with their names, the tags that some vacancy asks for, whether
    a fact is a `number`."""

    options: Mapping[str, Mapping[str, str]] = {}
    tags: tuple[str, ...] = ()
    country: bool = False
    number: bool = False


def heard(text: str, path: str, data: Data, by: Understanding, hints: Hints) -> Meant:
    """What an answer comes to. A question about a list told record by record is answered with yes or no, which is no reading yet."""
    form = form_of(path, hints)
    none = is_nothing(text) or by.says(text, "none")
    if form in _NAMES and (none or by.says(text, "yes")):
        begun = is_list(path) and bool(value_at(data, path))
        named = (Sort.LANGUAGE if form in (Form.LANGUAGE, Form.LANGUAGES) else Sort.COUNTRY, by.reference)
        if none and (begun or (form is Form.COUNTRIES and is_list(path) and understand(text, *named).value is None)):
            return Meant((([], with_records(data, path, [])),))
        return Meant(why="yes_or_no", word=text)  # `no` is also the code of Norway, and of Norwegian
    try:
        found = _read(text, path, form, by, hints)
    except Again as again:
        return Meant(why=again.key, word=again.word or text, suggestions=again.suggestions, command=again.command)
    values = (found.value,) if found.value is not None else found.readings
    if found.left or not values:
        return _not_heard(text, form, found, by)
    return Meant(tuple((value, _applied(value, path, form, data)) for value in values))


def _applied(value: Any, path: str, form: Form, data: Data) -> Data:
    steps = steps_of(path)
    if path.startswith("applications"):
        return with_application(data, str(steps[1]), str(steps[2]), str(steps[3]), value)
    if is_list(path):
        return with_records(data, path, value)
    if isinstance(value, Mapping) and form in MERGED:
        if form is Form.LEVEL and steps[-1] not in ("level", "tests") and set(value) == {"level"}:  # one skill
            return with_value(data, steps, value["level"])
        record = value_at(data, path.rpartition(".")[0])
        return with_value(data, steps[:-1], {**(record if isinstance(record, Mapping) else {}), **value})
    return with_value(data, steps, value)


def _read(text: str, path: str, form: Form, by: Understanding, hints: Hints) -> Understood:
    """Readings as plain values. Raises Again."""
    if form is Form.DEGREE and re.fullmatch("[1-8]", text.strip()):
        return Understood({"level": int(text)})
    if (sort := _SORTS.get(form)) is not None:
        return understand(text, sort, by.reference)
    match form:
        case Form.NUMBER:
            return _number(text, str(steps_of(path)[-1]))
        case Form.MARK:
            number = _number(text, "value")
            return Understood(" ".join(text.split())) if number.value is None else number
        case Form.OPTION:
            return _option(text, by, hints)
        case Form.TAGS:
            return _tags(text, by, hints)
        case Form.MONEY:
            return understand(text, Sort.MONEY, by.reference)
        case Form.WORD | Form.WORDS:
            steps = steps_of(path)
            read = Term(vocabulary_of(str(steps[-3]), str(steps[-1])))
            words = [word for one in (text.split(",") if form is Form.WORDS else [text]) if (word := one.strip())]
            values = [read(word, {}, by) for word in words]
            return Understood(values[0] if len(values) == 1 else values or None)
    return Understood(" ".join(text.split()))


def _number(text: str, key: str) -> Understood:
    """What a number may be under a key of a profile."""
    found = [int(one) if one.isdecimal() else float(one) for one in readings(text)]
    if len(found) > 1 and key not in NO_THOUSANDS:
        return Understood(readings=tuple(found))
    return Understood(found[-1] if found else None)


def _option(text: str, by: Understanding, hints: Hints) -> Understood:
    if hints.country:
        return understand(text, Sort.COUNTRY, by.reference)
    if not hints.options:
        return Understood(" ".join(text.split()))
    if text.isdecimal() and 0 < int(text) <= len(hints.options):
        return Understood([*hints.options][int(text) - 1])
    folded = text.strip().casefold()
    found = [one for one, label in hints.options.items() if folded in (one.casefold(), *(word.casefold() for word in label.values()))]
    return Understood(found[0]) if len(found) == 1 else Understood()


def _tags(text: str, by: Understanding, hints: Hints) -> Understood:
    """Some of the tags that vacancies ask for, by their numbers or as they are; none of them is an empty list."""
    if is_nothing(text) or by.says(text, "none"):
        return Understood([])
    found = []
    for word in (one.strip() for one in re.split(r"[,;\s]+", text) if one.strip()):
        if word.isdecimal() and 0 < int(word) <= len(hints.tags):
            found.append(hints.tags[int(word) - 1])
        elif word in hints.tags:
            found.append(word)
        else:
            return Understood()
    return Understood(list(dict.fromkeys(found)))


_WRONG = {
    Form.YES_NO: "yes_no", Form.DATE: "date", Form.END: "date", Form.COUNTRY: "place", Form.COUNTRIES: "place", Form.LANGUAGE: "language",
    Form.LANGUAGES: "language", Form.WORKING_TIME: "working_time",
}  # fmt: skip


def _not_heard(text: str, form: Form, found: Understood, by: Understanding) -> Meant:
    """Why an answer is not taken; what the reference data would rather have heard."""
    left = tuple(one for one in found.left if one != text)
    word = ", ".join(left) or text
    if found.note:
        return Meant(why=f"note.{found.note}", word=word)
    if left and len(left) < 4:
        return Meant(why="part", word=word, left=left)
    suggestions: tuple[str, ...] = ()
    if form in (Form.COUNTRY, Form.COUNTRIES, Form.LANGUAGE, Form.LANGUAGES):
        try:
            (place if form in (Form.COUNTRY, Form.COUNTRIES) else language_named)(word, {}, by)
        except Again as again:
            suggestions = again.suggestions
    return Meant(why=_WRONG.get(form, f"form.{form}"), word=word, suggestions=suggestions)
