"""Count, sum and histogram with noise by OpenDP; the loss is the one that OpenDP proves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from salus.core.checks import within
from salus.core.extras import lacking
from salus.domain.budget import Loss

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from numpy.typing import NDArray

EXTRA = "privacy"
HAIR = 1 + 1e-12
"""By how much the noise grows while rounding would make the loss exceed what was asked for."""
LARGEST = 2**31
"""Bounds of a sum, in steps: far from where whole numbers of 64 bits end."""


@dataclass(frozen=True, slots=True, eq=False)
class Mechanism:
    """A way of answering, with its noise and its proven loss, before any data is seen.

    Parameters
    ----------
    loss : Loss
        By the privacy map of OpenDP, for one person more or less; never more than was asked for.
    scale : float
        Of the discrete Laplace noise, in steps of the answer.
    draw : callable
        Answers from the rows, an array of whole numbers: one number, or one for each category and
        the rest. Each call draws anew, and each must be charged.
    """

    loss: Loss
    scale: float
    draw: Callable[[NDArray[np.int64]], NDArray[np.int64]]


def count(rows: int, epsilon: float) -> Mechanism:
    """Count rows.

    Parameters
    ----------
    rows : int
        How many rows one person has at most, 1 or more: whoever comes or goes changes the count
        by so much.
    epsilon : float
        What the answer may tell, more than 0.

    Returns
    -------
    Mechanism

    Raises
    ------
    EnvironmentFaultError
        If OpenDP is not installed.

    Examples
    --------
    >>> mechanism = count(1, 0.5)
    >>> mechanism.scale, mechanism.loss.epsilon
    (2.0, 0.5)
    >>> abs(int(mechanism.draw(np.zeros(1_000, dtype=np.int64))[0]) - 1_000) < 100
    True
    """
    dp = _opendp()
    return _fitted(_rows(dp) >> dp.t.then_count(TO="i64"), rows, rows, epsilon)


def total(rows: int, low: int, high: int, epsilon: float) -> Mechanism:
    """Sum one whole number of each row, each moved to the nearest bound if it lies outside.

    Parameters
    ----------
    rows : int
        How many rows one person has at most, 1 or more.
    low, high : int
        Bounds of the numbers, in steps; they must not be read from the data.
    epsilon : float
        What the answer may tell, more than 0.

    Returns
    -------
    Mechanism
        Whoever comes or goes changes the sum by ``rows`` times the larger bound at most.

    Raises
    ------
    ValueError
        If the bounds are none.
    EnvironmentFaultError
        If OpenDP is not installed.

    Examples
    --------
    >>> total(1, 0, 30, 0.5).scale
    60.0
    """
    within("low", low, -LARGEST, high, "steps")
    within("high", high, low, LARGEST, "steps")
    dp = _opendp()
    summed = _rows(dp) >> dp.t.then_clamp((low, high)) >> dp.t.then_sum()
    return _fitted(summed, rows, rows * max(abs(low), abs(high), 1), epsilon)


def histogram(rows: int, categories: int, epsilon: float) -> Mechanism:
    """Count the rows of each category.

    Parameters
    ----------
    rows : int
        How many rows one person has at most, 1 or more.
    categories : int
        How many there are, numbered from 0; they must not be read from the data. Any other
        number counts as the rest.
    epsilon : float
        What all numbers together may tell, more than 0.

    Returns
    -------
    Mechanism
        Answers one number for each category, and the rest last. One row is in one category only,
        so whoever comes or goes changes all numbers together by ``rows`` at most.

    Raises
    ------
    EnvironmentFaultError
        If OpenDP is not installed.

    Examples
    --------
    >>> histogram(2, 3, 1.0).draw(np.array([0, 0, 1, 9])).shape
    (4,)
    """
    within("categories", categories, 1)
    dp = _opendp()
    metric = dp.L1Distance["i64"]
    counted = _rows(dp) >> dp.t.then_count_by_categories(
        categories=list(range(categories)), TOA="i64", MO=metric
    )
    return _fitted(counted, rows, rows, epsilon)


def _rows(dp: ModuleType) -> Any:  # noqa: ANN401  # OpenDP has no types of its own
    return dp.vector_domain(dp.atom_domain(T="i64")), dp.symmetric_distance()


def _fitted(exact: Any, rows: int, change: int, epsilon: float) -> Mechanism:  # noqa: ANN401
    within("rows", rows, 1, 1_000_000, "rows")
    within("epsilon", epsilon, 1e-6, 1e6)
    dp, scale = _opendp(), change / epsilon
    noisy = exact >> dp.m.then_laplace(scale=scale)
    while noisy.map(rows) > epsilon:
        scale *= HAIR
        noisy = exact >> dp.m.then_laplace(scale=scale)

    def draw(values: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.atleast_1d(np.asarray(noisy(np.asarray(values, dtype=np.int64)), dtype=np.int64))

    return Mechanism(Loss.of(noisy.map(rows)), scale, draw)


def _opendp() -> ModuleType:
    try:
        import opendp.prelude as dp  # noqa: PLC0415  # an optional part
    except ImportError as error:
        raise lacking(EXTRA, error) from error
    # Everything used here is proven; the feature is named so as OpenDP reviews each part anew.
    dp.enable_features("contrib")
    return dp
