"""The streams: what may be written to them, in what width, encoding and colour."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TextIO

from eligibility.reporters import Style
from eligibility.reporters.layout import safe

MARKS = "✓✗–·é"


def style_of(stream: TextIO, colour: str = "auto") -> Style:
    """How a text for this stream may look."""
    return Style(width=_width(), ascii=not _can_write(stream, MARKS), colour=_wants_colour(stream, colour))


def _width() -> int:
    """The columns of the terminal (or `COLUMNS`), 80 where there is none; lines never run over 100."""
    from shutil import get_terminal_size

    return max(20, min(get_terminal_size((80, 24)).columns, 100))


def _can_write(stream: TextIO, text: str) -> bool:
    try:
        text.encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _wants_colour(stream: TextIO, choice: str) -> bool:
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    forced = os.environ.get("FORCE_COLOR")
    return stream.isatty() if forced is None else forced not in ("", "0")


def write(text: str, stream: TextIO, style: Style) -> None:
    """Write a text; letters the stream cannot encode become their nearest ASCII."""
    if style.colour:
        text = _coloured(text, style.width)
    stream.write(writable(text, stream))
    stream.flush()


def writable(text: str, stream: TextIO) -> str:
    """The text, with the nearest ASCII for letters that the stream cannot encode."""
    if _can_write(stream, text):
        return text
    encoding = stream.encoding or "ascii"
    return "".join(letter if _encodes(letter, encoding) else _nearest_ascii(letter) for letter in text)


def _encodes(letter: str, encoding: str) -> bool:
    try:
        letter.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


_ASCII = {"«": '"', "»": '"', "’": "'", "…": "...", "–": "-", "—": "-", "œ": "oe", "Œ": "OE", "°": "o", "\u202f": " ", "\u00a0": " "}


def _nearest_ascii(letter: str) -> str:
    import unicodedata

    bare = "".join(c for c in unicodedata.normalize("NFKD", letter) if c.isascii())
    return _ASCII.get(letter) or bare or "?"


_STYLES = {
    "✓": "bold blue",
    "+": "bold blue",
    "✗": "bold yellow",
    "x": "bold yellow",
    "?": "bold cyan",
    "~": "magenta",
    "–": "dim",
}


def _coloured(text: str, width: int) -> str:
    """The same text with headings and marks in colour (blue and yellow, never red and green): colour adds nothing."""
    from io import StringIO

    from rich.console import Console
    from rich.text import Text

    out = StringIO()
    console = Console(
        file=out,
        force_terminal=True,
        color_system="standard",
        width=max(width, 200),
        highlight=False,
        markup=False,
        emoji=False,
    )
    for line in text.splitlines():
        shown = Text(line)
        if line and line[0] in _STYLES and line[1:2] == " ":
            shown.stylize(_STYLES[line[0]], 0, 1)
            shown.stylize("bold", 2)
        elif line[:1].isalpha() and line.upper() == line:
            shown.stylize("bold")
        console.print(shown, soft_wrap=True)
    return out.getvalue()


def complain(text: str) -> None:
    """One line on standard error, with nothing in it that drives a terminal. Where it cannot be written, the exit code tells."""
    with suppress(OSError):
        write(f"{safe(text)}\n", sys.stderr, Style())


def complain_of_bug(error: BaseException) -> None:
    """One line about a bug of ours: its type and our line, never a value."""
    trace = error.__traceback__
    place = ""
    while trace is not None:
        place = f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"
        trace = trace.tb_next
    complain(f"eligibility: this is a bug of ours ({type(error).__name__} at {place}); please report it")


def open_missing_streams() -> None:
    """Python has None where a stream was closed from the start (`>&-`, a service). What goes to standard error is then dropped; standard
    output fails as a full disk does, once something is written to it. No file that is opened later gets the number of a stream."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            descriptor = os.open(os.devnull, os.O_WRONLY if name == "stderr" else os.O_RDONLY)
            if name != "stdin":  # whoever reads it tells that it is closed
                setattr(sys, name, open(descriptor, "w", encoding="utf-8", errors="backslashreplace"))  # noqa: SIM115 (open to the end)


def close_quietly() -> None:
    """Leave a broken pipe without a second complaint at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
