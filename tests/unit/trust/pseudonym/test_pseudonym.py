"""The same stand-in for the same person, and no way back."""

from __future__ import annotations

import pytest

from salus.trust.pseudonym.key import Key
from salus.trust.pseudonym.pseudonym import pseudonym

KEY, OTHER = Key(bytes(range(32))), Key(bytes(range(1, 33)))


def test_purposes_and_keys_give_others() -> None:
    """What was made for one purpose, or by one key, matches nothing of another."""
    made = {pseudonym(key, purpose, "7") for key in (KEY, OTHER) for purpose in ("a", "b")}
    assert len(made) == 4


def test_purpose_and_identifier_do_not_run_together() -> None:
    """What ends one and begins the other makes a difference."""
    assert pseudonym(KEY, "study1", "1") != pseudonym(KEY, "study", "11")


@pytest.mark.parametrize(("purpose", "identifier"), [("", "7"), ("study", " ")])
def test_nothing_has_no_pseudonym(purpose: str, identifier: str) -> None:
    """All who have no identifier would become one person."""
    with pytest.raises(ValueError, match="must not be empty"):
        pseudonym(KEY, purpose, identifier)


def test_a_broken_identifier_is_no_error_that_shows_it() -> None:
    """A sign that no encoding has gives a pseudonym as any other."""
    assert len(pseudonym(KEY, "study", "7\ud800")) == 24
