"""How far an answer may lie from the truth: quantiles of the discrete Laplace distribution."""

from __future__ import annotations

import math

from salus.core.checks import within

SURE = 0.95


def half_width(scale: float, sure: float = SURE) -> int:
    """Return within how many steps the noise stays.

    Parameters
    ----------
    scale : float
        Of the discrete Laplace distribution, steps, more than 0.
    sure : float
        In which share of all draws, 0 to 1.

    Returns
    -------
    int
        The smallest number of steps that the noise exceeds in no more than the rest of the draws.

    Notes
    -----
    The chance of more than ``t`` steps is ``2 exp(-(t + 1) / s) / (1 + exp(-1 / s))``.

    References
    ----------
    Ghosh, A., Roughgarden, T. and Sundararajan, M. (2012). Universally utility-maximizing privacy
    mechanisms. SIAM Journal on Computing 41, 1673-1693.

    Examples
    --------
    >>> half_width(2.0), half_width(20.0)
    (6, 60)
    """
    within("scale", scale, 1e-12)
    within("sure", sure, 0, 1 - 1e-12)
    most = (1 - sure) * (1 + math.exp(-1 / scale)) / 2
    return max(0, math.ceil(-scale * math.log(most) - 1))
