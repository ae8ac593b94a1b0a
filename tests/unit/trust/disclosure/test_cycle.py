"""The cheapest cells that must be hidden with a small one."""

from __future__ import annotations

import numpy as np

from salus.trust.disclosure.counts import added_up
from salus.trust.disclosure.cycle import Table, cheapest_cycle


def test_what_is_hidden_already_costs_nothing() -> None:
    """A longer way through hidden cells is taken before a new one is hidden."""
    counts = added_up(np.array([[3, 40, 50], [30, 41, 50], [31, 60, 50]]))
    hidden = counts < 11
    hidden[[0, 2, 2], [2, 0, 2]] = True
    assert sorted(cheapest_cycle(Table(counts, hidden, 11), (0, 0))) == [(0, 2), (2, 0), (2, 2)]


def test_a_small_cell_does_not_go_down() -> None:
    """What must fall as the cell rises holds as much as the rise."""
    counts = added_up(np.array([[3, 5, 90], [4, 6, 90]]))
    cells = cheapest_cycle(Table(counts, counts < 11, 11), (0, 0))
    falling = [at for at in cells if at in {(0, 1), (1, 0)}]
    assert falling == []


def test_a_total_rises_by_its_cells() -> None:
    """The cycle of a total goes through cells that add up to it."""
    counts = added_up(np.array([[4, 0], [30, 40]]))
    assert sorted(cheapest_cycle(Table(counts, counts < 11, 11), (0, 2))) == [
        (0, 0),
        (1, 0),
        (1, 2),
    ]
