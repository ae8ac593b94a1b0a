"""Every rule by which beds and their use are mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.core.errors import Faults
from salus.core.sheets.sheet import read_sheet
from salus.data.region.beds import beds_of
from salus.data.region.columns import FACILITIES
from salus.data.region.repairs import Repairs, Rule

if TYPE_CHECKING:
    from pathlib import Path

    from salus.data.region.beds import Beds
    from salus.data.region.repairs import Repair

HEADER = (
    "facility_id,name,type,state,county,latitude,longitude,"
    "staffed_beds,staffed_icu_beds,licensed_beds,bed_occupancy,icu_occupancy\n"
)
GENERAL = "GENERAL ACUTE CARE"


def mended(folder: Path, *rows: str, kind: str = GENERAL) -> tuple[Beds, tuple[Repair, ...]]:
    """Work out the beds of rows of staffed, ICU, licensed beds and occupancies."""
    lines = [f"F{i},Mercy,{kind},FL,N,28,-82,{row}\n" for i, row in enumerate(rows)]
    (folder / "facilities.csv").write_text(HEADER + "".join(lines))
    faults, repairs = Faults(), Repairs()
    sheet = read_sheet(folder, FACILITIES, faults)
    faults.stop()
    return beds_of(sheet, range(len(sheet)), repairs), repairs.in_order(["facilities.csv"])


def test_ward_beds_and_their_use_are_what_the_icu_leaves(tmp_path: Path) -> None:
    """100 beds at 70 % with 20 ICU beds at 90 % leave 80 ward beds at (70 - 18) / 80."""
    beds, repairs = mended(tmp_path, "100,20,100,0.7,0.9")
    assert beds.ward[0] == 80
    assert beds.icu[0] == 20
    assert beds.ward_occupancy[0] == pytest.approx(0.65)
    assert repairs == ()


def test_unknown_staffed_beds_come_from_the_licence(tmp_path: Path) -> None:
    """With five of the type, their pooled ratio of 0.8 makes 40 of 50 licensed beds."""
    known = ["80,0,100,0.7,"] * 5
    beds, repairs = mended(tmp_path, *known, ",0,50,,", "NA,0,50,,")
    assert beds.ward[5:].tolist() == [40, 40]
    found = [repair for repair in repairs if repair.rule is Rule.BEDS_FROM_LICENCE]
    assert [repair.where.row for repair in found] == [7, 8]
    assert "40 are taken, that is 50 licensed beds times 0.80" in str(found[0].what)


@pytest.mark.parametrize("none", ["0", "0.0"])
def test_a_written_zero_means_that_there_are_none(tmp_path: Path, none: str) -> None:
    """It is never filled from the licence, and does not lower the ratio of the others."""
    known = ["80,0,100,0.7,"] * 5
    beds, repairs = mended(tmp_path, *known, f"{none},0,1000,,", ",0,50,,")
    assert beds.ward[5:].tolist() == [0, 40]
    assert [r.where.row for r in repairs if r.rule is Rule.BEDS_FROM_LICENCE] == [8]


def test_with_few_of_a_type_the_region_gives_the_ratio(tmp_path: Path) -> None:
    """Four of the type are too few, so all five known facilities are pooled."""
    lines = ["GENERAL ACUTE CARE,FL,N,28,-82,100,0,100,.7,"] * 4
    lines += ["WOMEN,FL,N,28,-82,100,0,400,.7,", "GENERAL ACUTE CARE,FL,N,28,-82,,0,100,,"]
    text = HEADER + "".join(f"F{i},M,{line}\n" for i, line in enumerate(lines))
    (tmp_path / "facilities.csv").write_text(text)
    beds = beds_of(read_sheet(tmp_path, FACILITIES, Faults()), range(6), Repairs())
    assert beds.ward[5] == round(100 * 500 / 800)


def test_a_licence_without_any_ratio_is_no_data(tmp_path: Path) -> None:
    """Where nobody tells staffed beds, licensed beds are not taken for staffed ones."""
    beds, repairs = mended(tmp_path, ",,50,,")
    assert beds.ward[0] == 0
    assert repairs == ()


def test_unknown_icu_beds_count_as_none(tmp_path: Path) -> None:
    """An empty cell of ICU beds means none, and is listed."""
    beds, repairs = mended(tmp_path, "50,,50,.5,")
    assert (beds.ward[0], beds.icu[0]) == (50, 0)
    assert [repair.rule for repair in repairs] == [Rule.NO_ICU_BEDS]


def test_more_icu_than_staffed_beds_are_capped(tmp_path: Path) -> None:
    """All beds are ICU beds at most; then no ward bed is left, and it has no occupancy."""
    beds, repairs = mended(tmp_path, "8,9,10,.5,.5")
    assert (beds.ward[0], beds.icu[0]) == (0, 8)
    assert np.isnan(beds.ward_occupancy[0])
    assert [repair.rule for repair in repairs] == [Rule.ICU_CAPPED]


def test_occupancy_above_one_counts_as_one(tmp_path: Path) -> None:
    """Both occupancies are held at 1, each listed by its column."""
    beds, repairs = mended(tmp_path, "100,10,100,3.26,1.2")
    assert (beds.ward_occupancy[0], beds.icu_occupancy[0]) == (1, 1)
    assert [(r.rule, r.where.column) for r in repairs] == [
        (Rule.OCCUPANCY_CAPPED, "bed_occupancy"),
        (Rule.OCCUPANCY_CAPPED, "icu_occupancy"),
    ]


def test_unknown_occupancy_stays_unknown(tmp_path: Path) -> None:
    """Nothing is made up; unknown ICU use counts as the use of all beds for the ward."""
    beds, repairs = mended(tmp_path, "100,10,100,,", "100,10,100,.6,")
    assert np.isnan(beds.ward_occupancy[0])
    assert beds.ward_occupancy[1] == pytest.approx(0.6)
    assert np.isnan(beds.icu_occupancy).all()
    assert [repair.rule for repair in repairs] == [Rule.OCCUPANCY_UNKNOWN] * 3


@pytest.mark.parametrize(("row", "held"), [("100,50,100,0.2,0.9", 0), ("100,50,100,0.9,0.1", 1)])
def test_ward_occupancy_is_held_between_0_and_1(tmp_path: Path, row: str, held: float) -> None:
    """Figures that contradict each other are held, and listed."""
    beds, repairs = mended(tmp_path, row)
    assert beds.ward_occupancy[0] == held
    assert [repair.rule for repair in repairs] == [Rule.WARD_OCCUPANCY_CLIPPED]


def test_beds_of_rows_that_were_left_out_are_not_listed(tmp_path: Path) -> None:
    """Nobody needs to read about the beds of a facility outside the region."""
    (tmp_path / "facilities.csv").write_text(HEADER + "F1,M,X,FL,N,28,-82,,,,,\n")
    repairs = Repairs()
    beds_of(read_sheet(tmp_path, FACILITIES, Faults()), [], repairs)
    assert repairs.in_order([]) == ()
