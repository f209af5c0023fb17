"""Languages, what people say of their level, and lists of both in one text: `FR (natif), EN C1 (IELTS 7.5 Feb 2023)`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

from eligibility.loading.understood.answer import DOUBTFUL, NOT_UNDERSTOOD, Understood
from eligibility.loading.understood.days import day
from eligibility.loading.understood.words import doubtful, holds, meanings, parts, says, without
from eligibility.reference import Reference
from eligibility.reference.spelling import fold

_CEFR = re.compile(r"(?<!\w)([abc][12])(\+?)(?!\w)", re.IGNORECASE)
_LESS = re.compile(r"[abc][12]\s?[-–](?:$|\s?[,;)])", re.IGNORECASE)
"""`C2-` is less than C2."""
_APART = (":", "(", "[", "–", "—", "-", "=", ",")
_CODE = 3
_PIECES = re.compile(r"[();/\[\]:=]|,(?!\d)|(?<!\d),|\s[-–—]\s|\s[-–—]$")
_SCORE = re.compile(r"(.*?)\s*[:=]?\s*(?<![\w.])(\d{1,4}(?:[.,]\d{1,2})?)(?:\s*/\s*\d+)?(?:\s+(.*))?")
_OUT_OF = re.compile(r"(?<![\w/.])(\d{1,3}(?:[.,]\d+)?)\s*/\s*(?:9|20|25|90|100|120|160|180|300|699|900|990)(?![\w/.])")
"""`98/120`: a score with the highest that there can be."""
_MOST_READINGS = 4
_MOST_WORDS = 3
"""The most words that the name of a language has."""


def language(text: str, reference: Reference) -> Understood:
    """The code of a language, from its code or its name in one of the languages. `SE`, a country's code, may be Swedish, too."""
    if text in ("NO", "No"):  # Norwegian is `no`
        return DOUBTFUL
    if text.isupper() and (several := meanings("several_languages").get(fold(text))):
        return Understood(None, several)
    if _is_pair(text, reference):
        return NOT_UNDERSTOOD
    found = reference.find_language(text, suggest=False)
    if found.id is not None:
        return Understood(found.id)
    if found.note == "former":
        return Understood(None, found.suggestions if len(found.suggestions) > 1 else (), note="former")
    return NOT_UNDERSTOOD


def _is_pair(text: str, reference: Reference) -> bool:
    """Whether a text is two languages: `FR-EN`; `pt-BR` is the Portuguese of Brazil."""
    first, _, second = (one.strip() for one in text.partition("-"))
    no_country = text.isupper() or not reference.is_place(second.upper())
    return len(first) == 2 and reference.is_language(second.casefold()) and no_country


def level(text: str, reference: Reference) -> Understood:
    """What a text says of the level of one language."""
    whole = _fluency(text)
    if whole is not None:
        return Understood(_said(whole))
    levels: dict[str, None] = {}
    said: dict[str, None] = {}
    tests: list[dict[str, Any]] = []
    left = []
    for piece in _PIECES.split(_OUT_OF.sub(r"\1", text)):
        rest = piece
        if (diploma := _diploma(piece, reference)) is not None:
            tests.append(diploma)
            continue
        for exact in _CEFR.finditer(piece):
            name = f"{exact[1].upper()}{exact[2]}"
            levels[name if reference.cefr_rank(name) else name[:2]] = None
        rest = without("level", " ".join(_CEFR.sub(" ", rest).split()))
        if not rest:
            continue
        if (word := _fluency(rest)) is not None:
            said[word] = None
        elif (test := _test(rest, reference)) is not None:
            tests.append(test)
        elif tests and "taken" not in tests[-1] and (taken := day(rest).value) is not None:
            tests[-1]["taken"] = taken
        else:
            left.append(rest)
    if _LESS.search(text) or any(doubtful(rest) or holds("skills", rest) for rest in left):
        return Understood(left=tuple(left), note="doubtful")
    return _together(list(levels), list(said), tests, tuple(left), reference)


def _together(levels: list[str], said: list[str], tests: list[dict[str, Any]], left: tuple[str, ...], reference: Reference) -> Understood:
    extra: dict[str, Any] = {"tests": tests} if tests else {}
    if "native" in said:
        said = ["native"]
    ranks = [reference.cefr_rank(one) for one in levels]
    spans = [reference.said(one.removeprefix("said:")) for one in said if one != "native"]
    agree = all(span is not None and rank is not None and span[0] <= rank <= span[1] for span in spans for rank in ranks)
    if len(levels) == 1 and (agree or said == ["native"]):
        return Understood({**({"native": True} if said == ["native"] else {}), "level": levels[0], **extra}, left=left)
    if not levels and len(said) == 1:
        return Understood({**_said(said[0]), **extra}, left=left)
    readings = [{"level": one, **extra} for one in levels] + [{**_said(one), **extra} for one in said]
    if len(readings) > 1:
        return Understood(None, tuple(readings[:_MOST_READINGS]), left)
    return Understood(extra or None, left=left)


def _fluency(text: str) -> str | None:
    """`native`, or `said:` and a term for a range of levels; None for what is no word of fluency."""
    known = meanings("fluency").get(fold(text)) or meanings("fluency").get(fold(without("level", text)))
    return None if known is None else known[0]


def _said(meaning: str) -> dict[str, Any]:
    return {"native": True} if meaning == "native" else {"level": {"said": meaning.removeprefix("said:")}}


