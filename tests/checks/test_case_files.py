"""Files of cases under `validate`: as strict as `eligibility test`, and told like everything else."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from rule_files import TODAY, looked_at, rule_file

from eligibility.checks.files import Folders, Kind, kind_of, look_at, look_into
from eligibility.checks.repair import repaired
from eligibility.diagnostic import Diagnostic
from eligibility.loading.files import Source
from eligibility.reference import load_reference
from tests.testing.example import CASES, museum
from tests.testing.test_read import BROKEN, OWN

GOOD = "day: 2024-01-15\ncases:\n  - {name: of age, profile: {birth_date: 2000-05-05}, expect: {adult: P}}\n"


def codes(found: Sequence[Diagnostic]) -> list[str]:
    return [one.code for one in found]


def beside(text: str, folder: Path, rule: str | None = None) -> list[Diagnostic]:
    """What is found in a file of cases that lies beside a rule file."""
    (folder / "post.yaml").write_text(rule_file("") if rule is None else rule, "utf-8")
    return looked_at(text, folder, name="post.cases.yaml")


@pytest.mark.parametrize(
    ("text", "place", "code", "message", "hint"), BROKEN, ids=[f"{one[2]} {one[1]} {index}" for index, one in enumerate(BROKEN)]
)
def test_what_test_refuses_validate_tells(tmp_path: Path, text: str, place: str, code: str, message: str, hint: str) -> None:
    """Each mistake with the same code in the same place, and no other."""
    path = museum(tmp_path, text)
    found = look_at(str(path), load_reference(), TODAY)
    told = [(f"{one.place.line}:{one.place.column}", one.code) for one in found.diagnostics if one.is_error]
    assert told == [(place, code)]


@pytest.mark.parametrize("text", [CASES, CASES.replace("day:", "vacancy: museum-guide-2025\nday:")])
def test_a_good_file(text: str, tmp_path: Path) -> None:
    """It finds its rule file by its name and by the id."""
    looked = look_at(str(museum(tmp_path, text)), load_reference(), TODAY)
    assert (looked.kind, looked.diagnostics, looked.id) == (Kind.CASES, (), None)


def test_a_file_with_a_vacancy_of_its_own(tmp_path: Path) -> None:
    """It needs no rule file, and a bare N is a verdict."""
    assert looked_at(OWN, tmp_path, name="language.yaml") == []
    assert codes(looked_at(OWN.replace("kind: age", "kind: aeg", 1), tmp_path, name="language.yaml")) == ["E202"]


def test_the_rule_file_may_have_another_name(tmp_path: Path) -> None:
    """The id finds it; the folder is searched once, and the next folder takes its place."""
    known: Folders = {}
    for name in ("a", "b"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "rule.yaml").write_text(rule_file(""), "utf-8")
        for number in range(3):
            path = folder / f"{number}.cases.yaml"
            path.write_text("vacancy: post\n" + GOOD, "utf-8")
            assert look_at(str(path), load_reference(), TODAY, known).diagnostics == ()
            assert known == {str(folder): {"post": str(folder / "rule.yaml")}}


@pytest.mark.parametrize("wanted", ["../post", "./post", "/post", "sub/post", "..", ".", "x" * 5000])
def test_no_id_leads_out_of_the_folder(wanted: str, tmp_path: Path) -> None:
    """Not even to a rule file that calls itself so."""
    for folder in (tmp_path / "in" / "sub", tmp_path / "in", tmp_path):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "post.yaml").write_text(rule_file(f"id: {wanted}"[:200]), "utf-8")
    os.remove(tmp_path / "in" / "post.yaml")
    found = looked_at(f"vacancy: {wanted}\n{GOOD}", tmp_path / "in", name="post.cases.yaml")
    assert "E403" in codes(found) or "E118" in codes(found)


def test_a_broken_rule_file_is_told_of_itself(tmp_path: Path) -> None:
    """Of the cases what can be told without it, and that it cannot be read: not that their ids are unknown, nor that there is no rule file."""
    text = GOOD + "  - {name: b, expect: {whatever: maybe, closing: shut}}\n"
    assert codes(beside(text, tmp_path, rule_file("").replace("kind: age", "kind: aeg"))) == ["E402", "E205"]
    assert codes(beside(text, tmp_path, "criteria: [\n")) == ["E403", "E402", "E205"]
    assert codes(beside(text, tmp_path)) == ["E401", "E205"]
    assert codes(beside("vacancy: post\n" + GOOD, tmp_path, "criteria: [\n")) == ["E403"]


def test_every_problem_of_a_file_in_line_order(tmp_path: Path) -> None:
    """What the reader found, what the cases say, and words that others read differently."""
    text = "dya: 2024-01-15\ncases:\n  - {name: NO, day: 2024-02-30, expect: {adult: maybe}}\n  - {name: 010, expect: {adlt: N}}\n"
    assert codes(beside(text, tmp_path)) == ["E203", "W101", "E105", "E402", "E405", "E108", "E401"]


def test_comments_silence_what_is_no_error(tmp_path: Path) -> None:
    """A warning, with a reason; never an error; and a comment that silences nothing is told."""
    line = "  - {name: NO, expect: {adult: U}}"
    path = tmp_path / "post.cases.yaml"
    beside(f"{GOOD}{line}  # eligibility: ignore[W101] the code of Norway\n", tmp_path)
    looked = look_at(str(path), load_reference(), TODAY)
    assert (looked.diagnostics, looked.silenced) == ((), 1)
    assert codes(beside(f"{GOOD}{line}  # eligibility: ignore[W101]\n", tmp_path)) == ["W320"]
    assert codes(beside(f"{GOOD}  - {{name: b, expect: {{adlt: U}}}}  # eligibility: ignore[E401] no\n", tmp_path)) == ["E401", "W321"]


def test_cases_inside_a_rule_file(tmp_path: Path) -> None:
    """They are checked with it: as a list, or with what they share; a bare N is a verdict there, and nowhere else."""
    listed = (
        "cases:\n  - {name: a, day: 2024-01-15, expect: {adult: N}}\n  - {name: NO, day: 2024-01-15, expect: {adlt: U, adult: maybe}}\n"
    )
    shared = "cases:\n  day: 2024-01-15\n  cases:\n    - {name: a, expect: {adult: N}}\n    - {name: b, expct: {adult: U}}\n"
    assert codes(looked_at(rule_file(listed), tmp_path)) == ["W101", "E401", "E402"]
    assert codes(looked_at(rule_file(shared), tmp_path)) == ["E203"]
    assert codes(looked_at(rule_file("cases: 3\n"), tmp_path)) == ["E204"]
    bad_day = "cases:\n  - {name: a, day: 2024-02-30, expect: {adult: U}}\n"
    assert codes(looked_at(rule_file(bad_day), tmp_path)) == ["E105"]


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        ({"cases": []}, "x.yaml", Kind.CASES),
        ({"cases": [], "criteria": []}, "x.cases.yaml", Kind.RULE),
        ({"day": "2024-01-15"}, "x.cases.yaml", Kind.CASES),
        ({"day": "2024-01-15"}, "x.yaml", Kind.PROFILE),
        ({"title": "a"}, "x.cases.yml", Kind.RULE),
    ],
)
def test_what_a_file_is(data: dict[str, object], name: str, kind: Kind) -> None:
    """Its keys tell; its name only where they do not."""
    assert kind_of(data, name) is kind


@pytest.mark.parametrize(
    ("line", "fixed"),
    [
        ("{name: NO, expect: {adult: U}}", '{name: "NO", expect: {adult: U}}'),
        ("{name: 12:30, expect: {adult: N}}", '{name: "12:30", expect: {adult: N}}'),
        ("{name: a, profile: {citizenships: [NO]}, expect: {adult: U}}", '{name: a, profile: {citizenships: ["NO"]}, expect: {adult: U}}'),
        ("{name: a, expect: {adult: {verdict: N, gap: 010}}}", None),
        ("{name: a, expect: {adult: NO}}", None),
        ("{name: a, day: 12:30, expect: {adult: U}}", None),
    ],
)
def test_fix(line: str, fixed: str | None, tmp_path: Path) -> None:
    """Words get quotes where a text is wanted, with and without the rule file; a verdict, a number and a day do not."""
    for name in ("post.cases.yaml", "other.cases.yaml"):
        (tmp_path / "post.yaml").write_text(rule_file(""), "utf-8")
        source = Source(str(tmp_path / name), f"day: 2024-01-15\ncases:\n  - {line}\n".encode())
        looked = look_into(source, load_reference(), TODAY)
        now = repaired(source, [one for one in looked.diagnostics if one.params.get("fixable")]).data.decode()
        assert now == f"day: 2024-01-15\ncases:\n  - {fixed or line}\n"


def test_what_all_cases_share_is_read_and_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many cases share it: a file of 100 kB must not take a minute. A key that every case replaces is told, too."""
    from eligibility.testing import read as module

    calls: list[int] = []
    original = module.read_profile
    monkeypatch.setattr(module, "read_profile", lambda data, reference: calls.append(len(data)) or original(data, reference))
    shared = "profile:\n  experience:\n" + "    - {from: 2001, to: 2000}\n" * 200
    lines = "".join(f"  - {{name: c{number}, profile: {{experience: []}}, expect: {{adult: U}}}}\n" for number in range(200))
    found = beside(f"day: 2024-01-15\n{shared}cases:\n{lines}", tmp_path)
    assert codes(found) == ["E233"] * 200
    assert calls == [1] * 201
