"""Amounts of beds and staff are possible ones."""

from __future__ import annotations

import pytest

from salus.core.messages import say
from salus.domain.resource import Resource, Supply


def test_an_unknown_occupancy_uses_nothing() -> None:
    """Nothing is invented about a facility that reports no occupancy."""
    assert Supply("F1", "ward_bed", 40).used == 0
    assert Supply("F1", "ward_bed", 40, 0.5).used == 20


@pytest.mark.parametrize(("staffed", "occupancy"), [(-1, None), (1, -0.1), (1, 1.2)])
def test_impossible_amounts_are_refused(staffed: float, occupancy: float | None) -> None:
    """A negative bed or an occupancy above one has to be repaired before it gets here."""
    with pytest.raises(ValueError, match="must be"):
        Supply("F1", "ward_bed", staffed, occupancy)


def test_a_resource_has_a_key() -> None:
    """A resource without a key cannot be planned."""
    with pytest.raises(ValueError, match="resource_id"):
        Resource("", say("ward bed"), say("bed"))
