"""What looks like a condition in a notice, where it stands, and what the plain ones say in figures."""

from __future__ import annotations

from typing import Any

import pytest

from eligibility.notices.days import Days
from eligibility.notices.figures import proposed
from eligibility.notices.find import conditions
from eligibility.notices.notice import read_notice
from eligibility.notices.passages import Passage, passages_of
from eligibility.notices.patterns import Patterns, languages_of
from tests.notices.invented import GARDENERS, HARBOUR, RIVERS, TWO_POSTS


def found(text: str) -> dict[int, str]:
    """The first word of what each condition is about, by its line."""
    return {one.line: next(iter(one.about), "") for one in conditions(text)}


def of(sentence: str, heading: str = "Requirements") -> Any:
    """The criterion proposed for the one condition of a notice in English or French."""
    text = f"{heading}\n\n{'The candidates of the notice are told that' if heading == 'Requirements' else 'Les candidats sont avertis de la suite'}.\n\n- {sentence}\n"
    [one] = [one for one in conditions(text) if one.line == 5]
    return proposed(one, Patterns(languages_of(text)))


def test_every_condition_of_an_english_notice_is_found_and_no_task() -> None:
    assert found(HARBOUR) == {
        6: "deadline", 19: "day", 20: "citizenship", 21: "age", 22: "public_service", 23: "degree", 25: "experience", 26: "language",
        30: "language", 31: "experience", 32: "experience", 35: "exclusion", 36: "exclusion",
    }  # fmt: skip


def test_every_condition_of_a_page_in_markdown_is_found_and_no_benefit() -> None:
    lines = found(GARDENERS)
    assert set(lines) == {3, 7, 8, 9, 10, 11, 12, 23, 24, 28, 29}
    assert [one.line for one in conditions(GARDENERS) if one.asset] == [23, 24]


def test_every_condition_of_a_french_competition_is_found() -> None:
    assert set(found(RIVERS)) == {6, 7, 8, 9, 10, 11, 17, 20, 21}


def test_a_sentence_over_two_lines_is_one_condition() -> None:
    [degree] = [one for one in conditions(HARBOUR) if one.about == ("degree",)]
    assert (degree.line, degree.last) == (23, 24)
    assert degree.text.endswith("or a related field;")


def test_line_ends_do_not_matter() -> None:
    assert conditions(HARBOUR.replace("\n", "\r\n")) == conditions(HARBOUR) == conditions("\ufeff" + HARBOUR.replace("\n", "\r"))


@pytest.mark.parametrize(
    ("sentence", "criterion"),
    [
        ("Be between 21 and 45 years of age.", {"kind": "age", "at_least": 21, "at_most": 45}),
        ("Be under 30 years of age.", {"kind": "age", "less_than": 30}),
        ("Maximum age 32.", {"kind": "age", "at_most": 32}),
        ("Be under 30 years of age on 31 March 2027.", {"kind": "age", "less_than": 30, "as_of": "2027-03-31"}),
        ("Maximum age 32 as at 1 January 2027.", {"kind": "age", "at_most": 32, "as_of": "2027-01-01"}),
        ("Be under 30 years of age; apply before 31 March 2027.", {"kind": "age", "less_than": 30}),
        ("Be under 30 years of age on 31 March 2027, or born after 1 April 1997.", {"kind": "age", "less_than": 30}),
        ("Be at least eighteen years old.", {"kind": "age", "at_least": 18}),
        ("At least five (5) years of relevant professional experience.", {"kind": "experience", "at_least": "5 years"}),
        ("18 months of experience in a kitchen.", {"kind": "experience", "at_least": "18 months"}),
        ("Be a citizen of Kenya or Uganda.", {"kind": "citizenship", "of": ["KE", "UG"]}),
        ("Be a national of an EU Member State.", {"kind": "citizenship", "of": ["EU"]}),
        ("A PhD or a master's degree in botany.", {"kind": "degree", "level": {"at_least": 7}}),
        ("Excellent command of Spanish.", {"kind": "language", "of": "es", "level": {"at_least": "C1"}}),
        ("English or French at level B2.", {"kind": "language", "of": ["en", "fr"], "level": {"at_least": "B2"}}),
    ],
)
def test_what_is_said_plainly_in_english_is_proposed(sentence: str, criterion: Any) -> None:
    assert of(sentence) == criterion


@pytest.mark.parametrize(
    ("sentence", "criterion"),
    [
        ("Avoir entre 18 et 30 ans.", {"kind": "age", "at_least": 18, "at_most": 30}),
        ("Être âgé de moins de 26 ans.", {"kind": "age", "less_than": 26}),
        ("Être âgé de moins de 26 ans au 31 mars 2027.", {"kind": "age", "less_than": 26, "as_of": "2027-03-31"}),
        ("Être âgé de moins de 26 ans jusqu'au 31 mars 2027.", {"kind": "age", "less_than": 26}),
        ("Être âgé de moins de 26 ans au plus tard le 31 mars 2027.", {"kind": "age", "less_than": 26}),
        ("Être majeur.", {"kind": "age", "at_least": 18}),
        ("Justifier d'au moins cinq ans d'expérience professionnelle.", {"kind": "experience", "at_least": "5 years"}),
        ("Expérience d'au moins 6 mois dans une ferme.", {"kind": "experience", "at_least": "6 months"}),
        ("Être de nationalité sénégalaise.", {"kind": "citizenship", "of": ["SN"]}),
        ("Être titulaire d'un doctorat ou d'un master en géologie.", {"kind": "degree", "level": {"at_least": 7}}),
        ("Bonne connaissance de l'espagnol.", {"kind": "language", "of": "es", "level": {"at_least": "B2"}}),
    ],
)
def test_what_is_said_plainly_in_french_is_proposed(sentence: str, criterion: Any) -> None:
    assert of(sentence, "Conditions") == criterion


