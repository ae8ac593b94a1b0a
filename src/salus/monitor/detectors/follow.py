"""One series watched from point to point, knowing nothing of what comes later."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from salus.core.checks import within
from salus.monitor.detectors.alarm_rule import AlarmRule
from salus.monitor.detectors.baseline import learn_baseline
from salus.monitor.detectors.share_baseline import learn_shares

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from salus.monitor.detectors.baseline import Baseline
    from salus.monitor.detectors.share_baseline import ShareBaseline

    Values = NDArray[np.float64]

WEEK = 7
"""Days from which on a series is followed as a weekly one."""


COUNTED = 1.0
"""False alarms a year and series of shares for which limits are derived. Counts are whole numbers,
so that fewer come: little more than half of them, measured."""


@dataclass(frozen=True, slots=True)
class FollowParams:
    """How a series is followed.

    Parameters
    ----------
    rule : AlarmRule
        When a point alarms.
    warm_up : int
        Points that teach before the first is judged, 20 or more.
    relearn : int
        Points after which the baseline is learned again, without those that alarmed; 1 or more.
    settle : int
        An alarm that lasts this many points is taken as a new level; 10 or more.
    join : int
        Alarms with at most this many quiet points between them are one, 0 or more.

    Raises
    ------
    ValueError
        If a number is out of range.

    Examples
    --------
    >>> FollowParams.every(7).settle
    13
    """

    rule: AlarmRule = field(default_factory=AlarmRule)
    warm_up: int = 56
    relearn: int = 14
    settle: int = 42
    join: int = 7

    def __post_init__(self) -> None:
        """Refuse impossible settings."""
        within("warm_up", self.warm_up, 20, unit="points")
        within("relearn", self.relearn, 1, unit="points")
        within("settle", self.settle, 10, unit="points")
        within("join", self.join, 0, unit="points")

    @classmethod
    def every(cls, period_days: int, *, counted: bool = False) -> FollowParams:
        """Choose what suits a series of this many days from point to point.

        Shares of cases are judged by how unlikely a count is, which no skew or heavy tail upsets:
        nearly the whole budget that people are promised may be spent, and alarms need not be joined
        over so many quiet points.
        """
        rule = AlarmRule(false_per_year=COUNTED) if counted else AlarmRule()
        if period_days < WEEK:
            return cls(rule)
        return cls(rule, relearn=2, settle=13, join=1 if counted else 3)


@dataclass(frozen=True, slots=True)
class Episode:
    """Neighbouring alarms on one side, as one.

    Parameters
    ----------
    since : int
        Place of the point at which the change most likely began.
    found : int
        Place of the first alarm.
    until : int
        Place of the last alarm.
    high : bool
        Whether the values lie above what was expected.
    new_level : bool
        Whether it lasted so long that the level is now expected.
    """

    since: int
    found: int
    until: int
    high: bool
    new_level: bool


@dataclass(frozen=True, slots=True, eq=False)
class Followed:
    """A series with what was expected of it at each point, before the point was known.

    Parameters
    ----------
    expected, spread : ndarray, shape (n,)
        In the unit of the values; NaN where the series was not judged yet.
    standard : ndarray, shape (n,)
        Values in sigma from what was expected; NaN for gaps and where it was not judged yet.
    episodes : tuple of Episode
        By the place of the first alarm.
    """

    expected: Values
    spread: Values
    standard: Values
    episodes: tuple[Episode, ...]


def follow(
    values: Values,
    cycles: Sequence[float],
    points_per_year: float,
    params: FollowParams | None = None,
    sizes: Values | None = None,
) -> Followed:
    """Walk through a series, learn from what has passed, and judge what comes.

    At every ``relearn`` points the baseline is learned from the points before, without those of an
    episode, and the next ones are judged: the jump by itself, the shift by the moving average. An
    episode begins where the likelihood of a change is highest, and ends with its last alarm; when
    it lasts for ``settle`` points the baseline takes the new level, and watching starts afresh.

    Parameters
    ----------
    values : ndarray, shape (n,)
        Evenly spaced, NaN for gaps.
    cycles : sequence of float
        Lengths of the seasons, in points: 7 and 365.25 for days.
    points_per_year : float
        What the budget of the rule is counted against.
    params : FollowParams, optional
        How to watch.
    sizes : ndarray, shape (n,), optional
        Cases behind each value, where the values are shares of cases: then they are judged by how
        unlikely such a count is (:func:`~salus.monitor.detectors.share_baseline.learn_shares`).

    Returns
    -------
    Followed
        Without episodes where the series is not longer than the warm-up.

    Examples
    --------
    >>> values = np.tile([9.0, 10, 11, 10], 20)
    >>> values[70:] += 6
    >>> episode = follow(values, [], 52).episodes[0]
    >>> episode.since, episode.found, episode.high
    (70, 70, True)

    References
    ----------
    D. V. Hinkley (1970), Inference about the change-point in a sequence of random variables.
    Biometrika 57.
    """
    walk = _Walk(values, points_per_year, params or FollowParams(), sizes)
    for origin in range(walk.params.warm_up, len(values), walk.params.relearn):
        walk.take_new_level(origin)
        if np.isfinite(walk.lessons[:origin]).sum() >= walk.params.warm_up // 2:
            walk.judge(origin, min(origin + walk.params.relearn, len(values)), cycles)
    walk.close()
    return Followed(walk.expected, walk.spread, walk.standard, tuple(walk.episodes))


class _Walk:
    """Where a walk through a series stands."""

    def __init__(
        self,
        values: Values,
        points_per_year: float,
        params: FollowParams,
        sizes: Values | None,
    ) -> None:
        self.values, self.params, self.sizes = values, params, sizes
        self.points_per_year = points_per_year
        self.jump = self.shift = np.inf
        self.lessons = values.copy()
        self.expected, self.spread, self.standard = np.full((3, len(values)), np.nan)
        self.episodes: list[Episode] = []
        self.open: Episode | None = None
        self.steps: list[int] = []
        self.average = 0.0

    def judge(self, origin: int, stop: int, cycles: Sequence[float]) -> None:
        base = self._learned(origin, stop, cycles)
        now = slice(origin, stop)
        self.expected[now], self.spread[now] = base.expected[now], base.spread[now]
        standard = base.standard(np.concatenate([self.lessons[:origin], self.values[now]]))
        self.standard[now] = standard[now]
        self.jump, self.shift = self.params.rule.limits(
            standard[:origin], self.points_per_year, normal=self.sizes is not None
        )
        for place in range(origin, stop):
            if np.isfinite(standard[place]):
                self._point(place, float(standard[place]))

    def _learned(self, origin: int, stop: int, cycles: Sequence[float]) -> Baseline | ShareBaseline:
        if self.sizes is None:
            return learn_baseline(self.lessons[:origin], stop, cycles, self.steps)
        return learn_shares(self.lessons[:origin], self.sizes[:stop], cycles, self.steps)

    def _point(self, place: int, value: float) -> None:
        self.average = self.params.rule.average(self.average, value)
        if abs(value) > self.jump:
            self._alarm(place, high=value > 0)
        elif abs(self.average) > self.shift:
            self._alarm(place, high=self.average > 0)

    def _alarm(self, place: int, *, high: bool) -> None:
        if self.open and self.open.high == high and place - self.open.until <= self.params.join + 1:
            self.open = replace(self.open, until=place)
        else:
            self.close()
            since = self._since(place, high=high)
            self.open = Episode(since, place, place, high, new_level=False)
        self.lessons[self.open.since : place + 1] = np.nan

    def _since(self, place: int, *, high: bool) -> int:
        first = max(self.params.warm_up, self.episodes[-1].until + 1 if self.episodes else 0)
        first = max(first, place - self.params.join)
        heights = np.nan_to_num(self.standard[first : place + 1]) * (1 if high else -1)
        sums = np.cumsum(heights[::-1])[::-1]
        return first + int(np.argmax(sums / np.sqrt(np.arange(len(sums), 0, -1))))

    def take_new_level(self, origin: int) -> None:
        episode = self.open
        if not episode or origin - episode.until > self.params.join + 1:
            return
        if episode.until - episode.since + 1 >= self.params.settle:
            self.open = replace(episode, new_level=True)
            self.close()
            self.steps.append(episode.since)
            self.lessons[episode.since : origin] = self.values[episode.since : origin]
            self.average = 0.0

    def close(self) -> None:
        if self.open:
            self.episodes.append(self.open)
            self.open = None
