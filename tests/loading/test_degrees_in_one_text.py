"""`Master in Law, 2019, Sorbonne`: a title, a year and a school in one text. The line to write is shown; what depends on it stays unknown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from eligibility.cli import run
from eligibility.diagnostic import Diagnostic
from eligibility.loading.files import Source
from eligibility.loading.models import profile_in
from eligibility.loading.yaml_reader import read_yaml
from eligibility.reference import load_reference

SHOWN = [
    ("Master in Law, 2019, Sorbonne", "{title: Master in Law, awarded: 2019, school: Sorbonne}"),
    ("Master in Law, Sorbonne, 2019", "{title: Master in Law, awarded: 2019, school: Sorbonne}"),
    ("MSc Economics (2021)", "{title: MSc Economics, awarded: 2021}"),
    ("Licence de droit – 2018", "{title: Licence de droit, awarded: 2018}"),
    ("Master in Law 2019", "{title: Master in Law, awarded: 2019}"),
    ("Maîtrise en droit (Université Laval, 2020)", "{title: Maîtrise en droit, awarded: 2020, school: Université Laval}"),
]


def read(text: str) -> tuple[Any, list[Diagnostic]]:
    loaded = profile_in(read_yaml(Source("me.yaml", text.encode())), load_reference())
    return loaded.model, [one for one in loaded.diagnostics if one.code != "N204"]


@pytest.mark.parametrize(("text", "written"), SHOWN)
@pytest.mark.parametrize("form", ['degrees:\n  - "{}"\n', 'degrees: "{}"\n', 'degrees:\n  - title: "{}"\n', 'diplômes:\n  - "{}"\n'])
def test_the_line_to_write_is_shown(form: str, text: str, written: str) -> None:
    model, told = read(form.format(text))
    assert [(one.code, one.params.get("example")) for one in told] == [("W202", written)]
    assert (model.degrees[0].title, model.degrees[0].awarded, model.degrees[0].school) == (text, None, None)
    model, told = read(f"degrees: [{written}]\n")
    assert told == []
    assert model.degrees[0].awarded is not None


@pytest.mark.parametrize(
    "text",
    ["Master of Laws, 2019-2021", "Master in Law, 2017, 2019", "Bachelor of Arts (incomplete), 2019", "Master student 2019", "Master in Law, started 2019", "2019", "Sorbonne, 2019"],
)
def test_what_is_not_one_degree_with_its_year_is_not_taken_apart(text: str) -> None:
    _, told = read(f'degrees: [{{title: "{text}"}}]\n')
    assert all("example" not in one.params or one.params.get("form") != "dated" for one in told)


@pytest.mark.parametrize(("language", "said"), [("en", "says more than a title"), ("fr", "dit plus qu'un titre")])
def test_the_command_says_so(language: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "me.yaml").write_text("degrees:\n  - MSc Economics (2021)\n", "utf-8")
    assert run(["validate", str(tmp_path / "me.yaml"), "--lang", language]) == 0
    assert said in " ".join(capsys.readouterr().out.split())
