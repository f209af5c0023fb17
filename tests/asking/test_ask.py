"""`eligibility ask` as people use it: what is asked, what becomes of an answer, how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).parent.parent.parent
RULES = ROOT / "rules"
POST = """
id: post
title: {en: A post, fr: Un poste}
dates: {deadline: 2030-06-30}
criteria:
  - {id: adult, kind: age, at_least: 18}
  - {id: work, kind: experience, at_least: 2 years}
  - {id: rights, kind: declared, fact: full_rights, question: {en: "Do you enjoy your rights?", fr: "Jouissez-vous de vos droits ?"}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "post.yaml").write_text(POST, "utf-8")
    return tmp_path


def ask(folder: Path, answers: str, *options: str, lang: str = "en", columns: int = 80) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": str(columns), "ELIGIBILITY_LANG": lang, "PYTHONUTF8": "1"}
    words = [sys.executable, "-m", "eligibility", "ask", "me.yaml", "--on", "2030-01-15", *options]
    done = subprocess.run(words, cwd=folder, input=answers, env=environment, capture_output=True, encoding="utf-8", timeout=120, check=False)
    done.stderr = done.stderr.replace("\u00a0", " ")
    return done


def written(folder: Path) -> str:
    return (folder / "me.yaml").read_text("utf-8")


def test_from_nothing_to_an_outcome(folder: Path) -> None:
    """A file that is not there yet, answers in words, and the summary when nothing is left to settle."""
    done = ask(folder, "yes\n1 September 2018\nongoing\nyes\n14 March 1998\nfull time\n")
    assert done.returncode == 0, done.stderr
    assert "LIKELY ELIGIBLE (1)" in done.stdout
    assert "No further answer can settle" in done.stderr
    assert written(folder) == (
        "experience:\n  - {from: 2018-09-01, to: ongoing, full_time: true}\nincomplete: [experience]\n"
        "facts: {full_rights: true}\nbirth_date: 1998-03-14\n"
    )


HEIGHT = """
id: post
title: {en: A post, fr: Un poste}
dates: {deadline: 2030-06-30}
criteria:
  - {id: height, kind: declared, fact: height_cm, at_least: 160, label: {en: Height in centimetres, fr: Taille en centimètres}}
  - {id: words, kind: declared, fact: words_per_minute, at_least: 40, question: {en: "How many words a minute?", fr: "Combien de mots par minute ?"}}
"""


def test_a_fact_that_is_a_number_is_asked_as_one(folder: Path) -> None:
    """Yes is no answer to how much; a number is, with a decimal comma, too."""
    (folder / "rules" / "post.yaml").write_text(HEIGHT, "utf-8")
    done = ask(folder, "yes\n172\n42,5\n")
    assert done.returncode == 0, done.stderr
    assert "How much is this: Height in centimetres? (a number)" in done.stderr
    assert "Write a number." in done.stderr
    assert written(folder) == "facts: {height_cm: 172, words_per_minute: 42.5}\n"
    (folder / "me.yaml").write_text("facts: {height_cm: true}\n", "utf-8")
    listed = json.loads(ask(folder, "", "--list", "--format", "json").stdout)
    assert {one["path"]: one["answer"] for one in listed["questions"]} == {"facts.height_cm": "number", "facts.words_per_minute": "number"}


def test_it_says_why_and_what_an_answer_may_settle(folder: Path) -> None:
    """Who asks, for which criterion, and whether one answer decides."""
    done = ask(folder, "stop\n")
    text = " ".join(done.stderr.split())
    assert "1. Have you ever had a job or an internship? (yes, no) It may settle one outcome. Asked for by: - A post: work experience (may settle it)" in text
    assert "To go on: eligibility ask me.yaml --on 2030-01-15" in text
    assert not (folder / "me.yaml").exists()  # nothing was answered


def test_the_questions_are_in_the_language_of_the_person(folder: Path) -> None:
    """French answers, too."""
    done = ask(folder, "oui\nsept. 2018\nen cours\noui\nle 14 mars 1998\ntemps plein\n", lang="fr")
    assert done.returncode == 0, done.stderr
    assert "Avez-vous déjà eu un emploi ou un stage ?" in done.stderr
    assert "Jouissez-vous de vos droits ?" in done.stderr
    assert "full_time: true" in written(folder)


