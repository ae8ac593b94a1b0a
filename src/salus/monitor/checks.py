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

    from salus.monitor.detectors.base import Detector
    from salus.monitor.forecasters.base import Forecaster

    Values = NDArray[np.float64]

HORIZON = 5
SEASON = 4

FEWEST_ROWS = 50
"""Rows of a history that a detector must be content with."""

GROSS = 50.0
"""A jump, in sigma of every column, that no detector may miss."""


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


def check_detector(detector: Detector) -> None:
    """Test a detector against the promise of :class:`~..detectors.base.Detector`.

    Parameters
    ----------
    detector : Detector
        An instance, with the parameters it is to be tested with.

    Raises
    ------
    DefectError
        With one fault for each broken promise.

    Examples
    --------
    >>> from salus.monitor.detectors.isolation_forest import IsolationForest
    >>> check_detector(IsolationForest())
    """
    faults = Faults()
    remedy = say("mend the method, see the promise in monitor.detectors.base")
    for case, history in _pasts():
        for broken in _misjudged(detector, history):
            faults.add(broken, Where(detector.name, column=case), remedy)
    faults.stop(DefectError)


def _pasts() -> Iterator[tuple[str, Values]]:
    rng = stream(1, "check_detector")
    noise = rng.normal(10, 1, size=(2 * FEWEST_ROWS, 3))
    yield "noise", noise
    yield "one column", noise[:FEWEST_ROWS, :1]
    yield "gaps", np.where(rng.integers(4, size=noise.shape) == 0, np.nan, noise)
    yield "a column of gaps", np.column_stack([noise[:, 0], np.full(len(noise), np.nan)])
    yield "constant", np.full((FEWEST_ROWS, 2), 7.0)


def _misjudged(detector: Detector, history: Values) -> Iterator[Message]:
    usual = np.nan_to_num(history[:1], nan=10.0)
    live = np.vstack([usual, np.full_like(usual, np.nan), usual + GROSS])
    given, now = history.copy(), live.copy()
    judgement = detector.judge(given, now, seed=1)
    shape = judgement.contributions.shape
    if judgement.scores.shape != (len(live),) or shape != live.shape:
        yield say("scores or contributions have another shape than the live rows")
        return
    if not np.isfinite(judgement.scores).all() or not np.isfinite(judgement.limit):
        yield say("a score or the limit is not finite")
    if (judgement.contributions < 0).any() or judgement.contributions[np.isnan(live)].any():
        yield say("a contribution is negative, or that of a gap is not 0")
    if judgement.flags[1] or not judgement.flags[2]:
        yield say("a row of gaps was flagged, or a gross jump was not")
    if any(flag != bool(why) for flag, why in zip(judgement.flags, judgement.causes, strict=True)):
        yield say("a flagged row has no cause, or a usual row has one")
    if not np.array_equal(given, history, equal_nan=True) or not np.array_equal(
        now, live, equal_nan=True
    ):
        yield say("history or live rows were changed")
    again = detector.judge(history, live, seed=1)
    if not np.array_equal(again.scores, judgement.scores) or again.limit != judgement.limit:
        yield say("the same seed gave two judgements")
