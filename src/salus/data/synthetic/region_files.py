"""The region folder of the city: what a planner would send."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from salus.core.rng import stream
from salus.data.synthetic.bed_states import Occupancy, occupancy
from salus.data.synthetic.indicators import INDICATORS, week_ends
from salus.data.synthetic.layout import degrees
from salus.data.synthetic.staff import nurses_on_shift
from salus.data.synthetic.weekly import WEEKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from salus.data.synthetic.indicators import History
    from salus.data.synthetic.layout import Layout
    from salus.data.synthetic.spec import CitySpec
    from salus.data.synthetic.wards import Wards
    from salus.data.synthetic.weekly import Tally

STATE, KIND = "Atlantis", "GENERAL ACUTE CARE"
USES = {
    "ward": (4.6, 1.0, {"ward_bed": 1.0, "nurse": 0.2, "doctor": 0.06, "antibiotic": 0.35}),
    "icu": (3.8, 3.0, {"icu_bed": 1.0, "nurse": 0.5, "doctor": 0.15, "antibiotic": 0.7}),
}
"""Stays and severities of the house; what a case takes of staff on a shift and of antibiotic
days of treatment is our own choice, after staff.py and Magill and others 2014, JAMA 312:1438 (half
of all inpatients are on antimicrobials)."""
SPARE = {"nurse": (0.95, 1.25), "doctor": (1.0, 1.4), "antibiotic": (1.0, 1.6)}
"""Range of what a hospital has, against what its beds would take when all are used."""


def write_region(folder: Path, wards: Wards, tally: Tally, series: Sequence[History]) -> None:
    """Write the files that ``salus.data.region.reader.read_region`` reads.

    Parameters
    ----------
    folder : Path
        An existing folder.
    wards : Wards
        Of the hospitals.
    tally : Tally
        All people and contacts, counted, with the city they belong to.
    series : sequence of History
        The indicators, pooled over the hospitals here.
    """
    spec, layout = tally.spec, tally.layout
    use = occupancy(spec, layout)
    _districts(folder, spec, layout, tally)
    _outlines(folder, layout)
    _facilities(folder, spec, layout, use)
    _services(folder)
    _supply(folder, spec, layout, wards)
    _weekly(folder, spec, tally)
    _indicators(folder, series)


def _districts(folder: Path, spec: CitySpec, layout: Layout, tally: Tally) -> None:
    head = "district_id,name,state,latitude,longitude,population,population_65plus,deprivation"
    places = degrees(layout.centres).tolist()
    rows = zip(
        layout.district_ids,
        layout.district_names,
        places,
        tally.people.tolist(),
        tally.old.tolist(),
        layout.deprivation.tolist(),
        strict=True,
    )
    _csv(
        folder / "districts.csv",
        f"{head},as_of",
        (
            (key, name, STATE, lat, lon, people, old, poor, spec.as_of)
            for key, name, (lon, lat), people, old, poor in rows
        ),
    )


def _outlines(folder: Path, layout: Layout) -> None:
    features = [
        {
            "type": "Feature",
            "properties": {"district_id": key, "name": name},
            "geometry": {"type": "Polygon", "coordinates": [degrees(ring).tolist()]},
        }
        for key, name, ring in zip(
            layout.district_ids, layout.district_names, layout.outlines, strict=True
        )
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
    (folder / "districts.geojson").write_text(text + "\n", encoding="utf-8")


def _facilities(folder: Path, spec: CitySpec, layout: Layout, use: Occupancy) -> None:
    head = "facility_id,name,type,state,county,latitude,longitude,staffed_beds,staffed_icu_beds"
    icu_share = layout.icu_beds / layout.beds
    all_use = use.ward * (1 - icu_share) + use.icu * icu_share
    places = degrees(layout.sites).tolist()
    _csv(
        folder / "facilities.csv",
        f"{head},bed_occupancy,icu_occupancy,as_of",
        (
            (
                key,
                layout.hospital_names[k],
                KIND,
                STATE,
                layout.district_names[layout.home[k]],
                places[k][1],
                places[k][0],
                layout.beds[k],
                layout.icu_beds[k],
                round(float(all_use[k]), 3),
                use.icu[k],
                spec.as_of,
            )
            for k, key in enumerate(layout.hospital_ids)
        ),
    )


def _services(folder: Path) -> None:
    _csv(
        folder / "services.csv",
        "service_id,name,stay_days,severity,resource_id,units",
        (
            (key, "", stay, severity, resource, units)
            for key, (stay, severity, uses) in USES.items()
            for resource, units in uses.items()
        ),
    )


def _supply(folder: Path, spec: CitySpec, layout: Layout, wards: Wards) -> None:
    rng = stream(spec.seed, "supply")
    nurses = np.bincount(wards.hospital, nurses_on_shift(wards), len(wards.hospitals))
    ward_beds = layout.beds - layout.icu_beds
    takes = {
        resource: ward_beds * USES["ward"][2][resource] + layout.icu_beds * USES["icu"][2][resource]
        for resource in SPARE
    }
    takes["nurse"] = np.maximum(takes["nurse"], nurses)
    _csv(
        folder / "supply.csv",
        "facility_id,resource_id,staffed",
        (
            (key, resource, round(float(takes[resource][k] * rng.uniform(*SPARE[resource])), 1))
            for k, key in enumerate(layout.hospital_ids)
            for resource in SPARE
        ),
    )


def _weekly(folder: Path, spec: CitySpec, tally: Tally) -> None:
    rows = zip(week_ends(spec, WEEKS), tally.influenza().tolist(), strict=True)
    _csv(folder / "weekly_admissions.csv", "week_ending,influenza_admissions", rows)


def _indicators(folder: Path, series: Sequence[History]) -> None:
    pooled: dict[str, list[History]] = defaultdict(list)
    for each in series:
        pooled[each.indicator.id].append(each)
    _csv(
        folder / "indicators.csv",
        "indicator_id,name,unit,direction,period_end,value",
        (
            (of.id, "", "", of.direction, week, value)
            for of in INDICATORS
            for week, value in zip(pooled[of.id][0].weeks, _pooled(pooled[of.id]), strict=True)
        ),
    )


def _pooled(histories: Sequence[History]) -> list[object]:
    counted = np.array([each.counted for each in histories])
    known = np.isfinite(counted)
    at_risk = np.where(known, [each.at_risk for each in histories], 0).sum(axis=0)
    per = histories[0].indicator.per
    value = per * np.nansum(counted, axis=0) / np.maximum(at_risk, 1)
    return [round(float(v), 4) if n else "" for v, n in zip(value, at_risk, strict=True)]


def _csv(path: Path, head: str, rows: Iterable[Iterable[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream_:
        out = csv.writer(stream_, lineterminator="\n")
        out.writerow(head.split(","))
        out.writerows(rows)
