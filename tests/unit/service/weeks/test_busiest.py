"""The busiest hospital is the one that admitted most inpatients lately."""

from __future__ import annotations

from salus.service.weeks.busiest import Busiest, busiest
from tests.fakes.wards import SITE, one_hospital, stay

TWO = [*SITE["ward"], SITE["ward"][0] | {"ward_id": "H2-W1", "facility_id": "H2"}]


def test_most_admissions_of_the_last_four_weeks_count() -> None:
    """Older admissions and visits do not, and nobody is admitted where no ward is."""
    came = [stay("A", "H2-W1", 3.0, 1.0, "H2"), stay("B", "H2-W1", 27.0, None, "H2")]
    others = [stay(f"C{n}", "H1-W1", 40.0, 30.0) for n in range(5)]
    visits = [stay(f"D{n}", "H1-W1", 3.0, 1.0) | {"class": "AMB"} for n in range(5)]
    nowhere = [stay(f"F{n}", "H3-W1", 3.0, 1.0, "H3") for n in range(5)]
    made = one_hospital(ward=TWO, encounter=[*came, *others, *visits, *nowhere])
    assert busiest(made) == Busiest("H2", 2)


def test_the_first_by_key_breaks_a_tie() -> None:
    """Where nobody was admitted anywhere, too."""
    assert busiest(one_hospital(ward=TWO)) == Busiest("H1", 0)


def test_without_a_ward_there_is_none() -> None:
    """Neither in an empty table nor without one."""
    assert busiest(one_hospital(ward=[])) is None
