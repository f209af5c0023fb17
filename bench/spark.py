"""What Spark adds to the answers of a table, on the wall, once everything is warm: everybody in a Parquet file on `local[2]`, against two
processes of our own that answer half of it each, and Spark handing the same people to Python and back.

    python bench/spark.py                     200,000 people, 3 rounds
    python bench/spark.py --people 1000000    a million

It needs pyspark (`pip install "eligibility[spark]"`), Java, and two processors with nothing else to do: on a busy machine the parts of a
round do not have the same share of it. Nothing here is a test.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from columns import ON, ROOT, made

RULES = sorted(str(path) for path in (ROOT / "rules").glob("*.yaml") if not path.name.endswith(".cases.yaml"))
TARGET = 1.2


def half(asked: tuple[str, int, str]) -> int:
    """How many people of half of a file are answered by this process."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from eligibility.columns import check
    from eligibility.loading.models import load_vacancy

    source, which, detail = asked
    file = pq.ParquetFile(source)
    batches = file.iter_batches(row_groups=list(range(which, file.num_row_groups, 2)), batch_size=50_000, use_threads=False)
    people = pa.RecordBatchReader.from_batches(file.schema_arrow, batches)
    return sum(batch.num_rows for batch in check(people, [load_vacancy(path) for path in RULES], ON, detail=detail))  # type: ignore[arg-type]  # a word of the command line


def same(batches: Iterator[Any]) -> Iterator[Any]:
    """The same people."""
    yield from batches


def took(work: Callable[[], object]) -> float:
    """Seconds on the wall."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def session(source: str) -> Any:
    """Spark on two threads, with the file in two parts."""
    from pyspark.sql import SparkSession

    os.environ |= {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    os.environ["PYTHONPATH"] = os.pathsep.join((str(ROOT / "src"), str(Path(__file__).parent)))
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config("spark.driver.memory", "4g")
    part = os.path.getsize(source) // 2 + 4096
    spark = builder.config("spark.sql.files.maxPartitionBytes", part).config("spark.sql.files.openCostInBytes", 0).getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    return spark


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--detail", choices=("criteria", "outcomes"), default="criteria")
    parser.add_argument("--data", help="a folder that keeps the people for another run")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        source = made(asked.people, asked.data or scratch)
        with multiprocessing.get_context("spawn").Pool(2) as own:
            spark = session(source)
            frame = spark.read.parquet(source)
            from eligibility.spark import check

            def on_spark() -> None:
                check(frame, RULES, ON, detail=asked.detail).write.format("noop").mode("overwrite").save()

            def there_and_back() -> None:
                frame.mapInArrow(same, frame.schema).write.format("noop").mode("overwrite").save()

            def by_ourselves() -> None:
                done = own.map(half, [(source, which, asked.detail) for which in range(2)], chunksize=1)
                assert sum(done) == asked.people

            parts = (on_spark, by_ourselves, there_and_back)
            for part in parts:
                part()
            found = [tuple(took(part) for part in parts) for _ in range(asked.rounds)]
            spark.stop()
    for all_, ours, identity in found:
        print(f"Spark {all_:6.2f} s, two processes {ours:6.2f} s, there and back {identity:6.2f} s: {all_ / (ours + identity):5.2f}")
    ratio = statistics.median(all_ / (ours + identity) for all_, ours, identity in found)
    print(f"{asked.people:,} people, {asked.detail}: ratio {ratio:5.2f} (target {TARGET:g})")


if __name__ == "__main__":
    main()
