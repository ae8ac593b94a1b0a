"""A forecast as a fan: the history, the expected path, and bands that widen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.core.messages import say
from salus.report.layout import Chart
from salus.service.figure import digits

if TYPE_CHECKING:
    from salus.core.canonical import Json
    from salus.monitor.forecast import Forecast
    from salus.report.words import Words
    from salus.service.forecast_need import Outlook

SHOWN = 60
"""Periods of the history that are drawn: with more the fan would be a sliver."""

BANDS = ((95, 0.18), (80, 0.3), (50, 0.45))


def fan(outlook: Outlook, words: Words) -> Chart:
    """Draw the end of a series and its forecast.

    Parameters
    ----------
    outlook : Outlook
        A series with its forecast.
    words : Words
        The reader's language, for the labels inside the picture.

    Returns
    -------
    Chart
        Time to the right, zero shown, gaps as gaps, bands of 50, 80 and 95 %.
    """
    ahead, name = outlook.forecast, outlook.series.indicator.name
    return Chart(
        f"fan-{ahead.indicator.id}",
        say(
            "{name}: {point:,} expected in the period to {day}, between {low:,} and {high:,} "
            "(8 in 10 times)",
            name=name,
            point=_short(ahead.point[0], ahead),
            day=ahead.dates[0],
            low=_short(ahead.bands[80].lower[0], ahead),
            high=_short(ahead.bands[80].upper[0], ahead),
        ),
        _option(outlook, words),
        say(
            "Source: the history of {name} to {day}; bands from the errors at earlier origins. "
            "Table: forecast.csv.",
            name=name,
            day=ahead.origin,
        ),
        legend=(
            ("--ink", say("known")),
            ("--accent", say("expected, with bands of 50, 80 and 95 %")),
        ),
    )


def _short(value: float, ahead: Forecast) -> float:
    places = digits(ahead.point)
    return round(float(value), places) if places else round(float(value))


def _option(outlook: Outlook, words: Words) -> Json:
    series, ahead = outlook.series, outlook.forecast
    past = [day.isoformat() for day in series.dates[-SHOWN:]]
    future = [day.isoformat() for day in ahead.dates]
    known = [_number(value) for value in series.values[-SHOWN:]]
    gap: list[float | None] = [None] * (len(past) - 1)
    last = known[-1]
    lines: list[Json] = [_line(words.say("known"), [*known, *[None] * len(future)], "--ink")]
    for level, opacity in BANDS:
        band = ahead.bands[level]
        low = [*gap, last, *(_number(v) for v in band.lower)]
        width = [*gap, 0.0, *(_number(v) for v in band.upper - band.lower)]
        lines += _band(f"{level} %", low, width, opacity)
    path = [*gap, last, *(_number(v) for v in ahead.point)]
    lines.append(
        {**_line(words.say("expected"), path, "--accent"), "markLine": _origin(past[-1], words)}
    )
    return {
        "grid": {"left": 60, "right": 20, "top": 30, "bottom": 40},
        "tooltip": {"trigger": "axis"},
        "xAxis": {"type": "category", "data": [*past, *future], "boundaryGap": False},
        "yAxis": {
            "type": "value",
            "min": 0 if np.nanmin(series.values) >= 0 else None,
            "name": words(series.indicator.unit),
            "nameTextStyle": {"align": "left", "color": "--soft"},
            "splitLine": {"lineStyle": {"color": "--line", "opacity": 0.5}},
        },
        "series": lines,
    }


def _origin(day: str, words: Words) -> Json:
    return {
        "silent": True,
        "symbol": "none",
        "lineStyle": {"color": "--soft", "type": "dashed"},
        "label": {"formatter": words.say("known until here"), "color": "--soft"},
        "data": [{"xAxis": day}],
    }


def _line(name: str, values: list[float | None], colour: str) -> dict[str, Json]:
    return {
        "type": "line",
        "name": name,
        "data": values,
        "symbol": "none",
        "color": colour,
        "lineStyle": {"width": 2},
    }


def _band(
    name: str, low: list[float | None], width: list[float | None], opacity: float
) -> list[Json]:
    # Two stacked lines: an invisible lower edge, and the width of the band above it.
    quiet: dict[str, Json] = {"type": "line", "stack": name, "symbol": "none", "silent": True}
    edge: dict[str, Json] = {"lineStyle": {"opacity": 0}, "tooltip": {"show": False}}
    area: dict[str, Json] = {"areaStyle": {"color": "--accent", "opacity": opacity}}
    return [
        {**quiet, **edge, "data": low},
        {**quiet, **edge, **area, "data": width},
    ]


def _number(value: float) -> float | None:
    return round(float(value), 2) if np.isfinite(value) else None
