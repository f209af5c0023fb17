"""What is said of results of tests and exams, and of what is counted, in both languages: in words, with the day until which they were good."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from eligibility.engine import check
from eligibility.profile import Profile
from eligibility.reference import load_reference
from eligibility.reporters.sentences import Sentences
from eligibility.vacancy import Vacancy
from eligibility.wording import Words

REFERENCE = load_reference()
VALID = {"kind": "language", "of": "en", "test": {"ielts": 7}, "valid": True}
TOGETHER = {"kind": "exam", "at_least": 3, "among_them": [{"subject": "mathematics"}], "sittings": {"at_most": 1}}
ENGLISH = {"exam": "wassce", "subject": "english", "grade": "B3", "taken": "2020-06"}


RUN = {"kind": "experience", "at_least": "1 year", "unbroken": True, "of_which": [{"in": "CA", "at_least": "6 months"}]}
AT_HOME = {"from": "2022-01-01", "to": "2022-06-30", "in": "FR", "rate": "100%"}
AWAY = {"from": "2022-07-01", "to": "2022-12-31", "in": "CA", "rate": "100%"}


def said(criterion: dict[str, Any], profile: dict[str, Any], language: str) -> str:
    """The reason, without breaks in it."""
    post = {"format": 1, "id": "post", "title": {"en": "Post", "fr": "Poste"}, "dates": {"deadline": "2024-06-30"}, "criteria": [{"id": "c", "as_of": "deadline", **criterion}]}
    report = check(Vacancy.model_validate(post), Profile.from_dict(profile), date(2024, 6, 1), REFERENCE)
    return Sentences(Words(language), REFERENCE).reason(report.findings[0]).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("criterion", "profile", "english", "french"),
    [
        (VALID, {"languages": [{"language": "en", "tests": [{"test": "ielts", "score": 7.5, "taken": "2020-01-05"}]}]},
         "misses on the test score (IELTS 7.5). The result was valid until 5 January 2022.",
         "s'écarte sur le score au test (IELTS 7,5). Le résultat était valable jusqu'au 5 janvier 2022."),
        (VALID, {"languages": [{"language": "en", "tests": [{"test": "ielts", "score": 7.5, "taken": "2023-03-02"}]}]},
         "English (IELTS 7.5, valid until 2 March 2025): the result asked for.",
         "Anglais (IELTS 7,5, valable jusqu'au 2 mars 2025) : le résultat demandé."),
        ({**VALID, "of": "fr", "test": {"delf": "B2"}}, {"languages": [{"language": "fr", "level": "C1", "tests": [{"test": "delf", "score": "B2", "taken": "2010"}]}]},
         "French (DELF B2): the result asked for.", "Français (DELF B2) : le résultat demandé."),
        (VALID, {"languages": [{"language": "en", "tests": [{"test": "ielts", "score": 6, "taken": "2024-01-05"}, {"test": "ielts", "score": 7, "taken": "2022-07-01"}]}]},
         "English (IELTS 7, valid until 1 July 2024): the result asked for.", "Anglais (IELTS 7, valable jusqu'au 1er juillet 2024) : le résultat demandé."),
        ({**VALID, "of": "ko", "test": {"topik": 4}}, {"languages": [{"language": "ko", "tests": [{"test": "topik", "score": 5}]}]},
         "How long a result of TOPIK is valid is not known here.", "Combien de temps un résultat de TOPIK est valable n'est pas connu ici."),
        ({"kind": "child", "at_least": "3 times"}, {"children": [{"born": f"201{year}"} for year in range(3)]},
         "3; the notice asks for at least 3 children.", "3 ; l'avis demande au moins 3 enfants."),
        ({"kind": "document", "at_least": "2 times"}, {"documents": [{"type": "passport"}]},
         "the notice asks for at least 2 documents", "l'avis demande au moins 2 documents"),
        ({"kind": "experience", "at_most": "0 times"}, {"experience": []}, "Nothing of the kind in your profile.", "Rien de tel dans votre profil."),
        (TOGETHER, {"exams": [ENGLISH]},
         "Among the subjects that count together must be mathematics", "Parmi les matières qui comptent ensemble doit figurer mathématiques"),
        (TOGETHER, {"exams": [ENGLISH, {**ENGLISH, "subject": "mathematics"}]},
         "Different subjects that count together, from one sitting: 2 at best; the notice asks for at least 3.",
         "Matières différentes qui comptent ensemble, en une session : 2 au mieux ; l'avis demande au moins 3."),
        (TOGETHER, {"exams": [ENGLISH, *({**ENGLISH, "subject": one} for one in ("mathematics", "biology"))]},
         "Exam results that count together: English, mathematics and biology.", "Résultats d'examen qui comptent ensemble : anglais, mathématiques et biologie."),
        (TOGETHER, {"exams": [ENGLISH, {**ENGLISH, "subject": "mathematics"}, {"exam": "wassce", "subject": "biology", "grade": "B3"}]},
         "Different subjects that surely count together, from one sitting: 2; the notice asks for at least 3", "Matières différentes qui comptent sûrement ensemble, en une session : 2 ; l'avis demande au moins 3"),
        ({**TOGETHER, "sittings": {"at_most": 2}}, {"exams": [ENGLISH, {**ENGLISH, "subject": "mathematics"}]},
         "Different subjects that count together, from at most 2 sittings: 2 at best;",
         "Matières différentes qui comptent ensemble, en 2 sessions au plus : 2 au mieux ;"),
        ({"kind": "exam", "at_least": 3, "among_them": [{"subject": "english"}]}, {"exams": [ENGLISH]},
         "Different subjects that count together: 1 at best;", "Matières différentes qui comptent ensemble : 1 au mieux ;"),
        (RUN, {"experience": [AT_HOME, AWAY]},
         "Your profile shows 1 year without a break, of which 6 months with the country or region asked for (at least 6 months); the notice asks for at least 1 year.",
         "Votre profil compte 1 an sans interruption, dont 6 mois répondant à la demande sur le pays ou la région (au moins 6 mois) ; l'avis demande au moins 1 an."),
        (RUN, {"experience": [AT_HOME, {**AWAY, "from": "2022-07-02"}]},
         "No unbroken time in your profile is all of it. The nearest is 5 months and 30 days, of which 5 months and 30 days with the country or region asked for",
         "Aucune période continue de votre profil n'est tout cela."),
        (RUN, {"experience": [AT_HOME, {key: value for key, value in AWAY.items() if key != "in"}]},
         "Your profile surely shows 1 year without a break, of which 0 days with the country or region asked for (at least 6 months); more may be so. The notice asks for at least 1 year.",
         "Votre profil compte avec certitude 1 an sans interruption, dont 0 jour répondant à la demande sur le pays ou la région (au moins 6 mois) ; il y en a peut-être davantage. L'avis demande au moins 1 an."),
        (RUN, {"experience": [{**AWAY, "from": "2022-01-01", "to": "2022-03-30"}, {**AT_HOME, "from": "2022-03-31", "to": "2022-09-30"}, {**AWAY, "from": "2022-10-01", "to": "2023-01-01"}]},
         "The notice asks for at least 6 months: whether that is enough depends on how the recruiter counts.", "L'avis demande au moins 6 mois"),
        (RUN, {"experience": [{**AT_HOME, "to": "2022-07-01"}, {**AWAY, "from": "2022-07-02"}]},
         "The nearest is 1 year, of which 5 months and 30 days with the country or region asked for (at least 6 months); the notice asks for at least 1 year: 1 day missing.",
         "La plus proche dure 1 an, dont 5 mois et 30 jours répondant à la demande sur le pays ou la région (au moins 6 mois) ; l'avis demande au moins 1 an : il manque 1 jour."),
    ],
)  # fmt: skip
def test_what_is_said_of_results(criterion: dict[str, Any], profile: dict[str, Any], english: str, french: str) -> None:
    """The sentence of each answer."""
    assert english in said(criterion, profile, "en")
    assert french in said(criterion, profile, "fr")


PARENTS = {"kind": "citizenship", "of": "FR", "whose": "both_parents"}
MOTHER = {"relation": "mother", "citizenships": ["FR"]}


@pytest.mark.parametrize(
    ("relatives", "english", "french"),
    [
        ([], "What is so of each of your two parents (an entry each in relatives, with relation: parent and citizenships)?",
         "Qu'en est-il de chacun de vos deux parents (une entrée pour chacun dans relatives, avec relation: parent et citizenships) ?"),
        ([MOTHER], "What is so of your other parent (another entry of relatives, with relation: parent and citizenships)?",
         "Qu'en est-il de votre autre parent (une autre entrée de relatives, avec relation: parent et citizenships) ?"),
        ([MOTHER, {"relation": "father"}], "What is so of your relatives (relatives[1].citizenships)?", "Qu'en est-il de vos proches (relatives[1].citizenships) ?"),
    ],
)  # fmt: skip
def test_the_parent_who_is_not_named_is_asked_about(relatives: list[dict[str, Any]], english: str, french: str) -> None:
    post = {"format": 1, "id": "post", "title": {"en": "Post", "fr": "Poste"}, "criteria": [{"id": "c", **PARENTS}]}
    report = check(Vacancy.model_validate(post), Profile.from_dict({"relatives": relatives}), date(2024, 6, 1), REFERENCE)
    for language, question in (("en", english), ("fr", french)):
        asked = Sentences(Words(language), REFERENCE).question(report.findings[0])
        assert asked is not None
        assert asked.replace("\N{NO-BREAK SPACE}", " ") == question
