"""A defect of ours as advice, without a word of what was being worked on."""

from __future__ import annotations

import traceback

from salus.core.errors import DefectError, Fault, Where
from salus.core.messages import say


def defect_of(error: Exception) -> DefectError:
    """Turn an error that nobody expected into advice.

    The message of an error may hold a value, such as a name; a person is told its kind only.

    Parameters
    ----------
    error : Exception
        What nobody expected.

    Returns
    -------
    DefectError

    Examples
    --------
    >>> print(defect_of(KeyError("Jane Roe")).faults[0].what)
    this is a defect of Salus, not of what you gave (KeyError)
    """
    what = say(
        "this is a defect of Salus, not of what you gave ({kind})", kind=type(error).__name__
    )
    remedy = say("report it with the line of the log above, which holds no data")
    return DefectError(Fault(what, Where("salus"), remedy))


def frames_of(error: Exception) -> list[str]:
    """List the lines of code that an error came through, for the log."""
    return [
        f"{frame.filename}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
