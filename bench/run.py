"""How fast it is, as ratios within one run (medians of interleaved rounds, processor time of the process): cold, warm, loading,
validating.

    python bench/run.py            everything but the floor
    python bench/run.py validate   only the check of rule files: a thousand, one in a whole process, and the memory it takes
    python bench/run.py floor      what of the cold start the packages cost by themselves
    python bench/run.py --imports  what a cold check imports, with the cost of each import (wall clock: on a quiet machine)

Absolute times depend on the machine; the ratios hardly do. Nothing here is a test.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHECK = ["check", "profiles/lea.yaml", "--on", "2023-09-15", "--lang", "en"]

ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""An installed program has its bytecode beside it; what is measured is not the compiler."""


def process_time_of(command: list[str]) -> float:
    """Processor seconds of one child process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True, env=ENVIRONMENT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def own_time_of(job: Callable[[], object]) -> float:
    before = time.process_time()
    job()
    return time.process_time() - before


def report(name: str, target: float, pairs: list[tuple[float, float]], unit: float, unit_name: str) -> None:
    """One line: both medians and the median of the ratios, pair by pair."""
    ratio = statistics.median(ours / base for ours, base in pairs)
    ours, base = (statistics.median(column) * unit for column in zip(*pairs, strict=True))
    print(f"{name:<13} {ours:9.2f} {unit_name} against {base:8.2f} {unit_name}: ratio {ratio:6.2f} (target {target:g})")


PLAIN = """
import typer, yaml
from pydantic import BaseModel
class Model(BaseModel): field: int
Model.model_validate({"field": 1})
app = typer.Typer()
app.callback()(lambda: None)
app.command("run")(lambda: None)
app(["run"], standalone_mode=False)
"""
"""The named packages imported plainly, a model of one field, a command that does nothing."""


def cold(rounds: int) -> None:
    """The whole process of a check, against one that imports the named packages plainly, makes a model and a command, and does nothing."""
    check, plain = [str(Path(sys.executable).parent / "eligibility"), *CHECK], [sys.executable, "-c", PLAIN]
    for command in (check, plain):
        process_time_of(command)
    pairs = [(process_time_of(check), process_time_of(plain)) for _ in range(rounds)]
    report("cold", 1.3, pairs, 1000, "ms")


def floor(rounds: int) -> None:
    """What the named packages cost by themselves, against a Python that does nothing."""
    command = [sys.executable, "-c", PLAIN]
    process_time_of(command)
    pairs = [(process_time_of(command), process_time_of([sys.executable, "-c", "pass"])) for _ in range(rounds)]
    report("floor", 14, pairs, 1000, "ms")


def warm(rounds: int) -> None:
    """Each loaded profile in turn against the six loaded vacancies, every finding explained, against Pydantic validating that profile from
    a mapping. As in the command, the facts of a profile are prepared once for all six, and anew in every round."""
    from eligibility.engine import check
    from eligibility.facts import ProfileFacts
    from eligibility.loading.files import find_files, read_source
    from eligibility.loading.models import load_vacancy
    from eligibility.loading.vocabularies import tidy
    from eligibility.loading.yaml_reader import read_yaml
    from eligibility.profile import Profile
    from eligibility.reference import load_reference

    reference = load_reference()
    vacancies = [load_vacancy(path) for path in find_files(str(ROOT / "rules"))]
    paths = sorted((ROOT / "profiles").glob("*.yaml"))
    data = {path.stem: tidy(read_yaml(read_source(str(path))).data, reference)[0] for path in paths}
    profiles = {name: Profile.model_validate(mapping) for name, mapping in data.items()}
    measured: dict[str, list[tuple[float, float]]] = {name: [] for name in profiles}

    def checks(profile: Profile) -> None:
        facts = ProfileFacts(profile, reference)
        for vacancy in vacancies:
            check(vacancy, profile, date(2023, 9, 15), reference, facts)

    def validations(name: str) -> None:
        for _ in range(20):
            Profile.model_validate(data[name])

    for _ in range(10 * rounds):
        for name, profile in profiles.items():
            ours = own_time_of(lambda profile=profile: checks(profile))
            measured[name].append((ours, own_time_of(lambda name=name: validations(name)) / 20))
    for name, pairs in measured.items():
        report(f"  {name}", 25, pairs, 1_000_000, "µs")
    typical = [tuple(statistics.median(column) for column in zip(*pairs, strict=True)) for pairs in measured.values()]
    report("warm", 25, typical, 1_000_000, "µs")


RULE = """format: 1
id: vacancy-{number}
title: {{fr: "Stage en éthique de l'IA", en: "Internship in the ethics of AI"}}
organisation: {{fr: "Gouvernement du Québec", en: "Government of Québec"}}
jurisdiction: CA-QC
as_of: {{day: deadline, assumed: true}}
dates: {{deadline: 2023-10-01, start: 2024-01-15, end: 2024-07-12}}
criteria:
  - {{id: age, kind: age, at_least: 18, at_most: 35, as_of: start, clause: "2", label: {{fr: "De 18 à 35 ans", en: "Aged 18 to 35"}}}}
  - id: status
    label: {{fr: "Citoyenneté canadienne ou résidence permanente", en: "Canadian citizen or permanent resident"}}
    any_of: [{{kind: citizenship, of: [CA]}}, {{kind: permit, type: permanent, in: CA}}]
    clause: "3"
  - id: residence
    label: {{fr: "Résident du Québec depuis un an", en: "Resident of Québec for a year"}}
    kind: residence
    in: CA-QC
    at_least: 1 year
    readings: [{{name: closing date, as_of: deadline, preferred: true}}, {{name: start of the internship, as_of: start}}]
    clause: "5"
  - id: studies
    label: {{fr: "Études en cours ou diplôme récent", en: "Studies under way or a recent degree"}}
    any_of:
      - {{kind: enrolment, level: {{at_least: 7}}}}
      - {{kind: degree, title: [maitrise, doctorat], awarded: {{within: 2 years, before: start}}}}
      - {{kind: enrolment, school: [ecole_du_barreau]}}
    clause: "1"
  - {{id: experience, kind: experience, field: [ai_governance, ai_ethics], at_least: 10 years, clause: "III, 1", label: {{fr: "Dix ans d'expérience", en: "Ten years of experience"}}}}
  - {{id: english, kind: language, of: en, level: {{at_least: C1}}, clause: "6", label: {{fr: "Excellent anglais", en: "Excellent English"}}}}
  - {{id: first-time, kind: participation, programme: quebec-stages-oig, at_most: 0 times, clause: "Note", label: {{fr: "Premier stage", en: "First internship"}}}}
  - {{id: writing, kind: judged, label: {{fr: "Bonne capacité de rédaction", en: "Writes well"}}, clause: "5"}}
