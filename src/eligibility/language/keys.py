"""The keys of a criterion that tell people something, and decide nothing."""

from __future__ import annotations

IN_EACH_LANGUAGE = ("label", "question", "advice", "proof")
"""Those that hold a text in each language."""
TOLD = (*IN_EACH_LANGUAGE, "clause", "quote", "source", "todo")
"""All of them."""
