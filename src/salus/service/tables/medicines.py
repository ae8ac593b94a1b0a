"""The tables of medicines: what is ordered and sent, given, lost, left, and who goes without."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.features.medicines.dispensed import Dispensed
from salus.service.medicines import LEAST_CASES, stocked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.features.medicines.medicines import Medicines
    from salus.service.day import Day
    from salus.service.plan_city import CityAnswer
    from salus.service.tables.schemas import Row

FEWEST_UNITS = 1e-6
"""Fewer units than this are rounding noise of a solver."""


@dataclass(frozen=True, slots=True, eq=False)
class _Told:
    """A scenario, what there was of medicines, what the plan does, and what all is called."""

    scenario: str
    answer: CityAnswer
    supply: Medicines
    done: Dispensed
    called: dict[str, tuple[str, str]]
    names: dict[str, str]

    def medicine(self, m: int) -> Row:
        key = self.supply.medicines[m]
        name, unit = self.called[key]
        return {"scenario": self.scenario, "medicine_id": key, "medicine": name, "unit": unit}

    def place(self, p: int, prefix: str = "") -> Row:
        key = self.supply.places(self.answer.problem)[p]
        return {f"{prefix}place_id": key, f"{prefix}place": self.names[key]}

    def day(self, t: int) -> str:
        return (self.answer.problem.periods[0] + timedelta(days=t)).isoformat()

    def expiry(self, last: int) -> str | None:
        """Name the last usable day of a batch; none for what outlasts the plan."""
        return None if last >= len(self.answer.problem.periods) else self.day(last)


def _told(day: Day) -> Iterator[_Told]:
    stores = day.region.stores
    called = {each.id: (each.name, each.unit) for each in stores.medicines}
    names = {each.id: each.name for each in day.region.facilities}
    names |= {each.id: each.name for each in stores.depots}
    for key, answer in day.scenarios():
        supply, done = stocked(answer.problem), answer.proposed.plan.decision(Dispensed)
        if supply is not None and done is not None:
            yield _Told(key, answer, supply, done, called, names)


def medicines(day: Day) -> Iterator[Row]:
    """Lay out what becomes of the units of each medicine, and the money they cost."""
    for told in _told(day):
        supply, done = told.supply, told.done
        for m in range(len(supply.medicines)):
            lots, offers = done.medicine == m, supply.offers.medicine == m
            sent = done.shipped[:, lots].sum(axis=(1, 2))
            expired = float(done.expired[:, lots].sum())
            yield {
                **told.medicine(m),
                "stated_units": _stated(told, m),
                "ordered_units": float(done.ordered[offers].sum()),
                "sent_units": float(sent.sum()),
                "given_units": float(done.used[:, lots].sum()),
                "expired_units": expired,
                "left_units": float(done.stock[:, lots, -1].sum()),
                "order_cost": float(supply.offers.unit_cost[offers] @ done.ordered[offers].sum(1)),
                "sending_cost": float(supply.ways.price @ sent),
                "expired_cost": expired * float(supply.unit_cost[m]),
            }


def _stated(told: _Told, m: int) -> float:
    batches = told.supply.batches
    there = (batches.medicine == m) & (batches.since < len(told.answer.problem.periods))
    return float(batches.units[there].sum())


def shipments(day: Day) -> Iterator[Row]:
    """Lay out what is ordered and sent on which day, each batch by itself."""
    for told in _told(day):
        yield from _ordered(told)
        yield from _sent(told)


def _ordered(told: _Told) -> Iterator[Row]:
    offers = told.supply.offers
    for t, k in np.argwhere(told.done.ordered.T > FEWEST_UNITS):
        units, arrival = float(told.done.ordered[k, t]), int(t + offers.lead[k])
        yield {
            **told.medicine(offers.medicine[k]),
            "shipment": "ordered",
            **told.place(offers.place[k], "to_"),
            "day": told.day(int(t)),
            "arrival_day": told.day(arrival),
            "expiry_day": told.expiry(arrival + int(offers.shelf_life[k]) - 1),
            "units": units,
            "cost": units * float(offers.unit_cost[k]),
        }


def _sent(told: _Told) -> Iterator[Row]:
    ways, done = told.supply.ways, told.done
    for t, n, lot in np.argwhere(done.shipped.transpose(2, 0, 1) > FEWEST_UNITS):
        units = float(done.shipped[n, lot, t])
        yield {
            **told.medicine(done.medicine[lot]),
            "shipment": "sent",
            **told.place(ways.origin[n], "from_"),
            **told.place(ways.target[n], "to_"),
            "day": told.day(int(t)),
            "arrival_day": told.day(int(t + ways.periods[n])),
            "expiry_day": told.expiry(int(done.last[lot])),
            "units": units,
            "cost": units * float(ways.price[n]),
        }


def dispensed(day: Day) -> Iterator[Row]:
    """Lay out what each facility gives on each day, of which batch."""
    for told in _told(day):
        yield from _by_batch(told, told.done.used, "day")


def expiries(day: Day) -> Iterator[Row]:
    """Lay out what expires unused, where and when, and what it was worth."""
    for told in _told(day):
        worth = told.supply.unit_cost
        for row in _by_batch(told, told.done.expired, "expiry_day"):
            kind = told.supply.medicines.index(str(row["medicine_id"]))
            yield {**row, "cost": float(row["units"] or 0) * float(worth[kind])}


def _by_batch(told: _Told, amounts: Floats, when: str) -> Iterator[Row]:
    for t, p, lot in np.argwhere(amounts.transpose(2, 0, 1) > FEWEST_UNITS):
        yield {
            **told.medicine(told.done.medicine[lot]),
            **told.place(int(p)),
            "expiry_day": told.expiry(int(told.done.last[lot])),
            when: told.day(int(t)),
            "units": float(amounts[p, lot, t]),
        }


def shortages(day: Day) -> Iterator[Row]:
    """Lay out what stays unmet, and how much of it for want of medicines."""
    for told in _told(day):
        want, unmet = told.answer.want, told.answer.proposed.measures.unmet.sum(axis=(0, 2))
        if want is None:
            continue
        alone = [(m, want.alone.get(key)) for m, key in enumerate(told.supply.medicines)]
        for s, service in enumerate(told.answer.problem.services):
            base: Row = {"service": service, "unmet_cases": float(unmet[s])}
            yield {"scenario": told.scenario, **base, "withheld_cases": float(want.together[s])}
            for m, cases in alone:
                if cases is not None and abs(cases[s]) > LEAST_CASES:
                    yield {**told.medicine(m), **base, "withheld_cases": float(cases[s])}
