"""Every method that stands in the package keeps the promises of a method."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

import pytest

from salus.allocate import city
from salus.allocate.city.checks import check_city_solver
from salus.allocate.city.exact import Exact
from salus.allocate.city.greedy import Greedy

if TYPE_CHECKING:
    from salus.allocate.city.base import CityMethod
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.core.clock import Clock


def _methods() -> list[type[CityMethod]]:
    modules = [
        importlib.import_module(f"{city.__name__}.{module.name}")
        for module in pkgutil.iter_modules(city.__path__)
    ]
    return [
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type)
        and value.__module__ == module.__name__
        and {"name", "proves", "solve"} <= vars(value).keys()
    ]


def test_the_walk_finds_the_methods() -> None:
    """The walk through the package finds the eight methods that stand."""
    assert {method.name for method in _methods()} == {
        "auto",
        "brute",
        "exact",
        "flow",
        "greedy",
        "nearest",
        "prices",
        "rolling",
    }


@pytest.mark.parametrize("method", _methods(), ids=lambda method: method.name)
def test_every_method_keeps_its_promises(method: type[CityMethod]) -> None:
    """Each method found by walking the package passes the public check."""
    check_city_solver(method())


class _Boastful(Greedy):
    """Greedy that claims to be optimal."""

    proves: ClassVar[bool] = True


class _Crowding(Exact):
    """Exact that believes in twice the beds."""

    def solve(self, problem: CityProblem, clock: Clock) -> CityPlan:
        """Plan with beds that are not there."""
        return super().solve(replace(problem, capacity=2 * problem.capacity), clock)


class _Impostor(Exact):
    """Exact under a false name."""

    def solve(self, problem: CityProblem, clock: Clock) -> CityPlan:
        """Sign with another name."""
        return replace(super().solve(problem, clock), method="miracle")


class _Choosy(Greedy):
    """Greedy that fits nothing, and plans all the same."""

    def fits(self, problem: CityProblem) -> bool:  # noqa: ARG002 - the protocol asks
        """Refuse everything."""
        return False


@pytest.mark.parametrize(
    ("method", "promise"),
    [
        (_Boastful(), "claims a bound"),
        (_Crowding(), "breaks capacity"),
        (_Impostor(), "signs miracle"),
        (_Choosy(), "refuses a problem"),
    ],
)
def test_a_broken_promise_is_named(method: CityMethod, promise: str) -> None:
    """A method that breaks a promise is caught, and the promise is named."""
    with pytest.raises(AssertionError, match=promise):
        check_city_solver(method)
