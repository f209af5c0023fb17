"""A vacancy that closes on another day for each track, or for whoever lives elsewhere: what each command says of it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from eligibility import Problems, Profile, Vacancy, check
from eligibility.cli import run
from eligibility.reference import load_reference
from eligibility.when import waiting

TRACK = {"chosen_by": "applicant", "options": {"internal": {"en": "Internal", "fr": "Interne"}, "external": {"en": "External", "fr": "Externe"}}}
HOME = {"options": {"here": {"en": "Residents", "fr": "Personnes résidentes"}, "abroad": {"en": "Abroad", "fr": "À l'étranger"}}}
OF_AGE = {"id": "age", "kind": "age", "at_least": 18, "label": {"en": "Of age", "fr": "Majorité"}}


def by(choice: str, first: Any, second: Any) -> dict[str, Any]:
    """A day for each option of a choice."""
    options = ("internal", "external") if choice == "track" else ("here", "abroad")
    return {"by": choice, "values": dict(zip(options, (first, second), strict=True))}


def post(name: str, choice: str, **dates: Any) -> dict[str, Any]:
    """A vacancy in Paris that closes on 15 March for the first option, and on the 31st at noon for the second."""
    title = {"en": name.title(), "fr": name.title()}
    days = {"deadline": by(choice, "2025-03-15", "2025-03-31T12:00"), **dates}
    return {"id": name, "title": title, "zone": "Europe/Paris", "choices": {"track": TRACK, "home": HOME}, "dates": days, "criteria": [OF_AGE]}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "rules").mkdir()
    for name, choice in (("tracks", "track"), ("living", "home")):
        (tmp_path / "rules" / f"{name}.yaml").write_text(json.dumps(post(name, choice, opening=by(choice, "2025-02-01", "2025-03-10"))))
    (tmp_path / "lea.yaml").write_text("name: Léa\nbirth_date: 2007-03-20\n")
    chosen = "[{vacancy: tracks, choices: {track: internal}}, {vacancy: living, choices: {track: external, home: abroad}}]"
    (tmp_path / "max.yaml").write_text(f"name: Max\nbirth_date: 2000-03-20\napplications: {chosen}\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ELIGIBILITY_LANG", "en")
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    run([*words])
    return " ".join(capsys.readouterr().out.split())


def vacancy_of(name: str, choice: str, **dates: Any) -> Vacancy:
    return Vacancy.from_dict(post(name, choice, **dates))


@pytest.mark.parametrize("day", ["2025-03-14", "2025-03-15", "2025-03-16"])
def test_check_tells_until_when_each_track_is_open(folder: Path, capsys: pytest.CaptureFixture[str], day: str) -> None:
    """Both with their own day; the track that heads the report is one that can still be picked."""
    text = said(capsys, "check", "lea.yaml", "--vacancy", "tracks", "--on", day)
    assert "External: Closes Monday 31 March 2025, 12:00 noon Paris time" in text
    if day == "2025-03-16":
        assert "Internal: closed. On its last day not every criterion was met; it closed on 15 March 2025." in text
    else:
        assert "Internal: not eligible. Closes Saturday 15 March 2025" in text


def test_what_is_better_and_has_closed_does_not_head_the_report() -> None:
    """Somebody who is young enough for the track that has closed is not eligible any more."""
    young = {**post("tracks", "track"), "criteria": [{"id": "age", "kind": "age", "at_most": 18}]}
    lea, vacancy = Profile.from_dict({"birth_date": "2006-03-20"}), Vacancy.from_dict(young)
    for day, outcome, closing in ((15, "likely_eligible", "open"), (16, "not_eligible", "open"), (31, "not_eligible", "disputed")):
        report = check(vacancy, lea, date(2025, 3, day))
        assert (report.outcome, report.closing) == (outcome, closing)
    assert [one.option for one in report.other_tracks] == ["internal"]


def test_a_circumstance_that_nobody_has_told_is_asked_for_where_it_closes_the_vacancy() -> None:
    """Open where every day is ahead, closed where every day is past; in between the question is asked, with its path."""
    vacancy, max_ = vacancy_of("living", "home"), Profile.from_dict({"birth_date": "1990-01-01", "applications": [
        {"vacancy": "living", "choices": {"track": "external"}}]})  # fmt: skip
    for day, closing in ((14, "open"), (15, "open"), (16, "depends_on_choice"), (30, "depends_on_choice")):
        report = check(vacancy, max_, date(2025, 3, day))
        asked = [one.path for one in report.missing]
        assert (report.closing, asked) == (closing, ["applications[].choices.home"] if closing == "depends_on_choice" else [])
    assert check(vacancy, max_, date(2025, 4, 1)).closing == "closed"
    assert report.missing[0].text("fr") == "Lequel de ces cas est le vôtre\xa0: Personnes résidentes ou À l'étranger\xa0?"


def test_a_criterion_that_all_options_settle_says_of_which_one_it_speaks() -> None:
    """Never one option's day as if it were that of all."""
    told = {"applications": [{"vacancy": "living", "choices": {"track": "external"}}]}
    [finding] = check(vacancy_of("living", "home"), Profile.from_dict({"birth_date": "1990-01-01", **told}), date(2025, 3, 1)).findings
    assert finding.text() == "Abroad: 35 years old on 31 March 2025. The other options come to the same."
    [finding] = check(vacancy_of("living", "home"), Profile.from_dict({"birth_date": "2007-03-20", **told}), date(2025, 3, 1)).findings
    assert finding.text() == "It depends on what your profile does not say. Residents: not met; Abroad: met."


