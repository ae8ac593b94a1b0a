"""Scenarios: what is refused, what is drawn, what is kept."""

from __future__ import annotations

import numpy as np
import pytest

from salus.allocate.city.checks import small_city
from salus.allocate.city.uncertain.reduction import reduce_scenarios
from salus.allocate.city.uncertain.sampling import (
    Correlation,
    from_moments,
    from_quantiles,
    quantiles_of_bands,
)
from salus.allocate.city.uncertain.scenarios import Scenarios, equally_likely

SHAPE = (3, 2, 4)
LOOSE = Correlation.even(SHAPE)


def test_all_that_is_wrong_with_scenarios_is_named() -> None:
    """A negative need and probabilities that do not add up are named together."""
    need = np.ones((2, 1, 1, 1))
    need[1] = -4
    with pytest.raises(ValueError, match=r"need must be .*-4.*add up to 1, but adds up to 0\.9"):
        Scenarios(need, np.array([0.5, 0.4]))


@pytest.mark.parametrize(
    ("need", "probability", "told"),
    [
        (np.ones((2, 1, 1)), np.full(2, 0.5), "need must have shape"),
        (np.ones((0, 1, 1, 1)), np.zeros(0), "each at least 1"),
        (np.full((1, 1, 1, 1), np.nan), np.ones(1), "need must be finite"),
        (np.ones((2, 1, 1, 1)), np.ones(3), r"probability must have shape \(2,\)"),
        (np.ones((2, 1, 1, 1)), np.array([1.5, -0.5]), "0 or more, but holds -0.5"),
        (np.ones((2, 1, 1, 1)), np.array([np.nan, 1.0]), "holds nan"),
    ],
)
def test_scenarios_that_mean_nothing_are_refused(
    need: np.ndarray, probability: np.ndarray, told: str
) -> None:
    """Each refusal says what must hold and what was found."""
    with pytest.raises(ValueError, match=told):
        Scenarios(need, probability)


def test_a_scenario_of_another_size_does_not_fit_the_city() -> None:
    """The city refuses a need of a shape that is not its own."""
    with pytest.raises(ValueError, match="need must have shape"):
        equally_likely(np.ones((2, 1, 1, 1))).city(small_city(0), 1)


def test_draws_keep_their_moments_and_correlations() -> None:
    """Many draws have the mean, the spread and the correlation that were asked for."""
    mean = np.full(SHAPE, 40.0)
    together = Correlation.even(SHAPE, districts=0.8, services=0.5, periods=0.6)
    drawn = from_moments(mean, 0.1 * mean, together, count=4000, seed=3).need
    assert drawn.mean() == pytest.approx(40, rel=0.01)
    assert drawn.std(axis=0).mean() == pytest.approx(4, rel=0.05)
    assert np.corrcoef(drawn[:, 0, 0, 0], drawn[:, 2, 0, 0])[0, 1] == pytest.approx(0.8, abs=0.05)
    assert np.corrcoef(drawn[:, 0, 0, 0], drawn[:, 0, 1, 2])[0, 1] == pytest.approx(0.18, abs=0.05)


def test_the_same_seed_draws_the_same_scenarios() -> None:
    """Draws depend on the seed alone."""
    mean = np.full(SHAPE, 5.0)
    one, two, other = (
        from_moments(mean, mean, LOOSE, count=5, seed=seed).need for seed in (1, 1, 2)
    )
    assert np.array_equal(one, two)
    assert not np.array_equal(one, other)


def test_where_nothing_varies_need_is_the_mean() -> None:
    """A standard deviation or a mean of zero leaves no doubt."""
    mean, sd = np.full(SHAPE, 5.0), np.zeros(SHAPE)
    mean[0], sd[0] = 0.0, 3.0
    drawn = from_moments(mean, sd, LOOSE, count=3, seed=1).need
    assert np.array_equal(drawn, np.stack([mean] * 3))


