"""Laws 35 to 38: when it is too late."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.dates import BadZone, day_in, end_of_day, instant
from eligibility.verdict import Closing

from .strategies import Dict, days, iso, law, ordinal, report, wide_law

ZONES = (
    "UTC", "Europe/Paris", "Europe/Brussels", "America/Toronto", "America/Sao_Paulo", "Africa/Casablanca", "Australia/Lord_Howe",
    "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "Asia/Beirut",
)  # fmt: skip
"""Changes at midnight (Beirut, once São Paulo), by half an hour (Lord Howe), twice around Ramadan; the two ends of the day."""

CHANGES = [ordinal(day) for day in ("2024-03-31", "2024-10-27", "2024-03-10", "2024-11-03", "2018-11-04", "2024-04-07", "2025-04-06")]
closing_days = days("2012-01-01", "2030-12-31") | st.sampled_from([day + shift for day in CHANGES for shift in (-1, 0, 1)])
zones = st.sampled_from(ZONES)
clocks = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.sampled_from([0, 1, 15, 30, 59])) | st.sampled_from(["00:00", "12:00", "23:59"])
WORSE = {Closing.OPEN: 0, Closing.DISPUTED: 1, Closing.CLOSED: 2}
RULE = {"kind": "declared", "fact": "x"}


def closing(deadline: object, on: date | datetime, zone: str) -> Closing:
    return report([RULE], {}, on, dates={"deadline": deadline}, zone=zone).closing


@st.composite
def moments(draw: st.DrawFn, day: int) -> datetime:
    """An instant around a day, often a second before or after a round hour."""
    start = datetime.combine(date.fromordinal(day), datetime.min.time(), UTC)
    hours, seconds = draw(st.integers(-40, 64)), draw(st.sampled_from([-1, 0, 1, 900, 1800]))
    return start + timedelta(hours=hours, seconds=seconds)


# ------------------------------------------------------------------------------------------- 35: never reopened


@wide_law
@given(closing_days, zones, clocks | st.none(), st.data())
def test_what_has_closed_stays_closed(day: int, zone: str, clock: str | None, data: st.DataObject) -> None:
    """Law 35. As the hour of sending advances, a vacancy goes from open to closed and never back."""
    first, second = sorted(data.draw(st.tuples(moments(day), moments(day))))
    deadline = iso(day) if clock is None else f"{iso(day)}T{clock}"
    assert WORSE[closing(deadline, first, zone)] <= WORSE[closing(deadline, second, zone)]
    assert WORSE[closing(deadline, first.date(), zone)] <= WORSE[closing(deadline, second.date(), zone)]


@law
@given(closing_days, zones, clocks, clocks, st.data())
def test_an_earlier_deadline_is_never_kinder(day: int, zone: str, clock: str, other: str, data: st.DataObject) -> None:
    """Law 35. What is closed by a later deadline is closed by an earlier one; between two readings of it, it is disputed."""
    moment = data.draw(moments(day))
    early, late = sorted((f"{iso(day)}T{clock}", f"{iso(day)}T{other}"))
    strict, kind = closing(early, moment, zone), closing(late, moment, zone)
    assert WORSE[strict] >= WORSE[kind]
    both = {"readings": [{"name": "early", "at": early, "preferred": True}, {"name": "late", "at": late}]}
    assert closing(both, moment, zone) is (strict if strict is kind else Closing.DISPUTED)


# ------------------------------------------------------------------------------------------ 36: the whole day


@wide_law
@given(closing_days, zones, st.data())
def test_a_day_is_open_to_its_last_instant(day: int, zone: str, data: st.DataObject) -> None:
    """Law 36. A deadline without an hour accepts every instant of its local day and none of the next, also on days of 23 or 25 hours."""
    moment = data.draw(moments(day))
    local = moment.astimezone(ZoneInfo(zone)).date()
    assert closing(iso(day), moment, zone) is (Closing.OPEN if local <= date.fromordinal(day) else Closing.CLOSED)
    midnight = end_of_day(day, zone)
    assert closing(iso(day), midnight - timedelta(seconds=1), zone) is Closing.OPEN
    assert closing(iso(day), midnight, zone) is Closing.CLOSED


@wide_law
@given(closing_days, zones)
def test_days_follow_each_other(day: int, zone: str) -> None:
    """Law 36. A day ends where the next begins: after 22 to 26 hours, and the instant before still belongs to it."""
    opening, ending = end_of_day(day - 1, zone), end_of_day(day, zone)
    assert timedelta(hours=22) <= ending - opening <= timedelta(hours=26)
    assert day_in(ending - timedelta(microseconds=1), zone) == day
    assert day_in(ending, zone) == day + 1


@pytest.mark.parametrize("text", ["2018-11-03", "2024-11-02"])
def test_a_day_ends_with_the_first_of_two_midnights(text: str) -> None:
    """Law 36. In Havana clocks go back from one o'clock to midnight: the day before ends when midnight first comes."""
    day = ordinal(text)
    ending = end_of_day(day, "America/Havana")
    assert day_in(ending - timedelta(seconds=1), "America/Havana") == day


