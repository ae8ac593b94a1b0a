"""Support vectors."""

from __future__ import annotations

import numpy as np
import pytest

from salus.monitor.forecasters.support_vectors import SupportVectorParams, SupportVectors
from tests.fakes.histories import winters


def test_only_what_is_remembered_counts() -> None:
    """What lies before the memory does not move the path."""
    values, params = winters(80, 8), SupportVectorParams(memory=40)
    other = np.concatenate([values[:40][::-1], values[40:]])
    one, two = (SupportVectors(params).forecast(history, 4, 8) for history in (values, other))
    assert np.array_equal(one, two)


def test_a_season_is_learned() -> None:
    """On clean seasons the path lies nearer to the truth than the mean does."""
    cycle = 40 + 30 * np.sin(2 * np.pi * np.arange(12) / 12)
    path = SupportVectors().forecast(np.tile(cycle, 8), 12, 12)
    assert np.abs(path - cycle).mean() < np.abs(cycle - cycle.mean()).mean() / 2


@pytest.mark.parametrize(
    ("field", "value"),
    [("lags", 0), ("order", -1), ("cost", 0.0), ("tube", -0.1), ("memory", 9)],
)
def test_impossible_settings_are_refused(field: str, value: float) -> None:
    """The message names the setting."""
    with pytest.raises(ValueError, match=field):
        SupportVectorParams(**{field: value})  # type: ignore[arg-type] # wrong on purpose
