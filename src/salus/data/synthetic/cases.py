"""Who comes to a hospital for what, and when, before it is known how it goes."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Cases:
    """Who comes for what, one array element each.

    Parameters
    ----------
    person : ndarray of int
        Place among the people of this part.
    disease : ndarray of int
        Place of the true disease.
    class_ : ndarray of int
        Inpatient, emergency or ambulatory, by its place in the classes.
    start : ndarray of int
        Seconds since 1970 began.
    """

    person: NDArray[np.int64]
    disease: NDArray[np.int64]
    class_: NDArray[np.int64]
    start: NDArray[np.int64]

    def pick(self, which: NDArray[np.int64] | NDArray[np.bool_]) -> Cases:
        """Return some of them."""
        return Cases(*(getattr(self, each.name)[which] for each in fields(self)))


def join(parts: Iterable[Cases]) -> Cases:
    """Put cases together, in the order of time.

    Parameters
    ----------
    parts : iterable of Cases
        At least one.
    """
    rows = list(parts)
    whole = Cases(
        *(np.concatenate([getattr(each, item.name) for each in rows]) for item in fields(Cases))
    )
    return whole.pick(np.lexsort((whole.class_, whole.disease, whole.person, whole.start)))
