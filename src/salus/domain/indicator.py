"""Figures that are watched over time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from salus.core.checks import named, within

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from salus.core.messages import Message


class Direction(StrEnum):
    """Which way an indicator improves."""

    UP = "up"
    DOWN = "down"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a series of figures means.

    Parameters
    ----------
    id : str
        Key, such as ``influenza_admissions``.
    name, unit : Message
        Name for people, and the unit of its values.
    direction : Direction
        Which way it improves.
    period_days : int
        Days from one value to the next: 1 daily, 7 weekly.
    season : int
        Values that make a full season: 52 for a yearly season of weeks; 1 for none.

    Raises
    ------
    ValueError
        If the key is empty or a number is out of range.
    """

    id: str
    name: Message
    unit: Message
    direction: Direction = Direction.NEUTRAL
    period_days: int = 7
    season: int = 52

    def __post_init__(self) -> None:
        """Refuse an indicator that cannot exist."""
        named("indicator_id", self.id)
        within("period_days", self.period_days, 1, 366, "days")
        within("season", self.season, 1, 366, "values")


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """The values of an indicator, evenly spaced; a gap is not a number.

    Parameters
    ----------
    indicator : Indicator
        What the values mean.
    dates : tuple of date
        Last day of each period, ascending by ``indicator.period_days``.
    values : ndarray, shape (n_dates,)
        In the unit of the indicator; NaN where nothing is known.

    Raises
    ------
    ValueError
        If the lengths differ or the dates are not evenly spaced.
    """

    indicator: Indicator
    dates: tuple[date, ...]
    values: NDArray[np.float64]

    def __post_init__(self) -> None:
        """Refuse dates and values that do not belong together."""
        if self.values.shape != (len(self.dates),):
            message = f"values must have shape ({len(self.dates)},), but has {self.values.shape}"
            raise ValueError(message)
        steps = {(b - a).days for a, b in zip(self.dates, self.dates[1:], strict=False)}
        if steps - {self.indicator.period_days}:
            message = f"dates must be {self.indicator.period_days} days apart, but steps are "
            raise ValueError(message + f"{sorted(steps)}")

    @property
    def known(self) -> NDArray[np.bool_]:
        """Tell which values are known, shape (n_dates,)."""
        return np.isfinite(self.values)
