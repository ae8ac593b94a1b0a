"""How long a door stays shut."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from salus.trust.account.throttle import FREE, LONGEST, wait_after


def test_a_person_who_mistypes_does_not_wait() -> None:
    """The first failures are free, the next one is not."""
    assert [wait_after(failures) for failures in range(FREE)] == [timedelta(0)] * FREE
    assert wait_after(FREE) == timedelta(seconds=2)


@given(st.integers(0, 10**9))
def test_the_wait_grows_and_ends(failures: int) -> None:
    """It never shrinks with one failure more, and nobody waits longer than the longest."""
    assert wait_after(failures) <= wait_after(failures + 1) <= LONGEST


def test_a_day_has_about_a_hundred_guesses() -> None:
    """Whoever guesses without rest gets so many into an account."""
    passed, guesses = timedelta(0), 0
    while passed < timedelta(days=1):
        guesses += 1
        passed += wait_after(guesses)
    assert 90 < guesses < 120
