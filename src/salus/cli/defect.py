"""A defect of ours, without a word of what was being worked on."""

from __future__ import annotations

import sys
import traceback

from salus.cli.output import heard_or_not
from salus.core.errors import DefectError, Fault, Where
from salus.core.log import open_log
from salus.core.messages import say
from salus.domain.records.catalogue import patient_fields


def defect(error: Exception) -> DefectError:
    """Write to the log where the error arose, and turn it into advice.

    The message of an error may hold a value, such as a name; neither the log nor the person is
    told more than its kind and the lines of code it came through.

    Parameters
    ----------
    error : Exception
        What nobody expected.

    Returns
    -------
    DefectError

    Examples
    --------
    >>> print(defect(KeyError("Jane Roe")).faults[0].what)
    this is a defect of Salus, not of what you gave (KeyError)
    """
    kind = type(error).__name__
    frames = [
        f"{frame.filename}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    with heard_or_not(sys.stderr):
        open_log(patient_fields()).error("defect", kind=kind, frames=frames)
    what = say("this is a defect of Salus, not of what you gave ({kind})", kind=kind)
    remedy = say("report it with the line of the log above, which holds no data")
    return DefectError(Fault(what, Where("salus"), remedy))
