"""A search near an old plan, and then farther and farther from it.

A cold search changes little, but a change that needs several others at once is beyond its reach; a
hot one loses the old plan in the time that there is. So each stage begins with the best plan of the
one before, which it can only improve.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from salus.allocate.hospital.solve import solve
from salus.allocate.hospital.solver.cooling import Cooling
from salus.allocate.hospital.stop import Stop

if TYPE_CHECKING:
    from collections.abc import Callable

    from salus.allocate.hospital.keep import Keep
    from salus.allocate.hospital.plan import HospitalPlan
    from salus.allocate.hospital.problem import HospitalProblem
    from salus.allocate.hospital.solve import Progress

FIRST = (10.0, 30.0, 100.0)
"""First temperature of each stage, in units of the cost."""


def in_stages(
    problem: HospitalProblem,
    stop: Stop,
    seed: int,
    keep: Keep,
    *,
    cores: int = 1,
    watch: Callable[[Progress], None] | None = None,
) -> HospitalPlan:
    """Search for a plan that costs little and is near an old one.

    Parameters
    ----------
    problem : HospitalProblem
        After the events.
    stop : Stop
        When the search ends; each stage has the same part of it.
    seed : int
        Of the random moves.
    keep : Keep
        The old plan, and what a change of it weighs.
    cores : int
        How many searches go on side by side.
    watch : callable, optional
        Told of the progress.

    Returns
    -------
    HospitalPlan
        The best of the last stage, or of the one that an interrupt from the keyboard has ended.
    """
    share, best, postponed = _share(stop), keep.plan, float(max(1, problem.weights.postponed))
    for stage, first in enumerate(FIRST):
        ended = _Ended(stage, watch)
        best = solve(
            problem,
            share,
            seed + stage,
            cores=cores,
            warm=best if stage else None,
            keep=keep,
            watch=ended,
            cooling=Cooling(postponed, first=first),
        )
        if not ended.whole:
            break
    return best


class _Ended:
    """Passes on the progress of a stage as a part of the whole, and sees whether it ended."""

    def __init__(self, stage: int, watch: Callable[[Progress], None] | None) -> None:
        self.whole, self._stage, self._watch = False, stage, watch

    def __call__(self, now: Progress) -> None:
        self.whole = now.part >= 1
        if self._watch is not None:
            self._watch(replace(now, part=(self._stage + now.part) / len(FIRST)))


def _share(stop: Stop) -> Stop:
    if stop.iterations is not None:
        return Stop(iterations=max(1, stop.iterations // len(FIRST)))
    return Stop(seconds=(stop.seconds or 0) / len(FIRST))
