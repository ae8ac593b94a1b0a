"""Who is learned from, and who is kept apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.core.rng import stream
from salus.treat.episodes import diagnoses, episodes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from salus.service.advice.params import AdviceParams
    from salus.treat.episodes import Diagnoses, Episodes
    from salus.treat.plans.plan import Plan


@dataclass(frozen=True, slots=True, eq=False)
class Cohort:
    """Patients dealt into those who are learned from and those who are kept apart.

    Parameters
    ----------
    apart : pyarrow.Array of str
        Patients that nothing is learned from.
    training, judged : Diagnoses
        Contacts of the others, and of those kept apart; draws of both, sorted by contact.
    treated, untouched : tuple of Episodes
        First treatments of the others, and of those kept apart, for each plan.
    """

    apart: pa.Array
    training: Diagnoses
    judged: Diagnoses
    treated: tuple[Episodes, ...]
    untouched: tuple[Episodes, ...]

    @classmethod
    def deal(
        cls,
        tables: Mapping[str, pa.Table],
        plans: Sequence[Plan],
        params: AdviceParams,
        seed: int,
    ) -> Cohort:
        """Deal patients, and draw from their contacts.

        Parameters
        ----------
        tables : mapping of str to pyarrow.Table
            Standard tables by name, without what became known later.
        plans : sequence of Plan
            Treatments of each condition.
        params : AdviceParams
            How many.
        seed : int
            Of the deal and the draws.

        Returns
        -------
        Cohort
            It does not depend on the order of the rows.

        Raises
        ------
        InputError
            If a table does not have its standard columns.
        """
        found = diagnoses(tables)
        apart = _apart(tables, params.apart, seed)
        own = pc.is_in(found.keys["patient_id"], value_set=apart).to_numpy()
        both = [episodes(plan, tables).apart(apart) for plan in plans]
        return cls(
            apart,
            _draw(found, np.flatnonzero(~own), params.contacts, seed, "training"),
            _draw(found, np.flatnonzero(own), params.judged, seed, "judged"),
            tuple(others for others, _ in both),
            tuple(kept for _, kept in both),
        )


def _apart(tables: Mapping[str, pa.Table], share: float, seed: int) -> pa.Array:
    everyone = pc.drop_null(pc.unique(tables["patient"]["patient_id"]))
    people = everyone.take(pc.sort_indices(everyone))
    drawn = stream(seed, "advice/apart").random(len(people)) < share
    return people.filter(pa.array(drawn))


def _draw(found: Diagnoses, rows: np.ndarray, most: int, seed: int, name: str) -> Diagnoses:
    if len(rows) <= most:
        return found.take(rows)
    drawn = stream(seed, f"advice/{name}").choice(len(rows), most, replace=False)
    return found.take(rows[np.sort(drawn)])
