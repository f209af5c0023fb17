"""How well maps of columns are proposed: each column of some tables compared with a key that was written before.

    python bench/maps.py [FOLDER]

Without a folder, the invented tables of `bench/maps/`; with one, those of the key's part `found` that are in it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from eligibility.batch.guesses import Guess, guess
from eligibility.batch.sources import table_in
from eligibility.reference import load_reference

HERE = Path(__file__).parent / "maps"


class Score(NamedTuple):
    """How many columns that have a field were mapped, of how many; those mapped wrongly; how many were asked about rightly, of how many."""

    mapped: int
    fields: int
    wrong: tuple[str, ...]
    asked: int
    asks: int
    missed: tuple[str, ...]


def tables(folder: Path | None) -> dict[Path, dict[str, Any]]:
    """The tables with the key of each."""
    key = yaml.safe_load((HERE / "key.yaml").read_text("utf-8"))
    if folder is None:
        return {HERE / name: columns for name, columns in key["made"].items()}
    return {folder / name: about["columns"] for name, about in key["found"].items() if (folder / name).exists()}


def score(path: Path, key: dict[str, Any]) -> Score:
    """What is proposed for a table, compared with its key."""
    found = {one.header: one for one in guess(table_in(str(path), lambda problem: None), load_reference()).columns}
    wrong, missed = [], []
    mapped = fields = asked = asks = 0
    for header, answer in key.items():
        right = answer if isinstance(answer, list) else [answer]
        one = found.get(header, Guess(header))
        is_field = not {"ask", "none"} & set(right)
        fields += is_field
        if one.path is not None and one.path not in right:
            wrong.append(f"{path.name}: {header!r} is taken for {one.path}, and is {' or '.join(right)}")
        elif one.path is not None:
            mapped += is_field
        elif is_field:
            missed.append(f"{path.name}: {header!r} is {right[0]}")
        if right == ["ask"]:
            asks += 1
            asked += one.path is None and one.asked is not None
    return Score(mapped, fields, tuple(wrong), asked, asks, tuple(missed))


def main() -> int:
    """Print the score; 1 where a column is mapped wrongly, or fewer than 85 of 100 are mapped."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    found = {path: score(path, key) for path, key in tables(folder).items()}
    if not found:
        sys.exit("none of the tables of the key is there")
    for path, one in found.items():
        print(f"{path.name}: {one.mapped} of {one.fields} mapped, {len(one.wrong)} wrongly, {one.asked} of {one.asks} asked about")
    every = Score(*(sum((part for part in parts), start=type(parts[0])()) for parts in zip(*found.values(), strict=True)))
    for line in (*every.wrong, *(f"missed: {line}" for line in every.missed)):
        print(line)
    share = every.mapped / every.fields
    mapped = f"{every.mapped} of {every.fields} mapped ({share:.0%})"
    print(f"all: {mapped}, {len(every.wrong)} wrongly, {every.asked} of {every.asks} asked about")
    return 0 if not every.wrong and share >= 0.85 else 1


if __name__ == "__main__":
    sys.exit(main())
