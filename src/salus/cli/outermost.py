"""Choose the language, run a command, turn errors into advice."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from salus.cli.output import drop
from salus.core.errors import CancelledError, Fault, SalusError, Where
from salus.core.messages import say
from salus.report.words import Words, choose_language

if TYPE_CHECKING:
    from collections.abc import Sequence


def run(arguments: Sequence[str]) -> int:
    """Run one command.

    Parameters
    ----------
    arguments : sequence of str
        What stands after ``salus``.

    Returns
    -------
    int
        Exit code: 0 done, 1 a defect of ours, 2 input or environment, 3 verification or replay
        mismatch, 4 to 7 a programme without an optimum, 130 cancelled.
    """
    words = Words("en")
    try:
        words = words_for(arguments)
        # The commands are loaded here, so that Ctrl-C while they load is advice as well.
        from salus.cli.app import execute  # noqa: PLC0415

        return execute(list(arguments), words)
    except BrokenPipeError:
        drop(sys.stdout)  # whoever read our output has had enough
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  # the outermost frame
        return advise(error, words, arguments)
    return 0


def words_for(arguments: Sequence[str]) -> Words:
    """Return the reader's language, by what stands after ``salus`` and the environment."""
    return Words(choose_language(_asked_language(arguments), os.environ))


def advise(error: BaseException, words: Words, arguments: Sequence[str]) -> int:
    """Show an error as advice.

    Parameters
    ----------
    error : BaseException
        What ended a command.
    words : Words
        The reader's language.
    arguments : sequence of str
        What stands after ``salus``.

    Returns
    -------
    int
        Exit code.
    """
    from salus.cli.faults import show_faults  # noqa: PLC0415  # only when something is wrong

    shown = _advice(error)
    show_faults(shown, words, as_json="--json" in arguments)
    return shown.exit_code


def _advice(error: BaseException) -> SalusError:
    if isinstance(error, SalusError):
        return error
    if isinstance(error, Exception):
        from salus.cli.defect import defect  # noqa: PLC0415

        return defect(error)
    remedy = say("nothing half-written stays; run again when you like")
    return CancelledError(Fault(say("cancelled"), Where("salus"), remedy))


def _asked_language(arguments: Sequence[str]) -> str | None:
    for index, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
        if argument == "--lang" and index + 1 < len(arguments):
            return arguments[index + 1]
    return None
