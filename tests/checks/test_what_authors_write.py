"""What authors write who have the pages and no teacher: what is meant is read; what cannot be read is answered once, where it stands."""

from __future__ import annotations

from datetime import date

import pytest

from eligibility.checks.files import Looked, look_into
from eligibility.checks.repair import repaired
from eligibility.loading.files import Source
from eligibility.loading.models import read_vacancy
from eligibility.loading.yaml_reader import read_yaml
from eligibility.reference import load_reference
from eligibility.reporters.describe import Describer
from eligibility.wording import Words

REFERENCE = load_reference()
HEAD = """format: 1
id: post
title: {en: Post, fr: Poste}
as_of: deadline
jurisdiction: FR
reviewed: 2026-11-01
dates: {deadline: 2027-03-31, january: 2028-01-01}
criteria:
"""
ADULT = '  - {id: adult, label: {en: Adult, fr: Majeur}, clause: "1", kind: age, at_least: 18}\n'


def _look(text: str) -> Looked:
    return look_into(Source("post.yaml", text.encode()), REFERENCE, date(2026, 11, 29))


def _told(text: str) -> list[tuple[str, int]]:
    return [(one.code, one.place.column) for one in _look(text).diagnostics]


def _criterion(keys: str) -> str:
    return f'{HEAD}  - {{id: it, label: {{en: It, fr: Ceci}}, clause: "1", {keys}}}\n'


@pytest.mark.parametrize(
    "keys",
    [
        "kind: age, at_most: 48 years 5 months",
        "kind: age, at_most: 48 years",
        "kind: age, at_least: 18, at_most: 48 years 5 months",
        "kind: document, type: proof_of_residence, issued: {within: 6 months, to: application}",
        "kind: experience, at_least: 1 year, during: {while: {kind: study, level: 8}}",
        "kind: experience, at_least: 1 year, during: {within: 2 years, before: deadline, while: {kind: study, level: 8}}",
        "kind: language, of: en, level: {at_least: C1}, unless: {id: taught, kind: study, taught_in: en, at_least: 2 years}",
        'kind: age, at_most: 30, readings: [{name: on the day, preferred: true}, {name: at the end of the year, without: as_of}], as_of: january',
    ],
)
def test_what_can_be_meant_is_read(keys: str) -> None:
    """Ages in months, windows, exceptions with an id, readings that leave something out."""
    assert _told(_criterion(keys)) == []


@pytest.mark.parametrize(
    ("keys", "code", "english", "french"),
    [
        ("kind: experience, at_least: 1 year, while: {kind: study}", "E238", "during: {while: {kind: study}}", "during: {while: {kind: study}}"),
        ("kind: degree, within: 2 years", "E238", "awarded: {within: 2 years, before: start}", "awarded: {within: 2 years, before: start}"),
        ("not: {kind: citizenship, of: FR}", "E203", "did you mean `none_of`?", "« none_of »"),
        ("or: [{kind: child}, {kind: service}]", "E203", "did you mean `any_of`?", "« any_of »"),
        ("and: [{kind: child}, {kind: service}]", "E203", "did you mean `all_of`?", "« all_of »"),
        ("kind: experience, during: {within: 2 years}", "E209", "`while`", "`while`"),
        ("kind: degree, title: {at_least: licence}", "E203", "any, chosen, except or list", "any, chosen, except ou list"),
        ("kind: age, at_most: {by: january, values: {a: 1}}", "E214", "choices", "choices"),
        ("kind: age, at_most: 48 years 5 months 3 days", "E217", "48 years 5 months", "48 years 5 months"),
        ("kind: age, less_than: 30, at_most: 48 years 5 months, counted: not_past_birthday", "E217", "48 years 0 months", "48 years 0 months"),
        ("kind: age, at_most: 30, as_of: january, readings: [{name: a, preferred: true}, {name: b, without: kind}]", "E205", "as_of", "as_of"),
        ("kind: age, at_most: 30, readings: [{name: a, preferred: true}, {name: b, without: [], as_of: january}]", "E211", "", ""),
        ("kind: age, at_most: 30, readings: [{name: a, preferred: true}, {name: b, importance: desirable, without: at_most}]", "E238", "", ""),
    ],
)
def test_what_cannot_be_read_is_told_once_with_what_to_write(keys: str, code: str, english: str, french: str) -> None:
    """One problem, in words that lead to what works."""
    (problem,) = _look(_criterion(keys)).diagnostics
    assert problem.code == code
    assert english in problem.text("en")
    assert french in problem.text("fr").replace("\xa0", " ")


