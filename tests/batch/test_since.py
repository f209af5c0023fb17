"""`batch --with` and `batch --against`: what is otherwise, for whom and why."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from html import unescape
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import python_calamine

from eligibility.cli import run

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "schema" / "batch.schema.json").read_text("utf-8"))
RULE = """format: 1
id: junior
title: {en: Junior expert, fr: Expert junior}
zone: Europe/Paris
dates: {deadline: 2026-12-10}
as_of: application
criteria:
  - {id: age, kind: age, at_most: 30, as_of: application, label: {en: At most 30, fr: 30 ans au plus}}
  - {id: german, kind: language, of: de, level: {at_least: B2}, label: {en: German, fr: Allemand}}
"""
PEOPLE = {
    "karim": "name: Karim\nbirth_date: 1995-12-05\nlanguages: [{language: de, level: C1}]\n",
    "nora": "name: Nora\nbirth_date: 1990-12-05\nlanguages: [{language: de, level: C1}]\n",
    "rosa": "name: Rosa\nbirth_date: 1998-03-15\nlanguages: [{language: de, level: B1}]\n",
}
GERMAN = "languages: [{language: de, level: B2}]"
THEN, LATER = "2026-11-29", "2026-12-04"

Told = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three people, a vacancy, and what was answered on a day."""
    (tmp_path / "people").mkdir()
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "junior.yaml").write_text(RULE, "utf-8")
    for name, text in PEOPLE.items():
        (tmp_path / "people" / f"{name}.yaml").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ELIGIBILITY_LANG", "en")
    assert run(["batch", "people", "--on", THEN, "--jobs", "1", "-o", "last.json"]) == 0
    return tmp_path


def text(capsys: Told, *words: str, code: int = 0) -> str:
    capsys.readouterr()
    assert run(["batch", "people", "--jobs", "1", *words]) == code
    return capsys.readouterr().out


def document(capsys: Told, *words: str) -> Any:
    found = json.loads(text(capsys, "--format", "json", *words))
    jsonschema.validate(found, SCHEMA)
    return found


def why(found: Any, who: str) -> Any:
    [person] = [one for one in found["people"] if one["id"] == who]
    return [one["why"] for one in person["since"]["changes"]] if person["since"]["state"] == "changed" else person["since"]["state"]


def section(text: str) -> str:
    return text[text.index("WHAT ") : text.index("\n\nBY VACANCY")]


# ------------------------------------------------------------------------------------------------ --with


def test_facts_are_added_for_everybody(folder: Path, capsys: Told) -> None:
    """How many it changes, by vacancy; then who, criterion by criterion. The answers are those with the facts, and no file is touched."""
    told = text(capsys, "--on", THEN, "--with", GERMAN)
    assert section(told) == (
        "WHAT THE ADDED FACTS CHANGE\n"
        "- Junior expert: not eligible → likely eligible for 1 person.\n"
        "- Rosa (rosa)\n"
        "  - Junior expert: not eligible → likely eligible.\n"
        "    - German: not met → met"
    )
    assert "  2 likely eligible, 1 not eligible.\n" in told
    assert (folder / "people" / "rosa.yaml").read_text("utf-8") == PEOPLE["rosa"]


def test_what_is_added_answers_as_in_the_file(folder: Path, capsys: Told) -> None:
    """For everybody: the same outcome and verdicts as with the facts written into each profile."""
    added = document(capsys, "--on", THEN, "--with", GERMAN)
    for name, said in PEOPLE.items():
        (folder / "people" / f"{name}.yaml").write_text(said.replace("}]\n", "}, {language: de, level: B2}]\n"), "utf-8")
    written = document(capsys, "--on", THEN)

    def verdicts(found: Any) -> Any:
        return [[(cell["outcome"], [one["verdict"] for one in cell["criteria"]]) for cell in one["vacancies"]] for one in found["people"]]

    assert verdicts(added) == verdicts(written)
    assert [one["since"]["state"] for one in added["people"]] == ["same", "same", "changed"]
    assert all("since" not in one for one in written["people"])


def test_a_table_with_facts_added(folder: Path, capsys: Told) -> None:
    """Rows of a table are given them as well."""
    (folder / "class.csv").write_text("id,birth_date\nlin,1999-01-01\n", "utf-8")
    capsys.readouterr()
    assert run(["batch", "class.csv", "--on", THEN, "--with", GERMAN, "--with", "name: X", "--lang", "en", "--jobs", "1"]) == 0
    assert "more information needed → likely eligible for 1 person." in capsys.readouterr().out.replace("\n  ", " ")


