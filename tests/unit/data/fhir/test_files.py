"""Files of an export: whole, in lines, zipped, truncated, empty or something else."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import orjson
import pytest

from salus.core.errors import InputError
from salus.data.fhir import files, quarantine
from salus.data.fhir.files import export_files, refuse_changed
from salus.data.fhir.reason import Reason
from tests.fakes import fhir

if TYPE_CHECKING:
    from pathlib import Path


def test_bundles_and_lines_are_read_together(tmp_path: Path) -> None:
    """A folder may hold both, also in folders of its own, and also what is neither."""
    fhir.write_bundle(tmp_path / "deep" / "er", fhir.PATIENT)
    fhir.write_lines(tmp_path, fhir.CONDITION, b"", fhir.ALLERGY, b"")
    (tmp_path / "readme.txt").write_text("hello", encoding="utf-8")
    (tmp_path / ".hidden.json").write_text("{", encoding="utf-8")
    found, passed = export_files(tmp_path)
    assert ([each.name for each in found], passed) == (["Export.ndjson", "deep/er/bundle.json"], 1)
    tables = fhir.loaded(tmp_path).tables
    assert [tables[name].num_rows for name in ("patient", "condition", "allergy")] == [1, 1, 1]


def test_a_single_resource_and_a_single_file_are_read(tmp_path: Path) -> None:
    """A file that is a resource itself is read as one."""
    path = tmp_path / "one.json"
    path.write_bytes(b"\xef\xbb\xbf" + orjson.dumps(fhir.PATIENT))
    assert fhir.loaded(path).tables["patient"].num_rows == 1


def test_the_log_of_an_export_is_passed_over(tmp_path: Path) -> None:
    """Its lines are no faulty resources; a file of its name that holds resources is read."""
    fhir.write_lines(tmp_path, fhir.PATIENT)
    fhir.write_lines(
        tmp_path, {"eventId": "kickoff"}, {"eventId": "export_complete"}, name=files.LOG
    )
    found, passed = export_files(tmp_path)
    assert ([each.name for each in found], passed) == (["Export.ndjson"], 1)
    fhir.write_lines(tmp_path, fhir.PATIENT, name=files.LOG)
    assert export_files(tmp_path)[1] == 0


def test_zipped_files_are_read(tmp_path: Path) -> None:
    """Exports come zipped."""
    (tmp_path / "a.json.gz").write_bytes(gzip.compress(orjson.dumps(fhir.bundle(fhir.PATIENT))))
    (tmp_path / "b.ndjson.gz").write_bytes(gzip.compress(orjson.dumps(fhir.CONDITION)))
    found = fhir.loaded(tmp_path)
    assert found.tables["condition"].num_rows == 1


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Patient.ndjson", True),
        ("Observation.0.ndjson.gz", True),
        ("Condition.jsonl", True),
        ("Smith.json", False),
        ("JaneSmith.0.json", False),
        ("Smith.2026.ndjson.gz", False),
        ("Patient.json", False),
        ("Patient.Smith.ndjson", False),
        ("deep/Patient.ndjson", False),
    ],
)
def test_only_names_of_bulk_data_are_told(tmp_path: Path, name: str, *, told: bool) -> None:
    """A word with a capital may be a family name; only a type of resource names nobody."""
    file = files.ExportFile(3, tmp_path / name, name, "ab" * 32)
    assert (str(file.shown) == name) is told


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"  ",
        orjson.dumps(fhir.bundle(*fhir.EACH))[:-200],
        orjson.dumps(fhir.bundle(fhir.PATIENT)).decode().encode("utf-16"),
        b'{"resourceType": "Bundle", "entry": [\xff]}',
        b"[" * 100_000,
        orjson.dumps(fhir.PATIENT) + b"\n" + orjson.dumps(fhir.PATIENT),
    ],
)
def test_a_bundle_that_is_not_whole_fails_the_load(tmp_path: Path, content: bytes) -> None:
    """Nobody knows what is missing, so nothing is taken; no name of a file names a patient."""
    fhir.write_bundle(tmp_path, *fhir.EACH)
    (tmp_path / "Quilla_Quandt.json").write_bytes(content)
    with pytest.raises(InputError) as caught:
        fhir.loaded(tmp_path)
    assert "no whole JSON" in str(caught.value)
    assert "Qu" not in str(caught.value)


def test_every_broken_bundle_is_named(tmp_path: Path) -> None:
    """All faults come at once."""
    for name in ("a.json", "b.json", "c.json"):
        fhir.write_bundle(tmp_path, fhir.PATIENT, name=name)
    for name in ("a.json", "c.json"):
        (tmp_path / name).write_bytes(b"{")
    with pytest.raises(InputError) as caught:
        fhir.loaded(tmp_path)
    assert len(caught.value.faults) == 2


def test_a_broken_zip_fails_the_load(tmp_path: Path) -> None:
    """Half an archive is no export."""
    zipped = gzip.compress(orjson.dumps(fhir.PATIENT))
    for content in (zipped[:-12], b"no zip at all"):
        (tmp_path / "a.ndjson.gz").write_bytes(content)
        with pytest.raises(InputError, match="no whole JSON"):
            fhir.loaded(tmp_path)


@pytest.mark.parametrize(
    "line", [b'{"resourceType": "Patient", "id', b"\xff\xfe", b"nonsense", b"{}}", b"NaN"]
)
def test_a_bad_line_is_set_aside_and_the_rest_is_read(tmp_path: Path, line: bytes) -> None:
    """A truncated line says by itself that it is one."""
    fhir.write_lines(tmp_path, fhir.PATIENT, line, fhir.CONDITION)
    found = fhir.loaded(tmp_path)
    assert found.tables["condition"].num_rows == 1
    (fault,) = found.quarantine.to_pylist()
    assert (fault["reason"], fault["position"]) == (Reason.NOT_JSON, 2)
    assert fhir.accounted(found)


def test_an_empty_file_of_lines_holds_nothing(tmp_path: Path) -> None:
    """A bulk export without any allergy has such a file."""
    fhir.write_lines(tmp_path, fhir.PATIENT)
    (tmp_path / "AllergyIntolerance.ndjson").write_bytes(b"")
    assert fhir.loaded(tmp_path).quarantine.num_rows == 0


def test_a_huge_line_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not held in memory, and the lines after it are read."""
    monkeypatch.setattr(files, "LONGEST_LINE", 5_000)
    huge = fhir.changed(fhir.PATIENT, text="x" * 12_000)
    fhir.write_lines(tmp_path, huge, fhir.PATIENT)
    found = fhir.loaded(tmp_path)
    assert found.tables["patient"].num_rows == 1
    (fault,) = found.quarantine.to_pylist()
    assert (fault["reason"], fault["position"]) == (Reason.TOO_LARGE, 1)
    assert fault["resource"] is None


