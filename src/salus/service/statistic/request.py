"""What somebody asks of the records, and what they are told."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from salus.core.canonical import canonical, digest
from salus.core.checks import within
from salus.trust.permission import Purpose

if TYPE_CHECKING:
    from salus.core.messages import Message
    from salus.domain.budget import Loss


MOST = 1e18
"""How far from 0 a bound may lie."""


class Statistic(StrEnum):
    """What is asked for."""

    COUNT = "count"
    """How many rows."""
    SUM = "sum"
    """The sum of a column of numbers."""
    HISTOGRAM = "histogram"
    """How many rows of each category of a column."""


@dataclass(frozen=True, slots=True)
class StatisticRequest:
    """A question about the people of some records.

    Nothing of it may be chosen by looking at the records: bounds and categories are what anybody
    knows beforehand.

    Parameters
    ----------
    data : str
        Name of the records: of a city in the home, or of what was loaded.
    table : str
        Standard table with a ``patient_id``.
    statistic : Statistic
        What is asked for.
    epsilon : float
        What the answer may tell of one person at most, 0.001 to 10.
    column : str
        What is summed or counted by category.
    low, high : float
        Bounds of a sum's values; a value outside counts as the nearest of them.
    step : float
        Values of a sum are rounded to multiples of it, more than 0.
    categories : tuple of str
        Of a histogram; all else counts as the rest.
    where : tuple of (str, str)
        Columns and the value that a row must have in them.
    rows : int
        How many rows of one person count at most, 1 or more: the first ones.
    purpose : Purpose
        What it is for; each purpose has a budget of its own.

    Raises
    ------
    ValueError
        If a number is out of its range.
    """

    data: str
    table: str
    statistic: Statistic
    epsilon: float
    column: str = ""
    low: float = 0.0
    high: float = 0.0
    step: float = 1.0
    categories: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    rows: int = 1
    purpose: Purpose = Purpose.PLANNING

    def __post_init__(self) -> None:
        """Refuse numbers that no answer could keep to."""
        within("epsilon", self.epsilon, 0.001, 10)
        within("rows", self.rows, 1, 100_000, "rows")
        within("step", self.step, 1e-9)
        within("low", self.low, -MOST, MOST)
        within("high", self.high, -MOST, MOST)
        if self.statistic is Statistic.SUM:
            within("high", self.high, self.low)
        within("bounds", max(abs(self.low), abs(self.high)) / self.step, 0, 1e9, "steps")

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns that it looks at, besides whose a row is."""
        asked = (self.column, *(name for name, _ in self.where))
        return tuple(dict.fromkeys(name for name in asked if name))

    def question(self, source: str) -> str:
        """Name the question by a digest, so that the same one of the same data is known again.

        Parameters
        ----------
        source : str
            Digest of the data.
        """
        return digest(canonical([source, asdict(self)]))


@dataclass(frozen=True, slots=True)
class Released:
    """An answer with its noise.

    Parameters
    ----------
    labels : tuple of str
        Categories of a histogram, and ``""`` for the rest; one empty label otherwise.
    values : tuple of float
        One for each label.
    half_width : float
        Within how much of the truth each of them lies in 95 of 100 answers.
    loss : Loss
        What was charged for it, when it was first given.
    left : Loss
        What is left of the budget.
    again : bool
        Whether it is an answer that was given before, which costs nothing and tells nothing new.
    said : tuple of Message
        All of it in words.
    """

    labels: tuple[str, ...]
    values: tuple[float, ...]
    half_width: float
    loss: Loss
    left: Loss
    again: bool
    said: tuple[Message, ...]
