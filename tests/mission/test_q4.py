"""Q4: a confirmed signal opens an action, closed when the chart shows its effect."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from salus.core.clock import FixedClock
from salus.core.errors import InputError
from salus.core.settings import Settings
from salus.domain.alert import Happening, Status
from salus.service.close_action import close_action
from salus.service.context import Context, open_context
from salus.service.handle_alert import handle_alert
from salus.service.live.people import ActionRequest, AlertQuery, Handling, Step
from salus.service.open_action import open_action
from salus.service.raise_signals import Raised, SignalsOfDay, raise_signals
from salus.service.see_alerts import see_alerts
from salus.service.watch_quality import watch_quality
from tests.fakes.hospital import ENDS, WEEKS, kept, raised, shares

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BEGAN, ACTED, BETTER = WEEKS - 20, WEEKS - 12, WEEKS - 10
"""Weeks in which falls rise, somebody acts, and falls are as before."""


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    """Give what is in use, with a home of its own."""
    with open_context(Settings(home=tmp_path / "home")) as opened:
        yield opened


def on(context: Context, week: int) -> Context:
    """Go on in the evening of a week."""
    day = ENDS[week] + timedelta(days=1)
    return replace(context, clock=FixedClock(datetime(day.year, day.month, day.day, tzinfo=UTC)))


def watched(context: Context, week: int) -> Raised:
    """Watch what is known in a week, and raise its signals."""
    rows = raised(shares(), BEGAN, BETTER, 40)
    seen = watch_quality(context, kept(rows[: week + 1]), ENDS[week])
    return raise_signals(context, SignalsOfDay("coast", seen, {"H001": "D1"}))


def test_a_signal_leads_to_an_action_and_the_chart_closes_it(context: Context) -> None:
    """From the rise of falls to an owner, and to the weeks that show the effect."""
    (key,) = watched(on(context, ACTED), ACTED).opened
    assert watched(on(context, ACTED), ACTED).opened == ()
    handle_alert(on(context, ACTED), Handling(key, Step.ACKNOWLEDGE))
    due = ENDS[ACTED] + timedelta(weeks=4)
    alert = open_action(on(context, ACTED), ActionRequest(key, "ward 3", "wet floors", due))
    assert alert.action is not None
    assert (alert.action.owner, alert.action.cause, alert.action.due) == (
        "ward 3",
        "wet floors",
        due,
    )

    for week, shown in ((ACTED + 1, "still open"), (BETTER + 2, "periods")):
        assert watched(on(context, week), week).opened == ()
        with pytest.raises(InputError, match=shown):
            close_action(on(context, week), key)
    watched(on(context, WEEKS - 1), WEEKS - 1)
    done = close_action(on(context, WEEKS - 1), key)
    assert done.action is not None
    assert str(done.action.effect).startswith("back inside the usual range for ")

    handle_alert(on(context, WEEKS - 1), Handling(key, Step.CLOSE))
    (alert,) = see_alerts(context, AlertQuery(frozenset({Status.CLOSED})))
    assert [row.what for row in alert.history] == [
        Happening.OPENED,
        Happening.ACKNOWLEDGED,
        Happening.ACTION_OPENED,
        Happening.ACTION_CLOSED,
        Happening.CLOSED,
    ]
