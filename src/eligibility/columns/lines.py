"""Lines of JSON as an Arrow batch, read by Arrow: only lines that say plainly what they say, so that nothing is read in another way than
alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pj

from eligibility.columns.reading import Array

_STRANGE = bytes([*range(32), 127, ord("\\")])
"""Control characters and escapes: what is in a text is told by the reader of one line."""
_LONGEST, _MOST = 100_000, 5_000
"""Longer lines, and such with more commas, are read alone: there a limit may be told."""
TOGETHER = 256
"""So many lines are looked at together: if one of them does not say plainly what it says, each is looked at alone."""
_PLACE = "\x1a"
"""A key that no line has: the number of the line. Where it is not found again in its place, lines have run into each other."""


def plain(held: Sequence[bytes]) -> list[bytes | None]:
    """Lines without their ends, where Arrow may read them: None of each that it may not. Most are looked at together."""
    lines = [line.strip(b" \t\r\n") for line in held]
    together = _says_plainly(b"".join(lines))
    return [line if _is_whole(line) and (together or _says_plainly(line)) else None for line in lines]


def _is_whole(line: bytes) -> bool:
    return line[:1] == b"{" and line[-1:] == b"}" and len(line) < _LONGEST and (len(line) <= _MOST or line.count(b",") <= _MOST)


def _says_plainly(text: bytes) -> bool:
    """Whether nothing in it has to be told of, and a colon follows its key at once, so that keys can be counted."""
    if b" :" in text or len(text.translate(None, _STRANGE)) < len(text):
        return False
    if not text.isascii():
        try:
            text.decode()
        except UnicodeDecodeError:
            return False
    return True


class LineReader:
    """Reads lines; remembers the types that there were."""

    def __init__(self) -> None:
        self._schema: pa.Schema | None = None

    def batch(self, lines: Sequence[bytes]) -> tuple[pa.RecordBatch, Array] | None:
        """Some lines as a batch, and of each whether it can be taken from there: it says each key once, and nothing that is nothing, or
        that Arrow does not tell from something else (7.0 from 7). None where Arrow cannot read them together."""
        table = self._read(lines)
        if table is None or table.num_rows != len(lines) or _PLACE not in table.schema.names:
            return None
        place = table.column(_PLACE)
        if place.type != pa.int64() or place.null_count or (place.to_numpy() != np.arange(len(lines))).any():
            return None
        [batch] = table.drop_columns([_PLACE]).combine_chunks().to_batches() or [None]
        if batch is None:
            return None
        once: Array = _said(batch) == np.array([line.count(b'":') for line in lines])
        return batch, once

    def _read(self, lines: Sequence[bytes]) -> pa.Table | None:
        held = b"\n".join([b'{"\\u001a":%d%b%b' % (at, b"," if len(line) > 2 else b"", line[1:]) for at, line in enumerate(lines)])
        for schema in dict.fromkeys((self._schema, None)):
            try:
                table = self._table(held, schema)
                plainly = pa.schema([field.with_type(_as_written(field.type)) for field in table.schema])
                if plainly != table.schema:  # Arrow takes some texts for times
                    table = self._table(held, plainly)
            except pa.ArrowException:
                continue
            self._schema = plainly
            return table
        return None

    @staticmethod
    def _table(held: bytes, schema: pa.Schema | None) -> pa.Table:
        options = pj.ReadOptions(use_threads=False, block_size=len(held) + 1)
        return pj.read_json(pa.BufferReader(held), options, pj.ParseOptions(explicit_schema=schema))


def _as_written(kind: pa.DataType) -> pa.DataType:
    """The type with texts where Arrow has made times of them."""
    if pa.types.is_timestamp(kind) or pa.types.is_time(kind) or pa.types.is_date(kind):
        return pa.string()
    if pa.types.is_struct(kind):
        return pa.struct([kind.field(index).with_type(_as_written(kind.field(index).type)) for index in range(kind.num_fields)])
    return pa.list_(_as_written(kind.value_type)) if pa.types.is_list(kind) else kind


def _said(batch: pa.RecordBatch) -> Array:
    """How many keys each row has that have a value."""
    found = np.zeros(batch.num_rows, np.int64)
    for column in batch.columns:
        found += _there(column) + _keys_in(column)
    return found


def _there(column: pa.Array) -> Array:
    """Which values there are; those with a fraction do not count."""
    there: Array = column.is_valid().to_numpy(zero_copy_only=False)
    kind = column.type.value_type if pa.types.is_list(column.type) else column.type
    return np.zeros(len(column), bool) if pa.types.is_floating(kind) else there


def _keys_in(column: pa.Array) -> Array:
    """How many keys stand in each value of a column."""
    kind, found = column.type, np.zeros(len(column), np.int64)
    if pa.types.is_struct(kind):
        for inner in column.flatten():
            found += _there(inner) + _keys_in(inner)
    elif pa.types.is_list(kind):
        inside = np.append(0, np.cumsum(_keys_in(column.flatten())))
        lengths = pc.fill_null(pc.list_value_length(column), 0).to_numpy(zero_copy_only=False)
        ends = np.cumsum(lengths)
        found += inside[ends] - inside[ends - lengths]
    return found
