"""How files spell the genders."""

from __future__ import annotations

from salus.allocate.hospital.people import Gender
from salus.core.messages import say

SPELLINGS = (("A", "B"), ("female", "male"), ("F", "M"), ("女", "男"))
"""Each in the order of ``Gender``; small and capital letters are the same."""
NO_GENDER = say("the gender is neither A nor B"), say("write A or B, or female or male")
"""What is wrong with another word, and what to do."""
_KNOWN = {
    word.lower(): (gender, spelling)
    for spelling in SPELLINGS
    for word, gender in zip(spelling, Gender, strict=True)
}


def gender_of(text: str) -> Gender | None:
    """Return the gender that a text names.

    Parameters
    ----------
    text : str
        Such as female, or A.

    Returns
    -------
    Gender or None
        ``None`` where it names none.

    Examples
    --------
    >>> gender_of("Male"), gender_of("女"), gender_of("x")
    (<Gender.B: 'B'>, <Gender.A: 'A'>, None)
    """
    return _KNOWN[text.lower()][0] if text.lower() in _KNOWN else None


def spelling_of(text: str) -> tuple[str, str] | None:
    """Return the words for both genders, where a text is one of them.

    Parameters
    ----------
    text : str
        Such as female, or A.

    Returns
    -------
    tuple of str, or None
        ``None`` where it names no gender.

    Examples
    --------
    >>> spelling_of("Male"), spelling_of("x")
    (('female', 'male'), None)
    """
    return _KNOWN[text.lower()][1] if text.lower() in _KNOWN else None
