"""`eligibility kinds`: what a rule can ask, from the code's own words and examples."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from eligibility.cli import OK
from eligibility.cli.options import Lang, Usage, words_for
from eligibility.cli.terminal import style_of, write
from eligibility.criteria import OTHER_KINDS, RECORD_KINDS
from eligibility.loading.nearest import nearest
from eligibility.reporters.layout import wrapped

EPILOG = "Example: eligibility kinds degree"


def command(
    kind: Annotated[str | None, typer.Argument(metavar="KIND", help="One kind, explained with examples.")] = None,
    lang: Lang = None,
) -> int:
    """Explain what a rule can ask: every kind of criterion, or one in full."""
    words = words_for(lang, in_spite=True)
    style = style_of(sys.stdout, "never")
    names = {**RECORD_KINDS, **OTHER_KINDS}
    if kind is not None and kind not in names:
        close = nearest(kind, names)
        hint = words.text("did_you_mean", word=close) if close else ", ".join(sorted(names))
        raise Usage(f"{words.text('no_such_kind', kind=kind)} {hint}", param_hint="KIND")
    lines: list[str] = []
    if kind is None:
        for name in sorted(names):
            lines += wrapped(f"{name}: {_first_sentence(_text(name))}", style.width, "", "  ")
    else:
        lines += _page(kind, style.width)
    write("".join(f"{line}\n" for line in lines), sys.stdout, style)
    return OK


def _page(kind: str, width: int) -> Iterator[str]:
    yield kind
    info = RECORD_KINDS.get(kind)
    for paragraph in _text(kind).split("\n\n"):
        yield from wrapped(" ".join(paragraph.split()), width, "  ")
    if info is not None:
        yield ""
        yield "  keys"
        yield from wrapped(", ".join([*info.filters, *info.options]), width, "    ")
    yield ""
    yield "  examples"
    for example in info.examples if info is not None else getattr(OTHER_KINDS[kind], "examples", ()):
        yield from wrapped(example, width, "    - ", "      ")


def _text(kind: str) -> str:
    info = RECORD_KINDS.get(kind)
    return info.doc if info is not None else inspect.cleandoc(OTHER_KINDS[kind].__doc__ or "")


def _first_sentence(text: str) -> str:
    return " ".join(text.split()).partition(". ")[0].rstrip(".") + "."
