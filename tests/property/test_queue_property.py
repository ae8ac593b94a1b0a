"""Random queues: every dispatch is right, the stable is the best of the stable, brute agrees."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salus.allocate.queue.assignment import Assignment
from salus.allocate.queue.brute import Brute, every_way
from salus.allocate.queue.checks import small_queue
from salus.allocate.queue.deferred_acceptance import DeferredAcceptance
from salus.allocate.queue.dispatch import begins, signed
from salus.allocate.queue.distribution import Distribution
from salus.allocate.queue.greedy import Greedy
from salus.allocate.queue.verify import verify
from salus.core.clock import SystemClock

if TYPE_CHECKING:
    from salus.allocate.queue.problem import QueueProblem

CLOCK = SystemClock()
seeds = st.integers(0, 10**6)


@st.composite
def queues(draw: st.DrawFn, longest: int = 40, *, coupled: bool = False) -> QueueProblem:
    """Draw a queue, in plenty or in shortage."""
    patients, supply = draw(st.integers(0, longest)), draw(st.integers(0, 8))
    return small_queue(draw(seeds), patients=patients, supply=supply, coupled=coupled)


@given(queues())
def test_every_dispatch_is_right(queue: QueueProblem) -> None:
    """No method breaks a rule, and each is stable where it says so."""
    for method in (Distribution(), Greedy(), DeferredAcceptance(), Assignment()):
        assert verify(queue, method.dispatch(queue, CLOCK), method.ranking) == ()


@given(queues(coupled=True), st.sampled_from([1.0, 1 / 3, 0.1]))
def test_shared_resources_are_given_rightly(queue: QueueProblem, share: float) -> None:
    """Distribution and greedy stay stable where services share resources, down to fractions."""
    queue = replace(queue, uses=queue.uses * np.array([1.0, share]))
    for method in (Distribution(), Greedy()):
        assert verify(queue, method.dispatch(queue, CLOCK), method.ranking) == ()


@given(queues())
def test_nothing_costs_less_than_the_assignment(queue: QueueProblem) -> None:
    """The assignment costs no more than any other method."""
    least = Assignment().dispatch(queue, CLOCK).cost
    for method in (Distribution(), Greedy(), DeferredAcceptance()):
        assert least <= method.dispatch(queue, CLOCK).cost * (1 + 1e-9) + 1e-3


@given(queues(longest=5))
def test_the_slow_twin_agrees(queue: QueueProblem) -> None:
    """Trying everything finds the cost of the assignment, and leaves no more severity waiting."""
    best, brute = (method.dispatch(queue, CLOCK) for method in (Assignment(), Brute()))
    assert best.cost == pytest.approx(brute.cost, rel=1e-9, abs=1e-3)
    assert best.points[best.place < 0].sum() == pytest.approx(
        brute.points[brute.place < 0].sum(), rel=1e-6, abs=1e-6
    )


@given(queues(longest=4))
def test_deferred_acceptance_is_the_soonest_of_the_stable(queue: QueueProblem) -> None:
    """Of all stable dispatches, none begins the care of anybody sooner."""
    method = DeferredAcceptance()
    soonest = begins(queue, method.dispatch(queue, CLOCK).place)
    for way in every_way(queue):
        other = signed(queue, "every way", np.array(way, dtype=np.int64), 0.0)
        if not verify(queue, other, method.ranking):
            assert (soonest <= begins(queue, other.place)).all()
