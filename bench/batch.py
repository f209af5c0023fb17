"""How fast many people are checked, as ratios within one run: `python bench/batch.py [yaml] [jsonl] [memory] [--people N] [--form csv]`.

yaml     a folder of profiles × the six vacancies to a matrix, wall time on every processor, against PyYAML's C loader parsing those
         files in one process
jsonl    JSON Lines × the six vacancies: verdicts without prose (a matrix, and every criterion), against Pydantic validating the people
memory   the most memory a process takes for a thousand people and for a hundred thousand, by format
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import yaml

ROOT = Path(__file__).resolve().parent.parent
COMMAND = [str(Path(sys.executable).parent / "eligibility"), "batch"]
OPTIONS = ["--rules", str(ROOT / "rules"), "--on", "2024-03-20", "--lang", "en", "--nearly", "0"]


def people(number: int) -> list[dict[str, Any]]:
    """The sample people again and again, each with a birth date and an id of their own."""
    chance = random.Random(1)
    known = [yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader) for path in sorted((ROOT / "profiles").glob("*.yaml"))]
    data = [typed(one) for one in known]
    found = []
    for index in range(number):
        one = copy.deepcopy(data[index % len(data)])
        one["id"] = f"s{index}"
        one["birth_date"] = f"{chance.randint(1980, 2003)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        found.append(one)
    return found


def typed(value: Any) -> Any:
    """Texts as the program's own reader would type them."""
    if isinstance(value, dict):
        return {key: typed(one) for key, one in value.items()}
    if isinstance(value, list):
        return [typed(one) for one in value]
    return {"true": True, "false": False}.get(value, int(value) if value.isdecimal() and len(value) < 4 else value)


class Times(NamedTuple):
    """Seconds on the wall, and of the processors."""

    wall: float
    own: float


LAUNCHER = """
import os, sys
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, usage = os.wait4(pid, 0)
print(os.waitstatus_to_exitcode(status), usage.ru_maxrss, usage.ru_utime + usage.ru_stime)
"""
"""A process takes over the peak of the one that starts it, and this one holds everybody: a small one starts what is measured."""


def wall(command: list[str], arguments: list[str]) -> tuple[Times, float]:
    """The times of a command with all its processes, and the most memory of one of them in MB."""
    launched = [sys.executable, "-c", LAUNCHER, *command, *arguments]
    before = time.perf_counter()
    done = subprocess.run(launched, capture_output=True, text=True, check=True)
    took = time.perf_counter() - before
    code, peak, own = done.stdout.split()[-3:]  # the summary comes before
    if code not in ("0", "1"):
        raise SystemExit(f"{arguments}: exit {code}: {done.stderr}")
    return Times(took, float(own)), int(peak) / 1024


def timed(job: Callable[[], object]) -> Times:
    """The times of what is done here."""
    wall, own = time.perf_counter(), time.process_time()
    job()
    return Times(time.perf_counter() - wall, time.process_time() - own)


def told(name: str, ours: Times, base: Times, number: int, target: float) -> None:
    """One line. The target is of the wall; where other work runs beside, only the processor's time says something."""
    ratios = f"wall {ours.wall / base.wall:6.2f} (target {target:g}), processors {ours.own / base.own:6.2f}"
    print(f"{name:<22} {ours.wall:7.2f} s against {base.wall:6.2f} s for {number} people: {ratios}", flush=True)


def of_yaml(folder: Path, number: int, rounds: int) -> None:
    source = folder / "profiles"
    source.mkdir()
    for index, one in enumerate(people(number)):
        (source / f"{index:06}.yaml").write_text(yaml.safe_dump(one, allow_unicode=True, sort_keys=False, default_flow_style=None), "utf-8")
    paths = sorted(source.iterdir())
    for _ in range(rounds):
        base = timed(lambda: [yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader) and None for path in paths])
        ours, _ = wall(COMMAND, [str(source), *OPTIONS, "-o", str(folder / "out.csv")])
        told("yaml, matrix", ours, base, number, 2.5)


def of_jsonl(folder: Path, number: int, rounds: int) -> None:
    from eligibility.loading.vocabularies import tidy
    from eligibility.profile import Profile
    from eligibility.reference import load_reference

    reference, source = load_reference(), folder / "people.jsonl"
    everybody = people(number)
    source.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in everybody), "utf-8")
    data = [tidy(one, reference)[0] for one in everybody]
    Profile.model_validate(data[0])
    for _ in range(rounds):
        base = timed(lambda: [Profile.model_validate(one) and None for one in data])
        ours, _ = wall(COMMAND, [str(source), *OPTIONS, "-o", str(folder / "out.csv")])
        told("jsonl, matrix", ours, base, number, 15)
        ours, _ = wall(COMMAND, [str(source), *OPTIONS, "--no-reasons", "-o", str(folder / "out.jsonl")])
        told("jsonl, every criterion", ours, base, number, 15)


def of_memory(folder: Path, number: int, forms: list[str]) -> None:
    import pyarrow.json
    import pyarrow.parquet

    chance = random.Random(1)
    rows = [
        {"id": f"s{index}", "name": f"Person {index}", "citizenships": chance.choice(["FR", "CA", "MA", "BR"]),
         "birth_date": f"{chance.randint(1960, 2005)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"}
        for index in range(number)
    ]  # fmt: skip
    for count in (1000, number):
        some = rows[:count]
        (folder / f"{count}.jsonl").write_text(
            "".join(json.dumps({**one, "citizenships": [one["citizenships"]]}) + "\n" for one in some), "utf-8"
        )
        text = "id,name,citizenships,birth_date\n" + "".join(",".join(one.values()) + "\n" for one in some)
        (folder / f"{count}.csv").write_text(text, "utf-8")
        pyarrow.parquet.write_table(pyarrow.Table.from_pylist(some), folder / f"{count}.parquet")
    for form in forms or ["csv", "jsonl", "parquet"]:
        out = ["-o", str(folder / f"out.{form}"), *(["--table", "long"] if form == "parquet" else [])]
        few, many = (wall(COMMAND, [str(folder / f"{count}.{form}"), *OPTIONS, *out])[1] for count in (1000, number))
        print(f"memory, {form:<14} {few:7.1f} MB for 1000 people, {many:7.1f} MB for {number}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", metavar="yaml|jsonl|memory")
    parser.add_argument("--people", type=int, help="how many (default: 10000 for yaml, 100000 for the others)")
    parser.add_argument("--form", action="append", help="for memory: csv, jsonl or parquet (default: all three)")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    for name in arguments.what or ["yaml", "jsonl", "memory"]:
        with tempfile.TemporaryDirectory() as folder:
            if name == "yaml":
                of_yaml(Path(folder), arguments.people or 10_000, arguments.rounds)
            elif name == "jsonl":
                of_jsonl(Path(folder), arguments.people or 100_000, arguments.rounds)
            else:
                of_memory(Path(folder), arguments.people or 100_000, arguments.form)


if __name__ == "__main__":
    main()
