"""`python -m tests.worlds.forgetting --cases 20000 --seed 1`: who says less is told nothing else.

A person who says everything exactly is one of those that a vaguer profile of the same person may be. So what is settled of the vaguer one is
settled in the same way of the exact one. Nothing decides here but the engine, which makes this quick: it finds an answer that is settled too
soon, and none that is wrong of an exact life (the worlds find those).

Ends with `N compared, N failed`, after the differences.
"""

from __future__ import annotations

import argparse
import copy
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple

import yaml
from dateutil.relativedelta import relativedelta

from eligibility.engine import check
from eligibility.loading.models import read_profile, read_vacancy
from eligibility.vacancy import Vacancy
from eligibility.verdict import Verdict

from .generate import PEOPLE, Dict, dict_walk, meeting, rule_for, targets
from .record import REFERENCE

AS_SAID = {
    "expires", "since", "until", "works_in", "expected", "relation", "test", "score", "scale", "value", "tests", "vacancy", "language", "native",
    "submitted", "expected_end", "absences", "hours",
}  # fmt: skip
"""What means something where it is left out: what does not expire, a citizenship from birth, a place of work where the employer is; and hours,
which are drawn without a look at how many a day has."""
TOLD_BY_OTHERS: Mapping[str, frozenset[str]] = {
    "title": frozenset({"level", "years", "gives_access_to"}),
    **dict.fromkeys(("native", "tests"), frozenset({"level", "listening", "reading", "spoken_interaction", "spoken_production", "writing"})),
    "relation": frozenset({"from", "to"}),  # whoever does not say since when has always been one
    **{one: frozenset({"hours", "rate", "full_time", "hours_per_week"} - {one}) for one in ("hours", "rate", "full_time", "hours_per_week")},
}
"""What another key of the same record tells where it is left out, and perhaps tells otherwise than was said."""
SETTLED = (Verdict.PASS, Verdict.FAIL)


class Told(NamedTuple):
    """Where less that is said tells something else."""

    criterion: str | None
    vague: str
    exact: str


def forgotten(rnd: Random, person: Mapping[str, Any]) -> Dict:
    """The same person, who says a few things less exactly, or not at all."""
    found: Dict = copy.deepcopy(dict(person))
    for _ in range(rnd.choice([1, 1, 2, 3, 5])):
        what = rnd.random()
        lists = [name for name, value in found.items() if isinstance(value, list) and name not in ("applications", "absences", "incomplete")]
        if what < 0.06 and lists:  # a list that may hold more, perhaps what is left out of it
            name = rnd.choice(lists)
            found["incomplete"] = sorted({*found.get("incomplete", []), name})
            if found[name] and rnd.random() < 0.7:
                del found[name][rnd.randrange(len(found[name]))]
        elif what < 0.1 and lists:
            name = rnd.choice(lists)
            del found[name]
            found["incomplete"] = [one for one in found.get("incomplete", []) if one != name]
        else:
            _less(rnd, found)
    if not found.get("incomplete", True):
        del found["incomplete"]
    return found


def _less(rnd: Random, person: Dict) -> None:
    """One value less, or one that is said less exactly."""
    places = [
        (record, key)
        for name, value in person.items()
        if name != "incomplete"
        for record in dict_walk(value if isinstance(value, dict | list) else {"": None})
        for key in record
        if key and key not in AS_SAID and not isinstance(record[key], list | dict) and not any(key in TOLD_BY_OTHERS.get(other, ()) for other in record)
    ]
    places += [(person, name) for name in ("birth_date", "domicile") if name in person]
    if not places:
        return
    record, key = rnd.choice(places)
    value = record[key]
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d(-\d\d)?", value) and rnd.random() < 0.75:
        record[key] = value[:-3]
    else:
        del record[key]


def differences(vacancy: Vacancy, exact: Mapping[str, Any], vague: Mapping[str, Any], on: date) -> list[Told]:
    """The criteria that are settled in one way of the vaguer profile, and not in the same of the exact one."""
    answers = []
    for person in (vague, exact):
        profile, _ = read_profile(dict(person), REFERENCE)
        if profile is None:
            return []
        report = check(vacancy, profile, on, REFERENCE)
        if report.tracks:
            return []  # who has not chosen has an answer for each track
        answers.append({finding.id: finding.verdict for finding in report.findings})
    less, more = answers
    return [Told(name, str(told), str(more[name])) for name, told in less.items() if told in SETTLED and more[name] not in (told, Verdict.NOT_APPLICABLE)]


def crowded(rnd: Random, person: Mapping[str, Any]) -> Dict:
    """The same person, whose records of a list overlap, adjoin or leave a day between them: there the runs of months are cut in many ways."""
    found: Dict = copy.deepcopy(dict(person))
    for name, value in found.items():
        if not isinstance(value, list) or name in ("applications", "absences") or not all(isinstance(one, dict) and {"from", "to"} <= {*one} for one in value):
            continue
        for at in range(1, len(value)):
            before = value[at - 1]
            first = date.fromisoformat(before["from"])
            last = first if before["to"] == "ongoing" else date.fromisoformat(before["to"])
            begin = rnd.choice([last + timedelta(days=rnd.choice([0, 1, 1, 2, 3])), first, first + (last - first) / 2])
            length = rnd.choice([timedelta(days=rnd.choice([13, 29, 30, 31, 59])), relativedelta(months=rnd.choice([1, 2, 3, 6]), days=-1), last - first])
            value[at] |= {"from": begin.isoformat(), "to": (begin + length).isoformat()}
    return found


def twice_the_same(person: Mapping[str, Any]) -> bool:
    """Whether two records of a list are equal: they may be one that was written twice."""
    return any(isinstance(value, list) and any(one in value[:at] for at, one in enumerate(value)) for value in person.values())


def compared(rnd: Random, rule: Dict, vacancy: Vacancy, times: int) -> Iterator[tuple[Dict, Dict, date, list[Told]]]:
    """Exact people, each with some vaguer profiles of theirs, and what differs."""
    for _ in range(PEOPLE):
        exact, on = meeting(rnd, rule, exact=True)
        if rnd.random() < 0.5:
            exact = crowded(rnd, exact)
        if twice_the_same(exact):
            continue
        for _ in range(times):
            vague = forgotten(rnd, exact)
            yield exact, vague, on, differences(vacancy, exact, vague, on)


def drawn(rnd: Random) -> Iterator[tuple[Dict, Vacancy]]:
    """Rules over the whole grammar."""
    wanted = targets()
    while True:
        rule = rule_for(rnd, rnd.choice(wanted))
        if rule is not None:
            vacancy, problems = read_vacancy({"id": "test", "title": "Test", **rule}, REFERENCE)
            if vacancy is not None and not any(one.code.startswith("E") for one in problems):
                yield rule, vacancy


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--cases", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--times", type=int, default=6, help="how many vaguer profiles of each person")
    asked = options.parse_args()
    rnd, many, failed = Random(asked.seed), 0, 0
    for rule, vacancy in drawn(rnd):
        if many >= asked.cases:
            break
        for exact, vague, on, found in compared(rnd, rule, vacancy, asked.times):
            many += 1
            if found:
                failed += 1
                rest = {key: rule[key] for key in ("criteria", "conditions", "dates", "as_of") if key in rule}
                told = {"on": on, "told": [list(one) for one in found], "exact": exact, "vague": vague, **rest}
                print(yaml.safe_dump(told, sort_keys=False, default_flow_style=None, width=150))
                break
    print(f"{many} compared, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