@pytest.mark.parametrize(
    ("added", "told"), [("languages: [", "--with:1:"), ("langages: []", "error[E203]"), ("nowhere.yaml", "error[E130]"), ("birth_date: \x1b", "--with:1:")]
)
def test_what_cannot_be_added_answers_nothing(added: str, told: str, folder: Path, capsys: Told) -> None:
    """It is told once, with its place."""
    capsys.readouterr()
    assert run(["batch", "people", "--on", THEN, "--with", added]) == 2
    found = capsys.readouterr()
    assert found.out == ""
    assert told in found.err
    assert "\x1b" not in found.err


# ------------------------------------------------------------------------------------------------ --against


def test_nothing_has_changed(folder: Path, capsys: Told) -> None:
    """The same day, people and rules: nobody is listed, and the exit code is 0."""
    told = text(capsys, "--on", THEN, "--against", "last.json", "--fail-on", "changed")
    assert section(told) == "WHAT HAS CHANGED SINCE 29 NOVEMBER 2026\n- No answer has changed."


def test_whose_answer_has_changed_and_why(folder: Path, capsys: Told) -> None:
    """A fact, the day, who is new, who is gone."""
    (folder / "people" / "rosa.yaml").write_text(PEOPLE["rosa"].replace("B1", "B2"), "utf-8")
    (folder / "people" / "nora.yaml").unlink()
    (folder / "people" / "lin.yaml").write_text("name: Lin\nbirth_date: 1999-12-05\n", "utf-8")
    told = text(capsys, "--on", "2026-12-06", "--against", "last.json", "--fail-on", "changed", code=1)
    assert section(told) == (
        "WHAT HAS CHANGED SINCE 29 NOVEMBER 2026\n"
        "- Junior expert: likely eligible → not eligible for 1 person.\n"
        "- Junior expert: not eligible → likely eligible for 1 person.\n"
        "- Karim (karim)\n"
        "  - Junior expert: likely eligible → not eligible. The day is another one.\n"
        "    - At most 30: met → not met\n"
        "- Lin (lin): new.\n"
        "- Rosa (rosa)\n"
        "  - Junior expert: not eligible → likely eligible. The profile has changed.\n"
        "    - German: not met → met\n"
        "- Nora (nora): no longer there."
    )
    found = document(capsys, "--on", "2026-12-06", "--against", "last.json")
    assert [why(found, one) for one in ("karim", "lin", "rosa")] == [[["day"]], "new", [["facts"]]]
    assert found["against"] == {
        "on": THEN, "gone": [{"id": "nora", "name": "Nora"}], "gone_people": 1, "gone_vacancies": [], "new_vacancies": [], "unnamed": 0,
    }  # fmt: skip


@pytest.mark.parametrize(("day", "expected"), [("2026-12-04", "same"), ("2026-12-05", [["day"]]), ("2026-12-06", [["day"]])])
def test_a_birthday(day: str, expected: Any, folder: Path, capsys: Told) -> None:
    """The day before, the day on which he is too old, the day after."""
    assert why(document(capsys, "--on", day, "--against", "last.json"), "karim") == expected


@pytest.mark.parametrize(("day", "expected"), [("2026-12-09", "same"), ("2026-12-10", "same"), ("2026-12-11", [["closed"]])])
def test_a_deadline(day: str, expected: Any, folder: Path, capsys: Told) -> None:
    """What has closed has changed for everybody, because it has closed."""
    assert why(document(capsys, "--on", day, "--against", "last.json"), "nora") == expected


def test_a_rule_that_has_changed(folder: Path, capsys: Told) -> None:
    """A limit that was moved; a comment changes nothing, nor does what changes no answer."""
    (folder / "rules" / "junior.yaml").write_text(RULE.replace("at_most: 30", "at_most: 36"), "utf-8")
    found = document(capsys, "--on", THEN, "--against", "last.json")
    assert [why(found, one) for one in ("karim", "nora", "rosa")] == ["same", [["rule"]], "same"]
    (folder / "rules" / "junior.yaml").write_text(f"# as before\n{RULE}", "utf-8")
    assert "- No answer has changed." in text(capsys, "--on", THEN, "--against", "last.json")


