"""People in Parquet or JSON Lines against rule files, on Spark; the answers in Parquet, a row for each person.

spark-submit examples/spark_job.py people.parquet answers --on 2024-03-27 rules/icesco-p039.yaml

The paths of people and answers are whatever Spark reads and writes (`s3a://…`, `hdfs://…`); rule files are files of the driver. The Python
of the workers needs `pip install "eligibility[spark]"` too. Exit code: 0, or 2 where a rule file is wrong, before any job starts.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date

from pyspark.sql import SparkSession

from eligibility import Problems
from eligibility.spark import check


def main() -> int:
    parser = argparse.ArgumentParser(description="Check people against rule files on Spark.")
    parser.add_argument("people", help="Parquet, or JSON Lines where the name ends in .json or .jsonl")
    parser.add_argument("answers", help="the folder to write Parquet to; what is there is replaced")
    parser.add_argument("rules", nargs="+", help="rule files")
    parser.add_argument("--on", type=date.fromisoformat, required=True, help="the day of application, YYYY-MM-DD")
    parser.add_argument("--detail", choices=["criteria", "outcomes"], default="criteria")
    given = parser.parse_args()
    spark = SparkSession.builder.appName("eligibility").getOrCreate()
    lines = given.people.endswith((".json", ".jsonl"))
    people = spark.read.json(given.people) if lines else spark.read.parquet(given.people)
    try:
        answers = check(people, given.rules, given.on, detail=given.detail)
    except Problems as problems:
        sys.stderr.writelines(f"{one.place.file}:{one.place.line}: {one.code} {one.message}\n" for one in problems.diagnostics)
        return 2
    answers.write.mode("overwrite").parquet(given.answers)
    spark.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
