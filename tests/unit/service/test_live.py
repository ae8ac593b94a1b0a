"""Readings and alerts at the gate: who may, what is refused, and what is scored when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from salus.core.clock import FixedClock
from salus.core.errors import ForbiddenError, InputError
from salus.data.readings.parcel import Batch, Parcel
from salus.data.store.readings import Readings
from salus.domain.alert import Happening, Status
from salus.monitor.signals import Contribution
from salus.monitor.stream.params import StreamParams
from salus.service.follow_stream import follow_stream
from salus.service.handle_alert import handle_alert
from salus.service.live import scoring
from salus.service.live.people import ActionRequest, AlertQuery, Handling, Step
from salus.service.live.scoring import Scorer
from salus.service.live.taken import Taken
from salus.service.open_action import open_action
from salus.service.raise_signals import SignalsOfDay, raise_signals
from salus.service.score_readings import score_readings
from salus.service.see_alerts import see_alerts
from salus.service.take_readings import take_readings
from salus.service.watch_quality import watch_quality
from salus.trust.permission import (
    ADMINISTRATOR,
    CLINICIAN,
    DISPATCHER,
    FEED,
    PLANNER,
    QUALITY,
    SECURITY,
    Principal,
)
from tests.fakes.hospital import ENDS, LAST, WEEKS, kept, raised, shares
from tests.fakes.ward import START, parcels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.service.context import Context
    from salus.service.watched import Watched

CAME = START + timedelta(hours=1)


def at(context: Context, moment: datetime) -> Context:
    """Go on at a moment."""
    return replace(context, clock=FixedClock(moment))


def acting(context: Context, role: str, *districts: str) -> Context:
    """Act in a role, everywhere or in some districts."""
    where = frozenset(districts) if districts else None
    return replace(context, principal=Principal("bo", role, where))


@pytest.fixture
def alarmed(in_use: Context) -> Context:
    """Give a store in which one monitor of district D1 has raised an alert."""
    take_readings(at(in_use, CAME), Batch(tuple(parcels(2, 80))))
    later = at(in_use, CAME + timedelta(seconds=5))
    assert score_readings(later, "stream").opened == 1
    return later


def test_a_message_is_taken_whole_or_not_at_all(in_use: Context) -> None:
    """One faulty reading of a list refuses the list; its neighbours in the batch are stored."""
    good, other = parcels(1, 1)[:2]
    mixed = Parcel(b"[" + good.payload + b", {}]", good.source)
    taken = take_readings(at(in_use, CAME), Batch((mixed, other)))
    assert (taken.readings, taken.stored, taken.duplicates) == (1, 1, 0)
    assert [refusal.parcel for refusal in taken.refused] == [0]
    with pytest.raises(InputError, match="row 2, column sequence: the field is missing"):
        taken.stop()
    assert take_readings(at(in_use, CAME), Batch((good, other))).duplicates == 1
    Taken(1, 1, ()).stop()


def test_a_reading_waits_for_earlier_ones(in_use: Context) -> None:
    """Nothing is scored before the waiting time; then what came meanwhile goes with it."""
    some = parcels(1, 20)
    take_readings(at(in_use, CAME), Batch(tuple(some[30:])))
    assert score_readings(at(in_use, CAME + timedelta(seconds=1)), "stream").scored == 0
    take_readings(at(in_use, CAME + timedelta(seconds=1)), Batch(tuple(some[:30])))
    scored = score_readings(at(in_use, CAME + timedelta(seconds=2)), "stream")
    assert (scored.scored, scored.late, scored.position) == (60, 0, 30)
    scored = score_readings(at(in_use, CAME + timedelta(seconds=4)), "stream")
    assert (scored.scored, scored.late, scored.position) == (0, 30, 60)


def test_a_long_backlog_is_scored_page_by_page(
    in_use: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever waits is scored to its end, however small the pages are."""
    monkeypatch.setattr(scoring, "PAGE", 50)
    take_readings(at(in_use, CAME), Batch(tuple(parcels(2, 80))))
    scored = score_readings(at(in_use, CAME + timedelta(seconds=5)), "stream")
    assert (scored.position, scored.opened) == (480, 1)


