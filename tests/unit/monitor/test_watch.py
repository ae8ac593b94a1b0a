"""Many indicators at many places watched at once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pytest

from salus.core.errors import InputError
from salus.core.groupmap import ProcessPool
from salus.core.messages import say
from salus.core.rng import stream
from salus.domain.indicator import Direction, Indicator
from salus.monitor.watch import WatchParams, watch

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.monitor.signals import QualitySignal

WEEKS, FIRST = 200, date(2021, 1, 2)
INDICATORS = tuple(
    Indicator(key, say("{key}", key=key), say("cases"), direction, season=1)
    for key, direction in (
        ("falls", Direction.DOWN),
        ("washed", Direction.UP),
        ("visits", Direction.NEUTRAL),
    )
)


def readings(values: dict[tuple[str, str], NDArray[np.float64]]) -> pa.Table:
    """Lay out series by indicator and place."""
    rows = [
        {"indicator_id": key, "place_id": place, "value": float(value)}
        | {"period_end": FIRST + timedelta(weeks=week)}
        for (key, place), series in values.items()
        for week, value in enumerate(series)
    ]
    return pa.Table.from_pylist(rows).append_column("source", pa.array(["made up"] * len(rows)))


def noise(*places: str) -> dict[tuple[str, str], NDArray[np.float64]]:
    """Make a quiet series for each indicator at each place."""
    return {
        (each.id, place): stream(4, f"{each.id}{place}").normal(50, 2, WEEKS)
        for place in places
        for each in INDICATORS
    }


def alone(values: dict[tuple[str, str], NDArray[np.float64]], key: str) -> list[QualitySignal]:
    """Watch, and keep the signals of one indicator by itself."""
    return [
        each
        for each in watch(readings(values), INDICATORS)
        if each.indicator.id == key and each.detector == "seasonal_residual"
    ]


def test_a_shift_becomes_one_signal_with_its_day_and_place() -> None:
    """Ten weeks six sigma up are one signal of one indicator at one place."""
    values = noise("A", "B")
    values["falls", "B"][150:160] += 12
    (signal,) = alone(values, "falls")
    assert (signal.place_id, signal.since) == ("B", FIRST + timedelta(weeks=150))
    assert signal.found <= FIRST + timedelta(weeks=152)
    assert signal.size == pytest.approx(6, abs=2)
    assert signal.good is False
    assert not signal.lasting
    assert str(signal.told("B")).startswith("at B, since 2023-11-18: falls above what is usual")
    assert "look for the cause" in str(signal.action)


@pytest.mark.parametrize(
    ("key", "good", "action"),
    [("washed", True, "what went well"), ("visits", None, "what changed on that day")],
)
def test_the_action_depends_on_which_way_is_better(
    key: str, *, good: bool | None, action: str
) -> None:
    """A rise of a good thing is an improvement; of a neutral one it is a question."""
    values = noise("A")
    values[key, "A"][190:] += 12
    signal = alone(values, key)[-1]
    assert signal.good is good
    assert signal.lasting
    assert action in str(signal.action)


def test_indicators_that_depart_together_are_one_signal() -> None:
    """The forest names those that it was asked about again and agreed on."""
    values = noise("A")
    for key in ("falls", "visits"):
        values[key, "A"][180:184] += np.array([9, -9, 9, -9])
    together = [
        each for each in watch(readings(values), INDICATORS) if each.detector == "isolation_forest"
    ]
    assert together
    names = {each.indicator.id for each in together[0].contributions}
    assert names <= {"falls", "visits"}
    assert sum(each.share for each in together[0].contributions) == pytest.approx(1)
    assert "together depart" in str(together[0].told("A"))


def test_a_pool_gives_the_same_signals() -> None:
    """Here or in two processes, the answer is the same bit for bit."""
    values = noise("A", "B")
    values["falls", "B"][150:] += 12
    table, params = readings(values), WatchParams(seed=7)
    assert watch(table, INDICATORS, params) == watch(table, INDICATORS, params, ProcessPool(2))


def test_the_order_of_the_rows_does_not_matter() -> None:
    """Readings may come in any order within a place."""
    values = noise("A")
    values["falls", "A"][150:] += 12
    table = readings(values)
    assert watch(table, INDICATORS) == watch(table.sort_by([("value", "ascending")]), INDICATORS)


def test_nothing_to_watch_gives_no_signal() -> None:
    """No readings, no indicators, or readings of something else."""
    table = readings(noise("A"))
    other = Indicator("other", say("other"), say("cases"))
    assert watch(table.slice(0, 0), INDICATORS) == ()
    assert watch(table, ()) == ()
    assert watch(table, (other,)) == ()


def test_an_indicator_of_gaps_gives_no_signal() -> None:
    """A series that is not known is not judged."""
    assert watch(readings({("falls", "A"): np.full(WEEKS, np.nan)}), INDICATORS) == ()


def test_two_readings_of_one_period_are_refused() -> None:
    """The fault names the day, once for all that is wrong."""
    table = readings({("falls", "A"): np.ones(3)})
    with pytest.raises(InputError, match="two readings for one period"):
        watch(pa.concat_tables([table, table]), INDICATORS)
