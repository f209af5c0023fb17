"""Laws 14 to 28: how work is added up."""

from __future__ import annotations

from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from eligibility.counting import stretches
from eligibility.dates import FOREVER, Cover, Spell, cover, parse_days, unbroken
from eligibility.report import Finding

from .strategies import (
    EMPLOYERS,
    FIELDS,
    LENGTHS,
    PASS,
    RANK,
    REFERENCE,
    Dict,
    days,
    finding,
    iso,
    jobs,
    law,
    ordinal,
    precisions,
    spans,
    vague_jobs,
    verdict,
    wide_law,
)

ON = "2025-03-31"
_WHEN = {"unique_by": lambda job: (job["from"], job["to"])}  # exact copies are dropped: a law of its own
EXACT = st.lists(jobs(), min_size=1, max_size=4, **_WHEN)
FULL = st.lists(jobs(rates=(100,)), min_size=1, max_size=4, **_WHEN)
RATED = st.lists(jobs(rates=(10, 50, 80, 100)), min_size=1, max_size=4, **_WHEN)
VAGUE = st.lists(vague_jobs(), min_size=1, max_size=4)
ORDER = ("at_least", "more_than")


def rank(records: list[Dict], on: str = ON, **keys: Any) -> int:
    """How good the verdict of an experience criterion is, for somebody with these jobs: 0 fail, 1 unknown, 2 pass."""
    return RANK[verdict({"kind": "experience", "as_of": on, **keys}, {"experience": records})]


def measured(records: list[Dict], on: str = ON, **keys: Any) -> tuple[Cover, Cover]:
    """What the jobs add up to, at least and at most."""
    # An upper bound that is surely out of reach, so that the answer is never cut short.
    found: Finding = finding({"kind": "experience", "as_of": on, "at_most": "900 years", **keys}, {"experience": records})
    have, might = (found.params[key]._replace(one=False, dated=False) for key in ("have", "might"))
    return have, might


def ends(job: Dict) -> tuple[int, int]:
    return ordinal(job["from"]), ordinal(job["to"])


WAYS = st.sampled_from([
    {}, {}, {"part_time": "counts_in_full"}, {"part_time": "excluded"}, {"unbroken": True},
    {"during": {"within": "5 years", "before": ON}}, {"during": {"from": "2010-01-01", "to": "2020-06-30"}},
    {"field": ["ict", "law"]}, {"employer": ["public_sector"]}, {"other_than": [{"field": "law"}]},
])  # fmt: skip
"""Ways to count that keep to one list of records and cap nothing."""

# ------------------------------------------------------------------------------------------- 14 to 17: records


@wide_law
@given(VAGUE, vague_jobs(), LENGTHS, WAYS, st.sampled_from(["at_least", "more_than", "at_most", "less_than"]))
def test_one_job_more(records: list[Dict], more: Dict, length: str, way: Dict, bound: str) -> None:
    """Law 14. One more job never lowers a minimum and never raises a maximum."""
    before, after = rank(records, **way, **{bound: length}), rank([*records, more], **way, **{bound: length})
    assert after >= before if bound in ORDER else after <= before


@law
@given(VAGUE, vague_jobs(), st.integers(1, 9000), st.sampled_from([{}, {"during": {"within": "5 years", "before": ON}}, {"periods": {"at_most": 2}}]))
def test_one_job_more_is_more_hours(records: list[Dict], more: Dict, hours: int, way: Dict) -> None:
    """Law 14. The same of hours, whether all jobs count or only so many of them."""
    for bound in ("at_least", "less_than"):
        before, after = (rank(jobs_, **way, **{bound: f"{hours} hours"}) for jobs_ in (records, [*records, more]))
        assert after >= before if bound in ORDER else after <= before


def job(first: str, last: str, kind: str = "job") -> Dict:
    return {"from": first, "to": last, "type": kind, "rate": 100}


CAPPED = {"limits": [{"type": "internship", "at_most": "6 months"}]}


