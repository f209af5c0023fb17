"""Laws 1 to 8 and 49: how verdicts are joined."""

from __future__ import annotations

from itertools import combinations_with_replacement, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.verdict import FALSE, TRUE, Truth, Verdict, verdict_of
from eligibility.verdict import UNKNOWN as OPEN

from .strategies import (
    FAIL,
    NOT_APPLICABLE,
    OUTCOME_RANK,
    PASS,
    RANK,
    UNKNOWN,
    Dict,
    finding,
    law,
    not_lower,
    refines,
    report,
    verdict,
    wide_law,
)

TRUTHS = (TRUE, FALSE, OPEN)
FACTS = ("a", "b", "c", "d", "e")

facts = st.fixed_dictionaries({}, optional={name: st.booleans() for name in FACTS})
"""Some facts stated, others not."""


def says(name: str, equals: bool = True) -> Dict:
    return {"kind": "declared", "fact": name, "equals": equals}


atoms = st.builds(says, st.sampled_from(FACTS), st.booleans())


def _groups(members: st.SearchStrategy[Dict], most: int = 3) -> st.SearchStrategy[Dict]:
    lists = st.lists(members, min_size=1, max_size=most)
    return st.one_of(
        lists.map(lambda one: {"all_of": one}),
        lists.map(lambda one: {"any_of": one}),
        lists.map(lambda one: {"none_of": one}),
        lists.flatmap(lambda one: st.integers(1, len(one)).map(lambda k: {"any_of": one, "how_many": k})),
    )


trees = st.recursive(atoms, _groups, max_leaves=8)
groups = _groups(trees)


def judge(tree: Dict, stated: dict[str, bool]) -> Verdict:
    return verdict(tree, {"facts": stated})


def negated(tree: Dict) -> Dict:
    return {"none_of": [tree]}


def kleene(tree: Dict, stated: dict[str, bool]) -> Verdict:
    """The textbook: minimum, maximum, negation and counting under F < U < P."""
    if "kind" in tree:
        known = stated.get(tree["fact"])
        return UNKNOWN if known is None else PASS if known == tree["equals"] else FAIL
    key = next(key for key in ("all_of", "any_of", "none_of") if key in tree)
    inner = [kleene(one, stated) for one in tree[key]]
    if key == "all_of":
        return min(inner, key=RANK.__getitem__)
    if key == "none_of":
        highest = max(inner, key=RANK.__getitem__)
        return {PASS: FAIL, FAIL: PASS}.get(highest, UNKNOWN)
    needed = tree.get("how_many", 1)
    passing = sum(one is PASS for one in inner)
    if passing >= needed:
        return PASS
    return FAIL if passing + sum(one is UNKNOWN for one in inner) < needed else UNKNOWN


# ------------------------------------------------------------------------------------ 1 and 2: the tables


@pytest.mark.parametrize(("a", "b", "c"), list(product(TRUTHS, repeat=3)))
def test_truths_form_a_kleene_algebra(a: Truth, b: Truth, c: Truth) -> None:
    """Law 1. And, or and not are commutative, associative, idempotent, absorbing, distributive and dual, for every truth."""
    assert a & b == b & a
    assert a | b == b | a
    assert (a & b) & c == a & (b & c)
    assert (a | b) | c == a | (b | c)
    assert a & a == a == a | a
    assert a & (a | b) == a == a | (a & b)
    assert a & (b | c) == (a & b) | (a & c)
    assert a | (b & c) == (a | b) & (a | c)
    assert ~(a & b) == ~a | ~b
    assert ~(a | b) == ~a & ~b
    assert ~~a == a


@pytest.mark.parametrize(("a", "b"), list(combinations_with_replacement(TRUTHS, 2)))
def test_and_is_the_minimum_and_or_the_maximum(a: Truth, b: Truth) -> None:
    """Law 1. Under fail < unknown < pass, `and` is the minimum and `or` the maximum; unknown stays unknown when negated."""
    ranks = [RANK[verdict_of(a)], RANK[verdict_of(b)]]
    assert RANK[verdict_of(a & b)] == min(ranks)
    assert RANK[verdict_of(a | b)] == max(ranks)
    assert verdict_of(~a) == {PASS: FAIL, FAIL: PASS, UNKNOWN: UNKNOWN}[verdict_of(a)]


@wide_law
@given(groups, facts)
def test_groups_follow_the_kleene_tables(tree: Dict, stated: dict[str, bool]) -> None:
    """Law 1. Whatever groups are nested in a rule, their verdict is that of the three-valued tables."""
    assert judge(tree, stated) is kleene(tree, stated)


