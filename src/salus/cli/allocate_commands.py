"""The commands below ``salus allocate``."""

from __future__ import annotations

from typing import Annotated

import typer

from salus.cli.help import Command, Group, phrase
from salus.cli.hospital_commands import hospital
from salus.cli.options import AsJson, Home, Lang  # noqa: TC001  # typer reads them

allocate = typer.Typer(cls=Group)
allocate.add_typer(
    hospital,
    name="hospital",
    help=phrase("A hospital's weeks: admissions, rooms, theatres and nurses."),
)


@allocate.callback(help=phrase("Programmes: who gets what."))
def programs() -> None:
    """Hold the help of the group, which would be a single command without it."""


@allocate.command(
    "lp",
    cls=Command,
    help=phrase(
        "Solve a linear programme, prove the answer and price its rows. Exit code: 0 solved, "
        "3 the check finds the answer wrong, 4 infeasible, 5 unbounded, 6 stopped at the limit of "
        "time, 7 no answer."
    ),
)
def lp(
    context: typer.Context,
    path: Annotated[
        str, typer.Argument(metavar="FILE", help=phrase("A programme: .mps or .lp, also with .gz."))
    ],
    *,
    seconds: Annotated[
        float | None,
        typer.Option(metavar="N", help=phrase("Stop after so many seconds; the best is shown.")),
    ] = None,
    gap: Annotated[
        float | None,
        typer.Option(
            metavar="SHARE", help=phrase("Stop at this gap of the objective, such as 0.01.")
        ),
    ] = None,
    out: Annotated[
        str | None,
        typer.Option(metavar="FILE", help=phrase("Write all figures to a .json or .csv file.")),
    ] = None,
    write: Annotated[
        str | None,
        typer.Option(metavar="FILE", help=phrase("Write the programme to a .mps or .lp file.")),
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Solve a linear programme."""
    from salus.cli.allocate import Wish, lp_command  # noqa: PLC0415  # help needs no engine

    wish = Wish(path, seconds, gap, out, write)
    code = lp_command(wish, {"home": home, "lang": lang}, context.obj, as_json=as_json)
    raise typer.Exit(code)
