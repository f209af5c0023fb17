"""Mutation: which changes of a rule are tried, and whether the cases notice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from eligibility.loading.files import Source, read_source
from eligibility.loading.yaml_reader import read_yaml
from eligibility.reference import load_reference
from eligibility.testing.mutants import mutants_of
from tests.testing.example import CASES, RULE, eligibility, museum


def names(criterion: str, header: str = "") -> set[str]:
    text = f"id: post\ntitle: Post\ndates: {{deadline: 2025-03-01, start: 2025-09-01}}\n{header}criteria:\n  - {criterion}\n"
    data = read_yaml(Source("post.yaml", text.encode())).data
    return {mutant.name for mutant in mutants_of(data, load_reference())}


CHANGES = [
    ("{id: a, kind: age, at_least: 18}", {"a: dropped", "a.importance: required -> desirable", "a.at_least: 18 -> 17", "a.at_least: 18 -> 19", "a.at_least: -> more_than"}),
    ("{id: a, kind: age, at_most: 35, importance: desirable}", {"a.importance: desirable -> required", "a.at_most: -> less_than", "a.at_most: 35 -> 36"}),
    ("{id: a, kind: age, at_most: 35, as_of: start}", {"a.as_of: start -> deadline", "a.as_of: start -> application", "dates.start: 2025-09-01 -> 2025-08-31"}),
    ("{id: a, kind: age, at_most: 35, as_of: 2025-01-01}", {"a.as_of: 2025-01-01 -> 2024-12-31", "a.as_of: 2025-01-01 -> 2025-01-02"}),
    ("{id: a, kind: judged}", {"dates.deadline: 2025-03-01 -> 2025-02-28", "dates.deadline: 2025-03-01 -> 2025-03-02"}),
    ("{id: a, any_of: [{kind: child}, {kind: service}]}", {"a.any_of: -> all_of", "a.any_of[0]: dropped", "a.any_of[1]: dropped"}),
    ("{id: a, all_of: [{kind: child}, {kind: service}]}", {"a.all_of: -> any_of"}),
    ("{id: a, none_of: [{kind: child}]}", {"a.none_of: -> any_of"}),
    ("{id: a, any_of: [{kind: child}, {kind: service}], how_many: 2}", {"a.how_many: 2 -> 1"}),
    ("{id: a, kind: experience, field: [law, history], at_least: 3 years}", {"a.field[0]: law dropped", "a.field: dropped", "a.at_least: 3 years -> 2 years", "a.at_least: 3 years -> 35 months 27 days", "a.at_least: 3 years -> 36 months 1 day"}),
    ("{id: a, kind: degree, field: {any: [law, history], or_related: true}}", {"a.field.any[1]: history dropped", "a.field.or_related: dropped"}),
    ("{id: a, kind: degree, level: 7, awarded: {within: 2 years, before: start}}", {"a.level: 7 -> 6", "a.awarded: dropped", "a.awarded.within: 2 years -> 1 years", "a.awarded.before: start -> deadline"}),
    ("{id: a, kind: language, of: en, level: {at_least: C1}, skills: [writing, reading]}", {"a.level.at_least: C1 -> B2", "a.level.at_least: C1 -> C2", "a.skills[0]: writing dropped"}),
    ("{id: a, kind: language, of: en, level: {said: fluent}}", {"a.level.said: fluent -> advanced"}),
    ("{id: a, kind: participation, programme: exchange, at_most: 0 times}", {"a.at_most: 0 times -> 1 times"}),
    ("{id: a, kind: declared, fact: x, equals: true, when: {kind: child}}", {"a.equals: true -> false", "a.when: dropped"}),
    ("{id: a, kind: child, unless: {kind: service}, derogation: {kind: leave}}", {"a.unless: dropped", "a.derogation: dropped"}),
    ("{id: a, kind: age, at_least: 18, readings: [{name: x, preferred: true}, {name: y, as_of: start}]}", {"a.readings[0]: dropped", "a.readings[1]: dropped", "a.readings[1]: preferred", "a.readings[1].as_of: start -> deadline"}),
    ("{id: a, kind: experience, at_least: 1 year, other_than: [{type: internship}, {paid: false}]}", {"a.other_than[0]: dropped", "a.other_than: dropped", "a.other_than[1].paid: false -> true"}),
    ("{id: a, together: [{kind: experience, whole: 12 months}, {kind: study, level: 7, whole: 30 credits}]}", {"a.together[0]: dropped", "a.together[0].whole: 12 months -> 11 months"}),
    ("{id: a, kind: funds, amount: {at_least: 3000 EUR}}", {"a.amount.at_least: 3000 EUR -> 2999 EUR"}),
]  # fmt: skip


@pytest.mark.parametrize(("criterion", "some"), CHANGES, ids=[one[0] for one in CHANGES])
def test_how_a_rule_is_changed(criterion: str, some: set[str]) -> None:
    """Each mutant changes one thing, and its name says which."""
    assert some <= names(criterion)


def test_the_header_is_changed_too() -> None:
    """A deadline by a day, or by a minute where it has an hour; the day everything is counted on; the notice's own lists."""
    found = names("{id: a, kind: citizenship, of: {list: partners}}", "as_of: start\nlists: {partners: [CA, FR]}\n")
    assert {"as_of: start -> deadline", "as_of: start -> application", "lists.partners[0]: CA dropped"} <= found
    text = 'id: post\ntitle: Post\ndates: {deadline: "2024-03-27T12:00"}\ncriteria: [{id: a, kind: child}]\n'
    found = {mutant.name for mutant in mutants_of(read_yaml(Source("post.yaml", text.encode())).data, load_reference())}
    assert {"dates.deadline: 2024-03-27T12:00 -> 2024-03-27T11:59", "dates.deadline: 2024-03-27T12:00 -> 2024-03-27T12:01"} <= found


