"""A yardstick: about what the six vacancies of `rules/` ask, written by hand in numpy for this one file.

    python bench/limit.py IN.parquet OUT.parquet [THREADS]

It knows nothing of rules, reasons, causes, gaps or readings, and decides 27 criteria as fail 0, pass 1, unknown 2. What a general program
takes in multiples of this says how far it is from the machine. It is no reference for answers: where rules say more, it says less.
"""

import sys
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

EPOCH = np.datetime64("1970-01-01")
FAR = 40_000
EU = {
    "AT",
    "BE",
    "BG",
    "HR",
    "CY",
    "CZ",
    "DK",
    "EE",
    "FI",
    "FR",
    "DE",
    "GR",
    "HU",
    "IE",
    "IT",
    "LV",
    "LT",
    "LU",
    "MT",
    "NL",
    "PL",
    "PT",
    "RO",
    "SK",
    "SI",
    "ES",
    "SE",
}
EU_LANGUAGES = {
    "bg",
    "cs",
    "da",
    "de",
    "el",
    "en",
    "es",
    "et",
    "fi",
    "fr",
    "ga",
    "hr",
    "hu",
    "it",
    "lt",
    "lv",
    "mt",
    "nl",
    "pl",
    "pt",
    "ro",
    "sk",
    "sl",
    "sv",
}
NAMES = [
    "icesco_degree",
    "icesco_years",
    "icesco_international",
    "unesco_ai",
    "unesco_culture",
    "unesco_language",
    "quebec_studies",
    "quebec_age",
    "quebec_status",
    "quebec_domicile",
    "quebec_year",
    "quebec_tax",
    "quebec_french",
    "quebec_english",
    "quebec_first",
    "eu4_citizen",
    "eu4_degree",
    "eu4_technical",
    "eu4_rights",
    "eu3_diploma",
    "eu3_support",
    "expert_citizen",
    "expert_years",
    "expert_seniority",
    "expert_employer",
    "expert_languages",
    "expert_technical",
]


def day(text):
    return int((np.datetime64(text) - EPOCH).astype(int))


def valid(a):
    bitmap = a.buffers()[0]
    if a.null_count == 0 or bitmap is None:
        return np.ones(len(a), bool)
    return np.unpackbits(np.frombuffer(bitmap, "u1"), bitorder="little")[a.offset : a.offset + len(a)].astype(bool)


def whole(a):
    return a.combine_chunks() if isinstance(a, pa.ChunkedArray) else a


def codes(a):
    return np.frombuffer(a.indices.buffers()[1], "int32")[a.offset : a.offset + len(a)]


def days(a):
    """Day numbers of ISO text, and whether each is there; "ongoing" is FAR."""
    texts = a.dictionary.to_pylist()
    table = np.array(["2079-07-07" if one == "ongoing" else one for one in texts] or ["1970-01-01"], "datetime64[D]").astype("int64")
    table[[one == "ongoing" for one in texts] or [False]] = FAR
    return table[codes(a)], valid(a)


def member(a, names):
    table = np.array([one in names for one in a.dictionary.to_pylist()] or [False])
    return table[codes(a)] & valid(a)


