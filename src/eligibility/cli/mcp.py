"""`eligibility mcp`: the program for assistants, over standard input and output."""

# Without `from __future__ import annotations`: Typer evaluates each annotation that is a text, which takes longer.

import os
from typing import Annotated

import typer

from eligibility.batch.extras import MissingExtra, extra
from eligibility.cli import OK, UNREADABLE
from eligibility.cli.options import Lang, Rules, Usage, rule_folder, words_for
from eligibility.cli.terminal import complain

EPILOG = "Example: eligibility mcp ~/notices --rules rules --redact"


def command(
    folders: Annotated[
        list[str] | None, typer.Argument(metavar="FOLDER", help="Folders whose files may be read; none: only what is sent is read.")
    ] = None,
    rules: Rules = None,
    redact: Annotated[
        bool, typer.Option("--redact", help="Leave out names, dates of birth, and every day or age that follows from them.")
    ] = False,
    lang: Lang = None,
) -> int:
    """Serve assistants by the Model Context Protocol. They draft; the program decides, and writes nothing."""
    words = words_for(lang)
    for folder in folders or ():
        if not os.path.isdir(folder):
            raise Usage(words.text("assistants.not_a_folder", path=folder), param_hint="FOLDER")
    where = rule_folder(rules)
    if not os.path.exists(where):
        raise Usage(words.text("assistants.no_rules", path=where), param_hint="--rules")
    try:
        extra("mcp", "mcp", "mcp")
    except MissingExtra as error:
        complain(error.told(words))
        return UNREADABLE
    import anyio  # with the SDK, which not everybody has

    from eligibility.assistants.files import Folders
    from eligibility.assistants.server import serve
    from eligibility.assistants.tools import Site

    anyio.run(serve, Site(os.path.abspath(where), Folders(folders or []), redact, words.language))
    return OK
