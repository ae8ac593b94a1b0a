"""Draw figures that grow together, both axes by powers of ten, as a picture that needs nothing."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WIDTH, HEIGHT = 720, 440
LEFT, RIGHT, TOP, BOTTOM = 70, 230, 40, 50
COLOURS = ("#0b6e4f", "#b3541e", "#3d5a98", "#7a3b7e", "#555555")


@dataclass(frozen=True, slots=True)
class Series:
    """Points that belong together.

    Parameters
    ----------
    name : str
        What the legend says.
    points : tuple of pairs of float
        Each of both above 0, by the first.
    """

    name: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class _Axis:
    low: int
    high: int
    start: float
    end: float

    def at(self, value: float) -> float:
        share = (log10(value) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def loglog(title: str, across: str, up: str, series: Sequence[Series]) -> str:
    """Draw an SVG with one line for each series.

    Parameters
    ----------
    title, across, up : str
        Words above the picture and at its axes.
    series : sequence of Series
        At least one of them with a point.

    Returns
    -------
    str
        The SVG document.
    """
    points = [point for each in series for point in each.points]
    x = _axis([one for one, _ in points], LEFT, WIDTH - RIGHT)
    y = _axis([other for _, other in points], HEIGHT - BOTTOM, TOP)
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts = [
        _text(title, LEFT, 24, "start", 15),
        *_grid(x, y),
        _text(across, middle, HEIGHT - 10, "middle", 12),
        _text(up, 12, TOP - 8, "start", 12),
    ]
    for number, each in enumerate(series):
        parts.extend(_line(each, x, y, COLOURS[number % len(COLOURS)], TOP + 20 + 22 * number))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif"><rect width="100%" height="100%" fill="#ffffff"/>'
    )
    return "\n".join([head, *parts, "</svg>"]) + "\n"


def _axis(values: Sequence[float], start: float, end: float) -> _Axis:
    low, high = floor(log10(min(values))), ceil(log10(max(values)))
    return _Axis(low, max(high, low + 1), start, end)


def _grid(x: _Axis, y: _Axis) -> Iterator[str]:
    for power in range(x.low, x.high + 1):
        at = x.at(10.0**power)
        yield _stroke([(at, y.start), (at, y.end)], "#dddddd", 1)
        yield _text(f"{10**power:,}", at, y.start + 18, "middle", 11)
    for power in range(y.low, y.high + 1):
        at = y.at(10.0**power)
        yield _stroke([(x.start, at), (x.end, at)], "#dddddd", 1)
        yield _text(f"{10.0**power:g}", x.start - 8, at + 4, "end", 11)


def _line(series: Series, x: _Axis, y: _Axis, colour: str, height: float) -> Iterator[str]:
    spots = [(x.at(one), y.at(other)) for one, other in series.points]
    yield _stroke(spots, colour, 2)
    for one, other in spots:
        yield f'<circle cx="{one:.1f}" cy="{other:.1f}" r="3.5" fill="{colour}"/>'
    legend = WIDTH - RIGHT + 16
    yield _stroke([(legend, height), (legend + 22, height)], colour, 2)
    yield _text(series.name, legend + 28, height + 4, "start", 11)


def _stroke(spots: Sequence[tuple[float, float]], colour: str, width: int) -> str:
    path = " ".join(f"{one:.1f},{other:.1f}" for one, other in spots)
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}"/>'


def _text(words: str, x: float, y: float, anchor: str, size: int) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}"'
    return f"<text {place}>{escape(words)}</text>"
