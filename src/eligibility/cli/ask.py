"""`eligibility ask`: the one question that settles most, again and again, until nothing that is open can be settled."""

# Without `from __future__ import annotations`: Typer evaluates each annotation that is a text, which takes longer.

import json
import os
import sys
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from shlex import quote
from typing import Annotated, Any

import typer

from eligibility.asking.conversation import Conversation
from eligibility.asking.forms import form_of
from eligibility.asking.paper import Paper
from eligibility.asking.phrases import Phrases
from eligibility.asking.ranking import Ranking, Vacant
from eligibility.authoring.answers import Understanding
from eligibility.cli import NOTHING, OK, UNREADABLE
from eligibility.cli.options import (
    AppliedOn,
    Lang,
    Library,
    Rules,
    Usage,
    Vacancies,
    load_library,
    moment,
    pick,
    refuse_output,
    repeated,
    tell,
    unwritable,
    words_for,
)
from eligibility.cli.person import impossible_births
from eligibility.cli.terminal import complain, style_of, write
from eligibility.diagnostic import Diagnostic, Problems
from eligibility.engine import check
from eligibility.facts import ProfileFacts
from eligibility.loading.document import value_at
from eligibility.loading.loaded import Loaded
from eligibility.loading.models import open_profile
from eligibility.loading.vocabularies import not_understood, unknown_to
from eligibility.reference import Reference, load_reference
from eligibility.reporters import Shown, Style, reporter
from eligibility.reporters.layout import safe, wrapped
from eligibility.verdict import Closing, Outcome
from eligibility.wording import Words, languages

EPILOG = "Example: eligibility ask me.yaml --lang fr"
SCHEMA_VERSION = 1


class Shape(StrEnum):
    """The formats of the list of questions."""

    TEXT = "text"
    JSON = "json"


def command(
    profile: Annotated[str, typer.Argument(metavar="PROFILE", help="The profile file (YAML); it may be empty, or not there yet.")],
    rules: Rules = None,
    vacancy: Vacancies = None,
    listed: Annotated[bool, typer.Option("--list", help="Print the questions and what each would settle, and ask nothing.")] = False,
    form: Annotated[Shape, typer.Option("--format", "-f", help="The shape of the list.")] = Shape.TEXT,
    on: AppliedOn = None,
    lang: Lang = None,
) -> int:
    """Ask for the one fact that settles most, in words, and write each answer into the profile. Run it again to go on."""
    words, reference = words_for(lang), load_reference()
    if profile == "-" and not listed:
        raise Usage(words.text("asking.no_file"), param_hint="PROFILE")
    if form is not Shape.TEXT and not listed:
        raise Usage(words.text("asking.format"), param_hint="--format")
    when = moment(on, words)
    try:
        paper = _paper(profile, listed, when, reference, words)
    except Problems as error:
        tell(error.diagnostics, words)
        return UNREADABLE
    library = load_library(rules, reference, words)
    if not library.vacancies:
        complain(words.text("no_vacancy_read" if library.unread else "no_vacancy"))
        return UNREADABLE if library.unread else NOTHING
    chosen = pick(library, vacancy or [], words)
    asked = _asked_about(chosen, paper, when, reference)
    ranking = Ranking(asked.vacant, reference)
    ranking.learn(paper.data, paper.profile)
    phrases = Phrases(words, reference, library.vacancies)
    if listed:
        text = _as_json(asked, ranking, paper, when, reference, library) if form is Shape.JSON else _as_text(asked, ranking, phrases, paper)
        write(text, sys.stdout, style_of(sys.stdout, "never"))
        return UNREADABLE if library.unread else OK
    again = _again(profile, rules, vacancy, on, lang)
    screen = _Screen(words)
    screen.say(_opening(asked, ranking, words))
    if not paper.begun:
        screen.say(words.text("asking.new", file=profile))
    screen.say(words.text("asking.intro", file=profile))
    conversation = Conversation(ranking, paper, phrases, Understanding(words, reference), screen.ask, screen.say)
    try:
        finished = conversation.run()
    except Problems as error:  # another program has made it unreadable in the meantime
        tell(error.diagnostics, words)
        return UNREADABLE
    except OSError as error:
        raise Usage(unwritable(error, profile, words), param_hint="PROFILE") from None
    screen.say("")
    if finished:
        screen.say(words.text("asking.done"))
    else:
        screen.say(words.text("asking.ended" if screen.ended else "asking.stopped", command=again))
    if by_hand := ranking.unasked():
        screen.say(words.text("asking.by_hand", n=len(by_hand), paths=", ".join(by_hand)))
    screen.say("")
    style = style_of(sys.stdout)
    options = repeated({"--on": on, "--rules": rules, "--lang": lang})
    write(_summary(asked, paper, when, library, words, reference, style, options), sys.stdout, style)
    return UNREADABLE if library.unread else OK


