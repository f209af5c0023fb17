"""How many questions `eligibility ask` asks: 200 people, each with a third of their facts withheld, before the vacancies of `rules/`.

    python bench/ask.py [PEOPLE]

A fact is a field of the profile (`birth_date`, `experience`) or one thing stated under `facts`. A person answers what is asked with what
they know, and "I don't know" otherwise; it is counted until every outcome that their whole profile settles is settled. Beside it, for
those with at most eight facts withheld:

- the best adaptive order: of each withheld fact it knows three answers (the person's own and those of two others), all as likely, and
  nothing else; found by trying every order of every combination of answers;
- the fewest questions there can be, for somebody who knew the answers before asking;
- the order of the reference page of a profile: of the fields that some vacancy asks about and the person has not filled in.
"""

from __future__ import annotations

import copy
import random
import sys
import time
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path

from people import chunk, pruned

import eligibility
from eligibility.asking.possible import Possibilities
from eligibility.asking.ranking import Ranking, Vacant
from eligibility.engine import answers_to, decide
from eligibility.facts import ProfileFacts
from eligibility.inventing.satisfy import sources
from eligibility.loading.document import value_at
from eligibility.loading.files import read_source
from eligibility.loading.yaml_reader import read_yaml
from eligibility.profile import Person, Profile
from eligibility.reference import load_reference
from eligibility.reporters.asked import Asked
from eligibility.vacancy import Vacancy
from eligibility.verdict import Outcome, Verdict

SEED, MOST, ANSWERS = 11, 8, 3
EXPERIENCE = {"from": "2018-09-01", "to": "ongoing", "rate": "100%", "field": "artificial_intelligence", "employer": "ngo"}
RULES = Path(__file__).parent.parent / "rules"
REFERENCE = load_reference()
VACANCIES = [eligibility.load_vacancy(str(path)) for path in sorted(RULES.glob("*.yaml")) if not path.name.endswith(".cases.yaml")]
DAYS = {one.id: date.fromordinal(one.dates["deadline"].days.last) for one in VACANCIES}
VACANT = [Vacant(one, DAYS[one.id]) for one in VACANCIES]
STATED = sorted(Asked(VACANCIES, REFERENCE).words()[0])
ASKED = set().union(*(sources(one.criteria) | sources(one.conditions) for one in VACANCIES))


