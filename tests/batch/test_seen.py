"""The table of ids: it tells who was there before, however many there are, and stays small."""

from __future__ import annotations

import sys

from hypothesis import given
from hypothesis import strategies as st

from eligibility.batch.seen import Seen


@given(st.lists(st.tuples(st.text(max_size=4), st.integers(0, 2**64 - 1))))
def test_it_tells_what_came_with_an_id_first(pairs: list[tuple[str, int]]) -> None:
    seen, first = Seen(), dict[str, int]()
    for name, number in pairs:
        assert seen.first(name, number) == first.get(name)
        first.setdefault(name, number)


def test_it_grows_and_forgets_nobody() -> None:
    seen = Seen()
    assert all(seen.first(f"s{number}", number) is None for number in range(5000))
    assert [seen.first(f"s{number}", 0) for number in range(5000)] == list(range(5000))


def test_a_person_takes_a_few_bytes() -> None:
    """Names of any length: a mark and a number of 8 bytes each, and a little room."""
    seen = Seen()
    for number in range(20_000):
        seen.first(f"{number}{'x' * 200}", number)
    empty = Seen()
    size, before = (sum(sys.getsizeof(one) for shelf in table._shelves for one in shelf) for table in (seen, empty))
    assert 16 <= (size - before) / 20_000 < 20


def test_lone_surrogates_are_ids_too() -> None:
    seen = Seen()
    assert seen.first("\ud800", 3) is None
    assert seen.first("\ud800", 4) == 3
