"""What a student read who had only the README: her profile, her questions, in both languages."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from eligibility.loading.models import read_profile
from eligibility.reference import load_reference
from eligibility.reporters.advice import EXAMPLES
from tests.surroundings import surroundings

ROOT = Path(__file__).parents[2]
QUEBEC = "quebec-unesco-ethics-2023-020"
AMINA = """\
name: Amina Diallo
birth_date: 1996-02-29
citizenships: [SN, {country: CA, since: 2021-05}]
domicile: CA-QC
residences: [{in: CA-QC, from: 2019-08, to: ongoing}]
absences: [{in: FR, from: 2023-01-05, to: 2023-03-20}]
degrees:
  - {title: licence, level: 6, field: law, in: SN, awarded: 2017}
  - {title: maitrise, level: 7, field: technology_law, in: CA-QC, awarded: 2022-03}
studies:
  - {title: doctorat, level: 8, field: technology_law, in: CA-QC, from: 2022-09, to: ongoing, full_time: true}
experience:
  - {from: 2020-09, to: 2022-04, type: job, in: CA-QC, field: ai_ethics, hours_per_week: 12}
  - {from: 2021-01, to: 2021-12, type: job, in: CA-QC, hours_per_week: 8}
  - {from: 2018-06, to: 2018-08, type: internship, employer: international_organisation, in: SN, rate: 100%}
languages:
  - {language: fr, native: true}
  - {language: en, level: C1}
  - {language: wo, native: true}
