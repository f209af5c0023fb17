"""What a person types: one command per file.

`main` is the console script. It imports the one command that was asked for, turns every way of ending into a documented exit
code, and never shows a traceback.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any

COMMANDS: Mapping[str, str] = {
    "check": "eligibility.cli.check",
    "ask": "eligibility.cli.ask",
    "when": "eligibility.cli.when",
    "deadlines": "eligibility.cli.deadlines",
    "batch": "eligibility.cli.batch",
    "columns": "eligibility.cli.columns",
    "list": "eligibility.cli.list_vacancies",
    "show": "eligibility.cli.show",
    "kinds": "eligibility.cli.kinds",
    "test": "eligibility.cli.test_rules",
    "validate": "eligibility.cli.validate",
    "analyse": "eligibility.cli.analyse",
    "compare": "eligibility.cli.compare",
    "explain": "eligibility.cli.explain",
    "new": "eligibility.cli.new",
    "import": "eligibility.cli.import_cv",
    "schema": "eligibility.cli.schema",
    "mcp": "eligibility.cli.mcp",
}
"""Each command and its module, which offers `command` and `EPILOG`."""

OK, FINDINGS, UNREADABLE, NOTHING, BUG, INTERRUPTED = 0, 1, 2, 3, 4, 130
"""Exit codes: a report was made; something asked for was found; usage or unreadable input; nothing to do; our bug; Ctrl-C."""


def main(begin: Callable[[], None] = lambda: None) -> None:
    """Run the command line and exit; `begin` is called when everything is imported."""
    from eligibility.cli.startup import leave, without_pydantic_plugins

    gc.disable()  # a short process: collecting cycles while importing costs more than it frees
    without_pydantic_plugins()
    from eligibility.cli.terminal import open_missing_streams  # only now: it imports Pydantic

    open_missing_streams()
    leave(run(sys.argv[1:], begin))


def run(arguments: Sequence[str], begin: Callable[[], None] = lambda: None) -> int:
    """Run the command line and return its exit code; `begin` is called when everything is imported."""
    from eligibility.cli.terminal import close_quietly, complain, complain_of_bug

    try:
        code = _dispatch(list(arguments), begin)
        sys.stdout.flush()  # what cannot be written is told here
        return code
    except KeyboardInterrupt:
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):  # the reader has gone, which Typer turns into an exit: it has what it wanted
        close_quietly()
        return OK
    except OSError as error:
        told = _told(error)
        if told is None:
            complain_of_bug(error)
            return BUG
        complain(told)
        return UNREADABLE
    except Exception as error:  # a bug of ours is one line, never a traceback with somebody's data in it
        if _struck(error):
            return INTERRUPTED
        complain_of_bug(error)
        return BUG


def _struck(error: BaseException) -> bool:
    """Whether this came of Ctrl-C: inside a lock of Python's it leaves the lock in disorder, and that is what is raised in the end."""
    before = error.__context__
    return isinstance(before, KeyboardInterrupt) or (before is not None and _struck(before))


def _told(error: OSError) -> str | None:
    """What is said of a lack of the system that can strike everywhere; None: it should have been met where it struck."""
    from eligibility.cli.options import spoken, system_reason

    try:
        os.getcwd()
    except OSError:
        return spoken().text("no_working_folder")
    if error.filename is None:  # files have names: this was a stream
        return spoken().text("stdout_lost", reason=system_reason(error, spoken()))
    return None


def program(names: Iterable[str]) -> Any:
    """The program with some of its commands, as Typer builds it."""
    import typer
    from typer.main import get_command

    from eligibility.cli.frame import Command, Group
    from eligibility.cli.options import top_level

    app = typer.Typer(cls=Group, invoke_without_command=True, pretty_exceptions_enable=False, rich_markup_mode=None)
    for name in names:
        module = import_module(COMMANDS[name])
        app.command(name, cls=Command, epilog=module.EPILOG)(module.command)
    app.callback(epilog="Example: eligibility check profiles/nadia.yaml --on 2024-03-20")(top_level)
    return get_command(app)


def _dispatch(arguments: list[str], begin: Callable[[], None]) -> int:
    import typer

    from eligibility.cli.options import begin_to_speak, spoken

    begin_to_speak(arguments)
    asked = next((word for word in arguments if not word.startswith("-")), None)
    commands = program(COMMANDS if asked not in COMMANDS else [str(asked)])
    begin()
    try:
        result = commands.main(args=list(arguments), prog_name="eligibility", standalone_mode=False)
    except typer.TyperException as error:
        from eligibility.cli.frame import told
        from eligibility.cli.terminal import complain

        for line in told(error, commands, arguments, spoken()).splitlines():
            complain(line)
        return UNREADABLE
    except typer.Abort:
        return INTERRUPTED
    return result if isinstance(result, int) else OK
