"""Each person's rows are bounded, and nobody else's are touched by it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salus.trust.noise.contributions import first_rows

PEOPLE = st.lists(st.integers(0, 6), max_size=40)


@given(PEOPLE, st.integers(1, 5))
def test_it_keeps_the_first_rows_of_each(people: list[int], rows: int) -> None:
    """As the obvious loop does."""
    seen: dict[int, int] = {}
    wanted = []
    for person in people:
        seen[person] = seen.get(person, 0) + 1
        wanted.append(seen[person] <= rows)
    assert first_rows(np.array(people, dtype=np.int64), rows).tolist() == wanted


@given(PEOPLE, st.integers(1, 5), st.integers(0, 6))
def test_whoever_leaves_takes_only_their_own_rows(people: list[int], rows: int, who: int) -> None:
    """What is kept of the others stays, so one person changes the rows by their bound at most."""
    everybody = np.array(people, dtype=np.int64)
    others = everybody[everybody != who]
    kept, without = first_rows(everybody, rows), first_rows(others, rows)
    assert kept[everybody != who].tolist() == without.tolist()
    assert kept.sum() - without.sum() <= rows


def test_no_row_at_all_is_no_bound() -> None:
    """Nobody may count with nothing: the question would be about nobody."""
    with pytest.raises(ValueError, match="rows must be"):
        first_rows(np.array([1]), 0)
