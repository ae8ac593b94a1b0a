"""A person under care is known by a pseudonym."""

from __future__ import annotations

import pytest

from salus.domain.patient import Patient, Sex


def test_a_person_may_live_nowhere_we_know() -> None:
    """Neither a district nor a known sex is needed for care."""
    person = Patient("p-1", Sex.UNKNOWN, 1950)
    assert person.district_id is None
    assert person.synthetic is False


@pytest.mark.parametrize(("pseudonym", "year"), [("", 1950), ("p-1", 1879), ("p-1", 2201)])
def test_a_patient_that_cannot_exist_is_refused(pseudonym: str, year: int) -> None:
    """A person has a pseudonym and a year of birth within a lifetime."""
    with pytest.raises(ValueError, match="must"):
        Patient(pseudonym, Sex.FEMALE, year)
