"""Passwords: which ones will do, and their argon2id hashes."""

from __future__ import annotations

from functools import cache
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from salus.core.errors import Fault, Faults, Where
from salus.core.extras import lacking
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argon2 import PasswordHasher

EXTRA = "privacy"
SHORTEST = 12
LONGEST = 256
FEWEST = 5
"""Different signs of a password."""
AT_ONCE = 2
"""Hashes that one process makes at the same moment."""


def refuse_weak(password: str, name: str) -> None:
    """Raise unless a password will do for an account.

    Parameters
    ----------
    password : str
        As it was chosen.
    name : str
        Of the account.

    Raises
    ------
    InputError
        With everything that is wrong with it; never the password.

    Examples
    --------
    >>> refuse_weak("four little horses", "anna")
    >>> refuse_weak("anna", "anna")
    Traceback (most recent call last):
    salus.core.errors.InputError: password: it is too short; choose 12 to 256 characters ...
    """
    faults = Faults()
    faults.extend(_weak(password, name))
    faults.stop()


def hash_password(password: str) -> str:
    """Make the argon2id hash that is stored in place of a password.

    Three passes over 64 MiB in four lanes: the second choice of RFC 9106, for machines with
    little memory. A random salt of 16 bytes makes two equal passwords differ.

    Raises
    ------
    EnvironmentFaultError
        If argon2-cffi is not installed.

    References
    ----------
    Biryukov, A. and others (2021). Argon2 Memory-Hard Function for Password Hashing. RFC 9106.
    """
    with _turns():
        return _hasher().hash(password.encode("utf-8", "surrogatepass"))


def is_password(password: str, kept: str | None) -> bool:
    """Tell whether a password is the one whose hash is kept.

    Parameters
    ----------
    password : str
        What was typed.
    kept : str or None
        The stored hash; ``None`` where there is no account, which takes the same work.

    Returns
    -------
    bool
        Always ``False`` where nothing is kept.

    Raises
    ------
    EnvironmentFaultError
        If argon2-cffi is not installed.
    """
    try:
        from argon2.exceptions import InvalidHashError, VerifyMismatchError  # noqa: PLC0415
    except ImportError as error:
        raise lacking(EXTRA, error) from error
    try:
        expected = kept or _nobody()
        with _turns():
            _hasher().verify(expected, password.encode("utf-8", "surrogatepass"))
    except (VerifyMismatchError, InvalidHashError):
        return False
    return kept is not None


def is_old(kept: str) -> bool:
    """Tell whether a hash was made with other parameters than those of today."""
    return _hasher().check_needs_rehash(kept)


@cache
def _hasher() -> PasswordHasher:
    try:
        from argon2 import PasswordHasher, profiles  # noqa: PLC0415  # an optional part
    except ImportError as error:
        raise lacking(EXTRA, error) from error
    return PasswordHasher.from_parameters(profiles.RFC_9106_LOW_MEMORY)


@cache
def _turns() -> BoundedSemaphore:
    # Each hash takes 64 MiB: without turns, many who knock at once would fill the memory.
    return BoundedSemaphore(AT_ONCE)


@cache
def _nobody() -> str:
    return hash_password("nobody")


def _weak(password: str, name: str) -> Iterator[Fault]:
    where = Where(say("password"))
    length = say("choose {low} to {high} characters", low=SHORTEST, high=LONGEST)
    if len(password) < SHORTEST:
        yield Fault(say("it is too short"), where, length, len(password))
    if len(password) > LONGEST:
        yield Fault(say("it is too long"), where, length, len(password))
    if len(set(password)) < FEWEST:
        yield Fault(say("it has too few different characters"), where, say("choose another one"))
    if name and name.casefold() in password.casefold():
        yield Fault(say("it holds the name of the account"), where, say("choose another one"))
