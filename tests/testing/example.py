"""A small rule with its cases, and the command run in this process."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

from eligibility.cli import run

ROOT = Path(__file__).parent.parent.parent

RULE = """\
id: museum-guide-2025
title: {fr: Guide de musée, en: Museum guide}
dates: {deadline: 2025-03-01}
criteria:
  - {id: age, kind: age, at_least: 18, at_most: 35}
  - id: status
    any_of:
      - {kind: citizenship, of: CA}
      - {kind: permit, type: permanent, in: CA}
  - {id: writes-well, kind: judged}
"""

CASES = """\
day: 2025-01-15
profile: {birth_date: 2000-05-05, citizenships: [CA], permits: []}
cases:
  - {name: everything fulfilled, expect: {age: pass, status: pass, outcome: likely_eligible}}
  - {name: eighteen that day, profile: {birth_date: 2007-03-01}, expect: {age: P}}
  - {name: a day too young, profile: {birth_date: 2007-03-02}, expect: {age: {verdict: F, gap: 1}, outcome: not_eligible}}
  - {name: no birth date, profile: {birth_date: null}, expect: {age: {verdict: U, missing: [birth_date]}}}
"""


class Done(NamedTuple):
    code: int
    out: str
    err: str


def eligibility(*words: str) -> Done:
    """What the command line answers."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        code = run(words)
    texts = []
    for stream in (out, err):
        stream.seek(0)
        texts.append(stream.read())
    return Done(code, *texts)


def museum(folder: Path, cases: str = CASES, rule: str = RULE) -> Path:
    """A folder with the rule of a museum and its cases; the case file is returned."""
    (folder / "museum-guide-2025.yaml").write_text(rule, "utf-8")
    path = folder / "museum-guide-2025.cases.yaml"
    path.write_text(cases, "utf-8")
    return path
