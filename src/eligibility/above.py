"""What the models offer and rooms above them do: reading plain data, saying in words what is held as codes.

Imports point down: a model knows that somebody reads for it, not who. `eligibility/__init__.py`, which knows every room, says who does.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as in `eligibility/__init__.py`, which imports this
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

read_profile: Callable[[object, Any], Any]
read_vacancy: Callable[[object, Any], Any]
"""Plain data and the reference to read them with (None: that of this version) to a model. They raise `Problems`."""

problem_in_words: Callable[[str, Mapping[str, object], str], tuple[str, str]]
"""The code and the facts of a problem, and a language, to its sentence and what helps. Raises ValueError for an unknown language."""

finding_in_words: Callable[[Any, Any, str], str]
report_in_words: Callable[[Any, Any, str], str]
"""A finding or a report, whom and what it is about, and a language to text. Raise ValueError for an unknown language."""

questions_of: Callable[[Any, Any], Any]
"""A report, and whom and what it is about, to the questions that are open."""
