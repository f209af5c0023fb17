"""People for benchmarks, in the profile format, as nested Parquet (or JSON Lines): `people.py N OUT.parquet|OUT.jsonl`.

Deterministic: person i is the same for every N. About 4 % of facts are missing, jobs overlap, working time varies. The facts are those
that the six vacancies of `rules/` ask for. Dates are ISO text, as in a profile; `to` may be "ongoing".
"""

import itertools
import json
import sys

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

SEED, CHUNK = 20240115, 50_000
EPOCH = np.datetime64("1970-01-01")
COUNTRIES = ["CA", "FR", "DE", "IT", "ES", "BE", "PL", "RO", "PT", "SE", "MA", "SN", "TN", "CM", "LB", "US", "BR", "IN"]
FIELDS = [
    "artificial_intelligence",
    "machine_learning",
    "data_science",
    "ai_ethics",
    "ai_governance",
    "digital_governance",
    "emerging_technologies",
    "law",
    "social_sciences",
    "political_science",
    "culture",
    "administration",
    "computer_science",
    "cybersecurity",
    "economics",
    "engineering",
    "psychology",
    "history",
]
EMPLOYERS = [
    "national_administration",
    "intergovernmental_organisation",
    "public_sector_body",
    "public_university",
    "public_research_organisation",
    "multinational",
    "private_company",
    "ngo",
]
FUNCTIONS = ["administrative", "judicial", "scientific", "technical", "advisory", "management", "administrative_support", "communication"]
LANGUAGES = ["fr", "en", "de", "es", "it", "nl", "pl", "ro", "pt", "ar", "wo", "zh"]
CEFR = ["A1", "A2", "B1", "B2", "C1", "C2"]
LEVELS = np.array([4, 6, 7, 8], "int8")


def day(text):
    return int((np.datetime64(text) - EPOCH).astype(int))


def iso(days, missing=None, ongoing=None):
    """Dictionary-encoded ISO text of day numbers; null where missing, "ongoing" where ongoing."""
    days = np.asarray(days, "int64")
    values, index = np.unique(days, return_inverse=True)
    words = [str(EPOCH + int(one)) for one in values] + ["ongoing"]
    index = index.astype("int32")
    if ongoing is not None:
        index = np.where(ongoing, np.int32(len(values)), index)
    return pa.DictionaryArray.from_arrays(pa.array(index, mask=missing), pa.array(words)).cast(pa.string())


def words(names, index, missing=None):
    return pa.DictionaryArray.from_arrays(pa.array(np.asarray(index, "int32"), mask=missing), pa.array(names)).cast(pa.string())


def lists(count, values, missing):
    offsets = np.zeros(len(count) + 1, "int32")
    np.cumsum(count, out=offsets[1:])
    return pa.ListArray.from_arrays(pa.array(offsets), values, mask=pa.array(missing))


def struct(**columns):
    return pa.StructArray.from_arrays(list(columns.values()), [name.rstrip("_") for name in columns])


