"""The child that a leave was for, told by its date of birth: of a listed one, or told as nobody's."""

from __future__ import annotations

from typing import Any

import pytest

from eligibility import Profile
from eligibility.wording import Words

LEAVE = {"type": "parental", "from": "2020-03-01", "to": "2020-08-31"}
ONE = [{"born": "2020-03-01"}]


def problems(data: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(one.code, one.path) for one in Profile.from_dict(data).diagnostics]


@pytest.mark.parametrize(
    ("child", "children", "more"),
    [
        ("2020-03-01", ONE, {}), ("2020-03", ONE, {}), ("2020", ONE, {}), ("2020-03-02", [{"born": "2020-03"}], {}),
        ("2020-03-01", [{"dependent": True}], {}), ("2020-03-02", [*ONE, {"born": "2020-03-02"}], {}),
        ("2020-03-02", ONE, {"incomplete": ["children"]}), ("2020-08-31", [{"born": "2021-08-31"}, {"born": "2020-08-31"}], {}),
    ],
)  # fmt: skip
def test_a_child_that_is_listed_or_may_be(child: str, children: list[Any], more: dict[str, Any]) -> None:
    """A year or a month is enough; a child without a birth date may be the one; a list that goes on may hold it."""
    assert problems({"children": children, "leaves": [{**LEAVE, "child": child}], **more}) == []


@pytest.mark.parametrize("child", ["2020-02-29", "2020-03-02", "2020-04", "2019"])
def test_a_child_that_is_not_listed(child: str) -> None:
    """It is told where it stands, of a relative, too."""
    leave = {**LEAVE, "child": child}
    assert problems({"children": ONE, "leaves": [LEAVE, leave]}) == [("W208", "leaves[1].child")]
    assert problems({"relatives": [{"relation": "spouse", "children": ONE, "leaves": [leave]}]}) == [("W208", "relatives[0].leaves[0].child")]


@pytest.mark.parametrize(("born", "told"), [("2021-08-30", []), ("2021-08-31", []), ("2021-09-01", ["W208"])])
def test_a_leave_that_was_over_more_than_a_year_before(born: str, told: list[str]) -> None:
    """It cannot have been for the child that it names."""
    assert [code for code, _ in problems({"children": [{"born": born}], "leaves": [{**LEAVE, "child": born}]})] == told


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_what_is_told_says_which_date(lang: str) -> None:
    """In both languages."""
    [one] = Profile.from_dict({"children": ONE, "leaves": [{**LEAVE, "child": "2019-03-01"}]}).diagnostics
    assert one.params["value"] == "2019-03-01"
    assert "2019-03-01" in str(Words(lang).problem(one.code, one.params))
