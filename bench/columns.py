"""What a table of people costs, against a program written by hand for the same file: processor seconds of whole processes, in rounds one
after the other, medians; and the most memory they take.

    python bench/columns.py                     200,000 people, 3 rounds
    python bench/columns.py --people 1000000    a million
    python bench/columns.py --memory            the most memory for so many people, and for four times as many

The people are those of `people.py`, the yardstick is `limit.py`. Absolute times depend on the machine; the ratios hardly do. Nothing here
is a test.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from datetime import date
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
    answers = check(table, [load_vacancy(str(path), reference) for path in rules], ON, reference=reference, detail=detail)  # type: ignore[arg-type]
    with pq.ParquetWriter(target, answers.schema) as writer:
        for batch in answers:
            writer.write_batch(batch)


def cost(command: list[str]) -> tuple[float, float]:
    """Processor seconds and megabytes of one child process."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(ROOT / "src")})
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {child.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def made(people: int, folder: str) -> str:
    path = f"{folder}/people-{people}.parquet"
    if not os.path.exists(path):
        subprocess.run([sys.executable, str(HERE / "people.py"), str(people), path], check=True)
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", action="store_true", help="the most memory, for so many people and for four times as many")
    parser.add_argument("--data", help="a folder that keeps the people for another run")
    parser.add_argument("--answer", nargs=3, metavar=("IN", "OUT", "DETAIL"), help="only answer, in this process")
    told = parser.parse_args()
    if told.answer:
        answer(*told.answer)
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = told.data or scratch
        source, target = made(told.people, folder), f"{scratch}/answers.parquet"
        if told.memory:
            for people in (told.people, 4 * told.people):
                for detail in DETAILS:
                    command = [sys.executable, __file__, "--answer", made(people, folder), target, detail]
                    print(f"{people:>9,} people, {detail:<8}: {cost(command)[1]:6.0f} MB")
            return
        found: dict[str, list[tuple[float, float]]] = {detail: [] for detail in DETAILS}
        for _ in range(told.rounds):
            for detail, pairs in found.items():
                ours, _ = cost([sys.executable, __file__, "--answer", source, target, detail])
                base, _ = cost([sys.executable, str(HERE / "limit.py"), source, target, "1"])
                pairs.append((ours, base))
        for detail, pairs in found.items():
            ours, base = (statistics.median(column) for column in zip(*pairs, strict=True))
            ratio = statistics.median(one / other for one, other in pairs)
            print(
                f"{told.people:,} people, {detail:<8}: {ours:7.2f} s against {base:6.2f} s: ratio {ratio:5.2f} (target {DETAILS[detail]:g})"
            )


if __name__ == "__main__":
    main()
