"""Score stored readings, and open alerts where one departs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.monitor.stream.params import StreamParams
from salus.service.guarded import guarded, itself
from salus.service.live.scoring import Scored, Scorer
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from collections.abc import Callable

    from salus.service.context import Context


def once() -> bool:
    """Wait for nothing more."""
    return False


@guarded(Permission.SCORE_READINGS, Kind.READINGS, itself)
def score_readings(
    context: Context,
    detector: str = "stream",
    params: StreamParams | None = None,
    again: Callable[[], bool] = once,
) -> Scored:
    """Score what is stored beyond the detector's checkpoint.

    Alerts, checkpoint and position are written in one transaction, so that a process that is
    killed goes on where it was, and doubles nothing.

    Parameters
    ----------
    context : Context
        What is in use.
    detector : str
        Name of the checkpoint.
    params : StreamParams, optional
        How to watch.
    again : callable
        Waits until it is time to look again, and says whether to; the gate is passed once.

    Returns
    -------
    Scored
        What came of all steps.

    Raises
    ------
    ForbiddenError
        If the policy does not permit it.
    EnvironmentFaultError
        If the store cannot be read or written.
    """
    scorer = Scorer(context.store, detector, params or StreamParams())
    whole = scorer.step(context.clock.now())
    while True:
        while (step := scorer.step(context.clock.now())).position > whole.position:
            whole = whole.plus(step)
        if not again():
            return whole
