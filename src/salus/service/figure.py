"""One figure that people and programs read, under a key that stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.core.messages import Message, say
from salus.service.tables.tables import rounded

if TYPE_CHECKING:
    from numpy.typing import NDArray

NO_UNIT = say("ratio")
CASES, MINUTES, PERCENT = say("cases"), say("minutes"), say("%")
WEIGHTED = say("weighted cases")
COST = say("weighted minutes")
PEOPLE = say("patients")
UNITS = say("units")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure.

    Parameters
    ----------
    key : str
        Stable name, such as ``expected.exact.unmet_cases``.
    label : Message
        What it is.
    value : float or None
        The figure; ``None`` where there is none, never a made-up zero.
    unit : Message
        Unit of the value.
    decimals : int
        Digits after the point that people read.
    """

    key: str
    label: Message
    value: float | None
    unit: Message
    decimals: int = 0


def figure(key: str, label: Message, value: float, unit: Message, decimals: int = 0) -> Figure:
    """Make a figure; its value is rounded, and what is no number becomes ``None``.

    Examples
    --------
    >>> figure("expected.icu.need_cases", say("need"), float("nan"), CASES).value
    """
    return Figure(key, label, rounded(value), unit, decimals)


def digits(values: NDArray[np.float64]) -> int:
    """Choose how many digits after the point people read of values of this size.

    Examples
    --------
    >>> digits(np.array([95.0])), digits(np.array([9.5])), digits(np.array([0.95]))
    (0, 1, 2)
    """
    typical = float(np.nanmedian(np.abs(values)))
    return 0 if typical >= 10 or typical == 0 else 1 if typical >= 1 else 2  # noqa: PLR2004
