"""Beginning a file: skeletons in both languages, a profile by questions, and never over what is there."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from eligibility.authoring.answers import Understanding
from eligibility.authoring.interview import Interview
from eligibility.authoring.skeleton import skeleton, slug
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
    left = {words.text(f"interview.{question}"): list(texts) for question, texts in answers.items()}
    said: list[str] = []
    ask = lambda question: left[question].pop(0) if left.get(question) else "?"  # noqa: E731
    profile = Interview(ask, said.append, Understanding(words, REFERENCE)).profile()
    assert not any(left.values()), left
    return profile, said[1:]


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
            "experience.rate": ["80"], "experience.more": ["?"],
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


WRONG = [
    ("birth_date", "17/05/1990", "1990-05-17", "Not a date: write a year, a month (2018-01) or a day (2018-01-15)."),
    ("birth_date", "1990-02-30", "1990-02-28", "Not a date: write a year, a month (2018-01) or a day (2018-01-15)."),
    ("domicile", "Marroc", "Maroc", "No country or region is called so: `Marroc`. Try: MA (Morocco)."),
    ("citizenships", "CA, Nowhere at all", "CA", "No country or region is called so: `Nowhere at all`."),
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

    def until(self, text: str) -> None:
        """Read what is shown, until a text is there."""
        while text not in self.shown:
            assert select.select([self.master], [], [], PATIENCE)[0], self.shown
            try:
                self.shown += os.read(self.master, 4096).decode()
            except OSError:  # the other side has gone
                assert text in self.shown, self.shown

    def answer(self, question: str, text: str) -> None:
        """Wait for a question and type an answer."""
        self.until(question)
        self.shown = self.shown.partition(question)[2]
        os.write(self.master, text.encode())

    def end(self) -> int:
        """Its exit code."""
        code = self.process.wait(timeout=PATIENCE)
        os.close(self.master)
        return code


def test_questions_on_a_terminal(tmp_path: Path) -> None:
    """One question after the other, wrong answers asked again, and a profile that `check` reads."""
    terminal = Terminal(tmp_path, "me.yaml", "--lang", "fr")
    for question, text in [
        ("Votre nom", "Zoé"), ("Date de naissance", "12 mai"), ("Ce n'est pas une date", None), ("Date de naissance", "1990-05-12"),
        ("Citoyennetés", "Marroc"), ("Essayez\u00a0: MA (Maroc)", None), ("Citoyennetés", "Maroc, CA"), ("votre domicile principal", "?"),
        ("un diplôme", "aucun"), ("des études", ""), ("un emploi", "?"), ("vos langues", "oui"), ("Langue", "français"),
        ("Niveau", "maternelle"), ("Une autre langue", "non"),
    ]:  # fmt: skip
        terminal.answer(question, "" if text is None else f"{text}\n")
    terminal.until("eligibility check me.yaml --lang fr")
    assert terminal.end() == 0
    assert (tmp_path / "me.yaml").read_text("utf-8").splitlines()[1:] == [
        'name: "Zoé"', "birth_date: 1990-05-12", "citizenships: [MA, CA]", "degrees: []", "languages:", "  - {language: fr, native: true}",
    ]  # fmt: skip
    done = run("check", "me.yaml", "--rules", str(ROOT / "rules"), "--lang", "fr", where=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_stopping_leaves_no_file(key: str, tmp_path: Path) -> None:
    """Ctrl-C in the middle: exit code 130, and nothing was written."""
    terminal = Terminal(tmp_path, "me.yaml", "--lang", "en")
    terminal.answer("Your name", "Zoé\n")
    terminal.answer("Date of birth", key)
    assert terminal.end() == 130
    assert list(tmp_path.iterdir()) == []


def test_what_is_in_the_way_is_told_before_anything_is_asked(tmp_path: Path) -> None:
    """Nobody answers twenty questions to learn that the file cannot be written."""
    (tmp_path / "me.yaml").write_text("name: Mine\n", "utf-8")
    terminal = Terminal(tmp_path, "me.yaml", "--lang", "en")
    terminal.until("is there already")
    assert terminal.end() == 2
