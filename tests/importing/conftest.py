"""A reader in an empty folder who imports a CV."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from eligibility.cli import run


class Imported(NamedTuple):
    """How `eligibility import` ended, what it said, and the profile that it wrote."""

    code: int
    err: str
    text: str
    data: dict[str, Any]


Import = Callable[..., Imported]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("ELIGIBILITY_LANG", "en")
    (tmp_path / "rules").mkdir()
    return tmp_path


@pytest.fixture
def imported(folder: Path, capsys: pytest.CaptureFixture[str]) -> Import:
    """Import what is given: the name of a file, or data that are written as JSON first. Days are counted from 10 January 2025."""

    def do(what: Any, *words: str, valid: bool = True) -> Imported:
        if not isinstance(what, str):
            (folder / "cv.json").write_text(json.dumps(what), "utf-8")
            what = "cv.json"
        code = run(["import", what, "--on", "2025-01-10", *words])
        out, err = capsys.readouterr()
        data = yaml.safe_load(out) if code == 0 else {}
        if code == 0 and valid:
            (folder / "written.yaml").write_text(out, "utf-8")
            assert run(["validate", "written.yaml", "--on", "2025-01-10", "--format", "concise"]) == 0, capsys.readouterr()
            told = capsys.readouterr().out
            assert "error" not in told
            assert "warning[" not in told
        return Imported(code, err, out, data)

    return do
