"""The districts of a region on a map: outlines where they are known, squares elsewhere."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from salus.core.messages import Message, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salus.core.canonical import Json
    from salus.domain.place import District, Facility
    from salus.service.day import Day

NOTHING = "#ffffff"
FEW = 60
"""Up to this many places a map shows all of them, large and with their names."""
MARGIN = 0.12
"""Share of the width and height of a small region that stays free on each side."""
DENSE = 500
"""Above this many places the map is drawn on a canvas, below as vectors."""


def dense(day: Day) -> bool:
    """Tell whether a map of the day has so many marks that a canvas must draw them."""
    return len(day.region.districts) + len(day.region.facilities) > DENSE


def few(day: Day) -> bool:
    """Tell whether a map of the day, drawn without outlines, has room for names."""
    outlined = any(district.outline for district in day.region.districts)
    return not outlined and len(day.region.districts) + len(day.region.facilities) <= FEW


def named(name: str, side: str) -> dict[str, Json]:
    """Write a name beside a mark."""
    label: Json = {"show": True, "formatter": name, "position": side, "color": "--ink"}
    return {"label": label}


def shade(share: float, ramp: tuple[str, ...], steps: tuple[float, ...]) -> str:
    """Choose the colour of a share: one more than there are steps; white where there is none."""
    return NOTHING if math.isnan(share) else ramp[sum(share >= step for step in steps)]


def source(day: Day) -> Message:
    """Say where the figures of a map come from."""
    tables = say("Source: the plan of this run. Tables: districts.csv, facilities.csv, flows.csv.")
    if any(district.outline for district in day.region.districts):
        return tables
    if few(day):
        return say("{tables} Without districts.geojson, districts are squares.", tables=tables)
    return say(
        "{tables} Without districts.geojson, districts are squares; far places lie outside the "
        "picture and are found by dragging it.",
        tables=tables,
    )


def outline(day: Day, names: Sequence[str]) -> Json:
    """Collect the outlines of the districts as GeoJSON, under the names that hover shows."""
    features: list[Json] = [
        {
            "type": "Feature",
            "properties": {"name": name},
            "geometry": {
                "type": "MultiPolygon",
                "coordinates": [[[list(point) for point in ring]] for ring in district.outline],
            },
        }
        for district, name in zip(day.region.districts, names, strict=True)
        if district.outline
    ]
    return {"type": "FeatureCollection", "features": features or [_frame(day)]}


def _frame(day: Day) -> Json:
    # Without outlines an invisible frame carries the coordinates. Of many places it holds 96 in
    # 100 in each direction, so that far islands do not shrink the rest.
    places: list[District | Facility] = [*day.region.districts, *day.region.facilities]
    points = np.array([[p.position.longitude, p.position.latitude] for p in places])
    held = (0.0, 1.0) if few(day) else (0.02, 0.98)
    corners = np.quantile(points, held, axis=0)
    if few(day):
        corners += np.array([[-1.0], [1.0]]) * np.maximum(MARGIN * np.ptp(corners, axis=0), 0.01)
    (west, south), (east, north) = corners.tolist()
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "type": "Feature",
        "properties": {"name": ""},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def drawn(
    chart: str, day: Day, names: Sequence[str], colours: Sequence[str], above: Sequence[Json] = ()
) -> Json:
    """Draw the districts in their colours.

    Parameters
    ----------
    chart : str
        Key of the chart.
    day : Day
        With the places.
    names : sequence of str
        What hover says of each district.
    colours : sequence of str
        The colour of each.
    above : sequence of JSON values
        Series that are drawn over the districts.

    Returns
    -------
    JSON value
        What the chart library draws.
    """
    region = day.region
    pairs = list(zip(region.districts, names, colours, strict=True))
    middle = math.radians(np.mean([item.position.latitude for item in region.districts]))
    known: list[Json] = [
        {"name": name, "itemStyle": {"areaColor": colour}}
        for district, name, colour in pairs
        if district.outline
    ]
    squares: list[Json] = [
        {
            "name": name,
            "value": [district.position.longitude, district.position.latitude],
            "itemStyle": {"color": colour},
            **(named(district.name, "left") if few(day) else {}),
        }
        for district, name, colour in pairs
        if not district.outline
    ]
    return {
        "tooltip": {"trigger": "item", "formatter": "{b}"},
        "geo": {
            "map": f"outline-{chart}",
            "roam": True,
            "left": 0,
            "right": 0,
            "top": 10,
            "bottom": 10,
            "preserveAspect": "contain",
            "aspectScale": round(math.cos(middle), 4),
            "itemStyle": {
                "areaColor": NOTHING,
                "borderColor": "#475569",
                "borderWidth": 0.6 if known else 0,
            },
            "emphasis": {"label": {"show": False}},
            "regions": known,
            "tooltip": {"show": True, "formatter": "{b}"},
        },
        "series": [_squares(squares, few=few(day)), *above],
    }


def _squares(data: list[Json], *, few: bool) -> Json:
    edge: Json = {"borderColor": "#475569", "borderWidth": 1} if few else {}
    return {
        "type": "scatter",
        "coordinateSystem": "geo",
        "symbol": "square",
        "symbolSize": 18 if few else 5,
        "itemStyle": edge,
        "data": data,
    }
