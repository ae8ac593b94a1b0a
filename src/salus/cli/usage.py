"""What is wrong with a command line, as advice in our own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typer._click.exceptions import (
    BadOptionUsage,
    BadParameter,
    MissingParameter,
    NoSuchOption,
    UsageError,
)
from typer.core import TyperGroup, TyperOption

from salus.core.errors import Fault, InputError, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from typer._click.core import Context

    from salus.core.messages import Message


class NoCommandError(UsageError):
    """A group has no command of this name.

    Parameters
    ----------
    name : str
        What stands where a command should.
    ctx : Context
        Of the group.
    """

    def __init__(self, name: str, ctx: Context) -> None:
        super().__init__(name, ctx)
        self.said = say("there is no command {name}", name=name)


def usage_error(error: UsageError) -> InputError:
    """Say what is wrong with the command line.

    Parameters
    ----------
    error : UsageError
        What the parser found.

    Returns
    -------
    InputError
    """
    if type(error) is BadParameter and error.param is not None:
        return InputError(_value_fault(error, "/".join(error.param.opts)))
    path = error.ctx.command_path if error.ctx is not None else "salus"
    remedy = say("see {command} --help", command=path)
    what = error.said if isinstance(error, NoCommandError) else _what(error)
    return InputError(Fault(what, Where(path), remedy))


def _value_fault(error: BadParameter, option: str) -> Fault:
    from pydantic import ValidationError  # noqa: PLC0415  # only where something is wrong

    what, remedy = say("this value cannot be used"), say("see {command} --help", command="salus")
    if not isinstance(error.__cause__, ValidationError):
        return Fault(what, Where(option), remedy)
    (found,) = error.__cause__.errors()
    if found["type"].startswith("int"):
        what, remedy = say("this is no whole number"), say("write digits alone, such as 100000")
    elif found["type"].startswith("float"):
        what = say("this is not a number")
        remedy = say("write a plain number such as 12.5, without signs or units")
    return Fault(what, Where(option), remedy, str(found["input"]))


def _what(error: UsageError) -> Message:
    if isinstance(error, NoSuchOption):
        return say("there is no option {name}", name=error.option_name)
    if isinstance(error, MissingParameter):
        name = (error.param.metavar or error.param.name or "?") if error.param else "?"
        if isinstance(error.param, TyperOption):
            name = f"{error.param.opts[0]} {name}"
        return say("{name} is missing", name=name)
    if isinstance(error, BadOptionUsage):
        return say("the option {name} lacks its value, or takes none", name=error.option_name)
    if error.ctx is not None and isinstance(error.ctx.command, TyperGroup):
        return say(
            "one of these commands is missing: {names}", names=tuple(error.ctx.command.commands)
        )
    if type(error) is UsageError:
        return say("there are more words than this command takes")
    return say("the command line cannot be understood ({reason})", reason=error.message)
