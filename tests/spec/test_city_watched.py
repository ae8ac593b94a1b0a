"""The promise of issue 3 on the planted indicators of made cities, with seeds of its own."""

from __future__ import annotations

import pytest

from salus.data.synthetic.indicators import History, histories
from salus.data.synthetic.layout import lay_out
from salus.data.synthetic.spec import CitySpec
from salus.monitor.detectors.follow import FollowParams, follow

YEAR, SOON = 365.25 / 7, 7


def marks(seed: int) -> tuple[int, int, int, float]:
    """Watch the indicators of a city: events, events found, false signals, indicator-years."""
    spec = CitySpec(seed=seed)
    events = found = false = points = 0
    params = FollowParams.every(7, counted=True)
    for history in histories(spec, lay_out(spec)):
        shares = history.counted / history.at_risk
        walk = follow(shares, [YEAR], YEAR, params, history.at_risk)
        places = [episode.found for episode in walk.episodes]
        first, last = span(history)
        events += history.planted is not None
        found += any(first <= place <= first + SOON for place in places)
        false += sum(not first <= place <= last + SOON for place in places)
        points += len(shares) - params.warm_up
    return events, found, false, points / YEAR


def span(history: History) -> tuple[int, int]:
    """Give the places of the first and last point that were touched; far away for none."""
    if history.planted is None:
        return -100, -100
    weeks = history.weeks
    return weeks.index(history.planted.first), weeks.index(history.planted.last)


@pytest.mark.parametrize("seed", [1201, 1202])
def test_what_was_planted_is_found_and_little_else(seed: int) -> None:
    """Nine in ten are wanted at one false signal a year; measured on ten cities: .98 and .4."""
    events, found, false, years = marks(seed)
    assert found / events >= 0.9
    assert false / years <= 1
