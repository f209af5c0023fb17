"""Filters about words: ids of vocabularies and hierarchies, names that the notice gives, relations, tags."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eligibility.deciding.case import Case
from eligibility.deciding.names import folded, may_be_same
from eligibility.deciding.values import as_words, by_value, lacking_unless, wanted_of
from eligibility.facts import Row
from eligibility.question.filters import Names, Tags, Terms
from eligibility.question.grammar import Related
from eligibility.reference.spelling import fold
from eligibility.verdict import FALSE, TRUE, UNKNOWN, Truth, truth_of


def terms(one: Terms, row: Row, case: Case, day: int) -> Truth:
    """A word of the notice's own that is also a spelling of another word is the notice's own, if the profile spells it so."""
    value = row.values.get(one.attribute)
    written = row.written.get(one.attribute) if row.written and one.names else None
    if value is None or written is None:
        return by_value(one, row, case, day, _term_accepted)
    own = [_own(one, word, case) for word in ((written,) if isinstance(written, str) else written)]
    if not any(own):
        return by_value(one, row, case, day, _term_accepted)
    read = as_words(value)
    return _term_accepted(one, tuple(word or known for word, known in zip(own, read, strict=True)), case, day)


def _term_accepted(one: Terms, value: Any, case: Case, day: int) -> Truth:
    wanted = wanted_of(one, case)
    if wanted is None:
        return UNKNOWN
    means = _name if isinstance(one, Names) else _term
    truth = FALSE
    for said in as_words(value):
        truth = truth | means(one, said, wanted, case)
    if one.excluded:
        truth = ~truth
    return UNKNOWN if one.open_ended and not truth.surely else truth


def _term(one: Terms, value: str, wanted: tuple[str, ...], case: Case) -> Truth:
    value = meant(one, value, case)
    if any(_is_narrower(one, value, term, case) for term in wanted):
        return TRUE
    if one.tree is not None:
        truth = FALSE
        for term in wanted:
            truth = truth | _in_tree(one, one.tree, value, term, case)
        return truth
    if any(value in one.wider.get(term, ()) for term in wanted):
        return UNKNOWN
    if value in wanted:
        return TRUE
    declared = is_declared(one, value, case) and all(is_declared(one, term, case) for term in wanted)
    return FALSE if declared else UNKNOWN


def _in_tree(one: Terms, tree: str, value: str, wanted: str, case: Case) -> Truth:
    """Whether a term is the wanted one or narrower. A word of the notice has no place in the hierarchy: it is another word than any
    exact term, while a broad one (all of the humanities) may be meant to hold it."""
    reference = case.reference
    if value != wanted and wanted in one.names and not reference.is_in_tree(tree, wanted):
        if _may_hold(one, tree, value, wanted, case):
            return UNKNOWN
        apart = not reference.is_broad(tree, value) if reference.is_in_tree(tree, value) else value in one.names
        return FALSE if apart else UNKNOWN
    surely, possibly, _ = reference.within(tree, value, wanted)
    return truth_of(surely, possibly)


def _is_narrower(one: Terms, value: str, wanted: str, case: Case) -> bool:
    """Whether a word of the notice's own is narrower than another, as the notice says; or than one that holds what that says."""
    wider = one.wider.get(value, ())
    return wanted in wider or (one.tree is not None and any(_holds(one.tree, wanted, term, case) for term in wider))


def _may_hold(one: Terms, tree: str, value: str, wanted: str, case: Case) -> bool:
    """Whether a word is wider than one of the notice's own, which it may be meant as."""
    wider = one.wider.get(wanted, ())
    return value in wider or any(_holds(tree, value, term, case) for term in wider)


def _holds(tree: str, wide: str, narrow: str, case: Case) -> bool:
    reference = case.reference
    return reference.is_in_tree(tree, wide) and reference.is_in_tree(tree, narrow) and reference.within(tree, narrow, wide).surely


def meant(one: Terms, value: str, case: Case) -> str:
    """The id of the vacancy's own word that the profile writes otherwise: by its label, or with other capitals."""
    return value if not one.names or is_declared(one, value, case) else _own(one, value, case) or value


def _own(one: Terms, word: str, case: Case) -> str | None:
    """The word of the vacancy's own that is called so."""
    spelling = folded if isinstance(one, Names) else fold
    seen = case.seen[one]
    if seen.called is None:
        seen.called = {spelling(name): own for own, names in one.names.items() for name in (*names, own)}
    return seen.called.get(spelling(word))


