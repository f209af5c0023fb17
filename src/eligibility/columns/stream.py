"""Whatever holds a table, as Arrow record batches of about the same size: pieces of a stream, never all of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

ROWS = 32_768
"""People at a time: enough for what is done once per batch to cost nothing, few enough for some dozens of megabytes."""


def stream_of(table: Any) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    """The schema and the batches of a table, each of at most `ROWS` people. Raises TypeError for what is no table."""
    reader = _reader(table)
    schema = pa.schema([field.with_type(_plain(field.type)) for field in reader.schema])
    batches = reader if schema.equals(reader.schema) else (_cast(batch, schema) for batch in reader)
    return schema, _sized(batches)


def _cast(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    columns = [column.cast(field.type) for column, field in zip(batch.columns, schema, strict=True)]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _plain(kind: pa.DataType) -> pa.DataType:
    """The type without the newer forms of texts and lists (those of Polars), which Arrow itself cannot compute with."""
    types = pa.types
    if types.is_string_view(kind) or types.is_large_string(kind):
        return pa.string()
    if types.is_binary_view(kind) or types.is_large_binary(kind):
        return pa.binary()
    if types.is_struct(kind):
        return pa.struct([kind.field(index).with_type(_plain(kind.field(index).type)) for index in range(kind.num_fields)])
    if types.is_map(kind):
        return pa.map_(_plain(kind.key_type), _plain(kind.item_type))
    lists = (types.is_list, types.is_large_list, types.is_list_view, types.is_large_list_view, types.is_fixed_size_list)
    if any(is_one(kind) for is_one in lists):
        return pa.list_(kind.value_field.with_type(_plain(kind.value_type)))
    return kind


def _reader(table: Any) -> pa.RecordBatchReader:
    if isinstance(table, pa.RecordBatchReader):
        return table
    if isinstance(table, pa.RecordBatch):
        table = pa.Table.from_batches([table])
    if isinstance(table, pa.Table):
        return table.to_reader()
    if hasattr(table, "scanner"):  # a data set: files, perhaps many
        table = table.scanner(batch_size=ROWS, fragment_readahead=1, batch_readahead=4)
    if hasattr(table, "to_reader"):
        return table.to_reader()
    if hasattr(table, "__arrow_c_stream__"):
        return pa.RecordBatchReader.from_stream(table)
    if hasattr(table, "__arrow_c_array__"):
        return pa.Table.from_batches([pa.record_batch(table)]).to_reader()
    raise TypeError(f"no Arrow table, batch, reader or data set: {type(table).__name__}")


def _sized(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The same rows in pieces of at most `ROWS`: larger batches are parted evenly, of which nothing is copied, and small ones joined."""
    waiting: list[pa.RecordBatch] = []
    for batch in batches:
        rows = batch.num_rows
        size = -(-rows // max(1, -(-rows // ROWS)))
        for start in range(0, rows, size or 1):
            piece = batch.slice(start, size)
            if waiting and (2 * piece.num_rows > ROWS or sum(one.num_rows for one in waiting) + piece.num_rows > ROWS):
                yield _joined(waiting)
                waiting = []
            waiting.append(piece)
    if waiting:
        yield _joined(waiting)


def _joined(batches: list[pa.RecordBatch]) -> pa.RecordBatch:
    if len(batches) == 1:
        return batches[0]
    return pa.Table.from_batches(batches).combine_chunks().to_batches()[0]
