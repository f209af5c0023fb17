"""A rule file: the fields of the model `Vacancy`, each with what may be written for it."""

from __future__ import annotations

from collections.abc import Callable

from eligibility.question.quantity import OPERATORS
from eligibility.schema.cases import cases_of
from eligibility.schema.criteria import named_criterion
from eligibility.schema.days import moment
from eligibility.schema.named_days import dates
from eligibility.schema.store import Schema, Store, choose, has, is_a, mapping, one_of, one_or_list, suggested
from eligibility.schema.values import ID, day, place, vague_date, words
from eligibility.vacancy import Information, Notice, Option, Part, Vacancy


def vacancy_file(store: Store) -> Schema:
    """A whole rule file: the vacancy, and perhaps its cases."""
    needed = [name for name, field in Vacancy.model_fields.items() if field.is_required()]
    return mapping({**vacancy_keys(store), "cases": store.key("cases", cases_of(store))}, needed)


def small_vacancy(store: Store) -> Schema:
    """A vacancy inside a case: whatever it leaves out is filled in."""
    return store.ref("small_vacancy", lambda: mapping(vacancy_keys(store)))


def vacancy_keys(store: Store) -> Schema:
    """Every field of a vacancy but its cases. Raises KeyError for a field that has no schema yet."""
    return {name: store.key(name, _FIELDS[name](store), "vacancy") for name in Vacancy.model_fields if name != "cases"}


def _criteria(store: Store) -> Schema:
    return {"type": "array", "items": named_criterion(store)}


def _notice(store: Store) -> Schema:
    text = {"type": "string"}
    values = {"document": text, "url": text, "language": text, "number": text, "contact": text, "published": day(store)}
    return _part(store, Notice, values)


def _option(store: Store) -> Schema:
    values = {
        "options": {"type": "object", "additionalProperties": words(store)},
        "country": {"type": "boolean"},
        "chosen_by": {"type": "string", "enum": ["applicant", "circumstance"]},
        "asked": words(store),
    }
    return _part(store, Option, values)


def _information(store: Store) -> Schema:
    return {"type": "array", "items": _part(store, Information, {"label": words(store), "clause": {"type": "string"}})}


def _part(store: Store, model: type[Part], values: Schema) -> Schema:
    """A mapping of the model, its values given; the model says which there are and which are needed."""
    name = model.__name__.lower()
    keys = {key: store.key(key, values[key], name) for key in model.model_fields}
    needed = [key for key, field in model.model_fields.items() if field.is_required()]
    return store.ref(name, lambda: mapping(keys, needed))


def _as_of(store: Store) -> Schema:
    return moment(store)


def _choices(store: Store) -> Schema:
    return {"type": "object", "additionalProperties": _option(store)}


def _tables(store: Store) -> Schema:
    number: Schema = {"type": "number", "minimum": 0}
    bounds = mapping({operator: store.key(operator, number, "cell") for operator in OPERATORS})
    cell = {"type": ["number", "boolean", "string", "array", "object"], **choose([(is_a("object"), bounds)], {})}
    line = {
        "type": "object",
        "properties": {"is": store.key("is", number)},
        "required": ["is"],
        "minProperties": 2,
        "additionalProperties": cell,
    }
    return {"type": "object", "additionalProperties": {"type": "array", "minItems": 1, "items": line}}


def _lists(store: Store) -> Schema:
    entry = mapping(
        {
            "country": store.key("country", place(store)),
            "from": store.key("from", vague_date(store), "list"),
            "to": store.key("to", vague_date(store), "list"),
            "id": {"type": "string"},
            "label": store.key("label", words(store)),
            "also": store.key("also", one_or_list({"type": "string"}), "list"),
            "narrower_than": store.key("narrower_than", one_or_list({"type": "string"})),
        },
        **has("country", "id"),
    )
    listed = {"type": ["string", "object"], **choose([(is_a("object"), entry)], {})}
    return {"type": "object", "additionalProperties": {"type": "array", "items": store.ref("listed", lambda: listed)}}


def _jurisdiction(store: Store) -> Schema:
    return place(store, known_only=False)


def _zone(store: Store) -> Schema:
    reference = store.reference
    zones = {reference.zone_of(name) for name in (*reference.places(), *reference.groups())}
    return {"type": "string", **suggested(one_of(sorted(zone for zone in zones if zone)))}


_FIELDS: dict[str, Callable[[Store], Schema]] = {
    "format": lambda store: {"type": "integer", "enum": [1]},
    "id": lambda store: store.text(ID, "id"),
    "title": words,
    "organisation": words,
    "notice": _notice,
    "reviewed": day,
    "reviewed_by": lambda store: {"type": "string"},
    "todo": lambda store: {"type": "string"},
    "jurisdiction": _jurisdiction,
    "zone": _zone,
    "as_of": _as_of,
    "dates": dates,
    "choices": _choices,
    "lists": _lists,
    "tables": _tables,
    "conditions": _criteria,
    "criteria": lambda store: _criteria(store) | {"minItems": 1},
    "information": _information,
}
