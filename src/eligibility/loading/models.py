"""From documents to models: a profile, a vacancy; every problem with its line and column."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from eligibility.dates import LONG_AGO
from eligibility.diagnostic import Diagnostic, Edit, Problems, in_line_order
from eligibility.loading.children import children_not_listed
from eligibility.loading.document import Document
from eligibility.loading.edits import edits_for
from eligibility.loading.files import read_source
from eligibility.loading.hours import in_doubt
from eligibility.loading.loaded import Loaded, Readable
from eligibility.loading.meant import is_sure, meant, misspelt_head
from eligibility.loading.nearest import bare
from eligibility.loading.ranges import out_of_range
from eligibility.loading.vocabularies import MAX_SUGGESTIONS, tidy
from eligibility.loading.yaml_reader import read_yaml
from eligibility.loading.yaml_scalars import read_plain
from eligibility.numerals import two_readings
from eligibility.profile import SOURCES, Person, Profile, Relative
from eligibility.profile_values import days_meant
from eligibility.question.quantity import OPERATORS
from eligibility.reading.reader import Path, Problem, written
from eligibility.reference import Reference, load_reference
from eligibility.vacancy import FORMAT, Vacancy, parse_vacancy

_EXPECTED = {
    "string_type": "text", "bool_type": "true_or_false", "int_type": "whole_number", "float_type": "number", "dict_type": "mapping",
    "model_type": "mapping", "list_type": "list", "tuple_type": "list", "greater_than_equal": "at_least", "less_than_equal": "at_most",
    "model_attributes_type": "mapping", "mapping_type": "mapping",
}  # fmt: skip

_FIRST_LINES = {"example": "birth_date: 2001-05-20", "first": "birth_date", "second": "citizenships"}
"""What a profile may begin with."""


def load_profile(path: str, reference: Reference | None = None) -> Profile:
    """The profile in a YAML file (`-`: standard input). Raises `Problems` with everything that is wrong in it."""
    profile: Profile = sound(open_profile(path, reference or load_reference()))
    return profile


def load_vacancy(path: str, reference: Reference | None = None) -> Vacancy:
    """The vacancy in a rule file. Raises `Problems` with everything that is wrong in it."""
    vacancy: Vacancy = sound(open_vacancy(path, reference or load_reference()))
    return vacancy


def sound(loaded: Loaded) -> Any:
    """The model that was read. Raises `Problems` where there is none."""
    if loaded.model is None:
        raise Problems(loaded.diagnostics)
    return loaded.model


def open_profile(path: str, reference: Reference) -> Loaded:
    """The profile of a file with its document. Raises `Problems` when nothing can be read at all."""
    try:
        document = read_yaml(read_source(path))
    except Problems as error:
        raise Problems(one._replace(params={**one.params, **_FIRST_LINES}) for one in error.diagnostics) from None
    return profile_in(document, reference)


def profile_in(document: Readable, reference: Reference) -> Loaded:
    """The profile in a document that was read, or in the row of a table."""
    profile, problems = read_profile(document.data, reference, by_hand=isinstance(document, Document))
    return _loaded(profile, document, problems)


def read_profile(data: Mapping[str, Any], reference: Reference, by_hand: bool = False) -> tuple[Profile | None, list[Problem]]:
    """The profile in plain data (None when it has errors), and every problem with its path.

    Of what somebody wrote `by_hand`, and no program or map of columns, it is asked whether few hours are those of a week.
    """
    asked: list[Problem] = []
    as_written: Callable[[Problem], Problem] = _as_it_is
    if by_hand:
        data, asked = in_doubt(data)
    tidied, problems = tidy(data, reference)
    profile, errors = _validated(Profile, tidied)
    if errors or any(one.code == "W202" for one in problems):
        from eligibility.loading.typed import in_plain_form  # most profiles are plain as they stand

        data, told, written = in_plain_form(data, reference)
        if told:
            if by_hand:
                data, more = in_doubt(data)
                asked += more
            tidied, problems = tidy(data, reference)
            profile, errors = _validated(Profile, tidied)
            spoken_of = {one.path for one in told if not one.on_key}
            for record, words in written.items():
                problems.written.setdefault(record, {}).update(words)
            as_written = _as_written(told)
            problems[:] = [*told, *(one for one in map(as_written, problems) if one.path not in spoken_of)]
    if beyond := list(out_of_range(tidied, reference)):
        profile, errors = None, [*errors, *beyond]
    if profile is None or _has_impossible_records(profile):
        errors += _impossible_records(tidied, Profile, ())
    if profile is not None:
        problems += children_not_listed(profile)
        if problems.written:
            profile._written = problems.written
    return profile, [as_written(one) for one in (*asked, *problems, *errors)]


def _as_written(told: Iterable[Problem]) -> Callable[[Problem], Problem]:
    """What puts a problem where the file writes it: `place: Paris` may have been read as `in: Paris`."""
    keys = {
        (*one.path[:-1], change.key): one.path[-1]
        for one in told if one.on_key for change in one.params.get("changes", ()) if change.key is not None
    }  # fmt: skip

    def moved(problem: Problem) -> Problem:
        path: Path = ()
        for step in problem.path:
            path = (*path, keys.get((*path, step), step))
        return problem._replace(path=path)

    return moved if keys else _as_it_is


def _as_it_is(problem: Problem) -> Problem:
    return problem


def open_vacancy(path: str, reference: Reference) -> Loaded:
    """The vacancy of a file with its document. Raises `Problems` when nothing can be read at all."""
    return vacancy_in(read_yaml(read_source(path)), reference)


def vacancy_in(document: Readable, reference: Reference) -> Loaded:
    """The vacancy in a document that was read."""
    vacancy, problems = read_vacancy(document.data, reference)
    return _loaded(vacancy, document, problems)


def read_vacancy(data: Mapping[str, Any], reference: Reference) -> tuple[Vacancy | None, list[Problem]]:
    """The vacancy in plain data (None when its header has errors), and every problem with its path."""
    if isinstance(number := data.get("format"), int) and number > FORMAT:  # whatever else it says may mean something else by then
        return None, [Problem("E243", ("format",), {"value": str(number), "known": str(FORMAT)})]
    vacancy, problems = _validated(Vacancy, data)
    readable = vacancy or _salvaged(data, problems)
    if readable is not None:
        parsed, found = parse_vacancy(readable, reference)
        if parsed is not None:
            readable.keep(parsed, reference)
        problems += found
    return vacancy, problems


def _salvaged(data: Mapping[str, Any], problems: list[Problem]) -> Vacancy | None:
    """The vacancy without the parts of its header that are wrong, so that its criteria are looked at in the same run."""
    mended: dict[str, Any] = {"id": "unnamed", "title": "-", **data}
    for problem in problems:
        match problem.path:
            case ("dates", str(name), *_) if isinstance(data.get("dates"), dict):  # criteria may still name the day
                stand_in = "2000-01-01" if name == "deadline" else {"asked": "-"}
                mended["dates"] = {**mended["dates"], name: stand_in}
            case ("criteria" | "conditions" as key, int(index), *_):
                mended[key] = [*mended[key][:index], {"id": f"entry-{index}", "kind": "judged"}, *mended[key][index + 1 :]]
            case (str(key), *_):
                mended.pop(key, None)
    mended = {"id": "unnamed", "title": "-", "criteria": [{"id": "none", "kind": "judged"}], **mended}
    vacancy: Vacancy | None = _validated(Vacancy, mended)[0]
    return vacancy


def _loaded(model: Any, document: Readable, problems: list[Problem]) -> Loaded:
    misspelt = {(*one.path[:-1], meant(one.code, one.params)) for one in problems[:MAX_SUGGESTIONS] if one.code == "E203"}
    bounded = {path[:-1] for path in misspelt if path[-1] in OPERATORS}  # what moves the bound, or counts towards it, lacks none
    problems = [
        one for one in problems
        if one.code != "E201"
        or not ((*one.path, one.params.get("lacking")) in misspelt
                or (one.params.get("lacking") in OPERATORS and not bounded.isdisjoint((one.path, one.path[:-1]))))
    ]  # fmt: skip
    # What the reader refused already is not refused a second time as a wrong value; an hour is, where a day has to stand before it.
    told = {_spot(one): one.code for one in document.diagnostics if one.is_error}
    hours = ("E228", "E232")
    found = [placed(problem, document, index < MAX_SUGGESTIONS) for index, problem in enumerate(problems)]
    found = [
        one for one in found
        if (code := told.get(_spot(one))) is None or (code == "E107" and one.code in hours) or (one.code in _READ and code in _READER_ONLY)
    ]  # fmt: skip
    moot = {("E107" if one.code in hours else "W101", _spot(one)) for one in found if one.code in (*hours, "E204")}
    read = {_spot(one) for one in found if one.code in _READ}
    kept = [
        one for one in document.diagnostics
        if (one.code, _spot(one)) not in moot and not (one.code in _READER_ONLY and _spot(one) in read)
    ]  # fmt: skip
    every = sorted([*kept, *_told_once(found)], key=in_line_order)
    if any(one.is_error for one in every):
        return Loaded(None, document, tuple(every))
    model._digest = document.digest
    if every:
        model._diagnostics = tuple(every)
    if isinstance(model, Vacancy) and document.path(()) is None:
        model._file = document.name
    return Loaded(model, document, tuple(every))


_READ = ("N204", "W207")
_READER_ONLY = frozenset({"W101", "E105", "E107", "E108", "E109", "E119", "E120", "E121", "E123"})
"""What the reader of YAML says of a word that stands for something else, once that is known."""


def _told_once(found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """One note for each word that was read as another one, with the edits of every place where it stands."""
    notes: dict[tuple[object, object], list[Diagnostic]] = {}
    for one in found:
        if one.code == "N204":
            notes.setdefault((one.params["word"], one.params["read"]), []).append(one)
        else:
            yield one
    for same in notes.values():
        writable = all(one.edits for one in same)
        yield same[0]._replace(edits=tuple(edit for one in same for edit in one.edits) if writable else ())


def _spot(one: Diagnostic) -> tuple[int, int, str | None]:
    return one.place.line, one.place.column, one.path


def placed(problem: Problem, document: Readable, suggest: bool = True) -> Diagnostic:
    """A problem with its line and column; one that names another place of the same file gets the line of that, too."""
    if "given" in problem.params:
        problem = misspelt_head(problem)
    params = {key: value for key, value in problem.params.items() if key not in ("given", "changes", "sure")}
    changes = problem.params.get("changes")
    edits = edits_for(document, changes) if changes and isinstance(document, Document) else ()
    if (first := params.get("first")) is not None:
        at = document.path(first)
        params |= {"line": document.place(first).line} if at is None else {"form": "data", "at": at}
    if problem.code == "E204" and params.get("expected") == "text" and _is_number(str(params.get("value", ""))):
        params["form"] = "number"
    if problem.code in _OF_NUMBERS and (either := two_readings(str(params.get("value", "")))):
        params |= {"form": "either", "one": either[0], "other": either[1]}
    elif suggest and (guess := meant(problem.code, params)) is not None:
        if isinstance(document, Document) and is_sure(problem.code, problem.params, guess):
            edits = _spelt(document, problem, str(guess))
        params["suggestion"] = guess
        if str(guess) == params.get("value"):  # it stands in quotes, and only they are wrong
            params["value"] = f'"{guess}"'
    return Diagnostic(problem.code, document.place(problem.path, key=problem.on_key), params, document.path(problem.path), edits)


_OF_NUMBERS = ("E204", "E207", "E217", "E225")


def _spelt(document: Document, problem: Problem, guess: str) -> tuple[Edit, ...]:
    """The edit that writes a guess in the place of what is refused; none where that is not written whole on one line."""
    span = document.span(problem.path, key=problem.on_key)
    return () if span is None else (Edit(*span, guess),)


def _is_number(text: str) -> bool:
    return text[:1].isdigit() and isinstance(read_plain(text), int | float)


def _validated(model: type[BaseModel], data: Mapping[str, Any]) -> tuple[Any, list[Problem]]:
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        return None, [_problem(one, model) for one in _each_once(error.errors(include_url=False, include_input=True))]


def _each_once(errors: Iterable[Any]) -> Iterator[Any]:
    """A value that is neither a whole number nor one with decimals is wrong once."""
    for one in errors:
        kind, path = one["type"], one["loc"]
        if path[-1:] == ("float",) and kind == "float_type":
            yield {**one, "loc": path[:-1]}
        elif path[-1:] != ("int",) or kind != "int_type":
            yield one


def _problem(error: Any, model: type[BaseModel]) -> Problem:
    """Pydantic's error in our words: its type, never its sentence."""
    kind, path = error["type"], tuple(error["loc"])
    if kind[:1] == "E" and kind[1:].isdigit():
        params = dict(error.get("ctx", {}))
        if kind == "E226":
            params |= _of_level(str(params["value"]))
        if kind == "E106" and params.get("form") == "vague":
            params |= _of_term(str(params["value"])) or _of_length(str(params["value"]), path)
        return Problem(kind, (*path, *params.pop("inside", ())), params, on_key=kind == "E203")
    if kind == "extra_forbidden":
        from eligibility.loading.understood.licences import is_driving

        word = bare(str(path[-1]))
        about = "age" if word in _AGES else "personal" if word in _PERSONAL else None
        about = "driving" if is_driving(str(path[-1])) else about
        form = {"form": about} if about is not None and _is_of_a_person(model, path[:-1]) else {}
        if word in _LENGTHS and {"from", "to"} <= {*_keys(model, path[:-1])}:
            form = {"form": "length"}
        return Problem("E203", path, {"word": str(path[-1]), "allowed": sorted(_keys(model, path[:-1])), **form}, on_key=True)
    if kind == "missing":
        return Problem("E201", path[:-1], {"lacking": str(path[-1])})
    if kind in ("list_type", "tuple_type") and isinstance(error.get("input"), str | int) and error["input"] is not True:
        form = {"form": "none", "suggestion": "[]"} if bare(str(error["input"])) in _NONE else {}
        if (
            not form
            and model is Profile
            and len(path) == 1
            and path[0] not in _OF_WORDS
            and (source := SOURCES.get(str(path[0]))) is not None
        ):
            form = {"form": "entry", "example": source.example}
        return Problem("E236", path, {"value": written(error["input"]), **form})
    expected = "criteria" if kind == "list_type" and path in (("criteria",), ("conditions",)) else _EXPECTED.get(kind, kind)
    listed = model is Profile and expected == "mapping" and len(path) > 1 and isinstance(path[-1], int)
    source = SOURCES.get(str(path[-2])) if listed else None
    entry = {"form": "entry", "example": source.example.strip("[]")} if source is not None and isinstance(error.get("input"), str) else {}
    return Problem("E204", path, {"value": written(error.get("input")), "expected": expected, **_limits(error, model, path), **entry})


