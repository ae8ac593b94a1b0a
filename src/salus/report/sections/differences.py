"""What each stress changes, district by district: the table and the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.explain.compare import compare
from salus.core.messages import say
from salus.report.charts.difference_map import LEAST, difference_map
from salus.report.layout import Cell, Column, Grid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.city.explain.compare import Compared
    from salus.report.layout import Chart
    from salus.report.words import Words
    from salus.service.day import Day
    from salus.service.plan_city import CityAnswer


MOST_DISTRICTS = 10
"""Districts of each stress in the table, at most: those whose coverage falls most come first."""


def differences(day: Day, words: Words) -> tuple[tuple[Grid, ...], tuple[Chart, ...]]:
    """Compare the plan of each stress with that of the expected days.

    Parameters
    ----------
    day : Day
        What was planned.
    words : Words
        The reader's language, for what stands inside pictures.

    Returns
    -------
    tuple of Grid
        The districts whose coverage changes most; none where it changes nowhere.
    tuple of Chart
        The map of the stress that changes most: one more for each would make a page heavy.
    """
    before = (day.expected.problem, day.expected.proposed.plan)
    found = [
        (key, answer, compare(before, (answer.problem, answer.proposed.plan)))
        for key, answer in day.scenarios()[1:]
    ]
    kept = [one for one in found if np.nan_to_num(np.abs(one[2].coverage_gained)).max() >= LEAST]
    expected = day.expected.proposed.unmet_weighted
    most = max(kept, key=lambda one: abs(one[1].proposed.unmet_weighted - expected), default=None)
    maps = () if most is None else (_map(day, most, words),)
    rows = tuple(row for _, answer, compared in kept for row in _rows(day, answer, compared))
    return ((_grid(rows),) if rows else ()), maps


def _map(day: Day, changed: tuple[str, CityAnswer, Compared], words: Words) -> Chart:
    key, answer, compared = changed
    return difference_map(day, key, answer.demand.label, compared, words)


def _rows(day: Day, answer: CityAnswer, compared: Compared) -> Iterator[tuple[Cell, ...]]:
    gained = np.nan_to_num(compared.coverage_gained)
    for i in np.argsort(gained, kind="stable")[:MOST_DISTRICTS]:
        if abs(gained[i]) >= LEAST:
            yield (
                Cell(answer.demand.label),
                Cell(day.region.districts[i].name),
                Cell(100 * float(compared.coverage[0, i]), 1),
                Cell(100 * float(compared.coverage[1, i]), 1),
                Cell(100 * float(gained[i]), 1),
            )


def _grid(rows: tuple[tuple[Cell, ...], ...]) -> Grid:
    columns = (
        Column(say("scenario"), number=False, wraps=True),
        Column(say("district"), number=False),
        Column(say("coverage in the expected days (%)")),
        Column(say("coverage now (%)")),
        Column(say("difference (points)")),
    )
    return Grid(say("Where coverage changes, falls first"), columns, rows, file="districts")
