"""The sentences of a notice that look like conditions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from eligibility.notices.passages import Heading, Passage, passages_of, plain
from eligibility.notices.patterns import Patterns, data_of, languages_of, with_languages

ABOUT = (
    "deadline", "age", "citizenship", "residence", "experience", "seniority", "employer", "language", "degree", "enrolment", "certificate",
    "public_service", "exclusion", "documents", "undertaking", "open_to", "asset", "day",
)  # fmt: skip
"""What a condition is about, as the sections `signs` of the pattern files call it; of several, the first one names it."""
_FIRM = frozenset({
    "deadline", "age", "citizenship", "residence", "seniority", "open_to", "exclusion", "asset", "public_service",
    "documents", "undertaking",
})  # fmt: skip
"""What is hardly said in passing."""
_ANYWHERE = frozenset({"deadline", "age"})
"""What is a condition even among the tasks of a post."""
_DATED = re.compile(r"\b(?:1|2)\d{3}\b|\b\d{1,2}[/.]\d{1,2}\b")
_LETTERS = 3
_SHORT = 45
"""Letters of a usual heading."""
_MOST_PARTS = 50
_FEW_WORDS = 8
"""Of an item that only completes what opens its list."""


class Finding(NamedTuple):
    """A sentence that looks like a condition; what it is `about` (empty: only its place or its verb says so), whether it is an asset, the
    items that complete it, and the names of the patterns that found it."""

    text: str
    line: int
    last: int
    heading: str
    number: int
    about: tuple[str, ...]
    asset: bool
    parts: tuple[str, ...]
    by: frozenset[str]


class Role(NamedTuple):
    """What stands below a heading: `conditions`, `elsewhere`, `procedure`, or nothing known of it."""

    name: str
    asset: bool = False
    by: frozenset[str] = frozenset()


_NEUTRAL = Role("")


def conditions(text: str) -> list[Finding]:
    """Every sentence and item of a notice that looks like a condition, in its order."""
    by = Patterns(languages_of(text))
    return conditions_in(passages_of(text, usual_heading(by)), by)


def usual_heading(by: Patterns) -> Callable[[str], bool]:
    """Whether a short line, in plain words, is what notices often write above their parts, or the number of a post."""
    post = numbered_post(by)
    return lambda title: post.match(title) is not None or (len(title) <= _SHORT and ": " not in title and role_of(title, by) is not None)


def numbered_post(by: Patterns) -> re.Pattern[str]:
    """How the part of a notice that is about one of several posts begins: `post 2:`."""
    names = "|".join(word for language in by.languages for word in data_of(language)["header"]["post"])
    return re.compile(rf"(?:{names})s? ?(?:n[o°]?\.? ?|#)?(\d{{1,3}}|[ivx]{{1,5}}|[a-z])(?: ?[:.-](?: |$)|\)|$)")


def conditions_in(parts: Iterable[Passage | Heading], by: Patterns) -> list[Finding]:
    """The passages of a notice that look like conditions."""
    found: list[Finding] = []
    role = listed = _NEUTRAL
    opened = False  # whether the last condition opens the list that is being read
    for one in parts:
        if isinstance(one, Heading):
            known = role_of(plain(one.text), by)
            role = known if known is not None else role if one.opens else _NEUTRAL
            listed = role
            opened = False
            if one.opens and (asked := _asked(one, by)) is not None:
                found.append(asked)
                opened = True
            continue
        if not one.item:
            listed = role
        finding = _finding(one, listed, by)
        if (
            opened
            and one.item
            and len(found[-1].parts) < _MOST_PARTS
            and (finding is None or not finding.about)
            and len(one.text.split()) <= _FEW_WORDS
        ):
            found[-1] = found[-1]._replace(last=one.last, parts=(*found[-1].parts, one.text.rstrip(" ;,.")))
            continue
        opened = (opened and one.item) or (one.opens and finding is not None and bool(finding.about))
        if one.opens and not one.item and (known := role_of(plain(one.text), by)) is not None:
            listed = known
            role = known if role.name != "conditions" else role
        if finding is not None:
            found.append(finding)
    return found


def _asked(one: Heading, by: Patterns) -> Finding | None:
    """A line before a list that asks for something itself: ten years in one of these."""
    about, names = _about(plain(one.text), by)
    if len(one.text.split()) < _FEW_WORDS - 2 or not about or about[0] in ("documents", "asset", "exclusion"):
        return None
    return Finding(one.text, one.line, one.line, one.text, 0, about, "asset" in about, (), names)


def role_of(title: str, by: Patterns) -> Role | None:
    """What a (plain) heading says of what stands below it; None: nothing."""
    at: dict[str, int] = {}
    names: dict[str, frozenset[str]] = {}
    for name in ("conditions", "elsewhere", "procedure", "assets"):
        matches = list(by.hits(title, "headings", name))
        if matches:
            at[name] = min(match.start() for _, match in matches)
            names[name] = frozenset(pattern.name for pattern, _ in matches)
    asset = "assets" in at
    if "conditions" in at and "elsewhere" in at:
        language = next(iter(names["conditions"])).partition(".")[0]
        decided = "elsewhere" if data_of(language)["headings"]["first"] and at["elsewhere"] < at["conditions"] else "conditions"
        return Role(decided, asset, names[decided])
    for name in ("conditions", "elsewhere", "procedure", "assets"):
        if name in at:
            return Role("conditions" if name == "assets" else name, asset, names[name])
    return None


def _about(text: str, by: Patterns) -> tuple[tuple[str, ...], frozenset[str]]:
    """What a plain text is about, and the patterns that say so."""
    marked = with_languages(text)
    about, names = [], set()
    for name in ABOUT:
        hits = list(by.hits(marked if name == "language" else text, "signs", name))
        if hits:
            about.append(name)
            names |= {pattern.name for pattern, _ in hits}
    if about[:1] == ["deadline"] and len(about) > 1 and _DATED.search(text) is None:  # an age on the closing date
        about = [*about[1:], *(() if "day" in about else ("day",))]
    return tuple(about), frozenset(names)


def _finding(one: Passage, role: Role, by: Patterns) -> Finding | None:
    text = plain(one.text)
    if len(text) < _LETTERS:
        return None
    about, names = _about(text, by)
    if not _FIRM.intersection(about) and by.holds(text, "not", "told"):
        return None
    asset = "asset" in about or (role.asset and role.name == "conditions")
    bound = _bound(text, by)
    if role.name == "conditions":
        is_one = bool(about) or not one.opens
        names |= role.by
    elif role.name == "elsewhere":
        is_one = bool(_ANYWHERE.intersection(about)) or (bool(bound) and bool(set(about) - {"documents", "undertaking", "certificate"}))
    else:
        is_one = bool(_FIRM.intersection(about)) or bool(bound) or ("experience" in about and any(map(str.isdigit, text)))
    if not is_one:
        return None
    return Finding(one.text, one.line, one.last, one.heading, one.number, about, asset, (), names | bound)


def _bound(text: str, by: Patterns) -> frozenset[str]:
    """The patterns by which a plain text binds somebody, or says that something is required."""
    only = {pattern.name for pattern, _ in by.hits(text, "bound", "only")}
    who = {pattern.name for pattern, _ in by.hits(text, "bound", "who")}
    how = {pattern.name for pattern, _ in by.hits(text, "bound", "by")} if who else set()
    return frozenset(only | (who | how if how else set()))
