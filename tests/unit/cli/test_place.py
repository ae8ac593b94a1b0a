"""A folder of its own for each run, and none that holds anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salus.cli.place import own_place, refuse_place
from salus.core.errors import EnvironmentFaultError, InputError

if TYPE_CHECKING:
    from pathlib import Path


def test_runs_of_the_same_second_get_numbers(tmp_path: Path) -> None:
    """The second and third take the next names; all exist, empty."""
    wanted = tmp_path / "out" / "run"
    with own_place(wanted) as first, own_place(wanted) as second, own_place(wanted) as third:
        assert [place.name for place in (first, second, third)] == ["run", "run-2", "run-3"]
        assert all(place.is_dir() for place in (first, second, third))


def test_after_an_error_the_place_is_given_back(tmp_path: Path) -> None:
    """A run that fails or is cancelled leaves no empty folder."""
    with pytest.raises(KeyboardInterrupt), own_place(tmp_path / "out" / "run"):
        raise KeyboardInterrupt
    assert list((tmp_path / "out").iterdir()) == []


def test_a_parent_that_is_a_file_is_advice(tmp_path: Path) -> None:
    """Where salus-out is a file, the fault names the place."""
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(EnvironmentFaultError), own_place(tmp_path / "out" / "run"):
        pytest.fail("the work began")


@pytest.mark.parametrize("kept", ["out", "out/region", "out/a/../home"])
def test_what_must_survive_may_not_lie_inside(kept: str, tmp_path: Path) -> None:
    """Neither the folder itself nor anything above the region or the home is taken."""
    (tmp_path / "out").mkdir()
    with pytest.raises(InputError, match="take the place"):
        refuse_place(tmp_path / "out", (tmp_path / kept,), replace=True)


def test_an_older_report_may_be_replaced_and_nothing_else(tmp_path: Path) -> None:
    """An empty folder and a report pass; one foreign file, even beside a report, does not."""
    out = tmp_path / "out"
    out.mkdir()
    refuse_place(out, (), replace=True)
    (out / "report.html").write_text("", encoding="utf-8")
    refuse_place(out, (), replace=True)
    with pytest.raises(InputError, match="exists already"):
        refuse_place(out, (), replace=False)
    (out / "notes.txt").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="something else"):
        refuse_place(out, (), replace=True)
