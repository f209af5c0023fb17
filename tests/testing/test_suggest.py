"""Suggested cases: a file that can be read and passes, with the edges of every threshold, and nothing that is there already."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eligibility.inventing.workbench import Workbench, open_points, unmet
from eligibility.language.every_kind import EVERY_KIND
from eligibility.loading.files import Source, find_files
from eligibility.loading.yaml_reader import read_yaml
from eligibility.reference import load_reference
from eligibility.testing.find import find_cases
from eligibility.testing.write_yaml import flow
from tests.testing.example import CASES, ROOT, RULE, eligibility, museum


def suggested(rule: Path, *words: str) -> tuple[str, list[dict[str, Any]]]:
    done = eligibility("test", "--suggest", str(rule), "--lang", "en", *words)
    assert (done.code, done.err) == (0, "")
    document = read_yaml(Source("suggested.yaml", done.out.encode()))
    assert not document.diagnostics
    cases: Any = document.data["cases"]
    return done.out, cases


def test_edges_of_an_age(tmp_path: Path) -> None:
    """The eve, the day and the morrow of both birthdays, the birth date left out, each alternative alone; all to be confirmed."""
    rule = tmp_path / "museum-guide-2025.yaml"
    rule.write_text(RULE, "utf-8")
    text, cases = suggested(rule)
    births = {case["profile"]["birth_date"]: case["expect"]["age"] for case in cases if case.get("profile", {}).get("birth_date")}
    assert list(births) == ["1989-02-28", "1989-03-01", "1989-03-02", "2007-03-01", "2007-03-02", "2007-03-03"]
    assert [one if isinstance(one, str) else one["verdict"] for one in births.values()] == ["fail", "fail", "pass", "pass", "fail", "fail"]
    assert {"name": "nothing said of birth_date", "profile": {"birth_date": None}, "expect": {
        "age": {"verdict": "unknown", "missing": ["birth_date"]}, "outcome": "more_information_needed"}} in cases  # fmt: skip
    assert [case["day"] for case in cases if "day" in case] == ["2025-03-01", "2025-03-02", "2025-03-03"]
    assert any(case["name"] == "only status.any_of[1]" and case["expect"]["status"] == "pass" for case in cases)
    assert text.count("# to confirm") == len(cases)


def test_counts_and_levels(tmp_path: Path) -> None:
    """One less, as many and one more than a rule counts to; one level below, and the levels above where they say something else."""
    rule = tmp_path / "post.yaml"
    criteria = "  - {id: few, kind: participation, programme: exchange, at_most: 2 times}\n  - {id: english, kind: language, of: en, level: {at_least: B2}}\n"
    rule.write_text(f"id: post\ntitle: Post\ndates: {{deadline: 2025-03-01}}\ncriteria:\n{criteria}", "utf-8")
    _, cases = suggested(rule)
    counts = {len(case["profile"]["participations"]): case["expect"]["few"] for case in cases if case.get("profile", {}).get("participations")}
    assert counts == {1: "pass", 2: "pass", 3: {"verdict": "fail", "gap": 1}}
    levels = {case["profile"]["languages"][0].get("level"): case["expect"]["english"] for case in cases if case.get("profile", {}).get("languages")}
    assert levels["B1"] == "fail"


def test_a_suggested_file_passes_as_it_is(tmp_path: Path) -> None:
    """Put beside the rule, every suggested case agrees, and shows most of the rule; asked again, nothing is missing."""
    rule = tmp_path / "museum-guide-2025.yaml"
    rule.write_text(RULE, "utf-8")
    eligibility("test", "--suggest", str(rule), "--output", str(tmp_path / "museum-guide-2025.cases.yaml"))
    done = eligibility("test", str(rule), "--cover", "-f", "json")
    document = json.loads(done.out)
    assert document["summary"]["failed"] == 0
    assert document["summary"]["coverage"] >= 90
    text, cases = suggested(rule)
    assert cases == []
    assert "# No case is missing." in text


def test_cases_that_are_there_are_not_suggested(tmp_path: Path) -> None:
    """What a case shows already is left out; the profile of the case file is the one that is varied."""
    museum(tmp_path)
    _, cases = suggested(tmp_path / "museum-guide-2025.yaml")
    assert all(case["expect"] != {"age": {"verdict": "unknown", "missing": ["birth_date"]}} for case in cases)
    museum(tmp_path, CASES.replace("{birth_date: 2000-05-05, citizenships: [CA], permits: []}", "{birth_date: 2001-01-01, citizenships: [CA], permits: []}"))
    assert "birth_date: 2001-01-01" in suggested(tmp_path / "museum-guide-2025.yaml")[0]


def test_a_derogation(tmp_path: Path) -> None:
    """Possible, granted and refused."""
    rule = tmp_path / "post.yaml"
    criterion = "{id: employer, kind: employment, employer: public_administration, derogation: {kind: employment, employer: university}}"
    rule.write_text(f"id: post\ntitle: Post\ndates: {{deadline: 2025-03-01}}\ncriteria: [{criterion}]\n", "utf-8")
    verdicts = {case["name"]: case["expect"]["employer"] for case in suggested(rule)[1] if "employer" in case["expect"]}
    assert verdicts["derogation granted: employer"] == "pass"
    assert verdicts["derogation refused: employer"] == "fail"
    assert {"verdict": "unknown", "causes": ["needs_a_derogation"]} in verdicts.values()


@pytest.mark.parametrize("path", find_files(str(ROOT / "rules")), ids=lambda path: Path(path).stem)
def test_a_profile_for_each_of_our_vacancies(path: str) -> None:
    """From the rule file alone, somebody is made up who meets everything that can be met."""
    [rule] = find_cases([path], load_reference()).rules
    made = Workbench(rule.vacancy, rule.document.data, load_reference()).made()
    assert unmet(made) == []
    assert set(open_points(made)) <= {"interest-in-ai", "under-represented"}


PAGE = read_yaml(Source("page", b"criteria: []"))
EXAMPLES = [example for kind in EVERY_KIND.values() for example in kind.examples]


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_profile_for_each_kind(example: str, tmp_path: Path) -> None:
    """From the example of every kind, somebody is made up who meets it, and the suggested file passes."""
    criterion: Any = read_yaml(Source("example", f"it: {example}".encode())).data["it"]
    header = (
        "id: post\ntitle: Post\ndates: {deadline: 2025-03-27, start: 2025-09-01, end: 2026-01-31}\n"
        "choices: {track: {chosen_by: applicant, options: {external: E, internal: I}}, host: {country: true}}\nlists: {partners: [CA, FR], partner-schools: [udem]}\n"
    )
    rule = tmp_path / "post.yaml"
    rule.write_text(f"{header}criteria:\n  - {flow({'id': 'it', **criterion})}\n", "utf-8")
    [found] = find_cases([str(rule)], load_reference()).rules
    if criterion.get("kind") != "judged":
        assert open_points(Workbench(found.vacancy, found.document.data, load_reference()).made()) == []
    cases = tmp_path / "post.cases.yaml"
    assert eligibility("test", "--suggest", str(rule), "--output", str(cases)).code == 0
    assert eligibility("test", str(rule)).code in (0, 3)


def test_several_files_are_refused(tmp_path: Path) -> None:
    """One case file is written, so one rule file is read; what is no rule file is told."""
    museum(tmp_path)
    (tmp_path / "other.yaml").write_text(RULE.replace("museum-guide-2025", "other"), "utf-8")
    assert "one rule file at a time" in eligibility("test", "--suggest", "a.yaml", "b.yaml", "--lang", "en").err
    assert eligibility("test", "--suggest", str(tmp_path)).code == 2


HOSTILE = ["", "null", "Yes", "no", "~", "a: b", "#", "- a", "{", "[x]", "2024-01-01", "2024", "1e3", "'", '"', "a\nb", "é", " x ", "@", "*a", "&a", "!t", "%", "0x1", "12:30"]


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_written_so_that_it_is_read_again(text: str) -> None:
    """Quotes are put wherever a reader of YAML might see something else."""
    document = read_yaml(Source("x", f"it: {flow([text, {'key': text}])}\n".encode()))
    assert document.data["it"] == [text, {"key": text}]
    assert not document.diagnostics
