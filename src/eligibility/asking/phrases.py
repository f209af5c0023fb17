"""The questions in words: what is asked, of which record, who wants to know it and what it may settle."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from eligibility.asking.forms import Form, Hints, Meant, form_of, vocabulary_of
from eligibility.asking.possible import births_of_children
from eligibility.asking.profile_data import Data, is_list
from eligibility.asking.ranking import Question, Wanting
from eligibility.authoring.written import flow
from eligibility.inventing.stated import is_numeric
from eligibility.loading.document import steps_of, value_at
from eligibility.reference import Reference
from eligibility.reporters.asked import Asked
from eligibility.reporters.sentences import Sentences
from eligibility.vacancy import Vacancy
from eligibility.wording import Words

_OF_A_RELATIVE = re.compile(r"(relatives\[\d+\])\.(?!(?:relation|from|to)$)(.+)")
"""A fact of a relative, but those that say who they are."""
_MOST_NAMED = 3
"""So many vacancies that want to know are named."""
_MOST_LABELS = 2
"""So many criteria of one vacancy are named."""
_MOST_WORDS = 4
"""So many words of a vocabulary are shown as examples."""


class Phrases:
    """The questions of one run in one language, and whatever else the vacancies have to do with them."""

    def __init__(self, words: Words, reference: Reference, vacancies: Sequence[Vacancy]) -> None:
        self.words = words
        self.reference = reference
        self.vacancies = vacancies
        self.quotes = True
        """Whether questions may repeat names that the profile writes."""
        self.all_named: set[str] = set()
        """The relations of which there is nobody else: asked for by name once."""
        self._tags: tuple[str, ...] | None = None

    # ------------------------------------------------------------------------------------------- the question

    def asked(self, question: Question, number: int, data: Data, hints: Hints, follows: bool = False) -> Iterator[str]:
        """The lines of one question; one that `follows` belongs to the record that is being entered, and needs no reason."""
        yield ""
        yield f"{number}. {self.text(question, data)}"
        for line in self._choices(question.path, hints, data):
            yield f"   {line}"
        if follows:
            return
        count = len(question.settles)
        named = [*self._named(question)]
        settles = [self.words.text("asking.settles", n=count, number=count)] if count else []
        settles += [self.words.text("asking.opens")] if question.opens else []
        yield f"   {' '.join(settles or [self.words.text('asking.on_the_way')])} {self.words.text('asking.why')}"
        for line in named[:_MOST_NAMED]:
            yield f"   - {line}"
        if others := len(named[_MOST_NAMED:]):
            yield f"   - {self.words.text('asking.others', n=others, number=others)}"

    def text(self, question: Question, data: Data) -> str:
        """What is asked, in one sentence; of a record or a relative, it says which."""
        path = question.path
        steps = steps_of(path)
        name = str(steps[-1])
        relative = _OF_A_RELATIVE.match(path)
        about = "" if relative is not None and relative[2].count("[") == 0 else self._about(path, data)
        if path.startswith("applications"):
            text = self._of_application(question, str(steps[2]), name)
        elif len(steps) > 1 and steps[-2] == "facts":
            text = self._stated(name)
        elif is_list(path) or len(steps) == 1:
            relations = self.relations(question, data)
            who = self.words.either(self.reference.label("relations", one, self.words.language) for one in relations)
            keys = ["asking.more.relatives.named"] if relations else [f"asking.more.{name}"] if value_at(data, path) else []
            text = self.words.first([*keys, f"asking.list.{name}", "asking.key.other"], name=name, who=who)
        else:
            owner_name = str(steps[-3]) if len(steps) > 2 else str(steps[0])
            keys = [f"asking.key.{owner_name}.{name}", f"asking.key.{name}", "asking.key.other"]
            vague = value_at(data, path)
            if vague is not None and name != "child" and form_of(path) in (Form.DATE, Form.END):
                keys = ["asking.exact"]
            what = Sentences(self.words, self.reference).attribute(name, owner_name)
            text = self.words.first(keys, name=what, value=vague)
        text = f"{about}{self.words.text('colon')} {text[:1].lower()}{text[1:]}" if about else text
        if relative is None:
            return text
        return self.words.text("asking.theirs", who=self._who(relative[1], data), question=text)

    def _who(self, path: str, data: Data) -> str:
        """A relative: `Your relative 1 (parent)`."""
        relation = value_at(data, f"{path}.relation")
        known = self.reference.find_term("relations", relation, False).id if isinstance(relation, str) else None
        who = self._about(path, data)
        return f"{who} ({self.reference.label('relations', known, self.words.language)})" if known else who

    def relations(self, question: Question, data: Data) -> tuple[str, ...]:
        """The relations that are asked for by name: where some relatives are listed, and there may be more of those that matter."""
        if not value_at(data, question.path):
            return ()
        named = dict.fromkeys(one for wanting in question.wanted_by for one in wanting.whose)
        return tuple(one for one in named if one not in self.all_named)

    def _about(self, path: str, data: Data) -> str:
        """The record that a key belongs to: `your job of January 2018 – April 2022`."""
        if "[" not in path:
            return ""
        record = f"{path.rpartition(']')[0]}]"
        sentences = Sentences(self.words, self.reference, lambda one: value_at(data, one))
        sentences.by_name, sentences.quotes = True, self.quotes
        named = sentences.record(record)
        return named[:1].upper() + named[1:]

    def _stated(self, name: str) -> str:
        """What is to be stated, in the words of the first notice that asks for it."""
        for raw in _declared(self.vacancies, name):
            if text := self.words.of(raw.get("question")):
                return text
        asked = [*_declared(self.vacancies, name)]
        key = "asking.how_much" if self._is_number(name) else "asking.stated"
        for raw in asked:
            if raw.get("equals") is not False and (text := self.words.of(raw.get("label"))):
                return self.words.text(key, what=text)
        return self.words.text(key, what=self.reference.label("facts", name, self.words.language).replace("_", " "))

    def _is_number(self, name: str) -> bool:
        """Whether some vacancy asks for a number where it asks for a fact."""
        if any(map(is_numeric, _declared(self.vacancies, name))):
            return True
        cells = [line[name] for one in self.vacancies for lines in one.tables.values() for line in lines if name in line]
        return any(not isinstance(cell, bool) for cell in cells)

    def _of_application(self, question: Question, what: str, name: str) -> str:
        for vacancy in (one.vacancy for one in question.wanted_by):
            asked = vacancy.choices[name].asked if what == "choices" and name in vacancy.choices else None
            asked = vacancy.dates[name].question if what == "dates" and name in vacancy.dates else asked
            if asked:
                return self.words.of(asked)
            if what == "choices" and vacancy.choices[name].chosen_by != "applicant" and vacancy.choices[name].options:
                return self.words.text("asking.circumstance", name=name)
        return self.words.text(f"asking.{what}", name=name)

    # ------------------------------------------------------------------------------------------- what helps

    def hints(self, question: Question) -> Hints:
        """The options of a choice, and the tags that vacancies ask for."""
        steps = steps_of(question.path)
        if question.path.startswith("applications") and steps[2] == "choices":
            for one in question.wanted_by:
                if (choice := one.vacancy.choices.get(str(steps[3]))) is not None:
                    return Hints(choice.options or {}, (), choice.country)
        if len(steps) > 1 and steps[-2] == "facts":
            return Hints(number=self._is_number(str(steps[-1])))
        if steps[-1] == "tags":
            if self._tags is None:
                self._tags = tuple(sorted(Asked(self.vacancies, self.reference).words()[1]))
            return Hints(tags=self._tags)
        return Hints()

    def _choices(self, path: str, hints: Hints, data: Data) -> Iterator[str]:
        for number, label in enumerate(hints.options.values(), 1):
            yield f"{number}. {self.words.of(label)}"
        for number, tag in enumerate(hints.tags, 1):
            yield f"{number}. {tag}"
        if path.endswith("].child") and (born := [str(one) for one in births_of_children(path, data)]):
            yield self.words.text("asking.words", words=", ".join(dict.fromkeys(born)))
        if form_of(path) in (Form.WORD, Form.WORDS):
            steps = steps_of(path)
            vocabulary = vocabulary_of(str(steps[-3]), str(steps[-1]))
            tree = vocabulary in ("field", "employer")
            every = [*(self.reference.tree(vocabulary) if tree else self.reference.vocabulary(vocabulary))]
            labels = [self.reference.label(vocabulary, word, self.words.language) for word in every[:_MOST_WORDS]]
            yield self.words.text("asking.words" if len(every) <= _MOST_WORDS else "asking.some_words", words=", ".join(labels))

    # ------------------------------------------------------------------------------------------- why

    def _named(self, question: Question) -> Iterator[str]:
        """Every vacancy that wants to know, with what it asks."""
        by_vacancy: dict[str, list[Wanting]] = {}
        for one in question.wanted_by:
            by_vacancy.setdefault(one.vacancy.id, []).append(one)
        for name in sorted(by_vacancy, key=lambda one: one not in question.settles):
            several = by_vacancy[name]
            labels = [*dict.fromkeys(self.label(one) for one in several)]
            more = len(labels) - _MOST_LABELS
            shown = labels[:_MOST_LABELS] + ([self.words.text("asking.more_criteria", n=more, number=more)] if more > 0 else [])
            what = self.words.text("list_separator").join(shown)
            key = "asking.may" if name in question.settles else "asking.wants"
            yield self.words.text(key, title=self.words.of(several[0].vacancy.title), what=what)

    def label(self, wanting: Wanting) -> str:
        """What a criterion is called: its own label, else its kind; and a day of the vacancy."""
        if (day := f"asking.day.{wanting.kind}") in self.words:
            return self.words.text(day)
        kind = f"kind.{wanting.kind}"
        return self.words.of(wanting.label) or (
            self.words.text(kind) if kind in self.words else wanting.id or self.words.text("kind.other")
        )

    # ------------------------------------------------------------------------------------------- answers

    def shown(self, value: Any) -> str:
        """A reading, to choose from."""
        return flow(value)

    def not_understood(self, meant: Meant) -> str:
        """Why an answer is asked again."""
        why = self.words.first([f"asking.wrong.{meant.why}", f"interview.wrong.{meant.why}", "asking.wrong.other"], word=meant.word)
        hint = self.words.text("interview.try", words=self.words.either(meant.suggestions)) if meant.suggestions else ""
        where = self.words.text("interview.list", command=meant.command).strip() if meant.command else ""
        return " ".join(one for one in (why, hint, where) if one)


def _declared(vacancies: Sequence[Vacancy], name: str) -> Iterator[Mapping[str, Any]]:
    for vacancy in vacancies:
        yield from (one for one in _within([vacancy.criteria, vacancy.conditions]) if one.get("fact") == name)


def _within(raw: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(raw, Mapping):
        yield raw
    for one in raw.values() if isinstance(raw, Mapping) else raw if isinstance(raw, list) else ():
        yield from _within(one)
