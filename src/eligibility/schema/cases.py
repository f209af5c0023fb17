"""A case file: a vacancy, a day, a profile, and what each report should say."""

from __future__ import annotations

from eligibility.schema.criteria import criterion
from eligibility.schema.named_days import dates
from eligibility.schema.profile import profile
from eligibility.schema.store import Schema, Store, choose, is_a, mapping, one_of, one_or_list, suggested
from eligibility.schema.values import application_time, day, words
from eligibility.verdict import Cause, Closing, Outcome, Verdict

SHORT = {"P": Verdict.PASS, "F": Verdict.FAIL, "U": Verdict.UNKNOWN, "N": Verdict.NOT_APPLICABLE}
"""The letters that stand for verdicts in cases."""


def case_file(store: Store) -> Schema:
    """A whole case file."""
    vacancy = {"type": ["string", "object"], **choose([(is_a("object"), store.part("vacancy"))], {})}
    about = {"vacancy": store.key("vacancy", vacancy, "cases"), **_case_keys(store)}
    return mapping(about, ["cases"])


def _case_keys(store: Store) -> Schema:
    return {
        "day": store.key("day", application_time(store), "cases"),
        "profile": store.key("profile", _profile(store), "cases"),
        "cases": store.key("cases", {"type": "array", "items": _case(store)}, "case"),
        "accepted": store.key("accepted", {"type": "array", "items": _accepted(store)}),
    }


def cases_of(store: Store) -> Schema:
    """The cases inside a rule file: a list, or a mapping with their common day and profile."""

    def build() -> Schema:
        several = mapping(_case_keys(store), ["cases"])
        return {"type": ["array", "object"], **choose([(is_a("object"), several)], {"items": _case(store)})}

    return store.ref("cases", build)


def _accepted(store: Store) -> Schema:
    """What was looked at and is right as it is: a change that no case can notice, or an answer that no case can show."""
    names = one_or_list({"type": "string"})
    keys = {name: store.key(name, names) for name in ("mutant", "unseen")} | {"why": store.key("why", words(store))}
    one = {"oneOf": [{"required": ["mutant"]}, {"required": ["unseen"]}]}
    return store.ref("accepted", lambda: mapping(keys, ["why"], **one))


def _profile(store: Store) -> Schema:
    return store.ref("profile", lambda: profile(store))


def _case(store: Store) -> Schema:
    def build() -> Schema:
        return mapping(
            {
                "name": store.key("name", {"type": "string"}, "case"),
                "profile": store.key("profile", _profile(store), "case"),
                "day": store.key("day", application_time(store), "case"),
                "dates": store.key("dates", dates(store) | {"minProperties": 1}, "case"),
                "vacancy": store.key("vacancy", store.part("vacancy"), "case"),
                "criterion": store.key("criterion", criterion(store)),
                "expect": store.key("expect", _expect(store)),
            },
            ["name", "expect"],
        )

    return store.ref("case", build)


def _verdict() -> Schema:
    meaning = [*SHORT.values(), *Verdict]
    return one_of([*SHORT, *map(str, Verdict)], [str(one) for one in meaning])


def _expect(store: Store) -> Schema:
    """A verdict, what is said of one criterion, or what is said of each by its id."""
    outcome = one_of(map(str, Outcome))

    def build() -> Schema:
        whole = {
            "outcome": store.key("outcome", outcome),
            "closing": store.key("closing", one_of(map(str, Closing))),
            "tracks": store.key("tracks", {"type": "object", "additionalProperties": outcome}),
        }
        each = {"minProperties": 1, "properties": whole, "additionalProperties": _said_of_one(store)}
        about = choose([({"required": ["verdict"]}, _finding(store))], each)
        return {"type": ["string", "object"], **choose([(is_a("object"), about)], _verdict()), **suggested(_verdict())}

    return store.ref("expect", build)


def _said_of_one(store: Store) -> Schema:
    return store.ref(
        "said_of_one",
        lambda: {"type": ["string", "object"], **choose([(is_a("object"), _finding(store))], _verdict()), **suggested(_verdict())},
    )


def _finding(store: Store) -> Schema:
    """What a report says of one criterion."""
    texts = one_or_list({"type": "string"})
    causes = one_or_list(one_of(map(str, Cause)))
    return store.ref(
        "finding",
        lambda: mapping(
            {
                "verdict": store.key("verdict", _verdict()),
                "code": store.key("code", {"type": "string"}),
                "missing": store.key("missing", texts),
                "causes": store.key("causes", causes),
                "preferred": store.key("preferred", _verdict(), "expect"),
                "gap": store.key("gap", {"type": "integer"}),
                "future": store.key("future", day(store)),
                "readings": store.key("readings", {"type": "object", "minProperties": 1, "additionalProperties": _verdict()}, "expect"),
            },
            ["verdict"],
        ),
    )
