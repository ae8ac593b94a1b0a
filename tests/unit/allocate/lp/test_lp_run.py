"""The solver is run so that what it calls optimal is."""

from __future__ import annotations

import numpy as np
import pytest

from salus.allocate.lp.program import LinearProgram
from salus.allocate.lp.solve import solve


@pytest.mark.parametrize(("x", "z", "best"), [(2.0, 3.0, 9.0), (3.0, 2.0, 9.5), (5.0, 2.0, 10.0)])
def test_a_whole_number_beside_another_is_no_trap(x: float, z: float, best: float) -> None:
    """Of x + z >= 4.5 with z whole the cheapest is found, as can be worked out by hand."""
    program = LinearProgram(
        np.array([x, z]),
        np.array([[1.0, 1.0]]),
        np.array([4.5]),
        np.array([np.inf]),
        np.zeros(2),
        np.full(2, 10.0),
        integral=np.array([False, True]),
    )
    assert solve(program).objective == pytest.approx(best)
