"""Words that people write are taken for what they can only mean, asked about where they can mean two things, and never guessed."""

from __future__ import annotations

import json
import re

import pytest

from eligibility.dates import parse_days
from eligibility.loading.files import Source
from eligibility.loading.models import profile_in, read_profile
from eligibility.loading.understood import Sort, is_nothing, understand
from eligibility.loading.understood.words import LANGUAGES, data_of
from eligibility.loading.yaml_reader import read_yaml
from eligibility.reference import load_reference
from eligibility.reference.spelling import fold

REFERENCE = load_reference()
SORTS = {
    "ongoing": Sort.END, "yes": Sort.YES_NO, "no": Sort.YES_NO, "countries": Sort.COUNTRY, "several_countries": Sort.COUNTRY,
    "nationalities": Sort.COUNTRY, "fluency": Sort.LEVEL, "degrees": Sort.DEGREE, "employers": Sort.EMPLOYER, "employer_names": Sort.EMPLOYER,
    "working_time": Sort.WORKING_TIME, "fields": Sort.FIELD,
}  # fmt: skip
"""The sections whose words stand alone, and where."""
BESIDE = {
    "keys", "keys_of_words", "name_parts", "months", "weekdays", "terms", "none", "and", "of", "citizen", "compound", "level", "faculties", "unfinished", "no_degrees", "other_employers",
    "a_week", "hours", "in_all", "fte", "doubt", "not_applicable", "skills", "two", "either", "capitals", "medicine", "undergraduate", "several_languages", "driving", "either_permit", "lengths", "numbers", "for_length", "up_to", "currencies",
}  # fmt: skip
"""The sections whose words stand beside others."""


def meanings_of(language: str, section: str) -> dict[str, list[str]]:
    words = data_of(language).get(section, {})
    return words if isinstance(words, dict) else {"": words}


