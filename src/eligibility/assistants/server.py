"""The server: tools, resources and prompts of the Model Context Protocol over standard input and output."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import mcp_types as types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError
from pydantic import ValidationError

from eligibility._version import VERSION
from eligibility.assistants.commands import run
from eligibility.assistants.files import Refused
from eligibility.assistants.pages import language_page
from eligibility.assistants.tools import TOOLS, Failed, Site
from eligibility.diagnostic import Problems
from eligibility.language.every_kind import EVERY_KIND
from eligibility.schema.shipped import SCHEMAS, shipped
from eligibility.wording import Words, languages

_SCHEME = "eligibility://"
PROMPTS: Mapping[str, str] = {"encode_notice": "notice", "fill_in_profile": "about"}
"""Each prompt and what may be given to it."""


def server_of(site: Site) -> Server[Any]:
    """A server for one site."""
    words = Words(site.language)

    async def list_tools(_: Any, __: Any) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_tool(name, words) for name in TOOLS])

    async def call_tool(_: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        return await _called(site, params.name, params.arguments or {})

    async def list_resources(_: Any, __: Any) -> types.ListResourcesResult:
        return types.ListResourcesResult(resources=list(_resources(words)))

    async def read_resource(_: Any, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        text, kind = await _resource(site, params.uri)
        return types.ReadResourceResult(contents=[types.TextResourceContents(uri=params.uri, text=text, mime_type=kind)])

    async def list_prompts(_: Any, __: Any) -> types.ListPromptsResult:
        return types.ListPromptsResult(prompts=[_prompt(name, given, words) for name, given in PROMPTS.items()])

    async def get_prompt(_: Any, params: types.GetPromptRequestParams) -> types.GetPromptResult:
        if params.name not in PROMPTS:
            raise MCPError(code=types.INVALID_PARAMS, message=words.text("assistants.no_prompt", name=params.name))
        return _said(params.name, (params.arguments or {}).get(PROMPTS[params.name], ""), words)

    return Server(
        "eligibility", version=VERSION, instructions=words.text("assistants.instructions"),
        on_list_tools=list_tools, on_call_tool=call_tool, on_list_resources=list_resources, on_read_resource=read_resource,
        on_list_prompts=list_prompts, on_get_prompt=get_prompt,
    )  # fmt: skip


async def serve(site: Site) -> None:
    """Answer on standard input and output until they are closed."""
    server = server_of(site)
    async with stdio_server() as (reads, writes):
        await server.run(reads, writes, server.create_initialization_options())


def _tool(name: str, words: Words) -> types.Tool:
    tool = TOOLS[name]
    return types.Tool(
        name=name, description=words.text(f"assistants.tool.{name}"), input_schema=tool.arguments.model_json_schema(),
        output_schema=dict(tool.answer()),
        annotations=types.ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False),
    )  # fmt: skip


async def _called(site: Site, name: str, arguments: Mapping[str, Any]) -> types.CallToolResult:
    words = Words(site.language)
    if name not in TOOLS:
        return _error(words.text("assistants.no_tool", name=name, names=", ".join(TOOLS)))
    tool = TOOLS[name]
    try:
        asked = tool.arguments.model_validate(dict(arguments))
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors(include_url=False, include_input=False))
        return _error(words.text("assistants.arguments", wrong=wrong))
    words = Words(getattr(asked, "language", None) or site.language)
    try:
        answer = await tool.call(site, asked)
    except Refused as error:
        return _error(words.text(error.key, **error.facts))
    except Problems as error:
        return _error("\n".join(words.problem(one.code, one.params).message for one in error.diagnostics))
    except TimeoutError:
        return _error(words.text("assistants.too_long"))
    except Failed as error:
        return _error(str(error))
    return types.CallToolResult(content=[types.TextContent(type="text", text=answer.text)], structured_content=dict(answer.data))


def _error(message: str) -> types.CallToolResult:
    """An error as data: the assistant can read it, and do better."""
    return types.CallToolResult(
        content=[types.TextContent(type="text", text=message)], structured_content={"error": message}, is_error=True
    )  # fmt: skip


def _resources(words: Words) -> Any:
    for name in SCHEMAS:
        yield types.Resource(
            uri=f"{_SCHEME}schema/{name}", name=f"{name}.schema.json", mime_type="application/schema+json",
            description=words.text("assistants.schema", name=name),
        )  # fmt: skip
    for language in languages():
        yield types.Resource(
            uri=f"{_SCHEME}language/{language}", name=f"language.{language}.md", mime_type="text/markdown",
            description=words.text("assistants.language"),
        )  # fmt: skip
    for kind in sorted(EVERY_KIND):
        yield types.Resource(
            uri=f"{_SCHEME}kinds/{kind}", name=kind, mime_type="text/plain", description=words.text("assistants.kind", kind=kind)
        )  # fmt: skip


async def _resource(site: Site, uri: str) -> tuple[str, str]:
    room, _, name = uri.removeprefix(_SCHEME).partition("/")
    if uri.startswith(_SCHEME):
        if room == "schema" and name in SCHEMAS:
            return json.dumps(json.loads(shipped("schema", f"{name}.schema.json")), ensure_ascii=False, indent=1), "application/schema+json"
        if room == "language" and name in languages():
            return language_page(name), "text/markdown"
        if room == "kinds" and name in EVERY_KIND:
            return (await run(["kinds", name, "--lang", site.language])).out, "text/plain"
    raise MCPError(code=types.INVALID_PARAMS, message=Words(site.language).text("assistants.no_resource", uri=uri))


def _prompt(name: str, given: str, words: Words) -> types.Prompt:
    argument = types.PromptArgument(name=given, description=words.text(f"assistants.prompt.{name}.{given}"), required=False)
    return types.Prompt(name=name, description=words.text(f"assistants.prompt.{name}.title"), arguments=[argument])


def _said(name: str, given: str, words: Words) -> types.GetPromptResult:
    text = words.text(f"assistants.prompt.{name}")
    if given:
        text += "\n\n" + words.text("assistants.material") + "\n\n" + given
    message = types.PromptMessage(role="user", content=types.TextContent(type="text", text=text))
    return types.GetPromptResult(description=words.text(f"assistants.prompt.{name}.title"), messages=[message])
