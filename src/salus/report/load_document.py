"""What came of a load of records, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from salus.core.canonical import Json
    from salus.service.loaded import Loaded, LoadReport


def load_document(loaded: Loaded) -> dict[str, Json]:
    """Write a load as JSON: counts, codes of reasons, and never a value of a patient.

    Parameters
    ----------
    loaded : Loaded
        The load.

    Returns
    -------
    dict
        ``report`` is null where the export was loaded before.
    """
    load = loaded.load
    return {
        "name": load.name,
        "digest": load.digest,
        "loaded_at": load.loaded_at.isoformat(),
        "already": loaded.report is None,
        "files": load.files,
        "resources": load.resources,
        "rows": load.rows,
        "quarantined": load.quarantined,
        "report": None if loaded.report is None else _report(loaded.report),
    }


def _report(report: LoadReport) -> dict[str, Json]:
    return {
        "synthetic": report.synthetic,
        "made_up": report.made_up,
        "files_passed_over": report.passed,
        "resources": dict(report.read),
        "other": dict(report.other),
        "omitted": [
            {"type": kind, "rule": why.value, "count": count}
            for (kind, why), count in report.omitted.items()
        ],
        "quarantine": [
            {"type": kind, "reason": reason.value, "element": element, "count": count}
            for (kind, reason, element), count in report.faults.items()
        ],
        "converted": [
            {"code": each.code, "unit": each.unit, "to": each.to, "count": each.count}
            for each in report.converted
        ],
        "tables": [
            {
                "table": each.table,
                "rows": each.rows,
                "first": each.first and each.first.isoformat(),
                "last": each.last and each.last.isoformat(),
            }
            for each in report.spans
        ],
        "missing": [
            {"table": each.table, "column": each.column, "rows": each.rows, "missing": each.missing}
            for each in report.filled
        ],
        "codes": [
            {"table": each.table, "rows": each.rows, "ours": each.already, "mapped": each.mapped}
            for each in report.mapped
        ],
        "cleaning": [
            {
                "table": each.table,
                "rule": each.rule,
                "done": each.done.value,
                "rows": each.rows.num_rows,
            }
            for each in report.quality.findings
        ],
        "registrations": report.linkage.clusters.num_rows,
        "joined": report.linkage.joined.num_rows,
    }
