"""Settings in `[tool.eligibility]` or eligibility.toml: found upward, weighed after options and environment, checked with places."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.cli.configuration import read_settings
from eligibility.cli.settings import Settings
from tests.cli.test_command import ROOT, run

RULE = (ROOT / "rules" / "icesco-p039.yaml").read_text("utf-8")
BARE = "id: me\ncitizenships: [NO]\n"


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def without_problems(folder: Path) -> Settings:
    found = read_settings(str(folder))
    assert found.problems == ()
    return found


def test_every_setting(tmp_path: Path) -> None:
    """The two files say the same in the same words."""
    text = 'rules = "my/rules"\nlang = "fr"\nselect = ["E", "W1"]\nignore = ["W313"]\nseverity = "warning"\nfail-on = ["warning", "expired"]\n'
    expected = Settings("my/rules", "fr", ("E", "W1"), ("W313",), "warning", ("warning", "expired"))
    write(tmp_path / "a" / "eligibility.toml", text)
    write(tmp_path / "b" / "pyproject.toml", f'[project]\nname = "x"\n[tool.eligibility]\n{text}')
    assert without_problems(tmp_path / "a") == expected._replace(file="eligibility.toml")
    assert without_problems(tmp_path / "b") == expected._replace(file="pyproject.toml")


def test_the_nearest_counts(tmp_path: Path) -> None:
    """Upward from the working folder; a pyproject.toml about other things is passed; a repository ends the search."""
    write(tmp_path / "eligibility.toml", 'lang = "fr"')
    deep = write(tmp_path / "a" / "b" / "pyproject.toml", '[project]\nname = "eligibility"\n[tool.ruff]\nx = "eligibility."\n').parent
    assert without_problems(deep) == Settings(lang="fr", file="../../eligibility.toml")
    write(tmp_path / "a" / "pyproject.toml", "[tool.eligibility]\nlang = 'en'")
    assert without_problems(deep).file == "../pyproject.toml"
    write(tmp_path / "a" / "eligibility.toml", "")
    assert without_problems(deep) == Settings(file="../eligibility.toml")
    (deep / ".git").mkdir()
    assert without_problems(deep) == Settings()


def test_a_path_is_meant_from_its_file(tmp_path: Path) -> None:
    """`rules` is found from wherever one stands."""
    write(tmp_path / "eligibility.toml", 'rules = "posts"\nlang = "en"')
    write(tmp_path / "posts" / "icesco-p039.yaml", RULE)
    (tmp_path / "deep").mkdir()
    for folder in (tmp_path, tmp_path / "deep"):
        done = run("list", where=folder)
        assert (done.returncode, done.stdout.count("icesco-p039")) == (0, 1)
    assert "../posts/icesco-p039.yaml" in run("validate", "--format", "concise", "--on", "2030-01-01", where=tmp_path / "deep").stdout


def test_options_then_environment_then_settings(tmp_path: Path) -> None:
    """`lang`, `rules` and `severity`, each overridden by what is nearer to the person."""
    write(tmp_path / "eligibility.toml", 'rules = "posts"\nlang = "fr"\nseverity = "error"\nignore = ["W101"]\nfail-on = ["note"]')
    write(tmp_path / "posts" / "icesco-p039.yaml", RULE)
    write(tmp_path / "me.yaml", BARE)
    (tmp_path / "empty").mkdir()
    assert "Aucun problème" in run("validate", "me.yaml", where=tmp_path, LANG="en_US.UTF-8").stdout
    assert "No problem" in run("validate", "me.yaml", where=tmp_path, ELIGIBILITY_LANG="en").stdout
    assert "No problem" in run("validate", "me.yaml", "--lang", "en", where=tmp_path, ELIGIBILITY_LANG="fr").stdout
    assert run("list", where=tmp_path).returncode == 0
    assert run("list", where=tmp_path, ELIGIBILITY_RULES="empty").returncode == 3
    assert run("list", "--rules", "posts", where=tmp_path, ELIGIBILITY_RULES="empty").returncode == 0
    concise = ("validate", "me.yaml", "--format", "concise")
    assert run(*concise, where=tmp_path).stdout == ""
    assert "W101" in run(*concise, "--ignore", "W2", "--severity", "note", where=tmp_path).stdout
    assert "W101" in run(*concise, where=tmp_path, ELIGIBILITY_SEVERITY="warning", ELIGIBILITY_IGNORE="W2,N W3").stdout
    assert run(*concise, "--ignore", "W2", "--severity", "note", where=tmp_path).returncode == 1
    assert run(*concise, "--ignore", "W2", "--severity", "note", "--fail-on", "error", where=tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('lang = "fr"\nlangg = "fr"', ["2:1: error[E502]: unknown setting `langg`", "did you mean `lang`? known settings: rules, lang, select, ignore, severity or fail-on"]),
        ('"fail_on" = []', ["1:1: error[E502]: unknown setting `fail_on`", "did you mean `fail-on`?"]),
        ('lang = "de"', ["1:8: error[E504]: `de` is no value of `lang`", "write en or fr"]),
        ('# é\nseverity = "warn" # x', ["2:12: error[E504]: `warn` is no value of `severity`", "did you mean `warning`?"]),
        ('fail-on = ["warning",\n  "expierd"]', ["2:3: error[E504]: `expierd` is no value of `fail-on`", "did you mean `expired`?"]),
        ("rules = 3", ["1:9: error[E503]: `3` is not a path in quotes"]),
        ('rules = ""', ["1:9: error[E503]"]),
        ('ignore = "W313"', ["1:10: error[E503]: `W313` is not a list of texts", 'write a list of texts, such as ["W101", "W3"]']),
        ("select = [1]", ["1:11: error[E503]: `1` is not a text in quotes"]),
        ('select = ["W313", "E1O5"]', ["1:19: error[E506]: no code begins with `E1O5`", "did you mean `E105`?"]),
        ("lang = fr", ["1:8: error[E501]: this line cannot be read as TOML"]),
        ("lang = 'fr", ["1:1: error[E501]"]),
        ("\n\nselect = [", ["3:1: error[E501]"]),
        ("lang = 'fr'\nlang = 'en'", ["2:1: error[E505]: this stands twice in the file"]),
        ("a = " + "[" * 5000, ["1:1: error[E501]"]),
        ("a = " + "9" * 5000, ["1:1: error[E501]"]),
        ("lang = 'fr\x1b[31m'", ["error[E126]"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(text: str, told: list[str], tmp_path: Path) -> None:
    """Exit 2, one sentence and its help, and nothing else is done."""
    write(tmp_path / "eligibility.toml", text)
    done = run("validate", "-", text=BARE.encode(), where=tmp_path, ELIGIBILITY_LANG="en")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("eligibility.toml:")
    assert "Traceback" not in done.stderr
    for one in told:
        assert one in done.stderr


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    """In the order of the file, in the language it asks for; in pyproject.toml other sections are nobody's business here."""
    write(tmp_path / "pyproject.toml", '[tool.other]\nlang = 3\n[tool]\neligibility.lang = "fr"\neligibility.ruls = "."\neligibility.rules = 1\n')
    done = run("check", "me.yaml", where=tmp_path)
    assert [line.replace("\u00a0", " ").replace("] :", "]:").partition(" : ")[0] for line in done.stderr.splitlines()][::2] == [
        "pyproject.toml:5:13: erreur[E502]: réglage inconnu « ruls »",
        "pyproject.toml:6:21: erreur[E503]: « 1 » n'est pas un chemin entre guillemets, comme \"rules\"",
    ]  # fmt: skip


