"""From the queue table to the problem of a dispatcher, and what was left out on the way."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.allocate.queue.problem import QueueProblem
from salus.allocate.queue.rules import QueueRules
from salus.core.messages import Message, say
from salus.data.region.travel import journeys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date, datetime

    from numpy.typing import NDArray

    from salus.data.region.region import Region
    from salus.service.free_now import Free
    from salus.service.rules import PlanningRules


@dataclass(frozen=True, slots=True, eq=False)
class Waiting:
    """Those who wait and can be dispatched.

    Parameters
    ----------
    rows : pyarrow.Table
        Of the queue, in its order; each with a service and a district of the region.
    minutes : ndarray, shape (n_patients,)
        Waited so far.
    left_out : tuple of Message
        Which rows cannot be dispatched, and why.
    """

    rows: pa.Table
    minutes: NDArray[np.float64]
    left_out: tuple[Message, ...]


def waiting(queue: pa.Table, region: Region, moment: datetime) -> Waiting:
    """Take those of a queue who can be dispatched, and say who cannot.

    Parameters
    ----------
    queue : pyarrow.Table
        As :data:`salus.data.synthetic.operations.QUEUE` describes it; may be empty.
    region : Region
        Its services and districts.
    moment : datetime
        Now, with a time zone.

    Returns
    -------
    Waiting
        Who asks twice for the same service keeps the longer wait, and so does the first of several
        requests under one key.
    """
    left_out = []
    for reason, kept in _sieves(region, moment):
        fits = kept(queue)
        lost = queue.num_rows - (pc.sum(fits).as_py() or 0)
        if lost:
            left_out.append(say("{reason}: {count:,}", reason=reason, count=lost))
            queue = queue.filter(fits)
    since = pc.cast(queue["waiting_since"], pa.int64()).to_numpy()
    return Waiting(queue, (moment.timestamp() * 1e6 - since) / 6e7, tuple(left_out))


def _sieves(
    region: Region, moment: datetime
) -> Iterator[tuple[Message, Callable[[pa.Table], pa.Array]]]:
    services = pa.array([item.id for item in region.services])
    districts = pa.array([item.id for item in region.districts])
    yield (
        say("without a key, a person or a time"),
        lambda queue: _filled(queue, ("queue_id", "patient_id", "waiting_since")),
    )
    yield (
        say("for a service that the region does not have"),
        lambda queue: pc.is_in(queue["service_id"], services),
    )
    yield (
        say("from a district that the region does not have"),
        lambda queue: pc.is_in(queue["district_id"], districts),
    )
    yield (
        say("without a severity above 0"),
        lambda queue: _sure(
            pc.and_(pc.greater(queue["severity"], 0.0), pc.is_finite(queue["severity"]))
        ),
    )
    yield (
        say("asked for later than now"),
        lambda queue: _sure(pc.less_equal(queue["waiting_since"], pa.scalar(moment))),
    )
    yield (
        say("under a key that an earlier request has"),
        lambda queue: _earliest(queue, ("queue_id",)),
    )
    yield (
        say("asked for twice by one person"),
        lambda queue: _earliest(queue, ("patient_id", "service_id")),
    )


def _sure(true: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.fill_null(true, fill_value=pa.scalar(value=False))


def _filled(queue: pa.Table, names: Sequence[str]) -> pa.ChunkedArray:
    return reduce(pc.and_, (pc.is_valid(queue[name]) for name in names))


def _earliest(queue: pa.Table, names: Sequence[str]) -> pa.Array:
    place = np.arange(queue.num_rows)
    order = pc.sort_indices(
        queue.append_column("place", pa.array(place)),
        sort_keys=[("waiting_since", "ascending"), ("place", "ascending")],
    ).to_numpy()
    columns = (queue[name].to_pylist() for name in names)
    asked = ["\x1f".join(row) for row in zip(*columns, strict=True)]
    first = np.zeros(queue.num_rows, dtype=bool)
    if asked:
        _, where = np.unique(np.array(asked)[order], return_index=True)
        first[order[where]] = True
    return pa.array(first)


def queue_problem(
    region: Region, waits: Waiting, free: Free, rules: PlanningRules, day: date
) -> QueueProblem:
    """State the queue as a problem of arrays.

    Parameters
    ----------
    region : Region
        Places, services and what a case of each takes.
    waits : Waiting
        Who waits.
    free : Free
        What is free now.
    rules : PlanningRules
        Journeys and their limit.
    day : date
        On which they are dispatched.

    Returns
    -------
    QueueProblem
        With the districts of those who wait only. Everybody comes from home, and every facility
        takes whom it can, but for what it declines on that day.
    """
    homes, district = _homes(waits.rows, region)
    places = [item.id for item in region.services]
    n, facilities = waits.rows.num_rows, region.facilities
    service = _places(waits.rows["service_id"], places)
    return QueueProblem(
        patients=tuple(waits.rows["queue_id"].to_pylist()),
        districts=tuple(region.districts[i].id for i in homes),
        facilities=tuple(item.id for item in facilities),
        services=tuple(places),
        resources=tuple(item.id for item in region.resources),
        district=district,
        service=service,
        severity=waits.rows["severity"].to_numpy().astype(float),
        waited=waits.minutes,
        at=np.full(n, -1),
        accepted=_accepted(region, homes[district], service, day),
        minutes=_minutes(region, rules, homes),
        offered=np.array(
            [[(f.id, s.id) in region.takes for s in region.services] for f in facilities]
        ),
        free=free.units,
        ready=np.zeros_like(free.units),
        uses=np.array(
            [[s.uses.get(r.id, 0.0) for r in region.resources] for s in region.services], float
        ),
        rules=QueueRules(travel_limit=rules.max_travel_minutes),
    )


def _accepted(
    region: Region, district: NDArray[np.int64], service: NDArray[np.int64], day: date
) -> NDArray[np.bool_]:
    """Tell who is not declined by whom, shape (P, J)."""
    found = np.ones((district.size, len(region.facilities)), dtype=bool)
    districts = np.array([each.id for each in region.districts])[district]
    services = np.array([each.id for each in region.services])[service]
    places = [each.id for each in region.facilities]
    for one in region.declines:
        if one.holds(day):
            meant = np.isin(services, one.service) if one.service else np.ones(district.size, bool)
            if one.district:
                meant &= districts == one.district
            found[meant, places.index(one.facility)] = False
    return found


def _places(column: pa.ChunkedArray, keys: list[str]) -> NDArray[np.int64]:
    return pc.index_in(column, pa.array(keys, pa.string())).to_numpy().astype(np.int64)


def _homes(rows: pa.Table, region: Region) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    places = _places(rows["district_id"], [item.id for item in region.districts])
    if not places.size:  # a problem has a district, though nobody waits in it
        return np.zeros(1, np.int64), places
    homes, district = np.unique(places, return_inverse=True)
    return homes, district.astype(np.int64)


def _minutes(region: Region, rules: PlanningRules, homes: NDArray[np.int64]) -> NDArray[np.float64]:
    near = journeys(region, rules.max_travel_minutes, rules.speed_kmh, rules.detour, None)
    row = np.full(len(region.districts), -1)
    row[homes] = np.arange(len(homes))
    meant = row[near.district] >= 0
    minutes = np.full((len(homes), len(region.facilities)), np.inf)
    minutes[row[near.district[meant]], near.facility[meant]] = near.minutes[meant]
    return minutes