SURE = {
    (Sort.COUNTRY, "marocaine"): "MA",
    (Sort.COUNTRY, "Moroccan"): "MA",
    (Sort.COUNTRY, "British"): "GB",
    (Sort.COUNTRY, "Marokkanerin"): "MA",
    (Sort.COUNTRY, "Bosnia and Herzegovina"): "BA",
    (Sort.COUNTRY, "Bosnien und Herzegowina"): "BA",
    (Sort.COUNTRY, "Hong Kong"): "HK",
    (Sort.COUNTRY, "US Citizen"): "US",
    (Sort.COUNTRY, "FRA"): "FR",
    (Sort.COUNTRY, "Reino Unido"): "GB",
    (Sort.COUNTRY, "Kiel, Germany"): "DE",
    (Sort.COUNTRIES, "canadienne, française"): ["CA", "FR"],
    (Sort.COUNTRIES, "franco-marocaine"): ["FR", "MA"],
    (Sort.COUNTRIES, "Trinidad and Tobago"): ["TT"],
    (Sort.COUNTRIES, "double nationalité française et marocaine"): ["FR", "MA"],
    (Sort.COUNTRIES, "xyz, FR"): ["xyz", "FR"],
    (Sort.DATE, "14 March 1998"): "1998-03-14",
    (Sort.DATE, "March 14th, 1998"): "1998-03-14",
    (Sort.DATE, "1er mars 2020"): "2020-03-01",
    (Sort.DATE, "août 2019"): "2019-08",
    (Sort.DATE, "Mar 2022"): "2022-03",
    (Sort.DATE, "mar. 5 août 2019"): "2019-08-05",
    (Sort.DATE, "Montag, 5. August 2019"): "2019-08-05",
    (Sort.DATE, "5 de agosto de 2019"): "2019-08-05",
    (Sort.DATE, "09/2020"): "2020-09",
    (Sort.DATE, "2020-9-1"): "2020-09-01",
    (Sort.DATE, "1968-06-24 00:00:00"): "1968-06-24",
    (Sort.DATE, "2019 --06 ---15"): "2019-06-15",
    (Sort.DATE, "13/03/1998"): "1998-03-13",
    (Sort.DATE, "04/04/1999"): "1999-04-04",
    (Sort.END, "en cours"): "ongoing",
    (Sort.END, "Present (9 months)"): "ongoing",
    (Sort.END, "heute"): "ongoing",
    (Sort.LANGUAGE, "anglais"): "en",
    (Sort.LANGUAGE, "Französisch"): "fr",
    (Sort.LEVEL, "Native speaker"): {"native": True},
    (Sort.LEVEL, "Professional working proficiency"): {"level": {"said": "professional"}},
    (Sort.LEVEL, "courant (C1)"): {"level": "C1"},
    (Sort.LEVEL, "IELTS 7,5"): {"tests": [{"test": "ielts", "score": 7.5}]},
    (Sort.LEVEL, "C1 (IELTS 7.5 Feb 2023)"): {"level": "C1", "tests": [{"test": "ielts", "score": 7.5, "taken": "2023-02"}]},
    (Sort.LANGUAGES, "FR (natif), EN C1"): [{"language": "fr", "native": True}, {"language": "en", "level": "C1"}],
    (Sort.LANGUAGES, "Native French, fluent English"): [
        {"language": "fr", "native": True},
        {"language": "en", "level": {"said": "fluent"}},
    ],
    (Sort.LANGUAGES, "français et anglais"): [{"language": "fr"}, {"language": "en"}],
    (Sort.DEGREE, "Master 2 IA"): {"title": "master", "field": ["artificial_intelligence"]},
    (Sort.DEGREE, "Maîtrise en droit"): {"title": "maitrise", "field": ["law"]},
    (Sort.DEGREE, "Master sciences politiques"): {"title": "master", "field": ["political_science"]},
    (Sort.DEGREE, "Bachelor of Science in Computer Science"): {"title": "bachelor", "field": ["computer_science"]},
    (Sort.DEGREE, "BCA - Bachelor of Computer Application"): {"title": "bachelor"},
    (Sort.DEGREE, "bac +5"): {"level": 7},
    (Sort.EMPLOYER, "ONG Oxfam"): {"employer": "ngo", "employer_name": "Oxfam"},
    (Sort.EMPLOYER, "Université Laval"): {"employer": "university", "employer_name": "Université Laval"},
    (Sort.EMPLOYER, "mairie"): {"employer": "local_administration"},
    (Sort.WORKING_TIME, "15 h/sem"): {"hours_per_week": 15},
    (Sort.WORKING_TIME, "mi-temps"): {"rate": "50%"},
    (Sort.WORKING_TIME, "80 %"): {"rate": "80%"},
    (Sort.WORKING_TIME, "0,8 ETP"): {"rate": "80%"},
    (Sort.WORKING_TIME, "1 607 h"): {"hours": 1607},
    (Sort.WORKING_TIME, "120 h en tout"): {"hours": 120},
    (Sort.YES_NO, "Oui"): True,
    (Sort.YES_NO, "nein"): False,
}


@pytest.mark.parametrize(("sort", "text"), SURE)
def test_what_can_mean_one_thing_only_is_taken(sort: Sort, text: str) -> None:
    found = understand(text, sort)
    assert found.value == SURE[sort, text]
    assert found.readings == ()


SEVERAL = {
    (Sort.COUNTRY, "Congo"): ("CG", "CD"),
    (Sort.COUNTRY, "Korean"): ("KR", "KP"),
    (Sort.COUNTRY, "Georgia"): ("GE", "US"),
    (Sort.COUNTRY, "Granada"): ("GD", "ES"),
    (Sort.COUNTRIES, "Korean, French"): (["KR", "FR"], ["KP", "FR"]),
    (Sort.DATE, "03/04/1999"): ("1999-04-03", "1999-03-04"),
    (Sort.DATE, "juin-97"): ("2097-06", "1997-06"),
    (Sort.COUNTRIES, "Irish-American"): (["US"], ["IE", "US"]),
    (Sort.LANGUAGE, "SE"): ("se", "sv"),
    (Sort.DEGREE, "MA (Hons)"): ({"title": "bachelor"}, {"title": "master"}),
    (Sort.WORKING_TIME, "full time (50%)"): ({"full_time": True}, {"rate": "50%"}),
    (Sort.DATE, "2009/10"): ("2009-10", "2010"),
    (Sort.LEVEL, "B2/C1"): ({"level": "B2"}, {"level": "C1"}),
    (Sort.DEGREE, "Diplom"): ({"level": 6}, {"level": 7}),
    (Sort.WORKING_TIME, "35h"): ({"hours_per_week": 35}, {"hours": 35}),
    (Sort.WORKING_TIME, "15-20 h/sem"): ({"hours_per_week": 15}, {"hours_per_week": 20}),
}


