"""Europass: the CV of 2013 to 2020 (`SkillsPassport`, versions 3.0 to 3.4, in JSON or XML), and today's (`Candidate`, in XML).

Read after the examples of the format itself (europass/ewa-cedefop on GitHub: `Europass_JSON_V3.4.0_ECV_Example.json` and the XML of
V3.0 to V3.4), after an export of today's editor (`sample.xml` of FATelarico/EuropassXML_to_ReactiveResumeJSON) and after the
description of J0ker98/europass-cv (`docs/format.md`), since the Commission publishes none.
"""

from __future__ import annotations

import re
from typing import Any

from eligibility.importing.draft import Entry, joined
from eligibility.importing.reading import Reader, at, first_of, many, text_of

_SKILLS = {
    "Listening": "listening", "Reading": "reading", "SpokenInteraction": "spoken_interaction", "SpokenProduction": "spoken_production",
    "Writing": "writing",
}  # fmt: skip
_DIMENSIONS = {
    "CEF-Understanding-Listening": "listening", "CEF-Understanding-Reading": "reading", "CEF-Speaking-Interaction": "spoken_interaction",
    "CEF-Speaking-Production": "spoken_production", "CEF-Writing-Production": "writing",
}  # fmt: skip
_LEVEL = re.compile(r"[ABC][12]")
_MARKUP = re.compile(r"<[^<>]{0,200}>")


def fits(data: Any) -> bool:
    """Whether it is a CV of 2013 to 2020."""
    return isinstance(at(data, "LearnerInfo"), dict) or isinstance(at(data, "SkillsPassport", "LearnerInfo"), dict)


def read(data: dict[str, Any], to: Reader) -> None:
    """Read a CV of 2013 to 2020: JSON and XML hold the same."""
    person = at(data, "SkillsPassport", "LearnerInfo") or data["LearnerInfo"]
    to.written_on(at(data, "SkillsPassport", "DocumentInfo", "LastUpdateDate") or at(data, "DocumentInfo", "LastUpdateDate"))
    top = "LearnerInfo"
    _identification(at(person, "Identification"), f"{top}.Identification", to)
    for number, one in enumerate(_several(person, "WorkExperience")):
        _work(one, f"{top}.WorkExperience[{number}]", to)
    for number, one in enumerate(_several(person, "Education")):
        _education(one, f"{top}.Education[{number}]", to)
    skills = at(person, "Skills")
    linguistic = at(skills, "Linguistic")
    for number, one in enumerate(_several(linguistic, "MotherTongue")):
        entry = to.language(_label(at(one, "Description")), f"{top}.Skills.Linguistic.MotherTongue[{number}]")
        if entry is not None:
            entry.record["native"] = True
    for number, one in enumerate(_several(linguistic, "ForeignLanguage")):
        where = f"{top}.Skills.Linguistic.ForeignLanguage[{number}]"
        entry = to.language(_label(at(one, "Description")), where)
        if entry is not None:
            _levels(entry, {_SKILLS[key]: value for key, value in _pairs(at(one, "ProficiencyLevel")) if key in _SKILLS}, where)
        if _several(one, "Certificate"):
            to.draft.left(f"{where}.Certificate")
    to.draft.left(*(f"{top}.{key}" for key in _said(person) - {"Identification", "WorkExperience", "Education", "Skills"}))
    to.draft.left(*(f"{top}.Skills.{key}" for key in _said(skills) - {"Linguistic"}))


def _said(mapping: Any) -> set[str]:
    return {key.removesuffix("List") for key, value in _pairs(mapping) if value not in (None, "", [], {})}


def _pairs(mapping: Any) -> list[tuple[str, Any]]:
    return sorted(mapping.items()) if isinstance(mapping, dict) else []


def _several(mapping: Any, name: str) -> list[Any]:
    """A list under its name, or with `List` behind it as in early JSON."""
    found = at(mapping, name)
    if found is None:
        found = at(mapping, f"{name}List")
    return [one for one in many(found) if isinstance(one, dict)]


def _label(value: Any) -> Any:
    """What a code and its label say: the code where it is one, since a label may be in any language."""
    return value if isinstance(value, str) else first_of(value, "Code", "Label")


