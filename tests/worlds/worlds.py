"""The worlds that fit what a profile says: where rule and profile leave a question open, one world for each answer worth trying.

Worlds are made as they are needed: a world is decided, and where the evaluator meets a question without an answer, it splits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from random import Random
from typing import Any

from .by_choice import of_each_option
from .calendar_days import FIRST, LAST, STEPS, Length, add_months, amount, interval, stepped
from .evaluate import FAIL, NOT_APPLICABLE, PASS, decide
from .language import BOUNDS, KINDS
from .record import REFERENCE, meant
from .world import Impossible, Question, World

BUDGET = 80
"""How many worlds are tried one after the other; where there are more, half as many again are drawn by lot."""
IMPOSSIBLE = 50
"""So many worlds for each that may be tried are passed over, because they contradict themselves."""
BY_LOT = 24
"""How many are drawn by lot before that."""
SINCE = date(1990, 1, 1).toordinal()
_DATE = re.compile(r"(?<![\d-])\d{4}-\d\d(?:-\d\d)?(?![\d-])")


class Menu:
    """The answers worth trying for a rule and a profile: days around which something changes, values that the rule tells apart.

    `thorough`: every day of a date that is vague. `sampled` becomes true once days were left out.
    """

    def __init__(self, rule: Mapping[str, Any], person: Mapping[str, Any], on: int, thorough: bool = False) -> None:
        self.rule, self.person, self.on, self.thorough = rule, person, on, thorough
        self.sampled = False
        written = [*(rule.get("criteria") or []), *(rule.get("conditions") or [])]
        self.asked = [one for criterion in written for one in of_each_option(criterion, rule.get("choices") or {})]
        self.critical = self._critical()
        self.most = [int(found.value) for one in mappings(self.asked) for key, value in one.items()
                     if key in (*BOUNDS, "how_many") and (found := amount(value)) is not None and found.measure == "number" and found.value < 6]  # fmt: skip
        self.known: dict[tuple[str, str], tuple[Any, ...]] = {}
        self.between: dict[tuple[int | None, int | None], tuple[int, ...]] = {}

    # ---------------------------------------------------------------------------------------------- days

    def days(self, first: int | None = None, last: int | None = None) -> tuple[int, ...]:
        """Days of a date: all of a month; of anything longer its ends and the days around which something changes. Of a date that is
        not said at all these have to do, with some others of every year."""
        if (first, last) not in self.between:
            self.between[first, last] = self._days(first, last)
        return self.between[first, last]

    def _days(self, first: int | None, last: int | None) -> tuple[int, ...]:
        if first is None or last is None:
            return self.critical if not self.thorough else tuple(sorted({*self.critical, *range(SINCE, self.on + 3000, 170)}))
        if last - first <= 31 or (self.thorough and last - first <= 366):
            return tuple(range(first, last + 1))
        self.sampled = True
        inside = {day for day in self.critical if first <= day <= last}
        return tuple(sorted({first, first + 1, (first + last) // 2, last - 1, last, *inside}))

    def near_days(self) -> tuple[int, ...]:
        """Days that a day of an application may be: within ten years of it."""
        first, last = add_months(self.on, -120), add_months(self.on, 120)
        return (first, *(day for day in self.days() if first < day < last), last)

    def _critical(self) -> tuple[int, ...]:
        texts = _DATE.findall(f"{self.asked} {self.rule.get('dates')} {self.rule.get('lists')} {self.rule.get('as_of')} {self.person}")
        texts += [str(value) for one in mappings(self.person) for value in one.values() if re.fullmatch(r"\d{4}", str(value))]
        anchors = {self.on} | {day for text in texts for day in _ends(text)}
        for word in words(self.asked):
            if isinstance(word, str) and REFERENCE.is_group(word):
                anchors |= {day for day in REFERENCE.membership_changes(word) if day > date(2018, 1, 1).toordinal()}
        steps = [one for one in mappings([self.asked, self.rule.get("as_of")]) if any(step in one for step in STEPS)]
        anchors |= {stepped(day, one) for one in steps for day in [*anchors] if FIRST < day < LAST}
        moves = {Length(0), *([Length(24)] if "'valid'" in str(self.asked) else [])}
        for one in mappings([self.asked, [[line.get("age") for line in lines] for lines in (self.rule.get("tables") or {}).values()]]):
            for key, value in one.items():
                for raw in value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]:
                    found = amount(raw)
                    if found is not None and found.measure == "time":
                        moves.add(found.value)
                    elif found is not None and key in (*BOUNDS, "never_beyond", "to", "values") and float(found.value).is_integer() and found.value < 100:
                        moves |= {Length(12 * int(found.value)), Length(12 * int(found.value) + 12)}
        moved = {day for anchor in anchors if FIRST < anchor < LAST for move in moves for day in (move.after(anchor), move.before(anchor))}
        near = {day + step for day in moved for step in (-1, 0, 1)}
        near |= {add_months(self.on, -12 * 120), add_months(self.on, -12 * 50), add_months(self.on, 12 * 3)}
        return tuple(sorted(day for day in near if FIRST < day < LAST))

    def further(self) -> tuple[int, ...]:
        """How many more records a list may hold: none, one, two, and as many as the highest number asked for."""
        return tuple(dict.fromkeys((0, 1, 2, *(number + 1 for number in self.most if number > 1))))

    # -------------------------------------------------------------------------------------------- values

    def values(self, source: str, field: str) -> tuple[Any, ...]:
        """The values that the rule tells apart, and one more; worked out once."""
        if (source, field) not in self.known:
            self.known[source, field] = self._values(source, field)
        return self.known[source, field]

    def _values(self, source: str, field: str) -> tuple[Any, ...]:
        kinds = [kind for kind in KINDS.values() if kind.source == source]
        specs = [spec for kind in kinds for spec in kind.filters.values() if spec[0] == field and spec[1] != "date"]
        if source == "choices":
            specs = [("in", "place")]
        form, vocabulary = next(((spec[1], spec[2] if len(spec) > 2 else None) for spec in specs), ("words", None))
        keys = {key for kind in kinds for key, spec in kind.filters.items() if spec[0] == field} | {"of"}
        wanted = [word for one in mappings(self.asked) for key in keys if key in one for word in words(one[key])]
        match form:
            case "flag" | "full_time":
                return True, False
            case "place" | "recognised":
                return self._places(source == "choices")
            case "terms" | "tree" | "names" | "words":
                stated = [meant(field, word) for one in mappings(self.person) if field in one for word in words(one[field])]
                return tuple(dict.fromkeys([*self._words(wanted, form, vocabulary), *map(str, stated)]))
            case "number":
                bounds = [found.value for one in mappings(self.asked) for key in BOUNDS if (found := amount(one.get(key))) is not None and found.measure == field]
                return self._numbers(field, [*bounds, *(one[key] for one in mappings(self.asked) for key in keys if key in one)])
            case "tags":
                tags = tuple(word for word in dict.fromkeys(wanted) if isinstance(word, str))
                return ((), *((tag,) for tag in tags), *([tags] if len(tags) > 1 else []), ("a tag of nobody",))
            case "language":
                known = [word for word in wanted if isinstance(word, str)]
                groups = [language for word in known for language in REFERENCE.languages_of(word)[:2]]
                stated = [str(one["language"]) for one in mappings(self.person) if "language" in one]
                return tuple(dict.fromkeys([*(word for word in (*known, *stated) if REFERENCE.is_language(word)), *groups, "ja", "sw", "qu"]))
            case "grade":
                bounds = [one["grade"] for one in mappings(self.asked) if isinstance(one.get("grade"), dict)]
                limits = [each if isinstance(each, dict) else {"percent": float(each.rstrip("% "))} for one in bounds for each in one.values()]
                marks = [(scale, limit) for each in limits for scale, raw in each.items() for limit in self._limits(raw)]
                if source == "exams":  # on the scale of the exam
                    return tuple(dict.fromkeys(value for scale, limit in marks for value in self._marks(scale, limit)))
                return tuple(Mark(scale=scale, value=value) for scale, limit in marks for value in self._marks(scale, limit))
            case "money":
                limits = [amount(limit) for one in mappings(self.asked) if isinstance(one.get("amount"), dict) for limit in one["amount"].values()]
                return tuple(f"{limit.value + step:g} {limit.measure}" for limit in limits if limit is not None for step in (-1, 0, 1))
        return ("something",)

    @staticmethod
    def _limits(raw: Any) -> list[Any]:
        """The limits of a bound: several where it depends on a choice."""
        return list(raw["values"].values()) if isinstance(raw, dict) else [raw]

    def _marks(self, scale: str, limit: Any) -> tuple[Any, ...]:
        """The marks around a limit; of words, all of the scale."""
        if not isinstance(limit, str):
            return tuple(limit + step for step in (-1, 0, 1))
        own = (self.rule.get("lists") or {}).get(scale) or ()
        return REFERENCE.mark_words("scales", scale) or tuple(one["id"] if isinstance(one, dict) else one for one in own)

    def figures(self, fact: str) -> tuple[float, ...]:
        """Numbers of a fact: each limit, one less, one more, and some far away."""
        lines = [line for lines in (self.rule.get("tables") or {}).values() for line in lines]
        named = [one.get(key) for one in mappings(self.asked) if one.get("fact") == fact for key in BOUNDS]
        limits = {limit for limit in words([named, *([line.get(fact), line["is"]] for line in lines)]) if isinstance(limit, int | float)}
        return tuple(sorted({0, 10_000, *(number for limit in limits for number in (limit - 0.5, limit, limit + 0.5) if number >= 0)}))

    def _numbers(self, field: str, raws: list[Any]) -> tuple[Any, ...]:
        limits = {limit for raw in raws for limit in words(raw) if isinstance(limit, int | float) and not isinstance(limit, bool)}
        if field in ("level", "gives_access_to"):
            return tuple(range(1, 9))
        least = 1 if field == "year" else 0
        return tuple(sorted({1000, *(value for limit in limits | {1} for value in (limit - 1, limit, limit + 1) if value >= least)}))

    def _places(self, countries: bool) -> tuple[str, ...]:
        found: list[str] = []
        for word in words([self.asked, self.rule.get("lists") or {}, self.person]):
            if isinstance(word, str) and REFERENCE.is_place(word):
                found += [word.split("-")[0]] if countries else [word]
            elif isinstance(word, str) and REFERENCE.is_group(word):
                members = [place for place in ("DE", "FR", "GB", "MA", "CA", "NO", "JP", "SN") if REFERENCE.place_within(place, word, self.on).surely]
                found += [*members[:1], "GB"]
        same = any("same" in one for one in mappings(self.asked))  # two that are to be the same may be two others
        another = self.most or same or "chosen" in str(self.asked)  # several may be asked for, or one and be another than the chosen one
        return tuple(dict.fromkeys([*found, "BR", *(["JP"] if another else [])]))

    def _words(self, wanted: list[Any], form: str, vocabulary: str | None) -> tuple[str, ...]:
        named = [str(word) for word in dict.fromkeys(wanted) if isinstance(word, str)]
        named = [word for word in named if word not in (self.rule.get("lists") or {}) and word not in (self.rule.get("choices") or {})]
        own = [str(entry["id"] if isinstance(entry, dict) else entry) for entries in (self.rule.get("lists") or {}).values() for entry in entries
               if not (isinstance(entry, dict) and "country" in entry)]  # fmt: skip
        listed = [word for word in own if any(isinstance(one, str) and one in (self.rule.get("lists") or {}) for one in wanted)]
        every = [*named, *listed]
        others: tuple[str, ...] = ("somebody else entirely", "yet another one")
        if form == "tree" and vocabulary:
            others = tuple(term for term in REFERENCE.tree(vocabulary)
                           if not any(REFERENCE.within(vocabulary, *pair).possibly for word in every for pair in ((term, word), (word, term)))
                           and not REFERENCE.is_broad("field", term)) or others  # fmt: skip
        elif vocabulary:
            others = tuple(term for term in REFERENCE.vocabulary(vocabulary) if term not in every) or others
        many = 2 if any("same" in one for one in mappings(self.asked)) else 1  # two that are asked for nowhere need not be the same
        if vocabulary == "exams":  # of so many sittings, one more
            many = max([many, *(one["sittings"]["at_most"] + 1 for one in mappings(self.asked) if "sittings" in one)])
        return tuple(dict.fromkeys([*every, *others[:many]]))


class Mark(dict[str, Any]):
    """A mark that can be an answer among others."""

    def __hash__(self) -> int:  # type: ignore[override]  # a dict has none
        return hash(tuple(self.items()))


def mappings(raw: Any) -> Iterator[Mapping[str, Any]]:
    """Every mapping inside a value."""
    if isinstance(raw, Mapping):
        yield raw
        for value in raw.values():
            yield from mappings(value)
    elif isinstance(raw, list | tuple):
        for value in raw:
            yield from mappings(value)


def words(raw: Any) -> Iterator[Any]:
    """Every scalar inside a value."""
    if isinstance(raw, Mapping):
        for value in raw.values():
            yield from words(value)
    elif isinstance(raw, list | tuple):
        for value in raw:
            yield from words(value)
    else:
        yield raw


def _ends(text: str) -> tuple[int, ...]:
    try:
        return interval(text)
    except ValueError:
        return ()


def worlds(
    rule: Mapping[str, Any], criterion: Mapping[str, Any], person: Mapping[str, Any], on: date, menu: Menu | None = None, budget: int = BUDGET
) -> Iterator[tuple[World, str]]:
    """The worlds that fit, each with its answer: some by lot, which soon shows where they differ; then in order, as far as the budget goes."""
    menu = menu or Menu(rule, person, on.toordinal())
    rnd = Random(str((criterion, person)))
    for _ in range(BY_LOT):
        world, answer = _by_lot(rule, criterion, person, menu, rnd)
        if answer is not None:
            yield world, answer
        if not world.answers:
            return
    still: list[dict[Question, Any]] = [{}]
    tried = impossible = 0
    while still and tried < budget and impossible < IMPOSSIBLE * budget:
        world = _next(menu, still)
        try:
            answer = decide(rule, criterion, person, world)
        except Impossible:
            impossible += 1
            continue
        tried += 1
        yield world, answer
    if still:
        menu.sampled = True
        for _ in range(budget // 2):
            world, answer = _by_lot(rule, criterion, person, menu, rnd)
            if answer is not None:
                yield world, answer


def _next(menu: Menu, still: list[dict[Question, Any]]) -> World:
    """The next world in order: of each question it takes the first answer that there may be; the others wait for their turn."""

    def choose(question: Question, answers: Sequence[Any]) -> Any:
        still.extend({**world.answers, question: one} for one in reversed(answers[1:]))
        return answers[0]

    world = World(menu.on, still.pop(), menu, choose)
    return world


def _by_lot(
    rule: Mapping[str, Any], criterion: Mapping[str, Any], person: Mapping[str, Any], menu: Menu, rnd: Random
) -> tuple[World, str | None]:
    """A world drawn by lot with its answer; no answer where it cannot be."""
    alike: dict[Any, int] = {}  # records are often alike, and good in every respect: so mostly the same answer to the same question
    often = rnd.choice((0.0, 0.7, 1.0))

    def choose(question: Question, answers: Sequence[Any]) -> Any:
        kind = question[-1], len(answers)
        place = alike.setdefault(kind, rnd.randrange(len(answers)))
        return answers[place if rnd.random() < often and kind[0] != "language" else rnd.randrange(len(answers))]

    world = World(menu.on, {}, menu, choose)
    try:
        return world, decide(rule, criterion, person, world)
    except Impossible:
        return world, None


def verdict(
    rule: Mapping[str, Any], criterion: Mapping[str, Any], person: Mapping[str, Any], on: date, thorough: bool = False, budget: int = BUDGET
) -> tuple[dict[str, World], bool]:
    """The answers of the worlds, each with a world that gives it, and whether every world was tried. Two answers are enough."""
    menu = Menu(rule, person, on.toordinal(), thorough)
    found: dict[str, World] = {}
    for world, answer in worlds(rule, criterion, person, on, menu, budget):
        found.setdefault(answer, world)
        if FAIL in found and (PASS in found or NOT_APPLICABLE in found):
            return found, False
    return found, not menu.sampled
