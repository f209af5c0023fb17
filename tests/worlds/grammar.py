"""What a rule can say and a profile can say, as tables: kinds, their keys, and the forms in which each key is written.

The tables are written by hand from the pages of the language, not taken from the engine; `test_the_grammar_is_whole` compares
them with what the engine accepts. An *atom* is one way of writing one key of one kind: `("experience", "employer", "except")`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Any, NamedTuple

from . import language
from .record import REFERENCE

Make = Callable[[Random], Any]
Forms = Mapping[str, Make]


def one(*values: Any) -> Make:
    return lambda rnd: rnd.choice(values)


# ------------------------------------------------------------------------------------------------ the vacancy

HEADER: dict[str, Any] = {
    "format": 1,
    "id": "world",
    "title": "A post",
    "jurisdiction": "FR",
    "as_of": "deadline",
    "dates": {"deadline": "2025-03-31", "start": "2025-09-01", "end": "2026-02-28"},
    "choices": {
        "track": {"options": {"external": "External", "internal": "Internal"}, "asked": "Which track?"},
        "grade": {"options": {"junior": "Junior", "senior": "Senior"}, "asked": "Which grade?"},
        "host": {"country": True, "asked": "Where?"},
        "home": {"country": True, "asked": "Where from?"},
        "second": {"options": {"internal": "Internal", "third": "Third"}, "asked": "Which track else?"},
    },
    "lists": {
        "partners": ["CA", {"country": "GB", "from": "2023-01-01"}, {"country": "MA", "to": "2024-06-30"}],
        "own-fields": ["law", {"id": "heritage-law", "label": {"fr": "Droit du patrimoine", "en": "Heritage law"}}, {"id": "space-law", "narrower_than": "law"}],
        "own-schools": ["udem", {"id": "institute", "label": {"fr": "Institut", "en": "Institute"}}],
        "own-programmes": [{"id": "summer-school", "label": {"fr": "École d’été", "en": "Summer school"}}, "exchange"],
        "own-classes": ["bronze", {"id": "silver", "label": {"fr": "Argent", "en": "Silver"}}, "gold"],
        "own-employers": [{"id": "acme", "label": {"fr": "Acme", "en": "Acme"}, "also": []}, {"id": "who", "label": {"fr": "OMS", "en": "WHO"}, "also": ["WHO", "OMS"]}],
    },
    "tables": {
        "by-age": [{"age": {"less_than": 30}, "is": 160}, {"age": {"at_least": 30, "at_most": 34}, "is": 162.5}, {"age": {"more_than": 35}, "is": 170}],
        "by-post": [{"grade": "junior", "full_rights": True, "is": 160}, {"grade": "junior", "full_rights": False, "is": 170}, {"grade": "senior", "is": 162.5}],
        "by-weight": [{"weight_kg": {"less_than": 60}, "age": {"less_than": 30}, "is": 160}, {"weight_kg": {"at_least": 60}, "is": 170},
                      {"weight_kg": {"less_than": 60}, "age": {"at_least": 30}, "is": 161}],
    },
}  # fmt: skip
"""The vacancy that every generated rule stands in."""

# ------------------------------------------------------------------------------------------- lengths and days

LENGTHS = one("6 months", "12 months", "1 year", "18 months", "2 years", "1 year 6 months", "30 days", "365 days", "26 weeks", "3 months", "1 month")
MONTHS = one("6 months", "12 months", "1 year", "18 months", "2 years", "3 months")
LITERAL_DAYS = one("2024-01-01", "2023-06-30", "2024-02-29", "2022-12-31", "2025-01-15")
NAMED_DAYS = one("deadline", "start", "application", "end")



STEPS: Mapping[str, tuple[str, ...]] = {
    "start_of": ("month", "next_month", "year"), "end_of": ("month", "previous_month", "year"), "in_its_year": ("01-01", "09-01"),
    "next": ("04-01", "03-31", "10-01"), "previous": ("12-31", "03-31"),
}  # fmt: skip


def _stepped(how: str) -> Make:
    return lambda rnd: {"day": rnd.choice(["deadline", "application", "start", "2024-06-30"]), how: rnd.choice(STEPS[how])}


AS_OF: Forms = {
    "named": one("start", "application", "end", "deadline"),
    "literal": LITERAL_DAYS,
    "included": lambda rnd: {"day": rnd.choice(["start", "deadline", "2024-06-30"]), "included": rnd.random() < 0.5},
    "end_of_year": lambda rnd: {"day": rnd.choice(["deadline", "application"]), "end_of": "year"},
    **{f"step {how}": _stepped(how) for how in STEPS},
}
THROUGHOUT: Forms = {
    "named": lambda rnd: {"from": "start", "to": "end"},
    "literal": lambda rnd: {"from": "2024-02-29", "to": "2024-03-31"},
}


def _within(rnd: Random) -> dict[str, Any]:
    return {"within": LENGTHS(rnd), "before": rnd.choice(["deadline", "start", "application", "2024-06-30"])}


def _moment(rnd: Random) -> dict[str, Any]:
    kind = rnd.choice(["degree", "degree", "service", "study", "child"])
    found: dict[str, Any] = {"kind": kind, "take": rnd.choice(["first", "latest"])}
    if kind == "degree" and rnd.random() < 0.6:
        found["level"] = {"at_least": rnd.choice([6, 7])}
    if kind == "degree" and rnd.random() < 0.2:
        found["take"] = "highest"
    if kind == "service" and rnd.random() < 0.5:
        found["type"] = "national_service"
    return found


def _moving(rnd: Random) -> dict[str, Any]:
    window = _within(rnd)
    window["extended"] = [EXTENSIONS[rnd.choice([*EXTENSIONS])](rnd)]
    if rnd.random() < 0.4:
        window["bound"] = rnd.choice(["from", "to"])
    return window


WINDOWS: Forms = {
    "within before": _within,
    "within to": lambda rnd: {"within": LENGTHS(rnd), "to": rnd.choice(["application", "deadline"])},
    "within before included": lambda rnd: {"within": LENGTHS(rnd), "before": {"day": rnd.choice(["deadline", "start"]), "included": True}},
    "within after": lambda rnd: {"within": LENGTHS(rnd), "after": rnd.choice(["2022-06-30", "2024-02-29"])},
    "from to": lambda rnd: {"from": "2022-03-01", "to": rnd.choice(["2024-02-29", "deadline"])},
    "from": lambda rnd: {"from": LITERAL_DAYS(rnd)},
    "to": lambda rnd: {"to": LITERAL_DAYS(rnd)},
    "after before": lambda rnd: {"after": "2022-03-01", "before": rnd.choice(["2024-02-29", "deadline"])},
    "distance": lambda rnd: {"at_least": "6 months", "before": rnd.choice(["deadline", "start"])},
    "two distances": lambda rnd: {"at_least": "3 months", "less_than": "2 years", "before": "deadline"},
    "more than": lambda rnd: {"more_than": "1 year", "before": "deadline"},
    "at most": lambda rnd: {"at_most": "18 months", "before": "deadline"},
    "after a record": lambda rnd: {"after": _moment(rnd)},
    "before a record": lambda rnd: {"before": _moment(rnd)},
    "within after a record": lambda rnd: {"within": MONTHS(rnd), "after": _moment(rnd)},
    "within before a record": lambda rnd: {"within": MONTHS(rnd), "before": _moment(rnd)},
    "moving": _moving,
    "stepped": lambda rnd: {"within": LENGTHS(rnd), "before": _stepped(rnd.choice([*STEPS]))(rnd)},
}
WHILE: Forms = {
    "while a record": lambda rnd: rnd.choice([
        {"kind": "permit", "in": "FR"}, {"kind": "permit", "type": ["student", "work"]}, {"kind": "enrolment", "level": {"at_least": 6}},
        {"kind": "residence", "in": "EU"}, {"kind": "service"}, {"kind": "study", "full_time": True},
    ]),
    "not while a record": lambda rnd: {"not_during": rnd.choice([{"kind": "study", "full_time": True}, {"kind": "leave"}, {"kind": "permit", "in": "FR"}])},
    "a window and a record, not while another": lambda rnd: {
        **_within(rnd), "not_during": {"kind": "leave", "type": "parental"}, **rnd.choice(({}, {"while": {"kind": "residence", "in": "EU"}})),
    },
    "while a record, clipped": lambda rnd: {"kind": "permit", "in": "FR", "during": {"within": "2 years", "before": "deadline"}},
}  # fmt: skip

EXTENSIONS: Forms = {
    "per": lambda rnd: {"add": rnd.choice(["1 year", "6 months"]), "per": rnd.choice([{"kind": "child"}, {"kind": "child", "dependent": True}]),
                        **({"up_to": "1 year"} if rnd.random() < 0.3 else {})},
    "of": lambda rnd: {"add": "length", "of": rnd.choice([{"kind": "service"}, {"kind": "service", "type": "national_service"}, {"kind": "leave", "type": "parental"}]),
                       **({"up_to": rnd.choice(["1 year", "2 years"])} if rnd.random() < 0.4 else {})},
    "when": lambda rnd: {"add": rnd.choice(["1 year", "6 months"]), "when": rnd.choice([{"kind": "child"}, {"kind": "degree", "level": 8}, {"kind": "declared", "fact": "charter_signed"}]),
                         **({"per": {"kind": "child", "dependent": True}} if rnd.random() < 0.4 else {})},
    "largest": lambda rnd: {"largest": [EXTENSIONS[form](rnd) for form in rnd.sample(["per", "of", "when"], rnd.choice([2, 2, 3]))],
                            **({"up_to": rnd.choice(["1 year", "18 months"])} if rnd.random() < 0.3 else {})},
    "largest for each": lambda rnd: {
        "largest": rnd.sample([
            {"add": rnd.choice(["1 year", "6 months"])},
            {"add": "18 months", "when": rnd.choice([{"kind": "degree", "level": 8}, {"kind": "declared", "fact": "charter_signed"}])},
            {"add": "length", "of": {"kind": "leave", "type": rnd.choice(["parental", ["parental", "sick"]])}, **({"up_to": "1 year"} if rnd.random() < 0.2 else {})},
        ], rnd.choice([2, 2, 3])),
        "per": rnd.choice([{"kind": "child"}, {"kind": "child", "dependent": True}]),
        **({"up_to": rnd.choice(["2 years", "18 months"])} if rnd.random() < 0.3 else {}),
    },
}  # fmt: skip

# --------------------------------------------------------------------------------------------- forms of values


def words(rule: tuple[Any, ...], own: str | None = None, related: bool = False, chosen: str | None = None) -> Forms:
    """The forms in which words of a vocabulary are asked for."""
    forms: dict[str, Make] = {
        "id": one(*rule),
        "ids": lambda rnd: rnd.sample(rule, 2),
        "except": lambda rnd: {"except": rnd.sample(rule, rnd.choice([1, 2]))},
    }
    if own is not None:
        forms["list"] = lambda rnd: {"list": own}
        forms["list among ids"] = lambda rnd: [rule[0], {"list": own}]
        forms["except list"] = lambda rnd: {"except": {"list": own}}
    if related:
        forms["or related"] = lambda rnd: {"any": [rnd.choice(rule)], "or_related": True}
    if chosen is not None:
        forms["chosen"] = lambda rnd: {"chosen": chosen}
        forms["except chosen"] = lambda rnd: {"except": {"chosen": chosen}}
    return forms


PLACE_WORDS = ("FR", "CA-QC", "CA", "GB", "MA", "DE")
PLACES: Forms = {
    **words((*PLACE_WORDS, "EU", "OECD"), own="partners", chosen="host"),
    "group": one("EU", "OECD", "EEA"),
}
LEVEL: Forms = {
    "number": one(6, 7, 8),
    "numbers": lambda rnd: [6, 7],
    "at least": lambda rnd: {"at_least": rnd.choice([6, 7])},
    "at most": lambda rnd: {"at_most": rnd.choice([6, 7])},
    "between": lambda rnd: {"more_than": 5, "less_than": 8},
    "by": lambda rnd: {"at_least": {"by": "track", "values": {"external": 7, "internal": 6}}},
}


def numbers(*values: int) -> Forms:
    return {
        "number": one(*values),
        "at least": lambda rnd: {"at_least": rnd.choice(values)},
        "at most": lambda rnd: {"at_most": rnd.choice(values)},
        "between": lambda rnd: {"more_than": min(values), "less_than": max(values) + 1},
    }


FLAG: Forms = {"true": one(True), "false": one(False)}
DATE = WINDOWS
TAGS: Forms = {"tag": one("skilled", "night"), "tags": lambda rnd: ["skilled", "night"]}
CEFR: Forms = {
    "level": one("B2", "C1"),
    "at least": lambda rnd: {"at_least": rnd.choice(["B1", "B2", "C1"])},
    "said": lambda rnd: {"said": rnd.choice(["fluent", "basic"])},
    "by": lambda rnd: {"at_least": {"by": "grade", "values": {"junior": "B1", "senior": "C1"}}},
}
LANGUAGES = ("en", "fr", "de")
LANGUAGE_OF: Forms = {"id": one(*LANGUAGES), "ids": lambda rnd: rnd.sample(LANGUAGES, 2), "group": one("EU")}

# -------------------------------------------------------------------------------------------------- the kinds


class Key(NamedTuple):
    """A filter: the forms a rule writes, the field of the record, and the values a profile gives it."""

    forms: Forms
    field: str
    values: tuple[Any, ...]


class Kind(NamedTuple):
    """A kind of criterion: the list of the profile it asks about, its filters, and what its records are measured by."""

    source: str
    keys: Mapping[str, Key]
    measures: tuple[str, ...]
    options: tuple[str, ...] = ()
    days: tuple[str, str] | None = ("from", "to")
    said: Mapping[str, tuple[Any, ...]] = {}
    """What its records say besides the fields of its filters."""


RECORD_DATE: tuple[Any, ...] = ()
"""The dates of a record are drawn near the boundaries of the rule, not from a list."""

_WORK = {
    "employer": Key(words(("public_administration", "university", "private_company", "un_system"), related=False), "employer",
                    ("national_administration", "university", "private_company", "un_system", "nonprofit")),
    "employer_name": Key(words(("acme", "who"), own="own-employers"), "employer_name", ("acme", "who", "OMS", "globex")),
    "in": Key(PLACES, "in", PLACE_WORDS),
    "works_in": Key(PLACES, "works_in", PLACE_WORDS),
    "function": Key(words(("teaching", "research", "management")), "function", ("teaching", "research", "management")),
    "field": Key(words(("law", "computer_science", "ai_ethics"), own="own-fields", related=True), "field",
                 ("law", "ai_ethics", "computer_science", "data_science", "heritage-law", "space-law")),
    "type": Key(words(("job", "internship", "volunteering")), "type", ("job", "internship", "volunteering")),
    "grade": Key(words(("ad_equivalent", "ast_equivalent")), "grade", ("ad_equivalent", "ast_equivalent")),
    "contract": Key(words(("permanent", "self_employed", "fixed_term")), "contract", ("permanent", "self_employed", "fixed_term")),
    "position": Key(words(("active", "leave")), "position", ("active", "leave")),
    "paid": Key(FLAG, "paid", (True, False)),
    "full_time": Key(FLAG, "full_time", (True, False)),
    "rate": Key(numbers(50, 80, 90), "rate", ("50%", "80%", "91%", "100%")),
    "hours_per_week": Key(numbers(20, 35), "hours_per_week", (17.5, 20, 35, 38)),
    "skill_level": Key(words(("one", "two")), "skill_level", ("one", "two")),
    "started": Key(DATE, "from", RECORD_DATE),
    "ended": Key(DATE, "to", RECORD_DATE),
    "tags": Key(TAGS, "tags", ("skilled", ["skilled", "night"])),
}  # fmt: skip
_STUDIES = {
    "level": Key(LEVEL, "level", (5, 6, 7, 8)),
    "title": Key(words(("master", "doctorat", "baccalaureat")), "title", ("master", "doctorat", "baccalaureat")),
    "school": Key(words(("udem", "sorbonne"), own="own-schools"), "school", ("udem", "sorbonne", "institute")),
    "field": _WORK["field"],
    "in": Key(PLACES, "in", PLACE_WORDS),
    "full_time": Key(FLAG, "full_time", (True, False)),
    "year": Key(numbers(1, 2), "year", (1, 2, 3)),
    "final_year": Key(FLAG, "final_year", (True, False)),
    "credits": Key(numbers(30, 60), "credits", (20, 30, 60)),
    "completed": Key(FLAG, "completed", (True, False)),
    "taught_in": Key(LANGUAGE_OF, "taught_in", LANGUAGES),
    "started": Key(DATE, "from", RECORD_DATE),
    "ended": Key(DATE, "to", RECORD_DATE),
    "expected_end": Key(DATE, "expected_end", RECORD_DATE),
    "tags": Key(TAGS, "tags", ("skilled",)),
}

OWN: Mapping[str, Kind] = {
    "experience": Kind("experience", _WORK, ("time", "count", "hours"), ("each", "periods", "part_time", "full_week", "unbroken", "of_which", "also", "limits", "counted")),
    "employment": Kind("experience", _WORK, ("time", "count"), ("whose",)),
    "study": Kind("studies", _STUDIES, ("time", "count", "credits"), ("each", "unbroken", "of_which", "limits", "counted")),
    "enrolment": Kind("studies", _STUDIES, ("time", "count")),
    "degree": Kind("degrees", {
        "level": Key(LEVEL, "level", (5, 6, 7, 8)),
        "title": _STUDIES["title"],
        "in": Key(PLACES, "in", PLACE_WORDS),
        "school": _STUDIES["school"],
        "field": _WORK["field"],
        "years": Key(numbers(3, 4), "years", (2, 3, 4)),
        "credits": Key(numbers(30, 60), "credits", (20, 30, 60)),
        "gives_access_to": Key(LEVEL, "gives_access_to", (6, 7, 8)),
        "grade": Key({
            "percent": lambda rnd: {"at_least": {"percent": 75}},
            "two scales": lambda rnd: {"at_least": {"percent": 75, "gpa": 3}},
            "share": lambda rnd: {rnd.choice(("at_least", "more_than")): "75%"},
            "words": lambda rnd: rnd.choice(({"at_least": {"mention": "bien"}}, {"at_least": {"own-classes": "silver"}, "less_than": {"percent": 90}})),
            "by": lambda rnd: {"at_least": {"percent": {"by": "grade", "values": {"junior": 70, "senior": 75}}}},
        }, "grade", (
            {"scale": "percent", "value": 74.5}, {"scale": "percent", "value": 75}, {"scale": "gpa", "value": 3.2},
            {"scale": "gpa", "value": 3, "out_of": 4}, {"scale": "mention", "value": "Assez bien"}, {"scale": "mention", "value": "bien"},
            {"scale": "own-classes", "value": "Argent"}, {"scale": "own-classes", "value": "tin"},
        )),
        "recognised_in": Key(PLACES, "recognised_in", ("FR", "CA", "MA")),
        "taught_in": Key(LANGUAGE_OF, "taught_in", LANGUAGES),
        "awarded": Key(DATE, "awarded", RECORD_DATE),
        "defended": Key(DATE, "defended", RECORD_DATE),
        "tags": Key(TAGS, "tags", ("skilled",)),
    }, ("count", "credits"), ("expected", "any_date_of", "take"), ("awarded", "")),
    "exam": Kind("exams", {
        "exam": Key(words(("wassce", "neco")), "exam", ("wassce", "wassce", "neco")),
        "subject": Key(words(("english", "mathematics", "biology")), "subject", ("english", "mathematics", "biology", "physics", "Maths", "Basket weaving")),
        "grade": Key({
            "one": lambda rnd: {"at_least": {"wassce": "C6"}},
            "two": lambda rnd: {"at_least": {"wassce": "C6", "neco": "B3"}},
            "less": lambda rnd: {"less_than": {"wassce": "B3", "neco": "B3"}},
        }, "grade", ("B3", "C6", "D7")),
        "taken": Key(DATE, "taken", RECORD_DATE),
        "school": _STUDIES["school"],
        "tags": Key(TAGS, "tags", ("skilled",)),
    }, ("count",), ("among_them", "sittings"), ("taken", "")),
    "residence": Kind("residences", {
        "in": Key(PLACES, "in", PLACE_WORDS),
        "status": Key(words(("legal", "tolerated")), "status", ("legal", "tolerated")),
        "reason": Key(words(("work", "study", "holiday")), "reason", ("work", "study", "holiday")),
        "tags": Key(TAGS, "tags", ("skilled",)),
        "ended": Key(DATE, "to", RECORD_DATE),
    }, ("time", "count"), ("each", "unbroken", "of_which", "including")),
    "domicile": Kind("domicile", {"in": Key(PLACES, "in", PLACE_WORDS)}, ("count",), (), None),
    "citizenship": Kind("citizenships", {"of": Key(PLACES, "country", ("FR", "CA", "GB", "MA", "DE"))}, ("count", "time"), (), ("since", "until")),
    "permit": Kind("permits", {
        "type": Key(words(("permanent", "work", "student")), "type", ("permanent", "work", "student")),
        "in": Key(PLACES, "in", ("FR", "CA", "MA")),
        "allows": Key(words(("work", "study")), "allows", ("work", ["work", "study"], "study")),
        "tags": Key(TAGS, "tags", ("skilled",)),
    }, ("time", "count"), (), ("from", "until")),
    "document": Kind("documents", {
        "type": Key(words(("passport", "proof_of_residence")), "type", ("passport", "proof_of_residence")),
        "country": Key(PLACES, "country", ("FR", "CA", "MA")),
        "issued": Key(DATE, "issued", RECORD_DATE),
        "expires": Key(DATE, "expires", RECORD_DATE),
    }, ("time", "count"), (), ("issued", "expires")),
    "certificate": Kind("certificates", {
        "type": Key(words(("driving", "first_aid")), "type", ("driving", "first_aid")),
        "issued": Key(DATE, "issued", RECORD_DATE),
        "expires": Key(DATE, "expires", RECORD_DATE),
        "tags": Key(TAGS, "tags", ("skilled",)),
    }, ("time", "count"), (), ("issued", "expires")),
    "language": Kind("languages", {
        "of": Key(LANGUAGE_OF, "language", LANGUAGES),
        "level": Key(CEFR, "level", ("B1", "B2", "C1")),
        "skills": Key({"skill": one("writing", "reading"), "skills": lambda rnd: ["writing", "reading"], "group": one("speaking")}, "", ()),
        "test": Key({
            "test": lambda rnd: {"ielts": 7},
            "either test": lambda rnd: {"ielts": 7, "toefl_ibt": 95},
            "words": lambda rnd: rnd.choice(({"jlpt": "N2"}, {"delf": "B2", "own-classes": "silver"})),
            "by": lambda rnd: {"ielts": {"by": "grade", "values": {"junior": 6.5, "senior": 7}}},
        }, "tests", ()),
        "valid": Key({"true": one(True)}, "", ()),
        "native": Key(FLAG, "native", (True, False)),
    }, ("count",), ("different",), None),
    "participation": Kind("participations", {
        "programme": Key(words(("exchange", "erasmus-plus"), own="own-programmes"), "programme", ("exchange", "erasmus-plus", "summer-school")),
        "role": Key(words(("participant", "applicant")), "role", ("participant", "applicant")),
        "host": Key(PLACES, "host", PLACE_WORDS),
        "result": Key(words(("completed", "failed")), "result", ("completed", "failed")),
        "score": Key(numbers(60, 80), "score", (60, 70, 80)),
        "started": Key(DATE, "from", RECORD_DATE),
        "ended": Key(DATE, "to", RECORD_DATE),
        "tags": Key(TAGS, "tags", ("skilled",)),
    }, ("time", "count")),
    "service": Kind("service", {
        "type": Key(words(("national_service", "reserve")), "type", ("national_service", "reserve")),
        "started": Key(DATE, "from", RECORD_DATE),
        "ended": Key(DATE, "to", RECORD_DATE),
    }, ("time", "count")),
    "leave": Kind("leaves", {
        "type": Key(words(("parental", "sick")), "type", ("parental", "sick")),
        "started": Key(DATE, "from", RECORD_DATE),
        "ended": Key(DATE, "to", RECORD_DATE),
    }, ("time", "count")),
    "child": Kind("children", {
        "dependent": Key(FLAG, "dependent", (True, False)),
        "accompanying": Key(FLAG, "accompanying", (True, False)),
        "born": Key(DATE, "born", RECORD_DATE),
    }, ("count",), (), ("born", "")),
    "funds": Kind("funds", {
        "amount": Key({"at least": lambda rnd: {"at_least": "3000 EUR"}, "at most": lambda rnd: {"at_most": "3000 EUR"}}, "amount", ("2999 EUR", "3000 EUR", "5000 EUR")),
        "ended": Key(DATE, "to", RECORD_DATE),
    }, ("time", "count"), ("unbroken",)),
    "availability": Kind("availability", {
        "full_time": Key(FLAG, "full_time", (True, False)),
        "hours_per_week": Key(numbers(20, 35), "hours_per_week", (20, 35, 38)),
    }, ("time",), ("from",)),
}  # fmt: skip
"""The kinds about records whose keys are written in ways of their own, or go together in some."""


def _plain_key(field: str, form: str, vocabulary: str | None) -> Key:
    """A key as the form of its filter lets it be written."""
    match form:
        case "date":
            return Key(DATE, field, RECORD_DATE)
        case "place":
            return Key(PLACES, field, PLACE_WORDS)
        case "tree":
            return Key(_WORK[vocabulary or ""].forms, field, _WORK[vocabulary or ""].values)
        case "names":
            return Key(_WORK["employer_name"].forms, field, _WORK["employer_name"].values)
        case "terms":
            known = tuple(REFERENCE.vocabulary(vocabulary or ""))[:3]
            return Key(words(known), field, known)
        case "number":
            return Key(numbers(20, 35), field, (20, 30, 35))
        case "flag":
            return Key(FLAG, field, (True, False))
        case _:
            assert form == "tags", form
            return Key(TAGS, field, ("skilled",))


def _plain_kind(known: language.Kind) -> Kind:
    """A kind whose keys are written as their forms let them be."""
    source = language.SOURCES[known.source]
    dates = {"start": source.start, "end": source.end}
    keys = {
        key: _plain_key(dates.get(field, field), form, more[0] if more else None) for key, (field, form, *more) in known.filters.items()
    }
    said = {"hours": (60, 199, 200, 201, 900), "hours_per_week": (3, 10)} if "hours" in known.measures else {}
    return Kind(known.source, keys, known.measures, known.options, (source.start, source.end), said)


KINDS: Mapping[str, Kind] = {**OWN, **{name: _plain_kind(kind) for name, kind in language.KINDS.items() if name not in OWN}}
"""The kinds about records."""

TIMED = tuple(name for name, kind in KINDS.items() if "time" in kind.measures)
DATED = tuple(name for name, kind in KINDS.items() if kind.days is not None)

AMOUNTS: Mapping[str, Make] = {
    "time": LENGTHS,
    "count": one("1 time", "2 times"),
    "hours": one("900 hours", "200 hours"),
    "credits": one("30 credits", "60 credits"),
}
OPERATORS = ("at_least", "at_most", "more_than", "less_than")

OPTIONS: Mapping[str, Forms] = {
    "periods": {"at most": lambda rnd: {"at_most": rnd.choice([1, 2])}},
    "part_time": {word: one(word) for word in ("pro_rata", "counts_in_full", "excluded")},
    "full_week": {"hours": one("35 hours", "40 hours")},
    "unbroken": {
        "true": one(True),
        "gaps": lambda rnd: {"each_gap": {rnd.choice(["at_most", "less_than"]): rnd.choice(["1 month", "30 days"])}, "all_gaps": {"at_most": "2 months"}},
        "each": lambda rnd: {"each_gap": {"at_most": "1 month"}},
        "all": lambda rnd: {"all_gaps": {"at_most": "45 days"}},
    },
    "of_which": {
        "one": lambda rnd: [{"in": rnd.choice(["FR", "CA", "EU"]), rnd.choice(["at_least", "at_least", "more_than"]): MONTHS(rnd)}],
        "two": lambda rnd: [{"in": "FR", "at_least": "3 months"}, {"in": {"except": ["FR"]}, "at_least": rnd.choice(["2 months", "60 days"])}],
        "tags": lambda rnd: {"tags": "skilled", "at_least": MONTHS(rnd)},
    },
    "also": {
        "study": lambda rnd: [{"kind": "study", "level": 8, "at_most": MONTHS(rnd)}],
        "service": lambda rnd: [{"kind": "service", "type": "national_service"}],
        "own during": lambda rnd: [{"kind": "study", "during": {"to": "2023-12-31"}, "at_most": "1 year"}],
    },
    "limits": {
        "one": lambda rnd: [{"type": "internship", "at_most": "3 months"}],
        "unpaid": lambda rnd: [{"paid": False, "at_most": "6 months"}],
    },
    "each": {
        "at least": lambda rnd: {"at_least": rnd.choice(["3 months", "6 months", "30 days"])},
        "more than": lambda rnd: {"more_than": "3 months"},
        "at most": lambda rnd: {rnd.choice(["at_most", "less_than"]): "6 months"},
        "between": lambda rnd: {"at_least": "3 months", "at_most": "1 year"},
    },
    "counted": {word: one(word) for word in ("days", "months_of_30_days", "calendar")},
    "including": {"work": lambda rnd: ["work"], "both": lambda rnd: ["work", "study"]},
    "expected": {"accepted": one("accepted"), "not": one("not_accepted")},
    "any_date_of": {"both": lambda rnd: ["awarded", "defended"]},
    "take": {word: one(word) for word in ("first", "latest", "highest")},
    "different": {"two": lambda rnd: [{"of": "EU", "level": {"at_least": "B2"}}, {"of": ["en", "fr"], "level": {"at_least": "B1"}}]},
    "among_them": {
        "one": lambda rnd: [{"subject": rnd.choice(["english", "mathematics"])}],
        "two": lambda rnd: [{"subject": ["english", "biology"]}, {"subject": ["english", "mathematics"], **rnd.choice(({}, {"grade": {"at_least": {"wassce": "C6"}}}))}],
    },
    "sittings": {"one": lambda rnd: {"at_most": 1}, "two": lambda rnd: {"at_most": 2}},
    "from": {"day": one("start", "2025-06-01")},
    "whose": {"one": lambda rnd: ["parent"], "several": lambda rnd: ["parent", "sibling"]},
}  # fmt: skip
NEEDS_TIME = ("part_time", "unbroken", "of_which", "also", "limits", "including", "counted")
"""Options that count time, and are refused where there is no length to count towards."""

HEIGHTS = (159, 159.5, 160, 161, 162.5, 170, 189.9, 190, 191)
"""What people state of the fact that is a number."""
WEIGHTS = (50, 59.9, 60, 61, 90)

STATEMENTS: Mapping[str, Forms] = {
    "declared": {"true": lambda rnd: {"fact": "full_rights"}, "false": lambda rnd: {"fact": "full_rights", "equals": False},
        "at least": lambda rnd: {"fact": "height_cm", "at_least": rnd.choice([160, 162.5])},
        "at most": lambda rnd: {"fact": "height_cm", "at_most": 190},
        "more than": lambda rnd: {"fact": "height_cm", "more_than": 160},
        "less than": lambda rnd: {"fact": "height_cm", "less_than": rnd.choice([160, 190])},
        "between": lambda rnd: {"fact": "height_cm", "at_least": 160, "less_than": 190},
        "table": lambda rnd: {"fact": "height_cm", rnd.choice(OPERATORS): {"table": rnd.choice(["by-age", "by-post", "by-weight"])}},
        "table on a day": lambda rnd: {"fact": "height_cm", "at_least": {"table": "by-age"}, "as_of": rnd.choice(["start", "2025-06-01", "application"])},
        "table in a span": lambda rnd: {"fact": "height_cm", "at_most": {"table": "by-age"}, "throughout": {"from": "deadline", "to": rnd.choice(["start", "end"])}},
        "table and number": lambda rnd: {"fact": "height_cm", "at_least": {"table": rnd.choice(["by-age", "by-weight"])}, "less_than": 190},
        "by": lambda rnd: {"fact": "height_cm", "at_least": {"by": "track", "values": {"external": 170, "internal": 160}}},
    },
    "judged": {"plain": lambda rnd: {"label": "Writes well"}},
    "duration": {
        "at least": lambda rnd: {"from": rnd.choice(["start", "deadline"]), "to": rnd.choice(["end", {"day": "start", "next": "04-01"}]), "at_least": LENGTHS(rnd)},
        "at most": lambda rnd: {"from": "start", "to": "end", "at_most": rnd.choice(["6 months", "24 weeks", "181 days", "180 days"])},
        "between": lambda rnd: {"from": "start", "to": "end", "more_than": "5 months", "less_than": rnd.choice(["6 months", "7 months"])},
        "by": lambda rnd: {"from": "application", "to": "start", "at_least": {"by": "track", "values": {"external": "6 months", "internal": "3 months"}}},
    },
    "choice": {
        "option": lambda rnd: {"choice": "track", "equals": "internal"},
        "options": lambda rnd: {"choice": "grade", "equals": ["junior", "senior"]},
        "country": lambda rnd: {"choice": "host", "equals": ["FR", "CA"]},
        "same country": lambda rnd: {"choice": "host", "equals": rnd.choice([{"chosen": "home"}, {"except": {"chosen": "home"}}])},
        "same option": lambda rnd: {"choice": "track", "equals": rnd.choice([{"chosen": "second"}, {"except": {"chosen": "second"}}])},
    },
    "day": {
        "from": lambda rnd: {"day": "application", "from": "2025-02-01"},
        "before": lambda rnd: {"day": rnd.choice(["application", "start"]), "before": "2025-03-15"},
    },
    "age": {
        "at least": lambda rnd: {"at_least": rnd.choice([18, 30])},
        "at most": lambda rnd: {"at_most": rnd.choice([29, 35])},
        "more than": lambda rnd: {"more_than": 30},
        "less than": lambda rnd: {"less_than": 30},
        "two": lambda rnd: {"at_least": 18, "at_most": 35},
        "not past birthday": lambda rnd: {"at_most": 30, "counted": "not_past_birthday"},
        "accomplished": lambda rnd: {"at_least": 30, "counted": "accomplished"},
        "months": lambda rnd: {rnd.choice(["at_most", "less_than", "at_least"]): rnd.choice(["30 years 5 months", "29 years", "362 months"]),
                               **({"counted": rnd.choice(["accomplished", "not_past_birthday"])} if rnd.random() < 0.4 else {})},
        "months extended": lambda rnd: {"at_most": "29 years 11 months", "extended": [rnd.choice([
            EXTENSIONS["per"](rnd), {"to": "31 years 1 month", "when": {"kind": "degree", "level": 8}}])], "never_beyond": "31 years 0 months"},
        "born": lambda rnd: {"born": {"from": "1994-02-28", **({"to": "1996-03-01"} if rnd.random() < 0.5 else {})}},
        "by": lambda rnd: {"at_most": {"by": "track", "values": {"external": 30, "internal": 35}}},
        "extended": lambda rnd: {"at_most": 30, "extended": [EXTENSIONS[rnd.choice(["per", "of", "largest", "largest for each"])](rnd)]},
        "extended to": lambda rnd: {"at_most": 30, "extended": [{"to": 33, "when": {"kind": "degree", "level": 8}}]},
        "never beyond": lambda rnd: {"at_most": 30, "extended": [EXTENSIONS["per"](rnd), EXTENSIONS["of"](rnd)], "never_beyond": 32},
    },
}  # fmt: skip
"""The kinds that are not about records, with the forms they take."""

Atom = tuple[str, str, str]


def atoms() -> list[Atom]:
    """Every way of writing every key of every kind."""
    found: list[Atom] = []
    for name, kind in KINDS.items():
        found += [(name, key, form) for key, one_key in kind.keys.items() for form in one_key.forms]
        found += [(name, operator, measure) for operator in OPERATORS for measure in kind.measures]
        found += [(name, option, form) for option in kind.options for form in OPTIONS[option]]
        if "time" in kind.measures:
            found += [(name, "during", form) for form in (*WINDOWS, *WHILE)]
            found += [(name, "extended", form) for form in EXTENSIONS]
            found += [(name, "by", "track")]
        found += [(name, "other_than", "one")]
        if kind.days is not None:
            found += [(name, "as_of", form) for form in AS_OF] + [(name, "throughout", form) for form in THROUGHOUT]
    for name, forms in STATEMENTS.items():
        found += [(name, "", form) for form in forms]
        if name == "age":
            found += [(name, "as_of", form) for form in AS_OF] + [(name, "throughout", form) for form in THROUGHOUT]
    return found
