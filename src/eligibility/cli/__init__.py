"""What a person types: one command per file.

`main` is the console script. It imports the one command that was asked for, turns every way of ending into a documented exit
code, and never shows a traceback.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module

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
    "explain": "eligibility.cli.explain",
    "new": "eligibility.cli.new",
    "import": "eligibility.cli.import_cv",
    "schema": "eligibility.cli.schema",
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
        complain_of_bug(error)
        return BUG


def _show_in_lines(show: Callable[..., None]) -> None:
    """A usage error as Typer tells it, but with what was typed made safe for a terminal."""
    from io import StringIO

    from eligibility.cli.terminal import complain

    out = StringIO()
    show(file=out)
    for line in out.getvalue().splitlines():
        complain(line.replace(": Value error, ", ": ", 1))  # how Pydantic, which reads choices for Typer, begins


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


def _dispatch(arguments: list[str], begin: Callable[[], None]) -> int:
    import typer
    from typer.main import get_command

    app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)
    asked = next((word for word in arguments if not word.startswith("-")), None)
    for name in [asked] if asked in COMMANDS else COMMANDS:
        module = import_module(COMMANDS[str(name)])
        app.command(str(name), epilog=module.EPILOG)(module.command)
    from eligibility.cli.options import top_level

    app.callback(epilog="Example: eligibility check profiles/nadia.yaml --on 2024-03-20")(top_level)
    main = get_command(app).main
    begin()
    try:
        result = main(args=arguments, prog_name="eligibility", standalone_mode=False)
    except typer.TyperException as error:
        show = getattr(error, "show", None)  # what Typer's own copy of Click raises can show itself, usage line and all
        if show is None:
            raise
        _show_in_lines(show)
        return UNREADABLE
    except typer.Abort:
        return INTERRUPTED
    return result if isinstance(result, int) else OK
