"""What every page is made with: templates in which each text is made safe and escaped, and what the content security policy allows."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from eligibility.batch.extras import MissingExtra
from eligibility.reporters.layout import safe

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def environment() -> Environment:
    """The templates beside this file. Raises MissingExtra where Jinja2 is not installed."""
    try:
        from jinja2 import Environment, FunctionLoader, StrictUndefined
    except ImportError:
        raise MissingExtra("batch", "Jinja2") from None
    return Environment(
        autoescape=True,
        finalize=_shown,
        loader=FunctionLoader(lambda name: files(__package__).joinpath(name).read_text("utf-8")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _shown(value: object) -> object:
    """What is a text of ours or of others is made safe before it is escaped; markup of ours passes."""
    return safe(value) if type(value) is str else value


@cache
def markup_file(name: str) -> Any:
    """A style or a script of ours, as markup."""
    from markupsafe import Markup

    return Markup(files(__package__).joinpath(name).read_text("utf-8"))


def policy_hash(text: str) -> str:
    """How a content security policy names a text."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
