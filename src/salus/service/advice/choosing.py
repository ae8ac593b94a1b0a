"""Which few of the patients in care are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.treat.guard.check import Danger

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salus.treat.advice import Advice

NOT_TOLERATED = {Danger.ALLERGY, Danger.INTERACTION}


def choose(advices: Sequence[Advice], count: int) -> tuple[int, ...]:
    """Choose patients with options so that they show what advice can be.

    First the latest from whom an allergy or an interaction took an option away; then the latest
    with an option that a gene asks to give with care; then the latest of each condition that is
    not among them; then the latest of the others.

    Parameters
    ----------
    advices : sequence of Advice
        The latest contact first.
    count : int
        How many to choose, 0 or more.

    Returns
    -------
    tuple of int
        Places in ``advices``, at most ``count``, in the order they were chosen.
    """
    able = [place for place, each in enumerate(advices) if each.options]
    dangers = [place for place in able if _warned(advices[place])][:1]
    genes = [place for place in able if cautioned(advices[place])][:1]
    warned = list(dict.fromkeys(dangers + genes))
    shown = [advices[place].plan for place in warned]
    spread = list(warned)
    for place in able:
        if advices[place].plan not in shown:
            shown.append(advices[place].plan)
            spread.append(place)
    rest = [place for place in able if place not in spread]
    return tuple((spread + rest)[:count])


def _warned(advice: Advice) -> bool:
    return any(
        finding.danger in NOT_TOLERATED for each in advice.removed for finding in each.findings
    )


def cautioned(advice: Advice) -> bool:
    """Say whether a gene asks to give an option with care."""
    return any(option.cautions for option in advice.options)