participations: []
"""


def run(tmp_path: Path, *words: str, profile: str = AMINA, on: str = "2023-09-15", columns: int = 80) -> subprocess.CompletedProcess[str]:
    (tmp_path / "amina.yaml").write_text(profile, "utf-8")
    day = ["--on", on] if on else []
    return subprocess.run(
        [sys.executable, "-m", "eligibility", "check", "amina.yaml", "--rules", str(ROOT / "rules"), *day, *words],
        cwd=tmp_path, env=surroundings(PYTHONPATH=str(ROOT / "src"), COLUMNS=str(columns)),
        capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def finding(report: str, name: str) -> str:
    """The lines of one criterion of a detailed report."""
    [block] = [one for one in re.split(r"\n(?=[✗?✓~·] )", report) if re.search(rf"^(?:\S .*  | {{4}}){name}$", one, re.M)]
    return flat(block)


EASIEST = {
    "en": "One of these lines is enough; add to your profile what is true: `facts: {academic_project_management: true}` (or false); "
    "`function: project_management` (project management) in experience[0] (September 2020 – April 2022), ",
    "fr": "Une seule de ces lignes suffit ; ajoutez à votre profil ce qui est vrai : « facts: {academic_project_management: true} » "
    "(ou false) ; « function: project_management » (gestion de projet) dans experience[0] (septembre 2020 – avril 2022), ",
}


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_easiest_line_comes_first_and_none_is_hidden(lang: str, tmp_path: Path) -> None:
    """A yes or no is printed as the line to write, then the words the rule wants; nothing is behind "and 1 more"."""
    told = finding(run(tmp_path, "--vacancy", QUEBEC, "--lang", lang).stdout, "project-management")
    assert EASIEST[lang] in told
    assert "tags: [project_management]" in told
    assert "studies[0] (doctorat" in told
    assert not re.search(r"[Ee]t \d+ autres?|And \d+ more", told)


@pytest.mark.parametrize(("lang", "text"), [("en", "`academic_project_management: true` (or false) in `facts`"), ("fr", "« academic_project_management: true »")])
def test_a_second_fact_goes_under_the_facts_there_are(lang: str, text: str, tmp_path: Path) -> None:
    """A second line `facts:` would be refused."""
    stated = f"{AMINA}facts: {{tax_resident_quebec: true}}\n"
    assert text in finding(run(tmp_path, "--vacancy", QUEBEC, "--lang", lang, profile=stated).stdout, "project-management")


@pytest.mark.parametrize(
    ("lang", "texts"),
    [("en", ("2 answers are missing. 2 depend on how the notice is read (met in the usual reading).", "Nothing is missing from you")),
     ("fr", ("Il manque 2 réponses. 2 dépendent de la lecture de l'avis (satisfaits selon la lecture habituelle).", "Rien ne manque de votre part"))],
)  # fmt: skip
def test_what_depends_on_the_notice_is_no_answer_that_is_missing(lang: str, texts: tuple[str, str], tmp_path: Path) -> None:
    """C1 where "excellent" may mean C2: nothing is missing from her, and it is said once."""
    out = flat(run(tmp_path, "--lang", lang).stdout)
    assert texts[0] in out
    assert out.count(texts[1]) == 1


@pytest.mark.parametrize(
    ("lang", "texts"),
    [("en", ("All are met in the usual reading of the notice.", "ask how the notice is to be read, by 1 October 2023")),
     ("fr", ("Tous sont satisfaits selon la lecture habituelle de l'avis.", "demander comment lire l'avis, au plus tard le 1er octobre 2023"))],
)  # fmt: skip
def test_a_vacancy_met_in_the_usual_reading_says_so(lang: str, texts: tuple[str, str], tmp_path: Path) -> None:
    """With her two answers, only the reading of the notice is left."""
    done = f"{AMINA}facts: {{tax_resident_quebec: true, academic_project_management: true}}\n"
    out = flat(run(tmp_path, "--lang", lang, profile=done).stdout)
    assert all(text in out for text in texts)


@pytest.mark.parametrize(
    ("lang", "text"),
    [("en", r"At best (\d+) days \(about 1 year and 1 month\), counting experience\[0\] .*?, though you did not state the field of each; the notice asks "
            r"for at least 10 years: ([\d,]+) days \(about 8 years and 11 months\) missing"),
     ("fr", r"Au mieux (\d+) jours \(environ 1 an et 1 mois\), en comptant experience\[0\] .*?, bien que votre profil ne précise pas le domaine de chacun ; "
            r"l'avis demande au moins 10 ans : il manque ([\d ]+) jours")],
)  # fmt: skip
def test_what_is_counted_at_best_is_said_so_and_adds_up(lang: str, text: str, tmp_path: Path) -> None:
    """The jobs whose field she did not state are named, and both lengths are days."""
    found = re.search(text, flat(run(tmp_path, "--lang", lang).stdout))
    assert found
    have, missing = (int(re.sub(r"\D", "", one)) for one in found.groups())
    assert have + missing in (3652, 3653)


@pytest.mark.parametrize(("lang", "text"), [("en", "(Senegal and Canada)"), ("fr", "(Sénégal et Canada)")])
def test_every_citizenship_is_named(lang: str, text: str, tmp_path: Path) -> None:
    """Both of hers, not the first only."""
    assert text in flat(run(tmp_path, "--lang", lang).stdout)


@pytest.mark.parametrize("columns", [30, 40])
def test_a_command_can_be_pasted_from_a_narrow_terminal(columns: int, tmp_path: Path) -> None:
    """No id is broken, in commands, headings or `list`."""
    out = run(tmp_path, "--lang", "fr", columns=columns).stdout
    assert f"    {QUEBEC}\n" in out
    assert f"--vacancy {QUEBEC} \\\n" in out or f"{QUEBEC} \\\n" in out
    listed = subprocess.run(
        [sys.executable, "-m", "eligibility", "list", "--rules", str(ROOT / "rules")],
        env=surroundings(COLUMNS=str(columns)),
        capture_output=True, encoding="utf-8", timeout=60, check=True,
    ).stdout  # fmt: skip
    assert "  ai-office-administrative-assistant-2024\n" in listed


def test_from_standard_input_the_command_says_so(tmp_path: Path) -> None:
    """`-` in the command, and a hint; never '<stdin>' as a file."""
    done = subprocess.run(
        [sys.executable, "-m", "eligibility", "check", "-", "--rules", str(ROOT / "rules"), "--on", "2023-09-15", "--lang", "en"],
        env=surroundings(), input=AMINA, capture_output=True, encoding="utf-8", timeout=60, check=True,
    )  # fmt: skip
    assert "eligibility check - --vacancy" in done.stdout
    assert "check '<stdin>'" not in done.stdout
    assert "< your-file.yaml" in done.stdout


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_what_closes_first_comes_first(lang: str, tmp_path: Path) -> None:
    """An incomplete post that closes in 16 days comes before one that closes in 91, whose stricter deadline is the one advised; no step
    leads to a post that asks for another citizenship."""
    out = flat(run(tmp_path, "--lang", lang).stdout)
    steps = out[out.index("À FAIRE ENSUITE" if lang == "fr" else "WHAT TO DO NEXT") :]
    assert steps.index(QUEBEC) < steps.index("unesco-culture-ai-2023")
    assert ("au plus tard le 14 décembre 2023" if lang == "fr" else "by 14 December 2023") in steps
    assert "ai-office" not in steps


@pytest.mark.parametrize(
    ("lang", "texts"), [("en", ("All of these vacancies have closed.", "too late")), ("fr", ("Toutes ces offres sont clôturées.", "trop tard"))]
)
def test_when_all_is_closed_there_is_still_a_next_step(lang: str, texts: tuple[str, str], tmp_path: Path) -> None:
    """Another day to try; and nobody is told to ask for a reading of what is over."""
    assert texts[0] in flat(run(tmp_path, "--lang", lang, on="2026-01-01").stdout)
    assert "eligibility check amina.yaml --on 2025-05-20" in flat(run(tmp_path, "--lang", lang, on="2026-01-01").stdout).replace("\\ ", "")
    late = finding(run(tmp_path, "--vacancy", QUEBEC, "--lang", lang, on="2023-10-02").stdout, "english")
    assert texts[1] in late
    assert "stages.oig" not in late


@pytest.mark.parametrize(("lang", "text"), [("en", "did you mean `tax_resident_quebec`?"), ("fr", "vouliez-vous dire « tax_resident_quebec » ?")])
def test_a_misspelt_fact_or_tag_is_told(lang: str, text: str, tmp_path: Path) -> None:
    """A fact that no vacancy knows changes nothing: that is a note, with the name that was meant; a tag likewise."""
    wrong = f"{AMINA}facts: {{tax_resident_quebek: true}}\n".replace("full_time: true", "full_time: true, tags: [projet_management]")
    done = run(tmp_path, "--lang", lang, profile=wrong)
    assert done.returncode == 0
    assert text in flat(done.stderr).replace("\u00a0", " ")
    assert "N202" in done.stderr
    assert "N203" in done.stderr
    assert "project_management" in done.stderr


@pytest.mark.parametrize("year", ["2996", "1896"])
def test_an_impossible_birth_date_is_refused(year: str, tmp_path: Path) -> None:
    """No verdict on an age of -972 or of 127 years, but the place of the mistake."""
    done = run(tmp_path, profile=AMINA.replace("1996-02-29", f"{year}-02-28"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "amina.yaml:2:13" in done.stderr


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_what_is_met_shows_its_proof(lang: str, tmp_path: Path) -> None:
    """Which job, which level, and that her absences were looked at."""
    out = run(tmp_path, "--vacancy", QUEBEC, "--lang", lang).stdout
    assert ("experience[2] (June 2018 – August 2018)" if lang == "en" else "experience[2] (juin 2018 – août 2018)") in finding(out, "institutional-experience")
    assert ("French (mother tongue)" if lang == "en" else "Français (langue maternelle)") in finding(out, "french")
    assert "183" in finding(out, "residence-health-insurance")


@pytest.mark.parametrize(("lang", "text"), [("en", "known only as such; the day matters"), ("fr", "connu seulement ainsi ; le jour compte")])
def test_a_date_that_is_known_too_vaguely_is_not_called_missing(lang: str, text: str, tmp_path: Path) -> None:
    """`awarded: 2022-01` may lie before or after the day that counts, two years before the start."""
    vague = re.sub(r"studies:\n.*\n", "studies: []\n", AMINA).replace("awarded: 2022-03", "awarded: 2022-01")
    told = finding(run(tmp_path, "--vacancy", QUEBEC, "--lang", lang, profile=vague).stdout, "studies").replace("\u00a0", " ")
    assert re.search(rf"degrees\[1\].awarded ?: 2022-01 \({text}\)", told), told
    assert "absent" not in told


def test_every_example_line_is_a_profile() -> None:
    """The lines that reports propose can be read, word for word."""
    from eligibility.loading.files import Source
    from eligibility.loading.yaml_reader import read_yaml

    for name, example in EXAMPLES.items():
        document = read_yaml(Source("x.yaml", f"{name}: {example}\n".encode()))
        profile, problems = read_profile(document.data, load_reference())
        assert profile is not None, name
        assert problems == [], name
        assert json.loads(profile.model_dump_json())[name]


def command(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "eligibility", *words, "--rules", str(ROOT / "rules")],
        env=surroundings(),
        capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip


def test_part_of_an_id_finds_it() -> None:
    """`show quebec` proposes the one id that holds it, `show ai-office` both."""
    assert f"did you mean `{QUEBEC}`?" in flat(command("show", "quebec", "--lang", "en").stderr)
    both = flat(command("show", "ai-office", "--lang", "fr").stderr)
    assert "ai-office-administrative-assistant-2024 ou ai-office-technology-specialist-2024" in both


@pytest.mark.parametrize(
    ("lang", "texts"),
    [("en", ("level: 7 (master)", "`facts: {tax_resident_quebec: true}`", "a year with 183 days or more away does not count")),
     ("fr", ("niveau : 7 (maîtrise)", "« facts: {tax_resident_quebec: true} »", "une année avec 183 jours d'absence ou plus ne compte pas"))],
)  # fmt: skip
def test_show_says_how_to_answer(lang: str, texts: tuple[str, ...]) -> None:
    """A level has its name, a fact its line, the health insurance its rule on absences."""
    shown = flat(command("show", QUEBEC, "--lang", lang).stdout)
    assert all(text in shown for text in texts)


WRONG = [
    ("degrees: [{level: 7, awarded: mars 2022}]", "`2022-03`", "« 2022-03 »"),
    ("degrees: [{level: 7, awarded: recently}]", "2022, 2022-03 or 2022-03-15", "2022, 2022-03 ou 2022-03-15"),
    ("participations: aucune", "`[]`", "« [] »"),
    ("citizenships: [Sénégal]", "`SN`", "« SN »"),
    ("domicile: Québec", "`CA-QC`", "« CA-QC »"),
]


@pytest.mark.parametrize(("line", "english", "french"), WRONG)
def test_a_slip_in_a_profile_is_answered_with_what_to_write(line: str, english: str, french: str, tmp_path: Path) -> None:
    """No day is to be invented where a month is known, and a word for none is an empty list."""
    for lang, text in (("en", english), ("fr", french)):
        assert text in flat(run(tmp_path, "--lang", lang, profile=f"{line}\n").stderr).replace("\u00a0", " ")


NOTICE = """\
format: 1
id: later
title: {en: Later, fr: Plus tard}
notice: {published: 2023-10-02}
dates: {opening: 2023-10-15, deadline: 2023-12-01}
criteria:
  - {id: age, kind: age, at_least: 18}