@law
@given(st.lists(st.tuples(jobs(rates=(100,)), st.sampled_from(["job", "internship"])), max_size=4), jobs(), st.integers(1, 1500))
def test_one_job_more_where_some_are_capped(records: list[tuple[Dict, str]], more: Dict, length: int) -> None:
    """Law 14. A cap on some jobs never turns one more of them, or of the others, into less time in all."""
    typed = [{**one, "type": kind} for one, kind in records]
    for kind in ("job", "internship"):
        before, after = measured(typed, **CAPPED), measured([*typed, {**more, "type": kind}], **CAPPED)
        assert before[0].percent_days <= after[0].percent_days
        assert before[1].percent_days <= after[1].percent_days
    uncapped = measured(typed)[0].percent_days
    plain = measured([one for one in typed if one["type"] == "job"])[0].percent_days if typed else 0
    low = measured(typed, **CAPPED)[0].percent_days  # six months of one are 181 to 184 days, and those of many may be a few less
    assert min(uncapped, plain + 178 * 100) <= low <= min(uncapped, plain + 184 * 100)


def test_one_internship_more_beside_an_unbroken_spell() -> None:
    """Law 14. Three calendar years without a break, six months of them an internship, stay three years after one more internship."""
    spell = [job("2021-01-01", "2021-06-30"), job("2021-07-01", "2021-12-31", "internship"), job("2022-01-01", "2023-12-31")]
    assert rank(spell, at_least="3 years", **CAPPED) == 2
    for first in ("2019-01-01", "2020-12-31", "2024-01-01"):  # far away, on the eve, on the day after
        assert rank([*spell, job(first, first, "internship")], at_least="3 years", **CAPPED) == 2


@law
@given(st.lists(st.tuples(jobs(rates=(50, 100)), st.sampled_from(["job", "internship"])), max_size=4), jobs(), LENGTHS)
def test_one_job_more_never_loses_a_length_where_some_are_capped(records: list[tuple[Dict, str]], more: Dict, length: str) -> None:
    """Law 14. The same of the verdict, whether the length is reached by a total or by the calendar of one spell."""
    typed = [{**one, "type": kind} for one, kind in records]
    for kind in ("job", "internship"):
        assert rank([*typed, {**more, "type": kind}], at_least=length, **CAPPED) >= rank(typed, at_least=length, **CAPPED)

@law
@given(VAGUE, st.randoms(use_true_random=False), LENGTHS, WAYS)
def test_the_order_of_jobs_does_not_matter(records: list[Dict], random: Any, length: str, way: Dict) -> None:
    """Laws 5 and 15. Jobs in another order add up to the same, at least and at most."""
    shuffled = random.sample(records, len(records))
    assert measured(records, **way) == measured(shuffled, **way)
    assert rank(records, at_least=length, **way) == rank(shuffled, at_least=length, **way)


@law
@given(FULL, st.integers(0, 3), WAYS)
def test_the_same_days_count_once(records: list[Dict], which: int, way: Dict) -> None:
    """Law 16. Full-time work repeated on the same days, even with another employer, adds nothing."""
    again = records[which % len(records)]
    assert measured([*records, again], **way) == measured(records, **way)
    assert measured([*records, {**again, "employer_name": "another"}], **way) == measured(records, **way)


@law
@given(EXACT, st.integers(0, 3))
def test_copies_may_be_one_and_halves_add_up(records: list[Dict], which: int) -> None:
    """Law 16. An exact copy of a part-time job counts once surely and twice possibly; two different half-time jobs on the same days are one full-time job."""
    again = records[which % len(records)]
    low, high = measured([*records, again])
    assert low == measured(records)[0]
    assert high.percent_days == measured([*records, {**again, "employer_name": "another"}])[0].percent_days
    half, other = {**again, "rate": 50}, {**again, "rate": 50, "employer_name": "another"}
    assert measured([half, other]) == measured([{**again, "rate": 100}])
    assert measured([half])[0].percent_days * 2 == measured([half, other])[0].percent_days


