"""Whether a method keeps its promise; for our own methods and for anyone's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.core.errors import DefectError, Faults, Where
from salus.core.messages import Message, say
from salus.core.rng import stream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from salus.monitor.forecasters.base import Forecaster

    Values = NDArray[np.float64]

HORIZON = 5
SEASON = 4


def check_forecaster(forecaster: Forecaster) -> None:
    """Test a forecasting method against the promise of :class:`~..forecasters.base.Forecaster`.

    Parameters
    ----------
    forecaster : Forecaster
        An instance, with the parameters it is to be tested with.

    Raises
    ------
    DefectError
        With one fault for each broken promise.

    Examples
    --------
    >>> from salus.monitor.forecasters.seasonal_naive import SeasonalNaive
    >>> check_forecaster(SeasonalNaive())
    """
    faults = Faults()
    remedy = say("mend the method, see the promise in monitor.forecasters.base")
    for case, history in _histories():
        for broken in _broken(forecaster, history):
            faults.add(broken, Where(forecaster.name, column=case), remedy)
    faults.stop(DefectError)


def _histories() -> Iterator[tuple[str, Values]]:
    rng = stream(1, "check_forecaster")
    cycle = np.tile([0.0, 6.0, 9.0, 4.0], 10)
    counts = rng.poisson(20 + cycle).astype(np.float64)
    gaps = np.where(rng.integers(3, size=40) == 0, np.nan, counts)
    yield "counts with a season", counts
    yield "balances below zero", counts - 25
    yield "gaps", np.concatenate([[np.nan], gaps, [np.nan, np.nan]])
    yield "zeros", np.zeros(40)
    yield "constant", np.full(40, 7.0)
    yield "one outbreak", np.where(np.arange(40) == 30, 5000.0, 3.0)  # noqa: PLR2004 (week 30)
    for length in (1, 2, 3, 7, 12):
        yield f"{length} values", counts[:length]


def _broken(forecaster: Forecaster, history: Values) -> Iterator[Message]:
    given = history.copy()
    path = forecaster.forecast(given, HORIZON, SEASON)
    known = history[np.isfinite(history)]
    if path.shape != (HORIZON,) or not np.isfinite(path).all():
        yield say("the path does not hold {count} finite values", count=HORIZON)
        return
    if not np.array_equal(given, history, equal_nan=True):
        yield say("the history was changed")
    if not np.array_equal(forecaster.forecast(history, HORIZON, SEASON), path):
        yield say("the same history gave two paths")
    if (known >= 0).all() and (path < 0).any():
        yield say("a history without negative values led below zero")
    if np.ptp(known) == 0 and not np.allclose(path, known[0]):
        yield say("a constant history was not carried forward")
    if not np.isfinite(forecaster.forecast(history, HORIZON, season=1)).all():
        yield say("without a season the path is not finite")
