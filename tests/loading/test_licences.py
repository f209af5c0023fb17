"""`permis: B`: a licence to drive, or a Swiss permit to stay. Nobody chooses for the person."""

from __future__ import annotations

from typing import Any

import pytest

from eligibility.diagnostic import Diagnostic
from eligibility.loading.files import Source
from eligibility.loading.models import profile_in
from eligibility.loading.yaml_reader import read_yaml
from eligibility.reference import load_reference

REFERENCE = load_reference()


def read(text: str) -> tuple[Any, list[Diagnostic]]:
    loaded = profile_in(read_yaml(Source("me.yaml", f"name: Ann\n{text}\n".encode())), REFERENCE)
    return loaded.model, list(loaded.diagnostics)


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("permis: B", "B"), ("permis: permis B", "B"), ("Permis: b", "B"), ("permis: [B]", "B"), ("permis: B, C", "B, C"), ("permis: B et C1E", "B, C1E"),
        ("permis: {type: B}", "B"), ("permis: [{type: C, until: 2030}]", "C"), ("permiso: B", "B"), ("permit: C", "C"), ("Ausweis: B", "B"), ("license: B", "B"),
        ("permits: B", "B"), ("permits: [L]", "L"),
    ],
)  # fmt: skip
def test_a_permit_that_may_be_two_is_asked_about(text: str, tags: str) -> None:
    model, told = read(text)
    assert (model.permits, model.certificates) == (None, None)
    [asked] = [one for one in told if one.code != "N204"]
    assert (asked.code, asked.place.line) == ("W207", 2)
    first, second = asked.params["readings"]
    assert second == f"certificates: [{{type: driving, tags: [{tags}]}}]"
    for written in (first, second):
        assert read(written)[0] is not None


def test_a_list_that_may_hold_it_is_not_whole() -> None:
    """Whoever lists a first aid certificate beside `permis: B` may have a licence to drive, too."""
    model, _ = read("permis: B\ncertificates: [{type: first_aid, issued: 2020}]")
    assert [one.type for one in model.certificates] == ["first_aid"]
    assert "certificates" in model.incomplete
    model, _ = read("permits: [{type: work}]\npermis: B\nincomplete: [degrees]")
    assert set(model.incomplete) == {"degrees", "permits"}


@pytest.mark.parametrize("text", ["permis: [{type: B, in: CH}]", "permis: [{type: work}]", "permits: [{type: B}]", "titre de séjour: [{type: B}]"])
def test_a_permit_to_stay_is_read(text: str) -> None:
    model, told = read(text)
    assert len(model.permits) == 1
    assert "W207" not in [one.code for one in told]


@pytest.mark.parametrize("key", ["driving licence", "Driver's license", "permis de conduire", "Führerschein", "Führerausweis", "permiso de conducir", "carnet de conducir"])
def test_a_licence_to_drive_is_told_where_it_belongs(key: str) -> None:
    model, told = read(f"{key}: B")
    assert model is None
    [problem] = [one for one in told if one.code != "N204"]
    assert (problem.code, problem.params["form"]) == ("E203", "driving")


@pytest.mark.parametrize("text", ["permis: travail", "permis: H", "permits: [work]", "permis: B puis C"])
def test_what_is_no_class_is_refused_as_before(text: str) -> None:
    model, told = read(text)
    assert model is None
    assert {one.code for one in told} & {"E204", "E236"}
