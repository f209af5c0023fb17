"""Degrees as people write them: `Master 2 IA`, `B.A.`, `Maîtrise en droit`: the title, the level, and the field where it is known."""

from __future__ import annotations

import re
from typing import Any

from eligibility.loading.understood.answer import DOUBTFUL, NOT_UNDERSTOOD, Understood
from eligibility.loading.understood.words import holds, meanings, says, without
from eligibility.reference import Reference
from eligibility.reference.spelling import fold

_PIECES = re.compile(r"[(),;\[\]]|\s[-–—/]\s")
_LEVEL = re.compile(
    r"(?:level\s|nivel\s)?(?:eqf|cec|ceq|dqr|rncp)(?:[\s-]+(?:level|niveau|nivel|stufe))?\s*:?\s*([1-8])"
    r"|(?:niveau|stufe)\s+(?:(?:eqf|cec|ceq|dqr|rncp)\s+)?:?\s*([1-8])",
    re.IGNORECASE,
)
"""A level of the European framework, or of one that has the same: an English `level 7` may be that of Australia, which is another."""
_CLASS = re.compile(r"\b2[:.][12]\b|\b1st\b")
"""The class of a British degree: figures that say nothing else."""
_YEAR = re.compile(r"(?<![\d/.–—-])\b(?:19|20)\d\d\b(?!\s?[/.–—-]\s?\d)")
_ORDINAL = re.compile(r"\d|\b[IVX]+\b")
_COMMAND = re.compile(r"(?:de l['’]|de la|du|des)\s?", re.IGNORECASE)
_OPEN_TITLES = frozenset({
    "doctorat", "docteur", "docteure", "doctorate", "doctor", "doktor", "doctorado", "doctoren", "doctoraen", "doctoraldegree",
})  # fmt: skip
"""Titles that doctors of medicine have as well."""


def degree(text: str, reference: Reference) -> Understood:
    """The keys of one degree. Several degrees in one text, and one that was not obtained, are told and not taken."""
    whole = fold(text) in meanings("degrees")
    pieces = [text] if whole else [piece for one in _PIECES.split(text) if (piece := one.strip())]
    if any(says("unfinished", piece) for piece in pieces):
        return Understood(note="not_obtained")
    value: dict[str, Any] = {}
    readings: tuple[dict[str, Any], ...] = ()
    left: list[str] = []
    told = False  # whether something was said beside the title
    for piece in pieces:
        if (stated := _LEVEL.fullmatch(_plain(piece))) is not None:
            value.setdefault("level", int(stated[1] or stated[2]))
            continue
        found, rest = _title(piece, text, reference)
        if not found:
            if value or readings:
                rest = piece
            else:
                return NOT_UNDERSTOOD
        elif not (value or readings):
            value, readings = (found[0], ()) if len(found) == 1 else ({}, found)
        elif not rest and not readings and len(found) == 1 and {*value, *found[0]} == {"level", "title"} and len(value) == 1:
            value = {**value, **found[0]}  # Bac+5 (Master)
        elif (rest and told) or found != (readings or ({key: value[key] for key in found[0] if key in value},)):
            return Understood(note="several")
        if (why := _why_not(rest, reference, found or readings or (value,))) is not None:
            return Understood(note=why)
        rest = without("of", rest, at_end=False)
        beside = without("of", without("faculties", rest, at_end=False), at_end=False)
        field = _field(rest, reference) if beside else None  # Masters of Arts: a faculty is no field
        if field is None:
            rest = beside
            field = _field(rest, reference)
        told = told or bool(rest)
        if field is not None:
            value = {**value, "field": [*dict.fromkeys([*value.get("field", ()), field])]}
        elif rest:
            left.append(rest)
    if "level" in value and any(_contradicts(one, value["level"], reference) for one in readings or (value,)):
        return DOUBTFUL
    if readings:
        return Understood(None, tuple({**one, **value} for one in readings), tuple(left))
    return Understood(value, left=tuple(left)) if value else NOT_UNDERSTOOD


