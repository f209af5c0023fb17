"""From codes and facts to sentences: why a criterion is met or not, what is missing, what to do next.

Nothing is decided here. The words come from `eligibility.wording`, the names of things from the reference data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from math import ceil, floor
from typing import TYPE_CHECKING, Any, get_args

from eligibility.answer import OPERANDS, GroupCode
from eligibility.dates import FOREVER, LONG_AGO, BadDate, Cover, Days, Length, parse_days
from eligibility.facts import KEYS
from eligibility.language.groups import OF_RELATIVE
from eligibility.language.kinds import RECORD_KINDS
from eligibility.profile import SOURCES, TestResult
from eligibility.profile_values import Money
from eligibility.question.table import AGE
from eligibility.redacted import CODE
from eligibility.reference import Reference
from eligibility.report import Finding, Report
from eligibility.reporters.amounts_told import amount_told, cover_told, gap_told, length_told
from eligibility.reporters.limits import limit_words
from eligibility.reporters.period import days_told
from eligibility.verdict import Cause, Verdict
from eligibility.wording import MissingMessage, Words

if TYPE_CHECKING:
    from eligibility.reporters.asked import Asked

_VOCABULARY = {
    "place": "place", "in": "place", "country": "place", "works_in": "place", "host": "place", "employer": "employer", "field": "field",
    "language": "language", "title": "titles", "type": "", "function": "functions", "contract": "contracts", "school": "schools",
    "grade": "experience_grades", "position": "positions", "role": "participation_roles", "result": "participation_results",
    "relation": "relations", "exam": "exams", "subject": "exam_subjects", "test": "tests",
}  # fmt: skip


_TIMELESS = ("language", "domicile", "judged")
"""Kinds whose facts carry no dates: on which day they are counted changes nothing."""


_COMPOSED = ("readings", "depends_on_day", "span_open", "exception_open", "needs_derogation", "perhaps_applies", "depends_on_option")
"""Answers that several answers make together, which are the findings below."""
_GROUPS = get_args(GroupCode)

_KINDS_OF: Mapping[str, list[str]] = {
    "birth_date": ["age"], "facts": ["declared"],
    **{source: [kind.name for kind in RECORD_KINDS.values() if kind.source == source] for source in SOURCES},
    "absences": ["residence"],
}  # fmt: skip
"""Which kinds ask about each part of a profile, the plainest first."""

_CAUSES = (Cause.MISSING_FACT, Cause.READINGS, Cause.DEROGATION, Cause.PERSON, Cause.FUTURE)
"""Why a criterion is open, what the candidate can do something about first."""

_TITLES = {"title": "titles", "language": "language", "country": "place", "place": "place"}


_BY_DATE = ("days_too_old", "days_too_late")
"""The units of how far a date lies beside its window."""

_OVER = {"employment": "experience", "enrolment": "study"}
"""In whose words one speaks of what is over, of the kinds that are about what goes on."""

_NAMES = 3
"""How many names a sentence repeats."""


def is_vague(value: Any) -> bool:
    """Whether what a profile says is a year or a month, where the day may matter."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    try:
        return isinstance(value, str) and len(value) in (4, 7) and not parse_days(value).exact
    except BadDate:
        return False


def usual(finding: Finding) -> Verdict:
    """The verdict under the usual reading of the notice, as far as it can be told."""
    if finding.verdict is not Verdict.UNKNOWN:
        return finding.verdict
    if finding.preferred is not None:
        return finding.preferred
    parts = [usual(child) for child in finding.children]
    if parts and finding.code == "all_of.open" and all(one in (Verdict.PASS, Verdict.NOT_APPLICABLE) for one in parts):
        return Verdict.PASS
    return Verdict.UNKNOWN


def sentences_of(kind: str, code: str) -> list[str]:
    """The keys of the sentence of a code that a kind gives, from the particular to the general."""
    return [f"{kind}.{code}", f"record.{code}", code] if kind in RECORD_KINDS else [f"{kind}.{code}", code]


@lru_cache
def have_a_sentence(language: str) -> None:
    """Raises MissingMessage where an answer that can be given has no sentence in a language: nobody finds out by getting that answer."""
    words = Words(language)
    for family, codes in OPERANDS.items():
        for code in codes:
            keys = (f"{family}.{code}", code, f"{code}.open")
            if not any(key in words for key in keys):
                raise MissingMessage(f"{language}: {' / '.join(keys)}")


