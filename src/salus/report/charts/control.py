"""A control chart of a signal: usual limits, special points, and where the departure began."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.core.messages import Message, say
from salus.domain.indicator import Direction
from salus.monitor.charts.rules import Side
from salus.report.layout import Chart

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.core.canonical import Json
    from salus.monitor.charts.control_chart import ControlChart
    from salus.report.words import Words
    from salus.service.watched import ShownChart

COMMON, CONCERN, IMPROVEMENT, NEUTRAL = "--common", "--concern", "--improvement", "--neutral"

SHAPES = {COMMON: "circle", CONCERN: "triangle", IMPROVEMENT: "diamond", NEUTRAL: "rect"}
"""A shape beside each colour, for readers who do not tell the colours apart."""

MEANINGS = {
    COMMON: say("● common cause"),
    CONCERN: say("▲ special cause for concern"),
    IMPROVEMENT: say("◆ special cause of improvement"),
    NEUTRAL: say("■ special cause, neither good nor bad"),
}

FAR_FROM_ZERO = 0.5
"""Where all values lie above this share of the highest, zero is left out: a level of 80 % would be
a flat line."""


def control(shown: ShownChart, place: str, words: Words) -> Chart:
    """Draw a series with its limits, its phases, its target and its signal.

    Parameters
    ----------
    shown : ShownChart
        A chart and the signal that makes it worth looking at.
    place : str
        Name of the place, for people.
    words : Words
        The reader's language, for the labels inside the picture.

    Returns
    -------
    Chart
        After NHS England, Making Data Count.
    """
    signal, marks = shown.signal, _marks(shown.chart)
    return Chart(
        f"control-{signal.indicator.id}-{signal.place_id}",
        _finding(shown, place),
        _option(shown, marks, words),
        say(
            "Source: indicator readings of {place} to {day}. {kind}, without the points of "
            "signals; rules of NHS Making Data Count. Table: control.csv.",
            place=place,
            day=shown.chart.series.dates[-1],
            kind=shown.kind.sentence,
        ),
        legend=tuple((each, MEANINGS[each]) for each in SHAPES if each in marks),
    )


def _finding(shown: ShownChart, place: str) -> Message:
    """Say what left its usual range, where, since when, and whether it is over or a new level."""
    signal = shown.signal
    side = say("above") if signal.side is Side.HIGH else say("below")
    if signal.lasting:
        return say(
            "{indicator}, {place}: {side} its usual range since {since}",
            indicator=signal.indicator.name,
            place=place,
            side=side,
            since=signal.since,
        )
    if signal.settled:
        return say(
            "{indicator}, {place}: a new level since {since}, {side} the usual range until then",
            indicator=signal.indicator.name,
            place=place,
            since=signal.since,
            side=side,
        )
    return say(
        "{indicator}, {place}: {side} its usual range from {since} to {until}",
        indicator=signal.indicator.name,
        place=place,
        side=side,
        since=signal.since,
        until=signal.until,
    )


def _marks(chart: ControlChart) -> list[str]:
    """Choose the colour of each point, by the most urgent rule that it meets."""
    direction = chart.series.indicator.direction
    marks = [COMMON] * len(chart.series.dates)
    for signal in reversed(chart.signals):
        better = (direction is Direction.UP) == (signal.side is Side.HIGH)
        special = IMPROVEMENT if better else CONCERN
        marks[signal.index] = NEUTRAL if direction is Direction.NEUTRAL else special
    return marks


def _option(shown: ShownChart, marks: list[str], words: Words) -> Json:
    series, limits = shown.chart.series, shown.chart.limits
    points: list[Json] = [
        {
            "value": _number(value),
            "itemStyle": {
                "color": mark,
                "borderColor": "--ink",
                "borderWidth": int(mark != COMMON),
            },
            "symbol": SHAPES[mark],
            "symbolSize": 5 if mark == COMMON else 10,
        }
        for value, mark in zip(series.values, marks, strict=True)
    ]
    line: dict[str, Json] = {
        "type": "line",
        "name": words(series.indicator.name),
        "data": points,
        "color": COMMON,
        "lineStyle": {"width": 1, "color": "--soft"},
        "connectNulls": False,
        "showAllSymbol": True,
        "z": 3,
        "markArea": _departure(shown, words),
        "markLine": _lines(shown, words),
    }
    return {
        "grid": {"left": 60, "right": 90, "top": 40, "bottom": 40},
        "tooltip": {"trigger": "axis"},
        "xAxis": {"type": "category", "data": [day.isoformat() for day in series.dates]},
        "yAxis": {
            "type": "value",
            "scale": _far_from_zero(shown),
            "name": words(series.indicator.unit),
            "nameTextStyle": {"align": "left", "color": "--soft"},
            "splitLine": {"lineStyle": {"color": "--line", "opacity": 0.5}},
        },
        "series": [
            line,
            _step(words.say("mean"), limits.centre, "solid"),
            _step(words.say("upper limit"), limits.upper, "dashed"),
            _step(words.say("lower limit"), limits.lower, "dashed"),
        ],
    }


def _departure(shown: ShownChart, words: Words) -> Json:
    since, until = (day.isoformat() for day in (shown.signal.since, shown.signal.until))
    label = words.say("since {day}", day=shown.signal.since)
    return {
        "silent": True,
        "itemStyle": {"color": "--soft", "opacity": 0.15},
        "label": {"color": "--ink", "position": "top", "distance": 2},
        "data": [[{"xAxis": since, "name": label}, {"xAxis": until}]],
    }


def _lines(shown: ShownChart, words: Words) -> Json:
    """Mark the target, and the weeks in which limits begin anew."""
    dates = shown.chart.series.dates
    data: list[Json] = [
        {
            "xAxis": dates[start].isoformat(),
            "label": {"formatter": words.say("new level"), "position": "insideEndTop"},
        }
        for start in shown.chart.phases.starts
    ]
    if shown.target is not None:
        label = words.say("target {value:,.4g}", value=shown.target)
        data.append({"yAxis": shown.target, "label": {"formatter": label, "position": "end"}})
    return {
        "silent": True,
        "symbol": "none",
        "lineStyle": {"color": "--accent", "type": "dotted", "width": 2},
        "label": {"color": "--ink"},
        "data": data,
    }


def _far_from_zero(shown: ShownChart) -> bool:
    limits = shown.chart.limits
    drawn = np.concatenate([shown.chart.series.values, limits.lower, limits.upper])
    known = [*drawn[np.isfinite(drawn)], *([] if shown.target is None else [shown.target])]
    return bool(known and min(known) > FAR_FROM_ZERO * max(known))


def _step(name: str, values: NDArray[np.float64], dashes: str) -> Json:
    return {
        "type": "line",
        "name": name,
        "step": "middle",
        "symbol": "none",
        "data": [_number(value) for value in values],
        "color": "--soft",
        "lineStyle": {"width": 1.5, "type": dashes},
        "endLabel": {"show": True, "formatter": "{a}", "color": "--soft"},
    }


def _number(value: float) -> float | None:
    return round(float(value), 3) if np.isfinite(value) else None
