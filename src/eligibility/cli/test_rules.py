"""`eligibility test`: the cases of rule files, what they cover, and whether they notice a changed rule."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from eligibility.cli import FINDINGS, NOTHING, OK, UNREADABLE
from eligibility.cli.options import Lang, Usage, deliver, file_asked, inputs_of, rule_folder, tell, words_for
from eligibility.cli.terminal import complain, style_of
from eligibility.reference import Reference, load_reference
from eligibility.reporters import Style
from eligibility.testing.find import find_cases
from eligibility.testing.session import Session, run_session
from eligibility.wording import Words

EPILOG = "Example: eligibility test rules --cover --fail-under 100"

__test__ = False  # no test of ours, whatever pytest makes of the name


class Shape(StrEnum):
    """The formats of the result."""

    TEXT = "text"
    JSON = "json"
    JUNIT = "junit"


def command(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH", help="Case files, rule files or folders of them (default: ./rules).")
    ] = None,
    cover: Annotated[bool, typer.Option("--cover", help="Show which verdicts of which branches no case shows.")] = False,
    mutate: Annotated[bool, typer.Option("--mutate", help="Change the rules one thing at a time, and show what no case notices.")] = False,
    fail_under: Annotated[
        float | None,
        typer.Option(
            "--fail-under", metavar="N", min=0, max=100, help="Exit with 1 when less than N % is shown (with --mutate: or noticed)."
        ),
    ] = None,
    suggest: Annotated[bool, typer.Option("--suggest", help="Write the cases that a rule file lacks, for you to confirm.")] = False,
    lang: Lang = None,
    form: Annotated[Shape, typer.Option("--format", "-f", help="The shape of the result.")] = Shape.TEXT,
    output: Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="Write the result to this file.")] = None,
) -> int:
    """Run the cases written beside rules. A case that fails is shown: what was expected, what was said, and why."""
    words, reference, output = words_for(lang), load_reference(), file_asked(output)
    where = paths or [rule_folder(None)]
    style = style_of(sys.stdout) if output is None else Style()
    if suggest:
        return _suggest(where, words, reference, style, output)
    found = find_cases(where, reference)
    tell(found.diagnostics, words)
    if not found.files and not any(one.is_error for one in found.diagnostics):
        complain(words.text("test.no_case"))
        return NOTHING
    session = run_session(found, reference, cover or fail_under is not None, mutate)
    deliver(_rendered(session, form, words, reference, style), output, style._replace(colour=False), words, inputs_of(*where))
    if found.unopened:
        return UNREADABLE
    return FINDINGS if session.failed or session.broken or (fail_under is not None and session.below(fail_under)) else OK


def _rendered(session: Session, form: Shape, words: Words, reference: Reference, style: Style) -> str:
    if form is Shape.JSON:
        from eligibility.testing.show_json import render

        return render(session)
    if form is Shape.JUNIT:
        from eligibility.testing.show_junit import render as render_junit

        return render_junit(session)
    from eligibility.testing.show_text import render as render_text

    return render_text(session, words, reference, style)


def _suggest(paths: list[str], words: Words, reference: Reference, style: Style, output: str | None) -> int:
    from eligibility.testing.suggest import suggestions

    if len(paths) != 1:
        raise Usage(words.text("test.one_rule_file"), param_hint="--suggest")
    found = find_cases(paths, reference)
    tell(found.diagnostics, words)
    if found.unopened:
        return UNREADABLE
    rules = [rule for rule in found.rules if rule.vacancy is not None]
    if any(one.is_error for one in found.diagnostics):
        return FINDINGS
    if len(rules) != 1:
        raise Usage(words.text("test.not_a_rule_file", path=paths[0]), param_hint="--suggest")
    deliver(suggestions(rules[0], found.files, words, reference), output, style._replace(colour=False), words, inputs_of(*paths))
    return OK