def _questions_about(finding: Finding) -> list[str]:
    """The keys of the question that the missing facts answer, which may be about other records than the criterion is."""
    if any(path.startswith("relatives") for path in finding.missing):
        parents = finding.params.get("parents")
        if parents is not None and "relatives" in finding.missing and parents < 2:
            return ["ask.other_parent" if parents else "ask.both_parents"]
        return ["ask.relatives"]
    kind = _spoken_of(finding)
    lists = [path.partition("[")[0].partition(".")[0] for path in finding.missing]
    if "applications" in lists:
        return ["ask.day" if ".dates." in finding.missing[lists.index("applications")] else "ask.choice"]
    if set(lists) == {"absences"}:
        return ["ask.absences"]
    if finding.missing and all(path.endswith("].child") for path in finding.missing):
        return ["ask.child_of_leave"]
    if (numbers := finding.params.get("numbers")) and set(lists) == {"facts"}:
        return ["ask.number"] if len(lists) == 1 and finding.missing[0].rpartition(".")[2] in numbers else ["ask.other"]
    if numbers and finding.missing[0] == f"facts.{finding.params['fact']}":
        return ["ask.number"]
    kinds = [known for one in lists if (known := _KINDS_OF.get(one))]
    if set(lists) == {"facts"} and (kind != "declared" or finding.params.get("equals") is False):  # the label says something else
        return ["asking.stated"]
    return [f"ask.{kind if not kinds or kind in kinds[0] else kinds[0][0]}", "ask.other"]


def _spoken_of(finding: Finding) -> str:
    """The kind in whose words one speaks of it: a job that is over is no job that one holds. How long it lasted is told of either."""
    kind = str(finding.params["kind"])
    return _OVER.get(kind, kind) if finding.params.get("over") and finding.code not in ("enough", "short") else kind


