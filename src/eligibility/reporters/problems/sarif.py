"""SARIF 2.1.0, the format of code scanning: rules, results, relative URIs, fingerprints that survive added lines."""

from __future__ import annotations

import re
from typing import Any

from eligibility._version import VERSION
from eligibility.diagnostic import Diagnostic, Place, Severity
from eligibility.reporters.problems import Told
from eligibility.reporters.problems.data import as_json, end_column
from eligibility.reporters.problems.fingerprint import fingerprints
from eligibility.reporters.problems.names import is_absolute, posix, uri
from eligibility.reporters.problems.sentence import in_lines

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT = "%SRCROOT%"
_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_FACT = re.compile(r"\{\w+\}")


def render(told: Told) -> str:
    """One log with one run."""
    codes = sorted({problem.code for problem in told.diagnostics})
    index = {code: number for number, code in enumerate(codes)}
    results = [_result(problem, index, mark, told) for problem, mark in zip(told.diagnostics, fingerprints(told), strict=True)]
    run = {
        "tool": {"driver": {"name": "eligibility", "version": VERSION, "rules": [_rule(code, told) for code in codes]}},
        "language": told.words.language,
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": told.words.text("problems.root")}}},
        "results": results,
    }
    return as_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(code: str, told: Told) -> dict[str, Any]:
    """What a code means in general: its sentence with an ellipsis for every fact; its page, else its help with ellipses."""
    message, hint = (_FACT.sub("…", f"{text[:1].upper()}{text[1:]}") for text in told.words.problem(code, {}))
    heading, text = told.page_of(code) if told.page_of is not None else (f"{message}\n{hint}" if hint else message, hint)
    explain = told.words.text("problems.explain", code=code)
    return {
        "id": code,
        "shortDescription": {"text": message},
        "fullDescription": {"text": heading},
        "help": {"text": f"{text}\n{explain}" if text else explain},
        "defaultConfiguration": {"level": _LEVEL[Diagnostic(code, Place("")).severity]},
    }


def _result(problem: Diagnostic, index: dict[str, int], fingerprint: str, told: Told) -> dict[str, Any]:
    place = problem.place
    name = posix(place.file, told.folder)
    artifact = {"uri": uri(name)} if is_absolute(name) else {"uri": uri(name), "uriBaseId": _ROOT}
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.line,
        "endColumn": end_column(place),
    }
    return {
        "ruleId": problem.code,
        "ruleIndex": index[problem.code],
        "level": _LEVEL[problem.severity],
        "message": {"text": "\n".join(in_lines(problem, told.words))},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
        "partialFingerprints": {"eligibility/v1": fingerprint, "primaryLocationLineHash": f"{fingerprint[:16]}:1"},
    }
