"""Papers: documents, certificates and licences."""

from eligibility.language.kind import Kind

DOCUMENT = Kind(
    name="document",
    source="documents",
    other_words="papier",
    state=True,
    filters={"type": "terms:document_types", "country": "place", "issued": "date", "expires": "date"},
    doc="""A paper valid on the day, such as a passport. `issued` places its date in a window.""",
    examples=(
        "{kind: document, type: passport, as_of: end}",
        "{kind: document, type: proof_of_residence, issued: {within: 6 months, before: deadline}}",
    ),
)

CERTIFICATE = Kind(
    name="certificate",
    source="certificates",
    other_words="certificat attestation",
    state=True,
    filters={"type": "terms:certificate_types", "issued": "date", "expires": "date", "tags": "tags"},
    doc="""A certificate or licence valid on the day. Without `expires` in the profile, it does not expire.""",
    examples=("{kind: certificate, type: driving}",),
)
