"""The promise every classification method keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from salus.core.messages import Message

    Values = NDArray[np.float64]
    Labels = NDArray[np.str_]


class Fitted(Protocol):
    """What a method has learned."""

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes that were seen in training, sorted."""

    def probabilities(self, values: Values) -> Values:
        """Give the probability of each class.

        Parameters
        ----------
        values : ndarray, shape (n, n_features)
            NaN where nothing is known. The array is not changed.

        Returns
        -------
        ndarray, shape (n, n_classes)
            0 to 1, each row adds up to 1. A row's answer does not depend on the other rows.
        """


class Classifier(Protocol):
    """Learns classes from rows of numbers; ``checks.check_classifier`` tests the promise.

    Attributes
    ----------
    name : str
        Key of the method, such as ``random_forest``.
    label : Message
        Name of the method for people.
    """

    name: ClassVar[str]
    label: ClassVar[Message]

    def fit(self, values: Values, labels: Labels, seed: int) -> Fitted:
        """Learn from labelled rows.

        Parameters
        ----------
        values : ndarray, shape (n, n_features)
            NaN where nothing is known; at least one row. A column may be wholly unknown. The
            array is not changed.
        labels : ndarray of str, shape (n,)
            Class of each row; one class alone is accepted.
        seed : int
            The same rows and seed give the same answer, bit for bit.

        Returns
        -------
        Fitted
        """
