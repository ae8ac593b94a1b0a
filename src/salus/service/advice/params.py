"""How many are learned from, judged and advised."""

from __future__ import annotations

from dataclasses import dataclass

from salus.core.checks import within


@dataclass(frozen=True, slots=True)
class AdviceParams:
    """How many are learned from, judged and advised.

    Parameters
    ----------
    apart : float
        Share of the patients that nothing is learned from; they are judged and advised. 0.05 to
        0.5.
    contacts : int
        Most contacts that disease classes are learned from, drawn from all alike, so that each
        class keeps its share. At least 100.
    judged : int
        Most contacts on which the classes are judged, at least 100.
    offers : int
        Most patients of each condition whose options are kept to be judged, at least 1.
    recent_days : float
        Whoever came to a hospital within so many days is in care now, 1 to 366.
    fewest : int
        With fewer contacts to learn from, or to judge by, nobody is advised. At least 30.

    Raises
    ------
    ValueError
        If a number is out of range.

    Examples
    --------
    >>> AdviceParams(apart=0.9)
    Traceback (most recent call last):
    ValueError: apart must be between 0.05 and 0.5, but is 0.9
    """

    apart: float = 0.2
    contacts: int = 16_000
    judged: int = 10_000
    offers: int = 300
    recent_days: float = 7.0
    fewest: int = 100

    def __post_init__(self) -> None:
        """Refuse impossible settings."""
        within("apart", self.apart, 0.05, 0.5)
        within("contacts", self.contacts, 100, unit="contacts")
        within("judged", self.judged, 100, unit="contacts")
        within("offers", self.offers, 1, unit="patients")
        within("recent_days", self.recent_days, 1, 366, "days")
        within("fewest", self.fewest, 30, unit="contacts")
