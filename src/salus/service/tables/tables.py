"""Lay a day out in flat tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from salus.core.canonical import finite
from salus.service.tables import (
    basis,
    fairness,
    hospital,
    medicines,
    moves,
    outlooks,
    people,
    plans,
    practice,
    staffing,
    treatments,
    uncertain,
    watching,
)
from salus.service.tables.schemas import SCHEMAS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from salus.service.day import Day
    from salus.service.tables.schemas import Row
    from salus.service.watched import Watched

DECIMALS = 6

MAKERS: dict[str, Callable[[Day], Iterator[Row]]] = {
    "methods": plans.methods,
    "districts": plans.districts,
    "facilities": plans.facilities,
    "flows": plans.flows,
    "moves": moves.moves,
    "transfers": staffing.transfers,
    "staff": staffing.staff,
    "impossible": staffing.impossible,
    "medicines": medicines.medicines,
    "shipments": medicines.shipments,
    "dispensed": medicines.dispensed,
    "expiries": medicines.expiries,
    "shortages": medicines.shortages,
    "uncertain": uncertain.choices,
    "uncertain_moves": uncertain.moves,
    "uncertain_scenarios": uncertain.scenarios,
    "practice": practice.practice,
    "practice_journeys": practice.practice_journeys,
    "overrides": practice.overrides,
    "reserves": practice.reserves,
    "declines": practice.declines,
    "replanned": practice.replanned,
    "worth": plans.worth,
    "prices": plans.prices,
    "deprivation": fairness.deprivation,
    "front": fairness.front,
    "forecast": outlooks.forecast,
    "backtest": outlooks.backtest,
    "residuals": outlooks.residuals,
    "hospital_patients": hospital.hospital_patients,
    "hospital_rooms": hospital.hospital_rooms,
    "hospital_nurses": hospital.hospital_nurses,
    "hospital_days": hospital.hospital_days,
    "cleaning": people.cleaning,
    "queue": people.queue,
    "advice": people.advice,
    "effects": people.effects,
    "choices": people.choices,
    "features": treatments.features,
    "treatments": treatments.treatments,
    "sources": basis.sources,
    "repairs": basis.repairs,
}


def tables(day: Day) -> dict[str, pa.Table]:
    """Lay the day out in flat tables.

    Parameters
    ----------
    day : Day
        What was forecast and planned.

    Returns
    -------
    dict of str to pyarrow.Table
        By name. Keys and column names are English and stable; units stand in the names. A
        figure that does not exist is null. Numbers are rounded to 6 digits after the point.
    """
    made = {name: _table(make(day), SCHEMAS[name]) for name, make in MAKERS.items()}
    own = None if day.care is None else day.care.own
    return made | watched_tables(None if own is None else own.watched)


WATCHED: dict[str, Callable[[Watched], Iterator[Row]]] = {
    "signals": watching.signals,
    "indicators": watching.indicators,
    "control": watching.control,
}


def watched_tables(watched: Watched | None) -> dict[str, pa.Table]:
    """Lay watched quality out in flat tables, as :func:`tables` does a day.

    Parameters
    ----------
    watched : Watched or None
        Signals, charts and one line for each indicator; ``None`` where nothing is watched.

    Returns
    -------
    dict of str to pyarrow.Table
        By name: ``signals``, ``indicators``, ``control``.
    """
    return {
        name: _table(iter(()) if watched is None else make(watched), SCHEMAS[name])
        for name, make in WATCHED.items()
    }


def rounded(value: float) -> float | None:
    """Round a figure as all of them are kept; what is no number becomes ``None``.

    Examples
    --------
    >>> rounded(-1e-9), rounded(float("nan"))
    (0.0, None)
    """
    known = finite(value)
    # Adding 0.0 turns -0.0 into 0.0.
    return None if known is None else round(known, DECIMALS) + 0.0


def _table(rows: Iterator[Row], schema: pa.Schema) -> pa.Table:
    plain = [
        {name: rounded(v) if isinstance(v, float) else v for name, v in row.items()} for row in rows
    ]
    return pa.Table.from_pylist(plain, schema)