@law
@given(st.sampled_from([ordinal(day) for day in ("2018-11-03", "2018-11-04", "2024-11-02", "2024-11-03")]), st.data())
def test_two_midnights_do_not_disturb_the_deadline(day: int, data: st.DataObject) -> None:
    """Law 36. There too a deadline without an hour accepts the instants of its local day and no others."""
    moment = data.draw(moments(day))
    local = moment.astimezone(ZoneInfo("America/Havana")).date()
    assert closing(iso(day), moment, "America/Havana") is (Closing.OPEN if local <= date.fromordinal(day) else Closing.CLOSED)


def test_days_of_23_and_25_hours() -> None:
    """Law 36. In Paris 31 March 2024 has 23 hours, 27 October 2024 has 25; in Beirut a day may begin at one o'clock."""

    def hours(text: str, zone: str) -> float:
        day = ordinal(text)
        return (end_of_day(day, zone) - end_of_day(day - 1, zone)).total_seconds() / 3600

    assert [hours(day, "Europe/Paris") for day in ("2024-03-30", "2024-03-31", "2024-10-27")] == [24, 23, 25]
    assert hours("2024-03-31", "Asia/Beirut") == 23
    assert hours("2024-10-27", "Asia/Beirut") + hours("2024-10-26", "Asia/Beirut") == 49


@wide_law
@given(closing_days, zones, clocks, st.integers(-3, 3))
def test_an_hour_belongs_to_the_deadline(day: int, zone: str, clock: str, seconds: int) -> None:
    """Law 36. A deadline with an hour accepts that very second and not the next; with a date only, its own day is disputed."""
    deadline = f"{iso(day)}T{clock}"
    hours, minutes = map(int, clock.split(":"))
    last = instant(datetime.combine(date.fromordinal(day), datetime.min.time()) + timedelta(hours=hours, minutes=minutes), zone)
    sent = last + timedelta(seconds=seconds)
    if day_in(sent, zone) == day:
        assert closing(deadline, sent, zone) is (Closing.OPEN if seconds <= 0 else Closing.CLOSED)
    assert closing(deadline, date.fromordinal(day - 1), zone) is Closing.OPEN
    assert closing(deadline, date.fromordinal(day), zone) is Closing.DISPUTED
    assert closing(deadline, date.fromordinal(day + 1), zone) is Closing.CLOSED


# ------------------------------------------------------------------------------------------------- 37: zones


@wide_law
@given(closing_days, zones, zones, clocks | st.none(), st.data())
def test_an_instant_is_the_same_in_every_zone(day: int, zone: str, other: str, clock: str | None, data: st.DataObject) -> None:
    """Law 37. The same instant written in two zones finds the vacancy equally open."""
    deadline = iso(day) if clock is None else f"{iso(day)}T{clock}"
    moment = data.draw(moments(day))
    elsewhere = moment.astimezone(ZoneInfo(other))
    assert closing(deadline, moment, zone) is closing(deadline, elsewhere, zone)
    local = moment.astimezone(ZoneInfo(zone))
    if instant(local.replace(tzinfo=None), zone) == moment:  # else the hour exists twice
        assert closing(deadline, local.replace(tzinfo=None), zone) is closing(deadline, moment, zone)


