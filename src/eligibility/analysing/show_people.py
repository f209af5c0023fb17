"""Over people, what a change of a rule does: in words for a terminal, as Markdown for reviewers, and as plain data."""

from __future__ import annotations

from eligibility.analysing.answer import CriterionMovesData, MovedData, PeopleData, TurnedData
from eligibility.batch.between import WAYS, Between, Moved
from eligibility.reporters import Style
from eligibility.reporters.layout import plain_markdown, safe, wrapped
from eligibility.wording import Words

_LISTED = 20
"""So many people are named in words; a table and the page have everybody."""


def as_data(between: Between) -> PeopleData:
    """The people and the sums."""
    return PeopleData(
        people=between.people, unread=between.unread, gains=len(between.of_way("gains")), loses=len(between.of_way("loses")),
        opens=len(between.of_way("opens")),
        criteria=tuple(
            CriterionMovesData(criterion=id_, before=before, after=after, people=number)
            for (id_, _, before, after), number in between.turned()
        ),
        moved=tuple(
            MovedData(
                id=one.id, name=one.name, way=one.way, before=str(one.change.before), after=str(one.change.after),
                criteria=tuple(TurnedData(criterion=each.id, before=each.before, after=each.after) for each in one.change.criteria),
            ) for one in between.moved
        ),
    )  # fmt: skip


def heading(between: Between, words: Words) -> str:
    """How many people were asked of both rules, and how many could not be."""
    text = words.count("compare.people.asked", between.people)
    return f"{text} {words.count('compare.people.unread', between.unread)}" if between.unread else text


def as_text(between: Between, words: Words, style: Style) -> str:
    """The text, ending in a newline."""
    width, mark = max(20, style.width), "-" if style.ascii else "–"
    lines = ["", *wrapped(safe(heading(between, words)), width)]
    for text, inner in _told(between, words):
        lines += wrapped(safe(text), width, f"{mark} ", "  ")
        for one in inner:
            lines += wrapped(safe(one), width, f"    {mark} ", "      ")
    return "".join(f"{line.rstrip()}\n" for line in lines)


def as_markdown(between: Between, words: Words) -> str:
    """The same as Markdown, ending in a newline."""
    lines = ["", f"**{plain_markdown(heading(between, words))}**", ""]
    for text, inner in _told(between, words):
        lines += [f"- {plain_markdown(text)}", *(f"  - {plain_markdown(one)}" for one in inner)]
    return "".join(f"{line}\n" for line in lines)


def _told(between: Between, words: Words) -> list[tuple[str, list[str]]]:
    """Each thing that is otherwise, with whom it happens to."""
    if not between.changed:
        return [(words.text("compare.people.none"), [])]
    found = []
    for way in (*WAYS, None):
        people = between.of_way(way)
        if people:
            text = words.count(f"compare.people.{way or 'criteria_only'}.how_many", len(people))
            named = [_called(one, words) for one in people[:_LISTED]]
            if len(people) > _LISTED:
                named.append(words.count("compare.people.more", len(people) - _LISTED))
            found.append((text, named))
    for (_, label, before, after), number in between.turned():
        verdicts = {"before": words.text(f"verdict.{before}"), "after": words.text(f"verdict.{after}")}
        found.append((words.text("compare.people.of_criterion", criterion=label, number=words.number(number), n=number, **verdicts), []))
    return found


def _called(one: Moved, words: Words) -> str:
    """Somebody, with what turns for them."""
    name = one.id if one.name is None or one.name == one.id else words.text("compare.people.called", name=one.name, id=one.id)
    turned = []
    for each in one.change.criteria:
        verdicts = {"before": words.text(f"verdict.{each.before}"), "after": words.text(f"verdict.{each.after}")}
        turned.append(words.text("compare.people.turned", criterion=each.label, **verdicts))
    return f"{name}{words.text('colon')} {words.text('list_separator').join(turned)}" if turned else name