_PERSONAL = frozenset({
    "sex", "gender", "sexe", "genre", "geschlecht", "sexo", "genero", "civility", "civilite", "marital_status", "civil_status", "married",
    "situation_familiale", "etat_civil", "situation_matrimoniale", "marie", "mariee", "familienstand", "estado_civil", "height", "weight",
    "size", "taille", "poids", "religion", "ethnicity", "disability",
})  # fmt: skip
"""Keys of what a profile holds only as a fact that a notice asks about."""
_OF_WORDS = ("citizenships", "languages", "incomplete")
"""Lists of which an entry may be a word."""
_FIRST_DAYS = ("from", "since")
_LENGTHS = frozenset({"duration", "duree", "dauer", "duracion", "length", "years", "annees", "jahre", "anos"})
"""Keys that say how long, where a profile says from when to when."""
_AGES = frozenset({"age", "alter", "edad", "years_old"})


def _of_term(text: str) -> dict[str, Any]:
    """What somebody writes for a date who names a term of studies, or a season: which months that is differs from place to place."""
    from eligibility.loading.understood import Sort, understand

    return {"form": "term"} if understand(text, Sort.DATE).note == "term" else {}


def _of_length(text: str, path: Path) -> dict[str, Any]:
    """What somebody writes for a first day who says how long it has been: what would say the same, counted back from today."""
    from eligibility.loading.understood.lengths import date_instead, is_length

    if not path or path[-1] not in _FIRST_DAYS or not is_length(text):
        return {}
    if (found := date_instead(text, date.today())) is None:
        return {"form": "length"}
    counted, example = found
    return {"form": "length_back", "day": counted, "example": f"{path[-1]}: {example}"}