def test_a_no_ends_it_at_once(folder: Path) -> None:
    """One criterion that is not met settles the outcome: nothing more is asked."""
    done = ask(folder, "no\n")
    assert "NOT ELIGIBLE (1)" in done.stdout
    assert written(folder) == "experience: []\n"
    assert done.stderr.count("\n2. ") == 0


def test_every_answer_is_written_at_once_and_taken_back(folder: Path) -> None:
    """Back gives the very bytes that were there; comments stay."""
    (folder / "me.yaml").write_text("# mine\nname: Ana  # me\n", "utf-8")
    done = ask(folder, "yes\n2018-09\n<\n<\nstop\n")
    assert written(folder) == "# mine\nname: Ana  # me\n"
    assert done.stderr.count("1. Have you ever had a job") == 2
    ask(folder, "yes\n2018-09\nstop\n")
    assert written(folder) == "# mine\nname: Ana  # me\nexperience:\n  - {from: 2018-09}\nincomplete: [experience]\n"


def test_what_nobody_knows_is_not_asked_again_in_this_run(folder: Path) -> None:
    """And nothing is written of it; the next run asks anew."""
    done = ask(folder, "?\n\nI don't know\n")
    assert done.stderr.count("Have you ever had a job") == 1
    assert "No further answer" in done.stderr
    assert not (folder / "me.yaml").exists()
    assert "Have you ever had a job" in ask(folder, "").stderr


def test_two_meanings_are_shown_and_none_is_chosen(folder: Path) -> None:
    """03/04/1998 may be two days."""
    done = ask(folder, "?\n?\n03/04/1998\n2\nstop\n")
    assert "`03/04/1998`" in done.stderr or "03/04/1998 can mean two things" in done.stderr
    assert written(folder) == "birth_date: 1998-03-04\n"


@pytest.mark.parametrize("answer", ["soon", "31 February 1998", "3000-01-01", "\x1b[31m", "born: {", "a" * 5000])
def test_what_is_no_answer_is_asked_again(answer: str, folder: Path) -> None:
    """It is said why, nothing is written, and nothing drives the terminal."""
    done = ask(folder, f"?\n?\n{answer}\n1998\n")
    assert done.returncode == 0
    assert "\x1b" not in done.stderr
    assert written(folder) == "birth_date: 1998\n"


def test_no_is_neither_norway_nor_norwegian(folder: Path) -> None:
    """A word that may be a no and a code is told, and not taken."""
    rule = POST + "  - {id: tongue, kind: language, of: 'no', level: {at_least: A1}}\n  - {id: passport, kind: citizenship, of: 'NO'}\n"
    (folder / "rules" / "post.yaml").write_text(rule, "utf-8")
    (folder / "me.yaml").write_text("birth_date: 1990\nexperience: [{from: 2010, to: ongoing, full_time: true}]\nfacts: {full_rights: true}\n", "utf-8")
    done = ask(folder, "NO\nNorway\nno\nno\nNorwegian native\n")
    assert "`no` may be a yes, a no or a name here" in done.stderr
    assert done.stderr.count("may be a yes, a no or a name here") == 2
    assert 'languages:\n  - {language: "no", native: true}\n' in written(folder)
    assert "citizenships: [\"NO\"]\n" in written(folder)


LIMITS = """
id: post
title: {en: A post, fr: Un poste}
dates: {deadline: 2030-06-30}
criteria:
  - {id: nation, kind: citizenship, of: DE}
  - {id: permit, kind: permit, in: FR}
"""


