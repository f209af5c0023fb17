"""The frame around every command, in the language of whoever reads it: the help, the usage lines, what is wrong with what was typed.

Typer has these in English only. What a subclass may say otherwise is said here, from what each option declares of itself; an error is told
by its kind, and one that nobody foresaw in the words it brings.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from enum import Enum
from io import StringIO
from typing import Any, get_args

import typer
from typer.core import TyperCommand, TyperGroup

from eligibility.cli.options import NothingAsked, Usage, spoken
from eligibility.cli.terminal import style_of, writable
from eligibility.loading.nearest import nearest
from eligibility.reporters.layout import safe, width_of, wrapped
from eligibility.wording import Words

_WIDEST = 80
_NARROW = 60
"""In fewer columns, what an option means stands below it and not beside it."""
_NAMES = 30
"""How wide the names of the options may make their column."""
_EXAMPLE = "Example: "


class Misuse(typer.BadParameter):
    """Something typed that fits no command: the whole sentence is the message."""


class Command(TyperCommand):
    """A command whose help is in the reader's language."""

    allow_extra_args = True  # they are refused below, in words

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """What was typed, taken apart. Raises `Misuse` for more than the command takes."""
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise Misuse(spoken().text("frame.extra", n=len(rest), words=" ".join(map(str, rest))))
        return rest

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The help, as it is printed."""
        formatter.write(_help(self, ctx))


class Group(TyperGroup):
    """The program itself, whose help is in the reader's language."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that is named. Raises `Misuse` where there is none of that name."""
        if args and not args[0].startswith("-") and args[0] not in self.commands and not ctx.resilient_parsing:
            close = nearest(args[0], self.commands)
            key = "frame.no_command" if close is None else "frame.no_command_but"
            raise Misuse(spoken().text(key, word=args[0], close=close, names=spoken().both(self.commands)))
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The help, as it is printed."""
        formatter.write(_help(self, ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """What was typed, taken apart. What Typer says of installing the completion is said in the reader's language."""
        if "--install-completion" not in args:
            return super().parse_args(ctx, args)
        printed = StringIO()
        try:
            with redirect_stdout(printed):
                return super().parse_args(ctx, args)
        finally:
            told = "".join(f"{of_completion(line, spoken())}\n" for line in printed.getvalue().splitlines())
            sys.stdout.write(writable(told, sys.stdout))


_OF_COMPLETION = {
    "installed": re.compile(r"(?P<shell>\S+) completion installed in (?P<path>.+)"),
    "restart": re.compile(r"Completion will take effect once you restart the terminal"),
    "unsupported": re.compile(r"Shell .* (?:is )?not supported\.?"),
}


def of_completion(line: str, words: Words) -> str:
    """What Typer says of installing the completion, in words; another line as it is."""
    for key, pattern in _OF_COMPLETION.items():
        if found := pattern.fullmatch(line):
            return words.text(f"frame.completion.{key}", **found.groupdict())
    return line


def _help(command: Any, ctx: Any) -> str:
    """A help as it is printed."""
    return writable("".join(f"{line}\n" for line in help_lines(command, ctx, spoken(), _width())), sys.stdout)


def _width() -> int:
    """The columns of a help."""
    return min(style_of(sys.stdout).width, _WIDEST)


# ------------------------------------------------------------------------------------------------ the help


def said(text: str, words: Words) -> str:
    """What a command, an option or an example says of itself, which the code has in English."""
    text = " ".join(text.split())
    if text.startswith(_EXAMPLE):
        return words.text("frame.example", example=said(text.removeprefix(_EXAMPLE), words))
    return words.text(f"help.{text}") if f"help.{text}" in words else text


def usage(command: Any, path: str, words: Words) -> str:
    """`eligibility show [OPTIONS] VACANCY`."""
    pieces = [words.text("frame.options_metavar")]
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            name = metavar(parameter, words)
            pieces.append(name if parameter.required else f"[{name}]")
    if hasattr(command, "commands"):
        pieces.append(words.text("frame.command_metavar"))
    return " ".join([path, *pieces])


