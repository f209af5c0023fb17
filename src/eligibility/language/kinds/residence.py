"""Residence and domicile: where the candidate lives, and for how long."""

from eligibility.language.kind import Kind

RESIDENCE = Kind(
    name="residence",
    source="residences",
    state=True,
    in_time=True,
    must_last=True,
    from_age=0,
    other_words="sejour",
    filters={
        "in": "place",
        "status": "terms:residence_status",
        "reason": "terms:residence_reasons",
        "tags": "tags",
        "ended": "date",
    },
    options=("including", "absence_rule"),
    doc="""Living in a place. Without `during`, the unbroken stay that reaches the day; with it, all days in the window added up.
`unbroken` allows gaps; `including: [work, study]` also counts days worked or studied there; `absence_rule:
quebec_health_insurance` applies the 183-day rule of Québec's health insurance to the declared absences.""",
    examples=(
        "{kind: residence, in: CA-QC, at_least: 1 year, as_of: deadline}",
        "{kind: residence, in: EU, at_least: 5 years, unbroken: {each_gap: {less_than: 4 months}, all_gaps: {at_most: 8 months}}}",
        "{kind: residence, in: FR, at_most: 12 months, during: {within: 36 months, before: deadline}, other_than: [{reason: holiday}]}",
    ),
)

DOMICILE = Kind(
    name="domicile",
    source="domicile",
    state=True,
    named_by="place",
    filters={"in": "place"},
    doc="""The principal home, which the person declares. It is never inferred from residence.""",
    examples=("{kind: domicile, in: CA-QC}",),
)
