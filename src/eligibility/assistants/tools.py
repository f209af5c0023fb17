"""The tools: what each takes, what it answers, and the command that answers it."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from contextlib import contextmanager
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from eligibility.assistants.commands import Ended, run
from eligibility.assistants.files import Folders, Refused
from eligibility.assistants.pages import language_sections, shipped_schema
from eligibility.wording import Words


class Site(NamedTuple):
    """What the server was started with: the rules, the folders that may be read, whether names and births are left out, the language."""

    rules: str
    folders: Folders
    redact: bool
    language: str


class Answer(NamedTuple):
    """What a tool answers: plain data as its schema says, and the same in words."""

    data: Mapping[str, Any]
    text: str


class Failed(Exception):
    """A command that has no answer; the text says why."""


class _Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class InWords(_Arguments):
    """What is told in one of the languages there are."""

    language: Literal["en", "fr"] | None = Field(None, description="The language of the words in the answer.")


class Nothing(InWords):
    """No argument besides the language."""


class OneVacancy(InWords):
    """One vacancy, by its id."""

    vacancy: str = Field(description="The id of the vacancy, from list_vacancies.")


class OneCode(InWords):
    """One code of a problem."""

    code: str = Field(description="A code such as E105.")


class Section(InWords):
    """A part of the description of the rule language."""

    section: str | None = Field(None, description="The heading of a section; without it, the headings are listed.")
    kind: str | None = Field(None, description="A kind of criterion, such as degree: its keys and examples.")
    key: str | None = Field(None, description="With kind: every word that this key of it accepts.")


class OfPerson(InWords):
    """A profile, and the vacancies it is about."""

    profile: str | dict[str, Any] | None = Field(None, description="The profile: YAML text, or the same as an object.")
    profile_file: str | None = Field(None, description="Instead: a file in one of the folders the server was started with.")
    vacancies: list[str] = Field([], description="Ids of vacancies; none for all.")
    rule: str | None = Field(None, description="YAML text of a rule file to ask about instead of the vacancies of the server.")
    on: str | None = Field(None, description="The day of application: YYYY-MM-DD or YYYY-MM-DDTHH:MM; today if left out.")


class OneFile(InWords):
    """A rule file, a profile, or cases."""

    text: str | None = Field(None, description="The YAML text.")
    file: str | None = Field(None, description="Instead: a file in one of the folders the server was started with.")


class Tool(NamedTuple):
    """A tool: its arguments, the schema of its answer, and what answers it. `assistants.tool.NAME` says what it is for."""

    arguments: type[_Arguments]
    answer: Callable[[], Mapping[str, Any]]
    call: Callable[[Site, Any], Awaitable[Answer]]


def _object(**properties: Any) -> Mapping[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


_TEXT = {"type": "string"}


# ------------------------------------------------------------------------------------------------ about a person


async def check_profile(site: Site, asked: OfPerson) -> Answer:
    """The report of `eligibility check`."""
    with _rules(site, asked) as rules:
        more = [*rules, *_about(site, asked), *(["--redact"] if site.redact else [])]
        found = _answered(await run(["check", "-", *more, "--format", "json"], _profile(site, asked)))
        told = _answered(await run(["check", "-", *more], _profile(site, asked)))
    return Answer(json.loads(found.out), told.out)


async def next_question(site: Site, asked: OfPerson) -> Answer:
    """The questions of `eligibility ask --list`, the one that settles most first."""
    with _rules(site, asked) as rules:
        more = [*rules, *_about(site, asked)]
        found = _answered(await run(["ask", "-", "--list", *more, "--format", "json"], _profile(site, asked)))
    data = json.loads(found.out)
    language = asked.language or site.language
    if site.redact:  # a question may call a job or a person by its name
        for one in data["questions"]:
            one["question"] = dict.fromkeys(one["question"], one["path"])
    first = next(iter(data["questions"]), None)
    return Answer(data, Words(language).text("assistants.no_question") if first is None else first["question"][language])


async def when_eligible(site: Site, asked: OfPerson) -> Answer:
    """The stretches of days of `eligibility when`. They tell of birthdays, so that they are not told where births are left out."""
    if site.redact:
        raise Refused("assistants.redacted")
    with _rules(site, asked) as rules:
        more = [*rules, *_about(site, asked)]
        found = _answered(await run(["when", "-", *more, "--format", "json"], _profile(site, asked)))
        told = _answered(await run(["when", "-", *more], _profile(site, asked)))
    return Answer(json.loads(found.out), told.out)


def _profile(site: Site, asked: OfPerson) -> str:
    if (asked.profile is None) == (asked.profile_file is None):
        raise Refused("assistants.one_of", first="profile", second="profile_file")
    if asked.profile_file is not None:
        return site.folders.read(asked.profile_file)
    return asked.profile if isinstance(asked.profile, str) else json.dumps(asked.profile, ensure_ascii=False)


def _about(site: Site, asked: OfPerson) -> list[str]:
    day = [] if asked.on is None else ["--on", asked.on]
    return [*(f"--vacancy={one}" for one in asked.vacancies), *day, "--lang", asked.language or site.language]


@contextmanager
def _rules(site: Site, asked: OfPerson) -> Any:
    """The option that says where the rules are: those of the server, or the one that was given."""
    if asked.rule is None:
        yield ["--rules", site.rules]
        return
    with tempfile.TemporaryDirectory() as folder:
        yield ["--rules", _written(folder, "rule.yaml", asked.rule)]


def _written(folder: str, name: str, text: str) -> str:
    path = os.path.join(folder, name)
    with open(path, "wb") as file:
        file.write(text.encode("utf-8", "surrogatepass"))
    return path


def _answered(ended: Ended) -> Ended:
    if not ended.answered:
        raise Failed((ended.told or ended.out).strip())
    return ended


# ---------------------------------------------------------------------------------------------- about vacancies


async def list_vacancies(site: Site, asked: Nothing) -> Answer:
    """Every vacancy, as the report of somebody who says nothing tells of it."""
    language = asked.language or site.language
    found = _answered(await run(["check", "-", "--rules", site.rules, "--format", "json"], "{}"))
    told = _answered(await run(["list", "--rules", site.rules, "--lang", language]))
    reports = json.loads(found.out)["reports"]
    kept = ("vacancy", "title", "organisation", "closing", "opening", "deadline", "contact", "reviewed", "reviewed_by")
    return Answer({"vacancies": [{key: report[key] for key in kept} for report in reports]}, told.out)


async def show_vacancy(site: Site, asked: OneVacancy) -> Answer:
    """What `eligibility show` says of one."""
    told = _answered(await run(["show", "--rules", site.rules, "--lang", asked.language or site.language, "--", asked.vacancy]))
    return Answer({"vacancy": asked.vacancy, "text": told.out}, told.out)


# -------------------------------------------------------------------------------------------------- about files


async def validate(site: Site, asked: OneFile) -> Answer:
    """The problems of `eligibility validate`."""
    text = _file(site, asked)
    language = asked.language or site.language
    found = _answered(await run(["validate", "-", "--lang", language, "--format", "json"], text))
    told = _answered(await run(["validate", "-", "--lang", language, "--format", "full"], text))
    return Answer(json.loads(found.out), told.out)


async def fix(site: Site, asked: OneFile) -> Answer:
    """The text as `eligibility validate --fix` would write it; the file itself stays as it is."""
    text = _file(site, asked)
    with tempfile.TemporaryDirectory() as folder:
        path = _written(folder, "file.yaml", text)
        told = _answered(await run(["validate", path, "--fix", "--lang", asked.language or site.language, "--format", "concise"]))
        with open(path, encoding="utf-8", errors="replace", newline="") as file:
            fixed = file.read()
        left = told.out.replace(path, "file.yaml")
    return Answer({"text": fixed, "changed": fixed != text, "left": left}, fixed)


def _file(site: Site, asked: OneFile) -> str:
    if (asked.text is None) == (asked.file is None):
        raise Refused("assistants.one_of", first="text", second="file")
    return site.folders.read(asked.file) if asked.file is not None else asked.text or ""


# ------------------------------------------------------------------------------------------------ about the rules


async def explain_code(site: Site, asked: OneCode) -> Answer:
    """What `eligibility explain` says of a code."""
    told = _answered(await run(["explain", "--lang", asked.language or site.language, "--", asked.code]))
    return Answer({"code": asked.code, "text": told.out}, told.out)


async def read_language(site: Site, asked: Section) -> Answer:
    """A section of the page on the rule language, or what `eligibility kinds` says of a kind."""
    language = asked.language or site.language
    sections = language_sections(language)
    if asked.kind is not None or asked.key is not None:
        words = [one for one in (asked.kind, asked.key) if one is not None]
        text = _answered(await run(["kinds", "--lang", language, "--", *words])).out
    elif asked.section is None:
        text = "\n".join(sections)
    elif asked.section in sections:
        text = sections[asked.section]
    else:
        raise Refused("assistants.no_section", section=asked.section, sections=", ".join(sections))
    return Answer({"sections": list(sections), "text": text}, text)


TOOLS: Mapping[str, Tool] = {
    "list_vacancies": Tool(Nothing, lambda: _object(vacancies={"type": "array", "items": {"type": "object"}}), list_vacancies),
    "show_vacancy": Tool(OneVacancy, lambda: _object(vacancy=_TEXT, text=_TEXT), show_vacancy),
    "check_profile": Tool(OfPerson, lambda: shipped_schema("report"), check_profile),
    "next_question": Tool(OfPerson, lambda: shipped_schema("ask"), next_question),
    "when_eligible": Tool(OfPerson, lambda: shipped_schema("when"), when_eligible),
    "validate": Tool(OneFile, lambda: shipped_schema("problems"), validate),
    "fix": Tool(OneFile, lambda: _object(text=_TEXT, changed={"type": "boolean"}, left=_TEXT), fix),
    "explain_code": Tool(OneCode, lambda: _object(code=_TEXT, text=_TEXT), explain_code),
    "read_language": Tool(Section, lambda: _object(sections={"type": "array", "items": _TEXT}, text=_TEXT), read_language),
}
"""Every tool by its name. None writes a file."""
