"""Scenarios drawn from forecasts: what each need may be, and how needs go together.

Each need keeps the distribution that its forecast gives it; the correlations join them (a
Gaussian copula): districts fall ill together, and a bad day is followed by another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import gammaincinv, ndtr, ndtri

from salus.allocate.city.uncertain.scenarios import Scenarios, equally_likely
from salus.core.rng import stream

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salus.allocate.city.arrays import Floats

ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Correlation:
    """How needs go together; that of two needs is the product of the three.

    Parameters
    ----------
    districts, services, periods : ndarray, shapes (I, I), (S, S), (T, T)
        Correlation matrices: symmetric, 1 on the diagonal, no negative eigenvalue.

    Raises
    ------
    ValueError
        If one of them is no correlation matrix; all are named.
    """

    districts: Floats
    services: Floats
    periods: Floats

    def __post_init__(self) -> None:
        """Refuse what is no correlation."""
        faults = [
            f"correlation of {name} {fault}"
            for name in ("districts", "services", "periods")
            if (fault := _no_correlation(getattr(self, name)))
        ]
        if faults:
            raise ValueError("; ".join(faults))

    @classmethod
    def even(
        cls,
        shape: tuple[int, int, int],
        *,
        districts: float = 0.0,
        services: float = 0.0,
        periods: float = 0.0,
    ) -> Correlation:
        """Correlate all pairs of districts and of services alike, and periods with the next.

        Parameters
        ----------
        shape : tuple of int
            I, S and T.
        districts, services : float
            Correlation of each pair, from 0 to 1.
        periods : float
            Correlation of a period with the next, from 0 to 1; its square with the one after.

        Returns
        -------
        Correlation

        Raises
        ------
        ValueError
            If a correlation is out of its range; all are named.

        Examples
        --------
        >>> Correlation.even((2, 1, 3), districts=0.5, periods=0.5).periods[0].tolist()
        [1.0, 0.5, 0.25]
        """
        given = {"districts": districts, "services": services, "periods": periods}
        faults = [
            f"correlation of {name} must be from 0 to 1, but is {value}"
            for name, value in given.items()
            if not 0 <= value <= 1
        ]
        if faults:
            raise ValueError("; ".join(faults))
        i, s, t = shape
        apart = np.abs(np.subtract.outer(np.arange(t), np.arange(t)))
        return cls(_alike(i, districts), _alike(s, services), np.power(float(periods), apart))

    @property
    def shape(self) -> tuple[int, int, int]:
        """I, S and T."""
        return len(self.districts), len(self.services), len(self.periods)

    def draw(self, count: int, seed: int) -> Floats:
        """Draw standard normal numbers that go together, shape (count, I, S, T)."""
        free = stream(seed, "scenarios").standard_normal((count, *self.shape))
        roots = (_root(each) for each in (self.districts, self.services, self.periods))
        found: Floats = np.einsum("kist,ai,bs,ct->kabc", free, *roots, optimize=True)
        return found


def from_moments(
    mean: Floats, sd: Floats, correlation: Correlation, *, count: int, seed: int
) -> Scenarios:
    """Draw scenarios from means and standard deviations.

    Each need follows a gamma distribution with these two: it is never below 0.

    Parameters
    ----------
    mean, sd : ndarray, shape (I, S, T)
        Of the need, cases, 0 or more; where either is 0, need is the mean.
    correlation : Correlation
        How needs go together.
    count : int
        Scenarios, 1 or more.
    seed : int
        Of the draw.

    Returns
    -------
    Scenarios
        Equally likely.

    Raises
    ------
    ValueError
        If a shape does not fit or a number is out of range; everything is named.

    Examples
    --------
    >>> together = Correlation.even((1, 1, 2), periods=0.9)
    >>> drawn = from_moments(
    ...     np.full((1, 1, 2), 50.0), np.full((1, 1, 2), 10.0), together, count=4000, seed=7
    ... )
    >>> drawn.mean.round().tolist(), drawn.need.std(axis=0).round().tolist()
    ([[[50.0, 50.0]]], [[[10.0, 10.0]]])
    """
    faults = _misfits({"mean": mean, "sd": sd}, correlation, count)
    if faults:
        raise ValueError("; ".join(faults))
    level = ndtr(correlation.draw(count, seed))
    varies = (mean > 0) & (sd > 0)
    variance = np.where(varies, sd, 1.0) ** 2
    shape = np.where(varies, mean, 1.0) ** 2 / variance
    drawn = gammaincinv(shape, level) * variance / np.where(varies, mean, 1.0)
    return equally_likely(np.where(varies, drawn, mean))


def from_quantiles(
    levels: Floats, values: Floats, correlation: Correlation, *, count: int, seed: int
) -> Scenarios:
    """Draw scenarios from the quantiles of forecasts.

    Between two levels, and beyond the outermost, need is linear in the normal deviate of the
    level: exact where it is normal. What falls below 0 is 0.

    Parameters
    ----------
    levels : ndarray, shape (Q,)
        From 0 to 1 without the ends, rising; two or more.
    values : ndarray, shape (Q, I, S, T)
        Need at each level, cases, 0 or more, not falling with the level.
    correlation : Correlation
        How needs go together.
    count : int
        Scenarios, 1 or more.
    seed : int
        Of the draw.

    Returns
    -------
    Scenarios
        Equally likely.

    Raises
    ------
    ValueError
        If a shape does not fit or a number is out of range; everything is named.

    Examples
    --------
    >>> levels = np.array([0.1, 0.5, 0.9])
    >>> values = np.array([30.0, 50.0, 90.0]).reshape(3, 1, 1, 1)
    >>> drawn = from_quantiles(levels, values, Correlation.even((1, 1, 1)), count=4000, seed=7)
    >>> bool(np.allclose(np.quantile(drawn.need, levels), values.ravel(), rtol=0.03))
    True
    """
    faults = [*_bad_levels(levels, values), *_misfits({"values": values}, correlation, count)]
    if faults:
        raise ValueError("; ".join(faults))
    deviate, known = correlation.draw(count, seed), ndtri(levels)
    spot = np.clip(np.searchsorted(known, deviate) - 1, 0, levels.size - 2)
    low = np.take_along_axis(values, spot, axis=0)
    high = np.take_along_axis(values, spot + 1, axis=0)
    share = (deviate - known[spot]) / (known[spot + 1] - known[spot])
    return equally_likely(np.maximum(low + share * (high - low), 0.0))


def quantiles_of_bands(
    point: Floats, bands: Mapping[float, tuple[Floats, Floats]]
) -> tuple[Floats, Floats]:
    """Read the bands of a forecast as quantiles; its point is taken for the median.

    Parameters
    ----------
    point : ndarray, shape (I, S, T)
        The expected path.
    bands : mapping of float to pair of ndarray, shape (I, S, T)
        Lower and upper edge of the band that holds this share of the values, from 0 to 1 without
        the ends.

    Returns
    -------
    levels : ndarray, shape (Q,)
    values : ndarray, shape (Q, I, S, T)

    Examples
    --------
    >>> edge = np.full((1, 1, 1), 50.0)
    >>> levels, values = quantiles_of_bands(edge, {0.8: (edge - 20, edge + 40)})
    >>> levels.round(3).tolist(), values.ravel().tolist()
    ([0.1, 0.5, 0.9], [30.0, 50.0, 90.0])
    """
    inward = sorted(bands, reverse=True)
    low, high = [bands[share][0] for share in inward], [bands[share][1] for share in inward[::-1]]
    below = np.array([(1 - share) / 2 for share in inward])
    return np.concatenate([below, [0.5], 1 - below[::-1]]), np.stack([*low, point, *high])


def _alike(count: int, correlation: float) -> Floats:
    return np.where(np.eye(count, dtype=bool), 1.0, correlation)


def _root(matrix: Floats) -> Floats:
    # Cholesky would refuse what is perfectly correlated.
    values, vectors = np.linalg.eigh(matrix)
    root: Floats = vectors * np.sqrt(np.maximum(values, 0))
    return root


def _no_correlation(matrix: Floats) -> str:
    square = (len(matrix), len(matrix)) if matrix.ndim else ()
    if not matrix.size or matrix.shape != square:
        return f"must be a square matrix, but has shape {matrix.shape}"
    if not np.isfinite(matrix).all():
        return "must be finite, but holds NaN or infinity"
    if np.abs(matrix - matrix.T).max() > ROUNDING or np.abs(np.diag(matrix) - 1).max() > ROUNDING:
        return "must be symmetric with 1 on the diagonal, but is not"
    least = float(np.linalg.eigvalsh(matrix)[0])
    if least < -ROUNDING * len(matrix):
        return f"must have no eigenvalue below 0, but has {least:.3g}"
    return ""


def _misfits(given: Mapping[str, Floats], correlation: Correlation, count: int) -> list[str]:
    faults = [] if count >= 1 else [f"count must be 1 or more, but is {count}"]
    for name, array in given.items():
        wrong = array[~(np.isfinite(array) & (array >= 0))]
        if array.shape[-3:] != correlation.shape or array.ndim > len(correlation.shape) + 1:
            faults.append(
                f"{name} must end with shape {correlation.shape} to fit the correlation, "
                f"but has {array.shape}"
            )
        elif wrong.size:
            faults.append(f"{name} must be finite and 0 or more, but holds {wrong[0]}")
    return faults


def _bad_levels(levels: Floats, values: Floats) -> list[str]:
    fewest = 2
    if levels.ndim != 1 or levels.size < fewest or values.shape[:1] != levels.shape:
        shapes = f"{levels.shape} and {values.shape}"
        return [f"levels must have shape (Q,), Q at least 2, as values begin, but have {shapes}"]
    faults = []
    if not ((levels > 0) & (levels < 1)).all() or not (np.diff(levels) > 0).all():
        faults.append(f"levels must rise from above 0 to below 1, but are {levels.tolist()}")
    if (np.diff(values, axis=0) < 0).any():
        faults.append("values must not fall from level to level, but do")
    return faults
