"""The map of a what-if: how much more, or less, of the need of each district is covered."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from salus.core.messages import Message, say
from salus.report.charts.districts import dense, drawn, outline, shade, source
from salus.report.layout import Chart

if TYPE_CHECKING:
    from salus.allocate.city.explain.compare import Compared
    from salus.domain.place import District
    from salus.report.words import Words
    from salus.service.day import Day

LOST_TO_GAINED = ("#b91c1c", "#ef8a62", "#fddbc7", "#f7f7f7", "#cfeae5", "#63b8ab", "#0f766e")
STEPS = (-0.2, -0.05, -0.0005, 0.0005, 0.05, 0.2)
LEAST = STEPS[3]


def difference_map(day: Day, key: str, label: Message, compared: Compared, words: Words) -> Chart:
    """Draw how the coverage of each district differs from that of the expected days.

    Parameters
    ----------
    day : Day
        With the places.
    key : str
        Key of the scenario, such as ``stress1``.
    label : Message
        What the scenario is called.
    compared : Compared
        The plan of the expected days, and that of the scenario.
    words : Words
        The reader's language, for what is said on hover.

    Returns
    -------
    Chart
    """
    gained = compared.coverage_gained
    names = [
        _name(district, float(before), float(after), words)
        for district, before, after in zip(day.region.districts, *compared.coverage, strict=True)
    ]
    chart = f"difference-{key}"
    colours = [shade(share, LOST_TO_GAINED, STEPS) for share in gained]
    title = say(
        "{case}: {lost:,} of {districts:,} districts are covered less than in the expected days, "
        "{more:,} more",
        case=label,
        lost=int(np.sum(gained < -LEAST)),
        districts=gained.size,
        more=int(np.sum(gained >= LEAST)),
    )
    return Chart(
        chart,
        title,
        drawn(chart, day, names, colours),
        source(day),
        outline=outline(day, names),
        legend=_legend(),
        dense=dense(day),
    )


def _name(district: District, before: float, after: float, words: Words) -> str:
    if math.isnan(before) or math.isnan(after):
        return words.say("{name}: nothing needed", name=district.name)
    return words.say(
        "{name}: {before:.1%} covered in the expected days, {after:.1%} now",
        name=district.name,
        before=before,
        after=after,
    )


def _legend() -> tuple[tuple[str, Message], ...]:
    meant = (
        say("covered less by 20 points and more"),
        say("less by 5 to 20"),
        say("less by up to 5"),
        say("as before"),
        say("more by up to 5"),
        say("more by 5 to 20"),
        say("more by 20 and more"),
    )
    return tuple(zip(LOST_TO_GAINED, meant, strict=True))
