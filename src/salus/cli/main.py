"""``salus``: the entry point. Chooses the language, runs a command, turns errors into advice."""

from __future__ import annotations

import os
import signal
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from salus.cli.output import drop
from salus.core.errors import CancelledError, Fault, SalusError, Where
from salus.core.messages import say
from salus.report.words import Words, choose_language

if TYPE_CHECKING:
    from collections.abc import Sequence


def main() -> None:
    """Run ``salus`` with the arguments of this process, and exit."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a kind request ends like Ctrl-C
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, TextIOWrapper):
            # A terminal without Chinese shows marks of its own rather than nothing.
            stream.reconfigure(errors="replace")
        elif stream is None:
            # It was closed before we began: nobody reads, and no file may take its number.
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  # kept
    sys.exit(run(sys.argv[1:]))


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
        words = Words(choose_language(_asked_language(arguments), os.environ))
        # The commands are loaded here, so that Ctrl-C while they load is advice as well.
        from salus.cli.app import execute  # noqa: PLC0415

        return execute(list(arguments), words)
    except BrokenPipeError:
        drop(sys.stdout)  # whoever read our output has had enough
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  # the outermost frame
        from salus.cli.faults import show_faults  # noqa: PLC0415  # only when something is wrong

        shown = _advice(error)
        show_faults(shown, words, as_json="--json" in arguments)
        return shown.exit_code
    return 0


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
