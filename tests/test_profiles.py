"""The sample people of `profiles/`: what each may apply for on which day, and why.

The table was worked out from the rule files and then run. A row names every required criterion that is not met (for *not
eligible*) or that cannot be told (for *more information needed*): an outcome that is right for a wrong reason fails, too.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from datetime import date, datetime
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pytest

from eligibility import Outcome, Profile, Report, Vacancy, Verdict, check, load_vacancy
from eligibility.cli import OK, run
from eligibility.dates import FOREVER, LONG_AGO, Days
from eligibility.loading.models import load_profile, open_profile
from eligibility.profile import Experience
from eligibility.reference import load_reference

ROOT = Path(__file__).parent.parent
PROFILES = sorted(name.removesuffix(".yaml") for name in os.listdir(ROOT / "profiles") if name.endswith(".yaml"))
VACANCIES = sorted(name.removesuffix(".yaml") for name in os.listdir(ROOT / "rules") if not name.endswith(".cases.yaml"))

ASSISTANT = "ai-office-administrative-assistant-2024"
SPECIALIST = "ai-office-technology-specialist-2024"
SECONDED = "connect-seconded-expert-2024"
ICESCO = "icesco-p039"
QUEBEC = "quebec-unesco-ethics-2023-020"
UNESCO = "unesco-culture-ai-2023"

YES, MORE, NO = Outcome.LIKELY_ELIGIBLE, Outcome.MORE_INFORMATION, Outcome.NOT_ELIGIBLE
STATEMENTS = "citizen-rights military-obligations character-references"


class Row(NamedTuple):
    """One person before one vacancy on one day; `because` lists the criteria that stand in the way."""

    profile: str
    vacancy: str
    on: str
    outcome: Outcome
    because: str
    why: str
    closed: bool = False


TABLE = [
    # The Québec internship starts on 15 January 2024 and closes at the end of 1 October 2023.
    Row("lea", QUEBEC, "2023-09-15", YES, "", "27 on the first day, her maîtrise of May 2023 is within the two years before it"),
    Row("lea", QUEBEC, "2023-05-30", MORE, "studies", "the eve of her maîtrise: a degree to come is not one yet"),
    Row("lea", QUEBEC, "2023-05-31", YES, "", "on the day of her maîtrise it counts"),
    Row("lea", QUEBEC, "2023-10-01", YES, "", "the closing day is still open, until its end"),
    Row("lea", QUEBEC, "2023-10-02", YES, "", "the day after is closed, although she met everything", closed=True),
    Row("kwame", QUEBEC, "2023-09-15", MORE, "residence-health-insurance",
        "199 days away cost him 2022: the year up to October 2023 touches it, the year up to January 2024 does not"),
    Row("samuel", QUEBEC, "2023-09-15", NO, "age", "37 on the first day, all the rest fits"),
    Row("tomas", QUEBEC, "2023-09-15", NO, "studies domicile residence-health-insurance writing french",
        "last degree in 2014, lives in Portugal, no French"),
    # The consultant in Paris: experience of AI, and one language at a level the notice does not put in figures.
    Row("samuel", UNESCO, "2023-12-10", YES, "", "teaches AI ethics, native French"),
    Row("omar", UNESCO, "2023-12-10", YES, "", "AI ethics at an NGO, C2 French: all three readings of excellent agree"),
    Row("tomas", UNESCO, "2023-12-10", MORE, "languages", "C1 English is excellent in two of the three readings"),
    Row("elena", UNESCO, "2023-12-10", MORE, "languages", "C1 English and B2 French: the reading that asks for C2 disagrees"),
    Row("camille", UNESCO, "2023-12-10", NO, "ai-experience", "office work only"),
    Row("omar", UNESCO, "2023-12-16", YES, "", "closed in both readings of the closing date", closed=True),
    # The AI Office closes on 27 March 2024 at noon in Brussels.
    Row("tomas", SPECIALIST, "2024-03-20", YES, "", "Portuguese, bachelor of three years, machine learning, Portuguese and C1 English"),
    Row("tomas", SPECIALIST, "2024-03-27T12:00", YES, "", "noon itself is not too late"),
    Row("tomas", SPECIALIST, "2024-03-27T14:00", YES, "", "two hours too late", closed=True),
    Row("elena", SPECIALIST, "2024-03-20", YES, "", "Italian, master's in computer science, audits AI"),
    Row("nadia", SPECIALIST, "2024-03-20", MORE, f"ai-experience degree {STATEMENTS}",
        "Spanish, so an EU citizen; governance is not surely technical, and the EU may not recognise a Moroccan degree"),
    Row("camille", SPECIALIST, "2024-03-20", MORE, "ai-experience degree",
        "a related field is for a person to judge, and training of an equivalent level for the service to accept"),
    Row("samuel", SPECIALIST, "2024-03-20", NO, "citizenship", "Canadian only"),
    Row("camille", ASSISTANT, "2024-03-20", YES, "",
        "baccalauréat of 2018, then more than three years of office work, the overlapping part-time jobs counted once"),
    Row("tomas", ASSISTANT, "2024-03-20", MORE, "support-experience", "whether software work held support tasks is for a person to judge"),
    Row("sofia", ASSISTANT, "2024-03-20", MORE, f"support-experience {STATEMENTS}", "her list of jobs is not finished"),
    Row("kwame", ASSISTANT, "2024-03-20", NO, "citizenship", "Ghanaian only"),
    # The secondment starts on an unknown day of July to September 2024.
    Row("elena", SECONDED, "2024-06-15", YES, "", "a ministry since 2019, at administrator's grade, on AI and security"),
    Row("anneke", SECONDED, "2024-06-15", MORE, "employer", "a public university needs a derogation that nobody has granted yet"),
    Row("tomas", SECONDED, "2024-06-15", NO, "employer", "a private company, and no derogation is possible for it"),
    Row("lea", SECONDED, "2024-06-15", NO, "experience seniority employer technical-experience", "no job at all on that day"),
    # ICESCO asks for ten years, in one reading within a single field.
    Row("nadia", ICESCO, "2025-05-10", YES, "", "both certificates; two half-time jobs, then a full one: eleven years of AI governance"),
    Row("karim", ICESCO, "2025-05-10", MORE, "certification experience",
        "two half-time jobs reach ten years together but not within one field; nothing said of certificates"),
    Row("omar", ICESCO, "2025-05-10", MORE, "certification experience",
        "from 9 years and 6 months to 10 years and 8 months, as his vague dates may be read; one certificate of the two"),
    Row("anneke", ICESCO, "2025-05-10", NO, "experience international-experience",
        "machine learning is not governance, and a Dutch university is not an international organisation"),
    Row("tomas", ICESCO, "2024-03-20", NO, "experience", "a year before the closing date, too: no work in the fields asked for"),
]  # fmt: skip


@cache
def person(name: str) -> Profile:
    return load_profile(str(ROOT / "profiles" / f"{name}.yaml"))


@cache
def vacancy(name: str) -> Vacancy:
    return load_vacancy(str(ROOT / "rules" / f"{name}.yaml"))


def reported(row: Row) -> Report:
    on = date.fromisoformat(row.on) if len(row.on) == 10 else datetime.fromisoformat(row.on)
    return check(vacancy(row.vacancy), person(row.profile), on)


def standing_in_the_way(report: Report) -> list[str]:
    """The criteria that are not met, or when there are none, those that cannot be told."""
    by_verdict: dict[Verdict, list[str]] = {Verdict.FAIL: [], Verdict.UNKNOWN: [], Verdict.PASS: []}
    for finding in report.required:
        by_verdict[finding.verdict].append(str(finding.id))
    return sorted(by_verdict[Verdict.FAIL] or by_verdict[Verdict.UNKNOWN])


@pytest.mark.parametrize("row", [pytest.param(row, id=f"{row.profile} {row.vacancy} {row.on}: {row.why}") for row in TABLE])
def test_outcome(row: Row) -> None:
    """The person gets this outcome on this day, for these reasons."""
    report = reported(row)
    assert (report.outcome, standing_in_the_way(report), report.closed) == (row.outcome, sorted(row.because.split()), row.closed)


def test_every_outcome_of_every_vacancy_is_reached() -> None:
    """For each of the six vacancies somebody is likely eligible, somebody lacks an answer, and somebody is not eligible."""
    reached = {(row.vacancy, row.outcome) for row in TABLE if not row.closed}
    assert reached == {(name, outcome) for name in (ASSISTANT, SPECIALIST, SECONDED, ICESCO, QUEBEC, UNESCO) for outcome in Outcome}
    assert {row.outcome for row in TABLE if row.closed}


def test_everybody_is_in_the_table() -> None:
    """No sample profile is there without saying something; `alex` says it below."""
    assert {row.profile for row in TABLE} | {"alex"} == set(PROFILES)
    assert len(PROFILES) >= 8


@pytest.mark.parametrize("name", VACANCIES)
def test_next_to_nothing_gives_questions(name: str) -> None:
    """A profile that says next to nothing is never told yes or no: what is open is what it does not say."""
    report = check(vacancy(name), person("alex"), date(2023, 9, 15))
    assert report.outcome is MORE
    assert all(finding.missing for finding in report.required if finding.verdict is Verdict.UNKNOWN)


def test_a_granted_derogation_settles_the_secondment(tmp_path: Path) -> None:
    """Anneke's last two lines, without their comment signs, are her employer's derogation."""
    text = (ROOT / "profiles" / "anneke.yaml").read_text("utf-8")
    granted = re.sub(r"^# (?=applications:|  - \{vacancy:)", "", text, flags=re.M)
    assert granted.count("\n# ") == text.count("\n# ") - 2
    path = tmp_path / "anneke.yaml"
    path.write_text(granted, "utf-8")
    assert check(vacancy(SECONDED), load_profile(str(path)), date(2024, 6, 15)).outcome is YES


def test_neither_half_time_job_is_ten_years() -> None:
    """Karim's two jobs reach ten years only together, whichever of them one takes away."""
    karim = person("karim")
    assert karim.experience is not None
    for job in karim.experience:
        alone = karim.model_copy(update={"experience": (job,)})
        report = check(vacancy(ICESCO), alone, date(2025, 5, 10))
        assert "experience" in standing_in_the_way(report)
        assert report.outcome is NO


