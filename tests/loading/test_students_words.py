"""Profiles as students write them: what cannot be read leads to what can, and one word costs no more than itself."""

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

REFERENCE = load_reference()


def read(text: str) -> tuple[Any, list[Diagnostic]]:
    loaded = profile_in(read_yaml(Source("me.yaml", text.encode())), REFERENCE)
    return loaded.model, [one for one in loaded.diagnostics if one.code != "N204"]


@pytest.mark.parametrize(
    ("text", "code", "level"),
    [
        ("langues: {français: maternelle, anglais: B2/C1}", "W207", None), ("langues: {français: maternelle, anglais: niveau lycée}", "W202", None),
        ("langues: [français: maternelle, anglais: niveau lycée]", "W202", None), ("languages: {French: native, English: C1}", None, "C1"),
        ("idiomas: {francés: nativo, inglés: fluido}", None, {"said": "fluent"}),
    ],
)  # fmt: skip
def test_one_level_that_is_not_understood_costs_itself(text: str, code: str | None, level: Any) -> None:
    """The other languages are read; of this one only the level is unknown."""
    model, told = read(text)
    assert [one.code for one in told] == ([code] if code else [])
    french, english = model.languages
    assert (french.language, french.native, english.language) == ("fr", True, "en")
    assert (english.level is None) is (level is None)


@pytest.mark.parametrize("none", ["aucun", "none", "keine"])
def test_a_language_that_somebody_does_not_know_is_none(none: str) -> None:
    model, _ = read(f"languages: {{français: B2/C1, allemand: {none}}}")
    assert [one.language for one in model.languages] == ["fr"]


def test_a_level_that_is_not_available_is_unknown() -> None:
    model, _ = read("languages: {english: native, korean: B1/B2, french: n/a}")
    assert [(one.language, one.level) for one in model.languages] == [("en", None), ("ko", None), ("fr", None)]


@pytest.mark.parametrize("key", ["age", "âge", "Alter", "edad"])
@pytest.mark.parametrize("value", ["24", "24 ans"])
def test_an_age_leads_to_the_birth_date(key: str, value: str) -> None:
    model, [problem] = read(f"{key}: {value}\n")
    assert model is None
    assert (problem.code, problem.params["form"]) == ("E203", "age")


SAID = {
    "age: 22\n": ("birth_date: 2001-05-20", "birth_date: 2001-05-20"),
    "degrees: [Master IA]\nexperience: ['UNESCO Rabat, consultant, 6 mois']\n": ("say each thing under its key", "dites chaque chose sous sa clé"),
    "experience: freelance depuis 3 ans\n": ("say each thing under its key", "dites chaque chose sous sa clé"),
    "studies: BUT GEA 3ème année, en alternance\n": ("say each thing under its key", "dites chaque chose sous sa clé"),
    "languages: {anglais: niveau lycée}\n": ("a word for it such as `fluent`", "comme « courant »"),
}


@pytest.mark.parametrize("text", SAID)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_is_refused_says_what_to_write(text: str, language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "me.yaml"
    path.write_text(text, "utf-8")
    run(["validate", str(path), "--lang", language])
    shown = " ".join(capsys.readouterr().out.replace("|", " ").replace("\u00a0", " ").split())
    assert SAID[text][language == "fr"] in shown


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("born: 2001", "birth_date", "2001"), ("Geburtsjahr: 2001", "birth_date", "2001"), ("año de nacimiento: 2001", "birth_date", "2001"),
        ("Wohnort: Deutschland", "domicile", "DE"),
    ],
)  # fmt: skip
def test_more_words_for_keys(text: str, key: str, value: str) -> None:
    model, told = read(f"{text}\n")
    assert told == []
    assert getattr(model, key) == getattr(read(f"{key}: {value}\n")[0], key)


@pytest.mark.parametrize("hours", ["hours: 10 per week", "heures: 10 h/semaine", "heures: 10 par semaine", "Stunden: 10 pro Woche", "horas: 10 por semana"])
def test_hours_a_week_are_no_hours_in_all(hours: str) -> None:
    model, told = read(f"experience: [{{from: 2022-09, to: ongoing, {hours}}}]\n")
    assert told == []
    assert (model.experience[0].hours_per_week, model.experience[0].hours) == (10, None)