@law
@given(closing_days, st.permutations(["Pacific/Kiritimati", "Asia/Kathmandu", "UTC", "Pacific/Pago_Pago"]))
def test_further_west_is_never_earlier(day: int, places: list[str]) -> None:
    """Law 37. The further west the issuer, the later its day ends."""
    ending = {place: end_of_day(day, place) for place in places}
    east_to_west = sorted(places, key=["Pacific/Kiritimati", "Asia/Kathmandu", "UTC", "Pacific/Pago_Pago"].index)
    assert [ending[place] for place in east_to_west] == sorted(ending.values())


@wide_law
@given(closing_days, zones, st.integers(0, 24 * 60 - 1))
def test_a_local_time_is_an_instant(day: int, zone: str, minute: int) -> None:
    """Law 37. A local time becomes the instant that shows it, the later one where two do, and the first valid one where none does."""
    local = datetime.combine(date.fromordinal(day), datetime.min.time()) + timedelta(minutes=minute)
    found = instant(local, zone)
    place = ZoneInfo(zone)
    showing = [one for fold in (0, 1) if (one := local.replace(tzinfo=place, fold=fold).astimezone(UTC)).astimezone(place).replace(tzinfo=None) == local]
    if showing:
        assert found == max(showing)
    else:
        before = (found - timedelta(seconds=1)).astimezone(place).replace(tzinfo=None)
        assert before < local < found.astimezone(place).replace(tzinfo=None) + timedelta(seconds=1)
        assert found.astimezone(place).utcoffset() != (found - timedelta(seconds=1)).astimezone(place).utcoffset()


@pytest.mark.parametrize("zone", ["CET+1", "Paris", "", "../etc/passwd", "UTC\0"])
def test_a_zone_nobody_knows_is_an_error(zone: str) -> None:
    """Law 50. A zone that is not an IANA name is refused, never taken for UTC."""
    with pytest.raises(BadZone):
        instant(datetime(2024, 1, 1), zone)


# ------------------------------------------------------------------------------------------- 38: before and by


def in_force(day: int, application: int, **window: str) -> str:
    criterion: Dict = {"kind": "day", "day": "deadline", **window}
    return report([criterion], {}, dates={"deadline": iso(application)}).findings[0].verdict.value


@law
@given(closing_days, st.integers(-3, 3))
def test_before_and_by_a_day(day: int, shift: int) -> None:
    """Law 38. Before a day implies by that day, and by a day is before the next; after a day is from the next."""
    application = day + shift
    before, by = in_force(day, application, before=iso(day)), in_force(day, application, to=iso(day))
    assert before == ("pass" if shift < 0 else "fail")
    assert by == in_force(day, application, before=iso(day + 1)) == ("pass" if shift <= 0 else "fail")
    assert in_force(day, application, after=iso(day)) == in_force(day, application, **{"from": iso(day + 1)})
    assert in_force(day, application, **{"from": iso(day)}) == ("fail" if before == "pass" else "pass")


@law
@given(closing_days, st.integers(-3, 3), st.integers(1, 30))
def test_windows_include_the_day_so_long_before(day: int, shift: int, months: int) -> None:
    """Law 38. `within` so long before a day includes the day so long before and not the day itself; `less_than` excludes both."""
    from eligibility.dates import add_months

    earliest = add_months(day, -months)

    def awarded(on: int, **window: str) -> str:
        criterion = {"kind": "degree", "awarded": {**window, "before": iso(day)}, "as_of": iso(day)}
        return report([criterion], {"degrees": [{"level": 7, "awarded": iso(on)}]}, date.fromordinal(day)).findings[0].verdict.value

    length = f"{months} months"
    on = earliest + shift
    inside = earliest <= on < day
    assert awarded(on, within=length) == awarded(on, at_most=length) == ("pass" if inside else "fail")
    assert awarded(on, less_than=length) == ("pass" if inside and on > earliest else "fail")
    if on <= day:
        assert awarded(on, at_least=length) == ("pass" if on <= earliest else "fail")
        assert awarded(on, more_than=length) == ("pass" if on < earliest else "fail")
    assert awarded(day, within=length) == "fail"
    assert awarded(day - 1, within=length) == "pass"
