"""Whether any work grows faster than the input it is done for: the one gate in CI that measures time.

    python bench/growth.py             every dimension of every input
    python bench/growth.py "CSV"       those whose name has this in it

Each dimension of an input begins where it costs at least 0.1 s of processor time more than an empty input, whose time is subtracted,
and is doubled four times. Sixteen times the input costs 16 times the time where the work is linear, 256 times where it is quadratic; more
than 64 times ends with 1. An input that is too large is refused; to find that out must not cost more either. What never costs 0.1 s,
however large, passes.
"""

from __future__ import annotations

import gc
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from eligibility.cli import BUG, run

BASE = 0.1
DOUBLINGS = 4
MOST = 64
PATIENCE = 1.0
"""Seconds that a measurement may take more than it should before it is ended."""

RULE = {"format": 1, "id": "post", "title": {"en": "Post", "fr": "Poste"}, "jurisdiction": "FR", "dates": {"deadline": "2024-06-30"}}
ADULT = {"kind": "age", "at_least": 18}
ME = {"name": "Me", "birth_date": "1990-01-01"}
CHECK = ["check", "me.yaml", "--rules", "rules", "--on", "2024-06-01", "--detail"]
VALIDATE = ["validate", "rules", "me.yaml"]
BATCH = ["batch", "--rules", "rules", "--on", "2024-06-01", "--columns", "map.yaml", "-o", "out.csv"]
CELLS = [*BATCH[:-3], "cells.yaml", "-o", "out.csv"]
JSON_LINES = [*BATCH[:-4], "-o", "out.csv", "people.jsonl"]


DRAFT = ["new", "vacancy", "--from", "notice.txt"]


class Dimension(NamedTuple):
    """Something of an input that may be large: what writes a folder with so much of it, and the command that reads it."""

    name: str
    command: list[str]
    write: Callable[[Path, int], None]
    first: int
    """The size at which to begin to look for the base."""
    last: int
    """The largest base that is looked for; beyond it, it costs nothing."""


