"""Assistants, by the client of the SDK over a process of the server: what they are given is what the commands answer."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

pytest.importorskip("mcp", reason="the Model Context Protocol comes with the extra [mcp]")

import anyio
from mcp import ClientSession, MCPError, StdioServerParameters, stdio_client

from eligibility.assistants.tools import TOOLS
from eligibility.cli import run

ROOT = Path(__file__).parent.parent.parent
ON = "2023-09-15"
LEA = (ROOT / "profiles" / "lea.yaml").read_text("utf-8")
RULE = """
format: 1
id: junior
title: {en: Junior expert, fr: Expert junior}
as_of: application
jurisdiction: FR
dates: {deadline: 2027-03-31}
criteria:
  - {id: age, kind: age, at_least: 18, at_most: 35, label: {en: Age, fr: Âge}}
"""


def talk(conversation: Callable[[ClientSession], Awaitable[Any]], *arguments: str) -> Any:
    """A conversation with a server started with some arguments."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "ELIGIBILITY_LANG": "en"}
    server = StdioServerParameters(
        command=sys.executable, args=["-P", "-m", "eligibility", "mcp", "--rules", str(ROOT / "rules"), *arguments], env=environment
    )  # fmt: skip

    async def whole() -> Any:
        async with stdio_client(server) as (reads, writes), ClientSession(reads, writes) as session:
            await session.initialize()
            return await conversation(session)

    return asyncio.run(whole())


def called(name: str, *arguments: str, **asked: Any) -> Any:
    """One call of one tool."""

    async def conversation(session: ClientSession) -> Any:
        return await session.call_tool(name, asked)

    return talk(conversation, *arguments)


def words(result: Any) -> str:
    return "\n".join(one.text for one in result.content)


def test_what_there_is_is_listed_and_said() -> None:
    """Tools that only read, with schemas of what they take and give; resources that can be read; prompts that say who decides."""

    async def conversation(session: ClientSession) -> Any:
        tools, resources, prompts = await session.list_tools(), await session.list_resources(), await session.list_prompts()
        read = [(await session.read_resource(one.uri)).contents[0].text for one in resources.resources if "kinds" not in str(one.uri)]
        said = [(await session.get_prompt(one.name, {})).messages[0].content.text for one in prompts.prompts]
        return tools.tools, resources.resources, read, said

    tools, resources, read, said = talk(conversation)
    assert [one.name for one in tools] == list(TOOLS)
    for one in tools:
        assert one.description, one.name
        assert (one.output_schema["type"], one.annotations.read_only_hint) == ("object", True), one.name
        jsonschema.validators.validator_for(one.input_schema).check_schema(one.input_schema)
    assert {"eligibility://schema/report", "eligibility://language/fr", "eligibility://kinds/degree"} <= {str(one.uri) for one in resources}
    assert all(read)
    assert all("the program decides" in one for one in said)


