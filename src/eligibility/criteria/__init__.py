"""What a vacancy can ask, one idea per file.

`RECORD_KINDS` lists the kinds that ask about records; `OTHER_KINDS` those that do not. A new kind is its source, its filters
and its words: a `Kind` in a file of this folder (`life.py` has a place for it), and its words in `wording/`.
"""

from __future__ import annotations

from collections.abc import Mapping

from eligibility.criteria.age import Age
from eligibility.criteria.base import Criterion
from eligibility.criteria.citizenship import CITIZENSHIP
from eligibility.criteria.degree import DEGREE
from eligibility.criteria.experience import EMPLOYMENT, EXPERIENCE
from eligibility.criteria.language import LANGUAGE
from eligibility.criteria.life import KINDS as KINDS_OF_LIFE
from eligibility.criteria.papers import CERTIFICATE, DOCUMENT
from eligibility.criteria.participation import PARTICIPATION
from eligibility.criteria.permit import PERMIT
from eligibility.criteria.records import Kind
from eligibility.criteria.residence import DOMICILE, RESIDENCE
from eligibility.criteria.result import Result
from eligibility.criteria.statements import Choice, Declared, Judged, OnDay
from eligibility.criteria.study import ENROLMENT, STUDY

RECORD_KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        CITIZENSHIP, PERMIT, RESIDENCE, DOMICILE, EXPERIENCE, EMPLOYMENT, DEGREE, STUDY, ENROLMENT, LANGUAGE, PARTICIPATION,
        CERTIFICATE, DOCUMENT, *KINDS_OF_LIFE,
    )
}  # fmt: skip

OTHER_KINDS: Mapping[str, type[Criterion]] = {kind.kind: kind for kind in (Age, Declared, Judged, Choice, OnDay)}

__all__ = ["OTHER_KINDS", "RECORD_KINDS", "Criterion", "Kind", "Result"]
