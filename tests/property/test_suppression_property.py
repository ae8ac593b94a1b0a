"""What an attacker can work out of a released table, by linear programmes."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from salus.trust.disclosure.counts import CountTable, Release
from salus.trust.disclosure.suppression import suppress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray


@st.composite
def tables(draw: st.DrawFn) -> CountTable:
    """Draw tables in which zeros, small and large counts are all frequent."""
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    count = st.one_of(st.just(0), st.integers(0, 12), st.integers(0, 300))
    counts = draw(st.lists(count, min_size=rows * columns, max_size=rows * columns))
    names = [tuple(map(str, range(size))) for size in (rows, columns)]
    return CountTable(names[0], names[1], np.array(counts).reshape(rows, columns))


thresholds = st.integers(2, 20)


@given(tables(), thresholds)
def test_every_hidden_number_could_be_many(table: CountTable, threshold: int) -> None:
    """All that is shown leaves at least ``threshold`` values possible for each hidden number."""
    release = suppress(table, threshold)
    for low, high in _possible(release):
        assert high - low >= threshold - 1 - 1e-6


@given(tables(), thresholds)
def test_what_is_shown_is_true_and_not_small(table: CountTable, threshold: int) -> None:
    """A shown number is the count itself, and 0 or at least the threshold."""
    for cells, counts in zip(suppress(table, threshold).cells, table.with_totals, strict=True):
        for cell, count in zip(cells, counts, strict=True):
            assert cell in (None, count)
            assert cell is None or cell == 0 or cell >= threshold
            assert count > 0 or cell == 0


def test_the_attacker_finds_what_is_badly_hidden() -> None:
    """A number alone in its row, and two ones with a total of 2, are worked out."""
    lonely = suppress(CountTable(("A", "B"), ("x", "y"), np.array([[40, 50], [60, 70]])))
    for cells, truth in (
        (((None, 50, 90), (60, 70, 130), (100, 120, 220)), 40),
        (((None, None, 2), (60, 70, 130), (61, 71, 132)), 1),
    ):
        release = Release(lonely.rows, lonely.columns, cells, lonely.said)
        assert all(low == high == truth for low, high in _possible(release))


def _possible(release: Release) -> Iterator[tuple[float, float]]:
    """Find the least and the most that each hidden number can be."""
    shown = list(chain.from_iterable(release.cells))
    sums = _sums(len(release.cells), len(release.cells[0]))
    bounds = [(1, None) if cell is None else (cell, cell) for cell in shown]
    for place in (place for place, cell in enumerate(shown) if cell is None):
        cost = np.zeros(len(shown))
        cost[place] = 1
        ends = [
            linprog(sign * cost, A_eq=sums, b_eq=np.zeros(len(sums)), bounds=bounds)
            for sign in (1, -1)
        ]
        assert ends[0].status == 0
        assert ends[1].status in (0, 3)
        yield ends[0].fun, -ends[1].fun if ends[1].status == 0 else np.inf


def _sums(rows: int, columns: int) -> NDArray[np.float64]:
    """Write that each row and each column adds up to its total."""
    cell = np.arange(rows * columns).reshape(rows, columns)
    lines = [*cell, *cell.T]
    sums = np.zeros((len(lines), cell.size))
    for equation, line in zip(sums, lines, strict=True):
        equation[line] = 1
        equation[line[-1]] = -1
    return sums
