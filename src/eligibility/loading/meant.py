"""What somebody probably meant by a value that cannot be read: `24/11/2026`, `3 ans`, `2025-05-20 23h59`, `Paris`.

A guess is only ever shown ("did you mean"), never used; one that is sure can be written by `validate --fix`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from eligibility.language.every_kind import EVERY_KIND
from eligibility.language.groups import GROUPS, SHORT_FORMS
from eligibility.language.keys import TOLD
from eligibility.language.kinds import RECORD_KINDS
from eligibility.loading.nearest import NEAR, bare, nearest
from eligibility.loading.understood.lengths import holds_length
from eligibility.loading.yaml_scalars import BOOLEAN_ELSEWHERE
from eligibility.numerals import readings, two_readings
from eligibility.profile_values import number_meant, parse_money
from eligibility.question.quantity import OPERATORS, parse_quantity
from eligibility.reading.reader import Problem

_MONTHS = (
    "january janvier", "february fevrier", "march mars", "april avril", "may mai", "june juin", "july juillet", "august aout",
    "september septembre", "october octobre", "november novembre", "december decembre",
)  # fmt: skip
_UNITS = {
    "years": ("ans", "an", "annees", "annee", "yrs", "yr", "y"), "months": ("mois", "mos", "mo"), "weeks": ("semaines", "semaine", "wks"),
    "days": ("jours", "jour", "d"), "times": ("fois", "x"), "hours": ("heures", "heure", "h"), "credits": ("ects",),
    "EUR": ("eur", "euros", "euro", "€"), "and": ("et",),
}  # fmt: skip
_NUMBERS = {
    word: number
    for number, words in enumerate((
        "zero", "one un une", "two deux", "three trois", "four quatre", "five cinq", "six", "seven sept", "eight huit", "nine neuf",
        "ten dix",
    ))
    for word in words.split()
}  # fmt: skip
_FIGURES = ("number", "number_or_bounds")
"""What is expected where a number with decimals may stand."""
_NOW = ("now", "today", "present", "current", "maintenant", "aujourd'hui", "en cours", "a ce jour", "actuel")
_SYNONYMS = {
    "kind": "type genre sorte nature", "level": "niveau", "field": "domaine discipline", "in": "pays country of",
    "of": "de in country language nationality place",
    "label": "libelle intitule nom", "at_least": "au_moins minimum min", "at_most": "au_plus maximum max", "more_than": "plus_de",
    "less_than": "moins_de", "extended": "prolonge prolongation", "never_beyond": "jamais_au_dela",
    "awarded": "obtenu delivre ended completed graduated obtained",
    "during": "pendant periode", "as_of": "a_la_date date", "programme": "program", "school": "ecole universite etablissement university",
    "title": "titre diplome intitule", "employer": "employeur", "advice": "conseil",
    "proof": "preuve justificatif pieces papers", "when": "si quand if", "unless": "sauf",
    "derogation": "exception", "readings": "lectures", "skills": "competences", "test": "examen", "type": "genre sorte",
    "country": "pays", "issued": "delivre", "expires": "expire", "started": "debut commence", "ended": "fin termine",
    "from": "du depuis a_partir_de", "to": "au jusqu_au jusqu_a", "after": "apres", "before": "avant", "expected": "attendu prevu",
    "born": "ne nee", "other_than": "autre_que hors", "also": "aussi", "limits": "limites", "part_time": "temps_partiel",
    "full_time": "temps_plein", "unbroken": "continu ininterrompu", "including": "y_compris", "clause": "article",
    "any_of": "un_de ou or any either one_of oneof anyof au_moins_un", "all_of": "tous et and all allof both",
    "none_of": "aucun_de not no none neither noneof non pas sauf except", "criteria": "criteres",
    "deadline": "date_limite cloture echeance", "start": "debut", "end": "fin",
    "permanent_residence": "residence_permanente", "declared": "declare declaration", "judged": "apprecie jugement", "choice": "choix",
    "day": "jour", **{kind.name: kind.other_words for kind in RECORD_KINDS.values() if kind.other_words},
}  # fmt: skip
"""Keys and kinds in other words, of French and English: what one writes who does not know ours."""
_KEYS = frozenset({key for kind in RECORD_KINDS.values() for key in (*kind.filters, *kind.options)}) | frozenset({
    *TOLD, "id", "importance", "as_of", "throughout", "when", "unless", "derogation", "readings", "during", "extended", *OPERATORS,
})  # fmt: skip
_KINDS = (*EVERY_KIND, *SHORT_FORMS)
_HEADS = ("kind", "all_of", "any_of", "none_of", "together", "met")
_SURELY = 0.7
_VERY_NEAR = 0.85
"""How near a word must be that the language knows elsewhere: `ended`, of a degree, is no slip for `extended`."""
_WRITTEN_OTHERWISE = ("E106", "E207", "E217", "E225", "E228", "E230", "E232")
"""Where a guess is the same value in our spelling: `3 ans` and `3 years`."""
_DEGREES = {
    word: level
    for level, words in {6: "bachelor bachelors licence license bsc ba", 7: "master masters maitrise msc ma",
                         8: "doctorate doctorat doctor phd doctoral"}.items()
    for word in words.split()
}  # fmt: skip
_OF_OURS = ("E202", "E203", "E205")
"""Where the words that are allowed are the language's; of the names that a file gives itself, either spelling may be the slip."""
_LOOSE = ("date", "diplome", "nom", "nature", "sorte", "periode", "place", "nationality", "exception", "not")
"""Other words that may stand for another key as well."""
_LONG_ENOUGH = 4
"""A shorter word is one slip away from too many others."""
_NUMBER = re.compile(r"\d(?:[\d.,'’ \u00a0\u202f]*\d)?")
_CURLED = "“”„«»‘’\u00a0\u202f "
"""Quotes that YAML does not know, and that a word processor puts in the place of straight ones."""
_CLOCK = re.compile(
    r"(?P<noon>\bnoon\b|\bmidi\b)|(?<!\d)(?P<hour>\d{1,2})\s?(?:[h:](?P<minute>\d{2})?\s?(?P<half>[ap]\.?m\b\.?)?|(?P<alone>[ap]\.?m\b\.?))"
)


