"""The conversation: one question at a time, with why it is asked; the answer understood, written at once, and taken back where asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Protocol

from eligibility.asking.forms import ALWAYS, FIRST, LIMITS, MERGED, Form, Meant, form_of, heard
from eligibility.asking.phrases import Phrases
from eligibility.asking.profile_data import Data, is_list, with_records, with_value
from eligibility.asking.ranking import Question, Ranking
from eligibility.authoring.answers import Understanding
from eligibility.authoring.written import flow
from eligibility.loading.document import steps_of, value_at
from eligibility.loading.yaml_characters import forbidden
from eligibility.profile import Profile

_UNDER = "   "
"""Where what belongs to a question stands."""


class Paper(Protocol):
    """The file that answers go into."""

    data: Data
    profile: Profile

    def write(self, data: Data) -> str:
        """Write what the profile says now, and read it again. Gives what is wrong with it, in a sentence; then nothing was written."""

    def restore(self, mark: Any) -> None:
        """What the file said when `mark` was taken."""

    def mark(self) -> Any:
        """What the file says now, for `restore`."""


class Moved(Exception):
    """Another program has changed the file in the meantime: what it says now was read, and the answer was not written."""


class _Stop(Exception):
    """The person stops here."""


class _Back(Exception):
    """The last answer is taken back."""


class _Memory(NamedTuple):
    """How things stood before an answer."""

    paper: Any
    skipped: frozenset[str]
    queue: tuple[str, ...]
    entering: frozenset[str]
    all_named: frozenset[str]


class Conversation:
    """Asks until nothing that is open can be settled. `ask` gives what was typed, None where nothing more comes; `say` shows a sentence."""

    def __init__(
        self, ranking: Ranking, paper: Paper, phrases: Phrases, by: Understanding, ask: Callable[[], str | None], say: Callable[[str], None]
    ) -> None:  # fmt: skip
        self.ranking = ranking
        self.paper = paper
        self.phrases = phrases
        self.words = by.words
        self._by = by
        self._ask = ask
        self._say = say
        self._queue: list[str] = []
        self._entering: set[str] = set()
        """Lists of which a record is being entered that has nothing in it yet."""
        self._history: list[_Memory] = []
        self.answered = 0

    def run(self) -> bool:
        """Ask. False where the person stopped, or no answer came, before everything was asked."""
        number = 0
        while True:
            question = self._next()
            if question is None:
                return True
            number += 1
            memory = self._memory()
            try:
                if self._guarded(self._put, question, number):
                    self._history.append(memory)
            except _Stop:
                return False
            except _Back:
                number -= 2
                self._guarded(self._take_back, self._history.pop())
            self.ranking.learn(self.paper.data, self.paper.profile)

    def _guarded(self, act: Callable[..., None], *facts: Any) -> bool:
        """Whether the file was still the one that was read; else nothing is known of what came before."""
        try:
            act(*facts)
            return True
        except Moved:
            self._say(self.words.text("asking.moved"))
            self._history.clear()
            self._queue.clear()
            self._entering.clear()
            return False

    def _next(self) -> Question | None:
        """What belongs to the record that is being entered, else what settles most."""
        if self._queue:
            path = self._queue[0]
            return Question(path, {}, (), 0.0)
        return self.ranking.next()

    # --------------------------------------------------------------------------------------------- one question

    def _put(self, question: Question, number: int) -> None:
        """Ask one question until it is answered. Raises _Stop, _Back and Moved."""
        path = question.path
        hints = self.phrases.hints(question)
        for line in self.phrases.asked(question, number, self.paper.data, hints, bool(self._queue)):
            self._say(line)
        while True:
            typed = self._typed()
            unknown = typed in ("", "?") or self._by.says(typed, "unknown")
            if self._queue and path.rpartition(".")[2] in LIMITS and (unknown or self._by.says(typed, "none")):
                self._limit(path, unknown)
                return
            if unknown:
                self._unknown(path)
                return
            if form_of(path) is Form.RECORDS:
                if self._whether(typed, path, self.phrases.relations(question, self.paper.data)):
                    return
                continue
            meant = heard(typed, path, self._begun(path), self._by, hints)
            chosen = self._chosen(meant, typed)
            if chosen is not None and self._wrote(path, *chosen, typed):
                return

    def _whether(self, typed: str, path: str, relations: tuple[str, ...] = ()) -> bool:
        """Whether there are records of a list, or more of them; those are then asked for one key after the other. That there is nobody else
        of the `relations` that were asked for by name does not say that there are no other relatives: that comes next."""
        if relations and self._by.says(typed, "none"):
            self.phrases.all_named.update(relations)
            self._queue = [path]
            return True
        if len(relations) == 1 and self._by.says(typed, "yes"):
            records = [{"relation": relations[0]}]
            return self._wrote(path, records, with_records(self.paper.data, path, records, complete=False), typed)
        if self._by.says(typed, "yes"):
            self._entering.add(path)
            where = path if path == "availability" else f"{path}[{len(value_at(self.paper.data, path) or ())}]"
            self._queue = [f"{where}.{key}" for key in FIRST[path.rpartition(".")[2]]]
            return True
        if self._by.says(typed, "none") and (path.rpartition(".")[2] not in ALWAYS or value_at(self.paper.data, path)):
            return self._wrote(path, [], with_records(self.paper.data, path, []), typed)
        self._reply("interview.wrong.yes_no", word=typed)
        return False

    def _limit(self, path: str, unknown: bool) -> None:
        """A day without which there is no limit: there is none, or nobody knows. What nobody knows cannot be left out: then nothing is
        written of the record, and its list is not complete. Raises Moved."""
        if not unknown:
            self._done(path)
            return
        self._reply("asking.no_limit")
        record = path.rpartition(".")[0]
        owner, _, place = record.rpartition("[")
        records = value_at(self.paper.data, owner) or []
        number = int(place.rstrip("]"))
        self._queue = [one for one in self._queue if not one.startswith(f"{record}.")]
        if number < len(records):  # a citizenship is written before its day is asked for
            left = [one for index, one in enumerate(records) if index != number]
            wrong = self.paper.write(with_records(with_value(self.paper.data, steps_of(owner), left), owner, [], complete=False))
            if wrong:
                self._say(f"{_UNDER}{wrong}")
            self._queue = [f"{owner}[{index}].since" for index in range(number, len(left))]
        self.ranking.skipped.add(owner)
        if not self._queue:
            self._entering.clear()

    def _begun(self, path: str) -> Data:
        """The data that an answer goes into: a record that has nothing yet begins with it; its list is complete once somebody says so."""
        owner = next((one for one in self._entering if path.startswith(f"{one}[")), None)
        if owner is None or value_at(self.paper.data, f"{owner}[{path[len(owner) + 1 :].partition(']')[0]}]") is not None:
            return self.paper.data
        return with_records(self.paper.data, owner, [{}], complete=False)

    def _chosen(self, meant: Meant, typed: str) -> tuple[Any, Data] | None:
        """The reading that is meant; None where there is none, and it was said why. Raises _Stop and _Back."""
        if not meant.readings:
            self._say(f"{_UNDER}{self.phrases.not_understood(meant)}")
            return None
        if len(meant.readings) == 1:
            return meant.readings[0]
        self._reply("asking.two", word=typed)
        for number, (value, _) in enumerate(meant.readings, 1):
            self._say(f"{_UNDER}{number}. {self.phrases.shown(value)}")
        while True:
            again = self._typed()
            if again.isdecimal() and 0 < int(again) <= len(meant.readings):
                return meant.readings[int(again) - 1]
            if again in ("", "?") or self._by.says(again, "unknown"):
                self._reply("asking.not_taken")
                return None
            self._reply("asking.which", number=len(meant.readings))

    def _wrote(self, path: str, value: Any, data: Data, typed: str) -> bool:
        """Whether an answer could be written; otherwise it was said why. Raises Moved."""
        wrong = self.paper.write(data)
        if wrong:
            self._say(f"{_UNDER}{wrong}")
            return False
        self.answered += 1
        self._reply("asking.noted", what=self._noted(path, value))
        self._done(path)
        if value and path.rpartition(".")[2] == "citizenships":
            number = len(value_at(self.paper.data, path))
            self._queue = [f"{path}[{index}].since" for index in range(number - len(value), number)]
        return True

    def _reply(self, key: str, **facts: Any) -> None:
        """A sentence under the question."""
        self._say(f"{_UNDER}{self.words.text(key, **facts)}")

    def _noted(self, path: str, value: Any) -> str:
        """What an answer has become in the file."""
        name = path.rpartition(".")[2]
        if isinstance(value, Mapping) and form_of(path) in MERGED:
            return ", ".join(f"{key}: {flow(one, key)}" for key, one in value.items())
        return f"{path if is_list(path) else name}: {flow(value_at(self.paper.data, path) if value == [] else value, name)}"

    def _unknown(self, path: str) -> None:
        """Nobody knows: it is not asked again in this run."""
        self.ranking.skipped.add(path)
        self._done(path)

    def _done(self, path: str) -> None:
        if self._queue and self._queue[0] == path:
            self._queue.pop(0)
        if self._queue:
            return
        for owner in self._entering:
            if not value_at(self.paper.data, owner):  # there is one, and nothing of it is known
                self.ranking.skipped.add(owner)
        self._entering.clear()

    def _typed(self) -> str:
        """What was typed, asked again while it holds what a file may not. Raises _Stop and _Back."""
        while True:
            typed = self._ask()
            if typed is None or self._by.says(typed := typed.strip(), "leave") or self._by.says(typed, "stop"):
                raise _Stop
            if forbidden(typed):
                self._reply("interview.wrong.character")
            elif self._by.says(typed, "back"):
                if self._history:
                    raise _Back
                self._reply("interview.first")
            else:
                return typed

    # --------------------------------------------------------------------------------------------- back

    def _memory(self) -> _Memory:
        return _Memory(
            self.paper.mark(),
            frozenset(self.ranking.skipped),
            tuple(self._queue),
            frozenset(self._entering),
            frozenset(self.phrases.all_named),
        )

    def _take_back(self, memory: _Memory) -> None:
        self.paper.restore(memory.paper)
        self.ranking.skipped = set(memory.skipped)
        self._queue = list(memory.queue)
        self._entering = set(memory.entering)
        self.phrases.all_named = set(memory.all_named)