def test_several_reasons_at_once(folder: Path, capsys: Told) -> None:
    """Where profile and rule have both changed, both are told: which of them did it is not guessed. Nor is the day blamed for nothing."""
    (folder / "rules" / "junior.yaml").write_text(RULE.replace("B2", "B1"), "utf-8")
    (folder / "people" / "rosa.yaml").write_text(PEOPLE["rosa"].replace("B1", "B2"), "utf-8")
    assert why(document(capsys, "--on", LATER, "--against", "last.json"), "rosa") == [["facts", "rule"]]
    assert why(document(capsys, "--on", "2026-12-11", "--against", "last.json"), "rosa") == [["closed", "facts", "rule"]]


def test_an_answer_without_digests_leaves_it_open(folder: Path, capsys: Told) -> None:
    """One that an earlier version wrote; the day can be told all the same."""
    last = json.loads((folder / "last.json").read_text("utf-8"))
    for one in last["people"]:
        del one["profile_digest"]
    (folder / "last.json").write_text(json.dumps(last), "utf-8")
    (folder / "people" / "rosa.yaml").write_text(PEOPLE["rosa"].replace("B1", "B2"), "utf-8")
    found = document(capsys, "--on", "2026-12-06", "--against", "last.json")
    assert [why(found, one) for one in ("karim", "rosa")] == [[["day"]], [["unsaid"]]]


def test_another_version_of_the_program(folder: Path, capsys: Told) -> None:
    """Where nothing else has changed, it is the program or its data."""
    last = json.loads((folder / "last.json").read_text("utf-8"))
    last["engine_version"] = "0.0.1"
    last["people"][0]["vacancies"][0]["outcome"] = "not_eligible"
    (folder / "last.json").write_text(json.dumps(last), "utf-8")
    assert why(document(capsys, "--on", THEN, "--against", "last.json"), "karim") == [["program"]]


def test_who_could_not_be_read(folder: Path, capsys: Told) -> None:
    """Then, or now."""
    (folder / "people" / "rosa.yaml").write_text("languages: [", "utf-8")
    told = text(capsys, "--on", THEN, "--against", "last.json", code=2)
    assert "- rosa: can no longer be read." in section(told)
    assert run(["batch", "people", "--on", THEN, "-o", "last.json"]) == 2
    (folder / "people" / "rosa.yaml").write_text(PEOPLE["rosa"], "utf-8")
    assert "- Rosa (rosa): can be read now." in section(text(capsys, "--on", THEN, "--against", "last.json"))


def test_people_without_an_id_are_not_compared(folder: Path, capsys: Told) -> None:
    """The number of a line is nobody's name: a row more, and it is somebody else's. Nor is an id that stands there twice."""
    (folder / "a.csv").write_text("birth_date\n1999-01-01\n1980-01-01\n", "utf-8")
    (folder / "b.csv").write_text("birth_date\n1970-01-01\n1999-01-01\n1980-01-01\n", "utf-8")
    assert run(["batch", "a.csv", "--on", THEN, "-o", "a.json", "--jobs", "1"]) == 0
    capsys.readouterr()
    assert run(["batch", "b.csv", "--on", THEN, "--against", "a.json", "--fail-on", "changed", "--jobs", "1"]) == 0
    told = section(capsys.readouterr().out)
    assert "- No answer has changed." in told
    assert "- 5 people cannot be compared" in told


def test_vacancies_of_one_answer_only(folder: Path, capsys: Told) -> None:
    """They are named, and nobody's answer has changed by it."""
    (folder / "rules" / "junior.yaml").unlink()
    (folder / "rules" / "senior.yaml").write_text(RULE.replace("id: junior", "id: senior"), "utf-8")
    told = section(text(capsys, "--on", THEN, "--against", "last.json", "--fail-on", "changed"))
    assert "- Not in the earlier answer: senior." in told
    assert "- Only in the earlier answer: junior." in told


def test_as_a_table(folder: Path, capsys: Told) -> None:
    """A row per criterion that is otherwise, per vacancy where none is, and for who is new or gone."""
    (folder / "people" / "rosa.yaml").write_text(PEOPLE["rosa"].replace("B1", "B2"), "utf-8")
    (folder / "people" / "nora.yaml").unlink()
    found = text(capsys, "--on", "2026-12-11", "--against", "last.json", "--format", "csv", "--table", "changes", "--csv-delimiter", ",")
    rows = [[one[name] for name in ("id", "state", "before", "after", "closing", "why", "criterion", "criterion_after")] for one in
            csv.DictReader(io.StringIO(found.removeprefix("\ufeff")))]  # fmt: skip
    assert rows == [
        ["karim", "changed", "likely_eligible", "not_eligible", "closed", "closed", "age", "fail"],
        ["rosa", "changed", "not_eligible", "likely_eligible", "closed", "closed facts", "german", "pass"],
        ["nora", "gone", "", "", "", "", "", ""],
    ]


