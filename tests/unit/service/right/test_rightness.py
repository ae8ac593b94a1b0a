"""How right a day was, written down for programs."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from math import nan
from typing import TYPE_CHECKING

from salus.service.right.advice import AdviceRightness
from salus.service.right.linking import LinkRightness
from salus.service.right.rightness import Rightness, Unmet, rightness
from salus.service.right.watching import PlantedEvent, WatchRightness
from tests.fakes.days import coast_day
from tests.fakes.queues import queue

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 6, 7)
EVENTS = (
    PlantedEvent("anomaly", "falls", "H1", DAY, DAY, DAY),
    PlantedEvent("shift", "falls", "H2", DAY, DAY, None),
)
ADVICE = AdviceRightness(500, 0.9, 0.5, 0.7, 0.02, (), nan, (), nan, 12, 0)
RIGHT = Rightness(
    WatchRightness(EVENTS, 8.0, 2, None), LinkRightness(40, 39, 38), ADVICE, Unmet(1.0, 2.0, 1.5)
)


def test_every_figure_has_its_key() -> None:
    """Shares and counts stand under the names that programs ask for."""
    found = RIGHT.document()
    assert found == {
        "anomaly_recall": 0.5,
        "false_signals_per_indicator_year": 0.25,
        "auroc_macro": 0.9,
        "auroc_macro_base": 0.5,
        "auroc_macro_tree": 0.7,
        "ece": 0.02,
        "effect_in_interval_share": None,
        "ranking_gain": None,
        "unsafe_advice": 0.0,
        "advised_gain": None,
        "association_gain": None,
        "link_precision": 0.974359,
        "link_recall": 0.95,
        "unmet": 1.0,
        "unmet_status_quo": 2.0,
        "unmet_greedy": 1.5,
    }
    json.dumps(found, allow_nan=False)


def test_what_cannot_be_counted_is_null() -> None:
    """Without events, pairs and anything learned, every such key is there without a number."""
    nothing = Rightness(
        WatchRightness((), 0.0, 0, None), LinkRightness(0, 0, 0), None, Unmet(0.0, 0.0, 0.0)
    )
    found = nothing.document()
    assert found.keys() == RIGHT.document().keys()
    assert {key for key, value in found.items() if value is not None} == {
        "unmet",
        "unmet_status_quo",
        "unmet_greedy",
    }


def test_without_a_sidecar_nothing_is_compared(tmp_path: Path) -> None:
    """A real region has no truth beside it, with guests or without people."""
    day = coast_day(tmp_path, queue({}))
    assert rightness(day) is None
    assert rightness(replace(day, care=None)) is None
