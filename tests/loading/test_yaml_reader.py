"""Every trap of YAML has a stated result: the data read, or a code with its line and column."""

from __future__ import annotations

import hashlib
import json
import re
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

import eligibility.loading
import eligibility.wording
from eligibility.diagnostic import Diagnostic, Place, Problems
from eligibility.loading.document import Document
from eligibility.loading.files import Source
from eligibility.loading.nearest import nearest
from eligibility.loading.yaml_characters import MAX_MARKS
from eligibility.loading.yaml_reader import MAX_NODES, read_yaml

Where = tuple[str, int, int]


def read(text: str | bytes) -> Document:
    return read_yaml(Source("rules/x.yaml", text.encode() if isinstance(text, str) else text))


def refusal(text: str | bytes) -> tuple[Diagnostic, ...]:
    with pytest.raises(Problems) as caught:
        read(text)
    return caught.value.diagnostics


def where(diagnostics: tuple[Diagnostic, ...]) -> list[Where]:
    return [(one.code, one.place.line, one.place.column) for one in diagnostics]


@pytest.fixture(params=["C parser", "Python parser"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both parsers of PyYAML, which must give the same answers."""
    name: str = request.param
    if name == "C parser" and not yaml.__with_libyaml__:
        pytest.skip("this PyYAML has no C parser")
    monkeypatch.setattr(yaml, "__with_libyaml__", name == "C parser")
    return name


class Read(NamedTuple):
    """A file that is read, perhaps with something to say about it."""

    trap: str
    text: str | bytes
    data: dict[str, Any]
    told: tuple[Where, ...] = ()


def ambiguous(code: str, word: str) -> Read:
    return Read(f"unquoted {word} is refused", f"a: {word}", {"a": word}, ((code, 1, 4),))


def boolean_elsewhere(word: str) -> Read:
    return Read(f"unquoted {word} is text", f"a: {word}", {"a": word}, (("W101", 1, 4),))


READ = [
    # What other readers take for true or false.
    *map(boolean_elsewhere, ["NO", "No", "no", "yes", "Yes", "YES", "on", "On", "ON", "off", "Off", "OFF", "y", "Y", "n", "N"]),
    Read("Norway in a list of countries", "of: [FR, NO, SE]", {"of": ["FR", "NO", "SE"]}, (("W101", 1, 10),)),
    Read("Norwegian as a key", "no: C1", {"no": "C1"}, (("W101", 1, 1),)),
    Read("Norway as a key", "a: 1\nNO: x", {"a": 1, "NO": "x"}, (("W101", 2, 1),)),
    Read("Ontario in quotes", "a: \"ON\"\nb: 'no'\n\"y\": 1", {"a": "ON", "b": "no", "y": 1}),
    Read("oui and non are text", "a: oui\nb: non", {"a": "oui", "b": "non"}),
    Read("true and false in the three spellings", "a: [true, True, TRUE, false, False, FALSE]", {"a": [True] * 3 + [False] * 3}),
    Read("other spellings of true are text", "a: [tRUE, vrai]", {"a": ["tRUE", "vrai"]}),
    # Nothing.
    Read("null in all its spellings", "a: null\nb: Null\nc: NULL\nd: ~\ne:\nf: [~, null]", {**dict.fromkeys("abcde"), "f": [None] * 2}),
    Read("null in quotes is text", 'a: "null"\nb: ""', {"a": "null", "b": ""}),
    Read("an item of a list with nothing in it", "a:\n  - x\n  -\n", {"a": ["x", None]}),
    # Dates.
    Read("a date is text", "a: 2025-05-20", {"a": "2025-05-20"}),
    Read("29 February of a leap year", "a: 2024-02-29", {"a": "2024-02-29"}),
    ambiguous("E105", "2025-02-30"),
    ambiguous("E105", "2023-02-29"),
    ambiguous("E105", "2023-13-45"),
    ambiguous("E105", "0000-00-00"),
    ambiguous("E105", "2025-02-30T12:00:00"),
    ambiguous("E105", "2025-02-30 12:00"),
    Read("an impossible date in quotes is text", 'a: "2025-02-30"', {"a": "2025-02-30"}),
    Read("other ways to write a date are left to the field", "a: 2025-5-2\nb: 20/05/2025", {"a": "2025-5-2", "b": "20/05/2025"}),
    Read("a month is text", "a: 2023-09", {"a": "2023-09"}),
    Read("a year is a number", "a: 2023", {"a": 2023}),
    Read("a time with the name of a zone is text", "a: 2024-03-27 12:00:00 CET", {"a": "2024-03-27 12:00:00 CET"}),
    Read("a time with an offset is text", "a: 2024-03-27T12:00:00+01:00", {"a": "2024-03-27T12:00:00+01:00"}),
    Read("a date as a key is text", "2025-05-20: x", {"2025-05-20": "x"}),
    Read("a date followed by words is text", "a: 2025-02-30 ou plus tard", {"a": "2025-02-30 ou plus tard"}),
    # Words that look like numbers.
    *(ambiguous("E107", word) for word in ["12:30", "23:59", "1:30:00", "12:00:00", "09:30", "190:20:30", "25:61", "-1:30", "+02:00"]),
    *(ambiguous("E108", word) for word in ["010", "01000", "08000", "08", "039", "-07", "00", "007.5", "+01"]),
    *(ambiguous("E109", word) for word in ["1_25", "1_000", "1_", "1_000.5", "1.2_5", "-1_0", ".2_5"]),
    *(ambiguous("E120", word) for word in ["0x1F", "0b11", "0o17", "0X1F", "-0x1", "0x_1"]),
    *(ambiguous("E121", word) for word in ["1e3", "1E3", "1.5e3", "1e+3", "-2e-7", ".5e1", "12e400"]),
    *(ambiguous("E122", word) for word in [".inf", "-.inf", "+.INF", ".nan", ".NaN"]),
    *(ambiguous("E123", word) for word in ["+5", "+33612345678", "+1.5"]),
    Read(
        "départements with leading zeros",
        "a: [01, 07, 2A]",
        {"a": ["01", "07", "2A"]},
        (("E108", 1, 5), ("E108", 1, 9)),
    ),
    Read("the number of a post", "poste: 039", {"poste": "039"}, (("E108", 1, 8),)),
    Read("numbers", "a: [0, -0, 7, -12, 3.10, .5, 5., -0.25]", {"a": [0, 0, 7, -12, 3.1, 0.5, 5.0, -0.25]}),
    Read("in quotes a number is text", "a: \"010\"\nb: '12:30'\nc: \"5\"", {"a": "010", "b": "12:30", "c": "5"}),
    Read(
        "text that only begins like a number",
        "a: [1.2.3, 12 %, 2e, 1 year, '-', 3/4, 0x, +, 1:a, 1_2.3.4, 0o9]",
        {"a": ["1.2.3", "12 %", "2e", "1 year", "-", "3/4", "0x", "+", "1:a", "1_2.3.4", "0o9"]},
    ),
    Read("digits of other scripts are text", "a: ١٢٣\nb: ²", {"a": "١٢٣", "b": "²"}),
    Read("inf and nan without a dot are text", "a: inf\nb: nan", {"a": "inf", "b": "nan"}),
    Read("a number of 40 digits", "a: " + "9" * 40, {"a": int("9" * 40)}),
    Read("a number of 41 digits", "a: " + "9" * 41, {"a": "9" * 41}, (("E119", 1, 4),)),
    Read("a number of 5000 digits", "a: " + "9" * 5000, {"a": "9" * 5000}, (("E119", 1, 4),)),
    Read("a decimal of 5000 digits", "a: 0." + "1" * 5000, {"a": "0." + "1" * 5000}, (("E119", 1, 4),)),
    # Keys.
    Read("a duplicate key", "a: 1\nb: 2\na: 3", {"a": 1, "b": 2}, (("E110", 3, 1),)),
    Read("a duplicate key in braces", "x: {a: 1, a: {b: 2}}", {"x": {"a": 1}}, (("E110", 1, 11),)),
    Read("a key twice in two spellings of one accent", "é: 1\ne\u0301: 2", {"é": 1}, (("E110", 2, 1),)),
    Read("a key twice, once in quotes", "a: 1\n'a': 2", {"a": 1}, (("E110", 2, 1),)),
    Read("the same key in two mappings", "x: {a: 1}\nz: {a: 1}", {"x": {"a": 1}, "z": {"a": 1}}),
    Read("a number as a key", "1: x", {"1": "x"}, (("E124", 1, 1),)),
    Read("null as a key", "~: x", {"~": "x"}, (("E124", 1, 1),)),
    Read("true as a key", "true: x", {"true": "x"}, (("E124", 1, 1),)),
    Read("a time as a key", "12:30: x", {"12:30": "x"}, (("E124", 1, 1),)),
    Read("a list as a key", "? [a, b]\n: x\nc: 1", {"c": 1}, (("E125", 1, 3),)),
    Read("a mapping as a key, from a template", "a: {{ name }}\nb: 1", {"a": {}, "b": 1}, (("E125", 1, 5),)),
    Read("a number as a key, in quotes", "'1': x", {"1": "x"}),
    Read("a non-breaking space before the colon", "titre\u00a0: x", {"titre": "x"}, (("E129", 1, 1),)),
    Read("indentation with non-breaking spaces", "a:\n  \u00a0b: 1", {"a": {"b": 1}}, (("E129", 2, 3),)),
    # Parts of YAML that are not read.
    Read("an anchor", "a: &b c", {"a": "c"}, (("E114", 1, 4),)),
    Read("an anchor is told once", "a: &b c\nd: *b\ne: *b", {"a": "c", "d": None, "e": None}, (("E114", 1, 4),)),
    Read("a list that holds itself", "a: &a [*a]", {"a": [None]}, (("E114", 1, 4),)),
    Read("a merge key", "a: &b {c: 1}\nd:\n  <<: *b\n  e: 2", {"a": {"c": 1}, "d": {"e": 2}}, (("E114", 1, 4), ("E116", 3, 3))),
    Read("the merge sign and the equals sign as values", "a: <<\nb: =", {"a": "<<", "b": "="}),
    Read("a tag that runs code", "a: !!python/object/apply:os.system [ls]", {"a": ["ls"]}, (("E115", 1, 4),)),
    Read("a tag of a set", "a: !!set {b}", {"a": {"b": None}}, (("E115", 1, 4),)),
    Read("a tag of bytes", "a: !!binary aGk=", {"a": "aGk="}, (("E115", 1, 4),)),
    Read("a tag of one's own", "a: !foo b", {"a": "b"}, (("E115", 1, 4),)),
    Read("the tag of no kind", "a: ! 12", {"a": 12}, (("E115", 1, 4),)),
    Read("a tag on the mapping at the top", "!x\na: 1", {"a": 1}, (("E115", 1, 1),)),
    Read("a second document", "a: 1\n---\nb: 2", {"a": 1}, (("E117", 2, 1),)),
    Read("one document with its start and end", "---\na: 1\n...\n", {"a": 1}),
    # Characters.
    Read("a byte order mark", b"\xef\xbb\xbfa: NO", {"a": "NO"}, (("W101", 1, 4),)),
    Read("a decomposed accent", "a: cafe\u0301", {"a": "café"}),
    Read("a decomposed accent in quotes", "'cle\u0301': \"cafe\\u0301\"", {"clé": "café"}),
    Read("as many accents on one letter as allowed", "a: x" + "\u0316" * MAX_MARKS, {"a": "x" + "\u0316" * MAX_MARKS}),
    Read("too many accents on one letter", "a: x" + "\u0316" * (MAX_MARKS + 1), {"a": ""}, (("E157", 1, 4),)),
    Read("an escape sequence of terminals", "a: x\x1b[1m", {"a": "x\ufffd[1m"}, (("E126", 1, 5),)),
    Read("an escape sequence, escaped", 'a: "x\\e[1m"', {"a": ""}, (("E126", 1, 4),)),
    Read("NUL, escaped", 'a: "\\0"', {"a": ""}, (("E126", 1, 4),)),
    Read("a carriage return, escaped", 'a: "x\\ry"', {"a": ""}, (("E126", 1, 4),)),
    Read("a C1 control", "a: é\u009b", {"a": "é\ufffd"}, (("E126", 1, 5),)),
    Read("a line separator", "a: x\u2028b", {"a": "x\ufffdb"}, (("E126", 1, 5),)),
    Read("text turned round on screen", "a: \u202etxt", {"a": "\ufffdtxt"}, (("E127", 1, 4),)),
    Read("text turned round in a key", "a\u2066b: 1", {"a\ufffdb": 1}, (("E127", 1, 2),)),
    Read("text turned round in a comment", "a: 1 # \u202e", {"a": 1}, (("E127", 1, 8),)),
    Read("text turned round, escaped", 'a: "\\u202etxt"', {"a": ""}, (("E127", 1, 4),)),
    Read("a space of no width", "a: CA\u200b", {"a": "CA\u200b"}, (("W103", 1, 6),)),
    Read("a byte order mark in the middle", "a: 1\nb: x\ufeff", {"a": 1, "b": "x\ufeff"}, (("W103", 2, 5),)),
    Read("an emoji made of several", "a: 👩\u200d🔬", {"a": "👩\u200d🔬"}),
    Read("tab and line feed in quotes", 'a: "x\\ty\\nz"\nb: "x\ty"', {"a": "x\ty\nz", "b": "x\ty"}),
    Read("lines that end with CR LF", "a: 1\r\nb:\r\n  - NO\r\n", {"a": 1, "b": ["NO"]}, (("W101", 3, 5),)),
    Read("lines that end with CR only", "a: 1\rb: NO\r", {"a": 1, "b": "NO"}, (("E128", 1, 5), ("W101", 2, 4))),
    Read("one line that ends with CR only", "a: 1\r\nb: 2\rc: 3\n", {"a": 1, "b": 2, "c": 3}, (("E128", 2, 5),)),
    # Non-breaking spaces.
    Read("a non-breaking space after the colon, further in", "a:\n  b:\u00a0c", {"a": "b:\u00a0c"}, (("W102", 2, 3),)),
    Read("a narrow one", "a:\n  b:\u202fc", {"a": "b:\u202fc"}, (("W102", 2, 3),)),
    Read("French typography in quotes", 'a: "Note\u00a0: voir\u00a0!"', {"a": "Note\u00a0: voir\u00a0!"}),
    Read("French typography without a colon", "a: Venez\u00a0!", {"a": "Venez\u00a0!"}),
    Read("a non-breaking space around a value", "a: \u00a0CA\u00a0", {"a": "CA"}, (("W104", 1, 4),)),
    Read("a non-breaking space around a number", "a: \u00a018", {"a": 18}, (("W104", 1, 4),)),
    # The rest.
    Read("a comment and a sharp sign", "a: B1 #note\nb: C#", {"a": "B1", "b": "C#"}),
    Read("text over several lines", "a: |\n  x\n  y\nb: >\n  x\n  y\n", {"a": "x\ny\n", "b": "x y\n"}),
    Read("a long text", "a: " + "x" * 100_000, {"a": "x" * 100_000}),
    Read("a text too long", "a: " + "x" * 100_001, {"a": "x" * 100_001}, (("E118", 1, 4),)),
    Read("a key too long", "? " + "x" * 100_001 + "\n: 1", {"x" * 100_001: 1}, (("E118", 1, 3),)),
    Read(
        "all problems in one run",
        "a: 010\nb: 12:30\na: NO",
        {"a": "010", "b": "12:30"},
        (("E108", 1, 4), ("E107", 2, 4), ("E110", 3, 1), ("W101", 3, 4)),
    ),
]


@pytest.mark.parametrize("case", READ, ids=lambda case: case.trap)
@pytest.mark.usefixtures("parser")
def test_read(case: Read) -> None:
    document = read(case.text)
    assert document.data == case.data
    assert json.dumps(document.data) == json.dumps(case.data)  # the types too: True is not 1
    assert where(document.diagnostics) == list(case.told)


class Refusal(NamedTuple):
    """A file of which nothing can be used."""

    trap: str
    text: str | bytes
    told: tuple[Where, ...]


REFUSED = [
    # Nothing, or not a mapping.
    Refusal("an empty file", "", (("E102", 1, 1),)),
    Refusal("only comments", "# x\n\n# y\n", (("E102", 1, 1),)),
    Refusal("only spaces", "  \n", (("E102", 1, 1),)),
    Refusal("only the start of a document", "---\n", (("E102", 1, 1),)),
    Refusal("a list at the top", "# x\n- a\n- b", (("E103", 2, 1),)),
    Refusal("a list in brackets at the top", "[a]", (("E103", 1, 1),)),
    Refusal("one word at the top", "hello", (("E103", 1, 1),)),
    Refusal("null at the top", "null", (("E103", 1, 1),)),
    Refusal("text in quotes at the top", "'a: b'", (("E103", 1, 1),)),
    Refusal("an alias at the top", "*a", (("E103", 1, 1),)),
    Refusal("no space after the only colon", "a:b", (("E103", 1, 1),)),
    Refusal("a non-breaking space after the only colon", "a:\u00a0b", (("E103", 1, 1), ("N101", 1, 3))),
    # Bytes.
    Refusal("Windows encoding", "a: 1\nb: été".encode("cp1252"), (("E140", 2, 4),)),
    Refusal("Windows encoding after a byte order mark", b"\xef\xbb\xbfa: \xe9", (("E140", 1, 4),)),
    Refusal("a surrogate written as UTF-8", b"a: \xed\xa0\x80", (("E140", 1, 4),)),
    Refusal("UTF-16 with a mark", "a: é".encode("utf-16"), (("E137", 1, 1),)),
    Refusal("UTF-16, the other way round", b"\xfe\xff" + "a: é".encode("utf-16-be"), (("E137", 1, 1),)),
    Refusal("UTF-16 without a mark", "a: été".encode("utf-16-le"), (("E137", 1, 1),)),
    Refusal("UTF-16 without a mark, the other way round", "a: été".encode("utf-16-be"), (("E137", 1, 1),)),
    Refusal("UTF-32", "a: é".encode("utf-32"), (("E137", 1, 1),)),
    Refusal("NUL", b"a: 1\nb: x\0y", (("E138", 2, 5),)),
    Refusal("a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", (("E138", 3, 1),)),
    # Limits.
    Refusal("41 levels", "a: " + "[" * 40 + "]" * 40, (("E112", 1, 43),)),
    Refusal("41 levels by indentation", "".join(f"{' ' * level}a:\n" for level in range(60)), (("E112", 41, 41),)),
    Refusal("too many values", "a: [" + "x," * MAX_NODES, (("E113", 1, 2 * (MAX_NODES - 3) + 5),)),
    # Syntax.
    Refusal("a colon inside a text", "a: Date limite: 20/05", (("E155", 1, 15),)),
    Refusal("a colon inside a text, in a list", "a:\n  - b: c: d", (("E155", 2, 9),)),
    Refusal("a colon inside a text, in brackets", "a: [b: c: d]", (("E155", 1, 9),)),
    Refusal("an apostrophe inside single quotes", "a: 'l'été'", (("E142", 1, 7),)),
    Refusal("an apostrophe inside single quotes, in brackets", "a: ['l'été']", (("E142", 1, 8),)),
    Refusal("an apostrophe inside single quotes, in a list", "a:\n  - 'd'été'", (("E142", 2, 8),)),
    Refusal("quotes inside quotes", 'a: "dit "oui" ici"', (("E143", 1, 10),)),
    Refusal("text after quotes", 'a: "x" y', (("E143", 1, 8),)),
    Refusal("text after brackets", "title: [Stage] Montréal", (("E156", 1, 16),)),
    Refusal("a quote never closed", 'a: 1\nb: "x\n', (("E144", 2, 4),)),
    Refusal("an apostrophe never closed", "a: 'x\n", (("E144", 1, 4),)),
    Refusal("a quote closed by the next one", 'a: "x\nb: "z"\n', (("E144", 1, 4),)),
    Refusal("a bracket never closed", "a: [x, z\n", (("E145", 1, 4),)),
    Refusal("a bracket opened at the end of the file", "a: [\n", (("E145", 1, 4),)),
    Refusal("a comma at the end of the file", "a: [[x], {b: 1},\n\n", (("E145", 1, 4),)),
    Refusal("a bracket never closed, with more lines", "a: [x, z\nb: 1\n", (("E145", 1, 4),)),
    Refusal("a brace never closed", "a: {b: 1, c: 2\n", (("E145", 1, 4),)),
    Refusal("the wrong closing bracket", "a: [x, z}", (("E145", 1, 4),)),
    Refusal("a comma missing", 'a: ["x" "z"]', (("E146", 1, 9),)),
    Refusal("a comma missing after braces", "a: [{b: 1} {c: 2}]", (("E146", 1, 12),)),
    Refusal("indentation by a tab", "a:\n\tb: 1", (("E147", 2, 1),)),
    Refusal("indentation by a tab on the first line", "\ta: 1", (("E147", 1, 1),)),
    Refusal("a tab after a space, before a key", "a:\n \tb: 1", (("E147", 2, 2),)),
    Refusal("indentation by a tab, in a list", "a:\n  - b: 1\n\t  c: 2", (("E147", 3, 1),)),
    *(Refusal(f"a text that begins with {sign}", f"a: {sign}x", (("E148", 1, 4),)) for sign in "%@`"),
    *(Refusal(f"{sign} alone as a value", f"a: {sign}", (("E148", 1, 4),)) for sign in "%@`&*"),
    Refusal("a text in bold", "a: **x**", (("E148", 1, 4),)),
    Refusal("a text that begins with a closing bracket", "a: ]", (("E148", 1, 4),)),
    Refusal("a text that begins with a comma", "a: , x", (("E148", 1, 4),)),
    Refusal("two commas", "a: [x,, z]", (("E148", 1, 7),)),
    Refusal("a line without a colon", "a: 1\nb c\n", (("E149", 2, 1),)),
    Refusal("a line without a colon, but with an address", "a: 1\nhttp://x\n", (("E149", 2, 1),)),
    Refusal("a line without a key", "a: 1\n: 2", (("E149", 2, 1),)),
    Refusal("no space after the colon", "a: 1\nb:c\n", (("E150", 2, 2),)),
    Refusal("a non-breaking space after the colon", "a: 1\nb:\u00a0c\n", (("E151", 2, 3),)),
    Refusal("a list on the line of its key", "a: - b", (("E152", 1, 4),)),
    Refusal("a comparison", "at_least: >= 18", (("E153", 1, 11),)),
    Refusal("a text that begins with a bar", "a: | x", (("E153", 1, 4),)),
    Refusal("a Windows path in double quotes", 'a: "C:\\data"', (("E154", 1, 7),)),
    Refusal("a deeper line below a text", "a: b\n  c: d", (("E141", 2, 3),)),
    Refusal("a line between two indentations", "a:\n  - b\n c: 1", (("E141", 3, 2),)),
    Refusal("a tag that is none", "a: !<x y", (("E115", 1, 4),)),
    Refusal("a tag with an unknown prefix", "a: !e!foo b", (("E115", 1, 4),)),
    Refusal(
        "what was found before the syntax error is told too",
        "a: 010\nb: NO\nc: 'l'été'",
        (("E108", 1, 4), ("W101", 2, 4), ("E142", 3, 7)),
    ),
]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.trap)
@pytest.mark.usefixtures("parser")
def test_refused(case: Refusal) -> None:
    assert where(refusal(case.text)) == list(case.told)


@pytest.mark.parametrize("text", ['a: "\\ud83d\\ude00"', 'a: "x\\uD800"', 'a: "\\U0000DC00"'])
def test_half_a_character_is_refused(text: str, parser: str) -> None:
    if parser == "C parser":
        (one,) = refusal(text)
        assert (one.code, one.place.column) == ("E111", text.index("\\") + 1)
    else:
        (one,) = read(text).diagnostics
        assert (one.code, one.place.column) == ("E111", 4)


@pytest.mark.usefixtures("parser")
def test_an_escape_beyond_all_characters_is_refused() -> None:
    assert where(refusal('a: "\\UFFFFFFFF"'))[0][:2] == ("E154", 1)


HOSTILE = {
    "50 000 nested brackets": "a: " + "[" * 50_000,
    "50 000 nested braces": "a: " + "{b: " * 50_000,
    "50 000 nested lists": "- " * 50_000,
    "nested brackets that are closed": "a: " + "[" * 50_000 + "]" * 50_000,
    "billion laughs": "a: &a [x, x]\n" + "".join(f"k{i}: &k{i} [*k{i - 1}, *k{i - 1}]\n" for i in range(1, 40)),
    "merge keys that multiply": "".join(f"k{i}: &k{i}\n  <<: [*k{i - 1}, *k{i - 1}]\n  x{i}: 1\n" for i in range(1, 40)),
    "a number of a million digits": "a: " + "9" * 990_000,
    "a million colons": "a: 1" + ":1" * 490_000,
    "a million underscores": "a: 1" + "_" * 990_000,
    "a million anchors": "a: [" + "&x y," * 190_000,
    "a key 150 000 times": "k: 1\n" * 150_000,
    "a million words for no": "a: [" + "NO," * 330_000,
    "an open quote and a million lines": "a: '" + "x\n" * 490_000,
    "a million returns": "a: 1" + "\r" * 990_000,
    "a million control characters": "\x01" * 990_000,
    "a million non-breaking spaces": "a: " + "\u00a0" * 490_000,
    "a million documents": "a: 1\n---\n" * 90_000,
    "a million accents on one letter": "a: x" + "\u0316\u0301" * 240_000,
    "a million opening quotes": "a: " + '"' * 990_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_input_is_answered_quickly(text: str) -> None:
    start = time.perf_counter()
    diagnostics = outcome(text)
    assert diagnostics
    assert time.perf_counter() - start < 5


def test_the_limits_themselves_are_allowed() -> None:
    deepest = read("a: " + "[" * 39 + "]" * 39)
    assert not deepest.diagnostics
    most = read("a: [" + ", ".join(["x"] * (MAX_NODES - 3)) + "]")
    assert not most.diagnostics


# ------------------------------------------------------------------------------------------------ places

PLACES = """\
# un commentaire 😀
titre: "Été 日本 😀"  # fin
tab: "avec\ttabulation"
liste: [été, 日本, {clé: 😀, fin: x}]
vide:
bloc:
  - id: premier
    texte: |
      un
      deux
  - id: second
    plié: un
      deux
"clé\ttab": 12
"""


@pytest.mark.parametrize(
    ("path", "key", "expected"),
    [
        ((), False, (2, 1, 6)),
        (("titre",), False, (2, 8, 18)),
        (("titre",), True, (2, 1, 6)),
        (("tab",), False, (3, 6, 23)),
        (("liste",), False, (4, 8, 35)),
        (("liste", 0), False, (4, 9, 12)),
        (("liste", 1), False, (4, 14, 16)),
        (("liste", 2), False, (4, 18, 34)),
        (("liste", 2, "clé"), True, (4, 19, 22)),
        (("liste", 2, "clé"), False, (4, 24, 25)),
        (("liste", 2, "fin"), False, (4, 32, 33)),
        (("vide",), False, (5, 1, 5)),
        (("bloc",), False, (7, 3, 4)),
        (("bloc",), True, (6, 1, 5)),
        (("bloc", 0), False, (7, 5, 7)),
        (("bloc", 0), True, (7, 5, 7)),
        (("bloc", 0, "id"), False, (7, 9, 16)),
        (("bloc", 0, "texte"), False, (8, 12, 13)),
        (("bloc", 1, "id"), False, (11, 9, 15)),
        (("bloc", 1, "plié"), False, (12, 11, 13)),
        (("clé\ttab",), True, (14, 1, 10)),
        (("clé\ttab",), False, (14, 12, 14)),
        # What does not exist stands at its nearest parent.
        (("absent",), False, (2, 1, 6)),
        (("bloc", 5), False, (7, 3, 4)),
        (("bloc", 0, "absent"), False, (7, 5, 7)),
        (("bloc", 0, "id", "deeper", 3), False, (7, 9, 16)),
        (("bloc", "id"), False, (7, 3, 4)),
        (("liste", 2, 0), False, (4, 18, 34)),
        (("bloc", 0, "absent"), True, (7, 5, 7)),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.usefixtures("parser")
def test_places_are_exact(path: tuple[str | int, ...], key: bool, expected: tuple[int, int, int], line_end: str) -> None:
    document = read(PLACES.replace("\n", line_end))
    assert not document.diagnostics
    assert document.place(path, key=key) == Place("rules/x.yaml", *expected)


@pytest.mark.usefixtures("parser")
def test_places_after_a_dropped_key() -> None:
    document = read("a: {b: 1}\na: {b: 2, c: 3}\n? [x, [z]]\n: [1]\nd: 4")
    assert document.place(("a", "b")) == Place("rules/x.yaml", 1, 8, 9)
    assert document.place(("a", "c")) == Place("rules/x.yaml", 1, 4, 10)
    assert document.place(("d",)) == Place("rules/x.yaml", 5, 4, 5)


def test_a_document_knows_its_name_and_its_bytes() -> None:
    document = read(b"a: 1\r\n")
    assert document.name == "rules/x.yaml"
    assert document.digest == hashlib.sha256(b"a: 1\r\n").hexdigest()


def test_a_diagnostic_holds_the_users_own_word() -> None:
    problems = {one.code: dict(one.params) for one in read("a: 010\nb: NO\na: " + "7" * 200 + "\nc: x\x07\x07").diagnostics}
    assert problems["E108"] == {"value": "010"}
    assert problems["W101"] == {"value": "NO"}
    assert problems["E110"] == {"key": "a", "line": 1}
    assert problems["E119"] == {"value": "7" * 59 + "…"}
    assert problems["E126"] == {"character": "U+0007", "n": 2}


# ------------------------------------------------------------------------------------------------ words


def _codes_in_source() -> set[str]:
    folder = Path(eligibility.loading.__path__[0])
    source = "".join((folder / name).read_text("utf-8") for name in ["files.py", *(path.name for path in folder.glob("yaml_*.py"))])
    return set(re.findall(r"\b[EWN]1[0-9]{2}\b", source))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_code_has_words(language: str) -> None:
    folder = Path(eligibility.wording.__path__[0]) / language
    entries = json.loads((folder / "files.json").read_text("utf-8"))
    # E106 is told by the fields that hold a date.
    assert {key.partition(":")[0] for key in entries} == _codes_in_source() | {"E106"}
    assert all(entry["message"] and entry["help"] for entry in entries.values())


@pytest.mark.parametrize("language", ["en", "fr"])
def test_words_ask_only_for_facts_that_are_told(language: str) -> None:
    folder = Path(eligibility.wording.__path__[0]) / language
    entries = json.loads((folder / "files.json").read_text("utf-8"))
    told = [one for case in REFUSED for one in refusal(case.text)] + [one for case in READ for one in read(case.text).diagnostics]
    for one in told:
        assert set(re.findall(r"\{(\w+)\}", json.dumps(entries[one.code]))) <= set(one.params), one


# ------------------------------------------------------------------------------------------------ any input


def outcome(data: str | bytes) -> tuple[Diagnostic, ...]:
    """What is told of any input; anything but a mapping or `Problems` is a bug."""
    try:
        document = read(data)
    except Problems as problems:
        if not any(one.is_error for one in problems.diagnostics):
            pytest.fail("a refusal without an error")
        return problems.diagnostics
    assert isinstance(document.data, dict)
    return document.diagnostics


@given(st.binary(max_size=300))
@example(b"\xff")
@example(b"a: \xed\xa0\x80")
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    outcome(data)


PIECES = ["a", "b: ", "- ", "\n", "\n  ", "[", "]", "{", "}", ",", ": ", "'", '"', "|", ">", "&x", "*x", "!t", "#", "%", "<<", "\t"]
PIECES += ["\\u", "d83d", "é", "😀", "\u00a0", "\u202e", "\x00", "\x1b", "\r", "\ufeff", "---", "...", "? ", "12:30", "NO", "0", "_"]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.booleans())
def test_any_mixture_of_signs_is_read_or_refused(text: str, fast: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml, "__with_libyaml__", yaml.__with_libyaml__ and fast)
        diagnostics = outcome(text)
    lines = re.split(r"\r\n|\r|\n", text)
    for one in diagnostics:
        assert 1 <= one.place.line <= len(lines)
        assert 1 <= one.place.column <= one.place.end_column
        assert one.place.column <= len(lines[one.place.line - 1]) + 1


texts = st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Cn"]) | st.sampled_from("\t\n'\":#-é"))
texts = texts.map(lambda text: unicodedata.normalize("NFC", text)).filter(lambda text: not set(text) & set("\u115f\u1160\u3164"))
decimals = st.integers(-(10**9), 10**9).map(lambda number: number / 100)
scalars = st.none() | st.booleans() | st.integers(-(10**40) + 1, 10**40 - 1) | decimals | texts
documents = st.dictionaries(
    texts,
    st.recursive(scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4), max_leaves=12),
    max_size=5,
)


class _Quoting(yaml.SafeDumper):
    """Writes every text in double quotes, and everything in full."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Quoting.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


@given(documents, st.sampled_from([True, False]), st.sampled_from([True, False, None]))
def test_what_is_dumped_reads_back_equal(data: dict[str, Any], unicode: bool, flow: bool | None) -> None:
    document = read(yaml.dump(data, Dumper=_Quoting, allow_unicode=unicode, default_flow_style=flow))
    assert document.data == data
    assert not document.diagnostics


@given(documents)
def test_json_reads_as_itself(data: dict[str, Any]) -> None:
    document = read(json.dumps(data, ensure_ascii=False, indent=1))
    assert document.data == data
    assert not document.diagnostics


def _scalars(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _scalars(inner, (*path, key))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _scalars(inner, (*path, position))
    elif isinstance(value, str):
        yield path, value


@given(documents)
def test_the_text_at_a_place_is_the_text_that_was_read(data: dict[str, Any]) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=1)
    document, lines = read(text), text.split("\n")
    for path, value in _scalars(data):
        _, line, column, end = document.place(path)
        assert json.loads(lines[line - 1][column - 1 : end - 1]) == value


# ------------------------------------------------------------------------------------------------ did you mean


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("minn", "min"),
        ("experiance", "experience"),
        ("AGE", "age"),
        ("maîtrise", "maitrise"),
        ("Québec", "quebec"),
        ("xyzzy", None),
        ("", None),
        ("x" * 100_000, None),
    ],
)
def test_nearest(word: str, expected: str | None) -> None:
    assert nearest(word, ["min", "max", "age", "experience", "maitrise", "quebec"]) == expected
