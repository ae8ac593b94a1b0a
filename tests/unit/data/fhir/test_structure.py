"""All elements of a faulty resource that do not fit, named by FHIR and by nothing else."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from salus.data.fhir import quarantine
from salus.data.fhir.structure import faulty_elements
from tests.fakes import fhir

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

ODD = fhir.changed(fhir.PATIENT, id="p2", gender="Quandt", name="Quandt", birthDate="7.3.50")


def test_every_element_at_fault_is_named() -> None:
    """Whoever mends the source sees all at once; a gender is of no closed list to the peer."""
    assert faulty_elements(ODD) == ("birthDate", "name")
    assert faulty_elements(fhir.PATIENT) == ()
    assert faulty_elements({"resourceType": "Quandt"}) == ()


def test_an_element_that_fhir_does_not_know_is_not_named() -> None:
    """Its name may be anything."""
    odd = fhir.changed(fhir.PATIENT, Quandt=1, name=[{"family": "x", "Quilla": 2}])
    assert faulty_elements(odd) == ("name",)


def test_the_quarantine_names_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For the first resources: a source errs alike each time."""
    monkeypatch.setattr(quarantine, "MOST_ASKED", 1)
    again = fhir.changed(ODD, id="p3")
    found = fhir.loaded(fhir.write_bundle(tmp_path, fhir.PATIENT, ODD, again))
    assert found.quarantine["elements"].to_pylist() == ["Patient.birthDate, Patient.name", None]


def test_without_the_peer_nothing_else_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader does without it."""
    monkeypatch.setitem(sys.modules, "fhir.resources.R4B", None)
    assert faulty_elements(ODD) == ()