# ------------------------------------------------------------------------------------------------ the files


@pytest.mark.parametrize("name", PROFILES)
def test_loads_without_a_word(name: str) -> None:
    """Neither an error nor a warning."""
    assert open_profile(str(ROOT / "profiles" / f"{name}.yaml"), load_reference()).diagnostics == ()


@pytest.mark.parametrize("name", PROFILES)
def test_begins_with_its_schema_and_a_command_that_works(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first line names the schema, the comment says who it is, and every command in it can be typed."""
    first, *lines = (ROOT / "profiles" / f"{name}.yaml").read_text("utf-8").splitlines()
    assert first == "# yaml-language-server: $schema=../schema/profile.schema.json"
    end = next(index for index, line in enumerate(lines) if not line.startswith("#"))
    comment = " ".join(line.removeprefix("# ") for line in lines[:end])
    assert comment.startswith(str(person(name).name))
    commands = re.findall(r"eligibility (check profiles/[a-z]+\.yaml(?: --vacancy [a-z0-9-]+)?(?: --on [0-9]{4}-\d\d-\d\d)?)", comment)
    assert commands
    monkeypatch.chdir(ROOT)
    for command in commands:
        assert f"profiles/{name}.yaml" in command
        assert run(command.split()) == OK
        said = capsys.readouterr()
        assert str(person(name).name) in said.out or "--vacancy" in command
        assert said.err == ""


def test_nobody_twice() -> None:
    """Every profile is another person."""
    assert Counter(person(name).name for name in PROFILES).most_common(1)[0][1] == 1


# ----------------------------------------------------------------------------------- what the set has to show


def dates_of(profile: Profile) -> list[Days]:
    """Every date of a profile that is known, in whole or in part."""
    found = [] if profile.birth_date is None else [profile.birth_date]
    for records in (profile.citizenships, profile.residences, profile.degrees, profile.studies, profile.experience, profile.certificates):
        for record in records or ():
            found += [value for value in vars(record).values() if isinstance(value, Days)]
    return [days for days in found if days.first > LONG_AGO and days.last < FOREVER]


def length(days: Days) -> int:
    return days.last - days.first + 1


def part_time(job: Experience) -> bool:
    return job.rate is not None and job.rate < 100


def overlap(one: Experience, other: Experience) -> bool:
    if one.start is None or other.start is None or one.end is None or other.end is None:
        return False
    return max(one.start.last, other.start.last) <= min(one.end.first, other.end.first)


def test_somebody_is_born_on_a_leap_day() -> None:
    """29 February is a birthday, too."""
    born = [person(name).birth_date for name in PROFILES]
    days = [date.fromordinal(day.first) for day in born if day is not None and day.exact]
    assert any((day.month, day.day) == (2, 29) for day in days)


def test_somebody_has_overlapping_part_time_jobs() -> None:
    """Two jobs at once, neither of them full time."""
    jobs = [filter(part_time, person(name).experience or ()) for name in PROFILES]
    assert any(overlap(one, other) for mine in jobs for one, other in combinations(mine, 2))


def test_somebody_has_two_citizenships() -> None:
    """Two from birth, and one acquired later."""
    held = [person(name).citizenships or () for name in PROFILES]
    assert any(len({one.country for one in mine}) == 2 for mine in held)
    assert any(one.start is not None for mine in held for one in mine)


def test_somebody_remembers_only_the_month_or_the_year() -> None:
    """Dates of three precisions: a day, a month, a year."""
    lengths = {length(days) for name in PROFILES for days in dates_of(person(name))}
    assert 1 in lengths
    assert lengths & {28, 29, 30, 31}
    assert lengths & {365, 366}


def test_somebody_leaves_lists_open() -> None:
    """A list that is absent, a list that is empty, a list that is not finished: three different answers."""
    people = [person(name) for name in PROFILES]
    assert any(one.certificates is None for one in people)
    assert any(one.certificates == () for one in people)
    assert any(one.incomplete for one in people)
