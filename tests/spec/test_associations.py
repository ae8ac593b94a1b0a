"""What every association promises, run on each one that is found in the package."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pytest

from salus.core.errors import DefectError
from salus.core.messages import Message, say
from salus.core.rng import stream
from salus.treat import association
from salus.treat.association.base import Lesson
from salus.treat.association.learning import ASSOCIATIONS
from salus.treat.checks import check_association

if TYPE_CHECKING:
    from salus.treat.association.base import Association


def found() -> list[Any]:
    """Walk the package for classes that learn under a name."""
    modules = [
        importlib.import_module(f"{association.__name__}.{module.name}")
        for module in pkgutil.iter_modules(association.__path__)
    ]
    return [
        member
        for module in modules
        for _, member in inspect.getmembers(module, inspect.isclass)
        if member.__module__ == module.__name__
        and hasattr(member, "fit")
        and isinstance(getattr(member, "name", None), str)
    ]


@pytest.mark.parametrize("kind", found())
def test_our_own_keep_the_promise(kind: type[Association]) -> None:
    """Each method of the package passes the public check as it is configured by default."""
    check_association(kind())


def test_all_of_them_are_compared() -> None:
    """A method that lies in the package takes part in the comparison."""
    assert {type(method) for method in ASSOCIATIONS} == set(found())


@pytest.mark.parametrize("kind", found())
def test_a_bent_border_is_learned(kind: type[Association]) -> None:
    """Each method tells two arms apart whose border is no straight line."""
    values = stream(1, "ring").normal(size=(3_000, 2))
    inside = (values**2).sum(1) < 1.4
    fitted = kind().fit(Lesson(values, inside.astype(int), np.ones(3_000), 2), 1)
    other = stream(2, "ring").normal(size=(800, 2))
    right = fitted.strengths(other).argmax(1) == ((other**2).sum(1) < 1.4)
    assert right.mean() > 0.9


@pytest.mark.parametrize("kind", found())
def test_whoever_counts_more_is_heard_more(kind: type[Association]) -> None:
    """Of two arms given to the same kind of patient, that of the greater weight is taken."""
    values, arm = np.ones((200, 1)), np.arange(200) % 2
    for heavy in (0, 1):
        weight = np.where(arm == heavy, 5.0, 1.0)
        fitted = kind().fit(Lesson(values, arm, weight, 2), 1)
        assert fitted.strengths(values[:1]).argmax() == heavy


class Careless:
    """Breaks what can be broken at once."""

    name: ClassVar[str] = "careless"
    label: ClassVar[Message] = say("careless")
    calls = 0

    def fit(self, lesson: Lesson, seed: int) -> Careless:
        """Change the rows, and learn nothing."""
        assert seed
        lesson.values[0] = -1
        return self

    def strengths(self, values: np.ndarray) -> np.ndarray:
        """Answer otherwise each time."""
        self.calls += 1
        return np.full((len(values), 4), float(self.calls))


@pytest.mark.parametrize(
    "sentence",
    ["the rows were changed", "not minus infinity", "gave two answers", "on the other rows"],
)
def test_a_broken_promise_is_named(sentence: str) -> None:
    """The check says which promise is broken."""
    with pytest.raises(DefectError, match=sentence):
        check_association(Careless())
