"""When one may apply, as text for a terminal and as JSON.

Nothing is decided here; the stretches of days come from `eligibility.when`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from eligibility.dates import Days, birthday, on_calendar
from eligibility.reference import Reference
from eligibility.reporters import Style
from eligibility.reporters.asked import Asked
from eligibility.reporters.layout import command_lines, safe, wrapped
from eligibility.reporters.period import deadline_told
from eligibility.reporters.sentences import Sentences
from eligibility.reporters.text import MARKS, OUTCOME_MARK
from eligibility.vacancy import Vacancy
from eligibility.verdict import Cause, Closing, Outcome, Verdict
from eligibility.when import SCHEMA_VERSION, When, WhenCriterion, WhenVerdict, WhenWay
from eligibility.wording import Words


class Shown(NamedTuple):
    """What there is to show: one `When` per vacancy, and what sentences need of the profile."""

    found: Sequence[When]
    words: Words
    reference: Reference
    profile_name: str
    birth: Days | None
    vacancies: Sequence[Vacancy]
    unread: Sequence[str]
    style: Style
    value: Any
    not_understood: Mapping[str, str]
    asks: Sequence[str] = ()
    """The parts of the command that asks for what is missing, where there is one."""


def as_json(shown: Shown) -> str:
    """One JSON document: `schema_version`, `vacancies`, and the rule files that could not be read."""
    found = [one.model_dump(mode="json") for one in shown.found]
    document = {"schema_version": SCHEMA_VERSION, "vacancies": found, "unread": list(shown.unread)}
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def as_text(shown: Shown) -> str:
    """The text, ending in a newline."""
    return "".join(f"{line.rstrip()}\n" for line in _Writer(shown).lines())


class _Writer:
    def __init__(self, shown: Shown) -> None:
        self.shown, self.words = shown, shown.words
        self.sentences = Sentences(shown.words, shown.reference, shown.value, Asked(shown.vacancies, shown.reference), shown.not_understood)
        self.width = max(20, shown.style.width)

    def wrapped(self, text: str, first: str = "", rest: str | None = None) -> Iterator[str]:
        return wrapped(safe(text), self.width, first, rest)

    def lines(self) -> Iterator[str]:
        """The whole text."""
        name = self.shown.found[0].candidate if self.shown.found else None
        days = [self.words.date(day) for day in sorted({one.on for one in self.shown.found})]
        key = "when.title" if name else "when.title_without_name"
        yield from self.wrapped(self.words.text(key, name=name, day=self.words.either(days)))
        for one in sorted(self.shown.found, key=lambda one: not one.moves):
            yield ""
            yield from self._vacancy(one)
        if self.shown.unread:
            yield ""
            yield from self.wrapped(self.words.text("unread", n=len(self.shown.unread), number=len(self.shown.unread)).upper())
            for file in self.shown.unread:
                yield from self.wrapped(file, "- ", "  ")
        if self.shown.asks and any(map(_lacks_facts, self.shown.found)):
            yield ""
            yield from self.wrapped(self.words.text("next.ask"))
            yield from command_lines(self.shown.asks, "  ", self.width)
        yield ""
        yield from self.wrapped(self.words.text("footer.several", profile=self.shown.profile_name))

    def _vacancy(self, one: When) -> Iterator[str]:
        now = one.outcomes[0].outcome
        mark = MARKS[OUTCOME_MARK[now]][1 if self.shown.style.ascii else 0]
        title = self.words.of(one.title)
        organisation = self.words.of(one.organisation)
        yield from self.wrapped(f"{title}, {organisation}" if organisation else title, f"{mark} ", "    ")
        yield f"    {safe(one.vacancy)}"
        apart = any(way.deadline != one.deadline for way in one.ways)
        if not apart:
            yield from self.wrapped(deadline_told(one.deadline, one.closing == "closed", self.words), "    ")
        if one.sent:
            yield from self.wrapped(self.words.text("when.sent", day=self.words.date(one.on)), "    ")
        elif not one.moves:
            days = [self.sentences.days(days) for days in one.counted_on]
            key = "when.fixed_days" if days else "when.fixed"
            yield from self.wrapped(self.words.text(key, n=len(days), days=self.words.both(days)), "    ")
        for way in one.ways:
            yield from self._way(one, way, apart)

    def _way(self, one: When, way: WhenWay, apart: bool) -> Iterator[str]:
        if way.label is not None:
            yield from self.wrapped(self.words.text("when.way", label=self.words.of(way.label)), "    ")
        if apart and way.deadline is not None:
            yield from self.wrapped(deadline_told(way.deadline, way.deadline.days_left < 0, self.words), "    ")
        for outcome in way.outcomes:
            said = self.words.text(f"outcome.{outcome.outcome}")
            yield from self.wrapped(self._upper(self._days(said, outcome.first, outcome.last, one.on, None)), "    ")
        steady = [criterion for criterion in way.criteria if len(criterion.verdicts) == 1]
        for criterion in way.criteria:
            if len(criterion.verdicts) > 1 or (criterion.moves and criterion.verdicts[0].first is not None):
                yield from self._criterion(criterion, one)
            elif criterion.importance == "required" and criterion.verdicts[0].verdict in (Verdict.FAIL, Verdict.UNKNOWN):
                yield from self._same_always(criterion, one)
        if met := sum(criterion.importance == "required" and criterion.verdicts[0].verdict is Verdict.PASS for criterion in steady):
            yield from self.wrapped(self.words.text("when.met_always" if one.moves else "when.met", n=met, number=met), "    ")
        yield from self._next(one, way)

    def _criterion(self, criterion: WhenCriterion, one: When) -> Iterator[str]:
        """A criterion that changes with the day: its days, and why not where it is not met."""
        yield from self.wrapped(f"{self._label(criterion)}{self.words.text('colon')}", "    - ", "      ")
        for stretch in criterion.verdicts:
            said = self._days(self.words.text(f"verdict.{stretch.verdict}"), stretch.first, stretch.last, one.on, criterion.kind)
            text = self._upper(said)
            if stretch.verdict in (Verdict.FAIL, Verdict.UNKNOWN):
                there = "when.why_then" if stretch.first == stretch.on else "when.why"
                text = self.words.text(there, days=text, day=self.words.date(stretch.on), why=self._why(stretch))
            yield from self.wrapped(text, "        ", "          ")

    def _same_always(self, criterion: WhenCriterion, one: When) -> Iterator[str]:
        stretch = criterion.verdicts[0]
        key = "when.always" if one.moves else "when.said"
        said = self.words.text(f"verdict.{stretch.verdict}")
        text = self.words.text(key, label=self._label(criterion), verdict=said, why=self._why(stretch))
        yield from self.wrapped(text, "    - ", "      ")

    def _next(self, one: When, way: WhenWay) -> Iterator[str]:
        """What would have to change, or the day to wait for."""
        if one.sent or not one.moves or way.outcomes[0].outcome is Outcome.LIKELY_ELIGIBLE:
            return
        likely = next((outcome for outcome in way.outcomes if outcome.outcome is Outcome.LIKELY_ELIGIBLE), None)
        if likely is not None and likely.first is not None:
            yield from self.wrapped(self.words.text("when.wait", day=self.words.date(likely.first)), "    ")
            if way.deadline is not None and way.deadline.day < likely.first:
                yield from self.wrapped(self.words.text("when.too_late", closing=self.words.date(way.deadline.day)), "    ")
            return
        required = [criterion for criterion in way.criteria if criterion.importance == "required"]
        never = [one for one in required if {stretch.verdict for stretch in one.verdicts} <= {Verdict.FAIL, Verdict.UNKNOWN}]
        told = []
        for key, failing in (("when.change", True), ("when.tell", False)):
            labels = [self._label(one) for one in never if any(stretch.verdict is Verdict.FAIL for stretch in one.verdicts) is failing]
            if labels:
                told.append(self.words.text(key, criteria=self.words.both(labels)))
        yield from self.wrapped(
            " ".join([self.words.text("when.wait_in_vain"), *(told or [self.words.text("when.never_together")])]), "    "
        )

    def _label(self, criterion: WhenCriterion) -> str:
        return self.sentences.label(criterion.verdicts[0].finding)

    def _why(self, stretch: WhenVerdict) -> str:
        return self.sentences.reason(stretch.finding)

    def _days(self, said: str, first: int | None, last: int | None, on: int, kind: str | None) -> str:
        """An answer with its days: since when and until when."""
        since = first is not None and first <= on
        form = ("since" if since else "from" if first is not None else "") + ("_until" if last is not None else "")
        if first is not None and first == last:
            form = "one_day"
        shown = {"first": "" if first is None else self._day(first, kind), "last": "" if last is None else self._day(last, kind)}
        return self.words.text(f"when.days.{form or 'always'}", answer=said, **shown)

    def _day(self, day: int, kind: str | None) -> str:
        """A day; of an age, with the birthday that it is, or is the eve of."""
        text = self.words.date(day)
        birth = self.shown.birth
        if kind != "age" or birth is None or not birth.exact:
            return text
        for shift, key in ((0, "when.birthday"), (1, "when.eve")):
            years = on_calendar(day + shift).year - on_calendar(birth.first).year
            if years > 0 and birthday(birth.first, years, "mar1") == birthday(birth.first, years, "feb28") == day + shift:
                return self.words.text(key, day=text, years=years)
        return text

    @staticmethod
    def _upper(text: str) -> str:
        return text[:1].upper() + text[1:]


def _lacks_facts(one: When) -> bool:
    """Whether something that is required could be told, if the profile said more, while one can still apply."""
    if one.closing is Closing.CLOSED or one.sent:
        return False
    required = (criterion for way in one.ways for criterion in way.criteria if criterion.importance == "required")
    told = (stretch for criterion in required for stretch in criterion.verdicts)
    return any(stretch.verdict is Verdict.UNKNOWN and Cause.MISSING_FACT in stretch.finding.causes for stretch in told)