def test_an_id_has_single_hyphens() -> None:
    """The words that refuse two hyphens do not allow them."""
    (problem,) = _look(HEAD + ADULT.replace("adult", "an--adult")).diagnostics
    assert "single hyphens" in problem.text("en")
    assert "un seul trait d'union" in problem.text("fr")


def test_a_comma_in_a_label_is_told_once_for_each_text_that_it_cuts() -> None:
    """Between braces, a text with a comma wants quotes."""
    found = _look(HEAD + ADULT.replace("fr: Majeur", "fr: Majeur, ou émancipé")).diagnostics
    assert [one.code for one in found] == ["E203"]
    assert 'in quotes: "…, ou émancipé"' in found[0].text("en")


@pytest.mark.parametrize(("clause", "quoted"), [("9", '"9"'), ("9.10", '"9.10"'), ("2024", '"2024"')])
def test_a_number_where_a_text_is_wanted_is_put_in_quotes_as_it_stands(clause: str, quoted: str) -> None:
    """`clause: 9.10` is not 9.1."""
    text = HEAD + ADULT.replace('"1"', clause)
    looked = _look(text)
    assert [one.code for one in looked.diagnostics] == ["E204"]
    assert looked.diagnostics[0].params["fixable"]
    after = repaired(Source("post.yaml", text.encode()), looked.diagnostics).data.decode()
    assert after == text.replace(f"clause: {clause}", f"clause: {quoted}")
    assert _told(after) == []


@pytest.mark.parametrize(
    ("deadline", "code"), [("2027-02-30", "E105"), ("2027-13-01", "E105"), ('"2027-02-30T12:00"', "E105"), ("2027-02-30T12:00", "E105")]
)
def test_a_deadline_that_no_calendar_has_is_told_as_such(deadline: str, code: str) -> None:
    """It is no empty text."""
    found = _look(HEAD.replace("2027-03-31", deadline) + ADULT).diagnostics
    assert [one.code for one in found] == [code]
    assert "2027-" in found[0].message


@pytest.mark.parametrize(
    ("keys", "english", "french"),
    [
        ("kind: age, at_most: 48 years 5 months", "Age; at most 48 years and 5 months.", "Âge ; au plus 48 ans et 5 mois."),
        (
            "kind: age, born: {less_than: 48 years 6 months, before: january}",
            "Age; born less than 48 years and 6 months before the day called january, 1 January 2028.",
            "Âge ; naissance moins de 48 ans et 6 mois avant le jour nommé january, 1er janvier 2028.",
        ),
        (
            "kind: document, type: passport, issued: {within: 6 months, to: application}",
            "Documents; type: passport; date of issue: in the 6 months until the day of application, that day included.",
            "Vos documents ; type : passeport ; date de délivrance : dans les 6 mois jusqu'au jour de la candidature, ce jour compris.",
        ),
        ("kind: permit, in: FR, at_most: 0 times", "Permits; none on that day; country or region: France.",
         "Vos titres de séjour ; aucun ce jour-là ; pays ou région : France."),
        ("kind: degree, grade: {at_least: {percent: 75, out_of_20: 14}}", "Degrees; mark: at least 75 (per cent) or at least 14 (out of 20).",
         "Vos diplômes ; note : au moins 75 (pour cent) ou au moins 14 (sur 20)."),
    ],
)  # fmt: skip
def test_show_says_it_as_people_do(keys: str, english: str, french: str) -> None:
    """In one sentence, and nothing twice."""
    vacancy, problems = read_vacancy(read_yaml(Source("post.yaml", _criterion(keys).encode())).data, REFERENCE)
    assert vacancy is not None, problems
    for language, wanted in (("en", english), ("fr", french)):
        page = Describer(vacancy, Words(language), REFERENCE, width=1000)
        assert page.asks(page.parsed.criteria[0]).replace("\xa0", " ").replace("\u202f", " ") == wanted


def _messages(text: str, language: str = "en") -> list[tuple[str, str, str]]:
    words = Words(language)
    return [(one.code, *words.problem(one.code, one.params)) for one in _look(text).diagnostics]


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        ("kind: document, type: passport, issued: {within: 3 months, before: january}", "it begins on 2027-10-01, after the day the criterion is counted on (2027-03-31)"),
        ("kind: experience, at_least: 1 year, during: {from: 2027-01-01, to: 2026-01-01}", "it ends before it begins"),
        ("kind: experience, at_least: 3 years, during: {within: 24 months, before: deadline}", "fewer than 3 years"),
    ],
)
def test_a_window_in_which_nothing_lies_says_why(keys: str, why: str) -> None:
    """Not that it "cannot be read"."""
    [(code, message, _)] = _messages(_criterion(keys))
    assert code == "E307"
    assert why in message