def write(path: Path, data: object) -> None:
    """A file with this text, or with this value as YAML (of which JSON is a part)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(data if isinstance(data, str) else json.dumps(data, ensure_ascii=False), "utf-8")


def rule(make: Callable[[int], dict[str, object]]) -> Callable[[Path, int], None]:
    """What writes a rule file that has so much of something."""
    return lambda folder, size: write(folder / "rules/post.yaml", {**RULE, "criteria": [{"id": "adult", **ADULT}], **make(size)})


def profile(make: Callable[[int], dict[str, object]]) -> Callable[[Path, int], None]:
    """What writes a profile that has so much of something."""
    return lambda folder, size: write(folder / "me.yaml", {**ME, **make(size)})


def table(make: Callable[[int], Iterable[list[str]]], name: str = "people.csv") -> Callable[[Path, int], None]:
    """What writes a CSV, XLSX or Parquet file of these rows."""

    def written(folder: Path, size: int) -> None:
        rows = list(make(size))
        if name.endswith(".csv"):
            write(folder / name, "".join(";".join(row) + "\n" for row in rows))
        elif name.endswith(".xlsx"):
            import xlsxwriter

            with xlsxwriter.Workbook(folder / name) as book:
                sheet = book.add_worksheet()
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, row)
        else:
            import pyarrow
            from pyarrow import parquet

            head, *lines = rows
            columns = {title: [line[index] for line in lines] for index, title in enumerate(head)}
            parquet.write_table(pyarrow.table(columns), folder / name)

    return written


def line(make: Callable[[int], str]) -> Callable[[Path, int], None]:
    """What writes JSON Lines."""
    return lambda folder, size: write(folder / "people.jsonl", make(size))


def notice(make: Callable[[int], str]) -> Callable[[Path, int], None]:
    """What writes the text of a notice that has so much of something."""
    return lambda folder, size: write(folder / "notice.txt", make(size))


def notice_beside(folder: Path, size: int) -> None:
    """A notice of so many conditions, and beside it the rules that quote them."""
    sentences = [f"Candidates must know rule {number}." for number in range(size + 1)]
    write(folder / "rules/notice.txt", "\n".join(sentences))
    criteria = [{"id": f"c{number}", "kind": "judged", "quote": one} for number, one in enumerate(sentences)]
    write(folder / "rules/post.yaml", {**RULE, "notice": {"document": "notice.txt"}, "criteria": criteria})


def nested_groups(folder: Path, size: int) -> None:
    """A rule file with so many groups inside one another."""
    adult = json.dumps(ADULT)
    text = f'{{"all_of": [{adult}, ' * size + adult + "]}" * size
    write(
        folder / "rules/post.yaml",
        json.dumps({**RULE, "criteria": ["NESTED"]}).replace('"NESTED"', f'{{"id": "c", "all_of": [{adult}, {text}]}}'),
    )


def text_of_nested(size: int) -> str:
    return json.dumps(ME)[:-1] + ', "tags": ' + "[" * size + "]" * size + "}\n"


def columns(size: int) -> list[list[str]]:
    return [["id", "Birth date", *(f"other {number}" for number in range(size))], ["a", "1990-01-01", *["x"] * size]]


def rows(size: int) -> list[list[str]]:
    return [["id", "Birth date"], *([f"p{number}", "1990-01-01"] for number in range(size))]


def wrong_rows(size: int) -> list[list[str]]:
    return [["id", "Birth date"], *([f"p{number}", "1990-02-30"] for number in range(size))]


def cell(name: str = "Me", level: str = "7", countries: str = "FR") -> list[list[str]]:
    return [["Birth date", "Name", "Level", "Countries"], ["1990-01-01", name, level, countries]]


def deep(folder: Path, size: int) -> None:
    """Rule files in folders inside one another, one in each."""
    os.makedirs(folder / "rules", exist_ok=True)
    os.chdir(folder / "rules")  # one step at a time: the whole path may be longer than the system takes
    for number in range(size):
        os.mkdir("in")
        os.chdir("in")
        write(Path("post.yaml"), {**RULE, "id": f"post-{number}", "criteria": [{"id": "adult", **ADULT}]})


def many_rules(folder: Path, size: int) -> None:
    for number in range(size):
        write(folder / f"rules/post-{number}.yaml", {**RULE, "id": f"post-{number}", "criteria": [{"id": "adult", **ADULT}]})


def many_profiles(folder: Path, size: int) -> None:
    write(folder / "people/me.yaml", ME)
    for number in range(size):
        write(folder / f"people/p{number}.yaml", ME)


def settings(folder: Path, size: int) -> None:
    write(folder / "eligibility.toml", "".join(f"unknown-{number} = 1\n" for number in range(size)))


def map_keys(folder: Path, size: int) -> None:
    write(folder / "map.yaml", {"columns": {"birth_date": "Birth date", **{f"unknown-{number}": "id" for number in range(size)}}})


def cases(folder: Path, size: int) -> None:
    listed = [{"name": f"case {number}", "profile": ME, "expect": {"adult": "pass"}} for number in range(size)]
    write(folder / "rules/post.cases.yaml", {"format": 1, "vacancy": "post", "on": "2024-06-01", "cases": listed})


def criteria(size: int) -> dict[str, object]:
    return {"criteria": [{"id": f"c{number}", **ADULT} for number in range(size + 1)]}


def chain(size: int) -> dict[str, object]:
    return {"criteria": [{"id": "c0", **ADULT}, *({"id": f"c{number}", "met": f"c{number - 1}"} for number in range(1, size + 1))]}


def readings(size: int) -> dict[str, object]:
    listed = [{"name": {"en": f"r{n}", "fr": f"r{n}"}, "at_least": n + 1, "preferred": n == 0} for n in range(size + 2)]
    return {"criteria": [{"id": "c", **ADULT, "readings": listed}]}


def job(number: int) -> dict[str, object]:
    return {"employer": f"Employer {number}", "function": "research", "from": f"{1990 + number % 30}-01", "to": f"{1990 + number % 30}-12"}


WORK = {"criteria": [{"id": "work", "kind": "experience", "at_least": "3 years", "function": "research"}]}
DIMENSIONS = [
    Dimension("CSV: columns", [*BATCH, "people.csv"], table(columns), 1_000, 100_000),
    Dimension("CSV: columns, proposed", ["columns", "people.csv"], table(columns), 500, 100_000),
    Dimension("CSV: rows", [*BATCH, "people.csv"], table(rows), 500, 100_000),
    Dimension("CSV: rows that are refused", [*BATCH, "people.csv"], table(wrong_rows), 250, 100_000),
    Dimension("CSV: words in a cell", [*CELLS, "people.csv"], table(lambda size: cell(countries="FR; Nowhere; " * size)), 10_000, 200_000),
    Dimension("CSV: digits", [*CELLS, "people.csv"], table(lambda size: cell(name="9" * size, level="9" * size)), 50_000, 1_000_000),
    Dimension("CSV: emoji", [*CELLS, "people.csv"], table(lambda size: cell(name="\N{GRINNING FACE}" * size)), 50_000, 1_000_000),
    Dimension("XLSX: columns", [*BATCH, "people.xlsx"], table(columns, "people.xlsx"), 500, 8_000),
    Dimension("XLSX: columns, proposed", ["columns", "people.xlsx"], table(columns, "people.xlsx"), 500, 8_000),
    Dimension("XLSX: rows", [*BATCH, "people.xlsx"], table(rows, "people.xlsx"), 250, 8_000),
    Dimension("Parquet: columns", [*BATCH, "people.parquet"], table(columns, "people.parquet"), 500, 8_000),
    Dimension("Parquet: rows", [*BATCH, "people.parquet"], table(rows, "people.parquet"), 500, 8_000),
    Dimension("JSON Lines: keys", JSON_LINES,
              line(lambda size: json.dumps({**ME, **{f"key {number}": 1 for number in range(size)}})), 1_000, 100_000),
    Dimension("JSON Lines: keys written again", JSON_LINES,
              line(lambda size: "{" + ", ".join(f'"key {number // 2}": 1' for number in range(size)) + ', "name": "x"}'), 1_000, 100_000),
    Dimension("JSON Lines: people", JSON_LINES,
              line(lambda size: "".join(json.dumps({**ME, "id": f"p{number}"}) + "\n" for number in range(size))), 500, 100_000),
    Dimension("JSON Lines: nesting", JSON_LINES, line(text_of_nested), 10_000, 200_000),
    Dimension("JSON Lines: digits", JSON_LINES,
              line(lambda size: json.dumps(ME)[:-1] + f', "facts": {{"x": {"9" * size}}}}}'), 50_000, 1_000_000),
    Dimension("folder: people", [*BATCH[:-4], "-o", "out.csv", "people"], many_profiles, 100, 5_000),
    Dimension("map: keys", [*BATCH, "people.csv"], map_keys, 250, 20_000),
    Dimension("settings: unknown", ["validate", "me.yaml"], settings, 250, 50_000),
    Dimension("profile: unknown keys", VALIDATE, profile(lambda size: {f"unknown{number}": 1 for number in range(size)}), 250, 20_000),
    Dimension("profile: unknown words", CHECK,
              profile(lambda size: {"citizenships": [f"Land {n}" for n in range(size)]}), 50, 20_000),
    Dimension("profile: jobs", CHECK, profile(lambda size: {"experience": [job(number) for number in range(size)]}), 100, 5_000),
    Dimension("profile: wrong dates", VALIDATE,
              profile(lambda size: {"experience": [{"from": "2024-02-30"} for _ in range(size)]}), 250, 10_000),
    Dimension("profile: one long word", CHECK, profile(lambda size: {"name": "x" * size}), 10_000, 200_000),
    Dimension("profile: emoji", CHECK, profile(lambda size: {"name": "\N{GRINNING FACE}" * size}), 5_000, 200_000),
    Dimension("profile: words", CHECK, profile(lambda size: {"name": "word " * size}), 5_000, 100_000),
    Dimension("profile: one long word that is unknown", VALIDATE, profile(lambda size: {"domicile": "x" * size}), 10_000, 200_000),
    Dimension("profile: accents", CHECK, profile(lambda size: {"name": "e\N{COMBINING ACUTE ACCENT}" * size}), 10_000, 200_000),
    Dimension("profile: digits", VALIDATE,
              lambda folder, size: write(folder / "me.yaml", f"name: Me\nfacts: {{x: {'9' * size or 1}}}\n"), 10_000, 200_000),
    Dimension("profile: nesting", VALIDATE, lambda folder, size: write(folder / "me.yaml", text_of_nested(size)), 5_000, 200_000),
    Dimension("rule: criteria", CHECK, rule(criteria), 50, 5_000),
    Dimension("rule: criteria, looked at", VALIDATE,
              rule(criteria), 25, 5_000),
    Dimension("rule: criteria, shown", ["show", "post", "--rules", "rules"],
              rule(criteria), 100, 5_000),
    Dimension("rule: members of a group", CHECK,
              rule(lambda size: {"criteria": [{"id": "c", "any_of": [ADULT] * (size + 2)}]}), 100, 5_000),
    Dimension("rule: nesting", VALIDATE, nested_groups, 4, 5_000),
    Dimension("rule: criteria that refer to criteria", CHECK,
              rule(chain), 8, 5_000),
    Dimension("rule: readings", VALIDATE,
              rule(readings), 25, 5_000),
    Dimension("rule: unknown keys", VALIDATE, rule(lambda size: {f"unknown{number}": 1 for number in range(size)}), 250, 20_000),
    Dimension("rule: unknown references", VALIDATE,
              rule(lambda size: {"criteria": [{"id": f"c{number}", "met": f"other{number}"} for number in range(size + 1)]}), 25, 10_000),
    Dimension("rule: entries of a list", CHECK, rule(lambda size: {
        "lists": {"partners": [f"school-{number}" for number in range(size + 1)]},
        "criteria": [{"id": "c", "kind": "degree", "school": {"list": "partners"}}]}), 250, 20_000),
    Dimension("rule: options", CHECK, rule(lambda size: {
        "choices": {"track": {"options": {f"o{number}": "Option" for number in range(size + 2)}}},
        "criteria": [{"id": "c", "kind": "choice", "choice": "track", "equals": "o1"}]}), 25, 10_000),
    Dimension("rule: digits", VALIDATE, lambda folder, size: write(
        folder / "rules/post.yaml", json.dumps({**RULE, "criteria": [{"id": "c", "kind": "age", "at_least": 1}]}).replace(
            '"at_least": 1', f'"at_least": {"9" * size or 1}')), 5_000, 200_000),
    Dimension("rule: one long word", ["show", "post", "--rules", "rules"], rule(lambda size: {"title": "x" * (size + 1)}), 10_000, 200_000),
    Dimension("rules: vacancies", CHECK, many_rules, 25, 5_000),
    Dimension("rules: vacancies, listed", ["list", "--rules", "rules"], many_rules, 25, 5_000),
    Dimension("rules: folders inside one another", ["validate", "rules"], deep, 50, 10_000),
    Dimension("cases", ["test", "rules"], cases, 50, 5_000),
    Dimension("notice: sentences", DRAFT, notice(lambda size: "- Be at least 18 years of age.\n" * (size + 1)), 50, 20_000),
    Dimension("notice: one long line", DRAFT, notice(lambda size: "Candidates must have " + "ten years and " * size), 500, 50_000),
    Dimension("notice: brackets", DRAFT, notice(lambda size: f"Age limit: 18{'[(<*' * size}"), 1_000, 100_000),
    Dimension("notice: beside its rules", VALIDATE, notice_beside, 25, 5_000),
]  # fmt: skip


class Cost(NamedTuple):
    """What a process took, and how it ended; None where it was ended because it took too long."""

    seconds: float
    code: int | None


def cost_of(work: Callable[[], int], limit: float | None = None) -> Cost:
    """What some work costs in a process of its own, which may take about so many seconds."""
    process = os.fork()
    if process == 0:
        if limit is not None:
            seconds = math.ceil(limit + PATIENCE)
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        os._exit(work())
    _, status, used = os.wait4(process, 0)
    return Cost(used.ru_utime + used.ru_stime, os.WEXITSTATUS(status) if os.WIFEXITED(status) else None)


def warm() -> None:
    """Lets this process, from which all others come, import what the commands need; Parquet has threads, and waits."""
    here, streams = os.getcwd(), [os.dup(stream) for stream in (0, 1, 2)]
    with tempfile.TemporaryDirectory() as place:
        try:
            for dimension in DIMENSIONS:
                if "Parquet" not in dimension.name:
                    folder = Path(place, dimension.name)
                    prepare(dimension, 1, folder)
                    told_to_nobody(dimension.command, folder)
        finally:
            os.chdir(here)
            for stream, kept in enumerate(streams):
                os.dup2(kept, stream)


def prepare(dimension: Dimension, size: int, folder: Path) -> None:
    """The files of a dimension, beside those that its command needs."""
    write(folder / "rules/post.yaml", {**RULE, **WORK})
    write(folder / "me.yaml", ME)
    write(folder / "map.yaml", {"columns": {"birth_date": "Birth date"}})
    write(
        folder / "cells.yaml",
        {"columns": {"birth_date": "Birth date", "name": "Name", "degrees[0].level": "Level", "citizenships": "Countries"}},
    )
    dimension.write(folder, size)


def told_to_nobody(command: list[str], folder: Path) -> int:
    """Runs the command in a folder; its exit code."""
    os.chdir(folder)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    return run(command)


def cost(dimension: Dimension, size: int, limit: float | None = None) -> Cost:
    """What the command of a dimension costs with an input of this size."""
    folder = Path(tempfile.mkdtemp())

    def make() -> int:
        prepare(dimension, size, folder)
        return 0

    try:
        if cost_of(make).code != 0:
            raise SystemExit(f"{dimension.name}: could not be written")
        return cost_of(lambda: told_to_nobody(dimension.command, folder), limit)
    finally:
        subprocess.run(["rm", "-rf", str(folder)], check=True)  # Python's own gives up in a thousand folders inside one another


def too_fast(dimension: Dimension) -> bool:
    """Measures one dimension, tells what was found, and says whether its cost grows too fast."""
    empty = cost(dimension, 0).seconds
    size = dimension.first
    while True:
        seconds, code = cost(dimension, size)
        base = seconds - empty
        told = f"{dimension.name:<42} {empty:5.2f} s {size:>9,} {base:6.2f} s"
        if base >= BASE:
            break
        if size > dimension.last:
            print(f"{told}  never costs as much; exit code {code}", flush=True)
            return code == BUG
        size *= 2 if base > BASE / 4 else 4
    times, codes = {}, {code}
    for times_larger in (1 << doubling for doubling in range(DOUBLINGS, 0, -1)):
        seconds, code = cost(dimension, size * times_larger, empty + MOST * base)
        if code is None or seconds - empty > MOST * base / 2:  # a busy machine is given a second chance
            again = cost(dimension, size * times_larger, empty + MOST * base)
            if again.code is not None and (code is None or again.seconds < seconds):
                seconds, code = again
        times[times_larger] = (seconds - empty) / base
        codes.add(code)
        if times[times_larger] > times_larger / 2:  # all of it was read, and less of it costs less; else it was refused
            break
    found = ", ".join(f"{times_larger} ×: {one:.1f}" for times_larger, one in times.items())
    print(f"{told}  {found}  exit code {', '.join(sorted(map(str, codes)))}", flush=True)
    return max(times.values()) > MOST or not codes.isdisjoint((BUG, None))


def main() -> int:
    """The dimensions that grow too fast decide."""
    gc.disable()  # as the program does
    chosen = [one for one in DIMENSIONS if any(part in one.name for part in sys.argv[1:] or [""])]
    warm()
    began = time.monotonic()
    print(f"{'':<42} {'empty':>7} {'size':>9} {'costs':>8}   so many times as large costs so many times as much", flush=True)
    failed = [one.name for one in chosen if too_fast(one)]
    print(
        f"{len(chosen)} dimensions in {time.monotonic() - began:.0f} s, {len(failed)} grow too fast"
        + "".join(f"\n  {one}" for one in failed)
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
