"""The days that a vacancy names: its deadline, its start, and whatever it counts from."""

from __future__ import annotations

from eligibility.schema.store import Schema, Store, choose, has, is_a, mapping
from eligibility.schema.values import DATE, FULL_DATE, TIME, instant, vague_date, words


def dates(store: Store) -> Schema:
    """The days of a vacancy by their names."""
    usual = {name: store.key(name, _named_day(store)) for name in ("opening", "start", "end")}
    deadline = store.key("deadline", _deadline(store))
    return {"type": "object", "properties": {"deadline": deadline, **usual}, "additionalProperties": _named_day(store)}


def _named_day(store: Store) -> Schema:
    """A day, one unknown day of an interval, or one that only the candidate can tell."""

    def build() -> Schema:
        ends = mapping({end: store.key(end, vague_date(store)) for end in ("from", "to")}, ["from", "to"])
        asked = mapping({"asked": store.key("asked", words(store))})
        text = store.text(f"^({DATE}|{FULL_DATE}[T ]{TIME})$", "date", types=("string", "integer", "object"))
        closing = (has("at", "readings", "by"), _closing(store))
        form = choose([(is_a("object"), choose([(has("asked"), asked), closing], ends))], {})
        return text | {"minimum": 1000, "maximum": 9999} | form

    return store.ref("named_day", build)


def _deadline(store: Store) -> Schema:
    """A day one can apply on, perhaps until a time of day, perhaps in two readings."""
    text = store.text(f"^{FULL_DATE}([T ]{TIME})?$", "instant", types=("string", "object"))
    return store.ref("deadline", lambda: text | choose([(is_a("object"), _closing(store))], {}))


def _closing(store: Store) -> Schema:
    def build() -> Schema:
        at = store.key("at", instant(store))
        reading = mapping(
            {"name": store.key("name", words(store), "reading"), "at": at, "preferred": store.key("preferred", {"type": "boolean"})},
            ["name", "at"],
        )
        several = store.key("readings", {"type": "array", "minItems": 2, "items": reading}, "closing")
        moment = store.text(f"^{FULL_DATE}([T ]{TIME})?$", "instant", types=("string", "object"))
        one = choose([(has("readings"), mapping({"readings": several}))], mapping({"at": at}, ["at"]))
        each = store.ref("closing_of_option", lambda: moment | choose([(is_a("object"), one)], {}))
        values = {"type": "object", "minProperties": 1, "additionalProperties": each}
        by = mapping(
            {"by": store.key("by", {"type": "string"}, "closing"), "values": store.key("values", values, "closing")}, ["by", "values"]
        )
        return choose([(has("by"), by)], one)

    return store.ref("closing", build)
