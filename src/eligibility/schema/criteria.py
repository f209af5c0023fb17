"""A criterion: any kind or group, with the keys that all of them share, and its readings.

Each kind is its own definition without further keys, chosen by `kind` itself, so that a message is about the kind the author
wrote. `name` and `preferred` belong to readings; the definitions know them, and everything else forbids them.
"""

from __future__ import annotations

from eligibility.language.every_kind import EVERY_KIND
from eligibility.language.groups import GROUPS, SAME, SHORT_FORMS
from eligibility.language.keys import OF_READINGS
from eligibility.language.kinds import RECORD_KINDS
from eligibility.language.kinds.others import AGES_COUNTED
from eligibility.question.quantity import OPERATORS
from eligibility.schema.days import bounds, limit_or_table, moment, window
from eligibility.schema.questions import HIDDEN, kind_names, of_kind, part, question_keys
from eligibility.schema.store import Schema, Store, choose, has, if_mapping, is_a, mapping, one_of, one_or_list, suggested
from eligibility.schema.values import ID, place, selection, words

_DAYLESS = ("judged", "choice", "day", "duration", "language", "domicile", "all_of", "any_of", "none_of", "met")
"""Kinds and groups that cannot be asked on every day of a span."""

_READING = dict.fromkeys(OF_READINGS, HIDDEN)


def named_criterion(store: Store) -> Schema:
    """A criterion that a vacancy lists: it has an id."""
    form = {"properties": {"id": store.text(ID, "id")}, "required": ["id"]}
    return store.ref("named_criterion", lambda: {"allOf": [criterion(store), form]})


def criterion(store: Store) -> Schema:
    """A criterion wherever it stands."""
    return store.ref("criterion", lambda: {"allOf": [_any_criterion(store), {"properties": dict.fromkeys(_READING, False)}]})


def _any_criterion(store: Store) -> Schema:
    """A criterion or a reading that says its own kind; while nothing is typed, an editor proposes what begins one."""

    def build() -> Schema:
        heads: Schema = {"kind": store.key("kind", kind_names(store, kinds()))}
        heads |= {name: store.keyword(name) for name in ("id", "label", *GROUPS)}
        by_kind = choose([(of_kind(name), _kind(store, name)) for name in kinds()], {})
        by_group = choose([(has(name), _group(store, name)) for name in GROUPS], _headless(store))
        return {**if_mapping(choose([(has("kind"), by_kind)], by_group)), "properties": heads}

    return store.ref("any_criterion", build)


def kinds() -> list[str]:
    """Everything `kind` may say."""
    return [*EVERY_KIND, *SHORT_FORMS]


def _headless(store: Store) -> Schema:
    """Neither a kind nor a group: a choice in short, or a criterion that only its readings complete."""
    options = selection(store, "options", store.ref("picked", lambda: {"type": ["string", "number", "boolean"]}), related=False)
    chosen = mapping({"chosen": store.key("chosen", options, "criterion"), "of": {"type": "string", "doNotSuggest": True}})
    complete = mapping({**_common(store, "kind", "reading"), **_READING})
    lacking = {"required": ["kind"], "errorMessage": store.both("schema.say.kind", " / ")}
    return choose([(has("chosen"), chosen), (has("readings"), complete)], lacking)


def _kind(store: Store, name: str) -> Schema:
    """The definition of one kind."""

    def build() -> Schema:
        if name in RECORD_KINDS:
            keys, needed = question_keys(store, RECORD_KINDS[name]), Schema()
        else:
            keys, needed = _OTHERS[name](store)
        every = {"kind": HIDDEN, **_common(store, name, f"kind_{name}"), **keys, **_READING}
        return mapping(every, **_complete(needed))

    return store.ref(f"kind_{name}", build)


def _group(store: Store, name: str) -> Schema:
    """The definition of one group."""

    def build() -> Schema:
        member = part(store) if name == "together" else criterion(store)
        keys: Schema = {name: store.key(name, {"type": "array", "items": member, "minItems": 1})}
        if name == "met":
            keys = {name: store.key(name, {"type": "string"})}
        if name == "any_of":
            keys |= store.changing({"how_many": store.key("how_many", {"type": "integer", "minimum": 1})})
        if name in ("all_of", "any_of", "none_of"):
            keys["same"] = store.key("same", one_of(list(SAME)))
        return mapping({**_common(store, name, f"group_{name}"), **keys, **_READING})

    return store.ref(f"group_{name}", build)


