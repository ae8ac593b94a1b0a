"""Noise: as much as promised, no more loss than proven, and the right answer in the middle."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.core.errors import EnvironmentFaultError
from salus.domain.budget import Loss
from salus.trust.noise.interval import half_width
from salus.trust.noise.mechanism import Mechanism, count, histogram, total

if TYPE_CHECKING:
    from numpy.typing import NDArray

DRAWS = 4_000
ROWS = np.array([0, 0, 1, 2, 2, 2, 7], dtype=np.int64)


def _draws(mechanism: Mechanism) -> NDArray[np.int64]:
    return np.array([mechanism.draw(ROWS) for _ in range(DRAWS)])


@pytest.mark.parametrize(
    ("mechanism", "truth"),
    [
        (count(1, 1.0), [7]),
        (count(3, 0.5), [7]),
        (total(1, 0, 5, 1.0), [0 + 0 + 1 + 2 + 2 + 2 + 5]),
        (total(2, -4, 1, 2.0), [0 + 0 + 1 + 1 + 1 + 1 + 1]),
        (histogram(1, 3, 1.0), [2, 1, 3, 1]),
    ],
)
def test_the_noise_has_its_mean_and_its_scale(mechanism: Mechanism, truth: list[int]) -> None:
    """Over many draws: no bias, the variance promised, and 95 in 100 within the interval.

    OpenDP draws from the operating system, so no seed makes this repeat; the bounds are so wide
    that one run in many millions fails by chance.
    """
    noise = _draws(mechanism) - np.array(truth)
    ratio = np.exp(-1 / mechanism.scale)
    variance = 2 * ratio / (1 - ratio) ** 2
    assert noise.shape == (DRAWS, len(truth))
    assert np.abs(noise.mean(axis=0)) == pytest.approx(0, abs=6 * np.sqrt(variance / DRAWS))
    assert noise.var(axis=0) == pytest.approx(variance, rel=0.3)
    inside = (np.abs(noise) <= half_width(mechanism.scale)).mean()
    assert 0.93 < inside < 1


@pytest.mark.parametrize("epsilon", [0.001, 0.1, 0.3, 1 / 3, 0.7, 1.0, 10.0])
@pytest.mark.parametrize("rows", [1, 3, 7])
def test_the_proven_loss_is_what_was_asked_for_and_never_more(epsilon: float, rows: int) -> None:
    """Rounding goes to the side of the person, by less than a thousand-millionth."""
    for mechanism in (
        count(rows, epsilon),
        total(rows, 0, 9, epsilon),
        histogram(rows, 4, epsilon),
    ):
        assert mechanism.loss <= Loss.of(epsilon)
        assert mechanism.loss.epsilon == pytest.approx(epsilon, abs=2e-9)


def test_more_rows_of_a_person_mean_more_noise() -> None:
    """Who may come with three rows is hidden by three times the noise."""
    assert count(3, 1.0).scale == pytest.approx(3 * count(1, 1.0).scale)
    assert total(1, -50, 20, 1.0).scale == pytest.approx(50)


def test_an_answer_about_nobody_is_noise_alone() -> None:
    """Empty data are answered too; that they are empty is not told."""
    assert count(1, 1.0).draw(np.array([], dtype=np.int64)).shape == (1,)


def test_two_draws_are_two_answers() -> None:
    """A hundred draws are not all alike: nothing of it is fixed by a seed that somebody knows."""
    mechanism = count(1, 0.1)
    assert len({int(mechanism.draw(ROWS)[0]) for _ in range(100)}) > 10


@pytest.mark.parametrize(
    ("rows", "epsilon"), [(0, 1.0), (1, 0.0), (1, float("nan")), (1, float("inf"))]
)
def test_a_promise_that_cannot_be_kept_is_refused(rows: int, epsilon: float) -> None:
    """No rows, no loss, or no number."""
    with pytest.raises(ValueError, match="must be"):
        count(rows, epsilon)


def test_bounds_in_the_wrong_order_are_refused() -> None:
    """A sum needs a low bound below its high one."""
    with pytest.raises(ValueError, match="low must be"):
        total(1, 5, 1, 1.0)


def test_without_opendp_the_part_says_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The core alone runs; this part names its extra."""
    monkeypatch.setitem(sys.modules, "opendp.prelude", None)
    with pytest.raises(EnvironmentFaultError, match=r"make doors .* extras \[privacy\]"):
        count(1, 1.0)
