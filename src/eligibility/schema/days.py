"""Days, windows, bounds and what moves them, as the rule language writes them."""

from __future__ import annotations

from collections.abc import Iterable

from eligibility.dates import OF_MONTHS, ON_DAY_OF_YEAR
from eligibility.question.quantity import OPERATORS
from eligibility.schema.store import Schema, Store, choose, has, if_mapping, is_a, mapping, one_of, one_or_list, suggested
from eligibility.schema.values import DATE, age, length, quantity

_NAMED = ("deadline", "start", "end", "application")
_EDGES = ("from", "to", "after", "before")


def moment(store: Store) -> Schema:
    """A day: a name from `dates`, a date, `{day, included}` with a step to another one, or the date of a record."""

    def build() -> Schema:
        about = mapping(
            {
                **store.changing({"day": store.key("day", moment(store)), "included": store.key("included", {"type": "boolean"})}),
                **{how: store.key(how, one_of(list(to))) for how, to in OF_MONTHS.items()},
                **{how: store.key(how, store.text(r"^\d\d-\d\d$", "day_of_year")) for how in ON_DAY_OF_YEAR},
                "assumed": store.key("assumed", {"type": "boolean"}),
            },
            ["day"],
        )
        text = store.text(rf"^({DATE}|[^\d].*)$", "moment", types=("string", "integer", "object"))
        branches = choose([(is_a("object"), choose([(has("kind"), store.part("question"))], about))], {})
        return text | {"minimum": 1000, "maximum": 9999, **branches, **suggested(one_of(_NAMED))}

    return store.ref("day", build)


def window(store: Store) -> Schema:
    """A stretch of days between moments, or at a distance from one, or while records last."""

    def build() -> Schema:
        far = ("within", *OPERATORS)
        edges = mapping(
            store.changing(
                {
                    "within": store.key("within", length(store)),
                    **{name: store.key(name, moment(store)) for name in _EDGES},
                    **{name: store.key(name, length(store), "window") for name in OPERATORS},
                    "extended": extended(store),
                    "bound": store.key("bound", one_of(["from", "to"])),
                    "while": store.key("while", store.part("question")),
                    "not_during": store.key("not_during", store.part("question")),
                }
            ),
            **choose(
                [(has(*far), {"oneOf": [has(edge) for edge in _EDGES]})],
                {
                    "anyOf": [
                        {"required": [edge], "errorMessage": store.both("schema.say.window", " / ")}
                        for edge in (*_EDGES, "while", "not_during")
                    ]
                },
            ),
        )
        return if_mapping(choose([(has("kind"), store.part("question"))], edges))

    return store.ref("window", build)


def bounds(store: Store, measures: Iterable[str], whole: bool = False) -> Schema:
    """The keys that bound an amount of one of these measures, and move the bound. `whole`: an age, in whole years or years and months."""
    amount = age(store) if whole else quantity(store, measures)
    name = "bound_" + ("whole" if whole else "_".join(sorted(measures)))
    limit = store.ref(name, lambda: or_by_choice(store, amount))
    return {
        **{operator: store.key(operator, limit, name) for operator in OPERATORS},
        **store.changing({"extended": extended(store), "never_beyond": store.key("never_beyond", amount, name)}),
    }


def limit_or_table(store: Store) -> Schema:
    """A number, one for each option of a choice, or the table of the vacancy that it stands in."""
    table = mapping({"table": store.key("table", {"type": "string"})}, ["table"])
    plain = or_by_choice(store, quantity(store, ("number",)))
    return store.ref("bound_of_fact", lambda: {"type": plain["type"], **choose([({**is_a("object"), **has("table")}, table)], plain)})


def or_by_choice(store: Store, amount: Schema) -> Schema:
    """A value, or one for each option of a choice."""
    types = amount["type"] if isinstance(amount["type"], list) else [amount["type"]]
    by_choice = mapping(
        {
            "by": store.key("by", {"type": "string"}),
            "values": store.key("values", {"type": "object", "minProperties": 1, "additionalProperties": amount}),
        },
        ["by", "values"],
    )
    if "enum" in amount:  # a closed list holds no mapping
        return {"type": [*types, "object"], **choose([(is_a("object"), by_choice)], amount), **suggested(amount)}
    return amount | {"type": [*types, "object"], **choose([(is_a("object"), by_choice)], {})}


def extended(store: Store) -> Schema:
    """What moves a limit."""

    def several_of(entry: Schema) -> Schema:
        return {"type": "array", "minItems": 2, "items": if_mapping(entry)}

    def build() -> Schema:
        up_to = store.key("up_to", length(store))
        other = mapping(
            {
                "to": store.key("to", quantity(store, ("number", "time")), "extension"),
                "when": store.key("when", store.part("criterion"), "extension"),
                "up_to": up_to,
            },
            ["to", "when"],
        )
        by_length = mapping(
            {"add": store.keyword("add") | {"const": "length"}, "of": store.key("of", store.part("question"), "extension"), "up_to": up_to},
            ["add", "of"],
        )
        once = {"add": store.key("add", length(store)), "when": store.key("when", store.part("criterion"), "extension")}
        for_each = mapping(
            {**once, "per": store.key("per", store.part("question")), "up_to": up_to},
            ["add"],
            anyOf=[{"required": [key], "errorMessage": store.both("schema.say.extension", " / ")} for key in ("per", "when")],
        )
        is_length = {"properties": {"add": {"const": "length"}}, "required": ["add"]}
        added = choose([(is_length, by_length)], for_each)
        largest = mapping({"largest": store.key("largest", several_of(added)), "up_to": up_to}, ["largest"])
        of_one_child = choose([(is_length, by_length)], mapping(once, ["add"]))
        largest_for_each = mapping(
            {
                "largest": store.key("largest", several_of(of_one_child)),
                "per": store.key("per", store.part("question"), "largest"),
                "up_to": up_to,
            },
            ["largest", "per"],
        )
        both = {"required": ["largest", "per"]}
        return if_mapping(choose([(has("to"), other), (both, largest_for_each), (has("largest"), largest)], added))

    return store.key("extended", one_or_list(store.ref("extension", build)))
