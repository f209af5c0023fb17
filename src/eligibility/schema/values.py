"""Plain values: dates, quantities, words in two languages, ids; and where a filter may say several of them."""

from __future__ import annotations

from collections.abc import Iterable

from eligibility.schema.store import Schema, Store, choose, has, is_a, mapping, one_of, suggested

_MONTH = r"(0[1-9]|1[0-2])"
_DAY = r"(0[1-9]|[12]\d|3[01])"
DATE = rf"\d{{4}}(-{_MONTH}(-{_DAY})?)?"
FULL_DATE = rf"\d{{4}}-{_MONTH}-{_DAY}"
TIME = r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?"
ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"

TREES = ("employer", "field")
"""The vocabularies that are hierarchies."""

_BETWEEN = r"(\s|,|and)*"
_WHOLE = r"\d+"
_DECIMAL = r"\d+(\.\d+)?"
_UNITS = {
    "time": (_WHOLE, "(years?|months?|weeks?|days?)", "3 years, 30 years 6 months"),
    "count": (_DECIMAL, "(times?|records?)", "2 times"),
    "relatives": (_WHOLE, "relatives?", "2 relatives"),
    "hours": (_DECIMAL, "hours?", "900 hours"),
    "credits": (_DECIMAL, "credits?", "60 credits"),
    "percent": (_DECIMAL, "%", "80%"),
    "money": (_DECIMAL, "[A-Z]{3}", "3000 EUR"),
}
MEASURES = (*_UNITS, "number")
EXAMPLES = {name: example for name, (_, _, example) in _UNITS.items()} | {"number": "2"}


def quantity(store: Store, measures: Iterable[str]) -> Schema:
    """An amount in one of these measures: `3 years`, `900 hours`, or a bare number."""
    wanted = tuple(one for one in MEASURES if one in set(measures))
    patterns = [rf"({number}\s*{unit}(?![a-z]){_BETWEEN})+" for name, (number, unit, _) in _UNITS.items() if name in wanted]
    says = {"examples": ", ".join(EXAMPLES[one] for one in wanted if one != "relatives")}  # counted only where `whose` is asked
    if not patterns:
        return {"type": "number", "minimum": 0}
    types = ("string", "number") if "number" in wanted else ("string",)
    return store.text(f"^{_BETWEEN}({'|'.join(patterns)})$", "quantity", types=types, **says)


def length(store: Store) -> Schema:
    """A length of time."""
    number, unit, _ = _UNITS["time"]
    return store.ref("length", lambda: store.text(rf"^{_BETWEEN}({number}\s*{unit}(?![a-z]){_BETWEEN})+$", "length"))


def age(store: Store) -> Schema:
    """An age: whole years, or years and months."""
    number, _, _ = _UNITS["time"]
    unit = r"(years?|months?)"
    return store.text(rf"^{_BETWEEN}({number}\s*{unit}(?![a-z]){_BETWEEN})+$", "age", types=("integer", "string")) | {"minimum": 0}


def words(store: Store) -> Schema:
    """Words for people: a mapping of languages, or one text for all of them."""
    return store.ref(
        "words",
        lambda: {
            "type": ["string", "object"],
            "minProperties": 1,
            "properties": {"fr": {"type": "string"}, "en": {"type": "string"}},
            "additionalProperties": False,
            "defaultSnippets": [{"label": "{fr, en}", "body": {"fr": "$1", "en": "$2"}}],
        },
    )


def day(store: Store) -> Schema:
    """One exact calendar day."""
    return store.text(f"^{FULL_DATE}$", "day")


def application_time(store: Store) -> Schema:
    """A calendar day, or a day with its time and perhaps how far from UTC."""
    return store.text(rf"^{FULL_DATE}([T ]{TIME}(Z|[+-]\d{{2}}:\d{{2}})?)?$", "instant")


def instant(store: Store) -> Schema:
    """A calendar day, or a day with its time."""
    return store.text(f"^{FULL_DATE}([T ]{TIME})?$", "instant")


