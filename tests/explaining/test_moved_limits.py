"""A limit of age that children or service move: the reason says which limit holds for this person, and why."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from eligibility.cli import run
from eligibility.engine import check
from eligibility.profile import Profile
from eligibility.reference import load_reference
from eligibility.reporters.asked import Asked
from eligibility.reporters.sentences import Sentences
from eligibility.vacancy import Vacancy
from eligibility.wording import Words

CHILD = {"children": [{"born": "2020-01-01"}]}
SERVICE = {"service": [{"type": "national_service", "from": "2014-09-01", "to": "2015-05-31"}]}
MANY = {"children": [{"born": year} for year in range(2010, 2016)]}
NONE: dict[str, Any] = {"children": [], "service": []}
RULE = {
    "id": "age",
    "kind": "age",
    "less_than": 32,
    "as_of": "2027-03-12",
    "extended": [{"add": "1 year", "per": {"kind": "child"}}, {"add": "length", "of": {"kind": "service"}}],
    "never_beyond": 36,
}

SAID = [
    ("1996-01-01", CHILD, "31 years old on 12 March 2027.", "31 ans le 12 mars 2027."),
    (
        "1994-03-13", CHILD, "32 years old on 12 March 2027. For you the limit is less than 33 years, not 32: 1 year for children.",
        "32 ans le 12 mars 2027. Pour vous, la limite est moins de 33 ans, et non 32\u00a0: 1 an pour vos enfants.",
    ),
    (
        "1994-03-12", CHILD,
        "33 years old on 12 March 2027: 1 day past the limit. For you the limit is less than 33 years, not 32: 1 year for children.",
        "33 ans le 12 mars 2027\u00a0: 1 jour au-delà de la limite. Pour vous, la limite est moins de 33 ans, et non 32\u00a0: 1 an pour vos enfants.",
    ),
    (
        "1995-03-12", NONE, "32 years old on 12 March 2027: 1 day past the limit (less than 32 years).",
        "32 ans le 12 mars 2027\u00a0: 1 jour au-delà de la limite (moins de 32 ans).",
    ),
    (
        "1994-06-13", SERVICE,
        "32 years old on 12 March 2027. For you the limit is less than 32 years and 9 months, not 32: 9 months for military or "
        "civil service.",
        "32 ans le 12 mars 2027. Pour vous, la limite est moins de 32 ans et 9 mois, et non 32\u00a0: 9 mois pour votre service "
        "militaire ou civil.",
    ),
    (
        "1991-03-12", MANY,
        "36 years old on 12 March 2027: 1 day past the limit. For you the limit is less than 36 years, not 32: 6 years for children; never "
        "beyond 36 years.",
        "36 ans le 12 mars 2027\u00a0: 1 jour au-delà de la limite. Pour vous, la limite est moins de 36 ans, et non 32\u00a0: 6 ans pour vos "
        "enfants\u00a0; jamais au-delà de 36 ans.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("birth", "facts", "english", "french"), SAID)
def test_the_limit_that_holds_and_what_moved_it(birth: str, facts: dict[str, Any], english: str, french: str) -> None:
    """`32 years old` under `less_than: 32` does not look like a mistake any more, and `past the limit` says which."""
    post = Vacancy.model_validate({"id": "post", "title": "Post", "jurisdiction": "PT", "criteria": [RULE]})
    person = Profile.model_validate({**NONE, "birth_date": birth, **facts})
    finding = check(post, person, date(2027, 2, 1), load_reference()).findings[0]
    for language, said in (("en", english), ("fr", french)):
        assert Sentences(Words(language), load_reference()).reason(finding) == said


def test_a_limit_that_a_degree_replaces() -> None:
    """A new value is told as such."""
    rule = {"id": "age", "kind": "age", "at_most": 33, "as_of": "2027-03-12", "extended": [{"to": 36, "when": {"kind": "degree", "level": 8}}]}
    post = Vacancy.model_validate({"id": "post", "title": "Post", "jurisdiction": "PT", "criteria": [rule]})
    person = Profile.model_validate({"birth_date": "1992-01-01", "degrees": [{"level": 8, "awarded": "2020-01-01"}]})
    finding = check(post, person, date(2027, 2, 1), load_reference()).findings[0]
    said = Sentences(Words("en"), load_reference()).reason(finding)
    assert said == "35 years old on 12 March 2027. For you the limit is at most 36 years, not 33: 36 years in your case."


def test_a_list_that_is_not_there_is_asked_for_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What moves a limit may be missing altogether: then it has no rest to be added, and stands under no `incomplete`."""
    (tmp_path / "post.yaml").write_text(
        'format: 1\nid: post\ntitle: {fr: "Poste", en: "Post"}\ndates: {deadline: 2025-03-31}\ncriteria:\n'
        "  - {id: age, kind: age, at_most: 30, extended: [{to: 60, when: {kind: citizenship, of: FR}}]}\n",
        "utf-8",
    )
    (tmp_path / "me.yaml").write_text("birth_date: 1980-01-01\n", "utf-8")
    options = ["--rules", str(tmp_path / "post.yaml"), "--on", "2025-03-01", "--lang", "en", "--detail"]
    assert run(["check", str(tmp_path / "me.yaml"), *options]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "a line such as `citizenships:" in told
    assert "the rest of" not in told


WHEN = {"add": "2 years", "when": {"kind": "declared", "fact": "carer"}}
MOVED_WHEN: dict[str, dict[str, Any]] = {
    "an age": {"kind": "age", "at_most": 30, "extended": [WHEN]},
    "a length": {"kind": "experience", "at_most": "3 years", "extended": [WHEN]},
    "a window": {"kind": "degree", "awarded": {"within": "2 years", "before": "deadline", "extended": [WHEN]}},
    "a window inside": {
        "kind": "experience", "at_least": "1 year",
        "during": {"after": {"kind": "degree", "awarded": {"within": "2 years", "before": "deadline", "extended": [WHEN]}}},
    },
    "a condition of a condition": {
        "kind": "age", "at_most": 30,
        "extended": [{"add": "1 year", "when": {"kind": "age", "at_least": 20, "at_most": 40, "extended": [WHEN]}}],
    },
}  # fmt: skip


@pytest.mark.parametrize("criterion", MOVED_WHEN.values(), ids=MOVED_WHEN)
def test_a_fact_that_moves_a_limit_is_one_that_is_asked_for(criterion: dict[str, Any]) -> None:
    """Wherever it moves something: nobody is told that no vacancy asks for it."""
    vacancy = Vacancy.model_validate(
        {"id": "post", "title": "Post", "as_of": "deadline", "dates": {"deadline": "2027-01-31"}, "criteria": [{"id": "it", **criterion}]}
    )
    facts, _ = Asked([vacancy], load_reference()).words()
    assert facts == {"carer"}


@pytest.mark.parametrize(
    ("language", "question", "moved"),
    [
        ("en", "Is this so: carer? (yes, no)", "2 years for a condition that you meet."),
        ("fr", "Est-ce le cas : carer ? (oui, non)", "2 ans pour une condition que vous remplissez."),
    ],
)
def test_a_fact_that_moves_a_limit_is_asked_by_its_name(language: str, question: str, moved: str) -> None:
    """The label of the criterion is of something else: without the name, nobody knows what "this" is."""
    vacancy = Vacancy.model_validate({
        "id": "post", "title": "Post", "as_of": "deadline", "dates": {"deadline": "2027-01-31"},
        "criteria": [{"id": "it", **MOVED_WHEN["an age"]}],
    })  # fmt: skip
    sentences = Sentences(Words(language), load_reference())
    [open_one] = check(vacancy, Profile.model_validate({"birth_date": "1995-05-01"}), date(2026, 12, 1), load_reference()).findings
    assert (sentences.question(open_one) or "").replace("\u00a0", " ") == question
    [met] = check(
        vacancy, Profile.model_validate({"birth_date": "1995-05-01", "facts": {"carer": True}}), date(2026, 12, 1), load_reference()
    ).findings
    assert sentences.reason(met).endswith(moved)


@pytest.mark.parametrize(("parents", "said"), [(1, "at least 2 relatives: 1 missing."), (2, "at least 2 relatives.")])
def test_relatives_are_told_as_relatives(parents: int, said: str) -> None:
    """And not as so many times."""
    vacancy = Vacancy.model_validate({
        "id": "post", "title": "Post", "as_of": "deadline", "dates": {"deadline": "2027-01-31"},
        "criteria": [{"id": "it", "kind": "citizenship", "of": "FR", "whose": "parent", "at_least": "2 relatives"}],
    })  # fmt: skip
    relatives = [{"relation": "parent", "citizenships": ["FR"]}, {"relation": "parent", "citizenships": ["FR" if parents == 2 else "MA"]}]
    [found] = check(vacancy, Profile.model_validate({"relatives": relatives}), date(2026, 12, 1), load_reference()).findings
    assert Sentences(Words("en"), load_reference()).reason(found).endswith(said)
