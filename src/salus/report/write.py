"""Write a day into a folder: page, JSON and tables, all or nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from salus.core.errors import Fault, InputError, Where
from salus.core.files import whole_folder
from salus.core.messages import say
from salus.core.tables import write_table
from salus.report.document import forecast_part, plan_part
from salus.report.page import page

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from salus.core.canonical import Json
    from salus.report.contents import Report
    from salus.report.words import Words

PARTS = ("report.html", "plan.json", "forecast.json", "tables")


def write_report(report: Report, out: Path, words: Words, *, replace: bool = False) -> None:
    """Write the report folder, whole or not at all.

    Parameters
    ----------
    report : Report
        What is written: ``report.html``, ``plan.json``, ``forecast.json``, and every table as
        Parquet and CSV in ``tables``.
    out : Path
        The folder to write.
    words : Words
        The reader's language.
    replace : bool
        Whether an existing folder may be replaced.

    Raises
    ------
    InputError
        If the folder exists and may not be replaced, or holds anything but a report.
    EnvironmentFaultError
        If it cannot be written.
    """
    refuse_other(out)
    with whole_folder(out, replace=replace) as folder:
        (folder / "report.html").write_text(page(report, words), encoding="utf-8")
        _json(folder / "plan.json", plan_part(report.document))
        _json(folder / "forecast.json", forecast_part(report.document))
        (folder / "tables").mkdir()
        for name, table in report.tables.items():
            write_table(table, folder / "tables", name)


def refuse_other(out: Path) -> None:
    """Raise if a folder holds anything but an older report, which alone may be replaced.

    Parameters
    ----------
    out : Path
        Where a report is to be written.

    Raises
    ------
    InputError
        If the folder is there and holds something else.
    """
    held = {path.name for path in out.iterdir()} if out.is_dir() else set()
    if held - set(PARTS):
        what = say("the folder holds something else than a report, so it is not replaced")
        raise InputError(Fault(what, Where(str(out)), say("name another folder with --out")))


def _json(path: Path, document: Mapping[str, Json]) -> None:
    path.write_text(json.dumps(document, ensure_ascii=False, allow_nan=False), encoding="utf-8")
