"""What the report says about the quality of care."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from rich.cells import cell_len

from salus.core.settings import Settings
from salus.report.page import embedded
from salus.report.sections.signals import signals_section
from salus.report.terminal import show, terminal
from salus.report.words import Words
from salus.service.context import open_context
from salus.service.watch_quality import watch_quality
from tests.fakes.hospital import LAST, WEEKS, kept, raised, shares

if TYPE_CHECKING:
    from salus.service.watched import Watched

NAMES = {"H001": "Mercy Hospital"}


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Watched:
    """Watch a rise, a level that settled for the better, and waits above their target."""
    rows = [
        *raised(shares(), WEEKS - 5, WEEKS, 40),
        *raised(shares("hand_hygiene", usual=0.5), 110, WEEKS, 60),
        *shares("emergency_wait", usual=0.3),
    ]
    home = tmp_path_factory.mktemp("home")
    with open_context(Settings(home=home)) as context:
        return watch_quality(context, kept(rows), LAST)


def test_the_title_says_the_finding(watched: Watched) -> None:
    """How many signals are open, and the first of them with its place and day."""
    words = Words("en")
    section = signals_section(watched, words, NAMES)
    assert words(section.title).startswith("Quality: signals open now: 1; first falls, Mercy")
    assert "consider checking the records first" in words(section.sentences[0])
    assert "new levels that nobody has confirmed: 1" in words(section.sentences[-1])


def test_a_chart_shows_points_phases_target_and_departure(watched: Watched) -> None:
    """Special points have a shape of their own; a new level and a target are marked."""
    words = Words("en")
    charts = {chart.id: chart for chart in signals_section(watched, words, NAMES).charts}
    rise: Any = charts["control-falls-H001"].option
    points = rise["series"][0]["data"]
    assert {point["symbol"] for point in points[-4:]} == {"triangle"}
    assert points[-1]["itemStyle"]["color"] == "--concern"
    assert rise["series"][0]["markArea"]["data"][0][0]["name"].startswith("since ")
    better = charts["control-hand_hygiene-H001"]
    marks: Any = better.option
    assert "new level" in str(marks["series"][0]["markLine"]["data"])
    assert "a new level since" in words(better.title)
    assert all(embedded(chart.option) for chart in charts.values())
    assert len(charts) <= 6


def test_a_target_that_is_missed_is_said_in_words(watched: Watched) -> None:
    """The grid holds variation and assurance as sentences beside the figures."""
    words = Words("en")
    grid = signals_section(watched, words).grids[1]
    rows = {row[0].text(words): [cell.text(words) for cell in row] for row in grid.rows}
    waits = rows["emergency waits of 4 hours and more (%)"]
    assert "consistently misses the target" in waits
    assert "5.00" in waits


def test_nothing_open_is_said(watched: Watched) -> None:
    """Without an open signal the title says so."""
    calm = type(watched)(LAST, (), (), (), watched.lines, watched.recorded, ())
    words = Words("en")
    assert words(signals_section(calm, words).title).startswith("No quality indicator is outside")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_terminal_holds_it(watched: Watched, lang: str) -> None:
    """No line is wider than 100 columns in either language."""
    out, words = io.StringIO(), Words(lang)
    show(terminal(out, {}), [signals_section(watched, words, NAMES)], words)
    assert max(map(cell_len, out.getvalue().splitlines())) <= 100
