"""Random numbers of the search: xorshift64, whose state lies in an array (Marsaglia 2003)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.search.compiled import inlined

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Random = NDArray[np.uint64]


@inlined
def next_bits(random: Random) -> np.uint64:
    """Draw 64 bits."""
    bits = random[0]
    bits ^= bits << np.uint64(13)
    bits ^= bits >> np.uint64(7)
    bits ^= bits << np.uint64(17)
    random[0] = bits
    return bits


@inlined
def below(random: Random, count: int) -> int:
    """Draw a whole number from 0 to ``count - 1``, for counts far below 2**31."""
    return int(np.int64(((next_bits(random) >> np.uint64(33)) * np.uint64(count)) >> np.uint64(31)))


@inlined
def unit(random: Random) -> float:
    """Draw a number from 0 to just below 1."""
    return float(next_bits(random) >> np.uint64(11)) * (1.0 / 9007199254740992.0)
