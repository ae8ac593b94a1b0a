"""Exponential smoothing beside its slow twin."""

from __future__ import annotations

import numpy as np
import pytest

from salus.monitor.forecasters.smoothing import ExponentialSmoothing, SmoothingParams, smooth
from tests.fakes.histories import winters

GRID = SmoothingParams(level=(0.1, 0.6), trend=(0.2,), season=(0.0, 0.3), damping=(0.9,)).grid(
    seasonal=True
)


def one_candidate(
    values: np.ndarray, horizon: int, season: int, weights: np.ndarray
) -> tuple[float, np.ndarray]:
    """Smooth as the textbook writes it, one number after the other."""
    alpha, beta, phi, gamma, seasonal = (float(weight) for weight in weights)
    rounds = values[: 2 * season].reshape(2, season) if season > 1 else values[:1].reshape(1, 1)
    level, trend = float(rounds.mean()), 0.0
    cycle = [seasonal * float(np.mean(rounds[:, k] - rounds.mean(axis=1))) for k in range(season)]
    squares = 0.0
    for t, value in enumerate(values):
        error = value - (level + phi * trend + cycle[t % season])
        squares += error**2 if t >= 2 * season else 0.0
        level = level + phi * trend + alpha * error
        trend = phi * trend + alpha * beta * error
        cycle[t % season] += gamma * (1 - alpha) * error
    path = []
    for step in range(horizon):
        trend *= phi
        level += trend
        path.append(level + cycle[(len(values) + step) % season])
    return squares, np.array(path)


@pytest.mark.parametrize("season", [1, 6])
def test_all_candidates_at_once_agree_with_one_at_a_time(season: int) -> None:
    """The vectorised grid picks the candidate and the path that plain loops pick."""
    values = np.log1p(winters(50, 6))
    grid = GRID if season > 1 else GRID[GRID[:, 4] == 0]
    twins = [one_candidate(values, 5, season, weights) for weights in grid]
    _, best = min(twins, key=lambda twin: twin[0])
    assert smooth(values, 5, season, grid) == pytest.approx(best, rel=1e-9)


def test_every_single_candidate_agrees() -> None:
    """Not only the winner: each row of the grid follows its own loop."""
    values = np.log1p(winters(50, 6))
    for weights in GRID:
        _, path = one_candidate(values, 5, 6, weights)
        assert smooth(values, 5, 6, weights[None, :]) == pytest.approx(path, rel=1e-9)


def test_a_damped_trend_levels_off() -> None:
    """Each step of a rising path is smaller than the one before."""
    path = ExponentialSmoothing().forecast(np.arange(1.0, 40.0) ** 2, 6, 1)
    steps = np.diff(np.log1p(path))
    assert (steps > 0).all()
    assert (np.diff(steps) < 0).all()


def test_a_clean_season_is_followed() -> None:
    """A season without noise is carried forward as it is."""
    cycle = np.array([5.0, 20, 60, 20])
    path = ExponentialSmoothing().forecast(np.tile(cycle, 8), 4, 4)
    assert path == pytest.approx(cycle, rel=0.01)


def test_two_values_say_only_the_last() -> None:
    """Where no candidate can be told from another, the last value goes on."""
    assert ExponentialSmoothing().forecast(np.array([3.0, 9.0]), 2, 4) == pytest.approx([9, 9])


def test_weights_out_of_range_are_refused() -> None:
    """The message names the weight and its value."""
    with pytest.raises(ValueError, match=r"damping must be between 0 and 1, but is 1.1"):
        SmoothingParams(damping=(1.1,))
