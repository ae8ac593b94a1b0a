"""Unmet need by scenario, sorted: a line for each way to decide before need is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.core.messages import say
from salus.report.layout import Chart
from salus.service.uncertain.choice import MIDDLE, SHORT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salus.core.canonical import Json
    from salus.core.messages import Message
    from salus.report.words import Words
    from salus.service.uncertain.choice import Choice

STYLES = (("--soft", "dashed"), ("--accent", "solid"), ("--neutral", "dotted"), ("--ink", "solid"))
"""Colour and dashes of the lines: the one for the middle is dashed."""

SMALL = 0.05
"""Weighted cases below this make no difference."""


def unmet_chart(choices: Sequence[Choice], words: Words) -> Chart:
    """Draw what each choice leaves unmet in each scenario, the mildest to the left.

    Parameters
    ----------
    choices : sequence of Choice
        That for the middle first; those that leave the same unmet share a line.
    words : Words
        The reader's language, for the labels inside the picture.

    Returns
    -------
    Chart
        Lower is better; each line is sorted by itself.
    """
    return Chart(
        "unmet-by-scenario",
        _finding(choices),
        _option(_together(choices), words),
        say(
            "Source: {count} scenarios drawn from the forecasts, each planned after each choice. "
            "Table: uncertain_scenarios.csv.",
            count=len(choices[0].unmet),
        ),
    )


def _finding(choices: Sequence[Choice]) -> Message:
    middle = next(each for each in choices if each.key == MIDDLE)
    best = min(choices, key=lambda each: each.tail)
    if middle.tail - best.tail < SMALL:
        return say(
            "Unmet need by scenario: no choice leaves less unmet in the worst twentieth than that "
            "for the middle, {unmet:,.1f} weighted cases",
            unmet=middle.tail,
        )
    return say(
        "Unmet need by scenario: in the worst twentieth {low:,.1f} weighted cases ({choice}) "
        "rather than {high:,.1f} (middle)",
        low=best.tail,
        choice=SHORT[best.key],
        high=middle.tail,
    )


def _together(choices: Sequence[Choice]) -> list[list[Choice]]:
    found: list[list[Choice]] = []
    for choice in choices:
        same = next((one for one in found if np.allclose(one[0].unmet, choice.unmet)), None)
        if same is None:
            found.append([choice])
        else:
            same.append(choice)
    return found


def _option(lines: list[list[Choice]], words: Words) -> Json:
    return {
        "grid": {"left": 60, "right": 150, "top": 40, "bottom": 50},
        "tooltip": {"trigger": "axis"},
        "xAxis": {
            "type": "value",
            "min": 1,
            "max": len(lines[0][0].unmet),
            "name": words.say("scenarios, from the mildest to the worst"),
            "nameLocation": "middle",
            "nameGap": 28,
            "nameTextStyle": {"color": "--soft"},
            "splitLine": {"show": False},
        },
        "yAxis": {
            "type": "value",
            "min": 0,
            "name": words.say("unmet need (weighted cases)"),
            "nameTextStyle": {"color": "--soft", "align": "left"},
            "splitLine": {"lineStyle": {"color": "--line", "opacity": 0.5}},
        },
        "series": [_line(same, style, words) for same, style in zip(lines, STYLES, strict=False)],
    }


def _line(same: list[Choice], style: tuple[str, str], words: Words) -> Json:
    name = words.say("{choices}", choices=tuple(SHORT[each.key] for each in same))
    colour, dashes = style
    data: list[Json] = [
        [rank, round(value, 2)] for rank, value in enumerate(np.sort(same[0].unmet).tolist(), 1)
    ]
    return {
        "type": "line",
        "name": name,
        "data": data,
        "symbol": "none",
        "color": colour,
        "lineStyle": {"width": 2, "type": dashes},
        "endLabel": {"show": True, "formatter": name, "color": "--ink"},
        "labelLayout": {"moveOverlap": "shiftY"},
    }