@wide_law
@given(EXACT, st.integers(0, 3), st.integers(0, 2600), WAYS)
def test_a_job_cut_in_two_is_the_same_job(records: list[Dict], which: int, cut: int, way: Dict) -> None:
    """Law 17. Writing one job as two adjacent ones, with all else equal, changes nothing."""
    which %= len(records)
    first, last = ends(records[which])
    assume(first < last)
    middle = first + cut % (last - first)
    halves = [{**records[which], "to": iso(middle)}, {**records[which], "from": iso(middle + 1)}]
    others = [job for index, job in enumerate(records) if index != which]
    assume(all(job not in others for job in halves))
    for now, then in zip(measured([*others, *halves], **way), measured(records, **way), strict=True):
        assert (now.percent_days, now.runs, stretches(now)) == (then.percent_days, then.runs, stretches(then))


# ------------------------------------------------------------------------------------- 18 to 20, 25: the day


@law
@given(EXACT, st.integers(-3000, 1500))
def test_moving_everything_by_whole_days(records: list[Dict], shift: int) -> None:
    """Law 18. Jobs and day moved together by the same number of days add up to as many days."""
    moved = [{**job, "from": iso(ends(job)[0] + shift), "to": iso(ends(job)[1] + shift)} for job in records]
    now, then = measured(records)[0], measured(moved, on=iso(ordinal(ON) + shift))[0]
    assert now.percent_days == then.percent_days
    assert [(first + shift, last + shift) for first, last in now.runs] == list(then.runs)


@law
@given(VAGUE, days("2006-01-01", "2026-12-31"), st.integers(0, 2000), LENGTHS)
def test_time_only_adds(records: list[Dict], day: int, later: int, length: str) -> None:
    """Law 19. On a later day the total is never less, so a minimum never goes down and a maximum never up."""
    (low, high), (low_later, high_later) = measured(records, on=iso(day)), measured(records, on=iso(day + later))
    assert low.percent_days <= low_later.percent_days
    assert high.percent_days <= high_later.percent_days
    assert rank(records, on=iso(day), at_least=length) <= rank(records, on=iso(day + later), at_least=length)
    assert rank(records, on=iso(day), at_most=length) >= rank(records, on=iso(day + later), at_most=length)


@law
@given(VAGUE, st.integers(1, 60), st.integers(0, 24), st.sampled_from(["months", "days", "years"]), WAYS)
def test_asking_for_more_never_helps(records: list[Dict], amount: int, more: int, unit: str, way: Dict) -> None:
    """Law 20. A higher minimum never raises the verdict, and a higher maximum never lowers it."""
    low, high = f"{amount} {unit}", f"{amount + more} {unit}"
    for bound in ORDER:
        assert rank(records, **way, **{bound: high}) <= rank(records, **way, **{bound: low})
    for bound in ("at_most", "less_than"):
        assert rank(records, **way, **{bound: high}) >= rank(records, **way, **{bound: low})


@law
@given(EXACT, LENGTHS, WAYS)
def test_the_bounds_are_exact_opposites(records: list[Dict], length: str, way: Dict) -> None:
    """Law 20. Of exact jobs, either `at_least` or `less_than` holds, and either `more_than` or `at_most`."""
    way = {key: value for key, value in way.items() if key not in ("field", "employer", "other_than")}
    assert rank(records, at_least=length, **way) == 2 - rank(records, less_than=length, **way)
    assert rank(records, more_than=length, **way) == 2 - rank(records, at_most=length, **way)
    assert rank(records, more_than=length, **way) <= rank(records, at_least=length, **way)


@wide_law
@given(VAGUE, days("2006-01-01", "2026-12-31"), WAYS)
def test_totals_lie_between_nothing_and_everything(records: list[Dict], day: int, way: Dict) -> None:
    """Law 21. The least is never more than the most, and the most never more than the days since the first job."""
    low, high = measured(records, on=iso(day), **way)
    first = min(ordinal((job["from"] + "-01-01")[:10]) for job in records)
    assert 0 <= low.percent_days <= high.percent_days <= 100 * max(0, day + 1 - first)
    for cut_at, on in (("start", day + 1), ("deadline", day)):
        dates = {"deadline": iso(day), "start": iso(day + 1)}
        criterion = {"kind": "experience", "at_most": "900 years", "as_of": cut_at}
        assert finding(criterion, {"experience": records}, dates=dates).params["have"] == measured(records, on=iso(on - (cut_at == "start")))[0]


