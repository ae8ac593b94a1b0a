"""The commands below ``salus allocate hospital``."""

from __future__ import annotations

from typing import Annotated

import typer

from salus.cli.help import Command, Group, phrase
from salus.cli.options import AsJson, Home, Lang  # noqa: TC001  # typer reads them

hospital = typer.Typer(cls=Group)
HOSPITAL = phrase("A hospital: JSON of IHTC-2024, or a folder of CSV files.")
PLAN = phrase("A plan of it: JSON of IHTC-2024, or a folder of CSV files.")
Iterations = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        help=phrase(
            "Try so many moves on each core instead, without --seconds: the same plan each time."
        ),
    ),
]
Seed = Annotated[int, typer.Option(metavar="N", help=phrase("Of the random moves; 1 by default."))]
Cores = Annotated[
    int,
    typer.Option(metavar="N", help=phrase("How many searches go on side by side; 2 by default.")),
]


@hospital.callback(help=phrase("A hospital's weeks: admissions, rooms, theatres and nurses."))
def weeks() -> None:
    """Hold the help of the group, which would be a single command without it."""


@hospital.command(
    "verify", cls=Command, help=phrase("Add up what a plan breaks and costs, by each rule.")
)
def verify(
    instance: Annotated[str, typer.Argument(metavar="INSTANCE", help=HOSPITAL)],
    solution: Annotated[str, typer.Argument(metavar="SOLUTION", help=PLAN)],
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
    "overrun",
    cls=Command,
    help=phrase("Tell how likely each day of a theatre takes longer than it may, in a plan."),
)
def overrun(
    instance: Annotated[str, typer.Argument(metavar="INSTANCE", help=HOSPITAL)],
    solution: Annotated[str, typer.Argument(metavar="SOLUTION", help=PLAN)],
    *,
    bound: Annotated[
        str | None,
        typer.Option(metavar="CHANCE", help=phrase("Count the days above this chance, as 0.1.")),
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Tell of overruns."""
    from salus.cli.hospital_forms import overrun_command  # noqa: PLC0415  # help needs no engine

    del as_json  # stdout holds a document in any case; faults are one, too, with it
    overrun_command(instance, solution, bound, {"home": home, "lang": lang})


@hospital.command(
    "convert",
    cls=Command,
    help=phrase("Write a hospital, or a plan of it, as JSON or as a folder of CSV files."),
)
def convert(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="FROM", help=HOSPITAL)],
    target: Annotated[
        str,
        typer.Argument(metavar="TO", help=phrase("What is made: a .json file, or else a folder.")),
    ],
    *,
    plan: Annotated[
        str | None,
        typer.Option(metavar="PLAN", help=phrase("Write this plan instead of the hospital.")),
    ] = None,
    first_date: Annotated[
        str | None,
        typer.Option(
            metavar="DATE", help=phrase("First day of a JSON file; 2024-01-01 when not given.")
        ),
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Write the other form."""
    from salus.cli.hospital_forms import convert_command  # noqa: PLC0415  # help needs no engine

    del as_json  # stdout holds a document in any case; faults are one, too, with it
    options = {"home": home, "lang": lang}
    convert_command(source, target, plan, first_date, options, words=context.obj)


@hospital.command(
    "solve",
    cls=Command,
    help=phrase(
        "Plan admissions, rooms, theatres and nurses at once; Ctrl-C ends the search with the best "
        "plan so far. Exit code: 0 a plan that keeps every rule, 6 none was found in time, 2 what "
        "was given cannot be used, or no plan can keep every rule, 1 a defect of Salus, 130 "
        "cancelled before there was a plan."
    ),
)
def solve(
    context: typer.Context,
    instance: Annotated[str, typer.Argument(metavar="INSTANCE", help=HOSPITAL)],
    *,
    seconds: Annotated[
        float | None,
        typer.Option(metavar="N", help=phrase("Search for so many seconds; 60 by default.")),
    ] = None,
    iterations: Iterations = None,
    seed: Seed = 1,
    cores: Cores = 2,
    out: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help=phrase("Write the plan to a .json file, or else a folder.")
        ),
    ] = None,
    warm: Annotated[
        str | None, typer.Option(metavar="FILE", help=phrase("Begin with this plan."))
    ] = None,
    overrun: Annotated[
        str | None,
        typer.Option(
            metavar="CHANCE",
            help=phrase(
                "Let no day of a theatre take longer than it may with a larger chance, as 0.1; "
                "the searches for it share the time given."
            ),
        ),
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Plan a hospital."""
    from salus.cli.hospital import SolveWish, solve_command  # noqa: PLC0415  # help needs no engine

    wish = SolveWish(instance, seconds, iterations, seed, cores, out, warm, overrun)
    code = solve_command(wish, {"home": home, "lang": lang}, context.obj, as_json=as_json)
    raise typer.Exit(code)


@hospital.command(
    "replan",
    cls=Command,
    help=phrase(
        "Change a plan after something has happened: what has begun stays, and as little else as "
        "possible changes. Exit code: 0 a plan that keeps every rule, 6 none was found in time."
    ),
)
def replan(
    context: typer.Context,
    instance: Annotated[str, typer.Argument(metavar="INSTANCE", help=HOSPITAL)],
    solution: Annotated[str, typer.Argument(metavar="PLAN", help=PLAN)],
    events: Annotated[
        str, typer.Argument(metavar="EVENTS", help=phrase("What has happened: .json or .csv."))
    ],
    *,
    today: Annotated[
        str,
        typer.Option(
            metavar="DAY", help=phrase("First day that may change: its number, from 0, or date.")
        ),
    ],
    seconds: Annotated[
        float | None,
        typer.Option(metavar="N", help=phrase("Search for so many seconds; 10 by default.")),
    ] = None,
    iterations: Iterations = None,
    seed: Seed = 1,
    cores: Cores = 2,
    keep_weight: Annotated[
        str | None,
        typer.Option(
            metavar="LIST",
            help=phrase(
                "What a change weighs in units of the cost; day=50,room=20,theatre=10,nurse=5 by "
                "default. Where it is given, a plan that no event upsets is improved, too."
            ),
        ),
    ] = None,
    out: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help=phrase("Write the plan to a .json file, or else a folder.")
        ),
    ] = None,
    write: Annotated[
        str | None,
        typer.Option(metavar="FILE", help=phrase("Write the hospital after the events, likewise.")),
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Change a plan of a hospital."""
    from salus.cli.hospital import SolveWish  # noqa: PLC0415  # help needs no engine
    from salus.cli.replan import ReplanWish, replan_command  # noqa: PLC0415

    search = SolveWish(instance, seconds, iterations, seed, cores, out, None)
    wish = ReplanWish(search, solution, events, today, keep_weight, write)
    code = replan_command(wish, {"home": home, "lang": lang}, context.obj, as_json=as_json)
    raise typer.Exit(code)


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
    instance: Annotated[str, typer.Argument(metavar="INSTANCE", help=HOSPITAL)],
    solution: Annotated[str, typer.Argument(metavar="SOLUTION", help=PLAN)],
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
    code = explain_command(asked, {"home": home, "lang": lang}, context.obj, as_json=as_json)
    raise typer.Exit(code)
