"""The picture of the front of need against fairness."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from salus.allocate.city.checks import small_city
from salus.allocate.city.features.fairness.groups import Groups
from salus.allocate.city.features.fairness.maxmin import MaxMin
from salus.allocate.city.pareto import Front, front
from salus.core.clock import SystemClock
from salus.report.charts.front import front_chart
from salus.report.words import Words

ENGLISH, CHINESE = Words("en"), Words("zh")


def _front() -> Front:
    city = small_city(7)
    even = replace(city, features=(MaxMin(Groups.districts(city), 100.0),))
    return front(even, SystemClock(), count=5)


def test_the_front_has_a_point_for_each_plan_and_labels_its_ends() -> None:
    """The line goes from the best for need to the fairest; both are named, and both axes."""
    found = _front()
    option: Any = front_chart("expected", found, ENGLISH).option
    line, ends = option["series"]
    assert len(line["data"]) == len(found.points)
    assert [end["value"] for end in ends["data"]] == [line["data"][0], line["data"][-1]]
    assert [end["label"]["formatter"] for end in ends["data"]] == ["best for need", "fairest"]
    assert option["xAxis"]["name"] == "unmet share of the worst covered group"
    assert "weighted minutes" in option["yAxis"]["name"]


def test_the_finding_says_what_the_fairest_plan_costs() -> None:
    """The sentence holds the price of fairness and what it lowers, from where to where."""
    said = ENGLISH(front_chart("expected", _front(), ENGLISH).title)
    assert said == (
        "unmet share of the worst covered group: 0.196 rather than 0.674 in the fairest plan, "
        "which costs 1.079% more than the one that serves need best"
    )
    one = Front(_front().points[:1], _front().measured)
    chart = front_chart("expected", one, CHINESE)
    assert ENGLISH(chart.title) == "The plan that serves need best is the fairest, too"
    option: Any = chart.option
    assert len(option["series"][1]["data"]) == 1
