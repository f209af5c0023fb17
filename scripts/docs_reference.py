"""The reference pages of the site, in each language, made from the code: nothing that the program knows is typed by hand.

`pages(language)` gives every page as Markdown, by its name below `docs/reference` or `docs/fr/reference`; `build_docs.py` writes
them. The few sentences around what the code says are in `docs/_words/`: a sentence without French is an error.
"""

from __future__ import annotations

import ast
import inspect
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml

from eligibility import cli
from eligibility.checks.pages import codes, page_of
from eligibility.cli import kinds as kinds_command
from eligibility.cli.frame import name_of, said, usage
from eligibility.cli.test_rules import Shape as TestShape
from eligibility.language.every_kind import EVERY_KIND
from eligibility.language.groups import GROUPS, SHORT_FORMS
from eligibility.language.kinds import RECORD_KINDS
from eligibility.loading.edits import flow
from eligibility.loading.understood import Sort, Understood, understand
from eligibility.loading.understood.words import LANGUAGES as WRITTEN
from eligibility.loading.understood.words import data_of
from eligibility.reading.value_forms import SAME_FORMS, VALUE_FORMS
from eligibility.reference import Reference, load_reference
from eligibility.reference.group import Group
from eligibility.reference.spelling import fold
from eligibility.reporters import FORMATS
from eligibility.schema import schema_of
from eligibility.schema.store import Schema
from eligibility.wording import Words

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
SAMPLES = DOCS / "_samples"
LANGUAGES = ("en", "fr")
_UNSEEN = {9: "<TAB>", **{code: f"<U+{code:04X}>" for code in (0xA0, 0x200B)}}
_MANY = 16
"""So many words are listed; of more, three."""

_FORMS = {"day": "moment", "words": "texts", "deadline": "deadline", "named_day": "named_day", "source": "source"}
"""Forms of a schema that are said in a few words of ours."""

_CODE = re.compile(
    r"^(?P<fence>```+)[^\n]*\n(?:.*\n)*?(?P=fence)$|`[^`\n]*`|\]\([^)\n]*\)|<!--.*?-->|https?://\S+"
    r"|^\([\w-]+\)=$|^:[\w-]+:.*$|^:{3,}.*$",
    re.M,
)
"""What is not text in a page: it is left as it is."""


_TYPED = {
    Sort.COUNTRY: ("marocaine", "Bosnia and Herzegovina", "US citizen", "Kiel, Germany", "Congo", "Lisboa"),
    Sort.COUNTRIES: ("canadienne, française", "franco-marocaine"),
    Sort.DATE: (
        "14 March 1998",
        "août 2019",
        "09/2020",
        "2020-9-1",
        "1968-06-24 00:00:00",
        "2019 --06 ---15",
        "03/04/1999",
        "juin-97",
        "mai 19",
    ),
    Sort.END: ("en cours", "present", "heute"),
    Sort.LEVEL: ("native speaker", "Professional working proficiency", "C1 (IELTS 7.5 Feb 2023)", "B2/C1"),
    Sort.LANGUAGES: ("FR (natif), EN C1", "anglais courant, espagnol scolaire"),
    Sort.DEGREE: ("BSc", "Master 2 IA", "Maîtrise en droit", "bac +5", "Diplom", "Bachelor of Arts (incomplete)", "Master student"),
    Sort.FIELD: ("Informatik", "sciences politiques"),
    Sort.EMPLOYER: ("NGO", "ONG Oxfam", "Université Laval", "University Hospital Zürich"),
    Sort.WORKING_TIME: ("15 h/sem", "mi-temps", "80 %", "0,8 ETP", "120 h en tout", "35h"),
    Sort.YES_NO: ("oui", "nein"),
    Sort.MONEY: ("1 200,50 €", "€1,200", "12 k€", "3.500 TND", "3500 dollars"),
}
"""Examples of what is made of what people type."""

_SECTIONS: dict[tuple[str, ...], str | None] = {
    ("countries", "nationalities", "several_countries", "compound"): "place", ("months",): None, ("ongoing",): None, ("fluency",): None,
    ("degrees",): None, ("fields",): None, ("faculties",): None, ("unfinished",): None, ("employers",): None, ("employer_names",): None,
    ("working_time",): None, ("a_week",): None, ("hours",): None, ("in_all",): None, ("fte",): None, ("currencies",): None,
    ("yes",): None, ("no",): None,
    ("none",): None, ("not_applicable",): None, ("keys",): None, ("keys_of_words",): None,
    ("name_parts",): None, ("and",): None, ("of",): None, ("citizen",): None, ("level",): None,
    ("weekdays",): None, ("no_degrees",): None, ("medicine",): None, ("undergraduate",): None, ("other_employers",): None,
    ("capitals",): None, ("several_languages",): None, ("doubt",): None, ("skills",): None, ("two",): None, ("either",): None,
    ("driving",): None, ("either_permit",): None,
    ("lengths",): None, ("numbers",): None, ("for_length",): None, ("up_to",): None,
}  # fmt: skip
"""The sections of the data on words, together where their words stand in one place, in the order of the page."""