@law
@given(EXACT, jobs(), LENGTHS)
def test_work_outside_the_window_has_no_effect(records: list[Dict], other: Dict, length: str) -> None:
    """Law 25. A job that begins after the day, or ends before the first day that counts, changes nothing."""
    first, last = ends(other)
    for on in (iso(first - 1), iso(min(day for job in records for day in ends(job)))):
        if ordinal(on) < first:
            assert measured([*records, other], on=on) == measured(records, on=on)
            assert rank([*records, other], on=on, at_least=length) == rank(records, on=on, at_least=length)
    since = {"during": {"from": iso(last + 1)}}
    assert measured([*records, other], **since) == measured(records, **since)
    degree = [{"level": 6, "awarded": iso(last)}]
    for window in ({"after": {"kind": "degree", "level": 6}}, {"after": iso(last)}, {"from": iso(last + 1)}):
        criterion = {"kind": "experience", "at_least": length, "during": window, "as_of": ON}
        with_it, without = (verdict(criterion, {"experience": jobs_, "degrees": degree}) for jobs_ in ([*records, other], records))
        assert with_it is without


# ------------------------------------------------------------------------------------------- 23 and 24: rates


@wide_law
@given(EXACT)
def test_the_whole_is_at_most_the_sum(records: list[Dict]) -> None:
    """Law 23. Together jobs never add up to more than each alone, and to as much exactly when no day is over 100 percent."""
    total = measured(records)[0].percent_days
    each = sum(measured([job])[0].percent_days for job in records)
    over = 0
    for day in sorted({end + shift for job in records for end, shift in zip(ends(job), (0, 1), strict=True)}):
        if day <= ordinal(ON):
            over = max(over, sum(job["rate"] for job in records if ends(job)[0] <= day <= ends(job)[1]))
    assert total <= each
    assert (total == each) == (over <= 100)


@law
@given(RATED, st.data(), LENGTHS)
def test_working_less_never_helps(records: list[Dict], data: st.DataObject, length: str) -> None:
    """Law 24. A lower rate never raises a minimum; a rate of nothing is no job at all."""
    which = data.draw(st.integers(0, len(records) - 1))
    lower = data.draw(st.integers(0, records[which]["rate"]))
    less = [{**job, "rate": f"{lower}%"} if index == which else job for index, job in enumerate(records)]
    gone = [job for index, job in enumerate(records) if index != which]
    none = [{**job, "rate": 0} if index == which else job for index, job in enumerate(records)]
    for way in ({}, {"part_time": "excluded"}, {"during": {"within": "5 years", "before": ON}}):
        assert rank(less, at_least=length, **way) <= rank(records, at_least=length, **way)
    assert measured(none)[0] == (measured(gone)[0] if gone else Cover(0, ()))
    assert rank(none, at_least=length) == rank(gone, at_least=length)


@wide_law
@given(st.lists(st.tuples(spans("2010-01-01", "2012-12-31", 400), st.sampled_from([10, 40, 50, 60, 100])), max_size=5))
def test_the_sum_day_by_day(spells: list[tuple[tuple[int, int], int]]) -> None:
    """Laws 16, 17 and 23. The total is what counting day by day gives: on each day the rates added, up to 100 percent."""
    worked = [Spell(first, last, rate) for (first, last), rate in spells]
    per_day: dict[int, int] = {}
    for first, last, rate, *_ in worked:
        for day in range(first, last + 1):
            per_day[day] = per_day.get(day, 0) + rate
    found = cover(worked)
    assert found.percent_days == sum(min(rate, 100) for rate in per_day.values())
    full = sorted(day for day, rate in per_day.items() if rate >= 100)
    assert [day for first, last in found.runs for day in range(first, last + 1)] == full
    assert all(after[0] > before[1] + 1 for before, after in zip(found.runs, found.runs[1:], strict=False))


