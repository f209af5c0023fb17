"""What of the conditions of real notices is found, and whether what is proposed is right.

    python bench/notices.py FOLDER ROWS.md
    python bench/notices.py FOLDER ROWS.md --show     every row that is missed and every proposal, with its line

FOLDER holds notices, which stay where they are; in the order of their names they are S0, S1, … ROWS.md has tables by hand, a row per
condition: `| id | where and quote | kind | parameters | status | … |`. `S2:70 « … »` points to a line and quotes it; a status of I is mere
information. A row is found when a condition is found on each of its lines, and each of its quotations stands in one; of several
lines (`S2:53-59`) the first may be a heading.

Each notice is also looked at without the patterns that find nothing in the others: what the patterns would find that its family alone
has taught. A proposal is right when a row of its line is of its kind and gives its figures.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from eligibility.notices.days import days_in
from eligibility.notices.figures import proposed
from eligibility.notices.find import Finding, conditions_in, usual_heading
from eligibility.notices.passages import Heading, Passage, passages_of, plain
from eligibility.notices.patterns import Patterns, languages_of

KINDS = {"permanent_residence": "citizenship", "employment": "seniority"}
"""The kinds of the program that the tables call otherwise."""


class Row(NamedTuple):
    """A condition by hand: its notice, the lines and quotations that point to it, its kind, and all that is said of it."""

    name: str
    notice: int
    lines: tuple[tuple[int, int], ...]
    quotes: tuple[str, ...]
    kind: str
    status: str
    text: str


def rows_in(text: str) -> Iterator[Row]:
    """The rows of the tables that point to a line of a notice; `level as QC-8` says what that row says."""
    known: dict[str, str] = {}
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|") or len(cells) < 5:
            continue
        pointers = re.findall(r"S(\d+):(\d+(?:(?:, |-)\d+)*)", cells[1])
        if not pointers:
            continue
        lines: list[tuple[int, int]] = []
        for _, numbers in pointers:
            lines += [(int(first), int(last or first)) for first, _, last in (part.partition("-") for part in numbers.split(", "))]
        known[cells[0]] = line
        others = " ".join(known.get(name, "") for name in re.findall(r"\bas ([A-Z0-9]+-\w+)", line))
        yield Row(
            cells[0],
            int(pointers[0][0]),
            tuple(lines),
            tuple(re.findall(r"«\s*(.*?)\s*»", cells[1])),
            cells[2],
            cells[4],
            f"{line} {others}",
        )


def is_found(row: Row, findings: Sequence[Finding]) -> bool:
    """Whether each line of a row, and each of its quotations, is found; the heading of what is found may be quoted, too."""
    texts = [plain(text) for one in findings for text in (f"{one.text} {' '.join(one.parts)}", one.heading)]
    held = all(any(plain(part) in text for text in texts) for quote in row.quotes for part in re.split(r"\s*…\s*|(?<=\.)\s", quote) if part)
    return (
        held
        and all(_covers(findings, first) or (first < last and _covers(findings, first + 1)) for first, last in row.lines)
        and all(_covers(findings, last) for _, last in row.lines)
    )


def _covers(findings: Sequence[Finding], line: int) -> bool:
    return any(one.line <= line <= one.last for one in findings)


def looked_at(text: str, without: frozenset[str] = frozenset()) -> tuple[list[Finding], Patterns]:
    by = Patterns(languages_of(text), without)
    return conditions_in(passages_of(text, usual_heading(by)), by), by


def proposals(text: str, findings: Sequence[Finding], by: Patterns) -> Iterator[tuple[int, int, Mapping[str, Any]]]:
    """What is proposed, with the lines it comes from: the deadline, too."""
    days = days_in([one for one in passages_of(text, usual_heading(by)) if isinstance(one, Passage)], by)
    for closing in days.closings:
        yield closing.line, closing.line, {"kind": "deadline", "at": closing.at}
    for one in findings:
        if (found := proposed(one, by)) is not None:
            yield one.line, one.last, found


def taught_by_headings(text: str) -> frozenset[str]:
    """The patterns that the headings of a notice hold."""
    by = Patterns(languages_of(text))
    titles = [plain(one.text) for one in passages_of(text, usual_heading(by)) if isinstance(one, Heading)]
    paths = [
        *(("headings", name) for name in ("conditions", "elsewhere", "procedure", "assets")),
        *(("bound", name) for name in ("who", "by", "only")),
    ]
    return frozenset(pattern.name for title in titles for path in paths for pattern, _ in by.hits(title, *path))


def kinds_of(value: Any) -> set[str]:
    if isinstance(value, list):
        return set().union(*map(kinds_of, value)) if value else set()
    if not isinstance(value, dict):
        return set()
    own = {KINDS.get(str(value["kind"]), str(value["kind"]))} if "kind" in value else set()
    return own.union(*map(kinds_of, value.values()))


def figures_of(value: Any, key: str = "") -> Iterator[tuple[str, ...]]:
    """The figures of a proposal, each in the forms in which the tables may say it."""
    if isinstance(value, dict):
        for name, one in value.items():
            if name not in ("kind", "skills"):
                yield from figures_of(one, name)
    elif isinstance(value, list):
        for one in value:
            yield from figures_of(one, key)
    elif isinstance(value, int):
        yield (str(value),)
    elif (length := re.fullmatch(r"(\d+) (year|month)s?", str(value))) is not None:
        yield (length[1], str(int(length[1]) * 12)) if length[2] == "year" else (length[1],)
    else:
        yield (str(value),)


def is_right(proposal: Mapping[str, Any], rows: Sequence[Row]) -> bool | None:
    """Whether a row says what is proposed; None where no row speaks of the line."""
    if not rows:
        return None
    same = [row for row in rows if any(kind in row.kind for kind in kinds_of(proposal))]
    if proposal.get("kind") == "deadline":
        return bool(same)  # its day is read from the quotation itself
    return any(
        all(any(re.search(rf"\b{re.escape(form)}\b", row.text) for form in forms) for forms in figures_of(dict(proposal))) for row in same
    )


def main(folder: str, table: str, show: bool) -> int:
    rows = [row for row in rows_in(Path(table).read_text("utf-8")) if row.status != "I"]
    texts = {path.name: path.read_text("utf-8") for path in sorted(Path(folder).iterdir()) if path.suffix in (".txt", ".md")}
    whole = {name: looked_at(text) for name, text in texts.items()}
    used = {
        name: frozenset().union(*(one.by for one in findings), taught_by_headings(texts[name])) for name, (findings, _) in whole.items()
    }
    total = [0, 0, 0, 0, 0]
    print("rows   found   by the patterns of the others   proposals   wrong   conditions   notice")
    for number, (name, text) in enumerate(texts.items()):
        asked = [row for row in rows if row.notice == number]
        taught = frozenset().union(*(one for other, one in used.items() if other != name))
        findings, by = whole[name]
        alone, _ = looked_at(text, used[name] - taught)
        missed = [row for row in asked if not is_found(row, findings)]
        missed_alone = [row for row in asked if not is_found(row, alone)]
        offered = list(proposals(text, findings, by))
        judged = [
            (one, is_right(one[2], [row for row in asked if any(one[0] <= last and first <= one[1] for first, last in row.lines)]))
            for one in offered
        ]
        wrong = [one for one, right in judged if right is False]
        figures = [len(asked), len(asked) - len(missed), len(asked) - len(missed_alone), len(offered), len(wrong)]
        total = [before + now for before, now in zip(total, figures, strict=True)]
        print(f"{figures[0]:4} {figures[1]:7} {figures[2]:31} {figures[3]:11} {figures[4]:7} {len(findings):12}   S{number} {name[:20]}")
        if show:
            for row in missed_alone:
                print(f"       missed{'' if row in missed else ' by the others'}: {row.name}, line {row.lines[0][0]}")
            for (first, _, proposal), right in judged:
                print(
                    f"       {'right' if right else 'not in the rows' if right is None else 'WRONG'}: line {first}: {json.dumps(proposal)}"
                )
    print(f"{total[0]:4} {total[1]:7} {total[2]:31} {total[3]:11} {total[4]:7}                all of them")
    return 0 if total[0] and total[2] >= 0.9 * total[0] and total[4] <= 0.1 * total[3] else 1


if __name__ == "__main__":
    arguments = [one for one in sys.argv[1:] if one != "--show"]
    if len(arguments) != 2:
        sys.exit(__doc__)
    sys.exit(main(*arguments, show="--show" in sys.argv))