def meant(code: str, params: Mapping[str, Any]) -> object:
    """The suggestion for a problem, as it is to be typed; None where there is nothing to guess."""
    guess = _guess(code, params)
    return f'"{guess}"' if guess in BOOLEAN_ELSEWHERE else guess  # Norway is NO, which is false for other tools


def _guess(code: str, params: Mapping[str, Any]) -> object:
    if params.get("suggestion"):
        return params["suggestion"]
    if "word" in params and "allowed" in params:
        word = str(params["word"]).strip(_CURLED)
        return _synonym(word, params["allowed"]) or nearest(word, params["allowed"], _VERY_NEAR if word in _KEYS else NEAR)
    value = str(params.get("value", "")).strip(_CURLED)
    match code:
        case "E106" if params.get("form") == "vague":
            return day_meant(value)
        case "E106" | "E230" | "E232":
            return _day(value)
        case "E204" if params.get("expected") in _FIGURES:
            return number_meant(value)
        case "E204" if params.get("expected") == "level_or_bounds" and (level := _DEGREES.get(re.sub("[^a-z]", "", bare(value)))):
            return f"{{at_least: {level}}}"
        case "E225":
            guess = _quantity(value)
            return guess if guess is not None and parse_money(guess) is not None else None
        case "E207":
            guess = _quantity(value)
            plain = guess is not None and re.fullmatch(r"\d+", str(params.get("example", "")))  # where no unit may stand
            return guess.removesuffix(" %") if plain and guess is not None else guess
        case "E217" if params.get("expected") == "number" and (share := re.fullmatch(r"(\d+(?:\.\d+)?)\s*%", value)):
            return share[1]
        case "E227":
            return "-".join(re.findall(r"[a-z0-9]+", bare(value))) or None
        case "E228":
            return _instant(value)
        case "E231":
            return _zone(value)
    return None


