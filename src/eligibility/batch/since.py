"""What an earlier answer said of everybody, read from its JSON; and what is otherwise now, with why."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from eligibility.batch.results import Cell, Change, CriterionChange
from eligibility.report import SCHEMA_VERSION
from eligibility.verdict import Closing, Outcome, Verdict

_VERDICTS = {str(one) for one in Verdict}


class NoAnswer(ValueError):
    """A file is no answer of a batch that others can be compared with; the message is the key of why not."""


class Then(NamedTuple):
    """What was said of one person and one vacancy: outcome, closing, and the verdict of each criterion by its id."""

    outcome: Outcome
    closing: Closing
    verdicts: Mapping[str, str]

    @property
    def answer(self) -> tuple[Outcome, bool, Mapping[str, str]]:
        """What is told of it: on a last day that has an hour, it depends on the clock whether one can still apply, and the answer stays."""
        return self.outcome, self.closing is Closing.CLOSED, self.verdicts


class PersonThen(NamedTuple):
    """One person of the earlier answer; `digest` is that of the profile, None where the answer does not say it."""

    name: str | None
    read: bool
    digest: str | None
    cells: Mapping[str, Then]


class Digests(NamedTuple):
    """What tells whether a profile and a rule are those of the earlier answer; None where it does not say."""

    profile_then: str | None
    profile: str | None
    rule_then: str | None
    rule: str | None


class Last(NamedTuple):
    """An earlier answer: its day, its people by their ids, the digest of each rule, and the versions of the program and its data.

    `unnamed` are people who have no id of their own, or whose id stands there twice: nothing ties them to anybody now.
    """

    on: date | datetime
    people: Mapping[str, PersonThen]
    rules: Mapping[str, str | None]
    program: tuple[Any, Any]
    unnamed: int


def read_last(text: str | bytes) -> Last:
    """The earlier answer in the JSON of a batch. Raises NoAnswer."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise NoAnswer("since.no_json") from None
    try:
        return _last(data)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        if isinstance(error, NoAnswer):
            raise
        raise NoAnswer("since.no_batch") from None


def _last(data: Any) -> Last:
    if data["schema_version"] != SCHEMA_VERSION:
        raise NoAnswer("since.other_schema")
    if data.get("anonymised"):
        raise NoAnswer("since.anonymised")
    if "added" in data:
        raise NoAnswer("since.added")
    when = data["on"]
    on = datetime.fromisoformat(when) if len(when) > 10 else date.fromisoformat(when)
    rules = {one["id"]: one.get("rule_digest") for one in data["vacancies"]}
    people: dict[str, PersonThen] = {}
    twice: set[str] = set()
    unnamed = 0
    for one in data["people"]:
        key = one["id"]
        if not isinstance(key, str):
            raise NoAnswer("since.no_batch")
        if is_line(key, one["place"]):
            unnamed += 1
            continue
        if key in people:
            twice.add(key)
        cells = {cell["vacancy"]: _then(cell) for cell in one["vacancies"]}
        people[key] = PersonThen(one["name"], bool(one["read"]), one.get("profile_digest"), cells)
    unnamed += len(twice)
    program = (data.get("engine_version"), data.get("data_version"))
    return Last(on, {key: one for key, one in people.items() if key not in twice}, rules, program, unnamed)


def _then(cell: Any) -> Then:
    verdicts = {str(one["id"] or place): one["verdict"] for place, one in enumerate(cell["criteria"])}
    if not _VERDICTS.issuperset(verdicts.values()):
        raise NoAnswer("since.no_batch")
    return Then(Outcome(cell["outcome"]), Closing(cell["closing"]), verdicts)


def is_line(key: str, where: str) -> bool:
    """Whether an id is only the line in which somebody stands: after a line more, it is somebody else's."""
    return where.endswith(f":{key}")


def then_of(cell: Cell) -> Then:
    """A cell as an earlier answer would have it."""
    return Then(cell.outcome, cell.closing, {one.id or str(place): str(one.verdict) for place, one in enumerate(cell.points)})


def change(then: Then, cell: Cell, labels: Sequence[str], why: tuple[str, ...] = ()) -> Change:
    """What is otherwise; `labels` are what the criteria of the cell are called."""
    before, after = then.verdicts, then_of(cell).verdicts
    criteria = tuple(
        CriterionChange(key, label, before[key], verdict)
        for (key, verdict), label in zip(after.items(), labels, strict=True)
        if before.get(key, verdict) != verdict
    )
    return Change(cell.vacancy, then.outcome, then.closing, cell.outcome, cell.closing, why, criteria)


def why_otherwise(then: Then, as_then: Then, now: Then, digests: Digests, same_program: bool) -> tuple[str, ...]:
    """Why an answer is another one, as far as it can be told.

    `as_then` is what is said today of the earlier day: if that is what was said on it, the day alone has changed the answer; if it is what
    is said now, the day has not.
    """
    by_day = "closed" if now.closing is Closing.CLOSED and then.closing is not Closing.CLOSED else "day"
    if as_then == then:
        return (by_day,)
    found = [by_day] if as_then != now else []
    if None in (digests.profile_then, digests.rule_then):
        return (*found, "unsaid")
    others = []
    if digests.profile_then != digests.profile:
        others.append("facts")
    if digests.rule_then != digests.rule:
        others.append("rule")
    return (*found, *(others or (() if same_program else ("program",))))
