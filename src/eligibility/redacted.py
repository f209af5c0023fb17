"""A report that may be shown to others: without names, dates of birth, and every day or age that follows from them.

Nothing is cut out of a report: it is made anew, of a profile that does not hold them, so that nothing else of them can be in it. Of the
candidate as they are, it takes the verdicts, and what comes of them; where a verdict needs a date of birth, it alone is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from eligibility.engine import check
from eligibility.facts import ProfileFacts
from eligibility.profile import Profile, Written
from eligibility.reference import Reference
from eligibility.report import About, Finding, Report
from eligibility.vacancy import Vacancy

CODE = "redacted"
"""The reason of a finding whose reason is left out."""
HIDDEN = ("name", "id", "birth_date", "relatives", "children")
"""The keys of a profile that hold names or dates of birth; of relatives and children, other things as well."""
_OF_BIRTH = ("age", "child")
"""Kinds that ask about a date of birth."""


def bare(profile: Profile) -> Profile:
    """The profile without names and dates of birth, those of relatives and children among them, and without the digest of its file."""
    relatives, children = profile.relatives, profile.children
    found = profile.model_copy(
        update={
            "name": None, "id": None, "birth_date": None, "children": _unborn(children), "leaves": _for_nobody(profile.leaves),
            "relatives": None if relatives is None else tuple(
                one.model_copy(
                    update={
                        "name": None, "birth_date": None, "children": _unborn(one.children), "leaves": _for_nobody(one.leaves),
                    }
                )
                for one in relatives
            ),
        }
    )  # fmt: skip
    found._digest, found._diagnostics, found._written = None, (), _shown(profile.written)
    return found


def _unborn(children: Sequence[Any] | None) -> tuple[Any, ...] | None:
    return None if children is None else tuple(one.model_copy(update={"start": None}) for one in children)


def _for_nobody(leaves: Sequence[Any] | None) -> tuple[Any, ...] | None:
    """The leaves without the date of birth of the child that each was for."""
    return None if leaves is None else tuple(one.model_copy(update={"child": None}) for one in leaves)


def is_hidden(path: str) -> bool:
    """Whether a path of a profile may hold a name or a date of birth."""
    return path.partition("[")[0].partition(".")[0] in HIDDEN


def _shown(written: Written | None) -> Written | None:
    """The words of the file that stay: those of records that hold neither."""
    return None if written is None else {path: words for path, words in written.items() if path and not is_hidden(path)}


def redacted(
    report: Report, vacancy: Vacancy, profile: Profile, moment: date | datetime, reference: Reference, facts: ProfileFacts | None = None
) -> Report:  # fmt: skip
    """The report of `check` on this profile (what has closed as on its last day), as others may see it. `facts` may be those of the bare
    profile, shared between vacancies."""
    without = bare(profile)
    plain = check(vacancy, without, moment, reference, facts, on_last_day=True)
    ways = {(one.choice, one.option): one.findings for one in plain.tracks}
    tracks = tuple(
        one.model_copy(update={"findings": _every(one.findings, ways[one.choice, one.option], vacancy)}) for one in report.tracks
    )
    heading = next((one for one in tracks if one.outcome is report.outcome), None)
    told = About(vacancy, without, None)
    found = plain.model_copy(
        update={
            "outcome": report.outcome, "option": report.option, "tracks": tracks, "redacted": True,
            "findings": _every(report.findings, plain.findings, vacancy) if heading is None else heading.findings,
            "receipt": plain.receipt.model_copy(update={"profile_digest": None}),
        }
    )  # fmt: skip
    return found.told_of(told)


def _every(findings: Sequence[Finding], plain: Sequence[Finding], vacancy: Vacancy) -> tuple[Finding, ...]:
    return tuple(_one(*pair, vacancy) for pair in zip(findings, plain, strict=True))


def _one(finding: Finding, plain: Finding, vacancy: Vacancy) -> Finding:
    """What the profile without them says of a criterion; of one that rests on a date of birth, the verdict alone."""
    if plain.verdict is finding.verdict and not _asks_birth(_raw(vacancy, plain.path), vacancy, frozenset()):
        return plain
    return plain.model_copy(
        update={
            "verdict": finding.verdict, "code": CODE, "params": {"kind": plain.kind}, "causes": (), "facts": (), "missing": (), "day": None,
            "gap": None, "future": None, "preferred": None, "option": None, "question": None, "needed": True, "children": (),
        }
    )  # fmt: skip


def _raw(vacancy: Vacancy, path: Iterable[str | int]) -> Any:
    """What the rule says at a path."""
    found: Any = {"conditions": vacancy.conditions, "criteria": vacancy.criteria}
    for step in path:
        found = found[step]
    return found


def _asks_birth(raw: Any, vacancy: Vacancy, seen: frozenset[str]) -> bool:
    """Whether anything in a criterion asks about a date of birth: itself, its conditions and readings, and what it asks again."""
    if isinstance(raw, Mapping):
        if raw.get("kind") in _OF_BIRTH:
            return True
        target = raw.get("met")
        if isinstance(target, str) and target not in seen:
            named = [one for one in (*vacancy.conditions, *vacancy.criteria) if one.get("id") == target]
            if any(_asks_birth(one, vacancy, seen | {target}) for one in named):
                return True
        return any(_asks_birth(one, vacancy, seen) for one in raw.values())
    return isinstance(raw, list) and any(_asks_birth(one, vacancy, seen) for one in raw)


def shown_data(profile: Profile) -> dict[str, Any]:
    """What a bare profile says, as plain data: for sentences that name its records."""
    return profile.model_dump(mode="json", by_alias=True, exclude_none=True)
