"""A key that may have several entries may have one without a list, wherever a rule is walked through; and somebody is found who meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eligibility.cli import run

SINGLE = (
    "kind: experience, at_least: 1 year, other_than: {type: internship}",
    "kind: experience, at_least: 1 year, limits: {type: internship, at_most: 6 months}",
    "kind: experience, at_least: 1 year, unbroken: true, of_which: {in: CA, at_least: 6 months}",
    "kind: experience, in: FR, at_least: 1 year, also: {kind: study, at_most: 6 months}",
    "kind: residence, in: EU, at_least: 3 years, of_which: {in: FR, at_least: 1 year}",
    "kind: residence, in: FR, at_least: 1 year, including: work",
    "kind: exam, exam: wassce, among_them: {subject: mathematics}",
    "kind: language, different: {of: EU}",
    "kind: age, at_most: 33, extended: {add: 1 year, per: {kind: child}}",
    "kind: age, at_most: 33, extended: {largest: [{add: 1 year, per: {kind: child}}, {add: length, of: {kind: leave}}]}",
    "kind: age, at_most: 33, extended: {largest: [{add: 1 year}, {add: length, of: {kind: leave, type: parental}}], per: {kind: child}}",
)


@pytest.mark.parametrize("criterion", SINGLE)
def test_one_entry_without_a_list(criterion: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`analyse` finds somebody who meets it and somebody who does not, and `test` can change it."""
    monkeypatch.chdir(tmp_path)
    rule = tmp_path / "post.yaml"
    rule.write_text(f"id: post\ntitle: {{en: Post, fr: Poste}}\ndates: {{deadline: 2024-06-30}}\ncriteria:\n  - {{id: it, {criterion}}}\n", "utf-8")
    cases = tmp_path / "post.cases.yaml"
    cases.write_text("day: 2024-06-01\ncases:\n  - {name: nothing said, profile: {}, expect: {it: unknown}}\n", "utf-8")
    assert run(["analyse", str(rule), "--format", "json"]) == 0
    [one] = json.loads(capsys.readouterr().out)["vacancies"]
    assert one["passes"] is not None
    assert [found["criterion"] for found in one["fails"]] == ["it"]
    assert run(["test", str(tmp_path), "--mutate"]) in (0, 1)
    assert "bug of ours" not in capsys.readouterr().err
