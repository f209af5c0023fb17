"""XML that somebody sent, as the values that JSON would have: no document type is read, so nothing stands for more than it says."""

from __future__ import annotations

from typing import Any
from xml.parsers import expat

from eligibility.importing.limits import MAX_VALUES, Walk, refuse
from eligibility.loading.yaml_syntax import MAX_DEPTH

_DATE = {"year": "Year", "month": "Month", "day": "Day"}
_LIST = "List"


class _Refused(Exception):
    """A code, and where in the file."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class _Element:
    __slots__ = ("attributes", "children", "name", "pieces")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.children: list[_Element] = []
        self.pieces: list[str] = []

    def value(self) -> Any:
        """Text, or a mapping of the elements in it; what repeats is a list, and a `…List` the list of what it holds."""
        found: dict[str, Any] = {_DATE[key]: one for key, one in self.attributes.items() if key in _DATE}
        for child in self.children:
            if child.name.endswith(_LIST) and child.name != _LIST:
                found.setdefault(child.name.removesuffix(_LIST), []).extend(one.value() for one in child.children)
            elif child.name in found:
                known = found[child.name]
                found[child.name] = [*known, child.value()] if isinstance(known, list) else [known, child.value()]
            else:
                found[child.name] = child.value()
        return found or "".join(self.pieces).strip()


def values_in(data: bytes, name: str) -> tuple[str, Any]:
    """The name of the outermost element and what is in it, names without their namespaces. Raises `Problems`."""
    top = _Element("", {})
    inside = [top]
    count = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > MAX_VALUES:
            raise _Refused("E113", limit=MAX_VALUES)
        if len(inside) > MAX_DEPTH:
            raise _Refused("E112", limit=MAX_DEPTH)
        element = _Element(tag.rpartition(" ")[2], attributes)
        inside[-1].children.append(element)
        inside.append(element)

    def end(tag: str) -> None:
        inside.pop()

    def text(piece: str) -> None:
        inside[-1].pieces.append(piece)

    def refuse_type(*_: object) -> None:
        raise _Refused("E645")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.StartDoctypeDeclHandler = refuse_type
    try:
        parser.Parse(data, True)
    except _Refused as error:
        refuse(name, error.code, line=parser.CurrentLineNumber, column=parser.CurrentColumnNumber + 1, **error.params)
    except (expat.ExpatError, LookupError, ValueError):
        refuse(name, "E646", line=parser.CurrentLineNumber, column=parser.CurrentColumnNumber + 1)
    [root] = top.children
    return root.name, Walk(name).checked(root.value(), root.name)
