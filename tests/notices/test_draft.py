"""`eligibility new vacancy --from`: a draft that is read, says what is left to do, and is never taken for finished."""

from __future__ import annotations

import os
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from eligibility.checks.files import look_at
from eligibility.cli import FINDINGS, NOTHING, OK, UNREADABLE, run
from eligibility.loading.files import read_source
from eligibility.loading.yaml_reader import read_yaml
from eligibility.reference import load_reference
from tests.notices.invented import GARDENERS, HARBOUR, RIVERS, TWO_POSTS


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


def codes(path: str) -> set[str]:
    return {one.code for one in look_at(path, load_reference(), date(2026, 1, 1)).diagnostics}


@pytest.mark.parametrize("text", [HARBOUR, GARDENERS, RIVERS])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_draft_is_read_and_only_says_what_is_left_to_do(folder: Path, text: str, lang: str) -> None:
    (folder / "notice.txt").write_text(text, "utf-8")
    assert run(["new", "vacancy", "post.yaml", "--from", "notice.txt", "--lang", lang]) == OK
    assert codes("post.yaml") == {"W326"}
    data = read_yaml(read_source("post.yaml")).data
    assert "reviewed" not in data
    assert data["notice"]["document"] == "notice.txt"
    criteria = data["criteria"]
    assert isinstance(criteria, list)
    assert all(one["todo"] and one["quote"] and one["clause"] for one in criteria)


def test_a_draft_does_not_validate_as_finished(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "notice.txt").write_text(HARBOUR, "utf-8")
    run(["new", "vacancy", "-o", "post.yaml", "--from", "notice.txt"])
    assert "14 sentences look like conditions; proposed with figures: 6." in " ".join(capsys.readouterr().err.split())
    assert run(["validate", "post.yaml", "--fail-on", "warning"]) == FINDINGS
    assert "still to be done: Compare the figures with the sentence" in " ".join(capsys.readouterr().out.split())


def test_the_header_of_a_draft(folder: Path) -> None:
    (folder / "notice.txt").write_text(HARBOUR, "utf-8")
    run(["new", "vacancy", "post.yaml", "--from", "notice.txt"])
    data = read_yaml(read_source("post.yaml")).data
    assert data["title"] == {"fr": "À REMPLACER\u00a0: Tide Data Officer", "en": "REPLACE: Tide Data Officer"}
    assert data["notice"] == {"document": "notice.txt", "language": "en", "number": "HA/2027/014", "contact": "jobs@harbour.example"}
    assert (data["zone"], data["dates"]) == ("Europe/Brussels", {"deadline": "2027-03-12T17:00"})


def test_two_readings_of_a_deadline_are_both_written(folder: Path) -> None:
    (folder / "notice.txt").write_text(HARBOUR.replace("17:00", "midnight"), "utf-8")
    run(["new", "vacancy", "post.yaml", "--from", "notice.txt"])
    document: Any = read_yaml(read_source("post.yaml")).data
    assert [str(one["at"]) for one in document["dates"]["deadline"]["readings"]] == ["2027-03-12", "2027-03-11"]


def test_an_asset_is_desirable(folder: Path) -> None:
    (folder / "notice.txt").write_text(GARDENERS, "utf-8")
    run(["new", "vacancy", "post.yaml", "--from", "notice.txt"])
    criteria = read_yaml(read_source("post.yaml")).data["criteria"]
    assert isinstance(criteria, list)
    assert [one["quote"] for one in criteria if one.get("importance") == "desirable"] == [
        "A master's degree would be an advantage.",
        "Experience with moss.",
    ]


def test_several_posts_are_several_files(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "notice.txt").write_text(TWO_POSTS, "utf-8")
    assert run(["new", "vacancy", "--from", "notice.txt"]) == UNREADABLE
    assert "2 posts" in capsys.readouterr().err
    assert run(["new", "vacancy", "post.yaml", "--from", "notice.txt"]) == OK
    assert sorted(os.listdir(".")) == ["notice.txt", "post-1.yaml", "post-2.yaml", "vacancy.schema.json"]
    assert codes("post-1.yaml") == codes("post-2.yaml") == {"W326"}
    assert run(["new", "vacancy", "post.yaml", "--from", "notice.txt"]) == UNREADABLE
    assert "`post-1.yaml` is there already" in capsys.readouterr().err