def test_a_huge_bundle_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is to be exported in lines."""
    monkeypatch.setattr(files, "LARGEST_FILE", 100)
    with pytest.raises(InputError, match="NDJSON"):
        fhir.loaded(fhir.write_bundle(tmp_path, fhir.PATIENT))


@pytest.mark.parametrize("entry", [7, "x", {"resource": None}])
def test_a_bundle_with_odd_entries_is_set_aside(tmp_path: Path, entry: object) -> None:
    """Whole JSON that is no bundle is faulty where it is."""
    odd = {"resourceType": "Bundle", "entry": entry}
    fhir.write_lines(tmp_path, odd, name="odd.json")
    fhir.write_lines(tmp_path, fhir.bundle() | {"entry": [entry, {}]}, name="entries.json")
    found = fhir.loaded(tmp_path)
    assert found.quarantine.num_rows == 3
    assert fhir.accounted(found)


def test_a_folder_without_an_export_is_refused(tmp_path: Path) -> None:
    """An empty folder, or one that is not there, is a mistake."""
    (tmp_path / "readme.txt").write_text("hello", encoding="utf-8")
    with pytest.raises(InputError, match=r"\.ndjson"):
        export_files(tmp_path)
    with pytest.raises(InputError, match="no such"):
        export_files(tmp_path / "nowhere")


def test_the_digest_names_the_content(tmp_path: Path) -> None:
    """A file of another content has another digest."""
    (one,), _ = export_files(fhir.write_lines(tmp_path, fhir.PATIENT))
    (other,), _ = export_files(fhir.write_lines(tmp_path, fhir.CONDITION))
    assert one.sha256 != other.sha256


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    """Its digest would name what was not read."""
    found, _ = export_files(fhir.write_lines(tmp_path, fhir.PATIENT))
    refuse_changed(found)
    fhir.write_lines(tmp_path, fhir.PATIENT, fhir.CONDITION)
    with pytest.raises(InputError, match="changed while"):
        refuse_changed(found)
    found[0].path.unlink()
    with pytest.raises(InputError, match="changed while"):
        refuse_changed(found)


def test_originals_are_kept_as_far_as_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is no export at all does not fill the memory; each line is still told."""
    monkeypatch.setattr(quarantine, "MOST_KEPT", 25)
    fhir.write_lines(tmp_path, *[b"no json here"] * 5, fhir.PATIENT)
    aside = fhir.loaded(tmp_path).quarantine
    assert aside["resource"].to_pylist() == ["no json here"] * 2 + [None] * 3
