"""The kinds of criteria that ask about records, one idea per file.

A new kind is its source, its filters and its words: a `Kind` in a file of this folder (`life.py` has a place for it), and its words in
`wording/`.
"""

from __future__ import annotations

from collections.abc import Mapping

from eligibility.language.kind import Kind
from eligibility.language.kinds.citizenship import CITIZENSHIP
from eligibility.language.kinds.degree import DEGREE
from eligibility.language.kinds.exam import EXAM
from eligibility.language.kinds.experience import EMPLOYMENT, EXPERIENCE
from eligibility.language.kinds.language import LANGUAGE
from eligibility.language.kinds.life import KINDS as KINDS_OF_LIFE
from eligibility.language.kinds.papers import CERTIFICATE, DOCUMENT
from eligibility.language.kinds.participation import PARTICIPATION
from eligibility.language.kinds.permit import PERMIT
from eligibility.language.kinds.residence import DOMICILE, RESIDENCE
from eligibility.language.kinds.study import ENROLMENT, STUDY

RECORD_KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        CITIZENSHIP, PERMIT, RESIDENCE, DOMICILE, EXPERIENCE, EMPLOYMENT, DEGREE, STUDY, ENROLMENT, EXAM, LANGUAGE, PARTICIPATION,
        CERTIFICATE, DOCUMENT, *KINDS_OF_LIFE,
    )
}  # fmt: skip
