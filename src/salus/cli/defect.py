"""A defect of ours, without a word of what was being worked on."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from salus.cli.output import heard_or_not
from salus.core.defect import defect_of, frames_of
from salus.core.log import open_log
from salus.domain.records.catalogue import patient_fields

if TYPE_CHECKING:
    from salus.core.errors import DefectError


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
    kind, frames = type(error).__name__, frames_of(error)
    with heard_or_not(sys.stderr):
        open_log(patient_fields()).error("defect", kind=kind, frames=frames)
    return defect_of(error)
