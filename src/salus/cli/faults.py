"""Errors as advice: one line a fault for people, one document for programs."""

from __future__ import annotations

import json
import math
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from salus.core.errors import SalusError
    from salus.report.words import Words


def show_faults(error: SalusError, words: Words, *, as_json: bool) -> None:
    """Print every fault on stderr; with ``--json`` a document on stdout as well.

    Parameters
    ----------
    error : SalusError
        What went wrong.
    words : Words
        The reader's language.
    as_json : bool
        Whether a program reads stdout.
    """
    for fault in error.faults:
        sys.stderr.write(words.say("Error: {fault}", fault=words.fault(fault)) + "\n")
    if as_json:
        faults = [
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
        document = {"error": type(error).__name__, "exit_code": error.exit_code, "faults": faults}
        sys.stdout.write(json.dumps(document, allow_nan=False) + "\n")


def _value(value: str | float | None) -> str | float | None:
    # JSON has no word for a number that is none.
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value
