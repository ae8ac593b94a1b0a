"""A synthetic ward that plays its monitors into a broker, with one departure planted."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import aiomqtt

from salus.core.checks import within
from salus.core.errors import EnvironmentFaultError, Fault, Where
from salus.core.messages import say
from salus.data.region.reader import read_region
from salus.data.synthetic.city import make_city, read_city
from salus.data.synthetic.spec import CitySpec
from salus.domain.reading import milliseconds
from salus.feeds.mqtt import trusted
from salus.feeds.topics import READINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.core.clock import Clock
    from salus.feeds.address import Address

MOST_WAITING = 20_000
"""Messages on their way, above which aiomqtt warns."""
CITY = CitySpec(people=60_000, days=200)
"""Large enough for some forty monitors, and made in a second or two."""
HEART_RATE, RAISED = "8867-4", 30.0
"""What departs, and by how much a minute."""
FEWEST_ROUNDS = 100
"""Of a monitor that is played: a shorter day would come round too soon to be taken for chance."""
PLANTED_AFTER = 45
"""Rounds of quiet, in which the detector learns what is usual."""


@dataclass(frozen=True, slots=True)
class Value:
    """What a monitor reads.

    Parameters
    ----------
    quantity, unit : str
        LOINC code and UCUM unit.
    value : float
        In the unit.
    """

    quantity: str
    unit: str
    value: float


@dataclass(frozen=True, slots=True)
class Monitor:
    """A bedside monitor with the rounds of its last day.

    Parameters
    ----------
    source : str
        Its key.
    place_id, district_id : str or None
        Where it stands.
    rounds : tuple of tuple of Value
        What it read, moment after moment.
    """

    source: str
    place_id: str
    district_id: str | None
    rounds: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Played:
    """What was played.

    Parameters
    ----------
    monitors, readings : int
        How many.
    quiet : int
        Readings until the heart rate of one of them is raised.
    raised : str or None
        The monitor whose heart rate was raised; ``None`` while it was not yet.
    """

    monitors: int
    readings: int
    quiet: int
    raised: str | None


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast and how long to play.

    Parameters
    ----------
    seconds : float
        How long, above 0.
    rate : float
        Readings in a second, 1 to 20,000.

    Raises
    ------
    ValueError
        If a number is out of range.
    """

    seconds: float
    rate: float

    def __post_init__(self) -> None:
        """Refuse an impossible pace."""
        within("seconds", self.seconds, 0.1, unit="seconds")
        within("rate", self.rate, 1, 20_000, "readings a second")


def monitors_of_city(spec: CitySpec = CITY) -> tuple[Monitor, ...]:
    """Make a city and take the monitors of its hospitals, those with the most readings first.

    Parameters
    ----------
    spec : CitySpec
        Which city.

    Returns
    -------
    tuple of Monitor
        Without the patients: a reading that is sent names none.
    """
    with TemporaryDirectory(prefix="salus-demo-") as folder:
        path = make_city(spec, Path(folder) / "city").path
        table = read_city(path).table("device_reading")
        columns = ["source", "sequence", "place_id", "quantity", "measured_at", "value", "unit"]
        rows = table.to_table(columns).sort_by([("source", "ascending"), ("sequence", "ascending")])
        district = {each.id: each.district_id for each in read_region(path).facilities}
    days: dict[str, dict[object, list[Value]]] = {}
    places: dict[str, str] = {}
    for row in rows.to_pylist():
        places[row["source"]] = row["place_id"]
        value = Value(row["quantity"], row["unit"], row["value"])
        days.setdefault(row["source"], {}).setdefault(row["measured_at"], []).append(value)
    found = [
        Monitor(key, places[key], district.get(places[key]), tuple(map(tuple, rounds.values())))
        for key, rounds in days.items()
        if len(rounds) >= FEWEST_ROUNDS
    ]
    return tuple(sorted(found, key=lambda monitor: (-len(monitor.rounds), monitor.source)))


def messages(
    monitors: tuple[Monitor, ...], start: int
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Give the messages of all monitors, round after round without an end.

    Parameters
    ----------
    monitors : tuple of Monitor
        The heart rate of the first is raised after some rounds, for good.
    start : int
        Number of the first reading of each: later than any it has sent before.

    Yields
    ------
    tuple of str and list of dict
        Source, and its readings without the moment.
    """
    rounds = [cycle(monitor.rounds) for monitor in monitors]
    for number in range(10**9):
        for place, (monitor, mine) in enumerate(zip(monitors, rounds, strict=True)):
            raised = RAISED if place == 0 and number >= PLANTED_AFTER else 0.0
            where = {"place_id": monitor.place_id, "district_id": monitor.district_id}
            yield (
                monitor.source,
                [
                    {
                        "sequence": start + 10 * number + column,
                        "quantity": each.quantity,
                        "value": each.value + (raised if each.quantity == HEART_RATE else 0.0),
                        "unit": each.unit,
                        **where,
                    }
                    for column, each in enumerate(next(mine))
                ],
            )


async def play(address: Address, monitors: tuple[Monitor, ...], pace: Pace, clock: Clock) -> Played:
    """Play monitors into a broker.

    Parameters
    ----------
    address : Address
        Of the broker.
    monitors : tuple of Monitor
        What to play.
    pace : Pace
        How fast and how long.
    clock : Clock
        Gives the moments of the readings.

    Returns
    -------
    Played

    Raises
    ------
    EnvironmentFaultError
        If the broker cannot be reached, or the connection breaks.
    """
    try:
        async with _connected(address) as client:
            return await _play(client, monitors, pace, clock)
    except aiomqtt.MqttError as error:
        what, remedy = say("the broker does not answer"), say("start the service, or name a broker")
        fault = Fault(what, Where(str(address)), remedy, str(error))
        raise EnvironmentFaultError(fault) from error


async def _play(
    client: aiomqtt.Client, monitors: tuple[Monitor, ...], pace: Pace, clock: Clock
) -> Played:
    sent, began = 0, clock.ticks()
    coming = messages(monitors, milliseconds(clock.now()))
    while (passed := clock.ticks() - began) < pace.seconds:
        due = min(passed, pace.seconds) * pace.rate
        waiting = []
        while sent <= due:
            source, readings = next(coming)
            now = clock.now().isoformat()
            told = json.dumps([{"measured_at": now, **reading} for reading in readings])
            waiting.append(client.publish(READINGS + source, told, qos=1))
            sent += len(readings)
        await asyncio.gather(*waiting)
        await asyncio.sleep(min(1 / pace.rate, 0.02))
    quiet = sum(len(monitor.rounds[0]) for monitor in monitors) * PLANTED_AFTER
    return Played(len(monitors), sent, quiet, monitors[0].source if sent > quiet else None)


def _connected(address: Address) -> aiomqtt.Client:
    client = aiomqtt.Client(
        address.host,
        address.port,
        username=address.user,
        password=address.password,
        protocol=aiomqtt.ProtocolVersion.V5,
        tls_context=trusted(address),
    )
    client.pending_calls_threshold = MOST_WAITING
    return client
