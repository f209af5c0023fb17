"""The files that an assistant may have read: those below the folders that were named at the start."""

from __future__ import annotations

import os
from collections.abc import Sequence

from eligibility.loading.files import read_source


class Refused(ValueError):
    """What an assistant asked for and does not get; `key` and `facts` say it in words."""

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key)
        self.key, self.facts = key, facts


class Folders:
    """The folders whose files may be read."""

    def __init__(self, folders: Sequence[str]) -> None:
        self.folders = [os.path.realpath(one) for one in folders]

    def read(self, path: str) -> str:
        """The text of a file, by its path or as seen from one of the folders. Raises Refused, and Problems where it cannot be read."""
        if not self.folders:
            raise Refused("assistants.no_folder", path=path)
        for folder in self.folders if "\0" not in path else ():
            real = os.path.realpath(os.path.join(folder, path))
            if os.path.commonpath([folder, real]) == folder and os.path.isfile(real):
                data = read_source(real).data
                try:
                    return data.decode("utf-8")
                except UnicodeDecodeError:
                    raise Refused("assistants.no_text", path=path) from None
        raise Refused("assistants.outside", path=path)