def _test(text: str, reference: Reference) -> dict[str, Any] | None:
    """`IELTS 7.5`, `TOEFL iBT: 100 (2022)`: a test that the program knows, its score, and the day."""
    found = _SCORE.fullmatch(text)
    if found is None or not found[1]:
        return None
    name = reference.find_term("tests", found[1], suggest=False).id
    taken = day(found[3]).value if found[3] else None
    if name is None or (found[3] and taken is None):
        return None
    score = float(found[2].replace(",", "."))
    return {"test": name, "score": int(score) if score.is_integer() else score, **({"taken": taken} if taken else {})}


def _diploma(text: str, reference: Reference) -> dict[str, Any] | None:
    """`DELF B2`, `JLPT N2`, `Goethe-Zertifikat C1 2019`: a test whose results are told in words, and the day."""
    words = text.split()
    for length in range(len(words) - 1, 0, -1):
        name = reference.find_term("tests", " ".join(words[:length]), suggest=False).id
        score = None if name is None else reference.mark_word("tests", name, words[length])
        if name is None or score is None:
            continue
        rest = " ".join(words[length + 1 :])
        taken = day(rest).value if rest else None
        return None if rest and taken is None else {"test": name, "score": score, **({"taken": taken} if taken else {})}
    return None


def languages(text: str, reference: Reference) -> Understood:
    """Every language of a list in one text, with what is said of its level. What is said to be not so, or not surely, is left."""
    found: list[tuple[str, str, str]] = []  # code, what is said of it, and both as they were written
    left = []
    every_part = _parts(text, reference)
    codes = len(every_part) > 1 and all(len(one) <= _CODE for one in every_part)
    for part in every_part:
        if len(part) <= _CODE and doubtful(part) and not codes:  # English, no
            left.append(part)
            continue
        named = ("no", "") if fold(part) == "no" else _named(part, reference)
        if named is not None:
            found.append((*named, part))
        elif found and not _names_others(part, found[-1][0], reference):
            code, said, written = found[-1]
            found[-1] = (code, f"{said}, {part}", f"{written}, {part}")
        else:
            left.append(part)
    several: list[tuple[dict[str, Any], ...]] = []
    for code, said, written in found:
        one = level(said, reference) if said.strip(" ()") else Understood({})
        if one.note == "doubtful":  # English (not fluent)
            left.append(written)
            continue
        left += one.left
        if any(reference.language_of_test(test["test"]) not in (None, code) for test in (one.value or {}).get("tests", ())):
            left.append(written)  # German (DELF B2)
            continue
        several.append(tuple({"language": code, **reading} for reading in (one.readings or (one.value or {},))))
    if not several or any(holds("either", one) for one in left):
        return Understood(left=tuple(left))
    every = [list(one) for one in product(*several)][: _MOST_READINGS + 1]
    if len(every) == 1:
        return Understood(every[0], left=tuple(left))
    return Understood(None, tuple(every), tuple(left)) if len(every) <= _MOST_READINGS else Understood(left=(text,))


def _parts(text: str, reference: Reference) -> list[str]:
    """The parts of a list; of `FR-EN` both."""
    return [piece for part in parts(text) for piece in (part.split("-") if _is_pair(part, reference) else [part])]


def _named(text: str, reference: Reference) -> tuple[str, str] | None:
    """The language that a text begins with, or ends with, and the rest of it: how well, or something that stands apart.

    `Sign language`, `ancient Greek` and `English teacher` are other things than the language they name.
    """
    for code, rest, ahead in _candidates(text, reference):
        if _names_others(rest, code, reference):
            continue
        if not (plain := rest.strip(" ()")) or fold(plain) in meanings("nationalities"):  # Canadian French
            return code, ""
        said = level(rest, reference)
        apart = ahead and rest.lstrip()[0] in _APART
        if apart or said.note == "doubtful" or (said != NOT_UNDERSTOOD and not said.left) or (ahead and _CEFR.search(rest)):
            return code, rest
    return None


def _names_others(text: str, code: str, reference: Reference) -> bool:
    """Whether a text names another language than this one."""
    names = (language(word, reference).value for word in re.findall(r"[^\W\d_]{4,}", text) if not holds("skills", word))
    return any(name not in (None, code) for name in names)


def _candidates(text: str, reference: Reference) -> Iterator[tuple[str, str, bool]]:
    """The languages that a text begins with, then those that it ends with, with the rest, and whether that follows."""
    words = re.split(r"\s*[:=(–—]\s*|\s+-\s+|\s+", text, maxsplit=_MOST_WORDS)
    for length in range(min(_MOST_WORDS, len(words)), 0, -1):
        first = text[: _end_of(text, words, length)]
        rest = text[len(first) :]
        name = first.strip(" :=(–—-")
        code = "no" if name == "NO" and rest else language(name, reference).value
        if code is not None:
            yield code, rest, True
    words = text.split()
    for length in range(min(_MOST_WORDS, len(words) - 1), 0, -1):
        others, last = words[:-length], words[-length:]
        while others and says("of", others[-1]):
            others.pop()
        code = language(" ".join(last), reference).value
        if code is not None and others and len(fold(" ".join(last))) > _CODE:
            yield code, " ".join(others), False


def _end_of(text: str, words: list[str], length: int) -> int:
    """Where the first words of a text end in it."""
    at = 0
    for word in words[:length]:
        at = text.index(word, at) + len(word)
    return at
