"""What several commands share: the language, the day, the place of the rules, problems told on standard error."""

# Without `from __future__ import annotations`: Typer evaluates each annotation that is a text, which takes longer.

import errno
import os
import re
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime
from enum import StrEnum
from shlex import quote
from typing import Annotated, NamedTuple

import typer

from eligibility.cli import UNREADABLE
from eligibility.cli.configuration import settings
from eligibility.cli.terminal import complain, style_of, write
from eligibility.diagnostic import MERE_NOTES, Diagnostic, Problems
from eligibility.loading.files import find_files
from eligibility.outputs import IsAnInput, NoOrdinaryFile, Pending, write_file
from eligibility.reference import Reference
from eligibility.reporters import Style
from eligibility.vacancy import Vacancy
from eligibility.wording import Words, languages


class Language(StrEnum):
    """The languages of the output."""

    FR = "fr"
    EN = "en"


class Colour(StrEnum):
    """When to use colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class FailOn(StrEnum):
    """What makes the exit code 1."""

    NOT_ELIGIBLE = "not-eligible"
    INCOMPLETE = "incomplete"
    CLOSED = "closed"


def vacancy_ids(context: typer.Context, incomplete: str) -> list[str]:
    """What a shell proposes where an id is typed: those of the rule files that the command would read, without those typed already.

    A file that cannot be read proposes nothing; the command will tell why.
    """
    from eligibility.loading.files import read_source
    from eligibility.loading.yaml_reader import read_yaml

    found: set[object] = set()
    with suppress(Problems):
        for name in find_files(rule_folder(context.params.get("rules"))):
            with suppress(Problems):
                found.add(read_yaml(read_source(name)).data.get("id"))
    typed = context.params.get("vacancy")
    found.difference_update(typed if isinstance(typed, list) else ())
    return sorted(one for one in found if isinstance(one, str) and one.startswith(incomplete))


Rules = Annotated[
    str | None,
    typer.Option(
        "--rules", metavar="PATH", envvar="ELIGIBILITY_RULES",
        help="A rule file or a folder of them (default: the settings, else ./rules, else those of the program).",
    ),
]  # fmt: skip
Columns = Annotated[str | None, typer.Option("--columns", metavar="MAP", help="Which column is what; see `eligibility columns`.")]
WrittenDays = Annotated[str | None, typer.Option("--date-format", metavar="FORMAT", help="How the tables write days: DD/MM/YYYY.")]
Vacancies = Annotated[
    list[str] | None,
    typer.Option("--vacancy", metavar="ID", autocompletion=vacancy_ids, help="Only this vacancy; may be repeated."),
]
AppliedOn = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="Day of application: YYYY-MM-DD or YYYY-MM-DDTHH:MM (default: this instant)."),
]
SeenFrom = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="The day to look from: YYYY-MM-DD or YYYY-MM-DDTHH:MM (default: this instant)."),
]
Added = Annotated[
    list[str] | None,
    typer.Option("--with", metavar="YAML", help="Facts to add, as YAML or a file: shows what they would change; may be repeated."),
]
Lang = Annotated[Language | None, typer.Option("--lang", help="Language of the output (default: that of the environment).")]
Color = Annotated[Colour, typer.Option("--color", help="When to use colour.")]


_UNWRITABLE = {
    errno.ENOENT: "missing", errno.ENOTDIR: "missing", errno.EISDIR: "folder", errno.EACCES: "denied", errno.EPERM: "denied",
    errno.EROFS: "denied", errno.ENOSPC: "full", errno.EDQUOT: "full",
}  # fmt: skip


class Usage(typer.BadParameter):
    """Something typed that makes no sense; shown with the usage line, exit code 2."""


class NothingAsked(typer.BadParameter):
    """No command was named: the message is the help."""


def _print_version(asked: bool) -> None:
    if asked:
        from eligibility._version import VERSION

        typer.echo(f"eligibility {VERSION}")
        raise typer.Exit


def top_level(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.", is_eager=True, callback=_print_version)] = False,
    lang: Lang = None,
) -> None:
    """Tells whether you may apply for a post, an internship or a secondment: criterion by criterion, with the reason."""
    if context.invoked_subcommand is None:
        raise NothingAsked(context.get_help())


def words_for(language: Language | None, locale: bool = True, in_spite: bool = False) -> Words:
    """The words of the language asked for: `--lang`, ELIGIBILITY_LANG, the settings, else (with `locale`) the locale, else English.

    Settings that are wrong are told, and end the run; not so `in_spite` of them, for commands that use none.
    """
    words = Words(_language(language, locale))
    _spoken[:] = [words]
    if (problems := settings().problems) and not in_spite:
        tell(problems, words)
        raise typer.Exit(UNREADABLE)
    return words


def _language(asked: Language | None, from_locale: bool) -> str:
    known = languages()
    if language := asked or (_typed[-1] if _typed else None):
        return str(language)
    if (code := _language_code(os.environ.get("ELIGIBILITY_LANG", ""))) in known:
        return code
    if (code := settings().lang or "") in known:
        return code
    if not from_locale:
        return "en"
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    code = _language_code(locale)
    return code if code in known else "en"


def _language_code(locale: str) -> str:
    """`fr` for `fr_CA.UTF-8`."""
    return locale.replace("-", "_").partition("_")[0].partition(".")[0].lower()


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(_DAY.pattern + r"T[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?")


def moment(text: str | None, words: Words) -> date | datetime:
    """The day, or the date and time, of the application; this instant when nothing is given."""
    if text is None:
        return datetime.now().astimezone().replace(microsecond=0)
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
        if _TIME.fullmatch(text):
            return datetime.fromisoformat(text)
        raise ValueError(text)
    except ValueError:
        raise Usage(words.text("not_a_day", text=text), param_hint="--on") from None


def file_asked(output: str | None) -> str | None:
    """The file that `--output` names; None for standard output, which is also called `-`."""
    return None if output == "-" else output


def deliver(text: str, output: str | None, style: Style, words: Words, inputs: Iterable[str]) -> None:
    """Write an answer to the file asked for, whole or not at all and never over one of the inputs, else to standard output."""
    if output is None:
        write(text, sys.stdout, style)
    else:
        put(output, text, words, inputs)


def put(path: str, text: str, words: Words, inputs: Iterable[str] = (), hint: str = "--output") -> None:
    """Write a file, or tell why not."""
    try:
        write_file(path, text.encode("utf-8", "replace"), inputs)
    except OSError as error:
        raise Usage(unwritable(error, path, words), param_hint=hint) from None


def refuse_output(path: str, words: Words, inputs: Iterable[str] = (), hint: str = "--output") -> None:
    """Tell at once that a file could not be written in the end."""
    try:
        with Pending(path, inputs):
            pass
    except OSError as error:
        raise Usage(unwritable(error, path, words), param_hint=hint) from None


def unwritable(error: OSError, path: str, words: Words) -> str:
    """Why a file cannot be written."""
    if isinstance(error, IsAnInput):
        return words.text("output.input", path=path)
    if isinstance(error, NoOrdinaryFile):
        return words.text("output.special", path=path)
    return words.text(f"output.{_UNWRITABLE.get(error.errno or 0, 'other')}", path=path, number=error.errno)


def system_reason(error: OSError, words: Words) -> str:
    """Why standard output takes nothing."""
    key = {errno.ENOSPC: "full", errno.EDQUOT: "full", errno.EBADF: "closed"}.get(error.errno or 0, "other")
    return words.text(f"system.{key}", number=error.errno)


def inputs_of(*paths: str | None) -> list[str]:
    """What a command reads, which no output of it may replace: the files and folders it was given, and the settings."""
    return [path for path in (*paths, settings().file) if path and path != "-"]


_spoken: list[Words] = []
_typed: list[Language] = []


def begin_to_speak(arguments: Sequence[str]) -> None:
    """Learn the language that is typed anywhere on the line: help and usage errors come before any option is read."""
    _spoken.clear()
    _typed.clear()
    for word, following in zip(arguments, [*arguments[1:], ""], strict=False):
        if word == "--":
            break
        value = following if word == "--lang" else word.removeprefix("--lang=")
        if word.startswith("--lang") and value in tuple(Language):
            _typed.append(Language(value))


def spoken() -> Words:
    """The words of this run, for help, and for what is told when it breaks off."""
    return _spoken[-1] if _spoken else Words(_language(None, True))


_FEW = 3
"""So many sure readings of a file are told one by one."""


def tell(problems: Iterable[Diagnostic], words: Words) -> None:
    """Problems of files, one after the other: the place first, the help on its own line. Many sure readings are told at once, at last."""
    from eligibility.reporters.layout import safe
    from eligibility.reporters.problems.sentence import heading, helped

    every = list(problems)
    read = [one for one in every if one.code == "N204" and not one.path]
    if len(read) > _FEW:
        every = [one for one in every if one not in read]
        _tell_readings(read, words)
    for problem in every:
        where = f"{problem.place.file}: {problem.path}" if problem.path else problem.place  # what has no lines has paths
        complain(safe(f"{where}: {heading(problem, words)}"))
        if problem.code in MERE_NOTES:
            continue
        if hint := helped(words.problem(problem.code, problem.params).help, words):
            complain(safe(f"  {hint}"))


def _tell_readings(read: list[Diagnostic], words: Words) -> None:
    """What the words of a file were read as, in one paragraph."""
    from eligibility.reporters.layout import safe, wrapped

    file = read[0].place.file
    pairs = []
    for one in read:
        label = one.params.get("label")
        named = f"{label[words.language]} ({one.params['read']})" if isinstance(label, dict) else str(one.params["read"])
        pairs.append(words.text("readings.one", word=one.params["word"], read=named))
    complain(safe(words.text("readings.head", file=file, n=len(pairs))))
    width = style_of(sys.stderr, "never").width
    for line in wrapped(safe(words.text("readings.between").join(dict.fromkeys(pairs))), width, "  "):
        complain(line)
    for line in wrapped(safe(words.text("readings.fix", file=file)), width, "  "):
        complain(line)


class Library(NamedTuple):
    """The vacancies that could be read, and the rule files that could not."""

    vacancies: list[Vacancy]
    unread: list[str]


def rule_folder(rules: str | None) -> str:
    """Where the rules are: as asked, else as the settings say, else ./rules, else those that come with the program."""
    if asked := rules or settings().rules:
        return asked
    if os.path.isdir("rules"):
        return "rules"
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    packaged = os.path.join(here, "rules")
    return packaged if os.path.isdir(packaged) else os.path.join(os.path.dirname(os.path.dirname(here)), "rules")


def load_library(rules: str | None, reference: Reference, words: Words) -> Library:
    """Every vacancy below a path, sorted by file; a broken file is told and left out, the others are kept."""
    from eligibility.checks.vacancies import open_vacancy

    path = rule_folder(rules)
    names = find_files(path) if os.path.isdir(path) else [path]
    found: list[Vacancy] = []
    unread: list[str] = []
    seen: dict[str, str] = {}
    for name in names:
        try:
            loaded = open_vacancy(name, reference)
        except Problems as error:
            tell(error.diagnostics, words)
            unread.append(name)
            continue
        problems = list(loaded.diagnostics)
        vacancy = loaded.model
        if vacancy is not None and vacancy.id in seen:
            problems.append(Diagnostic("E302", loaded.document.place(("id",)), {"id": vacancy.id, "other": seen[vacancy.id]}))
            vacancy = None
        tell(problems, words)
        if vacancy is None:
            unread.append(name)
            continue
        seen[vacancy.id] = name
        found.append(vacancy)
    return Library(found, unread)


def pick(library: Library, ids: list[str], words: Words, option: str = "--vacancy") -> list[Vacancy]:
    """The vacancies with these ids, in the order asked for; an unknown id is a usage error with a suggestion."""
    from eligibility.loading.nearest import nearest

    by_id = {vacancy.id: vacancy for vacancy in library.vacancies}
    for name in ids:
        if name not in by_id:
            if (file := next((one for one in library.unread if os.path.splitext(os.path.basename(one))[0] == name), None)) is not None:
                complain(words.text("vacancy_unread", id=name, path=file))
                raise typer.Exit(UNREADABLE)
            holding = [one for one in sorted(by_id) if name and name.lower() in one]
            close = holding[0] if len(holding) == 1 else nearest(name, by_id)
            if len(holding) > 1:
                hint = words.text("did_you_mean_ids", ids=words.either(holding))
            elif close is not None:
                hint = words.text("did_you_mean", word=close)
            else:
                hint = words.text("known_ids", ids=", ".join(sorted(by_id)))
            raise Usage(f"{words.text('no_such_vacancy', id=name)} {hint}", param_hint=option)
    return [by_id[name] for name in ids] if ids else library.vacancies


def repeated(options: dict[str, str | None]) -> tuple[str, ...]:
    """The options that a suggested command has to repeat to give the same answer."""
    return tuple(f"{name} {quote(str(value))}" for name, value in options.items() if value is not None)