def test_two_detectors_of_one_name_do_not_double(in_use: Context) -> None:
    """The one that comes second finds the checkpoint moved, writes nothing, and reads on."""
    later = CAME + timedelta(seconds=5)
    one, other = (Scorer(in_use.store, "stream", StreamParams()) for _ in range(2))
    take_readings(at(in_use, CAME), Batch(tuple(parcels(2, 20))))
    assert (one.step(later).scored, other.step(later).scored) == (120, 0)
    take_readings(at(in_use, later), Batch(tuple(parcels(2, 80))))
    end = later + timedelta(seconds=5)
    assert one.step(end).opened == 1
    assert other.step(end).opened == 0
    assert other.step(end).position == one.step(end).position == 480
    assert len(see_alerts(in_use, AlertQuery())) == 1


class Twice:
    """A stream of two batches that hears which of them are stored."""

    name = "twice"

    def __init__(self, context: Context) -> None:
        self.heard: list[tuple[int, int]] = []
        self._readings = Readings(context.store)
        self._batches = [Batch(tuple(parcels(1, 2)), "mqtt"), Batch(tuple(parcels(1, 3)), "mqtt")]

    def batches(self) -> Iterator[Batch]:
        """Give both."""
        return iter(self._batches)

    def stored(self, batch: Batch, taken: Taken) -> None:
        """Note what is in the store at that moment."""
        self.heard.append((self._batches.index(batch), self._readings.count()))
        assert taken.readings == len(batch.parcels)


def test_a_batch_is_acknowledged_after_it_is_stored(in_use: Context) -> None:
    """When the stream hears of a batch, its readings can be read."""
    stream = Twice(in_use)
    followed = follow_stream(acting(at(in_use, CAME), FEED), stream)
    assert stream.heard == [(0, 6), (1, 9)]
    assert (followed.batches, followed.readings, followed.stored) == (2, 15, 9)


@pytest.mark.parametrize("role", [DISPATCHER, QUALITY, CLINICIAN, ADMINISTRATOR])
def test_who_handles_alerts(alarmed: Context, role: str) -> None:
    """Four roles see and handle them, in their own districts only."""
    mine, others = acting(alarmed, role, "D1"), acting(alarmed, role, "D2")
    (alert,) = see_alerts(mine, AlertQuery())
    assert see_alerts(others, AlertQuery()) == ()
    with pytest.raises(InputError, match="there is no such alert"):
        handle_alert(others, Handling(alert.id, Step.ACKNOWLEDGE))
    assert handle_alert(mine, Handling(alert.id, Step.ACKNOWLEDGE)).status is Status.ACKNOWLEDGED
    assert see_alerts(mine, AlertQuery())[0].history[-1].who == "bo"


@pytest.mark.parametrize("role", [PLANNER, SECURITY, FEED])
def test_who_does_not_see_alerts(alarmed: Context, role: str) -> None:
    """A source of readings brings them, and sees nothing."""
    with pytest.raises(ForbiddenError):
        see_alerts(acting(alarmed, role), AlertQuery())
    with pytest.raises(ForbiddenError):
        handle_alert(acting(alarmed, role), Handling("x", Step.CLOSE))


def test_only_feeds_bring_readings(in_use: Context) -> None:
    """A person with any role hands in no reading."""
    batch = Batch(tuple(parcels(1, 1)))
    for role in (PLANNER, QUALITY, CLINICIAN, ADMINISTRATOR):
        with pytest.raises(ForbiddenError):
            take_readings(acting(at(in_use, CAME), role), batch)
    assert take_readings(acting(at(in_use, CAME), FEED), batch).stored == 3


def test_an_action_without_owner_cause_or_time_is_refused(alarmed: Context) -> None:
    """Everything that is missing is said at once."""
    with pytest.raises(InputError) as caught:
        open_action(alarmed, ActionRequest("x", " ", "", date(2026, 1, 1)))
    assert [str(fault.where) for fault in caught.value.faults] == ["owner", "cause", "due"]


def test_an_owner_or_cause_without_end_is_refused(alarmed: Context) -> None:
    """What no page could show is not kept."""
    with pytest.raises(InputError) as caught:
        open_action(alarmed, ActionRequest("x", "a" * 1001, "b" * 20_000, date(2099, 1, 1)))
    assert [fault.value for fault in caught.value.faults] == [1001, 20_000]


