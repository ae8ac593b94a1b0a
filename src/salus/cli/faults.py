"""Errors as advice: one line a fault for people, one document for programs."""

from __future__ import annotations

import json
import math
import sys
from typing import TYPE_CHECKING

from salus.cli.output import heard_or_not

if TYPE_CHECKING:
    from salus.core.canonical import Json
    from salus.core.errors import SalusError
    from salus.report.words import Words


def show_faults(error: SalusError, words: Words, *, as_json: bool) -> None:
    """Print every fault on stderr; with ``--json`` a document on stdout as well.

    A stream that cannot be written is passed over: the exit code tells all the same.

    Parameters
    ----------
    error : SalusError
        What went wrong.
    words : Words
        The reader's language.
    as_json : bool
        Whether a program reads stdout.
    """
    with heard_or_not(sys.stderr):
        for fault in error.faults:
            sys.stderr.write(words.say("Error: {fault}", fault=words.fault(fault)) + "\n")
    if as_json:
        with heard_or_not(sys.stdout):
            sys.stdout.write(json.dumps(_document(error, words), allow_nan=False) + "\n")


def _document(error: SalusError, words: Words) -> Json:
    faults: list[Json] = [
        {
            "what": words(fault.what),
            "where": {
                "source": str(words.value(fault.where.source)),
                "row": fault.where.row,
                "column": fault.where.column,
            },
            "value": _value(fault.value),
            "remedy": words(fault.remedy),
        }
        for fault in error.faults
    ]
    return {"error": type(error).__name__, "exit_code": error.exit_code, "faults": faults}


def _value(value: str | float | None) -> str | float | None:
    # JSON has no word for a number that is none.
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value
