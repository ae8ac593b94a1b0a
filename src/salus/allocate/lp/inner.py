"""Sums of products, the same on every machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def inner(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    """Add up the products of two vectors.

    The product of numpy hands long vectors to several threads: what it adds up to hangs on how many
    there are, and threads that wait for the next one cost more than the sum.

    Parameters
    ----------
    a, b : ndarray, shape (n,)
        Any numbers.

    Returns
    -------
    float

    Examples
    --------
    >>> import numpy as np
    >>> inner(np.array([1.0, 2.0]), np.array([3.0, 4.0]))
    11.0
    """
    return float((a * b).sum())
