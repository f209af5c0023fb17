"""Marks outside their scale, scores outside the range of their test, a number for yes or no: slips that nobody may pass or fail by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from eligibility.reading.reader import Path, Problem, beyond, written
from eligibility.reference import Reference


def out_of_range(data: Mapping[str, Any], reference: Reference, path: Path = ()) -> Iterator[Problem]:
    """The marks, scores and facts of a profile, and of its relatives, that cannot be."""
    facts = data.get("facts")
    for name, stated in facts.items() if isinstance(facts, Mapping) else ():
        if isinstance(stated, int | float) and not isinstance(stated, bool) and name in reference.vocabulary("facts"):
            yield Problem("E204", (*path, "facts", name), {"value": written(stated), "expected": "true_or_false"})
    for at, degree in _records(data, "degrees", path):
        grade = degree.get("grade")
        if isinstance(grade, Mapping):
            yield from beyond(grade.get("value"), "scales", grade.get("scale"), reference, (*at, "grade", "value"))
            value, most = grade.get("value"), grade.get("out_of")
            if isinstance(value, int | float) and isinstance(most, int | float) and value > most:
                yield Problem("E204", (*at, "grade", "value"), {"value": written(value), "expected": "between", "limit": most, "least": 0})
    for at, exam in _records(data, "exams", path):
        yield from beyond(exam.get("grade"), "scales", exam.get("exam"), reference, (*at, "grade"))
    for at, language in _records(data, "languages", path):
        for place, test in _records(language, "tests", at):
            yield from beyond(test.get("score"), "tests", test.get("test"), reference, (*place, "score"))
    for at, relative in _records(data, "relatives", path):
        yield from out_of_range(relative, reference, at)


def _records(data: Mapping[str, Any], name: str, path: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    records = data.get(name)
    for index, record in enumerate(records if isinstance(records, list) else ()):
        if isinstance(record, Mapping):
            yield (*path, name, index), record
