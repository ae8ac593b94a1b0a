"""What need may turn out to be: scenarios of the forecast's error and of chance."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.uncertain.reduction import reduce_scenarios
from salus.allocate.city.uncertain.sampling import Correlation, from_quantiles, quantiles_of_bands
from salus.allocate.city.uncertain.scenarios import equally_likely
from salus.core.messages import Message, say
from salus.core.rng import stream
from salus.data.region.defaults import SERIES_SPLIT
from salus.service.demand import STALE_DAYS, base_load, expected_demand

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.allocate.city.uncertain.reduction import Reduced
    from salus.allocate.city.uncertain.scenarios import Scenarios
    from salus.data.region.region import Region
    from salus.monitor.forecast import Forecast
    from salus.service.forecast_need import Need

DRAWN = 100
"""Scenarios that are drawn, and on which every choice is judged."""
KEPT = 15
"""Scenarios that stand for them where something is decided."""


@dataclass(frozen=True, slots=True, eq=False)
class NeedAhead:
    """Scenarios of need.

    Parameters
    ----------
    drawn : Scenarios
        All, equally likely.
    reduced : Reduced
        The few that stand for them.
    seed : int
        Of the draw.
    forecasts : tuple of Message
        Names of the series whose forecasts are off in the scenarios; the rest is chance.
    """

    drawn: Scenarios
    reduced: Reduced
    seed: int
    forecasts: tuple[Message, ...]

    def assumption(self) -> Message:
        """Say what the scenarios take for granted of how needs go together."""
        if not self.forecasts:
            return say(
                "Scenarios of need: no forecast adds to demand, so each district's cases vary by "
                "chance alone (Poisson), independent of the other districts and from day to day."
            )
        return say(
            "Scenarios of need: where the forecast of {series} is off, it is off for all "
            "districts and services at once and in the same direction on all days, as often and "
            "as far as at earlier origins. Beyond that, each district's cases vary by chance "
            "(Poisson), independent of the other districts and from day to day.",
            series=self.forecasts,
        )


def need_ahead(region: Region, need: Need, weight: NDArray[np.float64], seed: int) -> NeedAhead:
    """Draw what need may turn out to be.

    Demand follows each forecast along one quantile on all days; around that, cases are counts
    that vary by chance. A Poisson count whose mean is uncertain: all districts share the error of
    the forecast, and nothing else.

    Parameters
    ----------
    region : Region
        Places, services and stated demand.
    need : Need
        What it needs as expected, with its forecasts.
    weight : ndarray, shape (n_services,)
        What a case of each service counts where scenarios are compared.
    seed : int
        Of the draw.

    Returns
    -------
    NeedAhead
    """
    days = need.expected.days
    base = base_load(region, days[0] - timedelta(days=1), len(days))
    ahead = [outlook.forecast for outlook in need.outlooks]
    added = [
        each
        for each in ahead
        if each.indicator.id in SERIES_SPLIT and (days[0] - each.origin).days <= STALE_DAYS
    ]
    paths = [_paths(each, seed) for each in added]
    mean = np.stack(
        [
            expected_demand(
                base,
                [replace(one, point=path[k]) for one, path in zip(added, paths, strict=True)],
            )[0].cases
            for k in range(DRAWN if added else 1)
        ]
    )
    chance = stream(seed, "chance of need")
    shape = (DRAWN, *need.expected.cases.shape)
    drawn = equally_likely(chance.poisson(np.broadcast_to(mean, shape)).astype(np.float64))
    return NeedAhead(
        drawn,
        reduce_scenarios(drawn, KEPT, weight=weight),
        seed,
        tuple(each.indicator.name for each in added),
    )


def _paths(ahead: Forecast, seed: int) -> NDArray[np.float64]:
    """Draw values of a series, shape (DRAWN, horizon): each follows one quantile all along."""

    def column(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.maximum(values, 0.0)[None, None, :]

    levels, values = quantiles_of_bands(
        column(ahead.point),
        {
            level / 100: (column(band.lower), column(band.upper))
            for level, band in ahead.bands.items()
        },
    )
    along = Correlation.even((1, 1, len(ahead.point)), periods=1.0)
    found = from_quantiles(levels, values, along, count=DRAWN, seed=seed)
    path: NDArray[np.float64] = found.need[:, 0, 0]
    return path
