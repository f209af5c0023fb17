"""What `eligibility when` costs beside one check of the same person before the same vacancy: at most 20 times.

    python bench/when.py [PEOPLE]

The vacancies are the six of `rules/`, as they are shipped and with everything that they count on a day of theirs counted on the day of
application. Each figure is the best of three rounds of processor time.
"""

from __future__ import annotations

import statistics
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

from people import chunk, pruned

import eligibility
from eligibility.loading.files import read_source
from eligibility.loading.models import read_profile, read_vacancy
from eligibility.loading.yaml_reader import read_yaml
from eligibility.reference import load_reference
from eligibility.vacancy import Vacancy
from eligibility.when import when

RULES = Path(__file__).parent.parent / "rules"
REFERENCE = load_reference()
ROUNDS, DAY = 3, date(2026, 6, 1)


def moved(raw: Any, days: frozenset[str]) -> Any:
    """The same, counted on the day of application wherever a day of the vacancy stands."""
    if isinstance(raw, dict):
        return {key: value if key in ("dates", "cases") else moved(value, days) for key, value in raw.items()}
    if isinstance(raw, list):
        return [moved(one, days) for one in raw]
    return "application" if raw in days else raw


def vacancies() -> list[tuple[str, Vacancy]]:
    found = []
    for path in sorted(RULES.glob("*.yaml")):
        if path.name.endswith(".cases.yaml"):
            continue
        raw = read_yaml(read_source(str(path))).data
        for name, written in (("as shipped", raw), ("on application", moved(raw, frozenset(raw["dates"])))):
            vacancy, problems = read_vacancy(written, REFERENCE)
            assert vacancy is not None, problems
            found.append((f"{path.stem} {name}", vacancy))
    return found


def seconds(does: Any) -> float:
    best = float("inf")
    for _ in range(ROUNDS):
        begun = time.process_time()
        does()
        best = min(best, time.process_time() - begun)
    return best


def main() -> int:
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    people = [read_profile(pruned(raw), REFERENCE)[0] for raw in chunk(0).slice(0, many).to_pylist()]
    worst = 0.0
    for name, vacancy in vacancies():
        ratios = []
        costs = []
        for person in people:
            one = seconds(lambda: [eligibility.check(vacancy, person, DAY, REFERENCE).findings for _ in range(20)]) / 20  # noqa: B023
            every = seconds(lambda: when(vacancy, person, DAY, REFERENCE))  # noqa: B023
            ratios.append(every / one)
            costs.append(one)
        worst = max(worst, statistics.mean(ratios))
        mean, most = statistics.mean(ratios), max(ratios)
        print(f"{name:54} a check {1000 * statistics.mean(costs):5.2f} ms, when {mean:5.1f} x, for one person {most:5.1f} x")
    print(f"the slowest vacancy: {worst:.1f} x (at most 20)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
