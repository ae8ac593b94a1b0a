"""Made-up series of indicators with chance of several kinds, and what is planted in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from salus.core.rng import stream

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

YEARS, DAYS, WEEKS = 3, 365.25, 52.18
WEEK = np.array([1.05, 1.1, 1.05, 1.0, 1.0, 0.85, 0.8])
KINDS = ("normal", "poisson", "share", "overdispersed", "carried")


class Made(NamedTuple):
    """A series in which nothing happens, one sigma at each point, and where a shift may begin."""

    values: Values
    sigma: Values
    shift: int


def quiet(kind: str, number: int, *, daily: bool) -> Made:
    """Make a series of three years with a trend, a year, a week if daily, and chance."""
    rng = stream(number, f"watched/{kind}/{daily}")
    year = DAYS if daily else WEEKS
    length = int(YEARS * year)
    time = np.arange(length)
    level = 1 + 0.2 * np.sin(2 * np.pi * time / year + rng.uniform(0, 6)) + 0.1 * time / length
    if daily:
        level *= np.resize(WEEK, length)
    values, sigma = _chance(kind, level, rng)
    return Made(values, sigma, int(rng.integers(length // 2, length - 8)))


def _chance(kind: str, level: Values, rng: np.random.Generator) -> tuple[Values, Values]:
    n = len(level)
    if kind == "poisson":
        mean = rng.choice([3, 20, 100]) * level
        return rng.poisson(mean).astype(np.float64), np.sqrt(mean)
    if kind == "share":
        size, mean = int(rng.choice([50, 200, 1000])), 0.1 * level
        return rng.binomial(size, mean) / size, np.sqrt(mean * (1 - mean) / size)
    if kind == "overdispersed":
        mean = 50 * level
        return rng.negative_binomial(mean, 0.5).astype(np.float64), np.sqrt(2 * mean)
    noise = rng.normal(size=n)
    if kind == "carried":
        for place in range(1, n):
            noise[place] = 0.5 * noise[place - 1] + np.sqrt(0.75) * noise[place]
    return 80 * level + 4 * noise, np.full(n, 4.0)
