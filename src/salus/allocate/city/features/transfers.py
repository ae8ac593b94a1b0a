"""Transfers: patients who are in a facility now are moved to another, or to lighter care."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from salus.allocate.city.aims import Aim
from salus.allocate.city.features.moved import Moved
from salus.allocate.city.features.moved_checked import broken
from salus.allocate.city.features.transfer_options import TransferOptions
from salus.allocate.city.recount import Recount

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.lp.draft import Draft

BLOCK = "transfers"


@dataclass(frozen=True, slots=True, eq=False)
class Transfers(TransferOptions):
    """Inpatients may be moved by options, each of a group to a facility that accepts them.

    From the period of the move on, a patient no longer uses anything at the sender, and uses
    what the option says at the receiver: a ward bed there in place of an ICU bed here is a
    step-down. Everybody moves at most once. The parameters are those of
    :class:`salus.allocate.city.features.transfer_options.TransferOptions`.

    Examples
    --------
    Two patients in the ICU of H1 can go on in a ward bed of H2:

    >>> from dataclasses import replace
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.allocate.city.exact import Exact
    >>> from salus.allocate.city.features.inpatients import Inpatients
    >>> from salus.core.clock import SystemClock
    >>> first, icu, ward = np.array([0]), np.zeros((1, 2, 3)), np.zeros((1, 2, 3))
    >>> icu[0, 1], ward[0, 0] = 1.0, 1.0
    >>> two = Inpatients(first, np.array([1]), np.array([2.0]), icu, np.array([[0.5, 1.0, 1.0]]))
    >>> down = Transfers(
    ...     inpatients=two,
    ...     group=first,
    ...     receiver=np.array([1]),
    ...     takes=ward,
    ...     minutes=np.array([20.0]),
    ...     price=np.array([10.0]),
    ...     vehicle_hours=np.array([1.5]),
    ...     escort_hours=np.array([0.0]),
    ...     base=first,
    ...     accepts=np.full((3, 3), 1.0),
    ...     fleet=np.full((1, 3), 4.0),
    ...     escorts=np.zeros((3, 3)),
    ... )
    >>> plan = Exact().solve(replace(small_city(7), features=(down,)), SystemClock())
    >>> plan.decision(Moved).patients.astype(int).tolist()
    [[1, 1, 0]]
    """

    name: ClassVar[str] = "transfers"
    first: ClassVar[tuple[str, ...]] = ()

    def write(self, draft: Draft, problem: CityProblem) -> None:
        """Let those who are moved use the receiver, and no longer the sender."""
        ready = np.where(self.inpatients.still, self.inpatients.ready, 0.0)[self.group]
        most = np.minimum(ready, self.accepts[self.receiver])
        most = np.floor(most + 1e-9) if self.whole else most
        moved = draft.columns(BLOCK, most.shape, upper=most, integral=self.whole)
        leave, at = np.triu_indices(most.shape[1])
        capacity = draft.row.blocks["capacity"].indices
        for r in range(len(problem.resources)):
            frees, takes = self.inpatients.uses[self.group, r], self.takes[:, r]
            columns = moved[:, leave]
            draft.put(capacity[self.sender, r][:, at], columns, -frees[:, at])
            draft.put(capacity[self.receiver, r][:, at], columns, takes[:, at])
        self._write_limits(draft, moved)
        draft.charge(Aim.TRANSFERS, moved, (self.minutes + self.price)[:, None])

    def _write_limits(self, draft: Draft, moved: Whole) -> None:
        leave, at = np.triu_indices(moved.shape[1])
        ready = self.inpatients.ready
        fit = draft.rows("transfers.fit", ready.shape, upper=ready)
        draft.put(fit[self.group][:, at], moved[:, leave], 1.0)
        for name, limit, row, share in (
            ("transfers.accepted", self.accepts, self.receiver, np.ones(moved.shape[0])),
            ("transfers.vehicles", self.fleet, self.base, self.vehicle_hours),
            ("transfers.escorts", self.escorts, self.sender, self.escort_hours),
        ):
            rows = draft.rows(name, limit.shape, upper=limit)
            draft.put(rows[row], moved, share[:, None])

    def read(self, draft: Draft, x: Floats, problem: CityProblem) -> Moved:  # noqa: ARG002
        """Read who is moved."""
        patients = x[draft.column.blocks[BLOCK].indices]
        # A rounded -0.4 would be shown as -0.
        return Moved(np.rint(patients) + 0.0 if self.whole else patients)

    def recount(self, problem: CityProblem, plan: CityPlan) -> Recount:
        """Add up what is freed and taken, what it costs, and who is moved against the rules."""
        found = plan.decision(Moved)
        if found is None:
            return Recount()
        shape = (*self.group.shape, len(problem.periods))
        if found.patients.shape != shape:
            message = f"who is moved must have shape {shape}, but has {found.patients.shape}"
            raise ValueError(message)
        gone = found.patients.cumsum(axis=1)[:, None]
        more = np.zeros_like(problem.capacity, dtype=np.float64)
        np.add.at(more, self.sender, gone * self.inpatients.uses[self.group])
        np.add.at(more, self.receiver, -gone * self.takes)
        cost = float(found.patients.sum(axis=1) @ (self.minutes + self.price))
        return Recount(None, more, {Aim.TRANSFERS: cost}, tuple(broken(self, problem, found)))