@law
@given(st.lists(trees, min_size=2, max_size=3), trees, facts)
def test_groups_obey_the_laws_of_logic(members: list[Dict], x: Dict, stated: dict[str, bool]) -> None:
    """Law 1. Nesting, repeating, absorbing, distributing and negating groups twice leave the verdict as it was."""
    for one, other in (("all_of", "any_of"), ("any_of", "all_of")):
        plain = judge({one: members}, stated)
        assert judge({one: members[::-1]}, stated) is plain
        assert judge({one: [members[0], {one: members[1:]}]}, stated) is plain
        assert judge({one: [*members, members[0]]}, stated) is plain
        assert judge({one: [x, {other: [x, *members]}]}, stated) is judge(x, stated)
        assert judge({one: [x, {other: members}]}, stated) is judge({other: [{one: [x, member]} for member in members]}, stated)
        assert judge(negated({one: members}), stated) is judge({other: [negated(member) for member in members]}, stated)
    assert judge({"none_of": members}, stated) is judge({"all_of": [negated(member) for member in members]}, stated)
    assert judge(negated(negated(x)), stated) is judge(x, stated)


@law
@given(st.lists(trees, min_size=1, max_size=5), st.data())
def test_so_many_of(members: list[Dict], data: st.DataObject) -> None:
    """Law 2. All of n are n of n, any is one of n, and k pass exactly when it is not so that n - k + 1 fail."""
    stated, k = data.draw(facts), data.draw(st.integers(1, len(members)))
    count = len(members)
    assert judge({"any_of": members, "how_many": count}, stated) is judge({"all_of": members}, stated)
    assert judge({"any_of": members, "how_many": 1}, stated) is judge({"any_of": members}, stated)
    failing = {"any_of": [negated(member) for member in members], "how_many": count - k + 1}
    assert judge({"any_of": members, "how_many": k}, stated) is judge(negated(failing), stated)


# ------------------------------------------------------------------------------- 3 and 4: knowing more, being more


_PARTS = ("when", "unless", "derogation")


@st.composite
def conditional(draw: st.DrawFn, inner: st.SearchStrategy[Dict], keys: tuple[str, ...] = (*_PARTS, "readings")) -> Dict:
    """A group or an atom, perhaps with `when`, `unless`, a derogation or readings, all of them from `inner`."""
    tree = dict(draw(_groups(inner, 2) | atoms))
    for key in keys:
        if draw(st.integers(0, 2)):
            continue
        if key == "readings":
            others = draw(st.lists(_groups(inner, 2), min_size=1, max_size=2))
            tree["readings"] = [{"name": "one", "preferred": True}, *({"name": f"r{i}", **one} for i, one in enumerate(others))]
        else:
            tree[key] = draw(inner)
    return tree


branching = conditional(conditional(atoms))


@wide_law
@given(st.lists(branching, min_size=1, max_size=2), facts, st.data())
def test_learning_a_fact_only_settles_what_was_open(criteria: list[Dict], stated: dict[str, bool], data: st.DataObject) -> None:
    """Law 3. Stating a fact that was unsaid moves only unknown verdicts; a pass and a fail never move."""
    name = data.draw(st.sampled_from(FACTS))
    told = {name: data.draw(st.booleans())} | stated
    before, after = report(criteria, {"facts": stated}), report(criteria, {"facts": told})
    for one, other in zip(before.findings, after.findings, strict=True):
        assert refines(one.verdict, other.verdict)
    if OUTCOME_RANK[before.outcome] != 1:
        assert before.outcome is after.outcome


positive = st.recursive(st.builds(says, st.sampled_from(FACTS)), lambda members: st.lists(members, min_size=1, max_size=4).flatmap(
    lambda one: st.one_of(st.just({"all_of": one}), st.integers(1, len(one)).map(lambda k: {"any_of": one, "how_many": k}))
), max_leaves=8)  # fmt: skip


@law
@given(positive, facts, st.sampled_from(FACTS))
def test_raising_one_input_never_lowers_a_group(tree: Dict, stated: dict[str, bool], name: str) -> None:
    """Law 4. As one member goes from fail to unknown to pass, `all_of`, `any_of` and `how_many` never go down."""
    rest = {key: value for key, value in stated.items() if key != name}
    failing, silent, passing = ({**rest, name: False}, rest, {**rest, name: True})
    assert RANK[judge(tree, failing)] <= RANK[judge(tree, silent)] <= RANK[judge(tree, passing)]


# ---------------------------------------------------------------------------------------- 5, 6 and 8: the whole


