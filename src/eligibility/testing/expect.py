"""Reading `expect`: what a case says a criterion, or the whole report, should answer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from eligibility.reading.reader import Context, Path, Reader
from eligibility.testing.edits import shown
from eligibility.testing.model import VERDICTS, Wanted
from eligibility.verdict import Cause, Closing, Outcome

WHOLE = ("outcome", "closing", "tracks")
"""What can be expected of a whole report."""

Readings = tuple[tuple[str, ...], ...]
"""The readings of a criterion: each with its name in every language."""

OWN = "it"
"""The id of the criterion of a case that brings its own."""


def read_expect(
    raw: Any, path: Path, context: Context, criteria: Mapping[str, Readings] | None, tracks: Collection[str] | None
) -> tuple[Wanted, ...]:
    """Everything a case expects; problems are noted in the context.

    `criteria` are the ids of the vacancy, each with the names of its readings; `tracks` the options of its choices; None where the
    vacancy cannot be read. A verdict alone, or a mapping with `verdict`, is about the case's own criterion.
    """
    if not isinstance(raw, dict) or "verdict" in raw:
        raw, where = {OWN: raw}, {OWN: path}
    else:
        where = {name: (*path, name) for name in raw}
    if not raw:
        context.problem("E204", path, expected="expectations", value="{}")
    found: list[Wanted] = []
    for name, value in raw.items():
        if name in WHOLE:
            found += _whole(str(name), value, where[name], context, tracks)
        elif criteria is not None and name not in criteria:
            context.problem("E401", where[name], on_key=True, word=str(name), allowed=[*criteria, *WHOLE])
        else:
            found += _criterion(str(name), value, where[name], context, None if criteria is None else criteria[name])
    return tuple(found)


def _whole(name: str, value: Any, path: Path, context: Context, tracks: Collection[str] | None) -> Iterator[Wanted]:
    outcomes = [str(one) for one in Outcome]
    if name != "tracks":
        if _is_word(value, outcomes if name == "outcome" else [str(one) for one in Closing], path, context):
            yield Wanted(None, name, value, path)
        return
    if not isinstance(value, dict):
        context.problem("E204", path, expected="mapping", value=str(value)[:40])
        return
    if tracks is not None and not tracks:
        context.problem("E409", path, on_key=True)
        return
    good = [tracks is None or _is_word(option, sorted(tracks), (*path, option), context, True) for option in value]
    good += [_is_word(outcome, outcomes, (*path, option), context) for option, outcome in value.items()]
    if all(good):
        yield Wanted(None, name, dict(value), path)


def _criterion(name: str, value: Any, path: Path, context: Context, readings: Readings | None) -> Iterator[Wanted]:
    if not isinstance(value, dict):
        yield from _verdict(name, "verdict", value, path, context)
        return
    reader = Reader(value, path, context)
    if "verdict" not in reader:
        reader.problem("E201", lacking="verdict")
    for key in ("verdict", "preferred"):
        if key in reader:
            yield from _verdict(name, key, reader.raw(key), reader.at(key), context)
    if (code := reader.text("code")) is not None:
        yield Wanted(name, "code", code, reader.at("code"))
    if "missing" in reader:
        entries = reader.entries("missing")
        for where, entry in entries:
            if not isinstance(entry, str):
                context.problem("E204", where, expected="text", value=str(entry)[:40])
        yield Wanted(name, "missing", tuple(sorted(str(entry) for _, entry in entries)), reader.at("missing"))
    if "causes" in reader:
        causes = [str(one) for one in Cause]
        entries = reader.entries("causes")
        good = [_is_word(entry, causes, where, context) for where, entry in entries]  # each one is told
        if all(good):
            yield Wanted(name, "causes", tuple(sorted(entry for _, entry in entries)), reader.at("causes"))
    if (gap := reader.typed("gap", int, "whole_number")) is not None:
        yield Wanted(name, "gap", gap, reader.at("gap"))
    if (future := reader.text("future")) is not None:
        try:
            yield Wanted(name, "future", date.fromisoformat(future).isoformat(), reader.at("future"))
        except ValueError:
            reader.problem("E106", "future", value=future)
    if (under := reader.typed("readings", dict, "mapping")) is not None:
        yield from _readings(name, under, reader, readings)
    reader.unknown_keys("expect")


def _readings(name: str, under: Mapping[str, Any], reader: Reader, readings: Readings | None) -> Iterator[Wanted]:
    """What each reading that is named should say by itself; a reading is named as in the rule, in either language."""
    where = reader.at("readings")
    if readings is not None and not readings:
        reader.problem("E238", "readings", on_key=True, word="readings", works="in_expected_readings")
        return
    for called, value in under.items():
        at = next((index for index, names in enumerate(readings or ()) if called in names), None)
        if readings is not None and at is None:
            allowed = list(dict.fromkeys(one for names in readings for one in names))
            reader.context.problem("E205", (*where, called), True, word=str(called), allowed=allowed)
        else:
            yield from _verdict(f"{name}.readings[{at}]", "verdict", value, (*where, called), reader.context)


def _verdict(name: str, key: str, value: Any, path: Path, context: Context) -> Iterator[Wanted]:
    verdict = VERDICTS.get(value) if isinstance(value, str) else None
    if verdict is None:
        context.problem("E402", path, word=shown(value)[:40], allowed=list(VERDICTS))
    else:
        yield Wanted(name, key, str(verdict), path)


def _is_word(value: Any, allowed: list[str], path: Path, context: Context, on_key: bool = False) -> bool:
    if value in allowed:
        return True
    context.problem("E205", path, on_key, word=str(value)[:40], allowed=allowed)
    return False


def letters_in(raw: Any, path: Path) -> Iterator[Path]:
    """Where a verdict is the letter N, also one of a criterion that nobody knows."""
    if raw == "N":
        yield path
    elif isinstance(raw, dict):
        for name, value in raw.items():
            if name not in ("code", "missing", "causes", "gap", "future"):
                yield from letters_in(value, (*path, name))


def ids_of(criteria: Any) -> dict[str, Readings]:
    """The ids of criteria, of the members of their groups, and of their conditions and exceptions, each with the names of its readings,
    from their plain data."""
    entries = criteria if isinstance(criteria, list) else [criteria]
    found: dict[str, Readings] = {}
    for one in entries:
        if isinstance(one, Mapping):
            readings = one.get("readings")
            if isinstance(one.get("id"), str):
                found.setdefault(one["id"], _names_of(readings))
            for inner in (*(one.get(key) for key in ("all_of", "any_of", "none_of", "when", "unless", "derogation")), readings):
                for name, names in ids_of(inner).items():
                    found.setdefault(name, names)
    return found


def _names_of(readings: Any) -> Readings:
    names = [one.get("name") for one in readings if isinstance(one, Mapping)] if isinstance(readings, list) else []
    return tuple((one,) if isinstance(one, str) else tuple(one.values()) if isinstance(one, Mapping) else () for one in names)
