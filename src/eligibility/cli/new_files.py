"""Where new files go: never over one that is there, and with the schema that an editor finds."""

from __future__ import annotations

import os

from eligibility.cli.options import Usage
from eligibility.wording import Words


def refuse_unless_new(path: str, force: bool, words: Words, hint: str = "FILE") -> None:
    """What would be in the way is told before anything is asked."""
    folder = os.path.dirname(os.path.abspath(path))
    if not os.path.isdir(folder):
        raise Usage(words.text("new.no_folder", path=folder), param_hint=hint)
    if os.path.lexists(path) and (not force or not os.path.isfile(path)):
        raise Usage(words.text("new.exists", path=path, other=_free_name(path)), param_hint=hint)


def _free_name(path: str) -> str:
    """`me-2.yaml` for `me.yaml`: a name beside it that no file has yet."""
    stem, ending = os.path.splitext(path)
    return next(name for number in range(2, 10_000) if not os.path.lexists(name := f"{stem}-{number}{ending}"))


def stem(path: str) -> str:
    """The name of a file without its ending."""
    return os.path.splitext(os.path.basename(path))[0]


def schema_above(folder: str, name: str) -> str | None:
    """How a file in a folder names its schema: the one beside it, or in a folder `schema` beside or above; None: there is none."""
    if os.path.isfile(os.path.join(folder, name)):
        return name
    above = folder
    while True:
        found = os.path.join(above, "schema", name)
        if os.path.isfile(found):
            return os.path.relpath(found, folder).replace(os.sep, "/")
        if os.path.dirname(above) == above:
            return None
        above = os.path.dirname(above)
