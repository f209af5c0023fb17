"""How many planted slips `eligibility analyse` finds, and what it says of rules without one.

    python bench/planted.py [RULES]
    python bench/planted.py --show    every slip that is not found, and everything that is said of the rules as they are

Into each rule file of a folder (the six shipped ones) one slip after the other is planted, in a copy: criteria that nobody can meet, or
that exclude each other; criteria, alternatives and conditions that ask nothing more; gaps between thresholds. A slip counts as found
when `analyse` tells one of its kind at the criterion that was planted, or at its twin. What is said of the rules as they are is a false
alarm. Takes ten minutes. The share is to be 95 % of those that nobody meets and of those that another implies, with no false alarm.
"""

from __future__ import annotations

import copy
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from eligibility.analysing.conclude import analyse
from eligibility.analysing.people import Budget, Panel
from eligibility.analysing.search import STEPS
from eligibility.language.kinds import RECORD_KINDS
from eligibility.loading.files import read_source
from eligibility.loading.models import read_vacancy
from eligibility.loading.yaml_reader import read_yaml
from eligibility.reference import load_reference

REFERENCE = load_reference()
_TOLD = ("id", "label", "clause", "quote", "source", "proof", "advice", "question", "importance", "todo")
_AROUND = ("when", "unless", "derogation", "readings")
NOBODY = {"nobody", "together", "no_one", "never_applies", "undecided"}
IMPLIED = {"implied", "implied_by_all", "needless", "covered", "everybody"}

Rule = dict[str, Any]


class Planted(NamedTuple):
    """A rule with a slip: of which sort, the ids where it may be told, and the codes that tell it."""

    sort: str
    rule: Rule
    at: tuple[str, ...]
    codes: set[str]


def planted(rule: Mapping[str, Any]) -> Iterator[Planted]:
    """Every slip that can be planted into a rule."""
    for index, criterion in enumerate(rule["criteria"]):
        if not _is_plain(criterion):
            continue
        own = str(criterion["id"])
        bare = {key: value for key, value in criterion.items() if key not in _TOLD}
        both = (own, "planted")
        yield Planted("the same twice", _with(rule, {"id": "planted", **bare}), both, IMPLIED)
        if not set(bare) & set(_AROUND):
            yield Planted("one and its contrary", _with(rule, {"id": "planted", "none_of": [bare]}), both, NOBODY)
            never = {"all_of": [bare, {"none_of": [bare]}]}
            asked = {"id": "planted", "kind": "declared", "fact": "planted", "when": never}
            yield Planted("a condition nobody has", _with(rule, asked), both, NOBODY)
        for weaker in _weaker(bare):
            yield Planted("a weaker one beside it", _with(rule, {"id": "planted", **weaker}), both, IMPLIED)
            if not set(bare) & set(_AROUND):
                yield Planted("an alternative that adds nobody", _instead(rule, index, {"any_of": [weaker, bare]}), (own,), IMPLIED)
        if bare.get("kind") == "age" and isinstance(bare.get("at_most"), int):
            most = bare["at_most"]
            yield Planted("older than the limit", _with(rule, {"id": "planted", "kind": "age", "at_least": most + 1}), both, NOBODY)
            parts = [{**bare, "at_most": most - 1}, {"kind": "age", "at_least": most + 1}]
            yield Planted("a gap of a year", _instead(rule, index, {"any_of": parts}), (own,), {"gap"})


def _is_plain(criterion: Mapping[str, Any]) -> bool:
    """Whether it is asked of everybody and settled by what a profile can say."""
    text = str(criterion)
    return "id" in criterion and not any(word in text for word in ("'judged'", "'desirable'"))


def _with(rule: Mapping[str, Any], more: Rule) -> Rule:
    return {**copy.deepcopy(dict(rule)), "criteria": [*copy.deepcopy(rule["criteria"]), copy.deepcopy(more)]}


def _instead(rule: Mapping[str, Any], index: int, bare: Rule) -> Rule:
    found = copy.deepcopy(dict(rule))
    found["criteria"][index] = {**{key: value for key, value in found["criteria"][index].items() if key in _TOLD}, **bare}
    return found


def _weaker(bare: Rule) -> Iterator[Rule]:
    """The same with a bound that lets more people in."""
    match bare.get("at_least"):
        case int(number) if bare.get("kind") == "age" and number > 1:
            yield {**bare, "at_least": number - 1}
        case str(length) if length.split()[0].isdigit() and int(length.split()[0]) > 1 and length.count(" ") == 1:
            yield {**bare, "at_least": f"{int(length.split()[0]) - 1} {length.split()[1]}"}
    if bare.get("kind") == "age" and isinstance(bare.get("at_most"), int):
        yield {**bare, "at_most": bare["at_most"] + 2}
    level = bare.get("level")
    if isinstance(level, dict) and isinstance(level.get("at_least"), int) and level["at_least"] > 1:
        yield {**bare, "level": {"at_least": level["at_least"] - 1}}
    if isinstance(level, dict) and level.get("at_least") in ("B2", "C1", "C2"):
        yield {**bare, "level": {"at_least": {"B2": "B1", "C1": "B2", "C2": "C1"}[level["at_least"]]}}
    if bare.get("kind") in RECORD_KINDS:
        filters = [key for key in bare if key in RECORD_KINDS[bare["kind"]].filters]
        if len(filters) > 1:
            yield {key: value for key, value in bare.items() if key != filters[-1]}


def findings(rule: Rule) -> list[tuple[str, bool, tuple[str, ...]]] | None:
    """What is told of a rule: the code, whether it is told as a slip, and the criteria it has to do with; None if it is refused."""
    vacancy, problems = read_vacancy(rule, REFERENCE)
    if vacancy is None or any(one.code.startswith("E") for one in problems):
        return None
    told = analyse(Panel(vacancy, rule, REFERENCE, Budget()), STEPS).found
    return [(one.code, one.is_fault, tuple(name.split(".")[0] for name in (one.branch, *one.others) if name)) for one in told]


def main() -> int:
    arguments = [one for one in sys.argv[1:] if one != "--show"]
    show = "--show" in sys.argv
    folder = Path(arguments[0]) if arguments else Path(__file__).parent.parent / "rules"
    every: Counter[str] = Counter()
    found: Counter[str] = Counter()
    alarms = refused = 0
    for path in sorted(folder.glob("*.yaml")):
        if ".cases." in path.name:
            continue
        rule: Rule = read_yaml(read_source(str(path))).data
        before = findings(rule) or []
        alarms += sum(is_fault for _, is_fault, _ in before)
        if show:
            print(f"{rule['id']}: as it is", [(code, names) for code, is_fault, names in before if is_fault])
        for slip in planted(rule):
            told = findings(slip.rule)
            if told is None:
                refused += 1
                continue
            every[slip.sort] += 1
            seen = [one for one in told if one not in before]
            if any(code in slip.codes and set(names) & set(slip.at) for code, _, names in seen):
                found[slip.sort] += 1
            elif show:
                print(f"{rule['id']}: {slip.sort} at {', '.join(slip.at)}: told {[(code, names) for code, _, names in seen]}")
            sys.stdout.flush()
    for sort, number in sorted(every.items()):
        print(f"{sort:34} {found[sort]:4} of {number}")
    print(f"{'all':34} {found.total():4} of {every.total()}, {found.total() / max(1, every.total()):.1%}; refused by the reader: {refused}")
    print(f"false alarms on the rules as they are: {alarms}")
    return 0 if found.total() >= 0.95 * every.total() and not alarms else 1


if __name__ == "__main__":
    raise SystemExit(main())
