"""The commands below ``salus data``."""

from __future__ import annotations

from typing import Annotated

import typer

from salus.cli.help import Command, Group, phrase
from salus.cli.options import AsJson, Home, Lang  # noqa: TC001  # typer reads them

data = typer.Typer(cls=Group)


@data.callback(help=phrase("Records: what comes in."))
def records() -> None:
    """Hold the help of the group, which would be a single command without it."""


@data.command(
    "load", cls=Command, help=phrase("Load FHIR bundles or bulk data, and report on their quality.")
)
def load(
    context: typer.Context,
    path: Annotated[str, typer.Argument(metavar="PATH", help=phrase("File or folder of FHIR R4."))],
    *,
    name: Annotated[
        str,
        typer.Option(
            metavar="NAME", help=phrase("What the load is called: small letters, digits, dashes.")
        ),
    ],
    force: Annotated[
        bool, typer.Option("--force", help=phrase("Replace a load of this name."))
    ] = False,
    home: Home = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Load records."""
    from salus.cli.load import load_command  # noqa: PLC0415  # help needs no engine

    options = {"home": home, "lang": lang}
    load_command(path, name, options, context.obj, force=force, as_json=as_json)
