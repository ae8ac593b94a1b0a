"""What a person may set of the linkage."""

from __future__ import annotations

from dataclasses import dataclass

from salus.core.checks import within


@dataclass(frozen=True, slots=True)
class LinkParams:
    """What a person may set of the linkage.

    Parameters
    ----------
    threshold : float
        Probability from which two registrations are joined, 0.5 to 1.
    sure : float
        Probability from which a pair may join two groups of several registrations each, at
        least the threshold.
    twice : float
        Share of registrations thought, before looking, to be of somebody already registered.
    households : bool
        Whether people of one household may be in the register; then what a household shares
        never suffices to join two registrations.
    learn_from : int
        Registrations from which the weights are learned; fewer are judged by the weights given.
    pairs : int
        Random pairs for u, and pairs of each session for m.
    seed : int
        Of the random sample, 0 or more.

    Raises
    ------
    ValueError
        If a value is outside its range.

    Examples
    --------
    >>> LinkParams(threshold=0.2)
    Traceback (most recent call last):
    ValueError: threshold must be between 0.5 and 1, but is 0.2
    """

    threshold: float = 0.99
    sure: float = 0.9999
    twice: float = 0.05
    households: bool = True
    learn_from: int = 5_000
    pairs: int = 200_000
    seed: int = 0

    def __post_init__(self) -> None:
        """Check the bounds."""
        within("threshold", self.threshold, 0.5, 1)
        within("sure", self.sure, self.threshold, 1)
        within("twice", self.twice, 1e-6, 0.9)
        within("learn_from", self.learn_from, 100)
        within("pairs", self.pairs, 1_000)
        within("seed", self.seed, 0)