def test_what_decides_nothing_is_left_alone() -> None:
    """No mutant touches words, sources, points for a person, days nobody counts on, or what every reading replaces."""
    found = names('{id: a, label: {en: x, fr: y}, clause: "1", kind: age, at_least: 18, readings: [{name: x, at_least: 18, preferred: true}, {name: y, at_least: 19}]}')
    assert not [name for name in found if "label" in name or "clause" in name or "start" in name.partition(":")[0]]
    assert not [name for name in found if name.startswith("a.at_least")]
    assert not [name for name in names("{id: a, kind: judged}") if name.startswith(("a.", "a:"))]


def test_changing_a_rule_alters_nothing_else() -> None:
    """The data of the rule file stay as they are, and each mutant differs from them."""
    data = read_yaml(Source("post.yaml", RULE.encode())).data
    before = json.dumps(data)
    for mutant in mutants_of(data, load_reference()):
        assert json.dumps(mutant.data) != before
    assert json.dumps(data) == before


def mutation(folder: Path) -> dict[str, Any]:
    [one] = json.loads(eligibility("test", str(folder), "--mutate", "-f", "json").out)["mutation"]
    return dict(one)


def test_survivors_are_told_with_their_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What no case notices is named, with its line in the rule file, and the kill rate before."""
    museum(tmp_path)
    one = mutation(tmp_path)
    survivors = {survivor["mutant"]: survivor["line"] for survivor in one["survivors"]}
    assert survivors["age.at_most: 35 -> 36"] == 5
    assert survivors["status.any_of[1]: dropped"] == 9
    assert "age.at_least: 18 -> 19" not in survivors
    assert one["killed"] + len(survivors) == one["mutants"]
    monkeypatch.chdir(tmp_path)
    out = eligibility("test", ".", "--mutate", "--lang", "en").out
    assert f"museum-guide-2025: kill rate {one['percent']:g} % ({one['killed']} of {one['mutants']} changed rules noticed)." in " ".join(out.split())
    assert "museum-guide-2025.yaml:5:49: no case notices age.at_most: 35 -> 36" in " ".join(out.split())


def test_a_boundary_case_kills_the_mutant(tmp_path: Path) -> None:
    """With the eve of the 36th birthday and the birthday itself, no bound of the age can move."""
    edge = "  - {name: 35 for another day, profile: {birth_date: 1989-03-02}, expect: {age: P}}\n  - {name: turned 36, profile: {birth_date: 1989-03-01}, expect: {age: F}}\n"
    museum(tmp_path, CASES + edge)
    assert not [one["mutant"] for one in mutation(tmp_path)["survivors"] if one["mutant"].startswith("age.at_m")]


def test_explained_survivors_do_not_count(tmp_path: Path) -> None:
    """`accepted: [{mutant: …, why: …}]` takes a survivor out of the rate; an explanation of a killed mutant is told as stale."""
    before = mutation(museum(tmp_path).parent)
    museum(tmp_path, CASES + 'accepted:\n  - {mutant: ["age.at_most: 35 -> 36", "age.at_least: 18 -> 19"], why: {en: because, fr: parce que}}\n')
    after = mutation(tmp_path)
    assert after["percent"] > before["percent"]
    assert [one["mutant"] for one in after["accepted"]] == ["age.at_most: 35 -> 36"]
    assert [one["mutant"] for one in after["stale"]] == ["age.at_least: 18 -> 19"]


def test_a_case_that_fails_notices_nothing(tmp_path: Path) -> None:
    """A wrong case would notice every mutant: it is not counted."""
    museum(tmp_path, "day: 2025-01-15\ncases: [{name: wrong, expect: {age: pass}}]\n")
    assert mutation(tmp_path)["killed"] == 0


@pytest.mark.parametrize(
    ("criterion", "name"),
    [
        ("{id: a, kind: age, at_least: 18, as_of: {day: deadline, end_of: month}}", "a.as_of.end_of: dropped"),
        ("{id: a, kind: age, at_least: 18, as_of: {day: deadline, start_of: next_month}}", "a.as_of.start_of: dropped"),
        ("{id: a, kind: age, at_least: 18, as_of: {day: deadline, previous: 09-01}}", "a.as_of.previous: dropped"),
        ("{id: a, kind: age, at_least: 18, as_of: {day: deadline, next: 09-01}}", "a.as_of.next: dropped"),
        ("{id: a, kind: age, at_least: 18, as_of: {day: deadline, in_its_year: 09-01}}", "a.as_of.in_its_year: dropped"),
        ("{id: a, kind: residence, in: FR, at_least: 5 years, unbroken: {each_gap: {less_than: 4 months}}}", "a.unbroken.each_gap.less_than: 4 months -> 3 months"),
        ("{id: a, kind: residence, in: FR, at_least: 5 years, unbroken: {each_gap: {less_than: 4 months}, all_gaps: {at_most: 240 days}}}", "a.unbroken.all_gaps: dropped"),
        ("{id: a, kind: child, when: {chosen: in, of: track}}", "a.when.chosen: in -> out"),
    ],
)
def test_steps_of_the_calendar_gaps_and_options_are_changed(criterion: str, name: str) -> None:
    """What a day is counted from, how long a gap may be, which option it is about."""
    assert name in names(criterion, "choices: {track: {options: {in: {en: In, fr: In}, out: {en: Out, fr: Out}}}}\n")


TELL = {
    "id", "kind", "name", "label", "question", "clause", "quote", "source", "advice", "proof", "granted_by", "todo", "preferred", "en", "fr", "url",
    "fact", "met", "choice", "chosen", "by",
}  # fmt: skip
"""Keys that tell, or name something: another name is another question; `chosen` is tried where the choices are."""


def test_every_key_that_decides_has_a_mutant() -> None:
    """In the rules of all cases: something changes at each key, or below it, in one of its places at least."""
    seen: set[str] = set()
    changed: set[str] = set()
    for path in sorted((Path(__file__).parents[1] / "cases").glob("*.yaml")):
        for case in read_yaml(read_source(str(path))).data["cases"]:
            if not isinstance(criterion := case.get("criterion"), dict):
                continue
            data = {"id": "x", "title": "x", "criteria": [{"id": "a", **criterion}]}
            paths = {mutant.path for mutant in mutants_of(data, load_reference())}
            for key, at in keys_in(criterion, ("criteria", 0)):
                seen.add(key)
                if key not in changed and any(one[: len(at)] == at for one in paths):
                    changed.add(key)
    assert len(seen) > 100
    options = {"junior", "senior", "external", "internal"}
    assert sorted(seen - changed - TELL - options) == []


def keys_in(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in pairs:
        if isinstance(key, str):
            yield key, (*path, key)
        yield from keys_in(one, (*path, key))
