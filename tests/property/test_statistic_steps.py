"""The bounds of a sum are those that were asked for, or the question is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salus.core.errors import InputError
from salus.service.statistic.request import Statistic, StatisticRequest
from salus.service.statistic.rows import refuse_question

STEPS = st.sampled_from([0.001, 0.1, 0.3, 0.5, 1.0, 2.5, 100.0])


def _sum(low: float, high: float, step: float) -> StatisticRequest:
    return StatisticRequest(
        "hamlet", "observation", Statistic.SUM, 0.5, "value", low, high, step=step
    )


@given(st.integers(-10_000, 10_000), st.integers(1, 10_000), STEPS)
def test_bounds_of_whole_steps_are_taken(low: int, more: int, step: float) -> None:
    """However the step is written in binary."""
    refuse_question(_sum(low * step, (low + more) * step, step))


@given(st.integers(-1_000, 1_000), st.integers(0, 1_000), st.floats(0.01, 0.99), STEPS)
def test_a_bound_between_two_steps_is_refused(
    low: int, more: int, part: float, step: float
) -> None:
    """Also where the step is larger than the range: rounding would move the bound."""
    with pytest.raises(InputError, match="cannot be counted in steps"):
        refuse_question(_sum(low * step, (low + more + part) * step, step))
