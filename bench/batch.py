"""How fast many people are checked, as ratios within one run: `python bench/batch.py [yaml] [jsonl] [memory] [--people N]`.

yaml     a folder of profiles × the six vacancies to a matrix, wall time on every processor, against PyYAML's C loader parsing those
         files in one process
jsonl    JSON Lines × the six vacancies: verdicts without prose (a matrix, and every criterion), against Pydantic validating the people
memory   the most memory a process takes for a thousand people and for a hundred thousand, by format
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

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


def wall(command: list[str], arguments: list[str]) -> tuple[float, float]:
    """Seconds on the wall, and the most memory of a process in MB."""
    before = time.perf_counter()
    process = subprocess.Popen([*command, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{arguments}: exit {process.returncode}")
    return time.perf_counter() - before, usage.ru_maxrss / 1024


def told(name: str, ours: float, base: float, number: int, target: float) -> None:
    print(f"{name:<22} {ours:7.2f} s against {base:7.2f} s for {number} people: ratio {ours / base:5.2f} (target {target:g})", flush=True)


def of_yaml(folder: Path, number: int, rounds: int) -> None:
    source = folder / "profiles"
    source.mkdir()
    for index, one in enumerate(people(number)):
        (source / f"{index:06}.yaml").write_text(yaml.safe_dump(one, allow_unicode=True, sort_keys=False, default_flow_style=None), "utf-8")
    paths = sorted(source.iterdir())
    for _ in range(rounds):
        before = time.perf_counter()
        for path in paths:
            yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        base = time.perf_counter() - before
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
        before = time.perf_counter()
        for one in data:
            Profile.model_validate(one)
        base = time.perf_counter() - before
        ours, _ = wall(COMMAND, [str(source), *OPTIONS, "-o", str(folder / "out.csv")])
        told("jsonl, matrix", ours, base, number, 15)
        ours, _ = wall(COMMAND, [str(source), *OPTIONS, "--no-reasons", "-o", str(folder / "out.jsonl")])
        told("jsonl, every criterion", ours, base, number, 15)


def of_memory(folder: Path, number: int) -> None:
    import pyarrow.json
    import pyarrow.parquet

    rows = [{"id": f"s{index}", "name": f"Person {index}", "birth_date": "1990-05-06", "citizenships": "FR"} for index in range(number)]
    for count in (1000, number):
        some = rows[:count]
        (folder / f"{count}.jsonl").write_text("".join(json.dumps({**one, "citizenships": ["FR"]}) + "\n" for one in some), "utf-8")
        text = "id,name,birth_date,citizenships\n" + "".join(",".join(one.values()) + "\n" for one in some)
        (folder / f"{count}.csv").write_text(text, "utf-8")
        pyarrow.parquet.write_table(pyarrow.Table.from_pylist(some), folder / f"{count}.parquet")
    for form in ("csv", "jsonl", "parquet"):
        out = ["-o", str(folder / f"out.{form}"), *(["--table", "long"] if form == "parquet" else [])]
        few, many = (wall(COMMAND, [str(folder / f"{count}.{form}"), *OPTIONS, *out])[1] for count in (1000, number))
        print(f"memory, {form:<14} {few:7.1f} MB for 1000 people, {many:7.1f} MB for {number}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", metavar="yaml|jsonl|memory")
    parser.add_argument("--people", type=int, help="how many (default: 10000 for yaml, 100000 for the others)")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    for name in arguments.what or ["yaml", "jsonl", "memory"]:
        with tempfile.TemporaryDirectory() as folder:
            if name == "yaml":
                of_yaml(Path(folder), arguments.people or 10_000, arguments.rounds)
            elif name == "jsonl":
                of_jsonl(Path(folder), arguments.people or 100_000, arguments.rounds)
            else:
                of_memory(Path(folder), arguments.people or 100_000)


if __name__ == "__main__":
    main()
