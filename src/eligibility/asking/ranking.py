"""Which question settles most: of everything that is open, and of every answer that may come, the outcomes that would be settled.

The engine decides; here it is only asked again and again, with one fact more. What no answer since can have changed is not asked twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import product
from typing import Any, NamedTuple

from eligibility.application_period import closing_of, day_there, opening_of
from eligibility.asking.forms import can_be_asked
from eligibility.asking.possible import Possibilities, with_application
from eligibility.asking.profile_data import LISTS, Data, is_list, model_of
from eligibility.engine import Decision, TrackDecided, answers_to, decide, outcome
from eligibility.facts import ProfileFacts
from eligibility.inventing.satisfy import sources
from eligibility.language.groups import BOTH_PARENTS
from eligibility.loading.document import steps_of, value_at
from eligibility.profile import SOURCES, Person, Profile
from eligibility.reference import Reference
from eligibility.vacancy import Vacancy
from eligibility.verdict import Cause, Closing, Outcome, Verdict

_SKILLS = ("listening", "reading", "spoken_interaction", "spoken_production", "speaking", "writing")
_TIME = ("rate", "full_time", "hours_per_week", "hours")
_PROGRESS = 0.2
"""What a criterion that is settled counts beside an outcome that is."""
_ALIKE = 2
"""So many records that lack the same are tried through."""
_NUMBER = re.compile(r"\[\d+\]")
_MOST_TOGETHER = 200
"""So many combinations of answers are tried to see whether a criterion that needs several can be settled."""
_ORDER = [*(name for name in Person.model_fields if name != "facts"), "facts"]
"""The order of the fields in a profile: of questions that settle as much, whatever deadline, the first comes first."""


class Vacant(NamedTuple):
    """A vacancy, and the moment for which it is asked about; one that is `over` is asked about as on its last day."""

    vacancy: Vacancy
    on: date | datetime
    over: bool = False


class Wanting(NamedTuple):
    """A criterion that is open for want of a fact; or the `deadline` or the `opening`, where it rests on an option that nobody has told."""

    vacancy: Vacancy
    id: str | None
    label: Mapping[str, str] | None
    kind: str
    question: Mapping[str, str] | None
    option: str | None
    whose: tuple[str, ...] = ()
    """The relations that it names, where relatives are asked for."""


class Question(NamedTuple):
    """What to ask: a path of the profile, the outcomes that one answer to it could settle (ids of vacancies, by the outcome that it would
    be), every criterion that is open for want of it, and the vacancies (by their ids) of which it tells whether one can apply now."""

    path: str
    settles: Mapping[str, tuple[Outcome, ...]]
    wanted_by: tuple[Wanting, ...]
    score: float
    opens: tuple[str, ...] = ()


class _Open(NamedTuple):
    """One required criterion as it stands."""

    verdict: Verdict
    missing: tuple[str, ...]
    id: str | None
    label: Mapping[str, str] | None
    kind: str
    question: Mapping[str, str] | None
    causes: tuple[Cause, ...]


class _Shares(NamedTuple):
    """What the answers to one question make of one criterion, as shares: not met, met, still open for want of a fact."""

    fails: float
    passes: float
    goes_on: float


class _Period(NamedTuple):
    """The day of a vacancy on which it depends whether one can apply now: its name, the path of the choice that it rests on, and the share
    of its options for which it is too late."""

    name: str
    path: str
    ends: float


class _Line:
    """One vacancy; of one that the applicant may enter in several ways, one of them."""

    def __init__(self, vacant: Vacant, option: tuple[str, str] | None) -> None:
        self.vacancy = vacant.vacancy
        self.on = vacant.on
        self.option = option
        self.open: dict[int, _Open] = {}
        """The required criteria that are not known to be met, by their numbers."""
        self.required: tuple[int, ...] = ()
        self.fails_whichever = False
        """Whether something fails with every option that may hold."""
        self.over = False
        """Whether the option that was told has closed."""
        self.periods: tuple[_Period, ...] = ()
        self.context: str | None = None
        self.twins: dict[int, str] = {}

    @property
    def settled(self) -> bool:
        return self.over or not self.open or self.fails

    @property
    def fails(self) -> bool:
        return self.fails_whichever or any(one.verdict is Verdict.FAIL for one in self.open.values())

    @property
    def day(self) -> date:
        return self.on.date() if isinstance(self.on, datetime) else self.on

    @property
    def deadline(self) -> int:
        days = self.vacancy.dates["deadline"].days if "deadline" in self.vacancy.dates else None
        return days.last if days is not None else 10_000_000


class Ranking:
    """The open questions of one profile before some vacancies. `learn` tells what the profile says now; `skipped` are the paths that
    nobody can answer."""

    def __init__(self, vacant: Iterable[Vacant], reference: Reference) -> None:
        self._vacant = list(vacant)
        self._reference = reference
        self._possibilities: dict[str, Possibilities] = {}
        self._lines: list[_Line] = []
        self._shares: dict[tuple[Any, str], tuple[frozenset[str], _Shares]] = {}
        self._lists: dict[tuple[str, int], frozenset[str]] = {}
        self._models: dict[str, tuple[Profile, ProfileFacts] | None] = {}
        self.skipped: set[str] = set()
        self.data: Data = {}
        self.profile: Profile | None = None
        self.outcomes: dict[str, Outcome] = {}

    # ------------------------------------------------------------------------------------------ what is known

    def learn(self, data: Data, profile: Profile) -> None:
        """What the profile says now."""
        before = self.data if self.profile is not None else None
        changed = None if before is None else {name for name in {**before, **data} if before.get(name) != data.get(name)}
        self.data, self.profile = data, profile
        self._models.clear()
        facts = ProfileFacts(profile, self._reference)
        if changed is None or "applications" in changed:  # days and choices enter everything
            self._shares.clear()
            self._lines = [line for vacant in self._vacant for line in self._begun(vacant, facts)]
        elif changed:
            self._forget(changed)
            for line in self._lines:
                asked = [one for one in line.required if not changed.isdisjoint(self._asks(line, one))]
                self._decide(line, asked, profile, facts)
        self.outcomes = {}
        for line in self._lines:
            line.fails_whichever = bool(line.vacancy.choices) and self._fails_whichever(line)
            came_to = self._outcome(line)
            best = self.outcomes.get(line.vacancy.id)
            if best is None or _BEST_FIRST.index(came_to) < _BEST_FIRST.index(best):
                self.outcomes[line.vacancy.id] = came_to

    def _begun(self, vacant: Vacant, facts: ProfileFacts) -> Iterator[_Line]:
        assert self.profile is not None
        decision = decide(vacant.vacancy, self.profile, vacant.on, self._reference, facts)
        ways = [track for track in decision.tracks if track.closing is not Closing.CLOSED] or decision.tracks
        tracks: list[tuple[str, str] | None] = [(track.choice, track.option) for track in ways] or [None]
        every: Sequence[Decision | TrackDecided] = ways or [decision]
        for option, way in zip(tracks, every, strict=True):
            line = _Line(vacant, option)
            if not vacant.over:
                line.over = decision.due_as is not None and way.closing is Closing.CLOSED
                line.periods = tuple(_periods(vacant, decision, way))
            line.required = tuple(index for index, one in enumerate(decision.answers) if one.criterion.common.importance == "required")
            self._decide(line, line.required, self.profile, facts)
            yield line

    def _decide(self, line: _Line, which: Sequence[int], profile: Profile, facts: ProfileFacts) -> None:
        answers = self._answers(line, which, self.data, profile, facts)
        for index, answer in zip(which, answers, strict=True):
            verdict = answer.result.verdict
            if verdict in (Verdict.PASS, Verdict.NOT_APPLICABLE):
                line.open.pop(index, None)
                continue
            common = answer.criterion.common
            wanting = Cause.MISSING_FACT in answer.causes
            missing = tuple(dict.fromkeys(self._path(line, path) for path in answer.missing)) if wanting else ()
            line.open[index] = _Open(verdict, missing, common.id, common.label, answer.criterion.kind, common.question, answer.causes)

    def _fails_whichever(self, line: _Line) -> bool:
        """Whether one is not eligible, whichever option of what nobody has told may hold."""
        profile = self.profile
        if profile is not None and line.option is not None:
            profile = model_of(profile, self.data, with_application(self.data, line.vacancy.id, "choices", *line.option))
        assert profile is not None
        return outcome(line.vacancy, profile, line.on, self._reference)[0] is Outcome.NOT_ELIGIBLE

    def _answers(self, line: _Line, which: Sequence[int], data: Data, profile: Profile, facts: ProfileFacts | None) -> list[Any]:
        if line.option is not None:
            chosen = with_application(data, line.vacancy.id, "choices", *line.option)
            told = model_of(profile, data, chosen)
            assert told is not None
            profile, facts = told, None
        return answers_to(which, line.vacancy, profile, line.on, self._reference, facts)

    def _path(self, line: _Line, path: str) -> str:
        """What to ask where a fact is missing: one question for what people say in one breath."""
        if path.startswith("applications[]."):
            return path.replace("applications[]", f"applications.{line.vacancy.id}", 1)
        record, dot, key = path.rpartition(".")
        if dot and re.search(r"(^|\.)experience\[\d+\]$", record) and key in _TIME:
            return f"{record}.rate"
        if dot and re.search(r"(^|\.)languages\[\d+\]$", record) and key in _SKILLS:
            said = value_at(self.data, record)
            told = not isinstance(said, Mapping) or any(one in said for one in ("level", "native", *_SKILLS))
            return path if told or f"{record}.level" in self.skipped else f"{record}.level"
        return path

    # ------------------------------------------------------------------------------------------ what to ask

    def questions(self) -> list[Question]:
        """Every question that could settle something, the one that settles most first."""
        found = [self._weighed(path, lines) for path, lines in self._candidates().items()]
        return sorted((one for one in found if one is not None), key=self._place)

    def next(self) -> Question | None:
        """The question that settles most; None where no answer could settle anything."""
        best: Question | None = None
        candidates = self._candidates()
        for path in sorted(candidates, key=lambda one: -len(candidates[one])):
            if best is not None and len(candidates[path]) * (1 + _PROGRESS) < best.score:
                break  # not even where every answer settles every outcome
            question = self._weighed(path, candidates[path])
            if question is not None and (best is None or self._place(question) < self._place(best)):
                best = question
        return best

    def next_of_each(self) -> dict[str, Question]:
        """Of each vacancy, by its id, the question that settles most of its own outcome; none where no answer could settle it."""
        best: dict[str, Question] = {}
        for path, lines in self._candidates().items():
            by_vacancy: dict[str, list[_Line]] = {}
            for line in lines:
                by_vacancy.setdefault(line.vacancy.id, []).append(line)
            for name, own in by_vacancy.items():
                question = self._weighed(path, own)
                if name not in best or self._place(question) < self._place(best[name]):
                    best[name] = question
        return best

    def unasked(self) -> list[str]:
        """What is missing and is no question of ours: a relation between records that only the file can tell."""
        missing = {path for line in self._lines if not line.settled for one in line.open.values() for path in one.missing}
        return sorted(path for path in missing if not _askable(path))

    def _candidates(self) -> dict[str, list[_Line]]:
        found: dict[str, list[_Line]] = {}
        for line in self._lines:
            if line.over or line.fails:
                continue
            settled = line.settled or self.outcomes[line.vacancy.id] is Outcome.LIKELY_ELIGIBLE
            useful = {} if settled else self._useful(line)
            useful.update(dict.fromkeys(one.path for one in line.periods if one.path not in self.skipped))
            for path in useful:
                found.setdefault(path, []).append(line)
        return found

    def _useful(self, line: _Line) -> dict[str, None]:
        """The questions that can help to settle an outcome: where one criterion stays open whatever is said, only those of criteria that
        may not be met."""
        stuck = any(not self._may(line, index, passing=True) for index in line.open)
        useful: dict[str, None] = {}
        for index, one in line.open.items():
            if not stuck or self._may(line, index, passing=False):
                useful.update(dict.fromkeys(path for path in one.missing if path not in self.skipped and _askable(path)))
        return useful

    def _may(self, line: _Line, index: int, passing: bool) -> bool:
        """Whether answers can make a criterion met, or not met. What cannot be tried may be so; where nothing but facts keeps it open, some
        answer will do; and where readings disagree, the answer that all of them agree on is seldom among those that are tried."""
        one = line.open[index]
        paths = [path for path in one.missing if path not in self.skipped]
        if not paths or Cause.READINGS in one.causes or (passing and one.causes == (Cause.MISSING_FACT,)):
            return bool(paths)
        for path in paths:
            share = self._shared(line, index, path)
            if share is None or share.goes_on or (share.passes if passing else share.fails):
                return True
        return len(paths) > 1 and self._together(line, index, paths, Verdict.PASS if passing else Verdict.FAIL)

    def _together(self, line: _Line, index: int, paths: Sequence[str], wanted: Verdict) -> bool:
        """Whether several answers together can bring a verdict about."""
        assert self.profile is not None
        possible = self._possible(line)
        data_of = [[answer.data for answer in possible.answers(self._raw(line, index), path, self.data, line.day)] for path in paths]
        if not all(data_of):
            return True
        for number, together in enumerate(product(*data_of)):
            if number >= _MOST_TOGETHER:
                return True
            data = dict(self.data)
            for path, one in zip(paths, together, strict=True):
                name = str(steps_of(path)[0])
                if name in one and data.get(name) not in (self.data.get(name), one[name]) and isinstance(one[name], Mapping):
                    data[name] = {**data[name], **one[name]}
                elif name in one:
                    data[name] = one[name]
                if is_list(path):
                    data["incomplete"] = [left for left in data.get("incomplete", ()) if left != path]
            profile = model_of(self.profile, self.data, data)
            if profile is not None:
                [answer] = self._answers(line, [index], data, profile, None)
                verdict = answer.result.verdict
                met = verdict is Verdict.NOT_APPLICABLE and wanted is Verdict.PASS
                if verdict is wanted or met or (verdict is Verdict.UNKNOWN and Cause.MISSING_FACT in answer.causes):
                    return True
        return False

    # ------------------------------------------------------------------------------------------ what it settles

    def _weighed(self, path: str, lines: Sequence[_Line]) -> Question:
        """What the answers to a question settle."""
        settled, progress = 0.0, 0.0
        settles: dict[str, tuple[Outcome, ...]] = {}
        wanted_by: list[Wanting] = []
        opens: dict[str, None] = {}
        for line in lines:
            held, met, moved = 1.0, 1.0, 0.0
            periods = [one for one in line.periods if one.path == path]
            for period in periods:
                wanted_by.append(Wanting(line.vacancy, None, None, period.name, None, self._option(line)))
                opens[line.vacancy.id] = None
                held *= 1 - period.ends
                moved += 1
            last = True
            told: list[_Shares] = []
            for index, one in line.open.items():
                if path not in one.missing:
                    last = False
                    continue
                whose = tuple(dict.fromkeys(_whose(self._raw(line, index)))) if path == "relatives" else ()
                wanted_by.append(Wanting(line.vacancy, one.id, one.label, one.kind, one.question, self._option(line), whose))
                shares = self._shared(line, index, _like(path, one.missing))
                if shares is None:
                    last = False
                    continue
                told.append(shares)
                held *= 1 - shares.fails
                met *= shares.passes
                moved += shares.fails + shares.passes + shares.goes_on / 2
            fails = any(shares.fails for shares in told)
            outcomes = (*([Outcome.LIKELY_ELIGIBLE] if last and told and met else []), *([Outcome.NOT_ELIGIBLE] if fails else []))
            if outcomes and self._alone(line):
                settles[line.vacancy.id] = outcomes
            settled += 1 - held + (held * met if last else 0.0)
            progress += moved / (len(line.open) + len(periods))
        return Question(path, settles, tuple(wanted_by), round(settled + _PROGRESS * progress, 9), tuple(opens))

    def _alone(self, line: _Line) -> bool:
        """Whether the outcome of the vacancy is that of this way in: another one may still be open."""
        return sum(1 for one in self._lines if one.vacancy is line.vacancy and not one.settled) == 1

    def _option(self, line: _Line) -> str | None:
        return line.option[1] if line.option is not None else None

    def _place(self, question: Question) -> tuple[Any, ...]:
        """Where a question stands among the others: by what it settles, the deadline, the order of a profile."""
        deadline = min((_deadline(one.vacancy) for one in question.wanted_by), default=10_000_000)
        first, *inside = steps_of(question.path)
        order = _ORDER.index(str(first)) if first in _ORDER else len(_ORDER)
        return -question.score, deadline, order, bool(inside), question.path

    def _shared(self, line: _Line, index: int, path: str) -> _Shares | None:
        """What the possible answers to a question make of a criterion; None where no answer can be made up."""
        key = (self._twin(line, index), path)
        known = self._shares.get(key)
        if known is None:
            made = self._made(line, index, path)
            known = self._shares[key] = (self._asks(line, index), made) if made is not None else (frozenset(), _NOTHING)
        return None if known[1] is _NOTHING else known[1]

    def _made(self, line: _Line, index: int, path: str) -> _Shares | None:
        weights = dict.fromkeys(("fails", "passes", "goes_on", "stays"), 0)
        for answer in self._possible(line).answers(self._raw(line, index), path, self.data, line.day):
            told = self._model(answer.data)
            if told is None:
                continue
            [result] = self._answers(line, [index], answer.data, *told)
            verdict = result.result.verdict
            if verdict is Verdict.FAIL:
                weights["fails"] += answer.weight
            elif verdict is not Verdict.UNKNOWN:
                weights["passes"] += answer.weight
            else:
                weights["goes_on" if Cause.MISSING_FACT in result.causes else "stays"] += answer.weight
        total = sum(weights.values())
        if not total:
            return None
        return _Shares(weights["fails"] / total, weights["passes"] / total, weights["goes_on"] / total)

    def _model(self, data: Data) -> tuple[Profile, ProfileFacts] | None:
        """The profile of an answer, read once for all who ask."""
        assert self.profile is not None
        key = repr([(name, data.get(name)) for name in {**self.data, **data} if data.get(name) != self.data.get(name)])
        if key not in self._models:
            profile = model_of(self.profile, self.data, data)
            self._models[key] = None if profile is None else (profile, ProfileFacts(profile, self._reference))
        return self._models[key]

    # ------------------------------------------------------------------------------------------ what is asked of what

    def _possible(self, line: _Line) -> Possibilities:
        name = line.vacancy.id
        if name not in self._possibilities:
            self._possibilities[name] = Possibilities(line.vacancy, self._reference)
        return self._possibilities[name]

    def _raw(self, line: _Line, index: int) -> Mapping[str, Any]:
        """A criterion as the rule file writes it."""
        counted = [one for one in line.vacancy.criteria if one.get("kind") != "judged"]
        raw: Mapping[str, Any] = counted[index]
        return raw

    def _asks(self, line: _Line, index: int) -> frozenset[str]:
        """The fields of a profile that a criterion may ask about."""
        key = (line.vacancy.id, index)
        if key not in self._lists:
            found = sources(self._raw(line, index)) | sources(line.vacancy.conditions)
            self._lists[key] = frozenset({*found, "incomplete"})
        return self._lists[key]

    def _twin(self, line: _Line, index: int) -> Any:
        """What a criterion of another vacancy has in common with this one where the same answers make the same of both."""
        if line.context is None:
            one = line.vacancy
            own = one.id if one.choices or one.id in {said.vacancy for said in self._applications()} else None
            line.context = repr((own, line.option, line.on, one.as_of, one.dates, one.lists, one.conditions, one.jurisdiction, one.zone))
        if index not in line.twins:
            line.twins[index] = f"{line.context} {self._raw(line, index)}"
        return line.twins[index]

    def _applications(self) -> Sequence[Any]:
        return self.profile.applications if self.profile is not None else ()

    def _forget(self, changed: set[str]) -> None:
        """What is no longer so once some fields say something else."""
        stale = [key for key, (fields, _) in self._shares.items() if not fields or not changed.isdisjoint(fields)]
        for key in stale:
            del self._shares[key]

    def _outcome(self, line: _Line) -> Outcome:
        if line.fails:
            return Outcome.NOT_ELIGIBLE
        return Outcome.MORE_INFORMATION if line.open else Outcome.LIKELY_ELIGIBLE


_NOTHING = _Shares(0, 0, 0)
_BEST_FIRST = (Outcome.LIKELY_ELIGIBLE, Outcome.MORE_INFORMATION, Outcome.NOT_ELIGIBLE)


def _periods(vacant: Vacant, decision: Decision, way: Decision | TrackDecided) -> Iterator[_Period]:
    """The days on which it depends whether one can apply now, and that rest on a choice which nobody has told."""
    ready, zone, choices = decision.ready, decision.ready.zone, way.case.choices
    path = f"applications.{vacant.vacancy.id}.choices."
    deadline = ready.closes(choices)
    if way.closing is Closing.BY_CHOICE and deadline is not None:
        today = day_there(way.moment, zone)
        ends = [closing_of(day, way.moment, today, zone) is Closing.CLOSED for _, day in deadline.values]
        yield _Period("deadline", f"{path}{deadline.by}", sum(ends) / len(ends))
    opening = opening_of(vacant.vacancy, way.moment, zone, choices)
    if opening is not None and opening.choice is not None and opening.open is None:
        yield _Period("opening", f"{path}{opening.choice}", 0.0)


def _deadline(vacancy: Vacancy) -> int:
    days = vacancy.dates["deadline"].days if "deadline" in vacancy.dates else None
    return days.last if days is not None else 10_000_000


def _whose(raw: Any, key: str = "") -> Iterator[str]:
    """The relations that a criterion names, anywhere inside, for whichever option."""
    if isinstance(raw, str) and key == "whose":
        yield "parent" if raw == BOTH_PARENTS else raw
    elif isinstance(raw, Mapping):
        for name, one in (raw.get("values") or {} if key == "whose" else raw).items():
            yield from _whose(one, key or ("whose" if name == "whose" else ""))
    elif isinstance(raw, list):
        for one in raw:
            yield from _whose(one, key)


def _like(path: str, missing: Sequence[str]) -> str:
    """The question whose answers are tried in the place of those to another one: of many records that lack the same, the first ones tell
    enough, and a career of a dozen jobs is not tried through for each."""
    if "[" not in path:
        return path
    key = _NUMBER.sub("[]", path)
    alike = [one for one in missing if _NUMBER.sub("[]", one) == key]
    return path if path in alike[:_ALIKE] else alike[0]


def _askable(path: str) -> bool:
    """Whether a path leads to something that can be asked for, and whose answer is understood."""
    if path.startswith("relatives["):
        return _askable(path.partition("].")[2])
    field = re.split(r"[.\[]", path)[0]
    return (field in LISTS or field in ("birth_date", "facts", "applications") or field in SOURCES) and can_be_asked(path)
