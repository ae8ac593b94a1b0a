"""Distances on the globe."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    from numpy.typing import NDArray

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (Moritz 2000, Geodetic Reference System 1980)."""


def great_circle(start: NDArray[np.float64], end: NDArray[np.float64]) -> NDArray[np.float64]:
    """Measure the shortest way over the globe by the haversine formula.

    Parameters
    ----------
    start, end : ndarray, shape (..., 2)
        Latitude and longitude, degrees; broadcast against each other.

    Returns
    -------
    ndarray, shape (...)
        Kilometres on a sphere of the mean radius of the Earth, 0 or more.

    References
    ----------
    Sinnott (1984), Virtues of the haversine, Sky and Telescope 68(2):159.

    Examples
    --------
    >>> orlando, tampa = np.array([28.54, -81.38]), np.array([27.95, -82.46])
    >>> round(float(great_circle(orlando, tampa)), 1)
    124.5
    """
    phi_1, lambda_1 = np.radians(start[..., 0]), np.radians(start[..., 1])
    phi_2, lambda_2 = np.radians(end[..., 0]), np.radians(end[..., 1])
    haversine = (
        np.sin((phi_2 - phi_1) / 2) ** 2
        + np.cos(phi_1) * np.cos(phi_2) * np.sin((lambda_2 - lambda_1) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(haversine, 1)))


def pairs_within(
    start: NDArray[np.float64], end: NDArray[np.float64], limit_km: float
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Find all pairs that are at most so far apart, without measuring the others.

    Parameters
    ----------
    start : ndarray, shape (n, 2)
        Latitude and longitude, degrees.
    end : ndarray, shape (m, 2)
        The same.
    limit_km : float
        Longest distance, kilometres, 0 or more.

    Returns
    -------
    start_index, end_index : ndarray of int, shape (n_pairs,)
        By start, then by end.
    distance : ndarray, shape (n_pairs,)
        Kilometres.

    Notes
    -----
    A tree of points in space finds those within a chord; the haversine decides. Below half the
    circumference the chord grows with the distance, so none is missed.

    References
    ----------
    Bentley (1975), Multidimensional binary search trees used for associative searching,
    Communications of the ACM 18(9):509.

    Examples
    --------
    >>> here, there = np.array([[0.0, 0.0]]), np.array([[0.0, 0.1], [0.0, 9.0]])
    >>> pairs_within(here, there, 20)[1]
    array([0])
    """
    if not len(start) or not len(end):
        nothing = np.empty(0, dtype=np.int64)
        return nothing, nothing, np.empty(0)
    angle = min(limit_km / EARTH_RADIUS_KM, np.pi)
    chord = 2 * np.sin(angle / 2) + 1e-9
    near = cKDTree(_in_space(end)).query_ball_point(_in_space(start), chord, return_sorted=True)
    first = np.repeat(np.arange(len(start)), [len(found) for found in near])
    second = np.array([index for found in near for index in found], dtype=np.int64)
    distance = great_circle(start[first], end[second])
    kept = distance <= limit_km
    return first[kept], second[kept], distance[kept]


def _in_space(points: NDArray[np.float64]) -> NDArray[np.float64]:
    phi, lam = np.radians(points[:, 0]), np.radians(points[:, 1])
    return np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)], axis=1)