def decide(batch):
    n = batch.num_rows
    column = {name: whole(batch.column(name)) for name in batch.schema.names}

    def opened(name):
        a = column[name]
        offsets = a.offsets.to_numpy()
        return np.repeat(np.arange(n, dtype="int64"), np.diff(offsets)), a.values, ~valid(a)

    def any_of(own, mask):
        found = np.zeros(n, bool)
        found[own[mask]] = True
        return found

    def verdict(surely, possibly, unsaid):
        found = np.where(surely, 1, np.where(possibly, 2, 0))
        found[unsaid] = 2
        return found.astype("int8")

    def either(*many):
        sure, may = many[0] == 1, many[0] == 2
        for one in many[1:]:
            sure, may = sure | (one == 1), may | (one == 2)
        return np.where(sure, 1, np.where(may, 2, 0)).astype("int8")

    def covered(own, first, last, rate=None):
        """Percent-days: each day counts once, up to full time."""
        rate = np.full(len(own), 100, "int64") if rate is None else rate.astype("int64")
        up, down = own << 40 | (first + FAR) << 16 | (rate + 256), own << 40 | (last + 1 + FAR) << 16 | (256 - rate)
        key = np.sort(np.concatenate([up, down]))
        running, at = np.cumsum((key & 0xFFFF) - 256), key >> 16 & 0xFFFFFF
        return np.bincount((key >> 40)[:-1], np.minimum(running[:-1], 100) * (at[1:] - at[:-1]), minlength=n) if len(key) else np.zeros(n)

    own, values, unsaid = opened("degrees")
    level = values.field("level").to_numpy(zero_copy_only=False)
    field, awarded = values.field("field"), days(values.field("awarded"))
    good, told = level >= 7, valid(field)
    icesco_degree = verdict(
        any_of(own, good & member(field, {"artificial_intelligence", "data_science", "ai_ethics", "digital_governance"})),
        any_of(own, good & ~told), unsaid,
    )  # fmt: skip
    culture = verdict(any_of(own, member(field, {"culture", "history"})), any_of(own, ~told), unsaid)
    near = (awarded[0] >= day("2022-01-15")) & (awarded[0] < day("2024-01-15"))
    recent = verdict(any_of(own, good & awarded[1] & near), any_of(own, good & ~awarded[1]), unsaid)
    bachelor = verdict(
        any_of(own, (level >= 6) & awarded[1] & (awarded[0] <= day("2024-03-27"))), any_of(own, (level >= 6) & ~awarded[1]), unsaid
    )
    own, values, unsaid = opened("studies")
    level = values.field("level").to_numpy(zero_copy_only=False)
    first, last = days(values.field("from")), days(values.field("to"))
    holds = (first[0] <= day("2023-10-01")) & (last[0] >= day("2023-10-01"))
    enrolled = verdict(
        any_of(own, (level >= 7) & last[1] & holds), any_of(own, (level >= 7) & ~last[1] & (first[0] <= day("2023-10-01"))), unsaid
    )
    born = days(column["birth_date"])
    age = np.where(born[1], ((born[0] >= day("1988-01-16")) & (born[0] <= day("2006-01-15"))).astype("int8"), 2).astype("int8")
    own, values, unsaid = opened("citizenships")
    eu, canadian = (verdict(any_of(own, member(values, names)), np.zeros(n, bool), unsaid) for names in (EU, {"CA"}))
    own, values, unsaid = opened("permits")
    permanent = verdict(
        any_of(own, member(values.field("type"), {"permanent"}) & member(values.field("in"), {"CA"})), np.zeros(n, bool), unsaid
    )
    home = column["domicile"]
    domicile = np.where(valid(home), member(home, {"CA-QC"}).astype("int8"), 2).astype("int8")
    own, values, unsaid = opened("residences")
    here = member(values.field("in"), {"CA-QC"})
    first, last = days(values.field("from")), days(values.field("to"))
    low, high = np.maximum(first[0], day("2022-10-02")), np.minimum(last[0], day("2023-10-01"))
    counted = here & first[1] & (high >= low)
    lived = covered(own[counted], low[counted], high[counted]) >= 36_500
    away_own, away, away_unsaid = opened("absences")
    out = (days(away.field("to"))[0] - days(away.field("from"))[0]) >= 183
    year = verdict(lived & ~any_of(away_own, out), any_of(own, here & ~first[1]) | away_unsaid & lived, unsaid)
    facts = column["facts"]

    def declared(name):
        a = facts.field(name)
        bits = np.unpackbits(np.frombuffer(a.buffers()[1], "u1"), bitorder="little")[a.offset : a.offset + len(a)]
        return np.where(valid(a), bits, 2).astype("int8")

    own, values, unsaid = opened("participations")
    before = verdict(any_of(own, member(values.field("programme"), {"quebec-stages-oig"})), np.zeros(n, bool), unsaid)
    first_time = np.where(before == 2, 2, 1 - before).astype("int8")
    own, values, unsaid = opened("languages")
    code, cefr = values.field("language"), values.field("level")
    told, c1, b2 = valid(cefr), member(cefr, {"C1", "C2"}), member(cefr, {"B2", "C1", "C2"})

    def speaks(name):
        of = member(code, {name})
        return verdict(any_of(own, of & c1), any_of(own, of & ~told), unsaid)

    french, english, european = speaks("fr"), speaks("en"), member(code, EU_LANGUAGES)
    some_c1, some_b2, open_ = (np.bincount(own[european & mask], minlength=n) for mask in (c1, b2, ~told))
    two = verdict((some_c1 >= 1) & (some_b2 >= 2), (some_c1 + open_ >= 1) & (some_b2 + open_ >= 2), unsaid)
    own, values, unsaid = opened("experience")
    first, last, rate_text = days(values.field("from")), days(values.field("to")), values.field("rate")
    rates = np.array([int(one[:-1]) for one in rate_text.dictionary.to_pylist()] or [0])
    rate, rated = rates[codes(rate_text)], valid(rate_text)
    field, employer, function = values.field("field"), values.field("employer"), values.field("function")
    sets = [
        {"ai_governance", "ai_ethics", "emerging_technologies"},
        {"artificial_intelligence", "machine_learning", "data_science", "ai_ethics", "ai_governance"},
        {"culture", "history"}, {"administration"},
    ]  # fmt: skip
    table = np.array(
        [sum((one in names) << place for place, names in enumerate(sets)) for one in field.values.dictionary.to_pylist()], "u1"
    )
    bits, offsets = table[codes(field.values)], field.offsets.to_numpy()
    some = np.diff(offsets) > 0
    tags = np.zeros(len(values), "u1")
    tags[some] = np.bitwise_or.reduceat(bits, offsets[:-1][some])
    fields_told = valid(field)

    def time(fits, unsure, by, need):
        end = np.minimum(last[0], day(by))
        there = fits & first[1] & (end >= first[0])
        low = covered(own[there & rated], first[0][there & rated], end[there & rated], rate[there & rated])
        vague = any_of(own, unsure | fits & ~(first[1] & rated))
        return verdict(low >= need, vague, unsaid)

    has = [(tags >> place & 1).astype(bool) for place in range(4)]
    kind = valid(employer)
    icesco_years = time(has[0], ~fields_told, "2025-05-20", 365_300)
    international = time(member(employer, {"intergovernmental_organisation", "multinational"}), ~kind, "2025-05-20", 109_600)
    ai, art, support = (time(has[place], ~fields_told, by, 1) for place, by in ((1, "2023-12-15"), (2, "2023-12-15"), (3, "2024-03-27")))
    grades = member(function, {"administrative", "judicial", "scientific", "technical", "advisory", "management"})
    years = time(grades, ~valid(function), "2024-07-01", 109_600)
    held = (last[0] >= day("2024-07-01")) & first[1] & (first[0] <= day("2024-07-01"))
    seniority = verdict(any_of(own, held & (first[0] <= day("2023-07-01"))), any_of(own, ~first[1]), unsaid)
    public = member(employer, {"national_administration", "intergovernmental_organisation"})
    right = verdict(any_of(own, held & public), any_of(own, held & ~kind | ~first[1] & (public | ~kind)), unsaid)
    return [
        icesco_degree, icesco_years, international, ai, either(art, culture), either(french, english), either(enrolled, recent), age,
        either(canadian, permanent), domicile, year, declared("tax_resident_quebec"), french, english, first_time, eu, bachelor, ai,
        declared("full_rights"), bachelor, support, eu, years, seniority, right, two, ai,
    ]  # fmt: skip


