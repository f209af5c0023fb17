"""Beginning a file: skeletons in both languages, a profile by questions, and never over what is there."""

from __future__ import annotations

import codecs
import os
import re
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from eligibility.authoring.answers import Understanding
from eligibility.authoring.interview import Interview, Stopped
from eligibility.authoring.skeleton import skeleton, slug
from eligibility.authoring.wanted import Wanted, wanted_by
from eligibility.authoring.written import written
from eligibility.loading.models import open_profile, open_vacancy
from eligibility.reference import load_reference
from eligibility.wording import Words

from .schemas import ROOT, errors, read_file

REFERENCE = load_reference()
PATIENCE = 60
ENVIRONMENT = {"PATH": os.environ["PATH"], "PYTHONUTF8": "1", "COLUMNS": "80", "TERM": "dumb"}


def run(*words: str, where: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "eligibility", *words], cwd=where, env=ENVIRONMENT, input="", capture_output=True, encoding="utf-8", timeout=60, check=False
    )


# ------------------------------------------------------------------------------------------- skeletons


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_new_vacancy_can_be_read(language: str, tmp_path: Path) -> None:
    """The skeleton is a rule file without a single problem, for the program and for editors."""
    path = tmp_path / "post.yaml"
    path.write_text(skeleton("vacancy", Words(language), "x.json", "post"), "utf-8")
    assert open_vacancy(str(path), REFERENCE).diagnostics == ()
    assert errors("vacancy", read_file(path)) == []
    assert "REMPLACER" in path.read_text("utf-8")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_new_profile_can_be_read_and_says_nothing_yet(language: str, tmp_path: Path) -> None:
    """The skeleton holds a name and examples that are comments: nothing false is said by somebody who forgets to replace it."""
    path = tmp_path / "me.yaml"
    path.write_text(skeleton("profile", Words(language), "x.json", ""), "utf-8")
    loaded = open_profile(str(path), REFERENCE)
    assert loaded.diagnostics == ()
    assert set(loaded.model.model_dump(exclude_defaults=True)) == {"name"}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_example_of_a_new_profile_is_right(language: str, tmp_path: Path) -> None:
    """With every # taken away, it is a full profile without a single problem."""
    path = tmp_path / "me.yaml"
    path.write_text(re.sub("^#(?=[a-z]|  -)", "", skeleton("profile", Words(language), "x.json", ""), flags=re.M), "utf-8")
    loaded = open_profile(str(path), REFERENCE)
    assert loaded.diagnostics == ()
    assert set(loaded.model.model_dump(exclude_defaults=True)) >= {"birth_date", "degrees", "experience", "languages", "children"}
    assert errors("profile", read_file(path)) == []


@pytest.mark.parametrize(
    ("name", "id_"), [("museum-guide-2025", "museum-guide-2025"), ("Stage été (2025)", "stage-ete-2025"), ("été", "ete"), ("", "my-vacancy"), ("规则", "my-vacancy")]
)
def test_the_id_is_the_name_of_the_file(name: str, id_: str) -> None:
    """Whatever a file is called, its id is a right one."""
    assert slug(name) == id_


