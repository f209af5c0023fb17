"""A vacancy in plain words, before anybody has a profile: what each criterion asks, of whom, counted when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eligibility.criteria.age import Age
from eligibility.criteria.base import Always, Criterion
from eligibility.criteria.bounds import Bound, Quantity
from eligibility.criteria.filters import DateIn, Filter, Flag, FullTime, HeldInto, Terms
from eligibility.criteria.filters_languages import LanguageLevel, LanguageOf, Scores
from eligibility.criteria.filters_places import Places
from eligibility.criteria.groups import Group, Met, Together
from eligibility.criteria.moments import Edge, Moment, Window
from eligibility.criteria.question import RecordQuestion
from eligibility.criteria.statements import Choice, Declared, OnDay
from eligibility.dates import Days, Length
from eligibility.reference import Reference
from eligibility.reporters.layout import safe, wrapped
from eligibility.reporters.sentences import Sentences
from eligibility.vacancy import Parsed, Vacancy
from eligibility.wording import Words


class Describer:
    """Puts the criteria of one vacancy into words."""

    def __init__(self, vacancy: Vacancy, words: Words, reference: Reference, width: int, ascii_only: bool = False) -> None:
        self.vacancy = vacancy
        self.parsed: Parsed = vacancy.parsed(reference)
        self.words = words
        self.reference = reference
        self.sentences = Sentences(words, reference)
        self.width = width
        self.judged_mark = "~"
        self.bullet = "-" if ascii_only else "–"

    def lines(self) -> Iterator[str]:
        """The whole vacancy, ready to print."""
        words = self.words
        yield from self._wrap(words.of(self.vacancy.title))
        if self.vacancy.organisation:
            yield from self._wrap(words.of(self.vacancy.organisation))
        yield safe(self.vacancy.id)
        if "deadline" in self.vacancy.dates:
            yield from self._wrap(closing_words(self.vacancy, words, self.reference))
        if self.parsed.assumed and self.parsed.default_day is not None:
            yield from self._wrap(words.text("show.assumed", day=self.moment(self.parsed.default_day)))
        for importance in ("required", "desirable"):
            criteria = [one for one in self.parsed.criteria if one.common.importance == importance and one.kind != "judged"]
            if not criteria:
                continue
            yield ""
            yield from self._wrap(f"{words.text(f'show.{importance}').upper()} ({len(criteria)})")
            for criterion in criteria:
                yield from self.criterion(criterion, "")
        judged = [one for one in self.parsed.criteria if one.kind == "judged"]
        if judged:
            yield ""
            yield from self._wrap(words.text("section.judged", number=len(judged)))
            for one in judged:
                yield from self._wrap(
                    self.label(one) + (f" ({one.common.clause})" if one.common.clause else ""), f"{self.judged_mark} ", "  "
                )
        if self.vacancy.information:
            yield ""
            yield from self._wrap(words.text("section.information").upper())
            for piece in self.vacancy.information:
                clause = f" ({piece.clause})" if piece.clause else ""
                yield from self._wrap(words.of(piece.label) + clause, f"{self.bullet} ", "  ")

    def criterion(self, criterion: Criterion, indent: str) -> Iterator[str]:
        """One criterion: its label, then what it asks, then how else it can be read or met."""
        common = criterion.common
        if common.label:
            yield from self._wrap(self.label(criterion), f"{indent}{self.bullet} ", f"{indent}  ")
            inner = f"{indent}    "
        else:
            inner = f"{indent}{self.bullet} "
        rest = indent + "    " if common.label else indent + "  "
        if common.readings:
            yield from self._wrap(self.words.text("show.readings"), inner, rest)
            for name, preferred, reading in common.readings:
                mark = f" ({self.words.text('show.preferred')})" if preferred else ""
                yield from self._wrap(f"{self.words.of(name)}{mark}", f"{rest}{self.bullet} ", f"{rest}  ")
                yield from self._asked(reading, f"{rest}  ", f"{rest}  ")
        else:
            yield from self._asked(criterion, inner, rest)
        for key, other in (("show.when", common.when), ("show.unless", common.unless), ("show.derogation", common.derogation)):
            if other is not None:
                yield from self._wrap(self.words.text(key), rest)
                yield from self.criterion(other, f"{rest}  ")
        if common.source is not None:
            status = self.words.text(f"source.{common.source.get('status', 'unverified')}")
            yield from self._wrap(self.words.text("from_outside", source=self.words.of(common.source.get("name")), status=status), rest)
        if common.clause:
            yield from self._wrap(self.words.text("show.clause", clause=common.clause), rest)

    def _asked(self, criterion: Criterion, first: str, rest: str) -> Iterator[str]:
        if isinstance(criterion, Group):
            key = f"show.{criterion.kind}"
            yield from self._wrap(self.words.text(key, n=criterion.how_many, number=criterion.how_many), first, rest)
            for member in criterion.members:
                yield from self.criterion(member, rest)
            return
        if isinstance(criterion, Together):
            yield from self._wrap(self.words.text("show.together"), first, rest)
            for part in criterion.members:
                yield from self._wrap(self.asks(part), f"{rest}{self.bullet} ", f"{rest}  ")
            return
        yield from self._wrap(self.asks(criterion), first, rest)

    def _wrap(self, text: str, first: str = "", rest: str | None = None) -> Iterator[str]:
        return wrapped(safe(text), self.width, first, rest)

    def label(self, criterion: Criterion) -> str:
        text = self.words.of(criterion.common.label) or self.sentences.kind(criterion.kind)
        return text[:1].upper() + text[1:]

    # ------------------------------------------------------------------------------------ one question

    def asks(self, criterion: Criterion) -> str:
        """What a single criterion asks, in one sentence."""
        parts: list[str] = []
        if isinstance(criterion, RecordQuestion):
            parts = [self.sentences.kind(criterion.kind), *self._question(criterion)]
        elif isinstance(criterion, Age):
            parts = [self.sentences.kind("age"), *(self.bound(one, "years") for one in criterion.bounds)]
            if criterion.born is not None:
                parts.append(self.words.text("show.born", window=self.window(criterion.born)))
            if criterion.counted != "completed_years":
                parts.append(self.words.text(f"show.{criterion.counted}"))
        elif isinstance(criterion, Met):
            return self.words.text("show.met", label=self.label(self.parsed.conditions[criterion.target]))
        elif isinstance(criterion, Choice):
            return self.words.text("show.choice", options=self.words.either(self._options(criterion)))
        elif isinstance(criterion, OnDay):
            return self.words.text("show.day", day=self.moment(criterion.moment), window=self.window(criterion.window))
        elif isinstance(criterion, Always):
            return self.words.text("asset")
        elif isinstance(criterion, Declared):
            return self.words.text("show.kind.declared", fact=criterion.fact, value=str(criterion.equals).lower())
        else:
            return self.words.text(f"show.kind.{criterion.kind}")
        text = self.words.text("list_separator").join(part for part in parts if part)
        if criterion.as_of is not None and criterion.as_of is not self.parsed.default_day:
            text += " " + self.words.text("show.counted_on", day=self.moment(criterion.as_of))
        if criterion.throughout is not None:
            first, last = (self.moment(one) for one in criterion.throughout)
            text += " " + self.words.text("show.throughout", first=first, last=last)
        return text[:1].upper() + text[1:] + "."

    def _options(self, choice: Choice) -> list[str]:
        known = self.vacancy.choices[choice.choice].options or {}
        return [self.words.of(known.get(option)) or option for option in choice.options]

    def _question(self, question: RecordQuestion) -> Iterator[str]:
        for bound in question.bounds:
            yield self.bound(bound)
        for one in question.filters:
            yield self.filter(one)
        for demand in question.different:
            yield self.words.text("show.and_one", demand=self.words.text("list_separator").join(self.filter(one) for one in demand))
        if question.during is not None and not any(isinstance(one, HeldInto) and one.until is question.during for one in question.filters):
            yield self.window(question.during)
        for excluded in question.other_than:
            yield self.words.text("show.other_than", what=self.words.text("list_separator").join(self.filter(one) for one in excluded))
        if question.gaps is not None:
            yield self.words.text("show.unbroken")
        if question.absence_rule is not None:
            yield self.words.text("show.absence_rule")
        if question.whose:
            yield self.words.text(
                "show.whose",
                who=self.words.either(self.reference.label("relations", one, self.words.language) for one in question.whose),
            )
        if question.whole is not None:
            yield self.words.text("show.whole", amount=self.quantity(question.whole))

    def bound(self, bound: Bound, unit: str | None = None) -> str:
        if bound.quantity is None:
            assert bound.by is not None
            values = (f"{option} {self.words.text('equals')} {self.quantity(value)}" for option, value in bound.by[1].items())
            return self.words.text(bound.operator, value=self.words.text("show.by_choice", values=", ".join(values)))
        value = self.words.count(unit, bound.quantity.amount) if unit else self.quantity(bound.quantity)
        if bound.quantity.measure == "count" and bound.quantity.amount == 0:
            return self.words.text("show.never")
        text = self.words.text(bound.operator, value=value)
        return f"{text} ({self.words.text('show.extended')})" if bound.extended else text

    def quantity(self, quantity: Quantity) -> str:
        if isinstance(quantity.amount, Length):
            return self.sentences.length(quantity.amount)
        if quantity.measure in ("hours", "credits"):
            return self.words.count(quantity.measure, quantity.amount)
        if quantity.measure == "count":
            return self.words.count("times", quantity.amount)
        if quantity.measure.startswith("money:"):
            return f"{self.words.number(quantity.amount)} {quantity.measure[6:]}"
        return self.words.number(quantity.amount)

    def filter(self, one: Filter) -> str:
        """One filter as `name: value`."""
        name = self.words.first([f"bare.{one.attribute}", f"attribute.{one.attribute}", "attribute.other"], name=one.attribute)
        return self.words.text("name_and_value", name=name, value=self._wanted(one))

    def _wanted(self, one: Filter) -> str:
        words, language = self.words, self.words.language
        if isinstance(one, DateIn):
            return self.window(one.window)
        if isinstance(one, LanguageLevel):
            level = one.wanted.get("at_least")
            text = words.text("at_least", value=level) if level else self.reference.label("said", str(one.wanted["said"]), language)
            return text + (f" ({words.both(words.text(f'skill.{skill}') for skill in one.skills)})" if len(one.skills) < 5 else "")
        if isinstance(one, Scores):
            return words.either(f"{self.reference.label('tests', test, language)} {score:g}" for test, score in one.wanted.items())
        if isinstance(one, LanguageOf):
            if len(one.wanted) > 6:
                return words.text("show.official_languages")
            return words.either(self.reference.label("language", code, language) for code in one.wanted)
        if isinstance(one, Places):
            names = [self.reference.label("place", place, language) for place in one.wanted]
            names += [self.reference.label("place", place, language) for place, _, _ in one.listed]
        elif isinstance(one, Terms):
            vocabulary = one.tree or one.vocabulary or ""
            names = [self.reference.label(vocabulary, term, language) for term in one.wanted]
        elif isinstance(one, Flag | FullTime):
            return words.text("yes" if one.wanted else "no")
        else:
            return self._plain(one)
        text = words.either(names) if one.chosen is None else words.text("show.chosen", name=one.chosen)
        if one.excluded:
            text = words.text("show.except", what=text)
        return f"{text} {words.text('show.open_ended')}" if getattr(one, "open_ended", False) else text

    def _plain(self, one: Any) -> str:
        bounds = getattr(one, "bounds", ())
        if bounds:
            flat = [bound if isinstance(bound, Bound) else bound[1] for bound in bounds]
            return self.words.both(self.bound(bound) for bound in flat)
        if not isinstance(one.wanted, tuple):
            return str(one.wanted)
        return self.words.either(self._level(value) if one.attribute == "level" else value for value in one.wanted)

    def _level(self, level: Any) -> str:
        """A level of the European framework with its name."""
        named = f"eqf.{level}" in self.words
        return self.words.text("show.eqf", level=level, name=self.words.text(f"eqf.{level}")) if named else str(level)

    # -------------------------------------------------------------------------------------------- days

    def moment(self, moment: Moment) -> str:
        """A named day with its date, a date, or the date of a record."""
        if moment.literal is not None:
            return self.sentences.days(moment.literal)
        if moment.record is not None:
            return self.words.text(
                "show.date_of",
                what=self.words.text("list_separator").join([self.sentences.kind(moment.record.kind), *self._question(moment.record)]),
            )
        name = self.words.first([f"moment.{moment.name}", "moment.other"], name=moment.name)
        known = self.vacancy.dates.get(str(moment.name))
        if known is None or known.days is None:
            return name
        return self.words.text("show.named_day", name=name, day=self.sentences.days(known.days))

    def window(self, window: Window) -> str:
        if window.records is not None:
            return self.words.text("show.while", what=self.asks(window.records))
        if len(window.lower) == len(window.upper) == 1 and window.lower[0].length is not None and window.lower[0].before:
            lower, upper = window.lower[0], window.upper[0]
            if upper.length is None and not upper.included and upper.moment == lower.moment:  # `within: 2 years, before: start`
                length = self.sentences.length(window.lower[0].length)
                return self.words.text("show.within_before", length=length, day=self.moment(lower.moment))
        return self.words.text("list_separator").join([
            *(self._edge(edge, "after" if edge.length is None else "") for edge in window.lower),
            *(self._edge(edge, "before" if edge.length is None else "") for edge in window.upper),
        ])  # fmt: skip

    def _edge(self, edge: Edge, side: str) -> str:
        day = self.moment(edge.moment)
        if edge.length is not None:
            key = "show.distance_before" if edge.before else "show.distance_after"
            return self.words.text(key, length=self.sentences.length(edge.length), day=day)
        if edge.included:
            side = {"after": "from", "before": "to"}[side]
        return self.words.text(f"show.edge.{side}", day=day)


def closing_words(vacancy: Vacancy, words: Words, reference: Reference) -> str:
    """When a vacancy closes, said without knowing today."""
    sentences = Sentences(words, reference)
    closings = vacancy.dates["deadline"].closings
    texts = []
    for closing in closings:
        day = words.date(closing.day, weekday=True)
        zone = words.first([f"zone.{vacancy.time_zone(reference)}", "zone.other"], zone=vacancy.time_zone(reference))
        text = (
            words.text("show.closes", day=day)
            if closing.time is None
            else words.text("show.closes_at", day=day, time=sentences.time(closing.time), zone=zone)
        )
        texts.append(f"{text} ({words.of(closing.name)})" if closing.name else text)
    if not texts:
        return sentences.days(vacancy.dates["deadline"].days or Days(1, 1))
    return words.text("show.closing", closings=words.either(texts))
