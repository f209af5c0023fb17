"""The file that answers go into: read, written anew whole or not at all, and never over what another program has written since."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from eligibility.asking.conversation import Moved
from eligibility.asking.profile_data import Data
from eligibility.authoring.edited import NotEdited, edited
from eligibility.diagnostic import Diagnostic, Problems
from eligibility.loading.files import Source, read_source
from eligibility.loading.loaded import Loaded
from eligibility.loading.models import profile_in
from eligibility.loading.yaml_reader import read_yaml
from eligibility.outputs import write_file
from eligibility.profile import Profile
from eligibility.reference import Reference

_EMPTY = "E102"


class Paper:
    """A profile file. `problems` gives what else is wrong with a profile that can be read (a birth to come); `sentence` puts it into words.

    Raises `Problems` where there is a file that cannot be read.
    """

    def __init__(
        self, path: str, reference: Reference, problems: Callable[[Loaded], list[Diagnostic]], sentence: Callable[[Diagnostic | str], str]
    ) -> None:  # fmt: skip
        self.path = path
        self._reference = reference
        self._problems = problems
        self._sentence = sentence
        self.begun = os.path.lexists(path)
        """Whether there was a file."""
        self._load()

    def _load(self) -> None:
        self._bytes = read_source(self.path).data if os.path.lexists(self.path) else None
        self._keep(self._bytes or b"")

    def _keep(self, data: bytes) -> None:
        """Read what a file would say; kept where nothing is wrong with it. Raises Problems."""
        loaded = self._read(data)
        wrong = [one for one in loaded.diagnostics if one.is_error] or self._problems(loaded)
        if wrong:
            raise Problems(wrong)
        self.loaded = loaded
        self.data: Data = loaded.document.data
        self.profile: Profile = loaded.model

    def _read(self, data: bytes) -> Loaded:
        try:
            document = read_yaml(Source(self.path, data))
        except Problems as error:
            if not all(one.code == _EMPTY for one in error.diagnostics):
                raise
            document = read_yaml(Source(self.path, b"{}"))  # nothing but comments: nothing is known yet
        return profile_in(document, self._reference)

    def write(self, data: Data) -> str:
        """Write what the profile says now. Gives what is wrong with it, in a sentence; nothing was written then.

        Raises Moved where another program has written to the file, OSError where it cannot be written.
        """
        if self._changed():
            self._load()
            raise Moved
        try:
            text = edited((self._bytes or b"").decode("utf-8"), self.data, data)
        except NotEdited as error:
            return self._sentence(str(error))
        try:
            self._keep(text.encode("utf-8"))
        except Problems as error:
            return self._sentence(error.diagnostics[0])
        self._put(text.encode("utf-8"))
        return ""

    def _put(self, data: bytes | None) -> None:
        if data is None:
            os.unlink(self.path)
        else:
            write_file(self.path, data)
        self._bytes = data

    def _changed(self) -> bool:
        """Whether the file is another one than was read or written last."""
        if not os.path.lexists(self.path):
            return self._bytes is not None
        return read_source(self.path).data != self._bytes

    def mark(self) -> Any:
        """What the file says now, for `restore`."""
        return self._bytes

    def restore(self, mark: Any) -> None:
        """Write again what the file said when `mark` was taken. Raises Moved and OSError, as `write` does."""
        if self._changed():
            self._load()
            raise Moved
        if mark != self._bytes:
            self._keep(mark or b"")
            self._put(mark)
