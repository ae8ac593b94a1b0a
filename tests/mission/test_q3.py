"""Q3: indicators are watched in real time: a departure opens an alert that people handle."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from salus.core.clock import FixedClock
from salus.core.settings import Settings
from salus.data.readings.parcel import Batch
from salus.domain.alert import Happening, Status
from salus.service.context import open_context
from salus.service.handle_alert import handle_alert
from salus.service.live.people import AlertQuery, Handling, Step
from salus.service.score_readings import score_readings
from salus.service.see_alerts import see_alerts
from salus.service.take_readings import take_readings
from tests.fakes.ward import RAISED, SINCE, START, parcels

if TYPE_CHECKING:
    from pathlib import Path


def test_a_departure_opens_one_alert_with_its_reason(tmp_path: Path) -> None:
    """One of four monitors departs: one alert says what, where and since when, until closed."""
    end = FixedClock(START + timedelta(minutes=20))
    with open_context(Settings(home=tmp_path / "home"), clock=end) as context:
        take_readings(context, Batch(tuple(parcels(4, 90))))
        later = replace(context, clock=FixedClock(end.moment + timedelta(seconds=5)))
        assert score_readings(later, "stream").opened == 1
        assert score_readings(later, "stream").opened == 0

        (alert,) = see_alerts(later, AlertQuery())
        assert (alert.series.source, alert.series.quantity) == (RAISED, "8867-4")
        assert abs(alert.since - (START + timedelta(seconds=10 * SINCE))) <= timedelta(seconds=20)
        assert f"heart rate of {RAISED} at H001: last reading 9" in str(alert.reason)
        assert "above its usual range since" in str(alert.reason)
        assert "is usual; look at the patient" in str(alert.reason)

        handle_alert(later, Handling(alert.id, Step.ACKNOWLEDGE, "on my way"))
        done = handle_alert(later, Handling(alert.id, Step.CLOSE, "fever, treated"))
    assert done.status is Status.CLOSED
    assert [row.what for row in done.history] == [
        Happening.OPENED,
        Happening.ACKNOWLEDGED,
        Happening.CLOSED,
    ]
