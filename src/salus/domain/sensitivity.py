"""What a stored field could reveal about a person."""

from __future__ import annotations

from enum import StrEnum


class Sensitivity(StrEnum):
    """What a field could reveal about a person."""

    IDENTIFYING = "identifying"
    """Names the person by itself: a name, a number, a phone."""
    QUASI = "quasi"
    """Narrows the person down together with others: a birth date, a district."""
    SENSITIVE = "sensitive"
    """Says something about the person that harms if known: a diagnosis."""
    PLAIN = "plain"
    """Says nothing about a person."""
