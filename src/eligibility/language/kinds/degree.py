"""Degrees: diplomas obtained, their level, field, place and date."""

from eligibility.language.kind import Kind

DEGREE = Kind(
    name="degree",
    source="degrees",
    named_by="title",
    other_words="diplome",
    filters={
        "level": "level",
        "title": "terms:titles",
        "in": "place",
        "school": "terms:schools",
        "field": "tree:field",
        "years": "number",
        "credits": "number",
        "gives_access_to": "level",
        "grade": "grade",
        "recognised_in": "recognised",
        "taught_in": "language",
        "awarded": "date",
        "defended": "date",
        "tags": "tags",
    },
    options=("expected", "any_date_of"),
    doc="""A diploma obtained by the day. All filters look at the same diploma. Levels are those of the EQF, 1 to 8; a title
stands for the level it has in the country that awards it. `expected: accepted` also counts a diploma announced for later.""",
    examples=(
        "{kind: degree, level: {at_least: 7}, field: {any: [law, political_science], or_related: true}}",
        "{kind: degree, title: [maitrise, doctorat], awarded: {within: 2 years, before: start}}",
        "{kind: degree, level: {at_least: 6}, years: {at_least: 3}, recognised_in: EU, grade: {at_least: {percent: 75}}}",
        "{kind: degree, level: {at_least: 6}, as_of: start, expected: accepted}",
    ),
)
