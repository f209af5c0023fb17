"""Help and usage errors speak the language of whoever reads them, the frame around every command included."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from eligibility.cli import COMMANDS, program, run
from eligibility.cli.frame import help_lines, of_completion
from eligibility.wording import Words

Told = pytest.CaptureFixture[str]

SHOW = {
    "en": """\
Usage: eligibility show [OPTIONS] VACANCY

  Show what one vacancy asks, before any profile exists.

Arguments:
  VACANCY  The id of the vacancy (see eligibility list). [required]

Options:
  --plan          Show what will be decided, in order, with what is shared.
  --notice        Show the text of the notice, and beside each condition the
                  criterion that says it.
  --rules PATH    A rule file or a folder of them (default: the settings, else
                  ./rules, else those of the program). [environment:
                  ELIGIBILITY_RULES]
  --lang <fr|en>  Language of the output (default: that of the environment).
  --help          Show this help and stop.

  Example: eligibility show icesco-p039 --lang fr
""",
    "fr": """\
Utilisation : eligibility show [OPTIONS] OFFRE

  Montrer ce que demande une offre, avant tout profil.

Arguments :
  OFFRE  L'identifiant de l'offre (voir eligibility list). [obligatoire]

Options :
  --plan          Montrer ce qui sera décidé, dans l’ordre, et ce qui est lu une
                  fois pour plusieurs questions.
  --notice        Montrer le texte de l'avis et, à côté de chaque condition, le
                  critère qui la dit.
  --rules CHEMIN  Un fichier de règles ou un dossier qui en contient (à défaut :
                  les réglages, sinon ./rules, sinon celles du programme).
                  [environnement : ELIGIBILITY_RULES]
  --lang <fr|en>  Langue de la sortie (à défaut : celle de l'environnement).
  --help          Montrer cette aide et finir.

  Exemple : eligibility show icesco-p039 --lang fr
""",
}


@pytest.fixture(autouse=True)
def no_language(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable says a language, and no settings do."""
    for name in ("ELIGIBILITY_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("before", [True, False])
def test_the_help_of_a_command(language: str, before: bool, capsys: Told) -> None:
    """The whole of it; `--lang` stands before the command, or behind it, and before `--help` or after."""
    asked = ["--lang", language, "show", "--help"] if before else ["show", "--help", f"--lang={language}"]
    assert run(asked) == 0
    assert plain(capsys.readouterr().out).rstrip() == SHOW[language].rstrip()


@pytest.mark.parametrize(("name", "value"), [("ELIGIBILITY_LANG", "fr"), ("LC_ALL", "fr_CA.UTF-8"), ("LANG", "fr_FR")])
def test_the_language_is_found_as_for_every_answer(name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: Told) -> None:
    """The variable of the program, else the locale; `--lang` comes before both."""
    monkeypatch.setenv(name, value)
    assert run(["--help"]) == 0
    assert plain(capsys.readouterr().out).startswith("Utilisation : eligibility [OPTIONS] COMMANDE ...\n\n  Dit si vous pouvez postuler")
    assert run(["check", "--nowhere"]) == 2
    assert plain(capsys.readouterr().err).endswith("Erreur : Il n'y a pas d'option --nowhere.\n")
    assert run(["check", "--nowhere", "--lang", "en"]) == 2
    assert capsys.readouterr().err.endswith("Error: There is no option --nowhere.\n")


WRONG = [
    (["chek"], "There is no command `chek`; did you mean `check`?", "Il n'y a pas de commande « chek » ; vouliez-vous dire « check » ?"),
    (["show"], "VACANCY is missing.", "Il manque OFFRE."),
    (["check"], "PROFILE is missing.", "Il manque PROFIL."),
    (["new"], "WHAT is missing. It is vacancy or profile.", "Il manque QUOI. C'est vacancy ou profile."),
    (
        ["check", "me.yaml", "--forma"],
        "There is no option --forma; did you mean --format?",
        "Il n'y a pas d'option --forma ; vouliez-vous dire --format ?",
    ),
    (["list", "--rules"], "--rules needs a value.", "Il manque une valeur à --rules."),
    (["check", "me.yaml", "--detail=3"], "--detail takes no value.", "--detail ne prend pas de valeur."),
    (
        ["list", "a", "b"],
        "a b are 2 words too many; put words that belong together in quotes.",
        "a b : ce sont 2 mots de trop ; mettez entre guillemets les mots qui vont ensemble.",
    ),
    (
        ["check", "me.yaml", "--format", "xml"],
        "--format / -f: `xml` is not known; give text, json, jsonl or html.",
        "--format / -f : « xml » n'est pas connu ; donnez text, json, jsonl ou html.",
    ),
    (
        ["check", "me.yaml", "--fail-on", "open"],
        "--fail-on: `open` is not known; give not-eligible, incomplete or closed.",
        "--fail-on : « open » n'est pas connu ; donnez not-eligible, incomplete ou closed.",
    ),
    (
        ["batch", "x", "--jobs", "0"],
        "--jobs: 0 is not allowed; give a number, at least 1.",
        "--jobs : 0 n'est pas permis ; donnez un nombre, au moins 1.",
    ),
    (
        ["deadlines", "--remind", "366"],
        "--remind: 366 is not allowed; give a number, from 0 to 365.",
        "--remind : 366 n'est pas permis ; donnez un nombre, de 0 à 365.",
    ),
    (
        ["batch", "x", "--jobs", "many"],
        "--jobs: `many` is not a number; give one, at least 1.",
        "--jobs : « many » n'est pas un nombre ; donnez-en un, au moins 1.",
    ),
    (["list", "--on", "today"], "--on: `today` is not a date", "--on : « today » n'est pas une date"),
]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(("typed", "english", "french"), WRONG, ids=[" ".join(typed) for typed, _, _ in WRONG])
def test_what_is_wrong_with_what_was_typed(
    typed: list[str], english: str, french: str, language: str, monkeypatch: pytest.MonkeyPatch, capsys: Told
) -> None:
    """How the command is used, where its help is, and what is wrong: on standard error, with exit code 2."""
    monkeypatch.setenv("ELIGIBILITY_LANG", language)
    assert run(typed) == 2
    told = capsys.readouterr()
    assert told.out == ""
    usage, _, *_ = lines = plain(told.err).splitlines()
    path = f"eligibility {typed[0]}" if typed[0] in COMMANDS else "eligibility"
    assert usage.startswith(f"Usage: {path} [OPTIONS]" if language == "en" else f"Utilisation : {path} [OPTIONS]")
    assert f"`{path} --help`" in lines[1]
    assert lines[-1].startswith(f"Error: {english}" if language == "en" else f"Erreur : {french}")


def test_what_was_typed_drives_no_terminal(capsys: Told) -> None:
    """Control characters are shown, in whichever place they were typed."""
    for typed in (
        ["\x1b[31m"],
        ["list", "\x1b[31m"],
        ["list", "--\x1b[31m"],
        ["check", "x", "--format", "\x1b[31m\n"],
        ["list", "--on", "\x9b"],
    ):
        assert run(typed) == 2
        told = capsys.readouterr().err
        assert "\x1b" not in told
        assert "\x9b" not in told


@pytest.mark.parametrize("typed", [[], ["--lang", "en"]])
def test_nothing_typed_is_answered_with_the_help(typed: list[str], capsys: Told) -> None:
    """On standard error, since nothing was asked."""
    assert run(typed) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("Usage: eligibility [OPTIONS] COMMAND ...\n")
    assert all(f"\n  {name} " in told.err for name in COMMANDS)


def contexts() -> list[tuple[Any, Any]]:
    """Every command and the program itself, each with its context."""
    whole = program(COMMANDS)
    return [(one, one.context_class(one, info_name="eligibility")) for one in (whole, *whole.commands.values())]


def test_everything_is_said_in_french() -> None:
    """No sentence of a help is left in English: what a command does, what each option is, the example."""
    french = Words("fr")
    for command, _ in contexts():
        own = [one for one in command.params if f"frame.option.{one.opts[0]}" not in french]
        for text in (command.help, *(one.help for one in own)):
            assert f"help.{' '.join(text.split())}" in french, text


def test_no_french_is_left_of_what_is_no_longer_said() -> None:
    """Nor is a sentence translated that nothing says."""
    said = {
        " ".join((text or "").split())
        for command, _ in contexts()
        for text in (command.help, *(getattr(one, "help", "") for one in command.params))
    }
    said |= {command.epilog.removeprefix("Example: ") for command, _ in contexts()}
    assert set(Words("fr").entries("help.")) <= said


@pytest.mark.parametrize("columns", [20, 40, 59, 60, 80])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_line_is_wider_than_the_terminal(language: str, columns: int) -> None:
    """Long names of options stand alone in their line."""
    for command, context in contexts():
        assert all(len(line) <= columns for line in help_lines(command, context, Words(language), columns))


def test_a_terminal_without_accents_is_given_the_nearest_letters(tmp_path: Path) -> None:
    """What cannot be encoded is no bug of ours."""
    done = subprocess.run(
        [sys.executable, "-m", "eligibility", "--help", "--lang", "fr"], capture_output=True, cwd=tmp_path, check=False,
        env={"PYTHONPATH": str(Path(__file__).parents[2] / "src"), "PYTHONIOENCODING": "ascii", "PATH": ""},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert re.search(rb"raison\.\s", done.stdout)
    assert "é".encode() not in done.stdout


@pytest.mark.parametrize(("line", "told"), [
    ("bash completion installed in /home/ana maria/.bash_completions/eligibility.sh",
     "La complétion des commandes pour bash est installée dans /home/ana maria/.bash_completions/eligibility.sh."),
    ("Completion will take effect once you restart the terminal", "Elle marche dans le prochain terminal que vous ouvrez."),
    ("Shell None is not supported.", "Il n'y a pas de complétion pour ce terminal\u00a0: bash, zsh, fish et PowerShell en ont une."),
    ("Something new", "Something new"),
])  # fmt: skip
def test_what_typer_says_of_completion_is_in_the_readers_language(line: str, told: str) -> None:
    """Word for word what this version says; what another one may say is shown as it is."""
    assert of_completion(line, Words("fr")) == told


def test_installing_the_completion_speaks_the_readers_language(tmp_path: Path) -> None:
    """In a home of its own, by the command itself: whatever shell is found, or none."""
    for language in ("en", "fr"):
        words = Words(language)
        command = [sys.executable, "-m", "eligibility", "--lang", language, "--install-completion"]
        found = subprocess.run(command, env={**os.environ, "HOME": str(tmp_path)}, capture_output=True, text=True, timeout=120, check=False)
        none = words.text("frame.completion.unsupported")
        assert found.stdout.splitlines()[-1] in (words.text("frame.completion.restart"), none)
        assert found.returncode == (1 if none in found.stdout else 0)
