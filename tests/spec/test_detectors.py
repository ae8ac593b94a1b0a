"""What every detector promises, run on each one that is found in the package."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pytest

from salus.core.errors import DefectError
from salus.core.messages import Message, say
from salus.monitor import detectors
from salus.monitor.checks import check_detector
from salus.monitor.detectors.base import Judgement

if TYPE_CHECKING:
    from salus.monitor.detectors.base import Detector


def found() -> list[Any]:
    """Walk the package for classes that judge under a name."""
    modules = [
        importlib.import_module(f"{detectors.__name__}.{module.name}")
        for module in pkgutil.iter_modules(detectors.__path__)
    ]
    return [
        member
        for module in modules
        for _, member in inspect.getmembers(module, inspect.isclass)
        if member.__module__ == module.__name__
        and hasattr(member, "judge")
        and hasattr(member, "name")
    ]


@pytest.mark.parametrize("kind", found())
def test_our_own_keep_the_promise(kind: type[Detector]) -> None:
    """Each detector of the package passes the public check as it is configured by default."""
    check_detector(kind())


def test_there_are_two() -> None:
    """The forest and the seasonal residuals are found by the walk."""
    assert sorted(kind.name for kind in found()) == ["isolation_forest", "seasonal_residual"]


class Careless:
    """Breaks what can be broken at once."""

    name: ClassVar[str] = "careless"
    label: ClassVar[Message] = say("careless")
    calls = 0

    def judge(self, history: np.ndarray, live: np.ndarray, seed: int) -> Judgement:
        """Change what was given, and answer otherwise each time."""
        assert seed == 1
        self.calls += 1
        history[0], live[0] = -1, -1
        scores = np.full(len(live), float(self.calls))
        scores[0] = np.inf
        return Judgement(scores, 0.5, -np.ones(live.shape), ((),) * len(live))


class Short(Careless):
    """Leaves columns out."""

    def judge(self, history: np.ndarray, live: np.ndarray, seed: int) -> Judgement:
        """Contribute for no column."""
        del history, seed
        return Judgement(np.zeros(len(live)), 1, np.zeros((len(live), 0)), ((),) * len(live))


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (Careless(), "not finite"),
        (Careless(), "negative"),
        (Careless(), "a row of gaps was flagged"),
        (Careless(), "a flagged row has no cause"),
        (Careless(), "gave two judgements"),
        (Careless(), "column noise: history or live rows were changed"),
        (Short(), "another shape than the live rows"),
    ],
)
def test_a_broken_promise_is_named(broken: Detector, sentence: str) -> None:
    """The check says which promise is broken, on which history."""
    with pytest.raises(DefectError, match=sentence):
        check_detector(broken)


def test_parts_that_do_not_belong_together_are_refused() -> None:
    """A judgement has a cause and contributions for each row."""
    with pytest.raises(ValueError, match="causes must be between 2 and 2 rows"):
        Judgement(np.zeros(2), 1, np.zeros((2, 1)), ((),))
