"""Randomness comes only from named streams of one seed.

Two streams of the same seed are independent, and drawing from one never shifts another, so a
part that is added later does not change the numbers of the parts that stand.
"""

from __future__ import annotations

import hashlib

import numpy as np


def stream(seed: int, name: str) -> np.random.Generator:
    """Open the random stream of this name.

    Parameters
    ----------
    seed : int
        Seed of the run, 0 or more.
    name : str
        Name of the stream, such as ``"scenarios"``.

    Returns
    -------
    numpy.random.Generator
        PCG64, the same numbers on every machine for the same seed and name.

    Raises
    ------
    ValueError
        If the seed is negative.

    Examples
    --------
    >>> stream(7, "scenarios").integers(100) == stream(7, "scenarios").integers(100)
    np.True_
    """
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, key])))
