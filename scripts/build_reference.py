"""Builds src/eligibility/reference/data.json from data-sources/. `--check` only says whether it is fresh (exit 1: stale).

Country and language names come from Babel (CLDR), which is needed here and never at run time.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from babel import Locale

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "data-sources"
TARGET = ROOT / "src" / "eligibility" / "reference" / "data.json"
LANGUAGES = ("en", "fr")
NOT_COUNTRIES = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}


def slug(text: str) -> str:
    """Small letters without accents, words joined by underscores."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "_", bare).strip("_")


def day(value: date | None) -> int | None:
    return None if value is None else value.toordinal()


def read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((SOURCES / f"{name}.yaml").read_text("utf-8"))
    return data


def members(rows: list[dict[str, Any]]) -> dict[str, list[list[Any]]]:
    """Each member's periods: first day, last day, and the doubt about it (presumed, planned_end) or nothing."""
    found: dict[str, list[list[Any]]] = {}
    for row in rows:
        for period in row["periods"]:
            doubt = "presumed" if row.get("status") == "presumed" else "planned_end" if period.get("planned_end") else None
            found.setdefault(row["iso2"], []).append([day(period["from"]), day(period["to"]), doubt])
    return found


def groups() -> dict[str, dict[str, Any]]:
    eu, small, unesco, icesco, oecd = (
        read(name) for name in ("eu_members", "eea_efta", "unesco_members", "icesco_members", "oecd_members")
    )
    found: dict[str, dict[str, Any]] = {
        "EU": {"members": members(eu["members"])},
        "EFTA": {"members": members(small["efta"] + small["efta_former"])},
        "UNESCO": {"members": members(unesco["members"]), "coverage": unesco["coverage"]},
        "OECD": {"members": members(oecd["members"]), "coverage": oecd["coverage"]},
        "ICESCO": {
            "members": members(icesco["members"]),
            "coverage": icesco["coverage"],
            "uncertain": [row["iso2"] for row in icesco["uncertain"]],
        },
    }
    eea_start = date(1994, 1, 1).toordinal()
    eea = {
        code: [
            [max(first or eea_start, eea_start), last, doubt]
            for first, last, doubt in periods
            if last is None or last >= eea_start
        ]
        for code, periods in found["EU"]["members"].items()
    }
    for code, periods in members(small["eea_efta"]).items():
        eea.setdefault(code, []).extend(periods)
    found["EEA"] = {"members": eea}
    for group in found.values():
        if "coverage" in group:
            group["coverage"] = [day(group["coverage"]["from"]), day(group["coverage"]["to"])]
    return found


def names() -> tuple[dict[str, Any], dict[str, Any]]:
    locales = {language: Locale(language) for language in LANGUAGES}
    codes = sorted(code for code in locales["en"].territories if re.fullmatch("[A-Z]{2}", code) and code not in NOT_COUNTRIES)
    countries = {code: [locales[language].territories[code] for language in LANGUAGES] for code in codes}
    spoken = sorted(code for code in locales["en"].languages if re.fullmatch("[a-z]{2}", code))
    languages = {
        code: [locales[language].languages.get(code, locales["en"].languages[code]) for language in LANGUAGES] for code in spoken
    }
    for code in languages:
        native = Locale.parse(code).languages.get(code) if code in {str(one) for one in _known_locales()} else None
        if native:
            languages[code].append(native)
    return countries, languages


def _known_locales() -> list[str]:
    from babel.localedata import locale_identifiers

    return list(locale_identifiers())


def tree(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        row["id"]: {
            "parents": row["parents"],
            "names": [row["en"], row["fr"]],
            **({"unknown_for": row["unknown_for"]} if "unknown_for" in row else {}),
            **({"related": row["related"]} if "related" in row else {}),
        }
        for row in rows
    }


def degrees(titles: list[dict[str, Any]]) -> list[list[Any]]:
    """One row per national name: place, slugs of the name, level, whether it gives access to higher education, years."""
    data = read("degree_levels")
    rows = []
    for row in data["names"]:
        slugs = sorted({slug(row["name"]), *(slug(alias) for alias in row.get("aliases", []))})
        ids = sorted(
            {title["id"] for title in titles if {title["id"], *(slug(a) for a in title["aliases"])} & {slug(row["name"])}}
        )
        access = row.get("gives_access", True if row["eqf"] >= 5 else None)
        years = row.get("nominal_years")
        if slug(row["name"]) in ("doctorat", "doctorate"):
            years = None  # years since the baccalauréat, not the length of the studies
        rows.append([row["country"], sorted({*slugs, *ids}), row["eqf"], access, years])
    return rows


def build() -> dict[str, Any]:
    vocabulary = read("vocabulary")
    special = {
        "schema", "dataset", "compiled", "groups", "subdivisions", "country_aliases", "country_names", "former_countries",
        "zones", "leap_birthdays", "said_ids",
    }  # fmt: skip
    countries, languages = names()
    cefr = read("cefr")
    data: dict[str, Any] = {
        "groups": groups(),
        "group_names": {row["id"]: [row["en"], row["fr"]] for row in vocabulary["groups"]},
        "countries": countries,
        "subdivisions": {row["id"]: [row["en"], row["fr"]] for row in vocabulary["subdivisions"]},
        "country_aliases": vocabulary["country_aliases"],
        "country_names": {slug(name): code for name, code in vocabulary["country_names"].items()},
        "former_countries": vocabulary["former_countries"],
        "languages": languages,
        "language_groups": {"EU": [row["iso639_1"] for row in read("eu_official_languages")["languages"]]},
        "language_codes": {row["iso639_3"]: row["iso639_1"] for row in read("eu_official_languages")["languages"]},
        "trees": {"employer": tree(read("employer_types")["types"]), "field": tree(read("fields")["fields"])},
        "degrees": degrees(vocabulary["titles"]),
        "false_friends": {
            slug(word): row["interval"] for row in read("degree_levels")["false_friends"] for word in (row["word"], *row.get("aliases", []))
        },
        "cefr": {row["level"]: row["rank"] for row in cefr["levels"]},
        "said": {
            vocabulary["said_ids"][row["term"]]: [
                cefr_rank(cefr, row["min"]), cefr_rank(cefr, row["max"]), cefr_rank(cefr, row["default"]), row["en"], row["term"],
            ]
            for row in cefr["verbal"]
        },
        "zones": vocabulary["zones"],
        "leap_birthdays": vocabulary["leap_birthdays"],
        "vocabularies": {
            name: {row["id"]: [row["en"], row["fr"], *row["aliases"]] for row in rows}
            for name, rows in vocabulary.items()
            if name not in special
        },
    }  # fmt: skip
    compiled = max(str(read(path.stem)["compiled"]) for path in SOURCES.glob("*.yaml"))
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    data["version"] = f"{compiled}+{hashlib.sha256(text.encode()).hexdigest()[:8]}"
    return data


def cefr_rank(cefr: dict[str, Any], level: str | None) -> int | None:
    return next((row["rank"] for row in cefr["levels"] if row["level"] == level), None)


def main() -> int:
    text = json.dumps(build(), ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
    if "--check" in sys.argv[1:]:
        if not TARGET.exists() or TARGET.read_text("utf-8") != text:
            print("src/eligibility/reference/data.json is stale: run python scripts/build_reference.py")
            return 1
        return 0
    TARGET.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
