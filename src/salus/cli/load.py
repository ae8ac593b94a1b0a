"""``salus data load``: take an export in, and say what came of it."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

from rich.text import Text

from salus.cli.output import told
from salus.cli.progress import progress_line
from salus.core.errors import Faults, Where
from salus.core.extras import refuse_lacking
from salus.core.messages import Message, say
from salus.core.settings import asked_path, read_settings
from salus.report.load_document import load_document
from salus.report.sections.load import load_sections
from salus.report.terminal import heading, show, terminal
from salus.service.context import open_context
from salus.service.load_records import LoadRequest, load_records

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from salus.report.words import Words
    from salus.service.loaded import Loaded


def load_command(
    path: str,
    name: str,
    options: Mapping[str, str | None],
    words: Words,
    *,
    force: bool,
    as_json: bool,
) -> None:
    """Load an export of FHIR and report.

    Parameters
    ----------
    path : str
        A file or folder.
    name : str
        What the load is called.
    options : mapping of str to str or None
        Settings that were given as options.
    words : Words
        The reader's language.
    force : bool
        Whether a load of this name from another export is replaced.
    as_json : bool
        Whether a program reads stdout.

    Raises
    ------
    SalusError
        If anything that was asked cannot be done; then nothing is kept.
    """
    refuse_lacking("records", "privacy")
    settings, faults = read_settings(os.environ, asked=options), Faults()
    where = asked_path(path, Where("PATH"), faults)
    faults.stop()
    request = LoadRequest(where, name, force)
    with progress_line(words) as progress, open_context(settings, progress) as context:
        loaded = load_records(context, request)
    lake = settings.lake or str(settings.home / "lake")
    with told(say("the records are loaded; send the output elsewhere")):
        _show(loaded, f"{lake}/{name}", words, as_json=as_json)


def _show(loaded: Loaded, place: str, words: Words, *, as_json: bool) -> None:
    console = terminal(sys.stderr if as_json else sys.stdout, os.environ)
    if loaded.report is not None:
        title = say("Records: {name}", name=loaded.load.name)
        console.print(heading(title, words, synthetic=loaded.report.synthetic))
        show(console, load_sections(loaded, loaded.report), words)
        console.print()
    for line in _last_lines(loaded, place):
        console.print(Text(words(line)))
    if as_json:
        sys.stdout.write(json.dumps(load_document(loaded), allow_nan=False) + "\n")


def _last_lines(loaded: Loaded, place: str) -> Iterator[Message]:
    load = loaded.load
    if loaded.report is None:
        yield say(
            "This export was loaded as {name} on {day} already; nothing was done.",
            name=load.name,
            day=load.loaded_at.date(),
        )
    yield say(
        "Loaded: {name}, {rows:,} rows, encrypted in {place}.",
        name=load.name,
        rows=load.rows,
        place=place,
    )
    if load.quarantined:
        yield say(
            "Set aside, with place, reason and original, in the table quarantine there: {count:,}.",
            count=load.quarantined,
        )
