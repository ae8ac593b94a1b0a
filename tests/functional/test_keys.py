"""Keys at the command line: renewed, refused, and never shown."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from salus.core.errors import Where
from salus.core.settings import Settings
from salus.data.store.secrets import Secrets
from salus.feeds.address import read_address
from salus.feeds.serve import with_password
from salus.service.context import open_context
from salus.trust.vault.secret import Secret
from tests.functional.running import PROGRAM, process, salus

if TYPE_CHECKING:
    from pathlib import Path

WORD = "a word between us and the broker"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Give a home with one secret."""
    place = tmp_path / "home"
    with open_context(Settings(home=place)) as context:
        Secrets(context.store, context.vault).put("broker", b"password")
    return place


def kept(home: Path) -> bytes | None:
    """Read the secret of a home."""
    with open_context(Settings(home=home)) as context:
        return Secrets(context.store, context.vault).get("broker")


@pytest.mark.parametrize("options", [(), ("--master",)])
def test_keys_are_renewed_and_secrets_stay(home: Path, options: tuple[str, ...]) -> None:
    """The command says which keys are in use, the audit says who renewed them."""
    told = salus("trust", "keys", "rotate", *options, "--json", "--home", home)
    assert told.code == 0, told.err
    assert told.document["number"] == (1 if options else 2)
    assert kept(home) == b"password"
    assert "rotate_keys" in salus("trust", "audit", "show", "--home", home).out
    for name in ("master.key", "ring.json"):
        assert (home / "keys" / name).read_text().strip() not in told.out


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_another_master_key_is_one_clear_sentence(home: Path, lang: str) -> None:
    """Exit code 2, and nothing of the keys or the secrets is changed."""
    (home / "keys" / "master.key").write_text(f"{Secret.new().text()}\n")
    before = (home / "keys" / "ring.json").read_bytes()
    told = salus("trust", "keys", "rotate", "--home", home, "--lang", lang)
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert ("not the one that this home was sealed with" in told.err) == (lang == "en")
    assert (home / "keys" / "ring.json").read_bytes() == before


def test_the_setting_names_another_file(home: Path, tmp_path: Path) -> None:
    """A master key elsewhere, by the environment; without it the home stays shut."""
    elsewhere = tmp_path / "elsewhere.key"
    (home / "keys" / "master.key").rename(elsewhere)
    refused = salus("trust", "keys", "rotate", "--home", home)
    assert (refused.code, "the master key is missing" in refused.err) == (2, True)
    told = process("trust", "keys", "rotate", "--home", home, SALUS_MASTER_KEY=str(elsewhere))
    assert told.code == 0, told.err


def test_a_home_that_is_not_there_gets_no_keys(tmp_path: Path) -> None:
    """Whoever mistypes the home is told so, and no keys are made."""
    told = salus("trust", "keys", "rotate", "--home", tmp_path / "none")
    assert told.code == 2
    assert not (tmp_path / "none").exists()


def test_the_password_of_the_broker_is_kept_encrypted(tmp_path: Path) -> None:
    """It is read from stdin, completes the address of the broker, and is forgotten when asked."""
    home = tmp_path / "home"
    told = fed(f"{WORD}\n", "trust", "secret", "broker", "--home", home)
    assert (told.returncode, told.stdout) == (0, "The secret broker is kept, encrypted.\n")
    for path in home.rglob("*"):
        assert not path.is_file() or WORD.encode() not in path.read_bytes()
    with open_context(Settings(home=home)) as context:
        address = read_address("mqtt://salus@broker.example", Where("SALUS_BROKER"))
        assert with_password(context, address).password == WORD
        named = read_address("mqtt://salus:other@broker.example", Where("SALUS_BROKER"))
        assert with_password(context, named) is named
    assert salus("trust", "secret", "broker", "--forget", "--home", home).code == 0
    with open_context(Settings(home=home)) as context:
        assert with_password(context, address) is address


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [("broker", "", "the secret is empty"), ("other", "1", "nothing asks for such a secret")],
)
def test_what_is_no_secret_is_refused(tmp_path: Path, name: str, text: str, what: str) -> None:
    """Exit code 2, one sentence, and no home is made."""
    told = fed(text, "trust", "secret", name, "--home", tmp_path / "home")
    assert (told.returncode, told.stderr.count("\n"), what in told.stderr) == (2, 1, True)
    assert not (tmp_path / "home").exists()


def fed(text: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command that reads a text."""
    command = [sys.executable, "-c", PROGRAM, *map(str, arguments)]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=False)
