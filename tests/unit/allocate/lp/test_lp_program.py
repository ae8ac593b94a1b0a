"""The value of an objective."""

import numpy as np
import pytest

from salus.allocate.lp.inner import inner
from salus.allocate.lp.program import LinearProgram


def test_the_value_of_a_point_has_the_offset() -> None:
    """What a point costs is its products, and what is added whatever is decided."""
    free = (np.zeros(2), np.full(2, np.inf))
    program = LinearProgram(
        np.array([3.0, 5.0]), np.ones((1, 2)), np.zeros(1), np.array([np.inf]), *free, offset=7.0
    )
    assert program.value(np.array([1.0, 2.0])) == pytest.approx(20.0)


def test_long_vectors_add_up_to_what_short_ones_do() -> None:
    """A sum of many products is that of its halves."""
    a, b = np.arange(30_000.0), np.full(30_000, 0.5)
    halves = inner(a[:15_000], b[:15_000]) + inner(a[15_000:], b[15_000:])
    assert inner(a, b) == pytest.approx(halves)
