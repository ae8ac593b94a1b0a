"""``salus data load`` as a person starts it: in both languages, for programs, with bad input."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from tests.fakes import fhir
from tests.functional.running import salus

if TYPE_CHECKING:
    from pathlib import Path

TWIN = fhir.changed(fhir.PATIENT, id="p2")
FAULTY = fhir.changed(fhir.OBSERVATION, id="o9", effectiveDateTime="on Tuesday, Quandt")


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Write an export with a fault and a double."""
    return fhir.write_bundle(tmp_path / "in", *fhir.EACH, TWIN, FAULTY, name="Quilla_Quandt.json")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_report_is_read_by_people(export: Path, tmp_path: Path, lang: str) -> None:
    """It fits a terminal, counts everything, and names nobody."""
    home = ["--home", str(tmp_path / "home"), "--lang", lang]
    said = salus("data", "load", str(export), "--name", "clinic", *home)
    assert (said.code, said.err) == (0, "")
    assert [
        line for line in said.out.splitlines() if cell_len(line) > 100 and "/" not in line
    ] == []
    assert "Observation.effectiveDateTime" in said.out
    assert "mmol/L" in said.out
    assert ("registered more than once: 1" if lang == "en" else "重复登记者 1 人") in said.out
    shown = said.out.replace(str(tmp_path), "")
    assert [each for each in fhir.PRIVATE if each in shown] == []


def test_programs_read_one_document(export: Path, tmp_path: Path) -> None:
    """Standard output is JSON alone; a second load says that nothing was done."""
    command = ["data", "load", str(export), "--name", "clinic", "--home", str(tmp_path / "home")]
    first = salus(*command, "--json").document
    assert (first["rows"], first["quarantined"], first["already"]) == (11, 1, False)
    again = salus(*command, "--json").document
    assert again == {**first, "already": True, "report": None}
    assert "already" in salus(*command).out


def _cut(export: Path) -> None:
    (path,) = export.iterdir()
    path.write_bytes(path.read_bytes()[:-50])


def _empty(export: Path) -> None:
    (path,) = export.iterdir()
    path.write_bytes(b"")


def _nothing(export: Path) -> None:
    (path,) = export.iterdir()
    path.unlink()


@pytest.mark.parametrize("spoil", [_cut, _empty, _nothing])
def test_bad_input_gets_one_clear_answer(export: Path, tmp_path: Path, spoil: object) -> None:
    """Exit code 2, advice on stderr, nothing on stdout, nothing kept, nobody named."""
    assert callable(spoil)
    spoil(export)
    home = tmp_path / "home"
    said = salus("data", "load", str(export), "--name", "clinic", "--home", str(home))
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("Error: ")
    assert "Qu" not in said.err.replace(str(tmp_path), "")
    assert not (home / "lake").exists()


@pytest.mark.parametrize("name", ["Clinic", "../out", ""])
def test_a_name_that_is_none_is_refused(export: Path, tmp_path: Path, name: str) -> None:
    """The fault names the option and what a name may be."""
    said = salus("data", "load", str(export), "--name", name, "--home", str(tmp_path / "home"))
    assert said.code == 2
    assert "--name" in said.err
