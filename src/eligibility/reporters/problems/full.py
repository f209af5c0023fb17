"""For people: the sentence, the place, the line with carets under it, what helps; then the numbers."""

from __future__ import annotations

from collections.abc import Iterator

from eligibility.diagnostic import Diagnostic, Place
from eligibility.reporters.layout import safe, width_of, wrapped
from eligibility.reporters.problems import Told
from eligibility.reporters.problems.excerpt import Excerpt, excerpt, lines_of
from eligibility.reporters.problems.sentence import advice_of, heading, helped
from eligibility.reporters.problems.tally import summary


def render(told: Told) -> str:
    """A block for each problem, then the summary; only `file:line:col` may be wider than the terminal."""
    writer = _Writer(told)
    return "".join(f"{line.rstrip()}\n" for line in writer.lines())


class _Writer:
    def __init__(self, told: Told) -> None:
        self.told = told
        self.words = told.words
        self.width = max(20, told.style.width)
        self.open_file: tuple[str, list[str] | None] = "", None

    def lines(self) -> Iterator[str]:
        for problem in self.told.diagnostics:
            yield from self._block(problem)
            yield ""
        yield from wrapped(safe(summary(self.told)), self.width)
        if self.told.diagnostics:
            code = min(problem.code for problem in self.told.diagnostics)
            yield from wrapped(self.words.text("problems.explain", code=code), self.width, "", "  ")

    def _block(self, problem: Diagnostic) -> Iterator[str]:
        guess, hint = advice_of(problem, self.words)
        place = problem.place
        gutter = " " * max(2, len(str(place.line)))
        yield from wrapped(safe(heading(problem, self.words)), self.width, "", "  ")
        yield f"{gutter}--> {safe(str(place))}"
        found = self._excerpt(place, self.width - len(gutter) - 3)
        if found is not None:
            carets = f"{gutter} | {found.carets}"
            if guess and width_of(carets) + 1 + width_of(safe(guess)) <= self.width:
                carets, guess = f"{carets} {safe(guess)}", ""
            yield f"{gutter} |"
            if found.before is not None:
                yield f"{place.line - 1:>{len(gutter)}} | {found.before}"
            yield f"{place.line:>{len(gutter)}} | {found.line}"
            yield carets
        if text := " ".join(filter(None, (guess, hint))):
            if found is not None:
                yield f"{gutter} |"
            yield from wrapped(safe(helped(text, self.words)), self.width, f"{gutter} = ", f"{gutter}   ")

    def _excerpt(self, place: Place, room: int) -> Excerpt | None:
        if self.open_file[0] != place.file or self.open_file[1] is None:  # sorted by file: one at a time is enough
            text = self.told.text_of(place.file)
            self.open_file = place.file, None if text is None else lines_of(text)
        lines = self.open_file[1]
        return None if lines is None else excerpt(lines, place, room, self.told.style.ascii)
