"""What is probably wrong where YAML cannot be read, told by the text around the place and not by the parser's words."""

from __future__ import annotations

import re
from typing import Any

from eligibility.diagnostic import Diagnostic, Place

_ODD_SPACES = "\u00a0\u2007\u202f"  # non-breaking: usual, as wide as a digit, narrow
_SHOWN = 60
_KEY = re.compile(r"[\w-]+:(?:\s|$)")
_CLOSING = {"[": "]", "{": "}"}

MAX_DEPTH = 40
"""The deepest mapping or list read; the one at the top counts as the first."""


def shorten(text: str) -> str:
    """The user's own text, cut so that a message stays readable."""
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def odd_space_after_colon(text: str) -> int | None:
    """The index of the first non-breaking space that follows a colon directly, where YAML wants an ordinary one."""
    found = [at + 1 for space in _ODD_SPACES if (at := text.find(":" + space)) >= 0]
    return min(found, default=None)


def explain(error: Any, file: str, text: str) -> Diagnostic:
    """The one diagnostic of a syntax error, from PyYAML's `MarkedYAMLError` and the text that was read."""
    return _Situation(error, file, text).diagnostic()


def _brackets_of(line: str) -> list[tuple[int, str]]:
    """The brackets and braces of a line outside quotes, with their columns."""
    quoted = ((found.start(), found[0]) for found in re.finditer(r"\"(?:[^\"\\]|\\.)*\"|(?<![\w])'(?:[^']|'')*'|[\[\]{}]", line))
    return [(column, text) for column, text in quoted if len(text) == 1]


def _matching(line: str) -> bool:
    """Whether each bracket of a line is closed by its own kind."""
    opened: list[str] = []
    for _, bracket in _brackets_of(line):
        if bracket in _CLOSING:
            opened.append(_CLOSING[bracket])
        elif not opened or opened.pop() != bracket:
            return False
    return not opened


def _unopened(line: str) -> int | None:
    """The column of the first `]` that nothing on its line opens."""
    opened = 0
    for column, bracket in _brackets_of(line):
        opened += (bracket in _CLOSING) - (bracket not in _CLOSING)
        if opened < 0:
            return column if bracket == "]" else None
    return None


