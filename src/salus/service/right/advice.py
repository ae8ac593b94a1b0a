"""How right the advice was, by the truth of a made-up city."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.data.synthetic.truth import read_truth
from salus.service.right.choosing import WayRight, ways_right
from salus.service.right.danger import unsafe
from salus.stats.scores import mean_known
from salus.treat.assess import Assessment, assess
from salus.treat.association.learning import KEYS
from salus.treat.past import category
from salus.treat.valuing import ADVISED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from salus.service.advice.advised import Advised, HeldOut
    from salus.service.records import Records
    from salus.treat.knowledge import Knowledge

    Values = NDArray[np.float64]
    Truth = dict[tuple[str, str, str], float]

BASE, TREE = "base_rate", "decision_tree"


@dataclass(frozen=True, slots=True)
class ArmRight:
    """What was said of one arm on average, and what is true.

    Parameters
    ----------
    condition, arm : str
        Category of ICD-10, and key of the arm.
    estimate, lower, upper : float
        Average effect against the reference of the plan with its 95 % interval, in the unit of
        the outcome; NaN where nothing was said.
    truth : float
        Mean of the true effects of the patients that the estimate is about: those first treated,
        learned from, and free to be given both this arm and the reference.
    """

    condition: str
    arm: str
    estimate: float
    lower: float
    upper: float
    truth: float

    @property
    def inside(self) -> bool:
        """Whether the interval holds the truth."""
        return self.lower <= self.truth <= self.upper


@dataclass(frozen=True, slots=True)
class RankingRight:
    """What the choice for each patient was truly worth in one condition.

    Parameters
    ----------
    condition : str
        Category of ICD-10.
    patients : int
        Held-out patients whose options were ranked by the effect for them.
    gain : float
        Mean true outcome of the first option over that of the first by average effect, in the unit
        of the outcome; positive is better. NaN where nobody was ranked so.
    scaled : float
        The same in standard deviations of the true outcome of all options.
    """

    condition: str
    patients: int
    gain: float
    scaled: float


@dataclass(frozen=True, slots=True)
class AdviceRightness:
    """How right the advice was.

    Parameters
    ----------
    contacts : int
        Contacts of held-out patients that were judged.
    auroc_macro, auroc_macro_base, auroc_macro_tree : float
        Of the true disease: by the method that advises, the base rate, and one tree. 0 to 1.
    ece : float
        Expected calibration error of the method that advises, 0 to 1.
    effects : tuple of ArmRight
        Each arm but the reference.
    effect_in_interval_share : float
        Share of these whose interval holds the truth, of those with an interval; 0 to 1.
    rankings : tuple of RankingRight
        Each condition.
    ranking_gain : float
        Mean of the scaled gains over the patients ranked by the effect for them; NaN for none.
    offers : int
        Options that were offered and checked.
    unsafe_advice : int
        Those against an allergy, a listed interaction or a gene on record.
    ways : tuple of WayRight
        Each way of choosing a treatment, on patients kept apart; none where none was tried.
    """

    contacts: int
    auroc_macro: float
    auroc_macro_base: float
    auroc_macro_tree: float
    ece: float
    effects: tuple[ArmRight, ...]
    effect_in_interval_share: float
    rankings: tuple[RankingRight, ...]
    ranking_gain: float
    offers: int
    unsafe_advice: int
    ways: tuple[WayRight, ...] = ()

    @property
    def advised_gain(self) -> float:
        """How much better than practice the ranking truly is; NaN where it was not tried."""
        return self._truly({ADVISED})

    @property
    def association_gain(self) -> float:
        """How much better than practice the association valued most truly is; NaN without one."""
        return self._truly(KEYS)

    def _truly(self, keys: Collection[str]) -> float:
        found = [each for each in self.ways if each.key in keys]
        return max(found, key=lambda each: each.said.point).truth if found else math.nan


def advice_rightness(folder: Path, records: Records, advised: Advised) -> AdviceRightness | None:
    """Compare advice with the truth.

    Parameters
    ----------
    folder : Path
        A city with its sidecar.
    records : Records
        What the advice was made from.
    advised : Advised
        What was advised.

    Returns
    -------
    AdviceRightness or None
        None where nothing was learned, so that nothing can be judged.

    Raises
    ------
    InputError
        If a table of the sidecar does not have its schema.
    """
    if advised.held_out is None:
        return None
    held_out = advised.held_out
    by_method = _assessed(folder, held_out)
    potential = read_truth(folder, "potential_outcome")
    effects = tuple(
        arm for known in advised.treatments for arm in _effects(known, _true(potential, "effect"))
    )
    outcomes = _true(potential, "outcome")
    rankings = tuple(_ranking(known, held_out, outcomes) for known in advised.treatments)
    said = [arm for arm in effects if math.isfinite(arm.estimate)]
    ranked = sum(each.patients for each in rankings)
    total = sum(each.patients * each.scaled for each in rankings if each.patients)
    offered = held_out.offers.filter(held_out.offers["offered"])
    return AdviceRightness(
        len(held_out.contacts),
        by_method[held_out.chosen].auroc,
        by_method[BASE].auroc,
        by_method[TREE].auroc,
        by_method[held_out.chosen].ece,
        effects,
        mean_known(np.array([float(arm.inside) for arm in said])),
        rankings,
        total / ranked if ranked else math.nan,
        offered.num_rows,
        unsafe(records.tables, offered),
        ways_right(held_out, outcomes),
    )


def _assessed(folder: Path, held_out: HeldOut) -> dict[str, Assessment]:
    diseases = read_truth(folder, "true_disease")
    place = pc.index_in(held_out.contacts, value_set=diseases["encounter_id"])
    had = category(diseases["disease"].take(place))
    labels = np.array(had.to_pylist(), dtype=np.str_)
    return {each.method: assess(each.probabilities, labels, each.classes) for each in held_out.said}


def _true(potential: pa.Table, column: str) -> Truth:
    keys = (
        potential["patient_id"].to_pylist(),
        category(potential["disease"]).to_pylist(),
        potential["arm"].to_pylist(),
    )
    return dict(zip(zip(*keys, strict=True), potential[column].to_pylist(), strict=True))


def _effects(known: Knowledge, truth: Truth) -> Iterator[ArmRight]:
    people = known.learned_from["patient_id"].to_pylist()
    for place, arm in enumerate(known.plan.arms[1:], 1):
        both = known.possible[:, place] & known.possible[:, 0]
        key = "+".join(arm.medicines)
        true = [
            truth.get((person, known.plan.icd10, key), math.nan)
            for person, free in zip(people, both, strict=True)
            if free
        ]
        effect = known.averages[place].effect
        yield ArmRight(
            known.plan.icd10,
            arm.key,
            effect.point,
            effect.lower,
            effect.upper,
            mean_known(np.array(true)),
        )


def _ranking(known: Knowledge, held_out: HeldOut, outcomes: Truth) -> RankingRight:
    icd10, sign = known.plan.icd10, known.plan.outcome.better.sign
    rows = held_out.offers.filter(pc.equal(held_out.offers["condition"], icd10))
    rows = rows.filter(pc.and_(rows["offered"], rows["individual"]))
    rows = rows.filter(pc.is_finite(rows["benefit"])).to_pylist()
    options: dict[str, list[tuple[float, float, float]]] = {}
    for row in rows:
        true = sign * outcomes.get((row["patient_id"], icd10, row["medicine"]), math.nan)
        options.setdefault(row["patient_id"], []).append((row["benefit"], row["average"], true))
    gains = [max(each)[2] - max(each, key=lambda option: option[1])[2] for each in options.values()]
    if not gains:
        return RankingRight(icd10, 0, math.nan, math.nan)
    spread = float(np.nanstd([option[2] for each in options.values() for option in each]))
    gain = mean_known(np.array(gains))
    return RankingRight(icd10, len(gains), gain, gain / spread if spread else 0.0)