def test_by_several_processes_and_without_names(folder: Path, capsys: Told) -> None:
    """The same; who is gone is only counted where people are told by codes."""
    (folder / "people" / "nora.yaml").unlink()
    (folder / "class.jsonl").write_text("".join(f'{{"id": "p{n}", "birth_date": "{1985 + n % 15}-12-05"}}\n' for n in range(150)), "utf-8")
    assert run(["batch", "class.jsonl", "--on", THEN, "-o", "class.json"]) == 0
    told = []
    for jobs in ("1", "2"):
        capsys.readouterr()
        assert run(["batch", "class.jsonl", "--on", "2026-12-06", "--against", "class.json", "--jobs", jobs]) == 0
        told.append(section(capsys.readouterr().out))
    assert told[0] == told[1]
    masked = text(capsys, "--on", "2026-12-06", "--against", "last.json", "--anonymise")
    assert "karim" not in masked.lower()
    assert "nora" not in masked.lower()
    assert "- 1 person is no longer there." in masked


WRONG: list[tuple[str, Sequence[str], str]] = [
    ("", (), "is not JSON"), ("[" * 100_000, (), "is not JSON"), ("[]", (), "is no answer"), ("{}", (), "is no answer"),
    ('{"schema_version": 2, "on": "2026-01-01", "vacancies": [], "people": []}', (), "another version"),
    ('{"schema_version": 1, "on": 3, "vacancies": [], "people": []}', (), "is no answer"),
    ('{"schema_version": 1, "on": "2026-01-01", "vacancies": [], "people": [{}]}', (), "is no answer"),
    ('{"schema_version": 1, "on": "2026-01-01", "vacancies": [], "people": [], "anonymised": true}', (), "codes instead of ids"),
    ('{"schema_version": 1, "on": "2026-01-01", "vacancies": [], "people": [], "added": []}', (), "as if more were said"),
    ('{"schema_version": 1, "reports": []}', (), "is no answer"), ("{}", ("--with", GERMAN), "two questions"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "words", "told"), WRONG, ids=[told + said[:30] for said, _, told in WRONG])
def test_what_is_no_earlier_answer(said: str, words: Sequence[str], told: str, folder: Path, capsys: Told) -> None:
    """Refused, with the reason, before anybody is checked."""
    (folder / "last.json").write_text(said, "utf-8")
    capsys.readouterr()
    assert run(["batch", "people", "--on", THEN, "--against", "last.json", *words]) == 2
    found = capsys.readouterr()
    assert found.out == ""
    assert told in found.err


def test_what_would_do_nothing_is_refused(folder: Path, capsys: Told) -> None:
    """`changes` and `changed` need something to compare with; a file that is not there is told; an input is never written over."""
    for words in (["--table", "changes"], ["--fail-on", "changed"], ["--against", "nowhere.json"], ["--against", "people"]):
        assert run(["batch", "people", "--on", THEN, *words]) == 2
    before = (folder / "last.json").read_bytes()
    assert run(["batch", "people", "--on", THEN, "--against", "last.json", "-o", "last.json"]) == 2
    assert (folder / "last.json").read_bytes() == before


def test_what_has_closed_for_everybody_is_said_once(folder: Path, capsys: Told) -> None:
    """By vacancy, and not person by person; and criteria that change no outcome are only counted."""
    told = section(text(capsys, "--on", "2026-12-11", "--against", "last.json"))
    assert told.splitlines()[1] == "- Junior expert: has closed; nothing else is new for 2 people."
    assert "(nora)" not in told
    assert "(rosa)" not in told
    (folder / "people" / "karim.yaml").write_text(PEOPLE["karim"].replace("C1", "B1"), "utf-8")
    assert "It has closed. The profile has changed." not in told
    told = section(text(capsys, "--on", THEN, "--with", "languages: [{language: de, level: B2}]", "--vacancy", "junior"))
    assert "criteria change but no outcome" not in told
    (folder / "people" / "nora.yaml").write_text(PEOPLE["nora"].replace("C1", "B1"), "utf-8")
    told = " ".join(section(text(capsys, "--on", THEN, "--with", GERMAN)).split())
    assert "- For 1 person more, criteria change but no outcome: JSON, XLSX and `--table changes` have them." in told


