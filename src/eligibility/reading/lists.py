"""The lists of a vacancy: countries and words of its own, with the days on which they belong to it and what they are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from eligibility.dates import FOREVER, LONG_AGO, BadDate, parse_days
from eligibility.reading.reader import Context, Path, Reader, written
from eligibility.reference import Reference


def check_lists(context: Context) -> None:
    """Refuses entries of lists that are neither words nor countries, and keys that they do not have."""
    for name, entries in context.lists.items():
        for index, entry in enumerate(entries):
            path: Path = ("lists", name, index)
            if isinstance(entry, str):
                continue
            if not isinstance(entry, dict):
                context.problem("E204", path, expected="id", value=written(entry))
                continue
            reader = Reader(entry, path, context)
            if "country" in reader:
                reader.text("country")
                for key in ("from", "to"):
                    if key in reader:
                        _day_of_list(reader, key)
            elif "id" in reader:
                reader.text("id")
                reader.texts("label")
                for at, also in reader.entries("also"):
                    if not isinstance(also, str):
                        context.problem("E204", at, expected="text", value=written(also))
                _check_wider(reader)
            else:
                reader.problem("E201", what="entry", lacking="id")
            reader.unknown_keys("entry")


def _check_wider(reader: Reader) -> None:
    """Refuses `narrower_than` a word that nothing knows, or one that is narrower itself."""
    context = reader.context
    known = {*listed_words(context.lists), *(term for tree in ("employer", "field") for term in context.reference.tree(tree))}
    known |= {term for name in context.reference.vocabularies() for term in context.reference.vocabulary(name)}
    wider = wider_words(context.lists)
    own = reader.data.get("id") if isinstance(reader.data.get("id"), str) else None
    for path, word in reader.entries("narrower_than"):
        if not isinstance(word, str) or word not in known or word == own or own in wider.get(word, ()):
            others = [one for one in listed_words(context.lists) if one != own and own not in wider.get(one, ())]
            context.problem("E205", path, word=written(word), allowed=sorted(others) or sorted(known))
    if reader.data.get("narrower_than") == []:
        reader.problem("E211", "narrower_than")


def wider_words(lists: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """The words of the lists of a vacancy that are narrower than others (`narrower_than`), each with all that are wider."""
    said: dict[str, list[Any]] = {}
    for entries in lists.values():
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, dict) and isinstance(entry.get("id"), str) and "narrower_than" in entry:
                above = entry["narrower_than"]
                said.setdefault(entry["id"], []).extend(above if isinstance(above, list) else [above])
    found: dict[str, frozenset[str]] = {}
    for word, above in said.items():
        every: dict[str, None] = {}
        waiting = [one for one in above if isinstance(one, str)]
        while waiting:
            if (one := waiting.pop()) not in every:
                every[one] = None
                waiting += [further for further in said.get(one, ()) if isinstance(further, str)]
        found[word] = frozenset(every)
    return found


def _day_of_list(reader: Reader, key: str) -> None:
    try:
        parse_days(str(reader.raw(key)))
    except BadDate as error:
        reader.problem(error.code, key, value=written(reader.raw(key)))


def listed_places(name: str, context: Context) -> Iterator[tuple[str, int, int]]:
    """The countries of a list of the vacancy, with the days between which they belong to it."""
    for index, entry in enumerate(context.lists[name]):
        path: Path = ("lists", name, index)
        word = entry.get("country") if isinstance(entry, dict) else entry
        reference = context.reference
        if not (isinstance(word, str) and (reference.is_place(word) or reference.is_group(word))):
            own = str(entry.get("id") if isinstance(entry, dict) and word is None else word)
            context.problem("E223", path if not isinstance(entry, dict) or "country" not in entry else (*path, "country"), word=own,
                            **place_meant(own, reference))  # fmt: skip
            continue
        yield word, _listed_day(entry, "from", LONG_AGO), _listed_day(entry, "to", FOREVER)


def _listed_day(entry: Any, key: str, otherwise: int) -> int:
    """The first or the last day on which an entry of a list counts; one that cannot be read is told by `check_lists`."""
    if not isinstance(entry, dict) or key not in entry:
        return otherwise
    try:
        days = parse_days(str(entry[key]))
    except BadDate:
        return otherwise
    return days.first if key == "from" else days.last


def listed_ids(name: str, context: Context) -> Iterator[str]:
    """The words of a list of the vacancy."""
    for index, entry in enumerate(context.lists[name]):
        if isinstance(entry, dict) and "id" not in entry:
            context.problem("E204", ("lists", name, index), expected="id", value=written(entry))
        else:
            yield str(entry["id"]) if isinstance(entry, dict) else str(entry)


def declared_words(context: Context) -> dict[str, tuple[str, ...]]:
    """The words that the vacancy declares: those of its lists, and the options of its choices."""
    return {option: () for options in context.choices.values() for option in options or ()} | listed_words(context.lists)


def listed_words(lists: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The ids of the lists of a vacancy, with what they are called there."""
    found: dict[str, tuple[str, ...]] = {}
    for entries in lists.values():
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, str):
                found.setdefault(entry, ())
            elif isinstance(entry, dict) and isinstance(entry.get("id"), str):
                label, also = entry.get("label"), entry.get("also")
                names = [*(label.values() if isinstance(label, dict) else [label]), *(also if isinstance(also, list) else [also])]
                found[entry["id"]] = tuple(name for name in names if isinstance(name, str))
    return found


def listing_names(lists: Mapping[str, Any]) -> frozenset[str]:
    """The words of the lists of a vacancy whose other names are all given (`also`)."""
    return frozenset(
        entry["id"] for entries in lists.values() if isinstance(entries, list)
        for entry in entries if isinstance(entry, dict) and isinstance(entry.get("id"), str) and "also" in entry
    )  # fmt: skip


def place_meant(word: str, reference: Reference) -> dict[str, Any]:
    """What a problem with a place tells of it: the code probably meant, or the names of the groups for the nearest of them."""
    word = word.strip("“”„«»‘’")  # the quotes of a word processor belong to the text for YAML
    found = reference.find_place(word)
    guess = found.id or next(iter(found.suggestions), None)
    sure = found.id is not None or reference.named("place", word) is not None
    for group in reference.groups():  # `Union européenne`, `UE`
        names = [reference.label("group", group, language).casefold() for language in ("en", "fr")]
        if guess is None and word.casefold() in (*names, *("".join(part[0] for part in name.split()) for name in names)):
            guess, sure = group, True
    return {"suggestion": guess, "sure": sure} if guess else {"allowed": sorted(reference.groups())}
