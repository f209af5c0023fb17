"""What a profile file says: what is known of one candidate.

Every field is optional. A list that is present is complete, unless `incomplete` names it; a list that is absent is
unknown. A date may be a year, a month or a day; `to: ongoing` is an open end, a missing `to` an unknown one.
Keys are the names of the filters of the rule language.
"""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr
from pydantic_core import PydanticCustomError

from eligibility import above
from eligibility.diagnostic import Diagnostic
from eligibility.fields import Read, RecordList, Records
from eligibility.profile_values import Amount, Day, End, Fact, Hours, Ids, LanguageLevel, Mark, Number, Percent

if TYPE_CHECKING:
    from eligibility.reference import Reference


def _submitted(value: Any) -> Any:
    try:
        if isinstance(value, str) and (date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)):
            return value
    except ValueError:
        pass
    raise PydanticCustomError("E232", "", {"value": str(value)[:40]})


def _citizenship(value: Any) -> Any:
    return {"country": value} if isinstance(value, str) else value


class Record(BaseModel):
    """One entry of a list of the profile. `start` and `end` are its first and last day, whatever the file calls them."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True, hide_input_in_errors=True)


class Citizenship(Record):
    """A citizenship; without `since`, held from birth."""

    country: str | None = None
    start: Day | None = Field(None, alias="since")
    end: Day | None = Field(None, alias="until")


class Permit(Record):
    """A residence or work permit, or a status such as permanent residence; without `until`, unlimited."""

    type: str | None = None
    place: str | None = Field(None, alias="in")
    start: Day | None = Field(None, alias="from")
    end: Day | None = Field(None, alias="until")
    allows: Ids | None = None
    tags: Ids | None = None


class Document(Record):
    """A paper the candidate holds; without `expires`, it does not expire."""

    type: str | None = None
    country: str | None = None
    start: Day | None = Field(None, alias="issued")
    end: Day | None = Field(None, alias="expires")


class Certificate(Record):
    """A certificate or licence; without `expires`, it does not expire."""

    type: str | None = None
    start: Day | None = Field(None, alias="issued")
    end: Day | None = Field(None, alias="expires")
    tags: Ids | None = None


class Residence(Record):
    """A place where the candidate lived."""

    place: str | None = Field(None, alias="in")
    start: Day | None = Field(None, alias="from")
    end: End | None = Field(None, alias="to")
    status: str | None = None
    reason: str | None = None
    tags: Ids | None = None


class Absence(Record):
    """A stay away from the place of residence; the days of departure and of return belong to `from` and `to`."""

    place: str | None = Field(None, alias="in")
    start: Day | None = Field(None, alias="from")
    end: End | None = Field(None, alias="to")
    reason: str | None = None


class Grade(Record):
    """A mark on a scale (`percent`, `gpa`, …), in figures or in words (`mention`: `bien`). `out_of` is the highest that there can be."""

    scale: str
    value: Mark
    out_of: Number | None = Field(None, ge=1)


class Degree(Record):
    """A diploma. `level` is the EQF level, 1 to 8; `expected: true` says it is not obtained yet."""

    level: int | None = Field(None, ge=1, le=8)
    title: str | None = None
    place: str | None = Field(None, alias="in")
    school: str | None = None
    field: Ids | None = None
    years: Number | None = Field(None, ge=0)
    credits: Number | None = Field(None, ge=0)
    gives_access_to: int | None = Field(None, ge=1, le=8)
    grade: Grade | None = None
    recognised_in: Ids | None = None
    taught_in: str | None = None
    awarded: Day | None = None
    defended: Day | None = None
    expected: bool | None = None
    tags: Ids | None = None


class Study(Record):
    """Studies under way, or followed."""

    level: int | None = Field(None, ge=1, le=8)
    title: str | None = None
    school: str | None = None
    field: Ids | None = None
    place: str | None = Field(None, alias="in")
    start: Day | None = Field(None, alias="from")
    end: End | None = Field(None, alias="to")
    full_time: bool | None = None
    year: int | None = Field(None, ge=1)
    final_year: bool | None = None
    credits: Number | None = Field(None, ge=0)
    completed: bool | None = None
    expected_end: Day | None = None
    taught_in: str | None = None
    tags: Ids | None = None


class Experience(Record):
    """A job, an internship, volunteering. Working time is `rate`, `full_time` or `hours_per_week`; without any it is unknown.

    No rule asks about `title` and `note`: they are for people to read.
    """

    title: str | None = None
    start: Day | None = Field(None, alias="from")
    end: End | None = Field(None, alias="to")
    employer: str | None = None
    employer_name: str | None = None
    place: str | None = Field(None, alias="in")
    works_in: str | None = None
    function: Ids | None = None
    field: Ids | None = None
    type: str | None = None
    grade: str | None = None
    contract: str | None = None
    position: str | None = None
    paid: bool | None = None
    full_time: bool | None = None
    rate: Percent | None = None
    hours_per_week: Number | None = Field(None, ge=0, le=168)
    hours: Hours | None = None
    skill_level: str | None = None
    tags: Ids | None = None
    note: str | None = None


class TestResult(Record):
    """The result of a language test, in figures or in words: `7.5`, `N2`."""

    __test__ = False  # not a test of ours, whatever pytest makes of the name

    test: str
    score: Mark
    taken: Day | None = None


class Language(Record):
    """A language, by skill (A1 to C2) or, with `level`, overall."""

    language: str | None = None
    native: bool | None = None
    level: LanguageLevel | None = None
    listening: LanguageLevel | None = None
    reading: LanguageLevel | None = None
    spoken_interaction: LanguageLevel | None = None
    spoken_production: LanguageLevel | None = None
    speaking: LanguageLevel | None = None
    writing: LanguageLevel | None = None
    tests: Records[TestResult] | None = None


class Exam(Record):
    """The result of an examination in one subject. The grade is one of the exam's own: `B3` of the WASSCE. `taken` is the date of the
    sitting, as the certificate gives it."""

    exam: str | None = None
    subject: str | None = None
    grade: Mark | None = None
    start: Day | None = Field(None, alias="taken")
    school: str | None = None
    tags: Ids | None = None


class Participation(Record):
    """Taking part in a programme, or having applied to it."""

    programme: str | None = None
    role: str | None = None
    start: Day | None = Field(None, alias="from")
    end: End | None = Field(None, alias="to")
    host: str | None = None
    result: str | None = None
    score: Number | None = None
    tags: Ids | None = None


class Service(Record):
    """Military or civil service."""

    type: str | None = None
    start: Day | None = Field(None, alias="from")
    end: End | None = Field(None, alias="to")


class Volunteering(Record):
    """Voluntary work for an organisation. Its hours are those that are said, altogether or a week."""

    organisation: str | None = None
    place: str | None = Field(None, alias="in")
    field: Ids | None = None
    start: Day | None = Field(None, alias="from")
    end: End | None = Field(None, alias="to")
    hours_per_week: Number | None = Field(None, ge=0, le=168)
    hours: Hours | None = None
    tags: Ids | None = None


class Leave(Record):
    """Time away from work. `child` is the date of birth of the child that it was for."""

    type: str | None = None
    start: Day | None = Field(None, alias="from")
    end: End | None = Field(None, alias="to")
    rate: Percent | None = None
    child: Day | None = None


class Child(Record):
    """A child of the candidate."""

    start: Day | None = Field(None, alias="born")
    dependent: bool | None = None
    accompanying: bool | None = None


class Funds(Record):
    """Money at one's disposal during a time."""

    amount: Amount | None = None
    start: Day | None = Field(None, alias="from")
    end: End | None = Field(None, alias="to")


