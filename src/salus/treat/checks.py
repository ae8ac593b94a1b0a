"""Whether a method keeps its promise; for our own methods and for anyone's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.core.errors import DefectError, Faults, Where
from salus.core.messages import Message, say
from salus.core.rng import stream
from salus.treat.association.base import Lesson

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from salus.treat.association.base import Association
    from salus.treat.classifiers.base import Classifier

    Values = NDArray[np.float64]
    Labels = NDArray[np.str_]

ROWS = 60
ARMS = np.array([0, 2, 3])
"""The arms that associations are taught; one in between is left out."""


def check_classifier(classifier: Classifier) -> None:
    """Test a method against the promise of :class:`~salus.treat.classifiers.base.Classifier`.

    Parameters
    ----------
    classifier : Classifier
        An instance, with the parameters it is to be tested with.

    Raises
    ------
    DefectError
        With one fault for each broken promise.

    Examples
    --------
    >>> from salus.treat.classifiers.base_rate import BaseRate
    >>> check_classifier(BaseRate())
    """
    faults = Faults()
    remedy = say("mend the method, see the promise in treat.classifiers.base")
    for case, values, labels in _cases():
        for broken in _broken(classifier, values, labels):
            faults.add(broken, Where(classifier.name, column=case), remedy)
    faults.stop(DefectError)


def _cases() -> Iterator[tuple[str, Values, Labels]]:
    rng = stream(1, "check_classifier")
    values = rng.normal(size=(ROWS, 3))
    three = np.where(values[:, 0] > 0, "I10", np.where(values[:, 1] > 0, "E11", "J18"))
    yield "three classes", values, three
    yield "two classes", values, np.where(values[:, 0] > 0, "I10", "E11")
    yield "one class", values, np.full(ROWS, "I10")
    yield "gaps", np.where(rng.random((ROWS, 3)) < 0.3, np.nan, values), three  # noqa: PLR2004 - three in ten
    yield "unknown column", np.where(np.arange(3) == 1, np.nan, values), three
    yield "constant column", np.where(np.arange(3) == 1, 5.0, values), three
    yield "one row", values[:1], three[:1]


def _broken(classifier: Classifier, values: Values, labels: Labels) -> Iterator[Message]:
    given = values.copy()
    fitted = classifier.fit(given, labels, 3)
    answer = fitted.probabilities(given)
    if not np.array_equal(given, values, equal_nan=True):
        yield say("the rows were changed")
    if fitted.classes != tuple(np.unique(labels).tolist()):
        yield say("the classes are not those of the training rows, sorted")
    if answer.shape != (len(values), len(fitted.classes)) or not np.isfinite(answer).all():
        yield say("the probabilities are not finite, or not one for each row and class")
        return
    if (answer < 0).any() or not np.allclose(answer.sum(1), 1):
        yield say("a row of probabilities is negative or does not add up to 1")
    if not np.array_equal(classifier.fit(values, labels, 3).probabilities(values), answer):
        yield say("the same rows and seed gave two answers")
    if not np.array_equal(fitted.probabilities(values[:1]), answer[:1]):
        yield say("the answer of a row depends on the other rows")
    if not np.isfinite(fitted.probabilities(np.full((1, values.shape[1]), np.nan))).all():
        yield say("a patient of whom nothing is known has no finite answer")


def check_association(association: Association) -> None:
    """Test a method against the promise of :class:`~salus.treat.association.base.Association`.

    Parameters
    ----------
    association : Association
        An instance, with the parameters it is to be tested with.

    Raises
    ------
    DefectError
        With one fault for each broken promise.

    Examples
    --------
    >>> from salus.treat.association.support_vectors import SupportVectors
    >>> check_association(SupportVectors())
    """
    faults = Faults()
    remedy = say("mend the method, see the promise in treat.association.base")
    for case, values, labels in _cases():
        arm = ARMS[np.searchsorted(np.unique(labels), labels)]
        weight = 1 + stream(1, "check_association").random(len(arm))
        for broken in _unkept(association, Lesson(values, arm, weight, int(ARMS.max()) + 1)):
            faults.add(broken, Where(association.name, column=case), remedy)
    faults.stop(DefectError)


def _unkept(association: Association, lesson: Lesson) -> Iterator[Message]:
    given = lesson.values.copy()
    mine = Lesson(given, lesson.arm, lesson.weight, lesson.arms)
    fitted = association.fit(mine, 3)
    answer = fitted.strengths(given)
    if not np.array_equal(given, lesson.values, equal_nan=True):
        yield say("the rows were changed")
    taught = np.isin(np.arange(lesson.arms), lesson.arm)
    shape = (len(lesson.values), lesson.arms)
    if answer.shape != shape or not np.isfinite(answer[:, taught]).all():
        yield say("the strengths are not finite, or not one for each row and arm that was taught")
        return
    if not np.isneginf(answer[:, ~taught]).all():
        yield say("an arm that no lesson was about is not minus infinity")
    if not np.array_equal(association.fit(lesson, 3).strengths(lesson.values), answer):
        yield say("the same rows and seed gave two answers")
    if not np.array_equal(fitted.strengths(lesson.values[:1]), answer[:1]):
        yield say("the answer of a row depends on the other rows")
    nobody = fitted.strengths(np.full((1, lesson.values.shape[1]), np.nan))
    if not np.isfinite(nobody[:, taught]).all():
        yield say("a patient of whom nothing is known has no finite answer")
