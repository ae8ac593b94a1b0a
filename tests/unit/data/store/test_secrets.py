"""The secrets of an installation: sealed in the store, and given to nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from salus.core.errors import InputError, MismatchError
from salus.data.store.engine import Store, open_store
from salus.data.store.secrets import Secrets
from salus.trust.vault.ring import new_ring, renewed
from salus.trust.vault.secret import Secret
from salus.trust.vault.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MASTER = Secret(bytes(range(32)))
RING = new_ring(MASTER)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Give an open store with two secrets."""
    with open_store(tmp_path) as opened:
        secrets = Secrets(opened, Vault(RING, MASTER))
        secrets.put("broker", b"password of the broker")
        secrets.put("pseudonyms", bytes(32))
        yield opened


def test_secrets_come_back_and_are_replaced(store: Store) -> None:
    """Each under its name; none under another."""
    secrets = Secrets(store, Vault(RING, MASTER))
    secrets.put("broker", b"another")
    secrets.delete("pseudonyms")
    secrets.delete("pseudonyms")
    assert (secrets.get("broker"), secrets.get("pseudonyms")) == (b"another", None)
    assert secrets.names() == ("broker",)


def test_no_secret_lies_in_clear(store: Store) -> None:
    """Neither the database nor its journal holds a word of it."""
    for path in store.home.glob("salus.db*"):
        assert b"password of the broker" not in path.read_bytes()


def test_a_secret_of_another_name_is_refused(store: Store) -> None:
    """Whoever writes into the database cannot exchange two secrets unseen."""
    with store.writing() as connection:
        connection.execute(
            text(
                "UPDATE secret SET sealed = (SELECT sealed FROM secret WHERE name = 'broker')"
                " WHERE name = 'pseudonyms'"
            )
        )
    with pytest.raises(MismatchError, match="secret pseudonyms: this was altered"):
        Secrets(store, Vault(RING, MASTER)).get("pseudonyms")


def test_another_home_cannot_read_them(store: Store) -> None:
    """With other keys there is one clear answer."""
    master = Secret.new()
    with pytest.raises(InputError, match="a key that is not here"):
        Secrets(store, Vault(new_ring(master), master)).get("broker")


def test_all_are_sealed_again_or_none(store: Store) -> None:
    """After a renewal the old keys hold no secret any more; a damaged one stops it whole."""
    newer = Vault(renewed(RING, MASTER), MASTER)
    assert Secrets(store, newer).seal_again() == 2
    with pytest.raises(InputError, match="not here"):
        Secrets(store, Vault(RING, MASTER)).get("broker")
    with store.writing() as connection:
        connection.execute(text("UPDATE secret SET sealed = x'00' WHERE name = 'pseudonyms'"))
        before = connection.execute(text("SELECT sealed FROM secret ORDER BY name")).all()
    with pytest.raises(InputError, match="not sealed"):
        Secrets(store, newer).seal_again()
    with store.reading() as connection:
        assert connection.execute(text("SELECT sealed FROM secret ORDER BY name")).all() == before


def test_a_secret_has_a_name(store: Store) -> None:
    """One without could not be found again."""
    with pytest.raises(ValueError, match="name must not be empty"):
        Secrets(store, Vault(RING, MASTER)).put(" ", b"1")
