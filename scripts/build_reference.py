"""Builds the data files of src/eligibility/reference/ from data-sources/. `--check` writes nothing: exit 1 says they are stale.

The names of countries and languages are those of data-sources/cldr.yaml, which read_cldr.py writes.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from eligibility.reference.spelling import fold, fold_mark  # noqa: E402  # the same folding as at run time

SOURCES = ROOT / "data-sources"
TARGET = ROOT / "src" / "eligibility" / "reference"
LANGUAGES = ("en", "fr")
READ_TOO = ("de", "es")
"""Languages in which names are understood, and nothing is said."""
FIRST_CYCLE_YEARS = 3
MARKS = ("scales", "tests")
"""What gives marks."""

Labels = dict[str, dict[str, list[str]]]
Spellings = dict[str, dict[str, str]]


def read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((SOURCES / f"{name}.yaml").read_text("utf-8"))
    return data


# ---------------------------------------------------------------------------------------------------- groups


def ordinal(day: date | None) -> int | None:
    return None if day is None else day.toordinal()


def periods(row: dict[str, Any]) -> list[list[Any]]:
    """First day, last day and doubt of each period; a first day that is only known within bounds splits the period."""
    found: list[list[Any]] = []
    for period in row["periods"]:
        first, last = ordinal(period["from"]), ordinal(period["to"])
        doubt = "presumed" if row.get("status") == "presumed" else "planned_end" if period.get("planned_end") else None
        if "first_day_between" in period:
            first, settled = (day.toordinal() for day in period["first_day_between"])
            found.append([first, settled, "uncertain"])
            first = settled + 1
        found.append([first, last, doubt])
    return found


def members(*lists: Iterable[dict[str, Any]]) -> dict[str, list[list[Any]]]:
    found: dict[str, list[list[Any]]] = {}
    for rows in lists:
        for row in rows:
            found.setdefault(row["iso2"], []).extend(periods(row))
    return found


def coverage(data: dict[str, Any]) -> list[int | None]:
    return [ordinal(data["coverage"]["from"]), ordinal(data["coverage"]["to"])]


def groups() -> dict[str, dict[str, Any]]:
    eu, small, unesco, icesco, oecd = map(read, ("eu_members", "eea_efta", "unesco_members", "icesco_members", "oecd_members"))
    european = members(eu["members"])
    return {
        "EU": {"members": european},
        "EFTA": {"members": members(small["efta"], small["efta_former"])},
        "EEA": {"members": economic_area(european, members(small["eea_efta"], small["eea_efta_former"]))},
        "UNESCO": {"members": members(unesco["members"]), "coverage": coverage(unesco)},
        "OECD": {"members": members(oecd["members"]), "coverage": coverage(oecd)},
        "ICESCO": {
            "members": members(icesco["members"]),
            "coverage": coverage(icesco),
            "uncertain": [row["iso2"] for row in icesco["uncertain"]],
        },
    }


def economic_area(european: dict[str, Any], others: dict[str, Any]) -> dict[str, Any]:
    """The EU and the EFTA states of the area, since it exists."""
    start = date(1994, 1, 1).toordinal()
    found: dict[str, Any] = {code: list(rows) for code, rows in others.items()}
    for code, rows in european.items():
        found.setdefault(code, []).extend([max(first, start), last, doubt] for first, last, doubt in rows if last is None or last >= start)
    return {code: sorted(rows, key=lambda row: row[0]) for code, rows in found.items()}


# ----------------------------------------------------------------------------------------- places, languages


def former_places(source: dict[str, Any]) -> dict[str, list[str]]:
    """The successors of each state that is no more, by its code and its names."""
    rows = source["former"]
    return {fold(word): row["successors"] for row in rows for word in (row.get("id"), *row["names"]) if word is not None}


def country_spellings(source: dict[str, Any], labels: dict[str, list[str]], cldr: dict[str, Any]) -> dict[str, str]:
    """Names in French, English, the languages of the country and everyday use, official names, and three-letter codes."""
    spelled = [(name, code) for code, names in source["names"].items() for name in names]
    spelled += [(name, code) for code, names in labels.items() for name in names]
    former = former_places(source)
    shared = {fold(word) for word in source["several"]}
    weak = [(word, code) for word, code in also(cldr["countries"]) if fold(word) not in {*former, *shared}]
    weak += [(name.replace("&", "and").replace("St.", "Saint"), code) for name, code in spelled]
    return spellings(spelled, weak)


def language_spellings(source: dict[str, Any], labels: dict[str, list[str]], cldr: dict[str, Any]) -> dict[str, str]:
    """Names in French, English, the language itself and everyday use, three-letter and withdrawn codes."""
    spelled = [(name, code) for code, names in source["names"].items() for name in names]
    spelled += [*source["aliases"].items(), *((name, code) for code, names in labels.items() for name in names)]
    weak = [(word, code) for word, code in also(cldr["languages"]) if code in labels]
    weak += [(row["name_native"], row["iso639_1"]) for row in read("eu_official_languages")["languages"]]
    return spellings(spelled, weak)


def also(rows: dict[str, Any]) -> list[tuple[str, str]]:
    return [(word, code) for code, row in rows.items() for word in (*row["also"], *(row[name] for name in READ_TOO))]


def spellings(sure: Iterable[tuple[str, str]], weak: Iterable[tuple[str, str]] = (), fold: Callable[[str], str] = fold) -> dict[str, str]:
    """Folded words and their ids. Two ids with one sure spelling are a mistake in the sources; a weak one is given up."""
    found: dict[str, str] = {}
    for word, name in sure:
        if found.setdefault(fold(word), name) != name:
            raise ValueError(f"{word!r} stands for both {found[fold(word)]} and {name}")
    shared: dict[str, set[str]] = {}
    for word, name in weak:
        shared.setdefault(fold(word), set()).add(name)
    return {**{word: names.pop() for word, names in shared.items() if len(names) == 1}, **found}


# ------------------------------------------------------------------------------------ degrees, words of level


def degrees(titles: list[dict[str, Any]]) -> list[list[Any]]:
    """Place, titles, level, access to higher education and years of it, for each national degree."""
    data = read("degree_levels")
    access = {row["level"]: row["access_to_higher_education"] for row in data["eqf"]}
    rows = []
    for row in data["names"]:
        words = {fold(word) for word in (row["name"], *row.get("aliases", ()))}
        ids = sorted(title["id"] for title in titles if words & {fold(word) for word in (title["id"], *title["aliases"])})
        usual = access[row["eqf"]]
        years = row.get("nominal_years")
        if row.get("cycle") == 2 and years is not None:
            years += FIRST_CYCLE_YEARS
        if ids:
            rows.append([row["country"], ids, row["eqf"], row.get("gives_access", usual if isinstance(usual, bool) else None), years])
    return rows


def bare_titles(titles: list[dict[str, Any]]) -> dict[str, list[int]]:
    """The levels that a title may mean where no country is given."""
    found = {}
    for row in read("degree_levels")["false_friends"]:
        words = {fold(word) for word in (row["word"], *row.get("aliases", ()))}
        found.update({title["id"]: row["interval"] for title in titles if fold(title["id"]) in words})
    return found


def ranks(cefr: dict[str, Any]) -> dict[str, int]:
    """Levels by rank; a plus level is rounded down."""
    found = {row["level"]: row["rank"] for row in cefr["levels"]}
    return {**found, **{level: found[level[:-1]] for level in cefr["plus_levels"]["allowed"]}}


# ------------------------------------------------------------------------------------------------- marks in words


def words_of(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The words of a scale or of a test, the lowest first; levels are called the same everywhere."""
    return [one if isinstance(one, dict) else {"id": one, "en": one, "fr": one, "aliases": []} for one in row["words"]]


