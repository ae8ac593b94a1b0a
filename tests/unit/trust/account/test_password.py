"""Passwords: the same work for everybody, and nothing that a guesser learns by the way."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import argon2
import pytest

from salus.core.errors import EnvironmentFaultError, InputError
from salus.trust.account import password
from salus.trust.account.password import hash_password, is_old, is_password, refuse_weak

GOOD = "four little horses"


def test_a_password_is_known_again_and_no_other_is() -> None:
    """Two hashes of one password differ by their salt, and both know it."""
    first, second = hash_password(GOOD), hash_password(GOOD)
    assert first != second
    assert all(is_password(GOOD, kept) for kept in (first, second))
    assert not is_password(GOOD.upper(), first)
    assert not is_old(first)


def test_nobody_takes_the_same_work_as_somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no account a hash is checked all the same, with the same parameters."""
    kept, checked = hash_password(GOOD), []
    verify = argon2.PasswordHasher.verify

    def watched(self: argon2.PasswordHasher, hash_: str, typed: bytes) -> bool:
        checked.append(hash_.split("$")[3])
        return verify(self, hash_, typed)

    monkeypatch.setattr(argon2.PasswordHasher, "verify", watched)
    assert not is_password(GOOD, None)
    assert not is_password("nobody", None)
    assert not is_password("wrong", kept)
    assert checked == ["m=65536,t=3,p=4"] * 3


def test_a_hash_that_was_spoilt_lets_nobody_in() -> None:
    """Whoever writes into the store cannot open a door by writing nonsense."""
    assert not is_password(GOOD, "no hash")


def test_hashes_take_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many knock at once, two hashes at most are in the memory."""
    kept, lock, inside, most = hash_password(GOOD), Lock(), 0, 0
    verify = argon2.PasswordHasher.verify

    def watched(self: argon2.PasswordHasher, hash_: str, typed: bytes) -> bool:
        nonlocal inside, most
        with lock:
            inside += 1
            most = max(most, inside)
        try:
            return verify(self, hash_, typed)
        finally:
            with lock:
                inside -= 1

    monkeypatch.setattr(argon2.PasswordHasher, "verify", watched)
    with ThreadPoolExecutor(6) as pool:
        assert all(pool.map(lambda _: is_password(GOOD, kept), range(6)))
    assert most <= password.AT_ONCE


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ("a1b2c3", "too short"),
        ("ab" * 200, "too long"),
        ("aaaaaaaaaaaa", "too few different"),
        ("this is ANNA here", "holds the name"),
    ],
)
def test_a_weak_password_is_told_why(chosen: str, said: str) -> None:
    """All that is wrong at once, and never the password."""
    with pytest.raises(InputError, match=said) as caught:
        refuse_weak(chosen, "anna")
    assert chosen not in str(caught.value)


def test_signs_of_every_language_are_signs() -> None:
    """A sentence in Chinese will do, also one with a sign that no encoding has."""
    chosen = "四匹小马在雪地里慢慢走回家"
    refuse_weak(chosen, "anna")
    assert is_password(chosen + "\ud800", hash_password(chosen + "\ud800"))


def test_without_argon2_the_part_says_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The core alone runs; sign-in names its extra."""
    password._hasher.cache_clear()
    monkeypatch.setitem(sys.modules, "argon2", None)
    monkeypatch.setitem(sys.modules, "argon2.exceptions", None)
    for ask in (lambda: hash_password(GOOD), lambda: is_password(GOOD, None)):
        with pytest.raises(EnvironmentFaultError, match=r"make doors .* extras \[privacy\]"):
            ask()
