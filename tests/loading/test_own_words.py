"""Profiles as students write them in their own language: the same as in plain form, and `validate --fix` writes that form."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from eligibility.checks.files import look_into
from eligibility.checks.repair import repaired
from eligibility.loading.files import Source
from eligibility.loading.models import profile_in
from eligibility.loading.typed import _RECORDS, _allowed, in_plain_form
from eligibility.loading.understood.words import LANGUAGES, data_of
from eligibility.loading.yaml_reader import read_yaml
from eligibility.reference import load_reference

REFERENCE = load_reference()

FRENCH = """\
prénom: Inès
nom: Lahlou
née le: 7 février 2001
nationalité: [marocaine, française]
diplômes:
  - {diplôme: Licence 3 de droit, école: Université Lyon 3, obtenu: juin 2022}
  - {intitulé: Master 2 droit maritime, université: Sorbonne, année: 2023}
expérience:
  - poste: vendeuse
    entreprise: Chaussures Duval
    depuis: oct. 2020
    jusqu'à: aujourd'hui
    temps de travail: 12h/semaine
langues:
  - français: langue maternelle
  - anglais: courant (TOEIC 870)
  - espagnol: notions
"""
GERMAN = """\
Name: Lukas Hofer
Geburtsdatum: 3. Oktober 1997
Staatsangehörigkeit: Österreicher
Abschlüsse:
  - {Titel: Bachelor of Science, Fach: Informatik, Hochschule: TU Wien, Jahr: 2020}
Berufserfahrung:
  - {Stelle: Werkstudent, Firma: Kabel AG, von: März 2019, bis: Sept. 2020, Arbeitszeit: 20 Std./Woche}
  - {Stelle: Entwickler, Arbeitgeber: Universität, seit: Oktober 2022, Arbeitszeit: Vollzeit}
Sprachen: {Deutsch: Muttersprache, Englisch: C1}
"""
SPANISH = """\
nombre: Lucía
apellidos: Fernández Ríos
fecha de nacimiento: 15 de agosto de 1998
nacionalidad: [argentina, italiana]
títulos:
  - {título: Doctora en Derecho, universidad: UBA, año: diciembre de 2021}
experiencia:
  - {puesto: analista, empresa: Aceites Sur, desde: enero de 2022, hasta: actualidad, jornada: media jornada}
idiomas:
  - {idioma: español, nivel: nativo}
  - {idioma: inglés, nivel: B2 (TOEFL 92)}
"""
ENGLISH = """\
first name: Ada
last name: Obi
date of birth: 3 May 1999
nationality: Nigerian
degrees:
  - {degree: Bachelor of Laws, university: Lagos, year: 2021}
work experience:
  - {job title: clerk, company: Palm Ltd, since: 06/2021, until: present, working time: part-time}
languages: [English (native), French B1]
"""


def read(text: str) -> dict[str, Any]:
    loaded = profile_in(read_yaml(Source("me.yaml", text.encode())), REFERENCE)
    assert loaded.model is not None, loaded.diagnostics
    return loaded.model.model_dump(exclude_unset=True)


def fixed(text: str) -> str:
    source = Source("me.yaml", text.encode())
    looked = look_into(source, REFERENCE, date(2024, 1, 1))
    return repaired(source, [one for one in looked.diagnostics if one.params.get("fixable")]).data.decode()


PLAIN = {
    FRENCH: """\
name: Inès Lahlou
birth_date: 2001-02-07
citizenships: [MA, FR]
degrees:
  - {title: Licence 3 de droit, school: Université Lyon 3, awarded: 2022-06}
  - {title: Master 2 droit maritime, school: Sorbonne, awarded: 2023}
experience:
  - title: vendeuse
    employer_name: Chaussures Duval
    from: 2020-10
    to: ongoing
    hours_per_week: 12
languages:
  - language: fr
    native: true
  - language: en
    level: {said: fluent}
    tests: [{test: toeic, score: 870}]
  - language: es
    level: {said: basic}
""",
    GERMAN: """\
name: Lukas Hofer
birth_date: 1997-10-03
citizenships: [AT]
degrees:
  - {title: Bachelor of Science, field: computer_science, school: TU Wien, awarded: 2020}
experience:
  - {title: Werkstudent, employer_name: Kabel AG, from: 2019-03, to: 2020-09, hours_per_week: 20}
  - {title: Entwickler, employer: Universität, from: 2022-10, full_time: true}
languages: [{language: de, native: true}, {language: en, level: C1}]
""",
    SPANISH: """\
name: Lucía Fernández Ríos
birth_date: 1998-08-15
citizenships: [AR, IT]
degrees:
  - {title: Doctora en Derecho, school: UBA, awarded: 2021-12}
experience:
  - {title: analista, employer_name: Aceites Sur, from: 2022-01, to: ongoing, rate: 50%}
languages:
  - {language: es, native: true}
  - {language: en, level: B2, tests: [{test: toefl_ibt, score: 92}]}
""",
    ENGLISH: """\
name: Ada Obi
birth_date: 1999-05-03
citizenships: [NG]
degrees:
  - {title: Bachelor of Laws, school: Lagos, awarded: 2021}
experience:
  - {title: clerk, employer_name: Palm Ltd, from: 2021-06, to: ongoing, full_time: false}
