"""Our own rules are tested as we ask others to test theirs."""

from __future__ import annotations

import json

from tests.testing.example import ROOT, eligibility


def test_every_verdict_of_every_branch_is_shown_and_every_changed_rule_noticed() -> None:
    """`eligibility test rules --cover --mutate --fail-under 100` passes; what is left out is explained in both languages, and needs to be."""
    done = eligibility("test", str(ROOT / "rules"), "--cover", "--mutate", "--fail-under", "100", "--format", "json")
    assert (done.code, done.err) == (0, "")
    document = json.loads(done.out)
    assert document["summary"]["failed"] == 0
    assert document["summary"]["coverage"] == document["summary"]["kill_rate"] == 100
    assert len(document["coverage"]) == len(document["mutation"]) == 6
    for one in (*document["coverage"], *document["mutation"]):
        assert one["stale"] == []
        assert all(set(accepted["why"]) == {"fr", "en"} for accepted in one["accepted"])


def test_the_command_and_pytest_run_the_same_cases() -> None:
    """Without a path, the cases of ./rules are run; nothing is said on standard error."""
    done = eligibility("test", str(ROOT / "rules"), "--lang", "en")
    assert done.code == 0
    assert done.out.endswith("cases, 0 failed, in 6 files.\n")
    assert done.err == ""
