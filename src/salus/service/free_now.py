"""What is free at this moment: by the last count of the beds, or by what the plan leaves over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.core.messages import Message, say

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.typing import NDArray

    from salus.data.region.region import Region
    from salus.domain.care import Service
    from salus.service.plan_city import CityAnswer
    from salus.service.rules import PlanningRules

OLDEST_HOURS = 48
"""A count of the beds that is older than this says nothing about now."""
NAMED = 5
"""Places without a fresh count that are named, at most."""


@dataclass(frozen=True, slots=True, eq=False)
class Free:
    """What is free now.

    Parameters
    ----------
    units : ndarray, shape (n_facilities, n_resources)
        In the order of the region.
    basis : Message
        How it is known.
    """

    units: NDArray[np.float64]
    basis: Message


def free_now(
    region: Region,
    bed_states: pa.Table | None,
    moment: datetime,
    planned: CityAnswer,
    rules: PlanningRules,
) -> Free:
    """Tell what is free at a moment.

    The share of the staffed units above the target occupancy is kept for emergencies, and a reserve
    for the facility itself, as in the plan. Staff and stock are taken by the patients who lie in
    the beds, by what the services use.

    Parameters
    ----------
    region : Region
        Places, resources and services.
    bed_states : pyarrow.Table or None
        Counts of the beds, as :data:`salus.domain.records.operations.BED_STATE` describes them;
        ``None`` where there are none.
    moment : datetime
        With a time zone.
    planned : CityAnswer
        The plan for the expected days; without a fresh count, what it leaves over on its first
        day is free.
    rules : PlanningRules
        Holds the target occupancy.

    Returns
    -------
    Free
    """
    counted = None if bed_states is None else _last_count(region, bed_states, moment)
    if counted is None:
        return Free(_left_over(planned), say("what the plan leaves over on its first day"))
    staffed, occupied, at, uncounted = counted
    used = occupied + _with_the_beds(region, occupied)
    units = np.maximum(0.0, (staffed - _reserve(region)) * rules.target_occupancy - used)
    beds = occupied.sum(axis=0) > 0
    units[:, beds] = np.floor(units[:, beds])
    basis = say(
        "the count of the beds of {when}, less {share:.0%} kept for emergencies",
        when=at,
        share=1 - rules.target_occupancy,
    )
    if uncounted:
        basis = say(
            "{basis}; nothing is given away where no fresh count is known: {places} ({count} in "
            "all)",
            basis=basis,
            places=uncounted[:NAMED],
            count=len(uncounted),
        )
    return Free(units, basis)


def _reserve(region: Region) -> NDArray[np.float64]:
    place = region.facility_index
    kind = {item.id: r for r, item in enumerate(region.resources)}
    kept = np.zeros((len(place), len(kind)))
    for supply in region.supplies:
        kept[place[supply.facility_id], kind[supply.resource_id]] = supply.reserve
    return kept


def _left_over(planned: CityAnswer) -> NDArray[np.float64]:
    problem, plan = planned.problem, planned.proposed.plan
    first = plan.period == 0
    used = np.zeros(problem.capacity.shape[:2])
    takes = plan.cases[first, None] * problem.uses[plan.service[first]]
    np.add.at(used, plan.facility[first], takes)
    return np.maximum(0.0, problem.capacity[:, :, 0] - used)


def _last_count(
    region: Region, bed_states: pa.Table, moment: datetime
) -> tuple[NDArray[np.float64], NDArray[np.float64], datetime, tuple[str, ...]] | None:
    rows = _fresh(bed_states, moment)
    if not rows:
        return None
    place = region.facility_index
    kind = {item.id: r for r, item in enumerate(region.resources)}
    staffed, occupied = (np.zeros((len(place), len(kind))) for _ in range(2))
    for row in rows:
        j, r = place.get(row["facility_id"]), kind.get(row["resource_id"])
        if j is not None and r is not None and row["staffed"] is not None:
            staffed[j, r] += row["staffed"]
            # A bed of which nobody knows better is not given away.
            occupied[j, r] += row["staffed"] if row["occupied"] is None else row["occupied"]
    counted = {(row["facility_id"], row["resource_id"]) for row in rows}
    known_by_count = {resource for _, resource in counted} | {_bed(s) for s in region.services}
    uncounted = dict[str, None]()
    for supply in region.supplies:
        j, r = place[supply.facility_id], kind[supply.resource_id]
        if supply.resource_id not in known_by_count:
            staffed[j, r] = supply.staffed
        elif supply.staffed and (supply.facility_id, supply.resource_id) not in counted:
            uncounted[region.facilities[j].name] = None
    return staffed, occupied, max(row["observed_at"] for row in rows), tuple(uncounted)


def _fresh(bed_states: pa.Table, moment: datetime) -> list[dict[str, Any]]:
    # Each ward counts when it can: its own last count stands, unless that is too old.
    oldest = pa.scalar(moment - timedelta(hours=OLDEST_HOURS))
    at = bed_states["observed_at"]
    known = pc.and_(pc.greater_equal(at, oldest), pc.less_equal(at, pa.scalar(moment)))
    last = {
        (row["facility_id"], row["ward_id"], row["resource_id"]): row
        for row in bed_states.filter(known).sort_by("observed_at").to_pylist()
    }
    return list(last.values())


def _with_the_beds(region: Region, occupied: NDArray[np.float64]) -> NDArray[np.float64]:
    kind = {item.id: r for r, item in enumerate(region.resources)}
    taken = np.zeros_like(occupied)
    for service in region.services:
        bed, others = _bed(service), list(service.uses)[1:]
        cases = occupied[:, kind[bed]] / service.uses[bed]
        for resource in others:
            taken[:, kind[resource]] += cases * service.uses[resource]
    return taken


def _bed(service: Service) -> str:
    # A service is known by its bed, the first resource that it uses.
    return next(iter(service.uses))
