"""Those who lie in a hospital now: who they are, where, and for how long."""

from __future__ import annotations

from salus.allocate.hospital.people import Gender
from salus.service.weeks.inside import Inside, inside, stays_now
from tests.fakes.wards import bed_state, one_hospital, person, site_of, stay


def lying(*people: tuple[str, str | None, int, str], used: int = 0) -> Inside:
    """Lay people of a sex, age and ward into the hospital's rooms."""
    made = one_hospital(
        patient=[person(key, sex, age) for key, sex, age, _ in people],
        encounter=[stay(key, ward, 1.0) for key, _, _, ward in people],
        bed_state=[bed_state("H1-W1", used), bed_state("H1-W2", 0)],
    )
    stays = stays_now(made, "H1")
    return inside(made, site_of(made, stays), stays)


def test_women_lie_in_the_first_rooms_and_men_in_the_last() -> None:
    """The young before the old, and nobody beside the other sex."""
    found = lying(
        ("A", "female", 70, "H1-W1"), ("B", "female", 20, "H1-W1"), ("C", "male", 30, "H1-W1")
    )
    where = [(each.gender, each.age, each.room) for each in found.occupants]
    assert where == [
        (Gender.A, 1, "H1-W1-R0"),
        (Gender.B, 1, "H1-W1-R2"),
        (Gender.A, 2, "H1-W1-R0"),
    ]


def test_who_finds_no_bed_beside_the_own_sex_is_counted() -> None:
    """One room of three is planned: a man does not lie in it beside women."""
    found = lying(("A", "female", 30, "H1-W1"), ("B", "male", 40, "H1-W1"), used=5)
    assert len(found.occupants) == 1
    assert (found.elsewhere, found.unknown) == (1, 0)


def test_whose_sex_is_not_on_record_is_counted() -> None:
    """Nobody guesses it; who lies in intensive care is not of the plan."""
    found = lying(("A", None, 30, "H1-W1"), ("B", "other", 30, "H1-W2"), ("C", "male", 9, "H1-W3"))
    assert found == Inside((), 2, 0)


def test_they_stay_as_long_as_others_went_on_lying() -> None:
    """Of two stays that are over, only the longer says what comes after the second day."""
    over = [stay("X", "H1-W1", 20.0, 19.0), stay("Y", "H1-W1", 20.0, 12.0)]
    made = one_hospital(
        patient=[person("A")], encounter=[*over, stay("A", "H1-W1", 2.0)], bed_state=[]
    )
    stays = stays_now(made, "H1")
    (found,) = inside(made, site_of(made, stays), stays).occupants
    assert found.stay == 6
    assert found.work.size == found.need.size == 18


def test_somebody_with_two_open_stays_lies_once() -> None:
    """Where the latest says; the key of the person is not that of the occupant."""
    made = one_hospital(
        patient=[person("A")], encounter=[stay("A", "H1-W1", 9.0), stay("A", "H1-W2", 2.0)]
    )
    stays = stays_now(made, "H1")
    (found,) = inside(made, site_of(made, stays), stays).occupants
    assert found.room.startswith("H1-W2")
    assert found.id == "IN001"
