"""The schemas and our own reader say the same, as far as a schema can see.

What the reader accepts, the schema accepts. What the schema accepts and the reader refuses is refused for a reason outside
the schema's sight: a name that this vacancy does not have, a day the calendar does not have, two keys that belong together.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.language.every_kind import EVERY_KIND
from eligibility.language.groups import GROUPS, SHORT_FORMS
from eligibility.language.kinds import RECORD_KINDS
from eligibility.reading.criteria import RuleContext, parse_criterion
from eligibility.reading.reader import Problem
from eligibility.reference import load_reference

from .schemas import errors, schema

REFERENCE = load_reference()
OUT_OF_SIGHT = {
    "E105": "a day the calendar does not have",
    "E201": "a way of counting without a length to count towards",
    "E206": "a day the vacancy does not name",
    "E207": "a number or a length that something else does not fit",
    "E210": "none, or several, of the readings preferred",
    "E212": "a criterion the vacancy does not have",
    "E214": "a choice or an option the vacancy does not have",
    "E215": "a list the vacancy does not have",
    "E205": "an id that neither a vocabulary nor a list of the vacancy has",
    "E217": "bounds of several measures",
    "E220": "more members asked for than there are",
    "E238": "a key that another one, or the place, leaves without an effect",
    "E239": "records that do not last, where days are wanted",
    "E240": "a number without a unit, where time is meant",
    "E241": "one value for records that do not have it",
    "E242": "a choice of another sort",
}


def problems(criterion: Any) -> list[Problem]:
    context = RuleContext(
        REFERENCE,
        dates=("deadline", "start", "end"),
        choices={"track": ("external", "internal"), "host": None},
        lists={"partners": ["CA"], "partner-schools": ["udem"]},
    )
    parse_criterion(criterion, (), context)
    return context.problems


def agree(criterion: Any) -> None:
    """The law."""
    refused, found = problems(criterion), errors("criterion", criterion)
    if not refused:
        assert found == []
    elif not found:
        codes = {one.code for one in refused}
        without_ids = {"E204"} if codes & {"E214", "E215"} else set()  # a list that is not there leaves a filter without ids
        assert codes - without_ids <= set(OUT_OF_SIGHT), refused


@pytest.mark.parametrize("kind", [*EVERY_KIND, *SHORT_FORMS])
def test_keys_of_every_kind_are_those_the_reader_asks_for(kind: str) -> None:
    """The keys of a kind in the schema are the keys that the reader knows."""
    needed = {"choice": {"choice": "track"}, "declared": {"fact": "f"}, "day": {"day": "start", "from": "end"}, "duration": {"from": "start", "to": "end", "at_least": "6 weeks"}}.get(kind, {})
    [asked] = [set(one.params["allowed"]) for one in problems({"kind": kind, **needed, "nonsense": 1}) if one.code == "E203"]
    offered = set(schema("vacancy")["definitions"][f"kind_{kind}"]["properties"]) - {"name", "preferred", "without"}
    if kind == "day":
        asked |= {"from", "to", "after", "before"}
    assert offered - asked <= {"readings", "throughout"}
    assert asked - offered <= {"throughout", *GROUPS}


@pytest.mark.parametrize("group", GROUPS)
def test_keys_of_every_group_are_those_the_reader_asks_for(group: str) -> None:
    """The keys of a group in the schema are the keys that the reader knows."""
    member = {"kind": "experience", "whole": "1 year"} if group == "together" else {"kind": "child"}
    value: Any = "other" if group == "met" else [member]
    [asked] = [set(one.params["allowed"]) for one in problems({group: value, "nonsense": 1}) if one.code == "E203"]
    offered = set(schema("vacancy")["definitions"][f"group_{group}"]["properties"]) - {"name", "preferred", "without"}
    assert offered - asked <= {"readings", "throughout"}
    assert asked - offered <= {"throughout", "kind", *GROUPS}


# --------------------------------------------------------------------------------------- criteria at random

DAYS = st.sampled_from(["deadline", "start", "application", "tomorrow", "2024-05-01", "2024-05", "2024", "2024-1-1", "2024-13-01", 2024])
LENGTHS = st.sampled_from(["2 years", "18 months", "1 year 6 months", "30 days", "2 yeers", "2 times", 3, "1.5 years"])
AMOUNTS = st.sampled_from([18, 3, "2 times", "900 hours", "60 credits", "3000 EUR", "80%", "3 years", "2 years and 3 months", "three", "1 record"])
BOUND = AMOUNTS | st.just({"by": "track", "values": {"external": "3 years"}}) | st.just({"by": "track"})
OPERATORS = ("at_least", "at_most", "more_than", "less_than")
WINDOWS = st.one_of(
    st.fixed_dictionaries({"within": LENGTHS}, optional={"before": DAYS, "after": DAYS, "from": DAYS}),
    st.dictionaries(st.sampled_from(["from", "to", "after", "before", "at_least", "bound", "til"]), DAYS | LENGTHS, max_size=3),
    st.just({"kind": "degree", "level": 7}),
    st.just({"kind": "degre"}),
    st.just("2 years"),
)
WORDS = st.sampled_from(["FR", "EU", "CA-QC", "UE", "fr", "en", "law", "udem", "university", "permanent", "work", "nothing-known", 7, True])
CHOSEN = st.sampled_from(
    [{"except": ["US"]}, {"any": ["law"], "or_related": True}, {"list": "partners"}, {"list": "others"}, {"chosen": "host"}, {"or_related": True}, {}]
)
SELECTIONS = WORDS | st.lists(WORDS, max_size=2) | CHOSEN
NUMBERS = st.sampled_from([7, [6, 7], {"at_least": 7}, {"at_least": "7 years"}, {}, "7", [], 7.5])
LEVELS = st.sampled_from([{"at_least": "B2"}, {"at_least": "B3"}, {"said": "fluent"}, {"said": "well"}, "C1", {}])
RECORDS = st.sampled_from(
    [{"kind": "child"}, {"kind": "study", "level": 8, "at_most": "2 years"}, {"kind": "degree", "at_most": "1 year"}, {"kind": "x"}, {"level": 8}, {"kind": "age"}]
)
EXTENSIONS = st.lists(
    st.sampled_from(
        [{"add": "1 year", "per": {"kind": "child"}}, {"add": "length", "of": {"kind": "service"}, "up_to": "2 years"}, {"add": "length", "per": {"kind": "child"}},
         {"to": 36, "when": {"kind": "child"}}, {"to": 36}, {"add": "1 year"}, "1 year",
         {"largest": [{"add": "1 year", "per": {"kind": "child"}}, {"add": "length", "of": {"kind": "service"}}], "up_to": "2 years"},
         {"largest": [{"add": "1 year", "per": {"kind": "child"}}]}, {"largest": [{"to": 36, "when": {"kind": "child"}}, {"add": "1 year"}]}]
    ),
    min_size=1, max_size=2,
)  # fmt: skip
COMMON = {
    "as_of": DAYS | st.just({"day": "start", "included": True}) | st.just({"day": "start", "end_of": "month"}) | st.just({"kind": "degree", "take": "first"}),
    "throughout": st.just({"from": "start", "to": "end"}) | st.just({"from": "start"}),
    "importance": st.sampled_from(["required", "desirable", "nice"]),
    "label": st.sampled_from(["A", {"en": "A", "fr": "B"}, {}, 3]),
    "when": st.sampled_from([{"kind": "child"}, {"chosen": "internal"}, {"chosen": "x"}, {"kind": "none"}, {"met": "other"}]),
    "source": st.sampled_from(["A law", {"name": "A law", "status": "reported"}, {"status": "heard"}]),
    "readings": st.sampled_from(
        [[{"name": "a", "preferred": True}, {"name": "b", "as_of": "start"}], [{"name": "a"}], [{"name": "a"}, {"name": "b"}],
         [{"name": "a", "preferred": True}, {"name": "b", "kind": "child"}], [{"name": "a", "preferred": True}, {"kind": "child"}]]
    ),
}  # fmt: skip
COUNTING = {
    "during": WINDOWS,
    "other_than": st.sampled_from([[{"type": "internship"}], [{}], {"in": "FR"}, ["x"]]),
    "each": st.sampled_from([{"at_least": "6 months"}, {"at_least": 6}, {}, "6 months", {"at_most": "2 times"}]),
    "part_time": st.sampled_from(["pro_rata", "half"]),
    "full_week": st.sampled_from(["35 hours", "35", 35]),
    "take": st.sampled_from(["first", "last"]),
    "whose": st.sampled_from(["parent", ["parent", "child"], "boss"]),
    "unbroken": st.sampled_from([True, False, {"each_gap": {"less_than": "4 months"}}, {"each_gap": 3}, {"gap": 3}]),
    "also": st.lists(RECORDS, min_size=1, max_size=2),
    "limits": st.sampled_from([[{"at_most": "6 months"}], [{"at_most": 6}], {"paid": True, "at_most": "6 months"}, [{"kind": "child"}]]),
    "extended": EXTENSIONS,
    "never_beyond": AMOUNTS,
}
FORMS = {
    "flag": st.sampled_from([True, False, "true", 1]), "full_time": st.sampled_from([True, "yes"]), "number": NUMBERS, "level": NUMBERS,
    "date": WINDOWS, "cefr": LEVELS, "money": st.sampled_from([{"at_least": "3000 EUR"}, {"at_least": 3}, "3000 EUR", {"at_lest": 3}]),
    "grade": st.sampled_from([{"at_least": {"percent": 75}}, {"at_least": 75}, {"best": {"percent": 1}}]),
    "tags": st.sampled_from(["skilled", ["skilled", 7]]),
    "valid": st.sampled_from([True, False, "yes"]), "skills": st.sampled_from(["writing", ["reading", "oral"], ["typing"]]), "test": st.sampled_from([{"ielts": 7}, {"ielts": "7"}, {"tofl": 7}]),
}  # fmt: skip
OPTIONS = {
    "expected": st.sampled_from(["accepted", "yes"]), "any_date_of": st.sampled_from([["awarded"], ["begun"]]),
    "different": st.sampled_from([[{"of": "EU"}], [{}]]), "absence_rule": st.sampled_from(["quebec_health_insurance", "other"]),
    "among_them": st.sampled_from([[{"subject": "english"}], [{}], {"subject": "mathematics"}]), "sittings": st.sampled_from([{"at_most": 2}, {"at_most": 0}, 2]),
    "including": st.sampled_from([["work"], "study", ["play"]]), "periods": st.sampled_from([{"at_most": 12}, {"at_most": "12"}, 12]), "from": DAYS,
}  # fmt: skip
OTHERS = {
    "age": {"counted": st.sampled_from(["accomplished", "roughly"]), "born": WINDOWS, "extended": EXTENSIONS, "never_beyond": AMOUNTS},
    "declared": {"fact": st.sampled_from(["f", 3]), "equals": st.sampled_from([True, "yes"])},
    "judged": {"label": st.just("A")},
    "choice": {"choice": st.sampled_from(["track", "other"]), "equals": st.sampled_from(["internal", ["internal"], "none"])},
    "day": {"day": DAYS, "from": DAYS, "before": DAYS},
    "permanent_residence": {"of": SELECTIONS},
}


def keys_of(kind: str) -> dict[str, st.SearchStrategy[Any]]:
    """What may stand in a criterion of a kind, right and wrong."""
    keys: dict[str, st.SearchStrategy[Any]] = {**COMMON, "nonsense": st.just(1), **dict.fromkeys(OPERATORS, BOUND)}
    if kind not in RECORD_KINDS:
        return keys | OTHERS[kind]
    for key, form in RECORD_KINDS[kind].filters.items():
        keys[key] = FORMS.get(form.partition(":")[0], SELECTIONS)
    return {**keys, **COUNTING, **{option: OPTIONS[option] for option in RECORD_KINDS[kind].options}}


@st.composite
def criteria(draw: st.DrawFn) -> dict[str, Any]:
    """A criterion of a kind, with up to four of its keys, mostly plausible and often wrong."""
    kind = draw(st.sampled_from([*RECORD_KINDS, *OTHERS]))
    keys = keys_of(kind)
    needed = {"choice": ["choice"], "declared": ["fact"], "day": ["day", "from"], "age": ["at_least"], "permanent_residence": ["of"]}.get(kind, [])
    chosen = {*needed, *draw(st.lists(st.sampled_from(sorted(keys)), max_size=4, unique=True))}
    return {"kind": kind, **{key: draw(keys[key]) for key in sorted(chosen)}}


@settings(max_examples=600, deadline=None, derandomize=True)
@given(criteria())
def test_schema_and_reader_agree(criterion: dict[str, Any]) -> None:
    """Criteria at random: accepted by both, refused by both, or refused by the reader for what a schema cannot see."""
    agree(criterion)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.sampled_from(["all_of", "any_of", "none_of", "together"]), st.lists(criteria(), max_size=2), st.sampled_from([None, 1, 2, 5, "x"]), st.sampled_from([None, "country", "town"]))
def test_schema_and_reader_agree_on_groups(group: str, members: list[Any], how_many: Any, same: Any) -> None:
    """Groups of criteria at random."""
    keys = {"how_many": how_many, "same": same}
    agree({group: members, **{key: value for key, value in keys.items() if value is not None}})
