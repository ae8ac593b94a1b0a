"""The front of need against fairness: each point a plan, the ends labelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.messages import say
from salus.report.layout import Chart

if TYPE_CHECKING:
    from salus.allocate.city.pareto import Front, FrontPoint
    from salus.core.canonical import Json
    from salus.core.messages import Message
    from salus.report.words import Words


def front_chart(key: str, front: Front, words: Words) -> Chart:
    """Draw the plans that none beats in both need and fairness.

    Parameters
    ----------
    key : str
        Key of the picture within the page.
    front : Front
        With at least one plan.
    words : Words
        The reader's language, for the labels inside the picture.

    Returns
    -------
    Chart
        Fairer to the left, need better served further down: what is lower left is better.
    """
    return Chart(
        f"front-{key}",
        front_finding(front),
        _option(front, words),
        say(
            "Source: {count} verified plans of the same city, each the best for need within a "
            "limit on unfairness.",
            count=len(front.points),
        ),
        legend=(("--accent", say("a plan that none beats in both")),),
    )


def front_finding(front: Front) -> Message:
    """Say what the fairest plan costs, and what it changes."""
    first, last = front.points[0], front.points[-1]
    if len(front.points) == 1:
        return say("The plan that serves need best is the fairest, too")
    return say(
        "{measured}: {low:.3g} rather than {high:.3g} in the fairest plan, which costs {more:.3%} "
        "more than the one that serves need best",
        more=(last.need - first.need) / max(abs(first.need), 1e-9),
        high=first.measure,
        low=last.measure,
        measured=front.measured,
    )


def _option(front: Front, words: Words) -> Json:
    points: list[Json] = [_point(point) for point in front.points]
    ends = [(front.points[0], words.say("best for need"), "top")]
    if len(front.points) > 1:
        ends.append((front.points[-1], words.say("fairest"), "right"))
    return {
        "grid": {"left": 85, "right": 70, "top": 40, "bottom": 50},
        "tooltip": {"trigger": "item"},
        "xAxis": _axis(words(front.measured), "middle", 28),
        "yAxis": _axis(words.say("unmet need, travel and the rest (weighted minutes)"), "end", 12),
        "series": [
            {
                "type": "line",
                "name": words.say("a plan that none beats in both"),
                "data": points,
                "symbol": "circle",
                "symbolSize": 8,
                "color": "--accent",
                "lineStyle": {"width": 2},
            },
            {
                "type": "scatter",
                "symbolSize": 13,
                "color": "--accent",
                "data": [_end(point, label, side) for point, label, side in ends],
            },
        ],
    }


def _axis(name: str, where: str, gap: int) -> Json:
    return {
        "type": "value",
        "scale": True,
        "name": name,
        "nameLocation": where,
        "nameGap": gap,
        "nameTextStyle": {"color": "--soft", "align": "left" if where == "end" else "center"},
        "splitLine": {"lineStyle": {"color": "--line", "opacity": 0.5}},
    }


def _end(point: FrontPoint, label: str, side: str) -> Json:
    return {
        "value": _point(point),
        "label": {"show": True, "formatter": label, "position": side, "color": "--ink"},
    }


def _point(point: FrontPoint) -> Json:
    return [round(point.measure, 4), round(point.need, 1)]
