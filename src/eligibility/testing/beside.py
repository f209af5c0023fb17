"""The rule file that a case file is about: the one of the same name beside it, or the one in its folder with the id it names."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

from eligibility.loading.document import Document
from eligibility.loading.files import is_case_file
from eligibility.loading.nearest import nearest
from eligibility.reading.reader import Problem
from eligibility.testing.model import Rule

_SUFFIXES = (".yaml", ".yml")


def rule_beside(
    name: str, wanted: str | None, rule_at: Callable[[str], Rule | None], ids_in: Callable[[str], Mapping[str, str]]
) -> Rule | Problem | None:
    """The rule file for the cases in the file `name`; the problem where there is none; None where it is there and cannot be read.

    `wanted` is the id that the cases name, if they do. `rule_at` reads a rule file, and `ids_in` finds those of a folder by their ids.
    """
    folder = os.path.dirname(name)
    stem = os.path.basename(name).rpartition(".cases.")[0] if is_case_file(name) else ""
    likely = wanted or stem
    if likely and os.path.basename(likely) == likely:  # no id leads out of the folder
        for path in (os.path.join(folder, f"{likely}{suffix}") for suffix in _SUFFIXES):
            if os.path.isfile(path):
                rule = rule_at(path)
                if rule is None or wanted in (None, rule.document.data.get("id")):
                    return rule
    if wanted is None:
        return Problem("E403", (), {"word": stem or os.path.basename(name), "suggestion": None})
    ids = ids_in(folder)
    if wanted in ids:
        return rule_at(ids[wanted])
    return Problem("E403", ("vacancy",), {"word": wanted, "suggestion": nearest(wanted, ids)})


def ids_in(folder: str, document_at: Callable[[str], Document | None]) -> dict[str, str]:
    """The rule files of a folder by their ids; of two with one id, the first."""
    ids: dict[str, str] = {}
    try:
        entries = sorted(os.listdir(folder or "."))
    except OSError:
        return ids
    for entry in entries:
        if entry.lower().endswith(_SUFFIXES) and not is_case_file(entry):
            path = os.path.join(folder, entry)
            document = document_at(path)
            if document is not None and "criteria" in document.data and isinstance(one := document.data.get("id"), str):
                ids.setdefault(one, path)
    return ids