def test_new_vacancy_writes_a_file_that_the_next_command_shows(tmp_path: Path) -> None:
    """The file, the schema beside it where there is none above, and a next step that can be typed."""
    done = run("new", "vacancy", "Guide 2025.yaml", "--lang", "fr", where=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["Guide 2025.yaml", "vacancy.schema.json"]
    text = (tmp_path / "Guide 2025.yaml").read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=vacancy.schema.json\n")
    assert "\nid: guide-2025\n" in text
    assert (tmp_path / "vacancy.schema.json").read_bytes() == (ROOT / "schema" / "vacancy.schema.json").read_bytes()
    assert "eligibility show guide-2025 --rules 'Guide 2025.yaml' --lang fr" in done.stderr
    shown = run("show", "guide-2025", "--rules", "Guide 2025.yaml", "--lang", "fr", where=tmp_path)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert run("list", "--rules", "Guide 2025.yaml", where=tmp_path).returncode == 0


def test_the_first_line_points_to_the_schema_above(tmp_path: Path) -> None:
    """Where a folder `schema` stands above, it is named from the new file, and nothing is written beside it."""
    (tmp_path / "schema").mkdir()
    (tmp_path / "schema" / "profile.schema.json").write_text("{}", "utf-8")
    (tmp_path / "people" / "here").mkdir(parents=True)
    assert run("new", "profile", "people/here/me.yaml", where=tmp_path).returncode == 0
    written_file = tmp_path / "people" / "here" / "me.yaml"
    assert written_file.read_text("utf-8").startswith("# yaml-language-server: $schema=../../schema/profile.schema.json\n")
    assert list(written_file.parent.iterdir()) == [written_file]


def test_a_new_profile_can_be_checked(tmp_path: Path) -> None:
    """`check` reads the skeleton at once and asks for everything."""
    run("new", "profile", "me.yaml", where=tmp_path)
    done = run("check", "me.yaml", "--rules", str(ROOT / "rules"), "--on", "2023-09-15", where=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "NOT ELIGIBLE" not in done.stdout


def test_without_a_file_it_is_printed(tmp_path: Path) -> None:
    """Standard output has the skeleton; standard error says how to get the schema; nothing is written."""
    done = run("new", "vacancy", where=tmp_path)
    assert done.returncode == 0
    assert done.stdout == skeleton("vacancy", Words("en"), "vacancy.schema.json", "my-vacancy")
    assert "eligibility schema vacancy > vacancy.schema.json" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_replaced_unasked(tmp_path: Path) -> None:
    """A file that is there stays, unless --force is given; a folder that is not there, or a folder in its place, is told."""
    path = tmp_path / "me.yaml"
    path.write_text("name: Mine\n", "utf-8")
    done = run("new", "profile", "me.yaml", where=tmp_path)
    assert done.returncode == 2
    assert "`me.yaml` is there already; --force replaces it" in done.stderr
    assert path.read_text("utf-8") == "name: Mine\n"
    assert run("new", "profile", "me.yaml", "--force", where=tmp_path).returncode == 0
    assert "Your Name" in path.read_text("utf-8")
    assert run("new", "profile", "no/me.yaml", where=tmp_path).returncode == 2
    assert run("new", "profile", ".", "--force", where=tmp_path).returncode == 2
    assert run("new", "resume", where=tmp_path).returncode == 2


# --------------------------------------------------------------------------------------------- schemas


@pytest.mark.parametrize("name", ["vacancy", "profile", "cases", "report"])
def test_schemas_are_printed_byte_for_byte(name: str) -> None:
    """`eligibility schema NAME` prints what is committed, in any encoding of the terminal."""
    for encoding in ("utf-8", "ascii"):
        environment = {**ENVIRONMENT, "PYTHONUTF8": "0", "PYTHONIOENCODING": encoding}
        done = subprocess.run([sys.executable, "-m", "eligibility", "schema", name], env=environment, capture_output=True, timeout=60, check=True)
        assert done.stdout == (ROOT / "schema" / f"{name}.schema.json").read_bytes()


# ------------------------------------------------------------------------------------------- questions


def interview(answers: dict[str, list[str]], language: str = "en") -> tuple[dict[str, Any], list[str]]:
    """The profile that comes of answers to some questions, in the order they are asked; `?` to the others; and what was said."""
    words = Words(language)
    left = {words.text(f"interview.{question.partition(':')[0]}", name=question.partition(":")[2]): list(texts) for question, texts in answers.items()}
    said: list[str] = []
    ask = lambda question: left[question].pop(0) if left.get(question) else "?"  # noqa: E731
    profile = Interview(ask, said.append, Understanding(words, REFERENCE)).profile()
    assert not any(left.values()), left
    shown = words.text("interview.summary")
    return profile, said[1 : said.index(shown) if shown in said else None]


def test_what_is_not_known_is_left_out() -> None:
    """Blank or ? everywhere is an empty profile."""
    assert interview({}) == ({}, [])
    assert interview({"name": [""], "citizenships": ["  "]}) == ({}, [])


def test_none_is_an_empty_list() -> None:
    """"none" says that there is nothing, which is not the same as saying nothing."""
    answers = {"citizenships": ["none"], "degrees": ["none"], "studies": ["no"], "experience": ["none"], "languages": ["none"]}
    assert interview(answers)[0] == {"citizenships": [], "degrees": [], "studies": [], "experience": [], "languages": []}
    assert interview({"degrees": ["aucun"]}, "fr")[0] == {"degrees": []}


def test_a_full_interview() -> None:
    """Names of countries, fields and employers become ids; what may be missing makes a list incomplete."""
    profile, said = interview(
        {
            "name": ["Léa  Roy"], "birth_date": ["1990-05"], "citizenships": ["Canada, fr"], "domicile": ["Québec"], "residences.from": ["2015"],
            "degrees": ["yes"], "degrees.level": ["7"], "degrees.field": ["law"], "degrees.in": ["Canada"], "degrees.awarded": ["2015-06"], "degrees.more": ["no"],
            "experience": ["yes"], "experience.from": ["2018-01"], "experience.to": ["ongoing"], "experience.employer": ["private company"],
            "experience.rate": ["80 %"], "experience.more": ["?"],
            "languages": ["yes"], "languages.language": ["French", "en"], "languages.level": ["native", "c1"], "languages.more": ["yes", "no"],
        }
    )  # fmt: skip
    assert said == []
    assert profile == {
        "name": "Léa Roy", "birth_date": "1990-05", "citizenships": ["CA", "FR"], "domicile": "CA-QC",
        "residences": [{"in": "CA-QC", "from": "2015", "to": "ongoing"}],
        "degrees": [{"level": 7, "field": "law", "in": "CA", "awarded": "2015-06"}],
        "experience": [{"from": "2018-01", "to": "ongoing", "employer": "private_company", "rate": "80%"}],
        "languages": [{"language": "fr", "native": True}, {"language": "en", "level": "C1"}],
        "incomplete": ["residences", "experience"],
    }  # fmt: skip


TOWN = "For a town, write its region or country (CA-QC, SN)."
WRONG = [
    ("birth_date", "in May", "1990-05-17", "Not a date: write a year, a month (2018-01, January 2018) or a day (2018-01-15)."),
    ("birth_date", "1990-02-30", "1990-02-28", "Not a date: write a year, a month (2018-01, January 2018) or a day (2018-01-15)."),
    ("domicile", "Marroc", "Maroc", f"No country or region is called so: `Marroc`. {TOWN} Try: Morocco (MA)."),
    ("domicile", "Montréal", "CA-QC", f"No country or region is called so: `Montréal`. {TOWN}"),
    ("citizenships", "CA, Nowhere at all", "CA", f"No country or region is called so: `Nowhere at all`. {TOWN}"),
    ("degrees", "perhaps", "none", "Answer yes, no, or ?"),
]


@pytest.mark.parametrize(("question", "wrong", "right", "sentence"), WRONG)
def test_a_wrong_answer_is_told_and_asked_again(question: str, wrong: str, right: str, sentence: str) -> None:
    """The reason, a suggestion where there is one, and the same question once more."""
    profile, said = interview({question: [wrong, right]})
    assert said == [sentence]
    assert question in profile


def test_a_job_does_not_end_before_it_begins() -> None:
    """The last day is asked again until it fits the first."""
    profile, said = interview({"experience": ["yes"], "experience.from": ["2018"], "experience.to": ["2016", "2018"], "experience.more": ["no"]})
    assert said == ["It ends before it begins."]
    assert profile["experience"] == [{"from": "2018", "to": "2018"}]


@pytest.mark.parametrize("name", ["Léa", "Zoë O'Neil-Roy", "no", "true", "a: b", "# x", "- y", "[z", 'say "hi"', "2018", "Ω, {x}", "null", "*a", "é: "])
def test_whatever_was_typed_can_be_read_back(name: str, tmp_path: Path) -> None:
    """A profile that was written is the profile that is read, and editors find it right."""
    path = tmp_path / "me.yaml"
    profile = {"name": name, "citizenships": ["NO", "FR"], "degrees": [{"level": 7, "in": "NO"}, {}], "studies": [], "incomplete": ["degrees"]}
    path.write_text(written(profile), "utf-8")
    loaded = open_profile(str(path), REFERENCE)
    assert loaded.diagnostics == ()
    assert loaded.model.name == name
    assert [one.country for one in loaded.model.citizenships] == ["NO", "FR"]
    assert errors("profile", read_file(path)) == []


TIMES = [
    ("12 h", {"hours_per_week": 12}), ("12 heures par semaine", {"hours_per_week": 12}), ("12 h/week", {"hours_per_week": 12}),
    ("17,5 h / semaine", {"hours_per_week": 17.5}), ("50 %", {"rate": "50%"}), ("50%", {"rate": "50%"}), ("full time", {"full_time": True}),
    ("Temps plein", {"full_time": True}), ("mi-temps", {"rate": "50%"}),
]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(("typed", "meant"), TIMES)
def test_a_working_time_has_its_unit(typed: str, meant: dict[str, Any], language: str) -> None:
    """Twelve hours a week are not twelve percent."""
    profile, said = interview({"experience": ["yes"], "experience.rate": [typed], "experience.more": ["no"]}, language)
    assert (profile["experience"], said) == ([meant], [])


@pytest.mark.parametrize("typed", ["8 h a day", "15 h par mois", "40 h every two weeks", "20 h or less", "50% until 2019"])
def test_hours_of_something_else_than_a_week_are_not_those_of_a_week(typed: str) -> None:
    profile, said = interview({"experience": ["yes"], "experience.rate": [typed, "12 h"], "experience.more": ["no"]}, "en")
    assert len(said) == 1
    assert profile["experience"] == [{"hours_per_week": 12}]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "12 what: % or hours a week? Write 12 % or 12 h."), ("fr", "12 quoi : % ou heures par semaine ? Écrivez 12 % ou 12 h.")],
)
def test_a_bare_number_is_asked_again(language: str, sentence: str) -> None:
    """`12` is told apart before it is written down."""
    profile, said = interview({"experience": ["yes"], "experience.rate": ["12", "12 h"], "experience.more": ["no"]}, language)
    assert [one.replace("\u00a0", " ") for one in said] == [sentence]
    assert profile["experience"] == [{"hours_per_week": 12}]