@pytest.mark.parametrize(("sort", "text"), SEVERAL)
def test_what_can_mean_two_things_is_asked_about(sort: Sort, text: str) -> None:
    found = understand(text, sort)
    assert found.value is None
    assert found.readings == SEVERAL[sort, text]


@pytest.mark.parametrize(
    ("sort", "text"),
    [
        (Sort.COUNTRY, "Lisboa"), (Sort.COUNTRY, "Québec City"), (Sort.COUNTRY, "Eligible NonCitizen"), (Sort.COUNTRY, "Springfield, CA"),
        (Sort.DATE, "29 February 1997"), (Sort.DATE, "2024-09-31"), (Sort.DATE, "--06"), (Sort.DATE, "2019-2020"), (Sort.DATE, "9999-99"),
        (Sort.DATE, "jui 2020"), (Sort.DATE, "43831"), (Sort.DATE, "2020-01-01T00:00:00+02:00"), (Sort.END, "Dec"),
        (Sort.LEVEL, "Foreign language"), (Sort.DEGREE, "Visiting Scholar"), (Sort.DEGREE, "Certificate of Completion"),
        (Sort.DEGREE, "BA Philosophy, BS Mathematics"), (Sort.DEGREE, "Bachelor of Arts (incomplete)"), (Sort.DEGREE, "Licence de pilote"),
        (Sort.EMPLOYER, "SAP"), (Sort.EMPLOYER, "University Hospital Zürich"), (Sort.EMPLOYER, "Oxford University Press"),
        (Sort.COUNTRY, "France, Germany"), (Sort.COUNTRY, "Virgin Islands, British"), (Sort.COUNTRY, "Guiana, French"), (Sort.COUNTRY, "no"),
        (Sort.COUNTRY, "dual French"), (Sort.COUNTRIES, "double nationalité française"), (Sort.COUNTRIES, "French, Belgian or Swiss"),
        (Sort.DATE, "mai 19"), (Sort.DATE, "2019 -"), (Sort.DATE, "- 2019"), (Sort.DATE, "2019.1"), (Sort.END, "current (until June 2024)"),
        (Sort.LANGUAGE, "FR-EN"), (Sort.LANGUAGE, "NO"), (Sort.LEVEL, "C2-"), (Sort.LEVEL, "reading C1"), (Sort.LEVEL, "C1 oral, B2 written"),
        (Sort.LANGUAGES, "no"), (Sort.LANGUAGES, "English or French"), (Sort.LANGUAGES, "ancient Greek"), (Sort.LANGUAGES, "Sign language"),
        (Sort.DEGREE, "Master I"), (Sort.DEGREE, "licence 2"), (Sort.DEGREE, "Master 2027"), (Sort.DEGREE, "BSc & MSc"),
        (Sort.DEGREE, "Master's thesis"), (Sort.DEGREE, "MS Office"), (Sort.DEGREE, "Maîtrise de l'anglais"), (Sort.DEGREE, "level 7"), (Sort.DEGREE, "Bachelor (EQF 7)"),
        (Sort.EMPLOYER, "who"), (Sort.EMPLOYER, "University Ltd"), (Sort.EMPLOYER, "freelance for UNICEF"),
        (Sort.WORKING_TIME, "5/12"), (Sort.WORKING_TIME, "50/80"), (Sort.WORKING_TIME, "20+ h/week"), (Sort.WORKING_TIME, "50% (until 2019)"),
        (Sort.WORKING_TIME, "0,8"), (Sort.WORKING_TIME, "120%"), (Sort.YES_NO, "maybe"),
    ],
)  # fmt: skip
def test_what_nothing_can_tell_is_never_guessed(sort: Sort, text: str) -> None:
    found = understand(text, sort)
    assert (found.value, found.readings) == (None, ())


