"""A whole notice, read: its title, number and contact, its days, what looks like a condition, and the several posts it may be about."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from eligibility.diagnostic import Diagnostic, Place, Problems
from eligibility.loading.files import read_source
from eligibility.loading.yaml_characters import decode
from eligibility.notices.days import Days, days_in
from eligibility.notices.find import Finding, conditions_in, numbered_post, role_of, usual_heading
from eligibility.notices.passages import Heading, Passage, passages_of, plain
from eligibility.notices.patterns import Patterns, languages_of

LONGEST = 400_000
"""Bytes of a notice: those of a hundred pages, and more."""
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_ADDRESS = re.compile(r"https?://[^\s<>()\"'«»]{4,300}")
_VALUE = re.compile(r"[^:]{1,70}?\s?:\s*(.{2,120})$")
_NUMBER = re.compile(r"[\w/.-]*\d[\w/. -]{0,40}")
_TOP = 40
"""Passages among which the title and the number stand."""
_LONGEST_TITLE = 120


class Post(NamedTuple):
    """One vacancy of a notice: what it is called there (empty where there is one only), its days and its conditions."""

    name: str
    days: Days
    findings: tuple[Finding, ...]


class Notice(NamedTuple):
    """A notice. `language` is its main one."""

    language: str
    patterns: Patterns
    title: str
    number: str | None
    contact: str | None
    url: str | None
    posts: tuple[Post, ...]
    parts: tuple[Passage | Heading, ...]


def read_text(path: str) -> str:
    """The text of a file, with U+FFFD for what controls or reorders it. Raises `Problems` for what is not there, no text in UTF-8, or
    longer than any notice."""
    source = read_source(path)
    if len(source.data) > LONGEST:
        raise Problems([Diagnostic("E136", Place(source.name), {"form": "notice", "limit": LONGEST})])
    return decode(source)[0]


def read_notice(text: str) -> Notice:
    """What a text says, as far as it is plain."""
    by = Patterns(languages_of(text))
    parts = passages_of(text, usual_heading(by))
    findings = conditions_in(parts, by)
    said = [one for one in parts if isinstance(one, Passage)]
    return Notice(
        by.languages[0], by, _title(parts, by), _labelled(said, by, "number"), _first(_EMAIL, text), _first(_ADDRESS, text),
        tuple(_posts(parts, findings, by)), tuple(parts),
    )  # fmt: skip


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return found[0].rstrip(".,;") if found else None


def _title(parts: Sequence[Passage | Heading], by: Patterns) -> str:
    """What the notice calls the post: under a label, else its first heading or line."""
    if found := _labelled([one for one in parts[:_TOP] if isinstance(one, Passage)], by, "title"):
        return found
    top = [one for one in parts[:_TOP] if len(one.text) <= _LONGEST_TITLE and any(map(str.isalpha, one.text))]
    ends = next((index for index, one in enumerate(top) if isinstance(one, Heading) and role_of(plain(one.text), by) is not None), len(top))
    names = [one.text for one in top[:ends] if isinstance(one, Heading)] + [one.text for one in top]
    return names[0] if names else ""


def _labelled(said: Sequence[Passage], by: Patterns, what: str) -> str | None:
    """The value of the first `label: value` whose label is one of these."""
    for one in said[:_TOP]:
        found = _VALUE.match(one.text)
        if found is None:
            continue
        label = plain(one.text[: found.start(1)].strip(" :"))
        if any(pattern.regex.fullmatch(label) for pattern in by.of("header", what)):
            value = found[1].strip()
            if what != "number":
                return value
            if number := _NUMBER.match(value):
                return number[0].strip(" .")
    return None


# ------------------------------------------------------------------------------------------------------- several posts


class _Region(NamedTuple):
    """The lines of one post, and what it is called."""

    name: str
    key: str
    first: int
    last: int


def _posts(parts: Sequence[Passage | Heading], findings: Sequence[Finding], by: Patterns) -> Iterator[Post]:
    """Each post with what the notice says of it and what it says of all of them."""
    said = [one for one in parts if isinstance(one, Passage)]
    regions = _regions(parts, by)
    starts = [region.first for region in regions]

    def post_of(line: int) -> int | None:
        """The post that is told of on a line; None: all of them."""
        number = bisect_right(starts, line) - 1
        return number if number >= 0 and line <= regions[number].last else None

    own: dict[int | None, list[Finding]] = {}
    for one in findings:
        own.setdefault(post_of(one.line), []).append(one)
    if not 1 < len(regions) <= _MOST_POSTS or any(number not in own for number in range(len(regions))):
        yield Post("", days_in(said, by), tuple(findings))
        return
    places = [post_of(one.line) for one in said]
    for number, region in enumerate(regions):
        passages = [one for one, place in zip(said, places, strict=True) if place in (None, number)]
        found = sorted((*own.get(None, ()), *own[number]), key=lambda one: (one.line, one.last))
        yield Post(region.name, days_in(passages, by), tuple(found))


_MOST_POSTS = 60
"""Posts of one notice: a text that numbers more parts is about something else."""


def _regions(parts: Sequence[Passage | Heading], by: Patterns) -> list[_Region]:
    """Where each numbered post is told of: from its name to the next one; after the last, to a heading that the others do not have."""
    numbered = numbered_post(by)
    starts: list[tuple[int, str, str]] = []
    for index, one in enumerate(parts):
        if len(one.text) > _LONGEST_TITLE or (isinstance(one, Passage) and one.item):
            continue
        found = numbered.match(plain(one.text))
        if found is not None and found[1] not in (key for _, key, _ in starts):
            starts.append((index, found[1], one.text))
    regions = []
    seen: set[str] = set()
    for number, (index, key, name) in enumerate(starts):
        is_last = number + 1 == len(starts)
        end = len(parts) if is_last else starts[number + 1][0]
        headings = [(at, plain(parts[at].text)) for at in range(index + 1, end) if isinstance(parts[at], Heading)]
        if is_last and number:
            end = next((at for at, title in headings if title not in seen and _is_of_all(title, seen, by)), end)
        seen |= {title for _, title in headings}
        last = parts[end - 1]
        regions.append(_Region(name.strip(), key, parts[index].line, last.last if isinstance(last, Passage) else last.line))
    return regions


def _is_of_all(title: str, seen: set[str], by: Patterns) -> bool:
    """Whether a heading that no other post has begins what is said of all of them."""
    role = role_of(title, by)
    return bool(seen) or (role is not None and role.name == "procedure")
