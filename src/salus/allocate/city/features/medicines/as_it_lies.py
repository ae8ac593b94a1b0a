"""A plan of journeys alone, cut down to those whose doses lie at their facility."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.features.medicines.first_expired import give_first
from salus.allocate.city.features.medicines.lots import lots_of

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.features.medicines.lots import Lots
    from salus.allocate.city.features.medicines.supply import Supply
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem


def as_it_lies(supply: Supply, problem: CityProblem, plan: CityPlan) -> CityPlan:
    """Keep of a plan what can be treated where nothing is ordered and nothing sent.

    Where more come in a period than there are doses for, all who came share them in proportion,
    and the rest stays unmet. What expires first is given first, and none is saved for later.

    Parameters
    ----------
    supply : Supply
        What lies where.
    problem : CityProblem
        What was planned.
    plan : CityPlan
        Journeys, by a method that knows no medicines.

    Returns
    -------
    CityPlan
        With fewer cases; cost and proof are those that were given.

    Raises
    ------
    ValueError
        If stays reach beyond the period of admission, so that doses fall due later.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from salus.allocate.city.nearest import Nearest
    >>> from salus.allocate.city.stocked import stocked_city
    >>> from salus.core.clock import SystemClock
    >>> city = replace(stocked_city(7), stay=None)
    >>> plan = Nearest().solve(replace(city, features=()), SystemClock())
    >>> bool(as_it_lies(city.features[0], city, plan).cases.sum() < plan.cases.sum())
    True
    """
    if problem.stays.shape[1] > 1:
        message = f"stays must end in the period of admission, but last {problem.stays.shape[1]}"
        raise ValueError(message)
    coming = np.zeros((len(problem.facilities), len(problem.services), len(problem.periods)))
    np.add.at(coming, (plan.facility, plan.service, plan.period), plan.cases)
    share = _shares(supply, lots_of(supply, problem), coming * problem.stays[:, 0, None])
    cases = plan.cases * share[plan.facility, plan.service, plan.period]
    kept = (cases > 0) | (plan.cases == 0)
    return replace(
        plan,
        district=plan.district[kept],
        facility=plan.facility[kept],
        service=plan.service[kept],
        period=plan.period[kept],
        cases=cases[kept],
    )


def _shares(supply: Supply, lots: Lots, coming: Floats) -> Floats:
    """Share of those who come that can be given all of their doses, shape (J, S, T)."""
    facilities = len(coming)
    share, lies = np.ones_like(coming), np.zeros((facilities, lots.medicine.size))
    needs = supply.doses > 0
    for t in range(coming.shape[2]):
        lies += lots.units[:facilities, :, t]
        there = np.zeros((facilities, len(supply.medicines)))
        np.add.at(there.T, lots.medicine, lies.T)
        asked = coming[:, :, t] @ supply.doses
        held = np.minimum(1.0, there / np.where(asked > 0, asked, 1.0))
        held[asked == 0] = 1.0
        share[:, :, t] = np.where(needs, held[:, None], 1.0).min(axis=2)
        lies -= give_first(lots.medicine, lies, (coming[:, :, t] * share[:, :, t]) @ supply.doses)
        lies[:, lots.last == t] = 0.0
    return share
