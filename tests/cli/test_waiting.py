"""Who is not eligible today, and will be before the vacancy closes, reads from which day on."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from tests.surroundings import surroundings

ROOT = Path(__file__).parents[2]
RULE = """\
format: 1
id: post
title: {{en: A post, fr: Un poste}}
zone: Europe/Paris
as_of: application
dates: {{deadline: {deadline}}}
criteria:
  - {{id: work, kind: experience, at_least: 1 year, label: {{en: A year of work, fr: Un an de travail}}}}
  - {{id: young, kind: age, at_most: {oldest}, label: {{en: Young, fr: Jeune}}}}
"""
ZOE = "birth_date: 2000-02-10\nexperience: [{from: 2026-01-10, to: ongoing, full_time: true}]\n"
"""She has worked for a year by 9 January 2027, and turns 27 on 10 February 2027."""


def check(
    folder: Path, *words: str, deadline: str = "2027-02-28", on: str = "2026-11-30", oldest: int = 40, profile: str = ZOE, rule: str = RULE
) -> str:  # fmt: skip
    (folder / "rule.yaml").write_text(rule.format(deadline=deadline, oldest=oldest), "utf-8")
    (folder / "me.yaml").write_text(profile, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "eligibility", "check", "me.yaml", "--rules", "rule.yaml", "--on", on, *words],
        cwd=folder, env=surroundings(PYTHONPATH=str(ROOT / "src"), COLUMNS="80"), capture_output=True, encoding="utf-8", timeout=60, check=True,
    )  # fmt: skip
    return re.sub(r"\s+", " ", done.stdout) if "json" not in words and "-o" not in words else done.stdout


@pytest.mark.parametrize(
    ("on", "told"),
    [("2027-01-07", True), ("2027-01-08", True), ("2027-01-09", False), ("2027-01-10", False)],
)
def test_until_the_day_it_is_met_the_day_is_told(tmp_path: Path, on: str, told: bool) -> None:
    """The days before it, the day itself, the day after."""
    text = check(tmp_path, on=on)
    assert ("Not yet: if nothing else changes, you are likely eligible from 9 January 2027 on." in text) is told
    assert ("LIKELY ELIGIBLE (1)" in text) is not told


@pytest.mark.parametrize(("deadline", "told"), [("2027-01-08", False), ("2027-01-09", True), ("2027-01-10", True)])
def test_waiting_is_no_advice_where_the_vacancy_closes_before(tmp_path: Path, deadline: str, told: bool) -> None:
    """It closes on the eve, on the day, on the morrow."""
    assert ("Not yet:" in check(tmp_path, deadline=deadline)) is told


def test_a_deadline_that_is_read_in_two_ways_counts_as_the_earlier_one(tmp_path: Path) -> None:
    """Nobody is told to wait until it may be too late."""
    rule = RULE.replace("{deadline}", "{{readings: [{{name: a, at: 2027-01-08, preferred: true}}, {{name: b, at: 2027-01-31}}]}}")
    assert "Not yet:" not in check(tmp_path, rule=rule)


def test_it_says_what_to_do_and_by_when(tmp_path: Path) -> None:
    """The first step: from when until when to apply, with the command that says more."""
    text = check(tmp_path)
    assert "1. Wait, and apply from 9 January 2027 on, by 28 February 2027: A post. eligibility when me.yaml --vacancy post" in text
    detail = check(tmp_path, "--detail")
    assert "Not yet: if nothing else changes, you are likely eligible from 9 January 2027 on." in detail
    assert "Wait: it is counted on the day you apply." in detail
    assert "Nothing to add" not in detail


def test_it_says_until_when_where_that_ends_before_the_vacancy_closes(tmp_path: Path) -> None:
    """Too young in work until 9 January, too old from 10 February on."""
    assert "likely eligible from 9 January 2027 until 9 February 2027." in check(tmp_path, oldest=26)


def test_what_no_waiting_changes_is_not_waited_for(tmp_path: Path) -> None:
    """A year of work is short and she is too old: no day brings both."""
    assert "Not yet:" not in check(tmp_path, oldest=25)
    assert "Not yet:" not in check(tmp_path, rule=RULE.replace("as_of: application", "as_of: 2026-10-01"))


def test_an_application_that_was_sent_does_not_wait(tmp_path: Path) -> None:
    """Its day is the one that counts."""
    sent = ZOE + 'applications: [{vacancy: post, submitted: "2026-11-20"}]\n'
    assert "Not yet:" not in check(tmp_path, profile=sent)


def test_what_is_missing_decides_then(tmp_path: Path) -> None:
    """Nobody knows how old somebody is who does not say it: from the day on, that alone is open."""
    text = check(tmp_path, profile=ZOE.split("\n", 1)[1])
    assert "nothing fails from 9 January 2027 on; answers that are missing decide then." in text


def test_in_french(tmp_path: Path) -> None:
    """The same, in the words of the other language."""
    text = check(tmp_path, "--lang", "fr")
    assert "Pas encore : si rien d'autre ne change, vous êtes a priori éligible à partir du 9 janvier 2027." in text
    assert "Attendre, et postuler à partir du 9 janvier 2027, au plus tard le 28 février 2027 : Un poste." in text


def test_as_json_and_on_the_page(tmp_path: Path) -> None:
    """Programs read the days; the page says them among the next steps."""
    document = json.loads(check(tmp_path, "-f", "json", oldest=26))
    assert document["waiting"] == [{"vacancy": "post", "from": "2027-01-09", "to": "2027-02-09", "outcome": "likely_eligible"}]
    jsonschema.validate(document, json.loads((ROOT / "schema" / "report.schema.json").read_text("utf-8")))
    assert "waiting" not in json.loads(check(tmp_path, "-f", "json", on="2027-01-09"))
    check(tmp_path, "-o", "page.html")
    page = re.sub(r"\s+", " ", (tmp_path / "page.html").read_text("utf-8"))
    assert "Not yet: if nothing else changes, you are likely eligible from 9 January 2027 on. Do so by 28 February 2027." in page


def test_nothing_that_is_hidden_follows_from_it(tmp_path: Path) -> None:
    """The day tells when somebody was born, or began to work."""
    assert "9 January" not in check(tmp_path, "--redact")


@pytest.mark.parametrize(("on", "told"), [("2027-01-08", True), ("2027-01-09", False)])
def test_a_batch_says_as_much_as_a_check(tmp_path: Path, on: str, told: bool) -> None:
    """In the table of what to do next, in JSON with the days, on the page of the person; not where dates are left out."""
    (tmp_path / "rule.yaml").write_text(RULE.format(deadline="2027-02-28", oldest=40), "utf-8")
    (tmp_path / "zoe.yaml").write_text(ZOE, "utf-8")
    (tmp_path / "old.yaml").write_text("birth_date: 1970-02-10\nexperience: []\n", "utf-8")

    def batch(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "eligibility", "batch", "old.yaml", "zoe.yaml", "--rules", "rule.yaml", "--on", on, *words],
            cwd=tmp_path, env=surroundings(PYTHONPATH=str(ROOT / "src")), capture_output=True, encoding="utf-8", timeout=60, check=True,
        )  # fmt: skip
        return done.stdout

    sentence = "Not yet: if nothing else changes, you are likely eligible from 9 January 2027 on. Do so by 28 February 2027."
    document = json.loads(batch("--format", "json", "-o", "next.csv", "--table", "next", "--per-person", "pages"))
    jsonschema.validate(document, json.loads((ROOT / "schema" / "batch.schema.json").read_text("utf-8")))
    old, zoe = (person["vacancies"][0] for person in document["people"])
    assert "waiting" not in old
    assert zoe.get("waiting") == ({"from": "2027-01-09", "to": None, "outcome": "likely_eligible"} if told else None)
    for text in (zoe["next_action"], (tmp_path / "next.csv").read_text("utf-8"), *((tmp_path / one).read_text("utf-8").replace("\u00a0", " ")
                 for one in ("pages/zoe-2.html",))):  # fmt: skip
        assert (sentence in text) is told
    assert '"waiting"' not in batch("--format", "json", "--redact")
