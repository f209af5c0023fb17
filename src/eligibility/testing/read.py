"""Reading a case file: strictly, with a place for every problem, and nothing run yet."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from eligibility.diagnostic import Diagnostic, Place
from eligibility.loading.document import Document
from eligibility.loading.models import placed, read_profile, read_vacancy
from eligibility.reading.criteria import RuleContext
from eligibility.reading.reader import Path, Problem, Reader
from eligibility.reference import Reference
from eligibility.testing.expect import OWN, Readings, ids_of, letters_in, read_expect
from eligibility.testing.model import Accepted, Case, CaseFile, Rule
from eligibility.vacancy import NamedDay, Vacancy

MAX_SHARED = 50_000
"""How many values of a vacancy of its own a case file may ask to be read again, over all its cases: each reading takes its time."""

_KEYS = frozenset({"name", "day", "dates", "profile", "vacancy", "criterion", "expect"})

SMALL: Mapping[str, Any] = {"id": "test", "title": "Test", "dates": {"deadline": "2024-06-30"}}
"""What a vacancy written in a case file says when it does not say it itself."""

_NOTHING = {"id": "nothing", "kind": "judged"}
"""A criterion that asks nothing: a vacancy has one at least."""

FindRule = Callable[[str | None], Rule | Problem | None]
"""Gives the rule file for the id that a case file names, or for None when it names none; or the problem why not; or None for a rule
file that cannot be read, which is told of that file."""


class Read(NamedTuple):
    """A case file and every problem found in it; without a file when it has errors.

    `words` are the places of verdicts that are a bare N: in YAML 1.1 that is no word, here it is one.
    """

    file: CaseFile | None
    diagnostics: tuple[Diagnostic, ...]
    words: frozenset[Place] = frozenset()


def read_cases(document: Document, root: Path, find_rule: FindRule, reference: Reference) -> Read:
    """The cases at `root` of a document (`()`: a case file; `("cases",)`: inside a rule file, whose own problems are told elsewhere)."""
    return _Reading(document, root, find_rule, reference).read()


class _Reading:
    """The reading of one file."""

    def __init__(self, document: Document, root: Path, find_rule: FindRule, reference: Reference) -> None:
        self.document = document
        self.root = root
        self.find_rule = find_rule
        self.reference = reference
        self.context = RuleContext(reference)
        self.letters: list[Path] = []
        self.broken = False
        self.named: tuple[Vacancy, dict[str, Readings], set[str]] | None = None
        self.owned: tuple[Vacancy | None] | None = None
        self.told: set[tuple[str, Path]] = set()
        self.shared: int | None = None
        self.read_again = 0
        raw: Any = document.data
        for step in root:
            raw = raw[step]
        if isinstance(raw, list):  # the cases of a rule file, without a profile they share
            self.top = Reader({"cases": raw}, root, self.context)
            self.case_root: Path = root
        else:
            if not isinstance(raw, dict):
                self.context.problem("E204", root, expected="list", value=str(raw)[:40])
                raw = {"cases": []}
            self.top = Reader(raw, root, self.context)
            self.case_root = (*root, "cases")

    def read(self) -> Read:
        top = self.top
        own = top.raw("vacancy")
        rule = self._rule(own)
        base = top.typed("profile", dict, "mapping") or {}
        self.broken = not self._profile(base, top.at("profile"))
        day = top.raw("day")
        if day is not None:
            self._day(day, top.at("day"))
        cases = top.typed("cases", list, "list")
        if cases is None and "cases" not in top:
            top.problem("E201", lacking="cases")
        found = []
        names: dict[str, Path] = {}
        for index, raw in enumerate(cases or []):
            case = self._case(raw, (*self.case_root, index), base, day, rule, own if isinstance(own, dict) else {})
            if isinstance(raw, dict) and isinstance(name := raw.get("name"), str):
                if name in names:
                    self.context.problem("E406", (*self.case_root, index, "name"), name=name, first=names[name])
                names.setdefault(name, (*self.case_root, index, "name"))
            if case is not None:
                found.append(case)
        accepted = self._accepted()
        top.unknown_keys("cases")
        words = frozenset(self.document.place(path) for path in self.letters)
        diagnostics = self._diagnostics(words)
        about_rule = own is None or isinstance(own, str)
        if any(one.is_error for one in diagnostics) or (about_rule and (rule is None or rule.vacancy is None)):
            return Read(None, diagnostics, words)
        return Read(CaseFile(self.document, rule, tuple(found), accepted, base, None if day is None else str(day)), diagnostics, words)

    def _rule(self, own: Any) -> Rule | None:
        """The rule file the cases are about; None when they bring their own vacancy, or when there is none."""
        if isinstance(own, dict) or (own is None and "vacancy" in self.top.data):
            if own is None:
                self.top.problem("E204", "vacancy", expected="vacancy_of_cases", value="")
            return None
        if own is not None and not isinstance(own, str):
            self.top.problem("E204", "vacancy", expected="vacancy_of_cases", value=str(own)[:40])
            return None
        found = self.find_rule(own)
        if isinstance(found, Problem):
            self.context.problems.append(found)
            return None
        if found is None:  # it is there and cannot be read: what is wrong with it is told where it stands
            self.top.problem("E403", None if own is None else "vacancy", form="unreadable", word=own or self._stem())
        return found

    def _stem(self) -> str:
        return os.path.basename(self.document.name).partition(".")[0]

    def _diagnostics(self, words: frozenset[Place]) -> tuple[Diagnostic, ...]:
        found = [one for one in self.document.diagnostics if one.code != "W101" or one.place not in words] if not self.root else []
        told = {(one.place.line, one.place.column) for one in self.document.diagnostics if one.is_error}
        seen: set[tuple[str, Path]] = set()
        for problem in self.context.problems:
            if (key := (problem.code, problem.path)) in seen:
                continue
            seen.add(key)
            one = placed(problem, self.document)
            if (one.place.line, one.place.column) not in told:
                found.append(one)
        return tuple(sorted(found, key=lambda one: (one.place.line, one.place.column, one.code)))

    # ------------------------------------------------------------------------------------------ one case

    def _case(self, raw: Any, path: Path, base: Mapping[str, Any], day: Any, rule: Rule | None, own: Mapping[str, Any]) -> Case | None:
        if not isinstance(raw, dict):
            self.context.problem("E204", path, expected="case", value=str(raw)[:40])
            return None
        before = len(self.context.problems)
        reader = Reader(raw, path, self.context)
        name = reader.text("name")
        for key in ("name", "expect"):
            if key not in raw and set(raw) <= _KEYS:  # else a misspelt key is told, and that is enough
                reader.problem("E201", lacking=key)
        moment = self._moment(reader, day)
        patch = reader.typed("profile", dict, "mapping") or {}
        self._profile(patch, reader.at("profile"))
        vacancy = self._vacancy(reader, rule, own)
        dates = self._dates(reader, vacancy) if "dates" in reader else {}
        if "expect" in reader:
            expect = read_expect(raw["expect"], reader.at("expect"), self.context, *self._names(vacancy))
            self.letters += letters_in(raw["expect"], reader.at("expect"))
        reader.unknown_keys("case")
        if len(self.context.problems) > before or name is None or moment is None or vacancy is None or self.broken:
            return None
        data = {key: value for key, value in {**base, **patch}.items() if value is not None}
        return Case(name, path, moment, data, vacancy, expect, self.reference, dates)

    def _dates(self, reader: Reader, vacancy: Vacancy | None) -> Mapping[str, NamedDay]:
        """The days of the vacancy that the case sets: the same rule, with another deadline."""
        patch = reader.typed("dates", dict, "mapping")
        if not patch or vacancy is None:
            if patch == {}:
                reader.problem("E204", "dates", expected="mapping", value="{}")
            return {}
        known = True
        for name in patch:
            if name not in vacancy.dates:
                known = False
                self.context.problem("E206", (*reader.at("dates"), name), True, word=str(name), allowed=sorted(vacancy.dates))
        choices = {name: one.model_dump(exclude_unset=True) for name, one in vacancy.choices.items()}
        read, problems = read_vacancy({**SMALL, "choices": choices, "dates": patch, "criteria": [_NOTHING]}, self.reference)
        self.context.problems += [one._replace(path=(*reader.at("dates"), *one.path[1:])) for one in problems if one.path[:1] == ("dates",)]
        return read.dates if known and read is not None else {}

    def _names(self, vacancy: Vacancy | None) -> tuple[dict[str, Readings] | None, set[str] | None]:
        """What can be expected of a vacancy: ids and tracks, found once for the vacancy of a rule file."""
        if vacancy is None:
            return None, None
        if self.named is None or self.named[0] is not vacancy:
            tracks = {option for choice in vacancy.choices.values() if choice.chosen_by == "applicant" for option in choice.options or ()}
            self.named = vacancy, dict(sorted(ids_of([*vacancy.criteria, *vacancy.conditions]).items())), tracks
        return self.named[1:]

    def _moment(self, reader: Reader, day: Any) -> date | datetime | None:
        if "day" in reader:
            return self._day(reader.raw("day"), reader.at("day"))
        if day is None:
            if not any(problem.code == "E405" for problem in self.context.problems):  # once is enough: one line mends them all
                reader.problem("E405")
            return None
        return self._day(day, self.top.at("day"))

    def _day(self, value: Any, path: Path) -> date | datetime | None:
        try:
            if isinstance(value, str):
                return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
        except ValueError:
            pass
        self.context.problem("E404", path, value="" if value is None else str(value)[:40])
        return None

    def _profile(self, data: Mapping[str, Any], path: Path) -> bool:
        """Whether the keys of a profile, of one case or shared by all, are good; each is read by itself, and once."""
        _, problems = read_profile({key: value for key, value in data.items() if value is not None}, self.reference)
        errors = [problem._replace(path=(*path, *problem.path)) for problem in problems if problem.code[0] == "E"]
        self.context.problems += errors
        return not errors

    def _vacancy(self, reader: Reader, rule: Rule | None, own: Mapping[str, Any]) -> Vacancy | None:
        patch = reader.typed("vacancy", dict, "mapping") or {}
        criterion = reader.typed("criterion", dict, "criterion")
        if "vacancy" not in self.top.data or isinstance(self.top.data["vacancy"], str):
            for key in ("vacancy", "criterion"):
                if key in reader.data:
                    reader.problem("E407", key, on_key=True, word=key)
                    return None
            return None if rule is None else rule.vacancy
        if not patch and criterion is None and self.owned is not None:  # read before, with its problems
            return self.owned[0]
        if self.shared is None:
            self.shared = _values(own)
        self.read_again += self.shared
        if self.read_again > MAX_SHARED:
            if self.read_again - self.shared <= MAX_SHARED:  # told once
                reader.problem("E410", limit=MAX_SHARED)
            return None
        data = {**SMALL, **own, **patch}
        if criterion is not None:
            data["criteria"] = [{"id": OWN, **criterion}]
        vacancy, problems = read_vacancy(data, self.reference)
        for problem in problems:
            path = self._written(problem.path, reader, patch, criterion)
            if (problem.code, path) not in self.told:  # what all cases share is told once
                self.told.add((problem.code, path))
                self.context.problems.append(problem._replace(path=path))
        good = None if problems else vacancy
        if not patch and criterion is None:
            self.owned = (good,)
        return good

    def _written(self, path: Path, reader: Reader, patch: Mapping[str, Any], criterion: Any) -> Path:
        """Where a path of the vacancy was written: in the case's criterion, its patch, or the file's own vacancy."""
        if criterion is not None and path[:2] == ("criteria", 0):
            return (*reader.at("criterion"), *path[2:])
        if path and path[0] in patch:
            return (*reader.at("vacancy"), *path)
        return (*self.top.at("vacancy"), *path)

    def _accepted(self) -> tuple[Accepted, ...]:
        found = []
        for index, raw in enumerate(self.top.typed("accepted", list, "list") or []):
            path = (*self.top.at("accepted"), index)
            if not isinstance(raw, dict):
                self.context.problem("E204", path, expected="accepted", value=str(raw)[:40])
                continue
            reader = Reader(raw, path, self.context)
            named = [key for key in ("mutant", "unseen") if key in reader]
            whats = [(where, what) for key in named for where, what in reader.entries(key)]
            for where, what in whats:
                if not isinstance(what, str):
                    self.context.problem("E204", where, expected="text", value=str(what)[:40])
            why = reader.texts("why")
            if "why" not in raw and set(raw) <= {"mutant", "unseen"}:
                reader.problem("E201", lacking="why")
            if len(named) != 1:
                reader.problem("E408")
            reader.unknown_keys("accepted")
            if len(named) == 1 and why is not None:
                found += [Accepted(named[0], str(what), why, self.document.place(where)) for where, what in whats]
        return tuple(found)


def _values(data: Any) -> int:
    """How many values some data hold."""
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return 1 + sum(_values(one) for one in inner)
