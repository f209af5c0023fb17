"""Writes data-sources/cldr.yaml: the names of countries and languages that CLDR has, read through Babel.

Names come and go with each CLDR; one that was once understood stays in the file, so that it stays understood. The file says which CLDR
it was read from, and only that one can tell whether it is fresh: `--check` needs a Babel with the same CLDR. What is built from the
file (build_reference.py) needs no Babel.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from babel import Locale
from babel.core import get_cldr_version, get_global
from babel.languages import get_official_languages
from babel.localedata import locale_identifiers

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from eligibility.reference.spelling import fold  # noqa: E402  # the same folding as at run time

TARGET = ROOT / "data-sources" / "cldr.yaml"
LOCALES = {name: Locale(name) for name in ("en", "fr", "de", "es")}
NOT_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
HEAD = """# Names of countries and languages in CLDR: written by scripts/read_cldr.py, never by hand. `also` has the names in the languages
# of the country, or in the language itself, the three-letter codes, and every name that an earlier CLDR had.
"""

Row = dict[str, Any]
Rows = dict[str, Row]


def two_letters(names: Iterable[str]) -> set[str]:
    return {code for code in names if len(code) == 2 and code.isalpha()}


def native_locales() -> dict[str, Locale]:
    return {code: Locale(code) for code in locale_identifiers() if code.isalpha()}


def country_names() -> dict[str, tuple[Row, list[str]]]:
    natives = native_locales()
    alpha3 = [(old, new[0]) for old, new in get_global("territory_aliases").items() if len(old) == 3 and old.isalpha() and len(new) == 1]
    found = {}
    for code in two_letters(LOCALES["en"].territories) - NOT_COUNTRIES:
        spoken = [natives[language].territories for language in get_official_languages(code, de_facto=True) if language in natives]
        also = [names[code] for names in spoken if code in names] + [old for old, new in alpha3 if new == code]
        found[code] = ({language: locale.territories[code] for language, locale in LOCALES.items()}, also)
    return found


def language_names(longer: Iterable[str]) -> dict[str, tuple[Row, list[str]]]:
    """Of the languages with a two-letter code, and of some more."""
    natives = native_locales()
    aliases = [(old, new) for old, new in get_global("language_aliases").items() if len(old) == 3]
    found = {}
    for code in two_letters(LOCALES["en"].languages) | set(longer):
        own = [natives[code].languages[code]] if code in natives and code in natives[code].languages else []
        also = own + [old for old, new in aliases if new == code]
        found[code] = ({language: locale.languages[code] for language, locale in LOCALES.items()}, also)
    return found


def united(found: Mapping[str, tuple[Row, list[str]]], before: Mapping[str, Row]) -> Rows:
    """What CLDR has now, and every name it had before."""
    if lost := before.keys() - found.keys():
        raise SystemExit(
            f"No {', '.join(sorted(lost))} in CLDR any more: decide in data-sources/ what becomes of it, and take its row away"
        )
    rows = {}
    for code, (names, also) in found.items():
        old = before.get(code, {})
        words = {fold(word): word for word in [*old.get("also", ()), *(old[name] for name in LOCALES if name in old), *also]}
        rest = sorted(word for folded, word in words.items() if folded not in {fold(name) for name in names.values()})
        rows[code] = {**names, "also": rest}
    return rows


def line(code: str, row: Row) -> str:
    values = ", ".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in row.items())
    return f"  {json.dumps(code)}: {{{values}}}\n"


def text(rows: Mapping[str, Rows], compiled: date) -> str:
    head = f"{HEAD}schema: eligibility-reference/1\ndataset: cldr\ncompiled: {compiled}\ncldr: {json.dumps(get_cldr_version())}\n"
    return head + "".join(f"{name}:\n{''.join(line(code, row) for code, row in sorted(some.items()))}" for name, some in rows.items())


def main(arguments: list[str]) -> int:
    before = yaml.safe_load(TARGET.read_text("utf-8")) if TARGET.exists() else {}
    longer = yaml.safe_load((TARGET.parent / "languages.yaml").read_text("utf-8"))["also"]
    if "--check" in arguments and before["cldr"] != get_cldr_version():
        print(f"data-sources/cldr.yaml was read from CLDR {before['cldr']}, this Babel has {get_cldr_version()}: cannot compare")
        return 2
    rows = {
        "countries": united(country_names(), before.get("countries", {})),
        "languages": united(language_names(longer), before.get("languages", {})),
    }
    if before and text(rows, before["compiled"]) == TARGET.read_text("utf-8"):
        return 0
    if "--check" in arguments:
        print("stale: data-sources/cldr.yaml; run python scripts/read_cldr.py, then python scripts/build_reference.py")
        return 1
    TARGET.write_text(text(rows, date.today()), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
