"""Reading one mapping of a rule file: every key asked for once, every problem noted with its path."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from eligibility.question.grammar import Criterion, Moment, Records
from eligibility.question.others import Met
from eligibility.question.table import Table
from eligibility.reference import LANGUAGES

if TYPE_CHECKING:
    from eligibility.reference import Reference

Path = tuple[str | int, ...]
OF_WINDOWS = ("within", "from", "to", "after", "before", "while", "not_during")
"""Keys that a window of time has, and no criterion about records but `from` of some."""


class Problem(NamedTuple):
    """A problem at a path of the file: on its key, or on its value."""

    code: str
    path: Path
    params: Mapping[str, Any]
    on_key: bool = False


class Context(ABC):
    """What the vacancy says outside its criteria, which they may refer to; and the problems found so far."""

    def __init__(
        self,
        reference: Reference,
        *,
        dates: Iterable[str] = (),
        choices: Mapping[str, tuple[str, ...] | None] | None = None,
        lists: Mapping[str, Any] | None = None,
        default_day: Moment | None = None,
        tables: dict[str, Table | None] | None = None,
    ) -> None:
        self.reference = reference
        self.dates = frozenset(dates) | {"application"}
        self.choices = choices or {}
        self.lists = lists or {}
        self.labels: dict[str, Mapping[str, str]] = {}
        """What the criteria about facts are called, by the fact."""
        self.tables: dict[str, Table | None] = {} if tables is None else tables
        """The tables of the vacancy; None for those that are wrong."""
        self.default_day = default_day
        self.inner_day: Moment | None = None
        """The day on which records inside what is being read are asked, unless they have one of their own."""
        self.problems: list[Problem] = []
        self.references: list[tuple[str, Path]] = []
        self.scales: frozenset[str] = frozenset()
        """The scales on which the alternatives that are being read ask for a mark."""
        self.met: list[Met] = []
        """The criteria that ask another one again: `met:`."""
        self.sizes: dict[Path, int] = {}
        """How many values each criterion of the vacancy has, those of its readings among them."""
        self.varied = 0
        """How many values were read again for readings."""

    def beside(self) -> Context:
        """The same for a part that is read by itself: with problems of its own."""
        other = type(self)(
            self.reference, dates=self.dates, choices=self.choices, lists=self.lists, default_day=self.default_day, tables=self.tables
        )
        other.varied, other.met, other.scales = self.varied, self.met, self.scales
        return other

    def problem(self, code: str, path: Path, on_key: bool = False, **params: Any) -> None:
        self.problems.append(Problem(code, path, params, on_key))

    @contextmanager
    def asked_on(self, day: Moment | None) -> Iterator[None]:
        """While this lasts, records inside what is being read are asked on a day."""
        outer, self.inner_day = self.inner_day, day
        yield
        self.inner_day = outer

    @abstractmethod
    def criterion(self, raw: Any, path: Path) -> Criterion | None:
        """A criterion inside what is read: the grammar is recursive, and `RuleContext` knows all of it."""

    @abstractmethod
    def records(self, raw: Any, path: Path, role: str, months: bool = False) -> Records | None:
        """A question about records inside what is read, in the role of `honoured.SERVES` that it has there; `months`: its length is
        counted in months or years there."""


class Reader:
    """One mapping; `unknown_keys` at the end reports the keys nobody asked for."""

    def __init__(self, data: Mapping[str, Any], path: Path, context: Context) -> None:
        self.data = data
        self.path = path
        self.context = context
        self.asked: set[str] = set()

    def __contains__(self, key: str) -> bool:
        self.asked.add(key)
        return key in self.data

    def raw(self, key: str, default: Any = None) -> Any:
        self.asked.add(key)
        return self.data.get(key, default)

    def at(self, key: str | int) -> Path:
        return (*self.path, key)

    def problem(self, code: str, key: str | None = None, on_key: bool = False, **params: Any) -> None:
        self.context.problem(code, self.path if key is None else self.at(key), on_key, **params)

    def no_effect(self, key: str) -> None:
        """A key that this place does not honour."""
        self.problem("E238", key, on_key=True, word=key, works=f"in_{key}")

    def typed(self, key: str, kind: type, expected: str) -> Any:
        """The value of a key, or None; a value of another type is a problem."""
        value = self.raw(key)
        if value is None:
            if key in self.data:
                self.problem("E204", key, expected=expected, value="")
            return None
        if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
            self.problem("E204", key, expected=expected, value=written(value))
            return None
        return value

    def text(self, key: str) -> str | None:
        value: str | None = self.typed(key, str, "text")
        return value

    def flag(self, key: str) -> bool | None:
        value: bool | None = self.typed(key, bool, "true_or_false")
        return value

    def one_of(self, key: str, allowed: Iterable[str], default: str) -> str:
        value = self.text(key)
        if value is None:
            return default
        if value not in allowed:
            self.problem("E205", key, word=value, allowed=sorted(allowed))
            return default
        return value

    def texts(self, key: str) -> Mapping[str, str] | None:
        """Words in two languages: a mapping {fr, en}; a bare text stands for both."""
        value = self.raw(key)
        if value is None and key not in self.data:
            return None
        words, problems = words_in(value)
        for code, inside, params in problems:
            self.context.problem(code, (*self.at(key), *inside), bool(inside) and code == "E203", **params)
        return words

    def several_texts(self, key: str) -> tuple[Mapping[str, str], ...]:
        """One text, or a list of them, each in two languages. None may be empty."""
        if key not in self:
            return ()
        value = self.raw(key)
        if value == []:
            self.problem("E211", key)
        found = []
        for path, entry in self.entries(key) if value is not None else [(self.at(key), None)]:
            words, problems = words_in(entry)
            if words is not None and not all(text.strip() for text in words.values()):
                words, problems = None, [("E204", (), {"expected": "words_in_languages", "value": ""})]
            for code, inside, params in problems:
                self.context.problem(code, (*path, *inside), bool(inside) and code == "E203", **params)
            if words is not None:
                found.append(words)
        return tuple(found)

    def entries(self, key: str) -> list[tuple[Path, Any]]:
        """The entries of a list, each with its path; a single value stands for a list of one."""
        value = self.raw(key)
        if value is None:
            return []
        if isinstance(value, list):
            return [((*self.at(key), index), entry) for index, entry in enumerate(value)]
        return [(self.at(key), value)]

    def names(self, key: str) -> tuple[str, ...]:
        """The entries of a list of names, which may be numbers: the years of a rule."""
        return tuple(self.named(self.entries(key)))

    def named(self, entries: Iterable[tuple[Path, Any]]) -> Iterator[str]:
        """Those of some entries that are names; the others are told."""
        for path, entry in entries:
            if isinstance(entry, str | int) and not isinstance(entry, bool):
                yield str(entry)
            else:
                self.context.problem("E204", path, expected="text", value=written(entry))

    def unknown_keys(self, what: str) -> None:
        for key in self.data:
            if key in OF_WINDOWS and key not in self.asked and "kind" in self.data:
                self.problem("E238", key, on_key=True, word=key, works="in_window")
            elif key not in self.asked:
                cut = cut_by_comma(self.data[key]) if " " in key else {}
                self.problem("E203", key, on_key=True, word=key, allowed=sorted(self.asked), what=what, **cut)


def cut_by_comma(value: Any) -> dict[str, str]:
    """What a key without a value is that stands where no key does: the rest of a text, `{name: five years, less a day}`."""
    return {"form": "comma"} if value is None else {}


def words_in(value: Any) -> tuple[Mapping[str, str] | None, list[tuple[str, Path, dict[str, Any]]]]:
    """Words in the languages of the program; else the code of each problem, with its path inside and its facts."""
    if isinstance(value, str):
        return dict.fromkeys(LANGUAGES, value), []
    if not isinstance(value, dict) or not value:
        return None, [("E204", (), {"expected": "words_in_languages", "value": written(value)})]
    found: list[tuple[str, Path, dict[str, Any]]] = []
    for language, text in value.items():
        if language not in LANGUAGES:
            found.append(("E203", (language,), {"word": language, "allowed": list(LANGUAGES), **cut_by_comma(text)}))
        elif not isinstance(text, str) or not text:
            found.append(("E204", (language,), {"expected": "text", "value": written(text)}))
    return (None if found else value.copy()), found


def values_in(data: Any) -> int:
    """How many values some data hold."""
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return 1 + sum(map(values_in, inner))


def beyond(value: Any, kind: str, name: Any, reference: Reference, path: Path) -> Iterator[Problem]:
    """A mark that is not on its scale (of the `scales`), or a result that its test (of the `tests`) does not give."""
    known = reference.range_of(kind, name) if isinstance(name, str) else None
    words = reference.mark_words(kind, name) if isinstance(name, str) else ()
    if isinstance(value, str):
        if words and reference.mark_word(kind, name, value) is None:
            yield Problem("E205", path, {"word": value, "allowed": list(words)})
        elif known is not None and not words:
            yield Problem("E204", path, {"value": written(value), "expected": "number"})
    elif isinstance(value, int | float) and not isinstance(value, bool):
        if known is not None and not known[0] <= value <= known[1]:
            yield Problem("E204", path, {"value": written(value), "expected": "between", "limit": known[1], "least": known[0]})
        elif known is None and words:
            yield Problem("E205", path, {"word": written(value), "allowed": list(words)})


def written(value: Any) -> str:
    """A value as it may stand in a file, cut so that a message stays readable."""
    text = _flow(value, 41)
    return text if len(text) <= 40 else f"{text[:39]}…"


def as_word(value: Any) -> str:
    """A word of a file, whole; a number, or what is no word, as it is written."""
    return value if isinstance(value, str) else written(value)


def _flow(value: Any, room: int) -> str:
    """The value, or more of it than there is room for."""
    if isinstance(value, dict | list):
        parts: list[str] = []
        for one in value.items() if isinstance(value, dict) else value:
            text = f"{one[0][:room]}: {_flow(one[1], room)}" if isinstance(value, dict) else _flow(one, room)
            parts.append(text)
            if (room := room - len(text)) <= 0:
                break
        return f"{{{', '.join(parts)}}}" if isinstance(value, dict) else f"[{', '.join(parts)}]"
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
    return str(value)