class _Asked:
    """What is asked about: the vacancies that are open; where none is, each as on its last open day (`closed`)."""

    def __init__(self, vacant: list[Vacant], closings: dict[str, Closing], closed: bool) -> None:
        self.vacant = vacant
        self.closings = closings
        self.closed = closed


def _asked_about(vacancies: list[Any], paper: Any, when: date | datetime, reference: Reference) -> _Asked:
    facts = ProfileFacts(paper.profile, reference)
    reports = {one.id: check(one, paper.profile, when, reference, facts) for one in vacancies}
    closings = {name: report.closing for name, report in reports.items()}
    still = [one for one in vacancies if closings[one.id] is not Closing.CLOSED]
    if still:
        return _Asked([Vacant(one, when) for one in still], closings, closed=False)
    last = {name: report.deadline.day for name, report in reports.items() if report.deadline is not None}
    return _Asked([Vacant(one, date.fromordinal(last[one.id]), over=True) for one in vacancies], closings, closed=True)


class _Read:
    """A profile that is only read, for a list of questions."""

    def __init__(self, loaded: Loaded) -> None:
        self.loaded, self.data, self.profile = loaded, loaded.document.data, loaded.model
        self.begun = True


def _paper(path: str, listed: bool, when: date | datetime, reference: Reference, words: Words) -> Any:
    """The profile, to be written to unless it is only listed. Raises Problems."""

    def problems(loaded: Loaded) -> list[Diagnostic]:
        return list(impossible_births(loaded, when))

    if listed and path == "-":
        loaded = open_profile(path, reference)
        wrong = list(loaded.diagnostics) if loaded.model is None else problems(loaded)
        if wrong:
            raise Problems(wrong)
        return _Read(loaded)
    if not listed:
        folder = os.path.dirname(os.path.abspath(path))
        if not os.path.isdir(folder):
            raise Usage(words.text("new.no_folder", path=folder), param_hint="PROFILE")

    def sentence(wrong: Diagnostic | str) -> str:
        if isinstance(wrong, str):
            return words.text("asking.unwritten", what=wrong)
        return words.problem(wrong.code, wrong.params).message

    paper = Paper(path, reference, problems, sentence)
    if not listed:
        refuse_output(path, words, hint="PROFILE")
    return paper


def _again(profile: str, rules: str | None, vacancy: list[str] | None, on: str | None, lang: Any) -> str:
    """The command that goes on."""
    options = [*(("--vacancy", one) for one in vacancy or ()), ("--rules", rules), ("--on", on), ("--lang", lang)]
    return " ".join(["eligibility ask", quote(profile), *(f"{name} {quote(str(value))}" for name, value in options if value is not None)])


# ------------------------------------------------------------------------------------------- on the screen


class _Screen:
    """Questions on standard error, so that standard output is the summary alone. What is not typed on a terminal is shown as if it were."""

    def __init__(self, words: Words) -> None:
        self._width = style_of(sys.stderr, "never").width
        self._typing = sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()
        self.ended = False
        """Whether there is nothing more to read."""

    def ask(self) -> str | None:
        """One answer; None where no more come. Raises Abort on Ctrl-C."""
        try:
            if self._typing:
                return str(typer.prompt("  ", default="", show_default=False, prompt_suffix="> ", err=True))
            line = sys.stdin.readline()
        except UnicodeDecodeError:
            return "\udc80"  # stands for bytes that are no text: refused as they are where Python hands them on
        except (OSError, ValueError):  # closed, or never open
            line = ""
        if not line:
            self.ended = True
            return None
        complain(f"   > {safe(line.strip())}".rstrip())
        return line

    def say(self, text: str) -> None:
        """One sentence, in lines that fit."""
        for line in _fitting(text, self._width):
            complain(line)


