"""Text for a terminal or a page: the summary of all vacancies, and one vacancy criterion by criterion.

The word carries the verdict, the mark before it is decoration. Nothing is cut; no line is wider than the terminal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from shlex import quote

from eligibility.application_period import safe_end
from eligibility.report import Finding, Report, Track, plain
from eligibility.reporters import Shown, papers
from eligibility.reporters.advice import Advice
from eligibility.reporters.asked import Asked
from eligibility.reporters.changes import lines_of
from eligibility.reporters.layout import command_lines, safe, width_of, wrapped
from eligibility.reporters.next_step import asked_on, by_when, lacks_facts, waiting_told, whichever_told
from eligibility.reporters.period import closed_told, closes_told, closing_note, opens_told, track_told
from eligibility.reporters.sentences import Sentences, is_vague, usual
from eligibility.verdict import Cause, Closing, Outcome, Verdict

MARKS = {
    Verdict.PASS: ("✓", "+"), Verdict.FAIL: ("✗", "x"), Verdict.UNKNOWN: ("?", "?"), Verdict.NOT_APPLICABLE: ("·", "."),
    "judged": ("~", "~"), "closed": ("–", "-"),
}  # fmt: skip
OUTCOME_MARK = {
    Outcome.LIKELY_ELIGIBLE: Verdict.PASS, Outcome.MORE_INFORMATION: Verdict.UNKNOWN, Outcome.NOT_ELIGIBLE: Verdict.FAIL,
}  # fmt: skip
_LABEL_WIDTH = 11
_MOST_STEPS = 5
"""How many vacancies that one may still be eligible for, those that close first, are named among the next steps."""
_FIXED = ("citizenship", "age")
"""Kinds of criteria of which a candidate can change nothing in time."""
_STDIN = "<stdin>"


def render(shown: Shown) -> str:
    """The report as text, ending in a newline."""
    writer = _Writer(shown)
    notice = any(report.redacted for report in shown.reports)
    lines = [
        *([*writer.lines(shown.words.text("redacted.notice")), ""] if notice else ()),
        *(lines_of(shown.before, shown) if shown.before is not None else ()),
        *(writer.details() if shown.detail else writer.summary()),
    ]
    return "".join(f"{line.rstrip()}\n" for line in lines)


class _Writer:
    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        self.words = shown.words
        self.asked = Asked(shown.vacancies, shown.reference)
        self.sentences = Sentences(shown.words, shown.reference, shown.value, self.asked, shown.not_understood)
        self.width = max(20, shown.style.width)
        self.told: dict[str, str] = {}

    def mark(self, key: Verdict | str) -> str:
        return MARKS[key][1 if self.shown.style.ascii else 0]

    def lines(self, text: str, first: str = "", rest: str | None = None) -> Iterator[str]:
        return wrapped(safe(text), self.width, first, rest)

    @staticmethod
    def whole(text: str, indent: str) -> str:
        """A line of something to be copied, an id or a command: never broken, even where it runs over the width."""
        return f"{indent}{safe(text)}"

    def of(self, texts: Mapping[str, str] | None) -> str:
        return self.words.of(texts)

    # --------------------------------------------------------------------------------------- summary

    def summary(self) -> Iterator[str]:
        reports = self.shown.reports
        name = reports[0].candidate if reports else None
        days = sorted({asked_on(report) for report in reports})  # it may be tomorrow elsewhere
        day = self.words.either([self.words.date(day) for day in days])
        title = "summary.title" if name else "summary.title_without_name"
        yield from self.lines(self.words.text(title, name=name, day=day))
        groups = self._grouped(reports)
        counts = [self.words.text(f"summary.count.{key}", n=len(group), number=len(group)) for key, group in groups if group]
        yield from self.lines(self.words.text("summary.read", n=len(reports), number=len(reports), counts=", ".join(counts)))
        if reports and all(report.closed for report in reports):
            yield from self.lines(self.words.text("summary.last_days", counts=", ".join(self._on_last_days(reports))))
        for key, group in groups:
            if not group:
                continue
            yield ""
            yield from self.lines(f"{self.words.text(f'outcome.{key}').upper()} ({len(group)})")
            for report in group:
                yield from self._closed_line(report) if key == "closed" else self._vacancy(report)
        yield from self._unread()
        yield from self._next_steps(groups)
        if self.shown.papers:
            yield from papers.lines_of(self.shown)
        yield ""
        yield from self.lines(self.words.text("footer.several", profile=self.shown.profile_name))

    def _on_last_days(self, reports: Sequence[Report]) -> Iterator[str]:
        """How many one was eligible for on the last day, and the like: of what has closed, that is the answer."""
        for outcome in Outcome:
            if number := sum(report.outcome is outcome for report in reports):
                yield self.words.text(f"summary.count.{outcome}", n=number, number=number)

    def _grouped(self, reports: Sequence[Report]) -> list[tuple[str, list[Report]]]:
        """Likely eligible by nearest deadline, then incomplete, not eligible, closed."""
        nearest_first = sorted(reports, key=lambda one: (one.deadline.day if one.deadline else 10_000_000, one.vacancy))
        groups = [
            (str(outcome), [one for one in nearest_first if one.outcome is outcome and not one.closed])
            for outcome in (Outcome.LIKELY_ELIGIBLE, Outcome.MORE_INFORMATION, Outcome.NOT_ELIGIBLE)
        ]
        return [*groups, ("closed", sorted((one for one in reports if one.closed), key=lambda one: one.vacancy))]

    def _vacancy(self, report: Report) -> Iterator[str]:
        mark = self.mark(OUTCOME_MARK[report.outcome])
        yield from self.lines(self._beside_option(self._title(report), report), f"{mark} ", "    ")
        yield self.whole(report.vacancy, "    ")
        yield from self.lines(self._deadline(report), "    ")
        for note in self._not_yet(report):
            yield from self.lines(note, "    ")
        yield from self.lines(self._count_line(report), "    ")
        if (waiting := self.shown.waiting.get(report.vacancy)) is not None:
            yield from self.lines(waiting_told(waiting, self.words), "    ")
        if report.reviewed is None:
            yield from self.lines(self.words.text("not_reviewed"), "    ")
        self.told = {}
        if told := whichever_told(report, self.sentences):
            yield from self.lines(told, "    ")
        yield from self._stopping(report.required, report.outcome)
        for track in report.tracks:
            yield from self.lines(track_told(track, report, self.words), "    - ", "      ")
        for track in report.other_tracks:
            yield from self._stopping([one for one in track.findings if one.option and one.importance == "required"], track.outcome)
        if note := closing_note(report.closing, report.deadline, self.words):
            yield from self.lines(note, "    ")

    def _stopping(self, findings: Iterable[Finding], outcome: Outcome) -> Iterator[str]:
        """The criteria that keep an outcome from being a better one, with why."""
        every = list(findings)
        fails = outcome is Outcome.NOT_ELIGIBLE and any(one.verdict is Verdict.FAIL for one in every)
        for finding in every:
            if finding.verdict is (Verdict.FAIL if fails else Verdict.UNKNOWN):
                text = f"{self.sentences.label(finding)}{self.words.text('colon')} {self._reason(finding)}"
                yield from self.lines(text, "    - ", "      ")

    def _track(self, track: Track, report: Report) -> str:
        outcome = "closed" if track.closing is Closing.CLOSED and not report.closed else track.outcome
        return self.words.text("track", label=self.of(track.label), outcome=self.words.text(f"outcome.{outcome}"))

    def _beside_option(self, text: str, report: Report) -> str:
        """What is said of a vacancy, with the option it is said of where nobody has picked one."""
        return text if report.option is None else self.words.text("with_option", text=text, option=self.of(report.option))

    def _reason(self, finding: Finding) -> str:
        """Why; a question of reading that is word for word that of a criterion above is not asked twice."""
        reason = self.sentences.reason(finding)
        if Cause.READINGS not in finding.causes:
            return reason
        if (above := self.told.get(reason)) is not None:
            return self.words.text("as_above", label=above)
        self.told[reason] = self.sentences.label(finding)
        return reason

    def _count_line(self, report: Report) -> str:
        parts = [self.sentences.counts(report)]
        parts += self.sentences.open_counts(report)
        if report.judged:
            parts.append(self.words.text("points_to_judge", n=len(report.judged), number=len(report.judged)))
        return " ".join(parts)

    def _closed_line(self, report: Report) -> Iterator[str]:
        yield from self.lines(self._beside_option(self._title(report), report), f"{self.mark('closed')} ", "    ")
        yield self.whole(report.vacancy, "    ")
        yield from self.lines(closed_told(report, self.words), "    ")

    def _title(self, report: Report) -> str:
        organisation = self.of(report.organisation)
        return f"{self.of(report.title)}, {organisation}" if organisation else self.of(report.title)

    def _deadline(self, report: Report) -> str:
        return closes_told(report, self.words)

    def _unread(self) -> Iterator[str]:
        if self.shown.unread:
            yield ""
            yield from self.lines(self.words.text("unread", n=len(self.shown.unread), number=len(self.shown.unread)).upper())
            for name in self.shown.unread:
                yield from self.lines(name, "- ", "  ")

    def _not_yet(self, report: Report) -> Iterator[str]:
        """That a notice was not out yet on the day, or that one cannot apply yet, where the rule gives these days."""
        vacancy = self.asked.vacancy(report.vacancy)
        if vacancy is None:
            return
        if vacancy.notice is not None and vacancy.notice.published is not None:
            published = vacancy.notice.published.toordinal()
            if published > report.on:
                yield self.words.text("not_published", day=self.words.date(published))
        if opening := opens_told(report, self.words):
            yield opening

    def _next_steps(self, groups: list[tuple[str, list[Report]]]) -> Iterator[str]:
        """What to do, by the nearest deadline; last a vacancy one is not eligible for, if something of that may change."""
        by_key = dict(groups)
        hopeful = [*by_key["likely_eligible"], *by_key["more_information_needed"]]
        hopeful = sorted(hopeful, key=_last_safe_day)[:_MOST_STEPS]
        steps = [(self._step(report), "eligibility check", report) for report in hopeful]
        later = [one for one in by_key["not_eligible"] if one.vacancy in self.shown.waiting]
        steps += [(self._wait(report), "eligibility when", report) for report in later[:_MOST_STEPS]]
        for report in () if later else by_key["not_eligible"]:
            if not any(one.verdict is Verdict.FAIL and _is_fixed(one) for one in report.required):
                key = "next.not_eligible" if report.deadline else "next.not_eligible_open"
                closing = self.words.date(report.deadline.day) if report.deadline else ""
                text = self.words.text(key, closing=closing, title=self._beside_option(self.of(report.title), report))
                steps.append((text, "eligibility check", report))
                break
        if not steps and (not by_key["closed"] or by_key["not_eligible"]):
            return
        yield ""
        yield self.words.text("next.title").upper()
        from_stdin = self.shown.profile_name == _STDIN
        profile = "-" if from_stdin else quote(self.shown.profile_name)
        for number, (text, command, report) in enumerate(steps, 1):
            yield from self.lines(text, f"  {number}. ", "     ")
            parts = (command, profile, f"--vacancy {report.vacancy}", *self.shown.options)
            yield from command_lines(parts, "     ", self.width)
        if steps and self.shown.asks and any(lacks_facts(report) for report in hopeful):
            yield from self.lines(self.words.text("next.ask"), f"  {len(steps) + 1}. ", "     ")
            yield from command_lines(self.shown.asks, "     ", self.width)
        if not steps:
            yield from self._all_closed(by_key["closed"], profile)
        if from_stdin:
            yield from self.lines(self.words.text("next.stdin"), "  ")

    def _all_closed(self, closed: list[Report], profile: str) -> Iterator[str]:
        """How one would have done: on the last day of the vacancy that closed last."""
        yield from self.lines(self.words.text("next.all_closed"), "  ")
        day = max(map(_last_safe_day, closed))
        options = [one for one in self.shown.options if not one.startswith("--on ")]
        yield from command_lines(("eligibility check", profile, f"--on {date.fromordinal(day).isoformat()}", *options), "     ", self.width)

    def _step(self, report: Report) -> str:
        """What to do about one vacancy, and until when: the day that is safe under every reading of the deadline."""
        if report.outcome is Outcome.LIKELY_ELIGIBLE:
            key = "next.likely_eligible"
        else:
            open_ones = [one for one in report.required if one.verdict is Verdict.UNKNOWN]
            only_readings = all(Cause.MISSING_FACT not in one.causes and usual(one) is Verdict.PASS for one in open_ones)
            key = "next.usual" if only_readings else "next.more_information_needed" if lacks_facts(report) else "next.open"
        deadline = report.deadline
        when = self.words.text("next.no_deadline") if deadline is None else by_when(self.sentences, deadline)
        return self.words.text(key, when=when, title=self._beside_option(self.of(report.title), report))

    def _wait(self, report: Report) -> str:
        """From when on to apply, and until when."""
        deadline, waiting = report.deadline, self.shown.waiting[report.vacancy]
        when = self.words.text("next.no_deadline") if deadline is None else by_when(self.sentences, deadline)
        title = self._beside_option(self.of(report.title), report)
        return self.words.text("next.wait", day=self.words.date(waiting.first), when=when, title=title)

    # ---------------------------------------------------------------------------------------- detail

    def details(self) -> Iterator[str]:
        for index, report in enumerate(self.shown.reports):
            if index:
                yield ""
                yield ""
            yield from self._detail(report)
        yield from self._unread()
        if self.shown.papers and len(self.shown.reports) != 1:
            yield from papers.lines_of(self.shown)

    def _detail(self, report: Report) -> Iterator[str]:
        self.told = {}
        yield from self.lines(self.of(report.title))
        if report.organisation:
            yield from self.lines(self.of(report.organisation))
        yield from self.lines(self._deadline(report))
        if note := closing_note(report.closing, report.deadline, self.words):
            yield from self.lines(note)
        for note in self._not_yet(report):
            yield from self.lines(note)
        yield from self.lines(self._rule(report))
        yield ""
        outcome = self._beside_option(self.words.text(f"outcome.{report.outcome}").upper(), report)
        if report.closed:
            yield from self.lines(self.words.text("result_closed", outcome=self.words.text("outcome.closed").upper()))
            yield from self.lines(self._beside_option(closed_told(report, self.words), report))
            if _on_last_day(report):
                yield from self.lines(self.words.text("another_day"))
        else:
            yield from self.lines(self.words.text("result", outcome=outcome))
        if (waiting := self.shown.waiting.get(report.vacancy)) is not None:
            yield from self.lines(waiting_told(waiting, self.words))
        if told := whichever_told(report, self.sentences):
            yield from self.lines(told)
        yield from self.lines(self._tally(report))
        for track in report.tracks:
            yield from self.lines(track_told(track, report, self.words), "- ", "  ")
        yield from self._sections(report.findings, report)
        for track in report.other_tracks:
            yield ""
            yield from self.lines(self._track(track, report))
            yield from self._sections([one for one in track.findings if one.option is not None], report)
        if report.desirable:
            yield ""
            yield from self.lines(f"{self.words.text('section.desirable').upper()} ({len(report.desirable)})")
            for finding in report.desirable:
                yield from self._finding(finding, report)
        if report.judged:
            yield ""
            number = len(report.judged)
            yield from self.lines(self.words.text("section.judged", number=number))
            for finding in report.judged:
                clause = f" ({finding.clause})" if finding.clause else ""
                yield from self.lines(f"{self.sentences.label(finding)}{clause}", f"{self.mark('judged')} ", "  ")
        if report.information:
            yield ""
            yield self.words.text("section.information").upper()
            for label, where in report.information:
                yield from self.lines(self.of(label) + (f" ({where})" if where else ""), "- ", "  ")
        if self.shown.papers and len(self.shown.reports) == 1:
            yield from papers.lines_of(self.shown)
        yield ""
        if report.contact:
            yield from self.lines(self.words.text("questions_to", contact=report.contact))
        profile = self.shown.profile_name
        yield from self.lines(self.words.text("footer.one", profile=profile) if profile else self.words.text("footer.data"))

    def _sections(self, findings: Iterable[Finding], report: Report) -> Iterator[str]:
        """Required criteria, by verdict."""
        required = [one for one in findings if one.importance == "required"]
        for verdict in (Verdict.FAIL, Verdict.UNKNOWN, Verdict.PASS, Verdict.NOT_APPLICABLE):
            group = [one for one in required if one.verdict is verdict]
            if group:
                yield ""
                yield from self.lines(f"{self.words.text(f'section.{verdict}').upper()} ({len(group)})")
                for finding in group:
                    yield from self._finding(finding, report)

    def _rule(self, report: Report) -> str:
        if report.reviewed is None:
            return self.words.text("rule_not_reviewed", vacancy=report.vacancy)
        day = self.words.date(date.fromisoformat(report.reviewed).toordinal())
        key = "rule" if report.reviewed_by is None else "rule_by"
        return self.words.text(key, vacancy=report.vacancy, reviewed=day, by=report.reviewed_by)

    def _tally(self, report: Report) -> str:
        required = report.required
        tally = []
        for verdict in (Verdict.FAIL, Verdict.UNKNOWN, Verdict.PASS):
            number = sum(1 for one in required if one.verdict is verdict)
            if number:
                tally.append(self.words.text(f"tally.{verdict}", n=number, number=number))
        if report.judged:
            tally.append(self.words.text("tally.judged", n=len(report.judged), number=len(report.judged)))
        return self.words.text("tally", parts=", ".join(tally)) if tally else ""

    def _finding(self, finding: Finding, report: Report) -> Iterator[str]:
        mark = self.mark(finding.verdict)
        if finding.importance == "desirable":
            word = self.sentences.verdict(finding.verdict)
            yield from self._heading(f"{self.sentences.label(finding)} ({word})", finding.id, mark)
        else:
            yield from self._heading(self.sentences.label(finding), finding.id, mark)
        open_one = finding.verdict in (Verdict.FAIL, Verdict.UNKNOWN) and finding.importance == "required"
        if not open_one:
            text = self.sentences.reason(finding)
            if finding.verdict is Verdict.PASS and self.asked.counts_absences(report.vacancy, finding):
                text += " " + self.words.text("residence.absences_counted")
            if finding.clause:
                text += " " + self.words.text("see_clause", clause=finding.clause)
            yield from self.lines(text, "    ")
            for note in self.sentences.notes(finding):
                yield from self.lines(note, "    ")
            return
        yield from self._entry("why", self._reason(finding))
        for note in self.sentences.notes(finding):
            yield from self._entry("note", note)
        question = self.sentences.question(finding) if finding.verdict is Verdict.UNKNOWN else None
        if question:
            yield from self._entry("question", question)
        yield from self._profile_lines(finding)
        notice = self.sentences.label(finding) + (f" ({finding.clause})" if finding.clause else "")
        if finding.quote:
            notice = f"« {finding.quote} »" + (f" ({finding.clause})" if finding.clause else "")
        yield from self._entry("notice", notice)
        yield from self._entry("do", Advice(self.sentences, report, report.vacancy in self.shown.waiting).next_step(finding))

    def _heading(self, label: str, name: str | None, mark: str) -> Iterator[str]:
        label, name = safe(label), safe(name or "")
        room = self.width - 2 - width_of(label) - width_of(name)
        if name and room >= 2:
            yield f"{mark} {label}{' ' * room}{name}"
            return
        yield from wrapped(label, self.width, f"{mark} ", "  ")
        if name:
            yield self.whole(name, "    ")

    def _entry(self, key: str, text: str) -> Iterator[str]:
        """One line of a finding under its heading word; without a key, a line more under the same word."""
        label = self.words.text(f"entry.{key}") if key else ""
        if self.width < 60:
            yield from self.lines(f"{label}{self.words.text('colon')} {text}" if label else text, "  " if label else "    ", "    ")
        else:
            yield from self.lines(text, f"    {label:<{_LABEL_WIDTH}}", " " * (4 + _LABEL_WIDTH))

    def _profile_lines(self, finding: Finding) -> Iterator[str]:
        seen: list[str] = []
        for fact in finding.facts:
            place = self.shown.place(fact.path)
            where = f"{place.file}:{place.line}  " if place is not None else ""
            value = f": {self._value(fact.path, fact.value)}" if fact.value is not None else ""
            if (line := f"{where}{self._record_of(fact.path)}{value}") not in seen:
                seen.append(line)
        values = {path: self.shown.value(path) for path in finding.missing}
        said = {path: value for path, value in values.items() if value is not None and not isinstance(value, list | dict)}
        shown = {fact.path for fact in finding.facts}
        for path, value in said.items():  # what is said is not missing, though it does not settle it
            if is_vague(value):
                seen.append(self.words.text("profile.vague", path=path, value=value))
            elif path not in shown:
                seen.append(f"{path}: {self._value(path, value)}")
        missing = [path for path in finding.missing if path not in said]
        if missing:
            text = self.words.text("profile.missing", paths=", ".join(missing[:4]))
            if len(missing) > 4:
                text += f" (+{len(missing) - 4})"
            seen.append(text)
        for number, line in enumerate(seen[:6]):
            yield from self._entry("" if number else "profile", line)

    def _record_of(self, path: str) -> str:
        """`experience[2]` with what tells it apart."""
        return self.sentences.record(path) if path.endswith("]") else path

    def _value(self, path: str, value: object) -> str:
        if value == "empty":
            return "[]"
        shown = plain(value)
        if isinstance(shown, list):
            told = [self._value(path, one) for one in shown]
            return "-".join(dict.fromkeys(told)) if path.endswith(".level") else ", ".join(told)
        if isinstance(shown, dict):  # a mark on its scale, the scores of tests
            return (
                f"{shown['value']} ({shown['scale']})"
                if set(shown) == {"scale", "value"}
                else ", ".join(f"{key} {self._value(path, one)}" for key, one in shown.items())
            )
        return str(shown).lower() if isinstance(shown, bool) else str(shown)  # as a profile writes it


def _on_last_day(report: Report) -> bool:
    """Whether a report is about the last day of its vacancy."""
    return report.deadline is not None and report.on == report.deadline.day


def _last_safe_day(report: Report) -> int:
    """The last day on which one is in time however the deadline is read; far away where there is none."""
    return 10_000_000 if report.deadline is None else safe_end(report.deadline)[0]


def _is_fixed(finding: Finding) -> bool:
    """Whether a criterion that is not met asks only for what nobody can change: a citizenship, an age."""
    parts = [one for one in finding.children if one.needed and one.verdict is Verdict.FAIL]
    return all(map(_is_fixed, parts)) if parts else finding.kind in _FIXED
