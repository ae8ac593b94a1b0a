"""Encodings, headers as people write them, and line numbers as an editor counts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salus.core.errors import Faults
from salus.core.sheets.csvfile import NO_TEXT, read_text_table
from salus.data.region.columns import DISTRICTS, FACILITIES
from salus.data.region.reader import read_region

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CHINESE = (
    "区县编号,名称,省份,纬度,经度,人口,65岁以上人口\n"
    "310115,浦东新区,上海,31.22,121.54,5681512,1000000\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_chinese_headers_are_read_in_three_encodings(tmp_path: Path, encoding: str) -> None:
    """UTF-8, UTF-8 with a byte order mark and GB18030 give the same cells."""
    path = tmp_path / "districts.csv"
    path.write_bytes(CHINESE.encode(encoding))
    text = read_text_table(path, DISTRICTS, Faults())
    assert text.names == (
        "district_id",
        "name",
        "state",
        "latitude",
        "longitude",
        "population",
        "population_65plus",
    )
    assert text.column("name") == ("浦东新区",)


@pytest.mark.parametrize(
    "text", ["Süd 1,Fräulein Jäger", "Zürich,Élan", "José,Núñez", "Genève,Ångström"]
)
def test_western_text_is_not_taken_for_chinese(tmp_path: Path, text: str) -> None:
    """In Latin-1, most of it can be read as GB18030, with other signs."""
    path, faults = tmp_path / "districts.csv", Faults()
    path.write_bytes(f"district_id,name\n{text}\n".encode("latin-1"))
    assert read_text_table(path, DISTRICTS, faults) is NO_TEXT
    assert [str(each.what) for each in faults] == ["the file is neither UTF-8 nor GB18030 text"]


def test_rare_signs_are_read_beside_common_ones(tmp_path: Path) -> None:
    """The second byte of some is a letter of ASCII."""
    path, faults = tmp_path / "districts.csv", Faults()
    path.write_bytes("district_id,name\n朱镕基A,镕县a医院\n".encode("gb18030"))
    assert read_text_table(path, DISTRICTS, faults).column("district_id") == ("朱镕基A",)


def test_without_commas_nothing_more_is_said(tmp_path: Path) -> None:
    """Every row would be wrong for the same reason."""
    path, faults = tmp_path / "districts.csv", Faults()
    path.write_text("district_id;name;state\nD1;North;FL\nD2;South;FL\n")
    assert read_text_table(path, DISTRICTS, faults) is NO_TEXT
    assert len(faults) == 1


def test_a_cell_without_end_is_told(tmp_path: Path) -> None:
    """In our words: those of the library are English alone."""
    path, faults = tmp_path / "districts.csv", Faults()
    path.write_text(f'district_id,name,state\nD1,"{"x" * 200_000}",FL\n')
    read_text_table(path, DISTRICTS, faults)
    assert "a cell has more than 131,072 signs" in [str(each.what) for each in faults]


def test_gb18030_is_said(write: Callable[..., Path]) -> None:
    """A file that is not UTF-8 is read as GB18030, and the region says so."""
    rows = "facility_id,名称,类型,省,区县,纬度,经度,床位,重症床位,床位使用率,重症床位使用率\n"
    rows += "1,东方医院,综合医院,上海,浦东新区,31.2,121.5,900,60,0.8,0.7\n"
    region = read_region(write(districts=CHINESE, facilities=rows.encode("gb18030")))
    assert region.facilities[0].kind == "GENERAL ACUTE CARE"
    assert region.facilities[0].district_id == "310115"
    assert "facilities.csv was read as GB18030." in map(str, region.assumptions)


def test_headers_may_have_capitals_and_spaces(tmp_path: Path) -> None:
    """Facility ID and Staffed Beds are the columns they look like."""
    path = tmp_path / "facilities.csv"
    path.write_text("Facility ID, Staffed Beds\nF1,3\n")
    assert read_text_table(path, FACILITIES, Faults()).names == ("facility_id", "staffed_beds")


def test_rows_are_counted_as_an_editor_does(tmp_path: Path) -> None:
    """Blank lines and line breaks inside a cell move the numbers of later rows."""
    path = tmp_path / "districts.csv"
    path.write_text('district_id,name\r\nA,"two\r\nlines"\r\n\r\n,,\r\nB,one\r\n')
    faults = Faults()
    text = read_text_table(path, DISTRICTS, faults)
    assert text.rows == (2, 6)


def test_a_folder_in_the_place_of_a_file_is_a_fault(tmp_path: Path) -> None:
    """What cannot be opened is told, not raised."""
    (tmp_path / "districts.csv").mkdir()
    faults = Faults()
    assert read_text_table(tmp_path / "districts.csv", DISTRICTS, faults) is NO_TEXT
    assert len(faults) == 1
