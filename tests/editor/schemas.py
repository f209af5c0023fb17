"""The committed schemas, ready to validate, and files read as the program reads them."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator

from eligibility.loading.files import Source
from eligibility.loading.yaml_reader import read_yaml

ROOT = Path(__file__).parent.parent.parent
BLOCKS = re.findall(r"```yaml ?(\w*)\n(.*?)```", (ROOT / "docs" / "language.md").read_text("utf-8"), re.S)


@cache
def schema(name: str) -> dict[str, Any]:
    """The committed schema of `vacancy`, `profile` or `cases`."""
    found: dict[str, Any] = json.loads((ROOT / "schema" / f"{name}.schema.json").read_text("utf-8"))
    return found


@cache
def validator(name: str) -> Draft7Validator:
    """The schema of a kind of file, or of a definition in the vacancy's (`criterion`)."""
    if name in ("vacancy", "profile", "cases"):
        return Draft7Validator(schema(name))
    return Draft7Validator({"$ref": f"#/definitions/{name}", "definitions": schema("vacancy")["definitions"]})


def errors(name: str, data: Any) -> list[tuple[str, str]]:
    """What the schema finds: the place, and a sentence."""
    found = validator(name).iter_errors(data)
    return sorted((".".join(map(str, one.absolute_path)), one.message[:200]) for one in found)


def read(text: str) -> Any:
    """A YAML text as the program reads it."""
    document = read_yaml(Source("text", f"it:\n{text}".encode()))
    assert not [one for one in document.diagnostics if one.is_error], text
    return document.data["it"]


def read_file(path: Path) -> dict[str, Any]:
    """A YAML file as the program reads it."""
    return dict(read_yaml(Source(str(path), path.read_bytes())).data)
