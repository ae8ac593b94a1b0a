"""What is advised for single patients; a clinician decides."""

from __future__ import annotations

from typing import Annotated, Any, Self

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

from salus.data.store.advised_patients import KeptPatient
from salus.report.words import Words
from salus.service.list_patients import list_patients
from salus.service.see_patient import PatientReference, see_patient
from salus.web.api.plans import Decision
from salus.web.behind import behind
from salus.web.reader import Acting, Reads

router = APIRouter(prefix="/advice", tags=["advice"])

NOWHERE = "-"
"""In an address, in place of a district that is not known."""


class Patient(BaseModel):
    """A patient who is advised, known by a pseudonym."""

    patient: Annotated[str, Field(examples=["p-07f3"])]
    district_id: Annotated[str | None, Field(examples=["12057"])]
    synthetic: Annotated[bool, Field(description="whether this person was made up")]
    about: Annotated[str, Field(description="sex and age in bands, in the reader's language")]

    @classmethod
    def of(cls, kept: KeptPatient, words: Words) -> Self:
        """Show who is advised."""
        return cls(
            patient=kept.patient,
            district_id=kept.district_id,
            synthetic=kept.synthetic,
            about=kept.summary[words.lang],
        )


class Patients(BaseModel):
    """The patients of the own districts who are advised."""

    patients: list[Patient]


class Advice(Patient):
    """What is advised for one patient."""

    options: Annotated[
        list[dict[str, Any]],
        Field(description="the rows of the output table `advice`, the best option first"),
    ]
    shown: Annotated[
        dict[str, Any],
        Field(description="sentences, grids and pictures in the reader's language"),
    ]


@router.get("/{decision}")
@behind(list_patients)
def get_patients(decision: Decision, context: Acting, words: Reads) -> Patients:
    """List the patients of the own districts whom a day advises on."""
    return Patients(patients=[Patient.of(each, words) for each in list_patients(context, decision)])


@router.get("/{decision}/{district}/{patient}")
@behind(see_patient)
def get_advice(
    decision: Decision,
    district: Annotated[str, Path(max_length=128, description="where they live, `-` if unknown")],
    patient: Annotated[str, Path(max_length=128, description="keyed pseudonym")],
    context: Acting,
    words: Reads,
) -> Advice:
    """See what is advised for one patient; another district is refused, patient or not."""
    known = None if district == NOWHERE else district
    kept = see_patient(context, PatientReference(decision, known, patient))
    return Advice(
        **Patient.of(kept, words).model_dump(),
        options=[dict(row) for row in kept.options],
        shown=dict(kept.sections[words.lang]),
    )
