"""Participation: programmes one took part in, or applied to."""

from eligibility.language.kind import Kind

PARTICIPATION = Kind(
    name="participation",
    source="participations",
    filters={
        "programme": "names:programmes",
        "role": "terms:participation_roles",
        "host": "place",
        "result": "terms:participation_results",
        "score": "number",
        "ended": "date",
        "started": "date",
        "tags": "tags",
    },
    doc="""Taking part in a programme, so many times at most or at least, or never (`at_most: 0 times`).
With `role: applicant`, earlier applications are counted, as the profile lists them under `participations`; the present one is not among
them: for three in all, this one included, write `at_most: 2 times`.""",
    examples=(
        "{kind: participation, programme: quebec-stages-oig, at_most: 0 times}",
        "{kind: participation, programme: erasmus-plus, role: applicant, at_most: 3 times, during: {from: 2015-01-01}}",
    ),
)
