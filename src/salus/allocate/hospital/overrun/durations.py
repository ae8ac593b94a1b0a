"""How long surgeries take, fitted to those that were done."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.overrun.lognormal import Lognormal
from salus.allocate.hospital.surgeries import USUAL_SPREAD
from salus.core.checks import within

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from salus.allocate.hospital.surgeries import Case


@dataclass(frozen=True, slots=True)
class Fit:
    """How surgeries are fitted.

    Parameters
    ----------
    spread : float
        What is believed before any case: a spread of this size around the planned minutes.
    weight : float
        How many cases such a belief is worth, more than 0; at each step from all surgeries to
        those of one procedure, or of one surgeon, and to those of both, the step before is the
        belief; that of both is the procedure.
    """

    spread: float = USUAL_SPREAD
    weight: float = 10.0

    def __post_init__(self) -> None:
        """Refuse what is out of range."""
        within("spread", self.spread, 0, 10)
        within("weight", self.weight, 1e-9)


@dataclass(frozen=True, slots=True, eq=False)
class Durations:
    """What surgeries take, as a multiple of the minutes that were planned.

    Parameters
    ----------
    ratios : mapping of (str, str) to Lognormal
        By procedure and surgeon; either is empty where it stands for all.
    """

    ratios: Mapping[tuple[str, str], Lognormal]

    def of(self, procedure: str, surgeon: str, planned: float) -> Lognormal:
        """Return the minutes that a surgery takes.

        Parameters
        ----------
        procedure, surgeon : str
            What is done and by whom; where the two were not seen together, the procedure tells,
            where it was not seen, the surgeon, and else all surgeries.
        planned : float
            Minutes, more than 0.

        Returns
        -------
        Lognormal
        """
        for key in ((procedure, surgeon), (procedure, ""), ("", surgeon)):
            if key in self.ratios:
                return self.ratios[key].longer(planned)
        return self.ratios["", ""].longer(planned)


def fitted(cases: Sequence[Case], fit: Fit | None = None) -> Durations:
    """Fit lognormal distributions to surgeries, by procedure and surgeon.

    The logarithm of the minutes taken over those planned is normal. With ``n`` cases of a group,
    a belief of mean ``m`` and variance ``v`` that is worth ``k`` cases, and the group's own mean
    ``y``, the mean is ``(n y + k m) / (n + k)``, and the variance the mean of the squares around
    it, ``k`` of them being ``v + (mean - m)²``. Without cases this is the belief, with many the
    maximum likelihood.

    Parameters
    ----------
    cases : sequence of Case
        Surgeries that were done; may be empty.
    fit : Fit, optional
        How they are fitted.

    Returns
    -------
    Durations

    References
    ----------
    Stepaniak et al. (2009), Modeling procedure and surgical times, Anesthesia & Analgesia: by
    procedure and surgeon, with prior expectations where there are few cases. Dexter et al. (2013),
    Value of a scheduled duration quantified in terms of equivalent numbers of historical cases,
    Anesthesia & Analgesia: planned minutes are worth some cases.

    Examples
    --------
    >>> from salus.allocate.hospital.surgeries import Case
    >>> slow = [Case("Ito", "hip", 100, 120)] * 90
    >>> found = fitted(slow)
    >>> round(found.of("hip", "Ito", 100).mean), round(found.of("knee", "Ono", 100).mean)
    (120, 118)
    """
    fit = fit or Fit()
    groups: dict[tuple[str, str], list[float]] = defaultdict(list)
    for case in cases:
        ratio = math.log(case.took / case.planned)
        keys = set(product(("", case.procedure), ("", case.surgeon)))
        for key in keys:
            groups[key].append(ratio)
    ratios = {("", ""): _step(groups["", ""], Lognormal.of(1.0, fit.spread), fit.weight)}
    for procedure, surgeon in sorted(groups, key=lambda key: (key[1] != "", key)):
        if procedure or surgeon:
            belief = ratios[("", "") if not surgeon else (procedure, "")]
            ratios[procedure, surgeon] = _step(groups[procedure, surgeon], belief, fit.weight)
    return Durations(ratios)


def _step(ratios: Sequence[float], belief: Lognormal, weight: float) -> Lognormal:
    values = np.array(ratios)
    count = values.size + weight
    middle = (values.sum() + weight * belief.middle) / count
    squares = ((values - middle) ** 2).sum()
    squares += weight * (belief.width**2 + (middle - belief.middle) ** 2)
    return Lognormal(float(middle), math.sqrt(squares / count))
