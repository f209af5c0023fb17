"""What `analyse` and `compare` print as JSON: codes and facts, the same in every language."""

# Without `from __future__ import annotations`: Pydantic evaluates each annotation that is a text, which takes longer.

from typing import Any

from eligibility.report import Frozen

SCHEMA_VERSION = 1


class WitnessData(Frozen):
    """Somebody who shows it: a profile, as a profile file has it, and the day of the application. No such person need exist."""

    profile: dict[str, Any]
    on: str


class FindingData(Frozen):
    """Something that is true of a criterion or a branch of it whoever comes, as far as was looked.

    `code` says what; `level` is `slip` for what is probably one, else `note`; `branch` names the criterion or the branch by its path,
    `others` those it has to do with; `tried` is how many people were tried before it was said.
    """

    code: str
    level: str
    branch: str | None
    others: tuple[str, ...]
    file: str
    line: int
    column: int
    tried: int
    witness: WitnessData | None


class JustFailsData(Frozen):
    """Somebody who just fails a criterion; `also` are the other required criteria that they do not meet."""

    criterion: str
    also: tuple[str, ...]
    witness: WitnessData


class AnalysisData(Frozen):
    """One vacancy: somebody who meets everything that can be met, who just fails each criterion, and what was found.

    `tried` is how many people were tried, `limit` how many in search of one thing; `stopped` says that the search had to end, and
    `unsettled` names the branches of which not everything was looked for.
    """

    vacancy: str
    file: str
    tried: int
    limit: int
    stopped: bool
    passes: WitnessData | None
    passes_but: tuple[str, ...]
    fails: tuple[JustFailsData, ...]
    findings: tuple[FindingData, ...]
    unsettled: tuple[str, ...]


COMPARE_VERSION = 1


class DifferenceData(Frozen):
    """Somebody whose answer changes: that to a criterion, or (`criterion` null) the outcome."""

    criterion: str | None
    before: str
    after: str
    witness: WitnessData


class TurnedData(Frozen):
    """A criterion with another verdict than before, for one person."""

    criterion: str
    before: str
    after: str


class CriterionMovesData(Frozen):
    """How many people a criterion turns for, from one verdict to another."""

    criterion: str
    before: str
    after: str
    people: int


class MovedData(Frozen):
    """Somebody for whom something is otherwise. `way` is `gains` (likely eligible now), `loses` (not eligible now), `opens` (more
    information is needed now), or null where the outcome is the same."""

    id: str
    name: str | None
    way: str | None
    before: str
    after: str
    criteria: tuple[TurnedData, ...]


class PeopleData(Frozen):
    """What is otherwise for people who were asked of both rules; `unread` are those who could not be read."""

    people: int
    unread: int
    gains: int
    loses: int
    opens: int
    criteria: tuple[CriterionMovesData, ...]
    moved: tuple[MovedData, ...]


class ComparisonData(Frozen):
    """What changes from one rule to another. `added` and `removed` are criteria that one of them alone has; `tried` is how many people were
    tried before both, `stopped` says that the search had to end; `people` what is otherwise for people who were given."""

    schema_version: int
    old: str
    new: str
    changed: bool
    tried: int
    stopped: bool
    added: tuple[str, ...]
    removed: tuple[str, ...]
    differences: tuple[DifferenceData, ...]
    people: PeopleData | None = None