DATES = [("29 février 1996", "1996-02-29"), ("29 February 1996", "1996-02-29"), ("août 2019", "2019-08"), ("Mars 2022", "2022-03"), ("17/05/1990", "1990-05-17")]


@pytest.mark.parametrize(("typed", "meant"), DATES)
def test_dates_in_words_are_read_and_told(typed: str, meant: str) -> None:
    """What is surely meant is taken, and shown."""
    assert interview({"birth_date": [typed]}) == ({"birth_date": meant}, [f"  Read as {meant}."])
    assert interview({"birth_date": [typed]}, "fr") == ({"birth_date": meant}, [f"  Lu comme {meant}."])


def test_since_when_a_citizenship_and_absences_and_permits_are_asked() -> None:
    """What residence rules ask about is asked for."""
    profile, _ = interview(
        {
            "citizenships": ["Sénégal, Canada"], "citizenships.since:Canada": ["mai 2021"],
            "absences": ["oui"], "absences.in": ["France"], "absences.from": ["5 janvier 2023"], "absences.to": ["20 mars 2023"], "absences.more": ["non"],
            "permits": ["oui"], "permits.type": ["travail"], "permits.in": ["FR"], "permits.until": ["2025"], "permits.more": ["non"],
            "participations": ["non"],
        },
        "fr",
    )  # fmt: skip
    assert profile == {
        "citizenships": ["SN", {"country": "CA", "since": "2021-05"}],
        "absences": [{"in": "FR", "from": "2023-01-05", "to": "2023-03-20"}],
        "permits": [{"type": "work", "in": "FR", "until": "2025"}], "participations": [],
    }  # fmt: skip


