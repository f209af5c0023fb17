"""Whatever a CV says, the profile that is written from it is one: no error, no unknown word, and what was sure is in it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eligibility.diagnostic import Problems
from eligibility.importing.files import read_cv
from eligibility.importing.settling import settle
from eligibility.importing.written import profile_text
from eligibility.loading.files import Source
from eligibility.loading.models import profile_in
from eligibility.loading.yaml_reader import read_yaml
from eligibility.reference import load_reference
from eligibility.wording import Words

REFERENCE = load_reference()
TODAY = date(2025, 1, 10)

WORDS = st.sampled_from([
    "", "x", "2018", "2019-06", "2019-06-31", "Aug 2019", "03/04/2019", "present", "ongoing", "3024", "0000-00-00", "none", "yes", "NO", "FR", "Norway", "Georgia",
    "Lyon, France", "Moroccan", "français, marocaine", "Master", "PhD", "BA, BSc", "Level 5", "9", "C1", "c2+", "native", "fluent", "IELTS 7.5", "IELTS 99", "French",
    "Code", "Intern", "Université Laval", "ONG Oxfam", "a: b", "# x", "{a}", "- y", "l'été", "\u202f", "é" * 50, "0.8", "-5", "1e5", "~", "ed\u0301", "İ", "ß", "日本",
])  # fmt: skip
ANY = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 3000) | st.floats(allow_nan=False, allow_infinity=False) | WORDS | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "Code", "Label", "Year", "Month", "Day", "countryCode", "x"]), inner, max_size=3),
    max_leaves=6,
)
PLAIN = WORDS | ANY


def record(*keys: str) -> st.SearchStrategy[Any]:
    return st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(keys, PLAIN)) | ANY, max_size=3)


RESUMES = st.fixed_dictionaries(
    {"basics": st.fixed_dictionaries({"name": st.just("Ada")}, optional=dict.fromkeys(["birthDate", "nationality", "location", "label"], PLAIN))},
    optional={
        "work": record("name", "position", "startDate", "endDate", "location", "summary"), "volunteer": record("organization", "startDate", "endDate", "location"),
        "education": record("institution", "studyType", "area", "startDate", "endDate", "score"), "languages": record("language", "fluency"),
        "certificates": record("name", "date"), "skills": PLAIN,
    },
)  # fmt: skip
DAYS = st.fixed_dictionaries({}, optional={"Year": st.integers(1950, 2030) | WORDS, "Month": st.integers(1, 12) | st.sampled_from(["--06", "--13"]), "Day": st.integers(1, 31)}) | ANY
PERIODS = st.fixed_dictionaries({}, optional={"From": DAYS, "To": DAYS, "Current": st.booleans() | WORDS}) | ANY
PASSPORTS = st.fixed_dictionaries({"LearnerInfo": st.fixed_dictionaries(
    {"Identification": st.fixed_dictionaries({"PersonName": st.just({"FirstName": "Ada"})}, optional={"Demographics": st.fixed_dictionaries({}, optional={"Birthdate": DAYS, "Nationality": ANY}), "ContactInfo": ANY})},
    optional={
        "WorkExperience": st.lists(st.fixed_dictionaries({}, optional={"Period": PERIODS, "Position": PLAIN, "Employer": ANY}), max_size=3) | ANY,
        "Education": st.lists(st.fixed_dictionaries({}, optional={"Period": PERIODS, "Title": PLAIN, "Level": ANY, "Organisation": ANY}), max_size=3) | ANY,
        "Skills": st.fixed_dictionaries({}, optional={"Linguistic": st.fixed_dictionaries({}, optional={"MotherTongue": ANY, "ForeignLanguage": ANY}) | ANY}) | ANY,
    },
)})  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("shape", ["resume", "passport"])
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_a_profile_comes_of_it(shape: str, language: str, tmp_path: Path, data: st.DataObject) -> None:
    cv = data.draw(RESUMES if shape == "resume" else PASSPORTS)
    path = tmp_path / "cv.json"
    path.write_text(json.dumps(cv), "utf-8")
    draft = None
    refused: list[str] = []
    try:
        draft = read_cv([str(path)], None, None, REFERENCE, TODAY)
    except Problems as error:
        refused = [one.code for one in error.diagnostics]
    if draft is None:
        assert set(refused) <= {"E111", "E126", "E127", "E157"}
        return
    settled = settle(draft, REFERENCE, TODAY)
    text = profile_text(draft, Words(language), None)
    loaded = profile_in(read_yaml(Source("me.yaml", text.encode())), REFERENCE)
    assert settled.model is not None
    assert loaded.model is not None, (text, loaded.diagnostics)
    assert loaded.model.model_dump() == settled.model.model_dump(), text
    assert not [one for one in loaded.diagnostics if one.code not in ("W202", "W206", "W103") and one.code[0] != "N"], loaded.diagnostics
    assert loaded.model.name == "Ada"
    for key in ("experience", "degrees", "studies", "languages", "volunteering", "certificates", "citizenships"):
        assert getattr(loaded.model, key) is None or key in loaded.model.incomplete
