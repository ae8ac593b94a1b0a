"""Between whom a plan is to be fair: districts, or groups of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.core.messages import say

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.problem import CityProblem
    from salus.core.messages import Message


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Which group each district belongs to.

    Parameters
    ----------
    of : ndarray of int, shape (I,)
        Group of each district, from 0 to G - 1; each group has a district.
    names : tuple of str or Message, length G
        What people call the groups.

    Raises
    ------
    ValueError
        If a district has no group, a group has no district, or two have one name; everything
        that is wrong is named.

    Examples
    --------
    >>> Groups(np.array([0, 1, 0]), ("north", "south")).count
    2
    """

    of: Whole
    names: tuple[str | Message, ...]

    def __post_init__(self) -> None:
        """Refuse groups that leave somebody out."""
        faults = _faults(self.of, self.names)
        if faults:
            raise ValueError("; ".join(faults))

    @classmethod
    def districts(cls, problem: CityProblem) -> Groups:
        """Make each district a group of its own."""
        return cls(np.arange(len(problem.districts)), problem.districts)

    @classmethod
    def by_deprivation(cls, score: Floats, count: int = 5) -> Groups:
        """Group districts by quantiles of their deprivation.

        Parameters
        ----------
        score : ndarray, shape (I,)
            Deprivation of each district, higher where people are worse off; NaN where it is not
            known: these districts are a group of their own.
        count : int
            Groups of about the same number of districts, at least 1. Districts of one score
            share a group, so that there may be fewer.

        Returns
        -------
        Groups
            From the least deprived to the most; the unknown last.

        Raises
        ------
        ValueError
            If the count is below 1 or a score is infinite.

        Examples
        --------
        >>> groups = Groups.by_deprivation(np.array([0.1, 0.9, np.nan, 0.2, 0.8]), count=2)
        >>> groups.of.tolist(), str(groups.names[1])
        ([0, 1, 2, 0, 1], 'deprivation group 2 of 2')
        """
        if count < 1 or np.isinf(score).any():
            message = f"count must be at least 1 and scores finite, but count is {count} and "
            raise ValueError(message + f"{int(np.isinf(score).sum())} scores are infinite")
        known = np.isfinite(score)
        found = np.full(score.shape, count)
        if known.any():
            edges = np.quantile(score[known], np.arange(1, count) / count)
            found[known] = np.searchsorted(edges, score[known], side="left")
        filled, of = np.unique(found, return_inverse=True)
        last = int((filled < count).sum())
        names = tuple(
            say("deprivation group {group} of {count}", group=k + 1, count=last)
            if k < last
            else say("districts whose deprivation is not known")
            for k in range(filled.size)
        )
        return cls(of, names)

    @property
    def count(self) -> int:
        """Number of groups."""
        return len(self.names)

    def sums(self, values: Floats) -> Floats:
        """Add up a figure of the districts, shape (I,), by group, shape (G,)."""
        return np.bincount(self.of, values, minlength=self.count).astype(np.float64)


def _faults(of: object, names: tuple[str | Message, ...]) -> list[str]:
    if not isinstance(of, np.ndarray):
        return [f"groups.of must be a numpy array, but is a {type(of).__name__}"]
    if of.ndim != 1 or not np.issubdtype(of.dtype, np.integer):
        shown = f"shape {of.shape} of {of.dtype}"
        return [f"groups.of must give each district a whole number, but has {shown}"]
    faults = []
    wrong = of[(of < 0) | (of >= len(names))]
    if wrong.size:
        faults.append(f"groups.of must be from 0 to {len(names) - 1}, but holds {wrong[0]}")
    empty = np.setdiff1d(np.arange(len(names)), of)
    faults.extend(f"group {names[g]} must have a district, but has none" for g in empty)
    called = [str(name) for name in names]
    faults.extend(
        f"groups must have names of their own, but {name} is the name of {called.count(name)}"
        for name in dict.fromkeys(called)
        if called.count(name) > 1
    )
    return faults
