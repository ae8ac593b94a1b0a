"""The life of an alert, as people and the detector lead it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from salus.core.errors import InputError
from salus.domain.alert import (
    Action,
    Alert,
    AlertEvent,
    Evidence,
    Happening,
    Origin,
    Severity,
    Status,
)
from salus.monitor.alerts import acknowledged, closed, followed, opened
from salus.monitor.improvement import NEEDED_PERIODS, acted, effective, shown
from salus.monitor.stream.departure import TOGETHER, Change, Departure

NOW = datetime(2026, 6, 27, 8, tzinfo=UTC)


def departure(
    change: Change = Change.BEGAN, quantity: str = "8867-4", size: float = 4
) -> Departure:
    """Make a departure of a heart rate."""
    at = NOW - timedelta(minutes=1)
    return Departure(change, "m-1", quantity, "/min", "H001", "D1", at, NOW, 95, 65, 85, size, 140)


def did(what: Happening, note: str = "") -> AlertEvent:
    """Note that Anna did something."""
    return AlertEvent(NOW, "anna", what, note)


def alive() -> Alert:
    """Give an open alert."""
    return opened(departure(), NOW)


def of_signal(**evidence: object) -> Alert:
    """Give the acknowledged alert of a weekly indicator with an action of four weeks ago."""
    seen = Evidence(
        date(2026, 6, 28), date(2026, 5, 24), lasting=False, settled=False, period_days=7
    )
    action = Action("ward 3", "wet floors", date(2026, 7, 1), date(2026, 5, 31))
    return replace(
        alive(),
        origin=Origin.SIGNAL,
        status=Status.ACKNOWLEDGED,
        evidence=replace(seen, **evidence),  # type: ignore[arg-type]  # fields of several types
        action=action,
    )


def test_a_reason_says_all_a_person_needs() -> None:
    """What, where, since when, how much, what is usual, and what to do."""
    assert str(alive().reason) == (
        "heart rate of m-1 at H001: last reading 140 /min at 2026-06-27 08:00:00+00:00, above its "
        "usual range since 2026-06-27 07:59:00+00:00; 95 on average where 65 to 85 is usual; look "
        "at the patient, then at the device"
    )
    together = opened(departure(quantity=TOGETHER), NOW)
    assert "measures together is unusual since" in str(together.reason)
    nowhere = opened(replace(departure(), place_id=None), NOW)
    assert "of m-1: last reading" in str(nowhere.reason)


def test_the_same_departure_has_the_same_key() -> None:
    """Found again by another process, it is no second alert."""
    assert alive().id == opened(departure(), NOW + timedelta(hours=1)).id
    assert alive().id != opened(departure(quantity="9279-1"), NOW).id


@pytest.mark.parametrize(
    ("quantity", "size", "severity"),
    [("8867-4", 4, Severity.MEDIUM), ("8867-4", -9, Severity.HIGH), (TOGETHER, 9, Severity.LOW)],
)
def test_how_far_a_reading_is_says_how_urgent(
    quantity: str, size: float, severity: Severity
) -> None:
    """Far outside is urgent; what is only unusual together is not."""
    assert opened(departure(quantity=quantity, size=size), NOW).severity is severity


def test_what_follows_goes_into_the_history() -> None:
    """Joined, ended and begun again: one alert, and the worst severity of them."""
    alert = alive()
    for change, size in ((Change.JOINED, 9.0), (Change.ENDED, 1.0), (Change.BEGAN, 4.0)):
        quantity = "9279-1" if change is Change.JOINED else "8867-4"
        alert = followed(alert, departure(change, quantity, size), NOW) or alert
        assert (alert.ended is not None) == (change is Change.ENDED)
    assert [row.what.value for row in alert.history] == ["opened", "joined", "ended", "reopened"]
    assert alert.history[1].note == "9279-1"
    assert alert.severity is Severity.HIGH


def test_what_lasts_is_told_anew() -> None:
    """The newest reading replaces the first, a graver one is more urgent, the history stays."""
    worse = replace(departure(Change.LASTS, size=30), value=0, level=20)
    after = followed(alive(), worse, NOW)
    assert after is not None
    assert "last reading 0 /min" in str(after.reason)
    assert after.severity is Severity.HIGH
    assert after.history == alive().history
    other = followed(alive(), replace(worse, quantity="9279-1"), NOW)
    assert other is not None
    assert other.reason == alive().reason
    assert followed(None, worse, NOW) is None


def test_a_return_reopens_what_was_only_acknowledged() -> None:
    """People see it again; after closing there would be a new alert."""
    seen = acknowledged(alive(), did(Happening.ACKNOWLEDGED))
    assert seen.status is Status.ACKNOWLEDGED
    again = followed(seen, departure(), NOW)
    assert again is not None
    assert again.status is Status.OPEN
    assert followed(None, departure(Change.ENDED), NOW) is None
    assert followed(None, departure(Change.JOINED), NOW) is not None


def test_what_lasts_is_closed_only_with_a_note() -> None:
    """Silence about a departure that goes on would hide it."""
    with pytest.raises(InputError, match="the departure still lasts"):
        closed(alive(), did(Happening.CLOSED))
    done = closed(alive(), did(Happening.CLOSED, "the sensor was changed"))
    assert done.status is Status.CLOSED
    ended = followed(alive(), departure(Change.ENDED), NOW)
    assert ended is not None
    closed(ended, did(Happening.CLOSED))
    with pytest.raises(InputError, match="closed already"):
        closed(done, did(Happening.CLOSED, "again"))
    with pytest.raises(InputError, match="not open any more"):
        acknowledged(done, did(Happening.ACKNOWLEDGED))


def test_an_action_is_closed_when_the_chart_shows_its_effect() -> None:
    """Enough quiet periods since it began, and nothing else, close it."""
    done = effective(of_signal(), did(Happening.ACTION_CLOSED))
    assert done.action is not None
    assert str(done.action.effect) == "back inside the usual range for 4 periods, until 2026-06-28"
    assert NEEDED_PERIODS == 4


@pytest.mark.parametrize(
    ("evidence", "why"),
    [
        ({"lasting": True}, "the signal is still open"),
        ({"settled": True}, "stayed at its new level"),
        ({"as_of": date(2026, 6, 20)}, "shows 2 quiet periods since the action began"),
        ({"until": date(2026, 6, 14)}, "shows 2 quiet periods"),
    ],
)
def test_without_the_effect_it_stays_open(evidence: dict[str, object], why: str) -> None:
    """The refusal says what the chart shows instead."""
    with pytest.raises(InputError, match=why):
        effective(of_signal(**evidence), did(Happening.ACTION_CLOSED))
    if "settled" not in evidence:
        with pytest.raises(InputError, match="the action of the alert is not closed"):
            closed(of_signal(**evidence), did(Happening.CLOSED, "never mind"))


def test_an_action_without_effect_makes_room() -> None:
    """At a new level another action follows, or the level is accepted with a note."""
    settled = replace(of_signal(settled=True), ended=None)
    other = Action("ward 4", "the floor is worn", date(2026, 7, 1), date(2026, 6, 27))
    assert acted(settled, other, did(Happening.ACTION_OPENED)).action == other
    with pytest.raises(InputError, match="still lasts"):
        closed(settled, did(Happening.CLOSED))
    assert closed(settled, did(Happening.CLOSED, "accepted")).status is Status.CLOSED


def test_actions_belong_to_acknowledged_alerts_of_indicators() -> None:
    """Each other case is refused with what to do first."""
    action = Action("ward 3", "wet floors", date(2026, 7, 1), date(2026, 6, 27))
    row = did(Happening.ACTION_OPENED)
    for alert, why in (
        (alive(), "belongs to the alert of an indicator"),
        (replace(of_signal(), status=Status.OPEN), "not acknowledged"),
        (of_signal(), "has an open action"),
    ):
        with pytest.raises(InputError, match=why):
            acted(alert, action, row)
    with pytest.raises(InputError, match="no open action"):
        effective(replace(of_signal(), action=None), row)
    assert acted(replace(of_signal(), action=None), action, row).action == action


def test_an_older_chart_changes_nothing() -> None:
    """A day of the past that is run again tells nothing new; a chart without the signal does."""
    alert = of_signal(lasting=True)
    assert shown(alert, None, date(2026, 6, 1)) is alert
    newer = shown(alert, None, date(2026, 7, 26))
    assert newer.evidence is not None
    assert not newer.evidence.lasting
    assert newer.ended is not None
    assert shown(alive(), None, date(2026, 7, 26)).evidence is None


def test_values_that_cannot_be() -> None:
    """An action without owner, due before it began, or closed without effect; no opening."""
    with pytest.raises(ValueError, match="owner"):
        Action(" ", "cause", date(2026, 7, 1), date(2026, 6, 27))
    with pytest.raises(ValueError, match="due must not lie before"):
        Action("a", "cause", date(2026, 6, 1), date(2026, 6, 27))
    with pytest.raises(ValueError, match="closed with the effect"):
        Action("a", "cause", date(2026, 7, 1), date(2026, 6, 27), NOW)
    with pytest.raises(ValueError, match="must begin with its opening"):
        replace(alive(), history=(did(Happening.CLOSED),))
