"""What the names of degrees stand for: the same word is not the same level everywhere."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple


class Row(NamedTuple):
    """A degree of one country (or of none in particular), under the titles people give it.

    `years` is the normal number of years of higher education that it crowns, counted from the first.
    """

    place: str | None
    titles: Sequence[str]
    level: int
    gives_access: bool | None
    years: int | None


class Meaning(NamedTuple):
    """What a title stands for: the lowest and the highest EQF level it may be, whether it gives access to higher education, and the
    normal number of years of higher education that it crowns, counted from the first. None: it depends, or is not known."""

    level: tuple[int, int] | None
    gives_access: bool | None
    years: int | None


class Degrees:
    """Titles by place. A place without a row of its own (Ontario) takes that of its country, never that of a neighbour."""

    __slots__ = ("_bare", "_by_title", "_known")

    def __init__(self, rows: Sequence[Sequence[Any]], bare: Mapping[str, Sequence[int]]) -> None:
        self._bare = bare
        self._by_title: dict[str, list[Row]] = {}
        self._known: dict[tuple[str, str | None], Meaning] = {}
        for values in rows:
            row = Row(*values)
            for title in row.titles:
                self._by_title.setdefault(title, []).append(row)

    def meaning(self, title: str, place: str | None) -> Meaning:
        """What a title stands for in a place, or anywhere, looked up once."""
        known = self._known.get((title, place))
        if known is None:
            level = self._level(title, place)
            access = True if level is not None and level[0] >= 5 else self._agreed(title, place, level, "gives_access")
            known = Meaning(level, access, self._agreed(title, place, level, "years"))
            if len(self._known) < 1000:
                self._known[title, place] = known
        return known

    def names(self) -> tuple[tuple[str, str], ...]:
        """Every title with every place it has a row for."""
        return tuple(sorted((title, row.place) for title, rows in self._by_title.items() for row in rows if row.place))

    def _level(self, title: str, place: str | None) -> tuple[int, int] | None:
        rows, is_bare = self._rows(title, place)
        if is_bare and title in self._bare:
            low, high = self._bare[title]
            return low, high
        levels = [row.level for row in rows]
        return (min(levels), max(levels)) if levels else None

    def _agreed(self, title: str, place: str | None, level: tuple[int, int] | None, attribute: str) -> Any:
        """What all rows say, provided that they are all the title may stand for."""
        rows, _ = self._rows(title, place)
        levels = [row.level for row in rows]
        if level is None or not levels or (min(levels), max(levels)) != level:
            return None
        answers = {getattr(row, attribute) for row in rows}
        return answers.pop() if len(answers) == 1 else None

    def _rows(self, title: str, place: str | None) -> tuple[list[Row], bool]:
        """The rows that apply, and whether the place has no say in it."""
        rows = self._by_title.get(title, [])
        if place is None:
            return rows, True
        here = [row for row in rows if row.place == place or (row.place or "").startswith(f"{place}-")]
        wider = [row for row in rows if row.place == place.partition("-")[0]]
        anywhere = [row for row in rows if row.place is None]
        found = here or wider or anywhere
        return (found, False) if found else (rows, True)