def people(number):
    """The people of the other benchmarks, who know everything of themselves; every second one looks like somebody whom one of the
    vacancies is for: people look where they have a chance."""
    draw = random.Random(SEED)
    raw = [pruned(person) for person in chunk(0).slice(0, number).to_pylist()]
    names = [name for name in raw[0] if name not in ("id", "facts")] + ["absences"]
    known = {name: [one[name] for one in raw if name in one] for name in names}
    for index, person in enumerate(raw):
        data = {name: person[name] if name in person else draw.choice(known[name]) for name in names}
        for name, value in data.items():
            if isinstance(value, list) and value and isinstance(value[0], dict):
                keys = set().union(*value)
                data[name] = [one for one in value if set(one) == keys]
        data["facts"] = {name: value for name in STATED if (value := person.get("facts", {}).get(name, draw.random() < 0.8)) is not None}
        data["certificates"] = [{"type": "ai_ethics_governance", "issued": "2022-05-01"}] if draw.random() < 0.15 else []
        if index % 2:
            suit(data, VACANCIES[index // 2 % len(VACANCIES)], draw)
        yield data


def suit(data, vacancy, draw):
    """Add what most of the criteria of a vacancy ask for."""
    for raw in vacancy.criteria:
        if raw.get("kind") == "judged" or draw.random() < 0.15:
            continue
        for piece in Possibilities(vacancy, REFERENCE).meeting(raw):
            if piece.key is not None and piece.field == "facts":
                data["facts"][piece.key] = piece.value
            elif piece.field in ("birth_date", "domicile") and piece.value is not None:
                data[piece.field] = piece.value
            elif piece.value is not None and piece.field in data:
                data[piece.field] = [*data[piece.field], piece.value]


def facts_of(data):
    return [name for name in data if name in ASKED and name != "facts"] + [f"facts.{name}" for name in data["facts"]]


def without(data, withheld):
    kept = {name: value for name, value in data.items() if name not in withheld}
    kept["facts"] = {name: value for name, value in data["facts"].items() if f"facts.{name}" not in withheld}
    return kept


def told(data, path, value):
    if path.startswith("facts."):
        return {**data, "facts": {**data["facts"], path[6:]: value}}
    return {**data, path: value}


def outcomes(data):
    profile = Profile.from_dict(data, REFERENCE)
    facts = ProfileFacts(profile, REFERENCE)
    return {one.id: decide(one, profile, DAYS[one.id], REFERENCE, facts).outcome for one in VACANCIES}


def wanted(data):
    """The outcomes that the whole profile settles."""
    return {name for name, outcome in outcomes(data).items() if outcome is not Outcome.MORE_INFORMATION}


def asked_by_program(full, withheld):
    """The questions until what can be settled is settled, those until the program stops by itself, and what the first question and the
    longest of the others took, from the answer before it, in seconds of the processor."""
    data, goal = without(full, withheld), wanted(full)
    ranking, waits = Ranking(VACANT, REFERENCE), []
    begun = time.process_time()
    ranking.learn(data, Profile.from_dict(data, REFERENCE))
    count, enough = 0, None
    while True:
        if enough is None and all(ranking.outcomes[name] is not Outcome.MORE_INFORMATION for name in goal):
            enough = count
        question = ranking.next()
        waits.append(time.process_time() - begun)
        if question is None:
            return enough, count, waits[0], max(waits[1:], default=0.0)
        count += 1
        value = value_at(full, question.path)
        begun = time.process_time()
        if question.path in withheld and value is not None:
            data = told(data, question.path, value)
            ranking.learn(data, Profile.from_dict(data, REFERENCE))
        else:
            ranking.skipped.add(question.path)


def on_many(number):
    """The longest wait between questions of somebody who begins with nothing, before so many vacancies, no two of which ask the same."""
    draw, vacant = random.Random(SEED), []
    for index in range(number):
        one = VACANCIES[index % len(VACANCIES)]
        raw = copy.deepcopy(read_yaml(read_source(one.file)).data)
        raw["id"] = f"vacancy-{index}"
        for criterion in raw["criteria"]:
            if "year" in str(criterion.get("at_least")):
                criterion["at_least"] = f"{draw.randint(1, 9)} years"
        vacant.append(Vacant(Vacancy.from_dict(raw, REFERENCE), DAYS[one.id]))
    answers = {"experience": [EXPERIENCE], "languages": [{"language": "fr", "native": True}], "citizenships": ["FR"], "degrees": []}
    ranking, data, waits = Ranking(vacant, REFERENCE), {}, []
    begun = time.process_time()
    ranking.learn(data, Profile.from_dict(data, REFERENCE))
    for name, value in answers.items():
        ranking.next()
        waits.append(time.process_time() - begun)
        data = {**data, name: value}
        begun = time.process_time()
        ranking.learn(data, Profile.from_dict(data, REFERENCE))
    return waits[0], max(waits[1:])


def in_order_of_the_page(full, withheld):
    data, goal = without(full, withheld), wanted(full)
    order = [name for name in Person.model_fields if name in ASKED and name != "facts"] + [f"facts.{name}" for name in STATED]
    count = 0
    for path in order:
        known = outcomes(data)
        if all(known[name] is not Outcome.MORE_INFORMATION for name in goal):
            return count
        if value_at(data, path) is None:
            count += 1
            value = value_at(full, path)
            data = data if value is None else told(data, path, value)
    return count


class Worlds:
    """Every combination of answers to what one person withholds: what each criterion comes to, each worked out once."""

    def __init__(self, full, withheld, others, draw):
        self.base, self.withheld = without(full, withheld), sorted(withheld)
        self.values = []
        for path in self.withheld:
            known = [value for one in others if (value := value_at(one, path)) is not None]
            self.values.append([value_at(full, path), *draw.sample(known, ANSWERS - 1)])
        self.criteria = []
        for vacancy in VACANCIES:
            counted = [one for one in vacancy.criteria if one.get("kind") != "judged"]
            for index, raw in enumerate(counted):
                if raw.get("importance") != "desirable":
                    fields = sources(raw) | sources(vacancy.conditions)
                    here = [at for at, path in enumerate(self.withheld) if path.partition(".")[0] in fields]
                    self.criteria.append((vacancy, index, here))
        self.known = {}

    def verdict(self, vacancy, index, here, state):
        key = (vacancy.id, index, tuple(state[at] for at in here))
        if key not in self.known:
            data = self.base
            for at in here:
                if state[at] is not None:
                    data = told(data, self.withheld[at], self.values[at][state[at]])
            [answer] = answers_to([index], vacancy, Profile.from_dict(data, REFERENCE), DAYS[vacancy.id], REFERENCE)
            self.known[key] = answer.result.verdict
        return self.known[key]

    def settled(self, state):
        found = {one.id: Outcome.LIKELY_ELIGIBLE for one in VACANCIES}
        for vacancy, index, here in self.criteria:
            if found[vacancy.id] is Outcome.NOT_ELIGIBLE:
                continue
            verdict = self.verdict(vacancy, index, here, state)
            if verdict is Verdict.FAIL:
                found[vacancy.id] = Outcome.NOT_ELIGIBLE
            elif verdict is Verdict.UNKNOWN:
                found[vacancy.id] = Outcome.MORE_INFORMATION
        return frozenset(name for name, outcome in found.items() if outcome is not Outcome.MORE_INFORMATION)

    def best_adaptive(self):
        """The questions of the best order, for the person's own answers (the first of each)."""
        number = len(self.withheld)
        settled = cache(self.settled)

        def followed(state, at):
            return [(*state[:at], one, *state[at + 1 :]) for one in range(ANSWERS)]

        @cache
        def open_worlds(state, have):
            """How many of the worlds that a state leaves possible settle more than what is settled already."""
            if None in state:
                return sum(open_worlds(one, have) for one in followed(state, state.index(None)))
            return int(not settled(state) <= have)

        @cache
        def best(state):
            """The cost of the best order from here on, over all worlds, and its question."""
            left = open_worlds(state, settled(state))
            if not left:
                return 0, None
            return min((left + sum(best(one)[0] for one in followed(state, at)), at) for at in range(number) if state[at] is None)

        state, goal, count = (None,) * number, settled((0,) * number), 0
        while not goal <= settled(state):
            at = best(state)[1]
            state = (*state[:at], 0, *state[at + 1 :])
            count += 1
        return count

    def fewest(self):
        number = len(self.withheld)
        goal = self.settled((0,) * number)
        for size in range(number + 1):
            for some in combinations(range(number), size):
                if goal <= self.settled(tuple(0 if at in some else None for at in range(number))):
                    return size
        raise AssertionError


def ratio(pairs):
    ours, other = (sum(one) for one in zip(*pairs, strict=True))
    return f"{ours / len(pairs):.2f} against {other / len(pairs):.2f}: {ours / other:.2f} ({len(pairs)} people)"


def main():
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    draw = random.Random(SEED)
    everybody = list(people(number))
    theirs, fewest, page, whole, waits = [], [], [], [], []
    for full in everybody:
        facts = facts_of(full)
        withheld = set(draw.sample(facts, round(len(facts) / 3)))
        enough, count, first, longest = asked_by_program(full, withheld)
        waits.append((first, longest))
        whole.append(count)
        page.append((enough, in_order_of_the_page(full, withheld)))
        if len(withheld) <= MOST:
            worlds = Worlds(full, withheld, everybody, draw)
            theirs.append((enough, worlds.best_adaptive()))
            fewest.append((enough, worlds.fewest()))
    print(f"the best adaptive order  {ratio(theirs)}, at most 1.3")
    print(f"the fewest there can be  {ratio(fewest)}")
    print(f"the order of the page    {ratio(page)}, at most 0.5")
    print(f"until it stops by itself {sum(whole) / len(whole):.2f}")
    for what, (first, longest), limit in (
        (f"{len(VACANCIES)} vacancies", [max(one) for one in zip(*waits, strict=True)], 150),
        ("500 vacancies", on_many(500), 1000),
    ):
        print(f"{what}: the first question after {first * 1000:.0f} ms, the longest wait between two {longest * 1000:.0f}, at most {limit}")


if __name__ == "__main__":
    main()
