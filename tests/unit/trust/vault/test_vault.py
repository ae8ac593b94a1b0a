"""What the vault promises: what it sealed it opens, and nothing else."""

from __future__ import annotations

import copy
import pickle
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from salus.core.errors import ForbiddenError, InputError, MismatchError, SalusError, Where
from salus.domain.sensitivity import Sensitivity
from salus.trust.vault.ring import Ring, new_ring, read_ring, renewed, rewrapped, write_ring
from salus.trust.vault.secret import Secret
from salus.trust.vault.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Callable

MASTER = Secret(bytes(range(32)))
RING = new_ring(MASTER)
VAULT = Vault(RING, MASTER)
QUASI, SENSITIVE = Sensitivity.QUASI, Sensitivity.SENSITIVE


@pytest.mark.parametrize("kind", Sensitivity)
def test_each_class_has_a_key_of_its_own(kind: Sensitivity) -> None:
    """What is sealed for one class opens for it, and for no other."""
    sealed = VAULT.seal(kind, b"salus", bound_to="a")
    assert VAULT.open(kind, sealed, bound_to="a") == b"salus"
    assert b"salus" not in sealed
    for other in set(Sensitivity) - {kind}:
        with pytest.raises(MismatchError, match="altered"):
            VAULT.open(other, sealed, bound_to="a")


def test_nothing_is_sealed_twice_alike() -> None:
    """Whoever sees two sealed values cannot tell whether they hold the same."""
    first, second = (VAULT.seal(QUASI, b"salus", bound_to="a") for _ in range(2))
    assert first[16:] != second[16:]


def test_what_another_home_sealed_is_told_apart_from_what_was_altered() -> None:
    """With other keys there is advice, not suspicion."""
    master = Secret.new()
    sealed = Vault(new_ring(master), master).seal(QUASI, b"salus", bound_to="a")
    with pytest.raises(InputError, match="a key that is not here: quasi"):
        VAULT.open(QUASI, sealed, bound_to="a")


@pytest.mark.parametrize("sealed", [b"", b"SALS", b"%PDF-1.7 not sealed at all", b"SALS\x02" * 9])
def test_what_was_never_sealed_is_said_so(sealed: bytes) -> None:
    """A file of another kind is no altered secret."""
    with pytest.raises(InputError, match="not sealed by Salus"):
        VAULT.open(QUASI, sealed, bound_to="a")


def test_a_reader_has_the_keys_it_was_given() -> None:
    """A vault for some classes neither seals nor opens the others."""
    limited = VAULT.limited({QUASI})
    assert limited.open(QUASI, VAULT.seal(QUASI, b"1", bound_to="a"), bound_to="a") == b"1"
    with pytest.raises(ForbiddenError, match="not given to this reader: sensitive"):
        limited.open(SENSITIVE, VAULT.seal(SENSITIVE, b"1", bound_to="a"), bound_to="a")
    with pytest.raises(ForbiddenError):
        limited.seal(SENSITIVE, b"1", bound_to="a")
    with pytest.raises(ForbiddenError):
        limited.unwrap(VAULT.newest(SENSITIVE), b"")
    assert limited.limited(set(Sensitivity)).limited({SENSITIVE}) is not VAULT
    with pytest.raises(ForbiddenError):
        limited.limited(set(Sensitivity)).newest(SENSITIVE)


def test_old_keys_open_after_a_renewal() -> None:
    """New writing has a new key; what was written stays readable, under a new master too."""
    sealed = VAULT.seal(QUASI, b"salus", bound_to="a")
    other = Secret.new()
    later = Vault(rewrapped(renewed(RING, MASTER), MASTER, other), other)
    assert later.open(QUASI, sealed, bound_to="a") == b"salus"
    assert later.newest(QUASI).startswith("quasi.2.")


def test_the_keys_of_another_master_are_refused() -> None:
    """One clear sentence names the fingerprint that is wanted."""
    with pytest.raises(InputError, match=f"fingerprint is {MASTER.fingerprint}"):
        Vault(RING, Secret.new())


def test_keys_that_are_renewed_elsewhere_are_read_again() -> None:
    """A process that runs on opens what another one sealed with newer keys."""
    newer = renewed(RING, MASTER)
    sealed = Vault(newer, MASTER).seal(QUASI, b"salus", bound_to="a")
    running = Vault(RING, MASTER, again=lambda: (newer, MASTER))
    assert running.open(QUASI, sealed, bound_to="a") == b"salus"


def test_the_key_of_a_file_is_wrapped_for_one_key() -> None:
    """It opens under the key that wrapped it, whole."""
    wrapped = VAULT.wrap(VAULT.newest(QUASI), bytes(32))
    assert VAULT.unwrap(VAULT.newest(QUASI), wrapped) == bytes(32)
    with pytest.raises(MismatchError):
        VAULT.unwrap(VAULT.newest(SENSITIVE), wrapped)
    with pytest.raises(InputError, match="not here"):
        VAULT.unwrap("quasi.9.0000000000000000", wrapped)


@pytest.mark.parametrize("secret", [MASTER, VAULT])
def test_no_key_is_shown_or_copied(secret: object) -> None:
    """Neither print nor pickle nor copy holds a key."""
    assert not re.search("[0-9a-f]{8}", repr(secret))
    for copied in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="not pickled or copied"):
            copied(secret)


def test_a_secret_of_another_size_is_refused() -> None:
    """Only a key of AES-256 is one, and the message does not show it."""
    with pytest.raises(ValueError, match="32 bytes, but has 5"):
        Secret(b"short")


def test_a_ring_comes_back_as_it_was_written() -> None:
    """Its document holds no key."""
    document = write_ring(RING)
    assert read_ring(document, Where("ring")) == RING
    assert MASTER.text().encode() not in document


@pytest.mark.parametrize(
    "damage",
    [
        lambda ring: ring[:-1],
        lambda ring: ring.replace(b"salus-keys/1", b"salus-keys/9"),
        lambda ring: ring.replace(b'"quasi"', b'"plain"'),
        lambda ring: ring.replace(b'"number":1', b'"number":0'),
        lambda _: b"[]",
        lambda ring: ring.replace(b'"wrapped":"', b'"wrapped":"!'),
    ],
)
def test_a_damaged_ring_is_one_fault(damage: Callable[[bytes], bytes]) -> None:
    """Whatever is wrong with the file, the advice is the same."""
    with pytest.raises(SalusError, match="altered or cut off; put a genuine copy"):
        read_ring(damage(write_ring(RING)), Where("ring"))


def test_a_wrapped_key_that_was_exchanged_is_named() -> None:
    """A key of one class does not open as that of another."""
    quasi, plain = RING.newest(QUASI), RING.newest(Sensitivity.PLAIN)
    others = (key for key in RING.keys if key is not quasi)
    swapped = Ring(RING.master, (replace(quasi, wrapped=plain.wrapped), *others))
    with pytest.raises(InputError, match=f"{quasi.id}: the wrapped keys were altered"):
        Vault(swapped, MASTER)
