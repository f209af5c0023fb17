"""Builds the published schemas under schema/: of the JSON of reports and problems, and of the files that authors write, for editors.

`--check` only says whether they are fresh.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from eligibility.analysing.answer import COMPARE_VERSION, AnalysisData, ComparisonData
from eligibility.analysing.answer import SCHEMA_VERSION as ANALYSE_VERSION
from eligibility.asking.forms import Form
from eligibility.cli.ask import SCHEMA_VERSION as ASK_VERSION
from eligibility.diagnostic import Severity
from eligibility.reference import load_reference
from eligibility.report import Report
from eligibility.reporters.changes import VacancyChange
from eligibility.reporters.papers import Paper
from eligibility.reporters.problems.data import SCHEMA_VERSION
from eligibility.reporters.problems.tally import Tally
from eligibility.schema import FILES, schema_of
from eligibility.verdict import Closing, Outcome, Verdict
from eligibility.when import SCHEMA_VERSION as WHEN_VERSION
from eligibility.when import When

FOLDER = Path(__file__).resolve().parent.parent / "schema"


def report_schema() -> str:
    """The schema of `eligibility check --format json`."""
    report = Report.model_json_schema(mode="serialization")
    definitions = report.pop("$defs")
    definitions["Report"] = report
    change = VacancyChange.model_json_schema(mode="serialization")
    definitions |= change.pop("$defs")
    definitions["VacancyChange"] = change
    paper = Paper.model_json_schema(mode="serialization")
    definitions |= paper.pop("$defs")
    definitions["Paper"] = paper
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
            "redacted": {
                "const": True,
                "description": "Only with `--redact`: names, dates of birth, and every day or age that follows from them are left out.",
            },
            "changes": {
                "type": "array",
                "items": {"$ref": "#/$defs/VacancyChange"},
                "description": "Only with facts added (`--with`): what they change against the profile as it is.",
            },
            "papers": {
                "type": "array",
                "items": {"$ref": "#/$defs/Paper"},
                "description": "Only with `--papers`: what to gather for the vacancies that one may apply for, each paper once.",
            },
            "waiting": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["vacancy", "from", "to", "outcome"],
                    "additionalProperties": False,
                    "properties": {
                        "vacancy": {"type": "string"},
                        "from": {"type": "string", "format": "date"},
                        "to": {"type": ["string", "null"], "format": "date", "description": "Null where it lasts until the end."},
                        "outcome": {"$ref": "#/$defs/Outcome"},
                    },
                },
                "description": "Where waiting brings a better outcome, if nothing else changes, for those one is not eligible for today.",
            },
        },
        "$defs": definitions,
    }
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def when_schema() -> str:
    """The schema of `eligibility when --format json`."""
    return _by_vacancy(When, "when", WHEN_VERSION, "When one may apply")


def analyse_schema() -> str:
    """The schema of `eligibility analyse --format json`."""
    return _by_vacancy(AnalysisData, "analyse", ANALYSE_VERSION, "What is true of rules")


def _by_vacancy(model: type[BaseModel], command: str, version: int, title: str) -> str:
    """The schema of a command that answers once for each vacancy."""
    found = model.model_json_schema(mode="serialization")
    definitions = found.pop("$defs")
    name = model.__name__.removesuffix("Data")
    definitions[name] = found
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"https://eligibility.example/schema/{command}-{version}.json",
        "title": title,
        "description": f"What `eligibility {command} --format json` prints. New fields may be added; none is taken away within a version.",
        **_object(
            {
                "schema_version": {"const": version},
                "vacancies": {"type": "array", "items": {"$ref": f"#/$defs/{name}"}},
                "unread": {"type": "array", "items": {"type": "string"}, "description": "Rule files that could not be read."},
            }
        ),
        "$defs": definitions,
    }
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def compare_schema() -> str:
    """The schema of `eligibility compare --format json`."""
    schema = ComparisonData.model_json_schema(mode="serialization") | {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"https://eligibility.example/schema/compare-{COMPARE_VERSION}.json",
        "title": "What a change of a rule does",
        "description": "What `eligibility compare --format json` prints. New fields may be added; none is taken away within a version.",
    }
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def problems_schema() -> str:
    """The schema of `eligibility validate --format json`: fields are only ever added, so others than these are let through."""
    code = {"type": "string", "pattern": "^[EWN][0-9]{3}$", "description": "What is wrong; `eligibility explain CODE` shows its page."}
    place = {name: {"type": "integer", "minimum": 1} for name in ("line", "column", "end_line", "end_column")}
    problem = {
        "code": code,
        "severity": {"enum": [str(one) for one in Severity], "description": "Only an error refuses the file."},
        "file": {"type": "string", "description": "Relative to the folder of the command, with forward slashes."},
        **place,
        "message": {"type": "string", "description": "One sentence, in the language that was asked for."},
        "help": {"type": "string", "description": "What to do; it may be empty."},
    }
    problem["column"] |= {"description": "The first is 1; columns count code points."}
    problem["end_column"] |= {"description": "The column after the last character."}
    tally = {name: {"type": "integer", "minimum": 0} for name in Tally._fields}
    tally["valid"] |= {"description": "Files without an error."}
    tally["with_problems"] |= {"description": "Files with any problem that is shown."}
    tally["suppressed"] |= {"description": "Problems that comments in the files silence."}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"https://eligibility.example/schema/problems-{SCHEMA_VERSION}.json",
        "title": "Problems of files",
        "description": "What `eligibility validate --format json` prints; `jsonl` prints a Problem a line. "
        "New fields may be added; none is taken away within a version.",
        **_object(
            {
                "schema_version": {"const": SCHEMA_VERSION},
                "files": {"type": "array", "items": {"type": "string"}, "description": "Every file that was looked at, sorted."},
                "diagnostics": {
                    "type": "array",
                    "items": {"$ref": "#/$defs/Problem"},
                    "description": "By file, line, column and code.",
                },
                "summary": {"$ref": "#/$defs/Summary"},
            }
        ),
        "$defs": {"Problem": _object(problem), "Summary": _object(tally)},
    }
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def batch_schema() -> str:
    """The schema of `eligibility batch --format json`; a line of JSON Lines is a `Person` of it."""
    text, texts, number = {"type": "string"}, {"type": "array", "items": {"type": "string"}}, {"type": "integer", "minimum": 1}

    def mapping(properties: dict[str, Any], optional: tuple[str, ...] = ()) -> dict[str, Any]:
        required = [name for name in properties if name not in optional]
        return {"type": "object", "required": required, "additionalProperties": False, "properties": properties}

    def words(values: type[StrEnum]) -> dict[str, Any]:
        return {"enum": [str(value) for value in values]}

    def some(name: str) -> dict[str, Any]:
        return {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}

    said = {"type": ["object", "null"], "additionalProperties": text, "description": "Words by language."}
    perhaps = {"type": ["string", "null"]}
    gap = mapping({"amount": {"type": "integer", "minimum": 0}, "unit": text})
    criterion = {
        "id": text, "importance": {"enum": ["required", "desirable"]}, "verdict": words(Verdict), "code": text, "causes": texts,
        "missing": texts, "gap": {"anyOf": [gap, {"type": "null"}]}, "reason": text,
    }  # fmt: skip
    unmet = {"type": "integer", "minimum": 0, "description": "How many required criteria fail or cannot be told."}
    cell = {"vacancy": text, "outcome": words(Outcome), "closing": words(Closing), "unmet": unmet, "criteria": some("Criterion")}
    cell["option"] = {**text, "description": "What the option is called that the outcome is told of; only where nobody has picked one."}
    cell["deadline"] = {
        "anyOf": [{"$ref": "#/$defs/Deadline"}, {"type": "null"}],
        "description": "When one is in time however the notice is read; null where it gives no deadline.",
    }
    cell["next_action"] = {**text, "description": "What to do next, in words; only where sentences are wanted, as `reason`."}
    cell["next_question"] = {
        "type": ["string", "null"],
        "description": "The question that settles most of what is open here; null where none settles it. Only with `next_action`.",
    }
    cell["waiting"] = {
        **mapping({"from": {**text, "format": "date"}, "to": {**perhaps, "format": "date"}, "outcome": words(Outcome)}),
        "description": "A better outcome that waiting brings, if nothing else changes; `to` is null where it lasts. Beside `next_action`.",
    }
    problem = {
        "code": text, "severity": words(Severity), "file": text, "line": number, "column": number, "message": text, "help": text,
    }  # fmt: skip
    person = {
        "number": number, "id": text, "name": {"type": ["string", "null"]}, "place": text,
        "read": {"type": "boolean", "description": "False: the person could not be read, and `problems` says why."},
        "problems": some("Problem"), "vacancies": some("Cell"),
    }  # fmt: skip
    person["next_question"] = {
        **text,
        "description": "The question that settles most of all that is open, if there is one.",
    }
    person["profile_digest"] = {**text, "description": "What tells whether the profile is the same; not where people are told by codes."}
    person["redacted"] = {"const": True, "description": "Dates of birth, and what follows from them, are left out."}
    person["added"] = {**texts, "description": "On a line of JSON Lines: the facts that everybody was given, as the document has them."}
    was = mapping({"outcome": words(Outcome), "closing": words(Closing)})
    why = {"enum": ["facts", "rule", "day", "closed", "program", "unsaid"]}
    changed = {
        "vacancy": text, "before": was, "after": was, "criteria": some("CriterionChange"),
        "why": {"type": "array", "items": why, "description": "Since an earlier answer; with facts that are added, empty."},
    }  # fmt: skip
    person["since"] = mapping(
        {"state": {"enum": ["same", "changed", "new", "unread", "read", "unnamed"]}, "changes": some("Change")}
    )  # fmt: skip
    some_number = {"type": "integer", "minimum": 0}
    against = mapping(
        {
            "on": text,
            "gone": some("Gone"),
            "gone_people": some_number,
            "gone_vacancies": texts,
            "new_vacancies": texts,
            "unnamed": some_number,
        }
    )
    until = {"day": text, "time": {"type": ["string", "null"]}, "zone": text}
    document = {
        "schema_version": {"const": 1}, "on": text, "source": text, "vacancies": some("Vacancy"), "people": some("Person"),
        "notices": some("Problem"), "engine_version": text, "data_version": text, "anonymised": {"const": True}, "against": against,
        "redacted": {"const": True},
        "added": {**texts, "description": "The facts that everybody was given (`--with`): none of them, where they are redacted."},
    }  # fmt: skip
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://eligibility.example/schema/batch-1.json",
        "title": "Eligibility of many people",
        "description": "What `eligibility batch --format json` prints; a line of `jsonl` is a Person. New fields may be added.",
        **mapping(document, ("anonymised", "against", "redacted", "added")),
        "$defs": {
            "Vacancy": mapping(
                {"id": text, "title": said, "organisation": said, "rule_digest": perhaps, "reviewed": perhaps, "reviewed_by": perhaps}
            ),
            "Person": mapping(person, ("next_question", "profile_digest", "since", "redacted", "added")),
            "Change": mapping(changed),
            "CriterionChange": mapping({"id": text, "before": words(Verdict), "after": words(Verdict)}),
            "Gone": mapping({"id": text, "name": {"type": ["string", "null"]}}),
            "Cell": mapping(cell, ("option", "next_action", "next_question", "waiting")),
            "Deadline": mapping(until),
            "Criterion": mapping(criterion, ("reason",)),
            "Problem": mapping(problem),
        },
    }
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def ask_schema() -> str:
    """The schema of `eligibility ask --list --format json`."""
    text, texts = {"type": "string"}, {"type": "array", "items": {"type": "string"}}

    def some(name: str) -> dict[str, Any]:
        return {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}

    def words(values: type[StrEnum]) -> dict[str, Any]:
        return {"enum": [str(value) for value in values]}

    said = {"type": "object", "additionalProperties": text, "description": "Words by language."}
    unsaid = {"type": ["string", "null"]}
    question = {
        "path": {**text, "description": "Where the profile would say it: `birth_date`, `experience[0].field`."},
        "answer": {**words(Form), "description": "What kind of answer is wanted; `records` are asked for one key after the other."},
        "options": {**texts, "description": "The options of a choice, or the tags that some vacancy asks for."},
        "question": said,
        "opens": {**texts, "description": "The vacancies of which it tells whether one can apply now: their day depends on an option."},
        "settles": {**some("Settled"), "description": "The outcomes that one answer may settle, by itself."},
        "asked_by": {**some("Asking"), "description": "Every criterion that is open for want of it; of a day, the kind is its name."},
    }
    settled = {"vacancy": text, "outcomes": {"type": "array", "items": words(Outcome)}}
    asking = {"vacancy": text, "criterion": {**unsaid, "description": "Its id."}, "kind": text, "option": unsaid}
    document = {
        "schema_version": {"const": ASK_VERSION},
        "on": {**text, "description": "The day of application, or the instant."},
        "on_last_days": {"type": "boolean", "description": "No vacancy is open: each is asked about as on its last open day."},
        "vacancies": {**some("Vacancy"), "description": "Those that are asked about."},
        "questions": {**some("Question"), "description": "The one that settles most first."},
        "by_hand": {**texts, "description": "What is missing and is not asked for: to be written into the file."},
        "unread": {**texts, "description": "Rule files that could not be read."},
    }
    vacancy = {"id": text, "title": said, "on": text, "closing": words(Closing), "outcome": words(Outcome)}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"https://eligibility.example/schema/ask-{ASK_VERSION}.json",
        "title": "Open questions",
        "description": "What `eligibility ask --list --format json` prints. New fields may be added; none is taken away within a version.",
        **_object(document),
        "$defs": {
            "Vacancy": _object(vacancy), "Question": _object(question), "Settled": _object(settled), "Asking": _object(asking),
        },
    }  # fmt: skip
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}


def schemas() -> Iterator[tuple[str, str]]:
    """Each file of schema/ with its text."""
    yield "report.schema.json", report_schema()
    yield "problems.schema.json", problems_schema()
    yield "batch.schema.json", batch_schema()
    yield "ask.schema.json", ask_schema()
    yield "when.schema.json", when_schema()
    yield "analyse.schema.json", analyse_schema()
    yield "compare.schema.json", compare_schema()
    reference = load_reference()
    for name in FILES:  # keys stay in the order in which an editor should propose them
        yield f"{name}.schema.json", by_line(schema_of(name, reference))


def by_line(schema: dict[str, Any]) -> str:
    """A schema with one definition on each line: a change shows in one line."""
    lines = []
    for key, value in schema.items():
        if key in ("definitions", "properties"):
            inner = ",\n".join(f"  {json.dumps(name)}: {json.dumps(one, ensure_ascii=False)}" for name, one in value.items())
            lines.append(f" {json.dumps(key)}: {{\n{inner}\n }}")
        else:
            lines.append(f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main() -> int:
    stale = []
    for name, text in schemas():
        target = FOLDER / name
        if target.exists() and target.read_text("utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in sys.argv[1:]:
            FOLDER.mkdir(exist_ok=True)
            target.write_text(text, "utf-8")
    if stale and "--check" in sys.argv[1:]:
        print(f"stale in schema/: {', '.join(stale)}; run python scripts/build_schema.py")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
