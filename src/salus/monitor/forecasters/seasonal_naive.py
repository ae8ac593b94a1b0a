"""Last season's values again: the slow twin that every other method must beat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from salus.core.messages import Message, say
from salus.monitor.history import fill_gaps

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class SeasonalNaive:
    """Repeats the last season: ``f_(t+k) = y_(t+k-m)``, again and again.

    A history shorter than a season repeats its last value.

    Examples
    --------
    >>> SeasonalNaive().forecast(np.array([9.0, 1.0, 2.0, 3.0]), horizon=4, season=3)
    array([1., 2., 3., 1.])

    References
    ----------
    R. J. Hyndman, G. Athanasopoulos (2021), Forecasting: principles and practice, 3rd edition.
    """

    name: ClassVar[str] = "seasonal_naive"
    label: ClassVar[Message] = say("last season's value")

    def forecast(
        self, values: NDArray[np.float64], horizon: int, season: int
    ) -> NDArray[np.float64]:
        """Carry a history forward; see :class:`~salus.monitor.forecasters.base.Forecaster`."""
        known = fill_gaps(values)
        last = known[-season:] if len(known) >= season else known[-1:]
        return np.resize(last, horizon)
