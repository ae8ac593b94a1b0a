"""The tables of what practice, overrides, reserves and declines make of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.practice.ledger import RULES
from salus.allocate.city.practice.replanned import FEWEST_CASES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.city.arrays import Floats
    from salus.service.day import Day
    from salus.service.plan_city import CityAnswer
    from salus.service.tables.schemas import Row


def practice(day: Day) -> Iterator[Row]:
    """Lay out what each rule forbids, prices and lets pass, and what the plans make of it."""
    for key, answer in day.scenarios():
        ledger, cases = answer.ledger, _cases(answer)[answer.ledger.journey]
        let = ledger.override >= 0
        priced = ~ledger.forbidden & ~let
        for number in np.unique(ledger.rule):
            mine = ledger.rule == number
            yield {
                "scenario": key,
                "rule": RULES[number].value,
                "journeys_forbidden": int((mine & ledger.forbidden & ~let).sum()),
                "journeys_priced": int((mine & priced).sum()),
                "journeys_overridden": int((mine & let).sum()),
                "cases": float(cases[mine].sum()),
                "cases_overridden": float(cases[mine & let].sum()),
                "price_minutes": float((cases * ledger.minutes)[mine & priced].sum()),
            }


def practice_journeys(day: Day) -> Iterator[Row]:
    """Lay out each journey of a proposed plan that goes against a rule, the dearest first."""
    for key, answer in day.scenarios():
        ledger, cases = answer.ledger, _cases(answer)[answer.ledger.journey]
        price = np.where(ledger.override < 0, ledger.minutes, 0.0)
        used = np.flatnonzero(cases > FEWEST_CASES)
        for entry in used[np.lexsort((-cases[used], -(price * cases)[used]))]:
            journey, place = ledger.journey[entry], int(ledger.override[entry])
            let = None if place < 0 else ledger.overrides[place]
            district = day.region.districts[ledger.problem.arc_district[journey]]
            facility = day.region.facilities[ledger.problem.arc_facility[journey]]
            yield {
                "scenario": key,
                "district_id": district.id,
                "district": district.name,
                "facility_id": facility.id,
                "facility": facility.name,
                "service": ledger.problem.services[ledger.problem.arc_service[journey]],
                "rule": RULES[ledger.rule[entry]].value,
                "cases": float(cases[entry]),
                "minutes_per_case": float(price[entry]),
                "price_minutes": float(price[entry] * cases[entry]),
                "decided_by": None if let is None else let.by,
                "reason": None if let is None else let.reason,
            }


def overrides(day: Day) -> Iterator[Row]:
    """Lay out each override: how many journeys it lets pass, and the cases that use them."""
    for key, answer in day.scenarios():
        ledger, cases = answer.ledger, _cases(answer)
        for place, one in enumerate(ledger.overrides):
            passing = np.unique(ledger.journey[ledger.override == place])
            yield {
                "scenario": key,
                "district_id": one.district,
                "facility_id": one.facility,
                "service": one.service,
                "journeys": int(passing.size),
                "cases": float(cases[passing].sum()),
                "decided_by": one.by,
                "reason": one.reason,
            }


def reserves(day: Day) -> Iterator[Row]:
    """Lay out the units that facilities keep for themselves."""
    names = {each.id: each.name for each in day.region.facilities}
    for supply in day.region.supplies:
        if supply.reserve > 0:
            yield {
                "facility_id": supply.facility_id,
                "facility": names[supply.facility_id],
                "resource": supply.resource_id,
                "reserve_units": supply.reserve,
                "staffed_units": supply.staffed,
            }


def declines(day: Day) -> Iterator[Row]:
    """Lay out what facilities decline, and whether it is in the days of the plan."""
    for one in day.region.declines:
        yield {
            "facility_id": one.facility,
            "service": one.service,
            "district_id": one.district,
            "first_day": None if one.first_day is None else one.first_day.isoformat(),
            "last_day": None if one.last_day is None else one.last_day.isoformat(),
            "days_in_plan": sum(one.holds(when) for when in day.need.expected.days),
            "reason": one.reason,
        }


def replanned(day: Day) -> Iterator[Row]:
    """Lay out who is served elsewhere, no longer or as well, now that care is declined."""
    found = None if day.explained is None else day.explained.undeclined
    if found is None:
        return
    moved, lost, gained = found.elsewhere, found.lost, found.gained
    touched = (moved > FEWEST_CASES) | (lost > FEWEST_CASES) | (gained > FEWEST_CASES)
    for i, s in np.argwhere(touched):
        yield {
            "district_id": day.region.districts[i].id,
            "district": day.region.districts[i].name,
            "service": day.region.services[s].id,
            "elsewhere_cases": float(moved[i, s]),
            "lost_cases": float(lost[i, s]),
            "gained_cases": float(gained[i, s]),
        }


def _cases(answer: CityAnswer) -> Floats:
    """Count the cases on each journey of the problem before practice, shape (A,)."""
    before, plan = answer.ledger.problem, answer.proposed.plan
    journey = before.journeys(plan.district, plan.facility, plan.service)
    there = journey >= 0  # a stress may have built a road
    found = np.zeros(before.arc_minutes.size)
    np.add.at(found, journey[there], plan.cases[there])
    return found
