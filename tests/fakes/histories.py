"""Made-up histories of an indicator."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from salus.core.messages import say
from salus.core.rng import stream
from salus.domain.indicator import Indicator, Series

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

FIRST = date(2022, 2, 5)


def weekly(values: Sequence[float] | NDArray[np.float64], season: int = 1) -> Series:
    """Give a weekly indicator these values."""
    indicator = Indicator(
        "influenza", say("influenza"), say("admissions"), period_days=7, season=season
    )
    dates = tuple(FIRST + timedelta(weeks=week) for week in range(len(values)))
    return Series(indicator, dates, np.asarray(values, dtype=np.float64))


def winters(weeks: int, season: int, seed: int = 1) -> NDArray[np.float64]:
    """Count cases that swell once a season, with lasting chance."""
    rng = stream(seed, "winters")
    chance = np.zeros(weeks)
    for week in range(1, weeks):
        chance[week] = 0.7 * chance[week - 1] + rng.normal(0, 0.15)
    rate = np.exp(4 + np.sin(2 * np.pi * np.arange(weeks) / season) + chance)
    return rng.poisson(rate).astype(np.float64)
