"""Q1: learn the normal region of quality indicators, compare live data, flag what is outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.core.rng import stream
from salus.core.settings import Settings
from salus.monitor.detectors.isolation_forest import IsolationForest
from salus.monitor.detectors.residual import SeasonalResidual
from salus.service.context import open_context
from salus.service.watch_quality import watch_quality
from tests.fakes.hospital import LAST, WEEKS, kept, raised, reading, shares

if TYPE_CHECKING:
    from pathlib import Path

    from salus.monitor.detectors.base import Detector


def test_a_rise_is_found_with_its_place_and_day(tmp_path: Path) -> None:
    """Falls at one of two hospitals rise, with a gap and a double row on record: one signal."""
    rows = raised(shares(place="H001"), WEEKS - 8, WEEKS, 30)
    history = [*rows, *shares(place="H002"), rows[3]]
    history[50] = reading("falls", "H001", history[50]["period_end"], None)
    with open_context(Settings(home=tmp_path / "home")) as context:
        watched = watch_quality(context, kept(history), LAST)
    found = watched.open
    assert {each.place_id for each in found} == {"H001"}
    assert (LAST - found[0].since).days == pytest.approx(7 * 7, abs=7)
    assert "falls above what is usual" in str(found[0].told("H001"))


@pytest.mark.parametrize("detector", [IsolationForest(), SeasonalResidual()], ids=lambda d: d.name)
def test_what_lies_outside_is_flagged_and_what_lies_inside_is_not(detector: Detector) -> None:
    """A forest and its peer learn from two years and flag the one live week far outside."""
    values = stream(3, "normal region").normal(50, 2, (120, 2))
    values[110] += 30
    judged = detector.judge(values[:104], values[104:], seed=1)
    assert np.flatnonzero(judged.flags).tolist() == [6]