def test_every_section_of_a_language_has_its_place() -> None:
    for language in LANGUAGES:
        assert set(data_of(language)) - {"language", "sources"} <= SORTS.keys() | BESIDE


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", SORTS)
def test_every_word_of_every_language_is_understood_where_it_may_stand(language: str, section: str) -> None:
    for meaning, words in meanings_of(language, section).items():
        for word in words:
            found = understand(word, SORTS[section])
            several = meaning.split(",")
            assert len(found.readings) if len(several) > 1 else found.value is not None, (word, found)
            if section in ("countries", "nationalities"):
                assert found.value == meaning or found.readings == tuple(several), (word, found)
            if section == "nationalities" and len(several) == 1:
                assert understand(f"{word}, suédois", Sort.COUNTRIES).value == list(dict.fromkeys([meaning, "SE"])), word


@pytest.mark.parametrize("section", [*SORTS, "compound"])
def test_no_word_means_something_else_in_another_language_without_saying_so(section: str) -> None:
    known: dict[str, set[frozenset[str]]] = {}
    for language in LANGUAGES:
        for meaning, words in meanings_of(language, section).items():
            for word in words:
                known.setdefault(fold(word), set()).add(frozenset(meaning.split(",")))
    assert {word: several for word, several in known.items() if len(several) > 1} == {}