def is_sure(code: str, params: Mapping[str, Any], guess: object) -> bool:
    """Whether a guess can only be what is meant: the same value in another spelling, the word in French or in other words, or one slip
    of the hand away from it and from no other. A word that the language knows elsewhere may be meant as it stands."""
    if code in _WRITTEN_OTHERWISE or (code == "E204" and params.get("expected") in _FIGURES):
        return True
    if code in ("E222", "E223") and "sure" in params:
        return bool(params["sure"])
    word, allowed = params.get("word"), params.get("allowed")
    if code not in _OF_OURS or params.get("suggestion") or not (isinstance(word, str) and isinstance(guess, str) and allowed):
        return False
    if word in _KEYS or word in _KINDS:
        return False
    word = word.strip(_CURLED)
    if guess == _synonym(word, allowed):
        return bare(word) not in _LOOSE
    close = [one for one in allowed if len(word) >= _LONG_ENOUGH and _one_slip(bare(word), bare(one))]
    return close == [guess]


def _one_slip(word: str, other: str) -> bool:
    """Whether one letter is wrong, missing or too many, or two have changed places."""
    start = next((index for index, (one, two) in enumerate(zip(word, other, strict=False)) if one != two), min(len(word), len(other)))
    word, other = word[start:], other[start:]
    end = next((i for i, (one, two) in enumerate(zip(word[::-1], other[::-1], strict=False)) if one != two), min(len(word), len(other)))
    word, other = word[: len(word) - end], other[: len(other) - end]
    return max(len(word), len(other)) <= 1 or (len(word) == len(other) == 2 and word == other[::-1])


def _synonym(word: str, allowed: Iterable[str]) -> str | None:
    """The word among those allowed that another one stands for: `niveau` for `level`, `less` for nothing."""
    plain = re.sub(r"[^a-z0-9]+", "_", bare(word)).strip("_")
    return next((one for one in allowed if plain in _SYNONYMS.get(one, "").split()), None)


def misspelt_head(problem: Problem) -> Problem:
    """A criterion that seems to lack `kind`, where one of its keys was meant to be that: `knd: age`, or `{kind age}`."""
    given = problem.params.get("given", {})
    for key, value in given.items():  # `type: âge`
        if isinstance(value, str) and (key not in _KEYS or key == "type") and _synonym(key, ("kind",)):
            kind = _synonym(value, _KINDS) or nearest(value, _KINDS, _SURELY)
            if kind is not None:
                return Problem("E203", (*problem.path, key), {"word": key, "allowed": list(_HEADS), "suggestion": f"kind: {kind}"}, True)
    for key, value in given.items():
        if key in _KEYS:
            continue
        head = key.partition(" ")[0] if value is None else key
        if nearest(head, _HEADS, _SURELY) is not None or (_synonym(head, GROUPS) and isinstance(value, list | dict)):
            params: dict[str, Any] = {"word": key, "allowed": list(_HEADS)}
            if head != key:
                params["suggestion"] = ": ".join(key.split(" ", 1))
            return Problem("E203", (*problem.path, key), params, on_key=True)
    return problem


def day_meant(text: str) -> str | None:
    """What a profile may say for `29 février 1996`, `24/11/2026`, or, where no day is given, `mars 2022`."""
    month = _month(bare(text))
    figures = re.findall(r"\d+", text)
    if month and not holds_length(text) and len(figures) == 1 and len(figures[0]) == 4:
        return f"{figures[0]}-{month:02}"
    return _day(text)


def _month(text: str) -> int:
    """The month that a text names, 0 for none."""
    return next((index for index, names in enumerate(_MONTHS, 1) for name in names.split() if _names(name, text)), 0)