def _date(value: Any) -> str | None:
    """A date of year, month and day: `{Year: 1990, Month: "--06", Day: "---15"}`; a month without its year is none."""
    if not isinstance(value, dict):
        return text_of(value) or None
    parts = [text_of(value.get(key)).strip("-") for key in ("Year", "Month", "Day")]
    said = parts[: next((index for index, one in enumerate(parts) if not one), 3)]
    return "-".join(one.zfill(2) for one in said) or None


def _identification(found: Any, where: str, to: Reader) -> None:
    name = at(found, "PersonName")
    about = at(found, "Demographics")
    to.person(
        joined((text_of(at(name, "FirstName")), text_of(at(name, "Surname")))) or None, _date(at(about, "Birthdate")),
        (f"{where}.PersonName", f"{where}.Demographics.Birthdate"),
    )  # fmt: skip
    for one in many(at(about, "Nationality") or at(about, "NationalityList")):
        to.citizenship(_label(one), f"{where}.Demographics.Nationality")
    contact = at(found, "ContactInfo")
    to.home(_country(contact), f"{where}.ContactInfo.Address")
    to.draft.left(*(f"{where}.Demographics.{key}" for key in _said(about) - {"Birthdate", "Nationality"}))
    to.draft.left(*(f"{where}.ContactInfo.{key}" for key in _said(contact) - {"Address"}))
    to.draft.left(*(f"{where}.{key}" for key in _said(found) - {"PersonName", "Demographics", "ContactInfo"}))


def _country(contact: Any) -> Any:
    return _label(at(contact, "Address", "Contact", "Country"))


def _is_now(period: Any) -> bool:
    return str(at(period, "Current")).lower() == "true"


def _work(one: dict[str, Any], where: str, to: Reader) -> None:
    entry = to.draft.entry("experience", where)
    to.job_title(entry, first_of(at(one, "Position"), "Label") or text_of(at(one, "Position")), f"{where}.Position")
    to.employer(entry, at(one, "Employer", "Name"), f"{where}.Employer.Name")
    period = at(one, "Period")
    _days(entry, period, where, to)
    to.place(entry, "in", _country(at(one, "Employer", "ContactInfo")), f"{where}.Employer.ContactInfo.Address")
    to.draft.left(*(f"LearnerInfo.WorkExperience[].{key}" for key in _said(one) - {"Position", "Employer", "Period"}))


def _days(entry: Entry, period: Any, where: str, to: Reader) -> None:
    first, last = _date(at(period, "From")), _date(at(period, "To"))
    to.days(entry, first, last, (f"{where}.Period.From", f"{where}.Period.To"), _is_now(period))
    if "from" in entry.record and last is None and not _is_now(period):
        entry.doubt("no_end")


def _education(one: dict[str, Any], where: str, to: Reader) -> None:
    period, level = at(one, "Period"), at(one, "Level")
    to.studies(
        where, at(one, "Title"), (_date(at(period, "From")), _date(at(period, "To"))), area=at(one, "Field", "Label"),
        school=at(one, "Organisation", "Name"), place=_country(at(one, "Organisation", "ContactInfo")),
        level=first_of(level, "Code") or text_of(level), sure_level="EQF" in text_of(at(level, "Label")), ongoing=_is_now(period),
        names=("Title", "Period.From", "Period.To", "Level", "Organisation.ContactInfo.Address"),
    )  # fmt: skip
    to.draft.left(*(f"LearnerInfo.Education[].{key}" for key in _said(one) - {"Title", "Period", "Field", "Organisation", "Level"}))


def _levels(entry: Entry, levels: dict[str, Any], where: str) -> None:
    """The level of each skill; what is no level is left out and told."""
    for skill, value in levels.items():
        text = text_of(value).upper()
        if _LEVEL.fullmatch(text):
            entry.record[skill] = text
        elif value not in (None, ""):
            entry.doubt("not_understood", where=where, text=text or "…", note=None)
    if len(entry.record) == 1:
        entry.doubt("no_level", where=where)


# ---------------------------------------------------------------------- since 2020


