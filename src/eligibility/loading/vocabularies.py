"""Words people type in a profile (`UK`, `maîtrise`, `Maroc`), understood or told apart from what nothing knows.

An unknown word is never an error and never silently dropped: it stays as typed, and what depends on it is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from eligibility.diagnostic import Diagnostic
from eligibility.loading.edits import Change, flow
from eligibility.loading.loaded import Loaded
from eligibility.loading.nearest import nearest
from eligibility.profile import SOURCES
from eligibility.reading.lists import listed_words
from eligibility.reading.reader import Path, Problem
from eligibility.reference import LANGUAGES, Reference, load_reference
from eligibility.reference.spelling import fold
from eligibility.vacancy import Vacancy

NOT_UNDERSTOOD = ("W202", "W203", "W207", "N205")
"""Words that nothing knows, that may mean two things, and countries that are no more: what depends on them stays unknown."""

_OPEN = frozenset({"functions", "schools", "positions", "experience_grades", "programmes"})
"""Vocabularies of which nobody expects to know every word: a rule names those that it asks for."""

_ADVISED = frozenset({"place", "language", "employer", "titles", "field"})
"""Vocabularies of which it can be said what to write: the country for a town, `employer_name` for a name."""

MAX_SUGGESTIONS = 100
"""How many words of a file are compared with all that is known: with more, the spelling is not what is wrong with it."""


def tidy(data: Mapping[str, Any], reference: Reference, before: int = 0) -> tuple[dict[str, Any], Warnings]:
    """A profile with its aliases replaced by ids, and a warning for every word read otherwise or not known.

    `before` counts the problems that the file had before: a relative is a profile in the profile.
    """
    problems = Warnings(before)
    tidied = dict(data)
    if isinstance(data.get("domicile"), str):
        tidied["domicile"] = _place(data["domicile"], ("domicile",), reference, problems)
    for name, source in SOURCES.items():
        if source.words and isinstance(records := data.get(name), list):
            tidied[name] = [_record(name, one, (name, index), reference, problems) for index, one in enumerate(records)]
    for name, records in data.items():
        if name not in _ALIKE and isinstance(records, list) and len(records) > 1:
            problems += _copies(name, records)
    if isinstance(relatives := data.get("relatives"), list):
        tidied["relatives"] = []
        for index, relative in enumerate(relatives):
            if isinstance(relative, dict):
                relative, found = tidy(relative, reference, before + len(problems))
                problems += [_of_relative(one, index) for one in found]
                problems.written |= {f"relatives[{index}].{path}": words for path, words in found.written.items()}
                if isinstance(relation := relative.get("relation"), str):
                    path = ("relatives", index, "relation")
                    relative["relation"] = _term(relation, path, "relations", reference, problems)
            tidied["relatives"].append(relative)
    return tidied, problems


def _of_relative(problem: Problem, index: int) -> Problem:
    """A problem of a relative's profile at its place in the candidate's."""
    at = {"at": f"relatives[{index}].{problem.params['at']}"} if "at" in problem.params else {}
    return problem._replace(path=("relatives", index, *problem.path), params={**problem.params, **at})


_ALIKE = frozenset({"children", "relatives", "incomplete", "applications"})
"""Lists in which two equal entries are two, or none of our business: twins, and what is no record."""


def _copies(name: str, records: list[Any]) -> Iterator[Problem]:
    """A warning at each entry that is equal in every key to an earlier one."""
    seen: dict[str, int] = {}
    for index, record in enumerate(records):
        if isinstance(record, dict):
            number = seen.setdefault(repr(sorted(record.items(), key=str)), index)
            if number != index:
                yield Problem("W206", (name, index), {"number": number + 1})


class Warnings(list[Problem]):
    """The warnings about one file so far; the first words that nothing knows get a suggestion, the others do not. `written` are the
    words that were read as others, by record and key."""

    def __init__(self, before: int) -> None:
        super().__init__()
        self.before = before
        self.written: dict[str, dict[str, Any]] = {}

    @property
    def suggest(self) -> bool:
        return self.before + len(self) < MAX_SUGGESTIONS

    def unknown(self, word: str, path: Path, suggestions: tuple[str, ...], vocabulary: str) -> None:
        """In an open vocabulary, a word of the person's own is nothing to ask about, unless it is nearly one that is known."""
        code = "N205" if vocabulary in _OPEN and not suggestions else "W202"
        params = {"word": word, "suggestion": suggestions[0] if suggestions else None, "at": _fact(path)}
        if code == "W202" and vocabulary in _ADVISED:
            params |= _under_keys(word) if path[0] == "degrees" and vocabulary == "titles" else {}
            params.setdefault("form", vocabulary)
        self.append(Problem(code, path, params))
        if self.before + len(self) == MAX_SUGGESTIONS:
            self.append(Problem("N201", path, {"limit": MAX_SUGGESTIONS}))


