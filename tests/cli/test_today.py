"""Without `--on` the program knows the instant, and every vacancy its own day; with a day, or an hour, it is that one there."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from eligibility import check, load_profile
from eligibility.cli import run
from eligibility.loading.models import load_vacancy
from tests.checks.rule_files import looked_at, rule_file

ZONES = ["Pacific/Kiritimati", "Asia/Tokyo", "Europe/Paris", "America/Toronto", "Pacific/Honolulu"]
DAY = date(2026, 11, 28)


def rule(zone: str, deadline: str = f"{DAY}") -> str:
    return f"""format: 1
id: post
title: {{en: Post, fr: Poste}}
organisation: {{en: Example, fr: Exemple}}
zone: {zone}
dates: {{deadline: "{deadline}"}}
criteria:
  - {{id: adult, label: {{en: Adult, fr: Majeur}}, kind: age, at_least: 18, as_of: application}}
"""


def end_of(day: date, zone: str) -> datetime:
    """The first instant after a day in a zone."""
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)) + timedelta(days=1)


class Clock(datetime):
    """A clock that has stopped."""

    at: datetime

    @classmethod
    def now(cls, tz=None):  # type: ignore[no-untyped-def]
        return cls.at.astimezone(tz)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("eligibility.cli.options.datetime", Clock)
    (tmp_path / "me.yaml").write_text("birth_date: 2008-11-29\n", "utf-8")
    (tmp_path / "people.csv").write_text("id,birth_date\n1,2008-11-29\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(("seconds", "closed"), [(-1, False), (0, True), (1, True)])
def test_a_deadline_is_open_up_to_the_last_second_of_its_day_there(zone: str, seconds: int, closed: bool, folder: Path) -> None:
    """By every command, wherever the computer stands; and the day of application, on which somebody comes of age, begins there as well."""
    (folder / "rules").mkdir()
    (folder / "rules" / "post.yaml").write_text(rule(zone), "utf-8")
    Clock.at = (end_of(DAY, zone) + timedelta(seconds=seconds)).astimezone(UTC)
    code = 1 if closed else 0
    assert run(["check", "me.yaml", "--fail-on", "closed"]) == code
    assert run(["check", "me.yaml", "me.yaml", "--fail-on", "closed"]) == code
    assert run(["batch", "people.csv", "--fail-on", "closed", "--jobs", "1"]) == code
    assert run(["validate", "--fail-on", "expired"]) == code
    assert run(["check", "me.yaml", "--fail-on", "not-eligible"]) == (0 if closed else 1)


@pytest.mark.parametrize("zone", ZONES)
def test_a_day_is_that_day_there(zone: str, folder: Path, tmp_path: Path) -> None:
    (folder / "rules").mkdir()
    (folder / "rules" / "post.yaml").write_text(rule(zone), "utf-8")
    for day, code in ((27, 0), (28, 0), (29, 1)):
        assert run(["check", "me.yaml", "--fail-on", "closed", "--on", f"2026-11-{day}"]) == code
        assert run(["validate", "--fail-on", "expired", "--on", f"2026-11-{day}"]) == code
    for time, code in (("28T23:59", 0), ("29T00:00", 1), ("29T00:01", 1)):
        assert run(["check", "me.yaml", "--fail-on", "closed", "--on", f"2026-11-{time}"]) == code


@pytest.mark.parametrize(("minute", "code"), [("10:59", 0), ("11:00", 0), ("11:01", 1)])
def test_an_hour_with_a_zone_is_one_instant(minute: str, code: int, folder: Path) -> None:
    """Noon in Paris is eleven o'clock in UTC; noon itself is in time."""
    (folder / "rules").mkdir()
    (folder / "rules" / "post.yaml").write_text(rule("Europe/Paris", "2026-11-28T12:00"), "utf-8")
    assert run(["check", "me.yaml", "--fail-on", "closed", "--on", f"2026-11-28T{minute}Z"]) == code
    assert run(["check", "me.yaml", "--fail-on", "closed", "--on", f"2026-11-28T{minute}+00:00"]) == code
    assert run(["validate", "--fail-on", "expired", "--on", f"2026-11-28T{minute}Z"]) == code


@pytest.mark.parametrize(
    "text",
    ["2026-W48-6", "20261128", "2026-11-28 10:00", "2026-11-28T10", "2026-11-28T10:00:00", "2026-11-28T1000", "2026-11-28T10:00+01", "2026-11-28T10:00z",
     "2026-11-28T24:00", "2026-11-31", "２０２６-11-28", " 2026-11-28", "2026-11-28T10:00+25:00", "today", ""],
)  # fmt: skip
def test_nothing_looser_is_taken(text: str, folder: Path) -> None:
    (folder / "rules").mkdir()
    (folder / "rules" / "post.yaml").write_text(rule("Europe/Paris"), "utf-8")
    for command in (["check", "me.yaml"], ["batch", "people.csv"], ["validate"]):
        assert run([*command, "--on", text]) == 2


@pytest.mark.parametrize("text", ["0001-01-01T00:00+14:00", "0001-01-01T00:00", "0001-01-01", "9999-12-31T23:59-12:00", "9999-12-31T23:59", "9999-12-31"])
def test_the_ends_of_the_calendar_are_moments_too(text: str, folder: Path) -> None:
    (folder / "rules").mkdir()
    (folder / "rules" / "post.yaml").write_text(rule("Europe/Paris"), "utf-8")
    (folder / "somebody.yaml").write_text("name: Somebody\n", "utf-8")
    assert run(["check", "somebody.yaml", "--on", text]) == 0
    assert run(["validate", "--on", text]) == 0


def test_the_library_takes_the_moment_as_an_argument(tmp_path: Path) -> None:
    """Pure: one instant is two days in two places, whatever the clock says."""
    (tmp_path / "me.yaml").write_text("birth_date: 2008-11-29\n", "utf-8")
    moment = datetime(2026, 11, 29, 3, tzinfo=UTC)
    answers = []
    for zone in ("Europe/Paris", "America/Toronto"):
        path = tmp_path / f"{zone[-5:]}.yaml"
        path.write_text(rule(zone), "utf-8")
        report = check(load_vacancy(str(path)), load_profile(str(tmp_path / "me.yaml")), moment)
        answers.append((report.on - DAY.toordinal(), str(report.closing), str(report.findings[0].verdict)))
    assert answers == [(1, "closed", "pass"), (0, "open", "fail")]


def test_a_note_that_a_vacancy_closed_waits_for_the_end_of_the_day_there(tmp_path: Path) -> None:
    lines = "zone: America/Toronto\ndates: {deadline: 2026-11-28}\n"
    for hour, codes in ((4, set()), (5, {"N312"})):  # 23:00, and midnight, in Toronto
        found = looked_at(rule_file(lines), tmp_path, datetime(2026, 11, 29, hour, tzinfo=UTC))
        assert {one.code for one in found} & {"N312"} == codes