def _common(store: Store, name: str, definition: str) -> Schema:
    """The keys any criterion may carry. `definition` is what its readings replace keys of."""
    text = {"type": "string"}
    keys = {
        "id": store.key("id", text),
        "label": store.key("label", words(store)),
        "clause": store.key("clause", text),
        "quote": store.key("quote", text),
        "todo": store.key("todo", text),
        "source": store.key("source", _source(store)),
        "importance": store.key("importance", one_of(["required", "desirable"])),
        "question": store.key("question", words(store)),
        "advice": store.key("advice", words(store)),
        "proof": store.key("proof", one_or_list(words(store), minItems=1)),
        "granted_by": store.key("granted_by", words(store)),
        **store.changing({"as_of": store.key("as_of", moment(store))}),
        "when": store.key("when", criterion(store)),
        "unless": store.key("unless", criterion(store)),
        "derogation": store.key("derogation", criterion(store)),
        "readings": store.key("readings", _readings(store, definition), definition),
    }
    if name not in _DAYLESS:
        ends = mapping(store.changing({end: store.key(end, moment(store)) for end in ("from", "to")}), ["from", "to"])
        keys |= store.changing({"throughout": store.key("throughout", ends)})
    return keys


def _source(store: Store) -> Schema:
    about = mapping(
        {
            "name": store.key("name", words(store), "source"),
            "status": store.key("status", one_of(["verified", "reported", "unverified"])),
            "url": store.key("url", {"type": "string"}),
        }
    )
    return store.ref("source", lambda: {"type": ["string", "object"], **choose([(is_a("object"), about)], {})})


def _readings(store: Store, definition: str) -> Schema:
    """At least two readings; one that says another kind replaces the criterion whole."""

    def build() -> Schema:
        own = {} if definition == "reading" else {"$ref": f"#/definitions/{definition}"}
        keys = {
            "name": store.key("name", words(store), "reading"),
            "preferred": store.key("preferred", {"type": "boolean"}),
            "without": store.key("without", one_or_list({"type": "string"}, minItems=1)),
        }
        form = choose([(has("kind", *GROUPS), _any_criterion(store))], own)
        return {"type": "array", "minItems": 2, "items": {"type": "object", "properties": keys, "required": ["name"], **form}}

    return store.ref(f"readings_{definition}", build)


# ------------------------------------------------------------------------- kinds that are not about records


def _complete(needed: Schema) -> Schema:
    """What a criterion needs, where its readings do not bring it."""
    return choose([(has("readings", "name"), {})], needed) if needed else {}


def _age(store: Store) -> tuple[Schema, Schema]:
    limits = bounds(store, ("number",), whole=True)
    own = {"counted": store.key("counted", one_of(AGES_COUNTED), "age"), "born": store.key("born", window(store), "age")}
    keys = {**limits, **store.changing(own)}
    return keys, has("at_least", "at_most", "more_than", "less_than", "born")


def _declared(store: Store) -> tuple[Schema, Schema]:
    facts = store.reference.vocabulary("facts")
    fact = {"type": "string", **suggested(one_of(facts, store.labels("facts", facts)))}
    keys = {"fact": store.key("fact", fact), **store.changing({"equals": store.key("equals", {"type": "boolean"}, "declared")})}
    keys |= {operator: store.key(operator, limit_or_table(store), "declared") for operator in OPERATORS}
    of_table = [{**has(operator), "properties": {operator: {**is_a("object"), **has("table")}}} for operator in OPERATORS]
    return keys, {**has("fact"), **choose([(has("throughout"), {"anyOf": of_table})], {})}  # only a table knows an age, which changes


def _judged(store: Store) -> tuple[Schema, Schema]:
    return {}, {}


def _choice(store: Store) -> tuple[Schema, Schema]:
    options = selection(store, "options", store.ref("picked", lambda: {"type": ["string", "number", "boolean"]}), related=False)
    keys = {"choice": store.key("choice", {"type": "string"}), **store.changing({"equals": store.key("equals", options, "choice")})}
    return keys, {"required": ["choice", "equals"]}


def _on_day(store: Store) -> tuple[Schema, Schema]:
    keys = store.changing({name: store.key(name, moment(store)) for name in ("day", "from", "to", "after", "before")})
    return keys, {"required": ["day"], **has("from", "to", "after", "before")}


def _duration(store: Store) -> tuple[Schema, Schema]:
    keys = store.changing({name: store.key(name, moment(store), "duration") for name in ("from", "to")})
    limits = {name: limit for name, limit in bounds(store, ("time",)).items() if name in OPERATORS}
    return keys | limits, {"required": ["from", "to"], **has(*OPERATORS)}


def _permanent_residence(store: Store) -> tuple[Schema, Schema]:
    where = selection(store, "places", place(store), related=False)
    return {**store.changing({"of": store.key("of", where)}), **bounds(store, ("time",))}, has("of")


_OTHERS = {
    "age": _age,
    "declared": _declared,
    "judged": _judged,
    "choice": _choice,
    "day": _on_day,
    "duration": _duration,
    "permanent_residence": _permanent_residence,
}
