"""Lending: staff and equipment that work at another facility for a while."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from salus.allocate.city.aims import Aim
from salus.allocate.city.features.loan_offers import PLACES, ROWS, LoanOffers
from salus.allocate.city.features.loans import (
    NO_CONSENT,
    NO_CREDENTIALS,
    Lent,
    NotOffered,
    arrived,
)
from salus.allocate.city.features.loans_checked import broken
from salus.allocate.city.recount import Recount

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.lp.draft import Draft

SENT, RETURNED = "lending.sent", "lending.returned"
# What follows from them, kept as columns so that a period touches few rows.
THERE, MISSED, AWAY, READY = "lending.there", "lending.missed", "lending.away", "lending.ready"


@dataclass(frozen=True, slots=True, eq=False)
class Lending(LoanOffers):
    """Facilities lend units, such as a nurse or a ventilator, to one another.

    The lender misses a unit from its departure until it is home again; the host has it only
    while it is there. A row is an offer: it exists where people agreed to go and their
    credentials are valid at the host, see :func:`offered`. Rest after a loan is part of
    ``returning``: who has to rest is not yet back at work. The parameters are those of
    :class:`salus.allocate.city.features.loan_offers.LoanOffers`.

    Examples
    --------
    >>> from dataclasses import replace

    H1 may lend two units of the ICU to H3, a quarter of a day away:

    >>> from salus.allocate.city.checks import small_city
    >>> from salus.allocate.city.exact import Exact
    >>> from salus.core.clock import SystemClock
    >>> lending = Lending(
    ...     lender=np.array([0]),
    ...     host=np.array([2]),
    ...     resource=np.array([1]),
    ...     most=np.array([2.0]),
    ...     gives=np.full((1, 3), 1.5),
    ...     price=np.array([20.0]),
    ...     away_price=np.array([5.0]),
    ...     going=np.array([0.25]),
    ...     returning=np.array([0.25]),
    ...     least=np.array([1.0]),
    ... )
    >>> plan = Exact().solve(replace(small_city(8), features=(lending,)), SystemClock())
    >>> plan.decision(Lent).on_loan.tolist()
    [[2.0, 2.0, 2.0]]
    """

    name: ClassVar[str] = "lending"
    first: ClassVar[tuple[str, ...]] = (SENT, RETURNED, THERE, MISSED, AWAY, READY)

    def write(self, draft: Draft, problem: CityProblem) -> None:  # noqa: ARG002
        """Let units that are away give their days to the host, and not to the lender."""
        shape, limit = self.gives.shape, self.limit[:, None]
        goes = np.broadcast_to(limit, shape)
        if self.home:
            late = np.arange(shape[1]) + (self.turn + self.back)[:, None] > shape[1]
            goes = np.where(late, 0.0, goes)
        sent = draft.columns(SENT, shape, upper=goes, integral=self.whole)
        returned = draft.columns(RETURNED, shape, upper=limit, integral=self.whole)
        at_host, at_home = arrived(self.going, shape[1]), arrived(self.returning, shape[1])
        at_once = np.ones_like(at_host)
        there = self._sum(draft, THERE, (sent, at_host), (returned, at_once))
        missed = self._sum(draft, MISSED, (sent, at_once), (returned, at_home))
        away = self._sum(draft, AWAY, (sent, at_once), (returned, _from(self.back, shape)))
        self._sum(draft, READY, (sent, _from(self.turn, shape)), (returned, at_once))
        capacity = draft.row.blocks["capacity"].indices
        draft.put(capacity[self.host, self.resource], there, -self.gives)
        draft.put(capacity[self.lender, self.resource], missed, self.gives)
        draft.charge(Aim.LENDING, sent, self.price[:, None])
        draft.charge(Aim.LENDING, missed, self.away_price[:, None])
        if self.agreed is not None:
            places = (*self.agreed.shape, shape[1])
            agreed = draft.rows("lending.agreed", places, upper=self.agreed[:, :, None])
            draft.put(agreed[self.lender, self.resource], away, 1.0)
        if self.home:
            self._write_home(draft, away, returned)

    def _sum(
        self, draft: Draft, name: str, more: tuple[Whole, Floats], less: tuple[Whole, Floats]
    ) -> Whole:
        """Add columns for units that come less units that go, each as it counts after a while.

        A sum is that of the period before plus what changes since: few periods count anew.
        """
        shape = self.gives.shape
        found = draft.columns(name, shape, upper=self.limit[:, None])
        rows = draft.rows(name, shape, lower=0.0, upper=0.0)
        draft.put(rows, found, 1.0)
        draft.put(rows[:, 1:], found[:, :-1], -1.0)
        leave, at = np.triu_indices(shape[1])
        for sign, (columns, counts) in ((-1.0, more), (1.0, less)):
            change = np.diff(counts, axis=1, prepend=0.0)[:, at - leave]
            draft.put(rows[:, at], columns[:, leave], sign * change)
        return found

    def _write_home(self, draft: Draft, away: Whole, returned: Whole) -> None:
        # Where the way back takes no time, the bounds of what is sent are enough.
        slow = np.flatnonzero(self.back > 0)
        if slow.size:
            periods = away.shape[1]
            home = draft.rows("lending.home", (slow.size,), lower=0.0, upper=0.0)
            draft.put(home, away[slow, -1], 1.0)
            near = slow[self.back[slow] <= periods]
            rows = home[self.back[slow] <= periods]
            draft.put(rows, returned[near, periods - self.back[near]], -1.0)

    def read(self, draft: Draft, x: Floats, problem: CityProblem) -> Lent:  # noqa: ARG002
        """Read what is lent."""
        sent, returned = (x[draft.column.blocks[block].indices] for block in (SENT, RETURNED))
        if self.whole:
            # A rounded -0.4 would be shown as -0.
            sent, returned = np.rint(sent) + 0.0, np.rint(returned) + 0.0
        return Lent(sent, returned)

    def recount(self, problem: CityProblem, plan: CityPlan) -> Recount:
        """Add up who is where, what it costs, and what is lent against the rules."""
        found = plan.decision(Lent)
        if found is None:
            return Recount()
        if found.sent.shape != self.gives.shape:
            message = f"what is lent must have shape {self.gives.shape}, but has "
            raise ValueError(message + str(found.sent.shape))
        there, missed = self._presence(found)
        more = np.zeros_like(problem.capacity, dtype=np.float64)
        np.add.at(more, (self.host, self.resource), there * self.gives)
        np.add.at(more, (self.lender, self.resource), -missed * self.gives)
        cost = found.sent.sum(axis=1) @ self.price + missed.sum(axis=1) @ self.away_price
        return Recount(None, more, {Aim.LENDING: float(cost)}, tuple(broken(self, problem, found)))

    def heads(self, problem: CityProblem, plan: CityPlan, resource: int) -> Floats:
        """Count the units that a plan adds at each facility in each period, shape (J, T)."""
        more = np.zeros((len(problem.facilities), len(problem.periods)))
        found = plan.decision(Lent)
        if found is not None:
            there, missed = self._presence(found)
            kind = self.resource == resource
            np.add.at(more, self.host[kind], there[kind])
            np.add.at(more, self.lender[kind], -missed[kind])
        return more

    def _presence(self, found: Lent) -> tuple[Floats, Floats]:
        """Count the units at the host, and those that the lender misses, both (K, T)."""
        there, missed = np.zeros_like(found.sent), np.zeros_like(found.sent)
        periods = found.sent.shape[1]
        at_host, at_home = arrived(self.going, periods), arrived(self.returning, periods)
        for t in range(periods):
            gone, back = found.sent[:, t, None], found.returned[:, t, None]
            there[:, t:] += gone * at_host[:, : periods - t] - back
            missed[:, t:] += gone - back * at_home[:, : periods - t]
        return there, missed


def _from(lag: Whole, shape: tuple[int, ...]) -> Floats:
    """Count a unit from so many periods after it came or went, (K, T)."""
    return np.where(np.arange(shape[1]) >= lag[:, None], 1.0, 0.0)


def offered(candidates: Lending, valid: NDArray[np.bool_]) -> Lending:
    """Keep the loans that can be planned, and remember why the others cannot.

    Parameters
    ----------
    candidates : Lending
        Every loan that somebody thought of, with those who agreed as ``most``.
    valid : ndarray of bool, shape (K,)
        Whether credentials are valid at the host; true for equipment.

    Returns
    -------
    Lending
        Offers where credentials are valid and somebody agreed to go.
    """
    kept = valid & (candidates.limit > 0)
    gone = np.flatnonzero(~kept)
    missing = tuple(
        NotOffered(
            int(candidates.lender[k]),
            int(candidates.host[k]),
            int(candidates.resource[k]),
            NO_CONSENT if valid[k] else NO_CREDENTIALS,
        )
        for k in gone
    )
    rows = {name: getattr(candidates, name)[kept] for name in (*PLACES, *ROWS, "gives")}
    unit = tuple(unit for unit, stays in zip(candidates.unit, kept, strict=False) if stays)
    return replace(candidates, unit=unit, missing=(*candidates.missing, *missing), **rows)


def periods_lost(minutes: Floats, worked: Floats | float) -> Floats:
    """Turn minutes on the way into periods.

    Parameters
    ----------
    minutes : ndarray
        Minutes on the way.
    worked : float or ndarray
        Minutes that a unit works in a period, above 0: 480 for a nurse in shifts of eight hours,
        1440 for a ventilator.

    Returns
    -------
    ndarray
        Periods that are lost.

    Examples
    --------
    >>> periods_lost(np.array([120.0]), worked=480).tolist()
    [0.25]
    """
    return np.asarray(minutes, np.float64) / worked
