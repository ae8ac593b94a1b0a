"""What the weights are learned from, and when they are not."""

from __future__ import annotations

import pytest

from salus.data.linkage.comparisons import COMPARISONS, Comparison
from salus.data.linkage.learning import learned
from salus.data.linkage.params import LinkParams
from salus.data.linkage.registrations import registered
from tests.fakes.register import JANE, register

LEARN = LinkParams(learn_from=100, pairs=1_000)


def test_a_small_register_is_judged_by_the_weights_given() -> None:
    """A few hundred rows hold too few doubles to learn from."""
    with registered(register(JANE)) as connection:
        assert learned(connection, 1, LinkParams()) is COMPARISONS


def test_a_register_of_nothing_teaches_nothing() -> None:
    """No pair shares a key, so every weight stays as it was given."""
    with registered(register(*[{}] * 120)) as connection:
        assert learned(connection, 120, LEARN) == COMPARISONS


def test_what_was_learned_speaks_the_right_way() -> None:
    """In a register of one name a name says nothing, and never the contrary."""
    people = [JANE | {"identifier": str(k), "phone": str(7 * k)} for k in range(150)]
    with registered(register(*people)) as connection:
        for each in learned(connection, 150, LEARN):
            assert each.levels[0].weight > 0 > each.levels[-1].weight
            assert all(0 < level.m <= 1 for level in each.levels)


@pytest.mark.parametrize("comparison", COMPARISONS, ids=lambda each: each.field)
def test_the_weights_given_are_shares(comparison: Comparison) -> None:
    """The shares of all levels add up to one, and sameness speaks for one person."""
    assert sum(level.m for level in comparison.levels) == pytest.approx(1)
    assert sum(level.u for level in comparison.levels) == pytest.approx(1, abs=1e-4)
    assert comparison.levels[0].weight > 0 > comparison.levels[-1].weight