@law
@given(st.lists(trees, min_size=1, max_size=4), facts, st.randoms(use_true_random=False))
def test_the_order_of_criteria_does_not_matter(criteria: list[Dict], stated: dict[str, bool], random: Any) -> None:
    """Law 5. Criteria in another order, at the top or in a group, give the same verdicts and the same outcome."""
    named = [{"id": f"n{index}", **one} for index, one in enumerate(criteria)]
    shuffled = random.sample(named, len(named))
    before, after = report(named, {"facts": stated}), report(shuffled, {"facts": stated})
    assert before.outcome is after.outcome
    assert {one.id: (one.verdict, one.causes) for one in before.findings} == {one.id: (one.verdict, one.causes) for one in after.findings}
    for key in ("all_of", "any_of", "none_of"):
        bare = [{name: value for name, value in one.items() if name != "id"} for one in shuffled]
        assert judge({key: criteria}, stated) is judge({key: bare}, stated)


@law
@given(st.lists(trees, min_size=1, max_size=3), trees, facts, st.integers(0, 3))
def test_assets_and_judged_points_never_count(criteria: list[Dict], extra: Dict, stated: dict[str, bool], place: int) -> None:
    """Law 6. Adding a desirable criterion, or one that only a person can judge, leaves the outcome and the other verdicts."""
    before = report(criteria, {"facts": stated})
    named = [{"id": f"c{index}", **one} for index, one in enumerate(criteria)]
    for asset in ({**extra, "importance": "desirable"}, {"kind": "judged"}, {"kind": "judged", "importance": "desirable"}):
        after = report([*named[:place], {"id": "asset", **asset}, *named[place:]], {"facts": stated})
        assert after.outcome is before.outcome
        assert [one.verdict for one in after.findings if one.id != "asset"] == [one.verdict for one in before.findings]


@law
@given(st.lists(trees, min_size=2, max_size=4), facts, st.integers(0, 3))
def test_fewer_requirements_never_hurt(criteria: list[Dict], stated: dict[str, bool], which: int) -> None:
    """Law 8. Leaving out a required criterion never lowers the outcome; writing one twice changes nothing."""
    which %= len(criteria)
    whole = report(criteria, {"facts": stated})
    less = report([*criteria[:which], *criteria[which + 1 :]], {"facts": stated})
    twice = report([*criteria, criteria[which]], {"facts": stated})
    assert OUTCOME_RANK[less.outcome] >= OUTCOME_RANK[whole.outcome]
    assert twice.outcome is whole.outcome


# -------------------------------------------------------------------------------------------- 7: the readings


def read(variants: list[Dict], preferred: int) -> Dict:
    return {**variants[0], "readings": [{"name": f"r{i}", "preferred": i == preferred, **one} for i, one in enumerate(variants)]}


@law
@given(st.lists(groups, min_size=2, max_size=4), facts, st.data())
def test_readings_decide_only_together(variants: list[Dict], stated: dict[str, bool], data: st.DataObject) -> None:
    """Law 7. Readings pass if all of them pass, fail if all of them fail, and are unknown otherwise, whichever is preferred."""
    preferred = data.draw(st.integers(0, len(variants) - 1))
    alone = [judge(one, stated) for one in variants]
    found = finding(read(variants, preferred), {"facts": stated})
    assert found.verdict is (alone[0] if len(set(alone)) == 1 else UNKNOWN)
    if found.verdict is UNKNOWN and len(set(alone)) > 1:
        assert found.preferred is alone[preferred]
        assert "readings_disagree" in found.causes


@law
@given(st.lists(groups, min_size=3, max_size=4), facts, st.integers(0, 3))
def test_one_reading_less_refines(variants: list[Dict], stated: dict[str, bool], which: int) -> None:
    """Law 7. Giving up one of several readings only settles what was open; a reading given twice is the plain criterion."""
    which %= len(variants)
    fewer = [*variants[:which], *variants[which + 1 :]]
    assert refines(judge(read(variants, 0), stated), judge(read(fewer, 0), stated))
    assert judge(read([variants[0], variants[0]], 0), stated) is judge(variants[0], stated)


# ---------------------------------------------------------------------------- unless, when and derogations


@law
@given(trees, trees, facts)
def test_unless_is_an_alternative(rule: Dict, exception: Dict, stated: dict[str, bool]) -> None:
    """Laws 1 and 4. A rule with an exception is what `any_of` the two is."""
    assert judge({**rule, "unless": exception}, stated) is judge({"any_of": [rule, exception]}, stated)


