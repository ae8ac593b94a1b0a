"""What the marks of a picture of a hospital mean, drawn beneath it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.report.charts.drawing import text_width

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from salus.report.charts.drawing import Drawing

    Draw = Callable[[Drawing, float, float], None]
    Mark = tuple[Draw, str]

SWATCH, SIZE, ROW, GAP = 20.0, 12.0, 19.0, 18.0


def legend_height(marks: Sequence[Mark], width: float) -> float:
    """Height that a legend takes, in pixels."""
    return ROW * (1 + max((row for _, row in _places(marks, width)), default=0)) + 6


def draw_legend(drawing: Drawing, marks: Sequence[Mark], y: float, width: float) -> None:
    """Draw a legend.

    Parameters
    ----------
    drawing : Drawing
        Where.
    marks : sequence of (callable, str)
        What draws a mark of 20 by 12 pixels at a place, and what it means.
    y : float
        Top of the legend.
    width : float
        Width that it may take, in pixels.
    """
    for (draw, said), (x, row) in zip(marks, _places(marks, width), strict=True):
        top = y + 6 + ROW * row
        draw(drawing, x, top)
        drawing.text(x + SWATCH + 5, top + 10, said, "soft")


def _places(marks: Sequence[Mark], width: float) -> list[tuple[float, int]]:
    places, x, row = [], 0.0, 0
    for _, said in marks:
        wide = SWATCH + 5 + text_width(said) + GAP
        if x and x + wide > width:
            x, row = 0.0, row + 1
        places.append((x, row))
        x += wide
    return places