def _under_keys(title: str) -> dict[str, Any]:
    """What to write for a title with a year and a school beside it."""
    from eligibility.loading.understood.degrees import under_its_keys

    found = under_its_keys(title, load_reference())
    return {} if found is None else {"form": "dated", "suggestion": None, "year": found["awarded"], "example": flow(found)}


def _fact(path: Path) -> str:
    """The path of a fact as the engine names what is missing: `citizenships[0].country` of `[FR]`, `experience[0].function` of a list."""
    steps = [*path]
    if isinstance(steps[-1], int):
        steps = [*steps, "country"] if len(steps) % 2 == 0 and steps[-2] == "citizenships" else steps[:-1]
    return "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in steps).removeprefix(".")


def not_understood(problems: Iterable[Diagnostic]) -> dict[str, str]:
    """The words of a profile that nothing knows, by the path of the fact they were to tell."""
    found: dict[str, list[str]] = {}
    for one in problems:
        if one.code in NOT_UNDERSTOOD:
            found.setdefault(str(one.params.get("at")), []).append(str(one.params["word"]))
    return {path: ", ".join(words) for path, words in found.items()}


_UNKNOWN = ("W202", "N205")


def unknown_to(vacancies: Sequence[Vacancy], loaded: Loaded, reference: Reference) -> list[Diagnostic]:
    """The problems of a profile without its words that a list of one of the vacancies declares, by id or by name; and its choices
    that are none of theirs."""
    told = [*loaded.diagnostics, *_strange_choices(vacancies, loaded, reference)]
    if not any(one.code in _UNKNOWN for one in told):
        return told
    return without_declared(told, frozenset().union(*map(declared_in, vacancies)))


def declared_in(vacancy: Vacancy) -> frozenset[str]:
    """The words that the lists of a vacancy declare, by id and by name, as they are compared."""
    return frozenset(fold(name) for word, names in listed_words(vacancy.lists).items() for name in (word, *names))


def without_declared(told: Iterable[Diagnostic], declared: frozenset[str]) -> list[Diagnostic]:
    """Problems without those of words that nothing knows but the lists of a vacancy."""
    return [one for one in told if one.code not in _UNKNOWN or fold(str(one.params.get("word"))) not in declared]


def _strange_choices(vacancies: Sequence[Vacancy], loaded: Loaded, reference: Reference) -> Iterator[Diagnostic]:
    """Choices of the profile that are neither an option of their vacancy nor a country, where it asks for one."""
    if loaded.model is None or not loaded.model.applications:
        return
    by_id = {one.id: one for one in vacancies}
    for index, application in enumerate(loaded.model.applications):
        vacancy = by_id.get(application.vacancy)
        for name, word in () if vacancy is None else application.choices.items():
            if vacancy is None or name not in vacancy.choices or vacancy.choices[name].meant(word, reference) is not None:
                continue
            options = vacancy.choices[name].options
            guess = next(iter(reference.find_place(word).suggestions), None) if options is None else nearest(word, options)
            place = loaded.document.place(("applications", index, "choices", name))
            params = {"word": word, "suggestion": guess, "at": f"applications[].choices.{name}"}
            yield Diagnostic("W202", place, params if options is not None else {**params, "form": "place"})


