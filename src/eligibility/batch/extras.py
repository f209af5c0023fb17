"""Libraries that not everybody needs: imported when they are, and told with the command that installs them where they are missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from eligibility.wording import Words


class MissingExtra(Exception):
    """A library that is not installed; `extra` is what to ask pip for: `eligibility[EXTRA]`."""

    def __init__(self, extra: str, library: str) -> None:
        super().__init__(f"{library} is not installed")
        self.extra = extra
        self.library = library

    def __reduce__(self) -> tuple[Any, ...]:  # it may come from another process
        return MissingExtra, (self.extra, self.library)

    def told(self, words: Words) -> str:
        """The one line that says which command installs it."""
        return words.text("missing_extra", library=self.library, command=f'pip install "eligibility[{self.extra}]"')


def extra(module: str, name: str, library: str) -> Any:
    """A module of a library that comes with the extra `name`. Raises MissingExtra."""
    try:
        return import_module(module)
    except ImportError:
        raise MissingExtra(name, library) from None
