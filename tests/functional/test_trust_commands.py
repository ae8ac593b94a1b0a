"""``salus trust``: accounts, masking and the audit at the command line."""

from __future__ import annotations

import io
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from salus.core.settings import Settings
from salus.service.accept_invitation import Acceptance, accept_invitation
from salus.service.context import open_context
from tests.functional.running import salus

if TYPE_CHECKING:
    from pathlib import Path

PASSWORD = "four little horses"  # noqa: S105  # of nobody


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Give a home with an account of anna, a clinician of one district."""
    folder = tmp_path / "home"
    invite = ["trust", "account", "invite", "anna", "--role", "clinician", "--district", "north"]
    told = salus(*invite, "--home", folder, "--json")
    token = told.document["path"].removeprefix("/invitation/")
    with open_context(Settings(home=folder)) as context:
        accept_invitation(context, Acceptance(token, "anna", PASSWORD))
    return folder


def test_an_account_is_listed_changed_and_disabled(home: Path) -> None:
    """Each step says what the account is now."""
    trust = ("trust", "account")
    assert salus(*trust, "list", "--home", home).out == "anna: clinician (districts north)\n"
    changed = salus(*trust, "change", "anna", "--role", "planner", "--everywhere", "--home", home)
    assert changed.out == "anna: planner (everywhere)\n"
    disabled = salus(*trust, "disable", "anna", "--home", home)
    assert disabled.out == "anna: planner (everywhere), disabled\n"
    document = salus(*trust, "list", "--home", home, "--json").document
    expected = {"name": "anna", "role": "planner", "districts": None, "disabled": True}
    assert document == [expected]
    enabled = salus(*trust, "enable", "anna", "--home", home)
    assert enabled.out == "anna: planner (everywhere)\n"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("invite", "bo"), "the role is missing"),
        (("invite", "bo", "--role", "king"), "no such role"),
        (("invite", "B O", "--role", "planner"), "cannot be called so"),
        (("invite", "anna", "--role", "planner"), "already"),
        (("disable", "bo"), "no such account"),
    ],
)
def test_a_wrong_name_or_role_is_advice(home: Path, command: tuple[str, ...], said: str) -> None:
    """Exit code 2, and one clear line."""
    told = salus("trust", "account", *command, "--home", home)
    assert (told.code, said in told.err) == (2, True)


def test_the_command_line_as_an_account_may_less(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SALUS_ACCOUNT takes the role of the account; an unknown one may nothing."""
    monkeypatch.setenv("SALUS_ACCOUNT", "anna")
    told = salus("trust", "account", "list", "--home", home)
    assert told.code == 2
    assert "no policy permits anna (clinician)" in told.err
    monkeypatch.setenv("SALUS_ACCOUNT", "nobody")
    told = salus("trust", "account", "list", "--home", home)
    assert (told.code, "no account of this name" in told.err) == (2, True)


def test_a_refused_disabling_is_audited_as_such(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not as a list of accounts that nobody asked for."""
    monkeypatch.setenv("SALUS_ACCOUNT", "anna")
    assert salus("trust", "account", "disable", "anna", "--home", home).code == 2
    monkeypatch.delenv("SALUS_ACCOUNT")
    show = ("trust", "audit", "show", "--home", home, "--outcome", "refused", "--json")
    (line,) = salus(*show).document
    assert (line["permission"], line["resource"]) == ("change_account", "Account::anna")


def test_the_audit_is_shown(home: Path) -> None:
    """A line each with its details below, the newest first, or one document; 100 columns do."""
    show = ("trust", "audit", "show", "--home", home, "--resource", "Account::")
    lines = salus(*show, "--count", "2").out.splitlines()
    entries = [line for line in lines if not line.startswith(" " * 8)]
    assert ["accept_invitation" in line for line in entries] == [True, True]
    assert "Account::anna" in entries[0]
    assert all(len(line) <= 100 for line in entries)
    document = salus(*show, "--outcome", "done", "--json").document
    assert [line["permission"] for line in document] == ["accept_invitation", "invite"]
    assert salus("trust", "audit", "show", "--home", home, "--count", "0").code == 2
    assert salus("trust", "audit", "verify", "--home", home).code == 0


def _typed(monkeypatch: pytest.MonkeyPatch, typed: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(typed)))


def test_a_text_is_masked_to_stdout_or_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the reader's language; a file that is there is not written over."""
    mask = ("trust", "mask", "--home", tmp_path / "home", "--name", "Okafor")
    _typed(monkeypatch, "Okafor slept well. 患者王小明。".encode())
    masked = salus(*mask, "--lang", "en")
    assert masked.out == "[NAME] slept well. 患者[NAME]。"
    assert masked.err == "Read it before you pass it on; names without a cue may remain.\n"
    for code in (0, 2):
        _typed(monkeypatch, b"Okafor slept well.\n")
        told = salus(*mask, "--lang", "zh", "--out", tmp_path / "note.txt")
        assert told.code == code
    assert (tmp_path / "note.txt").read_text(encoding="utf-8") == "[姓名] slept well.\n"
    _typed(monkeypatch, b"\xff\xfe\x00")
    assert salus(*mask).code == 2


def test_a_policy_with_an_error_stops_every_command(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line is named, and nothing is done or written."""
    path = tmp_path / "mine.cedar"
    path.write_text('@id("a")\npermit (principal, action == Salus::Action::"fly", resource);')
    monkeypatch.setenv("SALUS_POLICY", str(path))
    told = salus("trust", "account", "disable", "anna", "--home", home)
    assert told.code == 2
    assert "mine.cedar, row 1: the policy is not valid" in told.err
    monkeypatch.delenv("SALUS_POLICY")
    assert "disabled" not in salus("trust", "account", "list", "--home", home).out


def test_a_question_with_mistakes_names_all_of_them(home: Path) -> None:
    """What is missing, what is no choice, and what is out of range."""
    told = salus("trust", "statistic", "mean", "--where", "sex", "--home", home)
    assert told.code == 2
    for said in ("no such choice", "the data are missing", "the epsilon is missing", "COLUMN=TEXT"):
        assert said in told.err
    ask = ("trust", "statistic", "count", "--data", "hamlet", "--home", home)
    told = salus(*ask, "--epsilon", "11")
    assert (told.code, "epsilon must be between" in told.err) == (2, True)
    for option, number in (("--epsilon", "nan"), ("--low", "nan"), ("--rows", "0")):
        told = salus(*ask, "--epsilon", "1", option, number)
        assert (told.code, f"{option}: out of range" in told.err) == (2, True)
        assert told.err.count("nan") <= 1
    told = salus(*ask, "--epsilon", "1", "--low", "5")
    assert "out of range" not in told.err
    told = salus(*ask, "--epsilon", "1", "--where", "=1")
    assert (told.code, "not COLUMN=TEXT" in told.err) == (2, True)
    assert salus("trust", "budget", "grant", "hamlet", "0", "--home", home).code == 2
    assert salus("trust", "budget", "list", "--home", home).out == "No budget was granted.\n"
