"""`eligibility kinds`: what a rule can ask, from the code's own words and examples."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from eligibility.cli import OK
from eligibility.cli.options import Lang, Usage, words_for
from eligibility.cli.terminal import style_of, write
from eligibility.language.every_kind import EVERY_KIND
from eligibility.language.groups import GROUPS, SHORT_FORMS
from eligibility.language.keys import TOLD
from eligibility.language.kinds import RECORD_KINDS
from eligibility.language.kinds.others import OTHER_KINDS
from eligibility.language.skills import SKILL_GROUPS, SKILLS
from eligibility.loading.nearest import nearest
from eligibility.reference import load_reference
from eligibility.reporters.layout import wrapped
from eligibility.wording import Words

EPILOG = "Example: eligibility kinds degree"

OTHER_KEYS = {
    "age": ("at_least", "counted", "born"), "declared": ("fact", "equals", "at_least"), "judged": (), "choice": ("choice", "equals"),
    "day": ("day", "from"), "duration": ("from", "to", "at_least"),
}  # fmt: skip
RECORD_KEYS = (
    "at_least", "during", "each", "other_than", "also", "limits", "part_time", "full_week", "counted", "unbroken", "of_which", "take",
    "whose", "extended",
)  # fmt: skip
COMMON_KEYS = ("id", "clause", "importance", "question", "as_of", "when", "readings")
EXAMPLES = {
    "all_of": "{all_of: [{kind: citizenship, of: OECD}, {kind: residence, in: OECD}], same: country}",
    "any_of": "{any_of: [{kind: citizenship, of: FR}, {kind: permit, type: work, in: FR}]}",
    "none_of": "{none_of: [{kind: employment, whose: [parent, child], employer_name: unesco}]}",
    "together": "{together: [{kind: experience, whole: 12 months}, {kind: study, level: 7, whole: 30 credits}]}",
    "permanent_residence": "{kind: permanent_residence, of: [CA]}",
    "how_many": "{any_of: [{kind: language, of: en}, {kind: child}, {kind: service}], how_many: 2}",
    "same": "{all_of: [{kind: citizenship, of: OECD}, {kind: residence, in: OECD}], same: country}",
    "when": "{kind: declared, fact: charter_signed, when: {kind: age, at_least: 18}}",
    "unless": "{kind: language, of: en, level: {at_least: C1}, unless: {kind: study, taught_in: en, at_least: 2 years}}",
    "derogation": "{kind: experience, at_least: 2 years, derogation: {kind: experience, at_least: 1 year}}",
    "readings": "{kind: age, at_most: 30, readings: [{name: on the closing date, as_of: deadline, preferred: true}, "
    "{name: at the start, as_of: start}]}",
    "extended": "{kind: age, at_most: 33, extended: [{add: 1 year, per: {kind: child}}, {add: length, of: {kind: service}}, "
    "{to: 36, when: {kind: degree, field: law}}], never_beyond: 38}",
    "never_beyond": "{kind: age, at_most: 33, extended: [{add: 1 year, per: {kind: child}}], never_beyond: 38}",
    "as_of": "{kind: age, at_least: 18, as_of: start}",
    "throughout": "{kind: age, less_than: 65, throughout: {from: start, to: end}}",
    "during": "{kind: residence, in: FR, at_most: 12 months, during: {within: 36 months, before: deadline}}",
    "each": "{kind: experience, at_least: 3 years, each: {at_least: 6 months}}",
    "other_than": "{kind: experience, at_least: 2 years, other_than: [{type: internship}]}",
    "also": "{kind: experience, at_least: 4 years, also: [{kind: study, level: 8, at_most: 3 years}]}",
    "limits": "{kind: experience, at_least: 2 years, limits: [{type: internship, at_most: 6 months}]}",
    "of_which": "{kind: experience, at_least: 3 years, unbroken: true, of_which: [{function: management, at_least: 1 year}]}",
}
"""A criterion for the keys that stand in many kinds, and for the groups."""
ANYWHERE = (
    "at_least", "at_most", "more_than", "less_than", "during", "each", "other_than", "also", "limits", "part_time", "full_week",
    "unbroken", "of_which", "take", "whose", "extended", "never_beyond", "id", *TOLD, "importance", "as_of", "throughout", "when", "unless",
    "derogation", "readings", "how_many", "same", *GROUPS, *SHORT_FORMS,
)  # fmt: skip
_SHORT = 12
"""So many words are listed on the page itself."""


def command(
    kind: Annotated[str | None, typer.Argument(metavar="KIND", help="One kind, explained with its keys and examples.")] = None,
    key: Annotated[str | None, typer.Argument(metavar="KEY", help="One key of it: all the words it accepts.")] = None,
    tree: Annotated[bool, typer.Option("--tree", help="The words of KEY, narrower ones below wider ones.")] = False,
    lang: Lang = None,
) -> int:
    """Explain what a rule can ask. Without a kind, all are listed; with one, its keys and examples are shown."""
    words = words_for(lang, in_spite=True)
    style = style_of(sys.stdout, "never")
    page = Page(words, style.width)
    kind = "permit" if kind == "permanent_residence" else kind
    names = EVERY_KIND
    if tree:
        found = page.tree_of(kind, key) if kind in RECORD_KINDS and key is not None else None
        if found is None:
            raise Usage(words.text("kinds.no_tree", keys=words.either(page.trees())), param_hint="--tree")
        write("".join(f"{line}\n" for line in page.tree(str(kind), str(key), found)), sys.stdout, style)
        return OK
    if kind in ANYWHERE and key is None:
        write("".join(f"{line}\n" for line in page.anywhere(kind)), sys.stdout, style)
        return OK
    if kind is not None and kind not in names:
        close = nearest(kind, (*names, *ANYWHERE))
        hint = words.text("did_you_mean", word=close) if close else ", ".join(sorted(names))
        raise Usage(f"{words.text('no_such_kind', kind=kind)} {hint}", param_hint="KIND")
    if kind is None:
        lines = page.overview()
    elif key is None:
        lines = page.kind(kind)
    else:
        listed = [one for one in page.keys(kind) if page.words_of(kind, one)]
        if key not in (*page.keys(kind), *ANYWHERE):
            raise Usage(f"{words.text('kinds.no_such_key', kind=kind, key=key)} {', '.join(listed)}", param_hint="KEY")
        lines = page.all_words(kind, key) if key in listed else page.one_key(kind, key)
    write("".join(f"{line}\n" for line in lines), sys.stdout, style)
    return OK


class Page:
    """The pages in one language and one width."""

    def __init__(self, words: Words, width: int) -> None:
        self.words = words
        self.width = width
        self.reference = load_reference()

    def overview(self) -> Iterator[str]:
        """Every kind in a sentence, the groups, and the keys that all of them share."""
        yield self.words.text("kinds.heading.kinds")
        for name in sorted(EVERY_KIND):
            yield from self._entry(name, first_sentence(self.doc(name)))
        for heading, prefix, keys in (
            ("groups", "group", (*GROUPS, *SHORT_FORMS)), ("record_keys", "record", RECORD_KEYS), ("common_keys", "common", COMMON_KEYS),
        ):  # fmt: skip
            yield ""
            yield from wrapped(self.words.text(f"kinds.heading.{heading}"), self.width)
            relations = self._labelled("relations", self.reference.vocabulary("relations"))
            for key in keys:
                yield from self._entry(key, self.words.text(f"kinds.{prefix}.{key}", words=relations))
        yield ""
        yield from wrapped(self.words.text("kinds.one"), self.width)

    def kind(self, kind: str) -> Iterator[str]:
        """One kind: what it asks, every key with what it accepts, examples."""
        yield kind
        for paragraph in self.doc(kind).split("\n\n"):
            yield from wrapped(" ".join(paragraph.split()), self.width, "  ")
        yield ""
        yield f"  {self.words.text('kinds.keys')}"
        for key in self.keys(kind):
            yield from self._entry(key, self.key_text(kind, key), "    ")
        more = "kinds.more" if kind in RECORD_KINDS else "kinds.more_other"
        yield from wrapped(self.words.text(more), self.width, "    ")
        yield ""
        yield f"  {self.words.text('kinds.examples')}"
        for example in EVERY_KIND[kind].examples:
            yield from wrapped(example, self.width, "    - ", "      ")

    def one_key(self, kind: str, key: str) -> Iterator[str]:
        """A key that accepts no words of a list: what it is."""
        if key in self.keys(kind):
            yield from self._entry(key, self.key_text(kind, key), "")
        else:
            yield from self.anywhere(key)

    def anywhere(self, key: str) -> Iterator[str]:
        """A group, or a key that many kinds have, with an example."""
        relations = self._labelled("relations", self.reference.vocabulary("relations"))
        known = [f"kinds.{prefix}.{key}" for prefix in ("group", "record", "common")]
        told = [self.words.text(one, words=relations) for one in known if one in self.words]
        plain = f"key.{key}"
        yield from self._entry(key, told[0] if told else self.words.text(plain), "")
        if key in EXAMPLES:
            yield ""
            yield f"  {self.words.text('kinds.examples')}"
            yield from wrapped(EXAMPLES[key], self.width, "    - ", "      ")

    def all_words(self, kind: str, key: str) -> Iterator[str]:
        """Every word that a key accepts, with what it is called."""
        yield from wrapped(self.words.text("kinds.words_of", kind=kind, key=key), self.width)
        if self.tree_of(kind, key):
            yield from wrapped(self.words.text("kinds.see_tree", command=f"eligibility kinds {kind} {key} --tree"), self.width)
        vocabulary, names = self.words_of(kind, key) or ("", ())
        for name in names:
            yield from self._entry(name, self.reference.label(vocabulary, name, self.words.language))

    def trees(self) -> list[str]:
        """The kinds and keys whose words are narrower and wider."""
        return sorted(f"{name} {key}" for name, kind in RECORD_KINDS.items() for key in kind.filters if self.tree_of(name, key))

    @staticmethod
    def tree_of(kind: str | None, key: str | None) -> str | None:
        """The hierarchy that the words of a key stand in; None where they stand side by side."""
        filters = RECORD_KINDS[kind].filters if kind is not None and kind in RECORD_KINDS else {}
        form, _, name = filters.get(str(key), "").partition(":")
        return name if form == "tree" else None

    def tree(self, kind: str, key: str, name: str) -> Iterator[str]:
        """Every word below the wider ones that it satisfies; below each of them, where there are several."""
        yield from wrapped(self.words.text("kinds.tree", kind=kind, key=key), self.width)
        words = self.reference.tree(name)
        for top in (one for one in words if not self.reference.wider(name, one)):
            yield from self._below(name, words, top, "  ")

    def _below(self, name: str, words: tuple[str, ...], word: str, indent: str) -> Iterator[str]:
        yield from self._entry(word, self.reference.label(name, word, self.words.language), indent)
        for one in words:
            if word in self.reference.wider(name, one):
                yield from self._below(name, words, one, f"{indent}  ")

    def doc(self, kind: str) -> str:
        """What a kind asks: in English the code's own words, in other languages their translation."""
        if f"kinds.doc.{kind}" in self.words:
            return self.words.text(f"kinds.doc.{kind}")
        return EVERY_KIND[kind].doc

    def keys(self, kind: str) -> tuple[str, ...]:
        """The keys of a kind that not every kind has."""
        return OTHER_KEYS[kind] if kind in OTHER_KINDS else (*RECORD_KINDS[kind].filters, *RECORD_KINDS[kind].options)

    def words_of(self, kind: str, key: str) -> tuple[str, tuple[str, ...]] | None:
        """The vocabulary of a key and its words; None where a key accepts something else than words of a list."""
        form, _, detail = RECORD_KINDS[kind].filters.get(key, "").partition(":") if kind in RECORD_KINDS else (key, "", "")
        if form == "tree":
            return detail, self.reference.tree(detail)
        vocabulary = {"cefr": "said", "test": "tests", "fact": "facts"}.get(form, detail if form in ("terms", "names") else "")
        if vocabulary == "said":
            return vocabulary, self.reference.said_terms()
        return (vocabulary, self.reference.vocabulary(vocabulary)) if vocabulary else None

    def key_text(self, kind: str, key: str) -> str:
        """What a key is, and what it accepts."""
        listed = self.words_of(kind, key)
        names = self._labelled(*listed) if listed else ""
        if (whole := next((one for one in (f"kinds.whole.{kind}.{key}", f"kinds.whole.{key}") if one in self.words), None)) and (
            kind in OTHER_KINDS or key in RECORD_KINDS[kind].options
        ):
            return self.words.text(whole, words=names)
        what = self.words.first([f"kinds.key.{kind}.{key}", f"kinds.key.{key}"])
        return f"{what}{self.words.text('colon')} {self._accepts(kind, key, names, len(listed[1]) if listed else 0)}"

    def _accepts(self, kind: str, key: str, names: str, number: int) -> str:
        form, _, _ = RECORD_KINDS[kind].filters[key].partition(":")
        if form == "skills":
            names = self.words.either((*SKILLS, *SKILL_GROUPS))
        if form in ("terms", "names") and number:
            form = "own" if form == "names" else "words" if number <= _SHORT else "many"
        accepts = {"recognised": "place", "full_time": "flag", "language_of": "language"}.get(form, form)
        command = f"eligibility kinds {kind} {key}"
        groups = self.words.both(self.reference.groups())
        return self.words.text(f"kinds.accepts.{accepts}", words=names, number=number, command=command, groups=groups)

    def _labelled(self, vocabulary: str, names: tuple[str, ...]) -> str:
        """Words with what they are called, where that says more than the word."""
        shown = []
        for name in names:
            label = self.reference.label(vocabulary, name, self.words.language)
            shown.append(name if label.casefold() in (name, name.replace("_", " ")) else f"{name} ({label})")
        return self.words.either(shown)

    def _entry(self, name: str, text: str, indent: str = "  ") -> Iterator[str]:
        return wrapped(f"{name}{self.words.text('colon')} {text}", self.width, indent, f"{indent}  ")


def first_sentence(text: str) -> str:
    """The first sentence of a text that may have paragraphs."""
    return " ".join(text.split()).partition(". ")[0].rstrip(".") + "."
