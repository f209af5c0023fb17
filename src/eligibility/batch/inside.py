"""What columns say of the records inside a record: the mark of a degree, the results of language tests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from eligibility.batch.cells import BadCell
from eligibility.batch.people import Spot
from eligibility.reference import load_reference

INSIDE = "."
"""Between the keys of a record inside a record: `grade.value`, `tests.=ielts.score`."""
Cells = Mapping[str, tuple[Any, Spot]]
"""What cells say, by the key of the record, with the cell."""


class Wrong(NamedTuple):
    """A cell that does not go together with the others, and why."""

    key: str
    spot: Spot
    error: BadCell


def path_of(key: str) -> str:
    """The end of the path that a map has for such a key: `grade.value`, `tests[ielts].score`."""
    return re.sub(r"\.=([^.]+)", r"[\1]", key)


def is_inside(key: str) -> bool:
    """Whether a key is of a record inside a record."""
    return key == "grade" or INSIDE in key


def gathered(name: str, record: dict[str, Any], cells: Cells) -> Iterator[Wrong]:
    """Put what cells say of the records inside one into it; what does not go together stays out."""
    if name == "degrees":
        yield from _grade(record, {key: said for key, said in cells.items() if key.partition(INSIDE)[0] == "grade"})
    for key, (said, _) in cells.items():
        outer, _, one = key.partition(INSIDE)
        if outer not in ("grade", "tests"):
            record.setdefault(outer, {})[one] = said
    yield from _tests(record, {key: said for key, said in cells.items() if key.startswith(f"tests{INSIDE}=")})


def _grade(record: dict[str, Any], cells: Cells) -> Iterator[Wrong]:
    """The mark of a degree, from one column or from those of its mark and its scale. A mark without a scale says nothing."""
    grade: dict[str, Any] = {}
    for key, (said, spot) in cells.items():
        parts = said if isinstance(said, dict) else {key.partition(INSIDE)[2]: said}
        for one, value in parts.items():
            if grade.setdefault(one, value) != value:
                yield Wrong(key, spot, BadCell("E617", value=str(value), field="grade"))
                return
    if isinstance(grade.get("value"), str) and "scale" in grade:
        grade["value"] = load_reference().mark_word("scales", grade["scale"], grade["value"]) or grade["value"]
    if {"scale", "value"} <= grade.keys():
        record["grade"] = grade
    elif "value" in grade:
        key, (said, spot) = next((key, one) for key, one in cells.items() if key != f"grade{INSIDE}scale")
        yield Wrong(key, spot, BadCell("E626", value=str(said)))


def _tests(record: dict[str, Any], cells: Cells) -> Iterator[Wrong]:
    """The results of tests that have columns of their own. A test of another language is none of this one."""
    results: dict[str, dict[str, Any]] = {}
    reference = load_reference()
    for key, (said, spot) in cells.items():
        test, _, one = key.removeprefix(f"tests{INSIDE}=").partition(INSIDE)
        if record.get("language", reference.language_of_test(test)) != reference.language_of_test(test):
            shown = " ".join(map(str, said.values())) if isinstance(said, dict) else str(said)
            yield Wrong(key, spot, BadCell("E625", value=shown))
            continue
        result = results.setdefault(test, {"test": test})
        parts = said if isinstance(said, dict) else {one: said}
        if any(result.get(part, value) != value for part, value in parts.items() if part != "test"):
            yield Wrong(key, spot, BadCell("E617", value=str(said), field=f"tests[{test}]"))
            continue
        result.update(parts)
    kept = [one for one in results.values() if "score" in one]
    if kept:
        record["tests"] = [*record.get("tests", ()), *(one for one in kept if one not in record.get("tests", ()))]
