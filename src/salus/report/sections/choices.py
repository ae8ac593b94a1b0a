"""What each way of choosing a treatment is worth: associations beside outcome models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.messages import Message, say
from salus.report.layout import Cell, Column, Grid
from salus.treat.association.learning import KEYS
from salus.treat.valuing import people

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salus.service.advice.advised import HeldOut
    from salus.treat.valuing import Valued

DECIMALS = 3


def choices_sentence(held_out: HeldOut) -> Message:
    """Say which way won and by how much, or that the difference is within noise.

    Parameters
    ----------
    held_out : HeldOut
        With at least one way that was tried.

    Returns
    -------
    Message
    """
    best = max(
        (each for each in held_out.valued if each.key in KEYS), key=lambda each: each.gain.point
    )
    over = best.over_advised
    if over.upper < 0:
        return say(
            "Choosing a treatment by the ranking here is better than by the best association of "
            "patients with treatments ({way}) by {by:.3f} standard deviations of the outcome "
            "({low:.3f} to {high:.3f}); the ranking stays.",
            way=best.label,
            by=-over.point,
            low=-over.upper,
            high=-over.lower,
        )
    if over.lower > 0:
        return say(
            "The best association of patients with treatments ({way}) is better than the ranking "
            "here by {by:.3f} standard deviations of the outcome ({low:.3f} to {high:.3f}). The "
            "ranking still stays by effects, which come with an interval and a reason for each "
            "patient.",
            way=best.label,
            by=over.point,
            low=over.lower,
            high=over.upper,
        )
    return say(
        "The best association of patients with treatments ({way}) and the ranking here differ by "
        "{by:.3f} standard deviations of the outcome ({low:.3f} to {high:.3f}), which is within "
        "noise; the ranking stays by effects, which come with an interval for each patient.",
        way=best.label,
        by=over.point,
        low=over.lower,
        high=over.upper,
    )


def choices_grid(held_out: HeldOut) -> Grid:
    """Lay out what each way is worth, the best first.

    Parameters
    ----------
    held_out : HeldOut
        With at least one way that was tried.

    Returns
    -------
    Grid
    """
    order = sorted(held_out.valued, key=lambda each: -each.gain.point)
    columns = (
        Column(say("way of choosing"), number=False, wraps=True),
        Column(say("better than practice by (SD)")),
        Column(say("from (95 in 100)")),
        Column(say("to (95 in 100)")),
        Column(say("another than was given (%)")),
    )
    title = say(
        "What each way of choosing a treatment is worth, on {count:,} treated patients that "
        "nothing was learned from, in standard deviations of the outcome",
        count=people(held_out.tried),
    )
    rows = _rows(order)
    return Grid(title, columns, rows, short=len(rows), file="choices")


def _rows(order: Sequence[Valued]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (
            Cell(each.label),
            Cell(each.gain.point, DECIMALS, f"choice.{each.key}.gain"),
            Cell(each.gain.lower, DECIMALS, f"choice.{each.key}.low"),
            Cell(each.gain.upper, DECIMALS, f"choice.{each.key}.high"),
            Cell(100 * each.differs, 0, f"choice.{each.key}.differs"),
        )
        for each in order
    )
