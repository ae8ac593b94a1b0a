"""Trees of random cuts."""

from __future__ import annotations

import numpy as np
import pytest

from salus.core.rng import stream
from salus.monitor.detectors.isolation_trees import grow, usual_depth


def test_what_lies_apart_is_reached_soon() -> None:
    """A row far from all others scores highest, one in the middle lowest."""
    rows = stream(1, "rows").normal(size=(200, 3))
    trees = grow(rows, 100, 128, stream(1, "trees"))
    far, middle = trees.scores(np.array([[9.0, 9, 9], [0, 0, 0]]))
    assert far > trees.scores(rows).max()
    assert middle < np.median(trees.scores(rows))


def test_scores_are_those_of_the_definition() -> None:
    """Two rows are one cut apart: the depth is 1 and the score 2 to the power of -1."""
    rows = np.array([[0.0], [1.0]])
    assert grow(rows, 20, 2, stream(1, "trees")).scores(rows) == pytest.approx([0.5, 0.5])


def test_a_constant_is_never_cut() -> None:
    """Rows that are all alike stay in one leaf, as deep as their number says."""
    rows = np.ones((64, 2))
    trees = grow(rows, 10, 64, stream(1, "trees"))
    assert (trees.column == -1).all()
    assert trees.scores(rows) == pytest.approx(np.full(64, 0.5))


def test_the_usual_depth_grows_as_a_logarithm() -> None:
    """Twice as many rows take about 1.4 more cuts."""
    small, large = usual_depth(np.array([1000, 2000]))
    assert large - small == pytest.approx(2 * np.log(2), abs=0.01)
