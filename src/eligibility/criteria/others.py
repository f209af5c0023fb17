"""The kinds of criteria that do not ask about records."""

from __future__ import annotations

from collections.abc import Mapping

from eligibility.criteria.age import Age
from eligibility.criteria.base import Criterion
from eligibility.criteria.statements import Choice, Declared, Judged, OnDay

OTHER_KINDS: Mapping[str, type[Criterion]] = {kind.kind: kind for kind in (Age, Declared, Judged, Choice, OnDay)}
