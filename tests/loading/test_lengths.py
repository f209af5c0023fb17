"""`depuis 3 ans`, `3 years until 2021`: how long, where a date is wanted. What would say the same is shown, and never written for anybody."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from eligibility.cli import run
from eligibility.diagnostic import Diagnostic
from eligibility.loading.files import Source
from eligibility.loading.models import profile_in
from eligibility.loading.understood.lengths import date_instead, is_length
from eligibility.loading.yaml_reader import read_yaml
from eligibility.reference import load_reference

TODAY = date(2026, 12, 1)


def told(text: str) -> list[Diagnostic]:
    loaded = profile_in(read_yaml(Source("me.yaml", text.encode())), load_reference())
    return [one for one in loaded.diagnostics if one.code != "N204"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("depuis 3 ans", "2023"), ("for 3 years", "2023"), ("seit 3 Jahren", "2023"), ("desde hace 3 años", "2023"), ("3 years", "2023"), ("three years ago", "2023"),
        ("il y a trois ans", "2023"), ("vor zwei Jahren", "2024"), ("over 10 years", "2016"), ("depuis 1 an", "2025"), ("for 11 months", "2026-01"),
        ("for 12 months", "2025-12"), ("seit 13 Monaten", "2025-11"), ("depuis 2 semaines", "2026-11-17"), ("3 years until 2021", "2018, to: 2021"),
        ("3 ans jusqu'en juin 2021", "2018-06, to: 2021-06"), ("18 Monate bis März 2021", "2019-09, to: 2021-03"), ("6 months until 2021", None), ("for 3 years to 31/12/2021", "2018-12, to: 2021-12"),
    ],
)  # fmt: skip
def test_what_would_say_the_same(text: str, written: str | None) -> None:
    assert is_length(text)
    found = date_instead(text, TODAY)
    assert (None if found is None else found[1]) == written


@pytest.mark.parametrize("text", ["3 mai 2021", "since 2019", "depuis mars 2019", "3", "years", "3 years at Acme", "3 or 4 years", "2021", "3 years until retirement", "300 years"])
def test_what_is_no_length(text: str) -> None:
    assert not is_length(text)


@pytest.mark.parametrize("text", ["depuis 3 ans", "for three years", "seit 3 Jahren", "3 years until 2021"])
@pytest.mark.parametrize("record", ["experience: [{{from: {}}}]", "residences: [{{in: CA, from: {}}}]"])
def test_it_is_refused_with_what_to_write(record: str, text: str) -> None:
    [problem] = told(record.format(text))
    assert (problem.code, problem.params["form"]) == ("E106", "length_back")
    assert problem.params["example"].startswith("from: ")
    assert told(record.format(problem.params["example"].removeprefix("from: "))) == []


@pytest.mark.parametrize("key", ["duration", "Durée", "Dauer", "years"])
def test_a_length_beside_no_date_is_told_what_to_write(key: str) -> None:
    """`duration` was taken for a slip of `function`."""
    [problem] = told(f"experience: [{{title: nurse, {key}: 3 ans}}]")
    assert (problem.code, problem.params["form"]) == ("E203", "length")


@pytest.mark.parametrize("key", ["from", "to"])
@pytest.mark.parametrize("text", ["3 ans jusqu'en juin 2021", "2 semaines en juin 2021", "3 Tage im Mai 2021"])
def test_a_length_is_no_day_of_a_month(key: str, text: str, tmp_path: Path) -> None:
    """`validate --fix` wrote 2021-06-03 for three years until June."""
    path = tmp_path / "me.yaml"
    path.write_text(f'experience: [{{title: nurse, {key}: "{text}"}}]\n', "utf-8")
    before = path.read_text("utf-8")
    assert run(["validate", str(path), "--fix"]) == 1
    assert path.read_text("utf-8") == before


@pytest.mark.parametrize(("language", "said"), [("en", "this says how long, not from when"), ("fr", "ceci dit combien de temps, et non depuis quand")])
def test_the_command_says_so(language: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "me.yaml").write_text("experience: [{from: depuis 3 ans}]\n", "utf-8")
    assert run(["validate", str(tmp_path / "me.yaml"), "--lang", language]) == 1
    assert said in " ".join(capsys.readouterr().out.split())
