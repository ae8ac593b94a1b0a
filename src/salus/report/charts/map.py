"""The map: districts by coverage, facilities by size and load, flows above a threshold."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from salus.core.messages import Message, say
from salus.report.charts.districts import (
    DENSE,
    dense,
    drawn,
    few,
    named,
    outline,
    shade,
    source,
)
from salus.report.layout import Chart

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.core.canonical import Json
    from salus.domain.place import District, Facility
    from salus.report.words import Words
    from salus.service.day import Day
    from salus.service.plan_city import CityAnswer

COVERAGE = ("#f0faf8", "#cfeae5", "#9fd5cc", "#63b8ab", "#2f978a", "#0f766e")
COVERAGE_STEPS = (0.5, 0.8, 0.9, 0.95, 0.999)
LOAD = ("#ffffff", "#fde3cd", "#f9b98a", "#f08c47", "#e46c0a")
LOAD_STEPS = (0.5, 0.75, 0.9, 0.999)
FLOW = "#0f172a"
MOST_FLOWS = 150


def city_map(day: Day, key: str, answer: CityAnswer, words: Words) -> Chart:
    """Draw one plan on the map.

    Parameters
    ----------
    day : Day
        With the places.
    key : str
        Key of the plan, such as ``expected``.
    answer : CityAnswer
        The plan.
    words : Words
        The reader's language, for what is said on hover.

    Returns
    -------
    Chart
        Polygons where outlines are known, points elsewhere.
    """
    covered = _coverage(answer)
    names = [
        _name(district, share, words)
        for district, share in zip(day.region.districts, covered, strict=True)
    ]
    colours = [shade(share, COVERAGE, COVERAGE_STEPS) for share in covered]
    places = _facilities(day, answer, words)
    short = int(np.sum(covered < COVERAGE_STEPS[-1]))
    return Chart(
        f"map-{key}",
        _finding(answer.demand.label, short, len(covered)),
        drawn(f"map-{key}", day, names, colours, (_flows(day, answer), places)),
        source(day),
        outline=outline(day, names),
        legend=_legend(),
        dense=dense(day),
    )


def _finding(label: Message, short: int, districts: int) -> Message:
    if not short:
        return say("{case}: every district is fully covered", case=label)
    return say(
        "{case}: {short:,} of {districts:,} districts are not fully covered",
        case=label,
        short=short,
        districts=districts,
    )


def _coverage(answer: CityAnswer) -> NDArray[np.float64]:
    need = answer.problem.need.sum(axis=(1, 2))
    unmet = answer.proposed.measures.unmet.sum(axis=(1, 2))
    return np.divide(need - unmet, need, out=np.full(need.shape, np.nan), where=need > 0)


def _name(district: District, coverage: float, words: Words) -> str:
    if math.isnan(coverage):
        return words.say("{name}: nothing needed", name=district.name)
    return words.say("{name}: {share:.1%} covered", name=district.name, share=coverage)


def _facilities(day: Day, answer: CityAnswer, words: Words) -> Json:
    # What no case takes by itself, such as nurses whom beds ask for, has no load.
    taken = answer.problem.uses.any(axis=0)
    daily = answer.problem.capacity.sum(axis=2)[:, taken]
    capacity = daily.sum(axis=1)
    used = (daily * np.nan_to_num(answer.proposed.measures.load[:, taken])).sum(axis=1)
    # Many circles must be small ones; the area of each tells its capacity.
    widest = 20 if np.count_nonzero(capacity) <= DENSE else 8
    scale = widest / math.sqrt(float(capacity.max(initial=1.0)))
    data: list[Json] = [
        {
            **_facility(facility, float(capacity[j]), float(used[j]), scale, words),
            **(named(facility.name, "right") if few(day) else {}),
        }
        for j, facility in enumerate(day.region.facilities)
        if capacity[j] > 0
    ]
    return {
        "type": "scatter",
        "coordinateSystem": "geo",
        "data": data,
        "itemStyle": {"borderColor": "#0f172a", "borderWidth": 1},
        "labelLayout": {"hideOverlap": True},
    }


def _facility(
    facility: Facility, capacity: float, used: float, scale: float, words: Words
) -> dict[str, Json]:
    load = used / capacity
    return {
        "name": words.say(
            "{name}: {share:.1%} of its capacity used", name=facility.name, share=load
        ),
        "value": [facility.position.longitude, facility.position.latitude],
        "symbolSize": round(max(2.0, scale * math.sqrt(capacity)), 1),
        "itemStyle": {"color": shade(load, LOAD, LOAD_STEPS)},
    }


def _flows(day: Day, answer: CityAnswer) -> Json:
    plan, region = answer.proposed.plan, day.region
    pair = plan.district * len(region.facilities) + plan.facility
    pairs, place = np.unique(pair, return_inverse=True)
    cases = np.bincount(place, plan.cases, len(pairs))
    order = np.argsort(-cases, kind="stable")[:MOST_FLOWS]
    widest = float(cases.max(initial=1.0))
    rows: list[Json] = []
    for index in order:
        i, j = divmod(int(pairs[index]), len(region.facilities))
        origin, target = region.districts[i].position, region.facilities[j].position
        width = round(1 + 9 * float(cases[index]) / widest, 2)
        rows.append([origin.longitude, origin.latitude, target.longitude, target.latitude, width])
    return {
        "type": "custom",
        "coordinateSystem": "geo",
        "color": FLOW,
        "silent": True,
        "data": rows,
        "encode": {"tooltip": []},
    }


def _legend() -> tuple[tuple[str, Message], ...]:
    covered = (
        say("district: less than 50 % covered"),
        say("50 to 80 %"),
        say("80 to 90 %"),
        say("90 to 95 %"),
        say("95 % and more"),
        say("fully covered"),
    )
    used = (
        say("facility (area: capacity): less than 50 % used"),
        say("50 to 75 %"),
        say("75 to 90 %"),
        say("90 % and more"),
        say("full"),
    )
    return (
        *zip(COVERAGE, covered, strict=True),
        *zip(LOAD, used, strict=True),
        (FLOW, say("the {count} largest flows, wide where people live", count=MOST_FLOWS)),
    )
