"""The commands below ``salus allocate hospital``."""

from __future__ import annotations

from typing import Annotated

import typer

from salus.cli.help import Command, Group, phrase
from salus.cli.options import AsJson, Home, Lang  # noqa: TC001  # typer reads them

hospital = typer.Typer(cls=Group)


@hospital.callback(help=phrase("A hospital's weeks: admissions, rooms, theatres and nurses."))
def weeks() -> None:
    """Hold the help of the group, which would be a single command without it."""


@hospital.command(
    "verify", cls=Command, help=phrase("Add up what a plan breaks and costs, by each rule.")
)
def verify(
    instance: Annotated[
        str, typer.Argument(metavar="INSTANCE", help=phrase("A hospital: JSON of IHTC-2024."))
    ],
    solution: Annotated[
        str, typer.Argument(metavar="SOLUTION", help=phrase("A plan of it: JSON of IHTC-2024."))
    ],
    *,
    home: Home = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Add up a plan."""
    from salus.cli.hospital import verify_command  # noqa: PLC0415  # help needs no engine

    del as_json  # stdout holds a document in any case; faults are one, too, with it
    verify_command(instance, solution, {"home": home, "lang": lang})


@hospital.command(
    "explain",
    cls=Command,
    help=phrase(
        "Explain a plan: cost by origin, why patients wait, what one more bed, hour or nurse is "
        "worth, and boards of beds, theatres and nurses."
    ),
)
def explain(
    context: typer.Context,
    instance: Annotated[
        str, typer.Argument(metavar="INSTANCE", help=phrase("A hospital: JSON of IHTC-2024."))
    ],
    solution: Annotated[
        str, typer.Argument(metavar="SOLUTION", help=phrase("A plan of it: JSON of IHTC-2024."))
    ],
    *,
    html: Annotated[
        str | None,
        typer.Option(metavar="FILE", help=phrase("Write the explanation as one page.")),
    ] = None,
    pictures: Annotated[
        str | None,
        typer.Option(metavar="FOLDER", help=phrase("Write each board as a file of SVG.")),
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Explain a plan."""
    from salus.cli.explain_hospital import (  # noqa: PLC0415  # help needs no engine
        Explaining,
        explain_command,
    )

    asked = Explaining(instance, solution, html, pictures)
    explain_command(asked, {"home": home, "lang": lang}, context.obj, as_json=as_json)
