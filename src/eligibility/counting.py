"""How much time is enough: months and years counted as people count them, and what cannot be told because they count differently.

Of an exact life there are two counts. By the calendar: the days lie in runs, cut where a record begins or ends, and each run has its
whole months, at the lowest rate in it; what the best choice of runs leaves over is days. In days: all of them, pro rata. Where the one
says enough and the other not, it depends on who counts, and is unknown. Where dates are vague, the least and the most that there may be
bound every life that fits; what they leave between them is unknown, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Any, NamedTuple

from eligibility.dates import Cover, Length, Spell, add_months, joined, longest
from eligibility.verdict import FALSE, TRUE, Truth, agreed, truth_of

COUNTED = ("days", "months_of_30_days", "calendar")
"""What a notice may say of how it counts months: 365 days to twelve of them, 30 days to each, or the calendar and 30 days to each more."""

_FIRST, _LAST = 1, 3_652_058
_MOST_CUTS = 150
"""So many cuts of one unbroken stretch are combined with each other; of more, only near ones."""


class Months(NamedTuple):
    """Whole months by the calendar, in percent-months, and the percent-days that they leave over."""

    months: Any
    left: Any


def whole_months(first: int, end: int) -> int:
    """The whole months from a day to the eve of another."""
    first, end = max(first, _FIRST), min(end, _LAST)
    if end <= first:
        return 0
    start, stop = date.fromordinal(first), date.fromordinal(end)
    months = (stop.year - start.year) * 12 + stop.month - start.month
    return months if add_months(first, months) <= end else months - 1


def calendar(cover: Cover) -> Months:
    """The most whole months there are, over all choices of runs, and the most that those with the fewest cuts leave over: a cut that makes
    no month more would only change which months are the short ones.

    Where dates are vague, a run reaches only as far as no later record can begin: so much there is, whatever the dates are.
    """
    months, left = cover.months, 0
    for index, block in enumerate(blocks := _blocks(cover.parts)):
        following = blocks[index + 1][0] if index + 1 < len(blocks) else None
        more, rest = _of_block(block, following)
        months, left = months + more, left + rest
    return Months(months, left)


def _blocks(parts: Sequence[Spell]) -> list[list[Spell]]:
    """The stretches between which no day is missing."""
    found: list[list[Spell]] = []
    for part in parts:
        if found and found[-1][-1].last + 1 == part.first:
            found[-1].append(part)
        else:
            found.append([part])
    return found


def _of_block(block: list[Spell], following: Spell | None) -> tuple[int, int]:
    best = [(0, 0, 0)]  # months, cuts (below 0) and what is left
    for end in range(1, len(block) + 1):
        after = block[end] if end < len(block) else following
        last = _surely_last(block[end - 1], after)
        most = (-1, 0, 0)
        lowest, held = 101, 0
        for start in range(end - 1, max(-1, end - 1 - _MOST_CUTS), -1):
            part = block[start]
            lowest = min(lowest, part.rate)
            held += part.rate * max(0, min(part.last, last) - part.first + 1)
            whole = whole_months(part.first, last + 1)
            used = lowest * (add_months(max(part.first, _FIRST), whole) - max(part.first, _FIRST))
            before = best[start]
            most = max(most, (before[0] + lowest * whole, before[1] - 1, before[2] + held - used))
        best.append(most)
    return best[-1][0], best[-1][2]


def _surely_last(part: Spell, after: Spell | None) -> int:
    """The last day of a run that no later one may have taken."""
    if after is None or part.last + part.later < after.first:
        return part.last
    return min(part.last, after.first - after.earlier - 1)


def _by_days(cover: Cover) -> float:
    """More percent-months than so many days can be: a run of months has 30 days to each, but for two short ones around the end of a
    February, in which one of them ends and the next may begin."""
    if not cover.parts:  # of records that count up to a length, wherever they lie
        return float(cover.percent_days) / 28
    first, last = (min(max(day, _FIRST), _LAST - 1) for day in (cover.parts[0].first, cover.parts[-1].last))
    years = range(date.fromordinal(first).year, date.fromordinal(last).year + 1)
    ends = (date(year, 3, 1).toordinal() - 1 for year in years)
    short = sum(2 * (30 - date.fromordinal(end).day) for end in ends if first <= end and end - 2 <= last)
    return float(cover.percent_days + 100 * short) / 30


def _most_months(cover: Cover) -> float:
    """More percent-months than there can be by the calendar, however the dates lie in the stretches, cut wherever one likes."""
    levels = sorted({part.rate for part in cover.parts})
    if len(levels) > _MOST_CUTS:
        return _by_days(cover)
    total, lower = float(cover.months), 0
    for level in levels:
        there = joined([(part.first, part.last) for part in cover.parts if part.rate >= level])
        total += (level - lower) * sum(_cut_anywhere(*stretch) for stretch in there)
        lower = level
    return total if cover.months else min(total, _by_days(cover))  # of months that are capped nobody knows the days


def _cut_anywhere(first: int, last: int) -> int:
    """The most months in a stretch cut on any day."""
    return whole_months(first - _ahead(first, last), last + 1)


def _ahead(first: int, last: int) -> int:
    """How many days a stretch gets ahead by being cut: from the last day of a shorter month one can go on."""
    day = date.fromordinal(min(max(first, _FIRST), _LAST))
    shortest, following = day.day, day.replace(day=1)
    while shortest > 28 and (following := date.fromordinal(min(add_months(following.toordinal(), 1), _LAST))).toordinal() <= last:
        length = add_months(following.toordinal(), 1) - following.toordinal()
        if following.toordinal() + length - 1 > last:
            break
        shortest = min(shortest, length)
    return day.day - shortest


def stretches(cover: Cover) -> list[tuple[int, int, Any]]:
    """The stretches of one rate, joined where a record ends and nothing else changes."""
    found: list[tuple[int, int, Any]] = []
    for part in cover.parts:
        if found and found[-1][1] + 1 == part.first and found[-1][2] == part.rate:
            found[-1] = (found[-1][0], part.last, part.rate)
        else:
            found.append((part.first, part.last, part.rate))
    return found


def in_whole_months(cover: Cover) -> bool:
    """Whether every stretch is a whole number of months."""
    return all(add_months(first, whole_months(first, last + 1)) == last + 1 for first, last, _ in stretches(cover))


def _whole_at_any_rate(cover: Cover) -> bool:
    """Whether every stretch is a whole number of months even where the rates of the same days are lower, so that others of them join."""
    return all(
        date.fromordinal(max(first, _FIRST)).day <= 28 and add_months(first, whole_months(first, last + 1)) == last + 1
        for first, last, *_ in cover.parts
    )


def part_months(first: int, last: int, rate: Any, shortest: int = 31) -> Any:
    """The percent-months of one stretch, with the days after its whole months as a part of the month they stand in, or of a shorter one."""
    first, end = max(first, _FIRST), min(last + 1, _LAST)
    whole = whole_months(first, end)
    begun, ended = add_months(first, whole), add_months(first, whole + 1)
    return rate * (whole + Fraction(end - begun, max(1, min(shortest, ended - begun))))


# ------------------------------------------------------------------------------------------- comparing


def compare_time(operator: str, low: Cover, high: Cover, limit_low: Length, limit_high: Length, counted: str | None = None) -> Truth:
    """A time between `low` and `high` against a limit between `limit_low` and `limit_high`."""
    if limit_low is not limit_high and limit_low != limit_high:
        return agreed([compare_time(operator, low, high, limit, limit, counted) for limit in (limit_low, limit_high)])
    beyond = operator in ("more_than", "at_most")
    plain = low is high and not (low.months or low.others or counted)
    if plain and len(low.parts) == (1 if low.percent_days else 0):
        truth = _of_one(low, limit_low, beyond)
        if truth is not None:
            return truth if operator in ("at_least", "more_than") else ~truth
    surely = any(_reached(one, limit_low, beyond, counted) for one in (low, *low.others))
    possibly = surely or not all(_missed(least, most, limit_low, beyond, counted) for least, most in _pairs(low, high))
    truth = truth_of(surely, possibly)
    return truth if operator in ("at_least", "more_than") else ~truth


def _of_one(cover: Cover, limit: Length, beyond: bool) -> Truth | None:
    """Of one full-time stretch, or none: what the calendar says. None where it takes a closer look."""
    if not cover.parts:
        return FALSE if beyond or limit.most_days > 0 else TRUE
    first, last, rate, _, _ = cover.parts[0]
    if rate < 100 or not limit.months:
        return None
    end = limit.after(max(first, _FIRST))
    return TRUE if (end < last + 1 if beyond else end <= last + 1) else FALSE


def _of_one_stretch(cover: Cover, limit: Length, beyond: bool) -> bool | None:
    """Whether one full-time stretch reaches months and days by itself, as the calendar says it: the days of others are more. None where
    that does not tell, since there are others."""
    found = [] if cover.months else stretches(cover)
    full_time = [cover._replace(parts=(Spell(*one),)) for one in found if one[2] >= 100]
    reached = any(_of_one(one, limit, beyond) is TRUE for one in full_time)
    return True if reached else False if len(found) == len(full_time) == 1 else None


def _pairs(low: Cover, high: Cover) -> Iterator[tuple[Cover | None, Cover]]:
    """Each way to count the most, with the same way to count the least where that is as exact."""
    ways = (high, *high.others)
    leasts = (low, *low.others)
    for index, most in enumerate(ways):
        yield (leasts[index] if len(leasts) == len(ways) else low if len(ways) == 1 else None), most


def _more(total: float | Fraction, limit: float | Fraction, beyond: bool) -> bool:
    return total > limit if beyond else total >= limit


def _reached(cover: Cover, limit: Length, beyond: bool, counted: str | None) -> bool:
    """Whether what there surely is reaches the limit (or goes beyond it), however it is counted."""
    months, days, total = limit.months * 100, limit.days * 100, cover.percent_days
    if counted in _IN_DAYS:
        return _more(total * 12, _IN_DAYS[counted] * months + 12 * days, beyond)
    if not months:
        return _more(total, days, beyond)
    if counted is None and (total > 31 * months + days if beyond else total >= longest(limit.months) * 100 + days):
        return True
    if total < 28 * months + days:
        return False
    if days and counted is None and (truth := _of_one_stretch(cover, limit, beyond)) is not None:
        return truth
    whole, left = calendar(cover)
    if counted == "calendar":
        if _may_be_cut_elsewhere(cover):  # another choice of runs may have more months and leave less, which is fewer months in the end
            left = 0
        whole, left = whole + 100 * int(left // 3000), left % 3000
    if beyond and whole == months and not days and in_whole_months(cover):  # however it is cut: a whole stretch leaves nothing over
        left = 0
    return _months_reach(whole, left, months, days, beyond)


def _may_be_cut_elsewhere(cover: Cover) -> bool:
    """Whether runs of several rates may be cut on other days than those that are surely there."""
    return len({part.rate for part in cover.parts}) > 1 and any(part.earlier or part.later for part in cover.parts)


_IN_DAYS = {"days": 365, "months_of_30_days": 360}
"""How many days twelve months are, where a notice counts them in days."""


def _months_reach(whole: float, left: float, months: int, days: int, beyond: bool) -> bool:
    """Whether so many whole months, with days left over, are enough."""
    return whole >= months and _more((whole - months) * 28 + left, days, beyond)


def _missed(low: Cover | None, high: Cover, limit: Length, beyond: bool, counted: str | None) -> bool:
    """Whether even the most that there may be does not reach the limit (or go beyond it), however it is counted.

    Asked where what there surely is does not reach it. `low` is the least there may be, counted in the same way.
    """
    months, days, total = limit.months * 100, limit.days * 100, high.percent_days
    if counted in _IN_DAYS:
        return not _more(total * 12, _IN_DAYS[counted] * months + 12 * days, beyond)
    if not months:
        return not _more(total, days, beyond)
    if total < 28 * months + days:
        return True
    exact = low is not None and (low is high or low[:3] == high[:3]) and not high.cut
    same = exact or (low is not None and low.months == high.months and stretches(low) == stretches(high))
    alone = not high.months and (high.one or (same and len(stretches(high)) == 1))
    if counted == "calendar":
        return not (_reached(high, limit, beyond, counted) if exact or alone else _more(_by_days(high), months, False))
    if total > 31 * months + days if beyond else total >= longest(limit.months) * 100 + days:
        return False
    if alone:
        return _missed_in_one(high, limit, beyond, exact)
    if (exact or (high.dated and not days)) and all(len(block) <= _MOST_CUTS for block in _blocks(high.parts)):
        most, left = calendar(high)  # the same days, and fewer of them are no more months
    else:
        most, left = _most_months(high), total
    whole = same and in_whole_months(high)
    whole = whole or (high.dated and low is not None and low.months == high.months and _whole_at_any_rate(high))
    if not days and (not high.parts or whole):  # nothing is left over
        return not _more(most, months, beyond)
    if most >= months and _more((most - months) * 31 + left, days, beyond):
        return False
    no_more = most < months or (high.dated and not days and _is_just(high, limit.months))
    return bool(total < 30 * months + days or (beyond and total == 30 * months + days and no_more))


def _is_just(cover: Cover, months: int) -> bool:
    """Whether all days at full time are one stretch of just so many months, so that at less there are fewer."""
    found = stretches(cover)
    [(first, last, rate)] = found if len(found) == 1 else [(1, 0, 0)]
    return rate >= 100 and date.fromordinal(first).day <= 28 and add_months(first, months) == last + 1


def _missed_in_one(high: Cover, limit: Length, beyond: bool, exact: bool) -> bool:
    """The same where the days are one stretch, whatever the dates: the calendar says how long it is at most."""
    [(first, last, rate)] = stretches(high)
    may_be_cut = not exact and (high.cut or len(high.parts) > 1)
    start = max(first, _FIRST)
    if may_be_cut:
        start -= _ahead(start, last)
    end = limit.after(start)
    missed = end >= last + 1 if beyond else end > last + 1  # at full time, and so at less
    if rate < 100:
        most = part_months(first, last, rate, 28 if may_be_cut and not high.dated else 31)
        return missed or not _more(most, 100 * (limit.months + Fraction(limit.days, 31)), beyond)
    return missed or (exact and not limit.days)


# --------------------------------------------------------------------------------------------- telling


def by_count(cover: Cover) -> tuple[Length, int]:
    """The two counts of one time: by the calendar, and in days."""
    months, left = calendar(cover)
    whole, part = divmod(months, 100)
    return Length(int(whole), int((left + part * 30) // 100)), cover.days


def days_missing(cover: Cover, limit: Length, beyond: bool, counted: str | None) -> int:
    """How many days more would surely be enough."""
    months, days = limit.months, limit.days
    if counted in _IN_DAYS or not months:
        needed = Fraction(months * _IN_DAYS.get(counted or "", 0), 12) + days - Fraction(cover.percent_days) / 100
        return max(1, floor(needed) + 1 if beyond else ceil(needed))
    most = 31 * months + days if beyond else limit.most_days
    in_all = most - cover.days + beyond
    run = cover.longest_run
    in_one = in_all if run is None else limit.after(max(run[0], _FIRST)) - run[1] - 1 + beyond
    return max(1, min(in_all, in_one))


def days_too_many(cover: Cover, limit: Length, beyond: bool, counted: str | None) -> int:
    """How many days less would surely not be too much; `beyond` says that the limit itself is."""
    months, days = limit.months, limit.days
    if counted in _IN_DAYS or not months:
        more = Fraction(cover.percent_days) / 100 - Fraction(months * _IN_DAYS.get(counted or "", 0), 12) - days
        return max(1, ceil(more) + beyond)
    run = cover.longest_run
    in_one = 0 if run is None else run[1] + 1 - limit.after(max(run[0], _FIRST))
    return max(1, max(cover.days - limit.most_days, in_one) + beyond)


def length_of(low: Cover, high: Cover, counted: str | None) -> tuple[Length, Length]:
    """What a time comes to as a length that moves a limit, at least and at most: months by the calendar, and the days they leave over. Of
    several stretches that are not whole months, known exactly: both counts, that one and the days, of which either may be longer."""
    if counted in _IN_DAYS:
        return _in_months(low.percent_days, _IN_DAYS[counted]), _in_months(high.percent_days, _IN_DAYS[counted])
    least = max((_calendar_length(one, 28) for one in (low, *low.others)), key=_size)
    if counted is None and low is high and not (low.months or low.others) and len(stretches(low)) > 1 and not in_whole_months(low):
        return Length(0, int(low.percent_days // 100)), _calendar_length(low, 31)
    if low is high and not low.months % 100:
        return least, max((_calendar_length(one, 31) for one in (low, *low.others)), key=_size)
    most = max((_calendar_length(one, 31) for one in (high, *high.others)), key=_size)
    if low == high:
        return least, most
    # A few days more for months shorter than those they move: a day less may be a month less and thirty days, which is more there. Where
    # only rates are not known, each stretch is counted by itself, at most at full time.
    if high.one or (len(high.parts) < 2 and not high.cut):
        more = 3
    else:
        more = 3 * len(high.parts) if high.dated and not high.cut else high.days - low.days + 3
    days = most.days + more
    if not high.months:  # and never more days than there are
        days = min(days, int(-(-high.percent_days // 100)) - 28 * most.months)
    # Of the days that are left over other runs may make months, which are up to three days shorter where they are added.
    return Length(least.months, max(0, least.days - 3 - least.days // 28)), Length(most.months, days)


def _size(length: Length) -> int:
    return length.most_days


def _calendar_length(cover: Cover, to_a_month: int) -> Length:
    months, left = calendar(cover)
    whole, part = divmod(months, 100)
    days = Fraction(part) * to_a_month + Fraction(left)
    return Length(int(whole), int(days // 100 if to_a_month == 28 else -(-days // 100)))


def _in_months(percent_days: Any, a_year: int) -> Length:
    """Days as a notice counts them: so many to a year, and the rest as they are."""
    if a_year == 360:
        months, rest = divmod(int(percent_days // 100), 30)
        return Length(months, rest)
    return Length(0, int(percent_days // 100))


def share_of(cover: Cover, whole: Length, counted: str | None, beyond: Length) -> tuple[float, float]:
    """Which part of a whole a time is, without so much of it, by the least and by the greatest of its counts."""
    days = float(cover.percent_days) / 100
    if not whole.months:
        there = max(0.0, days - _as_days(beyond)) / whole.days
        return there, there
    if counted in _IN_DAYS:
        of_a_month = _IN_DAYS[counted] / 12
        there = max(0.0, days - _as_days(beyond, of_a_month)) / _as_days(whole, of_a_month)
        return there, there
    found = stretches(cover)
    counts = [float(cover.months + sum(part_months(*one) for one in found)) / 100]
    if len(found) > 1 and not in_whole_months(cover):
        # However it is counted, never less than one run alone: a further record takes nothing away.
        least = float(max(calendar(cover).months, cover.months + _longest_alone(cover))) / 100
        counts = [least, max(counts[0], least), max(days / 30, least)]
    shares = [max(0.0, one - _as_months(beyond)) / _as_months(whole) for one in counts]
    return min(shares), max(shares)


def _longest_alone(cover: Cover) -> Any:
    """The percent-months of the longest run at the lowest rate in it, with a part of a month for the days it leaves over."""
    most: Any = 0
    for index, block in enumerate(blocks := _blocks(cover.parts)):
        following = blocks[index + 1][0] if index + 1 < len(blocks) else None
        for end, part in enumerate(block):
            last = _surely_last(part, block[end + 1] if end + 1 < len(block) else following)
            lowest = part.rate
            for begun in reversed(block[max(0, end - _MOST_CUTS) : end + 1]):
                lowest = min(lowest, begun.rate)
                if last >= begun.first:
                    most = max(most, part_months(begun.first, last, lowest))
    return most


def _as_days(length: Length, of_a_month: float = 365 / 12) -> float:
    return length.months * of_a_month + length.days


def _as_months(length: Length) -> float:
    return length.months + length.days / 30
