"""R3: a service that is killed in mid-stream goes on: nothing lost, nothing doubled."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from salus.data.store.alerts import Alerts
from salus.data.store.engine import open_store
from salus.data.store.readings import Readings
from salus.domain.alert import Happening, Status
from salus.feeds.topics import READINGS
from tests.fakes.feeding import Devices, Feeding, wait_until
from tests.fakes.ward import RAISED, parcels

if TYPE_CHECKING:
    from pathlib import Path

MONITORS, ROUNDS, KILLS = 10, 100, 4
WHOLE = MONITORS * ROUNDS * 3


@pytest.mark.broker
def test_killed_again_and_again_it_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """Three thousand readings, four times ``kill -9``: each reading once, and one alert."""
    feeding = Feeding(tmp_path / "home")
    feeding.start()
    try:
        devices = Devices(feeding.address)
        start = datetime.now(UTC) - timedelta(hours=1)
        sent = [
            (READINGS + (each.source or ""), each.payload)
            for each in parcels(MONITORS, ROUNDS, start)
        ]
        sending = threading.Thread(target=devices.send, args=(sent, 0.003))
        sending.start()
        for _ in range(KILLS):
            time.sleep(2)
            feeding.kill()
            feeding.start()
        sending.join()
        devices.leave()
        with open_store(feeding.home) as store:
            readings = Readings(store)
            wait_until(lambda: readings.end() > 0 and readings.count() >= WHOLE)
            wait_until(lambda: readings.checkpoint("stream").position == readings.end())
            kept = readings.after(0, 2 * WHOLE)
            alerts = Alerts(store).listed(frozenset(Status), None, 100)
    finally:
        feeding.end()
    keys = list(zip(kept.source, kept.sequence, strict=True))
    assert len(keys) == len(set(keys)) == WHOLE
    assert [alert.series.source for alert in alerts] == [RAISED]
    assert [row.what for row in alerts[0].history] == [Happening.OPENED]