# ------------------------------------------------------------------------------------- 26 to 28: what counts


@law
@given(st.lists(vague_jobs(), min_size=1, max_size=4), st.data(), LENGTHS)
def test_a_wider_filter_never_hurts(records: list[Dict], data: st.DataObject, length: str) -> None:
    """Law 26. A field or an employer replaced by a wider one, or one more of them allowed, never lowers a minimum."""
    for key, tree, words in (("field", "field", FIELDS), ("employer", "employer", EMPLOYERS)):
        wanted = data.draw(st.sampled_from(words))
        parents = [wide for wide in REFERENCE.tree(tree) if REFERENCE.within(tree, wanted, wide).surely]
        narrow = rank(records, at_least=length, **{key: [wanted]})
        assert rank(records, at_least=length, **{key: [data.draw(st.sampled_from(parents))]}) >= narrow
        assert rank(records, at_least=length, **{key: [wanted, data.draw(st.sampled_from(words))]}) >= narrow
        assert rank(records, at_least=length) >= narrow
        assert rank(records, at_least=length, **{key: {"any": [wanted], "or_related": True}}) >= narrow


@wide_law
@given(jobs(rates=(100,)), st.integers(0, 400), st.integers(0, 1200), LENGTHS, st.sampled_from([{}, {"unbroken": True}]))
def test_filling_a_gap_never_hurts(first: Dict, gap: int, lasting: int, length: str, way: Dict) -> None:
    """Law 27. Working through the gap between two jobs never lowers a minimum."""
    start = ends(first)[1] + 1 + gap
    second = {**first, "from": iso(start), "to": iso(start + lasting)}
    filled = {**first, "from": iso(start - gap), "to": iso(start - 1)}
    on = iso(start + lasting)
    before = rank([first, second], on=on, at_least=length, **way)
    after = rank([first, second, filled] if gap else [first, second], on=on, at_least=length, **way)
    assert after >= before
    assert rank([{**first, "to": on}], on=on, at_least=length, **way) == after


@law
@given(FULL, LENGTHS)
def test_unbroken_implies_altogether(records: list[Dict], length: str) -> None:
    """Law 28. What one unbroken full-time spell is long enough for, all spells together are, with or without bridged gaps."""
    unbroken_ones = rank(records, at_least=length, unbroken=True)
    assert unbroken_ones <= rank(records, at_least=length)
    bridged = {"each_gap": {"at_most": "2 months"}, "all_gaps": {"at_most": "5 months"}}
    assert unbroken_ones <= rank(records, at_least=length, unbroken=bridged)


@law
@given(RATED, LENGTHS, st.sampled_from(["pro_rata", "excluded"]))
def test_unbroken_part_time_implies_altogether(records: list[Dict], length: str, part_time: str) -> None:
    """Laws 24 and 28. The same holds of part-time work: what does not reach a length in all cannot reach it in one spell."""
    way = {"at_least": length, "part_time": part_time}
    assert rank(records, unbroken=True, **way) <= rank(records, **way)


@law
@given(st.lists(spans("2010-01-01", "2014-12-31", 300), max_size=6), st.integers(0, 200), st.integers(0, 300), st.integers(0, 100))
def test_more_tolerance_never_shortens(stretches: list[tuple[int, int]], each: int, every: int, more: int) -> None:
    """Law 28. Allowing longer gaps, one by one or in all, never shortens the longest run; nothing missing is more than allowed."""
    spells = [Spell(first, last) for first, last in stretches]

    def longest(*gaps: int) -> int:
        return max((last - first + 1 for first, last, _ in unbroken(spells, *gaps)), default=0)

    assert longest(0, 0) <= longest(each, every) <= longest(each + more, every)
    assert longest(each, every) <= longest(each, every + more)
    for first, last, missing in unbroken(spells, each, every):
        inside = [day for day in range(first, last + 1) if not any(start <= day <= end for start, end in stretches)]
        assert len(inside) == missing <= every