@pytest.mark.parametrize(
    "sentence",
    [
        "Five years of experience, or three years of experience with a master's degree.",
        "A master's degree or at least five years of experience.",
        "No more than two years of experience.",
        "If you are a citizen of Kenya, five years of experience.",
        "Be enrolled in a master's programme.",
        "Knowledge of Norwegian would be an asset; fluent English.",
        "A diploma of secondary school.",
        "Citizens of Atlantis.",
    ],
)
def test_what_says_more_than_one_thing_is_left_to_the_author(sentence: str) -> None:
    assert of(sentence) is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Keeper of records\n\nDuties\n- Keep the records.\n", "Keeper of records"),
        ("# Keeper of records\n\n## Duties\n\nKeep the records.\n", "Keeper of records"),
        ("The board\n\nJob title: Keeper of records\n", "Keeper of records"),
        ("The board\nPosition: Keeper of records\nRequirements\n- Be eighteen.\n", "Keeper of records"),
    ],
)
def test_what_the_notice_calls_the_post(text: str, title: str) -> None:
    assert read_notice(text).title == title


def test_an_age_on_the_closing_date_is_an_age() -> None:
    [one] = conditions("Requirements\n\n- Be at least 18 years old on the closing date.\n")
    assert one.about == ("age", "day")


def days(line: str) -> Days:
    first = (
        "Un avis pour tous et pour toutes dans le pays" if line.startswith(("Date ", "Les ")) else "The notice of the board for all of us"
    )
    return read_notice(f"{first}\n\n{line}\n").posts[0].days


@pytest.mark.parametrize(
    ("line", "closings", "zone"),
    [
        ("Deadline: 12 March 2027, 17:00 (Brussels time)", ["2027-03-12T17:00"], "Europe/Brussels"),
        ("Closing date: 2027-03-12, 5 pm Nairobi time", ["2027-03-12T17:00"], "Africa/Nairobi"),
        ("Closing date: March 12, 2027", ["2027-03-12"], None),
        ("Apply no later than 12 March 2027 at noon UTC", ["2027-03-12T12:00"], "UTC"),
        ("Closing date: 12 March 2027, midnight", ["2027-03-12", "2027-03-11"], None),
        ("Applications are to be sent before 12 March 2027", ["2027-03-11", "2027-03-12"], None),
        ("Closing date: 03/04/2027", ["2027-04-03", "2027-03-04"], None),
        (
            "Date limite de dépôt des candidatures pour le poste et la mission : 03/04/2027 à 12 h 30, heure de Paris",
            ["2027-04-03T12:30"],
            "Europe/Paris",
        ),
        ("Les dossiers de candidature sont à envoyer au plus tard le 1er mai 2027", ["2027-05-01"], None),
        ("Deadline: 30 February 2027", [], None),
        ("Deadline: soon", [], None),
    ],
)
def test_the_deadline_with_its_hour_and_zone(line: str, closings: list[str], zone: str | None) -> None:
    found = days(line)
    assert ([one.at for one in found.closings], found.zone) == (closings, zone)


def test_the_first_and_the_last_day() -> None:
    found = days("Dates du stage pour tous les candidats : du 15 janvier au 12 juillet 2027")
    assert (found.start, found.end) == ("2027-01-15", "2027-07-12")
    assert days("Start date of the contract: 1 September 2027").start == "2027-09-01"


def test_each_post_of_a_notice_has_what_is_said_of_it_and_of_all() -> None:
    librarian, driver = read_notice(TWO_POSTS).posts
    assert [one.line for one in librarian.findings] == [3, 4, 9, 10, 20]
    assert [one.line for one in driver.findings] == [3, 4, 15, 16, 20]
    assert [one.at for one in driver.days.closings] == ["2027-06-30"]


def test_annexes_without_conditions_are_no_posts() -> None:
    text = TWO_POSTS.replace(
        "POST 2 - DRIVER\n\nRequirements:\n- driving licence\n- between 21 and 45 years of age\n", "POST 2 - see the other notice\n"
    )
    assert len(read_notice(text).posts) == 1


def test_no_passage_is_longer_than_a_page_and_all_are_there() -> None:
    text = "word " * 10_000
    passages = passages_of(text)
    assert all(isinstance(one, Passage) and len(one.text) <= 1_500 for one in passages)
    assert " ".join(one.text for one in passages).split() == text.split()
