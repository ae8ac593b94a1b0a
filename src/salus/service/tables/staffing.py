"""The tables of the people in a plan: who is moved, what staff may work, what cannot be planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.explain.binding import FULL, PRICED
from salus.allocate.city.features.lending import Lending
from salus.allocate.city.features.moved import Moved
from salus.allocate.city.features.staff_law import StaffLaw
from salus.allocate.city.features.transfers import Transfers
from salus.allocate.city.programme import write
from salus.service.moving import way_of
from salus.service.unplanned import unplanned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from salus.data.region.region import Region
    from salus.service.day import Day
    from salus.service.plan_city import CityAnswer
    from salus.service.tables.schemas import Row

    Floats = NDArray[np.float64]

FEWEST = 1e-6
"""Fewer patients than this are rounding noise of a solver."""


def transfers(day: Day) -> Iterator[Row]:
    """Lay out who each proposed plan moves where, when, and with which escort."""
    for key, answer in day.scenarios():
        options = answer.feature(Transfers)
        found = answer.proposed.plan.decision(Moved)
        if options is None or found is None:
            continue
        for k, t in np.argwhere(found.patients > FEWEST):
            way = way_of(day.region, int(options.group[k]), int(options.receiver[k]))
            sender, receiver = (
                day.region.facilities[place] for place in (options.sender[k], options.receiver[k])
            )
            service = options.inpatients.service[options.group[k]]
            patients = float(found.patients[k, t])
            yield {
                "scenario": key,
                "day": answer.problem.periods[t].isoformat(),
                "patients": patients,
                "service": day.region.services[service].id,
                "to_service": way.service_id,
                "facility_id": sender.id,
                "facility": sender.name,
                "to_facility_id": receiver.id,
                "to_facility": receiver.name,
                "travel_minutes": way.minutes,
                "escort": way.escort or None,
                "escort_hours": patients * way.escort_hours,
                "vehicle_facility_id": way.vehicle_id,
                "vehicle_hours": patients * way.vehicle_hours,
            }


def staff(day: Day) -> Iterator[Row]:
    """Lay out what each proposed plan lets staff work, and which limits hold it back.

    Facilities that do not state their people are left out, and closed ones.
    """
    for key, answer in day.scenarios():
        law = answer.feature(StaffLaw)
        if law is None:
            continue
        prices = _prices(answer)
        least = PRICED * float(answer.problem.penalty.max())
        found = law.worked(answer.problem, answer.proposed.plan)
        for number, (limit, done, may) in enumerate(found):
            resource = answer.problem.resources[limit.staff.resource]
            price = prices.get(f"{law.name}.{limit.rule.name}.{number}", np.zeros_like(done))
            for j in _stated(day.region, resource, answer.closed):
                reached = (may[j] > 0) & (done[j] >= may[j] * FULL)
                full = np.flatnonzero((price[j] > least) | reached)
                facility = day.region.facilities[j]
                yield {
                    "scenario": key,
                    "facility_id": facility.id,
                    "facility": facility.name,
                    "staff": resource,
                    "rule": limit.rule.name,
                    "runs": done.shape[1],
                    "run_days": limit.window,
                    "runs_full": full.size,
                    "first_full_day": (
                        answer.problem.periods[full[0]].isoformat() if full.size else None
                    ),
                    "unit": limit.staff.unit.value,
                    "work": float(done[j].sum()),
                    "most_work": float(may[j].sum()),
                    "load": float(done[j].sum() / may[j].sum()) if may[j].sum() else float("nan"),
                    "worth_minutes_per_unit": float(price[j].max()),
                }


def impossible(day: Day) -> Iterator[Row]:
    """Lay out what was offered or asked for and cannot be planned, and why."""
    places = day.region.facilities
    names = {each.id: each.name for each in places}
    for key, answer in day.scenarios():
        for each in unplanned(day.region, answer):
            yield {
                "scenario": key,
                "move": "lent" if each.lender else "opened",
                "what": each.offer.resource_id,
                "facility_id": each.lender or each.host,
                "facility": names[each.lender or each.host],
                "to_facility_id": each.host if each.lender else None,
                "to_facility": names[each.host] if each.lender else None,
                "reason": str(each.reason),
            }
        lending, options = answer.feature(Lending), answer.feature(Transfers)
        for loan in () if lending is None else lending.missing:
            lender, host = places[loan.lender], places[loan.host]
            yield {
                "scenario": key,
                "move": "lent",
                "what": day.region.resources[loan.resource].id,
                "facility_id": lender.id,
                "facility": lender.name,
                "to_facility_id": host.id,
                "to_facility": host.name,
                "reason": str(loan.reason),
            }
        for move in () if options is None else options.missing:
            receiver = places[move.receiver]
            sender = places[options.inpatients.facility[move.group]] if options else receiver
            yield {
                "scenario": key,
                "move": "moved",
                "what": day.region.inpatients[move.group].id,
                "facility_id": sender.id,
                "facility": sender.name,
                "to_facility_id": receiver.id,
                "to_facility": receiver.name,
                "reason": str(move.reason),
            }


def _stated(region: Region, resource: str, closed: tuple[str, ...]) -> Iterator[int]:
    group = next(each for each in region.staff if each.id == resource)
    known = group.at.keys() - set(closed)
    return (j for j, facility in enumerate(region.facilities) if facility.id in known)


def _prices(answer: CityAnswer) -> dict[str, Floats]:
    """Return what one more unit of each limit is worth, by the prices that prove the plan."""
    proof = answer.proposed.plan.proof
    if proof is None:
        return {}
    blocks = write(answer.problem).draft.row.blocks
    return {
        name: np.abs(proof[block.indices])
        for name, block in blocks.items()
        if name.startswith(StaffLaw.name)
    }
