"""The tables of what is decided before need is known, and what becomes of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from salus.allocate.city.features.medicines.dispensed import Dispensed
from salus.service.medicines import stocked
from salus.service.tables.moves import FEWEST_UNITS, moved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.city.features.medicines.medicines import Medicines
    from salus.allocate.city.problem import CityProblem
    from salus.service.day import Day
    from salus.service.tables.schemas import Row

    Shipment: TypeAlias = tuple[str, int, int, int | None, int, int, float]
    """What is done, medicine, place and to where; periods it leaves and arrives; units."""


def choices(day: Day) -> Iterator[Row]:
    """Lay out what stays unmet after each choice, and what it costs."""
    for choice in () if day.ahead is None else day.ahead.choices:
        yield {
            "choice": choice.key,
            "unmet_severity_weighted_average": choice.average,
            "unmet_severity_weighted_tail": choice.tail,
            "unmet_severity_weighted_worst": choice.worst,
            "cost_minutes_average": choice.cost,
        }


def moves(day: Day) -> Iterator[Row]:
    """Lay out what each choice opens and lends, orders, and sends for a later day."""
    if day.ahead is None:
        return
    problem = day.ahead.problem
    for choice in day.ahead.choices:
        for row in moved(day, problem, choice.decisions):
            yield {"choice": choice.key, **row}
        for row in _shipments(day, problem, choice.decisions):
            yield {"choice": choice.key, **row}


def _shipments(day: Day, problem: CityProblem, decisions: tuple[object, ...]) -> Iterator[Row]:
    supply = stocked(problem)
    done = next((each for each in decisions if isinstance(each, Dispensed)), None)
    if supply is None or done is None:
        return
    names = {each.id: each.name for each in day.region.facilities}
    names |= {each.id: each.name for each in day.region.stores.depots}
    places = supply.places(problem)
    for move, medicine, place, to, leaves, arrives, units in (
        *_ordered(supply, done),
        *_sent(supply, done),
    ):
        yield {
            "move": move,
            "facility_id": places[place],
            "facility": names[places[place]],
            "to_facility_id": None if to is None else places[to],
            "to_facility": None if to is None else names[places[to]],
            "resource": supply.medicines[medicine],
            "units": units,
            "first_day": (problem.periods[0] + timedelta(days=leaves)).isoformat(),
            "last_day": (problem.periods[0] + timedelta(days=arrives)).isoformat(),
        }


def _ordered(supply: Medicines, done: Dispensed) -> Iterator[Shipment]:
    offers = supply.offers
    for t, k in np.argwhere(done.ordered.T > FEWEST_UNITS).tolist():
        medicine, place, lead = (
            int(values[k]) for values in (offers.medicine, offers.place, offers.lead)
        )
        yield "ordered", medicine, place, None, t, t + lead, float(done.ordered[k, t])


def _sent(supply: Medicines, done: Dispensed) -> Iterator[Shipment]:
    ways = supply.ways
    for m in range(len(supply.medicines)):
        units = done.shipped[:, done.medicine == m].sum(axis=1)
        overnight = (ways.periods > 0)[:, None]
        for t, n in np.argwhere((overnight & (units > FEWEST_UNITS)).T).tolist():
            places = int(ways.origin[n]), int(ways.target[n])
            yield "sent", m, *places, t, t + int(ways.periods[n]), float(units[n, t])


def scenarios(day: Day) -> Iterator[Row]:
    """Lay out each scenario that was drawn, and what each choice leaves unmet in it."""
    if day.ahead is None:
        return
    drawn, few = day.ahead.ahead.drawn, day.ahead.ahead.reduced
    need = drawn.need.sum(axis=(1, 2, 3)).tolist()
    kept = dict(zip(few.kept.tolist(), few.scenarios.probability.tolist(), strict=True))
    for choice in day.ahead.choices:
        figures = zip(need, choice.unmet.tolist(), choice.costs.tolist(), strict=True)
        for scenario, (cases, unmet, cost) in enumerate(figures):
            yield {
                "choice": choice.key,
                "scenario": scenario + 1,
                "kept_probability": kept.get(scenario, 0.0),
                "need_cases": cases,
                "unmet_severity_weighted": unmet,
                "cost_minutes": cost,
            }
