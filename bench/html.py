"""How big the HTML page of a batch is, and how fast in a real Chromium: 500 people × 40 vacancies, medians of interleaved rounds.

    python bench/html.py                     the targets of the project: 4 MB, 3 s to load, 50 ms to filter
    python bench/html.py --people 2000       another size
    python bench/html.py --keep page.html    keep the page
    python bench/html.py --with 'languages: [{language: de, level: C1}]'    with facts added for everybody

Loading is measured against an empty page in the same round; a filter from the event to the end of layout. Nothing here is a test.
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import random
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Browser, Page, sync_playwright

from eligibility.asking.at_desk import AskingDesk
from eligibility.batch.desk import Job
from eligibility.batch.people import Entry
from eligibility.batch.run import each
from eligibility.batch.sources.jsonl import JsonLines
from eligibility.batch.writers import About
from eligibility.batch.writers.html import render
from eligibility.wording import Words

ROOT = Path(__file__).resolve().parent.parent
ON = date(2023, 9, 15)
FIRST = ["Léa", "Étienne", "Zoë", "Karim", "Ana", "Søren", "Nadia", "Łukasz", "Aïcha", "Tomás", "Mei", "Oluwaseun", "Chloé", "Ibrahim"]
LAST = ["Tremblay", "Benali", "Ferreira", "Müller", "Haddad", "Nguyễn", "Rossi", "Côté", "de Vries", "Papadáki", "Mensah", "Girard"]


def vacancies(folder: Path, number: int) -> list[str]:
    """Rule files made of our own, under other names, with other titles and other deadlines: no two explanations need be the same."""
    ours = [path for path in sorted((ROOT / "rules").glob("*.yaml")) if not path.name.endswith(".cases.yaml")]
    paths = []
    for index in range(number):
        source = ours[index % len(ours)]
        name = f"{source.stem}-copy-{index}"
        text = source.read_text("utf-8").replace(f"id: {source.stem}\n", f"id: {name}\n", 1)
        text = text.replace('title: {fr: "', f'title: {{fr: "{index + 1}. ', 1).replace('en: "', f'en: "{index + 1}. ', 1)
        text = re.sub(r"(?<=deadline: )\d{4}-\d{2}-\d{2}", partial(_later, 11 * index), text)
        path = folder / f"{name}.yaml"
        path.write_text(text, "utf-8")
        paths.append(str(path))
    return paths


def _later(days: int, day: re.Match[str]) -> str:
    return (date.fromisoformat(day[0]) + timedelta(days=days)).isoformat()


def people(number: int) -> Iterator[Entry]:
    """Variations of our invented people: other names, other days, facts that are missing or the contrary."""
    dice = random.Random(20230915)
    bases = [yaml.safe_load(path.read_text("utf-8")) for path in sorted((ROOT / "profiles").glob("*.yaml"))]
    for index in range(number):
        data: dict[str, Any] = _plain(copy.deepcopy(dice.choice(bases)), dice)
        data["name"] = f"{dice.choice(FIRST)} {dice.choice(LAST)}"
        data.pop("id", None)
        for key in dice.sample(sorted(data), k=dice.randrange(3)):
            if key != "name":
                del data[key]
        for fact in data.get("facts") or {}:
            if dice.random() < 0.3:
                data["facts"][fact] = not data["facts"][fact]
        yield Entry(0, index + 1, json.dumps({"id": f"s{index + 1:05}", **data}).encode())


def _plain(value: Any, dice: random.Random) -> Any:
    """As a file says it, exact days moved by up to two years: sentences then differ from person to person."""
    if isinstance(value, dict):
        return {key: _plain(one, dice) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one, dice) for one in value]
    if isinstance(value, date):
        return (value - timedelta(days=dice.randrange(730))).isoformat()
    return value


def loading(browser: Browser, address: str) -> tuple[float, Page]:
    """Milliseconds from asking for a page until it is there and drawn."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    start = time.perf_counter()
    page.goto(address, wait_until="load")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    return (time.perf_counter() - start) * 1000, page


FILTERS = {
    "person": {"person": "lea tremblay"},
    "nobody": {"person": "zzz"},
    "all again": {"person": ""},
    "outcome": {"outcome": "e"},
    "deadline": {"sort": "due"},
    "nearest": {"sort": ""},
    "vacancy": {"vacancy": "3"},
    "criterion": {"criterion": "3:1"},
    "everybody": {"criterion": "", "vacancy": "", "outcome": ""},
}
SET = """async (values) => {
  const start = performance.now();
  let last;
  for (const [name, value] of Object.entries(values)) {
    last = document.getElementById(`f-${name}`);
    last.value = value;
  }
  last.dispatchEvent(new Event(last.id === "f-person" ? "input" : "change"));
  await null;
  await null;
  document.body.offsetHeight;
  return performance.now() - start;
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--vacancies", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--lang", default="en")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--with", dest="added", action="append", default=[])
    parser.add_argument("--chromium", default=os.environ.get("CHROMIUM", "/usr/bin/chromium"))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        job = Job(
            tuple(vacancies(folder, asked.vacancies)),
            ON,
            asked.lang,
            (JsonLines("students.jsonl"),),
            reasons=True,
            added=tuple(asked.added),
        )
        desk = AskingDesk(job)
        about = About(desk.vacancies, ON, Words(asked.lang), desk.reference, "students.csv", added=asked.added)
        checked = list(each(people(asked.people), job, AskingDesk.rows, 2, AskingDesk))
        start = time.process_time()
        text = "".join(render(checked, about))
        made = time.process_time() - start
        path = asked.keep or folder / "page.html"
        path.write_text(text, "utf-8")
        empty = folder / "empty.html"
        empty.write_text('<!doctype html><html lang="en"><title>empty</title><p>empty</p>', "utf-8")
        unread = sum(not row.read for row in checked)
        print(f"{asked.people} people × {asked.vacancies} vacancies, {unread} not read; made in {made:.2f} s")
        packed = len(text.rpartition('<template id="packed">')[2].partition("</template>")[0])
        print(f"size      {len(text.encode()) / 1e6:6.2f} MB, of which explanations {packed / 1e6:.2f} MB (target 4)")
        loads, empties = [], []
        filters: dict[str, list[float]] = {key: [] for key in FILTERS}
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=asked.chromium, args=["--no-sandbox"])
            for _ in range(asked.rounds):
                took, page = loading(browser, empty.as_uri())
                empties.append(took)
                page.close()
                took, page = loading(browser, path.resolve().as_uri())
                loads.append(took)
                page.wait_for_timeout(500)  # the explanations are unpacked when there is nothing else to do
                for key, what in FILTERS.items():
                    filters[key].append(page.evaluate(SET, what))
                page.close()
            browser.close()
        print(f"load      {statistics.median(loads):6.0f} ms (an empty page: {statistics.median(empties):.0f} ms; target 3000)")
        for key, took_each in filters.items():
            print(f"filter    {statistics.median(took_each):6.1f} ms  {key} (target 50)")


if __name__ == "__main__":
    main()
