"""The cases a rule file lacks, as a case file for its author to confirm: what the engine says today, beside what the cases show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from eligibility.inventing.workbench import Tried, Workbench, open_points, unmet
from eligibility.reference import Reference
from eligibility.report import Finding, Report
from eligibility.testing.model import CaseFile, Rule
from eligibility.testing.run import answer, findings_of
from eligibility.testing.vary import Variant, variants
from eligibility.testing.write_yaml import flow
from eligibility.verdict import Verdict
from eligibility.wording import Words

Effect = tuple[Any, ...]


class _Suggested(NamedTuple):
    variant: Variant
    expect: Mapping[str, Any]


def suggestions(rule: Rule, files: Iterable[CaseFile], words: Words, reference: Reference) -> str:
    """A case file with the cases that show something new, every one marked as to be confirmed. The rule file must be readable."""
    about = [file for file in files if file.rule is rule]
    assert rule.vacancy is not None
    bench = Workbench(rule.vacancy, rule.document.data, reference)
    base = _base(bench, about)
    found = list(_new(bench, base, _shown(about)))
    return "".join(f"{line}\n" for line in _lines(bench, base, found, words))


def _base(bench: Workbench, files: Iterable[CaseFile]) -> Tried:
    """The profile of the case file there is, if it meets every requirement; else one made from the criteria."""
    for file in files:
        if file.profile and file.day is not None and (found := bench.tried(file.profile, file.day)) is not None and not unmet(found):
            return found
    return bench.made()


def _new(bench: Workbench, base: Tried, shown: set[Effect]) -> Iterator[_Suggested]:
    """The variants with an effect that neither a case nor an earlier variant has; of a threshold all three days, or none."""
    groups: dict[str, list[Variant]] = {}
    for number, variant in enumerate(variants(bench, base)):
        groups.setdefault(variant.group or f"#{number}", []).append(variant)
    before = findings_of(base.report)
    written: set[str] = set()
    for group, together in groups.items():
        tried = [(variant, bench.tried({**base.data, **variant.patch}, variant.day or base.day)) for variant in together]
        known = [(variant, one) for variant, one in tried if one is not None]
        changing = {name for _, one in known for name in _changed(before, findings_of(one.report))}
        if together[0].key == "suggest.base":
            changing = {name for name, one in before.items() if one.kind != "judged"}
        changing |= {variant.about for variant in together if variant.about}
        closings = {one.report.closing for _, one in known}
        effects = {effect for _, one in known for effect in _effects(one.report, changing, len(closings) > 1)}
        if effects <= shown or (group.startswith("#") and _is_dull(together[0], effects, shown)):
            continue
        shown |= effects
        for variant, one in known:
            same = repr((sorted(variant.patch.items(), key=str), variant.day))
            if same in written:  # two thresholds a day or two apart share a person
                continue
            written.add(same)
            yield _Suggested(
                variant, _expect(one.report, base.report, changing, len(closings) > 1 or one.report.closing != base.report.closing)
            )


def _is_dull(variant: Variant, effects: set[Effect], shown: set[Effect]) -> bool:
    """Of the many other values one could write, only those that bring a verdict or a reason of their own."""
    if variant.key != "suggest.value" or variant.ordered:
        return False
    coarse = {(one[0], *one[1:4]) for one in shown if len(one) > 3}
    return {(one[0], *one[1:4]) for one in effects if len(one) > 3} <= coarse


def _changed(before: Mapping[str, Finding], after: Mapping[str, Finding]) -> set[str]:
    return {name for name, one in after.items() if name in before and _verdict(one) != _verdict(before[name])}


def _verdict(finding: Finding) -> Any:
    return finding.verdict, finding.preferred, finding.causes if finding.verdict is Verdict.UNKNOWN else ()


def _effects(report: Report, names: Iterable[str], closing: bool) -> set[Effect]:
    findings = findings_of(report)
    known = [findings[name] for name in names if name in findings]
    found: set[Effect] = {_effect(one) for one in known} | {("alone", one.id, at) for one in known if (at := _alone(one)) is not None}
    return found | {("closing", str(report.closing), report.on)} if closing else found


def _effect(one: Finding) -> Effect:
    why = tuple(used.path for used in one.facts), repr(sorted(one.params.items(), key=str))
    return one.id, one.verdict, one.code, one.causes, one.missing, one.gap, one.preferred, why


def _alone(finding: Finding) -> int | None:
    """Which member of an any-of passes, if one does and no other."""
    passing = [index for index, child in enumerate(finding.children) if child.verdict is Verdict.PASS]
    return passing[0] if finding.code.startswith("any_of.") and len(passing) == 1 else None


def _shown(files: Iterable[CaseFile]) -> set[Effect]:
    """What the cases there are show already."""
    found: set[Effect] = set()
    for file in files:
        for case in file.cases:
            report = answer(case)
            found |= _effects(report, case.named, any(wanted.key == "closing" for wanted in case.expect))
    return found


def _expect(report: Report, base: Report, names: set[str], closing: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, one in findings_of(report).items():
        if name not in names:
            continue
        more: dict[str, Any] = {}
        if one.verdict is Verdict.UNKNOWN and one.missing:
            more["missing"] = list(one.missing)
        if one.verdict is Verdict.UNKNOWN and not one.missing:
            more["causes"] = [str(cause) for cause in one.causes]
        if one.preferred is not None:
            more["preferred"] = str(one.preferred)
        if one.gap is not None and one.verdict is Verdict.FAIL:
            more["gap"] = one.gap.amount
        found[name] = {"verdict": str(one.verdict), **more} if more else str(one.verdict)
    if report.outcome != base.outcome or report is base or not found:
        found["outcome"] = str(report.outcome)
    if closing:
        found["closing"] = str(report.closing)
    return found


# --------------------------------------------------------------------------------------------- the file


def _lines(bench: Workbench, base: Tried, found: list[_Suggested], words: Words) -> Iterator[str]:
    for line in words.text("suggest.head").split("\n"):
        yield f"# {line}"
    needed = {one.id for one in findings_of(base.report).values() if one.importance == "required"}
    open_ones = [name for name in dict.fromkeys([*unmet(base), *open_points(base)]) if name in needed]
    if open_ones:
        yield f"# {words.text('suggest.open', ids=', '.join(open_ones))}"
    if not found:
        yield f"# {words.text('suggest.none')}"
    yield f"vacancy: {flow(bench.vacancy.id)}"
    yield f"day: {flow(base.day)}"
    yield "profile:" if base.data else "profile: {}"
    for key, value in base.data.items():
        yield f"  {key}: {flow(value)}"
    yield "cases:" if found else "cases: []"
    names: dict[str, int] = {}
    for one in found:
        name = words.text(one.variant.key, **one.variant.facts)
        names[name] = names.get(name, 0) + 1
        case: dict[str, Any] = {"name": name if names[name] == 1 else f"{name} ({names[name]})"}
        if one.variant.day is not None:
            case["day"] = one.variant.day
        if one.variant.patch:
            case["profile"] = dict(one.variant.patch)
        yield f"  - {flow({**case, 'expect': one.expect})}  # {words.text('suggest.confirm')}"
