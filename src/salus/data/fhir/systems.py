"""Code systems by their addresses in FHIR, and which of them a table would rather have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.data.terminology.codes import ATC, ICD10, RXNORM, SNOMED

if TYPE_CHECKING:
    from collections.abc import Mapping

LOINC = "http://loinc.org"
ICD10_CM = "http://hl7.org/fhir/sid/icd-10-cm"
CVX = "http://hl7.org/fhir/sid/cvx"
UCUM = "http://unitsofmeasure.org"


def preferred(*systems: str) -> Mapping[str, int]:
    """Rank code systems, the most wanted first.

    Examples
    --------
    >>> preferred(ATC, RXNORM)["http://www.nlm.nih.gov/research/umls/rxnorm"]
    1
    """
    return {system: place for place, system in enumerate(systems)}


DIAGNOSES = preferred(ICD10, ICD10_CM, SNOMED)
MEDICINES = preferred(ATC, RXNORM, SNOMED)
FINDINGS = preferred(LOINC, SNOMED)
ACTS = preferred(SNOMED)
VACCINES = preferred(CVX, ATC, SNOMED)
ALLERGENS = preferred(SNOMED, RXNORM, ATC)
