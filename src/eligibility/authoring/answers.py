"""What a person types as an answer, understood or refused with a reason and words to try."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from eligibility.dates import parse_days
from eligibility.loading.understood import Sort, Understood, understand
from eligibility.profile_values import number_meant
from eligibility.reference import Reference
from eligibility.reference.answer import Found
from eligibility.reference.spelling import fold
from eligibility.wording import Words, languages


class Again(Exception):
    """An answer that cannot be understood: the sentence that says why, words to try, and the command that lists them all.

    Of an answer that can mean two things, `readings` are what it can mean: one of them is chosen by its number.
    """

    def __init__(
        self, key: str, word: str = "", suggestions: tuple[str, ...] = (), command: str = "", readings: tuple[Any, ...] = ()
    ) -> None:
        super().__init__(key)
        self.key = key
        self.word = word
        self.suggestions = suggestions
        self.command = command
        self.readings = readings


class Several(dict[str, Any]):
    """An answer that fills other keys than its own: a working time in hours, the score of a test."""


Record = Mapping[str, Any]
Read = Callable[[str, Record, "Understanding"], Any]


class Understanding:
    """Reads answers in one language; `yes`, `none` and the like are also understood in the other one."""

    def __init__(self, words: Words, reference: Reference) -> None:
        self.words = words
        self.reference = reference

    def says(self, text: str, what: str) -> bool:
        """Whether a text is one of the words for `yes`, `none`, `ongoing`, `native`, `back`."""
        if text == "<":
            return what == "back"
        return fold(text) in {fold(word) for word in self.words.text(f"interview.words.{what}").split(",")}


def text(answer: str, record: Record, by: Understanding) -> str:
    """Any text, its spaces made single."""
    return " ".join(answer.split())


def _meant(answer: str, sort: Sort, by: Understanding) -> Understood:
    """What an answer means here. Raises Again where it can mean several things."""
    found = understand(answer, sort, by.reference)
    if found.readings:
        raise Again("either", answer, readings=found.readings)
    return found


def date(answer: str, record: Record, by: Understanding) -> str:
    """A year, a month or a day, also in words (`août 2019`). Raises Again."""
    found = _meant(answer, Sort.DATE, by).value
    if found is None:
        raise Again("date")
    return str(found)


def end(answer: str, record: Record, by: Understanding) -> str:
    """A last day that is not before the first, or `ongoing`. Raises Again."""
    if by.says(answer, "ongoing"):
        return "ongoing"
    found = _meant(answer, Sort.END, by).value
    if found is None:
        raise Again("date")
    if "from" in record and found != "ongoing" and parse_days(found).last < parse_days(record["from"]).first:
        raise Again("order")
    return str(found)


def place(answer: str, record: Record, by: Understanding) -> str:
    """A country or a region, by its code or its name, or a nationality. Raises Again."""
    meant = _meant(answer, Sort.COUNTRY, by)
    if meant.value is not None and not meant.left:
        return str(meant.value)
    found = by.reference.find_place(answer)
    named = [name for name in found.suggestions if fold(answer) in {fold(by.reference.label("place", name, one)) for one in languages()}]
    return by.reference.country(answer) or (named[0] if named else _known(found, "place", answer, "place", by))


def places(answer: str, record: Record, by: Understanding) -> list[str]:
    """Several countries or nationalities. Raises Again."""
    meant = _meant(answer, Sort.COUNTRIES, by)
    if meant.value is not None and not meant.left:
        return list(meant.value)
    return [place(part.strip(), record, by) for part in answer.split(",") if part.strip()]


def language(answer: str, record: Record, by: Understanding) -> str:
    """A language, by its code or its name. Raises Again."""
    meant = _meant(answer, Sort.LANGUAGE, by)
    return str(meant.value) if meant.value is not None else _known(by.reference.find_language(answer), "language", answer, "language", by)


class Term:
    """Reads a word of a vocabulary, by its id or its name."""

    def __init__(self, vocabulary: str) -> None:
        self.vocabulary = vocabulary

    def __call__(self, answer: str, record: Record, by: Understanding) -> str:
        return _known(by.reference.find_term(self.vocabulary, answer), "term", answer, self.vocabulary, by)


_LISTED = {
    "field": "experience field", "employer": "experience employer", "experience_types": "experience type", "permit_types": "permit type",
    "programmes": "participation programme",
}  # fmt: skip
"""What `eligibility kinds` shows of a vocabulary."""


def _known(found: Found, wrong: str, answer: str, kind: str, by: Understanding) -> str:
    if found.id is not None:
        return found.id
    names = _holding(answer, kind, by)
    if len(names) == 1:
        return names[0]
    names = found.suggestions or names
    shown = tuple(f"{by.reference.label(kind, name, by.words.language)} ({name})" for name in names[:3])
    raise Again(wrong, answer, shown, f"eligibility kinds {_LISTED[kind]}" if kind in _LISTED else "")


def _holding(answer: str, kind: str, by: Understanding) -> tuple[str, ...]:
    """The words of a vocabulary whose name holds what was typed: `excellent` is part of `excellent command`."""
    part = fold(answer)
    if len(part) < 4 or kind in ("place", "language"):
        return ()
    words = (
        by.reference.said_terms()
        if kind == "said"
        else by.reference.tree(kind)
        if kind in ("field", "employer")
        else by.reference.vocabulary(kind)
    )
    return tuple(word for word in words if part in fold(word) or part in fold(by.reference.label(kind, word, by.words.language)))


def title(answer: str, record: Record, by: Understanding) -> Several:
    """The title of a degree, with what else it tells: `Master 2 IA`. Raises Again."""
    found = _meant(answer, Sort.DEGREE, by)
    if found.value is None:
        known = by.reference.find_term("titles", answer)
        raise Again(
            "several_titles" if found.note == "several" else "title", answer, tuple(known.suggestions[:3]), "eligibility kinds degree title"
        )
    return Several(found.value)


def employer(answer: str, record: Record, by: Understanding) -> Any:
    """A kind of employer, with its name where the words hold one: `Université Laval`. Raises Again."""
    found = _meant(answer, Sort.EMPLOYER, by)
    return Several(found.value) if found.value is not None else Term("employer")(answer, record, by)


def duties_read(answer: str, record: Record, by: Understanding) -> str:
    """What one does in a job: a word that is known by its id, else the person's own."""
    return by.reference.find_term("functions", answer, suggest=False).id or text(answer, record, by)


