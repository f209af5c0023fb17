"""Languages, words of level, closed vocabularies and labels."""

from __future__ import annotations

import pytest

from eligibility.reference import Reference, load_reference

REFERENCE = load_reference()
EVERYTHING = [
    *(("place", one) for one in (*REFERENCE._data["countries"], *REFERENCE._data["subdivisions"], *REFERENCE.groups())),
    *(("group", one) for one in REFERENCE.groups()),
    *(("language", one) for one in REFERENCE.languages()),
    *(("said", one) for one in REFERENCE.said_terms()),
    *((tree, one) for tree in ("employer", "field") for one in REFERENCE.tree(tree)),
    *((name, one) for name in REFERENCE.vocabularies() for one in REFERENCE.vocabulary(name)),
]


def test_the_official_languages_of_the_union() -> None:
    official = REFERENCE.languages_of("EU")
    assert len(official) == 24
    assert {"en", "ga", "mt"} <= {*official}
    assert not {"lb", "tr", "ca"} & {*official}
    assert all(REFERENCE.is_language(one) for one in official)
    assert REFERENCE.languages_of("UNESCO") == ()


def test_all_languages_are_there() -> None:
    assert sum(len(one) == 2 for one in REFERENCE.languages()) == 183  # ISO 639-1 in force
    assert REFERENCE.is_language("no")
    assert not REFERENCE.is_language("xx")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("fr", ("fr", None, ())),
        ("FR", ("fr", None, ())),
        ("français", ("fr", "alias", ())),
        ("Francais", ("fr", "alias", ())),
        ("French", ("fr", "alias", ())),
        ("fra", ("fr", "alias", ())),
        ("fre", ("fr", "alias", ())),
        ("eng", ("en", "alias", ())),
        ("anglais", ("en", "alias", ())),
        ("ελληνικά", ("el", "alias", ())),
        ("mandarin", ("zh", "alias", ())),
        ("fr-CA", ("fr", "alias", ())),
        ("pt_BR", ("pt", "alias", ())),
        ("sh", (None, "former", ("sr", "hr", "bs"))),
        ("frnch", (None, "unknown", ("fr",))),
        ("klingonese", (None, "unknown", ())),
    ],
)
def test_find_language(text: str, found: tuple[str | None, str | None, tuple[str, ...]]) -> None:
    assert REFERENCE.find_language(text) == found


@pytest.mark.parametrize("code", REFERENCE.languages())
def test_the_names_of_a_language_lead_back_to_it(code: str) -> None:
    for language in ("en", "fr"):
        assert REFERENCE.find_language(REFERENCE.label("language", code, language)).id == code


@pytest.mark.parametrize(
    ("level", "rank"),
    [("A1", 1), ("A2", 2), ("B1", 3), ("B2", 4), ("B2+", 4), ("C1", 5), ("C2", 6), ("C2+", None), ("D1", None), ("", None)],
)
def test_cefr_rank(level: str, rank: int | None) -> None:
    assert REFERENCE.cefr_rank(level) == rank


@pytest.mark.parametrize(
    ("term", "level"),
    [
        ("thorough_knowledge", (5, 5, 5)),
        ("satisfactory_knowledge", (4, 4, 4)),
        ("perfect_command", (6, 6, 6)),
        ("fluent", (4, 6, 5)),
        ("excellent_communication", (4, 6, None)),
        ("brilliant", None),
    ],
)
def test_said(term: str, level: tuple[int, int, int | None] | None) -> None:
    assert REFERENCE.said(term) == level


def test_words_of_level_are_ranges() -> None:
    assert len(REFERENCE.said_terms()) == 27
    for term in REFERENCE.said_terms():
        low, high, usual = REFERENCE.said(term) or (0, 0, None)
        assert 1 <= low <= high <= 6
        assert usual is None or low <= usual <= high


@pytest.mark.parametrize(
    ("vocabulary", "text", "name", "note"),
    [
        ("titles", "maitrise", "maitrise", None),
        ("titles", "Maîtrise", "maitrise", None),
        ("titles", "Ph.D.", "doctorat", "alias"),
        ("titles", "LL.B.", "bachelor", "alias"),
        ("schools", "Université de Montréal", "udem", "alias"),
        ("programmes", "Québec stages OIG", "quebec-stages-oig", None),
        ("permit_types", "work permit", "work", "alias"),
        ("employer", "université", "university", "alias"),
        ("employer", "OIG", "intergovernmental_organisation", "alias"),
        ("field", "Intelligence artificielle", "artificial_intelligence", "alias"),
        ("said", "courant", "fluent", "alias"),
    ],
)
def test_find_term(vocabulary: str, text: str, name: str, note: str | None) -> None:
    assert REFERENCE.find_term(vocabulary, text) == (name, note, ())


def test_a_misspelt_term_is_answered_with_a_suggestion() -> None:
    assert REFERENCE.find_term("titles", "mastre") == (None, "unknown", ("master",))
    assert REFERENCE.find_term("functions", "juggling") == (None, "unknown", ())


@pytest.mark.parametrize("language", ["en", "fr"])
def test_everything_has_a_label(language: str) -> None:
    position = ("en", "fr").index(language)
    labels = REFERENCE._labels()
    for kind, name in EVERYTHING:
        row = labels[kind].get(name) or labels["group"][name]
        assert row[position].strip() == row[position] != ""
        assert REFERENCE.label(kind, name, language) == row[position]


def test_labels() -> None:
    assert REFERENCE.label("place", "US", "fr") == "États-Unis"
    assert REFERENCE.label("place", "EU", "fr") == "Union européenne"
    assert REFERENCE.label("place", "CA-QC", "en") == "Québec"
    assert REFERENCE.label("language", "en", "fr") == "anglais"
    assert REFERENCE.label("employer", "ngo", "fr") == "ONG"
    assert REFERENCE.label("titles", "maitrise", "en") == "maîtrise"
    assert REFERENCE.label("titles", "magister", "en") == "magister"
    assert REFERENCE.label("colours", "red", "en") == "red"
    assert REFERENCE.label("place", "US", "de") == "US"


@pytest.mark.parametrize("vocabulary", [*REFERENCE.vocabularies(), "employer", "field"])
def test_every_label_leads_back_to_an_id(vocabulary: str) -> None:
    ids = REFERENCE.vocabulary(vocabulary) or REFERENCE.tree(vocabulary)
    for name in ids:
        assert REFERENCE.find_term(vocabulary, name) == (name, None, ())
        for language in ("en", "fr"):
            assert REFERENCE.find_term(vocabulary, REFERENCE.label(vocabulary, name, language)).id in {name, None}


def test_a_world_of_its_own() -> None:
    world = Reference.from_data({
        "version": "tiny",
        "countries": ["AA", "BB"],
        "groups": {"G": {"members": {"AA": [[1, None, None]]}}},
        "labels": {"place": {"AA": ["Alphaland", "Alphalande"]}},
        "spellings": {"place": {"alphaland": "AA"}},
    })  # fmt: skip
    assert world.version == "tiny"
    assert world.place_within("AA", "G", 1).surely
    assert not world.place_within("BB", "G", 1).possibly
    assert world.label("place", "AA", "fr") == "Alphalande"
    assert world.find_place("Alphaland").suggestions == ("AA",)
    assert world.vocabulary("titles") == ()
    assert world.degree("master", None).level is None
    assert world.find_term("titles", "master").id is None
    assert world.leap_birthday("FR") == "both"


def test_reference_data_are_read_once() -> None:
    assert load_reference() is load_reference()