def _of_level(text: str) -> dict[str, Any]:
    """What somebody seems to mean who writes a text for the level of a language."""
    from eligibility.loading.understood import Sort, understand
    from eligibility.loading.understood.words import holds

    found = understand(text, Sort.LEVEL)
    if holds("skills", text):
        return {"form": "skills"}
    return {"form": "native"} if found.value == {"native": True} else {"form": "today"} if found.note == "doubtful" else {}


def _is_of_a_person(model: type[BaseModel], path: Path) -> bool:
    inner = _model_at(model, path)
    return inner is not None and issubclass(inner, Person)


_NONE = ("none", "no", "nothing", "aucun", "aucune", "neant", "non", "rien", "0")
"""Words for a list that is empty."""


def _limits(error: Any, model: type[BaseModel], path: Path) -> dict[str, Any]:
    """The bounds of a number that is out of bounds: both, where it has both."""
    broken = error.get("ctx", {})
    if "ge" not in broken and "le" not in broken:
        return {}
    inner = _model_at(model, path[:-1])
    field = None if inner is None else next((one for name, one in inner.model_fields.items() if (one.alias or name) == path[-1]), None)
    least, most = (
        next((getattr(one, name) for one in field.metadata if hasattr(one, name)), None) if field else None for name in ("ge", "le")
    )
    if least is not None and most is not None:
        return {"expected": "between", "least": least, "limit": most}
    return {"limit": broken.get("ge", broken.get("le"))}


