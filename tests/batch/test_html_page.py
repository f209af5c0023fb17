"""The HTML page of a batch says what the rows say, lets nobody's data act, and is the same bytes for the same people."""

from __future__ import annotations

import re
import sys
from base64 import b64encode
from collections import Counter
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.batch.writers import MissingExtra, html
from eligibility.batch.writers.html import file_name
from eligibility.batch.writers.offers import offers_of
from eligibility.batch.writers.packed import CLOSINGS, OUTCOMES, VERDICTS
from eligibility.batch.writers.templates import environment
from eligibility.batch.writers.timeline import timeline
from eligibility.verdict import Verdict
from eligibility.wording import Words

from .html_made import HOSTILE, ON, Tags, about, as_shown, hostile, ours, packed, page, unread

TAGS = {
    "html", "head", "meta", "title", "style", "body", "a", "header", "p", "h1", "h2", "h3", "span", "nav", "ul", "li", "main", "section",
    "b", "form", "label", "input", "select", "option", "optgroup", "button", "div", "table", "caption", "thead", "tbody", "tr", "th", "td",
    "small", "bdi", "ol", "br", "svg", "rect", "line", "circle", "text", "details", "summary", "code", "footer", "dialog", "template", "script",
}  # fmt: skip
LETTERS = {"likely_eligible": "E", "more_information_needed": "?", "not_eligible": "N", "closed": "C"}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_holds_the_verdicts_of_the_rows(language: str) -> None:
    """Every cell of the table and every criterion of every explanation is what the row says, with its sentence."""
    rows, of = ours(language), about(language)
    read, offers = as_shown(rows, of)
    text = page(rows, of)
    everything = packed(text)
    matrix = Tags(text).matrix[1:]
    assert [[cell[0] for cell in row[1:]] for row in matrix] == [[LETTERS[cell.word] for cell in row.cells] for row in read]
    assert [row[0].strip().startswith(one.name or "") for row, one in zip(matrix, read, strict=True)] == [True] * len(read)
    assert len(everything["people"]) == len(read)

    def text_of(index: int) -> str | None:
        return str(everything["strings"][index]) if index >= 0 else None

    assert [text_of(index) for index in everything["asks"]] == [row.question for row in read]
    for row, numbers in zip(read, everything["people"], strict=True):
        for cell, number, offer in zip(row.cells, numbers, offers, strict=True):
            outcome, closing, *points = everything["cells"][number]
            assert (OUTCOMES[outcome], CLOSINGS[closing]) == (cell.outcome, cell.closing)
            told = [everything["points"][point] for point in points]
            assert tuple(map(text_of, everything["steps"][number])) == (cell.action, cell.question)
            assert [
                (offer.criteria[which].id, VERDICTS[verdict], bool(required), text_of(reason), text_of(lacks), gap >= 0)
                for which, verdict, required, reason, gap, lacks in told
            ] == [(one.id, one.verdict, one.required, one.reason, one.lacks or None, one.gap is not None) for one in cell.points]


def test_counts_are_those_of_the_rows() -> None:
    """The totals under the table, and the picture of where people fail."""
    rows = ours()
    text = page(rows, about())
    words = Counter(cell.word for row in rows for cell in row.cells)
    for word, label in (("likely_eligible", "likely eligible"), ("not_eligible", "not eligible"), ("closed", "closed")):
        assert f"</span> {label}, {words[word]}</li>" in text
    failing = Counter(
        (cell.vacancy, point.id)
        for row in rows for cell in row.cells for point in cell.points
        if point.required and point.verdict is Verdict.FAIL
    )  # fmt: skip
    most = failing.most_common(1)[0][1]
    assert f"{most} people of 12 do not meet it" in text
    assert "2 people could not be read" in text


def test_unread_people_are_listed_with_their_place() -> None:
    text = page(ours(), about())
    assert "students.csv:14:4" in text
    assert "cell D14" in text
    assert "étudiant" in text


def test_same_people_same_bytes() -> None:
    assert page(ours(), about()) == page(iter(ours()), about())


def test_everybody_is_unread() -> None:
    """A page without anybody is still a page."""
    text = page([unread(0, "one")], about())
    assert "0 people" in text
    assert "nobody could be read" in text


# ---------------------------------------------------------------------------------------------------------- what may act


@pytest.mark.parametrize("language", ["en", "fr"])
def test_data_is_never_markup(language: str) -> None:
    """Whatever people are called: known tags only, one script, no handler, no style in a tag, no address but places of the page."""
    _harmless(page(hostile(language), about(language, source=HOSTILE[0])))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40), st.text("<>&\"'/=!-`{}%\x00\u202e aonscriptimg", max_size=40))
def test_no_name_is_markup(name: str, id_: str) -> None:
    row = ours()[0]._replace(name=name, id=id_, cells=())
    text = page([row, unread(1, name, id_)], about()._replace(vacancies=(), source=name))
    _harmless(text)
    text.encode()


