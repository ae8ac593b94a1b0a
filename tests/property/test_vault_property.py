"""Whatever is sealed opens, and any bit of it that is turned is found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salus.core.errors import SalusError
from salus.domain.sensitivity import Sensitivity
from salus.trust.vault.ring import new_ring
from salus.trust.vault.secret import Secret
from salus.trust.vault.vault import Vault

MASTER = Secret(bytes(range(32)))
VAULT = Vault(new_ring(MASTER), MASTER)
KINDS, NAMES = st.sampled_from(Sensitivity), st.text(max_size=20)


@given(KINDS, st.binary(max_size=200), NAMES)
def test_what_is_sealed_opens(kind: Sensitivity, plaintext: bytes, name: str) -> None:
    """For every content, class and name."""
    sealed = VAULT.seal(kind, plaintext, bound_to=name)
    assert VAULT.open(kind, sealed, bound_to=name) == plaintext
    assert len(sealed) == len(plaintext) + 44


@given(KINDS, st.binary(max_size=50), st.data())
def test_any_bit_that_is_turned_is_found(
    kind: Sensitivity, plaintext: bytes, data: st.DataObject
) -> None:
    """In header, nonce, ciphertext and tag alike."""
    sealed = bytearray(VAULT.seal(kind, plaintext, bound_to="a"))
    place = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[place // 8] ^= 1 << place % 8
    with pytest.raises(SalusError):
        VAULT.open(kind, bytes(sealed), bound_to="a")


@given(KINDS, st.binary(max_size=50), st.data())
def test_what_is_cut_off_is_found(kind: Sensitivity, plaintext: bytes, data: st.DataObject) -> None:
    """At whatever place it ends."""
    sealed = VAULT.seal(kind, plaintext, bound_to="a")
    with pytest.raises(SalusError):
        VAULT.open(kind, sealed[: data.draw(st.integers(0, len(sealed) - 1))], bound_to="a")


@given(KINDS, st.binary(max_size=50), NAMES, NAMES)
def test_another_name_opens_nothing(
    kind: Sensitivity, plaintext: bytes, name: str, other: str
) -> None:
    """A value that was put in the place of another one is found."""
    if name != other:
        with pytest.raises(SalusError):
            VAULT.open(kind, VAULT.seal(kind, plaintext, bound_to=name), bound_to=other)