"""


@pytest.mark.parametrize(
    ("lang", "texts"),
    [("en", ("not published yet on that day: it was on 2 October 2023", "Applications open on 15 October 2023")),
     ("fr", ("pas encore publié : il l'a été le 2 octobre 2023", "Les candidatures ouvrent le 15 octobre 2023"))],
)  # fmt: skip
def test_a_notice_that_is_not_out_yet_says_so(lang: str, texts: tuple[str, str], tmp_path: Path) -> None:
    """On 15 September nobody could have read a notice of 2 October; afterwards nothing is said."""
    (tmp_path / "later.yaml").write_text(NOTICE, "utf-8")
    for words in ((), ("--detail",)):
        out = flat(run(tmp_path, "--rules", str(tmp_path / "later.yaml"), "--lang", lang, *words).stdout)
        assert all(text in out for text in texts)
    later = flat(run(tmp_path, "--rules", str(tmp_path / "later.yaml"), "--lang", lang, on="2023-11-01").stdout)
    assert not any(text in later for text in texts)


@pytest.mark.parametrize(
    ("hour", "moment", "told"),
    [("T09:00", "2023-10-15", True), ("T09:00", "2023-10-15T08:59", True), ("T09:00", "2023-10-15T09:00", False),
     ("T09:00", "2023-10-15T09:01+02:00", False), ("T09:00", "2023-10-15T12:59Z", False), ("T09:00", "2023-10-15T06:59Z", True),
     ("T09:00", "2023-10-14", True), ("T09:00", "2023-10-16", False),
     ("", "2023-10-14T23:59", True), ("", "2023-10-15", False), ("", "2023-10-15T00:00", False)],
)  # fmt: skip
def test_until_its_hour_a_vacancy_is_not_open(hour: str, moment: str, told: bool, tmp_path: Path) -> None:
    """An opening at nine in Paris: a minute before, at nine, and after it; on the day alone the hour is told, for it matters."""
    rule = NOTICE.replace("opening: 2023-10-15", f'opening: "2023-10-15{hour}"') + "jurisdiction: FR\n"
    (tmp_path / "later.yaml").write_text(rule, "utf-8")
    for lang, at in (("en", "Applications open on 15 October 2023"), ("fr", "Les candidatures ouvrent le 15 octobre 2023")):
        at += "" if not hour else " at 09:00 Paris time" if lang == "en" else " à 9 h 00 (heure de Paris)"
        for words in ((), ("--detail",)):
            out = flat(run(tmp_path, "--rules", str(tmp_path / "later.yaml"), "--lang", lang, *words, on=moment).stdout)
            assert (at in out.replace("\u00a0", " ")) is told, out


@pytest.mark.parametrize(("lang", "text"), [("en", "at the end of the day, midnight Québec time"), ("fr", "en fin de journée, à minuit (heure du Québec)")])
def test_the_end_of_the_day_has_its_hour_and_zone(lang: str, text: str, tmp_path: Path) -> None:
    """Somebody in Paris needs to know whose midnight it is."""
    assert text in flat(run(tmp_path, "--lang", lang).stdout)


def test_lists_that_are_asked_for_come_with_an_example(tmp_path: Path) -> None:
    """`absences` is no list one can guess the keys of."""
    without = re.sub(r"absences: .*\n", "", AMINA)
    told = finding(run(tmp_path, "--vacancy", QUEBEC, "--lang", "en", profile=without).stdout, "residence-health-insurance")
    assert "`absences: [{in: FR, from: 2023-01-05, to: 2023-03-20}]` (`absences: []` if there is none)" in told


@pytest.mark.parametrize(
    ("options", "profile", "asks"),
    [
        ((), "name: Jo\n", "eligibility ask amina.yaml --on 2024-01-10 --rules"),
        (("--lang", "fr"), "name: Jo\n", "eligibility ask amina.yaml --on 2024-01-10 --rules"),
        (("--redact",), "name: Jo\n", ""),
        (("--with", "birth_date: 1990-01-01"), "name: Jo\n", ""),
        ((), (ROOT / "profiles" / "tomas.yaml").read_text("utf-8"), ""),
    ],
)
def test_what_is_missing_is_asked_for_by_the_command_named_last(
    options: tuple[str, ...], profile: str, asks: str, tmp_path: Path
) -> None:
    """Of the profile as it is, if it lacks something that a vacancy which is open wants; nowhere else would the answers go."""
    office = ("--vacancy", "ai-office-administrative-assistant-2024")
    for words, page in (options, False), ((*options, *office, "-o", "me.html"), True):
        run(tmp_path, *words, profile=profile, on="2024-01-10")
        shown = flat((tmp_path / "me.html").read_text("utf-8")) if page else flat(run(tmp_path, *words, profile=profile, on="2024-01-10").stdout)
        assert ("eligibility ask" in shown) is bool(asks)
        assert asks in shown.replace("\\ ", "")


def test_where_nothing_is_missing_nobody_is_told_to_look_for_it(tmp_path: Path) -> None:
    """Only a person can judge what is open for Tomás."""
    tomas = (ROOT / "profiles" / "tomas.yaml").read_text("utf-8")
    shown = flat(run(tmp_path, profile=tomas, on="2024-03-20").stdout)
    assert "See what is still open, by 27 March 2024, 12:00 noon Brussels time: Administrative assistant" in shown
    assert "answers are missing, by" not in shown
