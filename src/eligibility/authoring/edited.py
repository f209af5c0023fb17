"""A profile's text with something more in it: only what differs is written, every other byte stays, comments and order too.

PyYAML says where things stand; what was written is read again, and is what it should be, or it is not handed out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

import yaml

from eligibility.authoring.written import flow, written
from eligibility.loading.files import Source
from eligibility.loading.yaml_reader import read_yaml

_LINE_END = re.compile(r"\r\n|\n|\r")
_BOM = "\ufeff"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class NotEdited(Exception):
    """The text cannot be changed without changing more than was asked for; it says what should be written."""


class _Edit(NamedTuple):
    start: int
    end: int
    text: str


def edited(text: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """The text of a profile that said `before` (as `read_yaml` reads it), so that it says `after`. Raises NotEdited."""
    for whole in (False, True):  # where a small change cannot be made, the field is written anew
        with suppress(yaml.YAMLError):
            changed = _Editor(text, whole).changed(before, after)
            if _says(changed, after):
                return changed
    raise NotEdited(written({name: value for name, value in after.items() if before.get(name) != value}).rstrip())


def _says(text: str, data: Mapping[str, Any]) -> bool:
    if not text.strip(_BOM).strip():
        return not data
    document = read_yaml(Source("", text.encode("utf-8")))
    return not any(one.is_error for one in document.diagnostics) and document.data == _read(data)


def _read(value: Any) -> Any:
    """What a value is once it was written and read: a whole number of percents stays text, a bare year is a number."""
    if isinstance(value, Mapping):
        return {key: _read(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_read(one) for one in value]
    if isinstance(value, str) and re.fullmatch(r"[1-9]\d{3}", value):
        return int(value)
    return value


class _Editor:
    """One text, with where its parts stand."""

    def __init__(self, text: str, whole: bool) -> None:
        self.mark = _BOM if text.startswith(_BOM) else ""
        self.text = text.removeprefix(_BOM)
        self.whole = whole
        found = _LINE_END.search(self.text)
        self.newline = found[0] if found else "\n"
        self.starts = [0, *(one.end() for one in _LINE_END.finditer(self.text))]

    def changed(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
        root = yaml.compose(self.text, Loader=_LOADER) if self.text.strip() else None
        if root is None:
            return self.mark + self._joined(self.text, self._lines(after))
        pieces, at = [self.mark], 0
        for edit in sorted(self._edits(root, before, after, 0)):
            pieces += [self.text[at : edit.start], edit.text]
            at = edit.end
        return "".join([*pieces, self.text[at:]])

    def _joined(self, text: str, more: str) -> str:
        return text + (self.newline if text and text[-1] not in "\r\n" else "") + more

    def _lines(self, data: Mapping[str, Any], indent: str = "") -> str:
        """New lines of a mapping."""
        lines = written(data).splitlines() if not indent else [f"{key}: {flow(value, key)}" for key, value in data.items()]
        return "".join(f"{indent}{line}{self.newline}" for line in lines)

    # ------------------------------------------------------------------------------------------------ what changes

    def _edits(self, node: Any, before: Any, after: Any, depth: int, key: str = "") -> Iterator[_Edit]:
        if _same(before, after):
            return
        if isinstance(node, yaml.MappingNode) and isinstance(before, Mapping) and isinstance(after, Mapping):
            if not (self.whole and depth):
                yield from self._of_mapping(node, before, after, depth)
                return
        elif (
            isinstance(node, yaml.SequenceNode) and isinstance(before, list) and isinstance(after, list)
            and len(after) >= len(before) and not self.whole
        ):  # fmt: skip
            yield from self._of_list(node, before, after, depth)
            return
        start, end = self._at(node.start_mark), self._end(node)
        lead = " " if start == end and start and not self.text[start - 1].isspace() else ""
        yield _Edit(start, end, lead + flow(after, key))

    def _of_mapping(self, node: Any, before: Mapping[str, Any], after: Mapping[str, Any], depth: int) -> Iterator[_Edit]:
        pairs = {str(key.value): (key, value) for key, value in node.value}
        gone = [name for name in before if name not in after]
        more = {name: value for name, value in after.items() if name not in before}
        if gone and (len(gone) == len(before) or (depth and not node.flow_style)):
            yield _Edit(self._at(node.start_mark), self._end(node), flow(after))
            return
        for name in gone:
            yield self._without(node, [*pairs], name, pairs)
        for name, value in before.items():
            if name in after:
                yield from self._edits(pairs[name][1], value, after[name], depth + 1, name)
        if not more:
            return
        if node.flow_style:
            text = ", ".join(f"{name}: {flow(value, name)}" for name, value in more.items())
            yield self._into_flow(node, [value for _, value in node.value], text)
        else:
            yield self._below(node, self._lines(more, " " * node.start_mark.column))

    def _of_list(self, node: Any, before: list[Any], after: list[Any], depth: int) -> Iterator[_Edit]:
        for item, one, other in zip(node.value, before, after, strict=False):
            yield from self._edits(item, one, other, depth + 1)
        more = [flow(value) for value in after[len(before) :]]
        if not more:
            return
        if node.flow_style:
            yield self._into_flow(node, node.value, ", ".join(more))
        else:
            indent = " " * node.start_mark.column
            yield self._below(node, "".join(f"{indent}- {one}{self.newline}" for one in more))

    def _into_flow(self, node: Any, items: list[Any], text: str) -> _Edit:
        """More at the end of `[…]` or `{…}`."""
        at = self._end(items[-1]) if items else self._at(node.start_mark) + 1
        return _Edit(at, at, f", {text}" if items else text)

    def _below(self, node: Any, lines: str) -> _Edit:
        """Lines after the last one of a block, and after its comment."""
        last = self._end(node)
        found = _LINE_END.search(self.text, max(last - 1, 0) if self.text[last - 1 : last] in ("\n", "\r") else last)
        at = len(self.text) if found is None else found.end()
        return _Edit(at, at, self._joined(self.text[:at], lines)[at:])

    def _without(self, node: Any, names: list[str], name: str, pairs: Mapping[str, Any]) -> _Edit:
        """Nothing in the place of a key and its value."""
        key, value = pairs[name]
        start, end = self._at(key.start_mark), self._end(value)
        place = names.index(name)
        if node.flow_style:
            if place:
                return _Edit(self._end(pairs[names[place - 1]][1]), end, "")
            return _Edit(start, self._at(pairs[names[1]][0].start_mark), "")
        found = _LINE_END.search(self.text, end)
        return _Edit(start, len(self.text) if found is None else found.end(), "")

    # ------------------------------------------------------------------------------------------------ where it stands

    def _at(self, mark: Any) -> int:
        return int(self.starts[mark.line]) + int(mark.column)

    def _end(self, node: Any) -> int:
        """Where a value ends; of a block, where its last word does."""
        if isinstance(node, yaml.ScalarNode):
            start, end = self._at(node.start_mark), self._at(node.end_mark)
            return start + len(self.text[start:end].rstrip()) if node.style in ("|", ">") else end
        if node.flow_style or not node.value:
            return self._at(node.end_mark)
        last = node.value[-1]
        if not isinstance(last, tuple):
            return self._end(last)
        key, value = last
        return max(self._end(key), self._end(value))


def _same(before: Any, after: Any) -> bool:
    return type(before) is type(after) and bool(before == after)