# ------------------------------------------------------------------------------------------------ pages and workbooks


def shown(file: Path) -> str:
    """What a page says, without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", file.read_text("utf-8").partition("</style>")[2])).split())


def sheets(file: Path) -> dict[str, list[list[Any]]]:
    book = python_calamine.CalamineWorkbook.from_path(str(file))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_page_of_a_class_says_what_was_and_what_is(folder: Path, capsys: Told) -> None:
    """The facts at the top; for how many and for whom below the table; in the table, what a cell was before. Without `--with`, nothing."""
    text(capsys, "--on", THEN, "--with", GERMAN, "-o", "class.html", "-o", "plain.html")
    said = shown(folder / "class.html")
    assert f"Answered as if this were said, too: {GERMAN}" in said
    assert "What the added facts change (1)" in said
    assert "Junior expert: not eligible → likely eligible for 1 person." in said
    assert "Rosa rosa Junior expert not eligible → likely eligible German not met → met" in said
    [cell] = re.findall(r"<td[^>]*data-was.*?</td>", (folder / "class.html").read_text("utf-8"))
    assert "before: not eligible" in cell
    text(capsys, "--on", THEN, "-o", "plain.html")
    page = (folder / "plain.html").read_text("utf-8")
    assert 'id="changes"' not in page
    assert "<td data-was" not in page
    assert 'id="f-changed"' not in page


def test_the_page_of_a_class_says_what_has_changed_since(folder: Path, capsys: Told) -> None:
    """And why, who is new, who is gone, in the language of the reader."""
    (folder / "people" / "nora.yaml").unlink()
    (folder / "people" / "lin.yaml").write_text("name: Lin\nbirth_date: 1999-12-05\n", "utf-8")
    text(capsys, "--on", "2026-12-06", "--against", "last.json", "-o", "class.html")
    said = shown(folder / "class.html")
    assert "What has changed since 29 November 2026 (2)" in said
    assert "Karim karim Junior expert likely eligible → not eligible The day is another one. At most 30 met → not met" in said
    assert "Lin lin new." in said
    assert "Nora (nora): no longer there." in said
    text(capsys, "--on", "2026-12-06", "--against", "last.json", "-o", "class.html", "--lang", "fr")
    assert "Karim karim Expert junior a priori éligible → non éligible Le jour n'est plus le même." in shown(folder / "class.html")


def test_a_workbook_has_a_sheet_of_changes(folder: Path, capsys: Told) -> None:
    """Its rows are those of `--table changes`, in words; one more says what was added."""
    text(capsys, "--on", THEN, "--with", GERMAN, "-o", "class.xlsx", "-o", "class.csv", "--table", "changes")
    book = sheets(folder / "class.xlsx")
    assert list(book) == ["People and vacancies", "Next steps", "Criteria", "Changes", "Facts added"]
    rows = list(csv.reader(io.StringIO((folder / "class.csv").read_text("utf-8-sig"))))
    assert len(book["Changes"]) == len(rows) == 2
    assert book["Changes"][1] == [
        3.0, "rosa", "Rosa", "people/rosa.yaml", "another answer", "Junior expert", "not eligible", "open", "likely eligible", "open", "",
        "German", "not met", "met",
    ]  # fmt: skip
    assert book["Facts added"] == [[f"Answered as if this were said, too: {GERMAN}"]]
    text(capsys, "--on", THEN, "-o", "plain.xlsx")
    assert list(sheets(folder / "plain.xlsx")) == ["People and vacancies", "Next steps", "Criteria"]


def test_a_workbook_says_why_and_who_is_gone(folder: Path, capsys: Told) -> None:
    (folder / "people" / "nora.yaml").unlink()
    text(capsys, "--on", "2026-12-06", "--against", "last.json", "-o", "class.xlsx")
    karim, nora = sheets(folder / "class.xlsx")["Changes"][1:]
    assert karim[1:3] + karim[10:] == ["karim", "Karim", "The day is another one.", "At most 30", "met", "not met"]
    assert nora[1:5] == ["nora", "Nora", "", "no longer there"]


def test_json_says_that_facts_were_added(folder: Path, capsys: Told) -> None:
    """So that nobody takes it for an answer about people as they are: it is no earlier answer, either."""
    assert document(capsys, "--on", THEN, "--with", GERMAN)["added"] == [GERMAN]
    assert document(capsys, "--on", THEN, "--with", "birth_date: 2001-02-03", "--redact")["added"] == []
    assert "added" not in document(capsys, "--on", THEN)
    text(capsys, "--on", THEN, "--with", GERMAN, "-o", "if.json")
    assert run(["batch", "people", "--on", THEN, "--against", "if.json"]) == 2


def test_each_line_of_json_lines_says_which_facts_were_added(folder: Path, capsys: Told) -> None:
    """A line is read without the others; a document says it once."""
    for words, said in (("--with", GERMAN), [GERMAN]), (("--with", "birth_date: 2001-02-03", "--redact"), []):
        lines = [json.loads(line) for line in text(capsys, "--format", "jsonl", "--on", THEN, *words).splitlines()]
        for one in lines:
            jsonschema.validate(one, {**SCHEMA["$defs"]["Person"], "$defs": SCHEMA["$defs"]})
        assert [one["added"] for one in lines] == [said] * 3
        assert not any("added" in one for one in document(capsys, "--on", THEN, *words)["people"])
    assert '"added"' not in text(capsys, "--format", "jsonl", "--on", THEN)


def test_a_page_for_each_says_what_changes_for_them(folder: Path, capsys: Told) -> None:
    """With facts added, with the reason; since an earlier answer, with why; and that nothing changes, or nothing can be compared."""
    text(capsys, "--on", THEN, "--with", GERMAN, "--per-person", "pages")
    rosa, karim = (shown(folder / "pages" / f"{name}.html") for name in ("rosa-3", "karim-1"))
    assert f"Answered as if this were said, too: {GERMAN} What the added facts change Junior expert not eligible → likely eligible" in rosa
    assert "German not met → met German" in rosa
    assert "What the added facts change Nothing changes for 1 vacancy." in karim
    (folder / "people" / "lin.yaml").write_text("name: Lin\nbirth_date: 1999-12-05\n", "utf-8")
    text(capsys, "--on", "2026-12-06", "--against", "last.json", "--per-person", "pages")
    karim, lin, nora = (shown(folder / "pages" / f"{name}.html") for name in ("karim-1", "lin-2", "nora-3"))
    assert "What has changed since 29 November 2026 Junior expert likely eligible → not eligible The day is another one." in karim
    assert "There is nothing to compare with" in lin
    assert "What has changed since 29 November 2026 No answer has changed." in nora


def test_what_is_redacted_is_on_no_page_and_no_sheet(folder: Path, capsys: Told) -> None:
    """Nor is a day of birth that was added."""
    born = "birth_date: 1985-04-03"
    text(capsys, "--on", THEN, "--with", born, "--redact", "-o", "class.html", "-o", "class.xlsx", "--per-person", "pages")
    every = [folder / "class.html", *(folder / "pages").glob("*.html")]
    assert len(every) == 4
    for file in every:
        assert "Answered with facts added, which are left out here." in shown(file)
        assert "1985" not in shown(file)
        assert "karim" not in shown(file).lower()
    book = sheets(folder / "class.xlsx")
    assert book["Facts added"] == [["Answered with facts added, which are left out here."]]
    assert "1985" not in str(book)
    assert [row[1] for row in book["Changes"][1:]] == ["P001", "P003"]


def test_what_is_added_is_never_markup(folder: Path, capsys: Told) -> None:
    """It is shown as it was typed, and does nothing."""
    text(capsys, "--on", THEN, "--with", 'name: "</style><script>alert(1)</script>"', "-o", "class.html", "--per-person", "pages")
    for file in (folder / "class.html", *(folder / "pages").iterdir()):
        assert "<script>alert" not in file.read_text("utf-8")
        assert "<script>alert(1)</script>" in unescape(file.read_text("utf-8"))


@pytest.mark.parametrize(("day", "changed"), [("2026-12-01", False), ("2026-12-02", False), ("2026-12-03", True)])
def test_on_the_last_day_no_answer_has_changed_yet(day: str, changed: bool, folder: Path, capsys: Told) -> None:
    """A deadline at noon: on its day it depends on the clock whether one can still apply, and nobody's answer is another one."""
    (folder / "rules" / "junior.yaml").write_text(RULE.replace("2026-12-10", '"2026-12-02T12:00"'), "utf-8")
    assert run(["batch", "people", "--on", THEN, "--jobs", "1", "-o", "noon.json"]) == 0
    shown = text(capsys, "--on", day, "--against", "noon.json")
    assert ("No answer has changed." in shown) is not changed
    assert ("has closed" in shown) is changed