@law
@given(trees, trees, trees, facts)
def test_what_does_not_apply_is_as_if_not_written(rule: Dict, condition: Dict, other: Dict, stated: dict[str, bool]) -> None:
    """Law 3. A criterion whose condition fails is neutral in every group, and where the condition is open both ways must agree."""
    conditional = {**rule, "when": condition}
    for key in ("all_of", "any_of", "none_of"):
        grouped = judge({key: [conditional, other]}, stated)
        without, with_it = judge({key: [other]}, stated), judge({key: [rule, other]}, stated)
        match judge(condition, stated):
            case Verdict.FAIL:
                assert grouped is without
            case Verdict.PASS:
                assert grouped is with_it
            case _:
                assert grouped is (with_it if without is with_it else UNKNOWN)


def pruned(tree: Dict, stated: dict[str, bool]) -> Dict | None:
    """The tree without whatever surely does not apply; None where nothing is left."""
    tree = dict(tree)
    condition = tree.pop("when", None)
    if condition is not None:
        condition = pruned(condition, stated)
        if condition is not None and judge(condition, stated) is FAIL:
            return None
        if condition is not None:
            tree["when"] = condition
    for key in ("unless", "derogation"):
        if key in tree:
            exception = pruned(tree.pop(key), stated)
            tree |= {} if exception is None else {key: exception}
    for key in ("all_of", "any_of", "none_of"):
        if key in tree:
            tree[key] = [one for one in (pruned(member, stated) for member in tree[key]) if one is not None]
            if not tree[key]:
                return None
    return tree


applying = conditional(conditional(atoms, _PARTS), _PARTS)


def without_counts(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {key: without_counts(value) for key, value in tree.items() if key != "how_many"}
    return [without_counts(one) for one in tree] if isinstance(tree, list) else tree


@wide_law
@given(applying.map(without_counts), facts)
def test_striking_out_what_does_not_apply_changes_nothing(tree: Dict, stated: dict[str, bool]) -> None:
    """Law 3. A rule reads the same once every part whose condition fails, and every group this leaves empty, is struck out."""
    short = pruned(tree, stated)
    assert judge(tree, stated) is (NOT_APPLICABLE if short is None else judge(short, stated))


NOT_WRITTEN = {
    "an empty group under a condition that holds": ({"any_of": [{**says("a"), "when": says("a")}], "when": says("b")}, NOT_APPLICABLE),
    "an empty group with an exception that fails": ({"any_of": [{**says("a"), "when": says("a")}], "unless": says("a")}, NOT_APPLICABLE),
    "an exception that does not apply": ({**says("a"), "unless": {**says("b"), "when": says("a")}}, FAIL),
    "a derogation that does not apply": ({**says("a"), "derogation": {**says("b"), "when": says("a")}}, FAIL),
}


@pytest.mark.parametrize("name", NOT_WRITTEN)
def test_not_applicable_passes_through_exceptions(name: str) -> None:
    """Law 3. What does not apply is as if it were not written, also as an exception, as a derogation and as the rule itself."""
    tree, expected = NOT_WRITTEN[name]
    assert judge(tree, {"a": False, "b": True}) is expected


def applied(decision: str | None) -> Dict:
    return {"applications": [{"vacancy": "post", "derogations": {} if decision is None else {"rule": decision}}]}


@law
@given(trees, trees, facts)
def test_a_derogation_helps_only_once_granted(rule: Dict, derogation: Dict, stated: dict[str, bool]) -> None:
    """Law 49. Granting a derogation never lowers the verdict; refused, it is as if it were not written; open, it is never a pass."""
    written = {"id": "rule", **rule, "derogation": derogation}
    plain = judge(rule, stated)
    silent, granted, refused = (verdict(written, {"facts": stated, **applied(one)}) for one in (None, "granted", "refused"))
    assert not_lower(silent, granted)
    assert not_lower(plain, granted)
    assert refused is plain
    possible = judge(derogation, stated)
    assert silent is (UNKNOWN if plain is FAIL and possible is not FAIL else plain)
    assert granted is (PASS if possible is PASS else silent)


@law
@given(groups, facts)
def test_a_group_shows_all_its_members(tree: Dict, stated: dict[str, bool]) -> None:
    """Laws 1, 2 and 7. However soon a group is decided, every member is there, in order, with the verdict it has alone; and what breaks a
    `none_of`, or an `all_of`, is all of it shown as what matters."""
    found = finding(tree, {"facts": stated})
    [members] = [value for key, value in tree.items() if key != "how_many"]
    alone = [judge(member, stated) for member in members]
    assert [child.verdict for child in found.children] == alone
    if found.verdict is FAIL and "any_of" not in tree:
        culprit = PASS if "none_of" in tree else FAIL
        assert [child.needed for child in found.children] == [one is culprit for one in alone]
