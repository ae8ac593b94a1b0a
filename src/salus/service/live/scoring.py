"""One step of the streaming detector: read on, score, and write alerts and checkpoint at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.data.store.alerts import keep_alerts, read_alerts
from salus.data.store.live_tables import ALERT
from salus.data.store.readings import Checkpoint, Readings, read_checkpoint, save_checkpoint
from salus.domain.alert import Alert, Origin, Status
from salus.domain.reading import milliseconds
from salus.monitor.alerts import followed
from salus.monitor.stream.detector import Arrivals, Found, advance
from salus.monitor.stream.state import StreamState, read_state

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.typing import NDArray
    from sqlalchemy import Connection

    from salus.data.store.engine import Store
    from salus.data.store.readings import StoredReadings
    from salus.monitor.stream.departure import Departure
    from salus.monitor.stream.params import StreamParams

PAGE = 20_000
"""Readings of one step at most."""


@dataclass(frozen=True, slots=True)
class Scored:
    """What came of scoring.

    Parameters
    ----------
    position : int
        Every reading up to it is scored.
    scored, late : int
        Readings that were judged or learned from, and those that came too late.
    opened : int
        Alerts that were opened.
    """

    position: int
    scored: int = 0
    late: int = 0
    opened: int = 0

    def plus(self, more: Scored) -> Scored:
        """Add what came of a further step."""
        return Scored(
            more.position,
            self.scored + more.scored,
            self.late + more.late,
            self.opened + more.opened,
        )


class Scorer:
    """The streaming detector on a store, going on from its checkpoint.

    Parameters
    ----------
    store : Store
        Where readings, checkpoint and alerts are.
    detector : str
        Name of the checkpoint.
    params : StreamParams
        How to watch.
    """

    def __init__(self, store: Store, detector: str, params: StreamParams) -> None:
        self._store, self._detector, self._params = store, detector, params
        self._position = -1
        self._state = StreamState.of(params)

    def step(self, now: datetime) -> Scored:
        """Score what has waited long enough, and write alerts, state and position at once.

        Parameters
        ----------
        now : datetime
            A reading is scored once it has been here for ``settle_seconds``, together with all
            earlier ones of its source that came meanwhile.

        Returns
        -------
        Scored
        """
        readings = Readings(self._store)
        if self._position < 0:
            known = readings.checkpoint(self._detector)
            self._position = known.position
            self._state = read_state(known.state, self._params)
        page = readings.after(self._position, PAGE)
        chosen, position = released(page, milliseconds(now), self._params.settle_seconds)
        if position is None:
            return Scored(self._position)
        # A step that fails leaves a state that has seen what was not written: read it again.
        before, self._position = self._position, -1
        found = advance(self._state, _arrivals(page, chosen))
        opened = self._write(found, Checkpoint(position, self._state.written()), before, now)
        if opened is None:
            return Scored(before)
        self._position = position
        return Scored(position, found.scored, found.late, opened)

    def _write(self, found: Found, at: Checkpoint, before: int, now: datetime) -> int | None:
        with self._store.writing() as connection:
            if read_checkpoint(connection, self._detector).position != before:
                return None  # another process has scored these meanwhile
            opened = sum([_tell(connection, departure, now) for departure in found.departures])
            save_checkpoint(connection, self._detector, at, now)
        return opened


def released(
    page: StoredReadings, now_ms: int, settle_seconds: float
) -> tuple[NDArray[np.bool_], int | None]:
    """Choose the readings that have waited long enough, and earlier ones of the same sources.

    Parameters
    ----------
    page : StoredReadings
        Not scored yet, by position.
    now_ms : int
        Milliseconds since 1970.
    settle_seconds : float
        How long a reading waits.

    Returns
    -------
    tuple of ndarray of bool and int or None
        Which to score, and the position up to which all are; ``None`` where none is due.
    """
    if not len(page):
        return np.zeros(0, np.bool_), None
    settle = int(settle_seconds * 1000)
    full = len(page) == PAGE
    due = page.received_ms <= (min(now_ms, int(page.received_ms[-1])) if full else now_ms) - settle
    count = len(due) if due.all() else int(np.argmin(due))
    if count == 0 and full:
        count = len(page)  # more than a page within the waiting time: order must give way
    if count == 0:
        return np.zeros(len(page), np.bool_), None
    _, number = np.unique(page.source.astype(str), return_inverse=True)
    newest = np.full(number.max() + 1, -1, np.int64)
    np.maximum.at(newest, number[:count], page.measured_ms[:count])
    chosen = page.measured_ms <= newest[number]
    chosen[:count] = True
    return chosen, int(page.position[count - 1])


def _arrivals(page: StoredReadings, chosen: NDArray[np.bool_]) -> Arrivals:
    return Arrivals(
        page.source[chosen],
        page.quantity[chosen],
        page.unit[chosen],
        page.place_id[chosen],
        page.district_id[chosen],
        page.sequence[chosen],
        page.measured_ms[chosen],
        page.value[chosen],
    )


def _tell(connection: Connection, departure: Departure, now: datetime) -> int:
    """Tell the alert of the source; count it when it is new."""
    mine = (ALERT.c.source == departure.source) & (ALERT.c.origin == Origin.STREAM.value)
    alive = read_alerts(connection, mine & (ALERT.c.status != Status.CLOSED.value), 1)
    before: Alert | None = alive[0] if alive else None
    after = followed(before, departure, now)
    if after is not None:
        keep_alerts(connection, [after])
    return int(before is None and after is not None)
