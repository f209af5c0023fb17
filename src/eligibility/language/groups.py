"""What joins criteria, and the short ways to write one."""

from __future__ import annotations

from eligibility.profile import COMPARED

JOINING = ("all_of", "any_of", "none_of", "together")
"""The keys that hold a list of others."""
GROUPS = (*JOINING, "met")
"""The keys that stand in the place of a kind."""
SHORT_FORMS = ("permanent_residence",)
"""Kinds that are another kind, written shorter."""
OF_RELATIVE = "relative"
"""`same: relative`: all of it is asked of one and the same relative."""
BOTH_PARENTS = "both_parents"
"""`whose: both_parents`: all of it is asked of each of two parents."""
SAME = (*COMPARED, OF_RELATIVE)
"""What may be one for all members of a group."""
