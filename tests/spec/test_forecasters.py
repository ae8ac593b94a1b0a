"""What every forecaster promises, run on each one that is found in the package."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pytest

from salus.core.errors import DefectError
from salus.core.messages import Message, say
from salus.monitor import forecasters
from salus.monitor.checks import check_forecaster
from salus.monitor.forecast import METHODS

if TYPE_CHECKING:
    from salus.monitor.forecasters.base import Forecaster


def found() -> list[Any]:
    """Walk the package for classes that forecast under a name."""
    modules = [
        importlib.import_module(f"{forecasters.__name__}.{module.name}")
        for module in pkgutil.iter_modules(forecasters.__path__)
    ]
    return [
        member
        for module in modules
        for _, member in inspect.getmembers(module, inspect.isclass)
        if member.__module__ == module.__name__
        and hasattr(member, "forecast")
        and hasattr(member, "name")
    ]


@pytest.mark.parametrize("kind", found())
def test_our_own_keep_the_promise(kind: type[Forecaster]) -> None:
    """Each method of the package passes the public check as it is configured by default."""
    check_forecaster(kind())


def test_all_of_them_are_compared() -> None:
    """A method that lies in the package takes part in the choice."""
    assert {type(method) for method in METHODS} == set(found())


class Careless:
    """Breaks what can be broken at once."""

    name: ClassVar[str] = "careless"
    label: ClassVar[Message] = say("careless")
    calls = 0

    def forecast(self, values: np.ndarray, horizon: int, season: int) -> np.ndarray:
        """Change the history, and answer otherwise each time."""
        assert season >= 1
        self.calls += 1
        values[0] = -1
        return np.full(horizon, -float(self.calls))


class Gappy(Careless):
    """Knows no gaps and the wrong horizon."""

    def forecast(self, values: np.ndarray, horizon: int, season: int) -> np.ndarray:
        """Average without a look at gaps, one value too many."""
        assert season >= 1
        return np.full(horizon + 1, values.mean())


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (Careless(), "the history was changed"),
        (Careless(), "gave two paths"),
        (Careless(), "led below zero"),
        (Careless(), "column constant: a constant history was not carried forward"),
        (Gappy(), "does not hold 5 finite values"),
    ],
)
def test_a_broken_promise_is_named(broken: Forecaster, sentence: str) -> None:
    """The check says which promise is broken, on which history."""
    with pytest.raises(DefectError, match=sentence):
        check_forecaster(broken)