class Missing(Exception):
    """Something the code says, or a page needs, has no words in a language."""


def pages(language: str) -> dict[str, str]:
    """Every reference page in one language: its name, and its Markdown."""
    site = Site(language)
    made = {
        "index": site.index(),
        "kinds": site.kinds(),
        "keys": site.keys(),
        "profile": site.profile(),
        "vocabularies": site.vocabularies(),
        "understood": site.understood(),
        "places": site.places(),
        "commands": site.commands(),
        "exit-codes": site.exit_codes(),
        "codes": site.codes(),
        "reports": site.reports(),
    }
    assert set(made) - {"index"} == set(PAGES)
    texts = {name: "\n".join(_tidy(lines)) + "\n" for name, lines in made.items()}
    if language == "fr":
        texts = {name: spaced(text) for name, text in texts.items()}
    if site.missing:
        raise Missing(f"docs/_words/{language}.json lacks: " + "; ".join(dict.fromkeys(site.missing)))
    return texts


PAGES = ("kinds", "keys", "profile", "vocabularies", "understood", "places", "commands", "exit-codes", "codes", "reports")
"""The pages in the order of the table of contents."""


class Site:
    """The pages in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.words = Words(language)
        self.own: Mapping[str, str] = json.loads((DOCS / "_words" / f"{language}.json").read_text("utf-8"))
        self.reference = load_reference()
        self.kind_pages = kinds_command.Page(self.words, 10_000)
        self.missing: list[str] = []

    def say(self, key: str, **params: Any) -> str:
        """A sentence of the site itself."""
        if key not in self.own and key in self.words:  # a kind has its words in one place
            return self.words.text(key, **params)
        if key not in self.own:
            self.missing.append(key)
        return self.words.fill(self.own.get(key, ""), params)

    def top(self, page: str) -> Iterator[str]:
        yield f"<!-- {self.say('generated')} -->"
        yield ""
        yield f"# {self.say(f'{page}.title')}"
        yield ""
        yield self.say(f"{page}.intro")
        yield ""

    # ------------------------------------------------------------------------------------------ pages

    def index(self) -> Iterator[str]:
        """The table of contents of the reference."""
        yield from self.top("index")
        yield "```{toctree}"
        yield ":maxdepth: 1"
        yield ""
        yield from PAGES
        yield "```"

    def kinds(self) -> Iterator[str]:
        """Every kind of criterion: what it asks, its keys, examples; the groups."""
        yield from self.top("kinds")
        names = sorted(EVERY_KIND)
        first = kinds_command.first_sentence
        yield from table(
            (self.say("head.kind"), self.say("head.asks")),
            ((f"[`{name}`](#kind-{name})", self._marked(first(self.kind_pages.doc(name)))) for name in names),
        )
        for name in names:
            yield f"(kind-{name})="
            yield f"## {name}"
            yield ""
            for paragraph in self.kind_pages.doc(name).split("\n\n"):
                yield self._marked(" ".join(paragraph.split()))
                yield ""
            keys = self.kind_pages.keys(name)
            yield from table((self.say("head.key"), self.say("head.accepts")), (self._kind_key(name, key) for key in keys))
            yield f"{self.say('kinds.example')}"
            yield ""
            yield from fence("yaml", (f"- {example}" for example in self._examples(name)))
        yield "(kinds-values)="
        yield f"## {self.say('kinds.values')}"
        yield ""
        yield self.say("kinds.values.intro")
        yield ""
        yield from table((self.say("head.filters"), self.say("head.accepts")), self._value_forms())
        yield f"## {self.say('kinds.groups')}"
        yield ""
        yield from table(
            (self.say("head.key"), self.say("head.accepts")),
            ((f"`{name}`", self._marked(self.words.text(f"kinds.group.{name}"))) for name in (*GROUPS, *SHORT_FORMS)),
        )

    def _value_forms(self) -> Iterator[tuple[str, str]]:
        """The filters of each form, and the forms of values that they honour."""
        keys: dict[str, set[str]] = {"choice": {"equals"}, "whose": {"whose"}}
        for kind in RECORD_KINDS.values():
            for key, form in kind.filters.items():
                form = form.partition(":")[0]
                keys.setdefault(SAME_FORMS.get(form, form), set()).add(key)
        for form, values in VALUE_FORMS.items():
            named = ", ".join(f"`{key}`" for key in sorted(keys[form]))
            yield f"{self.say(f'form.{form}')} ({named})", "; ".join(self.say(f"value.{one}") for one in values if one != "by")

    def _examples(self, name: str) -> tuple[str, ...]:
        return EVERY_KIND[name].examples

    def _kind_key(self, kind: str, key: str) -> tuple[str, str]:
        text = self._marked(self.kind_pages.key_text(kind, key))
        listed = self.kind_pages.words_of(kind, key)
        if listed and f"eligibility kinds {kind} {key}" in text:
            text += f" ([{self.say('kinds.list')}](vocabularies.md#words-{listed[0]}))"
        return f"`{key}`", text

    def keys(self) -> Iterator[str]:
        """Every key of a rule file and of a case file, by the place it stands in."""
        yield from self.top("keys")
        schema = schema_of("vacancy", self.reference)
        definitions = schema["definitions"]
        common = set.intersection(*(set(definitions[f"kind_{name}"]["properties"]) for name in EVERY_KIND))
        groups = list(GROUPS)
        records = set.intersection(*(set(definitions[f"records_{name}"]["properties"]) for name in RECORD_KINDS)) - common
        filters = {key for kind in RECORD_KINDS.values() for key in (*kind.filters, *kind.options)}
        seen: set[str] = set()

        def part(name: str, properties: Mapping[str, Schema]) -> Iterator[str]:
            rows = []
            for key, value in properties.items():
                if self._said(definitions, value):
                    rows.append((f"`{key}`", self._said(definitions, value), self._accepts(definitions, value)))
                    seen.add(key)
            yield f"(keys-{name})="
            yield f"## {self.say(f'keys.{name}')}"
            yield ""
            yield from table((self.say("head.key"), self.say("head.is"), self.say("head.accepts")), rows)

        yield from part("vacancy", schema["properties"])
        yield from part("notice", definitions["notice"]["properties"])
        yield from part("dates", definitions["key.dates"]["properties"])
        yield from part("option", definitions["option"]["properties"])
        yield from part("information", definitions["information"]["properties"])
        every = {**definitions["kind_judged"]["properties"], **definitions["kind_age"]["properties"]}
        yield from part("common", {key: value for key, value in every.items() if key in common or key == "throughout"})
        members = {key: value for name in groups for key, value in definitions[f"group_{name}"]["properties"].items() if key not in common}
        yield from part("groups", members)
        question = definitions["records_experience"]["properties"]
        yield from part("records", {key: value for key, value in question.items() if key in records or key not in filters})
        yield from part("window", _properties(definitions["window"]))
        yield from part("extension", _properties(definitions["extension"]))
        yield from part("case", definitions["case"]["properties"])
        yield from part("finding", definitions["finding"]["properties"])
        yield from part("accepted", definitions["accepted"]["properties"])

    def profile(self) -> Iterator[str]:
        """Every field of a profile, and of the records in it."""
        yield from self.top("profile")
        schema = schema_of("profile", self.reference)
        definitions = schema["definitions"]
        heads = (self.say("head.field"), self.say("head.is"), self.say("head.accepts"))

        def rows(properties: Mapping[str, Schema]) -> Iterator[tuple[str, ...]]:
            for key, value in properties.items():
                yield f"`{key}`", self._said(definitions, value), self._accepts(definitions, value)

        yield f"## {self.say('profile.fields')}"
        yield ""
        yield from table(heads, rows(schema["properties"]))
        for name in definitions:
            if name.startswith("profile_") and "properties" in definitions[name]:
                one = name.removeprefix("profile_")
                yield f"(profile-{one})="
                yield f"## {self.say(f'profile.{one}')}"
                yield ""
                if one == "relative":
                    yield self.say("profile.relative.text")
                    yield ""
                    own = {key: value for key, value in definitions[name]["properties"].items() if key not in schema["properties"]}
                    yield from table(heads, rows(own))
                else:
                    yield from table(heads, rows(definitions[name]["properties"]))

    def vocabularies(self) -> Iterator[str]:
        """Every closed list of words, with labels and the other spellings that profiles may use."""
        yield from self.top("vocabularies")
        titles: list[tuple[str, tuple[str, ...]]] = [(name, self.reference.tree(name)) for name in ("employer", "field")]
        titles += [(name, self.reference.vocabulary(name)) for name in self.reference.vocabularies()]
        titles += [("said", self.reference.said_terms())]
        heads = (self.say("head.word"), self.say("head.label"), self.say("head.understood"))
        for name, terms in titles:
            yield f"(words-{name})="
            yield f"## {self.say(f'words.{name}')}"
            yield ""
            if name in ("employer", "field"):
                yield self.say("words.tree")
                yield ""
            rows = ((f"`{term}`", *self._labelled(name, term)) for term in terms)
            if name == "said":
                levels = {rank: level for level in ("A1", "A2", "B1", "B2", "C1", "C2") if (rank := self.reference.cefr_rank(level))}
                ranges = ((term, self.reference.said(term)) for term in terms)
                spans = {term: f"{levels[span[0]]}–{levels[span[1]]}" for term, span in ranges if span is not None}
                yield from table((*heads, self.say("head.levels")), ((*row, spans[term]) for row, term in zip(rows, terms, strict=True)))
            elif name == "tests":
                marked = (
                    (*row, self._marks("tests", term), self._official(term), self._valid(term))
                    for row, term in zip(rows, terms, strict=True)
                )
                yield from table((*heads, *(self.say(f"head.{one}") for one in ("marks", "official", "valid"))), marked)
                yield from self._scales()
            else:
                yield from table(heads, rows)
            if name == "titles":
                yield from self._degrees()
        yield "(words-language)="
        yield f"## {self.say('words.language')}"
        yield ""
        yield from table(
            heads[:2], ((f"`{code}`", self.reference.label("language", code, self.language)) for code in self.reference.languages())
        )

    def _scales(self) -> Iterator[str]:
        """The scales of marks that are known."""
        yield "(words-scales)="
        yield f"## {self.say('words.scales')}"
        yield ""
        yield from table(
            (self.say("head.word"), self.say("head.marks")), ((f"`{one}`", self._marks("scales", one)) for one in self.reference.scales())
        )

    def _marks(self, kind: str, name: str) -> str:
        """The marks of a scale or the results of a test: words from the lowest, and figures."""
        words, known = self.reference.mark_words(kind, name), self.reference.range_of(kind, name)
        told = [" < ".join(f"`{word}`" for word in words)] if words else []
        return "; ".join([*told, *([f"{known[0]:g}–{known[1]:g}"] if known else [])])

    def _official(self, test: str) -> str:
        """The levels that results of a test officially stand for."""
        levels = {rank: level for level in self.reference.levels() if (rank := self.reference.cefr_rank(level))}
        results: tuple[float | str, ...] = self.reference.mark_words("tests", test) or tuple(range(13))
        ranks = {one: self.reference.level_of_test(test, one) for one in results}
        return ", ".join(f"{one}: {levels[rank]}" for one, rank in ranks.items() if rank is not None)

    def _valid(self, test: str) -> str:
        """How long a result of a test is valid."""
        years = self.reference.valid_years(test)
        return "" if years is None else self.words.count("years", years) if years else self.say("valid.always")

    def _degrees(self) -> Iterator[str]:
        yield self.say("words.degrees")
        yield ""
        rows = []
        for title, place in self.reference.degree_names():
            low, high = self.reference.degree(title, place).level or (0, 0)
            years = self.reference.degree(title, place).years
            level = str(low) if low == high else f"{low}–{high}"
            country = self.reference.label("place", place, self.language)
            rows.append((f"`{title}`", f"{country} (`{place}`)", level, "" if years is None else str(years)))
        yield from table((self.say("head.title"), self.say("head.country"), self.say("head.level"), self.say("head.years")), rows)

    def _labelled(self, vocabulary: str, term: str) -> tuple[str, str]:
        return self.reference.label(vocabulary, term, self.language), escaped(", ".join(self._spellings(vocabulary, term)))

    def _spellings(self, kind: str, name: str) -> list[str]:
        """The spellings of a word that somebody wrote down; the program knows them without accents, spaces and capitals."""
        labels = {self.reference.label(kind, name, self.language), name}
        shown = {fold(label) for label in labels}
        spelled = {word for word, stands_for in _data("spellings").get(kind, {}).items() if stands_for == name} - shown
        return sorted(_readable()[word] for word in spelled if word in _readable())

    def understood(self) -> Iterator[str]:
        """Every word that people write and what it is taken for, by language; and examples of what is made of words and figures."""
        yield from self.top("understood")
        yield f"## {self.say('understood.forms')}"
        yield ""
        examples = ((sort, text, understand(text, sort)) for sort, texts in _TYPED.items() for text in texts)
        heads = (self.say("head.place"), self.say("head.typed"), self.say("head.read"))
        yield from table(heads, ((self.say(f"sort.{sort}"), f"`{text}`", self._read(found)) for sort, text, found in examples))
        for sections, kind in _SECTIONS.items():
            yield f"## {self.say(f'understood.{sections[0]}')}"
            yield ""
            words: dict[str, dict[str, list[str]]] = {}
            if kind == "place":
                for code, row in yaml.safe_load((ROOT / "data-sources" / "cldr.yaml").read_text("utf-8"))["countries"].items():
                    words[code] = {language: [row[language]] for language in WRITTEN}
            for language, section in ((language, section) for section in sections for language in WRITTEN):
                said = data_of(language).get(section, {})
                if section == "months":
                    said = {f"{number:02}": names for number, names in enumerate(said, 1)}
                for meaning, listed in said.items() if isinstance(said, dict) else [("", said)]:
                    words.setdefault(meaning, {}).setdefault(language, []).extend(listed)
            heads = (self.say("head.read"), *(self.say(f"language.{language}") for language in WRITTEN))
            rows = (
                (self._meaning(meaning, kind), *(_listed(by.get(language, ())) for language in WRITTEN))
                for meaning, by in sorted(words.items())
            )
            yield from table(heads, rows)
        yield f"## {self.say('understood.sources')}"
        yield ""
        for language in WRITTEN:
            for about, source in data_of(language)["sources"].items():
                yield f"- {self.say(f'language.{language}')}, *{about}*: {escaped(source)}"
        yield ""

    def _meaning(self, meaning: str, kind: str | None) -> str:
        """What words are taken for, as a profile says it; several where they have several meanings."""
        several = [one for one in meaning.split(",") if one]
        if kind == "place":
            shown = [f"{self.reference.label('place', code, self.language)} (`{code}`)" for code in several]
        else:
            shown = [f"`{one.replace(':', ': ', 1)}`" for one in several]
        return f" {self.say('understood.or')} ".join(shown)

    def _read(self, found: Understood) -> str:
        if found.value is not None:
            return f"`{flow(found.value)}`"
        asked = f" {self.say('understood.or')} ".join(f"`{flow(one)}`" for one in found.readings)
        return f"{asked}: {self.say('understood.asked')}" if asked else self.say("understood.unread")

    def places(self) -> Iterator[str]:
        """Countries, regions, and groups with who belonged to them when."""
        yield from self.top("places")
        core = _data("core")
        yield f"## {self.say('places.groups')}"
        yield ""
        yield self.say("places.doubt")
        yield ""
        heads = (self.say("head.code"), self.say("head.country"), self.say("head.from"), self.say("head.to"), self.say("head.doubt"))
        for name in self.reference.groups():
            group = Group(core["groups"][name])
            yield f"(group-{name.lower()})="
            yield f"### {name}"
            yield ""
            label = self.reference.label("group", name, self.language)
            begin, end = group.coverage
            yield f"{label}. {self.say('places.coverage', begin=self._day(begin, 'always'), end=self._day(end, 'open'))}"
            yield ""
            rows: list[tuple[str, ...]] = []
            for country in sorted({*group.members, *group.uncertain}):
                called = self.reference.label("place", country, self.language)
                if country in group.uncertain:
                    rows.append((f"`{country}`", called, "", "", self.say("doubt.uncertain")))
                    continue
                for first, last, doubt in group.members[country]:
                    about = self.say(f"doubt.{doubt}") if doubt else ""
                    rows.append((f"`{country}`", called, self._day(first, "always"), self._day(last, "open"), about))
            yield from table(heads, rows)
        yield from self.birthdays()
        heads = (self.say("head.code"), self.say("head.label"), self.say("head.understood"))
        whole = set(core["countries"])
        for title, names in (
            ("countries", sorted(whole)), ("regions", sorted(core["subdivisions"])),
        ):  # fmt: skip
            yield f"(places-{title})="
            yield f"## {self.say(f'places.{title}')}"
            yield ""
            rows = []
            for name in names:
                rows.append((f"`{name}`", *self._labelled("place", name)))
            yield from table(heads, rows)

    def birthdays(self) -> Iterator[str]:
        """On which day of a common year somebody born on 29 February is a year older, by jurisdiction."""
        yield "(places-birthdays)="
        yield f"## {self.say('places.birthdays')}"
        yield ""
        yield self.say("places.birthdays_intro")
        yield ""
        rules = _data("core")["leap_birthdays"]
        rows = [
            (f"`{place}`", self.reference.label("place", place, self.language), self.say(f"birthday.{rule}"))
            for place, rule in sorted(rules.items())
        ]
        yield from table((self.say("head.code"), self.say("head.country"), self.say("head.birthday")), rows)

    def _day(self, ordinal: int | None, otherwise: str) -> str:
        return date.fromordinal(ordinal).isoformat() if ordinal is not None else self.say(f"day.{otherwise}")

    def commands(self) -> Iterator[str]:
        """Every command with its options, as its help has them."""
        yield from self.top("commands")
        program = cli.program(cli.COMMANDS)
        for name, command in program.commands.items():
            yield f"(command-{name})="
            yield f"## eligibility {name}"
            yield ""
            yield self.help(command.help or "")
            yield ""
            context = command.context_class(command, info_name=f"eligibility {name}")
            yield from fence("text", [usage(command, f"eligibility {name}", self.words)])
            rows = []
            for parameter in command.params:
                said = self.help(getattr(parameter, "help", None) or "")
                rows.append((self._parameter(parameter, context), said, self._default(parameter)))
            yield from table((self.say("head.option"), self.say("head.is"), self.say("head.default")), rows)
            example = str(command.epilog).removeprefix("Example: ")
            yield from fence("console", [f"$ {example}"])
        yield f"## {self.say('commands.environment')}"
        yield ""
        variables = {
            str(parameter.envvar): f"`{parameter.opts[0]}`"
            for command in program.commands.values()
            for parameter in command.params
            if parameter.envvar
        }
        variables["ELIGIBILITY_LANG"] = "`--lang`"
        rows = [(f"`{name}`", option) for name, option in variables.items()]
        yield from table((self.say("head.variable"), self.say("head.stands_for")), rows)

    def help(self, text: str) -> str:
        """A sentence of Typer's help: as it is in English, its translation in other languages."""
        told = said(text, self.words)
        if self.language != "en" and text and told == " ".join(text.split()):
            raise KeyError(f"wording/{self.language}/help.json: help.{told}")
        return self._marked(told)

    def _parameter(self, parameter: Any, context: Any) -> str:
        """`-f`, `--format` `text|json`: as the help has it, without its marks for choices."""
        shown = name_of(parameter, context, self.words)
        if parameter.param_type_name == "argument":
            return f"`{shown}`"
        names, _, value = shown.partition(" <") if " <" in shown else shown.rpartition(" ") if parameter.metavar else (shown, "", "")
        value = value.removesuffix(">")
        return ", ".join(f"`{name}`" for name in names.split(", ")) + (f" `{value}`" if value else "")

    def _default(self, parameter: Any) -> str:
        value = parameter.default
        if value is None or callable(value) or value in (False, ()) or parameter.required:
            return ""
        return f"`{getattr(value, 'value', value)}`"

    def exit_codes(self) -> Iterator[str]:
        """What each command can end with, as its code says."""
        yield from self.top("exit-codes")
        meanings = {"OK": cli.OK, "FINDINGS": cli.FINDINGS, "UNREADABLE": cli.UNREADABLE, "NOTHING": cli.NOTHING, "BUG": cli.BUG}
        meanings["INTERRUPTED"] = cli.INTERRUPTED
        rows = [(f"**{code}**", self.say(f"exit.{name}")) for name, code in meanings.items()]
        yield from table((self.say("head.exit"), self.say("head.meaning")), rows)
        yield self.say("exit-codes.each")
        yield ""
        each = []
        for name, module in cli.COMMANDS.items():
            ends = _ends(module)
            cells = []
            for end in ("OK", "FINDINGS", "UNREADABLE", "NOTHING"):
                said = f"exit.{end}.{name}"
                if end in ends or said in self.own:
                    cells.append(self.say(said if said in self.own else f"exit.{end}"))
                else:
                    cells.append(self.say("exit.usage") if end == "UNREADABLE" else "–")
            each.append((f"[`{name}`](commands.md#command-{name})", *cells))
        yield from table((self.say("head.command"), *(f"{meanings[end]}" for end in ("OK", "FINDINGS", "UNREADABLE", "NOTHING"))), each)

    def codes(self) -> Iterator[str]:
        """Every code of a problem, with its page."""
        yield from self.top("codes")
        known = codes(self.words)
        for family in dict.fromkeys(code[:2] for code in known):
            yield f"## {self.say(f'codes.{family}')}"
            yield ""
            for code in known:
                if code.startswith(family):
                    yield from self._code(code)

    def _code(self, code: str) -> Iterator[str]:
        page = page_of(code, self.words)
        yield f"(code-{code.lower()})="
        yield f"### {code}{self.say('colon')} {self._marked(page.heading).rstrip('.')}"
        yield ""
        for paragraph in page.text.split("\n\n"):
            if paragraph.strip():
                yield self._marked(" ".join(paragraph.split()))
                yield ""
        for key, example in (("wrong", page.wrong), ("right", page.right)):
            if example:
                yield self._marked(self.words.text(f"explain.{key}.{page.file}"))
                yield ""
                yield from fence("text", example.translate(_UNSEEN).splitlines())
        if (page.wrong + page.right).translate(_UNSEEN) != page.wrong + page.right:
            yield self._marked(self.words.text("explain.unseen"))
            yield ""

    def reports(self) -> Iterator[str]:
        """Every format of reports and of test results, with a sample that the program wrote now."""
        yield from self.top("reports")
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(SAMPLES, folder, dirs_exist_ok=True)
            for name in ("profile.yaml", "rules/museum-guide.yaml", "rules/museum-guide.cases.yaml"):
                yield f"{self.say('reports.file', name=name)}"
                yield ""
                yield from fence("yaml", (SAMPLES / name).read_text("utf-8").splitlines())
            checks = [(form, f"check profile.yaml --on 2027-02-01 --format {form}") for form in FORMATS if form != "html"]
            checks.insert(1, ("detail", "check profile.yaml --on 2027-02-01 --detail"))
            tests = [(f"test-{form}", f"test rules --cover --format {form}") for form in map(str, TestShape)]
            for heading, runs in (("reports.check", checks), ("reports.test", tests)):
                yield f"## {self.say(heading)}"
                yield ""
                for form, command in runs:
                    yield f"(report-{form})="
                    yield f"### {form.removeprefix('test-') if form != 'detail' else self.say('reports.detail.title')}"
                    yield ""
                    yield self.say(f"reports.{form}")
                    yield ""
                    shown = run(f"{command} --lang {self.language}", folder)
                    language = "text" if form in ("text", "detail", "test-text") else "xml" if "junit" in form else "json"
                    yield from fence("console", [f"$ eligibility {command} --lang {self.language}"])
                    yield from fence(language, _shortened(shown, form).splitlines())

    # ------------------------------------------------------------------------------------------ words

    def _marked(self, text: str) -> str:
        """Text of the program as Markdown: what stands in braces or brackets is code, whatever else is text."""
        pieces = re.split(r"(`[^`]*`)", text)
        return "".join(piece if piece.startswith("`") else _coded(piece) for piece in pieces)

    def _said(self, definitions: Mapping[str, Schema], value: Schema) -> str:
        """What a key is, in this language: the words that editors show."""
        target = value
        while "description" not in target and "$ref" in target:
            target = definitions[_name(target)]
        said = str(target.get("description", "")).split("\n")
        return self._marked(said[LANGUAGES.index(self.language)]) if len(said) == len(LANGUAGES) else ""

    def _accepts(self, definitions: Mapping[str, Schema], value: Schema, depth: int = 0) -> str:
        """What may be written for a key, as far as its schema says it in a few words; else nothing."""
        if depth > 8 or not isinstance(value, dict):
            return ""
        if "$ref" in value:
            name = _name(value)
            if linked := self._linked(name):
                return linked
            return self._accepts(definitions, definitions[name], depth + 1)
        if "enum" in value:
            names = [f"`{one if isinstance(one, str) else json.dumps(one)}`" for one in value["enum"]]
            return self.words.either(names) if len(names) <= _MANY else self.say("accepts.such", words=", ".join(names[:3]))
        if pattern := value.get("patternErrorMessage"):
            text = str(pattern).split(" / ")[LANGUAGES.index(self.language)]
            return self._marked(text.partition(" ")[2].rstrip("."))  # without its first word, which tells an author to write
        kinds = value.get("type", ())
        kinds = {kinds} if isinstance(kinds, str) else set(kinds) - {"null"}
        if "allOf" in value:
            return self._accepts(definitions, value["allOf"][0], depth + 1)
        if kinds == {"boolean"}:
            return "`true`, `false`"
        if kinds == {"boolean", "number"}:
            return f"`true`, `false`, {self.say('accepts.number')}"
        if kinds in ({"integer"}, {"number"}):
            low, high = value.get("minimum"), value.get("maximum")
            if low is not None and high is not None:
                return self.say("accepts.between", low=low, high=high)
            return self.say("accepts.number")
        if kinds == {"array"}:
            inner = self._accepts(definitions, value.get("items", {}), depth + 1)
            return self.say("accepts.list", inner=inner) if inner else ""
        if isinstance(value.get("additionalProperties"), dict):
            inner = self._accepts(definitions, value["additionalProperties"], depth + 1)
            return self.say("accepts.named", inner=inner) if inner else ""
        if "else" in value:
            inner = self._accepts(definitions, value["else"], depth + 1)
            return self.say("accepts.one_or_list", inner=inner) if inner and "array" in kinds else inner
        if "anyOf" in value:
            return self._accepts(definitions, value["anyOf"][0], depth + 1)
        return self.say("accepts.text") if kinds == {"string"} else ""

    def _linked(self, name: str) -> str:
        bare = name.removeprefix("any_").removeprefix("some_")
        if bare in (*self.reference.vocabularies(), "employer", "field", "said", "language"):
            return f"[{self.say('accepts.words')}](vocabularies.md#words-{bare})"
        if bare in ("place", "places"):
            return f"[{self.say('accepts.place')}](places.md)"
        if name == "window":
            return f"[{self.say('accepts.window')}](keys.md#keys-window)"
        if name == "cases":
            return f"[{self.say('accepts.case')}](keys.md#keys-case)"
        if name == "listed":
            return self.say("accepts.listed")
        if name in ("extension", "notice", "option", "information", "case", "accepted", "finding"):
            return f"[{self.say(f'accepts.{name}')}](keys.md#keys-{name})"
        if name.startswith("profile_") and name != "profile_list":
            one = name.removeprefix("profile_")
            return f"[{self.say('accepts.entry')}](profile.md#profile-{one})"
        if name in ("criterion", "any_criterion", "named_criterion"):
            return f"[{self.say('accepts.criterion')}](kinds.md)"
        if name in _FORMS:
            return self.say(f"accepts.{_FORMS[name]}")
        return ""


