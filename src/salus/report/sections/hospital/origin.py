"""Where the cost of a plan arises: by person, room, nurse and day."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from salus.allocate.hospital.explain.costs import RULES, Dimension
from salus.allocate.hospital.verification import Soft
from salus.core.messages import say
from salus.report.charts.hospital.axis import day_name
from salus.report.layout import Cell, Column, Grid, Section
from salus.report.sections.hospital.words import COMPONENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from salus.report.layout import Shown
    from salus.service.explain_hospital import ExplainedHospital

SHORT, LONG = 8, 2000
HEADS = {
    Soft.ROOM_AGE_MIX: say("ages"),
    Soft.ROOM_SKILL_LEVEL: say("skill"),
    Soft.CONTINUITY_OF_CARE: say("continuity"),
    Soft.EXCESSIVE_NURSE_WORKLOAD: say("overload"),
    Soft.OPEN_OPERATING_THEATER: say("theatres"),
    Soft.SURGEON_TRANSFER: say("changes"),
    Soft.PATIENT_DELAY: say("wait"),
    Soft.ELECTIVE_UNSCHEDULED_PATIENTS: say("postponed"),
}
"""The word that stands for each component where the columns are narrow."""
TITLES = {
    Dimension.PERSON: say("Cost by person"),
    Dimension.ROOM: say("Cost by room"),
    Dimension.NURSE: say("Cost by nurse"),
    Dimension.DAY: say("Cost by day"),
}
NAMES = {
    Dimension.PERSON: say("person"),
    Dimension.ROOM: say("room"),
    Dimension.NURSE: say("nurse on duty"),
    Dimension.DAY: say("day"),
}
NONE = {
    Dimension.PERSON: say("not by person"),
    Dimension.ROOM: say("not by room"),
    Dimension.NURSE: say("not by nurse"),
    Dimension.DAY: say("not by day"),
}
DIGITS = 1


def origin_section(explained: ExplainedHospital) -> Section:
    """Show the cost by person, room, nurse and day; each adds up to the whole.

    Parameters
    ----------
    explained : ExplainedHospital
        The plan.

    Returns
    -------
    Section
    """
    whole = int(explained.costs.total)
    return Section(
        "origin",
        say("Where the cost of {cost:,} arises: each table adds up to it", cost=whole),
        say("By origin"),
        tuple(
            say("{component}: {rule}", component=COMPONENTS[each], rule=RULES[each])
            for each in Soft
        ),
        tuple(_grid(explained, dimension, explained.first) for dimension in Dimension),
    )


def _grid(explained: ExplainedHospital, dimension: Dimension, first: date | None) -> Grid:
    found = explained.costs.by(dimension)
    known = [key for key in found if key is not None]
    if dimension is Dimension.DAY:
        known.sort()
    else:
        known.sort(key=lambda key: -sum(found[key].values()))
    # A component that is by none of these has no column of its own.
    shown = [each for each in Soft if any(each in found[key] for key in known)]
    rows = [_row(say("all"), _sum(found.values()), shown)]
    if None in found:
        rows.append(_row(NONE[dimension], found[None], shown))
    rows += [_row(_named(key, first), found[key], shown) for key in known]
    columns = (
        Column(NAMES[dimension], number=False, wraps=True),
        *(Column(HEADS[each]) for each in shown),
        Column(say("sum")),
    )
    return Grid(TITLES[dimension], columns, tuple(rows), SHORT, LONG, lead=1)


def _sum(rows: Iterable[Mapping[Soft, Fraction]]) -> dict[Soft, Fraction]:
    whole: dict[Soft, Fraction] = {}
    for row in rows:
        for component, cost in row.items():
            whole[component] = whole.get(component, Fraction(0)) + cost
    return whole


def _named(key: str | int | None, first: date | None) -> Shown:
    return day_name(key, first) if isinstance(key, int) else key


def _row(name: Shown, costs: Mapping[Soft, Fraction], shown: Sequence[Soft]) -> tuple[Cell, ...]:
    cells = (Cell(float(costs[each]) if each in costs else None, DIGITS) for each in shown)
    return (Cell(name), *cells, Cell(float(sum(costs.values())), DIGITS))
