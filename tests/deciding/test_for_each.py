"""For whom leaves were, where there are too many ways to try each: what is settled then is what all of them settle."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice
from random import Random

import pytest

from eligibility import Profile, check
from eligibility.deciding import for_each
from eligibility.reference import load_reference
from eligibility.vacancy import Vacancy
from eligibility.verdict import Verdict

REFERENCE = load_reference()
DAY = date(2024, 6, 30)
LARGEST = {"largest": [{"add": "6 months"}, {"add": "length", "of": {"kind": "leave", "type": "parental"}}], "per": {"kind": "child", "dependent": True}}
POST = Vacancy.from_dict({
    "id": "post", "title": "Post", "dates": {"deadline": "2024-06-30"},
    "criteria": [{"id": "age", "kind": "age", "at_most": 33, "extended": [LARGEST]}],
})  # fmt: skip


def people(seed: int) -> list[Profile]:
    rnd, found = Random(seed), []
    for _ in range(150):
        born = [date(2015, 1, 1) + timedelta(rnd.randrange(2500)) for _ in range(rnd.choice([1, 2, 2, 3]))]
        leaves = []
        for _ in range(rnd.choice([1, 2, 3, 4])):
            first = date(2015, 1, 1) + timedelta(rnd.randrange(3000))
            leave = {"type": rnd.choice(["parental", "parental", "sick"]), "from": first, "to": first + timedelta(rnd.choice([100, 183, 400]))}
            leaves.append(leave | ({"child": rnd.choice(born)} if rnd.random() < 0.4 else {}))
        children = [{"born": one} | ({"dependent": rnd.random() < 0.7} if rnd.random() < 0.8 else {}) for one in born]
        birth = DAY - timedelta(int(365.25 * 34) + rnd.randrange(1500))
        found.append(Profile.from_dict({"birth_date": birth, "children": children, "leaves": leaves}))
    return found


@pytest.mark.parametrize("seed", range(3))
def test_what_is_settled_without_every_way(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the same, or open; and often it is settled."""
    exact = [check(POST, one, DAY, REFERENCE).findings[0].verdict for one in people(seed)]
    monkeypatch.setattr(for_each, "_MOST_WAYS", 0)
    roughly = [check(POST, one, DAY, REFERENCE).findings[0].verdict for one in people(seed)]
    assert {(one, other) for one, other in zip(roughly, exact, strict=True) if one not in (other, Verdict.UNKNOWN)} == set()
    assert sum(one is not Verdict.UNKNOWN for one in roughly) > 50
    assert set(exact) == {Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN}


def test_very_many_leaves_take_no_time() -> None:
    """Fifty leaves of nobody in particular, and twelve children."""
    leaves = [{"type": "parental", "from": date(2020, 1, 1) + timedelta(20 * one), "to": date(2020, 1, 10) + timedelta(20 * one)} for one in range(50)]
    children = [{"born": date(2010 + one, 1, 1), "dependent": True} for one in range(12)]
    person = Profile.from_dict({"birth_date": date(1980, 1, 1), "children": children, "leaves": leaves})
    [finding] = check(POST, person, DAY, REFERENCE).findings
    assert finding.verdict is Verdict.UNKNOWN
    assert [*islice(finding.missing, 2)] == ["leaves[0].child", "leaves[1].child"]