def read_candidate(data: Any, to: Reader) -> None:
    """Read what today's editor writes."""
    person, profile = at(data, "CandidatePerson"), at(data, "CandidateProfile")
    name = at(person, "PersonName")
    to.person(
        joined((text_of(at(name, "GivenName")), text_of(at(name, "FamilyName")))) or None, at(person, "BirthDate"),
        ("CandidatePerson.PersonName", "CandidatePerson.BirthDate"),
    )  # fmt: skip
    for one in many(at(person, "NationalityCode")):
        to.citizenship(text_of(one).upper(), "CandidatePerson.NationalityCode")
    homes = [address for one in many(at(person, "Communication")) if isinstance(address := at(one, "Address"), dict)]
    if len(homes) == 1:
        to.home(homes[0].get("CountryCode"), "CandidatePerson.Communication.Address")
    elif homes:
        to.draft.left("CandidatePerson.Communication.Address")
    for one in many(at(person, "PrimaryLanguageCode")):
        entry = to.language(one, "CandidatePerson.PrimaryLanguageCode")
        if entry is not None:
            entry.record["native"] = True
    number = 0
    for employer in many(at(profile, "EmploymentHistory", "EmployerHistory")):
        for position in many(at(employer, "PositionHistory")):
            _position(employer, position, f"EmployerHistory[{number}]", to)
            number += 1
    for number, one in enumerate(many(at(profile, "EducationHistory", "EducationOrganizationAttendance"))):
        _attendance(one, f"EducationOrganizationAttendance[{number}]", to)
    for number, one in enumerate(many(at(profile, "PersonQualifications", "PersonCompetency"))):
        where = f"PersonCompetency[{number}]"
        if text_of(at(one, "TaxonomyID")) != "language":
            to.draft.left(where)
        elif (entry := to.language(at(one, "CompetencyID"), where)) is not None:
            said = [
                (text_of(at(it, "CompetencyDimensionTypeCode")), at(it, "Score", "ScoreText"))
                for it in many(at(one, "CompetencyDimension"))
            ]
            _levels(entry, {_DIMENSIONS[code]: level for code, level in said if code in _DIMENSIONS}, where)
    read_here = {"EmploymentHistory", "EducationHistory", "PersonQualifications", "ID"}
    to.draft.left(*(f"CandidateProfile.{key}" for key in _said(profile) - read_here))
    to.draft.left(*(f"CandidatePerson.{key}" for key in _said(person) & {"GenderCode", "ResidenceCountryCode", "DisabilitySummary"}))


def _position(employer: Any, position: Any, where: str, to: Reader) -> None:
    entry = to.draft.entry("experience", where)
    to.job_title(entry, at(position, "PositionTitle"), f"{where}.PositionTitle")
    to.employer(entry, at(employer, "OrganizationName"), f"{where}.OrganizationName")
    period = at(position, "EmploymentPeriod")
    now = str(at(period, "CurrentIndicator")).lower() == "true"
    last = at(period, "EndDate", "FormattedDateTime")
    to.days(entry, at(period, "StartDate", "FormattedDateTime"), last, (f"{where}.StartDate", f"{where}.EndDate"), now)
    if "from" in entry.record and not last and not now:
        entry.doubt("no_end")
    to.place(entry, "in", at(position, "Country") or _address(employer), f"{where}.Country")
    if at(position, "Description"):
        to.draft.left("EmployerHistory[].Description")


def _address(organisation: Any) -> Any:
    return next(
        (code for one in many(at(organisation, "OrganizationContact", "Communication")) if (code := at(one, "Address", "CountryCode"))),
        None,
    )


def _attendance(one: Any, where: str, to: Reader) -> None:
    period, degree = at(one, "AttendancePeriod"), at(one, "EducationDegree")
    title = _MARKUP.sub(" ", text_of(at(degree, "DegreeName")))
    to.studies(
        where, title, (at(period, "StartDate", "FormattedDateTime"), at(period, "EndDate", "FormattedDateTime")),
        school=at(one, "OrganizationName"), place=_address(one), level=at(one, "EducationLevelCode"),
        sure_level=True, ongoing=str(at(period, "Ongoing")).lower() == "true",
        names=("DegreeName", "StartDate", "EndDate", "EducationLevelCode", "Address"),
    )  # fmt: skip
    to.draft.left(*(f"EducationDegree.{key}" for key in _said(degree) - {"DegreeName"}))
