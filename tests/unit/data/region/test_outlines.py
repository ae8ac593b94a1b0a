"""The map: polygons, several polygons, and what does not belong."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from salus.core.errors import Faults, InputError
from salus.data.region.outlines import read_outlines
from salus.data.region.reader import read_region
from salus.data.region.repairs import Rule

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SQUARE = [[0, 0], [1, 0], [1, 1], [0, 0]]
HOLE = [[0.2, 0.1], [0.3, 0.1], [0.3, 0.2], [0.2, 0.1]]


def collection(*features: tuple[str, str, object]) -> str:
    """Write features of key, type and coordinates."""
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {"properties": {"district_id": key}, "geometry": {"type": kind, "coordinates": at}}
                for key, kind, at in features
            ],
        }
    )


def test_outer_rings_are_kept_and_holes_are_not(write: Callable[..., Path]) -> None:
    """A polygon gives one ring, a multipolygon one for each part."""
    text = collection(
        ("D1", "Polygon", [SQUARE, HOLE]), ("D2", "MultiPolygon", [[SQUARE], [SQUARE, HOLE]])
    )
    region = read_region(write(outlines=text))
    ring = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0))
    assert [district.outline for district in region.districts] == [(ring,), (ring, ring)]
    assert region.sources[-1].rows == 2


def test_strange_and_missing_outlines_are_listed(write: Callable[..., Path]) -> None:
    """An outline of nobody is left out, a district without one is a point."""
    region = read_region(
        write(outlines=collection(("D1", "Polygon", [SQUARE]), ("X", "Polygon", [SQUARE])))
    )
    assert [repair.rule for repair in region.repairs] == [Rule.OUTLINE_UNUSED, Rule.NO_OUTLINE]


def test_no_map_is_no_fault(tmp_path: Path) -> None:
    """A folder without a map has none."""
    assert read_outlines(tmp_path, Faults()) is None


@pytest.mark.parametrize(
    "text",
    [
        collection(("D1", "Point", [0, 0])),
        collection(("D1", "Polygon", [[[0, 0], [1, 1]]])),
        collection(("D1", "Polygon", [[["a", 0], [1, 1], [2, 2], [3, 3]]])),
        '{"features": [{"geometry": null}]}',
        '{"features": 3}',
        "[]",
    ],
)
def test_what_is_no_map_of_districts_is_a_fault(write: Callable[..., Path], text: str) -> None:
    """Points, short rings, text in coordinates and other documents are refused."""
    with pytest.raises(InputError) as caught:
        read_region(write(outlines=text))
    (fault,) = caught.value.faults
    assert fault.where.source == "districts.geojson"
