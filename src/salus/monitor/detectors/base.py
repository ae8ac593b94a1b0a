"""The promise every detector keeps, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol

from salus.core.checks import within

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from salus.core.messages import Message

    Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """How unusual live values are, and which column makes them so.

    Parameters
    ----------
    scores : ndarray, shape (n_live,)
        Higher is more unusual.
    limit : float
        Above it a row is flagged.
    contributions : ndarray, shape (n_live, n_columns)
        What each column adds to the score, at least 0; 0 for a gap.
    causes : tuple of tuple of int, one for each live row
        For a flagged row, the columns that explain it: with normal values in their place the same
        detector would not flag the row. Empty where it is not flagged, and where no reason was
        confirmed.

    Raises
    ------
    ValueError
        If the shapes do not belong together.
    """

    scores: Values
    limit: float
    contributions: Values
    causes: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        """Refuse parts of different lengths."""
        rows = len(self.scores)
        within("contributions", len(self.contributions), rows, rows, "rows")
        within("causes", len(self.causes), rows, rows, "rows")

    @property
    def flags(self) -> NDArray[np.bool_]:
        """Tell which live rows are outside the normal region, shape (n_live,)."""
        return self.scores > self.limit


class Detector(Protocol):
    """Learns what is normal and judges what is new; ``checks.check_detector`` tests the promise.

    Attributes
    ----------
    name : str
        Key of the method, such as ``isolation_forest``.
    label : Message
        Name of the method for people.
    """

    name: ClassVar[str]
    label: ClassVar[Message]

    def judge(self, history: Values, live: Values, seed: int) -> Judgement:
        """Learn the normal region from a history, and judge the rows that follow it.

        Parameters
        ----------
        history : ndarray, shape (n, n_columns)
            Evenly spaced rows, at least ``checks.FEWEST_ROWS``; NaN for gaps. Not changed.
        live : ndarray, shape (n_live, n_columns)
            The rows that follow it; NaN for gaps. Not changed.
        seed : int
            Seed of the run; the same arguments give the same judgement, bit for bit.

        Returns
        -------
        Judgement
            All scores are finite; a row of gaps only is not flagged.
        """
