"""Support vector regression on the last values and the time of the season."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from sklearn.svm import SVR

from salus.core.checks import within
from salus.core.messages import Message, say
from salus.monitor.forecasters.design import Design
from salus.monitor.history import fill_gaps
from salus.monitor.scale import Scale

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SupportVectorParams:
    """What a support vector regression is allowed to see, and how closely it follows.

    Parameters
    ----------
    lags : int
        Last values, 1 to 52.
    order : int
        Sine and cosine pairs of the season, 0 to 26.
    cost : float
        Penalty of an error, more than 0 (1e-6 at least).
    tube : float
        Errors up to this many standard deviations of the change cost nothing, 0 or more.
    memory : int
        Only this many of the latest values are learned from, at least 10.

    Raises
    ------
    ValueError
        If a number is out of range.
    """

    lags: int = 6
    order: int = 2
    cost: float = 1.0
    tube: float = 0.2
    memory: int = 260

    def __post_init__(self) -> None:
        """Refuse impossible settings."""
        within("lags", self.lags, 1, 52, "values")
        within("order", self.order, 0, 26, "pairs")
        within("cost", self.cost, 1e-6)
        within("tube", self.tube, 0, unit="standard deviations")
        within("memory", self.memory, 10, unit="values")


@dataclass(frozen=True, slots=True)
class SupportVectors:
    """Learns the change to the next value from the last ones, with a radial kernel.

    Finds the flattest function whose errors beyond a tube cost least, on standardised columns
    and the scale of :class:`~salus.monitor.scale.Scale`; carried forward value by value.

    Parameters
    ----------
    params : SupportVectorParams
        What the regression may see, and how closely it follows.

    Examples
    --------
    >>> values = 40.0 + 10 * (np.arange(40.0) % 2)
    >>> SupportVectors().forecast(values, horizon=3, season=1).round(-1)
    array([40., 50., 40.])

    References
    ----------
    A. J. Smola, B. Schoelkopf (2004), A tutorial on support vector regression. Statistics and
    Computing 14.
    """

    params: SupportVectorParams = field(default_factory=SupportVectorParams)
    name: ClassVar[str] = "support_vectors"
    label: ClassVar[Message] = say("support vectors")

    def forecast(self, values: Values, horizon: int, season: int) -> Values:
        """Carry a history forward; see :class:`~salus.monitor.forecasters.base.Forecaster`."""
        scale, p = Scale.of(values), self.params
        known = scale.forward(fill_gaps(values))[-p.memory :]
        design = Design.fitting(len(known), p.lags, p.order, season)
        if design is None:
            return np.full(horizon, scale.back(known[-1:])[0])
        centre, spread = known.mean(), known.std() or 1.0
        standard = (known - centre) / spread
        rows, targets = design.rows(standard)
        moves = targets - rows[:, 0]
        size = moves.std() or 1.0
        machine = SVR(C=p.cost, epsilon=p.tube).fit(rows, moves / size)

        def model(rows: Values) -> Values:
            return rows[:, 0] + size * machine.predict(rows)

        return scale.back(centre + spread * design.roll(model, standard, horizon))