class _Situation:
    """A syntax error and the lines around it; lines and columns are 0-based here."""

    def __init__(self, error: Any, file: str, text: str) -> None:
        self.file = file
        self.lines = [line.rstrip("\r") for line in text.split("\n")]
        self.problem: str = getattr(error, "problem", None) or ""
        self.context: str = getattr(error, "context", None) or ""
        mark = getattr(error, "problem_mark", None)
        self.line: int = mark.line if mark else 0
        self.column: int = mark.column if mark else 0
        start = getattr(error, "context_mark", None) or mark
        self.start_line: int = start.line if start else 0
        self.start_column: int = start.column if start else 0

    def diagnostic(self) -> Diagnostic:
        """The first of the known situations that fits."""
        for recognise in (
            self._too_deep,
            self._in_quotes,
            self._after_quote,
            self._tab,
            self._tag,
            self._colon_in_text,
            self._block_header,
            self._item_after_key,
            self._brackets,
            self._open_at_the_end,
            self._special_character,
            self._no_colon,
            self._after_bracket,
            self._second_document,
            self._indentation,
        ):
            if found := recognise():
                return found
        return self._at("E101", self.line, self.column)

    def _at(self, code: str, line: int, column: int, **params: object) -> Diagnostic:
        line = min(line, len(self.lines) - 1)
        return Diagnostic(code, Place(self.file, line + 1, column + 1, column + 2), params)

    def _line(self, number: int) -> str:
        return self.lines[number] if number < len(self.lines) else ""

    @property
    def _before(self) -> str:
        """What stands on the line before the place."""
        return self._line(self.line)[: self.column]

    @property
    def _character(self) -> str:
        return self._line(self.line)[self.column : self.column + 1]

    def _too_deep(self) -> Diagnostic | None:
        """The C parser looks ahead, and gives up by itself far beyond our own limit."""
        return self._at("E112", self.line, self.column, limit=MAX_DEPTH) if "nesting depth" in self.problem else None

    def _in_quotes(self) -> Diagnostic | None:
        """A quoted text that is never closed, or an escape that does not exist."""
        if "quoted scalar" not in self.context:
            return None
        if "end of stream" in self.problem or "document" in self.problem:
            return self._at("E144", self.start_line, self.start_column)
        column = self._before.rfind("\\")
        escape = self._line(self.line)[column : column + 7].lower() if column >= 0 else ""
        half = escape.startswith(("\\ud", "\\u0000d"))
        return self._at("E111" if half else "E154", self.line, column if escape else self.column)

    def _after_quote(self) -> Diagnostic | None:
        """Text directly after a closing quote: an apostrophe, an inner quote, or an older quote left open."""
        quote = self._before.rstrip()[-1:]
        if quote not in ("'", '"') or self._character in ("", "#", ":"):
            return None
        if "flow" in self.context and (self._character in "'\"[{" or _KEY.match(self._line(self.line), self.column)):
            return self._at("E146", self.line, self.column)
        opened = self._line(self.start_line)[self.start_column : self.start_column + 1]
        if "flow" in self.context and self._character in ")]}" and opened in _CLOSING:  # another bracket than the one that was opened
            if self._is_surplus():
                return self._surplus()
            if self._character == ")":
                return self._at("E145", self.line, self.column, character=opened, closing=_CLOSING[opened])
            return self._at("E145", self.start_line, self.start_column, character=opened, closing=_CLOSING[opened])
        if self._before.count(quote) % 2 == 0:
            return self._at("E142" if quote == "'" else "E143", self.line, self.column)
        for line in range(self.line - 1, -1, -1):
            if self.lines[line].count(quote) % 2:
                return self._at("E144", line, self.lines[line].rindex(quote))
        return None

    def _after_bracket(self) -> Diagnostic | None:
        """Text directly after a closing bracket, as in `title: [Internship] Montréal`."""
        if self._before.rstrip()[-1:] not in ("]", "}") or not self._character:
            return None
        if self._character in "]}":
            return self._surplus()
        if self._character == "," and (column := _unopened(self._line(self.line))) is not None:  # `of: {…}, {…}]` lacks its first bracket
            return self._at("E158", self.line, column, character="]", opening="[")
        return self._at("E156", self.line, self.column)

    def _surplus(self) -> Diagnostic:
        opening = {closing: opening for opening, closing in _CLOSING.items()}[self._character]
        return self._at("E158", self.line, self.column, character=self._character, opening=opening)

    def _is_surplus(self) -> bool:
        """Whether the brackets of the line would match without the one at the place."""
        line = self._line(self.line)
        return self._character in ("]", "}") and _matching(line[: self.column] + line[self.column + 1 :])

    def _tab(self) -> Diagnostic | None:
        line = self._line(self.line)
        indentation = line[: len(line) - len(line.lstrip())]
        if "\t" in indentation:
            return self._at("E147", self.line, indentation.index("\t"))
        return self._at("E147", self.line, self.column) if self._character == "\t" else None

    def _tag(self) -> Diagnostic | None:
        if "tag" not in self.context and "tag" not in self.problem:
            return None
        column = self._line(self.start_line).find("!", self.start_column)
        return self._at("E115", self.start_line, max(column, 0))

    def _colon_in_text(self) -> Diagnostic | None:
        """`a: b: c`, and a deeper line below a text, which looks the same to the parser."""
        if "mapping values are not allowed" not in self.problem:
            return None
        if ": " in self._before:
            return self._at("E155", self.line, self.column)
        return self._at("E141", self.line, len(self._before) - len(self._before.lstrip()))

    def _block_header(self) -> Diagnostic | None:
        if "block scalar" not in self.context:
            return None
        return self._at("E153", self.start_line, self.start_column)

    def _item_after_key(self) -> Diagnostic | None:
        if "sequence entries are not allowed" not in self.problem:
            return None
        return self._at("E152" if ":" in self._before else "E141", self.line, self.column)

    def _brackets(self) -> Diagnostic | None:
        """A list or mapping in brackets that is not closed, or lacks a comma."""
        if "flow" not in self.context or "expected ','" not in self.problem:
            return None
        if self._character == ":" and self.line == self.start_line:
            return self._at("E155", self.line, self.column)
        if self._is_surplus():
            return self._surplus()
        bracket = self._line(self.start_line)[self.start_column : self.start_column + 1]
        ends_here = self._character in ("]", "}", ":", "") or self.column == 0 or self.line >= len(self.lines)
        if ends_here or (self.line != self.start_line and self._line(self.line)[self.column :].find(":") > 0):
            return self._at("E145", self.start_line, self.start_column, character=bracket, closing=_CLOSING.get(bracket, bracket))
        return self._at("E146", self.line, self.column)

    def _open_at_the_end(self) -> Diagnostic | None:
        """The file ends where an item should follow: the last bracket that is still open."""
        if "node content" not in self.problem or any(line.strip() for line in self.lines[self.line + 1 :]) or self._character:
            return None
        closed = 0
        for number in range(min(self.line, len(self.lines) - 1), -1, -1):
            for column in range(len(self.lines[number]) - 1, -1, -1):
                letter = self.lines[number][column]
                if letter in "[{" and not closed:
                    return self._at("E145", number, column, character=letter, closing=_CLOSING[letter])
                closed += (letter in "]}") - (letter in "[{")
        return None

    def _special_character(self) -> Diagnostic | None:
        """A word that begins with a character YAML keeps for itself."""
        if "directive" in self.context:
            return self._at("E148", self.start_line, self.start_column, character="%")
        if "alias" in self.context or "anchor" in self.context:
            character = self._line(self.start_line)[self.start_column : self.start_column + 1]
            return self._at("E148", self.start_line, self.start_column, character=character)
        if ("cannot start any token" in self.problem or "node content" in self.problem) and self._character:
            return self._at("E148", self.line, self.column, character=self._character)
        return None

    def _no_colon(self) -> Diagnostic | None:
        """A line that should be `key: value` and is not."""
        if self._character == ":" and not self._before.strip(" -"):
            return self._at("E149", self.line, self.column)
        if "expected ':'" not in self.problem:
            return None
        line = self._line(self.start_line)
        odd = odd_space_after_colon(line)
        if odd is not None:
            return self._at("E151", self.start_line, odd)
        colon = line.find(":", self.start_column)
        if colon > 0 and not line.startswith("://", colon):
            return self._at("E150", self.start_line, colon)
        return self._at("E149", self.start_line, self.start_column)

    def _second_document(self) -> Diagnostic | None:
        """Text after a line of three dots, which ends a document; after three dashes there is no syntax error."""
        above = (line for line in reversed(self.lines[: self.line]) if line.strip() and not line.startswith("#"))
        if "document start" in self.problem and next(above, "").startswith("..."):
            return self._at("E117", self.line, self.column)
        return None

    def _indentation(self) -> Diagnostic | None:
        if not self._character and "block mapping" in self.context:  # the next line goes back to a column where nothing began
            below = (number for number in range(self.line + 1, len(self.lines)) if self.lines[number].strip())
            if (number := next(below, None)) is not None:
                return self._at("E141", number, len(self.lines[number]) - len(self.lines[number].lstrip()))
        if self._before.strip(" -") or not self._character:
            return None
        return self._at("E141", self.line, self.column)
