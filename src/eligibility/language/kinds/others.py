"""The kinds of criteria that do not ask about records: what they are, and examples, which a test runs."""

from __future__ import annotations

from collections.abc import Mapping

from eligibility.language.kind import OtherKind

AGES_COUNTED = ("completed_years", "not_past_birthday", "accomplished")
"""How the age on a day can be counted; the first is the usual way."""

OTHER_KINDS: Mapping[str, OtherKind] = {
    "age": OtherKind(
        doc="""How old the candidate is on a day, in completed years.

`at_most: 35` accepts everybody until the eve of the 36th birthday. `counted: not_past_birthday` (French public service:
Conseil d'État, n° 422830) accepts until the 35th birthday itself; `counted: accomplished` asks that the age be
reached on the eve. `born: {from, to}` gives birth dates instead of ages. Limits may be moved (`extended`).""",
        examples=(
            "{kind: age, at_least: 18, at_most: 35, as_of: start}",
            "{kind: age, at_most: 30, counted: not_past_birthday, as_of: 2025-01-01}",
            "{kind: age, born: {from: 1990-04-02}}",
            "{kind: age, less_than: 65, throughout: {from: start, to: end}}",
            "{kind: age, at_most: 33, extended: [{add: 1 year, per: {kind: child, dependent: true}}], never_beyond: 38}",
        ),
    ),
    "declared": OtherKind(
        doc="""A fact only the person can state: `facts: {military_obligations_met: true}` in the profile. Silence is unknown.

With a bound the fact is a number, whose unit its name says: `facts: {height_cm: 172}`. The bound may stand in a table of the
notice: `at_least: {table: least-weight}`.""",
        examples=(
            "{kind: declared, fact: military_obligations_met, equals: true}",
            "{kind: declared, fact: height_cm, at_least: 160, less_than: 195}",
        ),
    ),
    "judged": OtherKind(
        doc="""A point only a person can tell. Alone it is listed apart and never counted; inside a group it is unknown.""",
        examples=('{kind: judged, importance: desirable, label: {en: "Writes well", fr: "Rédige bien"}}',),
    ),
    "choice": OtherKind(
        doc="""What the applicant chose: a track, a grade, a host country. Mostly used as a condition: `when: {chosen: internal}`.""",
        examples=("{kind: choice, choice: track, equals: internal}",),
    ),
    "day": OtherKind(
        doc="""Whether a day of the vacancy falls in a window: a rule in force from a date. Mostly used as a condition.""",
        examples=("{kind: day, day: application, from: 2024-07-01}",),
    ),
    "duration": OtherKind(
        doc="""How long it is from one day to another, both of which count: an internship of 6 to 24 weeks.

The days are days of the vacancy, which may be `asked` of the applicant. Months and years are those of the calendar: from 3 March to
2 June is three months.""",
        examples=(
            "{kind: duration, from: start, to: end, at_least: 6 weeks, at_most: 24 weeks}",
            "{kind: duration, from: start, to: end, at_least: 3 months}",
        ),
    ),
}
