"""`python -m tests.worlds --cases 20000 --seed 1`: rules over the whole grammar, engine against worlds.

Ends with `N compared, N failed`, after the differences, each made as small as it will go, and what the cases covered.
`--out FOLDER` writes each difference as a rule file with its case.
"""

from __future__ import annotations

import argparse
import copy
import itertools
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import yaml

from .compare import Difference, compare, compared
from .generate import Drawn, Meeting, draw, targets
from .grammar import HEADER

TRIES = 6
"""How often a target is drawn before it is said that its parts do not stand together."""


def rules(seed: int, about: str | None = None) -> Iterator[Drawn | None]:
    """A rule with its people for the next target of a shuffled list, again and again; None where a target could not be drawn. With
    `about`, only targets with that kind, that key, that form of it or that context."""
    rnd = Random(seed)
    wanted = [one for one in targets() if about is None or about in (*one.atom, one.context, *(one.other or ()))]
    rnd.shuffle(wanted)
    for target in itertools.cycle(wanted):
        yield next((one for one in (draw(rnd, target) for _ in range(TRIES)) if one is not None), None)


def kinds_of(rule: Mapping[str, Any], person: Mapping[str, Any], on: date) -> set[str]:
    return {one.kind for one in compare(rule, person, on)}


def shrunk(rule: dict[str, Any], person: dict[str, Any], on: date, kind: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The smallest rule and person found that still differ so, by leaving out one part after another."""
    again = True
    while again:
        again = False
        for whole in ("person", "rule"):
            for smaller in _smaller(person if whole == "person" else rule):
                tried = (rule, smaller) if whole == "person" else (smaller, person)
                try:
                    differs = kind in kinds_of(*tried, on)
                except Exception:
                    differs = False
                if differs:
                    rule, person = tried
                    again = True
                    break
            if again:
                break
    return rule, person


def _smaller(whole: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The same with one key or one entry less."""
    for path in _paths(whole):
        if path[0] in ("format", "id", "title", "as_of", "dates", "jurisdiction") or path[-1] in ("id", "kind", "vacancy"):
            continue
        less = copy.deepcopy(whole)
        here: Any = less
        for step in path[:-1]:
            here = here[step]
        if path == ("criteria",) or (path[:-1] == ("criteria",) and len(here) == 1):
            continue
        if path[0] == "lists" and (len(path) > 3 or len(here) == 1):
            continue  # a list of the notice is never empty, and its entries are whole
        del here[path[-1]]
        yield less


def _paths(raw: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    entries = raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ()
    for key, value in entries:
        yield (*path, key)
        yield from _paths(value, (*path, key))


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.worlds", description="The engine against the slow, obvious evaluator.")
    options.add_argument("--cases", type=int, default=2000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--about", help="only rules with this kind, this key, this form of it or in this context")
    options.add_argument("--out", type=Path, help="a folder for the differences, as rule files with a case each")
    options.add_argument("--show", type=int, default=20, help="how many differences are made small and shown")
    asked = options.parse_args()
    many = failed = shown = 0
    every: Counter[str] = Counter()
    where: Counter[str] = Counter()
    seen: set[tuple[str, ...]] = set()
    contexts: set[tuple[Any, ...]] = set()
    pairs: set[tuple[Any, ...]] = set()
    for one in rules(asked.seed, asked.about):
        if many >= asked.cases:
            break
        if one is None:
            every["not drawn: the parts refuse each other"] += 1
            continue
        (contexts if one.target.other is None else pairs).add(tuple(one.target))
        for meeting, differences in zip(one.meetings, compared(one.rule, one.meetings), strict=False):
            many += 1
            if not differences:
                continue
            failed += 1
            first = differences[0]
            every[first.kind] += 1
            where[f"{first.kind}: {' '.join(one.target.atom)} / {one.target.context}"] += 1
            like = (first.kind, one.target.atom[1], one.target.context)
            if shown < asked.show and like not in seen:
                seen.add(like)
                shown += 1
                _tell(one.rule, meeting, first, asked.out, f"{asked.seed}-{shown}")
    print()
    for kind, times in every.most_common():
        print(f"{times:7}  {kind}")
    for place, times in where.most_common(25):
        print(f"{times:7}  {place}")
    print(f"covered: {len(contexts)} atoms in contexts, {len(pairs)} pairs of atoms, of {len(targets())} targets")
    print(f"{many} compared, {failed} failed")
    return 1 if failed else 0


def _tell(rule: dict[str, Any], meeting: Meeting, difference: Difference, folder: Path | None, name: str) -> None:
    on = meeting.on
    rule, person = shrunk(rule, meeting.person, on, difference.kind)
    short = {key: value for key, value in rule.items() if key in ("criteria", "conditions") or HEADER.get(key) != value}
    less = next((found for found in compare(rule, person, on) if found.kind == difference.kind), difference)
    print(f"\n{less.kind}: engine {less.engine}, worlds {', '.join(sorted(less.worlds))}; on {on}")
    print(yaml.safe_dump(short, sort_keys=False, allow_unicode=True, default_flow_style=None, width=150), end="")
    print("profile: " + yaml.safe_dump(person, sort_keys=False, default_flow_style=True, width=300).strip())
    if less.example:
        print(f"a world: {dict(less.example)}")
    sys.stdout.flush()
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        expected = next(iter(less.worlds)) if len(less.worlds) == 1 else "unknown"
        case = {"name": less.kind, "profile": person, "expect": {"c": expected}}
        written = {**rule, "id": f"world-{name}", "cases": {"day": on.isoformat(), "cases": [case]}}
        text = yaml.safe_dump(written, sort_keys=False, allow_unicode=True)
        (folder / f"world-{name}.yaml").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
