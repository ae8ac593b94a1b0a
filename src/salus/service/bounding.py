"""A lower bound that rises beside the search for a plan."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING, Self

from salus.allocate.hospital.bound.lower_bound import HospitalBound, lower_bound

if TYPE_CHECKING:
    from types import TracebackType

    from salus.allocate.hospital.problem import HospitalProblem

PATIENCE = 1.0
"""Seconds after which a proof that does not hear that it is over is left to itself."""


class Bounding:
    """A lower bound in a thread of its own, which can be ended at any time.

    Parameters
    ----------
    problem : HospitalProblem
        To plan.
    seconds : float
        After which the bound is left as it is.

    Examples
    --------
    >>> from salus.allocate.hospital.checks import random_hospital
    >>> with Bounding(random_hospital(5), 5) as bounding:
    ...     bounding.result(5).total > 0
    True
    """

    def __init__(self, problem: HospitalProblem, seconds: float) -> None:
        self._problem, self._seconds = problem, seconds
        self._over = Event()
        self._pool = ThreadPoolExecutor(1)
        self._latest = HospitalBound(0, {})

    @property
    def latest(self) -> HospitalBound:
        """The best bound so far."""
        return self._latest

    def __enter__(self) -> Self:
        """Begin."""
        self._proof = self._pool.submit(
            lower_bound, self._problem, seconds=self._seconds, watch=self._hear, over=self._over
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End it, without waiting."""
        self._over.set()
        self._pool.shutdown(wait=False)

    def result(self, seconds: float) -> HospitalBound:
        """Wait for the bound, and end it.

        Parameters
        ----------
        seconds : float
            That it is still given.

        Returns
        -------
        HospitalBound
            As far as it has come.
        """
        for wait in (seconds, PATIENCE):
            try:
                return self._proof.result(wait)
            except TimeoutError:
                self._over.set()
        return self._latest

    def _hear(self, bound: HospitalBound) -> None:
        self._latest = bound
