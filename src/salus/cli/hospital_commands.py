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
    "solve",
    cls=Command,
    help=phrase(
        "Plan admissions, rooms, theatres and nurses at once; Ctrl-C ends the search with the best "
        "plan so far. Exit code: 0 a plan that keeps every rule, 6 none was found in time."
    ),
)
def solve(
    context: typer.Context,
    instance: Annotated[
        str, typer.Argument(metavar="INSTANCE", help=phrase("A hospital: JSON of IHTC-2024."))
    ],
    *,
    seconds: Annotated[
        float | None,
        typer.Option(metavar="N", help=phrase("Search for so many seconds; 60 by default.")),
    ] = None,
    iterations: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            help=phrase("Try so many moves on each core instead: the same plan each time."),
        ),
    ] = None,
    seed: Annotated[int, typer.Option(metavar="N", help=phrase("Of the random moves."))] = 1,
    cores: Annotated[
        int, typer.Option(metavar="N", help=phrase("How many searches go on side by side."))
    ] = 2,
    out: Annotated[
        str | None, typer.Option(metavar="FILE", help=phrase("Write the plan to a .json file."))
    ] = None,
    warm: Annotated[
        str | None, typer.Option(metavar="FILE", help=phrase("Begin with this plan."))
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Plan a hospital."""
    from salus.cli.hospital import SolveWish, solve_command  # noqa: PLC0415  # help needs no engine

    wish = SolveWish(instance, seconds, iterations, seed, cores, out, warm)
    code = solve_command(wish, {"home": home, "lang": lang}, context.obj, as_json=as_json)
    raise typer.Exit(code)
