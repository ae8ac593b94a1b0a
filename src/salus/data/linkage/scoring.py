"""How probable it is that two registrations are of one person."""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from salus.data.linkage.comparisons import Comparison

MOST = 60.0
"""Bits beyond which a probability is 0 or 1 in a double."""


def scored(pairs: pa.Table, comparisons: Sequence[Comparison], chance: float) -> pa.Table:
    """Weigh each pair and turn its weight into a probability.

    The weight is ``log2(chance / (1 - chance))`` plus ``log2(m / u)`` of the level of each
    comparison; a missing value adds nothing. Where a name is the same, u is the share of all who
    are called so.

    Parameters
    ----------
    pairs : pyarrow.Table
        As :func:`salus.data.linkage.candidates.candidates` makes them.
    comparisons : sequence of Comparison
        With their weights.
    chance : float
        Probability that two registrations taken at random are of one person, 0 to 1.

    Returns
    -------
    pyarrow.Table
        The same rows without the shares of the names, with ``weight`` in bits and
        ``probability``.

    References
    ----------
    Fellegi and Sunter (1969); the adjustment for rare values follows Winkler, W. E. (2000),
    Frequency-based matching in the Fellegi-Sunter model of record linkage, US Census Bureau.
    """
    weight = np.full(pairs.num_rows, log2(chance / (1 - chance)))
    for each in comparisons:
        weight += _bits(pairs, each)
    probability = 1 / (1 + np.exp2(-weight.clip(-MOST, MOST)))
    kept = pairs.select(["n_l", "n_r", *(each.field for each in comparisons)])
    return kept.append_column("weight", pa.array(weight)).append_column(
        "probability", pa.array(probability)
    )


def _bits(pairs: pa.Table, comparison: Comparison) -> NDArray[np.float64]:
    level = pairs[comparison.field].to_numpy()
    # The last entry is what level -1 finds: a missing value.
    bits = np.array([*(each.weight for each in comparison.levels), 0.0])[level]
    if comparison.rare:
        called = pairs[f"tf_{comparison.field}"].to_numpy()
        same = level == 0
        bits[same] = np.log2(comparison.levels[0].m / called[same])
    return bits
