"""What is lent, where it is meanwhile, and the rules that a loan keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.constraints import Constraint
from salus.core.messages import say

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats, Whole
    from salus.core.messages import Message

_UNITS = say("units")
_PLACES = ("facilities", "resources", "periods")

CONSENT = Constraint(
    "consent",
    say("No more units are away than agreed to go, and only whole ones where they are whole."),
    _PLACES,
    _UNITS,
    "sent_kt, returned_kt >= 0; sum of sent_ku to t - sum of returned_ku to t - back_k <= most_k",
)
AGREED = Constraint(
    "agreed",
    say("All offers of a facility together send no more units than agreed to go anywhere."),
    _PLACES,
    _UNITS,
    "sum over k of lender j and resource r of (units away)_kt <= agreed_jr",
)
LEAST = Constraint(
    "least_loan",
    say("Nobody starts back before they arrived and stayed the least time of their offer."),
    _PLACES,
    _UNITS,
    "sum of returned_ku to t <= sum of sent_ku to t - turn_k",
)
HOME = Constraint(
    "home",
    say("All that was lent is home again at the end of the plan."),
    ("facilities", "resources"),
    _UNITS,
    "sum of sent_kt = sum of returned_kt to T - back_k",
)
CONSTRAINTS = (CONSENT, AGREED, LEAST, HOME)


@dataclass(frozen=True, slots=True, eq=False)
class Lent:
    """What is lent.

    Parameters
    ----------
    sent, returned : ndarray, shape (K, T)
        Units of each offer that leave the lender, and that start back from the host, at the
        beginning of each period.

    Raises
    ------
    ValueError
        If the two differ in shape, or hold what is not finite.

    Examples
    --------
    >>> Lent(np.array([[2.0, 0, 0]]), np.array([[0, 0, 1.0]])).on_loan.tolist()
    [[2.0, 2.0, 1.0]]
    """

    sent: Floats
    returned: Floats

    def __post_init__(self) -> None:
        """Refuse loans that mean nothing."""
        if self.sent.shape != self.returned.shape:
            message = f"returned must have shape {self.sent.shape}, but has {self.returned.shape}"
            raise ValueError(message)
        if not (np.isfinite(self.sent).all() and np.isfinite(self.returned).all()):
            message = "sent and returned must be finite, but hold NaN or infinity"
            raise ValueError(message)

    @property
    def on_loan(self) -> Floats:
        """Units that have left and not started back, shape (K, T)."""
        return np.cumsum(self.sent - self.returned, axis=1)


@dataclass(frozen=True, slots=True)
class NotOffered:
    """A loan that cannot be planned, and why.

    Parameters
    ----------
    lender, host, resource : int
        Who would lend what to whom, as indices within the problem.
    reason : Message
        Why there is no such offer.
    """

    lender: int
    host: int
    resource: int
    reason: Message


NO_CREDENTIALS = say("their credentials are not valid at the host")
NO_CONSENT = say("nobody agreed to go")


def arrived(travel: Floats, periods: int) -> Floats:
    """Tell which share of each period is left after travel that begins with the first.

    Parameters
    ----------
    travel : ndarray, shape (K,)
        Periods that the travel takes, 0 or more.
    periods : int
        How many periods to look ahead.

    Returns
    -------
    ndarray, shape (K, periods)

    Examples
    --------
    >>> arrived(np.array([0.25, 1.5]), 3).tolist()
    [[0.75, 1.0, 1.0], [0.0, 0.5, 1.0]]
    """
    return np.clip(np.arange(1, periods + 1) - travel[:, None], 0.0, 1.0)


def whole_periods(travel: Floats) -> Whole:
    """Round travel up to whole periods; what a rounding error adds is forgiven."""
    return np.ceil(travel - 1e-9).astype(np.int64)


def later(amounts: Floats, lag: Whole) -> Floats:
    """Add up amounts that count only some periods after they happen.

    Parameters
    ----------
    amounts : ndarray, shape (K, T)
        What happens in each period.
    lag : ndarray of int, shape (K,)
        Periods until it counts, 0 or more.

    Returns
    -------
    ndarray, shape (K, T)
        What counts in each period, with all that counted before.

    Examples
    --------
    >>> later(np.array([[1.0, 2.0, 4.0]]), np.array([1])).tolist()
    [[0.0, 1.0, 3.0]]
    """
    found = np.zeros_like(amounts)
    for k, wait in enumerate(lag):
        kept = max(amounts.shape[1] - int(wait), 0)
        found[k, amounts.shape[1] - kept :] = np.cumsum(amounts[k, :kept])
    return found
