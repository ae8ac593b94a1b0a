"""Take records in from an export of FHIR, and keep them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from salus.core.canonical import canonical, digest
from salus.core.errors import Fault, InputError, MismatchError, Where
from salus.core.messages import Message, say
from salus.core.progress import part_of
from salus.data.fhir.files import export_files, refuse_changed
from salus.data.fhir.reader import read_fhir
from salus.data.linkage.linkage import link
from salus.data.quality.clean import clean
from salus.data.store.loads import Loads
from salus.data.terminology.codes import in_our_codes
from salus.domain.load import NAME, Load
from salus.domain.records.quarantine import QUARANTINE
from salus.domain.records.registration import REGISTRATION
from salus.service.guarded import guarded
from salus.service.kept import alone, is_kept, keep, refuse_damaged
from salus.service.loaded import Loaded, LoadReport, filled, spans
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from salus.core.progress import Progress
    from salus.data.fhir.reader import FhirTables
    from salus.data.lake.lake import Lake
    from salus.service.context import Context


@dataclass(frozen=True, slots=True)
class LoadRequest:
    """What is to be loaded.

    Parameters
    ----------
    path : Path
        A file or folder of FHIR R4: bundles, bulk data, or both.
    name : str
        What the load is called: small letters, digits, dash, underscore; at most 64.
    replace : bool
        Whether a load of this name is replaced that is of another export, or damaged.

    Raises
    ------
    InputError
        If the name is none.
    """

    path: Path
    name: str
    replace: bool = False

    def __post_init__(self) -> None:
        """Refuse a name that could not be that of a folder."""
        if not NAME.fullmatch(self.name):
            what = say("a load is named by small letters, digits, dashes and underscores")
            raise InputError(
                Fault(what, Where("--name"), say("write it like clinic-2026"), self.name)
            )


@guarded(Permission.LOAD_RECORDS, Kind.RECORDS, attrgetter("name"))
def load_records(context: Context, request: LoadRequest) -> Loaded:
    """Take records in: read, bring into our units, set aside what is faulty, clean, link, and keep.

    The tables are kept as they were read, beside the quarantine and the table of who is one person;
    cleaning and linking are done again, by the same rules, whenever the records are opened. A load
    counts from the moment it stands in the store, so that after an interruption nothing is loaded.

    Parameters
    ----------
    context : Context
        What is in use.
    request : LoadRequest
        What, and under which name.

    Returns
    -------
    Loaded
        The same export under the same name is loaded once; then nothing is done.

    Raises
    ------
    InputError
        If there is no export, a file of it is not whole or changes meanwhile, no row comes out of
        it, or the name is that of another load.
    MismatchError
        If the same export was loaded before, and what was kept of it is damaged.
    EnvironmentFaultError
        If the disk is full, or the extra ``[records]`` or ``[privacy]`` is not installed.
    ForbiddenError
        If the policy does not permit it.
    """
    files, passed = export_files(request.path)
    whole = digest(canonical(sorted(each.sha256 for each in files)))
    context.lake(request.name)  # where nothing can be kept, nothing is read
    with alone(context.settings.home, request.name):
        before = _before(context, request, whole)
        if before is not None:
            return Loaded(before, None)
        found = read_fhir(files, request.name, part_of(context.progress, 0.0, 0.6))
        refuse_changed(files)
        if not any(table.num_rows for table in found.tables.values()):
            raise InputError(_empty(found))
        now = context.clock.now()
        report = _report(found, passed, now.date(), part_of(context.progress, 0.6, 0.9))
        context.progress(say("keeping the tables"), 0.9)
        load = Load(request.name, whole, now, len(files), *_counts(found))
        _keep(context, load, found, report)
        return Loaded(load, report)


def _before(context: Context, request: LoadRequest, whole: str) -> Load | None:
    before = Loads(context.store).load(request.name)
    if before is None or (before.digest != whole and request.replace):
        return None
    if before.digest != whole:
        raise InputError(_taken(before))
    return before if _stands(context.lake(request.name), request) else None


def _stands(lake: Lake, request: LoadRequest) -> bool:
    if not is_kept(lake):
        return False
    try:
        refuse_damaged(lake)
    except MismatchError:
        if request.replace:
            return False
        raise
    return True


def _keep(context: Context, load: Load, found: FhirTables, report: LoadReport) -> None:
    # Forgotten first: what is cut off between the tables of two loads is none of them.
    loads, lake = Loads(context.store), context.lake(load.name)
    loads.forget(load.name)
    joined = REGISTRATION.take(report.linkage.clusters)
    beside = {QUARANTINE.name: found.quarantine, REGISTRATION.name: joined}
    keep(lake, {**found.tables, **beside})
    loads.keep(load)


def _counts(found: FhirTables) -> tuple[int, int, int]:
    rows = sum(table.num_rows for table in found.tables.values())
    return sum(found.read.values()), rows, found.quarantine.num_rows


def _report(found: FhirTables, passed: int, today: date, progress: Progress) -> LoadReport:
    progress(say("cleaning the records"), 0.0)
    quality = clean(found.tables, today)
    progress(say("joining what is of one person"), 0.3)
    linkage = link(quality.tables["patient"])
    return LoadReport(
        passed,
        found.read,
        found.other,
        found.omitted,
        found.faults,
        found.converted,
        spans(found.tables, quality.tables),
        tuple(filled(found.tables)),
        in_our_codes(found.tables)[1],
        quality,
        linkage,
        pc.sum(found.tables["patient"]["synthetic"]).as_py() or 0,
    )


def _taken(before: Load) -> Fault:
    what = say("another export was loaded under this name on {day}", day=before.loaded_at.date())
    remedy = say("name another load, or add --force to replace that one")
    return Fault(what, Where("--name"), remedy, before.name)


def _empty(found: FhirTables) -> Fault:
    reasons = Counter[Message]()
    for (_, reason, _), count in found.faults.items():
        reasons[reason.label] += count
    most = tuple(
        say("{what} ({count:,})", what=what, count=n) for what, n in reasons.most_common(3)
    )
    what = say(
        "of {read:,} resources none became a row; faulty: {faults}",
        read=sum(found.read.values()),
        faults=most or say("nothing"),
    )
    return Fault(
        what, Where(say("the export")), say("export patients and their records as FHIR R4")
    )