"""  # noqa: E501 (a rule file as authors write it)


def loading(rounds: int) -> None:
    """A thousand rule files of about 2 kB, against PyYAML's C loader parsing the same files; and the memory it takes."""
    import yaml

    from eligibility.loading.models import load_vacancy

    with tempfile.TemporaryDirectory() as folder:
        paths = write_rules(folder, 1000)
        names = [str(path) for path in paths]

        def ours(count: int) -> list[object]:
            return [load_vacancy(name) for name in names[:count]]

        def theirs() -> None:
            for path in paths:
                yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)

        kept = ours(1000)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"memory     {memory:9.1f} MB with {len(kept)} vacancies loaded (target 120)")
        del kept
        pairs = [(own_time_of(lambda: ours(1000)), own_time_of(theirs)) for _ in range(rounds)]
        report("loading", 3.3, pairs, 1000, "ms")
        half = [own_time_of(lambda: ours(1000)) / own_time_of(lambda: ours(500)) for _ in range(rounds)]
        print(f"growth     twice the files take {statistics.median(half):.2f} times as long (linear: 2)")


def write_rules(folder: str, count: int) -> list[Path]:
    """Rule files of about 2 kB, each with its own id."""
    paths = [Path(folder) / f"{number:04}.yaml" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(RULE.format(number=number), "utf-8")
    return paths


def validate(rounds: int) -> None:
    """Everything `validate` does for a thousand rule files, against PyYAML's C loader parsing the same files."""
    import yaml

    from eligibility.checks.files import duplicate_ids, look_at
    from eligibility.reference import load_reference

    reference = load_reference()
    with tempfile.TemporaryDirectory() as folder:
        paths = write_rules(folder, 1000)

        def ours() -> None:
            seen: dict[str, str] = {}
            for path in paths:
                looked = look_at(str(path), reference, date.fromordinal(738_000))
                assert looked.opened
                duplicate_ids(looked, seen)

        def theirs() -> None:
            for path in paths:
                yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)

        ours()
        pairs = [(own_time_of(ours), own_time_of(theirs)) for _ in range(rounds)]
        report("validate", 5, pairs, 1000, "ms")
        few, many = (statistics.median(_peak_memory_of(_validation(folder, count)) for _ in range(3)) for count in (200, 1000))
        print(f"{'memory':<8} {many:9.1f} MB with 1,000 files against {few:8.1f} MB with 200: ratio {many / few:6.2f} (flat: 1)")


