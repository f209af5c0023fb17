"""Problems in nasty files, always the same ones; and strategies for any problem in any file."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from eligibility.checks.pages import summary_of
from eligibility.diagnostic import Diagnostic, Place
from eligibility.reporters import Style
from eligibility.reporters.problems import Told
from eligibility.wording import Words

law = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

ACCENTS = "rules/accents.yaml"
LONG = "./rules/a long, name: 100%.yaml"
MISSING = "rules/missing.yaml"
CLEAN = "rules/valid.yaml"

TEXTS = {
    ACCENTS: (
        "title: Été à l'étranger\n"
        "any_of: [FR, NO, SE]\n"
        "city: 東京 and ソウル, NO\n"
        "name: Ame\u0301lie, NO\n"
        "\tkey:\tNO\r\n"
        "hidden: a\u202eb\x1b[31m NO\n"
        "minn: 18\r"
        "last: 2022-02-30\n"
    ),
    LONG: f"{'x' * 2400}NO{'y' * 2598}\nlist: {'東' * 300}NO{'京' * 300}\n",
    CLEAN: "id: fine\n",
}


def problem(code: str, file: str, line: int, column: int, end: int, **params: Any) -> Diagnostic:
    return Diagnostic(code, Place(file, line, column, end), params)


def no(file: str, line: int, column: int) -> Diagnostic:
    return problem("W101", file, line, column, column + 2, value="NO")


DIAGNOSTICS = sorted(
    [
        problem("E105", ACCENTS, 1, 8, 11, value="Été"),
        no(ACCENTS, 2, 14),
        no(ACCENTS, 3, 18),
        no(ACCENTS, 4, 16),
        problem("E111", ACCENTS, 4, 10, 11),  # the accent alone
        no(ACCENTS, 5, 7),
        problem("E127", ACCENTS, 6, 10, 11, character="U+202E", n=1),
        no(ACCENTS, 6, 18),
        problem("E203", ACCENTS, 7, 1, 5, word="minn", allowed=["at", "max", "min"], suggestion="min"),
        problem("E105", ACCENTS, 8, 7, 17, value="2022-02-30"),
        problem("E102", ACCENTS, 9, 1, 1, example="id: my-id"),  # the empty line at the end
        problem("E101", ACCENTS, 8, 90, 91),  # beyond the line
        problem("E101", ACCENTS, 99, 1, 2),  # beyond the file
        problem("N101", ACCENTS, 3, 5, 6),
        no(LONG, 1, 2401),
        problem("E118", LONG, 1, 1, 4999, limit=4000),
        no(LONG, 2, 307),
        problem("E130", MISSING, 1, 1, 1, path=MISSING),
    ],
    key=lambda one: (one.place.file, one.place.line, one.place.column, one.code),
)


def told(language: str = "en", width: int = 80, **changes: Any) -> Told:
    """What the fixed problems tell."""
    words = Words(language)
    base = Told(
        DIAGNOSTICS, sorted([*TEXTS, MISSING]), words, TEXTS.get, Style(width), suppressed=2, page_of=lambda code: summary_of(code, words)
    )
    return base._replace(**changes)


ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=30) | st.sampled_from(
    ["\x1b[2J", "::error::%0A", "a\r\n::set-output name=x::y", "]]>", "<![CDATA[", "&#0;", "\ud800", "\udc80", "\ufffe", "\u2028", "{value}", "%", "a,b:c"]
)


@st.composite
def any_told(draw: st.DrawFn) -> Told:
    """Any problems in any files of any name, told in either language."""
    files = draw(st.lists(ANY_TEXT.map(lambda name: name or "x"), min_size=1, max_size=3, unique=True))
    texts = {name: draw(st.none() | ANY_TEXT) for name in files}
    found = []
    for _ in range(draw(st.integers(0, 4))):
        column = draw(st.integers(1, 40))
        place = Place(draw(st.sampled_from(files)), draw(st.integers(1, 4)), column, column + draw(st.integers(0, 20)))
        code = draw(st.sampled_from(["E105", "E130", "E110", "E203", "W101", "N101"]))
        params = {name: draw(ANY_TEXT) for name in ("value", "path", "key", "word", "suggestion")}
        found.append(Diagnostic(code, place, {**params, "line": 3, "allowed": [draw(ANY_TEXT), draw(ANY_TEXT)]}))
    found.sort(key=lambda one: (one.place.file, one.place.line, one.place.column, one.code))
    style = Style(draw(st.integers(1, 120)), draw(st.booleans()), draw(st.booleans()))
    words = Words(draw(st.sampled_from(["en", "fr"])))
    pages = draw(st.sampled_from([None, lambda code: summary_of(code, words)]))
    return Told(found, sorted(files), words, texts.get, style, draw(st.integers(0, 3)), page_of=pages)
