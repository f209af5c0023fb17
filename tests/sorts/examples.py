"""Examples of every sort of file: those of the repository, of the documentation, and of `eligibility kinds`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from eligibility.checks.files import kind_of
from eligibility.diagnostic import Problems
from eligibility.language.every_kind import EVERY_KIND
from eligibility.loading.files import Source
from eligibility.loading.yaml_reader import read_yaml

CRITERIA = import_module(".".join([*__name__.split(".")[:-2], "laws.catalogue"])).CRITERIA  # `tests` is no package for pytest
ROOT = Path(__file__).parent.parent.parent
_BLOCK = re.compile(r"```(?P<language>yaml|toml).*?\n(?P<text>.*?)```", re.DOTALL)
_TEXTS = {"fr": "Texte", "en": "Text"}

HEADER: Mapping[str, Any] = {
    "format": 1,
    "title": _TEXTS,
    "organisation": _TEXTS,
    "jurisdiction": "CA-QC",
    "dates": {
        "deadline": "2024-06-30", "start": {"from": "2024-09-01", "to": "2024-12-31"}, "end": "2025-08-31", "grant": {"asked": _TEXTS},
    },
    "choices": {"track": {"options": {"external": _TEXTS, "internal": _TEXTS}}, "host": {"country": True, "asked": _TEXTS}},
    "lists": {
        "partner-schools": ["udem", {"id": "our-school", "label": _TEXTS}], "partners": [{"country": "GB", "from": "2021-01-01"}, "FR"],
        "more-fields": ["law"], "waived": ["US"],
    },
    "conditions": [{"id": "adult", "kind": "age", "at_least": 18}],
}  # fmt: skip
"""What a criterion of the examples may refer to."""


class Kind(StrEnum):
    """The sorts of files that somebody else may have written."""

    RULE = "rule"
    PROFILE = "profile"
    CASES = "cases"
    COLUMNS = "columns"
    SETTINGS = "settings"


class Example(NamedTuple):
    """A good file: what it is, where it would lie, and what it says."""

    kind: Kind
    path: str
    data: dict[str, Any]
    root: tuple[str | int, ...] = ()
    """Where to change it: what is around a single criterion is the same for all of them."""


def examples() -> Iterator[Example]:
    """Every example there is."""
    for folder in ("rules", "profiles", "profiles/class", "tests/cases"):
        for path in sorted((ROOT / folder).glob("*.yaml")):
            yield from _file(str(path), path.read_text("utf-8"))
    yield _rule("header", {"kind": "judged"})._replace(root=())
    yield from _vacancies_of_cases()
    for number, criterion in enumerate(CRITERIA):
        yield _rule(f"catalogue-{number}", criterion)
    for name, kind in EVERY_KIND.items():
        for number, text in enumerate(kind.examples):
            yield _rule(f"{name}-{number}", read_yaml(Source("", f"it: {text}".encode())).data["it"])
    for path in sorted((ROOT / "docs").glob("*.md")):
        for number, block in enumerate(_BLOCK.finditer(path.read_text("utf-8"))):
            if block["language"] == "toml":
                yield Example(Kind.SETTINGS, "pyproject.toml", tomllib.loads(block["text"]), ("tool", "eligibility"))
            else:
                yield from _file(f"{path}.{number}.yaml", block["text"])


def _vacancies_of_cases() -> Iterator[Example]:
    """What cases are asked of, as rule files: their lists, days, choices and tables."""
    for path in sorted((ROOT / "tests" / "cases").glob("*.yaml")):
        data = read_yaml(Source(str(path), path.read_bytes())).data
        said = [data.get("vacancy"), *(case.get("vacancy") for case in data["cases"])]
        for number, vacancy in enumerate(one for one in said if isinstance(one, dict)):
            rule = {"format": 1, "id": "it", "title": _TEXTS, **vacancy, "criteria": [{"id": "it", "kind": "judged", "label": _TEXTS}]}
            yield Example(Kind.RULE, f"{path.stem}-{number}.yaml", rule)


def _file(path: str, text: str) -> Iterator[Example]:
    """The example in a text; a list of criteria is as many, and what is neither is none."""
    try:
        data = read_yaml(Source(path, text.encode())).data
    except Problems:
        indented = "".join(f"  {line}\n" for line in text.splitlines())
        try:
            listed = read_yaml(Source(path, f"all:\n{indented}".encode())).data["all"]
        except Problems:
            return
        for number, criterion in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(criterion, dict):
                yield _rule(f"{path}-{number}", criterion)
        return
    yield Example(Kind(kind_of(data, path)), path, data)


def _rule(name: str, criterion: dict[str, Any]) -> Example:
    """A rule file with this criterion alone."""
    return Example(Kind.RULE, f"{name}.yaml", {"id": "it", **HEADER, "criteria": [{"id": "it", **criterion}]}, ("criteria", 0))