def under_its_keys(text: str, reference: Reference) -> dict[str, Any] | None:
    """What may be written for a degree with its year, and perhaps a school, in one text: `Master in Law, 2019, Sorbonne`. It is shown and
    not taken: the year may be that of the degree, or the one in which the studies began. None where that is not what stands there."""
    years = _YEAR.findall(text)
    rest = [piece for one in _PIECES.split(_YEAR.sub(" ", text)) if (piece := " ".join(one.split()).strip(" -–—/"))]
    found = degree(", ".join(rest), reference) if len(years) == 1 and rest else NOT_UNDERSTOOD
    if found.value is None or len(found.left) > 1 or any(one not in rest or not one[0].isupper() for one in found.left):
        return None
    title = ", ".join(piece for piece in rest if piece not in found.left)
    return {"title": title, "awarded": years[0], **({"school": found.left[0]} if found.left else {})}


def _plain(piece: str) -> str:
    """`diplôme de niveau 7` without its small words."""
    return without("of", without("faculties", piece, at_end=False), at_end=False)


def _why_not(rest: str, reference: Reference, found: tuple[dict[str, Any], ...]) -> str | None:
    """What stands beside a title and says that it is none, none yet, or another one, too: `Master student`, `Master I`, `BSc & MSc`."""
    if holds("unfinished", rest):
        return "not_obtained"
    if _ORDINAL.search(_CLASS.sub(" ", rest)):
        return "doubtful"
    others = (_known(word, reference) for word in re.findall(r"[\w.'’]+", rest))
    return "several" if any(one and one not in (found, ({key: found[0].get(key) for key in one[0]},)) for one in others) else None


def _contradicts(value: dict[str, Any], level: int, reference: Reference) -> bool:
    """Whether a title is of another level than the one that is said beside it."""
    span = reference.degree(value["title"], None).level if "title" in value else None
    return span is not None and not span[0] <= level <= span[1]


def _title(text: str, whole: str, reference: Reference) -> tuple[tuple[dict[str, Any], ...], str]:
    """What the longest beginning of a text (a piece of the whole one) that is a title stands for, and the rest of the text."""
    words = text.split()
    for length in range(len(words), 0, -1):
        first = " ".join(words[:length])
        rest = " ".join(words[length:])
        known = _known(first, reference)
        if not known or any(says("no_degrees", word) for word in words[length:]):
            continue
        if fold(first) == "maitrise" and _COMMAND.match(rest):  # maîtrise de l'anglais
            continue
        if fold(first) == "ma" and holds("undergraduate", whole):
            known = ({"title": "bachelor"}, {"title": "master"})  # a first degree in Scotland, and no further study at Oxford
        if fold(first) in _OPEN_TITLES and holds("medicine", whole):
            known = ({"level": 7}, {"title": "doctorat"})
        return known, rest
    return (), text


def _known(word: str, reference: Reference) -> tuple[dict[str, Any], ...]:
    if (several := meanings("degrees").get(fold(word))) is not None:
        return tuple({"level": int(one[6:])} if one.startswith("level:") else {"title": one} for one in several)
    title = reference.find_term("titles", word, suggest=False).id
    return () if title is None else ({"title": title},)


def field(text: str, reference: Reference) -> Understood:
    """A field of study or of work: `Informatik`, `sciences politiques`."""
    known = _field(without("of", text, at_end=False), reference)
    return NOT_UNDERSTOOD if known is None else Understood(known)


def _field(text: str, reference: Reference) -> str | None:
    """The field that words name, also in the plural: `sciences politiques`."""
    if not text:
        return None
    one_by_one = " ".join(re.sub(r"(?<=\w{3})s\b", "", word) for word in text.split())
    for form in (text, one_by_one):
        known = reference.find_term("field", form, suggest=False).id
        if known is not None:
            return known
    known_words = meanings("fields").get(fold(text))
    return known_words[0] if known_words and len(known_words) == 1 else None