TEXTS = [
    "birth_date", "domicile", "citizenships.list.element", "permits.list.element.type", "permits.list.element.in",
    "residences.list.element.in", "residences.list.element.from", "residences.list.element.to", "absences.list.element.from",
    "absences.list.element.to", "degrees.list.element.field", "degrees.list.element.awarded", "studies.list.element.from",
    "studies.list.element.to", "experience.list.element.from", "experience.list.element.to", "experience.list.element.employer",
    "experience.list.element.function", "experience.list.element.field.list.element", "experience.list.element.rate",
    "languages.list.element.language", "languages.list.element.level", "participations.list.element.programme",
]  # fmt: skip


def main():
    source, target, threads = sys.argv[1], sys.argv[2], int((sys.argv[3:] or ["2"])[0])
    began = time.perf_counter()

    def one(group):
        table = pq.ParquetFile(source, read_dictionary=TEXTS).read_row_group(group, use_threads=False)
        return pa.table([table["id"], *(pa.array(verdicts) for verdicts in decide(table))], names=["id", *NAMES])

    writer = None
    with ThreadPoolExecutor(threads) as pool:
        for table in pool.map(one, range(pq.ParquetFile(source).num_row_groups)):
            writer = writer or pq.ParquetWriter(target, table.schema)
            writer.write_table(table)
    writer.close()
    print(f"{time.process_time():.2f} processor seconds, {time.perf_counter() - began:.2f} s on the wall")


if __name__ == "__main__":
    main()
