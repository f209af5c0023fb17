"""What to do about a criterion that is open or not met: the line to write in the profile, the easiest first; whom to ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from eligibility.dates import Days
from eligibility.profile import SOURCES
from eligibility.redacted import CODE
from eligibility.report import Finding, Report
from eligibility.reporters.sentences import Sentences, is_of_places, is_vague
from eligibility.verdict import Cause, Verdict

EXAMPLES: Mapping[str, str] = {"birth_date": "1996-02-29", **{source.name: source.example for source in SOURCES.values()}}
"""What a line of a profile looks like, for each that a rule may ask for."""

_EMPTY = ("birth_date", "domicile", "availability")
"""What is no list, and so cannot be said to be empty."""


_LOOKED_AT = 20
"""So many residences are looked at for an example of a stay away."""


class Advice:
    """The advice on findings of one vacancy; `waits`: time alone brings a better outcome of it."""

    def __init__(self, sentences: Sentences, report: Report, waits: bool = False) -> None:
        self.waits = waits
        self.sentences = sentences
        self.words = sentences.words
        self.report = report
        self._named: set[str] = set()

    def next_step(self, finding: Finding) -> str:
        """What to do: the notice's own advice, else what follows from the cause."""
        advice = self.words.of(finding.advice)
        if advice:
            return advice
        if finding.code == CODE:
            return self.words.text("do.redacted")
        if finding.verdict is Verdict.FAIL:
            if finding.gap is not None and finding.gap.unit == "days_too_young" and finding.day is not None:
                born = next((fact.value for fact in finding.facts if isinstance(fact.value, Days)), None)
                sure = born is not None and born.exact and date.fromordinal(born.first).timetuple()[1:3] != (2, 29)
                day = self.words.date(finding.day.days.first + finding.gap.amount)
                return self.words.text("do.wait_until" if sure else "do.wait_until_at_least", day=day)
            return self.words.text("do.wait" if self.waits and finding.importance == "required" else "do.nothing")
        if any((finding.id or finding.kind) in criteria for _, criteria in self.report.whichever):  # to tell the option changes nothing
            return self.words.text("do.nothing")
        steps = []
        if finding.missing:
            items = list(self._items(finding))
            key = "do.add_any" if len(items) > 1 and _one_is_enough(finding) else "do.add"
            steps.append(self.words.text(key, n=len(items), paths=self.words.text("list_separator").join(items)))
        ask = self.report.contact or self.words.text("the_recruiter")
        causes = [one for one in (Cause.READINGS, Cause.DEROGATION, Cause.PERSON, Cause.FUTURE) if one in finding.causes]
        if causes and self.report.closed:
            steps.append(self.words.text("do.too_late"))
        else:
            place = is_of_places(finding)
            keys = {Cause.PERSON: "do.ask_of_place"} if place else {}
            authorities = [self.words.of(one) for one in _granted_by(finding)]
            if authorities:
                keys[Cause.DEROGATION] = "do.needs_a_derogation_of"
            authority = self.words.either(dict.fromkeys(authorities))
            steps += [self.words.text(keys.get(cause, f"do.{cause}"), contact=ask, authority=authority) for cause in causes]
        return " ".join(steps) or self.words.text("do.nothing")

    def _items(self, finding: Finding) -> Iterator[str]:
        """What to write, each once: facts to declare, then whole lists, then keys of records, those of one key together."""
        if (options := finding.params.get("options")) is not None:
            words = self.words.either(option for option, _, _ in options)
            name = finding.missing[0].rpartition(".")[2]
            yield self.words.text("write.option", name=name, of=self.report.vacancy, options=words)
            return
        owners = _owners(finding)
        facts = [path for path in finding.missing if path.rpartition("facts.")[1]]
        lists = [path for path in finding.missing if path in EXAMPLES]
        keys: dict[tuple[str, str], list[str]] = {}
        for path in finding.missing:
            if path not in facts and path not in lists:
                record, _, key = path.rpartition(".")
                keys.setdefault((record.partition("[")[0] if record.endswith("]") else record, key), []).append(path)
        for path in facts:
            before, _, name = path.rpartition("facts.")
            key = "write.fact_too" if self.sentences.value(f"{before}facts") else "write.fact"  # a key is not written twice
            if name in owners.get(path, finding).params.get("numbers", ()):
                key += ".number"
            yield before + self.words.text(key, name=name)
        self._named.clear()
        begun = [path for path in lists if self._is_begun(path, owners.get(path, finding))]
        for path in lists:
            if path not in begun:
                key = "write.value" if path in _EMPTY else "write.list"
                yield self.words.text(key, name=path, example=self._example(path))
        for (_, key), paths in keys.items():
            yield self._key(key, paths, owners.get(paths[0], finding))
        for path in begun:
            yield self.words.text("write.rest", name=path)

    def _example(self, name: str) -> str:
        """A line of the list; of stays away, one that is not where the person lives."""
        if name == "absences" and any(self.sentences.value(f"residences[{index}].in") == "FR" for index in range(_LOOKED_AT)):
            return EXAMPLES[name].replace("FR", "CA")
        return EXAMPLES[name]

    def _is_begun(self, name: str, finding: Finding) -> bool:
        """Whether a list is there, and only not complete."""
        looked_at = any(path == name or path.startswith(f"{name}[") for path, _ in finding.facts)  # an empty list has no value to show
        return name not in _EMPTY and name in SOURCES and bool(self.sentences.value(name) or looked_at)

    def _record(self, path: str) -> str:
        """A record with what tells it apart, the first time it is named."""
        if path in self._named:
            return path
        self._named.add(path)
        return self.sentences.record(path)

    def _key(self, key: str, paths: list[str], finding: Finding) -> str:
        """One key of one or several records: with the words that the rule wants, or the day that has to be exact."""
        vague = [path for path in paths if is_vague(self.sentences.value(path))]
        if vague:
            said = [self.words.text("write.exact", path=path, value=self.sentences.value(path)) for path in vague]
            return self.words.text("list_separator").join([*said, *(path for path in paths if path not in vague)])
        if not paths[0].rpartition(".")[0].endswith("]"):
            return ", ".join(paths)
        records = self.words.either(self._record(path.rpartition(".")[0]) for path in paths)
        if key == "expected_end" and all(self.sentences.value(path) is not None for path in paths):
            return self.words.text("write.lasting", records=records)
        asked = self.sentences.asked
        wanted = asked.wanted(self.report.vacancy, finding, key) if asked is not None else None
        if wanted is None and (meant := _may_be_meant(paths, finding)):  # a country is said, and a territory of it asked for
            narrower = self.words.either(self.words.text("quoted", word=f"{key}: {word}") for word in meant)
            return self.words.text("write.narrower", narrower=narrower, records=records)
        if wanted is None or (key != "tags" and not wanted.vocabulary and len(wanted.words) > 1):
            return self.words.text("write.key", key=key, records=records)
        if not wanted.vocabulary:  # all the tags, or the one name
            word = f"[{', '.join(wanted.words)}]" if key == "tags" else wanted.words[0]
            return self.words.text("write.word", key=key, word=word, records=records)
        names = [self.sentences.term(wanted.vocabulary, word) for word in wanted.words[1:3]]
        shown = "write.meaning" if len(wanted.words) == 1 else "write.others" if len(wanted.words) <= 3 else "write.many"
        return self.words.text(
            shown, key=key, word=wanted.words[0], records=records,
            label=self.sentences.reference.label(wanted.vocabulary, wanted.words[0], self.words.language),
            others=(self.words.either if len(wanted.words) <= 3 else ", ".join)(names),
            command=f"eligibility kinds {finding.kind} {key}",
        )  # fmt: skip


