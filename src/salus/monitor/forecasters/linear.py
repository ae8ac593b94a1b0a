"""Linear regression on the last values and the time of the season."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from salus.core.checks import within
from salus.core.messages import Message, say
from salus.monitor.forecasters.design import Design
from salus.monitor.history import fill_gaps
from salus.monitor.scale import Scale

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LinearParams:
    """What a linear regression is allowed to see.

    Parameters
    ----------
    lags : int
        Last values, 1 to 52.
    order : int
        Sine and cosine pairs of the season, 0 to 26.
    ridge : float
        Weight that draws standardised coefficients towards 0, at least 0.

    Raises
    ------
    ValueError
        If a number is out of range.
    """

    lags: int = 4
    order: int = 2
    ridge: float = 1.0

    def __post_init__(self) -> None:
        """Refuse impossible settings."""
        within("lags", self.lags, 1, 52, "values")
        within("order", self.order, 0, 26, "pairs")
        within("ridge", self.ridge, 0)


@dataclass(frozen=True, slots=True)
class LinearRegression:
    """Regresses each value on the ones before it and on Fourier terms of the season.

    ``y_t = b + sum_j a_j y_(t-j) + sum_k (c_k sin(2 pi k t / m) + d_k cos(2 pi k t / m))`` on the
    scale of :class:`~salus.monitor.scale.Scale`, by least squares with a small ridge, carried
    forward value by value.

    Parameters
    ----------
    params : LinearParams
        What the regression may see.

    Examples
    --------
    >>> values = 40.0 + np.arange(40.0) % 2
    >>> LinearRegression().forecast(values, horizon=3, season=1).round()
    array([40., 41., 40.])

    References
    ----------
    A. E. Hoerl, R. W. Kennard (1970), Ridge regression. Technometrics 12.
    """

    params: LinearParams = field(default_factory=LinearParams)
    name: ClassVar[str] = "linear_regression"
    label: ClassVar[Message] = say("linear regression")

    def forecast(self, values: Values, horizon: int, season: int) -> Values:
        """Carry a history forward; see :class:`~salus.monitor.forecasters.base.Forecaster`."""
        scale = Scale.of(values)
        known = scale.forward(fill_gaps(values))
        design = Design.fitting(len(known), self.params.lags, self.params.order, season)
        if design is None:
            return np.full(horizon, scale.back(known[-1:])[0])
        coefficients, centre, level = _least_squares(*design.rows(known), self.params.ridge)
        path = design.roll(lambda rows: level + (rows - centre) @ coefficients, known, horizon)
        return scale.back(path)


def _least_squares(rows: Values, targets: Values, ridge: float) -> tuple[Values, Values, float]:
    centre, spread = rows.mean(0), rows.std(0)
    spread[spread == 0] = 1.0
    standard, level = (rows - centre) / spread, float(targets.mean())
    gram = standard.T @ standard + (ridge + 1e-9) * np.eye(rows.shape[1])
    return np.linalg.solve(gram, standard.T @ (targets - level)) / spread, centre, level