def is_declared(one: Terms, word: str, case: Case) -> bool:
    """Whether the reference data or a list of the vacancy knows a word: a misspelt one surely differs from nothing."""
    if word in one.names:
        return True
    if one.tree is not None:
        return case.reference.is_in_tree(one.tree, word)
    return one.vocabulary is not None and case.reference.is_term(one.vocabulary, word)


def terms_lacking(one: Terms, row: Row, case: Case, day: int) -> tuple[str, ...]:
    def settled(value: Any) -> bool:
        return all(_is_settled(one, said, case) for said in as_words(value))

    return lacking_unless(settled, one, row, case)


def doubts(one: Terms, value: str, case: Case) -> Iterator[tuple[str, str]]:
    """The terms asked for that a value only may be, each with why."""
    if one.tree is not None:
        for term in one.wanted:
            if doubt := case.reference.within(one.tree, meant(one, value, case), term).doubt:
                yield term, doubt


def _is_settled(one: Terms, value: str, case: Case) -> bool:
    """Whether the profile cannot say more: what remains is disputed, or for a person to judge."""
    value = meant(one, value, case)
    if any(value in one.wider.get(term, ()) for term in one.wanted):
        return False
    if one.tree is None:
        return is_declared(one, value, case) and (one.open_ended or not all(is_declared(one, term, case) for term in one.wanted))
    if not is_declared(one, value, case):
        return False
    own = [term for term in one.wanted if not case.reference.is_in_tree(one.tree, term)]
    if any(_may_hold(one, one.tree, value, term, case) for term in own):
        return False
    found = {case.reference.within(one.tree, value, term).doubt for term in one.wanted if term not in own}
    return not found & {"unknown_id", "vague"} and not (own and case.reference.is_broad(one.tree, value))


# ----------------------------------------------------------------------------------------------- names


def _name(one: Terms, value: str, wanted: tuple[str, ...], case: Case) -> Truth:
    assert isinstance(one, Names)
    value = meant(one, value, case)
    truth = FALSE
    for name in wanted:
        truth = truth | _same(one, value, name, case)
    return truth


def _same(one: Names, value: str, wanted: str, case: Case) -> Truth:
    if value == wanted or folded(value) == folded(wanted) or wanted in one.wider.get(value, ()):
        return TRUE
    if value in one.wider.get(wanted, ()):  # a part of a school, say, which may be the one
        return UNKNOWN
    both = is_declared(one, value, case) and is_declared(one, wanted, case)
    if both and (value in one.names) is (wanted in one.names):
        return FALSE
    if not both and wanted not in one.closed:
        return UNKNOWN
    alike = any(may_be_same(name, other) for name in _names_of(one, value, case) for other in _names_of(one, wanted, case))
    return UNKNOWN if alike else FALSE


def _names_of(one: Names, word: str, case: Case) -> tuple[str, ...]:
    """What a word is called: by the lists of the notice, else by the reference data."""
    if word in one.names or one.vocabulary is None or not case.reference.is_term(one.vocabulary, word):
        return (word, *one.names.get(word, ()))
    return (word, *(case.reference.label(one.vocabulary, word, language) for language in ("en", "fr")))


def is_strange(one: Names, value: str, case: Case) -> bool:
    """Whether nothing declares a name: it was compared as it is written."""
    return not is_declared(one, meant(one, value, case), case)


# ------------------------------------------------------------------------------------ relations and tags


def related(one: Related, row: Row, case: Case, day: int) -> Truth:
    """A word for a relation that nothing knows may mean any of them; and a spouse is one until the divorce."""
    relation, start, end = row.values["related"]
    known = TRUE if relation in one.wanted else FALSE if case.reference.is_term("relations", relation) else UNKNOWN
    return known & truth_of(start.last <= day <= end.first, start.first <= day <= end.last)


def related_lacking(one: Related, row: Row, case: Case, day: int) -> tuple[str, ...]:
    relation, *days = row.values["related"]
    unsaid = [key for key, said in zip(("from", "to"), days, strict=True) if not said.exact]
    unsaid += [] if relation in one.wanted else ["relation"]
    return tuple(f"{row.path.partition('].')[0]}].{key}" for key in unsaid)


def tags(one: Tags, row: Row, case: Case, day: int) -> Truth:
    return by_value(one, row, case, day, _tags_accepted)


def _tags_accepted(one: Tags, value: Any, case: Case, day: int) -> Truth:
    wanted = wanted_of(one, case)
    if wanted is None:
        return UNKNOWN
    said = {fold(tag) for tag in value}
    there = [any(fold(name) in said for name in (word, *one.names.get(word, ()))) for word in wanted]
    found = all(there) if one.every and not one.excluded else any(there)
    return TRUE if found is not one.excluded else FALSE
