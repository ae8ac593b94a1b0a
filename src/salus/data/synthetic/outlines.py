"""The outlines of districts: the part of a disc that is nearer to one centre than to any other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

CORNERS = 72
Points = NDArray[np.float64]


def cells_in_circle(centres: Points, radius: float) -> tuple[Points, ...]:
    """Cut a disc into Voronoi cells.

    Parameters
    ----------
    centres : ndarray, shape (n, 2)
        One point in each cell.
    radius : float
        Of the disc about the origin, which is drawn with 72 corners.

    Returns
    -------
    tuple of ndarray, each of shape (n_points, 2)
        Closed rings, counter-clockwise.

    Examples
    --------
    >>> left, right = cells_in_circle(np.array([[-1.0, 0.0], [1.0, 0.0]]), 2.0)
    >>> bool(left[:, 0].max() <= 1e-9) and bool(right[:, 0].min() >= -1e-9)
    True

    References
    ----------
    Sutherland, I. E. and Hodgman, G. W. (1974). Reentrant polygon clipping. Communications of the
    ACM 17(1):32-42.
    """
    turns = np.linspace(0, 2 * np.pi, CORNERS, endpoint=False)
    disc = radius * np.column_stack([np.cos(turns), np.sin(turns)])
    return tuple(_cell(place, centres, disc) for place in range(len(centres)))


def _cell(place: int, centres: Points, disc: Points) -> Points:
    ring, own = disc, centres[place]
    apart = np.linalg.norm(centres - own, axis=1)
    for other in np.argsort(apart, kind="stable")[1:]:
        if apart[other] > 2 * np.linalg.norm(ring - own, axis=1).max():
            break
        ring = _clip(ring, centres[other] - own, (own + centres[other]) / 2)
    return np.vstack([ring, ring[:1]])


def _clip(ring: Points, away: Points, middle: Points) -> Points:
    """Keep the part of a ring on the near side of the line through ``middle`` across ``away``."""
    beyond = (ring - middle) @ away
    kept = []
    for point, far, after, far_after in zip(
        ring, beyond, np.roll(ring, -1, axis=0), np.roll(beyond, -1), strict=True
    ):
        if far <= 0:
            kept.append(point)
        if (far <= 0) != (far_after <= 0):
            kept.append(point + (after - point) * far / (far - far_after))
    return np.array(kept)