LEVELS = [
    ("C1", {"level": "C1"}), ("IELTS 7.5", {"tests": [{"test": "ielts", "score": 7.5}]}), ("C1, IELTS 7,5", {"level": "C1", "tests": [{"test": "ielts", "score": 7.5}]}),
    ("native", {"native": True}), ("courant", {"level": {"said": "fluent"}}),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "meant"), LEVELS)
def test_a_level_may_be_a_test(typed: str, meant: dict[str, Any]) -> None:
    """A level, a word, the score of a test, or a level and a score."""
    profile, _ = interview({"languages": ["yes"], "languages.language": ["en"], "languages.level": [typed], "languages.more": ["no"]}, "fr")
    assert profile["languages"] == [{"language": "en", **meant}]


def test_a_word_that_is_part_of_a_name_finds_it() -> None:
    """`permis` proposes what holds it, its name first; a long list says how to see all of it."""
    answers = {"permits": ["oui"], "permits.type": ["permis", "?"], "permits.more": ["non"]}
    assert "permis de travail (work)" in interview(answers, "fr")[1][0]
    answers = {"experience": ["oui"], "experience.employer": ["fabrique de nuages", "?"], "experience.more": ["non"]}
    assert "eligibility kinds experience employer" in interview(answers, "fr")[1][0]


