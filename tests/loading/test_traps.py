"""What the traps of YAML become in a profile or a rule file, where a field decides and not the reader alone.

The words themselves, and every place, are in `test_yaml_reader.py`; here the file is opened as a person's profile
or as a vacancy, and what is told is the whole of what that person sees.
"""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import eligibility
from eligibility.diagnostic import Diagnostic, Problems
from eligibility.loading.files import Source
from eligibility.loading.models import open_profile, open_vacancy
from eligibility.loading.yaml_reader import read_yaml
from eligibility.reference import load_reference
from eligibility.wording import Words, languages

REFERENCE = load_reference()
Told = tuple[tuple[str, int, int], ...]


def where(diagnostics: tuple[Diagnostic, ...]) -> Told:
    return tuple((one.code, one.place.line, one.place.column) for one in diagnostics)


class Row(NamedTuple):
    """A file and what is told of it; `read` picks facts out of a profile that could be read."""

    trap: str
    text: str
    told: Told = ()
    read: dict[str, Any] | None = None


PROFILES = [
    Row("a Norwegian, without quotes", "citizenships: [FR, NO]", (("W101", 1, 20),), {"citizenships": ["FR", "NO"]}),
    Row("the Norwegian language, without quotes", "languages: [{language: no, level: C1}]", (("W101", 1, 24),), {"languages": ["no"]}),
    Row("yes where true is wanted", "languages: [{language: fr, native: yes}]", (("N204", 1, 36),), {"languages": ["fr"]}),
    Row("oui where true is wanted", "languages: [{language: fr, native: oui}]", (("N204", 1, 36),), {"languages": ["fr"]}),
    Row("on where true is wanted", "degrees: [{expected: on}]", (("E204", 1, 22),)),
    Row("true", "languages: [{language: fr, native: true}]", (), {"languages": ["fr"]}),
    Row("a date", "birth_date: 2001-05-20", (), {"birth_date": "2001-05-20"}),
    Row("a date in quotes", "birth_date: '2001-05-20'", (), {"birth_date": "2001-05-20"}),
    Row("an impossible date", "birth_date: 2001-02-30", (("E105", 1, 13),)),
    Row("an impossible date in quotes", "birth_date: '2001-02-30'", (("E105", 1, 13),)),
    Row("a date with short month and day", "birth_date: 2001-5-2", (("N204", 1, 13),), {"birth_date": "2001-05-02"}),
    Row("a French date", "birth_date: 20/05/2001", (("N204", 1, 13),), {"birth_date": "2001-05-20"}),
    Row("a month where a month is enough", "degrees: [{awarded: 2023-09}]"),
    Row("a year where a year is enough", "degrees: [{awarded: 2023}]"),
    Row("a month that is none", "degrees: [{awarded: 2023-13}]", (("E105", 1, 21),)),
    Row("a time where a date is wanted", "birth_date: 12:30", (("E107", 1, 13),)),
    Row("no number at all", "degrees: [{credits: .nan}]", (("E122", 1, 21),)),
    Row("a number of 5,000 digits", "degrees: [{credits: " + "9" * 5000 + "}]", (("E119", 1, 21),)),
    Row("a decimal where a decimal is allowed", "degrees: [{credits: 3.10}]"),
    Row("a decimal where a whole number is wanted", "degrees: [{level: 3.10}]", (("E204", 1, 19),)),
    Row("a version as an id", "id: 3.10", (("E204", 1, 5),)),
    Row("a number as an id", "id: 12", (("E204", 1, 5),)),
    Row("an id with a leading zero", "id: 039", (("E108", 1, 5),)),
    Row("an id in quotes", 'id: "039"', (), {"id": "039"}),
    Row("a leading zero where a number is wanted", "degrees: [{level: 07}]", (("E108", 1, 19),)),
    Row("the same key twice", "birth_date: 2001-05-20\nid: x\nbirth_date: 2002-05-20", (("E110", 3, 1),)),
    Row("half a character", 'name: "\\ud83d\\ude00"', (("E111", 1, 8),)),
    Row("a tag that runs code", "name: !!python/object/apply:os.system [ls]", (("E115", 1, 7),)),
    Row("a decomposed accent in a word of the vocabulary", "degrees: [{title: mai\u0302trise}]", (), {"degrees": ["maitrise"]}),
    Row("a non-breaking space after the last colon", "id: x\nname:\u00a0Zoé", (("E151", 2, 6),)),
    Row("a name with a sharp sign", "name: C# #note", (), {"name": "C#"}),
    Row(
        "all problems in line order, the reader's and the fields' alike",
        "id: 010\nbirth_date: 20/05/2001\ncitizenships: [NO]\nlevel: 7\nbirth_date: 2001-02-30\n",
        (("E108", 1, 5), ("N204", 2, 13), ("W101", 3, 16), ("E203", 4, 1), ("E110", 5, 1), ("E105", 5, 13)),
    ),
]


def opened(path: Path) -> tuple[Any, tuple[Diagnostic, ...]]:
    """The profile of a file, None when it is refused, and what is told, in the order of the file."""
    try:
        loaded = open_profile(str(path), REFERENCE)
    except Problems as problems:
        return None, problems.diagnostics
    return loaded.model, loaded.diagnostics


