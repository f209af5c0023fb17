"""Which row of a table holds its headings: under titles, notes and blank lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from eligibility.batch.headings import LONGEST, is_of_the_person, meaning_of
from eligibility.batch.no_people import NoPeople
from eligibility.batch.people import Refused
from eligibility.batch.table import Line, Table
from eligibility.diagnostic import Diagnostic, Place, Problems
from eligibility.loading.understood.words import doubtful
from eligibility.reference import Reference, load_reference

LOOKED_AT = 200
"""How many rows are looked at for what the columns hold."""
_CANDIDATES = 25
"""How many rows may be the one of the headings."""
_CELLS = 300
"""How many cells of a row are looked at for known headings."""
BELOW = " > "
"""Between words and the heading that stands below them."""
_FEWEST_GROUPS = 2
_LAST_NUMBER = re.compile(r"[1-9]\d?$")
_FIGURES = re.compile(r"[\d\s.,:/+()%€$£-]*")


def headed(name: str, lines: Iterator[Line], size: Callable[[int], int], tell: Callable[[Diagnostic], None], narrow: bool = False) -> Table:
    """The table of some rows. `size` says about how many rows there are, of the line of the headings; with `narrow`, a row may have no
    more cells than there are headings. Raises `Problems`.
    """
    first, rest = ahead(lines)
    for line in first:
        if isinstance(line.cells, Refused):
            raise Problems(line.cells.problems)
        if _filled(line):
            break
    at = _row_of_headings([line for line in first if _filled(line)], load_reference())
    if at is None:
        next(rest, None)  # the file breaks off before anything comes
        raise Problems([Diagnostic("E102", Place(name))])
    headings = [" ".join(str(cell).split()) for cell in _cells(at)]
    while headings and not headings[-1]:
        headings.pop()
    nobody = NoPeople(name, headings, tell)
    groups = _groups(first, at, len(headings))
    headings = _told_apart(_under(groups, headings, load_reference()), load_reference())
    above = sum(1 for line in first if line.number < at.number and (_filled(line) or isinstance(line.cells, Refused)))
    above -= bool(groups)
    if above:
        tell(Diagnostic("N606", Place(name, at.number), {"n": above, "line": at.number}))
    below = [line for line in first if line.number > at.number]
    every = _narrowed(below, name, len(headings)) if narrow else iter(below)
    later = _narrowed(rest, name, len(headings)) if narrow else rest
    sample = list(nobody.people(every))
    return Table(name, headings, chain(sample, nobody.to_the_end(later)), at.number, lambda: size(at.number), sample)


def _groups(rows: Sequence[Line], at: Line, width: int) -> list[str]:
    """The words of the row above the headings, each over its columns, where they tell what these are of (`Father`, `Job 2`): empty for a
    title, or where there is no such row.
    """
    above = next((_cells(line) for line in rows if line.number == at.number - 1), ())
    texts = [" ".join(str(cell).split()) if cell is not None else "" for cell in above[:width]]
    filled = [index for index, text in enumerate(texts) if text]
    if len(filled) < _FEWEST_GROUPS or any(_FIGURES.fullmatch(texts[index]) or len(texts[index]) > LONGEST for index in filled):
        return []
    last = ""
    found = []
    for text in [*texts, *[""] * (width - len(texts))]:
        last = text or last
        found.append(last)
    return found


def _under(groups: Sequence[str], headings: Sequence[str], reference: Reference) -> list[str]:
    """Headings with the words above them: `Father > Nationality`, `Job 2 > Start`. What is of a person stands alone below the first words
    only: who it is of below others nobody knows."""
    if not groups:
        return list(headings)
    own = next((one for one in groups if one), "")
    times = Counter(headings)
    found = []
    for group, heading in zip(groups, headings, strict=True):
        both = _numbered(group, heading, reference) or f"{group}{BELOW}{heading}"
        unclear = (
            times[heading] > 1
            or doubtful(group)
            or (group != own and _is_of_person(heading, reference) and not is_of_the_person(group, heading, reference))
        )
        joined = group and heading and (unclear or meaning_of(both, reference) is not None)
        found.append(both if joined else heading)
    return found


def _numbered(group: str, heading: str, reference: Reference) -> str | None:
    """`Employer 2` for `Employer` under `Job 2`, where that is a field."""
    number = _LAST_NUMBER.search(group)
    text = None if number is None else f"{heading} {number[0]}"
    meant = None if text is None else meaning_of(text, reference)
    return text if meant is not None and meant.kind == "field" else None


def headings_known(lines: Iterator[Line]) -> int:
    """How many headings of people the first rows of a sheet have, those of the row with the most; 0 where nothing can be read."""
    reference = load_reference()
    try:
        rows = [line for line in ahead(lines)[0] if _filled(line)][:_CANDIDATES]
    except Problems:
        return 0
    return max((sum(_is_known(text, reference) for text in _texts(line)[:_CELLS]) for line in rows), default=0)


def _told_apart(headings: list[str], reference: Reference) -> list[str]:
    """Headings of records that come again, numbered: `Employer`, `Employer (2)`. Those of a person stay: nobody knows which is meant."""
    seen: Counter[str] = Counter()
    found = []
    for heading in headings:
        seen[heading] += 1
        again = seen[heading] > 1 and heading and len(heading) <= LONGEST and not _is_of_person(heading, reference)
        numbered = f"{heading} ({seen[heading]})"
        found.append(numbered if again and numbered not in headings else heading)
    return found


def _is_of_person(heading: str, reference: Reference) -> bool:
    meant = meaning_of(heading, reference)
    return meant is not None and (meant.kind == "name" or (meant.kind in ("field", "path") and "[" not in meant.what))


def ahead(lines: Iterator[Line]) -> tuple[list[Line], Iterator[Line]]:
    """The first rows, and those that follow; where the file breaks off meanwhile, that is found once the first ones have passed."""
    first: list[Line] = []
    try:
        for line in lines:
            first.append(line)
            if len(first) >= LOOKED_AT:
                break
    except Problems as error:
        return first, _broken(error)
    return first, lines


def _broken(error: Problems) -> Iterator[Line]:
    raise error
    yield


def _narrowed(lines: Iterator[Line] | Sequence[Line], name: str, width: int) -> Iterator[Line]:
    for line in lines:
        if not isinstance(line.cells, Refused) and len(line.cells) > width and any(str(cell).strip() for cell in line.cells[width:]):
            problem = Diagnostic("E604", Place(name, line.number), {"cells": len(line.cells), "columns": width})
            yield Line(line.number, Refused((problem,)))
        else:
            yield line if isinstance(line.cells, Refused) else Line(line.number, line.cells[:width])


def _cells(line: Line) -> Sequence[object]:
    return () if isinstance(line.cells, Refused) else line.cells


def _texts(line: Line) -> list[str]:
    return [text for cell in _cells(line) if cell is not None and (text := str(cell).strip())]


def _filled(line: Line) -> bool:
    return any(cell is not None and str(cell).strip() for cell in _cells(line))


def _row_of_headings(rows: Sequence[Line], reference: Reference) -> Line | None:
    """The row with the most headings that are known; else the first one that is as wide as the table and holds words; else the first."""
    candidates = rows[:_CANDIDATES]
    known = [sum(_is_known(text, reference) for text in _texts(line)[:_CELLS]) for line in candidates]
    if candidates and (most := max(known)) >= 2:
        return candidates[known.index(most)]
    width = max((len(_texts(line)) for line in rows), default=0)
    for line in candidates:
        texts = _texts(line)
        if len(texts) * 2 > width and all(len(text) <= LONGEST and not _FIGURES.fullmatch(text) for text in texts):
            return line
    return candidates[0] if candidates else None


def _is_known(text: str, reference: Reference) -> bool:
    return len(text) <= LONGEST and meaning_of(text, reference) is not None
