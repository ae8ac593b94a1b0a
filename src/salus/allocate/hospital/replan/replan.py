"""A new plan after something has happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.allocate.hospital.bound.conflicts import conflicts
from salus.allocate.hospital.keep import Keep, Perturbation
from salus.allocate.hospital.readable import fitting, readable
from salus.allocate.hospital.replan.begun import resumed
from salus.allocate.hospital.replan.causes import Causes
from salus.allocate.hospital.replan.changed import changed
from salus.allocate.hospital.replan.perturbation import distance, handed, moved
from salus.allocate.hospital.replan.rest import rest
from salus.allocate.hospital.replan.stages import in_stages
from salus.allocate.hospital.replan.undo import undone
from salus.allocate.hospital.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from salus.allocate.hospital.bound.conflict import Conflict
    from salus.allocate.hospital.plan import HospitalPlan
    from salus.allocate.hospital.problem import HospitalProblem
    from salus.allocate.hospital.replan.causes import Cause
    from salus.allocate.hospital.replan.events import Event
    from salus.allocate.hospital.replan.perturbation import Distance, Handed, Moved
    from salus.allocate.hospital.solve import Progress
    from salus.allocate.hospital.stop import Stop
    from salus.allocate.hospital.verification import HospitalVerification

PROOF = 2.0
"""Seconds in which it may be proved that no plan keeps the rules."""


@dataclass(frozen=True, slots=True)
class Replanned:
    """A new plan, and how it differs from the old one.

    Parameters
    ----------
    problem : HospitalProblem
        After the events.
    plan : HospitalPlan
        The new one.
    events : tuple of Event
        What has happened.
    before : HospitalVerification
        What the old plan broke and cost before the events.
    unchanged : HospitalVerification
        What it would break and cost now, without the patients and nurses who do not come.
    after : HospitalVerification
        What the new plan breaks and costs.
    distance : Distance
        How many things differ.
    moves : tuple of (Moved, Cause)
        Patients whose admission is another one.
    hands : tuple of (Handed, Cause)
        Rooms and shifts with another nurse.
    conflicts : tuple of Conflict
        Where the new plan breaks rules, proofs that every other one does.
    called, excused : tuple of (str, int)
        Nurses and shifts that a roster adds to those of the old plan, and those that it leaves out
        though the nurse could come.
    """

    problem: HospitalProblem
    plan: HospitalPlan
    events: tuple[Event, ...]
    before: HospitalVerification
    unchanged: HospitalVerification
    after: HospitalVerification
    distance: Distance
    moves: tuple[tuple[Moved, Cause], ...]
    hands: tuple[tuple[Handed, Cause], ...]
    conflicts: tuple[Conflict, ...]
    called: tuple[tuple[str, int], ...] = ()
    excused: tuple[tuple[str, int], ...] = ()


def replan(
    problem: HospitalProblem,
    plan: HospitalPlan,
    events: Sequence[Event],
    today: int,
    stop: Stop,
    *,
    seed: int = 1,
    weights: Perturbation | None = None,
    cores: int = 1,
    watch: Callable[[Progress], None] | None = None,
    roster: Callable[[HospitalProblem], HospitalProblem] | None = None,
) -> Replanned:
    """Plan the rest of a horizon anew: what has begun stays, and as little as possible changes.

    Parameters
    ----------
    problem : HospitalProblem
        From before the events.
    plan : HospitalPlan
        Of it.
    events : sequence of Event
        What has happened.
    today : int
        First day that may change: admissions and duties before it stay as they are.
    stop : Stop
        When the search ends.
    seed : int
        Of the random moves.
    weights : Perturbation, optional
        What each change costs beside the weights of the problem. By default those of
        ``Perturbation``, and a plan stays as it is where it still keeps every rule and costs no
        more than before.
    cores : int
        How many searches go on side by side.
    watch : callable, optional
        Told of the progress.
    roster : callable, optional
        Chooses of the shifts that nurses offer after the events those that are worked.

    Returns
    -------
    Replanned

    Raises
    ------
    UnfitError
        If the plan cannot be read, an event cannot be, or the events leave no problem.
    """
    readable(problem, plan)
    after = changed(problem, plan, events, today)
    called: set[tuple[str, int]] = set()
    excused: set[tuple[str, int]] = set()
    if roster is not None:
        told = {(each.nurse, each.shift) for each in plan.duties}
        offered, after = _shifts(after), roster(after)
        called, excused = _shifts(after) - told, (told & offered) - _shifts(after)
    keep, still = Keep(plan, today, weights or Perturbation()), fitting(after, plan)
    before, unchanged = verify(problem, plan), verify(after, still)
    if weights is None and _untouched(before, unchanged):
        new = still
    else:
        new = in_stages(after, stop, seed, keep, cores=cores, watch=watch)
        new = resumed(after, plan, undone(after, keep, new), today)
    found = verify(after, new)
    broken = found.total_violations > 0
    causes = Causes(problem, after, plan, new, events)
    return Replanned(
        problem=after,
        plan=new,
        events=tuple(events),
        before=before,
        unchanged=unchanged,
        after=found,
        distance=distance(after, plan, new),
        moves=tuple((each, causes.of_move(each)) for each in moved(after, plan, new)),
        hands=tuple((each, causes.of_hand(each)) for each in handed(after, plan, new)),
        conflicts=conflicts(rest(after, plan, today), seconds=PROOF) if broken else (),
        called=tuple(sorted(called, key=lambda each: each[::-1])),
        excused=tuple(sorted(excused, key=lambda each: each[::-1])),
    )


def _untouched(before: HospitalVerification, unchanged: HospitalVerification) -> bool:
    if unchanged.total_violations or before.total_cost is None or unchanged.total_cost is None:
        return False
    return unchanged.total_cost <= before.total_cost


def _shifts(problem: HospitalProblem) -> set[tuple[str, int]]:
    return {(each.id, shift) for each in problem.nurses for shift in each.loads}
