"""JSON Resume (jsonresume.org, schema 1.0, and what was usual before it: `company`, `website`, `gpa`)."""

from __future__ import annotations

from typing import Any

from eligibility.importing.draft import Entry, joined
from eligibility.importing.reading import Reader, at, first_of, many, text_of
from eligibility.loading.understood import Sort

_SECTIONS = ("basics", "work", "volunteer", "education", "languages", "certificates")
_READ = {
    "basics": ("name", "firstName", "lastName", "birthDate", "dateOfBirth", "birthday", "nationality", "nationalities", "citizenship",
               "citizenships", "location"),
    "work": ("name", "company", "employer", "position", "title", "startDate", "endDate", "location"),
    "volunteer": ("organization", "organisation", "name", "startDate", "endDate", "location"),
    "education": ("institution", "school", "area", "studyType", "startDate", "endDate", "location"),
    "languages": ("language", "name", "fluency", "level"),
    "certificates": ("name", "date", "startDate"),
}  # fmt: skip
_NO_FACT = ("$schema", "meta")


def fits(data: Any) -> bool:
    """Whether it looks like one."""
    return isinstance(data, dict) and any(isinstance(data.get(name), dict if name == "basics" else list) for name in _SECTIONS)


def read(data: dict[str, Any], to: Reader) -> None:
    """Read everything that a profile has a place for."""
    to.written_on(at(data, "meta", "lastModified"))
    for section in data:
        if section not in _SECTIONS and section not in _NO_FACT and data[section] not in (None, "", [], {}):
            to.draft.left(section)
    _basics(data.get("basics"), to)
    for section, one in (("work", _work), ("volunteer", _volunteer), ("education", _education), ("languages", _language)):
        for number, entry in enumerate(many(data.get(section))):
            where = f"{section}[{number}]"
            if isinstance(entry, dict):
                _leave(section, f"{section}[]", entry, to)
                one(entry, where, to)
            elif entry is not None:
                to.draft.left(where)
    for number, entry in enumerate(many(data.get("certificates"))):
        where = f"certificates[{number}]"
        if not to.certificate(first_of(entry, "name"), first_of(entry, "date", "startDate"), where):
            to.draft.left(where)


def _leave(section: str, name: str, entry: dict[str, Any], to: Reader) -> None:
    """Note the keys of an entry that are not read."""
    to.draft.left(*(f"{name}.{key}" for key, value in entry.items() if key not in _READ[section] and value not in (None, "", [], {})))


def _basics(basics: Any, to: Reader) -> None:
    if not isinstance(basics, dict):
        if basics not in (None, ""):
            to.draft.left("basics")
        return
    _leave("basics", "basics", basics, to)
    name = first_of(basics, "name") or joined((text_of(basics.get("firstName")), text_of(basics.get("lastName"))))
    to.person(name, first_of(basics, "birthDate", "dateOfBirth", "birthday"), ("basics.name", "basics.birthDate"))
    for key in ("nationality", "nationalities", "citizenship", "citizenships"):
        for one in many(basics.get(key)):
            to.citizenship(one, f"basics.{key}")
    location = basics.get("location")
    if isinstance(location, dict):
        to.home(first_of(location, "countryCode", "country"), "basics.location", text_of(location.get("region")), _town(location))
    else:
        to.home(location, "basics.location")


def _town(location: Any) -> str:
    """The town of an address, for who has written no country."""
    return text_of(location.get("city")) if isinstance(location, dict) else ""


def _location(entry: dict[str, Any]) -> Any:
    """A country, or a text that ends with one."""
    location = entry.get("location")
    return first_of(location, "countryCode", "country") if isinstance(location, dict) else location


def _work(entry: dict[str, Any], where: str, to: Reader) -> None:
    found = to.draft.entry("experience", where)
    to.job_title(found, first_of(entry, "position", "title"), f"{where}.position")
    to.employer(found, first_of(entry, "name", "company", "employer"), f"{where}.name")
    _days(found, entry, where, to)
    to.place(found, "in", _location(entry), f"{where}.location", _town(entry.get("location")))


def _volunteer(entry: dict[str, Any], where: str, to: Reader) -> None:
    found = to.draft.entry("volunteering", where)
    to.named(found, "organisation", first_of(entry, "organization", "organisation", "name"), f"{where}.organization")
    _days(found, entry, where, to)
    to.place(found, "in", _location(entry), f"{where}.location", _town(entry.get("location")))


def _days(found: Entry, entry: dict[str, Any], where: str, to: Reader) -> None:
    to.days(found, entry.get("startDate"), entry.get("endDate"), (f"{where}.startDate", f"{where}.endDate"))
    if "from" in found.record and entry.get("endDate") in (None, ""):
        found.doubt("no_end")


def _education(entry: dict[str, Any], where: str, to: Reader) -> None:
    to.studies(
        where, entry.get("studyType"), (entry.get("startDate"), entry.get("endDate")), area=entry.get("area"),
        school=first_of(entry, "institution", "school"), place=_location(entry),
        names=("studyType", "startDate", "endDate", "studyType", "location"),
    )  # fmt: skip


def _language(entry: dict[str, Any], where: str, to: Reader) -> None:
    found = to.language(first_of(entry, "language", "name"), f"{where}.language")
    if found is not None:
        to.taken(found, "level", first_of(entry, "fluency", "level"), Sort.LEVEL, f"{where}.fluency", tell=True)
        if len(found.record) == 1:
            found.doubt("no_level", where=f"{where}.fluency")
