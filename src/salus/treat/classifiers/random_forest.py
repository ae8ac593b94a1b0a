"""A forest of trees, each grown on other patients and other questions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from sklearn.ensemble import RandomForestClassifier

from salus.core.checks import within
from salus.core.messages import Message, say
from salus.core.rng import stream
from salus.treat.classifiers.decision_tree import FittedTrees
from salus.treat.classifiers.filling import BelowAll

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]
    Labels = NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class ForestParams:
    """How many trees, and what each may see.

    Parameters
    ----------
    trees : int
        At least 1.
    leaf : int
        Fewest patients in a leaf, at least 1.
    rows : int
        Most rows drawn for one tree, at least 1; keeps the time bounded in large cities.

    Raises
    ------
    ValueError
        If a number is out of range.
    """

    trees: int = 60
    leaf: int = 3
    rows: int = 5000

    def __post_init__(self) -> None:
        """Refuse impossible settings."""
        within("trees", self.trees, 1, unit="trees")
        within("leaf", self.leaf, 1, unit="patients")
        within("rows", self.rows, 1, unit="rows")


@dataclass(frozen=True, slots=True)
class RandomForest:
    """Averages trees that each saw a bootstrap sample, and few columns at each question.

    Parameters
    ----------
    params : ForestParams
        How many trees, and what each may see.

    Examples
    --------
    >>> import numpy as np
    >>> labels = np.repeat(["E11", "I10"], 30)
    >>> fitted = RandomForest().fit(np.arange(60.0)[:, None], labels, seed=0)
    >>> fitted.probabilities(np.array([[2.0]])).round(2)
    array([[1., 0.]])

    References
    ----------
    L. Breiman (2001), Random forests. Machine Learning 45.
    """

    params: ForestParams = field(default_factory=ForestParams)
    name: ClassVar[str] = "random_forest"
    label: ClassVar[Message] = say("random forest")

    def fit(self, values: Values, labels: Labels, seed: int) -> FittedTrees:
        """Grow the forest; see :class:`~salus.treat.classifiers.base.Classifier`."""
        filling = BelowAll.of(values)
        forest = RandomForestClassifier(
            self.params.trees,
            min_samples_leaf=self.params.leaf,
            max_samples=min(self.params.rows, len(values)),
            random_state=int(stream(seed, self.name).integers(2**31)),
            n_jobs=2,
        ).fit(filling.fill(values), labels)
        classes = tuple(forest.classes_.tolist())
        return FittedTrees(classes, filling, tuple(forest.estimators_))
