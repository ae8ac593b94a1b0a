"""The commands and their options."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from typer._click.exceptions import UsageError

from salus.cli.allocate_commands import allocate
from salus.cli.data_commands import data
from salus.cli.help import Command, Group, phrase
from salus.cli.options import AsJson, Home, Lang  # noqa: TC001  # typer reads them
from salus.cli.trust_commands import trust
from salus.cli.usage import usage_error

if TYPE_CHECKING:
    from salus.report.words import Words

app = typer.Typer(cls=Group, add_completion=False, no_args_is_help=False)
app.add_typer(allocate, name="allocate", help=phrase("Programmes: who gets what."))
app.add_typer(data, name="data", help=phrase("Records: what comes in."))
app.add_typer(trust, name="trust", help=phrase("Who may do what, and who did."))


def execute(arguments: list[str], words: Words) -> int:
    """Run the command that the arguments name.

    Parameters
    ----------
    arguments : list of str
        What stands after ``salus``; without any, the help is shown.
    words : Words
        The reader's language.

    Returns
    -------
    int
        Exit code: 0, or one by which a command tells how its question ended.

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
    except typer.Exit as ended:
        return ended.exit_code  # 0 where the help was shown
    except UsageError as error:
        raise usage_error(error) from error
    return 0


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
                "slow=FACTOR, close-loaded=N, close=ID+ID, lose=FACILITY:RESOURCE:UNITS, "
                "add=FACILITY:RESOURCE:UNITS, road=DISTRICT:FACILITY, joined by commas."
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


@app.command(cls=Command, help=phrase("Serve pages and API until stopped."))
def serve(
    context: typer.Context,
    *,
    home: Home = None,
    host: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS", help=phrase("Where to listen; 127.0.0.1, this machine only.")
        ),
    ] = None,
    port: Annotated[
        str | None, typer.Option(metavar="N", help=phrase("Port to listen on; 0 takes a free one."))
    ] = None,
    lang: Lang = None,
) -> None:
    """Serve until stopped."""
    from salus.cli.serve import serve_command  # noqa: PLC0415  # help needs no engine

    serve_command({"home": home, "host": host, "port": port, "lang": lang}, context.obj)


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


@app.command(
    "demo-feed", cls=Command, help=phrase("Play the monitors of a synthetic city into a broker.")
)
def demo_feed(
    context: typer.Context,
    *,
    home: Home = None,
    seconds: Annotated[
        str | None, typer.Option(metavar="N", help=phrase("How long to play; 60 when not given."))
    ] = None,
    rate: Annotated[
        str | None,
        typer.Option(metavar="N", help=phrase("Readings in a second; 200 when not given.")),
    ] = None,
    broker: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help=phrase("Address of the broker; the private one of the home when not given."),
        ),
    ] = None,
    lang: Lang = None,
) -> None:
    """Play a demonstration."""
    from salus.cli.demo_feed import demo_feed_command  # noqa: PLC0415  # help needs no engine

    settings = {"home": home, "broker": broker, "lang": lang}
    demo_feed_command((seconds, rate), settings, context.obj)