@pytest.mark.parametrize(
    ("answers", "after"),
    [
        ("DE\nno\nyes\n?\n", "citizenships: [DE]\n"),
        ("DE\n2021-05\nyes\n2031\nwork permit\nFR\n2029\n", "citizenships: [{country: DE, since: 2021-05}]\npermits:\n  - {until: 2031, type: work, in: FR, from: 2029}\nincomplete: [permits]\n"),
        ("FR, DE, MA\nno\n?\n2021-05\nstop\n", "citizenships: [FR, {country: MA, since: 2021-05}]\nincomplete: [citizenships]\n"),
    ],
    ids=["no day", "days", "one of three"],
)  # fmt: skip
def test_a_day_that_left_out_means_no_limit_is_never_left_out_unknown(answers: str, after: str, folder: Path) -> None:
    """A permit whose end nobody knows is not one without end, nor a citizenship one from birth: it is not written, and the list not whole."""
    (folder / "rules" / "post.yaml").write_text(LIMITS, "utf-8")
    assert ask(folder, answers).returncode == 0
    assert written(folder) == after


def test_a_list_is_whole_once_it_is_said_so(folder: Path) -> None:
    """One job entered says nothing of others: they are asked for."""
    done = ask(folder, "yes\n2029-01\nongoing\n")
    assert "incomplete: [experience]" in written(folder)
    assert "Another job or internship?" in done.stderr


def test_where_no_vacancy_is_open_it_asks_as_on_the_last_day(folder: Path) -> None:
    """And says so."""
    done = ask(folder, "stop\n", "--on", "2031-01-01")
    assert "No vacancy is open: what follows is asked as on the last day of each." in " ".join(done.stderr.split())
    assert "1. Have you ever had a job" in done.stderr


def test_the_list_for_programs(folder: Path) -> None:
    """It follows its schema, the question that settles most first, in both languages; nothing is asked and nothing written."""
    done = ask(folder, "", "--list", "--format", "json")
    document = json.loads(done.stdout)
    jsonschema.validate(document, json.loads((ROOT / "schema" / "ask.schema.json").read_text("utf-8")))
    assert [one["path"] for one in document["questions"]] == ["experience", "facts.full_rights", "birth_date"]
    assert document["questions"][1]["question"] == {"en": "Do you enjoy your rights?", "fr": "Jouissez-vous de vos droits ?"}
    assert document["questions"][0]["settles"] == [{"vacancy": "post", "outcomes": ["not_eligible"]}]
    assert document["questions"][0]["asked_by"] == [{"vacancy": "post", "criterion": "work", "kind": "experience", "option": None}]
    assert done.stderr == ""
    assert not (folder / "me.yaml").exists()


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_it_fits_a_narrow_terminal(lang: str, folder: Path) -> None:
    """No line of forty columns runs over."""
    done = ask(folder, "stop\n", "--rules", str(RULES), lang=lang, columns=40)
    questions = done.stderr.splitlines()
    assert max(len(line) for line in questions if "eligibility ask" not in line) <= 40


FAMILY = """
id: post
title: {en: A post, fr: Un poste}
criteria: [{id: parent, kind: citizenship, whose: parent, of: FR}]
"""


@pytest.mark.parametrize(("lang", "another", "any_other"), [
    ("en", "Is there another parent? (yes, no)", "Another relative? (yes, no)"),
    ("fr", "Avez-vous d'autres proches de ce lien : parent ? (oui, non)", "Un autre proche ? (oui, non)"),
])  # fmt: skip
def test_the_relative_whom_the_rule_names_is_asked_for_by_name(folder: Path, lang: str, another: str, any_other: str) -> None:
    """Nobody else of that relation is not nobody else at all: only the second answer makes the list whole."""
    yes, no = ("yes", "no") if lang == "en" else ("oui", "non")
    (folder / "rules" / "post.yaml").write_text(FAMILY, "utf-8")
    (folder / "me.yaml").write_text("relatives: [{relation: mother, citizenships: [MA]}]\nincomplete: [relatives]\n", "utf-8")
    done = ask(folder, f"{yes}\nMA\n{no}\n{no}\n", lang=lang)
    assert done.stderr.count(another) == 2
    assert any_other in done.stderr
    assert written(folder) == (
        "relatives: [{relation: mother, citizenships: [MA]}, {relation: parent, citizenships: [MA]}]\nincomplete: [relatives]\n"
    )
    done = ask(folder, f"{no}\n<\n{no}\n{no}\n", lang=lang)
    assert "NOT ELIGIBLE (1)" in done.stdout or "NON ÉLIGIBLE (1)" in done.stdout
    assert "incomplete" not in written(folder)


