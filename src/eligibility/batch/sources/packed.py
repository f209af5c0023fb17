"""Workbooks as what they are, zips of XML: read in pieces, with nothing built that was not counted first.

No document type is read, so nothing stands for more than it says; no piece of markup may be longer than a long cell.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import NoReturn, Protocol
from xml.parsers import expat

from eligibility.batch.sources import open_ordinary
from eligibility.batch.sources.limits import FREE_SIZE, MAX_RATIO, MAX_UNPACKED, too_large
from eligibility.diagnostic import Diagnostic, Place, Problems

_PIECE = 1 << 16
_LONGEST_MARKUP = 1 << 20
_NAMES = 1_000
"""How many names of elements are kept without their namespaces: a workbook has some dozens."""
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError, ValueError, RuntimeError, LookupError)
"""What the libraries say of a damaged or protected file."""


class Damaged(ValueError):
    """A part that does not hold what it should."""


class Part(Protocol):
    """What is to be made of the elements of a part: names without their namespaces, attributes as they come."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None: ...
    def end(self, name: str) -> None: ...
    def text(self, text: str) -> None: ...


class Package:
    """A workbook that was looked at: what its directory says it unpacks to is not too much. Raises `Problems`."""

    def __init__(self, path: str) -> None:
        self.path = path
        with open_ordinary(path) as file:  # what is no ordinary file is refused before a library sees it
            try:
                with zipfile.ZipFile(file) as packed:
                    self.sizes = {one.filename: one.file_size for one in packed.infolist()}
                    sizes = [(one.file_size, one.compress_size) for one in packed.infolist()]
                    known = all(one.compress_type in _PACKINGS for one in packed.infolist())
            except _BROKEN:
                damaged(path)
        if sum(self.sizes.values()) > MAX_UNPACKED:
            too_large(path, "unpacked", MAX_UNPACKED)
        for size, packed_size in sizes:
            if size > (limit := max(FREE_SIZE, MAX_RATIO * packed_size)):
                too_large(path, "unpacked", limit)
        if not known:
            damaged(path)

    def read(self, name: str, part: Part) -> None:
        """Read a whole part. Raises `Problems`."""
        for _ in self.pieces(name, part):
            pass

    def pieces(self, name: str, part: Part) -> Iterator[None]:
        """Read a part piece by piece: what was found so far is looked at in between. Raises `Problems`."""
        try:
            with open_ordinary(self.path) as file, zipfile.ZipFile(file) as packed, packed.open(name) as unpacked:
                parser = _parser(part)
                fed = 0
                while piece := unpacked.read(_PIECE):
                    fed += len(piece)
                    parser.Parse(piece, False)
                    if fed - parser.CurrentByteIndex > _LONGEST_MARKUP:
                        raise Damaged(name)
                    yield
                parser.Parse(b"", True)
                yield
        except _BROKEN:
            damaged(self.path, getattr(part, "row", 1))


def _parser(part: Part) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    known: dict[str, str] = {}
    began, ended = part.start, part.end

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name not in known and len(known) < _NAMES:
            known[name] = local(name)
        began(known.get(name) or local(name), attributes)

    def end(name: str) -> None:
        ended(known.get(name) or local(name))

    def refuse(*_: object) -> None:
        raise Damaged("a document type")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = part.text
    parser.StartDoctypeDeclHandler = refuse
    return parser


def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition(" ")[2]


def damaged(path: str, line: int = 1) -> NoReturn:
    """Refuse a file that is not what its name says, or breaks off at a row."""
    raise Problems([Diagnostic("E614", Place(path, line))]) from None
