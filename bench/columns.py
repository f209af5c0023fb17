"""What a table of people costs, against a program written by hand for the same file: processor seconds of whole processes, in rounds one
after the other, medians; and the most memory they take.

    python bench/columns.py                     200,000 people, 3 rounds
    python bench/columns.py --people 1000000    a million
    python bench/columns.py --memory            the most memory for so many people, and for four times as many
    python bench/columns.py --lines             JSON Lines to a matrix (one process), against `json.loads` of these lines
    python bench/columns.py --many 6000         so many different vacancies (ours with days, thresholds and fields moved), outcomes
                                                alone: what one costs, against what one of ours costs when they are asked alone

The people are those of `people.py`, the yardstick is `limit.py`. Absolute times depend on the machine; the ratios hardly do. Nothing here
is a test.
"""

from __future__ import annotations

import argparse
import copy
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
HERE = Path(__file__).resolve().parent
ON = date(2023, 9, 15)
DETAILS = {"criteria": 6.0, "outcomes": 4.0}
"""What is asked for, and how many times the yardstick it may take."""


def answer(source: str, target: str, detail: str) -> None:
    """Everybody in a Parquet file against our vacancies, to another."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from eligibility.columns import check
    from eligibility.loading.models import load_vacancy
    from eligibility.reference import load_reference

    reference = load_reference()
    rules = sorted(path for path in (ROOT / "rules").glob("*.yaml") if not path.name.endswith(".cases.yaml"))
    schema = pq.ParquetFile(source).schema
    texts = [schema.column(at).path for at in range(len(schema)) if schema.column(at).physical_type == "BYTE_ARRAY"]
    file = pq.ParquetFile(source, read_dictionary=[path for path in texts if path != "id"])  # repeated texts are read as numbers
    batches: Iterable[Any] = file.iter_batches(batch_size=50_000, use_threads=False)
    table = pa.RecordBatchReader.from_batches(file.schema_arrow, batches)
    answers = check(table, [load_vacancy(str(path), reference) for path in rules], ON, reference=reference, detail=detail)  # type: ignore[arg-type]  # a word of the command line
    with pq.ParquetWriter(target, answers.schema, write_statistics=False) as writer:  # nobody looks for a range of verdicts
        for batch in answers:
            writer.write_batch(batch)


def lines(people: int, rounds: int, folder: str) -> None:
    """JSON Lines to a matrix of outcomes, and `json.loads` of the lines alone."""
    source, target = made(people, folder, "jsonl"), f"{folder}/matrix.csv"
    command = [sys.executable, "-m", "eligibility", "batch", source, "-o", target, "--rules", str(ROOT / "rules"), "--on", str(ON)]
    command += ["--lang", "en", "--nearly", "0", "--jobs", "1"]
    found = []
    for _ in range(rounds):
        ours, _ = cost(command)
        with open(source, "rb") as file:
            held = file.read().splitlines()
        begun = time.process_time()
        for line in held:
            json.loads(line)
        found.append((ours, time.process_time() - begun))
    told(f"{people:,} JSON Lines", found, 5.0)


FIELDS = [
    "artificial_intelligence", "machine_learning", "data_science", "ai_ethics", "ai_governance", "digital_governance", "law", "culture",
    "emerging_technologies", "social_sciences", "political_science", "administration", "computer_science", "cybersecurity", "economics",
    "engineering", "psychology", "history",
]  # fmt: skip


def moved(value: Any, by: int, key: str = "") -> Any:
    """A rule with its days, thresholds and fields moved."""
    if isinstance(value, dict):
        return {name: moved(one, by, name if name not in ("any", "at") else key or "dates") for name, one in value.items()}
    if isinstance(value, list):
        return [moved(one, by, key) for one in value]
    if key in ("deadline", "start", "end", "from", "to", "at") and isinstance(value, str | date) and str(value)[:2] == "20":
        text = str(value)
        return str(date.fromisoformat(text[:10]) + timedelta(days=by % 90)) + text[10:]
    if key == "field" and value in FIELDS:
        return FIELDS[(FIELDS.index(value) + by) % len(FIELDS)]
    if key in ("at_least", "at_most") and isinstance(value, str) and value.split()[-1] in ("years", "months"):
        number, unit = value.split()
        return f"{int(number) + by % 7} {unit}"
    return value


def different(number: int) -> Iterator[Any]:
    """So many vacancies, each like one of ours and like no other."""
    from eligibility.loading.files import read_source
    from eligibility.loading.models import read_vacancy
    from eligibility.loading.yaml_reader import read_yaml
    from eligibility.reference import load_reference

    reference = load_reference()
    paths = sorted(path for path in (ROOT / "rules").glob("*.yaml") if not path.name.endswith(".cases.yaml"))
    rules = [read_yaml(read_source(str(path))).data for path in paths]
    for by, rule in itertools.islice(((by, rule) for by in itertools.count() for rule in rules), number):
        data = {**moved(copy.deepcopy(rule), by), "id": f"{rule['id']}-{by}"}
        vacancy, problems = read_vacancy(data, reference)
        if vacancy is None:
            raise SystemExit(f"{data['id']}: {problems[0]}")
        yield vacancy


def many(number: int, people: int, rounds: int, folder: str) -> None:
    """What one of many different vacancies costs, against one of ours."""
    import pyarrow.parquet as pq

    from eligibility.columns import check
    from eligibility.reference import load_reference

    reference, table = load_reference(), pq.read_table(made(people, folder))
    vacancies = list(different(number))
    found = []
    for _ in range(rounds):
        pair = []
        for some in (vacancies, vacancies[:6]):
            begun = time.process_time()
            for _ in check(table, some, ON, reference=reference, detail="outcomes"):
                pass
            pair.append((time.process_time() - begun) / len(some))
        found.append((pair[0], pair[1]))
    told(f"{people:,} people, one of {number:,} vacancies", found, 0.25)


def told(what: str, found: list[tuple[float, float]], target: float) -> None:
    ours, base = (statistics.median(column) for column in zip(*found, strict=True))
    ratio = statistics.median(one / other for one, other in found)
    print(f"{what:<32}: {ours:8.4f} s against {base:8.4f} s: ratio {ratio:5.2f} (target {target:g})")


ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""An installed program has its bytecode beside it; what is measured is not the compiler."""


