"""Every method that stands in the package keeps the promises of a method."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

import pytest

from salus.allocate import queue
from salus.allocate.queue.assignment import Assignment
from salus.allocate.queue.checks import check_queue_method
from salus.allocate.queue.distribution import Distribution
from salus.allocate.queue.greedy import Greedy
from salus.allocate.queue.ranking import Ranking

if TYPE_CHECKING:
    from salus.allocate.queue.base import QueueMethod
    from salus.allocate.queue.dispatch import Dispatch
    from salus.allocate.queue.problem import QueueProblem
    from salus.core.clock import Clock


def _methods() -> list[type[QueueMethod]]:
    modules = [
        importlib.import_module(f"{queue.__name__}.{module.name}")
        for module in pkgutil.iter_modules(queue.__path__)
    ]
    return [
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type)
        and value.__module__ == module.__name__
        and {"name", "ranking", "dispatch"} <= vars(value).keys()
    ]


def test_the_walk_finds_the_methods() -> None:
    """The walk through the package finds the five methods that stand."""
    assert {method.name for method in _methods()} == {
        "assignment",
        "brute",
        "deferred_acceptance",
        "distribution",
        "greedy",
    }


@pytest.mark.parametrize("method", _methods(), ids=lambda method: method.name)
def test_every_method_keeps_its_promises(method: type[QueueMethod]) -> None:
    """Each method found by walking the package passes the public check."""
    check_queue_method(method())


class _Boastful(Assignment):
    """Assignment that claims to pass nobody over."""

    ranking: ClassVar[Ranking | None] = Ranking.PRIORITY


class _Crowding(Greedy):
    """Greedy that believes in one bed more everywhere."""

    def dispatch(self, problem: QueueProblem, clock: Clock) -> Dispatch:
        """Dispatch with beds that are not there."""
        return super().dispatch(replace(problem, free=problem.free + 1), clock)


class _Impostor(Greedy):
    """Greedy under a false name."""

    def dispatch(self, problem: QueueProblem, clock: Clock) -> Dispatch:
        """Sign with another name."""
        return replace(super().dispatch(problem, clock), method="miracle")


class _Choosy(Distribution):
    """Distribution that fits nothing, and dispatches all the same."""

    def fits(self, problem: QueueProblem) -> bool:  # noqa: ARG002 - the protocol asks
        """Refuse everything."""
        return False


@pytest.mark.parametrize(
    ("method", "promise"),
    [
        (_Boastful(), "breaks passed_over"),
        (_Crowding(), "breaks units"),
        (_Impostor(), "not miracle"),
        (_Choosy(), "refuses a queue"),
    ],
)
def test_a_broken_promise_is_named(method: QueueMethod, promise: str) -> None:
    """A method that breaks a promise is caught, and the promise is named."""
    with pytest.raises(AssertionError, match=promise):
        check_queue_method(method)