def test_levels(row: dict[str, Any], rank: dict[str, int]) -> dict[str, int]:
    """The rank of the level that each result of a test stands for."""
    given = {one: one for one in row["words"]} if row["cefr"] == "words" else row["cefr"]
    return {str(result): rank[level] for result, level in given.items()}


# ---------------------------------------------------------------------------------------------------- all of it


def tree(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The terms of a hierarchy. Kinds of employer are broad, each stands for many employers; so are fields that ISCED-F divides further,
    whose codes have two or three digits."""
    kept = ("parents", "unknown_for", "related")
    broad = [row["id"] for row in rows if any(len(code) < 4 for code in row.get("isced_f", [""]))]
    return {row["id"]: {key: row[key] for key in kept if row.get(key)} | ({"broad": True} if row["id"] in broad else {}) for row in rows}


def label(row: dict[str, Any]) -> list[str]:
    return [row["en"], row["fr"]]


def without_gloss(words: Iterable[str]) -> list[str]:
    """The words, and again without what stands in parentheses."""
    return [form for word in words for form in (word, word.partition(" (")[0])]


def build() -> dict[str, dict[str, Any]]:
    """The contents of `core`, `labels` and `spellings`."""
    vocabulary, places, languages, cefr, cldr, ranges = map(read, ("vocabulary", "places", "languages", "cefr", "cldr", "ranges"))
    terms = {name: rows for name, rows in vocabulary.items() if isinstance(rows, list)}
    trees = {"employer": read("employer_types")["types"], "field": read("fields")["fields"]}
    said = {vocabulary["said_ids"][row["term"]]: row for row in cefr["verbal"]}
    rank = ranks(cefr)
    official = [row["iso639_1"] for row in read("eu_official_languages")["languages"]]

    core: dict[str, Any] = {
        "bare_titles": bare_titles(terms["titles"]),
        "cefr": rank,
        "cldr": cldr["cldr"],
        "countries": sorted(cldr["countries"]),
        "degrees": degrees(terms["titles"]),
        "groups": groups(),
        "kingdoms": places["kingdoms"],
        "languages": sorted(cldr["languages"].keys() - languages["former"].keys()),
        "languages_of": {"EU": official},
        "leap_birthdays": places["leap_birthdays"],
        "linked": places["linked"],
        "parts": places["parts"],
        "place_aliases": places["aliases"],
        "ranges": {
            kind: {row["id"]: [row["least"], row["most"] + row.get("bonus", 0)] for row in ranges[kind] if "most" in row} for kind in MARKS
        },
        "full_marks": {row["id"]: row.get("full", row["most"]) for row in ranges["scales"] if row.get("full", row.get("most")) is not None},
        "mark_words": {kind: {row["id"]: [one["id"] for one in words_of(row)] for row in ranges[kind] if "words" in row} for kind in MARKS},
        "test_levels": {row["id"]: test_levels(row, rank) for row in ranges["tests"] if "cefr" in row},
        "test_languages": {row["id"]: row["of"] for row in ranges["tests"]},
        "validity": {row["id"]: 0 if row["years"] == "never" else row["years"] for row in ranges["validity"]},
        "republics": places["republics"],
        "said": {name: [rank[row["min"]], rank[row["max"]], rank.get(row["default"])] for name, row in said.items()},
        "several_zones": places["several_zones"],
        "subdivisions": [row["id"] for row in places["subdivisions"]],
        "trees": {name: tree(rows) for name, rows in trees.items()},
        "vocabularies": {name: [row["id"] for row in rows] for name, rows in terms.items()},
        "zones": places["zones"],
    }

    labels: Labels = {name: {row["id"]: label(row) for row in rows} for name, rows in {**terms, **trees}.items()}
    worded = {f"{kind}.{row['id']}": words_of(row) for kind in MARKS for row in ranges[kind] if "words" in row}
    labels.update({name: {one["id"]: label(one) for one in rows} for name, rows in worded.items()})
    labels["said"] = {name: [row["en"], row["term"]] for name, row in said.items()}
    labels["group"] = {row["id"]: label(row) for row in places["groups"]}
    labels["language"] = {code: [cldr["languages"][code][name] for name in LANGUAGES] for code in core["languages"]}
    labels["place"] = {code: [row[name] for name in LANGUAGES] for code, row in cldr["countries"].items()}
    labels["place"].update({row["id"]: label(row) for row in places["subdivisions"]})

    aliases = {name: {row["id"]: row["aliases"] for row in rows} for name, rows in terms.items()} | vocabulary["tree_aliases"]
    aliases |= {name: {one["id"]: [one["id"], *one["aliases"]] for one in rows} for name, rows in worded.items()}
    spelled: Spellings = {
        name: spellings(
            [(word, one) for one, words in aliases[name].items() for word in words],
            [(word, one) for one, words in labels[name].items() for word in without_gloss(words)],
            fold_mark if name in worded else fold,
        )
        for name in aliases
    }
    spelled["said"] = spellings([(word, name) for name, words in labels["said"].items() for word in words])
    spelled["place"] = country_spellings(places, labels["place"], cldr)
    spelled["language"] = language_spellings(languages, labels["language"], cldr)
    former = {
        "former_place": former_places(places),
        "former_language": languages["former"],
    }

    files: dict[str, dict[str, Any]] = {"core": core, "labels": dict(labels), "spellings": {**spelled, **former}}
    compiled = max(str(read(path.stem)["compiled"]) for path in SOURCES.glob("*.yaml"))
    core["version"] = f"{compiled}+{hashlib.sha256(text(files).encode()).hexdigest()[:8]}"
    return files


def text(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def main(arguments: list[str]) -> int:
    stale = []
    for name, data in build().items():
        path = TARGET / f"{name}.json"
        if not path.exists() or path.read_text("utf-8") != text(data):
            stale.append(path)
            if "--check" not in arguments:
                path.write_text(text(data), "utf-8")
    if stale and "--check" in arguments:
        print(f"stale: {', '.join(str(path.relative_to(ROOT)) for path in stale)}; run python scripts/build_reference.py")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