Reading = Callable[[str, Path, Reference, Warnings], str]


def _record(name: str, record: Any, path: Path, reference: Reference, problems: Warnings) -> Any:
    if isinstance(record, str) and name == "citizenships":
        return _place(record, path, reference, problems)
    if not isinstance(record, dict):
        return record
    tidied = dict(record)
    for key, vocabulary in SOURCES[name].words.items():
        if key in record:
            tidied[key] = _each(record[key], (*path, key), _reading(vocabulary), reference, problems)
            if vocabulary not in ("place", "language") and tidied[key] != record[key]:
                problems.written.setdefault(f"{path[0]}[{path[1]}]", {})[key] = record[key]
    if name == "languages" and isinstance(tests := record.get("tests"), list):
        tidied["tests"] = [_test(one, (*path, "tests", number), reference, problems) for number, one in enumerate(tests)]
    return tidied


def _test(test: Any, path: Path, reference: Reference, problems: Warnings) -> Any:
    if not isinstance(test, dict) or not isinstance(test.get("test"), str):
        return test
    return {**test, "test": _term(test["test"], (*path, "test"), "tests", reference, problems)}


def _reading(vocabulary: str) -> Reading:
    """How a word of a vocabulary is read."""
    if vocabulary in ("place", "language"):
        return _place if vocabulary == "place" else _language
    return lambda word, path, reference, problems: _term(word, path, vocabulary, reference, problems)


def _each(value: Any, path: Path, read: Reading, reference: Reference, problems: Warnings) -> Any:
    if isinstance(value, list):
        return [read(one, (*path, index), reference, problems) if isinstance(one, str) else one for index, one in enumerate(value)]
    return read(value, path, reference, problems) if isinstance(value, str) else value


def _place(word: str, path: Path, reference: Reference, problems: Warnings) -> str:
    if reference.is_place(word):
        return word
    if word in ("no", "No"):
        problems.append(Problem("W207", path, {"word": word, "readings": ['"NO"', "[]"], "at": _fact(path)}))
        return word
    found = reference.find_place(word, problems.suggest)
    if found.id is not None:
        problems.append(_read_as(word, found.id, "place", path, reference))
        return found.id
    if found.note == "former":
        problems.append(Problem("W203", path, {"word": word, "successors": list(found.suggestions), "at": _fact(path)}))
    else:
        problems.unknown(word, path, found.suggestions, "place")
    return word


def _read_as(word: str, name: str, kind: str, path: Path, reference: Reference) -> Problem:
    label = {language: reference.label(kind, name, language) for language in LANGUAGES}
    return Problem(
        "N204", path, {"word": word, "read": name, "becomes": f'"{name}"', "label": label, "form": "named", "changes": [Change(path, name)]}
    )


def _language(word: str, path: Path, reference: Reference, problems: Warnings) -> str:
    if reference.is_language(word):
        return word
    found = reference.find_language(word, problems.suggest)
    if found.id is not None:
        problems.append(_read_as(word, found.id, "language", path, reference))
        return found.id
    problems.unknown(word, path, found.suggestions, "language")
    return word


def _term(word: str, path: Path, vocabulary: str, reference: Reference, problems: Warnings) -> str:
    tree = vocabulary in ("employer", "field")
    if reference.is_in_tree(vocabulary, word) if tree else reference.is_term(vocabulary, word):
        return word
    found = reference.find_term(vocabulary, word, problems.suggest)
    if found.id is not None:
        return found.id
    problems.unknown(word, path, found.suggestions, vocabulary)
    return word
