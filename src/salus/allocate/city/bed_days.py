"""Capacity in bed-days: what those in care now leave free, as they go home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.core.errors import Faults, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salus.allocate.city.arrays import Floats

TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class StayLeft:
    """How long those who are in care now will stay.

    Parameters
    ----------
    there : ndarray, shape (D,)
        Share that still takes its bed on each day from today on: 1 first, never rising, from 0
        to 1. Behind its end nobody is left.

    Raises
    ------
    ValueError
        If it begins elsewhere, rises, or leaves its range; everything that is wrong is named.

    Examples
    --------
    >>> StayLeft.of_mean(2.0).there[:4].tolist()
    [1.0, 0.5, 0.25, 0.125]
    >>> StayLeft.of_stays(np.array([1.0, 1.0, 0.5])).there.tolist()
    [1.0, 0.6, 0.2]
    """

    there: Floats

    def __post_init__(self) -> None:
        """Refuse shares that nobody's stay can have."""
        there, faults = self.there, []
        if there.ndim != 1 or not there.size:
            message = f"there must have shape (D,) with a day at least, but has {there.shape}"
            raise ValueError(message)
        wrong = there[~((there >= 0) & (there <= 1))]
        if wrong.size:
            faults.append(f"there must be from 0 to 1, but holds {wrong[0]}")
        elif abs(there[0] - 1) > TOLERANCE:
            faults.append(f"there must begin with 1, for all are there today, but with {there[0]}")
        rises = np.flatnonzero(np.diff(there) > TOLERANCE)
        if rises.size:
            faults.append(f"there must not rise, but does on day {rises[0] + 1}")
        if faults:
            raise ValueError("; ".join(faults))

    @classmethod
    def of_mean(cls, days: float, *, horizon: int = 400) -> StayLeft:
        """Let everybody go home with the same chance each day, 1 in ``days``.

        Such a stay has no memory: what is left of it is as long as a whole one, and its mean is
        ``days``.

        Parameters
        ----------
        days : float
            Mean stay, 1 or more.
        horizon : int
            Days to look ahead.

        Raises
        ------
        ValueError
            If the mean is below 1.
        """
        if not days >= 1:
            message = f"days must be 1 or more, but is {days}"
            raise ValueError(message)
        return cls((1 - 1 / days) ** np.arange(horizon, dtype=np.float64))

    @classmethod
    def of_stays(cls, there: Floats) -> StayLeft:
        """Take what is left from how whole stays last, for a ward that is in a steady state.

        Whoever is found in a bed has a stay longer than most, and is anywhere in it:

            left_d = sum of there_k from k = d on, of the sum of all there_k

        Parameters
        ----------
        there : ndarray, shape (D,)
            Share of all admissions that takes its bed on each day of its stay.

        References
        ----------
        Cox (1962), Renewal theory, chapter 5.
        """
        longer = cls(there).there[::-1].cumsum()[::-1]
        return cls(longer / longer[0])

    def on(self, day: int) -> float:
        """Return the share that is still there on a day from today on."""
        return float(self.there[day]) if day < self.there.size else 0.0


@dataclass(frozen=True, slots=True, eq=False)
class InCare:
    """Who is in care now, and for how long.

    Parameters
    ----------
    census : ndarray, shape (J, R)
        Units that those in care take today, 0 or more.
    left : tuple of StayLeft, R of them
        How long those who take each resource will stay.

    Examples
    --------
    Ten beds, eight taken, half of whom go home each night:

    >>> ward = InCare(np.array([[8.0]]), (StayLeft.of_mean(2.0),))
    >>> ward.taken(3, period_days=1)[0, 0].tolist()
    [8.0, 4.0, 2.0]
    >>> ward.discharged(2, period_days=1)[0, 0].tolist()
    [4.0, 2.0]
    """

    census: Floats
    left: tuple[StayLeft, ...]

    def __post_init__(self) -> None:
        """Refuse a census that cannot be, naming all that is wrong with it."""
        if self.census.ndim != 2 or self.census.shape[1] != len(self.left):  # noqa: PLR2004
            message = f"census must have shape (J, {len(self.left)}), but has {self.census.shape}"
            raise ValueError(message)
        wrong = self.census[~(np.isfinite(self.census) & (self.census >= 0))]
        if wrong.size:
            message = f"census must be finite and 0 or more, but holds {wrong[0]}"
            raise ValueError(message)

    def taken(self, periods: int, period_days: int) -> Floats:
        """Add up the resource-days that those in care take in each period, shape (J, R, T)."""
        there = self._daily(periods * period_days)[:, : periods * period_days]
        days = there.reshape(len(self.left), periods, period_days).sum(axis=2)
        return self.census[:, :, None] * days

    def discharged(self, periods: int, period_days: int) -> Floats:
        """Count those who go home in each period, in units of their resource, (J, R, T)."""
        there = self._daily(periods * period_days)[:, ::period_days]
        return self.census[:, :, None] * -np.diff(there, axis=1)

    def _daily(self, days: int) -> Floats:
        """Tell the share that is there on each day and the one after them, shape (R, days + 1)."""
        return np.array([[left.on(day) for day in range(days + 1)] for left in self.left])