def _day(text: str) -> str | None:
    """`2026-11-24` for `24/11/2026`, `24 nov. 2026`, `November 24, 2026`; nothing where day and month may be swapped."""
    if bare(text) in _NOW:
        return "ongoing"
    found = re.findall(r"\d{4}-\d{2}-\d{2}", text)
    if len(found) == 2:
        return f"{{from: {found[0]}, to: {found[1]}}}"
    text = bare(text)
    if numbers := re.fullmatch(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})", text):
        day, month, year = map(int, numbers.groups())
        if day <= 12 and month <= 12 and day != month:
            return None
        return _iso(year, month, day) or _iso(year, day, month)
    if numbers := re.fullmatch(r"(\d{4})[/. -](\d{1,2})[/. -](\d{1,2})", text):
        return _iso(*map(int, numbers.groups()))
    month = _month(text)
    figures = re.findall(r"\d+", text)
    if not month or len(figures) != 2 or holds_length(text):
        return None
    year, day = (int(one) for one in sorted(figures, key=len, reverse=True))
    return _iso(year, month, day)


def _names(month: str, text: str) -> bool:
    return any(len(word) > 2 and month.startswith(word) for word in re.findall(r"[a-z]+", text))


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _quantity(text: str) -> str | None:
    """`3 years` for `3 ans`, `three years` or `3 Years`; `3500 EUR` for `3500 euros`; `18` for `"18"`; `74.9` for `74,9`."""
    if number := number_meant(text):
        return number
    if two_readings(text):
        return None
    plain = _NUMBER.sub(lambda one: (*readings(one[0]), one[0])[0], text)
    words = re.findall(r"\d+(?:\.\d+)?|[a-z€]+|%", bare(plain))
    known = [_word(word) for word in words]
    if len(known) == 2 and known[0].isupper():  # EUR 3500
        known.reverse()
    guess = re.sub(r"\b1 ([a-z]+)s\b", r"1 \1", " ".join(known))
    return guess if guess != text and parse_quantity(guess) is not None else None


def _word(word: str) -> str:
    if word in _NUMBERS:
        return str(_NUMBERS[word])
    return next((unit for unit, others in _UNITS.items() if word in others), word)


def _instant(text: str) -> str | None:
    """`"2025-05-20T23:59"` for `2025-05-20 23h59`, `"2027-03-12T12:00"` for `12 March 2027, noon`; nothing where a zone is named, too."""
    found = re.fullmatch(r"(\d{4}-\d{2}-\d{2})[T ]+(\d{1,2})\s?[h:.]\s?(\d{2})?", text)
    if found is not None:
        day, hour, minute = found[1], int(found[2]), int(found[3] or 0)
    else:
        text = bare(text)
        clock = _CLOCK.search(text)
        if clock is None:
            return None
        rest = text[: clock.start()] + text[clock.end() :]
        words = [one for one in re.findall(r"[a-z]+", rest) if one not in ("at", "a", "le", "on", "the", "of", "t")]
        if any(not any(_names(name, one) for names in _MONTHS for name in names.split()) for one in words):  # a zone, or who knows what
            return None
        guess = _day(re.sub(r"\b(at|a|le|on|the|of|t)\b|,", " ", rest).strip())
        if guess is None or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", guess):
            return None
        day, hour, minute = guess, 12 if clock["noon"] else int(clock["hour"]), int(clock["minute"] or 0)
        if half := clock["half"] or clock["alone"]:
            hour = hour % 12 + (12 if half.startswith("p") else 0)
    return f'"{day}T{hour:02}:{minute:02}"' if hour < 24 and minute < 60 else None


def _zone(text: str) -> str | None:
    """`Europe/Paris` for `Paris`."""
    from zoneinfo import available_timezones

    zones = {zone.rpartition("/")[2]: zone for zone in sorted(available_timezones()) if "/" in zone}
    close = nearest(text.replace(" ", "_"), zones, _SURELY)
    return None if close is None else zones[close]
