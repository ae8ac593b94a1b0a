"""An answer with its noise, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.messages import say
from salus.service.statistic.request import Statistic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from salus.core.messages import Message
    from salus.domain.budget import Loss
    from salus.service.statistic.request import StatisticRequest


def in_words(
    request: StatisticRequest, values: Sequence[float], half: float, *, again: bool
) -> Iterator[Message]:
    """Say an answer: about how much, between which bounds, and whose privacy it is made for.

    Parameters
    ----------
    request : StatisticRequest
        What was asked.
    values : sequence of float
        The answer, one for each label.
    half : float
        Within how much of the truth each value lies in 95 of 100 answers.
    again : bool
        Whether it was given before.

    Yields
    ------
    Message
    """
    for name, value in zip(_names(request), values, strict=True):
        # That nobody is counted less than not at all is known without looking.
        lowest = (
            0.0 if request.statistic is not Statistic.SUM or request.low >= 0 else -float("inf")
        )
        yield say(
            "{name}: about {value:,.10g}; between {low:,.10g} and {high:,.10g}, 95 in 100 times",
            name=name,
            value=value,
            low=max(value - half, lowest),
            high=value + half,
        )
    yield say(
        "One registration counts with {rows} rows at most, so that the answer hardly tells whether "
        "it is in the records: epsilon {epsilon:g}; whoever is registered twice, twice that.",
        rows=request.rows,
        epsilon=request.epsilon,
    )
    if again:
        yield say("The same was asked before: this is the answer given then, and costs nothing.")


def _names(request: StatisticRequest) -> tuple[str | Message, ...]:
    if request.statistic is Statistic.HISTOGRAM:
        return (*request.categories, say("the rest"))
    if request.statistic is Statistic.SUM:
        return (say("sum of {column}", column=request.column),)
    return (say("rows of {table}", table=request.table),)


def left_in_words(left: Loss) -> Message:
    """Say what is left of a budget."""
    return say("Left of the budget: epsilon {left:g}.", left=left.epsilon)
