"""A load of records: whole or not at all, once, and never a word about a patient."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from salus.core.clock import FixedClock
from salus.core.errors import EnvironmentFaultError, ForbiddenError, InputError, MismatchError
from salus.core.settings import Settings
from salus.data.store.loads import Loads
from salus.domain.records.catalogue import TABLES
from salus.domain.records.quarantine import QUARANTINE
from salus.report.load_document import load_document
from salus.report.sections.load import load_sections
from salus.report.words import Words
from salus.service import load_records as module
from salus.service.clean_records import clean_records
from salus.service.context import Context, acting, open_context
from salus.service.kept import alone
from salus.service.link_records import link_records
from salus.service.load_records import LoadRequest, load_records
from salus.service.open_records import open_records
from salus.trust.permission import ADMINISTRATOR, CLINICIAN, PLANNER, QUALITY, Principal
from tests.fakes import fhir

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from salus.core.canonical import Json

NOW = datetime(2026, 6, 27, 8, tzinfo=UTC)
TWIN = fhir.changed(fhir.PATIENT, id="p2")
OF_TWIN = fhir.changed(fhir.CONDITION, id="c2", subject={"reference": "Patient/p2"})


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    """Give what is in use, with a home of its own."""
    with open_context(Settings(home=tmp_path / "home"), clock=FixedClock(NOW)) as opened:
        yield opened


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Write an export with one faulty resource and one person who is registered twice."""
    faulty = fhir.changed(fhir.OBSERVATION, id="o9", status=None, note=[{"text": "Quilla Quandt"}])
    return fhir.write_bundle(
        tmp_path / "export", *fhir.EACH, TWIN, OF_TWIN, faulty, name="Quilla_Quandt.json"
    )


def test_an_export_is_loaded_and_opened(context: Context, export: Path) -> None:
    """What was loaded is what every engine takes, in its own codes."""
    loaded = load_records(context, LoadRequest(export, "clinic"))
    assert (loaded.load.rows, loaded.load.quarantined, loaded.load.loaded_at) == (12, 1, NOW)
    records = open_records(context, "clinic")
    assert set(records.tables) == set(TABLES)
    assert all(
        table.schema.equals(TABLES[name].schema(), check_metadata=True)
        for name, table in records.tables.items()
    )
    assert records.tables["medication"]["code"].to_pylist() == ["C09AA03"]
    assert records.tables["condition"]["code"].to_pylist() == ["I10", "I10"]
    assert records.as_of == date(2020, 1, 2)
    assert not records.synthetic


@pytest.mark.parametrize(("real", "synthetic"), [((), True), ((TWIN,), False)])
def test_one_real_person_makes_the_records_real(
    context: Context, tmp_path: Path, real: tuple[fhir.Resource, ...], *, synthetic: bool
) -> None:
    """Real people are never labelled as made up; of a mixture it is said how many are."""
    tag = {"security": [{"code": "HTEST"}]}
    made = fhir.changed(fhir.PATIENT, id="p9", meta=tag)
    export = fhir.write_bundle(tmp_path / "export", made, *real)
    loaded = load_records(context, LoadRequest(export, "clinic"))
    report = loaded.report
    assert report is not None
    sections = load_sections(loaded, report)
    said = [str(sentence) for section in sections for sentence in section.sentences]
    assert ("1 of 2 registrations are marked as made up." in said) is not synthetic
    shown = {section.synthetic for section in sections}
    assert shown == {open_records(context, "clinic").synthetic} == {synthetic}
    assert load_document(loaded)["report"]["synthetic"] is synthetic  # type: ignore[index,call-overload]  # of JSON


def test_cleaning_and_linking_work_on_loaded_records(context: Context, export: Path) -> None:
    """The two registrations become one person, with both histories."""
    load_records(context, LoadRequest(export, "clinic"))
    cleaned = clean_records(context, open_records(context, "clinic"), date(2026, 6, 27))
    linked = link_records(context, cleaned.records)
    assert linked.records.tables["patient"].num_rows == 1
    assert linked.records.tables["condition"]["patient_id"].to_pylist() == ["p1", "p1"]


def test_what_is_known_on_a_day_is_opened(context: Context, export: Path) -> None:
    """Nothing that became known later is seen."""
    load_records(context, LoadRequest(export, "clinic"))
    records = open_records(context, "clinic", date(2019, 12, 31))
    assert records.tables["encounter"].num_rows == 0
    assert records.tables["immunisation"].num_rows == 1


def test_the_same_export_is_loaded_once(context: Context, export: Path) -> None:
    """A second time nothing is done, also when the files have other names."""
    first = load_records(context, LoadRequest(export, "clinic"))
    (export / "Quilla_Quandt.json").rename(export / "other.json")
    again = load_records(context, LoadRequest(export, "clinic"))
    assert (again.report, again.load) == (None, first.load)


