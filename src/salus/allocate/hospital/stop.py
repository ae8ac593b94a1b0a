"""When the search for a hospital's plan ends."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stop:
    """How long the search goes on: by the clock or by its own moves, one of the two.

    Parameters
    ----------
    seconds : float, optional
        Of the wall clock, above 0.
    iterations : int, optional
        Moves that each core tries, at least 1; the same number gives the same plan on any machine.

    Raises
    ------
    ValueError
        If both or neither are given, or the one that is given is too small.

    Examples
    --------
    >>> Stop(seconds=60)
    Stop(seconds=60, iterations=None)
    """

    seconds: float | None = None
    iterations: int | None = None

    def __post_init__(self) -> None:
        """Refuse a search without an end, or with two."""
        if (self.seconds is None) == (self.iterations is None):
            text = f"give seconds or iterations, not {self.seconds} and {self.iterations}"
            raise ValueError(text)
        if self.seconds is not None and not self.seconds > 0:
            text = f"seconds must be above 0, but is {self.seconds}"
            raise ValueError(text)
        if self.iterations is not None and self.iterations < 1:
            text = f"iterations must be at least 1, but is {self.iterations}"
            raise ValueError(text)
