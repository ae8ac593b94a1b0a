"""Bounds of single values, each checked in one line that names field, bound and value."""

from __future__ import annotations

import math


def within(field: str, value: float, low: float, high: float = math.inf, unit: str = "") -> None:
    """Refuse a number outside its range.

    Parameters
    ----------
    field : str
        Name of the field, for the message.
    value : float
        The number to check.
    low, high : float
        Inclusive bounds, in the unit of the field.
    unit : str
        Unit of the field, for the message.

    Raises
    ------
    ValueError
        If the value is not a number between the bounds.

    Examples
    --------
    >>> within("stay_days", 0, 0.1, 365, "days")
    Traceback (most recent call last):
    ValueError: stay_days must be between 0.1 and 365 days, but is 0
    """
    if not low <= value <= high:
        bound = f"at least {low}" if high == math.inf else f"between {low} and {high}"
        message = f"{field} must be {bound}{' ' + unit if unit else ''}, but is {value}"
        raise ValueError(message)


def named(field: str, value: str) -> None:
    """Refuse an empty name or identifier.

    Parameters
    ----------
    field : str
        Name of the field, for the message.
    value : str
        The text to check.

    Raises
    ------
    ValueError
        If the text is empty or only white space.

    Examples
    --------
    >>> named("facility_id", " ")
    Traceback (most recent call last):
    ValueError: facility_id must not be empty, but is ' '
    """
    if not value.strip():
        message = f"{field} must not be empty, but is {value!r}"
        raise ValueError(message)
