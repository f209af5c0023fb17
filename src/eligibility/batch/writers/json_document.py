"""JSON: one document with the vacancies, the people and what was told of the inputs. `schema/batch.schema.json` describes it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import IO, Any

from eligibility._version import VERSION
from eligibility.batch.results import Row
from eligibility.batch.writers import About, Choice
from eligibility.batch.writers import jsonl as lines
from eligibility.diagnostic import Diagnostic
from eligibility.report import SCHEMA_VERSION
from eligibility.vacancy import Vacancy


def piece(about: About, choice: Choice) -> Callable[[Row], bytes]:
    """The mapping of a person, on a line of its own."""
    return lines.person(about, {})


class Writer:
    """Writes the head, the people line by line, and the end."""

    def __init__(self, file: IO[bytes], about: About, choice: Choice) -> None:
        self.file, self.words, self.about = file, about.words, about
        self.first = True
        head = f'"schema_version": {SCHEMA_VERSION},\n"on": {_json(about.on.isoformat())},\n"source": {_json(about.source)},\n'
        head += f'"engine_version": {_json(VERSION)},\n"data_version": {_json(about.reference.version)},\n'
        head += '"anonymised": true,\n' if about.anonymised else ""
        head += '"redacted": true,\n' if about.redacted else ""
        head += f'"added": {_json([] if about.redacted else list(about.added))},\n' if about.added else ""
        vacancies = ",\n".join(_json(_vacancy(one)) for one in about.vacancies)
        file.write(f'{{\n{head}"vacancies": [\n{vacancies}\n],\n"people": ['.encode("utf-8", "replace"))

    def add(self, piece: bytes) -> None:
        """One more person."""
        self.file.write((b"\n" if self.first else b",\n") + piece)
        self.first = False

    def close(self, notices: Sequence[Diagnostic]) -> None:
        """The end, with what was told of the inputs."""
        told = _json([lines.problem(one, self.words) for one in notices])
        against = self.about.against
        since = f',\n"against": {_json(against.as_data(self.about))}' if against is not None else ""
        self.file.write(f'\n],\n"notices": {told}{since}\n}}\n'.encode("utf-8", "replace"))

    def abandon(self) -> None:
        """There is nothing to take away."""


def _vacancy(one: Vacancy) -> dict[str, Any]:
    return {
        "id": one.id, "title": one.title, "organisation": one.organisation, "rule_digest": one.digest,
        "reviewed": one.reviewed.isoformat() if one.reviewed else None, "reviewed_by": one.reviewed_by,
    }  # fmt: skip


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, allow_nan=False)