def vague_date(store: Store) -> Schema:
    """A year, a month or a day."""
    return store.text(f"^{DATE}$", "date", types=("string", "integer")) | {"minimum": 1000, "maximum": 9999}


# ----------------------------------------------------------------------------------- ids of vocabularies


def place(store: Store, known_only: bool = True) -> Schema:
    """A country, a region or a group of countries."""
    reference = store.reference

    def build() -> Schema:
        names = [*reference.groups(), *reference.places()]
        labels = [*store.labels("group", reference.groups()), *store.labels("place", reference.places())]
        return {"type": "string", **one_of(names, labels), "errorMessage": store.both("schema.say.place", " / ")}

    return _known_or_any(store, "place", store.ref("place", build), known_only)


def language(store: Store, known_only: bool = True) -> Schema:
    """The code of a language, or a group that has official languages."""
    reference = store.reference

    def build() -> Schema:
        groups = [name for name in reference.groups() if reference.languages_of(name)]
        labels = [*store.labels("group", groups), *store.labels("language", reference.languages())]
        known = one_of([*groups, *reference.languages()], labels)
        return {"type": "string", **known, "errorMessage": store.both("schema.say.language", " / ")}

    return _known_or_any(store, "language", store.ref("language", build), known_only)


def term(store: Store, vocabulary: str, known_only: bool = False) -> Schema:
    """An id of a vocabulary or a tree. A notice may list ids of its own, so others are allowed unless `known_only`."""
    reference = store.reference

    def build() -> Schema:
        names = reference.tree(vocabulary) if vocabulary in TREES else reference.vocabulary(vocabulary)
        known = one_of(names, store.labels(vocabulary, names))
        return {"type": "string", **known, **({"errorMessage": store.both("schema.say.word", " / ")} if vocabulary in TREES else {})}

    return _known_or_any(store, vocabulary, store.ref(vocabulary, build), known_only)


def _known_or_any(store: Store, name: str, known: Schema, known_only: bool) -> Schema:
    return known if known_only else store.ref(f"any_{name}", lambda: {"type": "string", **suggested(known)})


def level_names(store: Store) -> list[str]:
    """The levels of language from A1 to C2, with those between."""
    every = [f"{letter}{number}{plus}" for letter in "ABC" for number in "12" for plus in ("", "+")]
    return [name for name in every if store.reference.cefr_rank(name) is not None]


def said(store: Store) -> Schema:
    """A word for a level of language."""
    terms = store.reference.said_terms()
    return store.ref("said", lambda: {"type": "string", **one_of(terms, store.labels("said", terms))})


# ------------------------------------------------------------------------------------- several of them


def selection(store: Store, name: str, entry: Schema, related: bool = True) -> Schema:
    """What a filter asks for: ids, all but some, a list of the notice, what was chosen, or, of words, something like these."""
    named = store.ref("named_list", lambda: mapping({"list": store.key("list", {"type": "string"})}, ["list"]))
    one = choose([(is_a("object"), named)], entry) | suggested(entry)
    several = choose([(is_a("array"), {"items": one, "minItems": 1})], one)
    chosen = mapping({"chosen": store.key("chosen", {"type": "string"})}, ["chosen"])
    keys = {
        "except": store.key("except", choose([({**is_a("object"), **has("chosen")}, chosen)], several), name),
        "any": store.key("any", several, name),
        "list": store.key("list", {"type": "string"}),
        "chosen": store.key("chosen", {"type": "string"}),
    }
    if related:
        keys["or_related"] = store.key("or_related", {"type": "boolean"})
    asked = mapping(keys, minProperties=1, **({"dependencies": {"or_related": has("any", "list")}} if related else {}))
    form = choose([(is_a("object"), asked), (is_a("array"), {"items": one, "minItems": 1})], entry)
    return store.ref(f"some_{name}", lambda: form | suggested(entry))