@pytest.mark.parametrize("table", ["patient", "quarantine"])
@pytest.mark.parametrize("file", ["*.parquet", "manifest.sealed"])
@pytest.mark.parametrize("gone", [True, False])
def test_a_damaged_load_is_told_and_mended_by_force(
    context: Context, export: Path, table: str, file: str, *, gone: bool
) -> None:
    """Whoever loads again is not told that all is well, but how it becomes so."""
    load_records(context, LoadRequest(export, "clinic"))
    (part,) = (context.settings.home / "lake" / "clinic" / table).glob(file)
    content = part.read_bytes()
    part.unlink()
    if not gone:
        middle = len(content) // 2
        part.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
    if not (gone and file == "manifest.sealed"):
        with pytest.raises(MismatchError):
            load_records(context, LoadRequest(export, "clinic"))
    assert load_records(context, LoadRequest(export, "clinic", replace=True)).report is not None
    assert load_records(context, LoadRequest(export, "clinic")).report is None
    assert open_records(context, "clinic").tables["patient"].num_rows == 2


def test_a_day_that_cannot_be_is_no_last_day(context: Context, tmp_path: Path) -> None:
    """A table ends with the last day that cleaning leaves in it."""
    when = ("2020-01-02", "2990-01-01")
    both = [fhir.changed(fhir.OBSERVATION, id=f"o{each}", effectiveDateTime=each) for each in when]
    export = fhir.write_bundle(tmp_path / "export", fhir.PATIENT, *both)
    report = load_records(context, LoadRequest(export, "clinic")).report
    assert report is not None
    (span,) = (each for each in report.spans if each.table == "observation")
    assert (span.rows, span.last) == (2, date(2020, 1, 2))


def test_another_export_takes_no_name_unasked(context: Context, export: Path) -> None:
    """A name stands for one load until somebody says that it is to be replaced."""
    load_records(context, LoadRequest(export, "clinic"))
    fhir.write_lines(export, fhir.changed(fhir.CONDITION, id="c3"))
    with pytest.raises(InputError, match="--force"):
        load_records(context, LoadRequest(export, "clinic"))
    assert open_records(context, "clinic").tables["condition"].num_rows == 2
    load_records(context, LoadRequest(export, "clinic", replace=True))
    assert open_records(context, "clinic").tables["condition"].num_rows == 3


def test_a_truncated_bundle_leaves_nothing(context: Context, export: Path) -> None:
    """Nothing is half-stored: no folder, no load."""
    whole = (export / "Quilla_Quandt.json").read_bytes()
    (export / "second.json").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match="no whole JSON"):
        load_records(context, LoadRequest(export, "clinic"))
    assert Loads(context.store).load("clinic") is None
    assert not (context.settings.home / "lake").exists()
    with pytest.raises(InputError, match="nothing was loaded"):
        open_records(context, "clinic")


