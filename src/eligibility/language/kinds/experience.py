"""Experience and employment: work over a lifetime, and the job held on a day."""

from eligibility.language.kind import WORKING_AGE, Kind

_FILTERS = {
    "employer": "tree:employer", "employer_name": "names", "in": "place", "works_in": "place", "function": "terms:functions",
    "field": "tree:field", "type": "terms:experience_types", "grade": "terms:experience_grades",
    "contract": "terms:contracts", "position": "terms:positions", "paid": "flag", "full_time": "full_time",
    "rate": "number", "hours_per_week": "number", "skill_level": "names", "ended": "date", "started": "date", "tags": "tags",
}  # fmt: skip

EXPERIENCE = Kind(
    name="experience",
    source="experience",
    filters=_FILTERS,
    options=("periods",),
    in_time=True,
    proof="records",
    from_age=WORKING_AGE,
    other_words="work",
    doc="""Work over a lifetime. Days are counted once even when jobs overlap, and pro rata of working time (`part_time:
counts_in_full` or `excluded` to differ). N years are met by one full-time spell of N calendar years, or by a total of as
many days as N years can have (3 years: 1096). `during` sets a look-back or counts from a diploma; `other_than` leaves
records out, `also` credits other ones, `limits` caps some; `unbroken` asks for one spell.""",
    examples=(
        "{kind: experience, field: [ai_governance, ai_ethics], at_least: 10 years, as_of: deadline}",
        "{kind: experience, at_least: 3 years, during: {after: {kind: degree, level: {at_least: 6}, take: first}}}",
        "{kind: experience, at_least: 900 hours, full_week: 35 hours, during: {within: 24 months, before: application}}",
        "{kind: experience, field: computer_science, at_most: 8 years}",
    ),
)

EMPLOYMENT = Kind(
    name="employment",
    source="experience",
    state=True,
    in_time=True,
    seniority=True,
    must_last=True,
    from_age=WORKING_AGE,
    other_words="emploi job",
    filters=_FILTERS,
    doc="""The job held on the day. A length is seniority: how long it has lasted, without a break, with the same employer,
whatever the working time; with `ended`, how long a job that is over had lasted. What is asked of a job, its dates too, is asked of every
record that counts.""",
    examples=("{kind: employment, at_least: 12 months, as_of: start}", "{kind: employment, employer: public_administration}"),
)
