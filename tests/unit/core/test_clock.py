"""Time enters by one door, and tests may stop it."""

from __future__ import annotations

from datetime import UTC, datetime

from salus.core.clock import FixedClock, SystemClock


def test_the_system_clock_knows_its_zone_and_goes_forward() -> None:
    """A moment without a zone could not be compared with another machine's."""
    clock = SystemClock()
    before = clock.ticks()
    assert clock.now().tzinfo is UTC
    assert clock.ticks() >= before


def test_the_fixed_clock_stands_still() -> None:
    """A replay sees the moment of the first run, and nothing takes time in it."""
    moment = datetime(2026, 6, 27, 8, tzinfo=UTC)
    clock = FixedClock(moment)
    assert (clock.now(), clock.now(), clock.ticks()) == (moment, moment, 0.0)
