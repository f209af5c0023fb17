"""What joins criteria, and the short ways to write one."""

from __future__ import annotations

JOINING = ("all_of", "any_of", "none_of", "together")
"""The keys that hold a list of others."""
GROUPS = (*JOINING, "met")
"""The keys that stand in the place of a kind."""
SHORT_FORMS = ("permanent_residence",)
"""Kinds that are another kind, written shorter."""
