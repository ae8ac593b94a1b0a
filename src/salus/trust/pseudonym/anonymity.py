"""How many people share their traits, and how many are the only ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Anonymity:
    """In how large groups people stand who are alike in some traits.

    Parameters
    ----------
    sizes : tuple of int
        People in each group, the smallest first; each at least 1.
    """

    sizes: tuple[int, ...]

    @property
    def k(self) -> int | None:
        """Size of the smallest group; None where there is nobody."""
        return self.sizes[0] if self.sizes else None

    def below(self, k: int) -> int:
        """Count the people in groups of fewer than ``k``."""
        return sum(size for size in self.sizes if size < k)


def anonymity(people: pa.Table, quasi: Sequence[str]) -> Anonymity:
    """Count how many people share each combination of quasi-identifiers.

    A value that is missing is a trait as any other. The count tells who could be told apart by
    these traits, not what is learned of a group whose members all have the same illness.

    Parameters
    ----------
    people : pyarrow.Table
        One row each.
    quasi : sequence of str
        Columns that others may know: date of birth, sex, district; at least one.

    Returns
    -------
    Anonymity

    Raises
    ------
    ValueError
        If no column is named, or one is not in the table.

    Examples
    --------
    >>> import pyarrow as pa
    >>> people = pa.table({"sex": ["f", "f", "m", "f"], "district": ["A", "A", "A", "B"]})
    >>> found = anonymity(people, ["sex", "district"])
    >>> found.k, found.below(2), found.sizes
    (1, 2, (1, 1, 2))

    References
    ----------
    Sweeney, L. (2002). k-anonymity: a model for protecting privacy. International Journal of
    Uncertainty, Fuzziness and Knowledge-Based Systems 10, 557-570.
    """
    unknown = [name for name in quasi if name not in people.column_names]
    if unknown or not quasi:
        message = f"quasi must name columns of the table, but names {unknown or 'none'}"
        raise ValueError(message)
    groups = people.select(list(quasi)).group_by(list(quasi)).aggregate([([], "count_all")])
    sizes = np.sort(groups["count_all"].to_numpy())
    return Anonymity(tuple(int(size) for size in sizes))