def test_a_disk_that_is_full_leaves_nothing(
    context: Context, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An old load of the name is no load any more, and the next attempt starts anew."""

    def full(*_: object) -> None:
        raise EnvironmentFaultError

    with monkeypatch.context() as patched:
        patched.setattr(module, "keep", full)
        with pytest.raises(EnvironmentFaultError):
            load_records(context, LoadRequest(export, "clinic"))
    assert Loads(context.store).load("clinic") is None
    assert load_records(context, LoadRequest(export, "clinic")).report is not None


def test_two_loads_of_one_name_do_not_mix(context: Context, export: Path) -> None:
    """While one is at work, another under its name is refused; one that is done lets go."""
    with alone(context.settings.home, "clinic"), pytest.raises(InputError, match="another process"):
        load_records(context, LoadRequest(export, "clinic"))
    assert load_records(context, LoadRequest(export, "clinic")).report is not None


@pytest.mark.parametrize("resources", [[], [{"resourceType": "Claim"}], [fhir.OBSERVATION]])
def test_an_export_without_any_row_is_refused(
    context: Context, tmp_path: Path, resources: list[object]
) -> None:
    """Whoever loads nothing has named the wrong folder, and hears the reasons."""
    fhir.write_bundle(tmp_path / "export", *resources)
    with pytest.raises(InputError, match="none became a row"):
        load_records(context, LoadRequest(tmp_path / "export", "clinic"))


@pytest.mark.parametrize("name", ["", "Clinic", "../clinic", "a b", "x" * 65, "-x", "诊所"])
def test_a_name_is_one_of_a_folder(tmp_path: Path, name: str) -> None:
    """No name leads out of the home."""
    with pytest.raises(InputError, match="small letters"):
        LoadRequest(tmp_path, name)


def test_damaged_tables_are_told(context: Context, export: Path) -> None:
    """A kept table that cannot be read is a fault with a remedy."""
    load_records(context, LoadRequest(export, "clinic"))
    (part,) = (context.settings.home / "lake" / "clinic" / "patient").glob("*.parquet")
    part.write_bytes(b"nothing")
    with pytest.raises(MismatchError):
        open_records(context, "clinic")


def test_who_may_load_and_who_may_open(context: Context, export: Path) -> None:
    """An administrator loads and sees nobody; quality sees and loads nothing."""
    administrator = acting(context, Principal("ada", ADMINISTRATOR))
    load_records(administrator, LoadRequest(export, "clinic"))
    with pytest.raises(ForbiddenError):
        open_records(administrator, "clinic")
    for role in (QUALITY, PLANNER):
        person = acting(context, Principal("quinn", role))
        with pytest.raises(ForbiddenError):
            load_records(person, LoadRequest(export, "clinic"))
        assert open_records(person, "clinic").name == "clinic"


def test_whoever_has_districts_is_given_their_patients(context: Context, tmp_path: Path) -> None:
    """Those of other districts, and those of whom nobody knows it, stay unseen, rows and all."""
    away = fhir.changed(fhir.PATIENT, id="p3", address=[{"district": "Ford"}])
    nowhere = fhir.changed(fhir.PATIENT, id="p4", address=None)
    theirs = [
        fhir.changed(fhir.CONDITION, id=f"c{each}", subject={"reference": f"Patient/p{each}"})
        for each in (3, 4)
    ]
    export = fhir.write_bundle(tmp_path / "export", *fhir.EACH, away, nowhere, *theirs)
    load_records(context, LoadRequest(export, "clinic"))
    clinician = acting(context, Principal("cleo", CLINICIAN, frozenset({"Lyon"})))
    records = open_records(clinician, "clinic")
    assert records.tables["patient"]["patient_id"].to_pylist() == ["p1"]
    assert records.tables["condition"]["patient_id"].to_pylist() == ["p1"]
    assert open_records(context, "clinic").tables["condition"].num_rows == 3


def test_nothing_that_is_said_names_a_patient(
    context: Context, export: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Report, document, log, audit, reasons: none holds a value of the patient or a file's name."""
    logging.getLogger().setLevel(logging.DEBUG)
    loaded = load_records(context, LoadRequest(export, "clinic"))
    assert loaded.report is not None
    said = [str(load_document(loaded))]
    for language in ("en", "zh"):
        words = Words(language)
        for section in load_sections(loaded, loaded.report):
            said += [words(sentence) for sentence in section.sentences]
            said += [
                cell.text(words) for grid in section.grids for row in grid.rows for cell in row
            ]
    (home,) = context.settings.home.glob("*.db")
    said.append(home.read_bytes().decode("latin-1"))
    aside = context.lake("clinic").read(QUARANTINE.name)
    said.append(str(aside.drop_columns(["file", "resource"]).to_pylist()))
    out = capsys.readouterr()
    said += [out.out, out.err]
    everything = "\n".join(said).replace(str(context.settings.home), "")
    private = [each for each in fhir.PRIVATE if each != "p1"]
    assert [each for each in private if each in everything] == []


def test_the_quarantine_keeps_place_reason_and_original(context: Context, export: Path) -> None:
    """Whoever mends the source finds what to mend; no other table holds it."""
    load_records(context, LoadRequest(export, "clinic"))
    (row,) = context.lake("clinic").read(QUARANTINE.name).to_pylist()
    assert (row["file_number"], row["position"]) == (1, 12)
    assert (row["resource_type"], row["reason"]) == ("Observation", "missing")
    assert row["element"] == "Observation.status"
    assert "Quilla Quandt" in row["resource"]


def test_the_document_counts_everything(context: Context, export: Path) -> None:
    """Programs read counts, reasons and completeness."""
    loaded = load_records(context, LoadRequest(export, "clinic"))
    document = load_document(loaded)
    report: Json = document["report"]
    assert isinstance(report, dict)
    assert report["joined"] == 1
    assert report["converted"] == [{"code": "2345-7", "unit": "mmol/L", "to": "mg/dL", "count": 1}]
    assert report["quarantine"] == [
        {"type": "Observation", "reason": "missing", "element": "status", "count": 1}
    ]
    assert {"table": "patient", "column": "death_date", "rows": 2, "missing": 2} in report[
        "missing"
    ]


def test_nothing_of_a_patient_lies_in_the_clear(context: Context, export: Path) -> None:
    """No file of the home holds a value of the patient: the lake is encrypted."""
    load_records(context, LoadRequest(export, "clinic"))
    for file in context.settings.home.rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        assert [each for each in fhir.PRIVATE if len(each) > 2 and each.encode() in content] == []
