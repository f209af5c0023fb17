"""The data files are what the sources make of them, and the sources keep their doubts."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from eligibility.reference import load_reference

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts" / "build_reference.py"
SOURCES = sorted((ROOT / "data-sources").glob("*.yaml"))


def run(*arguments: str, seed: str = "0") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), *arguments], capture_output=True, text=True, env={"PYTHONHASHSEED": seed}, check=False
    )


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_data_files_are_fresh(seed: str) -> None:
    done = run("--check", seed=seed)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_data_files_are_compact_and_sorted() -> None:
    for path in (ROOT / "src" / "eligibility" / "reference").glob("*.json"):
        text = path.read_text("utf-8")
        assert text == json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
        assert len(text.encode()) < 80_000


def test_stale_files_are_told(tmp_path: Path) -> None:
    for folder in ("data-sources", "scripts", "src/eligibility/reference"):
        (tmp_path / folder).mkdir(parents=True)
        for path in (ROOT / folder).iterdir():
            if path.is_file():
                (tmp_path / folder / path.name).write_bytes(path.read_bytes())
    (tmp_path / "src/eligibility/__init__.py").write_text("")
    script = tmp_path / "scripts" / "build_reference.py"
    core = tmp_path / "src/eligibility/reference/core.json"
    fresh = core.read_bytes()
    core.write_text("{}\n")
    checked = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)
    assert checked.returncode == 1
    assert "core.json" in checked.stdout
    assert core.read_text() == "{}\n"
    assert subprocess.run([sys.executable, str(script)], check=False).returncode == 0
    assert core.read_bytes() == fresh


@pytest.mark.parametrize(
    ("kind", "word", "code"),
    [
        ("place", "St. Helena", "SH"),
        ("place", "French Southern Territories", "TF"),
        ("place", "French Southern and Antarctic Lands", "TF"),
        ("place", "Heard & McDonald Islands", "HM"),
        ("language", "Gikuyu", "ki"),
        ("language", "Gĩkũyũ", "ki"),
        ("language", "fat", "ak"),
    ],
)
def test_a_name_that_an_earlier_cldr_had_is_still_understood(kind: str, word: str, code: str) -> None:
    reference = load_reference()
    found = reference.find_place(word) if kind == "place" else reference.find_language(word)
    assert code in (found.id, *found.suggestions)


def test_the_data_say_which_cldr_they_were_made_from() -> None:
    core = json.loads((ROOT / "src" / "eligibility" / "reference" / "core.json").read_text("utf-8"))
    assert core["cldr"] == source("cldr")["cldr"]


def test_names_of_the_next_cldr_are_added_and_none_is_lost() -> None:
    pytest.importorskip("babel")
    united = runpy.run_path(str(ROOT / "scripts" / "read_cldr.py"))["united"]
    before = {"XX": {"en": "Oldland", "fr": "Vieuxpays", "also": ["OLD", "Oldia"]}}
    after = united({"XX": ({"en": "Newland", "fr": "Vieuxpays"}, ["NEW"])}, before)
    assert after == {"XX": {"en": "Newland", "fr": "Vieuxpays", "also": ["NEW", "OLD", "Oldia", "Oldland"]}}
    assert united({"XX": ({"en": "Newland", "fr": "Vieuxpays"}, ["NEW"])}, after) == after
    with pytest.raises(SystemExit, match="XX"):
        united({}, before)


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_a_source_has_a_head_and_no_aliases(path: Path) -> None:
    data = read(path)
    assert data["schema"] == "eligibility-reference/1"
    assert data["dataset"] == path.stem
    assert data["compiled"]
    tokens = list(yaml.scan(path.read_text("utf-8")))
    assert not any(isinstance(token, yaml.AnchorToken | yaml.AliasToken) for token in tokens)


def source(name: str) -> Any:
    return read(ROOT / "data-sources" / f"{name}.yaml")


def test_the_sources_hold_what_they_count() -> None:
    assert len(source("eu_members")["members"]) == 28
    small = source("eea_efta")
    assert (len(small["efta"]), len(small["efta_former"]), len(small["eea_efta"])) == (4, 6, 3)
    assert len(source("unesco_members")["members"]) == 195
    icesco = source("icesco_members")
    assert (len(icesco["members"]), len(icesco["uncertain"])) == (53, 4)
    assert sum(row["status"] == "presumed" for row in icesco["members"]) == 40
    assert len(source("oecd_members")["members"]) == 38
    assert len(source("eu_official_languages")["languages"]) == 24
    levels = source("degree_levels")
    assert (len(levels["eqf"]), len(levels["isced_2011"]), len(levels["names"])) == (8, 9, 44)
    assert (len(source("cefr")["levels"]), len(source("cefr")["verbal"])) == (6, 27)


def test_codes_are_text() -> None:
    for name in ("eu_members", "unesco_members", "icesco_members", "oecd_members"):
        assert all(isinstance(row["iso2"], str) and len(row["iso2"]) == 2 for row in source(name)["members"])
    assert all(isinstance(code, str) for row in source("fields")["fields"] for code in row["isced_f"])


def test_every_national_degree_has_a_title() -> None:
    core = json.loads((ROOT / "src" / "eligibility" / "reference" / "core.json").read_text("utf-8"))
    assert len(core["degrees"]) == len(source("degree_levels")["names"])


def test_the_issuers_of_the_deadline_terms_are_in_the_same_zones() -> None:
    zones = {row["issuer"].partition(" (")[0]: row["zone"] for row in source("deadline_terms")["issuer_zone"]}
    ours = source("places")["zones"]
    named = {"ICESCO": "ICESCO", "UNESCO": "UNESCO", "Gouvernement du Québec": "CA-QC", "European Commission": "EU"}
    assert {issuer: ours[place] for issuer, place in named.items()} == zones
