"""The schemas in the real yaml-language-server: what an author sees while typing. `.ci/run` installs it and these run there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from eligibility.language.every_kind import EVERY_KIND

from .language_server import ROOT, Server, command

pytestmark = pytest.mark.skipif(command() is None, reason="no yaml-language-server: npm ci --prefix .ci")

RULES = "# yaml-language-server: $schema=../schema/vacancy.schema.json\nformat: 1\nid: post\ntitle: {fr: Poste, en: Post}\ncriteria:\n"
PROFILE = "# yaml-language-server: $schema=../schema/profile.schema.json\n"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    program = command()
    assert program is not None
    running = Server(program, ROOT)
    yield running
    running.close()


@pytest.mark.parametrize("text", ["  - id: it\n    kind: |\n", "  - {id: it, kind: |}\n", "  - id: it\n    any_of:\n      - kind: |\n"])
def test_every_kind_is_proposed(server: Server, text: str) -> None:
    """After `kind:` come all kinds, each explained in both languages."""
    proposed = server.completion(RULES + text)
    assert set(proposed) >= {*EVERY_KIND, "permanent_residence"}
    assert proposed["degree"] == "A degree obtained by the day. / Un diplôme obtenu ce jour-là au plus tard."


def test_a_criterion_begins_with_a_kind_or_a_group(server: Server) -> None:
    """At the dash of a new criterion, `kind` and the groups are proposed, and what belongs to readings is not."""
    proposed = server.completion(RULES + "  - |\n")
    assert set(proposed) >= {"id", "kind", "any_of", "all_of", "none_of", "together", "met"}
    assert not {"name", "preferred", "whole"} & set(proposed)


def test_keys_of_the_kind_are_proposed(server: Server) -> None:
    """Below a kind come its own filters and no others."""
    proposed = server.completion(RULES + "  - id: it\n    kind: degree\n    |\n")
    assert set(proposed) >= {"level", "title", "awarded", "at_least", "as_of", "readings", "clause"}
    assert not {"native", "employer", "born", "fact"} & set(proposed)
    assert "Quand le diplôme a été délivré." in proposed["awarded"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("  - {id: it, kind: degree, title: |}\n", {"maitrise", "doctorat"}),
        ("  - {id: it, kind: degree, field: [|]}\n", {"law", "ai_ethics"}),
        ("  - {id: it, kind: citizenship, of: |}\n", {"EU", "MA", "FR"}),
        ("  - {id: it, kind: residence, as_of: |}\n", {"deadline", "start", "application"}),
        ("  - {id: it, kind: language, level: {said: |}}\n", {"fluent", "working_knowledge"}),
        ("  - {id: it, kind: language, level: {at_least: |}}\n", {"B2", "C1"}),
        ("  - {id: it, kind: child, importance: |}\n", {"required", "desirable"}),
    ],
)
def test_words_are_proposed(server: Server, text: str, words: set[str]) -> None:
    """Values come from the vocabularies."""
    assert set(server.completion(RULES + text)) >= words


@pytest.mark.parametrize(
    ("text", "english", "french"),
    [
        (RULES + "  - id: it\n    kind: degree\n    le|vel: 7\n", "from 1 to 8 of the European framework", "Le niveau de 1 à 8"),
        (RULES + "  - id: it\n    kind: language\n    le|vel: {at_least: C1}\n", "from A1 to C2", "de A1 à C2"),
        (RULES + "  - id: it\n    ki|nd: degree\n", "What the criterion asks about", "Ce sur quoi porte le critère"),
        (RULES + "  - id: it\n    kind: child\n    wh|en: {kind: degree}\n", "where it fails", "si elle n'est pas remplie"),
        (RULES + "  - id: it\n    kind: degree\n    awa|rded: {within: 2 years, before: start}\n", "was awarded", "a été délivré"),
        (RULES.replace("criteria", "crite|ria") + "  - {id: it, kind: child}\n", "What the notice asks", "Ce que demande l'avis"),
        (PROFILE + "experience:\n  - t|o: ongoing\n", "while it goes on", "si cela dure"),
        (PROFILE + "birth|_date: 1996-02-29\n", "The date of birth", "La date de naissance"),
    ],
)
def test_hovering_explains_in_both_languages(server: Server, text: str, english: str, french: str) -> None:
    """A key under the pointer says what it is, in English and in French."""
    shown = server.hover(text, "profiles/new.yaml" if text.startswith(PROFILE) else "rules/new.yaml")
    assert english in shown
    assert french in shown


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("  - {id: it, kind: degree, levl: 7}\n", "Property levl is not allowed."),
        ("  - {id: it, kind: degre}\n", "Value is not accepted. Valid values: "),
        ("  - {id: it}\n", "Say what the criterion asks about: kind, or all_of"),
        ("  - {kind: child}\n", 'Missing property "id".'),
        ("  - {id: it, kind: citizenship, of: UE}\n", "No country, region or group has this code."),
        ("  - {id: it, kind: degree, at_least: 3 years}\n", "Write an amount that this kind can be measured by: 2 times, 60 credits"),
        ("  - {id: it, kind: degree, awarded: {within: two years, before: start}}\n", "Write a length: 2 years"),
        ("  - {id: it, kind: child, as_of: 2024-1-1}\n", "Write a name from `dates`, application, or a date"),
        ("  - {id: it, any_of: [{kind: language, of: frnch}]}\n", "No language has this code."),
        ("  - {id: it, kind: experience, at_least: 1 year, also: [{kind: study, levl: 8}]}\n", "Property levl is not allowed."),
    ],
)
def test_a_mistake_is_one_message_about_what_was_meant(server: Server, text: str, message: str) -> None:
    """The message is about the kind that was written, at its line, and there is no second one."""
    [(line, said)] = server.problems(RULES + text)
    assert line == 6
    assert message in said


@pytest.mark.parametrize("path", [*sorted(ROOT.glob("rules/*.yaml")), *sorted(ROOT.glob("profiles/*.yaml"))[:4]], ids=lambda path: path.stem)
def test_right_files_have_no_problems(server: Server, path: Path) -> None:
    """Our own files, with the modeline they carry."""
    assert server.problems(path.read_text("utf-8"), f"{path.parent.name}/{path.name}") == []