def test_what_can_mean_two_things_is_chosen_by_its_number() -> None:
    """Both readings are shown; nothing is taken before one is chosen, and going back remembers the choice."""
    answers = {"birth_date": ["05/06/1990", "2"], "citizenships": ["<", "CA"]}
    profile, said = interview({"birth_date": ["05/06/1990", "2"]})
    assert profile == {"birth_date": "1990-05-06"}
    assert said == ["`05/06/1990` can mean several things; type the number of what you mean:", "  1. 1990-06-05", "  2. 1990-05-06"]
    answers = {"name": ["Ada"], "birth_date": ["05/06/1990", "1"], "citizenships": ["Marroc", "CA"], "domicile": ["<", "CA"], "citizenships.since:Canada": ["", ""]}
    assert interview(answers)[0]["birth_date"] == "1990-06-05"


def test_a_list_can_be_seen_and_chosen_from_inside() -> None:
    """The words of `eligibility kinds`, by number where they are not too many."""
    kinds = sorted(REFERENCE.vocabulary("permit_types"), key=lambda one: REFERENCE.label("permit_types", one, "en").casefold())
    profile, said = interview({"permits": ["yes"], "permits.type": ["list", "1"], "permits.more": ["no"]})
    assert len(said) == len(kinds)
    assert profile["permits"] == [{"type": said[0].rpartition("(")[2].rstrip(")")}]
    assert len(interview({"domicile": ["list", "MA"]})[1]) == 1


def test_rules_are_asked_for_what_they_want() -> None:
    """Titles, duties, the day of a test and declared facts: only where some rule asks for them."""
    wanted = Wanted(titles=True, duties=("programming",), tests=True, facts={"tax_resident": {"en": "Do you pay tax there?", "fr": "?"}})
    answers = {
        "degrees": "yes", "  Title (bachelor, Master 2, PhD)": "PhD, law", "experience": "yes", "  Duties (list shows words; or your own)": "teaching knots",
        "languages": "yes", "languages.language": "en", "languages.level": "IELTS 7.5", "  When did you take the test": "Feb 2023", "Do you pay tax there? (yes, no)": "no",
    }  # fmt: skip
    words = Words("en")
    by_text = {words.text(f"interview.{key}") if f"interview.{key}" in words else key: text for key, text in answers.items()}
    asked: list[str] = []

    def ask(question: str) -> str:
        asked.append(question)
        return by_text.pop(question, "?")

    profile = Interview(ask, lambda _: None, Understanding(words, REFERENCE), wanted).profile()
    assert not by_text
    assert profile["degrees"] == [{"title": "doctorat", "field": ["law"]}]
    assert words.text("interview.degrees.level") not in asked  # the title tells it
    assert profile["experience"] == [{"function": "teaching knots"}]
    assert profile["languages"] == [{"language": "en", "tests": [{"taken": "2023-02", "test": "ielts", "score": 7.5}]}]
    assert profile["facts"] == {"tax_resident": False}
    asked.clear()
    Interview(ask, lambda _: None, Understanding(words, REFERENCE)).profile()
    assert "  When did you take the test" not in asked


def test_what_the_shipped_rules_want() -> None:
    """Tax residence is asked about by one of them; so are duties."""
    vacancies = [open_vacancy(str(path), REFERENCE).model for path in sorted((ROOT / "rules").glob("*.yaml")) if not path.name.endswith(".cases.yaml")]
    wanted = wanted_by(vacancies, REFERENCE)
    assert "tax_resident_quebec" in wanted.facts
    assert wanted.duties


