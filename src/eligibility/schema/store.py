"""Definitions of a schema, each written once, and the words that explain its keys in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from eligibility.reference import Reference
from eligibility.wording import Words

Schema = dict[str, Any]


class Store:
    """The definitions of one schema, and what they are made from: reference data and words.

    Draft-07 drops whatever stands beside a `$ref`, and an editor shows the innermost description it finds. So descriptions stand
    on keys only, and a key is a definition that points to the definition of its value.
    """

    def __init__(self, reference: Reference, recursive: Mapping[str, Callable[[Store], Schema]]) -> None:
        self.reference = reference
        self.recursive = recursive
        self.definitions: dict[str, Schema] = {}
        self.words = (Words("en"), Words("fr"))

    def ref(self, name: str, build: Callable[[], Schema]) -> Schema:
        """A pointer to a definition, which is built when it is asked for first; it may point to itself."""
        if name not in self.definitions:
            self.definitions[name] = {}  # what it contains may point to it
            self.definitions[name] = build()
        return {"$ref": f"#/definitions/{name}"}

    def part(self, name: str) -> Schema:
        """A part of the language that holds other parts, which hold it: a `criterion`, a `question`, a `vacancy`."""
        return self.recursive[name](self)

    def key(self, name: str, value: Schema, *contexts: str, **more: Any) -> Schema:
        """A pointer to a key with its value and its description: that of a context (`language.level`), else that of the name."""
        schema = self.keyword(name, *contexts) | ({"allOf": [value]} if "$ref" in value else value) | more
        places = (name, *(f"{context}.{name}" for context in contexts), *(f"{name}.{number}" for number in range(2, 100)))
        title = next(f"key.{place}" for place in places if self.definitions.setdefault(f"key.{place}", schema) == schema)
        return {"$ref": f"#/definitions/{title}"}

    def changing(self, keys: Schema) -> Schema:
        """Keys whose values may be one for each option of a choice."""
        return {name: self._by_choice(value) if "$ref" in value else value for name, value in keys.items()}

    def _by_choice(self, value: Schema) -> Schema:
        """A value as it is, which is what an editor proposes, or one for each option of a choice."""
        key = value["$ref"].rpartition("/")[2]
        name = f"by.{key}"

        def build() -> Schema:
            says = {part: text for part, text in self.definitions[key].items() if part in ("description", "markdownDescription")}
            several = self.key("values", {"type": "object", "minProperties": 1})
            each = {"allOf": [several], "additionalProperties": {"$ref": f"#/definitions/{name}"}}
            keys = {"by": self.key("by", {"type": "string"}), "values": each}
            return says | suggested(value) | choose([({**is_a("object"), **has("by")}, mapping(keys, ["by", "values"]))], value)

        return self.ref(name, build)

    def keyword(self, name: str, *contexts: str) -> Schema:
        """The description of a key, without any value."""
        for place in (*(f"{context}.{name}" for context in contexts), name):
            if f"key.{place}" in self.words[0]:
                return self.described(f"key.{place}")
        return self.described(f"key.{name}")

    def described(self, key: str) -> Schema:
        """What an editor shows on hovering, English then French; as Markdown too, where it names keys: an editor makes of a plain text the
        same, but for its backquotes."""
        says = {"description": self.both(key, "\n")}
        return says | {"markdownDescription": self.both(key, "\n\n")} if "`" in says["description"] else says

    def both(self, key: str, between: str, **params: Any) -> str:
        """A sentence in English and in French. Raises MissingMessage."""
        return between.join(words.text(key, **params) for words in self.words)

    def labels(self, kind: str, names: Iterable[str]) -> list[str]:
        """The names of ids in both languages: `Morocco / Maroc`."""
        found = []
        for name in names:
            labels = dict.fromkeys(self.reference.label(kind, name, words.language) for words in self.words)
            found.append(" / ".join(labels))
        return found

    def text(self, pattern: str, says: str, *, types: Iterable[str] = ("string",), **params: Any) -> Schema:
        """A text of a form, and what an editor says where it has another."""
        kinds = list(types)
        sentence = self.both(f"schema.say.{says}", " / ", **params)
        return {"type": kinds[0] if len(kinds) == 1 else kinds, "pattern": pattern, "patternErrorMessage": sentence}


def suggested(words: Schema) -> Schema:
    """Words an editor proposes; others are allowed."""
    return {"anyOf": [words, {}]}


def one_of(names: Iterable[str], labels: Iterable[str] = ()) -> Schema:
    """One of these words; an editor shows what each means."""
    schema: Schema = {"enum": list(names)}
    if said := list(labels):
        schema["enumDescriptions"] = said
    return schema


def mapping(properties: Schema, required: Iterable[str] = (), **more: Any) -> Schema:
    """A mapping with these keys and no others."""
    schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False, **more}
    if needed := list(required):
        schema["required"] = needed
    return schema


def if_mapping(form: Schema) -> Schema:
    """A mapping of this form; something else is told once as not being a mapping, and not looked into."""
    return {"type": "object", "if": is_a("object"), "then": form}


def choose(cases: Iterable[tuple[Schema, Schema]], otherwise: Schema) -> Schema:
    """The schema of the first test that holds: messages are then about what the author meant, not about the first alternative."""
    found = otherwise
    for test, then in reversed(list(cases)):
        found = {"if": test, "then": then, "else": found}
    return found


def has(*keys: str) -> Schema:
    """The test that a mapping has one of these keys."""
    return {"required": [keys[0]]} if len(keys) == 1 else {"anyOf": [{"required": [key]} for key in keys]}


def is_a(kind: str) -> Schema:
    """The test that a value is a `string`, an `object`, an `array`."""
    return {"type": kind}


def one_or_list(entry: Schema, **more: Any) -> Schema:
    """A value, or a list of them; what an editor proposes for one it proposes for both."""
    return choose([(is_a("array"), {"items": entry, **more})], entry) | suggested(entry)
