"""A commented skeleton of a file, from the template beside this module, with its comments in the author's language."""

from __future__ import annotations

import re
import unicodedata
from importlib.resources import files

from eligibility.reporters.layout import wrapped
from eligibility.wording import Words

WIDTH = 100
_COMMENT = re.compile(r"( *)#: (\S+)")
_NOT_ID = re.compile(r"[^a-z0-9]+")


def skeleton(what: str, words: Words, schema: str, name: str) -> str:
    """The text of a new `vacancy` or `profile`. `schema` is the path to its schema; `name` the id of the vacancy."""
    facts = {"schema": schema, "id": name, "name": words.text("new.profile.your_name")}
    lines: list[str] = []
    for line in files(__name__.rpartition(".")[0]).joinpath(f"{what}.yaml").read_text("utf-8").splitlines():
        if found := _COMMENT.fullmatch(line):
            lines += wrapped(words.text(f"new.{found[2]}"), WIDTH, f"{found[1]}# ")
        else:
            lines.append(re.sub(r"<<(\w+)>>", lambda place: facts[place[1]], line))
    return "".join(f"{line}\n" for line in lines)


def modeline(schema: str) -> str:
    """The first line that tells an editor which schema a file follows."""
    return f"# yaml-language-server: $schema={schema}"


def slug(text: str) -> str:
    """An id from the name of a file: small letters, figures and hyphens."""
    letters = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return _NOT_ID.sub("-", letters.lower()).strip("-") or "my-vacancy"
