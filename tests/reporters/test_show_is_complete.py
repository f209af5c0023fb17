"""`eligibility show` hides nothing: what an author wrote can be read again in it, key by key."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from eligibility.language.kinds import RECORD_KINDS
from eligibility.language.kinds.others import OTHER_KINDS
from eligibility.loading.models import load_vacancy
from eligibility.reference import load_reference
from eligibility.reporters.describe import Describer
from eligibility.vacancy import Unreadable, Vacancy
from eligibility.wording import Words, languages

PAGE = (Path(__file__).parents[2] / "docs" / "language.md").read_text("utf-8")
MORE = """
- {kind: age, less_than: 32, extended: [{add: 1 year, per: {kind: child}}, {add: length, of: {kind: service}, up_to: 2 years}], never_beyond: 36}
- {kind: degree, level: 7, question: {en: "Which?", fr: "Lequel ?"}, advice: {en: Say so., fr: Dites-le.}, quote: a master}
- {kind: degree, level: 7, source: {name: {en: Staff Regulations, fr: Statut}, status: verified, url: "https://example.org"}}
- {kind: experience, at_least: 2 years, part_time: excluded, full_week: 35 hours}
- {kind: experience, at_least: 2 years, whose: parent, take: first, started: {within: 5 years, before: deadline}}
- {kind: citizenship, of: {list: partners}}
- {kind: degree, field: {list: more-fields, or_related: true}}
- {kind: availability, at_least: 6 months, from: start}
- {kind: residence, in: FR, at_least: 1 year, as_of: {day: application, end_of: year}}
"""
HEADER = {
    "id": "post",
    "title": "Post",
    "dates": {"deadline": "2025-03-27", "start": "2025-09-01", "end": "2026-08-31", "signature": {"asked": "When?"}},
    "as_of": {"day": "deadline", "assumed": True},
    "choices": {
        "track": {"chosen_by": "applicant", "options": {"external": "External", "internal": "Internal"}},
        "host": {"country": True},
        "home": {"country": True},
    },
    "lists": {
        "partners": ["CA", {"country": "GB", "from": "2024-01-01"}, {"country": "TR", "to": "2020-06-30"}],
        "partner-schools": ["udem"],
        "more-fields": [{"id": "heritage-law", "label": {"en": "Heritage law", "fr": "Droit du patrimoine"}}],
    },
    "conditions": [{"id": "adult", "kind": "age", "at_least": 18}],
}
NOT_SHOWN = {"id", "kind", "fr", "en", "preferred"}  # nor the importance of what a person judges: it is never counted
DEFAULTS = (
    ("importance", "required"), ("part_time", "pro_rata"), ("expected", "not_accepted"), ("counted", "completed_years"), ("included", True),
    ("as_of", "deadline"), ("equals", True), ("take", "latest"), ("status", "unverified"), ("bound", "from"), ("how_many", 1),
)  # fmt: skip


def _criteria() -> list[dict[str, Any]]:
    blocks = re.findall(r"```yaml\n(- .*?|# .*?)```", PAGE, re.DOTALL)
    kinds = (*RECORD_KINDS.values(), *OTHER_KINDS.values())
    texts = [*blocks, MORE, *("- " + example for kind in kinds for example in getattr(kind, "examples", ()))]
    return [one for text in texts for one in yaml.safe_load(text)]


def _shown(criterion: dict[str, Any], language: str) -> str | None:
    """What `show` says of a vacancy with this criterion alone; None where it is no criterion."""
    plain = yaml.safe_load(yaml.safe_dump(criterion))
    post = Vacancy.model_validate({**HEADER, "criteria": [{"id": "it", **_dates_as_text(plain)}]})
    try:
        return "\n".join(Describer(post, Words(language), load_reference(), 400).lines())
    except Unreadable:
        return None


def _dates_as_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _dates_as_text(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_dates_as_text(one) for one in value]
    return value if isinstance(value, str | int | float | bool) or value is None else value.isoformat()


def _keys(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield (*path, key)
            yield from _keys(one, (*path, key))
    elif isinstance(value, list):
        for index, one in enumerate(value):
            if len(value) > 1:
                yield (*path, index)
            yield from _keys(one, (*path, index))


def _without(criterion: dict[str, Any], path: tuple[Any, ...]) -> dict[str, Any]:
    changed = copy.deepcopy(criterion)
    inner: Any = changed
    for step in path[:-1]:
        inner = inner[step]
    del inner[path[-1]]
    return changed


def _at(criterion: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        criterion = criterion[step]
    return criterion


@pytest.mark.parametrize("criterion", _criteria(), ids=str)
def test_dropping_a_key_changes_what_is_shown(criterion: dict[str, Any]) -> None:
    """Every key that a criterion carries is in what `show` says, unless it says what holds anyway."""
    for language in languages():
        whole = _shown(criterion, language)
        assert whole is not None, criterion
        for path in _keys(criterion):
            if path[-1] in NOT_SHOWN or (path[-1], _at(criterion, path)) in DEFAULTS:
                continue
            if criterion.get("kind") == "judged" and path == ("importance",):
                continue
            less = _shown(_without(criterion, path), language)
            assert less != whole, (language, path)


def _filters() -> Iterator[tuple[str, str]]:
    for kind in RECORD_KINDS.values():
        yield from ((kind.name, key) for key in kind.filters)


@pytest.mark.parametrize(("kind", "key"), sorted(set(_filters())))
@pytest.mark.parametrize("language", languages())
def test_any_but_one_is_shown_as_that(kind: str, key: str, language: str) -> None:
    """Wherever a value may be one that is left out, `show` tells it from the same one asked for, and with two of them, too."""
    for values in (["FR"], ["FR", "DE"], ["en"], ["en", "fr"], ["law"], ["law", "medicine"]):
        plain = _shown({"kind": kind, key: values}, language)
        but = _shown({"kind": kind, key: {"except": values}}, language)
        assert but is None or but != plain


@pytest.mark.parametrize(("kind", "name"), [("degree", "mark"), ("exam", "mark"), ("experience", "grade")])
def test_a_mark_is_no_grade_of_a_post(kind: str, name: str) -> None:
    """The mark of a degree and the grade of a post are two things, with two names in French."""
    wanted = "ad_equivalent" if kind == "experience" else {"at_least": "70%"}
    assert f"; {name}: " in str(_shown({"kind": kind, "grade": wanted}, "en"))
    assert f"{'note' if name == 'mark' else name}\u00a0: " in str(_shown({"kind": kind, "grade": wanted}, "fr"))


@pytest.mark.parametrize("language", languages())
def test_what_an_author_has_to_verify(language: str, tmp_path: Path) -> None:
    """The heritage fellow: limits in full, work that counts, the first degree, a degree that is expected, labels instead of ids."""
    rules = tmp_path / "fellow.yaml"
    rules.write_text(FELLOW, "utf-8")
    post = load_vacancy(str(rules))
    text = re.sub(r"[ \n]+", " ", " ".join(Describer(post, Words(language), load_reference(), 200).lines()))
    for says in SAYS[language]:
        assert says in text


FELLOW = """
format: 1
id: fellow
title: {fr: Boursier, en: Fellow}
dates: {deadline: 2027-03-12, start: 2027-09-01}
lists:
  programmes: [{id: heritage-fellowship, label: {fr: Bourse du patrimoine, en: Heritage fellowship}}]
