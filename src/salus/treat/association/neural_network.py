"""A small neural network: one layer of bent sums between the findings and the arms."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

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
"""Between two arms the network gives one number."""

STEPS = 30
"""Steps of one pass, so that small cities learn as long as large ones."""

FEWEST = 10
"""With fewer patients of an arm none are set aside to say when to stop."""


@dataclass(frozen=True, slots=True)
class NetworkParams:
    """How large the network is, and how long it learns.

    Parameters
    ----------
    units : int
        Bent sums in the hidden layer, 1 to 1000.
    penalty : float
        On the squared weights, at least 0.
    passes : int
        Most passes over the patients, at least 1; mostly it stops before, when those set aside are
        not told better any more.
    rows : int
        Most patients that are drawn to learn from, at least 1.

    Raises
    ------
    ValueError
        If a number is out of range.
    """

    units: int = 16
    penalty: float = 3.0
    passes: int = 40
    rows: int = 3_000

    def __post_init__(self) -> None:
        """Refuse impossible settings."""
        within("units", self.units, 1, 1000)
        within("penalty", self.penalty, 0)
        within("passes", self.passes, 1)
        within("rows", self.rows, 1, unit="patients")


@dataclass(frozen=True, slots=True, eq=False)
class FittedNetwork:
    """The weights.

    Parameters
    ----------
    standard : Standard
        Centre and spread of each column.
    taught : ndarray of int, shape (n_taught,)
        The arms of the lesson, ascending.
    arms : int
        How many arms there are.
    layers : tuple of (ndarray, ndarray)
        Weights and intercepts of each layer; none where one arm alone was taught.
    """

    standard: Standard
    taught: NDArray[np.int64]
    arms: int
    layers: tuple[tuple[Values, Values], ...]

    def strengths(self, values: Values) -> Values:
        """Add up and bend; see ``FittedAssociation`` in ``base``."""
        rows = self.standard.rows(values)
        if not self.layers:
            return spread(np.zeros((len(rows), 1)), self.taught, self.arms)
        for weights, intercepts in self.layers:
            # einsum adds in one order whatever the number of rows; a matrix product does not.
            told = np.einsum("ij,jk->ik", rows, weights) + intercepts
            rows = np.maximum(told, 0)
        own = np.hstack([-told, told]) if told.shape[1] < PAIR else told
        return spread(own, self.taught, self.arms)


@dataclass(frozen=True, slots=True)
class NeuralNetwork:
    """A perceptron with one hidden layer of rectified units, on standardised columns.

    ``strength = W2 max(0, W1 x + b1) + b2``, the log odds of the arms, learned by Adam on the
    weighted cross entropy with a ridge penalty; it stops when a tenth of the patients, set aside,
    are not told better any more.

    Parameters
    ----------
    params : NetworkParams
        How large, and how long.

    Examples
    --------
    >>> from salus.treat.association.base import Lesson
    >>> values, arm = np.arange(200.0)[:, None], np.repeat([0, 1], 100)
    >>> fitted = NeuralNetwork().fit(Lesson(values, arm, np.ones(200), 3), seed=0)
    >>> fitted.strengths(np.array([[2.0], [190.0]])).argmax(1)
    array([0, 1])

    References
    ----------
    D. Rumelhart, G. Hinton, R. Williams (1986), Learning representations by back-propagating
    errors. Nature 323.
    D. Kingma, J. Ba (2015), Adam: a method for stochastic optimization. ICLR.
    """

    params: NetworkParams = field(default_factory=NetworkParams)
    name: ClassVar[str] = "neural_network"
    label: ClassVar[Message] = say("neural network")

    def fit(self, lesson: Lesson, seed: int) -> FittedNetwork:
        """Learn the weights; see :class:`~salus.treat.association.base.Association`."""
        rng = stream(seed, f"association/{self.name}")
        few = drawn(lesson, self.params.rows, rng)
        standard, taught = Standard.of(few.values), np.unique(few.arm)
        if len(taught) == 1:
            return FittedNetwork(standard, taught, few.arms, ())
        network = MLPClassifier(
            (self.params.units,),
            alpha=self.params.penalty,
            learning_rate_init=0.01,
            batch_size=min(max(len(few.arm) // STEPS, 20), len(few.arm)),
            max_iter=self.params.passes,
            early_stopping=bool(np.bincount(few.arm)[taught].min() >= FEWEST),
            n_iter_no_change=5,
            random_state=int(rng.integers(2**31)),
        )
        with warnings.catch_warnings():
            # The number of passes is a budget; not being done by then is no fault.
            warnings.simplefilter("ignore", ConvergenceWarning)
            weight = few.weight / few.weight.mean()
            network.fit(standard.rows(few.values), few.arm, sample_weight=weight)
        layers = zip(network.coefs_, network.intercepts_, strict=True)
        return FittedNetwork(standard, taught, few.arms, tuple(layers))
