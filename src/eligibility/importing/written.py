"""A draft as a profile file: a comment above everything that is in doubt, and at the end what found no place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eligibility.authoring.written import flow
from eligibility.diagnostic import Diagnostic
from eligibility.importing.draft import Doubt, Draft
from eligibility.profile import Profile
from eligibility.reporters.layout import safe, wrapped
from eligibility.wording import Words

WIDTH = 100
_SHOWN = 80
_ORDER = ("id", *(name for name in Profile.model_fields if name not in ("id", "incomplete")))


def profile_text(draft: Draft, words: Words, first_line: str | None) -> str:
    """The lines of a profile file."""
    return "".join(f"{line}\n" for line in _lines(draft, words, first_line))


def _lines(draft: Draft, words: Words, first_line: str | None) -> Iterator[str]:
    if first_line is not None:
        yield first_line
    files = words.both([words.text("import.file", path=safe(path), form=words.text(f"import.form.{form}")) for path, form in draft.forms])
    yield from _comment(words.text("import.head", files=files))
    for doubt in draft.doubts.get("", ()):
        yield from _comment(said(doubt, words))
    yield ""
    data = draft.data
    keys = [*_ORDER, *(key for key in (*data, *draft.lists, *draft.doubts) if key not in _ORDER and key not in ("", "incomplete"))]
    for key in dict.fromkeys(keys):
        for doubt in draft.doubts.get(key, ()):
            yield from _comment(said(doubt, words))
        if key not in draft.lists:
            if key in data:
                yield f"{key}: {flow(data[key], key)}"
            continue
        if key not in data:
            for entry in draft.lists[key]:
                for doubt in entry.doubts:
                    yield from _comment(said(doubt, words))
            continue
        if key == "citizenships":
            for doubt in (doubt for entry in draft.lists[key] for doubt in entry.doubts):
                yield from _comment(said(doubt, words))
            yield f"{key}: {flow(data[key])}"
            continue
        yield f"{key}:"
        for entry in draft.lists[key]:
            for doubt in entry.doubts:
                yield from _comment(said(doubt, words), "  ")
            if entry.record:
                yield f"  - {flow(entry.record)}"
    if unsure := data.get("incomplete"):
        yield ""
        yield from _comment(words.text("import.incomplete"))
        yield f"incomplete: {flow(unsure)}"
    if draft.unplaced:
        yield ""
        yield from _comment(left_out(draft, words))


def left_out(draft: Draft, words: Words) -> str:
    """What found no place, in one sentence."""
    names = list(draft.unplaced)
    shown = [safe(name) for name in names[:_SHOWN]]
    if len(names) > _SHOWN:
        shown.append(words.text("others", number=words.number(len(names) - _SHOWN)))
    return words.text("import.left", n=len(names), names=", ".join(shown))


def _comment(text: str, indent: str = "") -> Iterator[str]:
    return wrapped(safe(text), WIDTH, f"{indent}# ")


def said(doubt: Doubt, words: Words) -> str:
    """A doubt in words."""
    params = {key: _shown(value) for key, value in doubt.params.items() if key not in ("problem", "note", "readings")}
    problem = doubt.params.get("problem")
    if isinstance(problem, Diagnostic):
        message = words.problem(problem.code, problem.params).message
        return words.text("import.doubt.problem", code=problem.code, message=message) + (
            f" {words.text('import.doubt.left_out', value=params['value'])}" if "value" in params else ""
        )
    if readings := doubt.params.get("readings"):
        params["readings"] = words.either([_shown(one) for one in readings])
    text = words.text(f"import.doubt.{doubt.key}", **params)
    note = doubt.params.get("note")
    if note and f"import.note.{note}" in words:
        text += f" {words.text(f'import.note.{note}')}"
    return text


def _shown(value: Any) -> str:
    """A value as it is to be written; of a mapping, its keys with their values."""
    if isinstance(value, dict):
        return ", ".join(f"{key}: {flow(one)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_shown, value))
    return str(value)