class Availability(Record):
    """When and how much the candidate can work."""

    start: Day | None = Field(None, alias="from")
    end: End | None = Field(None, alias="to")
    full_time: bool | None = None
    hours_per_week: Number | None = Field(None, ge=0, le=168)


class Application(Record):
    """What belongs to one application and not to the person."""

    vacancy: str
    submitted: Annotated[str, Read(_submitted)] | None = None
    choices: dict[str, str] = {}
    dates: dict[str, Day] = {}
    derogations: dict[str, str] = {}


class Person(Record):
    """The facts of one person: the candidate, or a relative."""

    name: str | None = None
    birth_date: Day | None = None
    citizenships: Annotated[tuple[Citizenship, ...], RecordList(_citizenship)] | None = None
    permits: Records[Permit] | None = None
    documents: Records[Document] | None = None
    certificates: Records[Certificate] | None = None
    domicile: str | None = None
    residences: Records[Residence] | None = None
    absences: Records[Absence] | None = None
    degrees: Records[Degree] | None = None
    studies: Records[Study] | None = None
    exams: Records[Exam] | None = None
    experience: Records[Experience] | None = None
    languages: Records[Language] | None = None
    participations: Records[Participation] | None = None
    service: Records[Service] | None = None
    volunteering: Records[Volunteering] | None = None
    leaves: Records[Leave] | None = None
    children: Records[Child] | None = None
    funds: Records[Funds] | None = None
    availability: Availability | None = None
    facts: dict[str, Fact] | None = None
    incomplete: Ids = ()