def _opening(asked: _Asked, ranking: Ranking, words: Words) -> str:
    """How many vacancies are open, and how many outcomes."""
    if asked.closed:
        return words.text("asking.closed")
    undecided = sum(1 for one in ranking.outcomes.values() if one is Outcome.MORE_INFORMATION)
    key = "asking.open" if undecided else "asking.settled"
    return words.text(key, n=len(asked.vacant), number=len(asked.vacant), open=undecided)


def _summary(
    asked: _Asked, paper: Any, when: date | datetime, library: Library, words: Words, reference: Reference, style: Style,
    options: Sequence[str],
) -> str:  # fmt: skip
    """The summary of `check`, of what was asked about; what is closed is told as on its last day, and as closed."""
    facts = ProfileFacts(paper.profile, reference)
    reports = [check(one.vacancy, paper.profile, when, reference, facts, on_last_day=True) for one in asked.vacant]
    known = unknown_to(library.vacancies, paper.loaded, reference)
    return reporter("text")(
        Shown(
            reports, words, reference, paper.loaded.document.name, unread=library.unread, options=options,
            style=style, value=lambda path: value_at(paper.data, path), vacancies=[one.vacancy for one in asked.vacant],
            not_understood=not_understood(known),
        )
    )  # fmt: skip


# ------------------------------------------------------------------------------------------- the list


def _as_text(asked: _Asked, ranking: Ranking, phrases: Phrases, paper: Any) -> str:
    """The questions one under the other, as `ask` would ask them."""
    words, style = phrases.words, style_of(sys.stdout, "never")
    questions = ranking.questions()
    lines = [_opening(asked, ranking, words)]
    lines.append(words.text("asking.list_title", n=len(questions), number=len(questions)) if questions else words.text("asking.list_none"))
    for number, question in enumerate(questions, 1):
        lines += phrases.asked(question, number, paper.data, phrases.hints(question))
    if by_hand := ranking.unasked():
        lines += ["", words.text("asking.by_hand", n=len(by_hand), paths=", ".join(by_hand))]
    return "".join(f"{line}\n" for text in lines for line in _fitting(text, style.width))


def _fitting(text: str, width: int) -> list[str]:
    """A line of a question in lines that fit, each under its first."""
    if not text:
        return [""]
    bare = text.lstrip(" -")
    indent = text[: len(text) - len(bare)]
    return list(wrapped(safe(bare), width, indent, " " * len(indent)))


def _as_json(asked: _Asked, ranking: Ranking, paper: Any, when: date | datetime, reference: Reference, library: Library) -> str:
    """The questions for programs: codes, ids and paths, and the words in every language."""
    told = {language: Phrases(Words(language), reference, library.vacancies) for language in languages()}
    questions = []
    for question in ranking.questions():
        hints = told["en"].hints(question)
        questions.append(
            {
                "path": question.path,
                "answer": form_of(question.path, hints),
                "options": [*hints.options, *hints.tags],
                "question": {language: phrases.text(question, paper.data) for language, phrases in told.items()},
                "opens": list(question.opens),
                "settles": [{"vacancy": name, "outcomes": list(outcomes)} for name, outcomes in question.settles.items()],
                "asked_by": [
                    {"vacancy": one.vacancy.id, "criterion": one.id, "kind": one.kind, "option": one.option} for one in question.wanted_by
                ],
            }
        )
    document = {
        "schema_version": SCHEMA_VERSION,
        "on": when.isoformat(),
        "on_last_days": asked.closed,
        "vacancies": [
            {
                "id": one.vacancy.id, "title": one.vacancy.title, "on": one.on.isoformat(), "closing": asked.closings[one.vacancy.id],
                "outcome": ranking.outcomes[one.vacancy.id],
            }
            for one in asked.vacant
        ],
        "questions": questions,
        "by_hand": ranking.unasked(),
        "unread": library.unread,
    }  # fmt: skip
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
