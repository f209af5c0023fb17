"""Citizenship: the countries a candidate is a national of."""

from eligibility.language.kind import Kind

CITIZENSHIP = Kind(
    name="citizenship",
    source="citizenships",
    state=True,
    identity="country",
    named_by="country",
    shown_together=True,
    other_words="citoyennete nationalite nationality",
    filters={"of": "place:country"},
    doc="""A nationality held on the day. One of several is enough; groups such as EU are read on that day.
A citizenship of the profile without `since` counts as held from birth.""",
    examples=(
        "{kind: citizenship, of: EU}",
        "{kind: citizenship, of: [CA, FR]}",
        "{kind: citizenship, of: {except: [US]}}",
    ),
)
