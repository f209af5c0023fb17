"""The answers that a question may get, as plain data: those that would meet what is asked, and those that would not.

They are samples, made from what the rule itself says. The engine says what each comes to; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from eligibility.asking.profile_data import Data, is_list, with_records, with_value
from eligibility.dates import Days, parse_days, show
from eligibility.inventing.satisfy import Piece, Satisfier
from eligibility.inventing.stated import numbers_in
from eligibility.inventing.values import LEVELS, PLACES
from eligibility.language.kinds import RECORD_KINDS
from eligibility.loading.document import steps_of, value_at
from eligibility.profile import SOURCES
from eligibility.reference import Reference
from eligibility.vacancy import Vacancy

_MOST = 4
"""So many answers that would meet what is asked are tried."""
_USUALLY_SO = 4
"""What a notice asks one to declare (that one enjoys one's rights) is so for most people: `yes` counts so many times as `no`."""
_USUALLY_ALL = 3
"""Where some records are told, that there are no others counts so many times as that there are."""
_DATES = ("from", "to", "since", "until", "issued", "expires", "awarded", "defended", "expected_end", "taken", "born")
_TIME = ("rate", "full_time", "hours_per_week", "hours")
_SCALES: Mapping[str, tuple[Any, ...]] = {
    "level": (4, 6, 7, 8), "gives_access_to": (4, 6, 7, 8), "years": (1, 3, 5), "year": (1, 5), "credits": (0, 300), "score": (0, 1000),
    "rate": ("100%", "20%"), "hours_per_week": (40, 4), "hours": (10, 3000),
}  # fmt: skip
_ANOTHER = "Somebody Else"
"""A name that no notice asks for."""


class Answer(NamedTuple):
    """What the data of a profile become by an answer, and how often it is given beside the others."""

    data: Data
    weight: int = 1


class Possibilities:
    """The possible answers to the questions of one vacancy."""

    def __init__(self, vacancy: Vacancy, reference: Reference) -> None:
        self.reference = reference
        days = {name: date.fromordinal(day.days.first).isoformat() for name, day in vacancy.dates.items() if day.days is not None}
        self.options = {name: tuple(choice.options) for name, choice in vacancy.choices.items() if choice.options}
        choices = {name: {"options": choice.options} if choice.options else {} for name, choice in vacancy.choices.items()}
        self._satisfier = Satisfier(
            {
                "criteria": vacancy.criteria, "conditions": vacancy.conditions, "lists": vacancy.lists, "choices": choices,
                "dates": days, "as_of": vacancy.as_of, "tables": vacancy.tables,
            },
            reference,
        )  # fmt: skip
        self._met: dict[int, list[dict[str, list[Any]]]] = {}

    def answers(self, criterion: Mapping[str, Any], path: str, data: Data, day: date) -> list[Answer]:
        """The answers to one question, as far as one criterion is concerned; none where nothing can be made up."""
        steps = steps_of(path)
        name = str(steps[-1])
        if is_list(path):
            return self._records(criterion, path, name, data)
        if len(steps) > 1 and steps[-2] == "facts":
            numbers = numbers_in(criterion, name, self._satisfier.tables)
            if numbers:
                return [Answer(with_value(data, steps, number)) for number in numbers]
            return [Answer(with_value(data, steps, True), _USUALLY_SO), Answer(with_value(data, steps, False))]
        if name == "child":
            return [Answer(with_value(data, steps, born)) for born in births_of_children(path, data)]
        if path.startswith("applications"):
            return [Answer(one) for one in self._of_application(steps, name, data, day)]
        values = [*self._wanted(criterion, steps, name), *self._others(criterion, steps, name, value_at(data, path), day)]
        unlike: list[Any] = []
        for value in values:
            if value not in unlike:
                unlike.append(value)
        return [Answer(with_value(data, steps, value)) for value in unlike]

    # ------------------------------------------------------------------------------------------- what would do

    def meeting(self, criterion: Mapping[str, Any]) -> Iterator[Piece]:
        """What meets a criterion, piece by piece."""
        return self._satisfier.pieces(criterion)

    def _pieces(self, criterion: Mapping[str, Any]) -> list[dict[str, list[Any]]]:
        """The ways to meet a criterion, each as values by the field of the profile."""
        known = self._met.get(id(criterion))
        if known is None:
            known = self._met[id(criterion)] = []
            for way in [criterion, *_members(criterion)]:
                values: dict[str, list[Any]] = {}
                for piece in self.meeting(way):
                    held = values.setdefault(piece.field, [])
                    if piece.value is not None and piece.key is None and piece.value not in held:
                        held.append(piece.value)
                if values and values not in known:
                    known.append(values)
        return known

    def _records(self, criterion: Mapping[str, Any], path: str, name: str, data: Data) -> list[Answer]:
        """None at all (or no more), and the records that would do."""
        found = [Answer(with_records(data, path, []))]
        relative = path.startswith("relatives[")
        for way in self._pieces(criterion):
            records = [one for held in way["relatives"] for one in held.get(name, ())] if relative and "relatives" in way else way.get(name)
            if records:
                found.append(Answer(with_records(data, path, records)))
            if len(found) > _MOST:
                break
        for record in self._excluded(criterion, name):
            found.append(Answer(with_records(data, path, [record])))
        if value_at(data, path):
            found[0] = found[0]._replace(weight=_USUALLY_ALL * len(found))
        elif name in ("citizenships", "languages") and len(found) > 1:
            found[0] = Answer(with_records(data, path, _UNLIKE[name]))  # everybody has one
        return found

    def _excluded(self, criterion: Mapping[str, Any], name: str) -> Iterator[Any]:
        """A record that counts where there may be none, or few: an internship already done."""
        for leaf in (criterion, *_members(criterion)):
            kind = RECORD_KINDS.get(str(leaf.get("kind")))
            if kind is not None and kind.source == name and ("at_most" in leaf or "less_than" in leaf or leaf is not criterion):
                yield from self._satisfier.matching(leaf, 1)[:1]

    def _wanted(self, criterion: Mapping[str, Any], steps: list[str | int], name: str) -> Iterator[Any]:
        """What would do at one key: of the records that would do, or of the profile itself."""
        for way in self._pieces(criterion)[:_MOST]:
            if len(steps) == 1:
                yield from way.get(name, ())
                continue
            source = str(steps[-3]) if len(steps) >= 3 else ""
            for record in way.get(source, ()):
                if isinstance(record, Mapping) and name in record:
                    yield record[name]

    # --------------------------------------------------------------------------------------------- what else

    def _others(self, criterion: Mapping[str, Any], steps: list[str | int], name: str, said: Any, day: date) -> Iterator[Any]:
        source = SOURCES.get(str(steps[-3]) if len(steps) >= 3 else str(steps[0]))
        if name == "birth_date":
            yield from _births(said, day)
        elif name in _DATES:
            yield from _ends(said, day) if said not in (None, "ongoing") else _days_of(name, day)
        elif name == "domicile" or (source is not None and source.words.get(name) == "place"):
            yield from PLACES[:4]
        elif source is not None and name in source.words:
            yield from self._terms(source.words[name])
        elif source is not None and source.name == "languages":
            yield from LEVELS[1::2]
        elif name == "tags":
            yield []
        elif name in _SCALES:
            yield from _SCALES[name]
        elif name == "grade":
            yield from (dict(one, value=self._lowest(one)) for one in self._wanted(criterion, steps, name) if isinstance(one, Mapping))
        elif name in ("school", "employer_name", "programme", "organisation"):
            yield _ANOTHER
        elif name == "availability":
            yield {"from": (day + timedelta(3000)).isoformat(), "to": "ongoing"}
        elif name == "amount":
            yield "0 EUR"
        else:
            yield from (True, False)

    def _lowest(self, mark: Mapping[str, Any]) -> Any:
        """The lowest mark of the scale of another one."""
        words = self.reference.mark_words("scales", str(mark.get("scale")))
        return words[0] if words else mark["value"] if isinstance(mark.get("value"), str) else 0

    def _terms(self, vocabulary: str) -> Iterator[str]:
        """Two words of a vocabulary that lie apart."""
        if vocabulary == "language":
            yield from ("en", "is")
            return
        words = list(self.reference.tree(vocabulary) if vocabulary in ("field", "employer") else self.reference.vocabulary(vocabulary))
        yield from words[:: max(1, len(words) - 1)][:2]

    def _of_application(self, steps: list[str | int], name: str, data: Data, day: date) -> Iterator[Data]:
        _, vacancy, what = steps[:3]
        values = self.options.get(name, PLACES[:3]) if what == "choices" else _around(day)
        for value in values:
            yield with_application(data, str(vacancy), str(what), name, value)


def births_of_children(path: str, data: Data) -> list[Any]:
    """When the children were born of whom a leave may be for one, as far as the profile says."""
    children = value_at(data, f"{path.rpartition('leaves[')[0]}children")
    return [one["born"] for one in children or () if isinstance(one, Mapping) and one.get("born") is not None]


_UNLIKE: Mapping[str, list[Any]] = {"citizenships": ["IS"], "languages": [{"language": "is", "native": True}]}
"""What hardly any notice asks for."""


def with_application(data: Data, vacancy: str, what: str, name: str, value: Any) -> dict[str, Any]:
    """The same data with a choice or a day of the application for one vacancy."""
    applications = list(data.get("applications") or ())
    place = next((index for index, one in enumerate(applications) if one.get("vacancy") == vacancy), len(applications))
    known = applications[place] if place < len(applications) else {"vacancy": vacancy}
    return with_value(data, ("applications", place), with_value(known, (what, name), value))


def _members(criterion: Any) -> Iterator[Mapping[str, Any]]:
    """The alternatives inside a criterion, at any depth, and what its readings put in its place."""
    for key in ("any_of", "all_of", "none_of", "readings"):
        for member in criterion.get(key) or ():
            if isinstance(member, Mapping):
                yield member if key != "readings" else {**{k: v for k, v in criterion.items() if k != "readings"}, **member}
                yield from _members(member)
    for key in ("when", "unless", "derogation"):
        if isinstance(criterion.get(key), Mapping):
            yield criterion[key]
            yield from _members(criterion[key])


def _days(said: Any) -> Days | None:
    try:
        return parse_days(str(said))
    except ValueError:
        return None


def _ends(said: Any, day: date) -> Iterator[str]:
    """The first and the last day that a vague date may be."""
    known = _days(said)
    if known is not None:
        yield show(Days(known.first, known.first))
        yield show(Days(known.last, known.last))


def _births(said: Any, day: date) -> Iterator[str]:
    if said is not None:
        yield from _ends(said, day)
        return
    for age in (16, 22, 28, 33, 40, 50, 62):
        yield (day - timedelta(int(age * 365.25) + 100)).isoformat()


def _days_of(name: str, day: date) -> Iterator[str]:
    """A day long ago and one of late, for what has happened; also one to come, for what ends."""
    yield (day - timedelta(40)).isoformat()
    if name in ("to", "until", "expires", "expected_end"):
        yield (day + timedelta(3000)).isoformat() if name != "to" else "ongoing"
    else:
        yield (day - timedelta(3700)).isoformat()


def _around(day: date) -> Iterable[str]:
    return [(day + timedelta(days)).isoformat() for days in (-800, -30, 30, 800)]
