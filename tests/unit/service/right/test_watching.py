"""How right the watching was: what counts as found, and what as false."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from salus.data.synthetic.truth import PLANTED
from salus.monitor.charts.rules import Side
from salus.monitor.signals import Contribution, QualitySignal
from salus.service.right.watching import WatchRightness, watch_rightness
from salus.service.watch_quality import watch_quality
from salus.service.watched import Watched
from tests.fakes.hospital import ENDS, LAST, kept, shares

if TYPE_CHECKING:
    from pathlib import Path

    from salus.service.context import Context

WEEK = timedelta(weeks=1)
FIRST = ENDS[120]


@pytest.fixture
def quiet(in_use: Context) -> Watched:
    """Watch one share in which nothing happens."""
    return watch_quality(in_use, kept(shares()), LAST)


def signal(watched: Watched, found: date, place: str = "H001") -> QualitySignal:
    """Make a signal of one week."""
    parts = (Contribution(watched.lines[0].indicator, 1.0),)
    figures: dict[str, Any] = {"size": 4.0, "observed": 1.0, "expected": 0.0, "lasting": False}
    return QualitySignal(place, found, found, found, "made up", parts, Side.HIGH, **figures)


def right(
    folder: Path, quiet: Watched, kind: str, last: date, *signals: QualitySignal
) -> WatchRightness:
    """Plant one event, and judge some signals by it."""
    row = {"kind": kind, "indicator_id": "falls", "place_id": "H001", "first": FIRST, "last": last}
    table = pa.Table.from_pylist([row | {"sigmas": 4.0, "size": 1.0}], schema=PLANTED.schema())
    (folder / "truth").mkdir()
    pq.write_table(table, folder / "truth" / "planted.parquet")
    lines = quiet.lines, quiet.recorded, ()
    return watch_rightness(folder, Watched(LAST, signals, (), (), *lines))


@pytest.mark.parametrize(("weeks", "found"), [(-1, 0), (0, 1), (7, 1), (8, 0)])
def test_an_event_is_found_within_seven_points(
    tmp_path: Path, quiet: Watched, weeks: int, found: int
) -> None:
    """From its first point to the seventh after it, neither sooner nor later."""
    marks = right(tmp_path, quiet, "anomaly", FIRST, signal(quiet, FIRST + weeks * WEEK))
    assert (marks.planted, marks.found, marks.false_signals) == (1, found, 1 - found)


def test_the_return_to_normal_is_not_false(tmp_path: Path, quiet: Watched) -> None:
    """What is found up to seven points after the end belongs to the event, but is not its find."""
    last = FIRST + 20 * WEEK
    marks = right(tmp_path, quiet, "shift", last, signal(quiet, last + 7 * WEEK))
    assert (marks.found, marks.false_signals) == (0, 0)
    assert marks.anomaly_recall == 0


def test_another_place_is_false(tmp_path: Path, quiet: Watched) -> None:
    """A signal at a place where nothing was planted is false, per year of what was judged."""
    marks = right(tmp_path, quiet, "anomaly", FIRST, signal(quiet, FIRST, "H002"))
    assert marks.false_signals == 1
    assert marks.false_signals_per_indicator_year == pytest.approx(365.25 / 700)


def test_an_outbreak_is_counted_apart(tmp_path: Path, quiet: Watched) -> None:
    """Found in its first week is found after seven days; it is no anomaly."""
    marks = right(tmp_path, quiet, "outbreak", FIRST, signal(quiet, FIRST))
    assert (marks.planted, marks.anomaly_recall, marks.outbreak_days) == (0, None, 7)
