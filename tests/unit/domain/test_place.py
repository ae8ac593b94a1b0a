"""Places are on the globe, and the old do not outnumber the whole."""

from __future__ import annotations

import pytest

from salus.domain.place import District, Facility, Position

TAMPA = Position(27.95, -82.46)


@pytest.mark.parametrize(("latitude", "longitude"), [(90.1, 0), (-91, 0), (0, 180.5), (0, -181)])
def test_a_point_off_the_globe_is_refused(latitude: float, longitude: float) -> None:
    """Swapped coordinates are often caught here."""
    with pytest.raises(ValueError, match="degrees"):
        Position(latitude, longitude)


def test_poles_and_date_line_are_on_the_globe() -> None:
    """Bounds belong to the range."""
    assert Position(90, 180).latitude == 90
    assert Position(-90, -180).longitude == -180


def test_a_district_without_people_exists() -> None:
    """Water counties of the real data have a population of zero."""
    assert District("12-W", "Gulf", "FL", TAMPA, 0, 0).population == 0


@pytest.mark.parametrize(
    ("population", "old", "deprivation", "field"),
    [
        (-1, 0, None, "population"),
        (10, 11, None, "population_65plus"),
        (10, -1, None, "population_65plus"),
        (10, 1, 1.1, "deprivation"),
    ],
)
def test_a_district_that_cannot_exist_is_refused(
    population: float, old: float, deprivation: float | None, field: str
) -> None:
    """Numbers of persons and the index have their bounds."""
    with pytest.raises(ValueError, match=f"{field} must be"):
        District("12057", "Hillsborough", "FL", TAMPA, population, old, deprivation)


def test_places_have_a_key() -> None:
    """Neither a district nor a facility goes without."""
    with pytest.raises(ValueError, match="district_id"):
        District("", "Hillsborough", "FL", TAMPA, 1, 0)
    with pytest.raises(ValueError, match="facility_id"):
        Facility(" ", "TAMPA GENERAL", "GENERAL ACUTE CARE", TAMPA, "12057")
