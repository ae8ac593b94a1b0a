"""The promise every forecasting method keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from salus.core.messages import Message

    Values = NDArray[np.float64]


class Forecaster(Protocol):
    """Carries a history forward; ``checks.check_forecaster`` tests the promise.

    Attributes
    ----------
    name : str
        Key of the method, such as ``seasonal_naive``.
    label : Message
        Name of the method for people.
    """

    name: ClassVar[str]
    label: ClassVar[Message]

    def forecast(self, values: Values, horizon: int, season: int) -> Values:
        """Carry a history forward.

        Parameters
        ----------
        values : ndarray, shape (n,)
            The history, evenly spaced, at least one value known; gaps are NaN, and are filled
            by ``history.fill_gaps``. Any length is accepted: a method that needs more falls back
            to a simpler form of itself. The array is not changed.
        horizon : int
            Values to forecast, 1 or more.
        season : int
            Values in a season; 1 for none.

        Returns
        -------
        ndarray, shape (horizon,)
            The point path, finite; 0 or more when no known value is negative. The same arguments
            give the same path, bit for bit.
        """
