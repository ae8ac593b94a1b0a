"""R2: readings are collected live over MQTT, checked, converted, stored and scored."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from salus.data.store.engine import open_store
from salus.data.store.readings import Readings
from salus.feeds.topics import READINGS
from tests.fakes.feeding import Devices, Feeding, wait_until

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.broker
def test_what_devices_publish_is_stored_and_scored(tmp_path: Path) -> None:
    """Two hundred readings in another unit arrive, are kept in ours, and pass the detector."""
    feeding = Feeding(tmp_path / "home")
    feeding.start()
    try:
        devices = Devices(feeding.address)
        devices.send((READINGS + "thermometer", _fahrenheit(number)) for number in range(200))
        devices.send([(READINGS + "thermometer", b"37 degrees")])
        devices.leave()
        with open_store(feeding.home) as store:
            readings = Readings(store)
            wait_until(lambda: readings.checkpoint("stream").position == readings.end() > 0)
            wait_until(lambda: readings.refusals() == 1)
            kept = readings.after(0, 1000)
    finally:
        feeding.end()
    assert sorted(kept.sequence) == list(range(200))
    assert set(kept.unit) == {"Cel"}
    assert kept.value == pytest.approx(37.0)


def _fahrenheit(number: int) -> bytes:
    reading = {
        "sequence": number,
        "quantity": "8310-5",
        "measured_at": datetime.now(UTC).isoformat(),
        "value": 98.6,
        "unit": "[degF]",
    }
    return json.dumps(reading).encode()
