"""The published schema of problems in JSON, against what the program writes."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from eligibility.reporters.problems import Told, problem_reporter
from eligibility.wording import Words
from tests.testing.example import eligibility

from .material import any_told, told

SCHEMA: dict[str, Any] = json.loads((Path(__file__).parents[2] / "schema" / "problems.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def test_it_is_a_schema() -> None:
    """With a name of its own, of the version that the document carries."""
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$id"].endswith("/problems-1.json")


@given(any_told())
@settings(max_examples=60, deadline=None)
def test_any_document_is_valid(anything: Told) -> None:
    """Whatever is told; and so is each line of JSON Lines."""
    VALIDATOR.validate(json.loads(problem_reporter("json")(anything)))
    lines = VALIDATOR.evolve(schema={"$ref": "#/$defs/Problem", "$defs": SCHEMA["$defs"]})
    for line in problem_reporter("jsonl")(anything).splitlines():
        lines.validate(json.loads(line))


def test_it_names_every_field() -> None:
    """A new field of the document is a new field of the schema."""
    document = json.loads(problem_reporter("json")(told()))
    assert set(SCHEMA["properties"]) == set(document)
    for name, example in (("Problem", document["diagnostics"][0]), ("Summary", document["summary"])):
        assert set(SCHEMA["$defs"][name]["properties"]) == set(example)


def test_every_code_matches() -> None:
    """The pattern of codes fits every code."""
    lines = VALIDATOR.evolve(schema=SCHEMA["$defs"]["Problem"]["properties"]["code"])
    for code in Words("en").codes():
        lines.validate(code)


@pytest.mark.parametrize(
    ("where", "value", "valid"),
    [
        (("schema_version",), 2, False),
        (("diagnostics", 0, "code"), "X100", False),
        (("diagnostics", 0, "severity"), "fatal", False),
        (("diagnostics", 0, "line"), 0, False),
        (("diagnostics", 0, "help"), None, False),
        (("summary", "errors"), -1, False),
        (("diagnostics", 0, "page"), "a later version says more", True),
    ],
)
def test_what_it_refuses(where: tuple[Any, ...], value: Any, valid: bool) -> None:
    """A wrong value of a known field; a field that it does not know may have been added since."""
    document = deepcopy(json.loads(problem_reporter("json")(told())))
    inner = document
    for step in where[:-1]:
        inner = inner[step]
    inner[where[-1]] = value
    assert VALIDATOR.is_valid(document) == valid


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the command prints, with and without problems; and `eligibility schema problems` prints the schema."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_text("id: 010\nbirth_date: 2001-02-30\n", "utf-8")
    (tmp_path / "b.yaml").write_text("citizenships: [FR]\n", "utf-8")
    for paths, count in ((["a.yaml", "b.yaml"], 2), (["b.yaml"], 0)):
        document = json.loads(eligibility("validate", *paths, "--format", "json").out)
        VALIDATOR.validate(document)
        assert len(document["diagnostics"]) == count
    assert json.loads(eligibility("schema", "problems").out) == SCHEMA
