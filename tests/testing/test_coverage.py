"""Coverage: what the cases show of a rule, and what nobody could ever show."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eligibility.loading.models import read_vacancy
from eligibility.reference import load_reference
from eligibility.testing.nodes import nodes_of
from eligibility.testing.reach import reachable
from tests.testing.example import CASES, RULE, eligibility, museum


def unseen(folder: Path) -> list[str]:
    [one] = json.loads(eligibility("test", str(folder), "--cover", "-f", "json").out)["coverage"]
    return [f"{gap['branch']} {gap['verdict']}" for gap in one["unseen"]]


def test_what_no_case_shows(tmp_path: Path) -> None:
    """Each branch is named as its path in the file, with each verdict that no case shows; the point for a person is left out."""
    museum(tmp_path)
    assert unseen(tmp_path) == [
        "status fail", "status unknown", "status.any_of[0] fail", "status.any_of[0] unknown", "status.any_of[1] pass", "status.any_of[1] unknown",
    ]  # fmt: skip


def test_text_names_place_and_percentage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line per branch, with its place in the rule file; the percentage of the vacancy before."""
    museum(tmp_path)
    monkeypatch.chdir(tmp_path)
    out = eligibility("test", "--cover", ".", "--lang", "en").out
    assert "museum-guide-2025: coverage 50 % (6 of 12 verdicts shown).\n" in out
    assert "museum-guide-2025.yaml:6:5: no case shows status as fail or unknown\n" in out
    assert "museum-guide-2025.yaml:9:9: no case shows status.any_of[1] as pass or\n    unknown\n" in out


def test_what_is_only_evaluated_on_the_way_shows_nothing(tmp_path: Path) -> None:
    """A verdict counts where a case says what to expect of the criterion, or expects that everything required passes."""
    museum(tmp_path, CASES.replace("expect: {age: pass, status: pass, outcome: likely_eligible}", "expect: {closing: open}"))
    assert {"status pass", "age pass"} & set(unseen(tmp_path)) == {"status pass"}
    museum(tmp_path, CASES.replace("expect: {age: pass, status: pass, outcome: likely_eligible}", "expect: {outcome: likely_eligible}"))
    assert "status pass" not in unseen(tmp_path)
    assert "status.any_of[0] pass" in unseen(tmp_path)


def test_a_vacancy_without_a_case_is_not_covered(tmp_path: Path) -> None:
    """Its coverage is 0, and --fail-under notices."""
    museum(tmp_path)
    (tmp_path / "other.yaml").write_text(RULE.replace("museum-guide-2025", "other"), "utf-8")
    document = json.loads(eligibility("test", str(tmp_path), "--cover", "-f", "json").out)
    assert [one["percent"] for one in document["coverage"]] == [50, 0]
    assert document["summary"]["coverage"] == 0


def test_what_is_explained_is_not_asked_for(tmp_path: Path) -> None:
    """`accepted: [{unseen: …, why: …}]` takes a verdict out; an explanation that is not needed is told."""
    museum(tmp_path, CASES + 'accepted:\n  - {unseen: [status fail, status.any_of[1] pass], why: nobody}\n  - {unseen: age pass, why: no}\n'.replace("status.any_of[1] pass", '"status.any_of[1] pass"'))
    assert "status fail" not in unseen(tmp_path)
    out = eligibility("test", str(tmp_path), "--cover", "--lang", "en").out
    assert "(6 of 10 verdicts\n" in out or "(6 of 10 verdicts shown)" in out
    assert "2 more are explained." in out
    assert "`age pass` needs no explanation any more" in " ".join(out.split())


P, F, U, N = "pass", "fail", "unknown", "not_applicable"
ADULT: dict[str, Any] = {"kind": "age", "at_least": 18}