def test_a_check_is_what_the_command_answers(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The same document, as its published schema says; and the same words, in the language asked for."""
    profile = tmp_path / "lea.yaml"
    profile.write_text(LEA, "utf-8")
    result = called("check_profile", profile=LEA, on=ON, language="fr")
    assert run(["check", str(profile), "--on", ON, "--rules", str(ROOT / "rules"), "--format", "json"]) == 0
    expected = json.loads(capsys.readouterr().out)
    assert not result.is_error
    assert [one["outcome"] for one in result.structured_content["reports"]] == [one["outcome"] for one in expected["reports"]]
    jsonschema.validate(result.structured_content, json.loads((ROOT / "schema" / "report.schema.json").read_text("utf-8")))
    assert "Bilan d'éligibilité" in words(result)


def test_a_profile_may_be_an_object_and_a_rule_a_draft() -> None:
    result = called("check_profile", profile={"birth_date": "1990-05-20"}, rule=RULE, on="2026-01-01")
    [report] = result.structured_content["reports"]
    assert (report["vacancy"], report["findings"][0]["verdict"], report["reviewed"]) == ("junior", "pass", None)
    assert "Nobody says they have compared this rule with the notice." in words(result)


def test_the_next_question_comes_first_and_says_where_its_answer_goes() -> None:
    result = called("next_question", profile="{}", rule=RULE, on="2026-01-01")
    assert result.structured_content["questions"][0]["path"] == "birth_date"
    assert words(result) == result.structured_content["questions"][0]["question"]["en"]


def test_when_one_is_eligible() -> None:
    result = called("when_eligible", profile={"birth_date": "2010-05-20"}, rule=RULE, on="2026-01-01")
    assert result.structured_content["vacancies"][0]["vacancy"] == "junior"
    assert "20 May 2028" in words(result)


def test_problems_have_a_place_and_what_is_sure_is_written() -> None:
    text = "birth_date: 14 March 1998\ncitizenship: [FR]\n"
    found = called("validate", text=text)
    assert [one["code"] for one in found.structured_content["diagnostics"]] == ["N204", "N204"]
    mended = called("fix", text="birth_date: 14 March 1998\n")
    assert mended.structured_content["text"] == "birth_date: 1998-03-14\n"
    assert mended.structured_content["changed"]


def test_vacancies_codes_and_the_language_are_told() -> None:
    listed = called("list_vacancies")
    assert "icesco-p039" in {one["vacancy"] for one in listed.structured_content["vacancies"]}
    assert "icesco-p039" in words(called("show_vacancy", vacancy="icesco-p039", language="fr"))
    assert "E105" in words(called("explain_code", code="E105"))
    assert "## Groups" in words(called("read_language", section="Groups"))
    assert "at_least" in words(called("read_language", kind="age"))


@pytest.mark.parametrize(
    ("name", "asked", "told"),
    [
        ("check_profile", {"profil": "{}"}, "profil"),
        ("check_profile", {}, "profile_file"),
        ("check_profile", {"profile": 3}, "profile"),
        ("check_profile", {"profile": "{}", "vacancies": ["icesco"], "on": "soon"}, "soon"),
        ("check_profile", {"profile": "{}", "vacancies": ["--output=x"]}, "--output=x"),
        ("show_vacancy", {"vacancy": "--plan"}, "--plan"),
        ("explain_code", {"code": "E999"}, "E999"),
        ("read_language", {"section": "Nowhere"}, "Nowhere"),
        ("delete_everything", {}, "delete_everything"),
        ("check_profile", {"profile": "birth_date: [\x00"}, ""),
        ("check_profile", {"profile": "a: &a [*a]"}, ""),
        ("check_profile", {"profile_file": "../../../etc/passwd"}, "No folder was named"),
    ],
)
def test_what_is_wrong_is_data(name: str, asked: dict[str, Any], told: str) -> None:
    """An error that can be read, in place of an answer; the server goes on."""

    async def conversation(session: ClientSession) -> Any:
        return await session.call_tool(name, asked), await session.call_tool("explain_code", {"code": "E105"})

    wrong, right = talk(conversation)
    assert wrong.is_error
    assert told in words(wrong)
    assert words(wrong)
    assert "Traceback" not in words(wrong)
    assert wrong.structured_content == {"error": words(wrong)}
    assert not right.is_error


def test_a_resource_or_a_prompt_that_is_not_there_is_an_error_of_the_protocol() -> None:
    async def conversation(session: ClientSession) -> Any:
        with pytest.raises(MCPError, match="nothing"):
            await session.read_resource("eligibility://schema/nothing")
        with pytest.raises(MCPError, match="nothing"):
            await session.get_prompt("nothing", {})

    talk(conversation)


def test_only_files_of_the_folders_that_were_named_are_read(tmp_path: Path) -> None:
    """By their name in one of them; not by a link out of it, and none where no folder was named."""
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (inside / "me.yaml").write_text("birth_date: 1990-05-20\n", "utf-8")
    (outside / "other.yaml").write_text("birth_date: 1990-05-20\n", "utf-8")
    (inside / "link.yaml").symlink_to(outside / "other.yaml")

    async def conversation(session: ClientSession) -> Any:
        names = ["me.yaml", str(inside / "me.yaml"), "link.yaml", "../outside/other.yaml", str(outside / "other.yaml"), "\0"]
        return [(await session.call_tool("validate", {"file": one})).is_error for one in names]

    assert talk(conversation, str(inside)) == [False, False, True, True, True, True]
    assert called("validate", file=str(inside / "me.yaml")).is_error
    assert sorted(one.name for one in tmp_path.rglob("*") if one.is_file()) == ["link.yaml", "me.yaml", "other.yaml"]


def test_a_call_that_is_given_up_ends_and_the_next_is_answered() -> None:
    """Somebody who stops waiting does not keep the server from answering the next call."""

    async def conversation(session: ClientSession) -> Any:
        begun = time.monotonic()
        with anyio.move_on_after(0.05) as scope:
            await session.call_tool("check_profile", {"profile": LEA, "on": ON})
        answered = await session.call_tool("explain_code", {"code": "E105"})
        return scope.cancelled_caught, answered.is_error, time.monotonic() - begun

    given_up, failed, _ = talk(conversation)
    assert given_up
    assert not failed


def test_names_and_births_stay_with_whoever_started_the_server(tmp_path: Path) -> None:
    """With `--redact`, nothing that is told has a name, a birth date or an age; the days of birthdays are not told at all."""
    (tmp_path / "me.yaml").write_text("name: Dora Quill\nbirth_date: 1991-05-20\n", "utf-8")

    async def conversation(session: ClientSession) -> Any:
        asked = {"profile_file": "me.yaml", "on": ON}
        return [await session.call_tool(one, asked) for one in ("check_profile", "next_question", "when_eligible")]

    checked, questions, when = talk(conversation, "--redact", str(tmp_path))
    told = words(checked) + json.dumps(checked.structured_content) + words(questions) + json.dumps(questions.structured_content)
    assert not [one for one in ("Dora", "Quill", "1991", "32 years", "me.yaml") if one in told]
    assert checked.structured_content["reports"]
    assert when.is_error
