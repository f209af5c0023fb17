"""An answer is written into the file that somebody wrote: it says what was answered, and nothing else of it is another."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from eligibility.asking.profile_data import with_records, with_value
from eligibility.authoring.edited import NotEdited, edited
from eligibility.loading.document import steps_of
from eligibility.loading.files import Source
from eligibility.loading.yaml_reader import read_yaml

PROFILES = sorted((Path(__file__).parent.parent.parent / "profiles").glob("*.yaml"))


def read(text: str) -> dict[str, Any]:
    data: dict[str, Any] = read_yaml(Source("me.yaml", text.encode("utf-8"))).data
    return data


def answered(text: str, path: str, value: Any) -> str:
    before = read(text) if text.strip() and not text.lstrip().startswith("#") else {}
    return edited(text, before, with_value(before, steps_of(path), value))


@pytest.mark.parametrize(
    ("text", "path", "value", "after"),
    [
        ("", "birth_date", "1996-02-29", "birth_date: 1996-02-29\n"),
        ("# mine\n", "birth_date", "1996", "# mine\nbirth_date: 1996\n"),
        ("{}\n", "domicile", "FR", "{domicile: FR}\n"),
        ("name: Léa  # me\n\n# the end\n", "domicile", "FR", "name: Léa  # me\ndomicile: FR\n\n# the end\n"),
        ("name: Léa", "domicile", "CA-QC", "name: Léa\ndomicile: CA-QC\n"),
        ("name: Léa\r\n", "domicile", "FR", "name: Léa\r\ndomicile: FR\r\n"),
        ("\ufeffname: Léa\n", "domicile", "FR", "\ufeffname: Léa\ndomicile: FR\n"),
        ("domicile: FR # since 2020\n", "domicile", "MA", "domicile: MA # since 2020\n"),
        ("domicile:\nname: Léa\n", "domicile", "MA", "domicile: MA\nname: Léa\n"),
        ("facts: {a: true} # x\n", "facts.b", False, "facts: {a: true, b: false} # x\n"),
        ("facts:\n    a: true # x\nname: Léa\n", "facts.b", False, "facts:\n    a: true # x\n    b: false\nname: Léa\n"),
        ("experience:\n- from: 2018 # IBM\n  to: 2020\n", "experience[0].rate", "50%", "experience:\n- from: 2018 # IBM\n  to: 2020\n  rate: 50%\n"),
        ("experience:\n  - {from: 2018,\n     to: 2020} # x\n", "experience[0].employer", "ngo", "experience:\n  - {from: 2018,\n     to: 2020, employer: ngo} # x\n"),
        ("citizenships: [FR, CA]\n", "citizenships[1].since", "2021", "citizenships: [FR, {country: CA, since: 2021}]\n"),
        ("name: >\n  Somebody\n  else\n", "domicile", "FR", "name: >\n  Somebody\n  else\ndomicile: FR\n"),
        ("---\nname: Léa\n...\n", "domicile", "FR", "---\nname: Léa\ndomicile: FR\n...\n"),
    ],
)  # fmt: skip
def test_what_is_answered_comes_where_it_belongs(text: str, path: str, value: Any, after: str) -> None:
    """New lines at the end of what they belong to, in the style that is there; comments, blank lines and line ends stay."""
    assert answered(text, path, value) == after


def test_records_are_added_and_lists_completed() -> None:
    """`incomplete` names a list as long as nobody has said that it is whole."""
    first = edited("", {}, with_records({}, "experience", [{"from": "2018-09"}], complete=False))
    assert first == "experience:\n  - {from: 2018-09}\nincomplete: [experience]\n"
    before = read(first)
    second = edited(first, before, with_records(before, "experience", [{"from": "2020", "to": "ongoing"}], complete=False))
    assert second == "experience:\n  - {from: 2018-09}\n  - {from: 2020, to: ongoing}\nincomplete: [experience]\n"
    before = read(second)
    assert edited(second, before, with_records(before, "experience", [])) == "experience:\n  - {from: 2018-09}\n  - {from: 2020, to: ongoing}\n"


CHANGES: tuple[tuple[str, Any], ...] = (
    ("birth_date", "1991-03-04"), ("domicile", "MA"), ("facts.full_rights", True), ("facts.knows_r", False),
    ("experience[0].rate", "80%"), ("degrees[0].field", ["law", "history"]), ("languages[0].level", {"said": "fluent"}),
    ("studies[0].to", "ongoing"), ("residences[0].in", "CA-QC"), ("applications[0].choices.track", "external"),
)  # fmt: skip


def styles(text: str) -> Iterator[str]:
    """The same profile as other programs write it."""
    yield text
    for indent in ((2, 0), (4, 2)):
        yaml = YAML()
        yaml.indent(mapping=indent[0], sequence=indent[0] + 2 if indent[1] else 2, offset=indent[1])
        out = StringIO()
        yaml.dump(yaml.load(text), out)
        yield out.getvalue()
        yield out.getvalue().replace("\n", "\r\n")
        yield out.getvalue().rstrip("\n")


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_any_answers_in_any_file(path: Path) -> None:
    """Law: after any answers the file says what it said and what was answered; every comment stands, in its order, and no other line has changed."""
    draw = random.Random(path.stem)
    for text in styles(path.read_text("utf-8")):
        data = read(text)
        for name, value in draw.sample(CHANGES, len(CHANGES)):
            steps = steps_of(name)
            if "[" in name and not (isinstance(data.get(str(steps[0])), list) and data[str(steps[0])]):
                continue
            after = with_value(data, steps, value)
            if draw.random() < 0.3 and "experience" in after:
                after = with_records(after, "experience", [{"from": "2001", "employer_name": "Kite: kin & co"}], complete=draw.random() < 0.5)
            changed = edited(text, data, after)
            assert read(changed) == read_back(after)
            kept = [line for line in text.splitlines() if line.lstrip().startswith("#")]
            assert [line for line in changed.splitlines() if line.lstrip().startswith("#")] == kept
            touched = set(text.splitlines()) - set(changed.splitlines())
            assert len(touched) <= 4, touched
            text, data = changed, read(changed)


def read_back(value: Any) -> Any:
    """Years are numbers to YAML."""
    if isinstance(value, dict):
        return {key: read_back(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [read_back(one) for one in value]
    return int(value) if isinstance(value, str) and value.isdecimal() and len(value) == 4 else value


def test_a_file_that_cannot_be_added_to_is_left_alone() -> None:
    """It is said what should be written."""
    with pytest.raises(NotEdited, match="domicile: FR"):
        edited("name: &who Léa\n", {"name": "Léa"}, {"name": "Léa", "domicile": "FR"})


def test_what_was_read_stays_as_it_was() -> None:
    """An edit changes no data of whoever asks for it."""
    before = {"facts": {"a": True}, "experience": [{"from": "2018"}]}
    copied = copy.deepcopy(before)
    with_value(before, ("experience", 0, "to"), "2020")
    with_records(before, "experience", [{"from": "2021"}])
    assert before == copied
