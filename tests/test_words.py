"""Every sentence exists in every language, with the same facts in it; every code the program can give has one."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from eligibility.language.every_kind import EVERY_KIND
from eligibility.language.kinds import RECORD_KINDS
from eligibility.reporters.layout import wrapped
from eligibility.reporters.sentences import _KINDS_OF
from eligibility.wording import MissingMessage, Words, _catalogue, languages

SOURCE = Path(__file__).parent.parent / "src" / "eligibility"
CATALOGUES: dict[str, dict[str, Any]] = {language: dict(_catalogue(language)) for language in languages()}


def facts(entry: Any) -> set[str]:
    texts = entry.values() if isinstance(entry, dict) else [entry] if isinstance(entry, str) else []
    return {name for text in texts for name in re.findall(r"\{(\w+)\}", str(text))}


def texts(entry: Any) -> list[str]:
    """Every text of an entry, plural forms and helps included."""
    if isinstance(entry, dict):
        return [text for inner in entry.values() for text in texts(inner)]
    return [str(entry)]


def test_languages_have_the_same_messages() -> None:
    """No message is missing in one language, and none is left over in another; what a kind asks, what a check of meaning finds, and what an
    option is, is said in English by its own code."""
    keys = {language: {key for key in catalogue if not key.startswith(("page.", "help."))} for language, catalogue in CATALOGUES.items()}
    kinds = {f"kinds.doc.{kind}" for kind in EVERY_KIND}
    assert keys["fr"] == keys["en"] | kinds
    assert not kinds & keys["en"]


@pytest.mark.parametrize("key", sorted(CATALOGUES["en"]))
def test_messages_use_known_facts(key: str) -> None:
    """A translation names no fact that the other language does not have, plural numbers apart."""
    en, fr = facts(CATALOGUES["en"][key]), facts(CATALOGUES["fr"][key])
    assert (en ^ fr) <= {"number", "n", "zone", "hours2", "hours"}


@pytest.mark.parametrize("language", languages())
def test_no_message_is_written_twice(language: str) -> None:
    """No file of a language hides a message of another."""
    files = sorted((SOURCE / "wording" / language).glob("*.json"))
    keys = [key for path in files for key in json.loads(path.read_text("utf-8"))]
    assert sorted(keys) == sorted(set(keys))


def test_every_kind_has_a_name() -> None:
    """Every kind of criterion is called something in every language."""
    for kind in EVERY_KIND:
        for catalogue in CATALOGUES.values():
            assert f"kind.{kind}" in catalogue


def test_every_kind_has_its_question() -> None:
    """What a profile does not say is asked for in a question about it, never with the name of a key."""
    for kind in RECORD_KINDS:
        for catalogue in CATALOGUES.values():
            assert "{paths}" not in catalogue[f"ask.{kind}"]
        assert re.match(r"vos |votre |où ", CATALOGUES["fr"][f"kind.{kind}"])  # "Votre profil ne dit rien de vos diplômes."


def test_every_code_in_the_program_has_words() -> None:
    """Every diagnostic code that the program names has a message with its help."""
    codes = {code for path in SOURCE.rglob("*.py") for code in re.findall(r"\b[EWN]\d{3}\b", path.read_text("utf-8"))}
    assert codes <= set(CATALOGUES["en"])
    unused = {key for key in CATALOGUES["en"] if re.fullmatch(r"[EWN]\d{3}", key)} - codes
    assert not unused


def test_a_missing_message_is_told_by_its_key() -> None:
    """A message that does not exist is an error that names it, never an empty text."""
    with pytest.raises(MissingMessage, match="no such thing"):
        Words("en").text("no such thing")


@pytest.mark.parametrize(
    ("language", "n", "text"),
    [("en", 0, "0 days"), ("en", 1, "1 day"), ("en", 2, "2 days"), ("fr", 0, "0 jour"), ("fr", 1, "1 jour"), ("fr", 2, "2 jours")],
)
def test_plurals(language: str, n: int, text: str) -> None:
    """Zero is plural in English and singular in French."""
    assert Words(language).count("days", n) == text


def test_french_punctuation_stands_with_its_word() -> None:
    """No line can begin with `:` or end with `«`: the spaces beside them do not break, in our words and in those of rule files."""
    for key, entry in CATALOGUES["fr"].items():
        for text in texts(entry):
            assert not re.search(r"« [^ ]| »|\S [;?!:](?:[ \"]|$)", text), key
    lines = list(wrapped("Il a écrit : « excellente » vaut C1 ; est-ce vrai ?", 16))
    assert not any(line.lstrip()[0] in ":;?»" or line.rstrip()[-1] == "«" for line in lines)


def test_dates_in_words() -> None:
    """The first of a month is `1er` in French; weekdays and months are the language's own."""
    day = 738794  # 1 October 2023, a Sunday
    assert Words("fr").date(day, weekday=True) == "dimanche 1er octobre 2023"
    assert Words("en").date(day, weekday=True) == "Sunday 1 October 2023"


def test_every_part_of_a_profile_has_a_question_that_asks_for_it() -> None:
    """Of whichever kind the criterion is that lacks it: stays away are asked for with the residence."""
    assert [source for source, kinds in _KINDS_OF.items() if not kinds] == []