def watched(context: Context, until: int = WEEKS, by: float = 40) -> Watched:
    """Watch falls that changed twenty weeks before the end."""
    rows = raised(shares(), WEEKS - 20, WEEKS, by)[:until]
    return watch_quality(context, kept(rows), min(LAST, ENDS[until - 1]))


def test_a_closed_signal_is_not_raised_again(in_use: Context) -> None:
    """Neither on the same day nor while it lasts; another region has alerts of its own."""
    day = SignalsOfDay("coast", watched(in_use, WEEKS - 12))
    (key,) = raise_signals(in_use, day).opened
    handle_alert(in_use, Handling(key, Step.CLOSE, "a new way of counting"))
    assert raise_signals(in_use, day).opened == ()
    assert raise_signals(in_use, SignalsOfDay("coast", watched(in_use, WEEKS - 10))).opened == ()
    assert len(raise_signals(in_use, replace(day, region="hills")).opened) == 1


def test_a_signal_of_several_indicators_hides_none_of_one(in_use: Context) -> None:
    """Each has an alert of its own, also when others have a share in it later; none is doubled."""
    seen = watched(in_use, WEEKS - 12)
    (one,) = seen.open
    several = replace(one, side=None, observed=None, expected=None, since=one.found)
    other = replace(one.indicator, id="infections")
    later = replace(several, contributions=(Contribution(other, 1.0),))
    day = SignalsOfDay("coast", replace(seen, signals=(one, several)))
    assert len(raise_signals(in_use, day).opened) == 2
    assert {each.series.quantity for each in see_alerts(in_use, AlertQuery())} == {
        "falls",
        "together-7",
    }
    for joint in (several, later):
        again = raise_signals(in_use, replace(day, watched=replace(seen, signals=(one, joint))))
        assert (again.opened, again.shown) == ((), 2)


def test_what_came_and_went_hides_no_new_level(in_use: Context) -> None:
    """A level that nobody has confirmed keeps its alert, and stays what the chart shows of it."""
    seen = watched(in_use)
    (level,) = [signal for signal in seen.signals if signal.settled]
    short = replace(level, since=LAST, found=LAST, until=LAST, lasting=False)
    day = SignalsOfDay("coast", replace(seen, signals=(level, short), earlier=()))
    assert len(raise_signals(in_use, day).opened) == 1
    assert raise_signals(in_use, day).opened == ()
    (alert,) = see_alerts(in_use, AlertQuery())
    assert alert.evidence is not None
    assert (alert.evidence.settled, alert.evidence.until) == (True, level.until)
    assert alert.ended is None


def test_an_alert_names_region_and_place(in_use: Context) -> None:
    """As the panels beside it do; a place without a name is called by its key."""
    day = SignalsOfDay("coast", watched(in_use, WEEKS - 12), names={"H001": "Mercy Hospital"})
    raise_signals(in_use, day)
    raise_signals(in_use, replace(day, region="hills", names={}))
    told = sorted(str(alert.reason) for alert in see_alerts(in_use, AlertQuery()))
    assert told[0].startswith("coast: at Mercy Hospital (H001), since ")
    assert told[1].startswith("hills: at H001, since ")


def test_an_improvement_asks_for_no_alert(in_use: Context) -> None:
    """Fewer falls are a signal, and good news."""
    seen = watched(in_use, WEEKS - 12, by=-25)
    assert any(signal.good for signal in seen.open)
    assert raise_signals(in_use, SignalsOfDay("coast", seen)).opened == ()


def test_who_raised_it_stands_in_the_history(in_use: Context) -> None:
    """The day of a planner opens it under the planner's name."""
    planner = acting(in_use, PLANNER)
    raise_signals(planner, SignalsOfDay("coast", watched(in_use, WEEKS - 12), {"H001": "D1"}))
    (alert,) = see_alerts(in_use, AlertQuery())
    assert (alert.history[0].who, alert.history[0].what) == ("bo", Happening.OPENED)
    assert alert.district_id == "D1"


def test_impossible_queries_are_refused() -> None:
    """Bounds name what they bound."""
    with pytest.raises(ValueError, match="limit"):
        AlertQuery(limit=0)
    with pytest.raises(ValueError, match="note"):
        Handling("x", Step.CLOSE, "x" * 1001)
    assert AlertQuery(frozenset()).key == "none"