languages: [{language: en, native: true}, {language: fr, level: B1}]
""",
}


@pytest.mark.parametrize("typed", PLAIN, ids=["French", "German", "Spanish", "English"])
def test_a_profile_in_the_words_of_a_student_is_read_and_written_in_plain_form(typed: str) -> None:
    assert fixed(typed) == PLAIN[typed]
    assert read(typed) == read(PLAIN[typed])


def test_of_a_degree_whose_field_nobody_knows_the_title_is_known() -> None:
    [one] = read("degrees: [{title: Master 2 droit maritime, awarded: 2023}]\n")["degrees"]
    assert one["title"] == "master"
    assert "field" not in one
    [one] = read("degrees: [Bachelor Seefahrt]\n")["degrees"]
    assert one["title"] == "bachelor"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_in_other_words_is_the_key_wherever_that_may_stand(language: str) -> None:
    for section, value in (("keys", 7), ("keys_of_words", "mi-temps")):
        for key, words in data_of(language).get(section, {}).items():
            places = [name for name in ("", *_RECORDS) if key in _allowed(name)]
            assert places or key == "taken", key
            for word in words:
                found = [name for name in places if word not in _allowed(name) and key in said(name, word, value)]
                assert found or all(word in _allowed(name) for name in places), (word, key)


def said(name: str, word: str, value: object) -> dict[str, object]:
    data: dict[str, object] = {word: value} if not name else {name: {word: value} if name == "availability" else [{word: value}]}
    plain = in_plain_form(data, REFERENCE)
    return dict.fromkeys(key for one in plain.told for key in one.params.get("readings", [one.params.get("read")]))


@pytest.mark.parametrize("job", ["{von: 2019, Beginn: 2020}", "{start: 2019, début: 2020}", "{from: 2019, seit: 2020}"])
def test_two_keys_for_one_thing_are_told_and_neither_is_dropped(job: str) -> None:
    loaded = profile_in(read_yaml(Source("me.yaml", f"experience: [{job}]\n".encode())), REFERENCE)
    assert [one.code for one in loaded.diagnostics if one.code[0] == "E"] == ["E203"]


@pytest.mark.parametrize("word", ["education", "formation", "Ausbildung", "formación"])
def test_a_key_that_may_mean_two_is_asked_about(word: str) -> None:
    """Degrees, or studies that go on: nobody but the person knows."""
    loaded = profile_in(read_yaml(Source("me.yaml", f"birth_date: 1999-05-03\n{word}: [{{title: master}}]\n".encode())), REFERENCE)
    assert loaded.model is not None
    assert (loaded.model.degrees, loaded.model.studies) == (None, None)
    [asked] = [one for one in loaded.diagnostics if one.code == "W207"]
    assert (asked.params["word"], asked.params["readings"], asked.place.line) == (word, ["degrees", "studies"], 2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_first_and_last_days_are_called_alike_in_all_records(language: str) -> None:
    keys = data_of(language)["keys"]
    assert set(keys["from"]) - {"since"} <= set(keys["since"])
    assert set(keys["to"]) - {"until"} <= set(keys["until"])


@pytest.mark.parametrize("word", ["to", "in"])
def test_a_key_is_no_language(word: str) -> None:
    """`to` is the code of Tongan: a key that was read is named as a key."""
    typed = {"to": "bis", "in": "Land"}[word]
    loaded = profile_in(read_yaml(Source("me.yaml", f"experience: [{{{typed}: 2019}}]\n".encode())), REFERENCE)
    [note] = [one for one in loaded.diagnostics if one.params.get("word") == typed]
    assert (note.params["read"], note.params.get("label")) == (word, None)


TOWNS = {
    "domicile: Lyon\n": "domicile",
    "residences: Lyon\n": "residences",
    "residences: [Lyon]\n": "residences",
    "residences: [{in: Lyon, from: 2019}]\n": "residences",
    "citizenships: [Lyon]\n": "citizenships",
    "degrees: [{title: master, in: Lyon}]\n": "degrees",
    "absences: [{in: Lyon, from: 2019, to: 2020}]\n": "absences",
}


@pytest.mark.parametrize("text", TOWNS)
def test_a_town_where_a_country_is_wanted_is_told_what_to_write(text: str) -> None:
    loaded = profile_in(read_yaml(Source("me.yaml", text.encode())), REFERENCE)
    assert loaded.model is not None
    [told] = [one for one in loaded.diagnostics if one.code == "W202"]
    assert (told.params["word"], told.params.get("form")) == ("Lyon", "place")


@pytest.mark.parametrize("job", ["{Arbeitszeit: 20, from: 2020}", "{horaire: 20, from: 2020}", "{'working time': '20', from: 2020}", "{jornada: 0.8, from: 2020}"])
def test_a_bare_number_of_working_time_may_be_hours_or_a_share(job: str) -> None:
    """It costs no more than itself: both are shown, and nothing is taken."""
    loaded = profile_in(read_yaml(Source("me.yaml", f"experience: [{job}]\n".encode())), REFERENCE)
    assert loaded.model is not None
    assert [(one.code, one.params.get("readings")) for one in loaded.diagnostics if one.code[0] in "EW"] == [("W207", ["hours_per_week", "rate"])]
    [one] = loaded.model.model_dump(exclude_unset=True)["experience"]
    assert not {"hours_per_week", "rate", "hours", "full_time"} & {*one}


@pytest.mark.parametrize("value", ["20 Std./Woche", "Vollzeit", "80 %"])
def test_with_a_word_or_a_sign_it_is_what_that_says(value: str) -> None:
    [one] = read(f"experience: [{{Arbeitszeit: {value}, from: 2020}}]\n")["experience"]
    assert {"hours_per_week", "rate", "full_time"} & {*one}