def test_bytes_and_things_that_are_no_text(tmp_path: Path) -> None:
    """A file in another encoding, and a folder of that name."""
    (tmp_path / "eligibility.toml").write_bytes("lang = 'é'".encode("latin-1"))
    assert "eligibility.toml:1:9: error[E140]" in run("list", where=tmp_path).stderr
    (tmp_path / "eligibility.toml").unlink()
    (tmp_path / "eligibility.toml").mkdir()
    assert "error[E131]" in run("list", where=tmp_path).stderr
    (tmp_path / "eligibility.toml").rmdir()
    (tmp_path / "eligibility.toml").write_bytes(b'\xef\xbb\xbflang = "fr"\r\n')
    assert without_problems(tmp_path).lang == "fr"


@pytest.mark.parametrize("command", ["check", "list", "show", "validate"])
def test_wrong_settings_stop_what_uses_them(command: str, tmp_path: Path) -> None:
    """And not what explains them."""
    write(tmp_path / "eligibility.toml", "langg = 1")
    words = (command, "x") if command in ("check", "show") else (command,)
    assert run(*words, where=tmp_path).returncode == 2
    assert "A setting that does not exist." in run("explain", "E502", where=tmp_path).stdout
    assert run("kinds", where=tmp_path).returncode == 0


def test_without_settings_nothing_is_imported_for_them(tmp_path: Path) -> None:
    """A pyproject.toml that only names us elsewhere is not even parsed."""
    write(tmp_path / "pyproject.toml", '[project]\nname = "eligibility"\n[project.scripts]\neligibility = "eligibility.cli:main"\n')
    program = (
        "import sys; from eligibility.cli import run; run(['list', '--lang', 'en']);"
        "print(sorted({'tomllib', 'eligibility.cli.read_configuration', 'eligibility.loading.toml_places'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=True)
    assert done.stderr == "[]\n"


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60) | st.lists(st.sampled_from(["[tool.eligibility]", "lang", "=", "'fr'", "[", "]", "\n", ".", '"', "{", "1"])).map("".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text makes it fail."""
    from eligibility.cli.read_configuration import settings_from
    from eligibility.loading.files import Source

    for section in ((), ("tool", "eligibility")):
        found = settings_from(Source("x.toml", text.encode("utf-8", "replace")), section)
        assert found is None or found.file == "x.toml"


@pytest.mark.parametrize(
    "text",
    ["[tool.eligibility]\nlang = 'fr'", " [ 'tool' . \"eligibility\" ]\nlang = 'fr'", "tool.eligibility.lang = 'fr'", "[tool]\neligibility.lang = 'fr'",
     "tool = {eligibility = {lang = 'fr'}}", "\ufeff[tool]\r\neligibility = {lang = 'fr'}", "[ tool ] # x\n[tool . eligibility]\n'lang' = 'fr'"],
)  # fmt: skip
def test_however_the_section_is_written(text: str, tmp_path: Path) -> None:
    """TOML has many ways to say the same."""
    assert without_problems(write(tmp_path / "pyproject.toml", text).parent).lang == "fr"
