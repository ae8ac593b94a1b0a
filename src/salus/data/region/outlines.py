"""The map of a region: the outer rings of each district in ``districts.geojson``."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from salus.core.errors import Where
from salus.core.files import read_whole
from salus.core.messages import say
from salus.core.sheets.keys import refuse_odd_key
from salus.data.region.columns import OUTLINES_FILE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from salus.core.errors import Faults
    from salus.domain.place import Ring

SHORTEST_RING = 4
"""Points of the shortest closed ring: a triangle, its first point repeated."""


def read_outlines(folder: Path, faults: Faults) -> Mapping[str, tuple[Ring, ...]] | None:
    """Read the outer rings of the districts; holes are not kept.

    Parameters
    ----------
    folder : Path
        The region.
    faults : Faults
        Gathers what is wrong: text that is no JSON, a feature without key or polygon,
        a key that is odd.

    Returns
    -------
    mapping of str to tuple of rings, or None
        By district key, as (longitude, latitude) in degrees; ``None`` when there is no map.

    References
    ----------
    Butler and others (2016), The GeoJSON format, RFC 7946.
    """
    path = folder / OUTLINES_FILE
    if not path.exists():
        return None
    features = _features(path, faults)
    outlines: dict[str, tuple[Ring, ...]] = {}
    for number, feature in enumerate(features, start=1):
        try:
            key, rings = _outline(feature)
        except (KeyError, TypeError, ValueError, IndexError):
            what = say("feature {number} is no district with a polygon", number=number)
            remedy = say("give it a property district_id and a Polygon or MultiPolygon")
            faults.add(what, Where(OUTLINES_FILE), remedy)
            continue
        refuse_odd_key(key, Where(OUTLINES_FILE), faults)
        outlines[key] = outlines.get(key, ()) + rings
    return outlines


def _features(path: Path, faults: Faults) -> list[Any]:
    remedy = say("write a GeoJSON FeatureCollection in UTF-8, one feature for each district")
    try:
        document = json.loads(read_whole(path).decode("utf-8-sig"))
        features = document["features"]
    except json.JSONDecodeError as error:
        what = say("this is not JSON: {reason}", reason=error.msg)
        faults.add(what, Where(OUTLINES_FILE, error.lineno), remedy)
    except (OSError, UnicodeDecodeError, KeyError, TypeError):
        faults.add(say("this is not GeoJSON"), Where(OUTLINES_FILE), remedy)
    else:
        if isinstance(features, list):
            return features
        faults.add(say("this is not GeoJSON"), Where(OUTLINES_FILE), remedy)
    return []


def _outline(feature: Any) -> tuple[str, tuple[Ring, ...]]:  # noqa: ANN401  JSON of anybody
    key = str(feature["properties"]["district_id"])
    geometry = feature["geometry"]
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    elif geometry["type"] != "MultiPolygon":
        raise ValueError(geometry["type"])
    return key, tuple(_ring(polygon[0]) for polygon in polygons)


def _ring(points: Any) -> Ring:  # noqa: ANN401  JSON of anybody
    ring = tuple((float(point[0]), float(point[1])) for point in points)
    if len(ring) < SHORTEST_RING or not all(math.isfinite(x + y) for x, y in ring):
        message = f"a ring must have {SHORTEST_RING} finite points or more, but is {ring}"
        raise ValueError(message)
    return ring
