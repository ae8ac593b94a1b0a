"""Linear regression."""

from __future__ import annotations

import numpy as np
import pytest

from salus.monitor.forecasters.linear import LinearParams, LinearRegression


def test_growth_by_a_factor_goes_on() -> None:
    """Without a ridge, a history that obeys the equation is continued exactly."""
    values = np.expm1(1 + 0.95 ** np.arange(30) * 3 + np.sin(np.arange(30) * np.pi / 3))
    path = LinearRegression(LinearParams(lags=3, order=2, ridge=0)).forecast(values[:24], 6, 6)
    assert path == pytest.approx(values[24:], rel=1e-4)


@pytest.mark.parametrize(
    ("field", "value"), [("lags", 0), ("order", 27), ("ridge", -1.0), ("lags", 53)]
)
def test_impossible_settings_are_refused(field: str, value: float) -> None:
    """The message names the setting."""
    with pytest.raises(ValueError, match=field):
        LinearParams(**{field: value})  # type: ignore[arg-type] # wrong on purpose