def test_the_draft_goes_to_standard_output_without_a_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "notice.txt").write_text(HARBOUR, "utf-8")
    assert run(["new", "vacancy", "--from", "notice.txt"]) == OK
    assert capsys.readouterr().out.startswith("# yaml-language-server: $schema=vacancy.schema.json\n")
    assert os.listdir(".") == ["notice.txt"]


def test_where_to_put_the_notice_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "notice.txt").write_text(HARBOUR, "utf-8")
    (folder / "rules").mkdir()
    run(["new", "vacancy", "rules/post.yaml", "--from", "notice.txt"])
    assert "Put notice.txt beside rules/post.yaml" in " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["profile", "--from", "notice.txt"], "a notice is drafted as a vacancy"),
        (["vacancy", "a.yaml", "-o", "b.yaml", "--from", "notice.txt"], "two files"),
        (["vacancy", "no/post.yaml", "--from", "notice.txt"], "there is no folder"),
        (["vacancy", "--from", "nowhere.txt"], "nowhere.txt"),
        (["vacancy", "notice.txt", "--from", "notice.txt"], "is there already"),
        (["vacancy", "notice.txt", "--from", "notice.txt", "--force"], "notice.txt"),
    ],
)
def test_what_makes_no_sense_is_refused(folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    (folder / "notice.txt").write_text(HARBOUR, "utf-8")
    assert run(["new", *arguments]) == UNREADABLE
    assert said in " ".join(capsys.readouterr().err.split())
    assert (folder / "notice.txt").read_text("utf-8") == HARBOUR


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (b"", NOTHING, "is empty"),
        (b" \n\t\n", NOTHING, "is empty"),
        (b"The weather is fine.\n", NOTHING, "Nothing in"),
        (b"\x00\x01\x02" * 100, UNREADABLE, ""),
        (b"\xff\xfe" + "Age".encode("utf-16-le"), UNREADABLE, ""),
        (b"caf\xe9", UNREADABLE, ""),
        (b"a" * 400_001, UNREADABLE, "longer than any notice"),
        (b"a" * 1_000_001, UNREADABLE, "larger than"),
    ],
)
def test_what_is_no_notice_is_said_in_a_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str], data: bytes, code: int, said: str
) -> None:
    (folder / "notice.txt").write_bytes(data)
    assert run(["new", "vacancy", "post.yaml", "--from", "notice.txt"]) == code
    err = capsys.readouterr().err
    assert said in err
    assert "notice.txt" in err
    assert not (folder / "post.yaml").exists()


def test_no_character_of_a_notice_can_break_its_draft(folder: Path) -> None:
    """Controls, marks that turn text around, quotes and half a YAML: the draft is read, and its quotations are found in the notice."""
    pieces = [
        "\u202e",
        "\u200b",
        "\x07",
        "\u00ad",
        '"',
        "'",
        "\\",
        "{",
        "}",
        ": ",
        "#",
        " - ",
        "é",
        "\u00a0",
        "«",
        "\ufeff",
        "\t",
        "|",
        "<b>",
        "**",
    ]
    for seed in range(40):
        some = random.Random(seed)
        lines = HARBOUR.splitlines()
        for _ in range(30):
            number = some.randrange(len(lines))
            at = some.randint(0, len(lines[number]))
            lines[number] = lines[number][:at] + some.choice(pieces) + lines[number][at:]
        (folder / "notice.txt").write_text("\n".join(lines), "utf-8")
        assert run(["new", "vacancy", "post.yaml", "--from", "notice.txt", "--force"]) == OK, seed
        assert codes("post.yaml") <= {"W326"}, seed
