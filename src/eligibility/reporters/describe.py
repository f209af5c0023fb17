"""A vacancy in plain words, before anybody has a profile: what each criterion asks, of whom, counted when."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import Any

from eligibility.dates import FOREVER, LONG_AGO, OF_MONTHS, Length
from eligibility.question.filters import (
    ANY_SCALE,
    WORD,
    Flag,
    FullTime,
    GradeFilter,
    HeldInto,
    LanguageLevel,
    LanguageOf,
    Places,
    Scores,
    Tags,
    Terms,
    ValidScores,
)
from eligibility.question.grammar import DAY_OF_SPAN, Bound, Cap, Criterion, DateIn, Edge, Extension, Filter, Moment, Records, Window
from eligibility.question.others import Age, Always, Choice, Declared, Duration, Group, Met, OnDay, Together
from eligibility.question.quantity import Quantity
from eligibility.question.table import AGE, OLDEST, Cell, Column, Range, Table
from eligibility.reading.lists import listed_words
from eligibility.reference import Reference
from eligibility.reporters.amounts_told import length_told
from eligibility.reporters.layout import safe, wrapped
from eligibility.reporters.period import closing_words, named_day_told, opening_words
from eligibility.reporters.sentences import Sentences
from eligibility.vacancy import Parsed, Vacancy
from eligibility.wording import Words

_UNITS = {"rate": "percent", "years": "years"}
"""What filters count that compare plain numbers, where the name of the filter does not say it."""


class Describer:
    """Puts the criteria of one vacancy into words."""

    def __init__(self, vacancy: Vacancy, words: Words, reference: Reference, width: int, ascii_only: bool = False) -> None:
        self.vacancy = vacancy
        self.parsed: Parsed = vacancy.parsed(reference)
        self.words = words
        self.reference = reference
        self.sentences = Sentences(words, reference)
        self.own = {
            str(entry["id"]): words.of(entry["label"])
            for entries in vacancy.lists.values()
            for entry in (entries if isinstance(entries, list) else ())
            if isinstance(entry, dict) and isinstance(entry.get("label"), dict) and str(entry.get("id")) in listed_words(vacancy.lists)
        }
        """What the vacancy's own words are called."""
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
        if opening := opening_words(self.vacancy, words, self.reference):
            yield from self._wrap(opening)
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
                by = other.common.granted_by
                said = self.words.text(key) if by is None else self.words.text(f"{key}_by", authority=self.words.of(by))
                yield from self._wrap(said, rest)
                yield from self.criterion(other, f"{rest}  ")
        if common.source is not None:
            status = self.words.text(f"source.{common.source.get('status', 'unverified')}")
            yield from self._wrap(self.words.text("from_outside", source=self.words.of(common.source.get("name")), status=status), rest)
            if common.source.get("url"):
                yield from self._wrap(str(common.source["url"]), rest)
        if common.quote:
            yield from self._wrap(self.words.text("show.quote", quote=common.quote), rest)
        if common.question:
            yield from self._wrap(self.words.text("show.question", question=self.words.of(common.question)), rest)
        if common.advice:
            yield from self._wrap(self.words.text("show.advice", advice=self.words.of(common.advice)), rest)
        if common.proof:
            papers = self.words.text("list_separator").join(self.words.of(one) for one in common.proof)
            yield from self._wrap(self.words.text("show.proof", papers=papers), rest)
        if common.clause:
            yield from self._wrap(self.words.text("show.clause", clause=common.clause), rest)

    def _asked(self, criterion: Criterion, first: str, rest: str) -> Iterator[str]:
        if isinstance(criterion, Group) and criterion.choice:
            yield from self._wrap(self.heading(criterion), first, rest)
            for option, member in self._options(criterion):
                yield from self._wrap(f"{option}{self.words.text('colon')}", f"{rest}{self.bullet} ", f"{rest}  ")
                yield from self._asked(member, f"{rest}  ", f"{rest}  ")
            return
        if isinstance(criterion, Group):
            yield from self._wrap(self.heading(criterion), first, rest)
            for member in criterion.members:
                yield from self.criterion(member, rest)
            return
        if isinstance(criterion, Together):
            yield from self._wrap(self.words.text("show.together"), first, rest)
            for part in criterion.members:
                yield from self._wrap(self.asks(part), f"{rest}{self.bullet} ", f"{rest}  ")
            return
        yield from self._wrap(self.asks(criterion), first, rest)

    def heading(self, group: Group) -> str:
        if group.choice:
            return self.words.text("show.by", options=self.words.either(option for option, _ in self._options(group)))
        text = self.words.text(f"show.{group.kind}", n=group.how_many, number=group.how_many)
        return text if group.same is None else f"{text} {self.words.text(f'show.same.{group.same}')}"

    def _options(self, group: Group) -> Iterator[tuple[str, Criterion]]:
        """What is asked for each option of a choice, by what the option is called."""
        called = self.vacancy.choices[group.choice].options or {}
        for option, member in zip(group.options, group.members, strict=True):
            yield self.words.of(called.get(option)) or option, member

    def brief(self, criterion: Criterion) -> str:
        """What a criterion asks, groups included, within a sentence."""
        if isinstance(criterion, Group) and criterion.choice:
            told = [f"{option}{self.words.text('colon')} {self.brief(member)}" for option, member in self._options(criterion)]
            return f"{self.heading(criterion)} {' / '.join(told)}"
        if isinstance(criterion, Group):
            return f"{self.heading(criterion)} {' / '.join(self.brief(one) for one in criterion.members)}"
        if isinstance(criterion, Together):
            return f"{self.words.text('show.together')} {' / '.join(self.brief(one) for one in criterion.members)}"
        return self.asks(criterion).rstrip(".")

    def _wrap(self, text: str, first: str = "", rest: str | None = None) -> Iterator[str]:
        return wrapped(safe(text), self.width, first, rest)

    def label(self, criterion: Criterion) -> str:
        text = self.words.of(criterion.common.label) or self.sentences.kind(criterion.kind)
        return text[:1].upper() + text[1:]

    # ------------------------------------------------------------------------------------ one question

    def asks(self, criterion: Criterion) -> str:
        """What a single criterion asks, in one sentence."""
        parts: list[str] = []
        if isinstance(criterion, Records):
            parts = [self.sentences.kind(criterion.kind), *self._question(criterion)]
        elif isinstance(criterion, Age):
            parts = [self.sentences.kind("age"), *(self.bound(one, "months" if criterion.months else "years") for one in criterion.bounds)]
            if criterion.born is not None:
                parts.append(self.words.text("show.born", window=self.window(criterion.born)))
            if criterion.counted != "completed_years":
                parts.append(self.words.text(f"show.{criterion.counted}"))
        elif isinstance(criterion, Met):
            text = self.words.text("show.met", label=self.label(self.parsed.conditions[criterion.target]))
            return text + (self._on_another(criterion.day) if (criterion.target, criterion.day) in self.parsed.on_other_days else "")
        elif isinstance(criterion, Choice):
            text = self.words.text("show.choice", options=self._chosen(criterion))
            return text + self._on_another(criterion.as_of)
        elif isinstance(criterion, OnDay):
            text = self.words.text("show.day", day=self.moment(criterion.moment), window=self.window(criterion.window))
            return text[:1].upper() + text[1:]
        elif isinstance(criterion, Duration):
            bounds = self.words.both(self.bound(one) for one in criterion.bounds)
            return self.words.text("show.duration", first=self.moment(criterion.first), last=self.moment(criterion.last), bounds=bounds)
        elif isinstance(criterion, Always):
            return self.words.text("asset")
        elif isinstance(criterion, Declared):
            if criterion.bounds:
                bounds = self.words.both(self.bound(one) for one in criterion.bounds)
                return self.words.text("show.kind.declared.number", fact=criterion.fact, bounds=bounds)
            return self.words.text("show.kind.declared", fact=criterion.fact, value=str(criterion.equals).lower())
        else:
            return self.words.text(f"show.kind.{criterion.kind}")
        text = self.words.text("list_separator").join(part for part in parts if part)
        text += self._on_another(criterion.as_of)
        if criterion.throughout is not None:
            first, last = (self.moment(one) for one in criterion.throughout)
            text += " " + self.words.text("show.throughout", first=first, last=last)
        return text[:1].upper() + text[1:] + "."

    def _on_another(self, day: Moment | None) -> str:
        """That a day is another one than the vacancy's; of each day of a span the criterion says it once."""
        usual = self.parsed.default_day
        if day is None or day.name == DAY_OF_SPAN or (usual is not None and self.moment(day) == self.moment(usual)):
            return ""
        return " " + self.words.text("show.counted_on", day=self.moment(day))

    def _chosen(self, choice: Choice) -> str:
        """The options or the countries asked for."""
        if choice.where is not None:
            return self._wanted(choice.where)
        known = self.vacancy.choices[choice.choice].options or {}
        text = self.words.either(self.words.of(known.get(option)) or option for option in choice.options)
        text = self.words.text("show.chosen", name=choice.other) if choice.other else text
        return self.words.text("show.except", what=text) if choice.excluded else text

    def _question(self, question: Records) -> Iterator[str]:
        if question.take:
            yield self.words.text(f"show.take.{question.take}")
        for bound in question.bounds:
            none = bound.quantity is not None and bound.quantity.measure == "count" and bound.quantity.amount == 0
            unit = "relatives" if question.of_relatives else None
            yield self.words.text("show.none_then") if none and question.on_day and question.during is None else self.bound(bound, unit)
        for one in question.filters:
            yield self.filter(one, question.kind)
        for demand in question.different:
            yield self.words.text(
                "show.and_one", demand=self.words.text("list_separator").join(self.filter(one, question.kind) for one in demand)
            )
        for demand in question.among:
            told = self.words.text("list_separator").join(self.filter(one, question.kind) for one in demand)
            yield self.words.text("show.among_them", demand=told)
        if question.sittings is not None:
            yield self.words.text("show.sittings", n=question.sittings, number=question.sittings)
        if question.during is not None and not any(isinstance(one, HeldInto) and one.until is question.during for one in question.filters):
            yield self.window(question.during)
        for bound in question.each:
            yield self.words.text("show.each", bound=self.bound(bound))
        for excluded in question.other_than:
            yield self.words.text(
                "show.other_than", what=self.words.text("list_separator").join(self.filter(one, question.kind) for one in excluded)
            )
        if question.since is not None:
            yield self._from(question.since)
        for cap in question.limits:
            yield self._cap("show.limit", cap)
        for cap in question.also:
            here = question.kind == "residence" and cap.at_most is None and f"show.including.{cap.question.kind}" in self.words
            yield self.words.text(f"show.including.{cap.question.kind}") if here else self._cap("show.also", cap)
        if question.absence_rule is not None:
            yield self.words.text("show.absence_rule")
        if question.part_time != "pro_rata":
            yield self.words.text(f"show.part_time.{question.part_time}")
        if question.full_week is not None:
            yield self.words.text("show.full_week", hours=self.words.count("hours", question.full_week))
        if question.counted is not None:
            yield self.words.text(f"show.months.{question.counted}")
        if question.periods is not None:
            yield self.words.text("show.periods", n=question.periods, number=question.periods)
        if question.expected:
            yield self.words.text("show.expected")
        if question.any_date_of:
            names = [self.words.text(f"show.date.{name}") for name in question.any_date_of]
            yield self.words.text("show.any_date_of", names=self.words.either(names))
        if question.gaps is not None:
            yield self._gaps(*question.gaps)
        for part in question.of_which:
            asked = [*map(self.bound, part.bounds), *(self.filter(one, question.kind) for one in part.filters)]
            yield self.words.text("show.of_which", part=self.words.text("list_separator").join(asked))
        if question.of_both:
            yield self.words.text("show.both_parents")
        elif question.whose:
            yield self.words.text(
                "show.whose",
                who=self.words.either(self.reference.label("relations", one, self.words.language) for one in question.whose),
            )
        if question.whole is not None:
            yield self.words.text("show.whole", amount=self.quantity(question.whole))
        if question.beyond is not None:
            yield self.words.text("show.beyond", amount=self.quantity(question.beyond))

    def _cap(self, key: str, cap: Cap) -> str:
        """Records that count up to a length only."""
        named = [] if key == "show.limit" else [self.sentences.kind(cap.question.kind)]
        what = self.words.text("list_separator").join([*named, *self._question(cap.question)])
        return self.words.text(key, what=what) + self._up_to(cap.at_most)

    def _up_to(self, length: Length | None) -> str:
        return "" if length is None else f" ({self.words.text('show.up_to', length=length_told(length, self.words))})"

    def _gaps(self, each: tuple[Bound, ...], together: int) -> str:
        parts = [self.words.text("show.each_gap", bound=self.bound(one)) for one in each]
        if (each and together < FOREVER) or together:
            days = self.words.count("days", together) if together < FOREVER else ""
            parts += [self.words.text("show.all_gaps", days=days)] if days else []
        return self.words.text("show.unbroken") + (f" ({self.words.text('list_separator').join(parts)})" if parts else "")

    def _in_unit(self, quantity: Quantity, unit: str | None) -> str:
        """A quantity; an age, which says no unit, in years or in months."""
        if unit == "months":
            return length_told(Length(quantity.amount), self.words)
        if unit == "percent":
            return self.words.text("percent", number=self.words.number(quantity.amount))
        return self.words.count(unit, quantity.amount) if unit else self.quantity(quantity)

    def _extensions(self, extended: tuple[Extension, ...], unit: str | None = None) -> Iterator[str]:
        """What moves a limit, piece by piece."""
        for one in extended:
            question = one.per or one.of
            what = "" if question is None else self.words.text("list_separator").join(
                [self.sentences.kind(question.kind), *self._question(question)]
            )  # fmt: skip
            if one.largest:
                ways = self.words.text("show.extension.or").join(self._extensions(one.largest, unit))
                if one.per is None:
                    yield self.words.text("show.extension.largest", ways=ways) + self._up_to(one.up_to)
                else:
                    each = self.words.text("show.extension.largest_each", what=what, ways=ways)
                    most = None if one.up_to is None else length_told(one.up_to, self.words)
                    yield each if most is None else f"{each}, {self.words.text('show.extension.in_all', length=most)}"
            elif one.when is not None and one.to is not None:
                to = Length(one.to) if unit == "months" else one.to
                value = length_told(to, self.words) if isinstance(to, Length) else self.words.number(to)
                yield self.words.text("show.extension.to", value=value, what=self.brief(one.when))
            elif one.add is not None:
                length = length_told(one.add, self.words)
                more = self.words.text("show.extension.once", length=length)
                more = (
                    more if question is None else self.words.text("show.extension.per", length=length, what=what) + self._up_to(one.up_to)
                )
                yield more if one.when is None else self.words.text("show.extension.when", more=more, what=self.brief(one.when))
            else:
                yield self.words.text("show.extension.of", what=what) + self._up_to(one.up_to)

    def _table(self, table: Table) -> str:
        """The lines of a table: `45 where height_cm is at least 150 and less than 160, age less than 30`."""
        lines = []
        for line in table.lines:
            cells = [self._cell(column, line.cells[column.name]) for column in table.columns if column.name in line.cells]
            lines.append(self.words.text("show.line", limit=self.words.number(line.limit), cells=", ".join(cells)))
        return self.words.text("show.by_table", table=table.name, lines=self.words.text("list_separator").join(lines))

    def _cell(self, column: Column, cell: Cell) -> str:
        """What a line asks of a column."""
        name = self.sentences.column(column.name, column.label)
        if isinstance(cell, Range):
            low = self.words.text("more_than" if cell.without_low else "at_least", value=self.words.number(cell.low))
            high = self.words.text("less_than" if cell.without_high else "at_most", value=self.words.number(cell.high))
            most = OLDEST if column.sort == AGE else inf
            ends = [low] if (cell.low, cell.without_low) != (0, False) else []
            ends += [high] if cell.high < most else []
            return f"{name} {self.words.number(cell.low) if cell.low == cell.high else self.words.both(ends)}"
        if column.sort == "truth":
            return f"{name}{self.words.text('colon')} {self.words.text('yes' if cell[0] else 'no')}"
        known = self.vacancy.choices[column.name].options or {}
        return self.words.either(self.words.of(known.get(option)) or option for option in cell)

    def bound(self, bound: Bound, unit: str | None = None) -> str:
        if bound.table is not None:
            return self.words.text(bound.operator, value=self._table(bound.table))
        if bound.quantity is None:
            assert bound.by is not None
            choice = self.vacancy.choices.get(bound.by[0])
            names = (choice.options if choice is not None else None) or {}
            equals = self.words.text("equals")
            called = {option: self.words.of(names.get(option)) or option for option in bound.by[1]}
            values = [f"{called[option]} {equals} {self._in_unit(value, unit)}" for option, value in bound.by[1].items()]
            value = self.words.text("show.by_choice", values=", ".join(values))
        else:
            value = self._in_unit(bound.quantity, unit)
            if bound.quantity.measure == "count" and bound.quantity.amount == 0:
                return self.words.text("show.never")
        text = self.words.text(bound.operator, value=value)
        moved = [*self._extensions(bound.extended, unit)]
        if bound.never_beyond is not None:
            moved.append(self.words.text("limit.never_beyond", value=self._in_unit(bound.never_beyond, unit)))
        if not moved:
            return text
        return f"{text} ({self.words.text('show.extended', parts=self.words.text('list_separator').join(moved))})"

    def quantity(self, quantity: Quantity) -> str:
        if isinstance(quantity.amount, Length):
            return length_told(quantity.amount, self.words)
        if quantity.measure in ("hours", "credits"):
            return self.words.count(quantity.measure, quantity.amount)
        if quantity.measure == "count":
            return self.words.count("times", quantity.amount)
        if quantity.measure == WORD:
            return quantity.text
        if quantity.measure == "percent":
            return self.words.text("percent", number=self.words.number(quantity.amount))
        if quantity.measure.startswith("money:"):
            return f"{self.words.number(quantity.amount)} {quantity.measure[6:]}"
        return self.words.number(quantity.amount)

    def filter(self, one: Filter, kind: str) -> str:
        """One filter of a kind as `name: value`: the mark of a degree, the grade of a post."""
        names = [f"bare.{kind}.{one.attribute}", f"bare.{one.attribute}", f"attribute.{one.attribute}", "attribute.other"]
        name = self.words.first(names, name=one.attribute)
        return self.words.text("name_and_value", name=name, value=self._wanted(one))

    def _wanted(self, one: Filter) -> str:
        words, language = self.words, self.words.language
        if isinstance(one, DateIn):
            return self.window(one.window)
        if isinstance(one, LanguageLevel):
            level = one.wanted.get("at_least")
            text = (
                self.bound(one.by)
                if one.by
                else words.text("at_least", value=level)
                if level
                else self.reference.label("said", str(one.wanted["said"]), language)
            )
            return text + (f" ({words.both(words.text(f'skill.{skill}') for skill in one.skills)})" if len(one.skills) < 5 else "")
        if isinstance(one, Scores):
            told = words.either(self._result(test, bound) for test, bound in one.bounds)
            return words.text("show.valid", tests=told) if isinstance(one, ValidScores) else told
        if isinstance(one, LanguageOf):
            codes = list(one.wanted)
            names = []
            if set(codes) >= (official := set(self.reference.languages_of("EU"))):
                codes = [code for code in codes if code not in official]
                names.append(words.text("show.official_languages"))
            names += [self.reference.label("language", code, language) for code in codes]
        elif isinstance(one, Places):
            names = [self.reference.label("place", place, language) for place in one.wanted]
            names += [self._listed(*entry) for entry in one.listed]
        elif isinstance(one, Terms):
            vocabulary = one.tree or one.vocabulary or ""
            names = [self.own.get(term) or self.reference.label(vocabulary, term, language) for term in one.wanted]
        elif isinstance(one, Flag | FullTime):
            return words.text("yes" if one.wanted else "no")
        elif isinstance(one, Tags):
            names = [self.own.get(term, term) for term in one.wanted]
            if one.every and one.chosen is None and not one.excluded:
                return words.both(names)
        else:
            return self._plain(one)
        text = words.either(names) if one.chosen is None else words.text("show.chosen", name=one.chosen)
        if one.excluded:
            text = words.text("show.except", what=text)
        return f"{text} {words.text('show.open_ended')}" if getattr(one, "open_ended", False) else text

    def _listed(self, place: str, first: int, last: int) -> str:
        """A country of a list, with the days on which it comes and goes."""
        name = self.reference.label("place", place, self.words.language)
        days = []
        if first > LONG_AGO:
            days.append(self.words.text("show.edge.from", day=self.words.text("moment.of.date", day=self.words.date(first))))
        if last < FOREVER:
            days.append(self.words.text("show.edge.to", day=self.words.text("moment.to.date", day=self.words.date(last))))
        return f"{name} ({self.words.text('list_separator').join(days)})" if days else name

    def _plain(self, one: Any) -> str:
        if isinstance(one, GradeFilter):
            return self._marks(one)
        bounds = getattr(one, "bounds", ())
        if bounds:
            return self.words.both(self.bound(bound, _UNITS.get(one.attribute)) for bound in bounds)
        if not isinstance(one.wanted, tuple):
            return str(one.wanted)
        return self.words.either(self._level(value) if one.attribute == "level" else value for value in one.wanted)

    def _result(self, test: str, bound: Bound) -> str:
        """A test with the least result that it asks: `IELTS 7`."""
        called = self.reference.label("tests", test, self.words.language)
        if bound.quantity is None:
            return f"{called}{self.words.text('colon')} {self._on_scale(f'tests.{test}', bound)}"
        return f"{called} {self._mark(f'tests.{test}', bound.quantity)}"

    def _on_scale(self, scale: str, bound: Bound) -> str:
        """A bound of marks, told in the words of their scale."""

        def told(quantity: Quantity) -> Quantity:
            return quantity._replace(text=self._mark(scale, quantity))

        by = None if bound.by is None else (bound.by[0], {option: told(value) for option, value in bound.by[1].items()})
        return self.bound(bound._replace(quantity=None if bound.quantity is None else told(bound.quantity), by=by))

    def _mark(self, scale: str, quantity: Quantity) -> str:
        """A mark in words or in figures."""
        if quantity.measure != WORD:
            return self.quantity(quantity)
        return self.own.get(quantity.text) or self.reference.label(scale, quantity.text, self.words.language)

    def _marks(self, one: GradeFilter) -> str:
        """Marks, each on its scale; several scales are alternatives."""
        scales: dict[str, list[str]] = {}
        for scale, bound in one.bounds:
            scales.setdefault(scale, []).append(self._on_scale(f"scales.{scale}", bound))
        told = []
        for scale, bounds in scales.items():
            if scale == ANY_SCALE:
                told.append(self.words.text("show.of_full_mark", mark=self.words.both(bounds)))
                continue
            called = self.words.first([f"scale.{scale}", "scale.other"], scale=scale)
            told.append(self.words.text("show.on_scale", mark=self.words.both(bounds), scale=called))
        return self.words.either(told)

    def _level(self, level: Any) -> str:
        """A level of the European framework with its name."""
        named = f"eqf.{level}" in self.words
        return self.words.text("show.eqf", level=level, name=self.words.text(f"eqf.{level}")) if named else str(level)

    # -------------------------------------------------------------------------------------------- days

    def moment(self, moment: Moment, case: str = "") -> str:
        """A named day with its date, a date, or the date of a record; `of` and `to`: as it stands after those words."""
        text = self._moment(moment, f"moment.{case}." if case else "moment.")
        if moment.step is not None:
            how, to = moment.step
            key = f"show.step.{how}.{to}" if how in OF_MONTHS else f"show.step.{how}"
            text = self.words.text(key, day=text, date=self.words.day_of_year(to) if how not in OF_MONTHS else "")
        if moment.included is not (moment.name != "start"):
            text += f" ({self.words.text('show.included' if moment.included else 'show.not_included')})"
        return text

    def _moment(self, moment: Moment, prefix: str) -> str:
        if moment.literal is not None:
            return self.words.text(f"{prefix}{'date' if moment.literal.exact else 'vague'}", day=self.sentences.days(moment.literal))
        if moment.record is not None:
            what = self.words.text("list_separator").join([self.sentences.kind(moment.record.kind), *self._question(moment.record)])
            return self.words.text(f"{prefix}record", what=what)
        name = self.words.first([f"{prefix}{moment.name}", f"{prefix}other"], name=moment.name)
        known = self.vacancy.dates.get(str(moment.name))
        if known is None or known.days is None:
            return name
        return self.words.text("show.named_day", name=name, day=named_day_told(known, self.vacancy, self.words))

    def window(self, window: Window) -> str:
        text = self._window(window)
        if not window.extended:
            return text
        parts = self.words.text("list_separator").join(self._extensions(window.extended))
        return f"{text} ({self.words.text(f'show.window_moved.{window.moves}', parts=parts)})"

    def _window(self, window: Window) -> str:
        parts = [self._between(window)] if window.lower or window.upper else []
        for key, records in (("show.while", window.records), ("show.not_during", window.outside)):
            if records is not None:
                parts.append(self.words.text(key, what=self.asks(records).removesuffix(".")))
        return self.words.text("list_separator").join(parts)

    def _between(self, window: Window) -> str:
        if len(window.lower) == len(window.upper) == 1 and window.lower[0].length is not None and window.lower[0].before:
            lower, upper = window.lower[0], window.upper[0]
            if upper.length is None and not upper.included and upper.moment == lower.moment and lower.included:
                length = length_told(window.lower[0].length, self.words)  # `within: 2 years, before: start`
                return self.words.text("show.within_before", length=length, day=self.moment(lower.moment))
        if len(window.lower) == len(window.upper) == 1 and window.upper[0].length is not None and not window.upper[0].before:
            lower, upper = window.lower[0], window.upper[0]
            if lower.length is None and not lower.included and upper.moment == lower.moment and upper.included:
                length = length_told(window.upper[0].length, self.words)
                return self.words.text("show.within_after", length=length, day=self.moment(lower.moment))
        if len(window.lower) == len(window.upper) == 1 and (both := self._up_to_now(window.lower[0], window.upper[0])):
            return both
        return self.words.text("list_separator").join([
            *(self._edge(edge, "after") for edge in window.lower),
            *(self._edge(edge, "before") for edge in window.upper),
        ])  # fmt: skip

    def _up_to_now(self, lower: Edge, upper: Edge) -> str | None:
        """A distance back from a day that is itself the end, as in `{within: 6 months, to: application}`."""
        if lower.length is None or not lower.before or upper.length is not None or upper.moment != lower.moment:
            return None
        if not upper.included:  # what lies less than so long before a day lies before it
            return self._edge(lower, "after")
        if not lower.included:
            return None
        until = self._edge(upper, "before")
        told = upper.moment.included is not (upper.moment.name != "start")
        length = length_told(lower.length, self.words)
        return self.words.text("show.within_to" if told else "show.within_to_included", length=length, until=until)

    def _from(self, moment: Moment) -> str:
        return self.words.text("show.edge.from", day=self.moment(moment, "of"))

    def _edge(self, edge: Edge, side: str) -> str:
        if edge.length is not None:  # the far end of a distance before a day is its first day, and the near end its last
            key = "show.distance_before" if edge.before else "show.distance_after"
            text = self.words.text(key, length=length_told(edge.length, self.words), day=self.moment(edge.moment))
            far = (side == "after") == edge.before
            bound = ("at_most" if edge.included else "less_than") if far else ("at_least" if edge.included else "more_than")
            return self.words.text(bound, value=text)
        if edge.included:
            side = {"after": "from", "before": "to"}[side]
        return self.words.text(f"show.edge.{side}", day=self.moment(edge.moment, {"from": "of", "to": "to"}.get(side, "")))