def test_a_list_that_may_hold_more_and_holds_nothing_is_asked_for_from_the_beginning(folder: Path) -> None:
    """Nobody is asked for another relative who has named none."""
    (folder / "rules" / "post.yaml").write_text(FAMILY, "utf-8")
    (folder / "me.yaml").write_text("relatives: []\nincomplete: [relatives]\n", "utf-8")
    assert "Have you close relatives" in ask(folder, "no\n").stderr


LIVING = """
id: post
title: {en: A post, fr: Un poste}
choices: {home: {options: {here: {en: Residents, fr: Personnes résidentes}, abroad: {en: Living abroad, fr: À l'étranger}}}}
dates: {deadline: {by: home, values: {here: 2030-01-14, abroad: 2030-01-31}}}
criteria: [{id: adult, kind: age, at_least: 18, as_of: application}, {id: rights, kind: declared, fact: full_rights}]
"""


@pytest.mark.parametrize(("option", "end"), [("1", "CLOSED (1)"), ("2", "LIKELY ELIGIBLE (1)")])
def test_who_has_told_a_case_that_has_closed_is_asked_no_more(folder: Path, option: str, end: str) -> None:
    """The first question says whether one can apply at all."""
    (folder / "rules" / "post.yaml").write_text(LIVING, "utf-8")
    done = ask(folder, f"{option}\nyes\n17 May 1990\n")
    assert "1. Which of these cases is yours (home)?\n   1. Residents\n   2. Living abroad\n   It tells whether you can apply now." in done.stderr
    assert end in done.stdout
    assert ("date of birth" in done.stderr) is (option == "2")


@pytest.mark.parametrize(("lang", "first", "then"), [
    ("en", "Your relative 1 (parent): what would they answer? Which citizenships do you hold", "Your relative 1 (parent): what would they answer? Your citizenship: since when"),
    ("fr", "Votre proche 1 (parent) : que répondrait cette personne ? Quelles citoyennetés avez-vous", "Votre proche 1 (parent) : que répondrait cette personne ? Votre citoyenneté : depuis quand"),
])  # fmt: skip
def test_what_is_asked_of_a_relative_says_of_whom(folder: Path, lang: str, first: str, then: str) -> None:
    """Nobody gives their own citizenship where that of their mother is asked for."""
    (folder / "rules" / "post.yaml").write_text(FAMILY, "utf-8")
    (folder / "me.yaml").write_text("relatives: [{relation: mother}]\n", "utf-8")
    said = " ".join(ask(folder, "MA\n", lang=lang).stderr.split())
    assert first in said
    assert then in said


EACH = """
id: post
title: {en: A post, fr: Un poste}
dates: {deadline: 2030-06-30}
criteria:
  - id: age
    kind: age
    at_most: 33
    extended: {largest: [{add: 18 months}, {add: length, of: {kind: leave, type: maternity}}], per: {kind: child}}
"""
MOTHER = """
birth_date: 1992-07-01
children: [{born: 2024-01-01}, {born: 2026-01-01}]
leaves: [{type: maternity, from: 2024-10-01, to: 2025-12-31, child: 2026-01-01}, {type: maternity, from: 2026-01-01, to: 2027-03-31}]
"""


@pytest.mark.parametrize(("lang", "asked"), [("en", "for which child was it?"), ("fr", "pour quel enfant était-ce ?")])
@pytest.mark.parametrize(("answer", "outcome"), [("1 January 2026", "LIKELY ELIGIBLE (1)"), ("2024", "NOT ELIGIBLE (1)")])
def test_for_which_child_a_leave_was(folder: Path, lang: str, asked: str, answer: str, outcome: str) -> None:
    """The children are proposed by their dates of birth; thirty months of leave for one of them move the limit further than fifteen for each."""
    (folder / "rules" / "post.yaml").write_text(EACH, "utf-8")
    (folder / "me.yaml").write_text(MOTHER, "utf-8")
    done = ask(folder, f"{answer}\n", lang=lang, columns=200)
    assert done.returncode == 0, done.stderr
    assert asked in done.stderr
    assert "2024-01-01, 2026-01-01" in done.stderr
    assert lang == "fr" or outcome in done.stdout
