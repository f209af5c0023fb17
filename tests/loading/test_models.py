"""The models of files as others use them: a JSON Schema of what a file may hold, and dumps that can be read again."""

from __future__ import annotations

import pytest

from eligibility.profile import Profile
from eligibility.vacancy import Vacancy

PERSON = {
    "name": "Zoé",
    "birth_date": "1996-02",
    "citizenships": ["CA", {"country": "FR", "since": 2001}],
    "experience": [{"from": "2019-09-01", "to": "ongoing", "rate": "80 %", "field": "law"}],
    "languages": [{"language": "fr", "level": {"said": "fluent"}, "tests": [{"test": "TEF", "score": 400}]}],
    "funds": [{"amount": "3500 EUR"}],
    "relatives": [{"relation": "spouse", "residences": [{"in": "CA-QC", "from": "2019"}]}],
    "applications": [{"vacancy": "post", "dates": {"start": "2024-01-15"}}],
}


@pytest.mark.parametrize("mode", ["validation", "serialization"])
@pytest.mark.parametrize("model", [Profile, Vacancy])
def test_a_model_has_a_json_schema(model, mode):
    assert model.model_json_schema(mode=mode)["additionalProperties"] is False


def test_the_json_schema_says_what_is_written_inside_the_records_of_a_list():
    schema = Profile.model_json_schema()["properties"]
    job = schema["experience"]["anyOf"][0]["items"]
    assert job["additionalProperties"] is False
    assert job["properties"]["from"]["anyOf"] == [{"type": "string"}, {"type": "integer"}, {"type": "null"}]
    relative = schema["relatives"]["anyOf"][0]["items"]
    assert relative["required"] == ["relation"]
    assert "in" in relative["properties"]["residences"]["anyOf"][0]["items"]["properties"]


def test_a_dump_can_be_read_again():
    profile = Profile.model_validate(PERSON)
    dumped = profile.model_dump(mode="json", by_alias=True, exclude_none=True)
    assert dumped["experience"][0] == {"from": "2019-09-01", "to": "ongoing", "rate": 80, "field": ["law"]}
    assert dumped["citizenships"][1] == {"country": "FR", "since": "2001"}
    assert dumped["relatives"][0]["residences"] == [{"in": "CA-QC", "from": "2019"}]
    assert Profile.model_validate(dumped) == profile
