"""The check of transfers: every rule that is broken, place by place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.features.moved import ACCEPTED, ESCORTS, FIT, MOVED, VEHICLES
from salus.allocate.city.violation import TOLERANCE, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.features.moved import Moved
    from salus.allocate.city.features.transfer_options import TransferOptions
    from salus.allocate.city.problem import CityProblem


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
        where = options.place(problem, "transfers", (int(k), int(t)))
        yield Violation(MOVED, where, float(odd[k, t]))
    ones = np.ones_like(options.minutes)
    for rule, amounts, share, places, limit in (
        (FIT, moved.cumsum(axis=1), ones, options.group, inpatients.ready),
        (ACCEPTED, moved, ones, options.receiver, options.accepts),
        (ESCORTS, moved, options.escort_hours, options.sender, options.escorts),
        (VEHICLES, moved, options.vehicle_hours, options.base, options.fleet),
    ):
        used = _added(amounts * share[:, None], places, limit)
        for row, t in _above(used, limit):
            where = options.place(problem, f"transfers.{rule.name}", (int(row), int(t)))
            yield Violation(rule, where, float(used[row, t] - limit[row, t]))


def _added(amounts: Floats, places: Whole, limit: Floats) -> Floats:
    together = np.zeros_like(limit, dtype=np.float64)
    np.add.at(together, places, amounts)
    return together


def _above(value: Floats, limit: Floats) -> NDArray[np.intp]:
    return np.argwhere(value > limit + TOLERANCE * np.maximum(1.0, limit))
