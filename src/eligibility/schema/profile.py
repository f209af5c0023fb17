"""A profile: the Pydantic models of `profile.py`, and the short forms that people write.

Words are proposed and never refused: one that nothing knows stays in a profile, and what depends on it is unknown.
"""

from __future__ import annotations

from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from eligibility.profile import SOURCES, Citizenship, Person, Profile
from eligibility.profile_values import Amount, Day, End, Hours, Ids, LanguageLevel, Mark, Number, Percent
from eligibility.schema.store import Schema, Store, choose, is_a, mapping, one_of, one_or_list, suggested
from eligibility.schema.values import DATE, application_time, language, level_names, place, said, term, vague_date


def profile_file(store: Store) -> Schema:
    """A whole profile."""
    return profile(store)


def profile(store: Store) -> Schema:
    """A profile, or what differs in one: every field may be left empty, which is as if it were not there."""
    return _record(store, Profile, "")


def _record(store: Store, model: type[BaseModel], source: str) -> Schema:
    """A mapping of a model; `source` is the list of the profile that it stands in."""
    annotations = get_type_hints(model, include_extras=True)
    name = model.__name__.lower()
    keys = {}
    for attribute, field in model.model_fields.items():
        key = field.alias or attribute
        value = _value(store, annotations[attribute], field, source, key)
        keys[key] = store.key(key, _or_nothing(value), f"profile.{name}", "profile", name, f"{name}s")
    needed = [field.alias or attribute for attribute, field in model.model_fields.items() if field.is_required()]
    return mapping(keys, needed)


def _value(store: Store, annotation: Any, field: FieldInfo, source: str, key: str) -> Schema:
    """What may be written for a field. Raises KeyError for a type that has no schema yet."""
    annotation = _without_none(annotation)
    if annotation == Ids or annotation is str:
        return _words(store, source, key, several=annotation == Ids)
    if annotation == LanguageLevel:
        return _level(store)
    if annotation == Mark:
        return {"type": ["number", "string"]}
    for known, value in ((Day, _date), (End, _end), (Percent, _percent), (Hours, _hours), (Amount, _money)):
        if annotation == known:
            return value(store)
    if get_origin(annotation) is Annotated and get_origin(get_args(annotation)[0]) is tuple:
        annotation = get_args(annotation)[0]
    if annotation is bool:
        return {"type": "boolean"}
    if annotation is int or annotation == Number:
        return {"type": "integer" if annotation is int else "number", **_limits(field)}
    if get_origin(annotation) is dict:
        return _dictionary(store, get_args(annotation)[1], field, key)
    if get_origin(annotation) is tuple:
        entry = get_args(annotation)[0]
        return {"type": "array", "items": _entry(store, entry, key)}
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _named(store, annotation, key)
    return _SPECIAL[key](store)


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) in (Union, UnionType) and NoneType in get_args(annotation):
        left = [one for one in get_args(annotation) if one is not NoneType]
        return left[0] if len(left) == 1 else Number
    return annotation


def _limits(field: FieldInfo) -> Schema:
    """`ge` and `le` of a field."""
    found: Schema = {}
    for one in field.metadata:
        for name, keyword in (("ge", "minimum"), ("le", "maximum")):
            if (limit := getattr(one, name, None)) is not None:
                found[keyword] = limit
    return found


def _entry(store: Store, annotation: Any, source: str) -> Schema:
    """An entry of a list; a citizenship may be no more than its country."""
    model = get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation
    entry = _named(store, model, source)
    if model is not Citizenship:
        return entry
    country = place(store, known_only=False)
    return {"type": ["string", "object"], **choose([(is_a("object"), entry)], country), **suggested(country)}


def _named(store: Store, model: type[BaseModel], source: str) -> Schema:
    return store.ref(f"profile_{model.__name__.lower()}", lambda: _record(store, model, source))


def _or_nothing(value: Schema) -> Schema:
    """Also nothing at all: a key whose value was left empty."""
    if "$ref" in value:
        return choose([(is_a("null"), {})], value) | suggested(value)
    kinds = value.get("type", [])
    return value | {"type": [*([kinds] if isinstance(kinds, str) else kinds), "null"]} if kinds else value


def _words(store: Store, source: str, key: str, several: bool) -> Schema:
    vocabulary = SOURCES[source].words.get(key) if source in SOURCES else "place" if key == "domicile" else None
    if vocabulary == "place":
        word = place(store, known_only=False)
    elif vocabulary == "language":
        word = language(store, known_only=False)
    elif vocabulary is not None:
        word = term(store, vocabulary)
    elif key == "relation":
        word = term(store, "relations")
    elif key == "test":
        word = term(store, "tests")
    elif key == "incomplete":
        lists = [name for name, field in Person.model_fields.items() if "tuple" in str(field.annotation)]
        word = store.ref("profile_list", lambda: {"type": "string", **suggested(one_of(lists))})
    else:
        word = {"type": "string"}
    return {"type": ["string", "array"], **one_or_list(word)} if several else word


def _date(store: Store) -> Schema:
    return vague_date(store)


def _end(store: Store) -> Schema:
    text = store.text(f"^({DATE}|ongoing)$", "date", types=("string", "integer"))
    return text | {"minimum": 1000, "maximum": 9999, **suggested(one_of(["ongoing"]))}


def _percent(store: Store) -> Schema:
    text = store.text(r"^\d{1,3}([.,]\d{1,9})?\s*%$", "percent", types=("string", "number"))
    return text | {"minimum": 0, "maximum": 100, "not": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 2}}


def _hours(store: Store) -> Schema:
    return store.text(r"^\d{1,5}([.,]\d{1,2})? in all$", "hours", types=("string", "number")) | {"minimum": 0}


def _money(store: Store) -> Schema:
    return store.text(r"^\d+(\.\d+)?\s*[A-Z]{3}$", "money")


def _level(store: Store) -> Schema:
    """A level, `{said: fluent}`, or `said:fluent`."""
    text = store.text(r"^(said:\w+|[ABC][12]\+?)$", "level", types=("string", "object"))
    about = mapping({"said": store.key("said", {"type": "string", **suggested(said(store))}, "profile")}, ["said"])
    return text | choose([(is_a("object"), about)], {}) | suggested(one_of(level_names(store)))


def _dictionary(store: Store, value: Any, field: FieldInfo, key: str) -> Schema:
    inner = {"dates": vague_date(store), "facts": {"type": ["boolean", "number"], "minimum": 0}}.get(key, {"type": "string"})
    schema: Schema = {"type": "object", "additionalProperties": inner}
    if key == "facts":
        names = store.reference.vocabulary("facts")
        labels = store.labels("facts", names)
        schema["properties"] = {name: {"type": "boolean", "description": label} for name, label in zip(names, labels, strict=True)}
    if key == "derogations":
        schema["additionalProperties"] = {"type": "string", **suggested(one_of(["granted", "refused"]))}
    return schema


_SPECIAL = {"submitted": application_time}