@pytest.mark.parametrize(
    "keys",
    ["kind: degree, field: medicine", "kind: document, type: offer_letter", "kind: certificate, type: sle", "kind: degree, title: staatsexamen"],
)
def test_a_word_that_only_the_notice_knows_can_be_declared_and_it_is_told_how(keys: str) -> None:
    """The words of a language are not all words; what the help says works."""
    word = keys.rpartition(" ")[2]
    [(code, _, advice)] = _messages(_criterion(keys))
    assert code == "E205"
    assert f"`own-words: [{{id: {word}, label: {{fr: …, en: …}}}}]`" in advice
    assert "`{list: own-words}`" in advice
    mended = _criterion(keys.replace(word, "{list: own-words}")).replace("criteria:", f"lists: {{own-words: [{{id: {word}, label: {{fr: A, en: A}}}}]}}\ncriteria:")
    assert _told(mended) == []


def test_the_words_that_a_key_knows_are_no_options_and_no_countries() -> None:
    """Of the notice's own words, those that might be meant."""
    own = "choices: {track: {options: {internal: {en: In, fr: In}}}}\nlists: {partners: [CA, MA], papers: [{id: job-offer, label: {fr: Offre, en: Offer}}]}\ncriteria:"
    [(_, _, advice)] = _messages(_criterion("kind: document, type: job_ofer").replace("criteria:", own))
    assert "did you mean `job-offer`?" in advice
    assert "internal" not in advice
    assert "MA" not in advice.split("; a word")[0].split()


def test_a_number_of_times_that_moves_is_written_as_a_number() -> None:
    """`5 times` is moved by nothing, `5` is."""
    moved = "kind: participation, programme: erasmus-plus, at_most: {}, extended: [{{to: {}, when: {{kind: child}}}}]"
    [(code, message, advice)] = _messages(_criterion(moved.format("5 times", "8 times")))
    assert code == "E217"
    assert "a number of times" in message
    assert "without their unit" in advice
    assert _told(_criterion(moved.format(5, 8))) == []


def test_a_number_in_quotes_is_told_with_its_quotes() -> None:
    """Not "`3`: did you mean `3`?"."""
    [(code, message, advice)] = _messages(_criterion('kind: degree, grade: {at_most: {german: "3"}}'))
    assert code == "E207"
    assert '`"3"`' in message
    assert "did you mean `3`?" in advice


def test_what_counts_of_a_credit_at_most_keeps_nobody_out() -> None:
    """W324 is for names that are kept out."""
    keys = "kind: experience, at_least: 6 years, also: [{kind: participation, programme: local-mandate, at_most: 6 years}]"
    assert [code for code, _ in _told(_criterion(keys))] == ["W319"]
    kept_out = "kind: participation, programme: local-mandate, at_most: 0 times"
    assert "W324" in [code for code, _ in _told(_criterion(kept_out))]


@pytest.mark.parametrize(
    ("keys", "codes"),
    [
        ("kind: declared, fact: excessive_debts, equals: false", ["W329"]),
        ("kind: declared, fact: excessive_debts, equals: true", []),
        ('kind: declared, fact: excessive_debts, equals: false, question: {en: "Have you debts?", fr: "Avez-vous des dettes ?"}', []),
        ("kind: declared, fact: physically_fit, equals: false", []),
    ],
)
def test_a_fact_that_must_not_be_so_has_a_question(keys: str, codes: list[str]) -> None:
    """Its label says the contrary; a fact that the program knows has a name in both languages."""
    assert [code for code, _ in _told(_criterion(keys))] == codes


@pytest.mark.parametrize(
    ("keys", "codes"),
    [
        ("kind: experience, ended: {from: 2023-01-01}", ["W330"]),
        ("kind: study, ended: {after: 2023-01-01}", ["W330"]),
        ("kind: residence, ended: {after: {kind: degree, take: first}}", ["W330"]),
        ("kind: leave, ended: {at_least: 6 months, after: {kind: degree, take: first}}", ["W330"]),
        ("kind: experience, ended: {from: 2023-01-01, to: deadline}", []),
        ("kind: experience, ended: {within: 1 year, after: {kind: degree, take: first}}", []),
        ("kind: experience, ended: {before: 2023-01-01}", []),
        ("kind: leave, ended: {after: deadline}", []),
        ("kind: experience, started: {from: 2023-01-01}", []),
    ],
)
def test_what_has_ended_has_ended_by_some_day(keys: str, codes: list[str]) -> None:
    """A contract may say a last day that is still to come: without an end, the window takes it."""
    assert [code for code, _ in _told(_criterion(keys))] == codes
