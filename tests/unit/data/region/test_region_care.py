"""Services, supplies, and who takes what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salus.data.region.defaults import FACILITY_TYPES, SERIES_SPLIT, SERVICES
from salus.data.region.reader import read_region
from salus.data.region.repairs import Rule

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Write = Callable[..., Path]

HEADER = (
    "facility_id,name,type,state,county,latitude,longitude,"
    "staffed_beds,staffed_icu_beds,bed_occupancy,icu_occupancy\n"
)
SERVICES_HEADER = "service_id,name,stay_days,severity,resource_id,units,facility_types\n"


def facility(key: str, kind: str) -> str:
    """Write a facility of a type with 90 ward and 10 ICU beds."""
    return f"{key},{key},{kind},FL,NORTH,28,-82,100,10,.5,.5\n"


def test_general_and_critical_access_take_both(write: Write) -> None:
    """The two types for everybody take ward and ICU, and their beds are supplies."""
    rows = HEADER + facility("B", "critical  access") + facility("A", "General Acute Care")
    region = read_region(write(facilities=rows))
    assert region.takes == {(key, service) for key in "AB" for service in ("ward", "icu")}
    assert [(s.facility_id, s.resource_id, s.staffed) for s in region.supplies] == [
        ("A", "icu_bed", 10),
        ("A", "ward_bed", 90),
        ("B", "icu_bed", 10),
        ("B", "ward_bed", 90),
    ]


@pytest.mark.parametrize("kind", [kind.name for kind in FACILITY_TYPES if not kind.takes])
def test_restricted_types_stay_on_the_map_and_are_not_planned(write: Write, kind: str) -> None:
    """A facility for a restricted group has no supply, takes nothing, and is listed."""
    rows = HEADER + facility("A", "GENERAL ACUTE CARE") + facility("B", kind)
    region = read_region(write(facilities=rows))
    assert [item.id for item in region.facilities] == ["A", "B"]
    assert {key for key, _ in region.takes} == {"A"}
    assert {supply.facility_id for supply in region.supplies} == {"A"}
    (repair,) = region.repairs
    assert (repair.rule, repair.where.row, repair.left_out) == (Rule.RESTRICTED, 3, True)
    assert "not planned" in str(repair.what)


def test_a_facility_without_beds_is_not_planned(write: Write) -> None:
    """Neither staffed nor licensed beds: it stays on the map, and is listed as without data."""
    rows = HEADER + facility("A", "GENERAL ACUTE CARE")
    region = read_region(write(facilities=rows + "B,B,GENERAL ACUTE CARE,FL,NORTH,28,-82,,,,\n"))
    assert len(region.facilities) == 2
    (repair,) = region.repairs
    assert (repair.rule, repair.where.row, repair.left_out) == (Rule.NO_BEDS, 3, True)
    assert "not planned: no data" in str(repair.what)


def test_a_facility_with_a_written_zero_is_not_planned(write: Write) -> None:
    """Its beds are known to be none, in spite of its licence: listed, with that reason."""
    head = HEADER.replace("\n", ",licensed_beds\n")
    rows = head + facility("A", "GENERAL ACUTE CARE").replace("\n", ",100\n")
    rows += "B,B,GENERAL ACUTE CARE,FL,NORTH,28,-82,0,0,,,100\n"
    region = read_region(write(facilities=rows))
    assert {supply.facility_id for supply in region.supplies} == {"A"}
    (repair,) = region.repairs
    assert (repair.rule, repair.where.row, repair.left_out) == (Rule.NO_BEDS, 3, True)
    assert str(repair.what) == "there are 0 staffed beds here: not planned"


def test_an_unknown_type_is_listed_and_takes_nothing(write: Write) -> None:
    """What a spa takes nobody has told us."""
    rows = HEADER + facility("A", "GENERAL ACUTE CARE") + facility("B", "Spa")
    region = read_region(write(facilities=rows))
    (repair,) = region.repairs
    assert (repair.rule, repair.where.column) == (Rule.UNKNOWN_TYPE, "type")
    assert "SPA is not known" in str(repair.what)


def test_without_icu_beds_icu_cases_are_not_taken(write: Write) -> None:
    """A type is not enough: there must be some of each resource."""
    region = read_region(write())
    assert ("F2", "icu") not in region.takes
    assert ("F1", "icu") in region.takes


def test_supply_csv_replaces_beds_and_opens_a_restricted_facility(write: Write) -> None:
    """What is stated counts, whatever the type; an occupancy above 1 is held at 1."""
    rows = HEADER + facility("A", "GENERAL ACUTE CARE") + facility("B", "CHILDREN")
    supply = "facility_id,resource_id,staffed,occupancy\nA,ward_bed,7,1.5\nB,icu_bed,4,\n"
    region = read_region(write(facilities=rows, supply=supply))
    held = {(s.facility_id, s.resource_id): (s.staffed, s.occupancy) for s in region.supplies}
    assert held == {
        ("A", "icu_bed"): (10, 0.5),
        ("A", "ward_bed"): (7, 1),
        ("B", "icu_bed"): (4, None),
    }
    assert ("B", "icu") in region.takes
    assert ("B", "ward") not in region.takes
    assert [repair.rule for repair in region.repairs] == [Rule.OCCUPANCY_CAPPED]


def test_supply_csv_can_close(write: Write) -> None:
    """With nothing stated to be there, nothing is taken."""
    supply = "facility_id,resource_id,staffed\nF1,icu_bed,0\n"
    assert ("F1", "icu") not in read_region(write(supply=supply)).takes


def test_services_csv_replaces_the_defaults(write: Write) -> None:
    """A service may use several resources, and its types may be stated."""
    services = SERVICES_HEADER + (
        "ward,,5,1,ward_bed,1,\n"
        "child,Children's ward,3,2,ward_bed,1,CHILDREN;general acute care\n"
        "child,Children's ward,3,2,child_nurse,0.25,\n"
    )
    rows = HEADER + facility("A", "GENERAL ACUTE CARE") + facility("B", "CHILDREN")
    supply = "facility_id,resource_id,staffed\nB,child_nurse,6\n"
    region = read_region(write(facilities=rows, services=services, supply=supply))
    assert [(s.id, str(s.name), s.stay_days, dict(s.uses)) for s in region.services] == [
        ("ward", "ward", 5, {"ward_bed": 1}),
        ("child", "Children's ward", 3, {"ward_bed": 1, "child_nurse": 0.25}),
    ]
    assert [resource.id for resource in region.resources] == ["ward_bed", "child_nurse"]
    assert str(region.resources[1].name) == "child nurse"
    assert region.takes == {("A", "ward"), ("B", "child")}
    assert [s.resource_id for s in region.supplies] == ["ward_bed", "child_nurse", "ward_bed"]
    assert region.assumptions == ()


def test_default_stays_are_told_with_their_sources(write: Write) -> None:
    """Each default number is an assumption that names where it is from."""
    said = " ".join(map(str, read_region(write()).assumptions))
    for words in ("4.6 days", "HCUP Statistical Brief 246", "3.8 days", "Society of Critical Care"):
        assert words in said


def test_a_series_is_split_over_the_default_services() -> None:
    """The shares of influenza sum to one case."""
    keys = {service.id for service in SERVICES}
    for split in SERIES_SPLIT.values():
        assert set(split) <= keys
        assert sum(split.values()) == pytest.approx(1)
