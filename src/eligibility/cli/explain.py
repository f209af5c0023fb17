"""`eligibility explain`: what a code means, why it matters, and an example that is wrong and one that is right."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from eligibility.checks.pages import Page, codes, page_of
from eligibility.cli import OK
from eligibility.cli.options import Lang, Usage, words_for
from eligibility.cli.terminal import style_of, write
from eligibility.loading.nearest import nearest
from eligibility.reporters.layout import wrapped
from eligibility.wording import Words

_UNSEEN = {9: "<TAB>", **{code: f"<U+{code:04X}>" for code in (0xA0, 0x200B)}}

EPILOG = "Example: eligibility explain E105"


def command(
    code: Annotated[str | None, typer.Argument(metavar="CODE", help="A code, such as E105; without it, all are listed.")] = None,
    lang: Lang = None,
) -> int:
    """Explain a code of `validate`. The cause is told, with an example that is wrong and one that is right."""
    words = words_for(lang, in_spite=True)
    style = style_of(sys.stdout, "never")
    known = codes(words)
    if code is None:
        lines = [line for one in known for line in wrapped(page_of(one, words).heading, style.width, f"{one}  ", "      ")]
    elif (asked := code.strip().upper()) in known:
        lines = list(_lines(page_of(asked, words), words, style.width))
    else:
        close = nearest(asked, known)
        hint = words.text("did_you_mean", word=close) if close else words.text("explain.list")
        raise Usage(f"{words.text('explain.no_such_code', code=code)} {hint}", param_hint="CODE")
    write("".join(f"{line.rstrip()}\n" for line in lines), sys.stdout, style)
    return OK


def _lines(page: Page, words: Words, width: int) -> Iterator[str]:
    yield from wrapped(f"{words.text(f'severity.{page.severity}')} {page.code}", width)
    yield from wrapped(page.heading, width)
    for paragraph in page.text.split("\n\n"):
        if paragraph:
            yield ""
            yield from wrapped(" ".join(paragraph.split()), width)
    for key, example in (("wrong", page.wrong), ("right", page.right)):
        if example:
            yield ""
            yield words.text(f"explain.{key}.{page.file}")
            for line in example.splitlines():  # an example is code: it is shown as it is to be typed, but for what nobody could see
                yield f"    {line.translate(_UNSEEN)}"
    if (page.wrong + page.right).translate(_UNSEEN) != page.wrong + page.right:
        yield ""
        yield from wrapped(words.text("explain.unseen"), width)
