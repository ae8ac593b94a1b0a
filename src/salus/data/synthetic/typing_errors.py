"""How a name, a number or a date is typed wrong."""

from __future__ import annotations

import string
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

LAST_MONTH = 12


def mistyped(text: str, rng: np.random.Generator) -> str:
    """Change a text as a slip of the finger does.

    One letter or digit is replaced, left out, doubled, or changes place with the next: the four
    slips that make up most of all typing errors.

    Parameters
    ----------
    text : str
        At least two characters.
    rng : numpy.random.Generator
        Where from.

    Returns
    -------
    str

    References
    ----------
    Damerau, F. J. (1964). A technique for computer detection and correction of spelling errors.
    Communications of the ACM 7(3):171-176.

    Examples
    --------
    >>> from salus.core.rng import stream
    >>> mistyped("Ashford", stream(1, "typing")) != "Ashford"
    True
    """
    place = int(rng.integers(1, len(text)))
    before, here, after = text[:place], text[place], text[place + 1 :]
    slips = (
        before + _other(here, rng) + after,
        before + after,
        before + here + here + after,
        before[:-1] + here + before[-1] + after,
    )
    slip = slips[int(rng.integers(len(slips)))]
    return slip if slip != text else before + _other(here, rng) + after


def other_date(day: date, rng: np.random.Generator) -> date:
    """Change a date: day and month change places where that can be, or it is near.

    Examples
    --------
    >>> from salus.core.rng import stream
    >>> other_date(date(1950, 3, 7), stream(1, "typing")) != date(1950, 3, 7)
    True
    """
    swaps = day.day <= LAST_MONTH and day.day != day.month
    if swaps and rng.integers(2):
        return day.replace(month=day.day, day=day.month)
    return day + timedelta(days=int(rng.choice([-10, -1, 1, 10])))


def _other(character: str, rng: np.random.Generator) -> str:
    letters = string.digits if character.isdigit() else string.ascii_lowercase
    others = [each for each in letters if each != character]
    return others[int(rng.integers(len(others)))]
