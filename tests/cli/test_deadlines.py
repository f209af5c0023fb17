"""`eligibility deadlines`: a list, and a calendar that calendars read, the same bytes each time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from eligibility.cli import run

icalendar = pytest.importorskip("icalendar")

RULE = """
format: 1
id: {id}
title: {{en: "Guide; of the mill, old", fr: Guide}}
jurisdiction: {place}
reviewed: 2026-11-24
dates: {{deadline: {deadline}}}
criteria: [{{id: age, kind: age, at_least: 18}}]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "rules").mkdir()
    for id_, place, deadline in (("day", "FR", "2027-03-31"), ("noon", "CA-QC", '"2027-03-27T12:00"'), ("gone", "FR", "2026-01-31")):
        (tmp_path / "rules" / f"{id_}.yaml").write_text(RULE.format(id=id_, place=place, deadline=deadline))
    (tmp_path / "me.yaml").write_text("name: Rosa\nbirth_date: 1998-03-15\n")
    (tmp_path / "child.yaml").write_text("name: Tom\nbirth_date: 2020-03-15\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ELIGIBILITY_LANG", "en")
    return tmp_path


def deadlines(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert run(["deadlines", "--on", "2026-11-29", *words]) == 0
    return capsys.readouterr().out


def events(folder: Path) -> dict[str, Any]:
    calendar = icalendar.Calendar.from_ical((folder / "d.ics").read_bytes())
    return {str(one["uid"]): one for one in calendar.walk("VEVENT")}


def test_days_hours_and_zones(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A deadline with an hour is that instant, in its zone; one without is the day. Closed vacancies are left out."""
    deadlines(capsys, "me.yaml", "-o", "d.ics", "--remind", "7", "--remind", "1")
    found = events(folder)
    assert list(found) == ["noon@eligibility", "day@eligibility"]
    assert found["day@eligibility"].decoded("dtstart") == date(2027, 3, 31)
    noon = found["noon@eligibility"]
    assert noon.decoded("dtstart").astimezone(UTC) == datetime(2027, 3, 27, 16, tzinfo=UTC)
    assert noon["dtstart"].params["TZID"] == "America/Toronto"
    assert noon.decoded("dtstamp") == datetime(2026, 11, 24, tzinfo=UTC)
    assert str(noon["summary"]) == "Closes: Guide; of the mill, old"
    assert [one.decoded("trigger") for one in noon.walk("VALARM")] == [timedelta(days=-7), timedelta(days=-1)]
    assert (folder / "d.ics").read_bytes().count(b"BEGIN:VTIMEZONE") == 1


def test_the_clocks_of_a_zone_change_when_they_do(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each change is written by the clock before it, RFC 5545, 3.6.5: a second before it is the other time."""
    deadlines(capsys, "me.yaml", "-o", "d.ics")
    [zone] = icalendar.Calendar.from_ical((folder / "d.ics").read_bytes()).walk("VTIMEZONE")
    clock, changes = ZoneInfo(str(zone["TZID"])), 0
    for part in (*zone.walk("DAYLIGHT"), *zone.walk("STANDARD")):
        before, after = part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td
        if before == after:
            continue  # how it was when the list begins
        for one in (part["DTSTART"], *(part["RDATE"].dts if "RDATE" in part else ())):
            moment = (one.dt - before).replace(tzinfo=UTC)
            assert (moment - timedelta(seconds=1)).astimezone(clock).utcoffset() == before
            assert moment.astimezone(clock).utcoffset() == after
            changes += 1
    assert changes >= 4


def test_the_same_bytes_on_another_day(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing of the day it is written on is in the calendar."""
    deadlines(capsys, "me.yaml", "-o", "d.ics")
    first = (folder / "d.ics").read_bytes()
    assert run(["deadlines", "--on", "2026-12-24", "me.yaml", "-o", "d.ics"]) == 0
    assert (folder / "d.ics").read_bytes() == first
    assert all(line.endswith(b"\r") for line in first.split(b"\n")[:-1])


@pytest.mark.parametrize(
    ("opening", "starts"),
    [('"2027-01-11T09:00"', datetime(2027, 1, 11, 8, tzinfo=UTC)), ("2027-01-11", date(2027, 1, 11)), ("{from: 2027-01-11, to: 2027-01-15}", None)],
)  # fmt: skip
def test_an_opening_is_an_event(opening: str, starts: Any, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With its hour, or the whole day; a day that nobody knows is told in the list and is no event."""
    rule = RULE.format(id="soon", place="FR", deadline=f"2027-03-31, opening: {opening}")
    (folder / "rules" / "soon.yaml").write_text(rule)
    told = deadlines(capsys, "--vacancy", "soon", "-o", "d.ics", "--remind", "7")
    assert ("Applications open on 11 January 2027" if starts else "between 11 January 2027 and 15 January 2027") in " ".join(told.split())
    found = events(folder)
    assert "soon@eligibility" in found
    if starts is None:
        assert "soon-opening@eligibility" not in found
        return
    event = found["soon-opening@eligibility"]
    begins = event.decoded("dtstart")
    assert (begins.astimezone(UTC) if isinstance(starts, datetime) else begins) == starts
    assert str(event["summary"]) == "Opens: Guide; of the mill, old"
    assert not event.walk("VALARM")
    before = (folder / "d.ics").read_bytes()
    assert run(["deadlines", "--on", "2027-02-01", "--vacancy", "soon", "-o", "d.ics", "--remind", "7"]) == 0
    assert (folder / "d.ics").read_bytes() == before
    assert "Applications open" not in capsys.readouterr().out


def test_only_those_somebody_may_apply_for(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever is excluded sees none, unless they ask for all; with somebody who is not, it is shown for that one."""
    assert deadlines(capsys, "child.yaml").startswith("There is no deadline to show.\n3 vacancies are left out")
    both = deadlines(capsys, "child.yaml", "me.yaml")
    assert "Rosa: likely eligible" in both
    assert "Tom" not in both
    assert "--on" not in deadlines(capsys, "child.yaml")
    every = deadlines(capsys, "child.yaml", "--all")
    assert "  Closed at the end of Saturday 31 January 2026.\n" in every
    assert "  Closes at the end of Wednesday 31 March 2027.\n" in every
    assert every.count("Tom: not eligible") == 3
    assert every.index("  gone\n") < every.index("  noon\n") < every.index("  day\n")


def test_alone_on_standard_output(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`-o -` is the calendar and nothing else; a reminder without a calendar is refused."""
    assert deadlines(capsys, "-o", "-").startswith("BEGIN:VCALENDAR")
    assert run(["deadlines", "--remind", "7"]) == 2


def test_never_over_an_input(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A calendar does not replace a profile."""
    before = (folder / "me.yaml").read_bytes()
    assert run(["deadlines", "me.yaml", "-o", "me.yaml"]) == 2
    assert (folder / "me.yaml").read_bytes() == before


@pytest.mark.parametrize("language", ["en", "fr"])
def test_on_a_narrow_screen(language: str, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty columns are enough."""
    monkeypatch.setenv("COLUMNS", "40")
    assert max(map(len, deadlines(capsys, "me.yaml", "--lang", language).splitlines())) <= 40


def test_where_all_have_closed_it_says_how_to_see_another_day(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The last of them closes at the end of 31 March, in Paris."""
    for day, over in (("2027-03-30", False), ("2027-03-31", False), ("2027-04-01", True)):
        assert run(["deadlines", "--on", day]) == 0
        assert ("For another day, add --on YYYY-MM-DD." in capsys.readouterr().out) is over
