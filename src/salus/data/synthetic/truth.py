"""The sidecar: what is true of the city. No engine may read it; only a comparison may."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from salus.core.canonical import canonical
from salus.core.errors import Fault, InputError, Where
from salus.core.messages import say
from salus.data.synthetic.columns import chosen, keys, numbers, patient_keys, same
from salus.data.synthetic.diseases import disease_place, diseases
from salus.data.synthetic.formulary import medicine_place, medicines
from salus.data.synthetic.published import published
from salus.data.synthetic.signs import sign_named
from salus.domain.records.table import StandardTable, identifying, plain, sensitive

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from salus.data.synthetic.encounters import Numbered
    from salus.data.synthetic.indicators import Planted
    from salus.data.synthetic.people import People
    from salus.data.synthetic.registry import Twins
    from salus.data.synthetic.treating import Treated

FOLDER = "truth"
TEXT, NUMBER, DAY, FLAG = pa.string(), pa.float64(), pa.date32(), pa.bool_()

TRUE_DISEASE = StandardTable(
    "true_disease",
    1,
    ("encounter_id",),
    (
        identifying("encounter_id", "which contact", required=True),
        sensitive("disease", TEXT, "what the patient had, WHO ICD-10", required=True),
        sensitive("severity", NUMBER, "about 1; multiplies the signs", required=True),
        plain("follow_up", FLAG, "whether only an outcome was measured", required=True),
    ),
)
DUPLICATE = StandardTable(
    "duplicate",
    1,
    ("patient_id",),
    (
        identifying("patient_id", "second registration", required=True),
        identifying("same_as", "first registration of the same person", required=True),
    ),
)
POTENTIAL_OUTCOME = StandardTable(
    "potential_outcome",
    1,
    ("encounter_id", "arm"),
    (
        identifying("encounter_id", "index contact", required=True),
        identifying("patient_id", "who was treated", required=True),
        sensitive("disease", TEXT, "for what, WHO ICD-10", required=True),
        plain("outcome_code", TEXT, "what is measured afterwards, LOINC", required=True),
        sensitive("arm", TEXT, "medicine, WHO ATC", required=True),
        plain("given", FLAG, "whether this arm was given", required=True),
        sensitive("outcome", NUMBER, "what would be measured under this arm", required=True),
        sensitive("effect", NUMBER, "difference to the first arm", required=True),
    ),
)
PLANTED = StandardTable(
    "planted",
    1,
    ("kind", "indicator_id", "place_id", "first"),
    (
        plain("kind", TEXT, "anomaly, shift or outbreak", required=True),
        plain("indicator_id", TEXT, "in which indicator", required=True),
        plain("place_id", TEXT, "where", required=True),
        plain("first", DAY, "end of the first period that is touched", required=True),
        plain("last", DAY, "end of the last period that is touched", required=True),
        plain("sigmas", NUMBER, "size in standard deviations of one value; negative is down"),
        plain("size", NUMBER, "size in the unit of the indicator", required=True),
    ),
)
TRUTH: dict[str, StandardTable] = {
    table.name: table for table in (TRUE_DISEASE, DUPLICATE, POTENTIAL_OUTCOME, PLANTED)
}
"""The tables of the sidecar, by name."""


def read_truth(folder: Path, name: str) -> pa.Table:
    """Read a table of the sidecar.

    Parameters
    ----------
    folder : Path
        A city.
    name : str
        One of ``TRUTH``.

    Returns
    -------
    pyarrow.Table

    Raises
    ------
    InputError
        If the table is missing, cannot be read or does not have its schema.
    """
    file = f"{FOLDER}/{name}.parquet"
    try:
        table = pq.read_table(folder / file)
    except (OSError, pa.ArrowInvalid):
        what = say("what is true of the city cannot be read")
        remedy = say("make the city again, or take the whole folder {folder} away", folder=FOLDER)
        raise InputError(Fault(what, Where(file), remedy)) from None
    return TRUTH[name].take(table)


def write_parameters(folder: Path) -> None:
    """Write the figures that the city was made from into the sidecar of a city folder."""
    names = ("diseases", "signs", "treatments", "formulary", "surgery")
    used = {name: published(name) for name in names}
    (folder / FOLDER / "parameters.json").write_bytes(canonical(used) + b"\n")


def true_diseases(seen: Numbered, *, follow_up: bool) -> pa.Table:
    """Write what each contact was really about."""
    contacts, n = seen.contacts, len(seen.number)
    columns = {
        "encounter_id": keys("E", seen.number),
        "disease": chosen([each.icd10 for each in diseases()], contacts.disease),
        "severity": numbers(contacts.severity),
        "follow_up": pa.repeat(pa.scalar(follow_up), n),
    }
    return TRUE_DISEASE.take(pa.table(columns))


def duplicates(people: People, twins: Twins) -> pa.Table:
    """Write which registrations are of the same person."""
    columns = {
        "patient_id": patient_keys(twins.number),
        "same_as": patient_keys(people.first + twins.person),
    }
    return DUPLICATE.take(pa.table(columns))


def potential_outcomes(seen: Numbered, treated: Treated) -> pa.Table:
    """Write what each arm would have done for each treated patient.

    Parameters
    ----------
    seen : Numbered
        All contacts of this part of the people.
    treated : Treated
        Those treated for one condition.
    """
    index, effects = seen.pick(treated.contact), treated.effects()
    disease = diseases()[disease_place(treated.treatment.disease)]
    return pa.concat_tables(
        [
            _under(index, disease.icd10, treated, arm, effects[:, arm])
            for arm in range(len(treated.treatment.arms))
        ]
    )


def planted_table(planted: Iterable[Planted]) -> pa.Table:
    """Write what was planted in the indicators."""
    rows = [{field.name: getattr(each, field.name) for field in PLANTED.fields} for each in planted]
    return pa.Table.from_pylist(rows, schema=PLANTED.schema())


def _under(
    index: Numbered, icd10: str, treated: Treated, arm: int, effect: NDArray[np.float64]
) -> pa.Table:
    treatment, n = treated.treatment, len(effect)
    medicine = medicines()[medicine_place(treatment.arms[arm].medicine)]
    columns = {
        "encounter_id": keys("E", index.number),
        "patient_id": patient_keys(index.patient),
        "disease": same(icd10, n),
        "outcome_code": same(sign_named(treatment.sign).loinc, n),
        "arm": same(medicine.atc, n),
        "given": pa.array(treated.arm == arm),
        "outcome": numbers(treated.outcomes[:, arm]),
        "effect": numbers(effect),
    }
    return POTENTIAL_OUTCOME.take(pa.table(columns))
