"""Every kind of criterion by its name: those that ask about records, and the others."""

from __future__ import annotations

from collections.abc import Mapping

from eligibility.language.kind import Kind, OtherKind
from eligibility.language.kinds import RECORD_KINDS
from eligibility.language.kinds.others import OTHER_KINDS

EVERY_KIND: Mapping[str, Kind | OtherKind] = {**RECORD_KINDS, **OTHER_KINDS}
