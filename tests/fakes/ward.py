"""Monitors of a made-up ward: calm, but for one whose heart rate rises."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from salus.core.rng import stream
from salus.data.readings.parcel import Parcel

START = datetime(2026, 6, 27, 8, tzinfo=UTC)
SIGNS = (("8867-4", "/min", 70.0), ("9279-1", "/min", 16.0), ("59408-5", "%", 92.0))
RAISED, SINCE = "monitor-1", 60
"""Which monitor departs, and in which round."""


def readings(
    monitors: int, rounds: int, start: datetime = START, every: float = 10.0, by: float = 20.0
) -> list[tuple[str, dict[str, Any]]]:
    """Give every reading with its source, round after round."""
    rng = stream(7, "ward")
    return [
        (f"monitor-{monitor}", _reading(sign, monitor, number, start, every, by, rng.normal()))
        for number in range(rounds)
        for monitor in range(monitors)
        for sign in range(len(SIGNS))
    ]


def parcels(
    monitors: int, rounds: int, start: datetime = START, every: float = 10.0, by: float = 20.0
) -> list[Parcel]:
    """Give each reading as a message of its own."""
    return [
        Parcel(json.dumps(reading).encode(), source)
        for source, reading in readings(monitors, rounds, start, every, by)
    ]


def _reading(  # noqa: PLR0917 - the parts of one reading
    sign: int, monitor: int, number: int, start: datetime, every: float, by: float, chance: float
) -> dict[str, Any]:
    quantity, unit, usual = SIGNS[sign]
    departs = f"monitor-{monitor}" == RAISED and number >= SINCE and sign == 0
    return {
        "sequence": number * len(SIGNS) + sign,
        "quantity": quantity,
        "measured_at": (start + timedelta(seconds=every * number)).isoformat(),
        "value": usual + 1.5 * chance + (by if departs else 0.0),
        "unit": unit,
        "place_id": "H001",
        "district_id": "D1",
    }
