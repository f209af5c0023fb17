"""Keys and values of TOML are found where they stand, however they are written."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.loading.toml_places import Places, spots_of

KEYS = st.sampled_from(["a", "b-c", "1", '"d e"', "'f.g'", '"\\u0068 ]"', '"#"', "true"])
WORDS = st.sampled_from(
    ['"x"', "'y'", '"a \\" # ] } , = b"', "'C:\\dir'", '""', "''", '"""\nl1\nl2 "" \\""" # x"""', "'''\n a''b\n'''", '"""x"""""', "''''''",
     "1", "-1_000", "0xFF", "3.5e2", "true", "inf", "1979-05-27", "1979-05-27 07:32:00", "1979-05-27T07:32:00Z", "07:32:00", '"é日😀"']
)  # fmt: skip
GAPS = st.sampled_from(["", " ", "\t", "  "])
BREAKS = st.sampled_from(["", " ", "\n", " # ] x = 1\n", "\n\n  "])


@st.composite
def value(draw: st.DrawFn, depth: int = 2) -> str:
    what = draw(st.sampled_from(["word", "word", "list", "table"] if depth else ["word"]))
    if what == "word":
        return draw(WORDS)
    if what == "list":
        items = [f"{draw(BREAKS)}{draw(value(depth - 1))}{draw(BREAKS)}" for _ in range(draw(st.integers(0, 3)))]
        return "[" + ",".join(items) + ("," if items and draw(st.booleans()) else "") + draw(BREAKS) + "]"
    keys = draw(st.lists(KEYS, max_size=3, unique=True))
    return "{" + ",".join(f"{draw(GAPS)}{key}{draw(GAPS)}={draw(GAPS)}{draw(value(depth - 1))}{draw(GAPS)}" for key in keys) + "}"


@st.composite
def text(draw: st.DrawFn) -> str:
    """A text of TOML: dotted keys, sections, repeated sections, comments, either kind of line end."""
    lines: list[str] = []
    for number in range(draw(st.integers(0, 4))):
        if number:
            name = draw(st.sampled_from([f"[s{number}]", f"[ s{number} . 'x y' ]", f"[[r]]  # {number}", "[[r.inner]]", f"[r.t{number}]"]))
            lines.append(name)
        for key in draw(st.lists(KEYS, max_size=3, unique=True)):
            dotted = draw(st.sampled_from(["", "", " . z", ".'y.y'"]))
            lines.append(f"{draw(GAPS)}{key}{dotted}{draw(GAPS)}={draw(GAPS)}{draw(value())}{draw(st.sampled_from(['', ' # no = 1', '  ']))}")
            lines += draw(st.sampled_from([[], [""], ["# [x]"]]))
    return draw(st.sampled_from(["\n", "\r\n"])).join("\n".join([*lines, ""]).split("\n"))


def below(data: Any, path: tuple[str | int, ...] = ()) -> Any:
    """Every path of the data with what stands there."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, one in items:
        yield (*path, key), one
        yield from below(one, (*path, key))


@settings(max_examples=400, deadline=None)
@given(text())
def test_what_stands_at_a_place_is_the_value(written: str) -> None:
    """Every path has a spot; the text at it is the value again, and the text at the key is its name."""
    try:
        data = tomllib.loads(written)
    except tomllib.TOMLDecodeError:
        return
    spots = spots_of(written)
    assert set(spots) == {path for path, _ in below(data)}
    for path, one in below(data):
        spot = spots[path]
        name = written[slice(*spot.key)]
        if spot.key != spot.value:
            assert tomllib.loads(f"x = {written[slice(*spot.value)]}")["x"] == one
        if isinstance(path[-1], str):
            assert list(tomllib.loads(f"{name} = 1")) == [path[-1]]


@pytest.mark.parametrize(
    ("written", "path", "key", "place"),
    [
        ("a = 1\nb = 'é' # x\n", ("b",), False, (2, 5, 8)),
        ("a = 1\r\n[tool.x]\r\nb   = [1, 'é', 22]\r\n", ("tool", "x", "b", 2), False, (3, 16, 18)),
        ("[tool.x]\nb = 1\n", ("tool", "x", "c"), False, (1, 7, 8)),
        ("tool = {x = {'b' = 1}}\n", ("tool", "x", "b"), True, (1, 14, 17)),
        ("tool.x.b = [\n 1,\n]\n", ("tool", "x", "b"), False, (1, 12, 13)),
        ("", ("a",), False, (1, 1, 2)),
    ],
)
def test_places(written: str, path: tuple[str | int, ...], key: bool, place: tuple[int, int, int]) -> None:
    """Lines and columns are counted as in every other file; a long value is marked to the end of its first line."""
    assert Places("x.toml", written).place(path, key)[1:] == place
