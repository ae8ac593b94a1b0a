"""Which arms allergies took away from whom, for many moments at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.treat.guard.check import Danger
from salus.treat.guard.record import Coded, Record
from salus.treat.past import EVER, standard_rows
from salus.treat.stream import JOINT, ticks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from salus.treat.guard.check import Guard
    from salus.treat.plans.plan import Arm


def forbidden(
    guard: Guard, arms: Sequence[Arm], tables: Mapping[str, pa.Table], keys: pa.Table
) -> NDArray[np.bool_]:
    """Tell which arms an allergy forbade at each moment.

    Parameters
    ----------
    guard : Guard
        Hard rules.
    arms : sequence of Arm
        Of one plan.
    tables : mapping of str to pyarrow.Table
        Standard tables by name; ``allergy`` is read. One without a date is held to be known.
    keys : pyarrow.Table
        ``patient_id`` and ``at`` of each moment, each patient once.

    Returns
    -------
    ndarray of bool, shape (n_moments, n_arms)

    Raises
    ------
    InputError
        If the table does not have its standard columns.
    """
    answer = np.zeros((keys.num_rows, len(arms)), dtype=bool)
    rows = standard_rows(tables, "allergy", keys["patient_id"].combine_chunks())
    whose = rows["whose"].to_numpy()
    known = pc.fill_null(rows["recorded_at"], pa.scalar(EVER, rows["recorded_at"].type))
    seen = ticks(known) <= ticks(keys["at"])[whose]
    words = pc.binary_join_element_wise(rows["code"], pc.fill_null(rows["display"], ""), JOINT)
    code = words.combine_chunks().dictionary_encode()
    rules = np.array([_rules(guard, arms, each) for each in code.dictionary.to_pylist()])
    if rules.size:
        np.logical_or.at(answer, whose[seen], rules.reshape(-1, len(arms))[code.indices][seen])
    return answer


def _rules(guard: Guard, arms: Sequence[Arm], words: str) -> list[bool]:
    record = Record(allergies=(Coded(*words.split(JOINT)),))
    return [
        any(each.danger is Danger.ALLERGY for each in guard.findings(arm, record)) for arm in arms
    ]
