"""What every classifier promises, run on each one that is found in the package."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pytest

from salus.core.errors import DefectError
from salus.core.messages import Message, say
from salus.treat import classifiers
from salus.treat.checks import check_classifier
from salus.treat.learn import METHODS

if TYPE_CHECKING:
    from salus.treat.classifiers.base import Classifier


def found() -> list[Any]:
    """Walk the package for classes that learn under a name."""
    modules = [
        importlib.import_module(f"{classifiers.__name__}.{module.name}")
        for module in pkgutil.iter_modules(classifiers.__path__)
    ]
    return [
        member
        for module in modules
        for _, member in inspect.getmembers(module, inspect.isclass)
        if member.__module__ == module.__name__
        and hasattr(member, "fit")
        and hasattr(member, "name")
    ]


@pytest.mark.parametrize("kind", found())
def test_our_own_keep_the_promise(kind: type[Classifier]) -> None:
    """Each method of the package passes the public check as it is configured by default."""
    check_classifier(kind())


def test_all_of_them_are_compared() -> None:
    """A method that lies in the package takes part in the choice."""
    assert {type(method) for method in METHODS} == set(found())


class Careless:
    """Breaks what can be broken at once."""

    name: ClassVar[str] = "careless"
    label: ClassVar[Message] = say("careless")
    classes = ("?",)
    calls = 0

    def fit(self, values: np.ndarray, labels: np.ndarray, seed: int) -> Careless:
        """Change the rows, and learn nothing."""
        assert len(labels) > seed * 0
        values[0] = -1
        return self

    def probabilities(self, values: np.ndarray) -> np.ndarray:
        """Answer otherwise each time."""
        self.calls += 1
        return np.full((len(values), 1), float(self.calls))


@pytest.mark.parametrize(
    "sentence",
    [
        "the rows were changed",
        "are not those of the training rows",
        "does not add up to 1",
        "gave two answers",
        "depends on the other rows",
    ],
)
def test_a_broken_promise_is_named(sentence: str) -> None:
    """The check says which promise is broken."""
    with pytest.raises(DefectError, match=sentence):
        check_classifier(Careless())


def test_probabilities_of_another_shape_are_named() -> None:
    """A missing column is found."""

    class Short(Careless):
        def probabilities(self, values: np.ndarray) -> np.ndarray:
            return np.zeros((len(values), 0))

    with pytest.raises(DefectError, match="not one for each row and class"):
        check_classifier(Short())
