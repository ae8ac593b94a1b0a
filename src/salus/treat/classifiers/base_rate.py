"""How often each class occurs, whoever the patient is: what every other method must beat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from salus.core.messages import Message, say

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float64]
    Labels = NDArray[np.str_]


@dataclass(frozen=True, slots=True, eq=False)
class FittedBaseRate:
    """The shares of the classes.

    Parameters
    ----------
    classes : tuple of str
        Sorted.
    shares : ndarray, shape (n_classes,)
        Adding up to 1.
    """

    classes: tuple[str, ...]
    shares: Values

    def probabilities(self, values: Values) -> Values:
        """Give everyone the same; see :class:`~salus.treat.classifiers.base.Fitted`."""
        return np.tile(self.shares, (len(values), 1))


@dataclass(frozen=True, slots=True)
class BaseRate:
    """Gives every patient the share of each class among all.

    Examples
    --------
    >>> fitted = BaseRate().fit(np.zeros((4, 1)), np.array(["E11", "I10", "I10", "I10"]), seed=0)
    >>> fitted.probabilities(np.array([[7.0]]))
    array([[0.25, 0.75]])
    """

    name: ClassVar[str] = "base_rate"
    label: ClassVar[Message] = say("base rate")

    def fit(self, values: Values, labels: Labels, seed: int) -> FittedBaseRate:
        """Count the classes; see :class:`~salus.treat.classifiers.base.Classifier`."""
        del values, seed
        classes, counts = np.unique(labels, return_counts=True)
        return FittedBaseRate(tuple(classes.tolist()), counts / counts.sum())
