"""The skills of a language, and the words that stand for several of them."""

from __future__ import annotations

from collections.abc import Mapping

SKILLS = ("listening", "reading", "spoken_interaction", "spoken_production", "writing")

SKILL_GROUPS: Mapping[str, tuple[str, ...]] = {
    "understanding": ("listening", "reading"),
    "speaking": ("spoken_interaction", "spoken_production"),
    "oral": ("listening", "spoken_interaction", "spoken_production"),
}