def level(answer: str, record: Record, by: Understanding) -> int:
    """A level of the European framework, 1 to 8. Raises Again."""
    if re.fullmatch("[1-8]", answer):
        return int(answer)
    raise Again("level")


_HOURS = re.compile(r"(\d{1,2}(?:[.,]\d)?)\s*(?:h|hours?|heures?)", re.IGNORECASE)
"""Those of a week, which is what is asked; `8 h a day` and `15 h in all` say something else."""


def working_time(answer: str, record: Record, by: Understanding) -> Several:
    """A working time with its unit: `50 %`, `12 h`, `full time`. Raises Again for a bare number."""
    if percent := re.fullmatch(r"(\d{1,3}(?:[.,]\d{1,9})?)\s*%", answer):
        share = percent[1].replace(",", ".")
        if float(share) > 100:
            raise Again("percent")
        return Several(rate=f"{float(share):.12g}%")
    if weekly := _HOURS.fullmatch(answer):
        hours = float(weekly[1].replace(",", "."))
        if hours > 80:
            raise Again("working_time", answer)
        return Several(hours_per_week=int(hours) if hours.is_integer() else hours)
    if by.says(answer, "full_time"):
        return Several(full_time=True)
    if by.says(answer, "half_time"):
        return Several(rate="50%")
    found = None if answer.isdigit() else _meant(answer, Sort.WORKING_TIME, by)
    if found is not None and found.value is not None and not found.left:
        return Several(found.value)
    raise Again("bare_number" if answer.isdigit() else "working_time", answer)


def yes(answer: str, record: Record, by: Understanding) -> bool:
    """Yes or no. Raises Again."""
    if by.says(answer, "yes"):
        return True
    if by.says(answer, "none"):
        return False
    if (found := _meant(answer, Sort.YES_NO, by).value) is not None:
        return bool(found)
    raise Again("yes_no")


def how_much(answer: str, record: Record, by: Understanding) -> float:
    """A number. Raises Again."""
    meant = number_meant(answer)
    if meant is None:
        raise Again("number")
    return int(meant) if meant.isdecimal() else float(meant)


def language_level(answer: str, record: Record, by: Understanding) -> Any:
    """`native`, a level from A1 to C2, a word such as `fluent`, the score of a test, or a level and a score. Raises Again."""
    meant = _meant(answer, Sort.LEVEL, by)
    if meant.value is not None and not meant.left:
        return Several(meant.value)
    parts = [part.strip() for part in re.split(r"[,;/]\s+|\s+et\s+|\s+and\s+", answer) if part.strip()]
    if len(parts) > 1:
        several = Several()
        for part in parts:
            known = language_level(part, record, by)
            several.update(known if isinstance(known, Several) else {"level": known})
        return several
    if found := re.fullmatch(r"(.*?)\s*[:=]?\s*(\d+(?:[.,]\d+)?)", answer):
        test = by.reference.find_term("tests", found[1]) if fold(found[1]) else None
        if test is not None and (name := test.id or (found[1] if by.reference.is_term("tests", found[1]) else None)):
            score = float(found[2].replace(",", "."))
            return Several(tests=[{"test": name, "score": int(score) if score.is_integer() else score}])
    if by.says(answer, "native"):
        return "native"
    if by.reference.cefr_rank(answer.upper()) is not None:
        return answer.upper()
    return {"said": _known(by.reference.find_term("said", answer), "term", answer, "said", by)}


def words_of(read: Read, by: Understanding, duties: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """The words that an answer is chosen from, each with its name; none where it is no word of a list."""
    reference = by.reference
    if isinstance(read, Term) or read in (employer, title, duties_read):
        kind = read.vocabulary if isinstance(read, Term) else {employer: "employer", title: "titles"}.get(read, "functions")
        names = reference.tree(kind) if kind in ("field", "employer") else reference.vocabulary(kind)
        names = tuple(dict.fromkeys((*duties, *names))) if kind == "functions" else names
    elif read in (place, places):
        kind, names = "place", reference.places()
    elif read is language:
        kind, names = "language", reference.languages()
    else:
        return []
    return sorted(((name, reference.label(kind, name, by.words.language)) for name in names), key=lambda one: fold(one[1]))
