"""The commands and their options."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from typer._click.exceptions import UsageError

from salus.cli.help import Command, Group, phrase
from salus.cli.usage import usage_error

if TYPE_CHECKING:
    from salus.report.words import Words

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

app = typer.Typer(cls=Group, add_completion=False, no_args_is_help=False)
trust = typer.Typer(cls=Group)
audit = typer.Typer(cls=Group)
data = typer.Typer(cls=Group)
app.add_typer(trust, name="trust", help=phrase("Who may do what, and who did."))
app.add_typer(data, name="data", help=phrase("Records: what comes in."))
trust.add_typer(audit, name="audit", help=phrase("The hash-chained audit."))


def execute(arguments: list[str], words: Words) -> None:
    """Run the command that the arguments name.

    Parameters
    ----------
    arguments : list of str
        What stands after ``salus``; without any, the help is shown.
    words : Words
        The reader's language.

    Raises
    ------
    SalusError
        If the command line or what it names cannot be used.
    """
    command = typer.main.get_command(app)
    # Not command.main, which makes exit codes of its own out of Ctrl-C and a closed pipe.
    try:
        with command.make_context("salus", arguments or ["--help"], obj=words) as context:
            command.invoke(context)
    except typer.Exit:
        return  # the help was shown
    except UsageError as error:
        raise usage_error(error) from error


@app.callback(help=phrase("Decide who gets which bed, and show why."))
def salus() -> None:
    """Hold the help of the whole program."""


@app.command(cls=Command, help=phrase("Read a region, forecast its need, plan it, and report."))
def run(
    context: typer.Context,
    *,
    region: Annotated[
        str | None,
        typer.Option(
            metavar="FOLDER", help=phrase("Folder of the region; a synthetic city when not given.")
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            metavar="DATE", help=phrase("What is known until this day; the latest when not given.")
        ),
    ] = None,
    seed: Annotated[
        str | None, typer.Option(metavar="N", help=phrase("Seed of every random stream."))
    ] = None,
    people: Annotated[
        str | None,
        typer.Option(metavar="N", help=phrase("People of the synthetic city, 2,000 to 2,000,000.")),
    ] = None,
    horizon: Annotated[
        str | None, typer.Option(metavar="DAYS", help=phrase("Days to plan, 1 to 28."))
    ] = None,
    stress: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WHAT",
            help=phrase(
                "What to plan beside the expected days, may be repeated: record, demand=FACTOR, "
                "slow=FACTOR, close-loaded=N, close=ID+ID, joined by commas."
            ),
        ),
    ] = None,
    home: Home = None,
    out: Annotated[
        str | None,
        typer.Option(
            metavar="FOLDER",
            help=phrase("Where the report is written; ./salus-out/<run> when not given."),
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help=phrase("Replace an existing output folder."))
    ] = False,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Run the day of a region, or of a synthetic city."""
    from salus.cli.run import Asked, run_command  # noqa: PLC0415  # help needs no engine

    asked = Asked(region, as_of, tuple(stress or ()), out, force=force, as_json=as_json)
    settings = {"seed": seed, "people": people, "horizon": horizon, "home": home, "lang": lang}
    run_command(asked, settings, context.obj)


@app.command(cls=Command, help=phrase("Make a recorded decision again, and compare bit by bit."))
def replay(
    context: typer.Context,
    decision: Annotated[str, typer.Argument(metavar="ID", help=phrase("Id, or its first digits."))],
    *,
    home: Home = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Replay a decision."""
    from salus.cli.review import replay_command  # noqa: PLC0415  # help needs no engine

    replay_command(decision, {"home": home, "lang": lang}, context.obj, as_json=as_json)


@audit.command(cls=Command, help=phrase("Check that the audit is as it was written."))
def verify(
    context: typer.Context, *, home: Home = None, as_json: AsJson = False, lang: Lang = None
) -> None:
    """Verify the audit."""
    from salus.cli.review import verify_command  # noqa: PLC0415  # help needs no engine

    verify_command({"home": home, "lang": lang}, context.obj, as_json=as_json)


@data.command(
    "load", cls=Command, help=phrase("Load FHIR bundles or bulk data, and report on their quality.")
)
def load_data(
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
