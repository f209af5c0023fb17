"""Questions about records: the keys of each kind, whether it stands as a criterion or inside another construct."""

from __future__ import annotations

from eligibility.counting import COUNTED
from eligibility.language.groups import BOTH_PARENTS
from eligibility.language.kind import Kind
from eligibility.language.kinds import RECORD_KINDS
from eligibility.reading.records import measures_of
from eligibility.schema.days import bounds, moment, window
from eligibility.schema.filters import filters_of
from eligibility.schema.store import Schema, Store, choose, has, if_mapping, mapping, one_of, one_or_list, suggested
from eligibility.schema.values import length, quantity, term

HIDDEN = {"doNotSuggest": True}
"""A key that belongs to some places only; those propose it themselves, and the others forbid it."""


def kind_names(store: Store, names: list[str]) -> Schema:
    """The value of `kind`, each name explained."""
    return {"type": "string", **one_of(names, [store.both(f"schema.{name}", " / ") for name in names])}


def of_kind(name: str) -> Schema:
    """The test that a mapping is of a kind."""
    return {"properties": {"kind": {"const": name}}, "required": ["kind"]}


def question(store: Store) -> Schema:
    """A question about records inside another construct: a window, a day, an extension."""
    without = {"properties": {"whole": False, "beyond": False}}
    return store.ref("records", lambda: {"allOf": [_any_question(store), without]})


def part(store: Store) -> Schema:
    """One part of `together`: a question about records with the whole it is a share of."""
    whole = quantity(store, ("time", "count", "number", "hours", "credits"))
    keys = store.changing({name: store.key(name, whole) for name in ("whole", "beyond")})
    return store.ref("part", lambda: {"allOf": [_any_question(store), {"properties": keys, "required": ["whole"]}]})


def _any_question(store: Store) -> Schema:
    def build() -> Schema:
        asked = {
            "required": ["kind"],
            "properties": {"kind": store.key("kind", kind_names(store, list(RECORD_KINDS)), "records")},
        }
        return asked | if_mapping(choose([(of_kind(name), inner(store, kind)) for name, kind in RECORD_KINDS.items()], {}))

    return store.ref("any_records", build)


def inner(store: Store, kind: Kind) -> Schema:
    """The keys of a kind where it stands inside another construct."""
    extra = {**store.changing({"as_of": store.key("as_of", moment(store))}), "whole": HIDDEN, "beyond": HIDDEN}
    return store.ref(f"records_{kind.name}", lambda: mapping({"kind": HIDDEN, **question_keys(store, kind, True), **extra}))


def _whose(store: Store) -> Schema:
    """Relatives by what they are, or both parents."""
    relations = one_or_list(term(store, "relations", known_only=True))
    return choose([({"const": BOTH_PARENTS}, {})], relations) | suggested(relations)


def question_keys(store: Store, kind: Kind, inside: bool = False) -> Schema:
    """What a question about records of a kind may say; `inside` others, `at_most` may also be the cap of a credit."""
    own = {
        "during": store.key("during", window(store)),
        "other_than": store.key("other_than", _some_records(store, kind)),
        "each": store.key("each", store.ref("each", lambda: mapping(bounds(store, ("time",)), minProperties=1))),
        "part_time": store.key("part_time", one_of(["pro_rata", "counts_in_full", "excluded"])),
        "full_week": store.key("full_week", quantity(store, ("hours",))),
        "counted": store.key("counted", one_of(list(COUNTED))),
        "take": store.key("take", one_of(["first", "latest", "highest"])),
        "whose": store.key("whose", _whose(store)),
        "unbroken": store.key("unbroken", _gaps(store)),
        "of_which": store.key("of_which", _parts_of_runs(store, kind)),
        "also": store.key("also", one_or_list(_credit(store))),
        "limits": store.key("limits", one_or_list(_limit(store, kind)), kind.name),
    }
    for option in kind.options:
        for name, value in _OPTIONS[option](store, kind).items():
            own[name] = store.key(name, value, kind.name)
    keys = {**filters_of(store, kind), **bounds(store, (*measures_of(kind), "relatives")), **store.changing(own)}
    if inside:
        caps = bounds(store, {*measures_of(kind), "time"})
        keys["at_most"] = caps["at_most"]
    return keys


def _some_records(store: Store, kind: Kind) -> Schema:
    """Some of the records of a kind, told by their filters."""
    return one_or_list(store.ref(f"some_of_{kind.name}", lambda: mapping(filters_of(store, kind), minProperties=1)))


def _credit(store: Store) -> Schema:
    capped = {"properties": store.changing({"at_most": store.key("at_most", length(store), "cap")})}
    return store.ref("credit", lambda: {"allOf": [question(store), capped]})


def _limit(store: Store, kind: Kind) -> Schema:
    capped = {"properties": {**store.changing({"at_most": store.key("at_most", length(store), "cap")}), "whole": False, "beyond": False}}
    own = choose([(has("kind"), _any_question(store))], inner(store, kind))
    return store.ref(f"limit_{kind.name}", lambda: {"type": "object", "allOf": [own, capped]})


def _gaps(store: Store) -> Schema:
    gap = mapping(bounds(store, ("time",)))
    gaps = store.changing({name: store.key(name, gap) for name in ("each_gap", "all_gaps")})
    form = {"type": ["boolean", "object"], **choose([({"type": "boolean"}, {"const": True})], mapping(gaps))}
    return store.ref("unbroken", lambda: form)


def _parts_of_runs(store: Store, kind: Kind) -> Schema:
    least = {name: value for name, value in bounds(store, ("time",)).items() if name in ("at_least", "more_than")}
    told = {key: value for key, value in filters_of(store, kind).items() if kind.filters.get(key) not in ("date", "held")}
    enough = [{"required": [name]} for name in least]
    return one_or_list(store.ref(f"part_of_{kind.name}", lambda: mapping({**told, **least}, minProperties=2, anyOf=enough)))


def _expected(store: Store, kind: Kind) -> Schema:
    return {"expected": one_of(["accepted", "not_accepted"])}


def _any_date_of(store: Store, kind: Kind) -> Schema:
    return {"any_date_of": one_or_list(one_of(["awarded", "defended"]))}


def _different(store: Store, kind: Kind) -> Schema:
    return {"different": _some_records(store, kind)}


def _among_them(store: Store, kind: Kind) -> Schema:
    return {"among_them": _some_records(store, kind)}


def _sittings(store: Store, kind: Kind) -> Schema:
    return {"sittings": mapping({"at_most": {"type": "integer", "minimum": 1}}, ["at_most"])}


def _absence_rule(store: Store, kind: Kind) -> Schema:
    return {"absence_rule": one_of(["quebec_health_insurance"])}


def _including(store: Store, kind: Kind) -> Schema:
    return {"including": one_or_list(one_of(["work", "study"]))}


def _periods(store: Store, kind: Kind) -> Schema:
    return {"periods": mapping({"at_most": {"type": "integer", "minimum": 0}}, ["at_most"])}


def _from(store: Store, kind: Kind) -> Schema:
    return {"from": moment(store)}


_OPTIONS = {
    "expected": _expected,
    "any_date_of": _any_date_of,
    "different": _different,
    "among_them": _among_them,
    "sittings": _sittings,
    "absence_rule": _absence_rule,
    "including": _including,
    "periods": _periods,
    "from": _from,
}
