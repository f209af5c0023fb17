"""Permits and statuses: permanent residence, work and study permits."""

from eligibility.language.kind import Kind

PERMIT = Kind(
    name="permit",
    source="permits",
    state=True,
    in_time=True,
    other_words="permis titre_de_sejour visa",
    filters={"type": "terms:permit_types", "in": "place", "allows": "terms:permit_allows", "tags": "tags"},
    doc="""A permit or status valid on the day; with a length, how long it has been held without a break.
`permanent_residence, of: [CA]` is a short form of `permit, type: permanent, in: CA`.""",
    examples=(
        "{kind: permit, type: permanent, in: CA}",
        "{kind: permit, in: FR, type: [student, refugee], more_than: 1 year}",
        "{kind: permanent_residence, of: [CA]}",
    ),
)
