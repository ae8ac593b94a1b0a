"""Encounters, what was found in them, and what was diagnosed and done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from salus.core.rng import stream
from salus.data.synthetic.columns import chosen, keys, moments, numbers, patient_keys, same
from salus.data.synthetic.contacts import DAY, Contacts, end_of_records
from salus.data.synthetic.diseases import ICD10, diseases
from salus.data.synthetic.registry import SOURCE
from salus.data.synthetic.seasons import CLASSES, INPATIENT
from salus.data.synthetic.signs import signs, symptoms
from salus.domain.records.clinical import CONDITION, OBSERVATION, PROCEDURE
from salus.domain.records.person import ENCOUNTER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.data.synthetic.findings import Findings
    from salus.data.synthetic.spec import CitySpec
    from salus.data.synthetic.wards import Wards

LOINC, SNOMED = "http://loinc.org", "http://snomed.info/sct"
FOLLOW_UP = "Z09.8"
BETWEEN_READINGS = 20
KNOWN_AFTER = 18 * 60
"""Seconds from the begin: all that is found precedes the diagnosis, also in a short visit."""


@dataclass(frozen=True, slots=True, eq=False)
class Numbered:
    """Contacts with their numbers in the city.

    Parameters
    ----------
    contacts : Contacts
        Of a part of the people.
    number : ndarray of int, shape (n,)
        Number of each encounter, from 0.
    patient : ndarray of int, shape (n,)
        Number under which the person was seen.
    """

    contacts: Contacts
    number: NDArray[np.int64]
    patient: NDArray[np.int64]

    def known_at(self) -> NDArray[np.int64]:
        """Return when the diagnosis of each was recorded, seconds."""
        return self.contacts.start + KNOWN_AFTER

    def pick(self, rows: NDArray[np.int64]) -> Numbered:
        """Return some of them."""
        return Numbered(self.contacts.pick(rows), self.number[rows], self.patient[rows])

    def head(self, name: str, number: NDArray[np.int64]) -> dict[str, pa.Array]:
        """Return the first columns of a clinical table: its key, the person, the contact."""
        return {
            f"{name}_id": keys(name[0].upper(), number),
            "patient_id": patient_keys(self.patient),
            "encounter_id": keys("E", self.number),
            "source": same(SOURCE, len(number)),
        }


def encounter_table(
    spec: CitySpec, seen: Numbered, wards: Wards, reasons: NDArray[np.int64]
) -> pa.Table:
    """Write encounters.

    Parameters
    ----------
    spec : CitySpec
        Of the city.
    seen : Numbered
        The contacts.
    wards : Wards
        Of its hospitals.
    reasons : ndarray of int, shape (n,)
        Why each came, by its place among the symptoms; -1 for a follow-up.
    """
    contacts, n = seen.contacts, len(seen.number)
    rng = stream(spec.seed, f"wards/{int(seen.number[0]) if n else 0}")
    over = contacts.end < end_of_records(spec)
    columns = {
        "encounter_id": keys("E", seen.number),
        "patient_id": patient_keys(seen.patient),
        "facility_id": chosen(wards.hospitals, contacts.hospital),
        "ward_id": wards.place(contacts, rng),
        "class": chosen(CLASSES, contacts.class_),
        "started_at": moments(contacts.start),
        "ended_at": moments(contacts.end, over),
        "reason_code": chosen([*(each.icd10 for each in symptoms()), FOLLOW_UP], reasons),
        "reason_system": same(ICD10, n),
        "source": same(SOURCE, n),
    }
    return ENCOUNTER.take(pa.table(columns))


def reasons_told(findings: Findings) -> NDArray[np.int64]:
    """Return the symptom each contact begins with: the first told of, as listed; else malaise."""
    malaise = [symptom.id for symptom in symptoms()].index("fatigue")
    return np.where(findings.told.any(axis=1), findings.told.argmax(axis=1), malaise)


def diagnosis_table(seen: Numbered) -> pa.Table:
    """Write the diagnosis of each contact, recorded after all that was found.

    The number of a diagnosis is that of its encounter.
    """
    contacts, codes = seen.contacts, diseases()
    columns = seen.head("condition", seen.number) | {
        "code": chosen([each.icd10 for each in codes], contacts.disease),
        "system": same(ICD10, len(contacts)),
        "display": chosen([each.name for each in codes], contacts.disease),
        "onset_at": moments(contacts.start),
        "recorded_at": moments(seen.known_at()),
        "status": same("active", len(contacts)),
    }
    return CONDITION.take(pa.table(columns))


def observation_table(seen: Numbered, findings: Findings, first: int) -> pa.Table:
    """Write the signs and symptoms of each contact.

    Parameters
    ----------
    seen : Numbered
        The contacts.
    findings : Findings
        What was found; a symptom told of has the value 1, others have no row.
    first : int
        Number of the first observation.
    """
    contact, sign = np.nonzero(findings.measured)
    teller, symptom = np.nonzero(findings.told)
    signs_ = readings(seen.pick(contact), sign, findings.values[contact, sign], first)
    told = seen.pick(teller)
    columns = told.head("observation", first + len(contact) + np.arange(len(teller))) | {
        "code": chosen([each.icd10 for each in symptoms()], symptom),
        "system": same(ICD10, len(teller)),
        "display": chosen([each.name for each in symptoms()], symptom),
        "observed_at": moments(told.contacts.start + 60),
        "value": numbers(np.ones(len(teller))),
        "value_text": same("present", len(teller)),
        "category": same("exam", len(teller)),
    }
    return pa.concat_tables([signs_, OBSERVATION.take(pa.table(columns))])


def readings(
    seen: Numbered, sign: NDArray[np.int64], values: NDArray[np.float64], first: int
) -> pa.Table:
    """Write one reading at each contact.

    Parameters
    ----------
    seen : Numbered
        The contacts, one for each reading.
    sign : ndarray of int, shape (n,)
        Place of the sign.
    values : ndarray, shape (n,)
        In the unit of the sign.
    first : int
        Number of the first observation.
    """
    of, n = signs(), len(sign)
    columns = seen.head("observation", first + np.arange(n)) | {
        "code": chosen([each.loinc for each in of], sign),
        "system": same(LOINC, n),
        "display": chosen([each.name for each in of], sign),
        "observed_at": moments(seen.contacts.start + 120 + BETWEEN_READINGS * sign),
        "value": numbers(values),
        "unit": chosen([each.unit for each in of], sign),
        "category": chosen([each.category for each in of], sign),
    }
    return OBSERVATION.take(pa.table(columns))


def procedure_table(spec: CitySpec, seen: Numbered) -> pa.Table:
    """Write what was done in inpatient contacts; the number is that of the encounter.

    Parameters
    ----------
    spec : CitySpec
        Of the city.
    seen : Numbered
        The contacts.
    """
    contacts = seen.contacts
    rng = stream(spec.seed, f"procedures/{int(seen.number[0]) if len(contacts) else 0}")
    share = np.array([float((*each.procedure, "0", "0", "0")[2]) for each in diseases()])
    stays = (contacts.class_ == INPATIENT) & (contacts.end - contacts.start > DAY // 2)
    rows = np.flatnonzero(stays & (rng.random(len(contacts)) < share[contacts.disease]))
    done = seen.pick(rows)
    names = [(*each.procedure, "", "")[:2] for each in diseases()]
    begin = done.contacts.start + 6 * 3600
    columns = done.head("procedure", done.number) | {
        "code": chosen([code for code, _ in names], done.contacts.disease),
        "system": same(SNOMED, len(rows)),
        "display": chosen([name for _, name in names], done.contacts.disease),
        "started_at": moments(begin),
        "ended_at": moments(begin + 3600),
        "status": same("completed", len(rows)),
    }
    return PROCEDURE.take(pa.table(columns))
