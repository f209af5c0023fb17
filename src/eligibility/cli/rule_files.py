"""Rule files read for what is true of them, whatever `validate` finds in what they mean: that is told."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import typer

from eligibility.checks.vacancies import vacancy_in_source
from eligibility.cli.options import tell
from eligibility.diagnostic import Problems
from eligibility.loading.document import Document
from eligibility.loading.files import read_source
from eligibility.loading.models import vacancy_in
from eligibility.loading.yaml_reader import read_yaml
from eligibility.reference import Reference
from eligibility.vacancy import Vacancy
from eligibility.wording import Words

Steps = Annotated[
    int, typer.Option("--steps", metavar="N", min=1, max=100_000, help="How many people are tried, at most, in search of one thing.")
]


class RuleFile(NamedTuple):
    """A rule file that can be read, and the vacancy in it."""

    document: Document
    vacancy: Vacancy


def read_rule_file(path: str, reference: Reference, words: Words) -> RuleFile | None:
    """A rule file with a vacancy in it; None for another one. What is wrong with it is told."""
    try:
        source = read_source(path)
        document = read_yaml(source)
        vacancy = vacancy_in(document, reference).model
        tell(vacancy_in_source(source, reference).diagnostics, words)
    except Problems as error:
        tell(error.diagnostics, words)
        return None
    return None if vacancy is None else RuleFile(document, vacancy)
