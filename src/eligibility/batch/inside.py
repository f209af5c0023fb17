"""What columns say of the records inside a record: the mark of a degree, the results of language tests."""

from __future__ import annotations

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

    spot: Spot
    path: str
    error: BadCell


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
                yield Wrong(spot, "degrees[].grade", BadCell("E617", value=str(value), field="grade"))
                return
    if isinstance(grade.get("value"), str) and "scale" in grade:
        grade["value"] = load_reference().mark_word("scales", grade["scale"], grade["value"]) or grade["value"]
    if {"scale", "value"} <= grade.keys():
        record["grade"] = grade
    elif "value" in grade:
        said, spot = next(one for key, one in cells.items() if key != f"grade{INSIDE}scale")
        yield Wrong(spot, "degrees[].grade", BadCell("E626", value=str(said)))


def _tests(record: dict[str, Any], cells: Cells) -> Iterator[Wrong]:
    """The results of tests that have columns of their own. A test of another language is none of this one."""
    results: dict[str, dict[str, Any]] = {}
    reference = load_reference()
    for key, (said, spot) in cells.items():
        test, _, one = key.removeprefix(f"tests{INSIDE}=").partition(INSIDE)
        if record.get("language", reference.language_of_test(test)) != reference.language_of_test(test):
            yield Wrong(spot, f"languages[].tests[{test}]", BadCell("E625", value=str(said)))
            continue
        result = results.setdefault(test, {"test": test})
        parts = said if isinstance(said, dict) else {one: said}
        if any(result.get(part, value) != value for part, value in parts.items() if part != "test"):
            yield Wrong(spot, f"languages[].tests[{test}]", BadCell("E617", value=str(said), field=f"tests[{test}]"))
            continue
        result.update(parts)
    kept = [one for one in results.values() if "score" in one]
    if kept:
        record["tests"] = [*record.get("tests", ()), *(one for one in kept if one not in record.get("tests", ()))]
