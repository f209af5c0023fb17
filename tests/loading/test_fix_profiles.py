"""What is read of a profile can be written into its file: it then says the same, in plain form, and nothing else has changed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.checks.files import look_into
from eligibility.checks.repair import repaired
from eligibility.loading.files import Source
from eligibility.loading.models import profile_in
from eligibility.loading.understood.words import LANGUAGES, data_of
from eligibility.loading.yaml_reader import read_yaml
from eligibility.profile import Profile
from eligibility.reference import load_reference

REFERENCE = load_reference()


def fixed(text: str) -> str:
    source = Source("me.yaml", text.encode())
    looked = look_into(source, REFERENCE, date(2024, 1, 1))
    return repaired(source, [one for one in looked.diagnostics if one.params.get("fixable")]).data.decode()


def read(text: str) -> Profile:
    profile: Profile = profile_in(read_yaml(Source("me.yaml", text.encode())), REFERENCE).model
    return profile


LEVELS = [word for language in LANGUAGES for words in data_of(language)["fluency"].values() for word in words]
NATIONS = [words[0] for language in LANGUAGES for words in data_of(language)["nationalities"].values()]
DAYS = ["14 March 1998", "août 2019", "Sep 2020", "09/2020", "2020-9-1", "2019", "5. Oktober 2018", "3 de mayo de 2020", "2020-09-01", "03/04/2019"]
ENDS = [*DAYS, "ongoing", "en cours", "present", "heute"]
TIMES = ["full_time: yes", "rate: 80 %", "rate: mi-temps", "hours_per_week: 15 h", "full_time: Vollzeit", "hours: 1600", "hours: 15", "rate: 0.8"]
DEGREES = ["BSc", "Master 2 IA", "Maîtrise en droit", "master's", "Master of Laws", "licence", "PhD", "something else"]


def quoted(word: str) -> str:
    return '"' + word.replace('"', '\\"') + '"'


@st.composite
def profiles(draw: st.DrawFn) -> str:
    """A profile as people type it: in braces or in lines, with comments, in words of four languages."""

    def one(words: list[str]) -> str:
        return quoted(draw(st.sampled_from(words)))

    lines = [f"birth_date: {one(DAYS)}  # born", f"{draw(st.sampled_from(['nationality', 'citizenships', 'nationalité']))}: [{one(NATIONS)}, {one(NATIONS)}]"]
    start, end = draw(st.sampled_from(["from", "start", "du"])), draw(st.sampled_from(["to", "end", "au"]))
    job = [f"{start}: {one(DAYS[:2])}", f"{end}: {one(['ongoing', 'en cours', 'heute', '2021-05'])}", draw(st.sampled_from(TIMES))]
    if draw(st.booleans()):
        lines += ["experience:", "  # my work", f"  - {{{', '.join(job)}}}"]
    else:
        lines += ["experience:", f"  - {job[0]}", f"    {job[1]}  # still there", f"    {job[2]}"]
    lines += ["languages:", f"  - {{language: {one(['French', 'anglais', 'de', 'Español'])}, level: {one(LEVELS)}}}"]
    lines += ["  - language: English", "    test: IELTS 7.5", "    date: Feb 2023 # once"] if draw(st.booleans()) else ["  - Arabic"]
    lines += ["degrees:", f"  - {{title: {one(DEGREES)}, in: {one(['Canada', 'FR', 'Congo', 'Dakar'])}}}", f"  - {one(DEGREES[:-1])}"]
    return "\n".join([*lines, f"participations: {draw(st.sampled_from(['none', 'aucune', '[]']))}", ""])


@settings(max_examples=60, deadline=None)
@given(profiles())
def test_a_file_that_was_fixed_says_the_same_and_needs_no_other_fix(text: str) -> None:
    after = fixed(text)
    assert read(after).__dict__ == read(text).__dict__
    assert fixed(after) == after
    assert [line.partition("#")[2] for line in after.splitlines() if "#" in line] == [line.partition("#")[2] for line in text.splitlines() if "#" in line]


AS_TYPED = """\
# mine
name: "Lena Okafor"
birth_date: 3 October 1996   # a Thursday
nationality: Nigerian
permits: [{type: permanent resident, in: Germany, from: May 2020}]
domicile: Deutschland
residences:
  - {in: Lagos Island, from: Jan 2015, to: ongoing}
degrees:
  - {title: bachelor's, field: law, in: Nigeria, awarded: July 2018}
studies: none
experience:
  - {from: Sep 2019, to: Aug 2021, employer: NGO, hours: 12}
  - from: 01/2022
    employer: university
    full_time: yes
languages:
  - {language: English, level: native}
  - {language: German, level: B2, test: Goethe 240, date: Mar 2023}
  - Yoruba
"""


def test_a_profile_as_anybody_types_it() -> None:
    found = look_into(Source("me.yaml", AS_TYPED.encode()), REFERENCE, date(2024, 1, 1)).diagnostics
    assert [(one.code, one.params["word"]) for one in found if one.code != "N204"] == [("W202", "Lagos Island"), ("W207", "hours: 12")]
    assert fixed(AS_TYPED) == """\
# mine
name: "Lena Okafor"
birth_date: 1996-10-03   # a Thursday
citizenships: [NG]
permits: [{type: permanent resident, in: DE, from: 2020-05}]
domicile: DE
residences:
  - {in: Lagos Island, from: 2015-01, to: ongoing}
degrees:
  - {title: bachelor, field: law, in: NG, awarded: 2018-07}
studies: []
experience:
  - {from: 2019-09, to: 2021-08, employer: NGO, hours: 12}
  - from: 2022-01
    employer: university
    full_time: true
languages:
  - {language: en, native: true}
  - {language: de, level: B2, tests: [{test: goethe, score: 240, taken: 2023-03}]}
  - {language: yo}
"""


@pytest.mark.parametrize(("hours", "asked"), [("12", True), ("60", True), ("61", False), ("12 in all", False)])
def test_few_hours_of_a_long_job_are_asked_about(hours: str, asked: bool) -> None:
    text = f"experience: [{{from: 2019-09, to: 2021-08, hours: {hours}}}]\n"
    [job] = read(text).experience or ()
    assert (job.hours is None) == asked
    assert [one.code for one in look_into(Source("me.yaml", text.encode()), REFERENCE, date(2024, 1, 1)).diagnostics] == (["W207"] if asked else [])


def test_hours_of_a_short_job_or_of_one_whose_time_is_said_are_not_asked_about() -> None:
    for rest in ("from: 2019-09-01, to: 2019-09-20", "from: 2019-09, to: 2021-08, full_time: false"):
        [job] = read(f"experience: [{{{rest}, hours: 12}}]\n").experience or ()
        assert job.hours == 12
