"""CVs of every form that is read: what is sure is taken, what is in doubt is asked beside its place, and nothing is made up."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from eligibility.cli import run
from eligibility.importing.linkedin import kind_of

from .conftest import Import

FILES = Path(__file__).parent / "files"
BASICS = {"name": "Ada Example"}


def work(**entry: Any) -> dict[str, Any]:
    return {"basics": BASICS, "work": [{"name": "Kite Ltd", **entry}]}


# ------------------------------------------------------------------ JSON Resume


def test_a_whole_json_resume(imported: Import) -> None:
    """The sections of schema 1.0 that a profile has a place for."""
    found = imported({
        "$schema": "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json",
        "basics": {"name": "Ada Example", "label": "Analyst", "email": "ada@example.org", "location": {"city": "Lyon", "countryCode": "FR"}},
        "work": [{"name": "Kite Ltd", "position": "Analyst", "startDate": "2019-03-01", "endDate": "2020-06", "location": "Kiel, Germany", "summary": "…"}],
        "volunteer": [{"organization": "Shore", "position": "Helper", "startDate": "2016-01-15", "endDate": "2016-12-31"}],
        "education": [{"institution": "Northport", "area": "Computer Science", "studyType": "Bachelor", "startDate": "2012", "endDate": "2015-06-30", "score": "3.4"}],
        "languages": [{"language": "English", "fluency": "Native speaker"}, {"language": "German", "fluency": "B2"}],
        "skills": [{"name": "Sails"}],
    })
    assert found.data == {
        "name": "Ada Example", "domicile": "FR",
        "degrees": [{"title": "bachelor", "field": ["computer_science"], "school": "Northport", "awarded": found.data["degrees"][0]["awarded"]}],
        "experience": [{"title": "Analyst", "employer_name": "Kite Ltd", "from": found.data["experience"][0]["from"], "to": "2020-06", "in": "DE"}],
        "volunteering": [{"organisation": "Shore", **{key: found.data["volunteering"][0][key] for key in ("from", "to")}}],
        "languages": [{"language": "en", "native": True}, {"language": "de", "level": "B2"}],
        "incomplete": ["experience", "volunteering", "degrees", "languages"],
    }  # fmt: skip
    assert str(found.data["degrees"][0]["awarded"]) == "2015-06-30"
    for name in ("basics.label", "basics.email", "work[].summary", "education[].score", "skills"):
        assert name in found.text.rpartition("# No place")[2]
        assert name in found.err


def test_what_was_usual_before_the_first_version(imported: Import) -> None:
    assert imported({"basics": BASICS, "work": [{"company": "Kite Ltd", "startDate": "2019"}]}).data["experience"][0]["employer_name"] == "Kite Ltd"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2019-06", "2019-06"), ("2019", 2019), ("2017-9-1", "2017-09-01"), ("Jun 2019", "2019-06"), ("2019-06-30T00:00:00Z", None),
        ("2018-09-31", None), ("soon", None), ("03/04/2019", None), (2019, 2019), ("", None), (None, None), (True, None), ({"year": 2019}, None),
    ],
)  # fmt: skip
def test_a_day_is_as_exact_as_it_is_written(written: object, read: object, imported: Import) -> None:
    """No day is made up for a month; what is no day, or may be two, is left out."""
    found = imported(work(startDate=written))
    said = found.data["experience"][0].get("from")
    assert str(said) == str(read) or (read is None and written == "2019-06-30T00:00:00Z" and str(said) == "2019-06-30")
    if read is None and written not in ("", None) and said is None:
        assert "work[0].startDate" in found.text


@pytest.mark.parametrize(("day", "end"), [("2024-07-12T08:00:00Z", "ongoing"), ("2024-07-11", "ongoing"), ("2024-07-10", None), ("2019-03-01", None)])
def test_what_went_on_when_an_old_cv_was_written_may_have_ended(day: str, end: str | None, imported: Import) -> None:
    """`Present` is the present of the CV: half a year later nobody knows."""
    found = imported({**work(startDate="2018-03", endDate="Present"), "meta": {"lastModified": day}})
    assert found.data["experience"][0].get("to") == end
    assert ("when the CV was last changed" in found.text) is (end is None)


@pytest.mark.parametrize(
    ("entry", "lost"),
    [
        ({"work": [{"name": "Kite", "location": "France, Germany"}]}, "in"), ({"work": [{"name": "Kite", "endDate": "2019 -"}]}, "to"),
        ({"work": [{"name": "Kite", "endDate": "current (until June 2024)"}]}, "to"), ({"work": [{"name": "who"}]}, "employer"),
        ({"education": [{"studyType": "Master's student", "endDate": "2019"}]}, "title"),
        ({"education": [{"studyType": "PhD candidate", "endDate": "2019"}]}, "title"),
        ({"education": [{"studyType": "Bachelor (2 of 3 years)", "endDate": "2019"}]}, "title"),
        ({"languages": [{"language": "English", "fluency": "not fluent"}]}, "level"),
        ({"languages": [{"language": "English", "fluency": "C1 (expected 2027)"}]}, "level"),
        ({"languages": [{"language": "English", "fluency": "C1 reading, B1 speaking"}]}, "level"),
        ({"basics": {"nationality": "dual French"}}, "citizenships"), ({"basics": {"nationality": "French by 2027?"}}, "citizenships"),
        ({"basics": {"nationality": "no"}}, "citizenships"), ({"languages": [{"language": "SE"}]}, "languages"),
    ],
)  # fmt: skip
def test_what_is_said_to_be_not_so_or_not_yet_is_not_taken(entry: dict[str, Any], lost: str, imported: Import) -> None:
    found = imported({"basics": BASICS, **entry, **({"basics": {**BASICS, **entry["basics"]}} if "basics" in entry else {})})
    records = [one for name in ("experience", "degrees", "studies", "languages") for one in found.data.get(name, ())]
    assert lost not in found.data
    assert not any(lost in one for one in records if isinstance(one, dict))
    assert "#" in found.text


def test_an_end_that_is_not_said_is_asked(imported: Import) -> None:
    """It may go on, or not: `ongoing` is not made up. A word for it is taken."""
    found = imported(work(startDate="2021-03", position="Analyst"))
    assert "to" not in found.data["experience"][0]
    assert "no last day is given" in found.text
    assert imported(work(startDate="2021-03", endDate="Present")).data["experience"][0]["to"] == "ongoing"


def test_a_working_time_and_a_level_are_never_made_up(imported: Import) -> None:
    found = imported({**work(startDate="2021-03"), "languages": [{"language": "French", "fluency": None}, {"language": "Code"}, {"language": "German", "fluency": "so so"}]})
    assert not {"rate", "full_time", "hours_per_week"} & set(found.data["experience"][0])
    assert found.data["languages"] == [{"language": "fr"}, {"language": "de"}]
    assert found.text.count("the level is not said") == 2
    assert '"Code" was not understood' in found.text
    assert '"so so" was not understood' in found.text


@pytest.mark.parametrize(
    ("location", "place"),
    [("Kiel, Germany", "DE"), ("United Kingdom", "GB"), ("London, UK", "GB"), ("Palo Alto, CA", None), ("Atlanta, Georgia", None), ("Berlin, DE", None),
     ("Remote", None), ({"countryCode": "de"}, "DE"), ({"city": "Kiel"}, None), (["Kiel"], None)],
)  # fmt: skip
def test_a_country_at_the_end_of_a_place(location: object, place: str | None, imported: Import) -> None:
    """Two letters after a town may be a country or a state; Georgia is both."""
    found = imported(work(startDate="2021", location=location))
    assert found.data["experience"][0].get("in") == place


def test_a_degree_needs_a_title_and_an_end_that_has_passed(imported: Import) -> None:
    """A degree of two titles, without an end or in the future is studies, and what to do is said."""
    found = imported({"basics": BASICS, "education": [
        {"institution": "A", "studyType": "BA Philosophy, BS Mathematics", "startDate": "2012", "endDate": "2015"},
        {"institution": "B", "studyType": "Master", "startDate": "2016"},
        {"institution": "C", "studyType": "Master", "startDate": "2023-09", "endDate": "2025-01-10"},
        {"institution": "D", "studyType": "Master", "startDate": "2022-09", "endDate": "2025-01-09"},
        {"institution": "E", "studyType": "Certificate of Completion", "endDate": "2020"},
    ]})  # fmt: skip
    assert [one["school"] for one in found.data["degrees"]] == ["D"]
    assert [one["school"] for one in found.data["studies"]] == ["A", "B", "C", "E"]
    assert "names several degrees" in found.text
    assert "nothing says whether the degree was obtained" in found.text
    assert str(found.data["studies"][2]["expected_end"]) == "2025-01-10"


def test_a_field_of_which_a_part_is_not_understood_is_left_out(imported: Import) -> None:
    found = imported({"basics": BASICS, "education": [{"studyType": "Bachelor", "area": "Basket weaving; Mathematics", "endDate": "2015"}]})
    assert "field" not in found.data["degrees"][0]
    assert "Basket weaving; Mathematics" in found.text


def test_a_faculty_is_no_field(imported: Import) -> None:
    """Masters of Arts in something else: the area says what was studied, and what is not understood of it is left out."""
    found = imported({"basics": BASICS, "education": [
        {"studyType": "Masters of Arts", "area": "Peace and Conflict Resolution", "endDate": "2015"}, {"studyType": "Masters of Arts", "endDate": "2015"},
        {"studyType": "Bachelor of Science in Computer Science", "area": "Mathematics", "endDate": "2015"},
    ]})  # fmt: skip
    assert [one.get("field") for one in found.data["degrees"]] == [None, None, ["mathematics"]]


def test_days_that_are_all_the_first_of_a_month_are_told(imported: Import) -> None:
    """Many a program writes the first for a month; one other day shows that it does not."""
    one = {"basics": BASICS, "work": [{"name": name, "startDate": "2019-06-01", "endDate": "2020-02-01"} for name in "AB"]}
    assert "every day in it is the first of a month" in imported(one).text
    one["work"][0]["startDate"] = "2019-06-02"
    assert "every day in it" not in imported(one).text


def test_wrong_types_cost_their_own_field(imported: Import) -> None:
    """Whatever stands where a text or a list should: the rest is read."""
    for wrong in (5, True, [], {}, [[]], [{}], "x", None, {"a": {"b": 1}}):
        found = imported({
            "basics": {"name": "Ada", "location": wrong, "nationality": wrong, "birthDate": wrong},
            "work": [wrong, {"name": wrong, "position": wrong, "startDate": wrong, "endDate": wrong, "location": wrong}],
            "volunteer": wrong, "education": [{"studyType": wrong, "area": wrong, "institution": wrong}], "languages": [{"language": wrong, "fluency": wrong}],
            "certificates": wrong, "skills": wrong,
        })  # fmt: skip
        assert (found.code, found.data["name"]) == (0, "Ada"), (wrong, found.err)


def test_an_end_before_the_beginning_costs_the_end(imported: Import) -> None:
    found = imported(work(startDate="2021-03", endDate="2020-01"))
    assert "to" not in found.data["experience"][0]
    assert "[E233]" in found.text


def test_a_birth_that_cannot_be_is_left_out(imported: Import) -> None:
    found = imported({"basics": {**BASICS, "birthDate": "2031-01-01"}})
    assert "birth_date" not in found.data
    assert "[E237]" in found.text


# ------------------------------------------------------------------ Europass


def test_today_s_europass(imported: Import) -> None:
    """A `Candidate`: what two elements say of one thing is told apart by their places."""
    found = imported(str(FILES / "candidate.xml"))
    assert found.data["name"] == "Maja Vzorec"
    assert found.data["birth_date"] == "1991-04"
    assert found.data["citizenships"] == ["SI", "HR"]
    assert found.data["degrees"][0] | {"awarded": ""} == {
        "title": "master", "field": ["computer_science"], "level": 7, "in": "SI", "school": "University of Maribor", "awarded": "",
    }  # fmt: skip
    assert found.data["studies"] == [{"level": 8, "school": "University of Primorska", "from": 2022, "to": "ongoing"}]
    assert [one["to"] == "ongoing" for one in found.data["experience"]] == [True, False]
    assert found.data["languages"] == [{"language": "sl", "native": True}, {"language": "en", "listening": "C1", "writing": "B2"}]
    assert "CandidatePerson.GenderCode" in found.err
    assert "sex" not in found.data


def test_europass_of_before_2020(imported: Import) -> None:
    """Codes of countries as Europass has them (UK, EL); a title and a level that contradict each other are both asked."""
    found = imported(str(FILES / "skillspassport.xml"))
    assert found.data["citizenships"] == ["GB", "GR"]
    assert str(found.data["birth_date"]) == "1975-03-01"
    assert found.data["experience"][1]["type"] == "internship"
    doctorate, bachelor = found.data["degrees"]
    assert not {"title", "level"} & set(doctorate)
    assert "do not go together" in found.text
    assert "level" not in bachelor
    assert "another scale" in found.text
    assert "experience" in found.data["incomplete"]


@pytest.mark.parametrize("wrapped", [True, False])
def test_europass_in_json(wrapped: bool, imported: Import) -> None:
    """With or without its outermost mapping; months as numbers or as XML writes them."""
    inner: dict[str, Any] = {"LearnerInfo": {
        "Identification": {"PersonName": {"FirstName": "Ada", "Surname": "Example"}, "Demographics": {
            "Birthdate": {"Year": 1990, "Month": "--06", "Day": "---15"} if wrapped else {"Year": 1990, "Month": 6, "Day": 15}, "Nationality": [{"Code": "NL"}]}},
        "WorkExperience": [{"Period": {"From": {"Year": 2020, "Month": 1}, "Current": True}, "Position": {"Label": "Developer"}, "Employer": {"Name": "Kite"}}],
        "Skills": {"Linguistic": {"MotherTongue": [{"Description": {"Label": "Dutch"}}]}},
    }}  # fmt: skip
    found = imported({"SkillsPassport": inner} if wrapped else inner)
    assert str(found.data["birth_date"]) == "1990-06-15"
    assert found.data["experience"] == [{"title": "Developer", "employer_name": "Kite", "from": "2020-01", "to": "ongoing"}]
    assert found.data["languages"] == [{"language": "nl", "native": True}]


# ------------------------------------------------------------------ LinkedIn

EXPORT = {
    "Profile.csv": "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location\nAda,Example,,,,Analyst,,,,\"Lyon, France\"\n",
    "Positions.csv": "Company Name,Title,Description,Location,Started On,Finished On\nKite Ltd,Analyst,\"Built, and\nmended\",\"Kiel, Germany\",Nov 2022,\nShore,Intern,,,May 2018,Apr 2019\n",
    "Education.csv": "School Name,Start Date,End Date,Notes,Degree Name,Activities\nNorthport,2015,2020,,Master of Arts,\nOnline Academy,Nov 2021,,,,\n",
    "Languages.csv": "Name,Proficiency\nEnglish,Professional working proficiency\nArabic,Native or bilingual proficiency\n",
    "Connections.csv": "Notes:\n\"Some\"\n\nFirst Name,Last Name,URL\nBob,Other,\n",
}


def check_export(found: Any) -> None:
    assert found.data["name"] == "Ada Example"
    assert found.data["domicile"] == "FR"
    assert [(one["title"], one["from"], one["to"]) for one in found.data["experience"]] == [("Analyst", "2022-11", "ongoing"), ("Intern", "2018-05", "2019-04")]
    assert found.data["experience"][0]["in"] == "DE"
    assert "went on on the day of the export" in found.text
    assert found.data["degrees"] == [{"title": "master", "school": "Northport", "awarded": 2020}]
    assert found.data["languages"] == [{"language": "en", "level": {"said": "professional"}}, {"language": "ar", "level": {"said": "native_or_bilingual"}}]
    assert "Connections.csv" in found.err


def test_a_linkedin_export_as_a_folder(imported: Import, folder: Path) -> None:
    (folder / "export").mkdir()
    for name, text in EXPORT.items():
        (folder / "export" / name).write_text(text, "utf-8")
    check_export(imported("export"))


def test_a_linkedin_export_as_an_archive(imported: Import, folder: Path) -> None:
    with zipfile.ZipFile(folder / "export.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in EXPORT.items():
            packed.writestr(f"Basic_LinkedInDataExport/{name}", text)
    check_export(imported("export.zip"))


@pytest.mark.parametrize(("location", "domicile", "told"), [
    ({"city": "Porto"}, None, True), ({"city": "Porto", "countryCode": "PT"}, "PT", False), ("Porto", None, True), ("Porto, Portugal", "PT", False),
    ({"city": "Lebanon", "region": "Ohio"}, None, True),
])  # fmt: skip
def test_a_town_without_its_country_is_told_what_to_write(location: Any, domicile: str | None, told: bool, imported: Import) -> None:
    found = imported({"basics": {"name": "Ada"}, "work": [{"name": "Kite", "location": location}]})
    assert found.data["experience"][0].get("in") == domicile
    assert ("write the country or the region, not the town" in " ".join(found.text.replace("# ", "").split())) == told
    found = imported({"basics": {"name": "Ada", "location": location}})
    assert found.data.get("domicile") == domicile
    assert ("write the country or the region, not the town" in " ".join(found.text.replace("# ", "").split())) == told


IN_FRENCH = {
    "Profil.csv": "Prénom;Nom;Titre du profil;Localisation\nAda;Example;Analyste;Lyon, France\n",
    "Postes.csv": "Nom de l'entreprise;Intitulé du poste;Lieu;Date de début;Date de fin\nKite Ltd;Analyste;Kiel, Allemagne;nov. 2022;\nShore;Stagiaire;;mai 2018;avr. 2019\n",
    "Formation.csv": "Nom de l’école;Date de début;Date de fin;Nom du diplôme\nNorthport;2015;2020;Master 2\n",
    "Langues.csv": "Nom;Niveau\nAnglais;Compétence professionnelle\nArabe;Bilingue ou langue natale\n",
}


def test_an_export_whose_headings_are_french(imported: Import, folder: Path) -> None:
    (folder / "export").mkdir()
    for name, text in IN_FRENCH.items():
        (folder / "export" / name).write_text(text, "utf-8")
    found = imported("export")
    assert (found.data["name"], found.data["domicile"]) == ("Ada Example", "FR")
    assert [(one["title"], one["from"], one["to"]) for one in found.data["experience"]] == [("Analyste", "2022-11", "ongoing"), ("Stagiaire", "2018-05", "2019-04")]
    assert found.data["degrees"] == [{"title": "master", "school": "Northport", "awarded": 2020}]
    assert found.data["languages"] == [{"language": "en", "level": {"said": "professional"}}, {"language": "ar", "level": {"said": "native_or_bilingual"}}]


@pytest.mark.parametrize("headings", ["Nom;Niveau", "Prénom;Nom;Titre du profil;Localisation"])
def test_a_class_is_no_file_of_an_export(headings: str) -> None:
    assert kind_of(headings.encode()) is None
    assert kind_of(headings.encode(), in_export=True) is not None


def test_files_of_an_export_one_by_one(imported: Import, folder: Path) -> None:
    """Several files are of one person; what both say is kept once, what differs is asked."""
    for name in ("Positions.csv", "Education.csv"):
        (folder / name).write_text(EXPORT[name], "utf-8")
    found = imported("Positions.csv", "Education.csv")
    assert {"experience", "degrees"} <= set(found.data)
    again = imported({"basics": {"name": "Ada", "birthDate": "1990"}}, "Positions.csv", "Positions.csv")
    assert (again.data["name"], len(again.data["experience"])) == ("Ada", 2)


def test_files_that_contradict_each_other(imported: Import, folder: Path) -> None:
    (folder / "other.json").write_text('{"basics": {"name": "Ada Example", "birthDate": "1991"}}', "utf-8")
    found = imported({"basics": {"name": "Ada Example", "birthDate": "1990"}}, "other.json")
    assert "birth_date" not in found.data
    assert "the files say 1990 and 1991" in found.text


# ------------------------------------------------------------------ a row of a table

TABLE = "name,birth_date,citizenships\nAda Example,1990-05-17,FR\nBob Other,1991,CA\nBob Other,1992,FR\n"


@pytest.mark.parametrize("row", ["2", "Ada Example", "ada example"])
def test_a_row_of_a_table(row: str, imported: Import, folder: Path) -> None:
    (folder / "people.csv").write_text(TABLE, "utf-8")
    found = imported("people.csv", "--row", row)
    assert (found.data["name"], str(found.data["birth_date"])) == ("Ada Example", "1990-05-17")
    assert found.data["incomplete"] == ["citizenships"]


@pytest.mark.parametrize(("words", "said"), [((), "--row"), (("--row", "9"), "Ada Example"), (("--row", "Bob Other"), "3 or 4"), (("--row", "Carl"), "Bob Other")])
def test_a_row_that_is_not_clear(words: tuple[str, ...], said: str, imported: Import, folder: Path) -> None:
    (folder / "people.csv").write_text(TABLE, "utf-8")
    found = imported("people.csv", *words)
    assert found.code == 2
    assert "[E644]" in found.err
    assert said in found.err


# ------------------------------------------------------------------ the end of it

RULES = """format: 1
id: {id}
title: {{fr: Poste, en: Post}}
dates: {{deadline: {deadline}}}
criteria:
{criteria}
"""


def test_three_questions_come_last_those_first_on_which_most_hangs(imported: Import, folder: Path) -> None:
    """Vacancies that are closed ask nothing while one is open."""
    degree, job, born = "  - {id: degree, kind: degree, level: {at_least: 6}}\n", "  - {id: job, kind: experience, at_least: 1 year}\n", "  - {id: age, kind: age, at_least: 18}\n"
    for name, deadline, criteria in (("one", "2027-01-01", degree + job), ("two", "2027-01-01", job + born), ("shut", "2020-01-01", "  - {id: home, kind: citizenship, of: FR}\n")):
        (folder / "rules" / f"{name}.yaml").write_text(RULES.format(id=name, deadline=deadline, criteria=criteria), "utf-8")
    found = imported({"basics": BASICS})
    lines = [line for line in found.err.splitlines() if line[:3] in ("1. ", "2. ", "3. ")]
    assert len(lines) == 3
    assert lines[0].startswith("1. Which jobs have you held")
    assert found.err.count("2 of the 2") == 1
    assert "citizenships" not in found.err


def test_two_commands_from_a_cv_to_an_answer(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "rules" / "one.yaml").write_text(RULES.format(id="one", deadline="2027-01-01", criteria="  - {id: french, kind: language, of: fr, level: {at_least: B2}}\n"), "utf-8")
    (folder / "cv.json").write_text('{"basics": {"name": "Ada"}, "languages": [{"language": "French", "fluency": "Native"}]}', "utf-8")
    assert run(["import", "cv.json", "-o", "me.yaml", "--on", "2025-01-10"]) == 0
    assert "Next, see what you may apply for: eligibility check me.yaml --on 2025-01-10" in capsys.readouterr().err
    assert run(["check", "me.yaml", "--on", "2025-01-10"]) == 0
    assert "LIKELY ELIGIBLE (1)" in capsys.readouterr().out


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_is_said_fits_a_narrow_terminal(language: str, imported: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    found = imported({**work(startDate="2021", position="Analyst"), "skills": [{"name": "x"}], "interests": [{"name": "y"}]}, "--lang", language)
    assert all(len(line) <= 40 for line in found.err.splitlines())
    assert all(len(line) <= 100 for line in found.text.splitlines() if line.lstrip().startswith("#"))


@pytest.mark.parametrize("name", ["2018", "no", "NO", "null", "1e5", "~", "# x", "a: b", "'", '"', "- a", "{a}", "[b]", "&a", "*a", "!a", "%a", "@a", "`a", "0x1f", "1_000", "12:30", "80%", "é", "李", "2019-01-01", "true", "=", "<<", "?", "a #b", "a\\b"])
def test_a_name_stays_what_it_is(name: str, imported: Import) -> None:
    """Whatever YAML would make of it."""
    found = imported({"basics": {"name": name}, "work": [{"name": name, "position": name, "startDate": "2020"}], "volunteer": [{"organization": name}], "education": [{"institution": name}]})
    assert found.data["name"] == name
    assert (found.data["experience"][0]["employer_name"], found.data["experience"][0]["title"]) == (name, name)
    assert found.data["volunteering"][0]["organisation"] == name
    assert found.data["studies"][0]["school"] == name
