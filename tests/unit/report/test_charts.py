"""The pictures: what each says, and what it draws where something is missing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from salus.core.settings import Settings
from salus.data.region.sample import sample_region
from salus.monitor.charts.individuals import individuals
from salus.monitor.forecast import forecast
from salus.report.charts.fan import SHOWN, fan
from salus.report.charts.map import city_map
from salus.report.charts.residuals import residual_chart, residual_finding
from salus.report.words import Words
from salus.service.context import open_context
from salus.service.day import EXPECTED, Day
from salus.service.forecast_need import Outlook
from salus.service.request import DayRequest
from salus.service.run_day import Decided, run_day
from tests.fakes.folders import small_region
from tests.fakes.histories import weekly, winters

if TYPE_CHECKING:
    from pathlib import Path

    from salus.domain.indicator import Series

ENGLISH, CHINESE = Words("en"), Words("zh")


def _day(home: Path, region: Path) -> Day:
    with open_context(Settings(home=home)) as context:
        decided: Decided = run_day(context, DayRequest(region, stresses=()))
        return decided.day


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Day:
    """Give a day of the sample."""
    return _day(tmp_path_factory.mktemp("home"), sample_region())


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Day:
    """Give a day of one facility and one district, without outlines."""
    place = tmp_path_factory.mktemp("village")
    return _day(place / "home", small_region(place / "village"))


def _map(day: Day, words: Words = ENGLISH) -> Any:
    return city_map(day, EXPECTED, day.expected, words)


def _outlook(series: Series) -> Outlook:
    ahead = forecast(series, 4)
    return Outlook(series, ahead, individuals(ahead.residuals))


def test_a_small_region_is_shown_whole_and_with_names(village: Day) -> None:
    """The frame holds every place with room around it; each mark has its name beside it."""
    chart = _map(village)
    corners = np.array(chart.outline["features"][0]["geometry"]["coordinates"][0])
    region = village.region
    for place in [
        *(d.position for d in region.districts),
        *(f.position for f in region.facilities),
    ]:
        point = np.array([place.longitude, place.latitude])
        assert (point > corners.min(axis=0)).all()
        assert (point < corners.max(axis=0)).all()
    squares, _, facilities = chart.option["series"]
    said = [mark["label"]["formatter"] for mark in (*squares["data"], *facilities["data"])]
    assert said == [
        *(district.name for district in region.districts),
        *(facility.name for facility in region.facilities),
    ]


def test_the_map_draws_every_outline_and_every_open_facility(sample: Day) -> None:
    """Districts by coverage, facilities by load; who has no capacity is not drawn."""
    chart = _map(sample)
    assert len(chart.outline["features"]) == len(sample.region.districts)
    points, flows, facilities = chart.option["series"]
    assert points["data"] == []
    open_ones = (sample.expected.problem.capacity.sum(axis=(1, 2)) > 0).sum()
    assert len(facilities["data"]) == open_ones
    assert all(4 <= one["symbolSize"] <= 20 for one in facilities["data"])
    assert max(row[4] for row in flows["data"]) == 10


def test_without_outlines_districts_are_points_in_a_frame(village: Day) -> None:
    """The frame carries the coordinates; each district is a square in it."""
    chart = _map(village)
    (frame,) = chart.outline["features"]
    assert frame["geometry"]["type"] == "Polygon"
    assert len(chart.option["series"][0]["data"]) == len(village.region.districts)
    assert chart.option["geo"]["regions"] == []


def test_the_map_says_what_it_shows_in_the_readers_language(sample: Day) -> None:
    """The finding is a sentence, and hover speaks Chinese to a Chinese reader."""
    assert "fully covered" in ENGLISH(_map(sample).title)
    names = [one["name"] for one in _map(sample, CHINESE).option["series"][2]["data"]]
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in name) for name in names)


def test_a_district_that_needs_nothing_is_white(sample: Day) -> None:
    """No need gives no coverage, neither good nor bad."""
    (empty,) = [d.name for d in sample.region.districts if d.population == 0]
    colours = {
        one["name"]: one["itemStyle"]["areaColor"] for one in _map(sample).option["geo"]["regions"]
    }
    assert colours[f"{empty}: nothing needed"] == "#ffffff"


def test_the_fan_keeps_gaps_and_marks_its_beginning() -> None:
    """Gaps are gaps; the bands begin at the last known value with no width."""
    values = winters(120, 52)
    values[[-30, -29, -9]] = np.nan
    outlook = _outlook(weekly(values, 52))
    option: Any = fan(outlook, ENGLISH).option
    axis, lines = option["xAxis"]["data"], option["series"]
    known = next(line["data"] for line in lines if line.get("name") == "known")
    assert len(axis) == len(known) == SHOWN + 4
    assert [axis[n] for n, v in enumerate(known[:SHOWN]) if v is None] == [
        outlook.series.dates[n].isoformat() for n in (-30, -29, -9)
    ]
    assert known[SHOWN:] == [None] * 4
    widths = [line["data"] for line in lines if "areaStyle" in line]
    assert [width[SHOWN - 1] for width in widths] == [0.0] * 3
    assert all(
        w95 >= w80 >= w50 for w95, w80, w50 in zip(*(w[SHOWN:] for w in widths), strict=True)
    )
    assert option["yAxis"]["min"] == 0


def test_the_fan_of_what_may_be_negative_shows_no_false_zero() -> None:
    """Zero is the floor of counts only."""
    option: Any = fan(_outlook(weekly(winters(60, 1) - 500)), ENGLISH).option
    assert option["yAxis"]["min"] is None


QUIET = np.tile([-1.0, 1.0], 30)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (None, "common cause"),
        (20, "none of them the latest"),
        (59, "special cause since"),
    ],
)
def test_residuals_say_whether_the_forecast_holds(place: int | None, said: str) -> None:
    """Common cause, special once, or special now with its beginning; special points stand out."""
    errors = QUIET.copy()
    if place is not None:
        errors[place] = 20
    chart = individuals(weekly(errors))
    outlook = replace(_outlook(weekly(winters(60, 1))), chart=chart)
    finding = ENGLISH(residual_finding(outlook))
    assert said in finding
    if place == 59:
        assert ENGLISH.date(chart.series.dates[-1]) in finding
    option: Any = residual_chart(outlook, ENGLISH).option
    marks = [point["symbol"] for point in option["series"][0]["data"]]
    assert marks.count("diamond") == len({signal.index for signal in chart.signals})
    assert len(marks) == 60