@pytest.mark.parametrize("row", PROFILES, ids=lambda row: row.trap)
def test_in_a_profile(row: Row, tmp_path: Path) -> None:
    path = tmp_path / "me.yaml"
    path.write_text(row.text, "utf-8")
    loaded, diagnostics = opened(path)
    assert where(diagnostics) == row.told
    assert (loaded is None) == any(code.startswith("E") for code, _, _ in row.told)
    for name, expected in (row.read or {}).items():
        value = loaded.model_dump(mode="json")[name]
        if name in ("citizenships", "languages", "degrees"):
            value = [one[{"citizenships": "country", "languages": "language", "degrees": "title"}[name]] for one in value]
        assert value == expected


VACANCY = """\
format: 1
id: post-12
title: {en: A post}
organisation: {en: An office}
dates: {deadline: 2024-03-27}
criteria:
  - {id: age, kind: age, at_least: 18, as_of: deadline, clause: "1"}
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("2024-03-27", "2024-03-27", ()),
        ("2024-03-27", '"2024-03-27T12:00"', ()),
        ("2024-03-27", "2024-03-27 12:00:00 CET", (("E228", 5, 19),)),
        ("2024-03-27", "2024-03-27 12:00:00 +01:00", (("E228", 5, 19),)),
        ("2024-03-27", "2024-02-30", (("E105", 5, 19),)),
        ("2024-03-27", "2024-3-27", (("E106", 5, 19),)),
        ("2024-03-27", "27/03/2024", (("E106", 5, 19),)),
        ("2024-03-27", "12:30", (("E228", 5, 19),)),
        ("2024-03-27", '"12:30"', (("E228", 5, 19),)),
        (
            "2024-03-27",
            '{readings: [{name: a, at: 2024-03-27, preferred: true}, {name: b, at: 12:30}]}',
            (("E228", 5, 89),),
        ),
        (
            "2024-03-27",
            '{readings: [{name: a, at: 2024-03-27, preferred: true}, {name: b, at: 2024-03-28, preferred: no}]}',
            (("E204", 5, 112),),
        ),
        ("criteria:", "as_of: {day: deadline, assumed: no}\ncriteria:", (("E204", 6, 33),)),
        ("post-12", "039", (("E108", 2, 5),)),
        ("post-12", "3.10", (("E204", 2, 5),)),
        ("kind: age", "kind: agee", (("E202", 7, 21),)),
        ("title: {en: A post}", "title: {en: A post, no: x}", (("E203", 3, 21), ("W101", 3, 21))),
    ],
)
def test_in_a_vacancy(old: str, new: str, told: Told, tmp_path: Path) -> None:
    path = tmp_path / "post.yaml"
    path.write_text(VACANCY.replace(old, new, 1), "utf-8")
    assert where(open_vacancy(str(path), REFERENCE).diagnostics) == told


@pytest.mark.parametrize(
    ("deadline", "example"),
    [
        ("12:30", "2024-03-27T12:30"),
        ('"9:15"', "2024-03-27T09:15"),
        ("2025-05-20 12h30", "2025-05-20T12:30"),
        ("2025-05-20 12:30:00 CET", "2025-05-20T12:30"),
        ("2025-05-20 25:30", "2025-05-20T12:00"),
    ],
)
def test_the_hour_of_a_deadline_is_shown_as_it_must_be_written(deadline: str, example: str, tmp_path: Path) -> None:
    """Whoever typed an hour sees that hour with its day, in quotes, in both languages."""
    path = tmp_path / "post.yaml"
    path.write_text(VACANCY.replace("2024-03-27", deadline, 1), "utf-8")
    [problem] = open_vacancy(str(path), REFERENCE).diagnostics
    assert all(f'"{example}"' in Words(language).problem(problem.code, problem.params).help for language in ("en", "fr"))


@pytest.mark.parametrize(("word", "code"), [("018", "E108"), ("1_8", "E109"), ("1e1", "E121"), (".inf", "E122"), ("0x12", "E120")])
def test_in_a_bound(word: str, code: str, tmp_path: Path) -> None:
    """No doubtful number bounds an age; a rule file with one is not used."""
    path = tmp_path / "post.yaml"
    path.write_text(VACANCY.replace("at_least: 18", f"at_least: {word}"), "utf-8")
    loaded = open_vacancy(str(path), REFERENCE)
    assert loaded.model is None
    assert (code, 7, 36) in where(loaded.diagnostics)


BOMBS = [
    ("two thousand nested brackets", "a: " + "[" * 2_000 + "]" * 2_000, "E112", 1),
    ("fifty thousand nested brackets", "a: " + "[" * 50_000, "E112", 1),
    ("fifty thousand nested brackets, one a line", "a:\n " + "[\n " * 50_000, "E112", 41),
    ("fifty thousand nested braces", "a: " + "{b: " * 50_000, "E112", 1),
    ("fifty thousand nested keys", "".join(f"{' ' * level}a:\n" for level in range(1_000)), "E112", 41),
    ("billion laughs", "a: &a [x, x]\n" + "".join(f"b{i}: &b{i} [*a, *a]\n" for i in range(9)), "E114", 1),
    ("merge keys", "a: {b: 1}\n" + "".join(f"c{i}:\n  <<: [*a, *a]\n" for i in range(9)), "E116", 3),
    ("a million documents", "a: 1\n" + "---\na: 1\n" * 90_000, "E117", 2),
    ("a second document after three dots", "a: 1\n... # end\n\nb: 2\n", "E117", 4),
    ("half a million marks on one letter", "a: e" + "\u0301\u0316" * 240_000, "E157", 1),
    ("a hundred thousand marks on one letter, escaped", 'a: "e' + "\\u0301\\u0316" * 45_000 + '"', "E157", 1),
    ("five thousand keys, five thousand times the last", "".join(f"k{i}: 1\n" for i in range(4_990)) + "k4989: 1\n" * 5_000, "E110", 4_991),
]


@pytest.mark.parametrize(("text", "code", "line"), [row[1:] for row in BOMBS], ids=[row[0] for row in BOMBS])
def test_bombs_are_told_by_name_and_at_once(text: str, code: str, line: int) -> None:
    start = time.process_time()
    try:
        diagnostics = read_yaml(Source("x.yaml", text.encode())).diagnostics
    except Problems as problems:
        diagnostics = problems.diagnostics
    assert time.process_time() - start < 2
    assert (code, line) in [(one.code, one.place.line) for one in diagnostics]


def test_thirty_marks_on_one_letter_are_read() -> None:
    for marks, told in ((30, []), (31, ["E157"])):
        text = "—" * 40 + "e" + "\u0316" * marks  # dashes are no marks
        assert [one.code for one in read_yaml(Source("x.yaml", f"a: {text}".encode())).diagnostics] == told


def test_a_place_is_found_quickly_for_each_of_many_problems() -> None:
    document = read_yaml(Source("x.yaml", ("a: [" + "x, " * 9_000 + "]\n" + "".join(f"k{i}: 1\n" for i in range(5_000))).encode()))
    start = time.process_time()
    for position in range(9_000):
        assert document.place(("a", position)).column == 5 + 3 * position
    for position in range(5_000):
        assert document.place((f"k{position}",)).line == position + 2
    assert time.process_time() - start < 1


@pytest.mark.parametrize("path", [("a", "b"), ("a", 0, "b"), ("a", 0, 0), ("a", 3), ("a", -1)])
def test_a_path_that_leads_nowhere_stands_at_its_nearest_parent(path: tuple[str | int, ...]) -> None:
    assert read_yaml(Source("x.yaml", b"a: [x, y, z]")).place(path).column in (4, 5)


@pytest.mark.parametrize("language", languages())
def test_every_code_of_the_package_has_words(language: str) -> None:
    folder = Path(eligibility.__path__[0])
    codes = {code for path in folder.rglob("*.py") for code in re.findall(r"\b[EWN][1-3][0-9]{2}\b", path.read_text("utf-8"))}
    words = Words(language)
    assert len(codes) > 80
    for code in sorted(codes):
        assert words.problem(code, {}).message, code


@pytest.mark.parametrize("name", ["files.json", "rules.json"])
def test_both_languages_tell_the_same_facts(name: str) -> None:
    folder = Path(eligibility.__path__[0]) / "wording"
    english, french = (json.loads((folder / language / name).read_text("utf-8")) for language in ("en", "fr"))
    assert set(english) == set(french)
    for key in english:
        names = [set(re.findall(r"\{(\w+)\}", json.dumps(entries[key]))) for entries in (english, french)]
        assert names[0] == names[1], key


def test_a_file_of_unknown_words_is_not_searched_word_by_word(tmp_path: Path) -> None:
    """The first hundred words get a suggestion, one note says that the others do not, and every one is named; relatives included."""
    words = ", ".join(f"allemagn{index}" for index in range(80))
    path = tmp_path / "many.yaml"
    path.write_text(f"citizenships: [{words}]\nrelatives:\n" + f"  - {{relation: parent, citizenships: [{words}]}}\n" * 3, "utf-8")
    told = open_profile(str(path), REFERENCE).diagnostics
    unknown = [one for one in told if one.code == "W202"]
    assert len(unknown) == 320
    assert 0 < sum(one.params["suggestion"] is not None for one in unknown) <= 100
    assert [one.code for one in told if one.code != "W202"] == ["N201"]


@pytest.mark.parametrize(("language", "name"), [("en", "United Kingdom"), ("fr", "Royaume-Uni")])
def test_an_alias_is_explained_in_the_language_asked_for(language: str, name: str, tmp_path: Path) -> None:
    """`UK` is read as GB, and GB has the name that the reader uses."""
    path = tmp_path / "person.yaml"
    path.write_text("citizenships: [UK]\n", "utf-8")
    [told] = open_profile(str(path), REFERENCE).diagnostics
    assert name in Words(language).problem(told.code, told.params).message
