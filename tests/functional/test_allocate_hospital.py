"""``salus allocate hospital``: plans of one hospital at the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salus.allocate.hospital.verify import verify
from salus.report.hospital_document import verification_document
from tests.fakes.timetables import HOSPITAL, PLAN, instance, kept, solution
from tests.functional.running import salus

if TYPE_CHECKING:
    from pathlib import Path


def test_a_plan_is_added_up(tmp_path: Path) -> None:
    """One JSON document on stdout, whether it is asked for or not, and nothing else."""
    files = kept(tmp_path, instance(), "instance.json"), kept(tmp_path, solution(), "plan.json")
    for more in ((), ("--json",)):
        told = salus("allocate", "hospital", "verify", *files, "--home", tmp_path / "home", *more)
        assert (told.code, told.err) == (0, "")
        assert told.document == verification_document(verify(HOSPITAL, PLAN))
    assert list(told.document) == ["violations", "amounts", "total_violations", "total_cost"]


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "there is no room of this name"), ("zh", "没有叫这个名称的病房")]
)
def test_faults_are_told_in_each_language(tmp_path: Path, lang: str, said: str) -> None:
    """All of them, with path and value, exit 2."""
    document = instance()
    document["occupants"][0]["room_id"] = "r9"
    document["patients"][0]["surgery_due_day"] = -1
    files = kept(tmp_path, document, "instance.json"), kept(tmp_path, solution(), "plan.json")
    where = ("--home", tmp_path / "home", "--lang", lang)
    told = salus("allocate", "hospital", "verify", *files, *where)
    assert (told.code, told.out) == (2, "")
    assert said in told.err
    assert "occupants[0].room_id" in told.err
    assert "r9" in told.err
    assert "patients[0].surgery_due_day" in told.err
    told = salus("allocate", "hospital", "verify", *files, *where, "--json")
    assert [each["where"]["column"] for each in told.document["faults"]] == [
        "occupants[0].room_id",
        "patients[0].surgery_due_day",
    ]


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    """A folder, a file that is not there, and a command without files."""
    home = ("--home", tmp_path / "home")
    for files in ((tmp_path, tmp_path), (".", "."), (tmp_path / "no.json", tmp_path / "no.json")):
        assert salus("allocate", "hospital", "verify", *files, *home).code == 2
    assert salus("allocate", "hospital", "verify").code == 2
    assert salus("allocate", "hospital").code in {0, 2}
