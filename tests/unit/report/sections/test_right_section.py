"""The section on how right the engines were: bars met, missed, and those that cannot be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import nan
from typing import TYPE_CHECKING

import pytest

from salus.report.sections.right import rightness_section
from salus.report.words import Words
from salus.service.right.advice import AdviceRightness
from salus.service.right.linking import LinkRightness
from salus.service.right.rightness import Rightness, Unmet
from salus.service.right.watching import PlantedEvent, WatchRightness
from tests.fakes.days import coast_day
from tests.fakes.queues import queue

if TYPE_CHECKING:
    from salus.service.day import Day

WORDS = Words("en")
FIRST, LAST = date(2026, 5, 3), date(2026, 5, 31)
ADVICE = AdviceRightness(500, 0.9, 0.5, 0.7, 0.02, (), 1.0, (), 0.1, 40, 0)
GOOD = Rightness(
    WatchRightness(
        (
            PlantedEvent("shift", "falls", "H01", FIRST, LAST, FIRST),
            PlantedEvent("outbreak", "new", "AC01", FIRST, LAST, None),
        ),
        10.0,
        5,
        None,
    ),
    LinkRightness(100, 100, 100),
    ADVICE,
    Unmet(1.0, 2.0, 1.5),
)
BAD = Rightness(
    WatchRightness((replace(GOOD.watching.events[0], found=None),), 1.0, 2, None),
    LinkRightness(100, 200, 90),
    AdviceRightness(500, 0.6, 0.5, 0.7, 0.2, (), 0.5, (), -0.1, 40, 1),
    Unmet(1.0, 1.0, 1.0 + 1e-12),
)
UNTOLD = Rightness(
    WatchRightness((), 0.0, 0, None),
    LinkRightness(0, 0, 0),
    replace(ADVICE, effect_in_interval_share=nan, ranking_gain=nan),
    Unmet(1.0, 2.0, 1.5),
)


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    """Give a day whose places have names."""
    return coast_day(tmp_path_factory.mktemp("right"), queue())


def met(day: Day, right: Rightness) -> tuple[str, list[str]]:
    """Give the title, and the last column of the first grid."""
    section = rightness_section(day, right)
    return WORDS(section.title), [row[-1].text(WORDS) for row in section.grids[0].rows]


def test_all_bars_can_be_met(day: Day) -> None:
    """A yes for each."""
    assert met(day, GOOD) == ("How right were we: 11 of 11 bars met", ["yes"] * 11)


def test_all_bars_can_be_missed(day: Day) -> None:
    """A no for each; a difference of rounding is none."""
    assert met(day, BAD) == ("How right were we: 0 of 11 bars met", ["no"] * 11)


def test_what_cannot_be_told_is_neither(day: Day) -> None:
    """It shows a dash as its value and as its answer, and is not counted."""
    title, answers = met(day, UNTOLD)
    assert title == "How right were we: 5 of 5 bars met"
    assert sorted(answers) == ["yes"] * 5 + ["–"] * 6
    rows = rightness_section(day, UNTOLD).grids[0].rows
    assert not any("nan" in cell.text(WORDS) for row in rows for cell in row)


def test_without_advice_nothing_is_said_of_it(day: Day) -> None:
    """Where nothing was learned its bars and grids are left out."""
    section = rightness_section(day, replace(GOOD, advice=None))
    assert (len(section.grids), len(section.grids[0].rows)) == (2, 6)


def test_what_was_not_found_comes_first(day: Day) -> None:
    """Each planted event is named with its place; one that was missed leads."""
    section = rightness_section(day, GOOD)
    first, second = ([cell.text(WORDS) for cell in row] for row in section.grids[1].rows)
    assert (first[0], first[-1]) == ("outbreak", "not found")
    assert second[:3] == ["shift", "falls", "Harbourgate General"]
    assert section.synthetic
