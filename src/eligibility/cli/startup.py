"""The two things that make a short process shorter, with what they save of a cold check on the machine where they were measured."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from types import ModuleType
from typing import NoReturn


def without_pydantic_plugins() -> None:
    """No plugin of Pydantic that happens to be installed, or lies in the working folder, is looked for or run (22 ms of 254).

    To be called before Pydantic is imported: its real loader imports `importlib.metadata` and `email` to find nothing.
    """
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    loader = ModuleType("pydantic.plugin._loader")
    loader.__dict__["get_plugins"] = tuple
    sys.modules[loader.__name__] = loader


def leave(code: int) -> NoReturn:
    """End the process with a code once what was written is out, without taking hundreds of modules apart (38 ms of 254)."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)