def help_lines(command: Any, ctx: Any, words: Words, columns: int) -> Iterator[str]:
    """The help of a command, or of the program with its commands."""
    yield from _usage_lines(command, ctx.command_path, words, columns)
    yield ""
    yield from wrapped(said(command.help or "", words), columns, "  ")
    parameters = [one for one in command.get_params(ctx) if not getattr(one, "hidden", False)]
    for kind in ("argument", "option"):
        rows = [(name_of(one, ctx, words), _meaning(one, words)) for one in parameters if one.param_type_name == kind]
        yield from _section(f"frame.{kind}s", rows, words, columns)
    rows = [(name, said(one.help or "", words).split(". ")[0].rstrip(".") + ".") for name, one in getattr(command, "commands", {}).items()]
    yield from _section("frame.commands", rows, words, columns)
    if command.epilog:
        yield ""
        yield from wrapped(said(command.epilog, words), columns, "  ")


def _usage_lines(command: Any, path: str, words: Words, columns: int) -> Iterator[str]:
    start = f"{words.text('frame.usage')} "
    return wrapped(usage(command, path, words), columns, start, " " * len(start))


def _section(title: str, rows: Sequence[tuple[str, str]], words: Words, columns: int) -> Iterator[str]:
    if not rows:
        return
    yield ""
    yield f"{words.text(title)}{words.text('colon')}"
    indent = min(max(width_of(name) for name, _ in rows), _NAMES) + 4 if columns >= _NARROW else 6
    for name, meaning in rows:
        first = f"  {name}"
        if columns >= _NARROW and width_of(first) + 2 <= indent:
            yield from wrapped(meaning, columns, first + " " * (indent - width_of(first)), " " * indent)
        else:
            yield from wrapped(first.strip(), columns, "  ", "      ")
            yield from wrapped(meaning, columns, " " * indent)


def metavar(parameter: Any, words: Words) -> str:
    """What stands for a value: `FILE`, in the reader's language."""
    name = parameter.metavar or str(parameter.name).upper()
    key = f"metavar.{name.removesuffix('...')}"
    return f"{words.text(key)}{'...' if name.endswith('...') else ''}" if key in words else name


def name_of(parameter: Any, ctx: Any, words: Words) -> str:
    """`-f, --format <text|json>`, `--rules PATH`; of an argument, what stands for it."""
    if parameter.param_type_name == "argument":
        return metavar(parameter, words)
    names = ", ".join(sorted(parameter.opts, key=lambda one: one.startswith("--")))
    if parameter.secondary_opts:
        names += f" / {', '.join(parameter.secondary_opts)}"
    if parameter.is_flag:
        return names
    if parameter.metavar:
        return f"{names} {metavar(parameter, words)}"
    return f"{names} <{'|'.join(choices_of(ctx.command, parameter))}>"


def _meaning(parameter: Any, words: Words) -> str:
    """What an option is, and what it may be."""
    own = f"frame.option.{parameter.opts[0]}"  # options that Typer adds
    text = words.text(own) if own in words else said(parameter.help or "", words)
    told = []
    if parameter.envvar and getattr(parameter, "show_envvar", True):
        told.append(words.text("frame.variable", name=parameter.envvar))
    if default := _default(parameter):
        told.append(words.text("frame.default", value=default))
    if bounds := _bounds(parameter, words):
        told.append(bounds)
    if parameter.required:
        told.append(words.text("frame.required"))
    return f"{text}  [{'; '.join(told)}]".strip() if told else text


def _default(parameter: Any) -> str:
    value = parameter.default
    if parameter.required or value is None or callable(value) or isinstance(value, list | tuple):
        return ""
    if isinstance(value, bool):
        return parameter.opts[0].lstrip("-") if value and parameter.secondary_opts else ""
    return str(value.value if isinstance(value, Enum) else value)


