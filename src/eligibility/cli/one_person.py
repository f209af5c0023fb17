"""What the commands about one person share: the profile and the vacancies, read and told of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import typer

from eligibility.cli import NOTHING, UNREADABLE
from eligibility.cli.options import load_library, pick, tell
from eligibility.cli.person import impossible_births, unasked
from eligibility.cli.terminal import complain
from eligibility.diagnostic import MERE_NOTES, Diagnostic, Place, Problems
from eligibility.loading.added import with_added
from eligibility.loading.document import steps_of, value_at
from eligibility.loading.loaded import Loaded
from eligibility.loading.models import open_profile
from eligibility.loading.vocabularies import not_understood, unknown_to
from eligibility.profile import Profile
from eligibility.reference import Reference
from eligibility.vacancy import Vacancy
from eligibility.wording import Words


class OnePerson(NamedTuple):
    """A profile that could be read, the vacancies asked about, and the rule files that could not be read.

    `loaded` and `profile` have the facts that were added (`--with`); `plain` is the profile as it is.
    """

    loaded: Loaded
    profile: Profile
    plain: Profile
    vacancies: Sequence[Vacancy]
    unread: Sequence[str]
    not_understood: Mapping[str, str]
    remarks: Sequence[Diagnostic] = ()

    def said(self, path: str) -> Any:
        """What the profile file says at a path; None where it says nothing."""
        return value_at(self.loaded.document.data, path)

    def place(self, path: str) -> Place | None:
        """Where a fact such as `experience[2].from` stands in the profile file."""
        return self.loaded.document.place(steps_of(path))


Teller = Callable[[Iterable[Diagnostic], Words], None]
"""What tells problems."""


def tell_redacted(problems: Iterable[Diagnostic], words: Words) -> None:
    """Problems without names, dates of birth, and what was written; mere notes, which are about just that, are left out."""
    from eligibility.batch.anonymous import masked

    name = words.text("redacted.profile")
    tell([masked(one, name)._replace(place=Place(name)) for one in problems if one.code not in MERE_NOTES], words)


def readable(read: Callable[[], Loaded], words: Words, tell: Teller = tell) -> Loaded:
    """A profile that has a model. Where it has none, or cannot be read at all, why is told, and the run ends."""
    try:
        loaded = read()
    except Problems as error:
        tell(error.diagnostics, words)
        raise typer.Exit(UNREADABLE) from None
    if loaded.model is None:
        tell(loaded.diagnostics, words)
        raise typer.Exit(UNREADABLE)
    return loaded


def read_profile_file(
    profile: str, when: date | datetime, reference: Reference, words: Words, added: Sequence[str] = (),
    tell: Teller = tell,
) -> tuple[Loaded, Loaded]:  # fmt: skip
    """A profile as it is, and with facts added. What cannot be read, or somebody who cannot have been born, is told and ends the run."""
    plain = readable(lambda: open_profile(profile, reference), words, tell)
    loaded = readable(lambda: with_added(plain, added, reference), words, tell) if added else plain
    if impossible := list(impossible_births(loaded, when)):
        tell(impossible, words)
        raise typer.Exit(UNREADABLE)
    return plain, loaded


def read_person(
    profile: str, rules: str | None, ids: list[str], when: date | datetime, reference: Reference, words: Words, added: Sequence[str] = (),
    tell: Teller = tell,
) -> OnePerson:  # fmt: skip
    """A profile and the vacancies with these ids (all, where none is named). What is wrong is told; what cannot be read ends the run."""
    plain, loaded = read_profile_file(profile, when, reference, words, added, tell)
    library = load_library(rules, reference, words)
    known = unknown_to(library.vacancies, loaded, reference)
    tell(known, words)
    if not library.vacancies:
        complain(words.text("no_vacancy_read" if library.unread else "no_vacancy"))
        raise typer.Exit(UNREADABLE if library.unread else NOTHING)
    chosen = pick(library, ids, words)
    tell(unasked(loaded, library.vacancies, reference), words)
    return OnePerson(loaded, loaded.model, plain.model, chosen, library.unread, not_understood(known), known)
