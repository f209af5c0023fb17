"""Laws of reading beyond those in `test_yaml_reader.py`: places as an editor counts them, and real files gone wrong."""

from __future__ import annotations

import json
import os
import tempfile
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eligibility.diagnostic import Diagnostic, Problems
from eligibility.loading.files import Source
from eligibility.loading.models import open_profile, open_vacancy
from eligibility.loading.yaml_reader import read_yaml
from eligibility.reference import load_reference
from eligibility.wording import Words, languages

ROOT = Path(__file__).parent.parent.parent
PROFILES = [path.read_bytes() for path in sorted((ROOT / "profiles").glob("*.yaml"))]
RULES = [path.read_bytes() for path in sorted((ROOT / "rules").glob("*.yaml"))]
REFERENCE = load_reference()

law = settings(max_examples=60, deadline=None, derandomize="CI" in os.environ, suppress_health_check=[HealthCheck.too_slow])

# ------------------------------------------------------------------------------------------------ places

letters = st.sampled_from(["é", "e\u0301", "ç", "日", "本", "ж", "ع", "한", "😀", "👩\u200d🔬", "n\u0303\u0323", "q\u0307", "x", "\u00a0"])
words = st.lists(letters, min_size=1, max_size=6).map(lambda found: "x" + "".join(found) + "x")
with_tabs = st.lists(words, min_size=1, max_size=3).map("\t".join)
quoted = with_tabs.map(lambda text: f'"{text}"')
lines = st.lists(
    st.tuples(words | quoted, st.sampled_from([" ", "   ", "\t", " \t "]), words | quoted, st.sampled_from(["", "  # é日😀", "\t# x"])),
    max_size=6,
    unique_by=lambda line: unicodedata.normalize("NFC", line[0].strip('"')),
)


def plain(text: str) -> str:
    return unicodedata.normalize("NFC", text.strip('"'))


@law
@given(lines, st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"]))
def test_columns_are_code_points_as_editors_count_them(written: list[tuple[str, str, str, str]], line_end: str, mark: str) -> None:
    text = mark + "".join(f"{key}:{gap}{value}{rest}{line_end}" for key, gap, value, rest in written) + f"end: 1{line_end}"
    document = read_yaml(Source("x.yaml", text.encode()))
    assert not [one for one in document.diagnostics if one.is_error]
    assert document.data == {**{plain(key): plain(value) for key, _, value, _ in written}, "end": 1}
    for number, (key, gap, value, _) in enumerate(written, 1):
        path, column = (plain(key),), len(key) + 1 + len(gap) + 1
        assert document.place(path)[1:] == (number, column, column + len(value))
        assert document.place(path, key=True)[1:] == (number, 1, len(key) + 1)


@law
@given(words, st.integers(0, 3), st.sampled_from(["\n", "\r\n"]), st.sampled_from([("010", "E108"), ("NO", "W101"), ("'x'y", "E142")]))
def test_a_caret_stands_under_the_word_that_is_wrong(before: str, above: int, line_end: str, wrong: tuple[str, str]) -> None:
    word, code = wrong
    text = "".join(f"k{i}: {before}{line_end}" for i in range(above)) + f'a: {{"{before}": "{before}\t", b: {word}}}{line_end}'
    try:
        diagnostics = read_yaml(Source("x.yaml", text.encode())).diagnostics
    except Problems as problems:
        diagnostics = problems.diagnostics
    (one,) = [one for one in diagnostics if one.code == code]
    line = text.split(line_end)[one.place.line - 1]
    assert one.place.line == above + 1
    assert line[one.place.column - 1 :].startswith(word.removeprefix("'x'"))


# ------------------------------------------------------------------------------------------------ data


texts = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=12).map(lambda text: unicodedata.normalize("NFC", text))


@law
@given(
    st.dictionaries(
        texts, texts | st.sampled_from(["NO", "010", "12:30", "2025-02-30", "~", "<<", "&a", "!x", "- a", "a: b", "#", ""]), max_size=6
    )
)
def test_in_double_quotes_every_text_is_itself(data: dict[str, str]) -> None:
    """Nothing is ambiguous in double quotes: neither as a value nor as a key, whatever it says."""
    data = {key: value for key, value in data.items() if not set(key + value) & set("\u115f\u1160\u3164")}
    text = "".join(f"{json.dumps(key, ensure_ascii=False)}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in data.items())
    document = read_yaml(Source("x.yaml", (text or "{}").encode()))
    assert document.data == data
    assert not document.diagnostics


@law
@given(st.sampled_from("eE日x😀"), st.lists(st.sampled_from(["\u0301", "\u0316", "\u0338", "\u0345", "\u3099"]), max_size=60).map("".join))
def test_marks_are_composed_or_refused(letter: str, marks: str) -> None:
    document = read_yaml(Source("x.yaml", f"a: {letter}{marks}".encode()))
    refused = len(marks) > 30
    assert [one.code for one in document.diagnostics] == ["E157"] * refused
    assert document.data == {"a": "" if refused else unicodedata.normalize("NFC", letter + marks)}


# ------------------------------------------------------------------------------------------------ real files gone wrong


def spliced(files: list[bytes]) -> st.SearchStrategy[bytes]:
    """A real file in which something was replaced, inserted, cut off or doubled."""

    def splice(parts: tuple[bytes, int, int, bytes]) -> bytes:
        data, start, length, inserted = parts
        start %= len(data) + 1
        return data[:start] + inserted + data[start + length :]

    signs = st.sampled_from(
        [b"\n", b"\t", b": ", b"- ", b"'", b'"', b"[", b"}", b"&a ", b"*a", b"!t ", b"\xe9", b"NO", b"010", b"~", b"x: ", b"\r", b"<<: "]
    )
    return st.tuples(
        st.sampled_from(files), st.integers(0, 20_000), st.integers(0, 40) | st.just(10**6), signs | st.binary(max_size=6)
    ).map(splice)


@pytest.mark.parametrize("kind", ["profile", "vacancy"])
def test_a_real_file_gone_wrong_is_read_or_refused_with_a_place(kind: str) -> None:
    opener, files = (open_profile, PROFILES) if kind == "profile" else (open_vacancy, RULES)
    words = [Words(language) for language in languages()]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "x.yaml")

        @law
        @given(spliced(files))
        def holds(data: bytes) -> None:
            with open(path, "wb") as file:
                file.write(data)
            told: tuple[Diagnostic, ...]
            try:
                loaded = opener(path, REFERENCE)
                told = loaded.diagnostics
                assert (loaded.model is None) == any(one.is_error for one in told)
            except Problems as problems:
                told = problems.diagnostics
                assert any(one.is_error for one in told)
            lines = data.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
            places = [(one.place.line, one.place.column) for one in told]
            assert places == sorted(places)
            for one in told:
                assert one.place.file == path
                assert 1 <= one.place.line <= len(lines)
                assert 1 <= one.place.column <= len(lines[one.place.line - 1]) + 1
                for language in words:
                    assert language.problem(one.code, one.params).message

        holds()


@law
@given(spliced(PROFILES + RULES))
def test_reading_twice_tells_the_same(data: bytes) -> None:
    def answer() -> object:
        try:
            document = read_yaml(Source("x.yaml", data))
        except Problems as problems:
            return problems.diagnostics
        return document.data, document.diagnostics

    assert answer() == answer()