def _keys(model: type[BaseModel], path: Path) -> list[str]:
    """The keys that the model allows at a path."""
    inner = _model_at(model, path)
    return [] if inner is None else [field.alias or name for name, field in inner.model_fields.items()]


def _model_at(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
    for step in path:
        if isinstance(step, int):
            continue
        field = next((one for name, one in model.model_fields.items() if (one.alias or name) == step), None)
        inner = None if field is None else next(_models(field.annotation), None)
        if inner is None:
            return None
        model = inner
    return model


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def _has_impossible_records(person: Person) -> bool:
    """Whether some record ends before it begins, of a profile whose dates have been read: nearly always none does."""
    if isinstance(person, Relative) and person.start is not None and person.end is not None and person.end.last < person.start.first:
        return True
    for records in person.__dict__.values():
        if type(records) is not tuple:
            continue
        for record in records:
            if isinstance(record, Person):
                if _has_impossible_records(record):
                    return True
            elif isinstance(record, BaseModel):
                said = record.__dict__
                start, end = said.get("start"), said.get("end")
                if start is not None and end is not None and end.last < max(start.first, LONG_AGO):
                    return True
    return False


def _impossible_records(data: Mapping[str, Any], model: Any, path: Path) -> Iterator[Problem]:
    """Records that end before they begin, however their dates are read; those of relatives, too."""
    for name, field in model.model_fields.items():
        records = data.get(name)
        if not isinstance(records, list) or not records or (record_model := next(_models(field.annotation), None)) is None:
            continue
        fields = record_model.model_fields
        keys = [fields[end].alias or end for end in ("start", "end") if end in fields]
        for index, record in enumerate(records):
            if not isinstance(record, dict):
                continue
            if issubclass(record_model, Person):
                yield from _impossible_records(record, record_model, (*path, name, index))
            start, end = (days_meant(record.get(key)) for key in keys) if len(keys) == 2 else (None, None)
            if start is not None and end is not None and end.last < max(start.first, LONG_AGO):
                yield Problem("E233", (*path, name, index, keys[1]), {"start": keys[0], "end": keys[1]})