def validate_cold(rounds: int) -> None:
    """The whole process of a `validate` of one file, against a Python that does nothing."""
    with tempfile.TemporaryDirectory() as folder:
        [path] = write_rules(folder, 1)
        command = [str(Path(sys.executable).parent / "eligibility"), "validate", str(path), "--lang", "en", "--on", "2021-01-01"]
        process_time_of(command)
        pairs = [(process_time_of(command), process_time_of([sys.executable, "-c", "pass"])) for _ in range(rounds)]
        report("validate-cold", 14, pairs, 1000, "ms")


def _validation(folder: str, count: int) -> list[str]:
    files = [str(Path(folder) / f"{number:04}.yaml") for number in range(count)]
    return [str(Path(sys.executable).parent / "eligibility"), "validate", *files, "--lang", "en", "--on", "2021-01-01"]


def _peak_memory_of(command: list[str]) -> float:
    """The most memory that one child process held, in MB."""
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode in (0, 1)
    return usage.ru_maxrss / 1024


def imports() -> None:
    """The import profile of a cold check, dearest last (microseconds: own, with what it imports, name)."""
    command = [sys.executable, "-X", "importtime", "-m", "eligibility", *CHECK]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, env=ENVIRONMENT)
    lines = run.stderr.splitlines()
    rows = [line.removeprefix("import time:").split("|") for line in lines if line.startswith("import time:") and "self" not in line]
    totals: dict[str, int] = {}
    for own, _, name in rows:
        package = name.strip().partition(".")[0].removeprefix("_")
        totals[package] = totals.get(package, 0) + int(own)
    for package, own in sorted(totals.items(), key=lambda one: one[1])[-18:]:
        print(f"{own / 1000:8.1f} ms  {package}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", metavar="cold|floor|warm|loading|validate|validate-cold")
    parser.add_argument("--imports", action="store_true")
    parser.add_argument("--rounds", type=int, default=9)
    arguments = parser.parse_args()
    os.chdir(ROOT)
    if arguments.imports:
        imports()
        return
    jobs = {"cold": cold, "warm": warm, "loading": loading, "validate": validate, "validate-cold": validate_cold, "floor": floor}
    for name in arguments.what or [name for name in jobs if name != "floor"]:
        jobs[name](min(arguments.rounds, 5) if name in ("loading", "validate") else arguments.rounds)


if __name__ == "__main__":
    main()
