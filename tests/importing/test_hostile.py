"""CVs that were made to do harm, and files that are none: refused in seconds, with a sentence and a code, and nothing written."""

from __future__ import annotations

import io
import json
import os
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Import

POSITIONS = b"Company Name,Title,Description,Location,Started On,Finished On\n"


def archive(*members: tuple[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members:
            packed.writestr(name, data)
    return held.getvalue()


def basics(text: str) -> bytes:
    return json.dumps({"basics": {"name": text}, "work": [{"name": text}]}).encode()


def xml(inside: str, before: str = "") -> bytes:
    return f'<?xml version="1.0"?>{before}<SkillsPassport><LearnerInfo>{inside}</LearnerInfo></SkillsPassport>'.encode()


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)) + "]>"
PDF_BOMB = b"%PDF-1.7\n1 0 obj<</Type/EmbeddedFile/Filter/FlateDecode>>stream\n" + zlib.compress(bytes(30_000_000)) + b"\nendstream endobj"

REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a hundred megabytes of JSON": ("cv.json", lambda: b'{"basics": {"name": "' + b"a" * 100_000_000 + b'"}}', "E136"),
    "a million entries": ("cv.json", lambda: b'{"work": [' + b",".join([b"{}"] * 200_000) + b"]}", "E113"),
    "brackets in brackets": ("cv.json", lambda: b'{"work": ' + b"[" * 4_000_000, "E112"),
    "mappings in mappings": ("cv.json", lambda: b'{"a":' * 200_000 + b"1" + b"}" * 200_000, "E112"),
    "fifty levels": ("cv.json", lambda: b'{"work": ' + b"[" * 50 + b"]" * 50 + b"}", "E112"),
    "a number of a million figures": ("cv.json", lambda: b'{"basics": {"name": ' + b"9" * 1_000_000 + b"}}", "E119"),
    "an endless number": ("cv.json", lambda: b'{"basics": {"name": 1e999}}', "E122"),
    "not a number": ("cv.json", lambda: b'{"basics": {"name": NaN}}', "E122"),
    "a key twice": ("cv.json", lambda: b'{"basics": {"name": "a", "name": "b"}}', "E640"),
    "half a file": ("cv.json", lambda: b'{"basics": {"name": "a"', "E640"),
    "a list": ("cv.json", lambda: b"[1, 2]", "E641"),
    "other JSON": ("cv.json", lambda: b'{"dependencies": {}}', "E641"),
    "a CV that says nothing": ("cv.json", lambda: b'{"basics": {}, "work": []}', "E641"),
    "bytes that are no text": ("cv.json", lambda: b'{"basics": {"name": "\xff"}}', "E140"),
    "a control character": ("cv.json", lambda: basics("a\x07b"), "E126"),
    "an escape of a terminal": ("cv.json", lambda: basics("\x1b[2J"), "E126"),
    "text turned around": ("cv.json", lambda: basics("a\u202eb"), "E127"),
    "half a character": ("cv.json", lambda: b'{"basics": {"name": "\\ud800"}}', "E111"),
    "a letter with a million accents": ("cv.json", lambda: basics("a" + "\u0301" * 50_000), "E157"),
    "a control character in a key": ("cv.json", lambda: b'{"basics": {"name": "a"}, "x\\u0007": 1}', "E126"),
    "a billion laughs": ("cv.xml", lambda: xml("&i;", LAUGHS), "E645"),
    "a file of the computer": ("cv.xml", lambda: xml("&x;", '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "E645"),
    "a document type of the net": ("cv.xml", lambda: xml("", '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'), "E645"),
    "an entity that nobody declared": ("cv.xml", lambda: xml("&x;"), "E646"),
    "elements in elements": ("cv.xml", lambda: b"<a>" * 100_000, "E112"),
    "a million elements": ("cv.xml", lambda: xml("<a/>" * 200_000), "E113"),
    "XML that breaks off": ("cv.xml", lambda: b"<Candidate><CandidatePerson>", "E646"),
    "a page of the web": ("cv.html", lambda: b"<html><body>CV</body></html>", "E641"),
    "an encoding nobody has": ("cv.xml", lambda: b'<?xml version="1.0" encoding="x-none"?><Candidate/>', "E646"),
    "too much XML": ("cv.xml", lambda: xml("<a>" + "a" * 11_000_000 + "</a>"), "E136"),
    "a bomb in a PDF": ("cv.pdf", lambda: PDF_BOMB, "E642"),
    "a PDF by another name": ("cv.json", lambda: PDF_BOMB, "E642"),
    "a document of a word processor": ("cv.docx", lambda: archive(("word/document.xml", b"<a/>")), "E642"),
    "an old document of a word processor": ("cv.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "E642"),
    "an OpenDocument text": ("cv.odt", lambda: archive(("content.xml", b"<a/>")), "E642"),
    "a name that leads out of an archive": ("x.zip", lambda: archive(("Positions.csv", POSITIONS), ("../evil.csv", POSITIONS)), "E643"),
    "a name from the root": ("x.zip", lambda: archive(("/etc/Positions.csv", POSITIONS)), "E643"),
    "a name with a drive": ("x.zip", lambda: archive(("C:\\Positions.csv", POSITIONS)), "E643"),
    "a name with other strokes": ("x.zip", lambda: archive(("a\\..\\..\\Positions.csv", POSITIONS)), "E643"),
    "a bomb in an archive": ("x.zip", lambda: archive(("Positions.csv", POSITIONS + bytes(5_000_000))), "E136"),
    "a hundred thousand files": ("x.zip", lambda: archive(*((f"{number}.csv", b"") for number in range(10_001))), "E136"),
    "half an archive": ("x.zip", lambda: archive(("Positions.csv", POSITIONS * 50))[:-40], "E643"),
    "an archive of something else": ("x.zip", lambda: archive(("readme.txt", b"Hello")), "E641"),
    "a bomb in a workbook": ("x.xlsx", lambda: archive(("xl/workbook.xml", bytes(5_000_000))), "E136"),
    "quotes that never close": ("Positions.csv", lambda: POSITIONS + b'"Kite,Analyst,,,Nov 2022,\n', "E603"),
    "a million rows": ("Positions.csv", lambda: POSITIONS + b"Kite,,,,2020,\n" * 500_000, "E136"),
    "bytes in a table": ("Positions.csv", lambda: POSITIONS + b"Kite,\0,,,2020,\n", "E138"),
    "a control character in a table": ("Positions.csv", lambda: POSITIONS + b"Kite\x07,,,,2020,\n", "E126"),
    "nothing": ("cv.json", lambda: b"", "E102"),
    "blanks": ("cv.json", lambda: b" \n ", "E102"),
    "a picture": ("cv.png", lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "E641"),
    "a letter": ("cv.md", lambda: b"# Ada Example\n\nI worked at Kite.\n", "E641"),
    "a profile": ("me.yaml", lambda: b"name: Ada\n", "E641"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "data", "code"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused(name: str, data: Callable[[], bytes], code: str, imported: Import, folder: Path) -> None:
    (folder / name).write_bytes(data())
    found = imported(name, "-o", "out.yaml", "--row", "2")
    assert found.code == 2, (found.err, found.text)
    assert f"error[{code}]" in found.err
    assert "Traceback" not in found.err
    assert "bug" not in found.err
    assert not any(letter in found.err for letter in "\x07\x1b\u202e")
    assert not (folder / "out.yaml").exists()
    assert {one.name for one in folder.iterdir()} <= {name, "rules", "cv.json"}


def test_what_is_no_file(imported: Import, folder: Path) -> None:
    """A folder without an export, a pipe, a device, a link in a folder."""
    (folder / "empty").mkdir()
    assert "[E641]" in imported("empty").err
    os.mkfifo(folder / "pipe")
    assert "[E132]" in imported("pipe").err
    assert "[E133]" in imported("/dev/zero").err
    assert "[E130]" in imported("nowhere.json").err
    (folder / "secret.csv").write_bytes(POSITIONS + b"Secret,,,,2020,\n")
    (folder / "empty" / "Positions.csv").symlink_to(folder / "secret.csv")
    assert "[E641]" in imported("empty").err


def test_a_photograph_costs_nothing(imported: Import) -> None:
    """A long text that is not read is no reason to refuse a CV."""
    found = imported({"basics": {"name": "Ada", "image": "x" * 3_000_000}})
    assert (found.code, found.data) == (0, {"name": "Ada"})
    assert "basics.image" in found.err


def test_letters_that_nobody_sees_are_left_out(imported: Import) -> None:
    """A soft hyphen or a mark of order of bytes comes along when text is copied, and is no part of a name."""
    assert imported({"basics": {"name": "Ada\u00ad\u200b Ex\ufeffample"}}).data == {"name": "Ada Example"}


def test_a_comment_cannot_become_a_line(imported: Import) -> None:
    """What is quoted in comments stays there, whatever line ends are in it."""
    evil = "x\ncitizenships: [FR]\r\nname: Eve\u00a0"
    found = imported({"basics": {"name": "Ada"}, "work": [{"name": "Kite", "startDate": evil, "location": evil}], evil: 1, "languages": [{"language": evil}]})
    assert found.data == {"name": "Ada", "experience": [{"employer_name": "Kite"}], "incomplete": ["experience"]}


def test_an_output_is_never_the_input(imported: Import, folder: Path) -> None:
    found = imported({"basics": {"name": "Ada"}}, "-o", "cv.json")
    assert found.code == 2
    assert json.loads((folder / "cv.json").read_text())["basics"] == {"name": "Ada"}
