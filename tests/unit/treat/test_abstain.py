"""When no answer is the right answer."""

from __future__ import annotations

import numpy as np

from salus.treat.abstain import NEVER, Support, Threshold, reason

SUPPORT = Support.of(np.array([[0.0, np.nan], [10.0, np.nan]]))


def test_a_goal_out_of_reach_means_silence() -> None:
    """Where no threshold is right often enough, nothing is said."""
    said = np.tile([0.6, 0.4], (50, 1))
    found = Threshold.learn(said, np.where(np.arange(50) % 2 == 0, "a", "b"), ("a", "b"), 0.9)
    assert found == Threshold(0.9, NEVER, 0.0)


def test_silence_gives_its_reason() -> None:
    """Too unlike the others, too unlikely, or neither."""
    sure = Threshold(0.9, 0.7, 1.0)
    near, far = np.array([5.0, np.nan]), np.array([16.0, np.nan])
    assert "unlike" in str(reason(sure, SUPPORT, far, 0.9))
    assert "90%" in str(reason(sure, SUPPORT, near, 0.6))
    assert reason(sure, SUPPORT, near, 0.7) is None


def test_nothing_known_lies_outside() -> None:
    """A patient of whom less is known than of anyone is unlike those learned from."""
    assert not SUPPORT.inside(np.array([[np.nan, np.nan]]))[0]


def test_a_column_never_known_excludes_nobody() -> None:
    """What training never saw bounds nothing."""
    assert SUPPORT.inside(np.array([[5.0, 1e9]]))[0]
