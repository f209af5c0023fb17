"""The first draft of a rule file from the text of a notice: everything in it is still to be looked at, and says so.

What looks like a condition is a criterion with its sentence; the plain ones are proposed with their figures, the others are for a person to
judge. Nobody has compared a draft with its notice, so it has no `reviewed`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from eligibility.authoring.skeleton import modeline, slug
from eligibility.authoring.written import flow
from eligibility.notices.days import Closing, Days
from eligibility.notices.figures import proposed
from eligibility.notices.find import Finding
from eligibility.notices.notice import Notice, Post
from eligibility.reporters.layout import wrapped
from eligibility.wording import Words, languages

_COMMENT_WIDTH = 100
_LONGEST_LABEL = 90
_LONGEST_QUOTE = 400
_ID_WORDS = 3
_NOT_QUOTED = re.compile(r"[^\S ]+|\ufffd+")
_TO_REMOVE = re.compile(r"\*\*|__|<[^<>]{1,200}>")


class Draft(NamedTuple):
    """The text of a rule file; how many sentences of the notice it holds, and how many of them are proposed with figures."""

    text: str
    found: int
    proposed: int


def draft(notice: Notice, post: Post, document: str | None, name: str, schema: str, words: Words) -> Draft:
    """The draft for one post of a notice. `document` is the name of its text, `name` the id of the vacancy, `words` speak to the author."""
    return _Drafted(notice, post, document, name, schema, words).draft()


class _Drafted:
    def __init__(self, notice: Notice, post: Post, document: str | None, name: str, schema: str, words: Words) -> None:
        self._notice = notice
        self._post = post
        self._document = document
        self._name = name
        self._schema = schema
        self._words = words
        self._in = {language: Words(language) for language in languages()}
        self._ids: dict[str, int] = {}
        self._proposed = 0

    def draft(self) -> Draft:
        days = self._post.days
        told = {one.line for one in days.closings}  # these are days, and no criteria
        asked = [one for one in self._post.findings if one.about[:1] != ("deadline",) or one.line not in told]
        lines = [
            modeline(self._schema),
            *wrapped(self._words.text("draft.intro", document=self._document or "-"), _COMMENT_WIDTH, "# "),
            "format: 1",
            f"id: {self._name}",
            f"title: {self._title()}",
            f"organisation: {self._in_each('draft.organisation')}",
            f"notice: {self._source()}",
            f"todo: {_text(self._words.text('draft.todo.head'))}",
            *self._days(days),
            "",
            "criteria:",
        ]
        known = frozenset(name for name, day in (("deadline", days.closings), ("start", days.start)) if day)
        for number, one in enumerate(asked):
            lines += [*([""] if number else []), *self._criterion(one, known)]
        return Draft("".join(f"{line}\n" for line in lines), len(self._post.findings), self._proposed)

    def _title(self) -> str:
        title = " — ".join(part for part in (_shown(self._notice.title), _shown(self._post.name)) if part)
        return self._in_each("draft.title", text=title)

    def _in_each(self, key: str, **facts: str) -> str:
        """A text to replace, in each language."""
        return "{" + ", ".join(f"{language}: {_text(self._in[language].text(key, **facts))}" for language in ("fr", "en")) + "}"

    def _source(self) -> str:
        notice = self._notice
        values = {
            "document": self._document,
            "language": notice.language,
            "number": notice.number,
            "contact": notice.contact,
            "url": notice.url,
        }
        kept = {key: value if key == "language" else _text(value) for key, value in values.items() if value}
        return "{" + ", ".join(f"{key}: {value}" for key, value in kept.items()) + "}"

    # ------------------------------------------------------------------------------------------------------------ days

    def _days(self, days: Days) -> Iterator[str]:
        zone = days.zone
        yield f"zone: {zone}" if zone else f"# zone: Europe/Paris   # {self._words.text('draft.zone')}"
        counted = "deadline" if days.closings else "application"
        yield f"as_of: {{day: {counted}, assumed: true}}"
        if not days.closings:
            yield f"# {self._words.text('draft.no_deadline')}"
        if not days.closings and days.start is None:
            return
        yield "dates:"
        if len(days.closings) == 1:
            yield f"  deadline: {_moment(days.closings[0].at)}   # {self._words.text('draft.line', line=days.closings[0].line)}"
        elif days.closings:
            yield "  deadline:"
            yield "    readings:"
            for index, one in enumerate(days.closings):
                yield f"      - {{name: {self._reading(one)}, at: {_moment(one.at)}{', preferred: true' if index == 0 else ''}}}"
        for name, day in (("start", days.start), ("end", days.end)):
            if day is not None:
                yield f"  {name}: {day}   # {self._words.text('draft.line', line=days.line)}"

    def _reading(self, one: Closing) -> str:
        names = {
            language: self._in[language].text(f"draft.reading.{one.why or 'line'}", line=one.line, at=one.at.replace("T", " "))
            for language in ("fr", "en")
        }
        return "{" + ", ".join(f"{language}: {_text(name)}" for language, name in names.items()) + "}"

    # -------------------------------------------------------------------------------------------------------- criteria

    def _criterion(self, one: Finding, known: frozenset[str]) -> Iterator[str]:
        asked = proposed(one, self._notice.patterns, known)
        self._proposed += asked is not None
        yield f"  - id: {self._id(one)}"
        if one.asset:
            yield "    importance: desirable"
        yield f"    label: {self._label(one)}"
        yield f"    clause: {_text(self._clause(one))}"
        yield f"    quote: {_text(quoted(one.text))}"
        yield f"    todo: {_text(self._words.text(f'draft.todo.{self._todo(one, asked)}'))}"
        for key, value in (asked or {"kind": "judged"}).items():
            yield f"    {key}: {_flow(value)}"

    def _todo(self, one: Finding, asked: Mapping[str, Any] | None) -> str:
        if asked is not None:
            return "proposed"
        return "apply" if one.about[:1] in (("documents",), ("open_to",), ("deadline",)) else "judged"

    def _label(self, one: Finding) -> str:
        parts = f" {', '.join(one.parts)}" if one.parts else ""
        text = _shortened(_shown(one.text).rstrip(" .;") + parts, _LONGEST_LABEL)
        other = {language: self._in[language].text("draft.label", text=text) for language in ("fr", "en")}
        other[self._notice.language] = text
        return "{" + ", ".join(f"{language}: {_text(label)}" for language, label in other.items()) + "}"

    def _clause(self, one: Finding) -> str:
        """Where it stands, in the language of the notice: a heading and lines."""
        words = self._in[self._notice.language]
        lines = (
            words.text("draft.line", line=one.line) if one.last == one.line else words.text("draft.lines", first=one.line, last=one.last)
        )
        heading = _shown(one.heading)
        return f"{heading}, {lines}" if heading and len(heading) <= _LONGEST_LABEL else lines

    def _id(self, one: Finding) -> str:
        about = [name for name in one.about if name not in ("asset", "day")]
        words = [word for word in slug(_shown(one.text)).split("-") if len(word) > 3 and word.isalpha()]
        base = about[0].replace("_", "-") if about else "-".join(words[:_ID_WORDS]) or "condition"
        number = self._ids[base] = self._ids.get(base, 0) + 1
        return base if number == 1 else f"{base}-{number}"


def quoted(text: str) -> str:
    """A sentence as `quote` holds it: what cannot be written, and the end of a very long one, is left out as […]."""
    text = "".join(one if one.isprintable() else "\ufffd" for one in text)
    text = " ".join(_NOT_QUOTED.sub(" […] ", text).split())
    if len(text) > _LONGEST_QUOTE:
        text = f"{text[: text.rfind(' ', 0, _LONGEST_QUOTE) if ' ' in text[:_LONGEST_QUOTE] else _LONGEST_QUOTE]} […]"
    return text


def _shown(text: str) -> str:
    """Words of the notice as a label holds them."""
    text = "".join(one if one.isprintable() else " " for one in _TO_REMOVE.sub(" ", text)).replace("\ufffd", " ")
    return " ".join(text.split())


def _shortened(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    cut = text.rfind(" ", 0, most)
    return f"{text[: cut if cut > 0 else most].rstrip(' ,;:')}…"


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _moment(at: str) -> str:
    return json.dumps(at) if "T" in at else at


def _flow(value: Any) -> str:
    """A value of a criterion on one line; lengths of time stand unquoted, as people write them."""
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in value.items()) + "}"
    return value if isinstance(value, str) and re.fullmatch(r"\d+ (?:year|month)s?", value) else flow(value)
