"""JSON Lines: a person a line, values as they are. `schema/batch.schema.json` describes a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import IO, Any

from eligibility.batch.results import Cell, Change, Point, Row
from eligibility.batch.writers import About, Choice
from eligibility.batch.writers.due import Due, Dues, due_of
from eligibility.diagnostic import Diagnostic
from eligibility.reporters.json_report import waiting_as_data
from eligibility.wording import Words


def piece(about: About, choice: Choice) -> Callable[[Row], bytes]:
    """The line of a person, which says by itself which facts were added."""
    make = person(about, {"added": [] if about.redacted else list(about.added)} if about.added else {})
    return lambda row: make(row) + b"\n"


def person(about: About, more: Mapping[str, Any]) -> Callable[[Row], bytes]:
    """The mapping of a person. `more` is so of everybody, and said of each."""
    words = about.words
    due = due_of(about)
    if about.redacted:
        more = {**more, "redacted": True}
    return lambda row: _person(row, words, due, more).encode("utf-8", "replace")


class Writer:
    """Writes line after line."""

    def __init__(self, file: IO[bytes], about: About, choice: Choice) -> None:
        self.file = file

    def add(self, piece: bytes) -> None:
        """One more person."""
        self.file.write(piece)

    def close(self, notices: Sequence[Diagnostic]) -> None:
        """The end."""

    def abandon(self) -> None:
        """There is nothing to take away."""


def _person(row: Row, words: Words, due: Sequence[Dues], more: Mapping[str, Any]) -> str:
    """A person as JSON."""
    data = {
        "number": row.number + 1,
        "id": row.id,
        "name": row.name,
        "place": row.place,
        "read": row.read,
        "problems": [problem(one, words) for one in row.problems],
        **more,
    }
    if row.digest is not None:
        data["profile_digest"] = row.digest
    if row.since is not None:
        data["since"] = {"state": row.since.state, "changes": [_change(one) for one in row.since.changes]}
    if row.question is not None:
        data["next_question"] = row.question
    cells = [_cell(cell, _due(until.of(cell))) for cell, until in zip(row.cells, due if row.read else (), strict=True)]
    return f'{_ENCODE(data)[:-1]},"vacancies":[{",".join(cells)}]}}'


def _change(one: Change) -> dict[str, Any]:
    """What is otherwise for a vacancy."""
    return {
        "vacancy": one.vacancy, "before": {"outcome": str(one.before), "closing": str(one.closing_before)},
        "after": {"outcome": str(one.after), "closing": str(one.closing)}, "why": one.why,
        "criteria": [{"id": each.id, "before": each.before, "after": each.after} for each in one.criteria],
    }  # fmt: skip


def problem(one: Diagnostic, words: Words) -> dict[str, Any]:
    """A problem as plain data: its code and place, and the sentence."""
    message, hint = words.problem(one.code, one.params)
    place = one.place
    return {
        "code": one.code, "severity": str(one.severity), "file": place.file, "line": place.line, "column": place.column,
        "message": message, "help": hint,
    }  # fmt: skip


@lru_cache(maxsize=4096)
def _due(one: Due | None) -> str:
    return _ENCODE(None if one is None else one._asdict())


def _cell(cell: Cell, due: str) -> str:
    head: dict[str, Any] = {"vacancy": cell.vacancy, "outcome": str(cell.outcome), "closing": str(cell.closing), "unmet": len(cell.unmet)}
    if cell.option is not None:
        head["option"] = cell.option
    if cell.action is not None:
        head |= {"next_action": cell.action, "next_question": cell.question}
    if cell.waiting is not None:
        head["waiting"] = waiting_as_data(cell.waiting)
    return f'{_ENCODE(head)[:-1]},"deadline":{due},"criteria":[{",".join(map(_point, cell.points))}]}}'


@lru_cache(maxsize=4096)  # without sentences, most people have the points of others
def _point(point: Point) -> str:
    gap = point.gap
    data = {
        "id": point.id, "importance": "required" if point.required else "desirable", "verdict": str(point.verdict), "code": point.code,
        "causes": point.causes, "missing": point.missing, "gap": None if gap is None else {"amount": gap[0], "unit": gap[1]},
    }  # fmt: skip
    if point.reason is not None:
        data["reason"] = point.reason
    return _ENCODE(data)


_ENCODE = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False, separators=(",", ":")).encode
