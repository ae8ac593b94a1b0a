"""A key is used and never shown."""

from __future__ import annotations

import copy
import hashlib
import pickle
import traceback

import pytest

from salus.trust.pseudonym.key import Key

SECRET = b"correct horse battery staple 0123456789"


def test_a_key_is_not_shown() -> None:
    """Neither print, format, error nor the list of its fields tells the secret."""
    key = Key(SECRET)
    shown = f"{key} {key!r} {[key]} {getattr(key, '__dict__', '')}"
    assert "horse" not in shown


def test_a_key_is_not_copied() -> None:
    """A pickle or a copy would leave the secret where nobody looks for it."""
    for attempt in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="not pickled or copied"):
            attempt(Key(SECRET))


@pytest.mark.parametrize("length", [0, 1, 31])
def test_a_short_key_is_refused_without_being_told(length: int) -> None:
    """The message tells the length alone."""
    with pytest.raises(ValueError, match=f"has {length}") as caught:
        Key((b"horse" * 7)[:length])
    assert "horse" not in "".join(traceback.format_exception_only(caught.value))


def test_codes_are_those_of_the_standard() -> None:
    """The code of parts is the HMAC-SHA-256 of each length and part, worked out elsewhere."""
    key, block = bytes(range(32)), 64
    said = b"".join(len(part).to_bytes(8, "big") + part for part in (b"study", "王".encode()))
    inner = bytes(sign ^ 0x36 for sign in key.ljust(block, b"\0"))
    outer = bytes(sign ^ 0x5C for sign in key.ljust(block, b"\0"))
    by_hand = hashlib.sha256(outer + hashlib.sha256(inner + said).digest()).digest()
    assert Key(key).code("study", "王") == by_hand
