"""What the use case answers: advice for some patients, and how good the advisor was."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    from salus.core.messages import Message
    from salus.service.advice.params import AdviceParams
    from salus.treat.advice import Advice
    from salus.treat.features import FeatureSpec
    from salus.treat.knowledge import Knowledge
    from salus.treat.recommend import Score
    from salus.treat.valuing import Tried, Valued


@dataclass(frozen=True, slots=True)
class AdvisedPatient:
    """One patient in care now, and what is advised.

    Parameters
    ----------
    patient_id : str
        Keyed pseudonym.
    contact : str
        Key of the contact.
    at : datetime
        The moment that was looked at: just before the diagnosis of the contact was written down,
        or the end of the day where none was.
    age : Message
        Age in bands of ten years.
    sex : Message
        Administrative sex.
    synthetic : bool
        Whether this person was made up.
    advice : Advice
        What is advised.
    district_id : str or None
        Where the patient lives, when known: who may see the advice depends on it.
    """

    patient_id: str
    contact: str
    at: datetime
    age: Message
    sex: Message
    synthetic: bool
    advice: Advice
    district_id: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """What one method said of contacts of patients that it never saw.

    Parameters
    ----------
    method : str
        Key of the method.
    classes : tuple of str
        Categories of ICD-10.
    probabilities : ndarray, shape (n_contacts, n_classes)
        Calibrated.
    """

    method: str
    classes: tuple[str, ...]
    probabilities: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class HeldOut:
    """What was said of patients that nothing was learned from.

    Parameters
    ----------
    contacts : pyarrow.Array of str
        Key of each contact.
    said : tuple of Said
        One for each method.
    chosen : str
        Key of the method that advises.
    offers : pyarrow.Table
        One row for each arm of each held-out patient at the first treatment of a condition:
        ``patient_id``, ``at``, ``condition`` (ICD-10), ``medicine`` (ATC codes joined by ``+``),
        ``offered`` (whether no rule took it away), ``benefit`` and ``average`` (expected for
        this patient, and on average, in the unit of the outcome; positive is better) and
        ``individual`` (whether the effect for this patient ranked) and ``cautioned`` (whether the
        option says that a gene asks for care).
    tried : tuple of Tried
        Every way of choosing a treatment, for each condition with enough patients kept apart.
    valued : tuple of Valued
        What each way is worth over all these conditions; none where there are none.
    """

    contacts: pa.Array
    said: tuple[Said, ...]
    chosen: str
    offers: pa.Table
    tried: tuple[Tried, ...]
    valued: tuple[Valued, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Advised:
    """Advice for some patients, and how good the advisor was.

    Parameters
    ----------
    as_of : date
        The last day that was known.
    params : AdviceParams
        How many were learned from, judged and advised.
    contacts, people : int
        Contacts that classes were learned from, and the patients they are of.
    patients : tuple of AdvisedPatient
        Nothing was learned from them.
    missing : tuple of Message
        Why nobody, or fewer than asked for, are advised; which plans nobody can be advised by.
    scores : tuple of Score
        Each method on held-out patients, by the diagnoses on record.
    treatments : tuple of Knowledge
        What each treatment does, for each condition with a plan.
    names : mapping of str to str
        What each category of ICD-10 means, in words of the records.
    held_out : HeldOut or None
        What was said of patients that nothing was learned from.
    spec : FeatureSpec or None
        What was known of each patient.
    in_care, cautioned : int
        Patients in care now, of those kept apart, who have options; and those of them for whom a
        gene asks to give an option with care.
    """

    as_of: date
    params: AdviceParams
    contacts: int = 0
    people: int = 0
    patients: tuple[AdvisedPatient, ...] = ()
    missing: tuple[Message, ...] = ()
    scores: tuple[Score, ...] = ()
    treatments: tuple[Knowledge, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    held_out: HeldOut | None = None
    spec: FeatureSpec | None = None
    in_care: int = 0
    cautioned: int = 0