# ---------------------------------------------------------------------------------------------- one example each


def test_the_examples_of_the_dossier() -> None:
    """Laws 16, 17 and 23. Halves that overlap, 80 and 50 percent together, and three jobs in part at the same time."""
    full = [("2014-09-01", "2018-08-31"), ("2018-01-01", "2021-12-31"), ("2022-03-01", "2025-05-20")]
    records = [{"from": first, "to": last, "rate": 100} for first, last in full]
    assert measured(records, on="2025-05-20")[0].days == 3856
    year = {"from": "2023-01-01", "to": "2023-12-31"}
    assert measured([{**year, "rate": 80}, {**year, "rate": 50}])[0].days == 365
    assert rank([{"from": "2021-05", "to": "2024-06", "rate": 100}], at_least="3 years") == RANK[PASS]
    assert rank([{"from": "2021-06", "to": "2024-06", "rate": 100}], at_least="3 years") == 1
    assert rank([{"from": "2021-09", "to": "2024-06", "rate": 100}], at_least="3 years") == 0


# --------------------------------------------------------------------------------- the employer, among many


def held(at: Dict) -> tuple[int, int, int, int]:
    """The first and the last day of a job: latest start, earliest end; earliest start, latest end."""
    first, last = parse_days(at["from"]), FOREVER if at["to"] == "ongoing" else None
    return (first.last, parse_days(at["to"]).first if last is None else last, first.first, parse_days(at["to"]).last if last is None else last)


def reaching(stays: list[tuple[int, int]], day: int) -> int:
    """The days of the unbroken stretch that reaches a day."""
    for first, last, _ in unbroken([Spell(first, min(last, day)) for first, last in stays]):
        if last >= day:
            return day - first + 1
    return 0


def pairwise(jobs: list[Dict], day: int) -> tuple[int, int]:
    """How long the job held has lasted with its employer, at least and at most: every job compared with every other."""
    least = most = 0
    for job in jobs:
        core, hull = held(job)[:2], held(job)[2:]
        if not hull[0] <= day <= hull[1]:
            continue
        name, kind = job.get("employer_name"), job.get("employer")
        mine = [one for one in jobs if one is job or (name and one.get("employer_name") == name)]
        perhaps = [
            one for one in jobs
            if not any(one is other for other in mine) and (name is None or "employer_name" not in one) and kind and one.get("employer") == kind
        ]  # fmt: skip
        if core[0] <= day <= core[1]:
            least = max(least, reaching([held(one)[:2] for one in mine], day))
        most = max(most, reaching([held(one)[2:] for one in (*mine, *perhaps)], day))
    return least, most


@st.composite
def posts(draw: st.DrawFn) -> Dict:
    """A job that may say with whom it was, or with what kind of employer, or neither."""
    start = draw(days("2015-01-01", "2020-12-31"))
    end = draw(st.sampled_from(["ongoing", *precisions(start + draw(st.integers(400, 3000)))]))
    post: Dict = {"from": draw(st.sampled_from(precisions(start))), "to": end}
    post |= draw(st.sampled_from([{}, {"employer_name": "one"}, {"employer_name": "two"}, {"employer_name": ""}]))
    return post | draw(st.sampled_from([{}, {"employer": "university"}, {"employer": "company"}]))


@wide_law
@given(st.lists(posts(), max_size=9, unique_by=str))
def test_seniority_among_many_jobs(jobs: list[Dict]) -> None:
    """Jobs are grouped by employer; that says what comparing each with each other says, and asks for the same names."""
    found = finding({"kind": "employment", "as_of": ON, "at_most": "900 years"}, {"experience": jobs})
    if found.code in ("within", "may_match", "between"):
        assert (found.params["have"].days, found.params["might"].days) == pairwise(jobs, ordinal(ON))
