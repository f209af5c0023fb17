"""What a page says of a vacancy before anybody is checked against it: titles, labels, clauses, the deadline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from eligibility.application_period import NO_CHOICES, day_there, opening_of, safe_end
from eligibility.batch.writers import About
from eligibility.engine import check
from eligibility.profile import Profile
from eligibility.ready import made_ready
from eligibility.report import Deadline, Finding
from eligibility.reporters.period import closed_on, closing_note, deadline_told, opening_told, time_told
from eligibility.reporters.sentences import Sentences
from eligibility.vacancy import Vacancy
from eligibility.verdict import Closing, Outcome
from eligibility.wording import Words


class Asked(NamedTuple):
    """One criterion in words; `required` as the notice says it."""

    id: str
    label: str
    clause: str
    required: bool


class Offer(NamedTuple):
    """One vacancy in words. `days` are the days on which it closes, under each reading, the preferred one first; `safe_day` is the last one
    on which one is in time however the notice is read, and `due` says it in short; `left` is how long that is still, of each option
    where they close apart.

    `closed_but` says of a closed vacancy what an outcome would have been.
    """

    id: str
    title: str
    organisation: str
    days: tuple[int, ...]
    left: str
    closing: Closing
    deadline: str
    closed_but: Mapping[Outcome, str]
    criteria: tuple[Asked, ...]
    judged: tuple[Asked, ...]
    contact: str
    safe_day: int | None
    due: str
    by_option: bool

    def label(self, criterion: str) -> str:
        """What a criterion is called; its id where the vacancy does not know it."""
        return next((one.label for one in self.criteria if one.id == criterion), criterion)


def offers_of(about: About) -> tuple[Offer, ...]:
    """Every vacancy in words, in the order of the cells."""
    sentences = Sentences(about.words, about.reference)
    return tuple(_offer(vacancy, about, sentences) for vacancy in about.vacancies)


def _offer(vacancy: Vacancy, about: About, sentences: Sentences) -> Offer:
    """Labels and days are the same for everybody, so a profile that says nothing tells them."""
    words = about.words
    report = check(vacancy, Profile(), about.on, about.reference)
    ready = made_ready(vacancy, about.reference)
    deadline, closing = ready.deadline_on(day_there(about.on, ready.zone), NO_CHOICES), ready.asked_at(about.on)[1]
    days: tuple[int, ...] = ()
    closed_but: dict[Outcome, str] = {}
    if deadline is not None:
        days = (deadline.day, *(day for _, day, _, preferred in deadline.readings if not preferred))
        some = deadline.choice is not None and closing is not Closing.CLOSED
        closed = words.text("closed_with_option") if some else closed_on(report, words)
        closed_but = {outcome: words.text(f"closed_but.{outcome}", closed=closed) for outcome in Outcome}
    text = deadline_told(deadline, closing is Closing.CLOSED, words)
    if closing is Closing.DISPUTED:
        text += f" {closing_note(closing, deadline, words)}"
    if closing is not Closing.CLOSED and (opening := opening_told(opening_of(vacancy, about.on, ready.zone), words)):
        text += f" {opening}"
    return Offer(
        vacancy.id,
        words.of(vacancy.title),
        words.of(vacancy.organisation),
        days,
        "" if deadline is None else _left(deadline, closing, words),
        closing,
        text,
        closed_but,
        tuple(_asked(one, sentences) for one in report.findings),
        tuple(_asked(one, sentences) for one in report.judged),
        report.contact or "",
        None if deadline is None else safe_end(deadline)[0],
        _due(deadline, sentences),
        deadline is not None and deadline.choice is not None,
    )


def _due(deadline: Deadline | None, sentences: Sentences) -> str:
    """The last day on which one is in time, with its hour where the notice gives one; that of each option where options close apart."""
    words = sentences.words
    if deadline is None:
        return words.text("web.no_due")
    if deadline.choice is not None:
        return words.either(
            words.text("closes_with_option", closes=_moment(day, time, words), option=words.of(name))
            for name, day, time, _ in deadline.readings
        )
    return _moment(*safe_end(deadline), words)


def _left(deadline: Deadline, closing: Closing, words: Words) -> str:
    """How long a vacancy is still open, or that it is closed; for each option in turn where options close apart."""
    if closing is Closing.CLOSED:
        return words.text("outcome.closed")
    days = [deadline.days_left]
    if deadline.choice is not None:
        days = [day - deadline.day + deadline.days_left for _, day, _, _ in deadline.readings]
    told = [words.text("in_days", days=words.count("days", one)) if one else words.text("today") for one in days if one >= 0]
    return words.either(dict.fromkeys([*([words.text("outcome.closed")] if min(days) < 0 else []), *told]))


def _moment(number: int, time: str | None, words: Words) -> str:
    day = words.date(number)
    return day if time is None else words.text("web.day_and_time", day=day, time=time_told(time, words))


def _asked(finding: Finding, sentences: Sentences) -> Asked:
    return Asked(finding.id or "", sentences.label(finding), finding.clause or "", finding.importance == "required")
