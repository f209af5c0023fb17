"""The HTML page of a batch in a real Chromium: it opens from a file, asks nobody anything, filters, explains, and everybody can use it.

Skipped where there is no Chromium or no Playwright, unless ELIGIBILITY_BROWSER_TESTS is set (CI): then their absence is a failure.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from eligibility.wording import Words

from .html_made import ADDED, HOSTILE, about, as_shown, hostile, ours, page

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
WANTED = bool(os.environ.get("ELIGIBILITY_BROWSER_TESTS"))
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

if not WANTED:
    pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed", allow_module_level=True)


class Site(NamedTuple):
    """Where the pages lie, and the browser."""

    browser: Any
    folder: Path

    def open(self, name: str, **options: Any) -> Tab:
        return Tab(self.browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options}), self.folder / name)


class Tab:
    """One page in a window of its own, and what it did: requests, messages of the console, errors."""

    def __init__(self, context: Any, path: Path) -> None:
        self.context = context
        self.page = context.new_page()
        self.requests: list[str] = []
        self.trouble: list[str] = []
        context.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.trouble.append(message.text))
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.trouble.append("dialog"), dialog.dismiss()))
        self.address = path.as_uri()
        self.page.goto(self.address)

    def __enter__(self) -> Any:
        return self.page

    def __exit__(self, *error: object) -> None:
        self.context.close()

    @property
    def quiet(self) -> bool:
        """Nothing was asked of anybody, and nothing went wrong."""
        return self.requests == [self.address] and not self.trouble


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    from playwright.sync_api import sync_playwright

    assert CHROMIUM is not None, "ELIGIBILITY_BROWSER_TESTS is set and there is no Chromium"
    folder = tmp_path_factory.mktemp("pages")
    for language in ("en", "fr"):
        (folder / f"{language}.html").write_text(page(ours(language), about(language)), "utf-8")
        added = page(ours(language, (ADDED,)), about(language, added=(ADDED,)))
        (folder / f"{language}-added.html").write_text(added, "utf-8")
    (folder / "hostile.html").write_text(page(hostile(), about(source=HOSTILE[0])), "utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield Site(browser, folder)
        browser.close()


def names(tab: Any) -> list[str]:
    return [text.strip() for text in tab.locator("#grid tbody tr:visible th > bdi").all_inner_texts()]


def expected(wanted: Any = lambda row: True) -> list[str]:
    """The names of those of whom something is so, in the order of the page."""
    return [str(row.name) for row in as_shown(ours(), about())[0] if wanted(row)]


def violations(tab: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(tab, options={"runOnly": {"type": "tag", "values": WCAG}}).response
    assert found["passes"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found["violations"] for node in one["nodes"]]


# ------------------------------------------------------------------------------------------------------------ it opens


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_opens_quietly(site: Site, language: str) -> None:
    """From a file: no request but for the file itself, nothing in the console, also when explanations are unpacked."""
    tab = site.open(f"{language}.html")
    with tab as opened:
        opened.locator("#grid tbody td").first.click()
        opened.locator("dialog[open] .points li").first.wait_for()
        assert tab.quiet
        shown = Words(language).fill(Words(language).entries("web.script.")["shown"], {"n": 12, "shown": 12, "total": 12})
        assert opened.locator("#count").inner_text() == shown


def test_the_whole_table_without_script(site: Site) -> None:
    """Without JavaScript: every person, letter and word, what is missing first as a title; no filter that does nothing."""
    with site.open("en.html", java_script_enabled=False) as opened:
        assert opened.locator("#grid tbody tr").count() == 12
        cells = opened.locator("#grid tbody td")
        assert cells.count() == 72
        assert cells.first.inner_text().split() == ["E", "likely", "eligible"]
        assert opened.locator("#grid tbody .do").first.is_visible()
        assert opened.locator("#grid thead .shut").count() == 1
        assert not opened.locator("#grid thead .shut").is_visible()
        opened.get_by_label("Show 1 closed vacancy").check()
        assert opened.locator("#grid thead .shut").is_visible()
        assert opened.locator("#grid tbody td.m").first.get_attribute("title")
        for part in ("#filters", "#keys", "#panel", "button[data-criterion]"):
            assert not opened.locator(part).first.is_visible()
        opened.locator(".offer summary").first.click()
        assert opened.locator(".offer .criteria").first.is_visible()


# ---------------------------------------------------------------------------------------------------------- the filters


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("lea", ["Léa Tremblay"]),
        ("LÉA", ["Léa Tremblay"]),
        ("tomas ferr", ["Tomás Ferreira"]),
        ("ferreira TOMAS", ["Tomás Ferreira"]),
        ("sofia", ["Sofia Papadaki"]),
        ("karim", ["Karim Ziani"]),
        ("zzz", []),
    ],
)
def test_people_are_found_whatever_their_accents(site: Site, typed: str, found: list[str]) -> None:
    """The number of rows is announced: the count is a status."""
    with site.open("en.html") as opened:
        opened.get_by_role("searchbox", name="Person").fill(typed)
        assert names(opened) == found
        number = len(found)
        told = f"{number} {'person' if number == 1 else 'people'} of 12 shown" if found else "Nobody matches these filters."
        assert opened.get_by_role("status").inner_text() == told


def test_filters_by_outcome_vacancy_and_criterion(site: Site) -> None:
    """Each alone and together, against the rows themselves; the button shows everybody again."""
    with site.open("en.html") as opened:
        opened.get_by_label("Outcome").select_option("e")
        assert names(opened) == expected(lambda row: any(cell.word == "likely_eligible" for cell in row.cells))
        opened.get_by_label("Vacancy", exact=True).select_option("3")
        assert names(opened) == expected(lambda row: row.cells[3].word == "likely_eligible")
        assert opened.locator("#grid thead th:visible").count() == 2
        opened.get_by_label("Outcome").select_option("")
        assert len(names(opened)) == 12
        opened.get_by_label("Not met or not known").select_option("3:2")
        stopped = expected(lambda row: row.cells[3].points[2].verdict in ("fail", "unknown"))
        opened.wait_for_function("(number) => document.querySelectorAll('#grid tbody tr:not([hidden])').length === number", arg=len(stopped))
        assert names(opened) == stopped
        assert 0 < len(stopped) < 12
        opened.get_by_label("Vacancy", exact=True).select_option("1")  # of another vacancy: the criterion no longer filters
        assert opened.get_by_label("Not met or not known").input_value() == ""
        assert len(names(opened)) == 12
        opened.get_by_role("button", name="Show everybody").click()
        opened.wait_for_function("document.querySelectorAll('#grid thead th').length === 7")
        opened.locator("#grid thead th").nth(5).wait_for()
        assert len(names(opened)) == 12


def test_the_picture_leads_to_the_people(site: Site) -> None:
    with site.open("en.html") as opened:
        button = opened.locator("button[data-criterion]").first
        offer, criterion = map(int, str(button.get_attribute("data-criterion")).split(":"))
        button.click()
        opened.locator("#grid thead th:visible").nth(1).wait_for()
        stopped = expected(lambda row: row.cells[offer].points[criterion].verdict in ("fail", "unknown"))
        opened.wait_for_function("(number) => document.querySelectorAll('#grid tbody tr:not([hidden])').length === number", arg=len(stopped))
        assert names(opened) == stopped


def test_what_is_looked_at_stands_in_the_address(site: Site) -> None:
    """Filters and order are in the address after the mark, which no server is told; who opens it again sees the same."""
    with site.open("en.html") as opened:
        opened.get_by_label("Outcome").select_option("e")
        opened.get_by_label("Vacancy", exact=True).select_option("3")
        opened.get_by_label("Order").select_option("name")
        opened.wait_for_function("() => location.hash.includes('sort=name')")
        seen, address = names(opened), opened.url
        assert seen == sorted(seen, key=lambda name: name.replace("É", "E"))
        vacancy = as_shown(ours(), about())[1][3].id
        assert address.endswith(f"#?vacancy={vacancy}&outcome=e&sort=name")
        opened.goto("about:blank")
        opened.goto(address)
        assert names(opened) == seen
        assert opened.get_by_label("Order").input_value() == "name"
        opened.get_by_role("button", name="Show everybody").click()
        opened.wait_for_function("() => !location.hash")
        assert names(opened) == expected()
        opened.goto(f"{address.partition('#')[0]}#?vacancy=nothing&outcome=%3Cimg%3E&person=l%C3%A9a")
        opened.reload()
        assert names(opened) == ["Léa Tremblay"]


def test_who_has_another_answer(site: Site) -> None:
    """Only they are shown, of all vacancies or of one; it stands in the address; a cell, its explanation and the list say what it was."""
    rows, offers = as_shown(ours("en", (ADDED,)), about())
    assert sum(1 for row in rows if row.since and row.since.changes) < len(rows)

    def moved(row: Any, place: int | None = None) -> bool:
        shown = [one.vacancy for one in row.since.changes if one.before is not one.after]
        return bool(shown) if place is None else offers[place].id in shown

    place = next(at for at in range(len(offers)) if 0 < sum(moved(row, at) for row in rows) < sum(moved(row) for row in rows))
    with site.open("en-added.html") as opened:
        assert names(opened) == [row.name for row in rows]
        opened.get_by_label("Only people whose answer is another one").check()
        assert names(opened) == [row.name for row in rows if moved(row)]
        opened.get_by_label("Vacancy", exact=True).select_option(str(place))
        few = [row.name for row in rows if moved(row, place)]
        assert names(opened) == few
        opened.wait_for_function("() => location.hash.includes('changed=1') && location.hash.includes('vacancy=')")
        opened.reload()
        assert names(opened) == few
        opened.locator("#grid td[data-was]:visible").first.click()
        assert opened.locator("dialog[open] .of", has_text="before:").count() == 1
        opened.get_by_role("button", name="Everything on this person").click()
        assert opened.locator("dialog[open] .each .of", has_text="before:").count() >= 1
        opened.keyboard.press("Escape")
        opened.get_by_role("button", name="Show everybody").click()
        opened.wait_for_function("() => !location.hash")
        assert names(opened) == [row.name for row in rows]


def test_the_list_one_sees_can_be_taken_away(site: Site) -> None:
    """Copied as a table, downloaded as CSV: those who are shown, with what to do next; no cell is a formula, and nobody is asked anything."""
    tab = site.open("en.html", accept_downloads=True, permissions=["clipboard-read", "clipboard-write"])
    with tab as opened:
        opened.get_by_label("Outcome").select_option("e")
        opened.get_by_label("Vacancy", exact=True).select_option("0")
        shown = names(opened)
        opened.get_by_role("button", name="Copy this list").click()
        opened.wait_for_function("() => document.getElementById('count').textContent.includes('copied')")
        lines = [line.split("\t") for line in opened.evaluate("navigator.clipboard.readText()").splitlines()]
        offer = as_shown(ours(), about())[1][0]
        assert lines[0] == ["Name", "Id", "What to do", "What to ask", offer.title]
        assert [line[0] for line in lines[1:]] == shown
        assert all(line[2].startswith("Apply") and line[4] == "likely eligible" for line in lines[1:])
        with opened.expect_download() as waited:
            opened.get_by_role("button", name="Download as CSV").click()
        assert waited.value.suggested_filename == "people.csv"
        text = Path(waited.value.path()).read_text("utf-8-sig")
        assert [row[0] for row in csv.reader(io.StringIO(text, newline=""))] == ["Name", *shown]
        assert not [one for one in tab.requests if not one.startswith(("file:", "blob:"))]
        assert not tab.trouble


def test_a_name_opens_the_card_of_a_person(site: Site) -> None:
    """By mouse and by keyboard: what to do next, what to ask, every vacancy; from there to an explanation, and back."""
    rows, offers = as_shown(ours(), about())
    row = next(one for one in rows if one.question)
    with site.open("en.html") as opened:
        opened.locator("#grid tbody th", has_text=str(row.name)).click()
        panel = opened.get_by_role("dialog", name=str(row.name))
        panel.wait_for()
        text = panel.inner_text()
        assert str(row.question) in text
        for cell, offer in zip(row.cells, offers, strict=True):
            if cell.word != "closed":
                assert offer.title in text
                assert str(cell.action) in text
        panel.get_by_role("button", name=offers[0].title).click()
        panel.locator(".points").first.wait_for()
        assert opened.evaluate("document.activeElement.id") == "panel-title"
        panel.get_by_role("button", name="Everything on this person").click()
        panel.locator(".each").first.wait_for()
        opened.keyboard.press("Escape")
        panel.wait_for(state="hidden")
        assert opened.evaluate("document.activeElement.tagName") == "TH"
        opened.keyboard.press("ArrowDown")
        opened.keyboard.press("Enter")
        opened.get_by_role("dialog", name=str(rows[rows.index(row) + 1].name)).wait_for()


def test_closed_vacancies_are_folded_away(site: Site) -> None:
    """Until somebody asks for them, by the box, by the filter of outcomes, or by their name."""
    with site.open("en.html") as opened:
        assert opened.locator("#grid thead th:visible").count() == 6
        opened.get_by_label("Show 1 closed vacancy").check()
        assert opened.locator("#grid thead th:visible").count() == 7
        assert "would" in opened.locator("#grid tbody td.c").first.inner_text()
        opened.get_by_role("button", name="Show everybody").click()
        opened.get_by_label("Show 1 closed vacancy").uncheck()
        opened.get_by_label("Vacancy", exact=True).select_option("5")
        assert opened.locator("#grid tbody td.c").first.is_visible()


def test_a_telephone_shows_cards(site: Site) -> None:
    """A card for each person, which says the vacancy of each cell and until when; nothing is cut off."""
    with site.open("en.html", viewport={"width": 390, "height": 844}) as opened:
        card = opened.locator("#grid tbody tr").first
        assert card.bounding_box()["width"] <= 390
        assert card.bounding_box()["y"] < 600
        said = opened.evaluate("getComputedStyle(document.querySelector('#grid tbody td'), '::after').content")
        offer = as_shown(ours(), about())[1][0]
        assert offer.title in said
        assert offer.due in said
        assert opened.evaluate("document.documentElement.scrollWidth") <= 390
        opened.locator("#grid tbody th").first.click()
        opened.locator("dialog[open] .each").first.wait_for()


# ------------------------------------------------------------------------------------------------------ the explanation


def test_a_cell_explains_itself_by_mouse(site: Site) -> None:
    """Every criterion with verdict, label, sentence and clause; a click beside the panel closes it."""
    rows, offers = as_shown(ours(), about())
    place = next(index for index, offer in enumerate(offers) if offer.title.startswith("Technology specialist"))
    row = next(one for one in rows if one.name == "Léa Tremblay")
    cell = row.cells[place]
    with site.open("en.html") as opened:
        opened.locator("#grid tbody tr", has_text="Léa Tremblay").locator("td").nth(place).click()
        panel = opened.get_by_role("dialog", name="Léa Tremblay")
        panel.wait_for()
        text = panel.inner_text()
        assert panel.locator(".points li").count() == len(cell.points)
        for point in cell.points:
            assert str(point.reason) in text
        assert "Technology specialist" in text
        assert "Notice: Paragraphe 7" in text
        assert "[0]" not in text
        assert "Closes Wednesday 27 March 2024" in text
        assert "For the recruiter to judge" in text
        opened.mouse.click(20, 20)
        panel.wait_for(state="hidden")


def test_a_cell_explains_itself_by_keyboard(site: Site) -> None:
    """One stop for Tab, arrows inside; Enter opens, Escape closes and the focus is where it was, or where one has gone on to."""
    with site.open("en.html") as opened:
        opened.locator("#people").focus()
        opened.keyboard.press("Tab")
        place = "[document.activeElement.parentElement.rowIndex, document.activeElement.cellIndex]"
        assert opened.evaluate(place) == [1, 1]
        for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowLeft", "ArrowRight"):
            opened.keyboard.press(key)
        assert opened.evaluate(place) == [3, 2]
        opened.keyboard.press("Enter")
        panel = opened.get_by_role("dialog", name=expected()[2])
        panel.wait_for()
        assert opened.evaluate("document.activeElement.id") == "panel-title"
        opened.keyboard.press("Escape")
        panel.wait_for(state="hidden")
        opened.wait_for_function(f"String({place}) === '3,2'")
        opened.keyboard.press("Control+End")
        assert opened.evaluate(place) == [12, 5]  # the sixth vacancy is closed
        opened.keyboard.press(" ")
        opened.get_by_role("button", name="Previous person").click()
        opened.get_by_role("dialog", name=expected()[10]).wait_for()
        opened.get_by_role("button", name="Close").click()
        assert opened.evaluate(place) == [11, 5]
        opened.keyboard.press("Home")
        assert opened.evaluate(place) == [11, 0]
        opened.keyboard.press("Tab")
        assert opened.evaluate("document.activeElement.closest('#grid')") is None


def test_arrows_pass_over_what_is_hidden(site: Site) -> None:
    with site.open("en.html") as opened:
        opened.get_by_label("Outcome").select_option("e")
        opened.get_by_label("Vacancy", exact=True).select_option("0")
        shown = names(opened)
        opened.locator("#people").focus()
        opened.keyboard.press("Tab")
        opened.keyboard.press("ArrowDown")
        opened.keyboard.press("ArrowRight")
        assert opened.evaluate("document.activeElement.parentElement.querySelector('bdi').textContent") == shown[1]
        assert opened.evaluate("document.activeElement.cellIndex") == 1


def test_an_old_browser_is_told(site: Site) -> None:
    """Where the explanations cannot be unpacked, the panel says so, and there is no filter that would need them."""
    with site.open("en.html") as opened:
        opened.add_init_script("delete window.DecompressionStream")
        opened.reload()
        opened.locator("#grid tbody td").first.click()
        assert not opened.locator("#f-criterion").is_visible()
        assert not opened.locator("button[data-criterion]").first.is_visible()
        assert "too old" in opened.locator("dialog[open]").inner_text()


# ---------------------------------------------------------------------------------------------------- those who mean harm


def test_hostile_names_do_nothing(site: Site) -> None:
    """They are shown as they are, in the table, in the panel and among those not read; nothing runs and nothing is asked."""
    tab = site.open("hostile.html")
    with tab as opened:
        assert opened.locator("#grid tbody tr").count() == len(HOSTILE)
        for at in range(len(HOSTILE)):
            opened.locator("#grid tbody tr").nth(at).locator("td").first.click()
            opened.locator("dialog[open] .points").first.wait_for()
            shown = opened.locator("#grid tbody tr").nth(at).locator("bdi").first.text_content()
            assert opened.locator("#panel-title").text_content() == shown
            opened.keyboard.press("Escape")
        assert HOSTILE[0] in opened.locator("#grid tbody tr bdi").all_text_contents()
        assert opened.evaluate("window.hit") is None
        assert opened.locator("script").count() == 1
        assert tab.quiet


# --------------------------------------------------------------------------------------------------- everybody can use it


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "fr", "fr-added"])
def test_axe_finds_nothing(site: Site, language: str, scheme: str, width: int) -> None:
    """WCAG 2.2 AA and best practice: as it opens, filtered, with every picture open, and with the panel open."""
    with site.open(f"{language}.html", color_scheme=scheme, viewport={"width": width, "height": 844}, reduced_motion="reduce") as opened:
        assert violations(opened) == []
        opened.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        opened.locator("#f-outcome").select_option("e")
        assert violations(opened) == []
        opened.locator("#grid tbody tr:visible th").first.click()
        opened.locator("dialog[open] .each").first.wait_for()
        assert violations(opened) == []
        opened.keyboard.press("Escape")
        opened.locator("#grid tbody tr:visible td").first.click()
        opened.locator("dialog[open] .points").first.wait_for()
        assert violations(opened) == []
        assert opened.evaluate("document.documentElement.scrollWidth") <= width


def test_screen_readers_get_a_table(site: Site) -> None:
    """Rows are boxes for the sake of speed; they are still rows of a table, with headers."""
    with site.open("en.html") as opened:
        session = opened.context.new_cdp_session(opened)
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
        roles = [node["role"]["value"] for node in nodes if not node.get("ignored")]
        assert [roles.count(role) for role in ("grid", "gridcell")] == [1, 60]
        assert roles.count("rowheader") >= 12
        assert roles.count("columnheader") >= 6
    with site.open("en.html", java_script_enabled=False) as opened:
        session = opened.context.new_cdp_session(opened)
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
        roles = [node["role"]["value"] for node in nodes if not node.get("ignored")]
        assert roles.count("table") == 1
        assert roles.count("cell") == 60
        assert roles.count("rowheader") == 12


def test_print_shows_the_table_and_no_filter(site: Site) -> None:
    """On paper: no filter, no scrolling, the head of the table on every page; with the panel open, only the explanation."""
    with site.open("en.html", color_scheme="dark") as opened:
        opened.emulate_media(media="print")
        assert not opened.locator("#filters").is_visible()
        assert not opened.locator("nav").is_visible()
        for part in (".glance", ".failing", ".deadlines", "#take"):
            assert not opened.locator(part).is_visible()
        assert opened.evaluate("getComputedStyle(document.querySelector('#grid thead')).display") == "table-header-group"
        assert opened.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert opened.locator("#grid tbody tr").last.is_visible()
        opened.emulate_media(media="screen")
        opened.locator("#grid tbody td").first.click()
        opened.locator("dialog[open] .points").first.wait_for()
        opened.emulate_media(media="print")
        assert not opened.locator("#grid").is_visible()
        assert opened.locator("dialog .points").first.is_visible()
