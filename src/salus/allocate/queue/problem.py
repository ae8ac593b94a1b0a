"""What lies before a dispatcher: who waits for what, and what is free where."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from salus.allocate.queue.rules import QueueRules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Floats: TypeAlias = NDArray[np.float64]
    Whole: TypeAlias = NDArray[np.int64]
    Flags: TypeAlias = NDArray[np.bool_]

PEOPLE = ("district", "service", "severity", "waited", "at", "accepted")


@dataclass(frozen=True, eq=False)
class QueueProblem:
    """The patients who wait at one moment, against what is free at that moment.

    Parameters
    ----------
    patients : tuple of str
        Pseudonyms of those who wait, none twice; ``P`` of them, which may be none.
    districts, facilities, services, resources : tuple of str
        Keys, at least one of each kind, none twice; ``I``, ``J``, ``S`` and ``R`` of them.
    district, service : ndarray of int, shape (P,)
        Where each patient is and what they need: indices.
    severity : ndarray, shape (P,)
        Weight of each patient, above 0; 1 is an ordinary case.
    waited : ndarray, shape (P,)
        Minutes that each patient has waited, 0 or more.
    at : ndarray of int, shape (P,)
        Facility that a patient is at already, -1 for none. Staying there takes no travel.
    accepted : ndarray of bool, shape (P, J)
        Whether patient and facility accept each other.
    minutes : ndarray, shape (I, J)
        Minutes of travel, 0 or more; infinite where no road leads.
    offered : ndarray of bool, shape (J, S)
        Whether a facility offers a service.
    free : ndarray, shape (J, R)
        Units that are free, 0 or more.
    ready : ndarray, shape (J, R)
        Minutes until free units can be used, 0 or more, such as for cleaning.
    uses : ndarray, shape (S, R)
        Units that one patient takes, 0 or more, and above 0 for at least one resource of each
        service.
    rules : QueueRules
        Travel limit, and the weights of waiting and travel.

    Raises
    ------
    ValueError
        If a shape does not fit, a number is out of range, an index points nowhere or a key
        occurs twice; everything that is wrong is named, but nothing that a patient has.

    Examples
    --------
    >>> problem = QueueProblem(
    ...     patients=("p1", "p2"),
    ...     districts=("D1",),
    ...     facilities=("H1", "H2"),
    ...     services=("icu",),
    ...     resources=("icu_bed",),
    ...     district=np.array([0, 0]),
    ...     service=np.array([0, 0]),
    ...     severity=np.array([3.0, 3.0]),
    ...     waited=np.array([15.0, 40.0]),
    ...     at=np.array([-1, 1]),
    ...     accepted=np.ones((2, 2), dtype=bool),
    ...     minutes=np.array([[12.0, 75.0]]),
    ...     offered=np.ones((2, 1), dtype=bool),
    ...     free=np.array([[1.0], [0.0]]),
    ...     ready=np.array([[20.0], [0.0]]),
    ...     uses=np.array([[1.0]]),
    ... )
    >>> problem.care.tolist()
    [[20.0, inf], [20.0, 0.0]]
    """

    patients: tuple[str, ...]
    districts: tuple[str, ...]
    facilities: tuple[str, ...]
    services: tuple[str, ...]
    resources: tuple[str, ...]
    district: Whole
    service: Whole
    severity: Floats
    waited: Floats
    at: Whole
    accepted: Flags
    minutes: Floats
    offered: Flags
    free: Floats
    ready: Floats
    uses: Floats
    rules: QueueRules = field(default_factory=QueueRules)

    def __post_init__(self) -> None:
        """Refuse a problem that means nothing, naming all that is wrong with it."""
        faults = [*_bad_keys(self), *_misfits(self)]
        faults = faults or [*_out_of_range(self), *_lost_indices(self)]
        if faults:
            raise ValueError("; ".join(faults))

    @cached_property
    def travel(self) -> Floats:
        """Minutes of travel of each patient to each facility, shape (P, J)."""
        travel = self.minutes[self.district]
        here = np.flatnonzero(self.at >= 0)
        travel[here, self.at[here]] = 0
        return travel

    @cached_property
    def reach(self) -> Flags:
        """Whether each patient may go to each facility, full or not, shape (P, J)."""
        near = self.travel <= self.rules.travel_limit
        return near & self.accepted & self.offered.T[self.service]

    @cached_property
    def care(self) -> Floats:
        """Minutes until care can begin, infinite where a patient may not go, shape (P, J).

        The patient travels while the bed is made ready: the later of the two counts.
        """
        ready = np.where(self.uses[:, None] > 0, self.ready, 0).max(axis=2)
        return np.where(self.reach, np.maximum(self.travel, ready[self.service]), np.inf)


def _bad_keys(problem: QueueProblem) -> Iterator[str]:
    for kind in ("districts", "facilities", "services", "resources"):
        keys = getattr(problem, kind)
        if not keys:
            yield f"{kind} must hold at least one key, but holds none"
        elif len(set(keys)) < len(keys):
            yield f"{kind} must hold no key twice, but {_first_twice(keys)} is"
    doubled = len(problem.patients) - len(set(problem.patients))
    if doubled:
        yield f"patients must hold no key twice, but {doubled} of {len(problem.patients)} do"


def _first_twice(keys: tuple[str, ...]) -> str:
    return next(key for key in keys if keys.count(key) > 1)


def _misfits(problem: QueueProblem) -> Iterator[str]:
    p, i, j = len(problem.patients), len(problem.districts), len(problem.facilities)
    s, r = len(problem.services), len(problem.resources)
    shapes = {
        **dict.fromkeys(("district", "service", "severity", "waited", "at"), (p,)),
        "accepted": (p, j),
        "minutes": (i, j),
        "offered": (j, s),
        **dict.fromkeys(("free", "ready"), (j, r)),
        "uses": (s, r),
    }
    for name, shape in shapes.items():
        found = getattr(problem, name).shape
        if found != shape:
            yield f"{name} must have shape {shape}, but has {found}"


def _out_of_range(problem: QueueProblem) -> Iterator[str]:
    for name in ("severity", "waited", "free", "ready", "uses", "minutes"):
        values = getattr(problem, name)
        sound = (values >= 0) & ((values < np.inf) | (name == "minutes"))
        if not sound.all():
            bound = "0 or more" if name == "minutes" else "finite and 0 or more"
            yield f"{name} must be {bound}, but {_found(name, values[~sound])}"
    if (problem.severity == 0).any():
        yield f"severity must be above 0, but {_found('severity', problem.severity == 0)}"
    for name in ("accepted", "offered"):
        if getattr(problem, name).dtype != np.bool_:
            yield f"{name} must hold yes or no, but holds {getattr(problem, name).dtype}"
    for s in np.flatnonzero(~(problem.uses > 0).any(axis=1)):
        yield f"service {problem.services[s]} must use a resource, but uses none"


def _lost_indices(problem: QueueProblem) -> Iterator[str]:
    for name, low, keys in (
        ("district", 0, problem.districts),
        ("service", 0, problem.services),
        ("at", -1, problem.facilities),
    ):
        values = getattr(problem, name)
        if not np.issubdtype(values.dtype, np.integer):
            yield f"{name} must hold whole numbers, but holds {values.dtype}"
        elif (wrong := values[(values < low) | (values >= len(keys))]).size:
            yield f"{name} must be from {low} to {len(keys) - 1}, but {_found(name, wrong)}"


def _found(name: str, wrong: NDArray[np.generic]) -> str:
    # What a patient has is counted, never quoted.
    return f"is not {np.count_nonzero(wrong)} times" if name in PEOPLE else f"holds {wrong[0]}"