# --------------------------------------------------------------------------------------------------- tools


def run(command: str, folder: str) -> str:
    """What the program prints, in a folder, in 80 columns, whatever its exit code."""
    environment = {"PATH": os.environ.get("PATH", ""), "COLUMNS": "80", "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT / "src")}
    if "SYSTEMROOT" in os.environ:
        environment["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    done = subprocess.run(
        [sys.executable, "-P", "-m", "eligibility", *command.split()],
        cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    if done.stderr or done.returncode not in (0, 1):
        raise RuntimeError(f"eligibility {command}: {done.stderr}")
    return done.stdout


def spaced(text: str) -> str:
    """A French page with the spaces that French wants: no line begins with `: ; ? ! »`, none ends with `«`."""
    found, at = [], 0
    for code in [*_CODE.finditer(text), None]:
        plain = text[at : code.start() if code else len(text)]
        found.append(re.sub(r"(?<=«) | (?=[:;?!»](?:\s|[*_).,|]|$))", "\u00a0", plain))
        found.append(code[0] if code else "")
        at = code.end() if code else at
    return "".join(found)


def _listed(words: Iterable[str]) -> str:
    return escaped(", ".join({fold(word): word for word in words}.values()))


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A Markdown table; columns that are empty throughout are left out, and so is a table without rows."""
    listed = [tuple(rows) for rows in rows]
    kept = [index for index in range(len(heads)) if any(row[index] for row in listed)]
    if not listed:
        return
    yield f"| {' | '.join(heads[index] for index in kept)} |"
    yield f"|{'---|' * len(kept)}"
    for row in listed:
        cells = (row[index].replace("|", "\\|") for index in kept)
        yield f"| {' | '.join(cells)} |"
    yield ""


def fence(language: str, lines: Iterable[str]) -> Iterator[str]:
    """Code as it is."""
    yield f"```{language}"
    yield from lines
    yield "```"
    yield ""


def escaped(text: str) -> str:
    """Text that Markdown would read as something else."""
    return "".join(piece if piece.startswith("`") else re.sub(r"([\\*_<>\[\]$])", r"\\\1", piece) for piece in re.split(r"(`[^`]*`)", text))


def _coded(text: str) -> str:
    pieces = re.split(r"((?:\[[^\]]*\{.*\}[^\]]*\]|\{(?:[^{}]|\{[^{}]*\})*\}|\[\w[^\]]*\]))", text)
    return "".join(f"`{piece}`" if piece[:1] in ("{", "[") else escaped(piece) for piece in pieces)


def _tidy(lines: Iterable[str]) -> Iterator[str]:
    """No blank line twice, none at the end."""
    held = False
    for line in lines:
        if line == "":
            held = True
            continue
        if held:
            yield ""
        held = False
        yield line.rstrip()


def _shortened(text: str, form: str) -> str:
    if form != "jsonl":
        return text
    return "\n".join(line if len(line) < 160 else f"{line[:150]}…" for line in text.splitlines())


def _name(pointer: Schema) -> str:
    return str(pointer["$ref"]).removeprefix("#/definitions/")


def _properties(schema: Any) -> Mapping[str, Schema]:
    """The keys of a form, wherever in its alternatives they stand."""
    found: dict[str, Schema] = {}
    if isinstance(schema, dict):
        for key, value in schema.items():
            found |= value if key == "properties" else _properties(value) if key in ("if", "then", "else", "allOf", "anyOf") else {}
    if isinstance(schema, list):
        for one in schema:
            found |= _properties(one)
    return {key: value for key, value in found.items() if isinstance(value, dict) and value}


def _data(name: str) -> Any:
    folder = Path(inspect.getfile(Reference)).parent
    return json.loads((folder / f"{name}.json").read_text("utf-8"))


@cache
def _readable() -> dict[str, str]:
    """How the words of the data sources, and the names of things, are written, by their plain form."""
    found: dict[str, str] = {}

    def gather(value: Any) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                gather(key)
                gather(inner)
        elif isinstance(value, list):
            for one in value:
                gather(one)
        elif isinstance(value, str) and len(value) < 80 and fold(value):
            found.setdefault(fold(value), value)

    gather(_data("labels"))
    for path in sorted((ROOT / "data-sources").glob("*.yaml")):
        gather(yaml.safe_load(path.read_text("utf-8")))
    return found


def _ends(module: str) -> set[str]:
    """The exit codes that a command's module names in its `return` statements."""
    tree = ast.parse(inspect.getsource(import_module(module)))
    returned = [node for node in ast.walk(tree) if isinstance(node, ast.Return)]
    return {name.id for node in returned for name in ast.walk(node) if isinstance(name, ast.Name) and name.id.isupper()}


__all__ = ["DOCS", "LANGUAGES", "PAGES", "ROOT", "Missing", "fence", "pages", "run", "spaced", "table"]