def test_no_word_says_both_yes_and_no() -> None:
    yes, no = ({fold(word) for language in LANGUAGES for word in data_of(language)[answer]} for answer in ("yes", "no"))
    assert not yes & no


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_meaning_is_known_to_the_reference_data(language: str) -> None:
    codes = {
        code
        for section in ("countries", "several_countries", "nationalities", "compound")
        for one in meanings_of(language, section)
        for code in one.split(",")
    }
    assert all(map(REFERENCE.is_place, codes))
    terms = {one.removeprefix("said:") for one in meanings_of(language, "fluency") if one != "native"}
    assert terms <= set(REFERENCE.said_terms())
    titles = {one for several in meanings_of(language, "degrees") for one in several.split(",")}
    assert all(re.fullmatch("level:[1-8]", one) or REFERENCE.is_term("titles", one) for one in titles)
    assert all(
        REFERENCE.is_in_tree("employer", one) for section in ("employers", "employer_names") for one in meanings_of(language, section)
    )
    assert all(REFERENCE.is_in_tree("field", one) for one in meanings_of(language, "fields"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_of_a_month_is_a_date_with_a_year(language: str) -> None:
    for number, names in enumerate(data_of(language)["months"], 1):
        for name in names:
            assert understand(f"{name} 2019", Sort.DATE).value == f"2019-{number:02}"
            assert understand(f"5 {name}. 2019", Sort.DATE).value == f"2019-{number:02}-05"


def test_every_country_and_language_is_understood_by_every_name_it_has() -> None:
    from eligibility.loading.understood.words import meanings

    for code in REFERENCE.places():
        for language in ("en", "fr"):
            name = REFERENCE.label("place", code, language)
            assert understand(code, Sort.COUNTRY).value == code
            assert understand(name, Sort.COUNTRY).value == code or fold(name) in meanings("several_countries"), name
    for code in REFERENCE.languages():
        for language in ("en", "fr"):
            assert understand(REFERENCE.label("language", code, language), Sort.LANGUAGE).value is not None


def test_every_date_that_is_taken_is_one_of_a_profile() -> None:
    for (sort, _), value in SURE.items():
        if sort is Sort.DATE:
            parse_days(value)


def test_words_for_none_are_known_in_every_language() -> None:
    assert all(map(is_nothing, ("none", "Aucune", "keine", "ninguno", "-", "n/a")))
    assert not any(map(is_nothing, ("Norwegian", "", "one")))


def test_no_code_of_a_country_or_a_language_is_taken_for_none() -> None:
    codes = [*REFERENCE.places(), *REFERENCE.languages()]
    assert not [code for code in codes if len(code) == 2 and is_nothing(code)]


SAID_OF = {
    Sort.COUNTRY: "Moroccan", Sort.COUNTRIES: "Moroccan", Sort.DATE: "12 March 2019", Sort.END: "12 March 2019", Sort.LANGUAGE: "English",
    Sort.LEVEL: "B2", Sort.LANGUAGES: "English", Sort.EMPLOYER: "NGO", Sort.WORKING_TIME: "80%", Sort.YES_NO: "yes",
}  # fmt: skip
"""Of each sort something that is surely understood."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sort", SAID_OF)
def test_a_word_of_doubt_beside_what_is_understood_leaves_it_open(language: str, sort: Sort) -> None:
    """Not so, not now, not surely, not of this person: nothing of it is ever taken, before or behind, in parentheses or not."""
    said = SAID_OF[sort]
    assert understand(said, sort).value is not None
    for word in data_of(language)["doubt"]:
        for text in (f"{word} {said}", f"{said} {word}", f"{said} ({word})", f"{said}, {word}", f"{said} – {word}", f"{word}: {said}"):
            found = understand(text, sort)
            sure = isinstance(found.value, list) and f"{said}, {word}" == text and found.left  # a list with a part that is left and told
            sure = sure or (sort is Sort.COUNTRIES and found.left)
            assert found.value is None or sure, (text, found)
    assert understand(f"{said}?", sort).value is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_of_what_is_not_finished_beside_a_degree_leaves_it_open(language: str) -> None:
    for title in ("Master", "BSc", "licence", "doctorat", "Master of Science in Physics"):
        for word in data_of(language)["unfinished"]:
            for text in (f"{title} {word}", f"{title} ({word})", f"{title}, {word}", f"{title} - {word}"):
                assert understand(text, Sort.DEGREE).value is None, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_skill_beside_a_level_is_not_the_level_of_all(language: str) -> None:
    for word in data_of(language)["skills"]:
        for text in (f"C1 {word}", f"C1 ({word})", f"{word}: C1", f"C1 ({word}), B2"):
            assert understand(text, Sort.LEVEL).value is None, text
            assert not any("level" in one for one in understand(f"English {text}", Sort.LANGUAGES).value or ()), text


@pytest.mark.parametrize("key", sorted(key for language in LANGUAGES for words in data_of(language)["keys"].values() for key in words))
def test_what_is_wrong_under_a_key_in_other_words_is_told_where_it_stands(key: str) -> None:
    """`place: Lisboa` is read as `in`; that nobody knows the town is told at the town."""
    lists = ("citizenships", "residences", "experience", "degrees", "studies", "languages")
    texts = [f"{name}:\n- {json.dumps(key)}: Xyzzyqq\n" for name in lists]
    for text in (*texts, f"{json.dumps(key)}: Xyzzyqq\n"):
        for one in profile_in(read_yaml(Source("me.yaml", text.encode())), REFERENCE).diagnostics:
            if one.params.get("word") == "Xyzzyqq" or one.params.get("value") == "Xyzzyqq":
                line = text.splitlines()[one.place.line - 1]
                assert line[one.place.column - 1 : one.place.end_column - 1] == "Xyzzyqq", (text, one)


@pytest.mark.parametrize("text", [
    "WS 2018", "WS 2018/19", "SS 2019/20", "WiSe 2019/20", "SoSe 2020", "Wintersemester 2018/19", "Fall 2018", "fall term 2018", "printemps 2019",
    "été 2020", "Herbst 2019", "otoño 2021",
])  # fmt: skip
def test_a_term_or_a_season_is_no_date_and_says_what_to_write(text: str) -> None:
    """Which months it is differs from place to place: nothing is guessed, in files and in tables."""
    assert understand(text, Sort.DATE) == understand(text, Sort.END)
    assert (understand(text, Sort.DATE).value, understand(text, Sort.DATE).note) == (None, "term")
    told = read_profile({"studies": [{"level": 6, "from": text}]}, REFERENCE)[1]
    assert [(one.code, one.params.get("form")) for one in told] == [("E106", "term")]


@pytest.mark.parametrize("text", ["2018", "October 2018", "mar. 2019", "Sommer", "winter"])
def test_what_is_no_term(text: str) -> None:
    """A month is one, whatever season it is in; a season without a year is nothing."""
    assert understand(text, Sort.DATE).note != "term"
