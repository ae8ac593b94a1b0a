"""One decision tree: questions that a person can follow."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from sklearn.tree import DecisionTreeClassifier

from salus.core.checks import within
from salus.core.messages import Message, say
from salus.core.rng import stream
from salus.treat.classifiers.filling import BelowAll

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float64]
    Labels = NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class TreeParams:
    """How far a tree divides.

    Parameters
    ----------
    depth : int
        Most questions on a way, 1 to 50.
    leaf : int
        Fewest patients in a leaf, at least 1.

    Raises
    ------
    ValueError
        If a number is out of range.
    """

    depth: int = 12
    leaf: int = 20

    def __post_init__(self) -> None:
        """Refuse impossible settings."""
        within("depth", self.depth, 1, 50, "questions")
        within("leaf", self.leaf, 1, unit="patients")


@dataclass(frozen=True, slots=True, eq=False)
class FittedTrees:
    """One or more trees, whose leaves vote by their shares.

    Parameters
    ----------
    classes : tuple of str
        Sorted.
    filling : BelowAll
        What stands in for what is not known.
    trees : tuple
        Fitted trees of scikit-learn.
    """

    classes: tuple[str, ...]
    filling: BelowAll
    trees: tuple[Any, ...]

    def probabilities(self, values: Values) -> Values:
        """Average the leaves; see :class:`~salus.treat.classifiers.base.Fitted`."""
        rows = self.filling.fill(values)
        # The inner trees in their order: no thread may change the order of the sum.
        votes = sum(tree.tree_.predict(rows) for tree in self.trees)
        return np.asarray(votes).reshape(len(rows), len(self.classes)) / len(self.trees)


@dataclass(frozen=True, slots=True)
class DecisionTree:
    """Asks the question that divides the classes best, again and again.

    At each node the cut that lowers the Gini impurity ``1 - sum p_k^2`` most is taken; a leaf gives
    the shares of its training patients.

    Parameters
    ----------
    params : TreeParams
        How far it divides.

    Examples
    --------
    >>> labels = np.repeat(["E11", "I10"], 30)
    >>> values = np.arange(60.0)[:, None]
    >>> DecisionTree().fit(values, labels, seed=0).probabilities(np.array([[2.0]]))
    array([[1., 0.]])

    References
    ----------
    L. Breiman, J. Friedman, R. Olshen, C. Stone (1984), Classification and regression trees.
    """

    params: TreeParams = field(default_factory=TreeParams)
    name: ClassVar[str] = "decision_tree"
    label: ClassVar[Message] = say("decision tree")

    def fit(self, values: Values, labels: Labels, seed: int) -> FittedTrees:
        """Grow the tree; see :class:`~salus.treat.classifiers.base.Classifier`."""
        filling = BelowAll.of(values)
        tree = DecisionTreeClassifier(
            max_depth=self.params.depth,
            min_samples_leaf=self.params.leaf,
            random_state=int(stream(seed, self.name).integers(2**31)),
        ).fit(filling.fill(values), labels)
        return FittedTrees(tuple(tree.classes_.tolist()), filling, (tree,))
