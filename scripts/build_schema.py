"""Builds schema/report.schema.json, the published schema of the JSON report. `--check` only says whether it is fresh."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from eligibility.report import Report

TARGET = Path(__file__).resolve().parent.parent / "schema" / "report.schema.json"


def build() -> str:
    report = Report.model_json_schema(mode="serialization")
    definitions = report.pop("$defs")
    definitions["Report"] = report
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://eligibility.example/schema/report-1.json",
        "title": "Eligibility report",
        "description": "What `eligibility check --format json` prints. New fields may be added; none is taken away within a version.",
        "type": "object",
        "required": ["schema_version", "reports", "unread"],
        "additionalProperties": False,
        "properties": {
            "schema_version": {"const": 1},
            "reports": {"type": "array", "items": {"$ref": "#/$defs/Report"}},
            "unread": {"type": "array", "items": {"type": "string"}, "description": "Rule files that could not be read."},
        },
        "$defs": definitions,
    }
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def main() -> int:
    text = build()
    if "--check" in sys.argv[1:]:
        if not TARGET.exists() or TARGET.read_text("utf-8") != text:
            print("schema/report.schema.json is stale: run python scripts/build_schema.py")
            return 1
        return 0
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
