"""An export of FHIR R4 becomes standard tables; what is faulty is set aside, and all is counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from salus.core.errors import Faults, InputError
from salus.core.messages import say
from salus.core.progress import Progress, silent
from salus.data.fhir.columns import FILE, POSITION, TYPE, Columns
from salus.data.fhir.elements import required_text
from salus.data.fhir.files import Unread, items
from salus.data.fhir.kinds.kinds import KINDS
from salus.data.fhir.kinds.medication import REFERRED, medicine_of
from salus.data.fhir.kinds.observation import JOINT
from salus.data.fhir.quarantine import Quarantine, type_of
from salus.data.fhir.reason import FaultyError, Omission, OmittedError, Reason
from salus.data.fhir.units import Converted, UsualUnits
from salus.domain.records.clinical import MEDICATION, OBSERVATION
from salus.domain.records.person import PATIENT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from salus.data.fhir.elements import Coding, Object
    from salus.data.fhir.files import ExportFile
    from salus.data.fhir.keys import Keys
    from salus.data.fhir.kinds.kind import Row

MEDICATION_TYPE = "Medication"


@dataclass(frozen=True, slots=True, eq=False)
class FhirTables:
    """What an export holds.

    Parameters
    ----------
    tables : mapping of str to pyarrow.Table
        The standard tables of FHIR's resources by name, each in its schema; some may have no rows.
    quarantine : pyarrow.Table
        What is faulty, as :data:`salus.domain.records.quarantine.QUARANTINE` describes it.
    read : mapping of str to int
        Resources by type, in all.
    other : mapping of str to int
        Those of them that are none of our tables, by type.
    omitted : mapping of (str, Omission) to int
        Those of them that a rule leaves out, by type and rule.
    faults : mapping of (str, Reason, str) to int
        What is in quarantine, by type (empty where it says none), reason and element.
    converted : tuple of Converted
        Values that were converted into our usual units.
    """

    tables: Mapping[str, pa.Table]
    quarantine: pa.Table
    read: Mapping[str, int]
    other: Mapping[str, int]
    omitted: Mapping[tuple[str, Omission], int]
    faults: Mapping[tuple[str, Reason, str], int]
    converted: tuple[Converted, ...]


def read_fhir(files: Sequence[ExportFile], source: str, progress: Progress = silent) -> FhirTables:
    """Read an export of FHIR R4.

    Parameters
    ----------
    files : sequence of ExportFile
        What :func:`salus.data.fhir.files.export_files` found.
    source : str
        What stands in the column ``source`` of every row.
    progress : Progress
        Hears how far the work is.

    Returns
    -------
    FhirTables

    Raises
    ------
    InputError
        With a fault for each JSON file that is not whole: a truncated bundle fails the whole load,
        since nobody knows what is missing. A bad line of NDJSON is set aside.
    EnvironmentFaultError
        If the extra ``[records]`` is not installed and units have to be converted.
    """
    reading, faults = _Reading(files, source), Faults()
    for file in files:
        progress(say("reading the export"), 0.95 * (file.number - 1) / len(files))
        try:
            for position, resource, keys in items(file):
                reading.take(file.number, position, resource, keys)
        except InputError as error:
            faults.extend(error.faults)
    faults.stop()
    return reading.done()


class _Reading:
    """What was read so far."""

    def __init__(self, files: Sequence[ExportFile], source: str) -> None:
        self.columns = {kind.table.name: Columns(kind.table, source) for kind in KINDS.values()}
        self.quarantine, self.units = Quarantine(files), UsualUnits()
        self.read, self.other = Counter[str](), Counter[str]()
        self.omitted: Counter[tuple[str, Omission]] = Counter()
        self.seen: dict[str, dict[str, int]] = {name: {} for name in self.columns}
        self.medicines: dict[str, Coding] = {}

    def take(self, file: int, position: int, resource: object, keys: Keys) -> None:
        """Take one resource: into its table, into the counts, or into quarantine."""
        kind = type_of(resource)
        self.read[kind or ""] += 1
        try:
            self._place(file, position, kind, _object(resource), keys)
        except FaultyError as error:
            self.quarantine.add(file, position, resource, error.reason, error.element)
        except OmittedError as error:
            self.omitted[kind or "", error.why] += 1

    def done(self) -> FhirTables:
        """Resolve what could only be resolved at the end, and return everything."""
        found = {name: columns.table() for name, columns in self.columns.items()}
        found[MEDICATION.name] = self._named(found[MEDICATION.name])
        known = found[PATIENT.name]["patient_id"].combine_chunks()
        tables = {}
        for name, columns in self.columns.items():
            table = found[name]
            if name != PATIENT.name:
                lost = pc.invert(pc.is_in(table["patient_id"], value_set=known))
                table = self._without(table, lost, Reason.UNKNOWN_PATIENT, "subject")
            tables[name] = columns.standard(table)
        quarantine = self.quarantine.table()
        return FhirTables(
            tables,
            quarantine,
            self.read,
            self.other,
            self.omitted,
            self.quarantine.counts,
            self.units.converted(),
        )

    def _place(
        self, file: int, position: int, kind: str | None, resource: Object, keys: Keys
    ) -> None:
        if kind is None:
            raise FaultyError(Reason.NO_TYPE)
        if kind in KINDS:
            table, rows = KINDS[kind].table, KINDS[kind].rows(resource, keys)
            if table is OBSERVATION:
                rows = self.units.rows(rows)
            self._refuse_again(table.name, rows)
            self.columns[table.name].add(rows, file, position, kind)
            return
        if kind == MEDICATION_TYPE:
            self.medicines[required_text(resource, "id")] = medicine_of(resource)
        self.other[kind] += 1

    def _refuse_again(self, table: str, rows: Sequence[Row]) -> None:
        # A hash stands for the content: two of 64 bits that are equal by chance are not expected.
        seen, content = self.seen[table], hash(tuple(rows))
        key = rows[0][0].partition(JOINT)[0]
        if key not in seen:
            seen[key] = content
        elif seen[key] == content:
            raise OmittedError(Omission.REPEATED)
        else:
            raise FaultyError(Reason.OTHER_CONTENT, "id")

    def _named(self, table: pa.Table) -> pa.Table:
        """Put the code of each Medication in place of the reference to it."""
        referring = pc.starts_with(table["code"], REFERRED)
        if not pc.any(referring).as_py():
            return table
        columns = {name: table[name].to_pylist() for name in ("code", "system", "display")}
        for row in pc.indices_nonzero(referring).to_pylist():
            key = columns["code"][row].removeprefix(REFERRED)
            found = self.medicines.get(key, (None, None, None))
            for name, value in zip(columns, found, strict=True):
                columns[name][row] = value
        for name, values in columns.items():
            place = table.schema.get_field_index(name)
            table = table.set_column(place, table.schema.field(place), [values])
        return self._without(
            table, pc.is_null(table["code"]), Reason.UNKNOWN_MEDICATION, "medicationReference"
        )

    def _without(
        self, table: pa.Table, lost: pa.ChunkedArray, reason: Reason, element: str
    ) -> pa.Table:
        """Set the resources of some rows aside, each once whatever number of rows it has."""
        if not pc.any(lost).as_py():
            return table
        places = table.filter(lost).group_by([FILE, POSITION, TYPE], use_threads=False)
        for file, position, kind in zip(*places.aggregate([]).to_pydict().values(), strict=True):
            self.quarantine.add_late(file, position, kind, reason, element)
        return table.filter(pc.invert(lost))


def _object(resource: object) -> Object:
    if type(resource) is dict:
        return resource
    raise FaultyError(resource.reason if isinstance(resource, Unread) else Reason.NOT_AN_OBJECT)
