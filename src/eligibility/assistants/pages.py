"""What comes with the program for whoever writes its files: the schemas, and the page on the rule language."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any

from eligibility.schema.shipped import shipped


def shipped_schema(name: str) -> Mapping[str, Any]:
    """A published schema."""
    found: Mapping[str, Any] = json.loads(shipped("schema", f"{name}.schema.json"))
    return found


def language_page(language: str) -> str:
    """The page on the rule language, in Markdown."""
    return shipped("docs", "language.md" if language == "en" else os.path.join(language, "language.md"))


def language_sections(language: str) -> Mapping[str, str]:
    """Its sections by their headings, in order."""
    found: dict[str, list[str]] = {}
    heading = None
    for line in language_page(language).splitlines():
        if line.startswith(("## ", "# ")):
            heading = line.lstrip("# ").strip()
        if heading is not None:
            found.setdefault(heading, []).append(line)
    return {name: "\n".join(lines).strip() + "\n" for name, lines in found.items()}
