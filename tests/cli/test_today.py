"""Without `--on` the program knows the instant, and every vacancy its own day; with a day, or an hour, it is that one there."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, tzinfo
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
    def now(cls, tz: tzinfo | None = None) -> datetime:
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
    """By every command, wherever the computer stands; and somebody who comes of age the day after is too young, then and later."""
    (folder / "rules").mkdir()
    (folder / "rules" / "post.yaml").write_text(rule(zone), "utf-8")
    Clock.at = (end_of(DAY, zone) + timedelta(seconds=seconds)).astimezone(UTC)
    code = 1 if closed else 0
    assert run(["check", "me.yaml", "--fail-on", "closed"]) == code
    assert run(["check", "me.yaml", "me.yaml", "--fail-on", "closed"]) == code
    assert run(["batch", "people.csv", "--fail-on", "closed", "--jobs", "1"]) == code
    assert run(["validate", "--fail-on", "expired"]) == code
    assert run(["check", "me.yaml", "--fail-on", "not-eligible"]) == 1  # what has closed is answered as on its last day


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


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00+14:00", "0001-01-01T00:00", "0001-01-01", "9999-12-31T23:59-12:00", "9999-12-31T23:59", "9999-12-31"]
)
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


AGED = """format: 1
id: post
title: {en: Post, fr: Poste}
zone: Europe/Paris
dates: {deadline: "2024-03-27T12:00"}
criteria:
  - {id: young, label: {en: Young, fr: Jeune}, kind: age, at_most: 17, as_of: application}
"""


@pytest.fixture
def long_after(folder: Path) -> Path:
    """Somebody who came of age the day after the last day of a vacancy, years ago."""
    (folder / "rules").mkdir()
    (folder / "rules" / "post.yaml").write_text(AGED, "utf-8")
    (folder / "me.yaml").write_text("name: Rosa\nbirth_date: 2006-03-28\n", "utf-8")
    (folder / "people.csv").write_text("id,birth_date\n1,2006-03-28\n2,2006-03-27\n", "utf-8")
    Clock.at = datetime(2026, 11, 29, 12, tzinfo=UTC)
    return folder


def test_what_has_closed_is_answered_as_on_its_last_day(long_after: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whether one would have been eligible, when it closed, and how to see another day; closed all the same."""
    assert run(["check", "me.yaml", "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert told.startswith(
        "Eligibility summary for Rosa on 29 November 2026\n1 vacancy read: 1 closed.\nOn their last days: 1 likely eligible.\n"
    )
    assert "    On its last day you met every criterion; it closed on 27 March 2024.\n" in told
    assert "     eligibility check me.yaml --on 2024-03-27 --lang en\n" in told
    assert run(["check", "me.yaml", "--vacancy", "post", "--lang", "fr"]) == 0
    told = capsys.readouterr().out
    assert "Clôturée depuis le mercredi 27 mars 2024.\n" in told
    assert "Pour un autre jour, ajoutez --on AAAA-MM-JJ.\n" in told
    assert run(["check", "me.yaml", "--fail-on", "closed"]) == 1
    assert run(["check", "me.yaml", "--fail-on", "not-eligible"]) == 0


@pytest.mark.parametrize("day", [[], ["--on", "2024-03-28"], ["--on", "2024-03-27T12:01"]])
def test_the_same_as_data(day: list[str], long_after: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`on` is the last day, `closing` says closed, and the day that was asked about is how many days later."""
    assert run(["check", "me.yaml", "--format", "json", *day]) == 0
    [report] = json.loads(capsys.readouterr().out)["reports"]
    assert (report["outcome"], report["closing"], report["on"]) == ("likely_eligible", "closed", "2024-03-27")
    assert report["deadline"]["days_left"] == (-977 if not day else -1 if day[1] == "2024-03-28" else 0)
    assert report["receipt"]["on"] == "2024-03-27"
    assert run(["batch", "people.csv", "--format", "json", "--jobs", "1", *day]) == 0
    people = json.loads(capsys.readouterr().out)["people"]
    assert [(one["vacancies"][0]["outcome"], one["vacancies"][0]["closing"]) for one in people] == [
        ("likely_eligible", "closed"), ("not_eligible", "closed"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "outcome", "closing"), [(26, "likely_eligible", "open"), (27, "likely_eligible", "disputed"), (28, "likely_eligible", "closed")]
)
def test_the_last_day_and_those_beside_it(
    day: int, outcome: str, closing: str, long_after: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """On the day itself, only the hour tells; the day after, the answer is still that of the last one."""
    assert run(["check", "me.yaml", "--format", "json", "--on", f"2024-03-{day}"]) == 0
    [report] = json.loads(capsys.readouterr().out)["reports"]
    assert (report["outcome"], report["closing"], report["on"]) == (outcome, closing, f"2024-03-{min(day, 27)}")


def test_an_application_that_was_sent_in_time_is_not_late(long_after: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is answered as on the day it was sent; one that was sent too late, as on the last day."""
    for sent, closing, on in (("2024-03-20", "open", "2024-03-20"), ("2024-03-28", "closed", "2024-03-27")):
        (long_after / "me.yaml").write_text(f"birth_date: 2006-03-28\napplications: [{{vacancy: post, submitted: {sent}}}]\n", "utf-8")
        assert run(["check", "me.yaml", "--format", "json"]) == 0
        [report] = json.loads(capsys.readouterr().out)["reports"]
        assert (report["closing"], report["on"], report["outcome"]) == (closing, on, "likely_eligible")


def test_a_batch_of_what_has_closed(long_after: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What everybody would have come to, by vacancy and by person, and how to see another day."""
    assert run(["batch", "people.csv", "--jobs", "1", "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert "\nFor another day, add --on YYYY-MM-DD.\n" in told
    assert "  2 closed.\n  On its last day: 1 likely eligible, 1 not eligible.\n" in told
    assert "- 2: 1 closed. On their last days: 1 not eligible.\n" in told


def test_a_list_says_what_has_closed(long_after: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And how to look from another day, where all have."""
    assert run(["list", "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert "  Closed on Wednesday 27 March 2024 at 12:00 noon Paris time.\n" in told
    assert told.endswith(
        "\nAll of them have closed. To look from another day, for example:\n  eligibility list --on 2024-03-27 --lang en\n"
    )
    for asked, word in (("2024-03-27", "Closes"), ("2024-03-27T12:00", "Closes"), ("2024-03-27T12:01", "Closed"), ("2024-03-28", "Closed")):
        assert run(["list", "--lang", "en", "--on", asked]) == 0
        assert f"  {word} on Wednesday 27 March 2024" in capsys.readouterr().out


def test_a_report_of_the_library_says_its_day(tmp_path: Path) -> None:
    """It is about the day it was asked for, closed or not, and does not say that it is about the last one."""
    (tmp_path / "post.yaml").write_text(AGED, "utf-8")
    (tmp_path / "me.yaml").write_text("birth_date: 2006-03-28\n", "utf-8")
    report = check(load_vacancy(str(tmp_path / "post.yaml")), load_profile(str(tmp_path / "me.yaml")), date(2024, 3, 28))
    assert (report.closed, str(report.outcome)) == (True, "not_eligible")
    assert "As on 28 March 2024, not every criterion was met; it closed on 27 March 2024." in " ".join(report.text().split())