REACHABLE = [
    (ADULT, {P, F, U}),
    ({"kind": "judged"}, {U}),
    ({"all_of": [{"kind": "judged"}]}, {U}),
    ({"all_of": [{"kind": "judged"}, ADULT]}, {F, U}),
    ({"any_of": [{"kind": "judged"}, ADULT]}, {P, U}),
    ({"none_of": [{"kind": "judged"}]}, {U}),
    ({"none_of": [ADULT]}, {P, F, U}),
    ({"any_of": [ADULT, {"kind": "judged"}], "how_many": 2}, {F, U}),
    ({**ADULT, "when": {"kind": "citizenship", "of": "FR"}}, {P, F, U, N}),
    ({**ADULT, "when": {"kind": "judged"}}, {P, F, U}),
    ({"all_of": [{**ADULT, "when": {"chosen": "internal"}}]}, {P, F, U, N}),
    ({**ADULT, "unless": {"kind": "judged"}}, {P, U}),
    ({**ADULT, "derogation": {"kind": "declared", "fact": "a"}}, {P, F, U}),
    ({"chosen": "internal"}, {P, F}),
    ({"chosen": ["internal", "external"]}, {P}),
    ({"kind": "choice", "choice": "host", "equals": "FR"}, {P, F, U}),
    ({"kind": "day", "day": "application", "from": "2024-07-01"}, {P, F}),
    ({"kind": "day", "day": "start", "from": "2024-07-01"}, {P, F, U}),
    ({"met": "adult"}, {P, F, U}),
    ({**ADULT, "readings": [{"name": "a", "preferred": True}, {"name": "b", "at_least": 21}]}, {P, F, U}),
    ({**ADULT, "readings": [{"name": "a", "preferred": True}, {"name": "b", "importance": "desirable"}]}, {P, U}),
    ({"together": [{"kind": "experience", "whole": "1 year"}]}, {P, F, U}),
]


@pytest.mark.parametrize(("criterion", "verdicts"), REACHABLE, ids=[str(one[0]) for one in REACHABLE])
def test_only_verdicts_that_somebody_can_get_are_asked_for(criterion: dict[str, Any], verdicts: set[str]) -> None:
    """What can never be seen passing, failing, unknown or not applicable is left out."""
    data = {
        "id": "post", "title": "Post", "dates": {"deadline": "2024-06-30", "start": {"from": "2024-06-15", "to": "2024-07-15"}},
        "choices": {"track": {"chosen_by": "applicant", "options": {"internal": "Internal", "external": "External"}}, "host": {"country": True}},
        "conditions": [{"id": "adult", **ADULT}], "criteria": [{"id": "it", **criterion}] if criterion.get("chosen") is None else
        [{"id": "it", **ADULT, "when": criterion}],
    }  # fmt: skip
    vacancy, problems = read_vacancy(data, load_reference())
    assert vacancy is not None, problems
    parsed = vacancy.parsed(load_reference())
    branch = "it.when" if "chosen" in criterion else "it"
    [node] = [node for node in nodes_of(parsed) if node.branch == branch]
    assert {str(one) for one in reachable(node.criterion, vacancy, parsed.conditions)} == verdicts


def test_every_kind_of_branch_has_its_name(tmp_path: Path) -> None:
    """Members of groups, readings, conditions, exceptions and derogations, as their paths in the file; conditions by their id."""
    rule = """\
id: post
title: Post
dates: {deadline: 2025-03-01}
conditions: [{id: adult, kind: age, at_least: 18}]
criteria:
  - id: a
    any_of: [{met: adult}, {all_of: [{kind: declared, fact: x}, {kind: judged}]}]
    when: {kind: citizenship, of: FR}
    unless: {kind: declared, fact: y}
  - id: b
    kind: declared
    fact: z
    derogation: {none_of: [{kind: declared, fact: w}]}
    readings: [{name: one, preferred: true}, {name: two, any_of: [{kind: declared, fact: z}, {kind: declared, fact: v}]}]
"""
    (tmp_path / "post.yaml").write_text(rule, "utf-8")
    (tmp_path / "post.cases.yaml").write_text("day: 2025-01-15\ncases: [{name: nobody, expect: {outcome: more_information_needed}}]\n", "utf-8")
    branches = list(dict.fromkeys(one.rpartition(" ")[0] for one in unseen(tmp_path)))
    assert branches == [
        "adult", "a", "a.any_of[0]", "a.any_of[1]", "a.any_of[1].all_of[0]", "a.when", "a.unless",
        "b", "b.readings[0]", "b.readings[1]", "b.readings[1].any_of[0]", "b.readings[1].any_of[1]", "b.derogation", "b.derogation.none_of[0]",
    ]  # fmt: skip
    seen = {"name": "one", "expect": {"a": "unknown"}}
    (tmp_path / "post.cases.yaml").write_text(f"day: 2025-01-15\ncases: [{json.dumps(seen)}]\n", "utf-8")
    assert not {"adult unknown", "a unknown", "a.when unknown"} & set(unseen(tmp_path))
