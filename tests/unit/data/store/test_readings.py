"""Live readings and alerts in the store."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from salus.core.messages import say
from salus.data.store import readings as module
from salus.data.store.alerts import Alerts, keep_alerts
from salus.data.store.engine import Store, open_store
from salus.data.store.readings import Checkpoint, Readings, Refused, save_checkpoint
from salus.domain.alert import (
    Action,
    Alert,
    AlertEvent,
    Evidence,
    Happening,
    Origin,
    SeriesKey,
    Severity,
    Status,
)
from salus.domain.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 6, 27, 8, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Open a store."""
    with open_store(tmp_path / "home") as opened:
        yield opened


def reading(sequence: int, value: float = 71.0, source: str = "m-1") -> Reading:
    """Make a heart rate."""
    return Reading(source, sequence, "8867-4", NOW, value, "/min", "H001")


def test_a_reading_that_comes_again_is_left_as_it_was(store: Store) -> None:
    """Within a batch and between batches; the same number of another source is another reading."""
    readings = Readings(store)
    assert readings.keep([reading(1), reading(1, 99.0), reading(1, source="m-2")], [], NOW) == 2
    assert readings.keep([reading(1, 50.0), reading(2)], [], NOW) == 1
    kept = readings.after(0, 10)
    assert kept.value.tolist() == [71.0, 71.0, 71.0]
    assert kept.sequence.tolist() == [1, 1, 2]
    assert readings.after(readings.end(), 10).value.tolist() == []
    assert len(readings.after(0, 2)) == 2


def test_the_quarantine_stays_small(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever sends rubbish without an end fills no disk."""
    monkeypatch.setattr(module, "KEPT_REFUSALS", 5)
    for number in range(4):
        refused = [Refused("mqtt", "m-1", number, say("no JSON")) for _ in range(3)]
        Readings(store).keep([], refused, NOW)
    assert Readings(store).refusals() == 5


def test_a_checkpoint_is_the_newest(store: Store) -> None:
    """The second one takes the place of the first."""
    assert Readings(store).checkpoint("stream") == Checkpoint()
    for position in (3, 9):
        with store.writing() as connection:
            save_checkpoint(connection, "stream", Checkpoint(position, b"\0x"), NOW)
    assert Readings(store).checkpoint("stream") == Checkpoint(9, b"\0x")


def test_an_alert_comes_back_as_it_was_written(store: Store) -> None:
    """With history, evidence and action; changes add rows and never take one away."""
    alert = _alert()
    done = replace(
        alert,
        status=Status.CLOSED,
        ended=NOW,
        history=(*alert.history, AlertEvent(NOW, "anna", Happening.CLOSED, "done")),
        action=replace(alert.action, closed_at=NOW, effect=say("quiet")),  # type: ignore[type-var]
    )
    for version in (alert, alert, done):
        with store.writing() as connection:
            keep_alerts(connection, [version])
        assert Alerts(store).get(alert.id) == version
    assert Alerts(store).get("other") is None
    assert Alerts(store).count() == 1


def test_alerts_are_listed_by_state_and_district(store: Store) -> None:
    """Nobody who has districts sees an alert without one."""
    nowhere = replace(_alert("b"), series=SeriesKey("falls", "coast"))
    later = replace(_alert("c"), since=NOW + timedelta(hours=1))
    with store.writing() as connection:
        keep_alerts(connection, [_alert(), nowhere, later])
    states = frozenset({Status.OPEN})

    def keys(districts: frozenset[str] | None) -> list[str]:
        return [each.id for each in Alerts(store).listed(states, districts, 10)]

    assert keys(None) == ["c", "a", "b"]
    assert keys(frozenset({"D1"})) == ["c", "a"]
    assert keys(frozenset({"D2"})) == keys(frozenset()) == []
    assert Alerts(store).listed(frozenset({Status.CLOSED}), None, 10) == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("source", "two words"),
        ("quantity", ""),
        ("value", float("nan")),
        ("sequence", -1),
        ("measured_at", NOW.replace(tzinfo=None)),
        ("unit", " "),
    ],
)
def test_a_reading_that_cannot_have_been_taken(field: str, value: object) -> None:
    """The value refuses to exist, and does not repeat what it was given."""
    with pytest.raises(ValueError, match=field):
        replace(reading(1), **{field: value})  # type: ignore[arg-type]  # one of several types


def _alert(key: str = "a") -> Alert:
    return Alert(
        key,
        Origin.SIGNAL,
        SeriesKey("falls", "coast", "H001", "D1"),
        Severity.HIGH,
        say("{what} since {day}", what=say("falls"), day=date(2026, 6, 1)),
        NOW,
        None,
        Status.OPEN,
        (AlertEvent(NOW, "detector", Happening.OPENED),),
        Action("ward 3", "wet floors", date(2026, 7, 1), date(2026, 6, 27)),
        Evidence(date(2026, 6, 28), date(2026, 6, 21), lasting=True, settled=False, period_days=7),
    )
