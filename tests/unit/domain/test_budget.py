"""A budget is a value that adds exactly and cannot be overspent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salus.domain.budget import Budget, Loss

EPSILONS = st.floats(0, 100)


@given(EPSILONS)
def test_a_loss_is_never_written_smaller_than_it_is(epsilon: float) -> None:
    """And larger by less than one unit."""
    loss = Loss.of(epsilon)
    assert epsilon <= loss.epsilon < epsilon + 2e-9


def test_ten_tenths_are_one() -> None:
    """Floating numbers would leave a rest, or take one."""
    whole = Budget(Loss.of(1.0))
    for _ in range(10):
        whole += Loss.of(0.1)
    assert whole.left == Loss()
    with pytest.raises(ValueError, match="spent must be at most"):
        whole + Loss(1)


@given(st.lists(st.integers(0, 50), max_size=20), st.integers(0, 300))
def test_what_is_allowed_can_be_added_and_nothing_else(costs: list[int], granted: int) -> None:
    """``allows`` and ``+`` never disagree, and what was spent is the sum of what was added."""
    budget, spent = Budget(Loss(granted)), 0
    for cost in costs:
        if budget.allows(Loss(cost)):
            budget, spent = budget + Loss(cost), spent + cost
        else:
            with pytest.raises(ValueError, match="at most"):
                budget + Loss(cost)
    assert budget.spent.units == spent <= granted


@pytest.mark.parametrize("epsilon", [-0.1, float("nan"), float("inf")])
def test_a_loss_that_is_none_is_refused(epsilon: float) -> None:
    """Nothing is given back, and nothing is without bound."""
    with pytest.raises(ValueError, match="epsilon must be"):
        Loss.of(epsilon)
