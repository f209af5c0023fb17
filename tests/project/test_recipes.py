"""The recipes of CONTRIBUTING.md: what they name is there, what they show works, and no kind lacks a part."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import pytest
import yaml

from eligibility import checks
from eligibility.batch import writers
from eligibility.checks.base import Rule
from eligibility.cli import run
from eligibility.engine import check
from eligibility.language.kinds import RECORD_KINDS
from eligibility.loading.models import read_profile, read_vacancy
from eligibility.profile import SOURCES, Person
from eligibility.reference import load_reference
from eligibility.reporters import FORMATS, Shown, reporter
from eligibility.wording import Words, languages
from tests.worlds import grammar, language

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
REFERENCE = load_reference()

RECIPES = {
    "Add a kind of criterion": ("volunteering", 8),
    "Add a key of a criterion": ("full_week", 11),
    "Add a report format": ("jsonl", 4),
    "Add a batch format": ("jsonl", 4),
    "Add a check of rule files": ("closed_limits E322", 4),
}
"""Each recipe, the example that it follows (any of these words), and how many files it may touch."""


def section(heading: str) -> str:
    """The text of a section of the guide."""
    return GUIDE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def files_of(heading: str) -> list[str]:
    """The files that a recipe names in its table."""
    return re.findall(r"^\| `([\w./]+)` \|", section(heading), re.MULTILINE)


@pytest.mark.parametrize("heading", RECIPES)
def test_each_file_of_a_recipe_has_the_example(heading: str) -> None:
    """The example stands in every file that the recipe names, and these are few."""
    example, most = RECIPES[heading]
    found = files_of(heading)
    assert 2 < len(found) <= most
    lacking = [name for name in found if not any(word in name + (ROOT / name).read_text("utf-8") for word in example.split())]
    assert lacking == []


def test_the_example_of_a_kind_stands_nowhere_else() -> None:
    """What the recipe does not name is made from what it names: no other module names the kind, but those that read CVs, which have a
    section for it."""
    others = []
    for folder in ("src", "scripts", "tests"):
        for path in (ROOT / folder).rglob("*"):
            name = path.relative_to(ROOT).as_posix()
            if "importing" in path.parts or path.suffix != ".py" or name in (*files_of("Add a kind of criterion"), "tests/project/test_recipes.py"):
                continue
            lines = [line for line in path.read_text("utf-8").splitlines() if "volunteering" in line.lower()]
            if any("internship" not in line for line in lines):  # the word of `experience` for such work is another
                others.append(name)
    assert others == []


# -------------------------------------------------------------------------------------------- what kinds lack


def lacks(name: str) -> Iterator[str]:
    """The parts that a kind of records does not have."""
    kind = RECORD_KINDS[name]
    source = SOURCES.get(kind.source)
    if source is None:
        yield "a source"
        return
    if kind.source not in Person.model_fields:
        yield f"{kind.source} in the profile"
    if not source.example:
        yield "an example of what to write in a profile"
    if not kind.examples or not all(f"kind: {name}" in one or "permanent_residence" in one for one in kind.examples):
        yield "examples"
    for spoken in languages():
        words = Words(spoken)
        keys = [f"kind.{name}", f"ask.{name}", f"schema.{name}", *([] if name == "availability" else [f"paper.{name}"]), *([] if spoken == "en" else [f"kinds.doc.{name}"])]
        keys += [f"attribute.{_attribute(key)}" for key, form in kind.filters.items() if form not in ("skills", "valid")]
        keys += [f"key.{kind.source}"] if f"key.profile.{kind.source}" not in words else []
        yield from (f"{key} in {spoken}" for key in keys if key not in words)
    if not any(re.search(rf"\bkind: {name}\b", path.read_text("utf-8")) for path in (ROOT / "tests" / "cases").glob("*.yaml")):
        yield "cases"
    for page in ("docs/language.md", "docs/fr/language.md"):
        text = (ROOT / page).read_text("utf-8")
        yield from (f"{what} in {page}" for what in (f"`{name}`", f"kind: {name}", f"\n{kind.source}:") if what not in text)
    for page in ("docs/reference/kinds.md", "docs/fr/reference/kinds.md", "docs/reference/profile.md", "docs/fr/reference/profile.md"):
        if f"`{name if 'kinds' in page else kind.source}`" not in (ROOT / page).read_text("utf-8"):
            yield page
    slow = language.KINDS.get(name)
    if slow is None or slow.source != kind.source or set(slow.filters) | {"skills", "valid"} != set(kind.filters) | {"skills", "valid"}:
        yield "its filters in tests/worlds/language.py"
    if kind.source not in language.SOURCES or name not in grammar.KINDS:
        yield "its grammar in tests/worlds"


def _attribute(key: str) -> str:
    """What a filter is called among the words of attributes."""
    return {"in": "place", "of": "country", "issued": "start", "expires": "end", "started": "start", "ended": "end", "born": "start"}.get(key, key)


def test_no_kind_lacks_a_part() -> None:
    """Source, keys, words in each language, examples, cases, both pages and the slow evaluator: what is missing is named."""
    assert [f"{name} lacks {part}" for name in RECORD_KINDS for part in lacks(name)] == []


def test_what_a_new_kind_lacks_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind that is only declared lacks all the rest."""
    kinds = {**RECORD_KINDS, "mentoring": RECORD_KINDS["volunteering"]._replace(name="mentoring", examples=())}
    monkeypatch.setitem(globals(), "RECORD_KINDS", kinds)
    found = list(lacks("mentoring"))
    assert {"examples", "kind.mentoring in en", "kinds.doc.mentoring in fr", "cases", "kind: mentoring in docs/fr/language.md"} <= set(found)
    assert {"docs/reference/kinds.md", "its filters in tests/worlds/language.py", "its grammar in tests/worlds"} <= set(found)


