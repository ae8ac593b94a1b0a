"""The check of transfers: every rule that is broken, place by place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.features.moved import ACCEPTED, ESCORTS, FIT, MOVED, VEHICLES
from salus.allocate.city.violation import Violation
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.features.moved import Moved
    from salus.allocate.city.features.transfer_options import TransferOptions
    from salus.allocate.city.problem import CityProblem

TOLERANCE = 1e-6


def broken(options: TransferOptions, problem: CityProblem, found: Moved) -> Iterator[Violation]:
    """Name every rule that transfers break.

    Parameters
    ----------
    options : TransferOptions
        What may be moved.
    problem : CityProblem
        Whose places they are.
    found : Moved
        Who is moved, right or wrong.

    Yields
    ------
    Violation
    """
    inpatients, moved = options.inpatients, found.patients
    odd = np.maximum(-moved, np.where(inpatients.still[options.group], 0.0, moved))
    if options.whole:
        odd = np.maximum(odd, np.abs(moved - np.rint(moved)))
    for k, t in np.argwhere(odd > TOLERANCE):
        where = say(
            "from {sender} to {receiver} for {service} on {period}",
            sender=problem.facilities[options.sender[k]],
            receiver=problem.facilities[options.receiver[k]],
            service=problem.services[inpatients.service[options.group[k]]],
            period=problem.periods[t],
        )
        yield Violation(MOVED, where, float(odd[k, t]))
    so_far = _added(moved.cumsum(axis=1), options.group, inpatients.ready)
    for g, t in _above(so_far, inpatients.ready):
        where = say(
            "{service} in {facility} on {period}",
            service=problem.services[inpatients.service[g]],
            facility=problem.facilities[inpatients.facility[g]],
            period=problem.periods[t],
        )
        yield Violation(FIT, where, float(so_far[g, t] - inpatients.ready[g, t]))
    yield from _limits(options, problem, moved)


def _limits(options: TransferOptions, problem: CityProblem, moved: Floats) -> Iterator[Violation]:
    escorting = moved * options.escort_hours[:, None]
    for rule, amounts, places, limit in (
        (ACCEPTED, moved, options.receiver, options.accepts),
        (ESCORTS, escorting, options.sender, options.escorts),
    ):
        used = _added(amounts, places, limit)
        for j, t in _above(used, limit):
            where = say(
                "{facility} on {period}",
                facility=problem.facilities[j],
                period=problem.periods[t],
            )
            yield Violation(rule, where, float(used[j, t] - limit[j, t]))
    driven = _added(moved * options.vehicle_hours[:, None], options.base, options.fleet)
    for b, t in _above(driven, options.fleet):
        where = say("base {number} on {period}", number=int(b) + 1, period=problem.periods[t])
        yield Violation(VEHICLES, where, float(driven[b, t] - options.fleet[b, t]))


def _added(amounts: Floats, places: Whole, limit: Floats) -> Floats:
    together = np.zeros_like(limit, dtype=np.float64)
    np.add.at(together, places, amounts)
    return together


def _above(value: Floats, limit: Floats) -> NDArray[np.intp]:
    return np.argwhere(value > limit + TOLERANCE * np.maximum(1.0, limit))
