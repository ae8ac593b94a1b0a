"""From county to district: as written, as spelled, or the nearest."""

from __future__ import annotations

import pytest

from salus.data.region.counties import Counties, plain_name
from salus.data.region.repairs import Rule
from salus.domain.place import District, Position


def district(key: str, name: str, latitude: float = 28, state: str = "FL") -> District:
    """Make a district without people."""
    return District(key, name, state, Position(latitude, -82), 0, 0)


HERE = Position(28, -82)


def test_case_alone_needs_no_repair() -> None:
    """FACILITIES WRITE IN CAPITALS, which is no fault."""
    match = Counties([district("1", "St. Lucie")]).find("fl", "ST. LUCIE", HERE)
    assert match is not None
    assert (match.district.id, match.rule) == ("1", None)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("SAINT CROIX", "St. Croix"),
        ("ST JOSEPH", "St. Joseph"),
        ("LA SALLE", "LaSalle"),
        ("DE SOTO", "DeSoto"),
        ("DONA ANA", "Doña Ana"),
        ("PRINCE GEORGES", "Prince George's"),
        ("PRINCE GEORGE’S COUNTY", "Prince George's"),
        ("BALTIMORE CITY", "Baltimore"),
        ("SAINTE GENEVIEVE", "Ste. Genevieve"),
        ("MATANUSKA SUSITNA", "Matanuska-Susitna"),
    ],
)
def test_spelling_is_forgiven_and_listed(written: str, name: str) -> None:
    """The same county in other letters is found and told."""
    match = Counties([district("1", name), district("2", "Other")]).find("FL", written, HERE)
    assert match is not None
    assert (match.district.id, match.rule) == ("1", Rule.COUNTY_SPELLED)
    assert str(match.what) == f"{written} is read as {name}"


def test_of_several_of_a_name_the_nearest_is_taken() -> None:
    """A city and a county may have the same name; where the facility stands decides."""
    counties = Counties([district("far", "Roanoke", 30), district("near", "Roanoke", 28.1)])
    match = counties.find("FL", "ROANOKE", HERE)
    assert match is not None
    assert (match.district.id, match.rule) == ("near", Rule.COUNTY_SHARED)


def test_an_unknown_county_is_the_nearest_of_its_state() -> None:
    """A district of another state is never taken, however near."""
    counties = Counties([district("near", "A", 28, "GA"), district("far", "B", 29)])
    match = counties.find("FL", "NOWHERE", HERE)
    assert match is not None
    assert (match.district.id, match.rule) == ("far", Rule.COUNTY_NEAREST)
    assert "no district is called NOWHERE" in str(match.what)


def test_a_state_without_districts_has_no_match() -> None:
    """A territory of which no district is listed gives nothing."""
    assert Counties([district("1", "A")]).find("GU", "GUAM", HERE) is None


def test_a_name_that_is_only_a_suffix_stays() -> None:
    """A district called City is not emptied."""
    assert plain_name("City") == "CITY"