# ------------------------------------------------------------------------------------ what the recipes show


def shown_module(heading: str, name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module that a recipe shows, written as the file it would be, and imported."""
    code = next(one for one in re.findall(r"^ *```python\n(.*?)^ *```", section(heading), re.DOTALL | re.MULTILINE))
    indent = len(code) - len(code.lstrip(" "))
    (folder / f"{name}.py").write_text("\n".join(line[indent:] for line in code.splitlines()) + "\n", "utf-8")
    monkeypatch.syspath_prepend(str(folder))
    module = __import__(name)
    monkeypatch.delitem(sys.modules, name)
    return module


def vacancy(lines: str) -> dict[str, Any]:
    header = {"format": 1, "id": "post", "title": "Post", "dates": {"deadline": "2024-06-30"}, "as_of": "deadline"}
    return {**header, **yaml.safe_load(lines)}


def test_the_report_format_of_the_recipe_renders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One file and a line in `FORMATS` are enough."""
    shown_module("Add a report format", "tsv_report", tmp_path, monkeypatch)
    monkeypatch.setitem(cast("dict[str, str]", FORMATS), "tsv", "tsv_report")
    model, _ = read_vacancy(vacancy("criteria: [{id: adult, kind: age, at_least: 18}]"), REFERENCE)
    person, _ = read_profile({"birth_date": "2000-01-01"}, REFERENCE)
    assert model is not None
    assert person is not None
    report = check(model, person, date(2024, 6, 1), REFERENCE)
    assert reporter("tsv")(Shown([report], Words("en"), REFERENCE)).startswith("post\tlikely_eligible\t")


def test_the_batch_format_of_the_recipe_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One file and its lines in `FORMATS` and `SUFFIXES` are enough; the words tell what was written."""
    shown_module("Add a batch format", "names_writer", tmp_path, monkeypatch)
    monkeypatch.setitem(cast("dict[str, str]", writers.FORMATS), "jsonl", "names_writer")
    (tmp_path / "people.jsonl").write_text('{"name": "Léa", "birth_date": "2000-01-01"}\n{"id": "two"}\n', "utf-8")
    assert run(["batch", str(tmp_path / "people.jsonl"), "--rules", str(ROOT / "rules"), "--on", "2025-01-15", "-o", str(tmp_path / "out.jsonl")]) == 0
    assert (tmp_path / "out.jsonl").read_text("utf-8") == "Léa\ntwo\n"


def test_the_check_of_the_recipe_finds_what_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One file and a line in `CHECKS`: the wrong example has the problem, at its place, and the right one has not."""
    module: Any = shown_module("Add a check of rule files", "old_age", tmp_path, monkeypatch)
    monkeypatch.setattr(checks, "CHECKS", (*checks.CHECKS, module))
    for lines, expected in ((module.WRONG, [("criteria", 0, "at_least")]), (module.RIGHT, [])):
        model, _ = read_vacancy(vacancy(lines), REFERENCE)
        assert model is not None
        found = [one.path for one in checks.problems_of(Rule(model, REFERENCE, date(2024, 1, 1))) if one.code == module.CODE]
        assert found == expected
