"""Seasonal residuals: what is left when trend and seasons are taken away, watched for shifts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from salus.core.checks import within
from salus.core.messages import Message, say
from salus.monitor.detectors.alarm_rule import AlarmRule
from salus.monitor.detectors.base import Judgement
from salus.monitor.detectors.baseline import learn_baseline

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ResidualParams:
    """What a column repeats, and when it alarms.

    Parameters
    ----------
    cycles : tuple of float
        Lengths of the seasons, in rows, each above 2.
    rows_per_year : float
        What the budget of false alarms is counted against, 1 or more.
    rule : AlarmRule
        When a row alarms.

    Raises
    ------
    ValueError
        If a number is out of range.
    """

    cycles: tuple[float, ...] = (7.0, 365.25)
    rows_per_year: float = 365.25
    rule: AlarmRule = field(default_factory=AlarmRule)

    def __post_init__(self) -> None:
        """Refuse impossible settings."""
        within("rows_per_year", self.rows_per_year, 1, unit="rows")
        for cycle in self.cycles:
            within("cycles", cycle, 2.001, unit="rows")


@dataclass(frozen=True, slots=True)
class SeasonalResidual:
    """Judges each column by its own past, after robust removal of trend and seasons.

    The score of a row is the largest share of a limit that a column uses, by its jump or by its
    moving average; the limit is 1.

    Parameters
    ----------
    params : ResidualParams
        What repeats, and when a row alarms.

    Examples
    --------
    >>> week = np.tile([5.0, 5, 5, 6, 5, 2, 1], 12)[:, None]
    >>> live = np.array([[5.0], [5], [5], [16], [5]])
    >>> SeasonalResidual().judge(week, live, seed=1).flags
    array([False, False, False,  True, False])

    References
    ----------
    See :class:`~salus.monitor.detectors.alarm_rule.AlarmRule` and
    :func:`~salus.monitor.detectors.baseline.learn_baseline`.
    """

    params: ResidualParams = field(default_factory=ResidualParams)
    name: ClassVar[str] = "seasonal_residual"
    label: ClassVar[Message] = say("seasonal residuals")

    def judge(self, history: Values, live: Values, seed: int) -> Judgement:
        """Judge rows; see :class:`~salus.monitor.detectors.base.Detector`. No chance is used."""
        del seed
        shares = np.column_stack([self._shares(*pair) for pair in zip(history.T, live.T)])  # noqa: B905 (numpy knows both widths)
        causes = tuple(
            tuple(int(column) for column in np.argsort(-row, kind="stable") if row[column] > 1)
            for row in shares
        )
        return Judgement(shares.max(1), 1.0, shares, causes)

    def _shares(self, history: Values, live: Values) -> Values:
        params = self.params
        if not np.isfinite(history).any():
            return np.zeros(len(live))
        base = learn_baseline(history, len(history) + len(live), params.cycles)
        standard = base.standard(np.concatenate([history, live]))
        jump, shift = params.rule.limits(standard[: len(history)], params.rows_per_year)
        shares, average = np.zeros(len(live)), 0.0
        for row, value in enumerate(standard[len(history) :]):
            if np.isfinite(value):
                average = params.rule.average(average, float(value))
                shares[row] = max(abs(value) / jump, abs(average) / shift)
        return shares
