"""Support vectors: the patients that lie closest to where one arm gives way to another."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from sklearn.svm import SVC

from salus.core.checks import within
from salus.core.messages import Message, say
from salus.core.rng import stream
from salus.treat.association.base import drawn, spread
from salus.treat.classifiers.filling import Standard

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.treat.association.base import Lesson

    Values = NDArray[np.float64]

PAIR = 2
"""Between two arms there is one line, and one number for it."""


@dataclass(frozen=True, slots=True)
class SupportParams:
    """How hard the margins are, and from how many patients they are learned.

    Parameters
    ----------
    cost : float
        Weight of a patient on the wrong side, at least 1e-6.
    rows : int
        Most patients that are drawn to learn from, at least 1: the time grows with their square.

    Raises
    ------
    ValueError
        If a number is out of range.
    """

    cost: float = 0.3
    rows: int = 1_500

    def __post_init__(self) -> None:
        """Refuse impossible settings."""
        within("cost", self.cost, 1e-6)
        within("rows", self.rows, 1, unit="patients")


@dataclass(frozen=True, slots=True, eq=False)
class FittedSupport:
    """The margins between the arms.

    Parameters
    ----------
    standard : Standard
        Centre and spread of each column.
    taught : ndarray of int, shape (n_taught,)
        The arms of the lesson, ascending.
    arms : int
        How many arms there are.
    machine : SVC or None
        Fitted machine of scikit-learn; None where one arm alone was taught.
    """

    standard: Standard
    taught: NDArray[np.int64]
    arms: int
    machine: Any

    def strengths(self, values: Values) -> Values:
        """Measure from the margins; see ``FittedAssociation`` in ``base``."""
        rows = self.standard.rows(values)
        if self.machine is None:
            return spread(np.zeros((len(rows), 1)), self.taught, self.arms)
        told = self.machine.decision_function(rows)
        own = np.column_stack([-told, told]) if told.ndim < PAIR else told
        return spread(own, self.taught, self.arms)


@dataclass(frozen=True, slots=True)
class SupportVectors:
    """Separates the arms by the widest margins in the space of a Gaussian kernel.

    For each two arms it minimises ``|w|^2 / 2 + C sum weight_i max(0, 1 - y_i (w phi(x_i) + b))``
    with ``k(x, z) = exp(-|x - z|^2 / (n_columns var))``; an arm is as strong as the votes and
    margins it wins against the others. No chances are made of them: an order is all that is needed.

    Parameters
    ----------
    params : SupportParams
        How hard, and from how many.

    Examples
    --------
    >>> from salus.treat.association.base import Lesson
    >>> values, arm = np.arange(60.0)[:, None], np.repeat([0, 1], 30)
    >>> fitted = SupportVectors().fit(Lesson(values, arm, np.ones(60), 3), seed=0)
    >>> fitted.strengths(np.array([[2.0], [55.0]])).argmax(1)
    array([0, 1])

    References
    ----------
    C. Cortes, V. Vapnik (1995), Support-vector networks. Machine Learning 20.
    Y. Zhao, D. Zeng, A. J. Rush, M. Kosorok (2012), Estimating individualized treatment rules using
    outcome weighted learning. Journal of the American Statistical Association 107.
    """

    params: SupportParams = field(default_factory=SupportParams)
    name: ClassVar[str] = "support_vectors"
    label: ClassVar[Message] = say("support vectors")

    def fit(self, lesson: Lesson, seed: int) -> FittedSupport:
        """Find the margins; see :class:`~salus.treat.association.base.Association`."""
        few = drawn(lesson, self.params.rows, stream(seed, f"association/{self.name}"))
        standard, taught = Standard.of(few.values), np.unique(few.arm)
        if len(taught) == 1:
            return FittedSupport(standard, taught, few.arms, None)
        machine = SVC(C=self.params.cost, decision_function_shape="ovr")
        weight = few.weight / few.weight.mean()
        machine.fit(standard.rows(few.values), few.arm, sample_weight=weight)
        return FittedSupport(standard, taught, few.arms, machine)
