"""Every code has a page in every language, with a wrong and a right example that are what they say."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from rule_files import NOTICE, TODAY, looked_at_as, rule_file

from eligibility.checks import CHECKS
from eligibility.checks.pages import codes, page_of
from eligibility.cli import run
from eligibility.reporters.layout import width_of
from eligibility.wording import Words, languages

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "eligibility"
IN_SOURCE = {code for path in SOURCE.rglob("*.py") for code in re.findall(r"\b[EWN]\d{3}\b", path.read_text("utf-8"))}
EVERY_CODE = sorted({*IN_SOURCE, *Words("en").codes()})
LATER = date.fromordinal(740_000)  # 15 January 2027: after the deadlines of the examples that have passed

ONLY_WORDS = {
    "E101": "any line that fits no other code",
    "E112": "forty brackets inside one another",
    "E113": "twenty thousand values",
    "E118": "a hundred thousand letters",
    "E128": "a line end that no screen shows",
    **{f"E{number}": "the file itself, not what it says" for number in range(130, 141)},
    **{f"E{number}": "settings, which are TOML" for number in range(501, 507)},
    "E157": "thirty accents on a letter",
    "E250": "a hundred thousand values",
    "E302": "two files",
    **dict.fromkeys(("E237", "N202", "N203"), "the day and the vacancies, which only `check` knows"),
    "E410": "fifty thousand values",
    "E601": "the name of a file",
    "E254": "five hundred lines",
    "E602": "a line of JSON",
    "E606": "what a workbook holds, which is no text",
    "E607": "what a workbook holds, which is no text",
    "E609": "a line of JSON",
    "E614": "bytes that nobody can read",
    "E619": "a bug of ours",
    **{f"E{number}": "a CV, which another program writes" for number in range(640, 647)},
    "N201": "a hundred words",
    "W601": "bytes that are no UTF-8",
    "W602": "a workbook",
    "W604": "two people, which is no matter of one line",
    "W605": "two people, which is no matter of one line",
    "W606": "a whole batch",
    "W609": "two tables",
    "E627": "a table with its map",
    "E629": "a table of Arrow with its map",
    "N605": "a list of a profile, which no table shows whole",
}
WITH_EXAMPLES = [code for code in EVERY_CODE if code not in ONLY_WORDS]
IN_THE_NOTICE = {"N327"}
ON_A_LINE_THAT_STAYS = {"E210", "E308", "W305", "W310", "N606", "N607", "N608"}  # what is wrong with it stands on another line


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("code", EVERY_CODE)
def test_every_code_has_a_page(code: str, language: str) -> None:
    """A heading of one sentence, and a text that says more than the heading; another language than English has its own."""
    page = page_of(code, Words(language))
    assert page.heading.endswith(".")
    assert page.heading.count(". ") == 0
    assert len(page.heading) < 110
    assert 40 < len(page.text) < 520
    assert language == "en" or page.text != page_of(code, Words("en")).text
    if language == "fr":
        assert "`" not in page.heading + page.text
        prose = re.sub(r"«\u00a0[^»]*\u00a0»|\{[^}]*\}|\w+: \w+", "", page.text)
        assert not re.search(r"[^\u00a0\n0-9A-Z«/(-][:;?!](?=\s)", prose), "French puts a space before"


def test_no_page_is_left_over() -> None:
    """The pages are those of the codes that the program can give, and no other."""
    for language in languages():
        assert list(codes(Words(language))) == EVERY_CODE


def test_an_example_is_missing_only_where_no_lines_can_show_it() -> None:
    """Codes about the file as such have words only."""
    assert {code for code in EVERY_CODE if not page_of(code, Words("en")).wrong} == set(ONLY_WORDS)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # a table that is left in the middle
@pytest.mark.parametrize("code", WITH_EXAMPLES)
def test_the_examples_are_what_they_say(code: str, tmp_path: Path) -> None:
    """The wrong lines give the code, at a line that the right ones do not have; the right lines give no error and not the code."""
    page = page_of(code, Words("en"))
    today = LATER if code == "N312" else TODAY
    places = [one.place for one in looked_at_as(page.file, f"{page.wrong}\n", tmp_path, today) if one.code == code]
    assert places
    assert code in IN_THE_NOTICE or not places[0].file.endswith(".txt")
    lines = page.wrong.splitlines()
    before = 0 if code in IN_THE_NOTICE else len(rule_file(page.wrong).splitlines()) - len(lines) if page.file == "rule" else 0
    line = places[0].line - before
    assert 1 <= line <= len(NOTICE.splitlines() if code in IN_THE_NOTICE else lines)
    assert code in IN_THE_NOTICE or (lines[line - 1] in page.right.splitlines()) == (code in ON_A_LINE_THAT_STAYS)
    found = {one.code for one in looked_at_as(page.file, f"{page.right}\n", tmp_path, today)}
    assert code not in found
    assert not {one for one in found if one.startswith("E")}


Explain = Callable[..., str]


@pytest.fixture
def explain(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Explain:
    """The command: what it writes on standard output, or on standard error where it refuses."""

    def explained(*words: str, width: int = 80, code: int = 0) -> str:
        monkeypatch.setenv("COLUMNS", str(width))
        assert run(["explain", *words]) == code
        out, err = capsys.readouterr()
        assert bool(err) == (code != 0)
        return err if code else out

    return explained


@pytest.mark.parametrize("language", languages())
def test_explain_lists_every_code(language: str, explain: Explain) -> None:
    """Without a code, each has a line that begins with it."""
    listed = re.findall(r"^([EWN]\d{3})  \S", explain("--lang", language), re.MULTILINE)
    assert listed == EVERY_CODE


@pytest.mark.parametrize("language", languages())
def test_explain_fits_a_narrow_terminal(language: str, explain: Explain) -> None:
    """At 40 columns only lines of an example, which are to be typed as they stand, are wider."""
    for code in (None, *EVERY_CODE):
        lines = explain(*([code] if code else []), "--lang", language, width=40).splitlines()
        assert all(width_of(line) <= 40 or line.startswith("    ") for line in lines), code


@pytest.mark.parametrize(("code", "shown"), [("E129", "zone<U+00A0>: Europe/Paris"), ("W103", "L<U+200B>"), ("E147", "<TAB>language")])
def test_what_cannot_be_seen_is_shown(code: str, shown: str, explain: Explain) -> None:
    """A wrong example does not look like the right one, and the page says what the sign stands for."""
    page = explain(code)
    assert shown.replace("L<", "Lé<") in page
    assert "between < and >" in page


def test_an_unknown_code_is_told_with_the_nearest(explain: Explain) -> None:
    """Nothing else is printed; capitals do not matter."""
    assert explain("e105") == explain("E105")
    assert "did you mean `E1" in explain("E1055", width=200, code=2)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("code", ["E207", "W316"])
def test_whole_page(code: str, language: str, explain: Explain) -> None:
    """The page is the one that was reviewed: `UPDATE=1 python -m pytest tests/checks/test_pages.py` writes it anew."""
    path = ROOT / "tests" / "golden" / f"explain-{code}.{language}.txt"
    now = explain(code, "--lang", language)
    if os.environ.get("UPDATE"):
        path.write_text(now, "utf-8")
    assert now == path.read_text("utf-8")


def test_checks_have_their_examples() -> None:
    """Those of a check of meaning stand in its module, not among the examples of the other codes."""
    assert {check.CODE for check in CHECKS} <= set(WITH_EXAMPLES)