def _harmless(text: str) -> None:
    found = Tags(text)
    assert {tag for tag, _ in found.tags} <= TAGS
    assert sum(tag == "script" for tag, _ in found.tags) == sum(tag == "dialog" for tag, _ in found.tags) <= 1
    for _, attributes in found.tags:
        assert not [name for name in attributes if name.startswith("on") or name in ("style", "src", "action", "formaction", "srcdoc")]
        assert all((attributes.get(name) or "#").startswith("#") for name in ("href", "xlink:href"))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)


def test_the_policy_allows_our_style_and_script_only() -> None:
    """The hashes of the policy are those of what the page holds; everything else is forbidden."""
    found = Tags(page(ours(), about()))
    policy = next(one["content"] for tag, one in found.tags if tag == "meta" and one.get("http-equiv") == "Content-Security-Policy")
    rules = dict(rule.strip().split(" ", 1) for rule in str(policy).split(";"))
    hashes = {tag: f"'sha256-{b64encode(sha256(''.join(texts).encode()).digest()).decode()}'" for tag, texts in found.raw.items()}
    assert rules == {
        "default-src": "'none'", "style-src": hashes["style"], "script-src": hashes["script"], "base-uri": "'none'", "form-action": "'none'",
    }  # fmt: skip


def test_files_of_ours_hold_no_end_of_their_element() -> None:
    folder = Path(html.__file__).parent
    assert "</" not in (folder / "page.css").read_text("utf-8")
    assert "</" not in (folder / "page.js").read_text("utf-8")
    assert "innerHTML" not in (folder / "page.js").read_text("utf-8")


# ------------------------------------------------------------------------------------------------------------- too many


def test_a_page_of_too_many_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first people are shown, everybody is counted, and no row is kept that is not shown."""
    monkeypatch.setattr(html, "CELLS", 30)
    read = [row for row in ours() if row.read]
    text = page((row for _ in range(3) for row in read), about())
    found = Tags(text)
    assert len(found.matrix) == 1 + 5
    assert len(packed(text)["people"]) == 5
    assert "only the first 5 of 36 people: 216 cells" in text
    words = Counter(cell.word for row in read for cell in row.cells)
    assert f"likely eligible, {3 * words['likely_eligible']}</li>" in text


def test_a_usual_page_says_nothing_of_it() -> None:
    assert "only the first" not in page(ours(), about())


def test_a_missing_library_is_told_by_the_extra_that_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    environment.cache_clear()
    monkeypatch.setitem(sys.modules, "jinja2", None)
    try:
        with pytest.raises(MissingExtra) as told:
            page(ours(), about())
    finally:
        environment.cache_clear()
    assert (told.value.extra, told.value.library) == ("batch", "Jinja2")


# --------------------------------------------------------------------------------------------------------------- days


def test_deadlines_lie_in_the_order_of_time() -> None:
    offers = offers_of(about())
    line = timeline(offers, ON, Words("en"))
    places = [mark.place for mark in line.marks]
    assert places == sorted(places)
    assert [mark.closed for mark in line.marks] == [True, False, False, False, False, False]
    assert 0 < places[0] < line.today < places[1] < 100
    assert 2 <= len(line.ticks) <= 6
    assert any(mark.others for mark in line.marks)  # one notice gives two days


@pytest.mark.parametrize("on", [date(1, 1, 1), date(1999, 12, 31), date(9999, 12, 31)])
def test_any_day_of_application_has_a_line(on: date) -> None:
    line = timeline(offers_of(about()), on, Words("fr"))
    assert len(line.ticks) <= 6
    assert all(0 <= mark.place <= 100 for mark in line.marks)


def test_no_deadline_has_no_line() -> None:
    offers = tuple(offer._replace(days=(), left="") for offer in offers_of(about()))
    assert timeline(offers, ON, Words("en")).marks == ()


def test_the_hour_of_application_is_shown() -> None:
    assert "15 October 2023, 14:30" in page(ours(), about()._replace(on=datetime(2023, 10, 15, 14, 30)))


# --------------------------------------------------------------------------------------------------------- one person each


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Léa Tremblay", "lea-tremblay-1.html"),
        ("Œdipe Ångström-Łukasz", "oedipe-angstrom-lukasz-1.html"),
        ("../../etc/passwd", "etc-passwd-1.html"),
        ("C:\\CON", "c-con-1.html"),
        ("con", "con-1.html"),
        ("شيماء", "person-1.html"),
        ("a" * 300, f"{'a' * 60}-1.html"),
        ("-rf .", "rf-1.html"),
        ("\x00\n", "person-1.html"),
    ],
)
def test_names_of_files_are_safe(name: str, file: str) -> None:
    assert file_name(ours()[0]._replace(name=name)) == file


def test_people_of_one_name_have_a_page_each() -> None:
    """No page replaces another, whoever is called what."""
    rows = [row._replace(number=at, name=("Ana", "ana", "Ana 1", "Ana-1")[at % 4]) for at, row in enumerate(ours()[:12])]
    assert len({file_name(row) for row in rows}) == 12
