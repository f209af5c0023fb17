"""Words that people write, and what they are taken for: `marocaine`, `Aug 2019`, `FR (natif), EN C1`, `mi-temps`.

One place for every way into a profile: files, tables, answers typed in a terminal. What can mean one thing only is taken (`value`);
what can mean two has both in `readings`, and nobody chooses for the person; everything else is not understood. The words are data, a
file per language beside this one, each with its sources; names of countries and languages are those of the reference data.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from eligibility.loading.understood.answer import DOUBTFUL, NOT_UNDERSTOOD, Understood
from eligibility.loading.understood.figures import in_our_figures, of_our_calendar
from eligibility.reference import load_reference

if TYPE_CHECKING:
    from eligibility.reference import Reference

__all__ = ["NOT_UNDERSTOOD", "Sort", "Understood", "is_nothing", "understand"]

_LONGEST = 300
"""Nobody writes so long a word: what is longer is a text."""


_LONGEST_CODE = 2
"""`NA` is Namibia, and `N/A` is none; so with Somalia and `s.o.`"""


class Sort(StrEnum):
    """What a place of a profile holds."""

    COUNTRY = "country"
    COUNTRIES = "countries"
    DATE = "date"
    END = "end"
    LANGUAGE = "language"
    LANGUAGES = "languages"
    LEVEL = "level"
    DEGREE = "degree"
    FIELD = "field"
    EMPLOYER = "employer"
    WORKING_TIME = "working_time"
    YES_NO = "yes_no"
    MARK = "mark"
    SCALE = "scale"
    MONEY = "money"


def understand(text: str, sort: Sort, reference: Reference | None = None) -> Understood:
    """What a text is taken for where something of this sort is to stand. Each value has the plain form of a profile:

    - `COUNTRY`: a code, `MA`, `CA-QC`; of a nationality, that of its country. `COUNTRIES`: a list of them, in which words that are not
      understood stand as they were typed (and in `left`), as long as one is.
    - `DATE`: `2019`, `2019-08` or `2019-08-31`. `END`: a date, or `ongoing`.
    - `LANGUAGE`: a code. `LANGUAGES`: a list of `{language, …}` with what `LEVEL` gives.
    - `LEVEL`: keys of a language, `{level: C1}`, `{level: {said: fluent}}`, `{native: true}`, `{tests: [{test, score, taken}]}`.
    - `DEGREE`: keys of a degree, `{title, level, field}`. `FIELD`: a field of study or of work, `law`.
    - `EMPLOYER`: keys of a job, `{employer, employer_name}`.
    - `WORKING_TIME`: keys of a job, `{full_time}`, `{rate: 80%}`, `{hours_per_week: 15}` or `{hours: 120}` (in all).
    - `YES_NO`: true or false.
    - `MARK`: keys of a mark with its scale, `{scale, value}`. `SCALE`: those of its scale alone, `{scale: gpa, out_of: 4}`.
    - `MONEY`: `1200.5 EUR`.
    """
    text = " ".join(text.split())
    if not text or len(text) > _LONGEST:
        return NOT_UNDERSTOOD
    if "?" in text:
        return DOUBTFUL
    plain = in_our_figures(text)
    found = _understood(plain, sort, reference or load_reference())
    if plain != text and sort in (Sort.DATE, Sort.END):
        days = found.readings if found.value is None else (found.value,)
        return found if all(map(of_our_calendar, days)) else NOT_UNDERSTOOD
    return found


@lru_cache(maxsize=20_000)  # a table says the same few words thousands of times
def _understood(text: str, sort: Sort, reference: Reference) -> Understood:
    from eligibility.loading.understood import days, degrees, languages, marks, money, places, work

    match sort:
        case Sort.COUNTRY:
            return places.country(text, reference)
        case Sort.COUNTRIES:
            return places.countries(text, reference)
        case Sort.DATE:
            return days.day(text)
        case Sort.END:
            return days.end(text)
        case Sort.LANGUAGE:
            return languages.language(text, reference)
        case Sort.LANGUAGES:
            return languages.languages(text, reference)
        case Sort.LEVEL:
            return languages.level(text, reference)
        case Sort.DEGREE:
            return degrees.degree(text, reference)
        case Sort.FIELD:
            return degrees.field(text, reference)
        case Sort.EMPLOYER:
            return work.employer(text, reference)
        case Sort.WORKING_TIME:
            return work.working_time(text)
        case Sort.YES_NO:
            return work.yes_or_no(text)
        case Sort.MARK:
            return marks.mark(text, reference)
        case Sort.SCALE:
            return marks.scale(text, reference)
        case Sort.MONEY:
            return money.money(text)


def is_nothing(text: str) -> bool:
    """Whether a text says that there is none: `none`, `aucune`, a dash."""
    from eligibility.loading.understood.words import says

    text = text.strip()
    if says("not_applicable", text):
        return not text.isalpha() or len(text) > _LONGEST_CODE
    return text in ("-", "–", "—") or says("none", text)
