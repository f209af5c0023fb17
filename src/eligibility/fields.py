"""Fields of a file whose schema is given to Pydantic, not worked out by it: working it out was a tenth of a cold start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, TypeVar, get_args

from pydantic_core import CoreSchema, core_schema

TEXT = core_schema.str_schema()
TEXT_OR_NUMBER = core_schema.union_schema([TEXT, core_schema.int_schema()])
TRUTH_OR_NUMBER = core_schema.union_schema([core_schema.bool_schema(), core_schema.float_schema()])
ANYTHING = core_schema.any_schema()


class Read:
    """A value that a function of ours reads and wholly checks; `shown` turns it into text again.

    `written` is what a file may hold, as far as a JSON Schema can tell.
    """

    def __init__(self, read: Callable[[Any], Any], shown: Callable[[Any], str] | None = None, written: CoreSchema = TEXT) -> None:
        show = None if shown is None else core_schema.plain_serializer_function_ser_schema(shown, return_schema=TEXT)
        self._schema = core_schema.no_info_plain_validator_function(read, serialization=show, json_schema_input_schema=written)
        self._written = written if shown is None else self._schema

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        return self._schema.copy()

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: Any) -> Any:
        return handler(self._written)


class Shown:
    """A value that a function turns into data of the type `returns` when it is dumped; a cheaper `field_serializer`."""

    def __init__(self, show: Callable[[Any], Any], returns: Any) -> None:
        self._show = show
        self._returns = returns

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        returned = handler.generate_schema(self._returns)
        serialization = core_schema.plain_serializer_function_ser_schema(self._show, return_schema=returned)
        return {**handler(source), "serialization": serialization}


class RecordList:
    """A list of records, each first made a mapping by `prepare`. The model of a record is completed when a profile has one."""

    def __init__(self, prepare: Callable[[Any], Any] | None = None) -> None:
        self._prepare = prepare

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        model, prepare = get_args(source)[0], self._prepare
        # `strict` models take no list for a tuple; a file has nothing but lists
        return core_schema.tuple_variable_schema(
            core_schema.no_info_plain_validator_function(
                model.model_validate if prepare is None else lambda value: model.model_validate(prepare(value)),
                metadata={"pydantic_js_functions": [lambda _, handle: handle(model.__pydantic_core_schema__)]},
            ),
            strict=False,
        )


T = TypeVar("T")
Records = Annotated[tuple[T, ...], RecordList()]
