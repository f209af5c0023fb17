"""What the evaluator knows of the language: kinds, the list of the profile each asks about, and the form of each filter.

Written by hand from the page of the language. A filter is (field of the record, form[, vocabulary or tree]).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

Filters = Mapping[str, tuple[str, ...]]


class Source(NamedTuple):
    """A list of the profile: the fields of the first and the last day of a record, and whether leaving one out means an open end."""

    start: str = "from"
    end: str = "to"
    open_start: bool = False
    open_end: bool = False


SOURCES: Mapping[str, Source] = {
    "citizenships": Source("since", "until", open_start=True, open_end=True),
    "permits": Source("from", "until", open_end=True),
    "documents": Source("issued", "expires", open_end=True),
    "certificates": Source("issued", "expires", open_end=True),
    "residences": Source(),
    "domicile": Source("", "", open_start=True, open_end=True),
    "absences": Source(),
    "degrees": Source("awarded", "awarded"),
    "studies": Source(),
    "experience": Source(),
    "languages": Source("", "", open_start=True, open_end=True),
    "participations": Source(),
    "service": Source(),
    "leaves": Source(),
    "volunteering": Source(),
    "exams": Source("taken", "taken"),
    "children": Source("born", "", open_end=True),
    "funds": Source(),
    "availability": Source(),
}


class Kind(NamedTuple):
    """A kind of record question. A `state` is asked on the day; the others look over a lifetime."""

    source: str
    filters: Filters
    state: bool = False
    options: tuple[str, ...] = ()
    measures: tuple[str, ...] = ("time", "count")


_STARTED_ENDED: Filters = {"started": ("start", "date"), "ended": ("end", "date")}
_TAGS: Filters = {"tags": ("tags", "tags")}
_WORK: Filters = {
    "employer": ("employer", "tree", "employer"),
    "employer_name": ("employer_name", "names"),
    "in": ("in", "place"),
    "works_in": ("works_in", "place"),
    "function": ("function", "terms", "functions"),
    "field": ("field", "tree", "field"),
    "type": ("type", "terms", "experience_types"),
    "grade": ("grade", "terms", "experience_grades"),
    "contract": ("contract", "terms", "contracts"),
    "position": ("position", "terms", "positions"),
    "paid": ("paid", "flag"),
    "full_time": ("full_time", "full_time"),
    "rate": ("rate", "number"),
    "hours_per_week": ("hours_per_week", "number"),
    "skill_level": ("skill_level", "words"),
    **_STARTED_ENDED,
    **_TAGS,
}
_STUDY: Filters = {
    "level": ("level", "number"),
    "title": ("title", "terms", "titles"),
    "school": ("school", "terms", "schools"),
    "field": ("field", "tree", "field"),
    "in": ("in", "place"),
    "full_time": ("full_time", "full_time"),
    "year": ("year", "number"),
    "final_year": ("final_year", "flag"),
    "credits": ("credits", "number"),
    "completed": ("completed", "flag"),
    "taught_in": ("taught_in", "language"),
    "expected_end": ("expected_end", "date"),
    **_STARTED_ENDED,
    **_TAGS,
}
_PAPER: Filters = {"issued": ("start", "date"), "expires": ("end", "date")}

KINDS: Mapping[str, Kind] = {
    "citizenship": Kind("citizenships", {"of": ("country", "place")}, state=True),
    "permit": Kind(
        "permits",
        {"type": ("type", "terms", "permit_types"), "in": ("in", "place"), "allows": ("allows", "terms", "permit_allows"), **_TAGS},
        state=True,
    ),
    "residence": Kind(
        "residences",
        {
            "in": ("in", "place"),
            "status": ("status", "terms", "residence_status"),
            "reason": ("reason", "terms", "residence_reasons"),
            "ended": ("end", "date"),
            **_TAGS,
        },
        state=True,
        options=("including", "absence_rule"),
    ),
    "domicile": Kind("domicile", {"in": ("in", "place")}, state=True, measures=("count",)),
    "experience": Kind("experience", _WORK, options=("periods", "full_week"), measures=("time", "count", "hours")),
    "employment": Kind("experience", _WORK, state=True, options=("full_week",), measures=("time", "count", "hours")),
    "degree": Kind(
        "degrees",
        {
            "level": ("level", "number"),
            "title": ("title", "terms", "titles"),
            "in": ("in", "place"),
            "school": ("school", "terms", "schools"),
            "field": ("field", "tree", "field"),
            "years": ("years", "number"),
            "credits": ("credits", "number"),
            "gives_access_to": ("gives_access_to", "number"),
            "grade": ("grade", "grade"),
            "recognised_in": ("recognised_in", "recognised"),
            "taught_in": ("taught_in", "language"),
            "awarded": ("awarded", "date"),
            "defended": ("defended", "date"),
            **_TAGS,
        },
        options=("expected", "any_date_of"),
        measures=("count", "credits"),
    ),
    "study": Kind("studies", _STUDY, measures=("time", "count", "credits")),
    "enrolment": Kind("studies", _STUDY, state=True, measures=("time", "count", "credits")),
    "language": Kind(
        "languages",
        {"of": ("language", "language"), "level": ("level", "cefr"), "test": ("tests", "test"), "native": ("native", "flag")},
        state=True,
        options=("different", "skills", "valid"),
        measures=("count",),
    ),
    "participation": Kind(
        "participations",
        {
            "programme": ("programme", "terms", "programmes"),
            "role": ("role", "terms", "participation_roles"),
            "host": ("host", "place"),
            "result": ("result", "terms", "participation_results"),
            "score": ("score", "number"),
            **_STARTED_ENDED,
            **_TAGS,
        },
    ),
    "document": Kind("documents", {"type": ("type", "terms", "document_types"), "country": ("country", "place"), **_PAPER}, state=True),
    "certificate": Kind("certificates", {"type": ("type", "terms", "certificate_types"), **_PAPER, **_TAGS}, state=True),
    "service": Kind("service", {"type": ("type", "terms", "service_types"), **_STARTED_ENDED}),
    "volunteering": Kind(
        "volunteering",
        {"organisation": ("organisation", "names"), "in": ("in", "place"), "field": ("field", "tree", "field"), **_STARTED_ENDED, **_TAGS},
        measures=("time", "count", "hours"),
    ),
    "leave": Kind("leaves", {"type": ("type", "terms", "leave_types"), **_STARTED_ENDED}),
    "exam": Kind(
        "exams",
        {
            "exam": ("exam", "terms", "exams"),
            "subject": ("subject", "terms", "exam_subjects"),
            "grade": ("grade", "grade"),
            "taken": ("start", "date"),
            "school": ("school", "terms", "schools"),
            **_TAGS,
        },
        options=("among_them", "sittings"),
        measures=("count",),
    ),
    "child": Kind("children", {"dependent": ("dependent", "flag"), "accompanying": ("accompanying", "flag"), "born": ("start", "date")}, state=True),
    "funds": Kind("funds", {"amount": ("amount", "money"), "ended": ("end", "held")}, state=True),
    "availability": Kind(
        "availability", {"full_time": ("full_time", "full_time"), "hours_per_week": ("hours_per_week", "number")}, state=True, options=("from",)
    ),
}  # fmt: skip

BOUNDS = ("at_least", "at_most", "more_than", "less_than")
MOVED = ("extended", "never_beyond")
COUNTING = ("during", "each", "other_than", "also", "limits", "part_time", "unbroken", "of_which", "take", "whose", "counted")
TOLD = ("id", "label", "clause", "quote", "source", "todo", "importance", "question", "advice", "proof", "granted_by")
"""Keys that decide nothing."""
AROUND = ("when", "unless", "derogation", "readings", "as_of")
WINDOW_KEYS = ("during", "started", "ended", "awarded", "defended", "taken", "born", "issued", "expires", "expected_end")
"""Keys whose value is a window."""
GROUPS = ("all_of", "any_of", "none_of", "together", "met")
SKILLS = ("listening", "reading", "spoken_interaction", "spoken_production", "writing")
SKILL_GROUPS: Mapping[str, tuple[str, ...]] = {
    **{skill: (skill,) for skill in SKILLS},
    "understanding": ("listening", "reading"),
    "speaking": ("spoken_interaction", "spoken_production"),
    "oral": ("listening", "spoken_interaction", "spoken_production"),
}
