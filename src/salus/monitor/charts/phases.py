"""Where a chart begins anew, and which points its limits leave out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from salus.core.checks import within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

FEWEST_FROZEN = 12
"""Limits are not frozen on fewer points than this."""


@dataclass(frozen=True, slots=True)
class Phases:
    """How a chart is rebased: each phase has limits of its own.

    Parameters
    ----------
    starts : tuple of int
        Place of the first point of each later phase, ascending, 1 or more.
    excluded : tuple of int
        Places of points that no limit is drawn from, because their cause is known. They stay on
        the chart, and the rules still read them.

    Raises
    ------
    ValueError
        If the starts do not ascend, or a place is negative.

    Examples
    --------
    >>> [(span.start, span.stop) for span in Phases(starts=(30,)).spans(94)]
    [(0, 30), (30, 94)]
    """

    starts: tuple[int, ...] = ()
    excluded: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Refuse phases out of order."""
        previous = 0
        for start in self.starts:
            within("starts", start, previous + 1)
            previous = start
        for place in self.excluded:
            within("excluded", place, 0)

    def spans(self, points: int) -> tuple[slice, ...]:
        """Cut a chart into its phases.

        Parameters
        ----------
        points : int
            Points on the chart.

        Returns
        -------
        tuple of slice
            One for each phase, in order; together they hold every point once.

        Raises
        ------
        ValueError
            If a phase begins after the last point, or an excluded point is not on the chart.
        """
        for place in (*self.starts, *self.excluded):
            within("phases", place, 0, points - 1, "points")
        edges = (0, *self.starts, points)
        return tuple(slice(*pair) for pair in pairwise(edges))

    def bases(self, points: int, frozen: int | None) -> Iterator[tuple[slice, NDArray[np.bool_]]]:
        """Tell which points the limits of each phase rest on.

        Parameters
        ----------
        points : int
            Points on the chart.
        frozen : int, optional
            Only this many first points of each phase count, at least ``FEWEST_FROZEN``; all, when
            not given.

        Yields
        ------
        slice
            The points of the phase.
        ndarray of bool, shape (n_points_of_the_phase,)
            Whether the limits rest on the point.

        Raises
        ------
        ValueError
            If limits would be frozen on too few points, or on more than a phase has.
        """
        spans = self.spans(points)
        counted = np.ones(points, dtype=np.bool_)
        counted[list(self.excluded)] = False
        for span in spans:
            length = span.stop - span.start
            if frozen is not None:
                within("frozen", frozen, FEWEST_FROZEN, length, "points")
            yield span, counted[span] & (np.arange(length) < (frozen or length))


WHOLE = Phases()
"""One phase, nothing excluded."""