def test_perfect_correlation_moves_all_at_once() -> None:
    """With correlation 1 everywhere, one number decides a scenario."""
    mean = np.full(SHAPE, 9.0)
    as_one = Correlation.even(SHAPE, districts=1, services=1, periods=1)
    drawn = from_moments(mean, mean / 3, as_one, count=4, seed=1).need
    assert np.ptp(drawn.reshape(4, -1), axis=1).max() < 1e-6


def test_bands_of_a_forecast_become_quantiles() -> None:
    """Nested bands are put in the order of their levels, around the point."""
    point = np.full(SHAPE, 50.0)
    levels, values = quantiles_of_bands(
        point, {0.5: (point - 5, point + 6), 0.95: (point - 20, point + 30)}
    )
    assert levels == pytest.approx([0.025, 0.25, 0.5, 0.75, 0.975])
    assert values[:, 0, 0, 0].tolist() == [30, 45, 50, 56, 80]
    drawn = from_quantiles(levels, values, LOOSE, count=4000, seed=5).need[:, 0, 0, 0]
    assert np.quantile(drawn, levels[1:4]) == pytest.approx([45, 50, 56], rel=0.02)


def test_what_is_wrong_with_a_forecast_is_named_at_once() -> None:
    """Levels, values, shapes and count are checked together."""
    values = np.stack([np.full(SHAPE, 5.0), np.full(SHAPE, 4.0)])
    with pytest.raises(ValueError, match=r"levels must rise.*must not fall.*count must be 1"):
        from_quantiles(np.array([0.9, 0.1]), values, LOOSE, count=0, seed=1)
    with pytest.raises(ValueError, match="levels must have shape"):
        from_quantiles(np.array([0.5]), values[:1], LOOSE, count=1, seed=1)
    with pytest.raises(ValueError, match=r"mean must end with shape.*sd must be finite"):
        from_moments(np.ones((1, 1, 1)), np.full(SHAPE, np.nan), LOOSE, count=1, seed=1)


def test_what_is_no_correlation_is_refused() -> None:
    """Each of the three matrices is named with its fault."""
    with pytest.raises(ValueError, match=r"districts must be from 0 to 1, but is 2.*periods"):
        Correlation.even(SHAPE, districts=2, periods=-1)
    far = np.array([[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]])
    lop = np.array([[1, 0.5], [0.1, 1]])
    with pytest.raises(ValueError, match=r"no eigenvalue below 0.*symmetric.*square"):
        Correlation(far, lop, np.ones((2, 3)))
    with pytest.raises(ValueError, match="finite"):
        Correlation(np.full((1, 1), np.nan), np.ones((1, 1)), np.ones((1, 1)))


def test_a_reduction_out_of_range_is_refused() -> None:
    """None, more than there are, or weights that do not fit cannot be kept."""
    drawn = equally_likely(np.arange(1.0, 5.0).reshape(4, 1, 1, 1))
    for keep in (0, 5):
        with pytest.raises(ValueError, match="keep must be between 1 and 4"):
            reduce_scenarios(drawn, keep)
    with pytest.raises(ValueError, match=r"weight must have shape \(1,\)"):
        reduce_scenarios(drawn, 2, weight=np.array([1.0, 2.0]))


def test_twins_stand_for_themselves() -> None:
    """Of equal scenarios that are all kept, each keeps its own probability."""
    drawn = Scenarios(np.ones((3, 1, 1, 1)), np.array([0.2, 0.3, 0.5]))
    found = reduce_scenarios(drawn, 3)
    assert found.distance == 0
    assert found.scenarios.probability[np.argsort(found.kept)].tolist() == [0.2, 0.3, 0.5]


def test_a_weight_decides_which_service_tells_scenarios_apart() -> None:
    """With all the weight on the second service, its outlier is kept."""
    need = np.ones((4, 1, 2, 1))
    need[0, 0, 0], need[3, 0, 1] = 50, 9
    found = reduce_scenarios(equally_likely(need), 2, weight=np.array([0.0, 1.0]))
    assert 3 in found.kept
    assert found.distance == 0
