"""The errors of a forecast on an I chart, which tells whether the method still holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.core.messages import Message, say
from salus.report.layout import Chart

if TYPE_CHECKING:
    from salus.core.canonical import Json
    from salus.report.words import Words
    from salus.service.forecast_need import Outlook

COMMON, SPECIAL = "#a6a6a6", "#490092"


def residual_chart(outlook: Outlook, words: Words) -> Chart:
    """Draw the one-step errors with their limits; special points stand out.

    Parameters
    ----------
    outlook : Outlook
        A series with its forecast and the chart of its errors.
    words : Words
        The reader's language, for the labels inside the picture.

    Returns
    -------
    Chart
    """
    return Chart(
        f"residuals-{outlook.series.indicator.id}",
        residual_finding(outlook),
        _option(outlook, words),
        say(
            "Source: one-step errors at earlier origins; limits mean ± 2.66 average moving ranges "
            "(NHS Making Data Count). Table: residuals.csv."
        ),
        legend=(
            (COMMON, say("common cause")),
            (SPECIAL, say("special cause: a rule is met")),
        ),
    )


def latest_is_special(outlook: Outlook) -> bool:
    """Tell whether the latest error of a forecast is more than common cause."""
    last = len(outlook.chart.series.dates) - 1
    return any(signal.index == last for signal in outlook.chart.signals)


def residual_finding(outlook: Outlook) -> Message:
    """Say whether the forecast's errors are common cause, and since when they are not."""
    signals = {signal.index for signal in outlook.chart.signals}
    name = outlook.series.indicator.name
    last = len(outlook.chart.series.dates) - 1
    if not signals:
        return say("{name}: the forecast's errors are common cause", name=name)
    if last not in signals:
        return say(
            "{name}: {count} of {points} errors were special cause, none of them the latest; look "
            "for what happened in those weeks",
            name=name,
            count=len(signals),
            points=last + 1,
        )
    since = last
    while since - 1 in signals:
        since -= 1
    return say(
        "{name}: errors are special cause since {day}; take the forecast with care",
        name=name,
        day=outlook.chart.series.dates[since],
    )


def _option(outlook: Outlook, words: Words) -> Json:
    chart = outlook.chart
    special = {signal.index for signal in chart.signals}
    points: list[Json] = [
        {
            "value": _number(value),
            "itemStyle": {"color": SPECIAL if index in special else COMMON},
            "symbol": "diamond" if index in special else "circle",
            "symbolSize": 9 if index in special else 5,
        }
        for index, value in enumerate(chart.series.values)
    ]
    limits = chart.limits
    return {
        "grid": {"left": 60, "right": 20, "top": 30, "bottom": 40},
        "tooltip": {"trigger": "axis"},
        "xAxis": {"type": "category", "data": [day.isoformat() for day in chart.series.dates]},
        "yAxis": {
            "type": "value",
            "name": words(chart.series.indicator.unit),
            "nameTextStyle": {"align": "left", "color": "--soft"},
            "splitLine": {"lineStyle": {"color": "--line", "opacity": 0.5}},
        },
        "series": [
            {
                "type": "line",
                "name": words.say("error"),
                "data": points,
                "color": COMMON,
                "lineStyle": {"width": 1, "color": "--soft"},
                "connectNulls": False,
                "showAllSymbol": True,
            },
            *(
                _step(words(name), values, width)
                for name, values, width in (
                    (say("mean"), limits.centre, 2),
                    (say("upper limit"), limits.upper, 1),
                    (say("lower limit"), limits.lower, 1),
                )
            ),
        ],
    }


def _step(name: str, values: np.ndarray[tuple[int, ...], np.dtype[np.float64]], width: int) -> Json:
    return {
        "type": "line",
        "name": name,
        "step": "middle",
        "symbol": "none",
        "data": [_number(value) for value in values],
        "color": "--soft",
        "lineStyle": {"width": width, "type": "solid" if width > 1 else "dashed"},
    }


def _number(value: float) -> float | None:
    return round(float(value), 3) if np.isfinite(value) else None