def _bounds(parameter: Any, words: Words) -> str:
    least, most = (getattr(parameter, name, None) for name in ("min", "max"))
    if getattr(parameter, "count", False) or (least is None and most is None):
        return ""
    key = "frame.between" if None not in (least, most) else "frame.at_least" if most is None else "frame.at_most"
    return words.text(key, least=f"{least:g}" if least is not None else "", most=f"{most:g}" if most is not None else "")


def choices_of(command: Any, parameter: Any) -> list[str]:
    """The words that a parameter takes; none where it takes any."""
    declared = inspect.signature(command.callback, eval_str=True).parameters.get(parameter.name)
    pending = [] if declared is None else [declared.annotation]
    for one in pending:
        if isinstance(one, type) and issubclass(one, Enum):
            return [str(member.value) for member in one]
        pending += get_args(one)
    return []


# ------------------------------------------------------------------------------------------------ what is wrong


def told(error: Exception, program: Any, arguments: Sequence[str], words: Words) -> str:
    """A usage error in words: how the command is used, where its help is, and what is wrong."""
    if isinstance(error, NothingAsked):
        return error.message
    name = next((word for word in arguments if word in program.commands), None)
    command = program if name is None else program.commands[name]
    path = "eligibility" if name is None else f"eligibility {name}"
    lines = [
        *_usage_lines(command, path, words, _width()), words.text("frame.try", command=f"{path} --help"), "",
        f"{words.text('frame.error')} {safe(_wrong(error, command, words))}",
    ]  # fmt: skip
    return "\n".join(lines)


def _wrong(error: Any, command: Any, words: Words) -> str:
    """What is wrong, by what the error knows."""
    if isinstance(error, Misuse):
        return error.message
    if hasattr(error, "possibilities"):
        close = next(iter(error.possibilities or ()), None)
        return words.text("frame.no_option" if close is None else "frame.no_option_but", name=error.option_name, close=close)
    if hasattr(error, "option_name"):
        flags = [name for one in command.params if getattr(one, "is_flag", False) for name in (*one.opts, *one.secondary_opts)]
        return words.text("frame.no_value" if error.option_name in flags else "frame.lacks_value", name=error.option_name)
    parameter = getattr(error, "param", None)
    if parameter is None or isinstance(error, Usage):
        hint = getattr(error, "param_hint", None)
        return words.text("frame.bad_value", name=hint, why=error.message) if hint else str(getattr(error, "message", error))
    choices = choices_of(command, parameter)
    if hasattr(error, "param_type"):
        hint = f" {words.text('frame.choose', choices=words.either(choices))}" if choices else ""
        return words.text(f"frame.missing.{parameter.param_type_name}", name=_called(parameter, words)) + hint
    why = _why(error, parameter, choices, words)
    return words.text("frame.bad_value", name=_called(parameter, words), why=why)


def _why(error: Any, parameter: Any, choices: Sequence[str], words: Words) -> str:
    """What is wrong with a value, told by what is wanted: what Pydantic says of it, which reads values for Typer, is in English."""
    found: list[Any] = getattr(error.__cause__, "errors", list)()
    value = found[0]["input"] if found else ""
    if choices:
        return words.text("frame.no_choice", value=value, choices=words.either(choices))
    if bounds := _bounds(parameter, words):
        number = re.fullmatch(r"[+-]?[0-9.]+", str(value))
        return words.text("frame.beyond" if number else "frame.no_number", value=value, bounds=bounds)
    return words.text("frame.no_number_at_all", value=value) if found and "_parsing" in found[0]["type"] else str(error.message)


def _called(parameter: Any, words: Words) -> str:
    """The name of a parameter as it is typed."""
    return metavar(parameter, words).removesuffix("...") if parameter.param_type_name == "argument" else " / ".join(parameter.opts)
