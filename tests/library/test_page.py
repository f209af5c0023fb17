"""docs/library.md: every public name has an example, and the web endpoint of the page answers."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

import eligibility

ROOT = Path(__file__).parents[2]
PAGES = {"en": ROOT / "docs" / "library.md", "fr": ROOT / "docs" / "fr" / "library.md"}


def endpoint(language: str) -> str:
    found = re.search(r"<!-- endpoint -->\n```python\n(.*?)```", PAGES[language].read_text("utf-8"), re.S)
    assert found is not None
    return found[1]


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.chdir(ROOT)
    names: dict[str, Any] = {"__name__": "endpoint"}
    exec(compile(endpoint("en"), "docs/library.md", "exec"), names)
    return names


@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize("name", eligibility.__all__)
def test_every_public_name_has_an_example_that_is_run(name: str, language: str) -> None:
    """The examples are run by `tests/project/test_site.py`."""
    examples = "\n".join(re.findall(r"```python\n(>>>.*?)```", PAGES[language].read_text("utf-8"), re.S))
    if name == "Diagnostic":
        assert "problems.diagnostics" in examples
    else:
        assert re.search(rf"\b{name}\b", examples)


def test_the_endpoint_is_the_same_in_both_languages_and_short() -> None:
    assert endpoint("en") == endpoint("fr")
    assert len([line for line in endpoint("en").splitlines() if line.strip()]) <= 33


def test_the_endpoint_answers_with_outcome_sentences_and_questions(served: dict[str, Any]) -> None:
    status, data = served["answer"](b'{"birth_date": "1990-05-01", "citizenships": ["Francce"]}', "fr")
    assert status == 200
    data = json.loads(json.dumps(data))
    assert data["outcome"] == "more_information_needed"
    assert all(one["why"] for one in data["criteria"])
    assert {"degrees", "experience"} <= {path for one in data["questions"] for path in one["paths"]}
    assert [(one["code"], one["path"]) for one in data["warnings"]] == [("W202", "citizenships[0]")]


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        (b'{"birth_date": "1999-02-30"}', 422, [("E105", "birth_date")]),
        (b'{"degrees": [{"level": NaN}]}', 422, [("E122", "degrees[0].level")]),
        (b'"\\ud800"', 422, [("E103", "")]),
        (b'{"name": "\\ud800"}', 422, [("E111", "name")]),
        (b'{"a":' * 60 + b"1" + b"}" * 60, 422, [("E112", ".".join("a" * 40))]),
        (b'{"a":' * 100_000, 400, []),
        (b"[1", 400, []), (b"\xff", 400, []), (b"", 400, []), (b"1" * 5000, 400, []),
    ],
)  # fmt: skip
def test_the_endpoint_refuses_with_problems(served: dict[str, Any], body: bytes, status: int, told: list[tuple[str, str]]) -> None:
    found, data = served["answer"](body, "fr")
    assert found == status
    assert [(one["code"], one["path"]) for one in data.get("problems", [])] == told
    json.dumps(data).encode()


def test_the_endpoint_speaks_wsgi(served: dict[str, Any]) -> None:
    body, started = b'{"birth_date": "1999-02-30"}', []
    environ = {"CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body), "HTTP_ACCEPT_LANGUAGE": "fr-CA,en"}
    (answer,) = served["app"](environ, lambda status, headers: started.append(status))
    assert started == ["422 "]
    assert "cette date" in json.loads(answer)["problems"][0]["text"]
