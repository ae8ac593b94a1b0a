"""Alerts as a page shows them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from salus.core.messages import say
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
from salus.report.words import Words
from salus.web.pages.alert_view import LOOKS, alert_view, alerts_view

NOW = datetime(2026, 6, 27, 14, tzinfo=UTC)
ALERT = Alert(
    "a1",
    Origin.STREAM,
    SeriesKey("8867-4", "monitor-1", district_id="12086"),
    Severity.HIGH,
    say("nobody is signed in"),
    NOW,
    None,
    Status.OPEN,
    (AlertEvent(NOW, "feed", Happening.OPENED),),
)
TAKEN = replace(
    ALERT,
    id="a2",
    status=Status.ACKNOWLEDGED,
    history=(*ALERT.history, AlertEvent(NOW, "dora", Happening.ACKNOWLEDGED)),
)


def test_the_open_ones_come_first_and_are_counted() -> None:
    """What nobody looks after stands above what somebody does."""
    view = alerts_view([TAKEN, ALERT], NOW, Words("en"))
    assert [alert.id for alert in view.alerts] == ["a1", "a2"]
    assert view.title == "Alerts open: 1; looked after: 1"


def test_what_lasts_and_is_urgent_comes_first() -> None:
    """Among the open ones; what is over can wait."""
    over = replace(ALERT, id="over", ended=NOW)
    low = replace(ALERT, id="low", severity=Severity.LOW)
    view = alerts_view([over, low, ALERT], NOW, Words("en"))
    assert [alert.id for alert in view.alerts] == ["a1", "low", "over"]


def test_who_looks_after_it_is_named() -> None:
    """With the moment since when."""
    shown = alert_view(TAKEN, NOW.date(), Words("en"))
    assert "dora looks after it since 27 Jun 2026, 14:00:00 UTC" in shown.times
    assert (shown.open, shown.acknowledged) == (False, True)


def test_an_alert_that_is_over_says_so() -> None:
    """It still waits for a person to close it."""
    over = alert_view(replace(ALERT, ended=NOW), NOW.date(), Words("en"))
    assert over.status == "back in its usual range, not yet closed"


def test_a_new_level_is_not_called_over() -> None:
    """The series stayed where it went."""
    seen = Evidence(NOW.date(), date(2026, 6, 14), lasting=False, settled=True, period_days=7)
    settled = alert_view(replace(ALERT, evidence=seen), NOW.date(), Words("en"))
    assert settled.status == "a new level since 27 June 2026"


def test_an_action_past_its_day_is_overdue() -> None:
    """Until the chart has shown its effect."""
    action = Action("Dr Lin", "triage", date(2026, 6, 20), date(2026, 6, 1))
    late = alert_view(replace(TAKEN, action=action), NOW.date(), Words("en")).action
    assert late is not None
    assert (late.late, late.open) == ("overdue", True)
    closed = replace(action, closed_at=NOW, effect=say("open"))
    done = alert_view(replace(TAKEN, action=closed), NOW.date(), Words("en")).action
    assert done is not None
    assert (done.late, done.open, done.effect) == ("", False, "open")


def test_each_urgency_has_a_shape_of_its_own() -> None:
    """Nobody needs the colour to tell them apart."""
    assert len({mark for _, mark, _ in LOOKS.values()}) == len(Severity)