def chunk(number):
    r = np.random.default_rng([SEED, number])
    n = CHUNK

    def drop(size, share=0.04):
        return r.random(size) < share

    reference = day("2024-01-15")
    age = 18 + 42 * r.beta(1.3, 2.6, n)
    birth = (reference - age * 365.25).astype("int64")
    weight = np.array([26, 14, 7, 6, 5, 4, 4, 3, 3, 2, 7, 4, 4, 3, 2, 3, 2, 1.0])
    home = r.choice(len(COUNTRIES), n, p=weight / weight.sum())
    two = 1 + (r.random(n) < 0.12)
    first = np.zeros(two.sum(), bool)
    first[np.r_[0, np.cumsum(two)[:-1]]] = True
    held = np.where(first, np.repeat(home, two), (np.repeat(home, two) + r.integers(1, len(COUNTRIES), two.sum())) % len(COUNTRIES))
    citizenships = lists(two, words(COUNTRIES, held), drop(n))
    count = (r.random(n) < np.where(home == 0, 0, 0.10)).astype(int)
    k = count.sum()
    permits = lists(
        count,
        struct(type=words(["permanent", "student"], r.random(k) < 0.2), in_=words(COUNTRIES, np.where(r.random(k) < 0.7, 0, 1)),
               from_=iso(reference - r.integers(100, 4000, k))),
        drop(n),
    )  # fmt: skip
    # residences: one to four stays, mostly back to back
    areas = ["CA-QC", "CA-ON", "CA-BC", *COUNTRIES[1:]]
    home_area = np.array([0, *range(3, 3 + len(COUNTRIES) - 1)])
    count = r.choice([1, 2, 3, 4], n, p=[0.35, 0.35, 0.2, 0.1])
    k = count.sum()
    starts = np.r_[0, np.cumsum(count)]
    own = np.repeat(np.arange(n), count)
    place = np.arange(k) - starts[own]
    last = place == count[own] - 1
    area = home_area[home[own]]
    area = np.where((area == 0) & (r.random(k) < 0.35), r.integers(1, 3, k), area)
    area = np.where(r.random(k) < 0.18, r.integers(0, len(areas), k), area)
    span = (reference + 500 - birth[own]) / count[own]
    begin = birth[own] + (place * span + r.normal(0, 60, k)).astype("int64")
    begin = np.where(last & (r.random(k) < 0.2), day("2023-10-01") - r.integers(0, 1000, k), np.minimum(begin, day("2024-12-01")))
    end = np.maximum(birth[own] + ((place + 1) * span + r.normal(0, 90, k)).astype("int64"), begin + 30)
    residences = lists(
        count, struct(in_=words(areas, area), from_=iso(begin, drop(k, 0.02)), to=iso(end, None, last & (r.random(k) < 0.9))), drop(n)
    )
    domicile = words(areas, area[starts[1:] - 1], drop(n))
    count = (r.random(n) < 0.08).astype(int)
    k = count.sum()
    away = reference - r.integers(30, 900, k)
    absences = lists(
        count, struct(in_=words(COUNTRIES, r.integers(1, 18, k)), from_=iso(away), to=iso(away + r.integers(10, 260, k))), drop(n, 0.3)
    )
    # degrees
    age_years = (reference - birth) / 365.25
    top = np.where(age_years < 21, 0, r.choice([0, 1, 2, 3], n, p=[0.12, 0.33, 0.42, 0.13]))
    k = top.sum()
    starts = np.r_[0, np.cumsum(top)]
    own = np.repeat(np.arange(n), top)
    rank = np.arange(k) - starts[own] + 1
    awarded = np.minimum(birth[own] + ((20 + rank * 2 + r.gamma(1.2, 1.5, k)) * 365.25).astype("int64"), day("2024-06-30"))
    degrees = lists(
        top,
        struct(level=pa.array(LEVELS[rank]), years=pa.array(np.where(rank == 1, 3, 2).astype("int8"), mask=drop(k, 0.3)),
               in_=words(COUNTRIES, home[own]), field=words(FIELDS, r.integers(0, len(FIELDS), k), drop(k)), awarded=iso(awarded, drop(k))),
        drop(n),
    )  # fmt: skip
    count = (r.random(n) < np.where(age_years < 33, 0.5, 0.05)).astype(int)
    k = count.sum()
    begin = reference - r.integers(100, 1500, k)
    end = np.maximum(reference + r.integers(-300, 600, k), begin + 30)
    studies = lists(
        count,
        struct(level=pa.array(LEVELS[r.integers(1, 4, k)]), field=words(FIELDS, r.integers(0, len(FIELDS), k), drop(k)),
               from_=iso(begin), to=iso(end, drop(k), r.random(k) < 0.6)),
        drop(n),
    )  # fmt: skip
    # experience, with overlaps
    count = np.minimum(r.poisson(np.clip((age_years - 19) * 0.22, 0.2, 6)), 12)
    k = count.sum()
    own = np.repeat(np.arange(n), count)
    base = birth[own] + int(20 * 365.25)
    begin = base + (r.random(k) * np.maximum(day("2025-03-01") - base, 60)).astype("int64")
    end = begin + r.gamma(1.6, 900, k).astype("int64") + 30
    runs = (end > day("2023-10-01")) & (r.random(k) < 0.75)
    end = np.maximum(np.minimum(end, day("2025-08-01")), begin + 10)
    tags = r.choice([1, 2, 3], k, p=[0.4, 0.4, 0.2])
    field = lists(tags, words(FIELDS, r.integers(0, len(FIELDS), tags.sum())), drop(k, 0.03))
    experience = lists(
        count,
        struct(
            from_=iso(begin, drop(k, 0.03)), to=iso(end, None, runs), employer=words(EMPLOYERS, r.integers(0, 8, k), drop(k)),
            employer_name=words([f"e{one:03d}" for one in range(200)], r.integers(0, 200, k)),
            function=words(FUNCTIONS, r.integers(0, 8, k), drop(k)), field=field,
            rate=words(["100%", "80%", "60%", "50%", "20%"], r.choice(5, k, p=[0.62, 0.12, 0.06, 0.14, 0.06]), drop(k, 0.02)),
        ),
        drop(n),
    )  # fmt: skip
    count = r.choice([1, 2, 3, 4], n, p=[0.1, 0.4, 0.35, 0.15])
    k = count.sum()
    own = np.repeat(np.arange(n), count)
    place = np.arange(k) - np.r_[0, np.cumsum(count)][own]
    stride = np.array([1, 5, 7, 11])[r.integers(0, 4, n)]
    language = (r.choice(12, n, p=[0.35, 0.25, *[0.04] * 10])[own] + place * stride[own]) % 12
    level = np.where(place == 0, 5 - (r.random(k) < 0.1), r.integers(0, 6, k))
    languages = lists(count, struct(language=words(LANGUAGES, language), level=words(CEFR, level, drop(k))), drop(n))
    count = (r.random(n) < 0.06).astype(int)
    k = count.sum()
    participations = lists(
        count, struct(programme=words(["quebec-stages-oig"], np.zeros(k)), from_=iso(reference - r.integers(200, 3000, k))), drop(n)
    )
    facts = ("full_rights", "military_obligations_met", "character_references", "tax_resident_quebec")
    declared = pa.StructArray.from_arrays([pa.array(r.random(n) < 0.9, mask=drop(n, 0.3)) for _ in facts], list(facts))
    return pa.table({
        "id": pa.array([f"p{number * CHUNK + i:08d}" for i in range(n)]), "birth_date": iso(birth, drop(n, 0.03)),
        "citizenships": citizenships, "permits": permits, "residences": residences, "domicile": domicile, "absences": absences,
        "degrees": degrees, "studies": studies, "experience": experience, "languages": languages, "participations": participations,
        "facts": declared,
    })  # fmt: skip


def pruned(value):
    """Without what is not said, as a person's own file would be."""
    if isinstance(value, dict):
        return {key: pruned(one) for key, one in value.items() if one is not None}
    return [pruned(one) for one in value] if isinstance(value, list) else value


def main():
    number, target = int(sys.argv[1]), sys.argv[2]
    tables = (chunk(index).slice(0, number - index * CHUNK) for index in range(-(-number // CHUNK)))
    if target.endswith(".jsonl"):
        with open(target, "w", encoding="utf-8") as lines:
            for table in tables:
                lines.writelines(json.dumps(pruned(one)) + "\n" for one in table.to_pylist())
        return
    first = next(tables)
    with pq.ParquetWriter(target, first.schema, compression="zstd") as writer:
        for table in itertools.chain([first], tables):
            writer.write_table(table, row_group_size=CHUNK)


if __name__ == "__main__":
    main()
