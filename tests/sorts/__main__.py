"""`python -m tests.sorts --cases N --seed S`: so many mutants, drawn at random; what goes wrong is told and counted."""

from __future__ import annotations

import argparse
import random
import sys
import time
import traceback

from .examples import Kind, examples
from .judge import refused
from .mutants import Mutant, mutants

SLOW = 5.0
"""Seconds of the processor that no file of 1 MB takes."""


def main() -> int:
    """The number of mutants that went wrong decides."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kind", choices=[str(kind) for kind in Kind])
    asked = parser.parse_args()
    every = [one for example in examples() if asked.kind in (None, example.kind) for one in mutants(example)]
    chosen = random.Random(asked.seed).sample(every, min(asked.cases, len(every)))
    failed = 0
    seen: dict[str, int] = {}
    for mutant in chosen:
        if (why := wrong_with(mutant)) is not None:
            failed += 1
            seen[why] = seen.get(why, 0) + 1
            if seen[why] <= 2:
                print(f"{mutant}\n    {why}", flush=True)
    for why, times in sorted(seen.items(), key=lambda one: -one[1]):
        print(f"{times:6} × {why}")
    print(f"{len(every)} possible, {len(chosen)} tried, {failed} failed")
    return 1 if failed else 0


def wrong_with(mutant: Mutant) -> str | None:
    """What is wrong with the answer to a mutant, in one line."""
    began = time.process_time()
    try:
        was_refused = refused(mutant)
    except Exception as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} at {frame.filename.rpartition('eligibility/')[2]}:{frame.lineno}: {str(error)[:100]}"
    if time.process_time() - began > SLOW:
        return f"slow: {mutant.sort} in {mutant.example.kind}"
    if mutant.refused and not was_refused:
        return f"accepted: {mutant.sort} at {'.'.join(str(one) for one in mutant.path if isinstance(one, str))}"
    return None


if __name__ == "__main__":
    sys.exit(main())
