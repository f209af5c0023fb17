"""What a person types: one command per file.

`main` is the console script. It imports the one command that was asked for, turns every way of ending into a documented exit
code, and never shows a traceback.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from types import ModuleType
from typing import Any

COMMANDS: Mapping[str, str] = {
    "check": "eligibility.cli.check",
    "batch": "eligibility.cli.batch",
    "columns": "eligibility.cli.columns",
    "list": "eligibility.cli.list_vacancies",
    "show": "eligibility.cli.show",
    "kinds": "eligibility.cli.kinds",
    "test": "eligibility.cli.test_rules",
    "validate": "eligibility.cli.validate",
    "explain": "eligibility.cli.explain",
    "new": "eligibility.cli.new",
    "schema": "eligibility.cli.schema",
}
"""Each command and its module, which offers `command` and `EPILOG`."""

OK, FINDINGS, UNREADABLE, NOTHING, BUG, INTERRUPTED = 0, 1, 2, 3, 4, 130
"""Exit codes: a report was made; something asked for was found; usage or unreadable input; nothing to do; our bug; Ctrl-C."""

_UNUSED = ("base64", "binascii", "bz2", "linecache", "lzma", "secrets", "shellingham", "subprocess", "tokenize", "zlib")
"""What Pydantic, Typer and PyYAML import and a report never uses: OpenSSL, compression, processes (9 ms of 150)."""


def main(begin: Callable[[], None] = lambda: None) -> None:
    """Run the command line and exit; `begin` is called when everything is imported."""
    gc.disable()  # a short process: collecting cycles while importing costs more than it frees
    _without_pydantic_plugins()
    _import_later(*_UNUSED)
    from eligibility.cli.terminal import open_missing_streams  # only now: it brings modules that those two stand before

    open_missing_streams()
    code = run(sys.argv[1:], begin)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)  # nothing is left to do: taking a hundred modules apart would cost a tenth of the run


def _without_pydantic_plugins() -> None:
    """No plugin of Pydantic that happens to be installed, or lies in the working folder, is looked for or run."""
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    loader = ModuleType("pydantic.plugin._loader")  # the real one imports importlib.metadata and email: 8 ms to find nothing
    loader.__dict__["get_plugins"] = tuple
    sys.modules[loader.__name__] = loader


class _Later(ModuleType):
    """Stands for a module until something of it is asked for: only then is the module imported."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        module = import_module(self.__name__)
        self.__dict__.update(module.__dict__)
        return getattr(module, name)


def _import_later(*names: str) -> None:
    """`importlib.util.LazyLoader` would do, but an `import` of a module it made loads the module at once (Python 3.11)."""
    for name in names:
        sys.modules.setdefault(name, _Later(name))


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
        complain(line)


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