def cost(command: list[str]) -> tuple[float, float]:
    """Processor seconds and megabytes of one child process."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, env={**ENVIRONMENT, "PYTHONPATH": str(ROOT / "src")})
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {child.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def made(people: int, folder: str, form: str = "parquet") -> str:
    path = f"{folder}/people-{people}.{form}"
    if not os.path.exists(path):
        subprocess.run([sys.executable, str(HERE / "people.py"), str(people), path], check=True)
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", action="store_true", help="the most memory, for so many people and for four times as many")
    parser.add_argument("--lines", action="store_true", help="JSON Lines to a matrix, against json.loads")
    parser.add_argument("--many", type=int, metavar="N", help="so many different vacancies, against ours alone")
    parser.add_argument("--data", help="a folder that keeps the people for another run")
    parser.add_argument("--answer", nargs=3, metavar=("IN", "OUT", "DETAIL"), help="only answer, in this process")
    asked = parser.parse_args()
    if asked.answer:
        answer(*asked.answer)
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.data or scratch
        if asked.lines:
            lines(asked.people, asked.rounds, folder)
            return
        if asked.many:
            many(asked.many, asked.people, asked.rounds, folder)
            return
        source, target = made(asked.people, folder), f"{scratch}/answers.parquet"
        if asked.memory:
            for people in (asked.people, 4 * asked.people):
                for detail in DETAILS:
                    command = [sys.executable, __file__, "--answer", made(people, folder), target, detail]
                    print(f"{people:>9,} people, {detail:<8}: {cost(command)[1]:6.0f} MB")
            return
        found: dict[str, list[tuple[float, float]]] = {detail: [] for detail in DETAILS}
        for _ in range(asked.rounds):
            for detail, pairs in found.items():
                ours, _ = cost([sys.executable, __file__, "--answer", source, target, detail])
                base, _ = cost([sys.executable, str(HERE / "limit.py"), source, target, "1"])
                pairs.append((ours, base))
        for detail, pairs in found.items():
            told(f"{asked.people:,} people, {detail}", pairs, DETAILS[detail])


if __name__ == "__main__":
    main()
