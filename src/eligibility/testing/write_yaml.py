"""Plain data as YAML on one line, written so that our own reader, and any other, reads the same."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

_PLAIN = re.compile(r"[A-Za-zÀ-ÿ][\wÀ-ÿ.'’()/-]*(?: [\wÀ-ÿ.'’()/-]+)*")
_DAY = re.compile(r"\d{4}-\d{2}(-\d{2})?")
_RESERVED = {"y", "n", "yes", "no", "on", "off", "true", "false", "null", "none", "inf", "nan"}


def flow(value: Any) -> str:
    """A value in flow style; a text is quoted wherever a reader might take it for anything else."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{flow(key)}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    if _DAY.fullmatch(text) or (_PLAIN.fullmatch(text) and text.lower() not in _RESERVED) or re.fullmatch(r"\d{1,3}%", text):
        return text
    return json.dumps(text, ensure_ascii=False)
