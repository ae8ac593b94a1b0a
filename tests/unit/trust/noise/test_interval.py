"""The interval of the noise, held against SciPy's discrete Laplace distribution."""

from __future__ import annotations

import pytest
from scipy.stats import dlaplace

from salus.trust.noise.interval import half_width


@pytest.mark.parametrize("scale", [0.1, 0.5, 1.0, 2.0, 7.5, 20.0, 359.3])
@pytest.mark.parametrize("sure", [0.5, 0.9, 0.95, 0.999])
def test_it_is_the_narrowest_that_is_sure_enough(scale: float, sure: float) -> None:
    """One step less would be too few draws inside."""
    noise, half = dlaplace(1 / scale), half_width(scale, sure)

    def inside(steps: int) -> float:
        return float(noise.cdf(steps) - noise.cdf(-steps - 1))

    assert inside(half) >= sure - 1e-12
    assert half == 0 or inside(half - 1) < sure