def test_stop_keeps_what_was_answered() -> None:
    """In the middle of a job: the job stays, and the list is not complete."""
    profile, _ = interview({"name": ["Ada"], "experience": ["yes"], "experience.from": ["2018"], "experience.to": ["stop"]})
    assert profile == {"name": "Ada", "experience": [{"from": "2018"}], "incomplete": ["experience"]}


@pytest.mark.parametrize(("language", "back"), [("en", "back"), ("fr", "retour"), ("fr", "<"), ("en", "<")])
def test_the_last_question_can_be_asked_again(language: str, back: str) -> None:
    """One step back, as often as one likes; what came before stays."""
    answers = {"name": ["Amina"], "birth_date": ["1996", "1996-02-29"], "citizenships": [back, "CA"]}
    assert interview(answers, language)[0] == {"name": "Amina", "birth_date": "1996-02-29", "citizenships": ["CA"]}
    answers = {"name": ["Amna", "Amina"], "birth_date": [back, "1996"]}
    assert interview(answers, language)[0] == {"name": "Amina", "birth_date": "1996"}


def test_all_of_it_is_shown_before_it_is_written() -> None:
    """The lines of the file; what `incomplete` means; and "no" writes nothing."""
    said: list[str] = []
    words = Words("fr")
    answers = {words.text("interview.domicile"): "CA-QC", words.text("interview.residences.from"): "août 2019"}
    Interview(lambda question: answers.get(question, "?"), said.append, Understanding(words, REFERENCE)).profile()
    assert "  residences:" in said
    assert any("incomplete" in one and "demeure inconnu" in one for one in said)
    answers[words.text("interview.confirm")] = "non"
    with pytest.raises(Stopped):
        Interview(lambda question: answers.get(question, "?"), said.append, Understanding(words, REFERENCE)).profile()


def test_another_name_is_suggested_for_a_file_that_is_there(tmp_path: Path) -> None:
    """`me.yaml` is there, and so is `me-2.yaml`."""
    (tmp_path / "me.yaml").write_text("name: Mine\n", "utf-8")
    (tmp_path / "me-2.yaml").write_text("name: Mine\n", "utf-8")
    assert "me-3.yaml" in run("new", "profile", "me.yaml", where=tmp_path).stderr


# -------------------------------------------------------------------------------------- on a terminal

pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")


class Terminal:
    """`eligibility new profile me.yaml` on a terminal of its own."""

    def __init__(self, folder: Path, *words: str) -> None:
        import fcntl
        import termios

        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "eligibility", "new", "profile", *words], cwd=folder, env=ENVIRONMENT, stdin=slave, stdout=slave, stderr=slave,
            start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )  # fmt: skip
        os.close(slave)
        self.shown = ""
        self.decoder = codecs.getincrementaldecoder("utf-8")()  # a read may end inside a letter

    def until(self, text: str) -> None:
        """Read what is shown, until a text is there."""
        while text not in self.shown:
            assert select.select([self.master], [], [], PATIENCE)[0], self.shown
            try:
                self.shown += self.decoder.decode(os.read(self.master, 4096))
            except OSError:  # the other side has gone
                assert text in self.shown, self.shown

    def answer(self, question: str, text: str) -> None:
        """Wait for a question and type an answer."""
        self.until(question)
        self.shown = self.shown.partition(question)[2]
        os.write(self.master, text.encode())

    def waits(self) -> None:
        """Return when it sleeps until something is typed. A signal just before it begins to is heard with the next line only: between Python's
        last look for signals and the read, nothing looks for them."""
        stat = Path(f"/proc/{self.process.pid}/stat")
        asleep = 0
        while asleep < 5 and self.process.poll() is None:
            time.sleep(0.02)
            asleep = asleep + 1 if not stat.exists() or stat.read_text("utf-8").rpartition(")")[2].split()[0] == "S" else 0

    def end(self) -> int:
        """Its exit code."""
        code = self.process.wait(timeout=PATIENCE)
        os.close(self.master)
        return code


