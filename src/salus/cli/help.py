"""Help in the reader's language, as narrow as a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from typer.core import TyperCommand, TyperGroup

from salus.cli.output import told
from salus.cli.usage import NoCommandError
from salus.core.messages import say

if TYPE_CHECKING:
    from typer._click.core import Command as ClickCommand
    from typer._click.core import Context
    from typer._click.formatting import HelpFormatter

    from salus.report.words import Words


def phrase(text: str) -> str:
    """Mark a help text; the catalogue tools look for calls of this name."""
    return text


class Command(TyperCommand):
    """A command whose help is in the reader's language."""

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Print the help; the formatter stays empty."""
        del formatter
        _show(self, ctx, {})


class Group(TyperGroup):
    """A group of commands whose help is in the reader's language."""

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Print the help; the formatter stays empty."""
        del formatter
        _show(self, ctx, {name: command.help or "" for name, command in self.commands.items()})

    def resolve_command(
        self, ctx: Context, args: list[str]
    ) -> tuple[str | None, ClickCommand | None, list[str]]:
        """Find the command that is named, or refuse its name by itself."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            raise NoCommandError(args[0], ctx)
        return super().resolve_command(ctx, args)


def _show(command: TyperCommand | TyperGroup, ctx: Context, commands: dict[str, str]) -> None:
    # rich takes a tenth of a second, which only help and reports spend.
    import os  # noqa: PLC0415

    from salus.report.terminal import listing, terminal  # noqa: PLC0415

    words: Words = ctx.find_root().obj
    console = terminal(sys.stdout, os.environ)
    usage = " ".join([ctx.command_path, *command.collect_usage_pieces(ctx)])
    options = [_row(parameter, words) for parameter in command.get_params(ctx)]
    with told(say("send the output elsewhere")):
        console.print(words.say("Usage: {usage}", usage=usage), markup=False)
        console.print(f"\n  {words.phrase(command.help or '')}\n", markup=False)
        if commands:
            rows = [(name, words.phrase(text)) for name, text in commands.items()]
            console.print(listing(words.phrase(COMMANDS), rows))
        console.print(listing(words.phrase(OPTIONS), options))


def _row(parameter: object, words: Words) -> tuple[str, str]:
    names = getattr(parameter, "opts", [])
    metavar = getattr(parameter, "metavar", None)
    if names == ["--help"]:
        return "--help", words.phrase(SHOW_HELP)
    shown = ", ".join(names) if names[0].startswith("-") else ""
    text = getattr(parameter, "help", None) or ""
    return " ".join(part for part in (shown, metavar) if part), words.phrase(text)


COMMANDS = phrase("Commands")
OPTIONS = phrase("Options")
SHOW_HELP = phrase("Show this help.")
