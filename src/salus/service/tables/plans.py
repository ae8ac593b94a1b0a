"""The tables of the plans: methods, districts, facilities, flows, and what a bed is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from salus.service.day import Day
    from salus.service.plan_city import CityAnswer
    from salus.service.tables.schemas import Row


def methods(day: Day) -> Iterator[Row]:
    """Lay out every plan: cost, bound, unmet need, travel and fairness."""
    for key, answer in day.scenarios():
        for outcome in answer.outcomes:
            plan, check, found = outcome.plan, outcome.verification, outcome.measures
            need = answer.problem.need
            yield {
                "scenario": key,
                "scenario_name": str(answer.demand.label),
                "method": plan.method,
                "need_cases": float(need.sum()),
                "unmet_cases": float(found.unmet.sum()),
                "unmet_severity_weighted": outcome.unmet_weighted,
                "cost_minutes": check.cost,
                "bound_minutes": answer.bound,
                "gap": answer.gap(outcome),
                "travel_mean_minutes": found.travel_mean,
                "travel_p95_minutes": found.travel_p95,
                "lowest_coverage": found.fairness.lowest,
                "coverage_gap": found.fairness.gap,
                "coverage_gini": found.fairness.gini,
                "idle_share": outcome.idle,
                "verified": check.right,
            }


def districts(day: Day) -> Iterator[Row]:
    """Lay out need and coverage of each district and service."""
    for key, answer in day.scenarios():
        need, found = answer.problem.need.sum(axis=2), answer.proposed.measures
        unmet, minutes = found.unmet.sum(axis=2), _minutes_of_districts(answer)
        for i, district in enumerate(day.region.districts):
            for s, service in enumerate(day.region.services):
                yield {
                    "scenario": key,
                    "district_id": district.id,
                    "district": district.name,
                    "service": service.id,
                    "need_cases": float(need[i, s]),
                    "served_cases": float(need[i, s] - unmet[i, s]),
                    "unmet_cases": float(unmet[i, s]),
                    "coverage": float(found.coverage[i, s]),
                    "travel_mean_minutes": float(minutes[i, s]),
                }


def _minutes_of_districts(answer: CityAnswer) -> NDArray[np.float64]:
    plan, problem = answer.proposed.plan, answer.problem
    shape = (len(problem.districts), len(problem.services))
    journey = problem.journeys(plan.district, plan.facility, plan.service)
    cases, minutes = np.zeros(shape), np.zeros(shape)
    np.add.at(cases, (plan.district, plan.service), plan.cases)
    np.add.at(minutes, (plan.district, plan.service), plan.cases * problem.arc_minutes[journey])
    return np.divide(minutes, cases, out=np.full(shape, np.nan), where=cases > 0)


def facilities(day: Day) -> Iterator[Row]:
    """Lay out capacity, load and price of each facility and resource."""
    for key, answer in day.scenarios():
        capacity = answer.proposed.measures.capacity
        load = answer.proposed.measures.load
        price = answer.proposed.plan.price.mean(axis=2)
        if not answer.problem.plain:
            price[:] = np.nan  # with whole units decided, a price is not what one more saves
        for j, r in np.argwhere(capacity[:, : len(day.region.taken)] > 0):
            facility, resource = day.region.facilities[j], day.region.resources[r]
            yield {
                "scenario": key,
                "facility_id": facility.id,
                "facility": facility.name,
                "district_id": facility.district_id,
                "resource": resource.id,
                "capacity_resource_days": float(capacity[j, r]),
                "used_resource_days": float(capacity[j, r] * load[j, r]),
                "load": float(load[j, r]),
                "price_minutes_per_resource_day": float(price[j, r]),
            }


def flows(day: Day) -> Iterator[Row]:
    """Lay out who goes where, over all days."""
    for key, answer in day.scenarios():
        plan, problem = answer.proposed.plan, answer.problem
        arc = problem.journeys(plan.district, plan.facility, plan.service)
        used, place = np.unique(arc, return_inverse=True)
        cases = np.bincount(place, plan.cases)
        for index, a in enumerate(used):
            district = day.region.districts[problem.arc_district[a]]
            facility = day.region.facilities[problem.arc_facility[a]]
            yield {
                "scenario": key,
                "district_id": district.id,
                "district": district.name,
                "facility_id": facility.id,
                "facility": facility.name,
                "service": problem.services[problem.arc_service[a]],
                "cases": float(cases[index]),
                "travel_minutes": float(problem.arc_minutes[a]),
            }


def worth(day: Day) -> Iterator[Row]:
    """Lay out what one more unit is worth at the tightest places."""
    names = {facility.id: facility.name for facility in day.region.facilities}
    for key, answer in day.scenarios():
        for rank, worth in enumerate(answer.worth, start=1):
            yield {
                "scenario": key,
                "rank": rank,
                "facility_id": worth.facility,
                "facility": names[worth.facility],
                "resource": worth.resource,
                "predicted_minutes": worth.predicted,
                "confirmed_minutes": worth.confirmed,
                "unmet_avoided_cases": float(sum(worth.unmet_avoided)),
                "weighted_avoided_cases": worth.weighted_avoided,
                "travel_saved_minutes": worth.minutes_saved,
            }


def prices(day: Day) -> Iterator[Row]:
    """Lay out what a resource-day is worth at the tightest places, and for how many."""
    names = {facility.id: facility.name for facility in day.region.facilities}
    for price in day.explained.prices if day.explained else ():
        yield {
            "facility_id": price.facility,
            "facility": names[price.facility],
            "resource": price.resource,
            "days": len(price.days),
            "first_day": price.days[0].isoformat(),
            "last_day": price.days[-1].isoformat(),
            "worth_minutes_per_resource_day": price.range.rate,
            "worth_weighted_cases_per_resource_day": price.weighted,
            "fewer_resource_days": price.range.fewer,
            "more_resource_days": price.range.more,
        }
