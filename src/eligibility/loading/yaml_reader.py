"""YAML, read event by event: nothing is built that was not checked first.

PyYAML only cuts the text into events. What an unquoted word means, which parts of YAML are left out (anchors,
aliases, tags, merge keys, several documents) and every limit are decided here, in one pass without recursion.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, NoReturn

from eligibility.diagnostic import Diagnostic, Place, Problems
from eligibility.loading.document import Document, Marks, pack, unpack
from eligibility.loading.files import Source
from eligibility.loading.yaml_characters import MAX_MARKS, composed, decode, forbidden, place_at
from eligibility.loading.yaml_scalars import BOOLEAN_ELSEWHERE, UNSAFE_WORDS, Refused, read_plain
from eligibility.loading.yaml_syntax import MAX_DEPTH, explain, odd_space_after_colon, shorten
from eligibility.numerals import two_readings

MAX_NODES = 20_000
MAX_TEXT = 100_000
"""The longest single text read, in characters."""

FIRST_LINES = {"example": "id: my-id", "first": "id", "second": "title"}
"""What a file may begin with, shown to somebody whose file holds nothing."""


def read_yaml(source: Source) -> Document:
    """The document written in a file, with all its problems.

    Raises `Problems` when no mapping can be built: not text, not YAML, empty, not a mapping at the top, or
    deeper or larger than the limits.
    """
    text, problems = decode(source)
    return _Reading(source, text, problems).document()


def _event_source(text: str) -> Callable[[], Any]:
    """The function that gives the next event: of the C part of PyYAML, or else of its Python part."""
    import yaml

    if yaml.__with_libyaml__:
        from yaml._yaml import CParser

        return CParser(text).get_event
    return yaml.SafeLoader(text).get_event


class _Reading:
    """The reading of one file: its marks and its problems so far."""

    __slots__ = ("_entries", "_first_lines", "_marks", "_problems", "_repeated", "_source", "_text", "_told")

    def __init__(self, source: Source, text: str, problems: list[Diagnostic]) -> None:
        self._source = source
        self._text = text
        self._problems = problems
        self._marks = Marks()
        self._told: set[str] = set()
        self._first_lines: dict[tuple[int, str], int] = {}  # of each key, by its mapping
        self._entries: set[int] = set()  # the mappings that are entries of a list
        self._repeated: dict[int, list[tuple[str, int]]] = {}  # the keys written again in a mapping, and where

    def document(self) -> Document:
        """Read everything; raises `Problems` as `read_yaml` says."""
        from yaml import YAMLError  # PyYAML is slow to import: only once there is something to read

        try:
            data = self._document_data(_event_source(self._text))
        except YAMLError as error:
            self._problems.append(explain(error, self._source.name, self._text))
            raise Problems(self._problems) from None
        except (ValueError, OverflowError):  # only the Python part, at an escape such as "\\UFFFFFFFF"
            self._stop("E154", pack(*self._marks.spot(len(self._marks) - 1)) if len(self._marks) else pack(1, 1, 1))
        self._tell_repeated()
        return Document(self._source, data, self._problems, self._marks)

    def _tell_repeated(self) -> None:
        """Keys written twice: one by one, or, where a whole entry of a list seems to begin again, as one missing dash."""
        for node, repeated in self._repeated.items():
            names = [key for key, _ in repeated]
            if node in self._entries and (len(names) > 1 or names[0] in ("id", "kind")):
                self._tell("E159", repeated[0][1], keys=shorten(", ".join(dict.fromkeys(names))))
                continue
            for key, spot in repeated:
                self._tell("E110", spot, key=shorten(key), line=self._first_lines[node, key])

    def _document_data(self, next_event: Callable[[], Any]) -> dict[str, object]:
        """The mapping of the first document, after which the file must end."""
        from yaml.events import DocumentStartEvent, MappingStartEvent

        next_event()  # the stream starts
        if not isinstance(next_event(), DocumentStartEvent):
            self._stop("E102", pack(1, 1, 1), **FIRST_LINES)
        first = next_event()
        if not isinstance(first, MappingStartEvent):
            self._refuse_top(first)
        data = self._mapping(first, next_event)
        next_event()  # the document ends
        following = next_event()
        if isinstance(following, DocumentStartEvent):
            self._tell("E117", _start(following))
        return data

    def _mapping(self, event: Any, next_event: Callable[[], Any]) -> dict[str, object]:
        """The mapping that starts with `event`, and all it holds."""
        from yaml.events import AliasEvent, MappingStartEvent, ScalarEvent, SequenceStartEvent

        marks = self._marks
        outer: list[tuple[Any, bool, bool, str | None, int]] = []  # the same five facts of what is around
        container: Any = None  # the mapping or list being filled
        in_mapping = key_is_next = False
        key: str | None = None  # the key of the value that comes next; None where that value is dropped
        node = 0
        while True:
            if len(marks) > MAX_NODES:
                self._stop("E113", pack(*marks.spot(MAX_NODES)), limit=MAX_NODES)
            kind = type(event)
            value: Any = None
            if kind is ScalarEvent:
                spot = self._spot(event)
                marks.add(spot)
                value = self._key(event, spot, container, node) if key_is_next else self._value(event, spot)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                spot = _start(event)
                self._refuse_properties(event, spot)
                if key_is_next:
                    self._tell("E125", spot)
                if len(outer) >= MAX_DEPTH:
                    self._stop("E112", spot, limit=MAX_DEPTH)
                entry = not in_mapping and container is not None
                outer.append((container, in_mapping, key_is_next, key, node))
                node = marks.open(spot)
                if entry:
                    self._entries.add(node)
                in_mapping = key_is_next = kind is MappingStartEvent
                container = {} if in_mapping else []
                event = next_event()
                continue
            elif kind is AliasEvent:
                spot = _start(event)
                marks.add(spot)
                self._tell_once("E114", spot)
            else:
                marks.close(node, event.end_mark.line + 1, event.end_mark.column + 1)
                value = container
                container, in_mapping, key_is_next, key, node = outer.pop()
                if not outer:
                    assert isinstance(value, dict)  # what began the file
                    return value
            if not in_mapping:
                container.append(value)
            elif key_is_next:
                key = value if kind is ScalarEvent else None
                key_is_next = False
            else:
                if key is not None:
                    container[key] = value
                key_is_next = True
            event = next_event()

    def _spot(self, event: Any) -> int:
        """Where a scalar stands, to the end of its first line; also refuses its anchor and its tag."""
        start, end = event.start_mark, event.end_mark
        if start.line == end.line:
            end_column = end.column
        else:
            first_line, _, _ = self._text[start.index : end.index].partition("\n")
            end_column = start.column + len(first_line.rstrip("\r"))
        spot = pack(start.line + 1, start.column + 1, end_column + 1)
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event, spot)
        return spot

    def _key(self, event: Any, spot: int, mapping: dict[str, object], node: int) -> str | None:
        """The text of a key; None for one whose value is to be dropped."""
        key: str = event.value
        if event.style:
            key = self._quoted(event, spot)
        elif not (len(key) < 100 and key.isascii() and key.isidentifier()) or key in UNSAFE_WORDS:
            if key == "<<":
                self._tell_once("E116", spot)
                return None
            key = self._plain_key(key, spot)
        key = sys.intern(key)  # the same few keys come back in every file
        if key in mapping:
            self._repeated.setdefault(node, []).append((key, spot))
            return None
        self._first_lines[node, key] = event.start_mark.line + 1
        self._marks.name_last(key)
        return key

    def _plain_key(self, key: str, spot: int) -> str:
        """An unquoted key, which must be read as text."""
        value = read_plain(key)
        if not isinstance(value, str) or (isinstance(value, Refused) and value != "E105"):
            self._tell("E124", spot, value=shorten(key))
        elif key in BOOLEAN_ELSEWHERE:
            self._tell("W101", spot, value=key)
        elif key != (bare := key.strip()):
            self._tell("E129", spot, key=shorten(bare))
            key = bare
        return self._normal(key, spot)

    def _value(self, event: Any, spot: int) -> str | int | float | bool | None:
        """The value of a scalar; for a refused one, the text as written."""
        return self._quoted(event, spot) if event.style else self._plain(event.value, spot)

    def _plain(self, word: str, spot: int) -> str | int | float | bool | None:
        """The value of an unquoted word."""
        value = read_plain(word)
        if value is not word:
            if isinstance(value, Refused):
                self._tell(value, spot, value=shorten(word), **({"form": "unquoted"} if value == "E105" else {}))
                return word
            return word if isinstance(value, float) and two_readings(word) else value  # `1.200` is text to whoever it matters to
        if word in BOOLEAN_ELSEWHERE:
            self._tell("W101", spot, value=word)
        elif word.isascii() and len(word) <= MAX_TEXT:
            return word
        elif word != (bare := word.strip()):
            self._tell("W104", spot, value=shorten(bare))
            return self._plain(bare, spot)
        elif word[0] in "“„‘" and word[-1] in "”“’":
            self._tell("W105", spot, value=shorten(word))
        elif (odd := odd_space_after_colon(word)) is not None and " " not in word[:odd]:
            self._tell("W102", spot, value=shorten(word))
        return self._normal(word, spot)

    def _quoted(self, event: Any, spot: int) -> str:
        """The text of a scalar in quotes or of a block of lines."""
        text: str = event.value
        if event.style == '"' and not text.isprintable() and (found := forbidden(text)):
            code, character = found
            self._tell(code, spot, character=character, n=1)
            text = ""
        return self._normal(text, spot)

    def _normal(self, text: str, spot: int) -> str:
        """The text in Unicode's composed form, so that one spelling has one code."""
        if len(text) > MAX_TEXT:
            self._tell("E118", spot, limit=MAX_TEXT)
        if (normal := composed(text)) is None:
            self._tell("E157", spot, limit=MAX_MARKS)
            return ""
        return normal

    def _refuse_properties(self, event: Any, spot: int) -> None:
        if event.anchor is not None:
            self._tell_once("E114", spot)
        if event.tag is not None:
            self._tell_once("E115", spot)

    def _refuse_top(self, event: Any) -> NoReturn:
        """Refuse a file that holds nothing, one word or one list."""
        from yaml.events import ScalarEvent

        if isinstance(event, ScalarEvent):
            spot = self._spot(event)
            if not event.value and not event.style:
                self._stop("E102", pack(1, 1, 1), **FIRST_LINES)
            if not event.style and (odd := odd_space_after_colon(self._text)) is not None:
                self._problems.append(Diagnostic("N101", place_at(self._source.name, self._text[:odd])))
            self._stop("E103", spot, **FIRST_LINES)
        self._stop("E103", _start(event), **FIRST_LINES)

    def _tell(self, code: str, spot: int, **params: object) -> None:
        line, column, end = unpack(spot)
        self._problems.append(Diagnostic(code, Place(self._source.name, line, column, max(end, column + 1)), params))

    def _tell_once(self, code: str, spot: int) -> None:
        """Tell what comes back many times in a file that uses it, at its first place only."""
        if code not in self._told:
            self._told.add(code)
            self._tell(code, spot)

    def _stop(self, code: str, spot: int, **params: object) -> NoReturn:
        self._tell(code, spot, **params)
        raise Problems(self._problems)


def _start(event: Any) -> int:
    """Where anything but a scalar starts; where it ends comes to light later."""
    return pack(event.start_mark.line + 1, event.start_mark.column + 1, 0)
