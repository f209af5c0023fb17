"""JSON with the documented keys, and JUnit XML that any tool can read, whatever the cases are called."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree.ElementTree import fromstring

from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.testing.show_junit import _clean
from tests.testing.example import CASES, ROOT, eligibility, museum

PAGE = (ROOT / "docs" / "testing-rules.md").read_text("utf-8")

HOSTILE = """  - {name: "]]> <b> & ' \\" </testcase> \\U0001F600", expect: {age: fail}}\n"""


def test_json_has_the_documented_keys(tmp_path: Path) -> None:
    """Every key of the document is named on the page, and the page names no other."""
    museum(tmp_path, CASES + "  - {name: wrong, expect: {age: fail}}\naccepted: [{mutant: a, why: b}, {unseen: status fail, why: b}]\n")
    document = json.loads(eligibility("test", str(tmp_path), "--cover", "--mutate", "-f", "json").out)

    def keys(value: object) -> set[str]:
        if isinstance(value, dict):
            return set(value).union(*map(keys, (one for key, one in value.items() if key not in ("why", "params"))))
        return set().union(*map(keys, value)) if isinstance(value, list) else set()

    table = PAGE[PAGE.index("| in |") : PAGE.index("## JUnit")]
    named = {word for word in table.replace("`", " ` ").split("`")[1::2] for word in word.split()}
    assert keys(document) | {"problems", "severity", "params"} == named


def test_json_tells_problems(tmp_path: Path) -> None:
    """A broken case file is in the document, too."""
    museum(tmp_path, "day: 2025-01-15\ncases: [{name: a, expect: {agee: pass}}]\n")
    [problem] = json.loads(eligibility("test", str(tmp_path), "-f", "json").out)["problems"]
    assert (problem["code"], problem["severity"], problem["line"]) == ("E401", "error", 2)
    assert problem["params"]["suggestion"] == "age"


def test_junit_counts(tmp_path: Path) -> None:
    """One suite per case file, one test per case; failures carry the place, what was expected and what was said."""
    museum(tmp_path, CASES + "  - {name: wrong, expect: {age: fail}}\n")
    [suite] = fromstring(eligibility("test", str(tmp_path), "-f", "junit").out)
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("5", "1", "0")
    failure = suite.findall("testcase")[-1].find("failure")
    assert failure is not None
    assert "cases.yaml:8:33: age, verdict: expected fail, got pass (within)" in str(failure.get("message"))


def test_junit_tells_problems_gaps_and_survivors(tmp_path: Path) -> None:
    """Broken files are errors; what no case shows or notices are failures of suites of their own."""
    museum(tmp_path)
    suites = fromstring(eligibility("test", str(tmp_path), "--cover", "--mutate", "-f", "junit").out)
    assert [str(suite.get("name")).partition(" ")[0] for suite in suites][1:] == ["coverage", "mutation"]
    assert all(int(str(suite.get("failures"))) > 0 for suite in suites[1:])
    museum(tmp_path, "day: 2025-01-15\ncases: [{name: a, expect: {agee: pass}}]\n")
    [suite] = fromstring(eligibility("test", str(tmp_path), "-f", "junit").out)
    assert suite.get("errors") == "1"


def test_junit_is_well_formed_whatever_the_names(tmp_path: Path) -> None:
    """Markup is text; a control character is refused by the reader before it gets here."""
    museum(tmp_path, CASES + HOSTILE)
    done = eligibility("test", str(tmp_path), "-f", "junit")
    assert [one.get("name") for one in fromstring(done.out).iter("testcase")][-1] == "]]> <b> & ' \" </testcase> 😀"


@given(st.text())
@settings(max_examples=200)
def test_cleaned_text_is_xml(text: str) -> None:
    """Any text goes into XML that can be read again; what XML cannot hold is replaced."""
    from xml.etree.ElementTree import Element, tostring

    element = Element("a", b=_clean(text))
    assert fromstring(tostring(element, encoding="unicode")).get("b") is not None