criteria:
  - {id: age, kind: age, less_than: 32, extended: [{add: 1 year, per: {kind: child}}, {add: length, of: {kind: service}}], never_beyond: 36}
  - {id: degree, kind: degree, level: 7, awarded: {from: 2022-03-12, before: start}, expected: accepted}
  - {id: work, kind: experience, at_least: 2 years, during: {after: {kind: degree, level: {at_least: 6}, take: first}}}
  - {id: portugal, kind: residence, in: PT, including: [work], at_most: 12 months, during: {within: 36 months, before: deadline}}
  - {id: former, kind: participation, programme: {list: programmes}, at_most: 0 times}
"""
SAYS = {
    "en": (
        "less than 32 years (may be moved: 1 year more for each of: children; more by the length of: military or civil service; never beyond 36 years)",
        "from 12 March 2022", "one announced for a day in time counts", "the first of them", "days worked there count, too",
        "in the 3 years before the closing date", "Heritage fellowship",
    ),
    "fr": (
        "moins de 32 ans (peut être repoussé\u00a0: 1 an de plus pour chaque entrée sous\u00a0: vos enfants\u00a0; d'autant que dure\u00a0: votre service "
        "militaire ou civil\u00a0; jamais au-delà de 36 ans)",
        "à partir du 12 mars 2022", "un diplôme annoncé pour un jour à temps compte", "le premier d'entre eux", "les jours travaillés sur place",
        "dans les 3 ans avant la date limite", "Bourse du patrimoine",
    ),
}  # fmt: skip
