"""Counts rounded to a base."""

from __future__ import annotations

import numpy as np
import pytest

from salus.trust.disclosure.counts import CountTable
from salus.trust.disclosure.rounding import round_counts


def test_every_count_goes_to_the_nearest_multiple() -> None:
    """Two and less go to 0, three to seven to 5."""
    table = CountTable(("A",), tuple("0123456789"), np.arange(10)[None])
    assert round_counts(table).cells[0] == (0, 0, 0, 5, 5, 5, 5, 5, 10, 10, 45)


def test_halfway_goes_up() -> None:
    """An even base has a middle, which goes to the larger multiple."""
    assert round_counts(CountTable(("A",), ("x",), np.array([[5]])), 10).cells[0][0] == 10


def test_counts_that_round_alike_are_released_alike() -> None:
    """Totals tell nothing that the cells do not."""
    names = (("A", "B"), ("x", "y"))
    one, other = (np.array(each) for each in ([[2, 2], [2, 2]], [[0, 1], [2, 0]]))
    assert round_counts(CountTable(*names, one)) == round_counts(CountTable(*names, other))


def test_a_base_of_one_is_refused() -> None:
    """It would round nothing."""
    with pytest.raises(ValueError, match="base must be at least 2"):
        round_counts(CountTable(("A",), ("x",), np.array([[5]])), 1)
