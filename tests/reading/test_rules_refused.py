"""What a rule cannot mean is refused where it is written, instead of being quietly left out or counted as something else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from eligibility.engine import check
from eligibility.profile import Profile
from eligibility.reference import load_reference
from eligibility.vacancy import Unreadable, Vacancy

LEAVE = {"kind": "leave", "type": "parental"}
CHILD = {"kind": "child"}

REFUSED = [
    ({"kind": "age", "at_least": 18.5}, "at_least", "E207"),
    ({"kind": "age", "at_most": 33, "never_beyond": "38 weeks"}, "never_beyond", "E207"),
    ({"kind": "age", "at_most": 33, "extended": [{"to": "36 weeks", "when": CHILD}]}, "extended", "E217"),
    ({"kind": "age", "at_most": 33, "extended": [{"largest": [{"add": "1 year", "per": CHILD}]}]}, "largest", "E238"),
    ({"kind": "age", "at_most": 33, "extended": [{"largest": [{"add": "1 year", "per": CHILD}, {"to": 36, "when": CHILD}]}]}, "to", "E238"),
    *(
        ({"kind": "age", "at_most": 33, "extended": [{"largest": [{"add": "1 year"}, entry], "per": per}]}, *problem)
        for entry, per, *problem in (
            ({"add": "1 year", "per": CHILD}, CHILD, "per", "E238"),
            ({"add": "2 years", "up_to": "1 year"}, CHILD, "up_to", "E238"),
            ({"to": 36, "when": CHILD}, CHILD, "to", "E238"),
            ({"add": "length", "of": {"kind": "service", "type": "reserve"}}, CHILD, "kind", "E239"),
            ({"add": "length", "of": {"kind": "leave"}}, CHILD, "of", "E201"),
            ({"add": "length", "of": {"kind": "leave", "type": "parental", "whose": "spouse"}}, CHILD, "whose", "E238"),
            ({"add": "length", "of": {"kind": "leave", "type": "parental", "also": [{"kind": "service"}]}}, CHILD, "also", "E238"),
            ({"add": "length", "of": LEAVE}, {"kind": "service"}, "kind", "E239"),
            ({"add": "length", "of": LEAVE}, {"kind": "child", "whose": "spouse"}, "whose", "E238"),
        )
    ),
    ({"kind": "experience", "at_most": "8 years", "extended": [{"to": 10, "when": CHILD}]}, "extended", "E217"),
    ({"kind": "experience", "at_least": "2 times", "extended": [{"add": "1 year", "per": CHILD}]}, "extended", "E217"),
    ({"kind": "experience", "at_least": "3000 EUR"}, "at_least", "E217"),
    ({"kind": "experience", "at_least": "60 credits"}, "at_least", "E217"),
    ({"kind": "citizenship", "at_least": "900 hours"}, "at_least", "E217"),
    ({"kind": "degree", "at_least": "3 years"}, "at_least", "E217"),
    ({"kind": "language", "of": "en", "at_least": "3 years"}, "at_least", "E217"),
    ({"kind": "experience", "also": [{"kind": "study"}]}, "also", "E201"),
    ({"kind": "experience", "at_least": "2 times", "limits": [{"paid": False, "at_most": "6 months"}]}, "at_least", "E217"),
    ({"kind": "residence", "in": "FR", "unbroken": True}, "unbroken", "E201"),
    ({"kind": "residence", "in": "FR", "including": ["work"]}, "including", "E201"),
    ({"kind": "experience", "at_least": "3 years", "periods": {"at_most": 12}}, "at_least", "E217"),
    ({"kind": "degree", "skills": ["writing"]}, "skills", "E203"),
    ({"kind": "age", "at_least": -1}, "at_least", "E207"),
    ({"kind": "experience", "at_least": "-2 years"}, "at_least", "E207"),
    ({"kind": "degree", "level": 0}, "level", "E204"),
    ({"kind": "degree", "level": 6.5}, "level", "E204"),
    ({"kind": "degree", "level": [6, 9]}, "level", "E204"),
    ({"kind": "degree", "level": {"at_least": 9}}, "at_least", "E204"),
    ({"kind": "degree", "level": 7, "years": -1}, "years", "E204"),
    ({"kind": "degree", "level": 7, "grade": {"at_least": {"percent": -5}}}, "percent", "E207"),
    ({"kind": "citizenship", "of": "FR", "whose": "parent", "at_least": "2 times"}, "at_least", "E217"),
    ({"kind": "citizenship", "of": "FR", "at_least": "2 relatives"}, "at_least", "E217"),
    ({"kind": "experience", "at_least": "2 years", "rate": {"at_least": 101}}, "at_least", "E204"),
    ({"kind": "experience", "at_least": "2 years", "hours_per_week": {"at_least": 169}}, "at_least", "E204"),
    ({"kind": "language", "of": "en", "test": {"ielts": -3}}, "ielts", "E204"),
    ({"kind": "participation", "tags": [["red"]]}, 0, "E204"),
    ({"kind": "participation", "tags": {"any": [{"red": "blue"}]}}, 0, "E204"),
    ({"together": [{"kind": "experience", "whole": "1 year"}, {"kind": "study", "whole": "9 credits", "beyond": "x"}]}, "beyond", "E207"),
    ({"together": [{"kind": "experience", "whole": "0 months"}]}, "whole", "E207"),
    ({"together": [{"kind": "language", "whole": "2 EUR"}]}, "whole", "E207"),
]


def vacancy(criterion: dict[str, Any], start: Any = "2024-09-01") -> Vacancy:
    dates = {"deadline": "2024-06-30", "start": start, "end": "2025-08-31"}
    return Vacancy.model_validate({"id": "post", "title": "Post", "dates": dates, "criteria": [{"id": "it", **criterion}]})


@pytest.mark.parametrize(("criterion", "key", "code"), REFUSED, ids=str)
def test_what_cannot_be_meant_is_refused(criterion: dict[str, Any], key: str, code: str) -> None:
    """The problem has its code and stands at the key."""
    with pytest.raises(Unreadable) as refused:
        vacancy(criterion).parsed(load_reference())
    assert (code, key) in [(problem.code, problem.path[-1]) for problem in refused.value.problems]


FAR = [
    {"kind": "age", "at_most": 30, "as_of": "9999"},
    {"kind": "age", "at_least": 99999},
    {"kind": "age", "at_most": 33, "counted": "accomplished", "as_of": "0001-01-01"},
    {"kind": "age", "less_than": 65, "throughout": {"from": "start", "to": "end"}},
    {"kind": "experience", "at_least": "99999 years"},
    {"kind": "experience", "at_least": "1 year", "as_of": "9999-12-31"},
    {"kind": "degree", "awarded": {"within": "99999 years", "before": "start"}},
    {"kind": "degree", "awarded": {"within": "2 years", "after": "9999-12-31"}},
    {"kind": "residence", "in": "FR", "at_least": "1 year", "as_of": {"kind": "degree", "take": "first", "level": 8}},
    {"kind": "experience", "at_least": "3 years", "during": {"from": "2024-01-01", "to": "2020-01-01"}},
]


@pytest.mark.parametrize("criterion", FAR, ids=str)
@pytest.mark.parametrize("birth", ["0001-01-01", "9999-12-31", "0001"])
@pytest.mark.parametrize("start", ["2024-09-01", {"from": "2024-07-01", "to": "2024-09-30"}], ids=["day", "interval"])
def test_far_days_and_long_times_are_answered(criterion: dict[str, Any], birth: str, start: Any) -> None:
    """The first and the last day of the calendar are days like others."""
    spell = {"from": "0001", "to": "ongoing", "rate": 100}
    person = {"birth_date": birth, "degrees": [{"level": 7, "awarded": "9999"}], "experience": [spell], "residences": [{"in": "FR"}]}
    assert check(vacancy(criterion, start), Profile.model_validate(person), date(2024, 6, 1), load_reference()).findings


def test_a_reading_under_which_nothing_is_asked_asks_nothing() -> None:
    """Whatever else it says would do nothing."""
    readings = [{"name": "so", "preferred": True}, {"name": "or so", "importance": "desirable", "at_least": "2 years"}]
    with pytest.raises(Unreadable) as refused:
        vacancy({"kind": "experience", "at_least": "3 years", "readings": readings}).parsed(load_reference())
    assert [(problem.code, problem.path[2:]) for problem in refused.value.problems] == [("E238", ("readings", 1, "at_least"))]