class Relative(Person):
    """Somebody whose facts a rule may ask about, and from when until when they are that to the candidate: a spouse until the divorce."""

    relation: str
    start: Day | None = Field(None, alias="from")
    end: End | None = Field(None, alias="to")


Written = Mapping[str, Mapping[str, Any]]
"""The words of a file that were read as others, by the path of the record and the key: `degrees[0]`, `title`."""


class Profile(Person):
    """What is known of one candidate."""

    id: str | None = None
    relatives: Records[Relative] | None = None
    applications: Records[Application] = ()

    _digest: str | None = PrivateAttr(None)
    _written: Written | None = PrivateAttr(None)
    _diagnostics: tuple[Diagnostic, ...] = PrivateAttr(())

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], reference: "Reference | None" = None) -> "Profile":
        """The profile in plain data with the keys of a profile file.

        Dates are `datetime.date`, or text such as `2001-05`; numbers are `int`, `float` or `Decimal`; lists may be tuples. A `datetime`
        at midnight without a zone is a day. `reference` defaults to the data that come with this version. Raises `Problems`, as
        `load_profile` does; where is told by a path there, such as `experience[0].from`.
        """
        profile: Profile = above.read_profile(data, reference)
        return profile

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The warnings and notes about what it was read from: words that nothing knows, words read as others."""
        found: tuple[Diagnostic, ...] = (self.__pydantic_private__ or {}).get("_diagnostics", ())
        return found

    @property
    def written(self) -> Written | None:
        """What its file says in other words."""
        written: Written | None = (self.__pydantic_private__ or {}).get("_written")
        return written

    @property
    def digest(self) -> str | None:
        """The SHA-256 of what it was read from, in hexadecimal: the bytes of a file, or plain data."""
        digest: str | None = (self.__pydantic_private__ or {}).get("_digest")  # as an attribute it would take a microsecond
        return digest


# --------------------------------------------------------------------------- what a rule can ask about


COMPARED: Mapping[str, frozenset[str]] = {
    "country": frozenset({"country", "in"}), "employer": frozenset({"employer"}), "school": frozenset({"school"}),
}  # fmt: skip
"""What `same` may ask for, and the keys of the records that have it."""


class Source(NamedTuple):
    """A list of the profile that rules ask about: all that has to be known of its records, in one place.

    `identity` is the attribute that identifies a record. `start` and `end` are the keys of its first and its last day; left out, they are
    open (`open_start`, `open_end`) or unknown. A record of an `event` counts from that day, a `timeless` one on every day.
    Where the two keys are one, so is the day.

    `words` says what the words of a key mean: a `place`, a `language`, or a vocabulary. `measures` are what its records are measured by
    besides their number and the time they last: `hours`, `credits`. Of `working_time`, a record says how full its days are (`rate`,
    `full_time`, `hours_per_week`). `names` are keys that hold a name (of an employer, a school), which may be written in several ways. A
    record `told_by_days` is best told apart by them. `asked` are the keys that are asked for of every record; the others are where they
    matter. `example` is what to write in a profile.
    """

    name: str
    identity: str | None = None
    start: str = "from"
    end: str = "to"
    open_start: bool = False
    open_end: bool = False
    event: str | None = None
    timeless: bool = False
    words: Mapping[str, str] = MappingProxyType({})
    measures: tuple[str, ...] = ()
    working_time: bool = False
    names: tuple[str, ...] = ()
    told_by_days: bool = False
    asked: tuple[str, ...] = ()
    example: str = ""

    @property
    def lasts(self) -> bool:
        """Whether its records have a first and a last day."""
        return self.event is None and not self.timeless and not self.momentary

    @property
    def momentary(self) -> bool:
        """Whether a record begins and ends on one day, that of an exam."""
        return self.start == self.end

    def has(self, compared: str) -> bool:
        """Whether its records have what `same` compares."""
        return not COMPARED[compared].isdisjoint(self.words)


SOURCES: Mapping[str, Source] = {
    source.name: source
    for source in (
        Source(
            "citizenships", "country", "since", "until", open_start=True, open_end=True, words={"country": "place"},
            example="[FR, {country: CA, since: 2021-05}]",
        ),
        Source(
            "permits", "type", "from", "until", open_end=True, told_by_days=True,
            words={"in": "place", "type": "permit_types", "allows": "permit_allows"},
            asked=("until", "type", "in", "from"), example="[{type: work, in: FR, from: 2020-01-01, until: 2030-01-01}]",
        ),
        Source(
            "documents", "type", "issued", "expires", open_end=True, words={"country": "place", "type": "document_types"},
            asked=("expires", "type", "country", "issued"), example="[{type: passport, country: FR, expires: 2030-01-31}]",
        ),
        Source(
            "certificates", "type", "issued", "expires", open_end=True, words={"type": "certificate_types"},
            asked=("expires", "type", "issued"), example="[{type: ai_ethics_governance, issued: 2023-05}]",
        ),
        Source(
            "residences", "place", told_by_days=True,
            words={"in": "place", "status": "residence_status", "reason": "residence_reasons"},
            asked=("in", "from", "to"), example="[{in: CA-QC, from: 2019-08, to: ongoing}]",
        ),
        Source("domicile", "place", open_start=True, open_end=True, timeless=True, words={"in": "place"}, example="CA-QC"),
        Source(
            "absences", "place", told_by_days=True, words={"in": "place"},
            asked=("in", "from", "to"), example="[{in: FR, from: 2023-01-05, to: 2023-03-20}]",
        ),
        Source(
            "degrees", "title", event="awarded", measures=("credits",), names=("school",),
            words={
                "in": "place", "recognised_in": "place", "taught_in": "language", "title": "titles", "school": "schools", "field": "field",
            },
            asked=("title", "awarded"), example="[{title: maitrise, level: 7, field: law, in: CA-QC, awarded: 2022-03}]",
        ),
        Source(
            "studies", "title", measures=("credits",), names=("school",),
            words={"in": "place", "taught_in": "language", "title": "titles", "school": "schools", "field": "field"},
            asked=("title", "from", "to"), example="[{title: doctorat, level: 8, field: law, in: CA-QC, from: 2022-09, to: ongoing}]",
        ),
        Source(
            "exams", "subject", "taken", "taken", names=("school",),
            words={"exam": "exams", "subject": "exam_subjects", "school": "schools"},
            asked=("exam", "subject", "grade", "taken"), example="[{exam: wassce, subject: mathematics, grade: B3, taken: 2019-06}]",
        ),
        Source(
            "experience", "employer_name", measures=("hours",), working_time=True, told_by_days=True, names=("employer_name",),
            words={
                "in": "place", "works_in": "place", "employer": "employer", "function": "functions", "field": "field",
                "type": "experience_types", "grade": "experience_grades", "contract": "contracts", "position": "positions",
            },
            asked=("from", "to"), example="[{from: 2020-09, to: 2022-04, employer: university, field: ai_ethics, in: CA-QC, rate: 30%}]",
        ),
        Source(
            "languages", "language", open_start=True, open_end=True, timeless=True, words={"language": "language"},
            example="[{language: fr, native: true}, {language: en, level: C1}]",
        ),
        Source(
            "participations", "programme", told_by_days=True, names=("programme",),
            words={"host": "place", "programme": "programmes", "role": "participation_roles", "result": "participation_results"},
            asked=("programme", "from", "to"), example="[{programme: quebec-stages-oig, role: participant, from: 2019-01, to: 2019-06}]",
        ),
        Source(
            "service", "type", told_by_days=True, words={"type": "service_types"},
            asked=("type", "from", "to"), example="[{type: national_service, from: 2015-09, to: 2016-08}]",
        ),
        Source(
            "volunteering", "organisation", measures=("hours",), told_by_days=True, names=("organisation",),
            words={"in": "place", "field": "field"},
            asked=("organisation", "from", "to"), example="[{organisation: Red Cross, in: FR, from: 2021-09, to: 2022-06, hours: 120}]",
        ),
        Source(
            "leaves", "type", told_by_days=True, words={"type": "leave_types"},
            asked=("type", "from", "to"), example="[{type: parental, from: 2021-01-01, to: 2021-06-30}]",
        ),
        Source("children", start="born", open_end=True, asked=("born",), example="[{born: 2020-05-17}]"),
        Source("funds", "amount", asked=("amount", "from", "to"), example="[{amount: 10000 EUR, from: 2023-01-01, to: ongoing}]"),
        Source("availability", asked=("from", "to"), example="{from: 2024-01-15, to: ongoing}"),
    )
}  # fmt: skip