def _may_be_meant(paths: Sequence[str], finding: Finding) -> list[str]:
    """The narrower words asked for, any of which what is said at each of these paths may mean."""
    pairs = [(path, wanted) for path, _, _, wanted in finding.params.get("wider", ()) if path in paths]
    return list(dict.fromkeys(wanted for _, wanted in pairs)) if {path for path, _ in pairs} == set(paths) else []


def _granted_by(finding: Finding) -> Iterator[Mapping[str, str]]:
    """Who may grant the derogations that a finding waits for."""
    if finding.code == "needs_derogation" and (authority := finding.params.get("granted_by")) is not None:
        yield authority
    for child in finding.children:
        yield from _granted_by(child)


def _one_is_enough(finding: Finding) -> bool:
    """Whether each of the missing facts could settle the criterion alone: several ways in, each lacking one fact and nothing else."""
    if finding.code != "any_of.open" or "how_many" in finding.params:
        return False
    ways = [one for one in finding.children if one.verdict is Verdict.UNKNOWN]
    return all(one.causes == (Cause.MISSING_FACT,) and _lacks_one(one) for one in ways)


def _lacks_one(way: Finding) -> bool:
    """Whether a way in lacks one fact, or any of its records would do and each lacks one."""
    records = {path.rpartition(".")[0] for path in way.missing} - {""}
    any_does = way.code == "may_match" and way.params["measure"] == "exists" and len(records) == len(way.missing)
    return any_does or len(way.missing) == 1


def _owners(finding: Finding) -> dict[str, Finding]:
    """The innermost finding that asks for each missing fact."""
    found: dict[str, Finding] = {}
    for one in _leaves(finding):
        for path in one.missing:
            found.setdefault(path, one)
    return found


def _leaves(finding: Finding) -> Iterable[Finding]:
    if not finding.children:
        yield finding
    for child in finding.children:
        yield from _leaves(child)
