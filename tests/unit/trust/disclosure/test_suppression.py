"""Small numbers hidden, and what would give them away."""

from __future__ import annotations

import numpy as np
import pytest

from salus.trust.disclosure.counts import CountTable, Release
from salus.trust.disclosure.suppression import suppress


def released(counts: list[list[int]], threshold: int = 11) -> Release:
    """Suppress a table whose rows and columns bear numbers."""
    rows, columns = (tuple(map(str, range(len(each)))) for each in (counts, counts[0]))
    return suppress(CountTable(rows, columns, np.array(counts)), threshold)


def test_a_table_without_small_numbers_is_shown_whole() -> None:
    """Nothing is hidden that need not be."""
    release = released([[11, 20], [0, 40]])
    assert release.cells == ((11, 20, 31), (0, 40, 40), (11, 60, 71))
    assert release.hidden == ()


def test_a_small_number_is_never_alone_in_row_or_column() -> None:
    """One hidden number takes three others with it, the cheapest that close a cycle."""
    assert released([[3, 40, 90], [20, 30, 90], [80, 80, 80]]).hidden == (
        (0, 0),
        (0, 1),
        (1, 0),
        (1, 1),
    )


def test_two_ones_do_not_hide_each_other() -> None:
    """Two hidden numbers with a shown total of 2 would both be 1, as a 0 is shown."""
    release = released([[1, 1, 50], [1, 1, 50], [50, 50, 50]])
    assert (0, 2) in release.hidden or (0, 3) in release.hidden


def test_small_totals_are_hidden_too() -> None:
    """A total says as much as a cell."""
    release = released([[3, 0], [0, 90]])
    assert {(0, 0), (0, 2), (2, 0)} <= set(release.hidden)
    assert release.cells[0][1] == 0


def test_a_table_of_few_people_shows_zeros_alone() -> None:
    """Where all together are fewer than the threshold, no number above 0 is left."""
    assert released([[1, 2], [0, 3]]).cells == ((None,) * 3, (0, None, None), (None,) * 3)


def test_what_was_hidden_is_said_without_saying_which_is_small() -> None:
    """A reader learns how many and why."""
    assert str(released([[3, 40], [20, 30]]).said) == (
        "Not shown: 4 of 9 numbers, since they are below 11, or since one below 11 could be found "
        "from them by subtraction."
    )


def test_a_threshold_of_nothing_is_refused() -> None:
    """Below 2 no count is small."""
    with pytest.raises(ValueError, match="threshold must be at least 2"):
        released([[1]], 1)