class Sentences:
    """The sentences of one language about reports.

    `value` is what the profile file says at a path, and `asked` what the vacancies ask: without them, sentences are less particular.
    `not_understood` are the words of the profile that nothing knows, by their paths.
    """

    def __init__(
        self, words: Words, reference: Reference, value: Callable[[str], Any] = lambda path: None, asked: Asked | None = None,
        not_understood: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        have_a_sentence(words.language)
        self.words = words
        self.reference = reference
        self.value = value
        self.asked = asked
        self.not_understood = not_understood or {}
        self.quotes = True
        """Whether sentences may repeat names that the profile writes."""
        self.by_name = False
        """Whether records are told as one speaks of them, for those who do not have the file before them."""

    # ---------------------------------------------------------------------------------------- values

    def days(self, days: Days) -> str:
        """A day, or the year, the month or the interval it is known to lie in."""
        return days_told(days, self.words)

    def name(self, attribute: str, value: Any) -> str:
        """The name of an id, in the vocabulary of its attribute."""
        if isinstance(value, Days):
            return self.days(value)
        if isinstance(value, tuple) and value and not isinstance(value, Money):
            if attribute in ("level", "gives_access_to"):
                return "-".join(dict.fromkeys(str(one) for one in value))
            return self.words.both(self.name(attribute, one) for one in value)
        if isinstance(value, bool):
            return self.words.text("yes" if value else "no")
        if isinstance(value, TestResult):
            score = self.words.number(value.score) if isinstance(value.score, int | float) else value.score
            return f"{self.reference.label('tests', value.test, self.words.language)} {score}"
        vocabulary = _VOCABULARY.get(attribute, "")
        if isinstance(value, str) and vocabulary:
            return self.reference.label(vocabulary, value, self.words.language)
        return amount_told(value, self.words)

    def term(self, vocabulary: str, word: str) -> str:
        """A word as it is to be written, with its name."""
        return self.words.text("term", word=word, label=self.reference.label(vocabulary, word, self.words.language))

    def record(self, path: str, said: Mapping[str, Any] | None = None) -> str:
        """A record of the profile, with what tells it apart where the profile is at hand: by its path, or `by_name`."""
        told = self._told_apart(path, self.value(path) if said is None else said)
        if self.by_name and (name := self._named(path, told)):
            return name
        return self.words.text("record_named", path=path, name=told) if told else path

    def relative(self, path: str) -> str:
        """A relative by what they are to the candidate, and their name, where the profile is at hand."""
        said = self.value(path)
        relation = said.get("relation") if isinstance(said, Mapping) else None
        if not isinstance(relation, str):
            return path
        name = said.get("name")
        label = self.reference.label(
            "relations", self.reference.find_term("relations", relation, False).id or relation, self.words.language
        )
        return f"{label} ({name if isinstance(name, str) and self.quotes else path})"

    def _told_apart(self, path: str, said: Any) -> str:
        """The days of a record, or what identifies it."""
        source = SOURCES.get(path.partition("[")[0].rpartition(".")[2])
        if source is not None and source.name == "citizenships" and isinstance(said, str):
            return self.reference.label("place", said, self.words.language)
        if source is None or not isinstance(said, Mapping):
            return ""
        if source.told_by_days and (span := self._span(said.get(source.start), said.get(source.end))):
            return span
        identity = source.identity or ""
        name = said.get(KEYS.get(identity, identity))
        if not isinstance(name, str) or (not self.quotes and identity in source.names):
            return ""
        return self.reference.label(_TITLES[identity], name, self.words.language) if identity in _TITLES else name

    def _named(self, path: str, told: str) -> str:
        """A record as one speaks of it: `your job 2 (Analyst, June 2018 – August 2018)`; empty where there is no word for it."""
        owner, _, place = path.rstrip("]").rpartition("[")
        key = f"asking.record.{owner.rpartition('.')[2]}"
        if key not in self.words:
            return ""
        known = self.value(path) if self.quotes and owner == "experience" else None
        title = (known.get("title") or known.get("employer_name")) if isinstance(known, Mapping) else None
        name = ", ".join(one for one in (title, told) if isinstance(one, str) and one)
        text = self.words.text(key, number=int(place) + 1, named=f" ({name})" if name else "")
        return text[:1].lower() + text[1:]

    def lacks(self, paths: Iterable[str]) -> str:
        """What a profile does not say, as one speaks of it: `your job 2 (Analyst): the employer; languages`. A statement that is missing
        is what the criterion itself is called, and is not said again."""
        found: dict[str, list[str]] = {}
        for path in paths:
            record, dot, _ = path.rpartition("].")
            if dot:
                found.setdefault(f"{record}]", []).append(path)
            elif path == "birth_date" or path.rpartition(".")[2] in SOURCES:
                found.setdefault(path, [])
        told = []
        for path, keys in found.items():
            if keys:
                told.append(self.words.text("lacks.of_record", what=self.lacking(keys), record=self.record(path)))
            else:
                kind = _KINDS_OF[path.rpartition(".")[2]][0]
                told.append(self.words.text("attribute.birth_date" if path == "birth_date" else f"kind.{kind}"))
        return self.words.text("list_separator").join(dict.fromkeys(told))

    def _span(self, first: Any, last: Any) -> str:
        """`June 2018 – August 2018`, as far as it is known."""
        start, end = (self._day_said(one) for one in (first, last))
        if start and end:
            return self.words.text("span", first=start, last=end)
        return start or end

    def _day_said(self, value: Any) -> str:
        if isinstance(value, Days):
            return self.days(value)
        if value == "ongoing":
            return self.words.text("ongoing")
        try:
            return self.days(parse_days(str(value))) if isinstance(value, str | int) else ""
        except BadDate:
            return ""

    def attribute(self, name: str, of: str = "") -> str:
        """What an attribute is called; `of` is the list or the kind of the record, where one word means two things (the grade of a post
        and the mark of a degree)."""
        return self.words.first([f"attribute.{of}.{name}", f"attribute.{name}", "attribute.other"], name=name)

    # --------------------------------------------------------------------------------------- reasons

    def reason(self, finding: Finding) -> str:
        """Why: one or two sentences to the candidate, with the numbers in them. What holds for one option says for which.

        What other criteria say beside it (the rule itself, its exception, its readings) are findings of their own, below this one.
        """
        if finding.option is not None:
            why = self.words.text("not_asked") if finding.code == "not_applicable" else self._why(finding)
            return f"{self.words.of(finding.option)}{self.words.text('colon')} {why}"
        if (options := finding.params.get("whichever")) is not None:
            named = self.words.both(self.words.of(one) for one in options)
            return f"{named}{self.words.text('colon')} {self._why(finding)} {self.words.text('whichever')}"
        return self._why(finding)

    def _why(self, finding: Finding) -> str:
        if finding.code in _COMPOSED:
            return self._composed(finding)
        if finding.code == "derogation_granted":
            return self._by_authority(finding)
        shown = [child for child in finding.children if child.needed]
        if finding.code in _GROUPS and shown:
            return self._group(finding, shown)
        text = self._plain(finding)
        if finding.code == "may_match":
            text += self._unsettled(finding)
        elif names := self._names_of_one(finding):
            text += " " + self.words.text("one_employer", names=self.words.both(names[:_NAMES]))
        for path in finding.missing:
            if self._is_expected(path):
                text += " " + self.words.text("lasts_as_expected", day=self._day_said(self.value(path)))
        if finding.params.get("measure") == "hours" and any(path.endswith((".from", ".to")) for path in finding.missing):
            text += " " + self.words.text("hours_undated")
        if unclear := [path for path in finding.missing if path in self.not_understood]:
            text += " " + self.words.text("not_understood", what=self.unclear(unclear))
        for key in ("disputed", "wider", "unruled"):
            text += self._doubtful(key, finding.params.get(key, ()))
        for key in ("alike", "apart"):
            if pairs := [pair for pair in finding.params.get(key, ()) if pair[0] not in self.not_understood]:
                text += " " + self._compared(key, pairs)
        if finding.params.get("divided"):
            text += " " + self.words.text("divided")
        if (last := finding.params.get("expired")) is not None:
            text += " " + self.words.text("test_expired", day=self.words.date(last))
        if (taken := finding.params.get("taken_later")) is not None:
            text += " " + self.words.text("test_later", day=self.words.date(taken))
        if finding.future is not None and finding.verdict is Verdict.PASS:
            text += " " + self.words.text("if_still", day=self.words.date(finding.future))
        return text[:1].upper() + text[1:]

    def _is_expected(self, path: str) -> bool:
        """Whether it is the end that the profile expects: it is said, and whether anything lasts longer is what nobody knows."""
        return path.endswith(".expected_end") and self.value(path) is not None

    def _doubtful(self, key: str, doubts: Sequence[tuple[str, str, str, str]]) -> str:
        """What is said in a word that only may be one of those asked for: the first few."""
        asked: dict[tuple[str, str], list[str]] = {}
        for _, attribute, said, wanted in doubts:
            asked.setdefault((attribute, said), []).append(self.name(attribute, wanted))
        told = [
            self.words.text(f"doubt.{key}", said=self.name(attribute, said), wanted=self.words.either(names[:_NAMES]))
            for (attribute, said), names in list(asked.items())[:_NAMES]
        ]
        return "".join(f" {one}" for one in told)

    def _compared(self, key: str, pairs: Sequence[tuple[str, str, Sequence[str]]]) -> str:
        """Which names of the profile may be those of the notice, or were taken for others: the first few."""
        wanted = list(dict.fromkeys(self.words.text("quoted", word=one) for _, _, names in pairs for one in names))[:_NAMES]
        if not self.quotes:
            return self.words.text(f"names.{key}.unsaid", wanted=self.words.either(wanted))
        said = list(dict.fromkeys(self.words.text("quoted", word=name) for _, name, _ in pairs))[:_NAMES]
        joined = self.words.either(said) if key == "alike" else self.words.both(said)
        return self.words.text(f"names.{key}", said=joined, wanted=self.words.either(wanted))

    def _names_of_one(self, finding: Finding) -> list[str]:
        """The names of employers that may be of one; none where names are not shown."""
        said = [self.value(path) for path in finding.missing if path.endswith(".employer_name")] if self.quotes else []
        names = list(dict.fromkeys(self.words.text("quoted", word=name) for name in said if isinstance(name, str)))
        return names if len(names) > 1 else []

    def _unsettled(self, finding: Finding) -> str:
        """What the profile does not say of records that may match, and what it says without settling it."""
        told = {pair[0] for key in ("alike", "wider", "unruled") for pair in finding.params.get(key, ())}.union(self.not_understood)
        of_records = [path for path in finding.missing if "]." in path and path not in told and not self._is_expected(path)]
        said = [path for path in of_records if path in finding.params.get("said", ()) or self.value(path) is not None]
        text = ""
        if unsaid := [path for path in of_records if path not in said]:
            text += " " + self.words.text("lacking", what=self.lacking(unsaid))
        if said:
            text += " " + self.words.text("unsettled", what=self.lacking(said))
        return text

    def lacking(self, paths: Iterable[str]) -> str:
        """What is missing of records, in words: `the duties, the tags`."""
        keys = {written: attribute for attribute, written in KEYS.items()} | {"since": "start", "until": "end"}
        told = [(path.rpartition(".")[2], path.rpartition("[")[0].rpartition(".")[2]) for path in paths]
        return self.words.both(dict.fromkeys(self.attribute(keys.get(name, name), source) for name, source in told))

    def unclear(self, paths: Iterable[str]) -> str:
        """What is said in words that nothing knows: ``the country (`Francce`)``; where the words are to stay unsaid, without them."""
        said = {path: self.not_understood[path] for path in paths}
        names = [self.words.text("not_understood.word", what=self.lacking([path]), word=word) if word else self.lacking([path])
                 for path, word in said.items()]  # fmt: skip
        return self.words.both(dict.fromkeys(names))

    def _group(self, finding: Finding, shown: list[Finding]) -> str:
        parts = [self.reason(child) for child in shown if child.verdict is not Verdict.NOT_APPLICABLE]
        if finding.code in ("none_of.met", "none_of.open", "none_of.unmet"):  # what its members say is the contrary of what it says
            parts.insert(0, self.words.text(finding.code))
        several = finding.params.get("how_many") if finding.code in ("any_of.open", "any_of.unmet") else None
        if several is not None:
            met = sum(child.verdict is Verdict.PASS for child in finding.children)
            parts.insert(0, self.words.text("some_of", number=several, met=met))
        text = " ".join(dict.fromkeys(parts)) or self.words.text(finding.code)
        if finding.code == "any_of.unmet" and len(finding.children) > 1 and several is None:
            text += " " + self.words.text("nearest_of", n=len(finding.children) - 1, number=len(finding.children) - 1)
        if finding.params.get("same") == OF_RELATIVE:
            text += " " + self.words.text("same_relative", who=self.relative(finding.params["value"]))
        elif finding.params.get("same"):
            text += " " + self.words.text("same_value", value=self.name(finding.params["same"], finding.params["value"]))
        return text

    def _composed(self, finding: Finding) -> str:
        """What several answers come to: those of readings or days that disagree, of a rule with an exception, of a condition."""
        words, code, params = self.words, finding.code, finding.params
        if code == "depends_on_day":
            return self._over_days(params)
        if code == "readings":
            return self._readings(finding)
        if code == "depends_on_option":
            said = [(words.of(label), words.text(f"says.{verdict}")) for _, label, verdict in params["options"]]
            told = (words.text("track", label=label, outcome=says) for label, says in said)
            return words.text(code, options=words.text("list_separator").join(told))
        if code == "needs_derogation":
            return f"{self.reason(finding.children[0])} {self._by_authority(finding)}"
        if code == "span_open":
            return words.text("span_open", on=words.date(params["on"]), why=self.reason(finding.children[0]))
        first, then = (self.reason(child) for child in finding.children)
        return words.text(code, first=first, then=then[:1].lower() + then[1:] if code == "perhaps_applies" else then)

    def _by_authority(self, finding: Finding) -> str:
        """That a derogation may be granted, or has been; by whom, where the notice says."""
        authority = finding.params.get("granted_by")
        return (
            self.words.text(finding.code)
            if authority is None
            else self.words.text(f"{finding.code}.by", authority=self.words.of(authority))
        )

    def _over_days(self, params: Mapping[str, Any]) -> str:
        """On which of the days that it may be a criterion is met."""
        first, last = params["from"], params["to"]
        if not LONG_AGO < first <= last < FOREVER:  # nobody has told the day: no limit of it can be named
            return self.words.text("depends_on_day.untold")
        day = last
        if params["first_pass"] is None or params.get("apart"):
            key = "depends_on_day.open"
        elif params["at_last"] is Verdict.PASS:
            key, day = "depends_on_day.from", params["first_pass"]
        elif params["at_first"] is Verdict.PASS:
            key, day = "depends_on_day.until", params["last_pass"]
        else:  # neither end passes: a stretch in between does
            key, first, last = "depends_on_day.within", params["first_pass"], params["last_pass"]
        return self.words.text(key, day=self.words.date(day), first=self.words.date(first), last=self.words.date(last))

    def _readings(self, finding: Finding) -> str:
        """What each reading says, the usual one first, and why that says so."""
        params = finding.params
        usual_one = next(index for index, pair in enumerate(params["verdicts"]) if pair[0] == params["preferred"])
        order = [usual_one, *(index for index in range(len(params["verdicts"])) if index != usual_one)]
        verdicts = self.words.text("list_separator").join(
            self.words.text(
                "reading_usual" if index == usual_one else "reading_other",
                reading=self.words.of(params["verdicts"][index][0]),
                says=self.words.text(f"says.{params['verdicts'][index][1]}"),
            )
            for index in order
        )
        why = self.reason(finding.children[usual_one])
        if Cause.MISSING_FACT not in finding.causes:
            key = "readings.met" if params["preferred_verdict"] is Verdict.PASS else "readings.only"
            return self.words.text(key, verdicts=verdicts, why=why)
        return self.words.text("readings", verdicts=verdicts, why=why)

    def _plain(self, finding: Finding) -> str:
        """The sentence of one answer: that of its code, in the words of the kind that gave it."""
        kind, code, params = _spoken_of(finding), finding.code, finding.params
        filled = self._params(kind, params, finding)
        keys = sentences_of(kind, code)
        if params.get("measure"):
            keys = [*(f"{key}.{params['measure']}" for key in keys), *keys]
        if params.get("operator"):
            keys = [*(f"{key}.{params['operator']}" for key in sentences_of(kind, code)), *keys]
        if code == "short" and params.get("at_best") is not None:
            keys = [*sentences_of(kind, "at_best"), *keys]
            filled["which"] = self._counted(finding, params["at_best"])
        if (code in ("found", "enough")) and (shown := self.proof(kind, finding)):
            results = [f"{kind}.{code}.results"] if params.get("results") else []
            keys = [*results, f"{kind}.{code}.shown", *keys]
            filled["shown"] = shown
        if params.get("lacking"):
            keys = [f"{key}.lacking" for key in sentences_of(kind, code)] + keys
            named = [[self.name("subject", one) for one in words] for words in params["lacking"]]
            filled["lacking"] = self.words.both(map(self.words.either, named))
        if params.get("parts"):
            keys = [f"{key}.of_which" for key in sentences_of(kind, code)] + keys
            filled["parts"] = self.words.both(self._part_of_run(kind, one) for one in params["parts"])
        if code == "twice":
            filled["which"] = self.words.both(self.record(path) for path in params["may_match"][:3])
        if code == "within" and params.get("have") == 0 and params.get("measure") == "count":
            keys = [*sentences_of(kind, "never"), *keys]
        if code == "share" and params["low"] == params["high"]:
            keys = ["share.exactly", *keys]
        if code == "between" and filled["have"] == filled["might"]:  # the same length, but not of the same days
            keys = [*sentences_of(kind, "between.same"), *keys]
        if code == "no_match" and finding.gap is not None and finding.gap.unit in _BY_DATE and len(params["failed"]) == 1:
            keys = [*sentences_of(kind, finding.gap.unit), *keys]  # it is the date alone
        if is_of_places(finding):
            keys = ["record.to_judge.place", *keys]
        if whose := params.get("whose"):  # what is said of the candidate's own records does not suit those of others
            said = self.words.first([f"record.{code}.whose", *(key for key in keys if not key.startswith(f"{kind}."))], **filled)
            who = self.words.either(self.reference.label("relations", one, self.words.language) for one in whose)
            return self.words.text("of_relatives", who=who, said=said[:1].lower() + said[1:])
        if params.get("line") and code != "no_line":
            said = self.words.first(keys, **filled)
            return self.words.text("by_line", line=filled["line"], said=said[:1].lower() + said[1:])
        return self.words.first(keys, **filled)

    def _params(self, kind: str, params: Mapping[str, Any], finding: Finding) -> dict[str, Any]:
        filled: dict[str, Any] = {"kind": self.kind(kind), "day": "", "n": 2, **limit_words(params, self.words, self.kind)}
        measure = params.get("measure")
        for key in ("have", "might", "need"):
            if key in params:
                value = params[key]
                in_days = isinstance(value, Cover) and finding.gap is not None and finding.verdict is Verdict.FAIL and "parts" not in params
                filled[key] = cover_told(value, self.words, in_days=True) if in_days else amount_told(value, self.words, measure)
                if isinstance(value, int) and key == "need":
                    filled["n"] = value
        if "operator" in params and "need" in filled:
            need = params["need"]
            unit = filled["need"]
            if measure in ("count", "relatives"):  # children are so many, and do not happen so many times
                own = f"{kind}.times"
                unit = self.words.count(measure if measure == "relatives" else own if own in self.words else "times", need)
            filled["asked"] = self.words.text(params["operator"], value=unit)
        if measure == "subjects":
            filled["sittings"] = self.words.count("exam.of_sittings", params["sittings"]) if "sittings" in params else ""
        if "by_calendar" in params:
            filled["by_calendar"] = length_told(params["by_calendar"], self.words)
            filled["in_days"] = self.words.count("days", params["in_days"])
        if filled.get("have") == filled.get("might") and measure == "time" and params.get("have") != params.get("might"):
            filled["have"], filled["might"] = (cover_told(params[key], self.words, in_days=True) for key in ("have", "might"))
        if finding.gap is not None:
            filled["gap"] = gap_told(finding.gap, self.words)
        if finding.day is not None:
            filled["day"] = self.days(finding.day.days)
        for key in ("on", "first_pass", "last_pass"):
            if isinstance(params.get(key), int):
                filled[key] = self.words.date(params[key])
        for key in ("first", "last"):
            if isinstance(params.get(key), Days):
                filled[key] = self.days(params[key])
        if "low" in params:
            filled["low"], filled["high"] = params["low"], params["high"]
            filled["age"] = str(params["low"]) if params["low"] == params["high"] else self.words.either([params["low"], params["high"]])
            filled["n"] = params["high"]
        for operator in ("at_least", "at_most", "more_than", "less_than"):
            if operator in params:
                filled[operator] = length_told(one, self.words) if isinstance(one := params[operator], Length) else str(one)
        if "failed" in params:
            filled["attributes"] = self.words.both(self._failed(kind, params))
            filled["value"] = self.name(params["failed"][0], params["value"]) if params["value"] is not None else ""
        elif isinstance(params.get("value"), str):
            filled["value"] = params["value"]  # an option, as it is written
        elif finding.code in ("no_number", "not_yes_or_no"):  # a fact, as it is written
            filled["value"] = self._written(params["value"])
        if "fact" in params:
            filled["fact"] = params["fact"]
        if "line" in params:
            filled["table"], filled["line"] = params["table"], self.words.both(self._column(*one) for one in params["line"])
        if "bounds" in params:
            filled["asked"] = self.words.both(
                self.words.text(name, value=amount_told(limit, self.words)) for name, limit in params["bounds"]
            )
        if finding.code == "share":
            filled["low"], filled["high"] = floor(round(100 * params["low"], 6)), ceil(round(100 * params["high"], 6))
        if finding.facts:
            named_by = RECORD_KINDS[kind].named_by if kind in RECORD_KINDS else ""
            named = [self.name(named_by, one.value) for one in finding.facts if one.value not in (None, "empty")]
            filled["facts"] = self.words.both(dict.fromkeys(named)) if named else finding.facts[0].path
            if isinstance(finding.facts[0].value, Days):
                filled["date"] = self.days(finding.facts[0].value)
        if "years" in params:
            filled["years"] = self.words.both(params["years"])
        if "record" in params:
            filled["record"] = params["record"]
        if finding.source is not None:
            filled["source"] = self.words.of(finding.source.get("name"))
        return filled

    def _part_of_run(self, kind: str, part: Mapping[str, Any]) -> str:
        """How much of an unbroken run is what a part asks for, and how much it asks for."""
        asked = self.words.both(self.words.text(operator, value=length_told(limit, self.words)) for operator, limit in part["bounds"])
        what = self.words.both(dict.fromkeys(self.attribute(name, kind) for name in part["attributes"]))
        return self.words.text("part_of_run", have=amount_told(part["have"], self.words, "time"), what=what, asked=asked)

    def _counted(self, finding: Finding, unsaid: Iterable[str]) -> str:
        """What a length counts at best: the records, and what the profile does not say of them."""
        records = self.words.both(self._records(finding))
        names = [path for path in unsaid if not path.endswith((".from", ".to", ".rate", ".since", ".until")) and "." in path]
        if not names:
            return self.words.text("counting.days", records=records)
        return self.words.text("counting", records=records, what=self.lacking(names))

    def _records(self, finding: Finding) -> list[str]:
        """The records that a finding rests on, each with its days."""
        found: dict[str, dict[str, Any]] = {}
        for fact in finding.facts:
            path, _, key = fact.path.rpartition("].")
            path = f"{path}]" if path else fact.path
            if path.endswith("]"):
                found.setdefault(path, {})[key] = fact.value
        return [self.record(path, said if len(said) > 1 or any(said) else None) for path, said in found.items()]

    def column(self, name: str, label: Mapping[str, str] | None) -> str:
        """What a column of a table is called: as the criterion about the same fact, else by its name as a profile writes it."""
        text = self.words.text("kind.age") if name == AGE else self.words.of(label) or self.words.text("column_by_name", name=name)
        return text[:1].lower() + text[1:]

    def _column(self, name: str, answer: Any, label: Mapping[str, str] | None) -> str:
        """What is so of one column of a table: `height in centimetres 155`, `age 27`."""
        called = self.column(name, label)
        if isinstance(answer, bool):
            called += self.words.text("colon")
        return f"{called} {answer if isinstance(answer, str) else self.name(name, answer)}"

    def _written(self, fact: bool | float) -> str:
        """A fact as a profile writes it."""
        return str(fact).lower() if isinstance(fact, bool) else self.words.number(fact)

    def proof(self, kind: str, finding: Finding) -> str:
        """What shows that a criterion is met, in a few words; empty where there is nothing more to say."""
        proof = RECORD_KINDS[kind].proof if kind in RECORD_KINDS else ""
        if proof == "records":
            return self.words.both(self._records(finding)[:3])
        if proof == "levels":
            results = finding.params.get("results") or ()
            return self.words.both(
                one for fact in finding.facts if (one := self._level(path := fact.path.rpartition(".")[0], fact.value, [
                    self._result(result, last) for there, result, last in results if there == path
                ]))
            )  # fmt: skip
        return ""

    def _result(self, result: TestResult, last: int | None) -> str:
        """The result of a test, with its last valid day where it has one."""
        told = self.name("tests", result)
        return told if last is None else self.words.text("valid_until", result=told, day=self.words.date(last))

    def _level(self, path: str, language: Any, results: Sequence[str] = ()) -> str:
        """A language and how well the profile says it is known, or the results that do."""
        said = self.value(path)
        if not isinstance(language, str) or not (isinstance(said, Mapping) or results):
            return ""
        name = self.reference.label("language", language, self.words.language)
        if results:
            return self.words.text("level_known", language=name, level=self.words.both(dict.fromkeys(results)))
        if said.get("native"):
            return self.words.text("level_known", language=name, level=self.words.text("native"))
        levels = []
        for key in ("level", "listening", "reading", "spoken_interaction", "spoken_production", "speaking", "writing"):
            level = said.get(key)
            if isinstance(level, Mapping):
                level = self.reference.label("said", str(level.get("said")), self.words.language)
            if isinstance(level, str):
                levels.append(level)
        return self.words.text("level_known", language=name, level=self.words.both(dict.fromkeys(levels))) if levels else name

    def _failed(self, kind: str, params: Mapping[str, Any]) -> Iterable[str]:
        """What the nearest record misses on, the first of it with what the profile says."""
        for number, name in enumerate(params["failed"]):
            value = params["value"] if number == 0 else None
            if isinstance(value, str | tuple | int) and not isinstance(value, bool) and not isinstance(value, Money) and value != ():
                shown = (
                    self.reference.label(f"{kind}_types", value, self.words.language)
                    if name == "type" and isinstance(value, str)
                    else self.name(name, value)
                )
                yield f"{self.attribute(name, kind)} ({shown})"
            else:
                yield self.attribute(name, kind)

    # ----------------------------------------------------------------------------------- other words

    def kind(self, kind: str) -> str:
        return self.words.first([f"kind.{kind}", "kind.other"])

    def verdict(self, verdict: Verdict) -> str:
        return self.words.text(f"verdict.{verdict}")

    def label(self, finding: Finding) -> str:
        """What the criterion is called: its own label, else its kind."""
        text = self.words.of(finding.label) or self.kind(finding.kind)
        return text[:1].upper() + text[1:]

    def notes(self, finding: Finding) -> Iterable[str]:
        """What was assumed or imported, worth a line of its own."""
        if (
            finding.day is not None
            and finding.day.assumed
            and finding.kind not in _TIMELESS
            and finding.verdict is not Verdict.NOT_APPLICABLE
        ):
            key = "assumed_day" if finding.day.days.exact else "assumed_day.of_option"
            yield self.words.text(key, day=self.days(finding.day.days))
        if finding.source is not None:
            status = self.words.text(f"source.{finding.source.get('status', 'unverified')}")
            yield self.words.text("from_outside", source=self.words.of(finding.source.get("name")), status=status)

    def question(self, finding: Finding) -> str | None:
        """What to ask, where a fact is missing: the notice's own question, the branch's, or one made from the path."""
        if Cause.MISSING_FACT not in finding.causes:
            return None
        asked = self.words.of(finding.question)
        if asked:
            return asked
        if (options := finding.params.get("options")) is not None:
            return self.words.text("ask.option", options=self.words.either(self.words.of(label) for _, label, _ in options))
        for child in finding.children:
            if child.needed and child.verdict is Verdict.UNKNOWN and (found := self.question(child)):
                return found
        if not finding.missing:
            return None
        names = [path.partition(".")[2].replace("_", " ") for path in finding.missing[:3]]
        return self.words.first(
            _questions_about(finding),
            paths=", ".join(finding.missing[:3]),
            what=self.words.both(names),
            list=finding.params.get("list", ""),
        )

    # --------------------------------------------------------------------------------------- the report

    def counts(self, report: Report) -> str:
        """How many criteria are met, out of how many."""
        required = report.required
        met = sum(1 for one in required if one.verdict is Verdict.PASS)
        return self.words.text("criteria_met", n=met, met=met, number=len(required))

    def open_counts(self, report: Report) -> Iterable[str]:
        """What keeps the others open: answers that are missing, the reading of the notice, a person, an exception, time."""
        every = [one for one in report.required if one.verdict is Verdict.UNKNOWN]
        open_ones = [one for one in every if one.code != CODE]
        if number := len(every) - len(open_ones):
            yield self.words.text("open.redacted", n=number, number=number)
        first = [next((cause for cause in _CAUSES if cause in one.causes), Cause.PERSON) for one in open_ones]
        for cause in _CAUSES:
            if number := first.count(cause):
                these = [one for one, why in zip(open_ones, first, strict=True) if why is cause]
                met = cause is Cause.READINGS and all(usual(one) is Verdict.PASS for one in these)
                yield self.words.text("open.readings_met" if met else f"open.{cause}", n=number, number=number)
        if every and all(usual(one) is Verdict.PASS for one in report.required):
            yield self.words.text("all_met_usually")


def is_of_places(finding: Finding) -> bool:
    """Whether it is open because nobody has established that a country belongs to what is asked for on that day."""
    where = ("country", "in", "works_in", "host", "domicile")
    return finding.code == "to_judge" and bool(finding.facts) and all(path.rpartition(".")[2] in where for path, _ in finding.facts)
