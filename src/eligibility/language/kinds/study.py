"""Studies: enrolment on a day, and studies followed over time."""

from eligibility.language.kind import Kind

_FILTERS = {
    "level": "level", "title": "terms:titles", "school": "terms:schools", "field": "tree:field", "in": "place",
    "full_time": "full_time", "year": "number", "final_year": "flag", "credits": "number", "completed": "flag",
    "taught_in": "language", "ended": "date", "started": "date", "expected_end": "date", "tags": "tags",
}  # fmt: skip

ENROLMENT = Kind(
    name="enrolment",
    source="studies",
    state=True,
    named_by="title",
    in_time=True,
    must_last=True,
    other_words="inscription",
    filters=_FILTERS,
    doc="""Being enrolled in studies on the day.""",
    examples=(
        "{kind: enrolment, level: {at_least: 7}, full_time: true, year: {at_least: 2}}",
        "{kind: enrolment, school: [ecole_du_barreau]}",
    ),
)

STUDY = Kind(
    name="study",
    source="studies",
    in_time=True,
    from_age=0,
    other_words="etudes",
    filters=_FILTERS,
    doc="""Studies followed at any time up to the day: their length, their credits, or that there were any.""",
    examples=("{kind: study, taught_in: en, at_least: 2 years}", "{kind: study, level: 7, at_least: 20 credits}"),
)
