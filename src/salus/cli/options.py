"""Options that several commands have."""

from __future__ import annotations

from typing import Annotated

import typer

from salus.cli.help import phrase

Home = Annotated[
    str | None,
    typer.Option(
        metavar="FOLDER",
        help=phrase("Where ledger, audit and runs are kept; ./salus-home when not given."),
    ),
]
Lang = Annotated[
    str | None,
    typer.Option(
        metavar="en|zh", help=phrase("Language; that of settings or system when not given.")
    ),
]
AsJson = Annotated[
    bool,
    typer.Option("--json", help=phrase("Print one JSON document; all else goes to stderr.")),
]