def test_questions_on_a_terminal(tmp_path: Path) -> None:
    """One question after the other, wrong answers asked again, and a profile that `check` reads."""
    terminal = Terminal(tmp_path, "me.yaml", "--lang", "fr")
    for question, text in [
        ("Votre nom", "Zoé"), ("Date de naissance", "en mai"), ("Ce n'est pas une date", None), ("Date de naissance", "1990-05-12"),
        ("Citoyennetés", "Marroc"), ("Maroc (MA)", None), ("Citoyennetés", "Maroc, CA"), ("Maroc, depuis quand", ""), ("Canada, depuis quand", "mai 2021"),
        ("Lu comme 2021-05", None), ("votre domicile principal", "?"), ("absenté", "non"), ("titre de séjour", ""),
        ("un diplôme", "oui"), ("Titre", "<"), ("un diplôme", "aucun"), ("des études", ""), ("un emploi", "?"), ("une langue à indiquer", "oui"), ("Langue", "français"),
        ("Niveau", "maternelle"), ("Une autre langue", "non"), ("un programme", "stop"), ("L'écrire", "oui"),
    ]:  # fmt: skip
        terminal.answer(question, "" if text is None else f"{text}\n")
    terminal.until("eligibility check me.yaml --lang fr")
    assert terminal.end() == 0
    assert (tmp_path / "me.yaml").read_text("utf-8").splitlines()[1:] == [
        'name: "Zoé"', "birth_date: 1990-05-12", "citizenships: [MA, {country: CA, since: 2021-05}]", "absences: []", "degrees: []", "languages:", "  - {language: fr, native: true}",
    ]  # fmt: skip
    done = run("check", "me.yaml", "--rules", str(ROOT / "rules"), "--lang", "fr", where=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_stopping_leaves_no_file(key: str, tmp_path: Path) -> None:
    """Ctrl-C in the middle: exit code 130, and nothing was written."""
    terminal = Terminal(tmp_path, "me.yaml", "--lang", "en")
    terminal.answer("Your name", "Zoé\n")
    terminal.until("Date of birth")
    terminal.waits()
    terminal.answer("Date of birth", key)
    assert terminal.end() == 130
    assert list(tmp_path.iterdir()) == []


def test_what_is_in_the_way_is_told_before_anything_is_asked(tmp_path: Path) -> None:
    """Nobody answers twenty questions to learn that the file cannot be written, or is no profile that can go on."""
    (tmp_path / "me.yaml").mkdir()
    terminal = Terminal(tmp_path, "me.yaml", "--lang", "en")
    terminal.until("is there already")
    assert terminal.end() == 2
    (tmp_path / "you.yaml").write_text("birth_date: someday\n", "utf-8")
    terminal = Terminal(tmp_path, "you.yaml", "--lang", "en")
    terminal.until("E106")
    assert terminal.end() == 2


def test_a_half_written_file_goes_on(tmp_path: Path) -> None:
    """`stop` writes what there is; the same command asks for the rest, and every line and comment that was there stays."""
    terminal = Terminal(tmp_path, "me.yaml", "--lang", "en")
    for question, text in [("Your name", "Zoé"), ("Date of birth", "12 May 1990"), ("Read as 1990-05-12", None), ("Citizenships", "stop"), ("Write it", "yes")]:
        terminal.answer(question, "" if text is None else f"{text}\n")
    assert terminal.end() == 0
    path = tmp_path / "me.yaml"
    assert path.read_text("utf-8").splitlines()[1:] == ['name: "Zoé"', "birth_date: 1990-05-12"]
    path.write_text(path.read_text("utf-8") + "# mine\nincomplete: [degrees] # so far\nfacts: {knows_r: true}\ndegrees: []\n", "utf-8")
    terminal = Terminal(tmp_path, "me.yaml", "--lang", "en")
    for question, text in [
        ("is there already", None), ("Citizenships", "marocaine"), ("since when", ""), ("principal home", ""), ("away from home", ""), ("work permit", ""), ("studying now", ""),
        ("job or an internship", "yes"), ("First day", "stop"), ("Write it", "yes"),
    ]:  # fmt: skip
        terminal.answer(question, "" if text is None else f"{text}\n")
    assert terminal.end() == 0
    assert path.read_text("utf-8").splitlines()[1:] == [
        'name: "Zoé"', "birth_date: 1990-05-12", "# mine", "incomplete: [degrees, experience] # so far", "facts: {knows_r: true}", "degrees: []", "citizenships: [MA]",
        "experience:", "  - {}",
    ]  # fmt: skip
