"""Edits that write in a file what was read of it: one line at a time, so that comments, order and everything else stay as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from eligibility.diagnostic import Diagnostic, Edit
from eligibility.loading.document import Document
from eligibility.loading.yaml_scalars import BOOLEAN_ELSEWHERE, read_plain
from eligibility.numerals import in_one_way
from eligibility.reading.reader import Path

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$")
_COMMENT = re.compile(r"\s+#")


class Change(NamedTuple):
    """How to write in a file what was read: the value at a path anew, its key with it (`entries`), or the key alone (`key`). Without
    `entries` and `key`, and with no `value`, the entry is taken away."""

    path: Path
    value: Any = None
    entries: Mapping[str, Any] | None = None
    key: str | None = None


def becomes(note: Diagnostic) -> Any:
    """What a word was read as, by its note: a value, or the keys that it fills."""
    return json.loads(str(note.params["becomes"]))


def edits_for(document: Document, changes: Iterable[Change]) -> tuple[Edit, ...]:
    """The edits that make all of these changes; none where one of them cannot be made in a line."""
    found = []
    for change in changes:
        edit = _edit(document, change)
        if edit is None:
            return ()
        found.append(edit)
    return tuple(found)


def _edit(document: Document, change: Change) -> Edit | None:
    key = document.span(change.path, key=True)
    if change.key is not None:
        return None if key is None else Edit(*key, change.key)
    value = document.span(change.path)
    if value is None:
        return None
    line, column, end = value
    if change.value is not None:
        return Edit(line, column, end, flow(change.value))
    if key is None or key[0] != line:
        return None
    in_braces = document.in_braces(change.path[:-1])
    if change.entries is not None:
        between = ", " if in_braces else "\n" + " " * (key[1] - 1)
        return Edit(line, key[1], end, between.join(f"{name}: {flow(one)}" for name, one in change.entries.items()))
    return _without(document.lines[line - 1], line, key[1], end, in_braces)


def _without(text: str, line: int, column: int, end: int, in_braces: bool) -> Edit | None:
    """An entry taken away: in braces with its comma, in a block with its line."""
    before, after = text[: column - 1], text[end - 1 :]
    if in_braces:
        if found := re.match(r"\s*,\s*", after):
            return Edit(line, column, end + found.end(), "")
        found = re.search(r"\s*,\s*$", before)
        return None if found is None else Edit(line, found.start() + 1, end, "")
    if before.strip():  # behind the dash of its entry
        return None
    return Edit(line, 1, end + len(after) - len(after.lstrip()), before) if _COMMENT.match(after) else Edit(line, 1, 0, "")


def applied(text: str, edits: Iterable[Edit]) -> str:
    """A text with its edits made; one whose `end_column` is 0 takes its whole line away."""
    lines = _LINE.findall(text)
    for edit in reversed(outermost(edits)):
        line = lines[edit.line - 1]
        rest = "" if edit.end_column == 0 else line[edit.end_column - 1 :]
        ending = "\r\n" if line.endswith("\r\n") else "\n"
        lines[edit.line - 1] = line[: edit.column - 1] + edit.text.replace("\n", ending) + rest
    return "".join(lines)


def outermost(edits: Iterable[Edit]) -> list[Edit]:
    """The edits in the order of the file, without those of a stretch that another one writes anew as a whole."""
    found: list[Edit] = []
    for edit in sorted(set(edits), key=lambda one: (one.line, one.column, -one.end_column)):
        if not (found and found[-1].line == edit.line and edit.end_column <= found[-1].end_column):
            found.append(edit)
    return found


_PLAIN = re.compile(r"[\w+][\w '’.()%+/-]*[\w.)%+]|\w")


def flow(value: Any) -> str:
    """A value as one line of YAML: quotes only where a reader would take the word for something else."""
    match value:
        case bool():
            return "true" if value else "false"
        case dict():
            return "{" + ", ".join(f"{key}: {flow(one)}" for key, one in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(flow, value)) + "]"
        case str():
            plain = _PLAIN.fullmatch(value) and (read_plain(value) is value or re.fullmatch(r"\d{4}|\d{4}-\d\d-\d\d", value))
            return value if plain and value not in BOOLEAN_ELSEWHERE else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return in_one_way(value) if isinstance(value, float) else str(value)
