"""Settings come from a file and the environment, and all their faults are told at once."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from salus.core.errors import InputError
from salus.core.messages import Message
from salus.core.settings import Settings, read_settings


def test_nothing_set_gives_the_defaults(tmp_path: Path) -> None:
    """A fresh machine needs no settings."""
    assert read_settings({}, tmp_path) == Settings()


def test_the_file_is_read_and_the_environment_wins(tmp_path: Path) -> None:
    """What is nearer to the person counts more."""
    (tmp_path / "salus.toml").write_text('seed = 5\nhorizon = 14\nhome = "records"\n')
    found = read_settings({"SALUS_SEED": "6", "OTHER": "x"}, tmp_path)
    assert (found.seed, found.horizon, found.home) == (6, 14, Path("records"))


def test_a_file_can_be_named(tmp_path: Path) -> None:
    """SALUS_SETTINGS names another file, and the one in the folder is left alone."""
    (tmp_path / "salus.toml").write_text("seed = 5\n")
    other = tmp_path / "other.toml"
    other.write_text("seed = 9\n")
    assert read_settings({"SALUS_SETTINGS": str(other)}, tmp_path).seed == 9


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """Each fault names its variable or its key in the file, the value and what to write."""
    (tmp_path / "salus.toml").write_text("horizon = 99\ncolour = 1\n")
    given = {
        "SALUS_SEED": "many",
        "SALUS_LOG_LEVEL": "loud",
        "SALUS_WORKERS": "0",
        "SALUS_LANG": "de",
    }
    with pytest.raises(InputError) as caught:
        read_settings(given, tmp_path)
    found = {(fault.where.source, fault.where.column, fault.value) for fault in caught.value.faults}
    file = str(tmp_path / "salus.toml")
    assert found == {
        (file, "horizon", 99),
        (file, "colour", "colour"),
        ("SALUS_SEED", None, "many"),
        ("SALUS_WORKERS", None, 0),
        ("SALUS_LOG_LEVEL", None, "loud"),
        ("SALUS_LANG", None, "de"),
    }
    assert "1 to 28" in str(caught.value)


@pytest.mark.parametrize("content", [b"seed = = 5", b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_a_fault(content: bytes, tmp_path: Path) -> None:
    """A broken file is named, and the defaults are not taken silently."""
    (tmp_path / "salus.toml").write_bytes(content)
    with pytest.raises(InputError, match=r"salus\.toml: the settings cannot be read"):
        read_settings({}, tmp_path)


def test_a_named_file_must_exist(tmp_path: Path) -> None:
    """A file that was named on purpose is not optional."""
    with pytest.raises(InputError, match="cannot be read"):
        read_settings({"SALUS_SETTINGS": str(tmp_path / "gone.toml")}, tmp_path)


def test_an_empty_variable_counts_as_not_set(tmp_path: Path) -> None:
    """Emptying a variable is how a shell takes it back."""
    assert read_settings({"SALUS_SEED": ""}, tmp_path).seed == 1


def test_the_data_of_the_tests_is_no_setting(tmp_path: Path) -> None:
    """A developer who has set SALUS_SHARED can run the product too."""
    assert read_settings({"SALUS_SHARED": str(tmp_path)}, tmp_path) == Settings()


@pytest.mark.parametrize("value", ["nan", "inf", "-1", "true"])
def test_an_impossible_number_is_a_fault(value: str, tmp_path: Path) -> None:
    """Neither infinity nor no number at all passes for a share."""
    with pytest.raises(InputError, match="SALUS_TARGET_OCCUPANCY"):
        read_settings({"SALUS_TARGET_OCCUPANCY": value}, tmp_path)


def test_every_setting_says_what_it_means() -> None:
    """Help and documentation are made from the meanings."""
    assert all(isinstance(each.metadata["meaning"], Message) for each in fields(Settings))