def free_bed_days(
    units: Floats,
    care: InCare,
    periods: int,
    *,
    period_days: int = 1,
    reserve: Floats | None = None,
) -> Floats:
    """Count what can be planned with: what is neither taken by those in care nor kept back.

    Parameters
    ----------
    units : ndarray, shape (J, R)
        Units that can be used on each day.
    care : InCare
        Who is in care on the first day of the plan.
    periods : int
        Periods of the plan, 1 or more.
    period_days : int
        Days of each, 1 or more.
    reserve : ndarray, shape (J, R), optional
        Units that each facility keeps for itself.

    Returns
    -------
    ndarray, shape (J, R, T)
        Resource-days; 0 where more is taken and kept than there is.

    Raises
    ------
    ValueError
        If shapes do not fit or a number is out of range; everything that is wrong is named.

    Examples
    --------
    >>> ward = InCare(np.array([[8.0]]), (StayLeft.of_mean(2.0),))
    >>> free_bed_days(np.array([[10.0]]), ward, 3, reserve=np.array([[1.0]]))[0, 0].tolist()
    [1.0, 5.0, 7.0]
    """
    kept = np.zeros_like(units) if reserve is None else reserve
    faults = [
        f"{name} must be a whole number from 1 on, but is {value}"
        for name, value in (("periods", periods), ("period_days", period_days))
        if not (value >= 1 and value == int(value))
    ]
    for name, values in (("units", units), ("reserve", kept)):
        if values.shape != care.census.shape:
            faults.append(f"{name} must have shape {care.census.shape}, but has {values.shape}")
        elif (wrong := values[~(np.isfinite(values) & (values >= 0))]).size:
            faults.append(f"{name} must be finite and 0 or more, but holds {wrong[0]}")
    if faults:
        raise ValueError("; ".join(faults))
    whole = (units - kept)[:, :, None] * period_days
    return np.maximum(whole - care.taken(periods, period_days), 0.0)


def stay_shares(mean_days: Floats, periods: int, *, period_days: int = 1) -> Floats:
    """Spread what a case takes over the periods of its stay, for a stay without memory.

    Admissions come evenly on the days of their period. With q = 1 - 1 / mean, a case that comes
    on day a of a period of w days takes a share (1 - q) q^(d - a) on day d; those shares are
    added up by period and averaged over a.

    Parameters
    ----------
    mean_days : ndarray, shape (S,)
        Mean stay of each service, 1 or more.
    periods : int
        Periods of the plan; the last column holds all that falls behind them.
    period_days : int
        Days of each.

    Returns
    -------
    ndarray, shape (S, periods + 1)
        Rows add up to 1: the ``stay`` of a problem.

    Raises
    ------
    ValueError
        If a mean is below 1.

    Examples
    --------
    >>> stay_shares(np.array([2.0]), 3).tolist()
    [[0.5, 0.25, 0.125, 0.125]]
    """
    wrong = mean_days[~(mean_days >= 1)]
    if wrong.size:
        message = f"mean_days must be 1 or more, but holds {wrong[0]}"
        raise ValueError(message)
    stays_on = (1 - 1 / mean_days)[:, None, None]
    ends = np.arange(1, periods + 1)[:, None] * period_days - np.arange(period_days)
    within = np.mean(1 - stays_on**ends, axis=2)
    return np.diff(within, axis=1, prepend=0.0, append=1.0)


def refuse_the_past(periods: Sequence[date], as_of: date) -> None:
    """Refuse to plan for days that are over.

    Parameters
    ----------
    periods : sequence of date
        First day of each period.
    as_of : date
        Today: the first day that can be planned.

    Raises
    ------
    InputError
        With a fault for each period that begins before.

    Examples
    --------
    >>> from datetime import date
    >>> refuse_the_past((date(2026, 6, 28),), date(2026, 6, 28))
    """
    faults = Faults()
    for period in periods:
        if period < as_of:
            faults.add(
                say(
                    "need on {period} lies in the past, for the plan is made on {today}",
                    period=period,
                    today=as_of,
                ),
                Where("allocate.city"),
                say("leave out what is over, or plan as of an earlier day"),
            )
    faults.stop()
