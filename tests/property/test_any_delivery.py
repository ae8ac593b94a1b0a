"""However readings are delivered, what is stored and what alarms is the same."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from salus.data.readings.parcel import Batch, Parcel
from salus.data.store.alerts import Alerts
from salus.data.store.engine import open_store
from salus.data.store.readings import Readings
from salus.domain.alert import Alert, Status
from salus.monitor.stream.params import StreamParams
from salus.service.live.scoring import Scorer
from salus.service.live.storing import store_batch
from tests.fakes.ward import START, parcels

if TYPE_CHECKING:
    import random

CAME = START + timedelta(hours=1)
PARAMS = StreamParams(settle_seconds=60)
SETTLED = CAME + timedelta(seconds=61)


@cache
def sent() -> tuple[Parcel, ...]:
    """Give the messages of three monitors, one of which departs."""
    return tuple(parcels(3, 80))


def outcome(deliveries: list[Parcel], cuts: int, stops: int) -> tuple[object, ...]:
    """Store deliveries in batches, score with a new detector after some, and say what came."""
    with tempfile.TemporaryDirectory() as home, open_store(Path(home)) as store:
        size = len(deliveries) // cuts + 1
        for number, start in enumerate(range(0, len(deliveries), size)):
            batch = Batch(tuple(deliveries[start : start + size]), "mqtt")
            store_batch(store, batch, CAME + timedelta(seconds=number))
            if number < stops:
                Scorer(store, "stream", PARAMS).step(CAME + timedelta(seconds=number))
        late = SETTLED + timedelta(seconds=cuts)
        Scorer(store, "stream", PARAMS).step(late)
        kept = Readings(store).after(0, 100_000)
        stored = sorted(zip(kept.source, kept.sequence, kept.value, strict=True))
        alerts = Alerts(store).listed(frozenset(Status), None, 100)
        state = Readings(store).checkpoint("stream").state
    return stored, [told(alert) for alert in alerts], state


def told(alert: Alert) -> tuple[object, ...]:
    """Give all of an alert but when it was noted."""
    rows = [(row.who, row.what, row.note) for row in alert.history]
    return alert.id, alert.series, alert.severity, str(alert.reason), alert.since, rows


@cache
def in_order() -> tuple[object, ...]:
    """Deliver each message once, in the order of the readings, all at once."""
    return outcome(list(sent()), 1, 0)


@settings(max_examples=12, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 9), st.integers(0, 9))
def test_order_and_repetition_change_nothing(rng: random.Random, cuts: int, stops: int) -> None:
    """Any order, any message again, any batches, a detector that starts anew: all the same."""
    deliveries = [*sent(), *rng.choices(sent(), k=rng.randint(0, 400))]
    rng.shuffle(deliveries)
    assert outcome(deliveries, cuts, stops) == in_order()
    assert len(in_order()[1]) == 1  # type: ignore[arg-type]  # the list of alerts
