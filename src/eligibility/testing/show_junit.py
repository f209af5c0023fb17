"""A run as JUnit XML, for the test reports of CI systems: always in English, well-formed whatever the files say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from eligibility.diagnostic import Diagnostic
from eligibility.testing.coverage import Coverage
from eligibility.testing.mutation import Mutation
from eligibility.testing.run import Difference, Ran
from eligibility.testing.session import Session
from eligibility.wording import Words

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(session: Session) -> str:
    """One suite per case file; problems of files are errors, what no case shows or notices are failures of suites of their own."""
    suites = Element("testsuites", name="eligibility")
    for file in dict.fromkeys(ran.file for ran in session.ran):
        _cases(suites, file, [ran for ran in session.ran if ran.file == file])
    errors = [one for one in session.diagnostics if one.is_error]
    if errors:
        _problems(suites, errors)
    for one in session.coverage:
        _gaps(suites, "coverage", one, [f"{gap.place}: no case shows {gap.name}" for gap in one.gaps])
    for other in session.mutation:
        _gaps(suites, "mutation", other, [f"{one.place}: no case notices {one.name}" for one in other.survivors])
    indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(suites, encoding="unicode") + "\n"


def _cases(suites: Element, file: str, runs: list[Ran]) -> None:
    suite = _suite(suites, file, len(runs), failures=sum(not ran.passed for ran in runs))
    for ran in runs:
        case = _add(suite, "testcase", name=ran.case.name, classname=ran.case.vacancy.id, file=ran.file, line=str(ran.place.line))
        if not ran.passed:
            told = [_told(one) for one in ran.differences]
            _add(case, "failure", "\n".join(told), message=told[0], type="difference")


def _told(one: Difference) -> str:
    about = one.wanted.key if one.wanted.about is None else f"{one.wanted.about}, {one.wanted.key}"
    code = "" if one.finding is None else f" ({one.finding.code})"
    return f"{one.place}: {about}: expected {_value(one.wanted.value)}, got {_value(one.got)}{code}"


def _value(value: object) -> str:
    if value is None or value == ():
        return "nothing"
    if isinstance(value, dict):
        return ", ".join(f"{name}: {one}" for name, one in value.items())
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _problems(suites: Element, errors: list[Diagnostic]) -> None:
    words = Words("en")
    suite = _suite(suites, "files", len(errors), errors=len(errors))
    for one in errors:
        case = _add(suite, "testcase", name=f"{one.place} {one.code}", classname="files", file=one.place.file, line=str(one.place.line))
        message = words.problem(one.code, one.params)
        _add(case, "error", message.help, message=message.message, type=one.code)


def _gaps(suites: Element, kind: str, one: Coverage | Mutation, gaps: Iterable[str]) -> None:
    told = list(gaps)
    suite = _suite(suites, f"{kind} {one.vacancy}", max(1, len(told)), failures=len(told))
    for text in told:
        case = _add(suite, "testcase", name=text, classname=f"{kind}.{one.vacancy}", file=one.file)
        _add(case, "failure", text, message=text, type=kind)
    if not told:
        _add(suite, "testcase", name=f"{kind} {one.percent:g} %", classname=f"{kind}.{one.vacancy}", file=one.file)


def _suite(suites: Element, name: str, tests: int, failures: int = 0, errors: int = 0) -> Element:
    return _add(suites, "testsuite", name=name, tests=str(tests), failures=str(failures), errors=str(errors), skipped="0")


def _add(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    element = SubElement(parent, tag, {key: _clean(value) for key, value in attributes.items()})
    element.text = _clean(text) or None
    return element


def _clean(text: str) -> str:
    """The text without what XML cannot hold, not even escaped."""
    return _NOT_XML.sub("\ufffd", text)
