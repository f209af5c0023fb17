"""One person's page: it holds what the report says, asks nobody anything, and nothing in a profile is ever markup."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml

from eligibility.cli import run
from eligibility.wording import Words

ROOT = Path(__file__).parents[2]
HOSTILE = "</style><script>alert(1)</script><img src=x onerror=alert(1)> {{ 7*7 }}"
TAGS = {
    "html", "head", "meta", "title", "style", "body", "a", "header", "p", "h1", "bdi", "ul", "ol", "li", "b", "main", "section", "h2", "h3", "h4", "div",
    "article", "span", "small", "details", "summary", "footer",
}  # fmt: skip


class Tags(HTMLParser):
    """The tags of a page with their attributes, and what its style holds."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.style = ""
        self._in = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in = tag

    def handle_endtag(self, tag: str) -> None:
        self._in = ""

    def handle_data(self, data: str) -> None:
        if self._in == "style":
            self.style += data


def page(folder: Path, *options: str, profile: str = str(ROOT / "profiles" / "lea.yaml")) -> str:
    file = folder / "me.html"
    assert run(["check", profile, "--on", "2024-03-20", "--rules", str(ROOT / "rules"), "-o", str(file), *options]) == 0
    return file.read_text("utf-8")


def words_of(text: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", text.partition("</style>")[2]))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_says_what_to_do_by_when_what_to_answer_and_what_to_gather(language: str, tmp_path: Path) -> None:
    shown, words = words_of(page(tmp_path, "--lang", language)), Words(language)
    order = [words.text(key) for key in ("mine.steps", "mine.questions", "papers.title", "mine.why")]
    assert [shown.index(one) for one in order] == sorted(shown.index(one) for one in order)
    assert "Léa Tremblay" in shown
    assert words.text("paper.degree") in shown
    assert words.date(738972) in shown  # 27 March 2024, when two of them close
    for outcome in ("more_information_needed", "not_eligible"):
        assert words.text(f"outcome.{outcome}") in shown


@pytest.mark.parametrize("language", ["en", "fr"])
def test_its_head_names_the_day_that_was_asked_about(language: str, tmp_path: Path) -> None:
    """Two vacancies are closed and answered as on their last days; the page is about one day all the same."""
    words, text = Words(language), page(tmp_path, "--lang", language)
    assert f"{words.text('web.eyebrow')} · {words.date(738965)}<" in text  # 20 March 2024


def test_the_policy_allows_the_style_and_nothing_else(tmp_path: Path) -> None:
    found = Tags(page(tmp_path))
    policy = next(one["content"] for tag, one in found.tags if tag == "meta" and one.get("http-equiv") == "Content-Security-Policy")
    known = b64encode(sha256(found.style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{known}'; base-uri 'none'; form-action 'none'"


def test_nothing_in_a_profile_is_markup(tmp_path: Path) -> None:
    """Only known tags, no handler, no style in a tag, no address but places of the page."""
    hostile = {
        "name": HOSTILE, "birth_date": "1998-03-15", "citizenships": ["FR"],
        "degrees": [{"title": "master", "level": 7, "field": HOSTILE, "school": HOSTILE, "awarded": "2022-03"}],
        "experience": [{"from": "2020-01-01", "to": "ongoing", "employer_name": HOSTILE, "title": HOSTILE}],
    }  # fmt: skip
    file = tmp_path / "hostile.yaml"
    file.write_text(yaml.safe_dump(hostile), "utf-8")
    text = page(tmp_path, profile=str(file))
    found = Tags(text)
    assert {tag for tag, _ in found.tags} <= TAGS
    for _, attributes in found.tags:
        assert not [name for name in attributes if name.startswith("on") or name in ("style", "src", "action")]
        assert (attributes.get("href") or "#").startswith("#")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
    assert "{{ 7*7 }}" in unescape(text)


def test_every_place_of_the_page_is_there_once(tmp_path: Path) -> None:
    found = Tags(page(tmp_path))
    ids = [one["id"] for _, one in found.tags if one.get("id")]
    assert len(ids) == len(set(ids))
    assert {str(one["href"])[1:] for _, one in found.tags if "href" in one} <= set(ids)


def test_the_name_of_the_file_chooses_the_format(tmp_path: Path) -> None:
    assert page(tmp_path).startswith("<!doctype html>")
    assert page(tmp_path, "--format", "text").startswith("Eligibility summary")


def test_a_page_is_of_one_person(capsys: pytest.CaptureFixture[str]) -> None:
    both = [str(ROOT / "profiles" / f"{name}.yaml") for name in ("lea", "omar")]
    assert run(["check", *both, "-o", "both.html", "--lang", "en"]) == 2
    assert "--per-person" in capsys.readouterr().err


def test_a_batch_writes_the_same_page_for_everybody(tmp_path: Path) -> None:
    """Only the command that asks for what is missing is not there: answers go into a profile, and a batch may read a table."""
    folder = tmp_path / "people"
    folder.mkdir()
    (folder / "lea.yaml").write_text((ROOT / "profiles" / "lea.yaml").read_text("utf-8"), "utf-8")
    pages = tmp_path / "pages"
    assert (
        run(["batch", str(folder), "--on", "2024-03-20", "--rules", str(ROOT / "rules"), "--per-person", str(pages), "--lang", "en"]) == 0
    )
    mine = page(tmp_path, "--lang", "en", profile=str(folder / "lea.yaml")).replace(str(folder / "lea.yaml"), str(folder))
    assert mine.count("eligibility ask ") == 1
    assert (pages / "lea-tremblay-1.html").read_text("utf-8") == re.sub('<p class="of">Answer them one at a time.*?</p>', "", mine)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_where_all_have_closed_it_says_so_and_how_to_see_another_day(language: str, tmp_path: Path) -> None:
    """The last of the six closed on 20 May 2025. Until then something is open, and what is not met is told as that."""
    words = Words(language)
    for day, key, other in (("2025-05-20", "mine.no_steps", "mine.all_closed"), ("2025-05-21", "mine.all_closed", "mine.no_steps")):
        shown = words_of(page(tmp_path, "--lang", language, "--on", day))
        assert words.text(key) in shown
        assert words.text(other) not in shown
        assert (words.text("mine.none_open") in shown) is (key == "mine.all_closed")
    assert "--on" in words.text("mine.all_closed")


def test_advice_that_stands_above_is_on_the_screen_and_not_printed_again(tmp_path: Path) -> None:
    """A profile that says next to nothing would be told the same line of work under each criterion, on a third sheet."""
    text = page(tmp_path, profile=str(ROOT / "profiles" / "alex.yaml"))
    advice = re.findall(r'<p class="todo( again)?"><b>[^<]*</b> ([^<]*)</p>', text)
    assert len(advice) > len({line for _, line in advice})
    seen: set[str] = set()
    for again, line in advice:
        assert bool(again) is (line in seen)
        seen.add(line)
    assert re.search(r"@media print \{.*\.again \{ display: none; \}", text, re.S)
