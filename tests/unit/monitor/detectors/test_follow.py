"""One series watched from point to point."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salus.core.rng import stream
from salus.monitor.detectors.follow import FollowParams, follow

WEEKLY = FollowParams.every(7)


def noise(length: int = 150) -> np.ndarray:
    """Make a quiet series."""
    return stream(3, "follow").normal(50, 2, length)


def test_a_jump_is_found_on_its_day_and_ends() -> None:
    """One point eight sigma up is one episode that begins there."""
    values = noise()
    values[100] += 16
    (episode,) = follow(values, [], 52, WEEKLY).episodes
    assert (episode.since, episode.found) == (100, 100)
    assert episode.until <= 102
    assert not episode.new_level


def test_a_lasting_shift_becomes_the_new_level() -> None:
    """After a quarter of a year the level is expected, and a second shift is found on it."""
    values = noise(220)
    values[80:] += 8
    values[160:] += 8
    first, second, *_ = follow(values, [], 52, WEEKLY).episodes
    assert first.new_level
    assert abs(first.since - 80) <= 2
    assert 157 <= second.found <= 163


def test_an_alarm_does_not_teach() -> None:
    """What is expected after an outbreak is what was expected before it."""
    values = noise()
    values[100:108] += 20
    walk = follow(values, [], 52, WEEKLY)
    assert walk.expected[120] == pytest.approx(50, abs=1.5)


def test_nothing_is_judged_before_the_warm_up() -> None:
    """The first points teach."""
    walk = follow(noise(), [], 52, WEEKLY)
    assert np.isnan(walk.standard[:56]).all()
    assert np.isfinite(walk.standard[56:]).all()
    assert follow(noise(40), [], 52, WEEKLY).episodes == ()


@given(st.integers(60, 140))
def test_nothing_is_known_before_its_day(today: int) -> None:
    """Up to a day, a series that goes on is judged as one that ends there."""
    values = noise()
    values[90:] += 8
    whole, part = follow(values, [], 52, WEEKLY), follow(values[:today], [], 52, WEEKLY)
    assert np.array_equal(whole.standard[:today], part.standard, equal_nan=True)
    found = [each.found for each in whole.episodes if each.found < today]
    assert found == [each.found for each in part.episodes]


@pytest.mark.parametrize(
    "values",
    [np.zeros(120), np.full(120, 7.0), np.full(120, np.nan), np.arange(120.0), np.zeros(0)],
)
def test_series_without_chance_give_no_alarm(values: np.ndarray) -> None:
    """A constant, a line and a series of gaps are what was expected."""
    assert follow(values, [7.0], 365.25).episodes == ()


def test_a_constant_that_changes_alarms() -> None:
    """A series that never changed has no spread, and its first change is still found."""
    values = np.where(np.arange(120) < 100, 5.0, 6.0)
    assert follow(values, [], 52, WEEKLY).episodes[0].found == 100


def test_bounds_of_the_parameters_are_named() -> None:
    """Each impossible setting is refused with its bound."""
    with pytest.raises(ValueError, match="settle must be at least 10 points"):
        FollowParams(settle=3)
