"""From the words of a CV to the keys of a record: what is sure is taken, what can mean two things is asked, nothing is made up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from eligibility.dates import parse_days
from eligibility.importing.draft import Doubt, Draft, Entry
from eligibility.importing.limits import TOO_LONG
from eligibility.loading.understood import Sort, Understood, understand
from eligibility.reference import Reference
from eligibility.reference.spelling import fold

_LONG_LEVEL = 6
"""From this level on, the scales of the EQF and of ISCED say the same."""
_SHORT_COUNTRIES = frozenset({"uk", "usa", "uae"})
_SHORT = 3
_FRESH = 183
"""Days after which nobody knows whether what went on when a CV was written still does."""


def text_of(value: Any) -> str:
    """The text of a value in one line; empty for what is no text, nor a number that stands for one."""
    if isinstance(value, bool) or not isinstance(value, str | int | float) or value == TOO_LONG:
        return ""
    return " ".join(str(value).split())


def many(value: Any) -> list[Any]:
    """The entries of a list; of what is no list but is there, itself."""
    return value if isinstance(value, list) else [] if value in (None, "", {}) else [value]


def at(value: Any, *keys: str) -> Any:
    """What stands below several keys; None where it does not go so deep."""
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def first_of(value: Any, *keys: str) -> Any:
    """The first of several keys that says something."""
    return next((one for key in keys if (one := at(value, key)) not in (None, "", [], {})), None)


def _why_not(text: str, found: Understood, where: str) -> tuple[str, dict[str, Any]]:
    """The key and the facts of a doubt about words that were not taken."""
    if not text:
        return "no_text", {"where": where}
    if found.readings:
        return "either", {"where": where, "text": text, "readings": found.readings}
    return "not_understood", {"where": where, "text": text, "note": found.note}


class Reader:
    """Reads one CV into a draft. `today` tells what lies ahead; `written` is the day of the CV, where it says one: what went on then may
    have ended since.
    """

    def __init__(self, draft: Draft, reference: Reference, today: date) -> None:
        self.draft = draft
        self.reference = reference
        self.today = today
        self.written: date | None = None

    # ------------------------------------------------------------------ words

    def taken(self, entry: Entry, key: str, value: Any, sort: Sort, where: str, tell: bool = False) -> bool:
        """Put what a text means under a key, or note why not; `tell` a sure reading, too."""
        if value in (None, ""):
            return False
        text = text_of(value)
        if not text:
            entry.doubt("no_text", where=where)
            return False
        found = understand(text, sort, self.reference)
        if found.value is None:
            self.not_taken(entry, text, found, where)
            return False
        if isinstance(found.value, dict):
            entry.record |= found.value
        else:
            entry.record[key] = found.value
        if found.left or (tell and found.value != {key: text.upper()}):
            entry.doubt("read_as", where=where, text=text, value=found.value)
        return True

    @staticmethod
    def not_taken(entry: Entry, text: str, found: Understood, where: str) -> None:
        """Note why a text was not taken."""
        entry.doubts.append(Doubt(*_why_not(text, found, where)))

    def days(self, entry: Entry, first: Any, last: Any, where: tuple[str, str], ongoing: bool = False) -> None:
        """The first and the last day of a record; a last day that comes before the first is left out."""
        self.taken(entry, "from", first, Sort.DATE, where[0])
        if ongoing:
            entry.record["to"] = "ongoing"
        else:
            self.taken(entry, "to", last, Sort.END, where[1])
        if entry.record.get("to") == "ongoing" and self.written is not None and (self.today - self.written).days > _FRESH:
            del entry.record["to"]
            entry.doubt("was_ongoing", where=where[1], day=self.written.isoformat())

    def written_on(self, value: Any) -> None:
        """The day of the CV, as a program writes it: `2019-03-01T10:00:00Z`."""
        try:
            self.written = date.fromisoformat(text_of(value)[:10])
        except ValueError:
            self.written = None

    def named(self, entry: Entry, key: str, value: Any, where: str) -> str:
        """Put a name or a title as it was written under a key."""
        text = text_of(value)
        if text:
            entry.record[key] = text
        elif value not in (None, "", TOO_LONG):
            entry.doubt("no_text", where=where)
        return text

    def place(self, entry: Entry, key: str, value: Any, where: str, town: str = "") -> None:
        """The country at the end of `Kiel, Germany`. Two letters after a town may be a country, a state or a province; a `town` alone is
        told, and its country never guessed."""
        text = text_of(value)
        if not text:
            if town:
                self.not_taken(entry, town, Understood(note="town"), where)
            elif value not in (None, "", {}):
                entry.doubt("no_text", where=where)
            return
        *towns, last = (part.strip() for part in text.split(","))
        found = understand(last, Sort.COUNTRY, self.reference)
        if towns and len(fold(last)) <= _SHORT and fold(last) not in _SHORT_COUNTRIES:
            found = found._replace(value=None)
        if found.value is None or any(self._is_elsewhere(town, found.value) for town in towns):
            self.not_taken(entry, text, found._replace(value=None, note=found.note or "town"), where)
        else:
            entry.record[key] = found.value

    def _is_elsewhere(self, town: str, country: str) -> bool:
        """Whether what stands before a country is another one: `France, Germany`, and not `Atlanta, Georgia, USA`."""
        found = understand(town, Sort.COUNTRY, self.reference)
        named = found.readings if found.value is None else (found.value,)
        return bool(named) and not any(one == country or one.startswith(f"{country}-") for one in named)

    def employer(self, entry: Entry, value: Any, where: str) -> None:
        """The name of an employer, and its kind where the name tells it."""
        text = self.named(entry, "employer_name", value, where)
        kind = at(understand(text, Sort.EMPLOYER, self.reference).value, "employer") if text else None
        if kind is not None:
            entry.record["employer"] = kind
            entry.doubt("read_as", where=where, text=text, value=f"employer: {kind}")

    def job_title(self, entry: Entry, value: Any, where: str) -> None:
        """The title of a job; one that is a type of work (`Intern`) and nothing else tells that, too."""
        text = self.named(entry, "title", value, where)
        kind = self.reference.find_term("experience_types", text, suggest=False).id if text else None
        if kind is not None:
            entry.record["type"] = kind
            entry.doubt("read_as", where=where, text=text, value=f"type: {kind}")

    def language(self, name: Any, where: str) -> Entry | None:
        """A new language; None where the words name none."""
        text = text_of(name)
        found = understand(text, Sort.LANGUAGE, self.reference)
        if found.value is None:
            if text:
                self.draft.doubt("languages", "not_understood", where=where, text=text, note=found.note)
            return None
        entry = self.draft.entry("languages", where)
        entry.record["language"] = found.value
        return entry

    # ------------------------------------------------------------------ the person

    def person(self, name: Any, born: Any, where: tuple[str, str]) -> None:
        """The name and the day of birth."""
        if said := text_of(name):
            self.draft.facts["name"] = said
        elif name not in (None, ""):
            self.draft.doubt("name", "no_text", where=where[0])
        entry = Entry(where[1])
        self.taken(entry, "birth_date", born, Sort.DATE, where[1])
        self._fact("birth_date", entry)

    def citizenship(self, value: Any, where: str) -> None:
        """One citizenship, or several in one text; held from birth, as far as a CV tells."""
        text = text_of(value)
        found = understand(text, Sort.COUNTRIES, self.reference)
        if found.value is None or found.left:
            if text or value not in (None, "", {}):
                self.draft.doubts.setdefault("citizenships", []).append(Doubt(*_why_not(text, found, where)))
            return
        known = [one.record["country"] for one in self.draft.lists.get("citizenships", ())]
        for country in found.value:
            if country not in known:
                self.draft.entry("citizenships", where).record["country"] = country

    def home(self, value: Any, where: str, region: str = "", town: str = "") -> None:
        """The principal home, of which a CV has only an address; the region, where it is one that notices name."""
        entry = Entry(where)
        self.place(entry, "domicile", value, where, town)
        country = entry.record.get("domicile")
        if country and region and (within := understand(region, Sort.COUNTRY, self.reference).value or "").startswith(f"{country}-"):
            entry.record["domicile"] = within
        if entry.record:
            entry.doubt("home", where=where)
        self._fact("domicile", entry)

    def _fact(self, key: str, entry: Entry) -> None:
        if key in entry.record:
            self.draft.facts[key] = entry.record[key]
        if entry.doubts:
            self.draft.doubts.setdefault(key, []).extend(entry.doubts)

    def certificate(self, name: Any, issued: Any, where: str) -> bool:
        """A certificate of a kind that notices ask for. Whether it is one."""
        kind = self.reference.find_term("certificate_types", text, suggest=False).id if (text := text_of(name)) else None
        if kind is None:
            return False
        entry = self.draft.entry("certificates", where)
        entry.record["type"] = kind
        entry.doubt("read_as", where=where, text=text, value=f"type: {kind}")
        self.taken(entry, "issued", issued, Sort.DATE, where)
        return True

    # ------------------------------------------------------------------ studies

    def studies(
        self,
        where: str,
        title: Any,
        days: tuple[Any, Any],
        *,
        area: Any = None,
        school: Any = None,
        place: Any = None,
        level: Any = None,
        sure_level: bool = False,
        ongoing: bool = False,
        names: tuple[str, str, str, str, str],
    ) -> Entry:
        """A degree, where studies that lead to one have ended; else the studies.

        `names` are the keys of the CV for the title, the first and the last day, the level and the place.
        """
        entry = Entry(where)
        degree = self._degree(entry, text_of(title), text_of(area), f"{where}.{names[0]}")
        self.place(entry, "in", place, f"{where}.{names[4]}")
        self._level(entry, text_of(level), sure_level, f"{where}.{names[3]}")
        if school_name := text_of(school):
            entry.record["school"] = school_name
        self.days(entry, *days, (f"{where}.{names[1]}", f"{where}.{names[2]}"), ongoing)
        last = entry.record.get("to")
        end = None if last in (None, "ongoing") else parse_days(last)
        past = end is not None and end.last < self.today.toordinal()
        if degree and past:
            entry.record.pop("from", None)
            entry.record["awarded"] = entry.record.pop("to")
            entry.doubt("awarded", day=last)
        elif end is not None and not past:
            entry.record["expected_end"] = entry.record.pop("to")
            entry.doubt("ahead", day=last)
        elif degree and last is None:
            entry.doubt("obtained")
        self.draft.lists.setdefault("degrees" if "awarded" in entry.record else "studies", []).append(entry)
        return entry

    def _degree(self, entry: Entry, title: str, area: str, where: str) -> bool:
        """The title and the field that the words name. Whether they name a degree."""
        found = understand(title, Sort.DEGREE, self.reference) if title else Understood()
        if title and found.value is None:
            self.not_taken(entry, title, found, where)
        known = found.value or {}
        entry.record |= known
        if known:
            entry.doubt("read_as", where=where, text=title, value=known)
        if area:  # what a title names beside it may be the faculty: Masters of Arts
            entry.record.pop("field", None)
            named = understand(area, Sort.FIELD, self.reference).value
            if named is not None:
                entry.record["field"] = [named]
            else:
                entry.doubt("field", text=area)
        return "title" in known or "level" in known

    def _level(self, entry: Entry, level: str, sure: bool, where: str) -> None:
        """A level from 1 to 8. That of a title is not contradicted: of two that differ neither is taken."""
        if not level:
            return
        if level not in {str(one) for one in range(1, 9)} or (not sure and int(level) < _LONG_LEVEL):
            entry.doubt("level", where=where, text=level)
            return
        title = entry.record.get("title", "")
        span = self.reference.degree(title, entry.record.get("in")).level if title else None
        known = entry.record.get("level")
        low, high = span or (known or int(level), known or int(level))
        if not low <= int(level) <= high or known not in (None, int(level)):
            entry.doubt("levels", title=title or known, level=level)
            entry.record.pop("title", None)
            entry.record.pop("level", None)
        else:
            entry.record["level"] = int(level)
