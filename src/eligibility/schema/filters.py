"""The filters of a kind: each form of the tables in `language/kinds/` as a schema."""

from __future__ import annotations

from eligibility.language.kind import Kind
from eligibility.language.skills import SKILL_GROUPS, SKILLS
from eligibility.question.quantity import OPERATORS
from eligibility.schema.days import bounds, or_by_choice, window
from eligibility.schema.store import Schema, Store, choose, is_a, mapping, one_of, one_or_list
from eligibility.schema.values import MEASURES, language, level_names, place, said, selection, term


def filters_of(store: Store, kind: Kind) -> Schema:
    """The filters of a kind by their keys."""
    return store.changing({key: store.key(key, value_of(store, form), kind.name, kind.source) for key, form in kind.filters.items()})


def value_of(store: Store, form: str) -> Schema:
    """What may be written for a filter of this form. Raises KeyError for a form that has no schema yet."""
    form, _, detail = form.partition(":")
    if form in ("terms", "tree", "names"):
        return _ids(store, form, detail)
    return _FORMS[form](store)


def _ids(store: Store, form: str, vocabulary: str) -> Schema:
    if not vocabulary:
        return selection(store, "name", store.ref("name", lambda: {"type": "string"}))
    return selection(store, vocabulary, term(store, vocabulary, known_only=form == "tree"))


def _flag(store: Store) -> Schema:
    return {"type": "boolean"}


def _places(store: Store) -> Schema:
    return selection(store, "places", place(store), related=False)


def _languages(store: Store) -> Schema:
    return selection(store, "languages", language(store), related=False)


def _numbers(store: Store) -> Schema:
    within = mapping(bounds(store, ("number",)), minProperties=1)
    several = {"items": {"type": "number"}, "minItems": 1}
    form = choose([(is_a("object"), within), (is_a("array"), several)], {})
    return store.ref("numbers", lambda: {"type": ["number", "array", "object"], **form})


def _amount(store: Store) -> Schema:
    return store.ref("amount", lambda: mapping(bounds(store, MEASURES)))


def _grade(store: Store) -> Schema:
    mark = store.ref("mark_of_scale", lambda: or_by_choice(store, {"type": ["number", "string"], "minimum": 0}))
    marks = {"type": "object", "minProperties": 1, "additionalProperties": mark, "examples": [{"percent": 75}, {"mention": "bien"}]}
    share = store.text(r"^\d{1,3}(\.\d+)?\s*%$", "percent", types=("string", "object"))
    bound = share | choose([(is_a("object"), marks)], {})
    return store.ref("mark", lambda: mapping({operator: store.key(operator, bound, "mark") for operator in OPERATORS}))


def _tags(store: Store) -> Schema:
    return selection(store, "tags", store.ref("tag", lambda: {"type": ["string", "number", "boolean"]}), related=False)


def _cefr(store: Store) -> Schema:
    names = level_names(store)
    return store.ref(
        "language_level",
        lambda: mapping(
            {
                "at_least": store.key("at_least", or_by_choice(store, {"type": "string", **one_of(names)}), "level"),
                "said": store.key("said", said(store)),
            },
            minProperties=1,
            maxProperties=1,
        ),
    )


def _skills(store: Store) -> Schema:
    return store.ref("skills", lambda: one_or_list(one_of(sorted({*SKILLS, *SKILL_GROUPS}))))


def _scores(store: Store) -> Schema:
    names = store.reference.vocabulary("tests")
    labels = store.labels("tests", names)
    result = store.ref("test_result", lambda: or_by_choice(store, {"type": ["number", "string"], "minimum": 0}))
    own = store.ref("own_result", lambda: or_by_choice(store, {"type": "string"}))  # a scale of the notice's lists has no figures
    scores = {name: {"allOf": [result], "description": label} for name, label in zip(names, labels, strict=True)}
    return store.ref("scores", lambda: {"type": "object", "minProperties": 1, "properties": scores, "additionalProperties": own})


def _valid(store: Store) -> Schema:
    return {"type": "boolean", "const": True}


_FORMS = {
    "flag": _flag,
    "full_time": _flag,
    "place": _places,
    "recognised": _places,
    "number": _numbers,
    "level": _numbers,
    "date": window,
    "held": window,
    "money": _amount,
    "grade": _grade,
    "tags": _tags,
    "language": _languages,
    "language_of": _languages,
    "cefr": _cefr,
    "skills": _skills,
    "test": _scores,
    "valid": _valid,
}