def test_list_and_show_tell_the_day_of_every_option(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    closes = "Closes at the end of Saturday 15 March 2025 (Internal) or on Monday 31 March 2025 at 12:00 noon Paris time (External)."
    assert closes in said(capsys, "list", "--on", "2025-03-01")
    shown = said(capsys, "show", "tracks")
    assert closes in shown
    assert "Applications open on 1 February 2025 (Internal) or on 10 March 2025 (External)." in shown
    assert "the closing date, 15 March 2025 (Internal) or 31 March 2025 (External)" in shown
    assert "fin du samedi 15 mars 2025 (Interne) ou le lundi 31 mars 2025" in said(capsys, "show", "tracks", "--lang", "fr")


def test_deadlines_have_an_entry_for_each_day(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever has told an option is named under it alone; what they cannot take any more is left out."""
    text = said(capsys, "deadlines", "lea.yaml", "max.yaml", "--on", "2025-03-01")
    assert "- Tracks (Internal) tracks Closes at the end of Saturday 15 March 2025. Max: likely eligible" in text
    assert "- Tracks (External) tracks Applications open on 10 March 2025. Closes on Monday 31 March 2025" in text
    later = said(capsys, "deadlines", "max.yaml", "--on", "2025-03-16")
    assert "Tracks" not in later
    assert "Living (Abroad)" in later
    assert "Residents" not in later


def test_a_calendar_has_an_event_for_each_option(folder: Path) -> None:
    icalendar = pytest.importorskip("icalendar")
    assert run(["deadlines", "--on", "2025-03-01", "-o", "d.ics"]) == 0
    events = {str(one["uid"]): str(one["summary"]) for one in icalendar.Calendar.from_ical((folder / "d.ics").read_bytes()).walk("VEVENT")}
    assert events["tracks-internal@eligibility"] == "Closes: Tracks (Internal)"
    assert events["tracks-external-opening@eligibility"] == "Opens: Tracks (External)"


def test_a_table_has_the_deadline_of_each_person(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """That of the option they have told, else that of the track they are told of, or the next one."""
    run(["batch", "lea.yaml", "max.yaml", "-o", "next.csv", "--table", "next", "--on", "2025-03-16"])
    rows = [line.split(",") for line in (folder / "next.csv").read_text(encoding="utf-8-sig").splitlines()]
    found = {(row[2], row[6]): (row[8], row[10], row[11]) for row in rows[1:]}
    assert found["Max", "tracks"] == ("closed", "2025-03-15", "")
    assert found["Max", "living"] == ("open", "2025-03-31", "12:00")
    assert found["Léa", "tracks"] == ("open", "2025-03-31", "12:00")
    assert found["Léa", "living"] == ("depends_on_choice", "2025-03-31", "12:00")


@pytest.mark.parametrize(("day", "left"), [("2025-03-14", "in 1 day or in 17 days"), ("2025-03-15", "today or in 16 days"), ("2025-03-16", "closed or in 15 days"), ("2025-04-01", "closed")])
def test_the_page_of_a_batch_counts_the_days_of_each_option(folder: Path, day: str, left: str) -> None:
    """In the head of the column, and beside the line of time."""
    run(["batch", "lea.yaml", "-o", "page.html", "--on", day])
    page = (folder / "page.html").read_text("utf-8").replace("\u00a0", " ")
    for options in ("15 March 2025 (Internal) or 31 March 2025, 12:00 noon (External)", "15 March 2025 (Residents) or 31 March 2025, 12:00 noon (Abroad)"):
        assert f"<small>{options}<br>{left}</small>" in page
        assert f"{options} · {left}</span>" in page


def test_what_has_closed_for_every_option_says_when_for_each(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever has told their option is told of that day alone."""
    text = said(capsys, "check", "lea.yaml", "--on", "2025-04-01")
    assert "On its last day some criteria could not be told; it closed on 15 March 2025 (Residents) or on 31 March 2025 (Abroad)." in text
    assert "On its last day you met every criterion; it closed on 15 March 2025 (Internal) or on 31 March 2025 (External)." in text
    assert "elle a été clôturée le 15 mars 2025 (Interne) ou le 31 mars 2025 (Externe)" in said(capsys, "check", "lea.yaml", "--on", "2025-04-01", "--lang", "fr")
    told = said(capsys, "check", "max.yaml", "--on", "2025-04-01")
    assert "it closed on 15 March 2025." in told
    assert "it closed on 31 March 2025." in told
    table = said(capsys, "batch", "lea.yaml", "--format", "csv", "--table", "next", "--on", "2025-04-01")
    assert "Nothing: it closed on 15 March 2025 (Residents) or on 31 March 2025 (Abroad)." in table


def test_nobody_is_told_to_wait_for_a_track_that_has_closed_by_then() -> None:
    """Old enough from the 20th on: in time for the second track, and not for the first."""
    rule = post("tracks", "track")
    lea = Profile.from_dict({"birth_date": "2007-03-20"})
    vacancy = Vacancy.from_dict({**rule, "criteria": [{**OF_AGE, "as_of": "application"}]})
    report = check(vacancy, lea, date(2025, 3, 12))
    found = waiting(vacancy, lea, report, date(2025, 3, 12), load_reference())
    assert found is not None
    assert date.fromordinal(found.first) == date(2025, 3, 20)
    internal = Profile.from_dict({"birth_date": "2007-03-20", "applications": [{"vacancy": "tracks", "choices": {"track": "internal"}}]})
    report = check(vacancy, internal, date(2025, 3, 12))
    assert waiting(vacancy, internal, report, date(2025, 3, 12), load_reference()) is None


@pytest.mark.parametrize(
    ("deadline", "code", "at"),
    [
        ({"by": "track", "values": {"internal": "2025-03-15"}}, "E201", "dates.deadline.values"),
        ({"by": "track", "values": {"internal": "2025-03-15", "external": "2025-03-31", "other": "2025-04-01"}}, "E214", "dates.deadline.values.other"),
        ({"by": "trak", "values": {"internal": "2025-03-15", "external": "2025-03-31"}}, "E214", "dates.deadline.by"),
        ({"by": "host", "values": {"FR": "2025-03-15"}}, "E242", "dates.deadline.by"),
        (by("track", "2025-03", "2025-03-31"), "E234", "dates.deadline.values.internal"),
        (by("track", {"from": "2025-03-15", "to": "2025-03-16"}, "2025-03-31"), "E234", "dates.deadline.values.internal"),
        (by("track", {"asked": {"en": "When?"}}, "2025-03-31"), "E230", "dates.deadline.values.internal"),
        (by("track", by("track", "2025-03-15", "2025-03-15"), "2025-03-31"), "E230", "dates.deadline.values.internal"),
        (by("track", "2025-03-15 noon", "2025-03-31"), "E228", "dates.deadline.values.internal"),
        ({"by": "track"}, "E230", "dates.deadline"),
    ],
)  # fmt: skip
def test_what_gives_no_day_to_every_option_is_refused(deadline: Any, code: str, at: str) -> None:
    """With the place that is wrong."""
    rule = post("tracks", "track", deadline=deadline)
    rule["choices"] = {**rule["choices"], "host": {"country": True}}
    with pytest.raises(Problems) as refused:
        Vacancy.from_dict(rule)
    assert (code, at) in {(one.code, one.path) for one in refused.value.diagnostics}


@pytest.mark.parametrize(("opening", "refused"), [("2025-03-14", False), ("2025-03-15", False), ("2025-03-16", True)])
def test_an_opening_after_the_deadline_of_its_option_is_refused(opening: str, refused: bool) -> None:
    """Though it lies before that of the other one."""
    rule = post("tracks", "track", opening=by("track", opening, "2025-03-20"))
    if not refused:
        assert Vacancy.from_dict(rule).id == "tracks"
        return
    with pytest.raises(Problems) as told:
        Vacancy.from_dict(rule)
    assert [one.code for one in told.value.diagnostics if one.code.startswith("E")] == ["E303"]


def test_readings_of_the_day_of_an_option() -> None:
    """Each option may have several: they are told with its name."""
    several = {"readings": [{"name": "post", "at": "2025-03-15", "preferred": True}, {"name": "mail", "at": "2025-03-17"}]}
    vacancy = vacancy_of("living", "home", deadline=by("home", several, "2025-03-31"))
    for day, told, closing in ((16, {}, "depends_on_choice"), (16, {"home": "here"}, "disputed"), (18, {"home": "here"}, "closed"), (15, {}, "open")):
        person = Profile.from_dict({"applications": [{"vacancy": "living", "choices": {"track": "external", **told}}]})
        assert check(vacancy, person, date(2025, 3, day)).closing == closing
