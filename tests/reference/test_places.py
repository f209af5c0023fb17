"""Places: what lies in what, and what people write for them."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.reference import Answer, load_reference

REFERENCE = load_reference()
TODAY = date(2024, 6, 1).toordinal()
YES, NO = Answer(True, True), Answer(False, False)
VAGUE, DISPUTED, UNKNOWN_ID = (Answer(False, True, code) for code in ("vague", "disputed", "unknown_id"))
PLACES = [*REFERENCE._data["countries"], *REFERENCE._data["subdivisions"]]


@pytest.mark.parametrize(
    ("place", "wanted", "answer"),
    [
        ("CA", "CA", YES),
        ("CA-QC", "CA", YES),
        ("CA", "CA-QC", VAGUE),
        ("CA-ON", "CA-QC", NO),
        ("FR", "CA", NO),
        ("FR", "EU", YES),
        ("BE-WAL", "EU", YES),
        ("CA-QC", "EU", NO),
        ("EU", "EU", YES),
        ("EU", "FR", VAGUE),
        ("EU", "EEA", VAGUE),
        ("FR-75", "FR", YES),
        ("FR-75", "EU", YES),
        ("CA-ZZ", "CA-QC", UNKNOWN_ID),
        ("ZZ", "FR", UNKNOWN_ID),
        ("ZZ", "EU", UNKNOWN_ID),
        ("FR", "ZZ", UNKNOWN_ID),
        ("MA", "ICESCO", YES),
        ("US", "UNESCO", YES),
        ("RE", "FR", YES),
        ("RE", "EU", YES),
        ("FR", "RE", VAGUE),
        ("PF", "FR", DISPUTED),
        ("PF", "EU", DISPUTED),
        ("FR", "PF", VAGUE),
        ("PF", "CA", NO),
        ("HK", "EU", NO),
    ],
)
def test_place_within(place: str, wanted: str, answer: Answer) -> None:
    assert REFERENCE.place_within(place, wanted, TODAY) == answer


@settings(deadline=None)
@given(st.sampled_from([*PLACES, *REFERENCE.groups()]))
def test_a_place_is_in_itself(place: str) -> None:
    assert REFERENCE.place_within(place, place, TODAY) == YES


@settings(deadline=None)
@given(st.sampled_from(PLACES), st.sampled_from(PLACES), st.sampled_from([*PLACES, *REFERENCE.groups()]))
def test_what_lies_in_a_place_lies_wherever_the_place_does(inner: str, place: str, outer: str) -> None:
    for small in (inner, *(one for one in PLACES if one.startswith(f"{place}-"))):
        if REFERENCE.place_within(small, place, TODAY).surely and REFERENCE.place_within(place, outer, TODAY).surely:
            assert REFERENCE.place_within(small, outer, TODAY).surely


def test_all_countries_are_there() -> None:
    assert len(REFERENCE._data["countries"]) == 249 + 1  # ISO 3166-1, and Kosovo
    assert sum(one.startswith("CA-") for one in PLACES) == 13
    assert all(REFERENCE.is_place(one) for one in PLACES)
    assert not any(REFERENCE.is_place(one) for one in ("EU", "UK", "SU", "ZZ", "fr", ""))


def test_the_countries_of_the_groups_are_countries() -> None:
    for group in REFERENCE._data["groups"].values():
        assert {*group["members"], *group.get("uncertain", ())} <= {*REFERENCE._data["countries"]}


@pytest.mark.parametrize(("text", "code"), [("NO", "NO"), ("fr", "FR"), (" ma ", "MA"), ("ca-qc", "CA-QC")])
def test_a_code_is_a_code(text: str, code: str) -> None:
    assert REFERENCE.find_place(text) == (code, None, ())


@pytest.mark.parametrize(("text", "code"), [("UK", "GB"), ("EL", "GR")])
def test_a_known_alias_is_understood_with_a_note(text: str, code: str) -> None:
    assert REFERENCE.find_place(text) == (code, "alias", ())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Maroc", "MA"),
        ("Morocco", "MA"),
        ("المغرب", "MA"),
        ("MAR", "MA"),
        ("États-Unis", "US"),
        ("etats unis", "US"),
        ("USA", "US"),
        ("Norvège", "NO"),
        ("Turkey", "TR"),
        ("Québec", "CA-QC"),
        ("Écosse", "GB-SCT"),
        ("East Timor", "TL"),
        ("Belgum", "BE"),
    ],
)
def test_a_name_is_answered_with_a_suggestion(text: str, code: str) -> None:
    assert REFERENCE.find_place(text) == (None, "unknown", (code,))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Bosnia and Herzegovina", "BA"), ("Trinidad & Tobago", "TT"), ("Saint Kitts and Nevis", "KN"), ("St. Lucia", "LC"),
        ("The Gambia", "GM"), ("Bahamas (the)", "BS"), ("l'Algérie", "DZ"), ("les Pays-Bas", "NL"), ("Hong Kong", "HK"), ("Macau", "MO"),
        ("Republic of Moldova", "MD"), ("Moldova, Republic of", "MD"), ("Tanzania (United Republic of)", "TZ"), ("Lao PDR", "LA"),
        ("Republic of Korea", "KR"), ("DPRK", "KP"), ("République du Bénin", "BJ"), ("République d'Albanie", "AL"),
        ("Royaume du Maroc", "MA"), ("Kingdom of Belgium", "BE"), ("People's Republic of China", "CN"), ("Guyane", "GF"),
        ("Congo, Democratic Republic of the", "CD"), ("Republic of the Congo", "CG"), ("Kirghizistan", "KG"),
    ],
)  # fmt: skip
def test_an_official_name_is_that_of_its_country(text: str, code: str) -> None:
    """As the United Nations write it, with or without its article, `and` for `&`, `Saint` for `St.`"""
    assert REFERENCE.country(text) == REFERENCE.named("place", text) == code


@pytest.mark.parametrize("text", ["Republic of China", "Republic of France", "Kingdom of Albania", "République de Chine", "Korea", "the"])
def test_an_official_name_that_is_not_the_countrys_names_none(text: str) -> None:
    assert REFERENCE.country(text) is None


@pytest.mark.parametrize("text", ["XX", "Atlantis", "", "Congo"])
def test_a_word_that_names_no_one_country(text: str) -> None:
    assert REFERENCE.find_place(text) == (None, "unknown", ())
    assert REFERENCE.country(text) is None


@pytest.mark.parametrize(
    ("text", "among"),
    [("SU", "RU"), ("YU", "RS"), ("AN", "CW"), ("CS", "CZ"), ("DD", "DE"), ("ZR", "CD"), ("BU", "MM"), ("TP", "TL"), ("URSS", "RU")],
)
def test_a_state_that_is_no_more_names_its_successors(text: str, among: str) -> None:
    found = REFERENCE.find_place(text)
    assert (found.id, found.note) == (None, "former")
    assert among in found.suggestions
    assert all(REFERENCE.is_place(one) for one in found.suggestions)
    assert REFERENCE.country(text) is None


@pytest.mark.parametrize("code", REFERENCE._data["countries"])
def test_the_names_of_a_country_lead_back_to_it(code: str) -> None:
    assert REFERENCE.country(code) == code
    for language in ("en", "fr"):
        assert REFERENCE.country(REFERENCE.label("place", code, language)) == code


@settings(deadline=None)
@given(st.text(max_size=20))
def test_any_word_has_an_answer(text: str) -> None:
    found = REFERENCE.find_place(text)
    assert found.id is None or REFERENCE.is_place(found.id)
    assert all(REFERENCE.is_place(one) for one in found.suggestions)
    REFERENCE.find_language(text)
    REFERENCE.find_term("titles", text)


@pytest.mark.parametrize(
    ("jurisdiction", "zone"),
    [
        ("CA-QC", "America/Toronto"),
        ("CA-BC", "America/Vancouver"),
        ("MA", "Africa/Casablanca"),
        ("ICESCO", "Africa/Casablanca"),
        ("FR", "Europe/Paris"),
        ("FR-75", "Europe/Paris"),
        ("UNESCO", "Europe/Paris"),
        ("EU", "Europe/Brussels"),
        ("BE-WAL", "Europe/Brussels"),
        ("US-CA", None),
        ("ZZ", None),
    ],
)
def test_zone_of(jurisdiction: str, zone: str | None) -> None:
    assert REFERENCE.zone_of(jurisdiction) == zone


def test_the_zones_exist_and_cover_the_union_and_its_neighbours() -> None:
    for zone in REFERENCE._data["zones"].values():
        ZoneInfo(zone)
    members = {one for group in ("EU", "EFTA") for one in PLACES if REFERENCE.membership(group, one, TODAY).surely}
    assert members <= {*REFERENCE._data["zones"]}


@pytest.mark.parametrize(
    ("jurisdiction", "policy"),
    [
        ("FR", "feb28"), ("TW", "feb28"), ("DE", "mar1"), ("AU", "mar1"), ("AU-ACT", "mar1"), ("US-MD", "mar1"),
        ("US", "both"), ("GB", "both"), ("NZ", "both"), ("CA-QC", "both"), ("EU", "both"), ("", "both"),
    ],
)  # fmt: skip
def test_leap_birthday(jurisdiction: str, policy: str) -> None:
    assert REFERENCE.leap_birthday(jurisdiction) == policy
