"""The making of a city, part by part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.data.synthetic import truth
from salus.data.synthetic.bed_states import bed_state_table
from salus.data.synthetic.contacts import at_home, death_times, make_contacts
from salus.data.synthetic.devices import device_table
from salus.data.synthetic.encounters import (
    Numbered,
    diagnosis_table,
    encounter_table,
    observation_table,
    procedure_table,
    readings,
    reasons_told,
)
from salus.data.synthetic.findings import examine
from salus.data.synthetic.illness import fall_ill
from salus.data.synthetic.indicators import histories
from salus.data.synthetic.layout import Layout, lay_out
from salus.data.synthetic.outbreak import Outbreak, plant_outbreak
from salus.data.synthetic.people import make_people
from salus.data.synthetic.region_files import write_region
from salus.data.synthetic.registry import numbers_at, patient_table, register_twice
from salus.data.synthetic.signs import sign_place, symptoms
from salus.data.synthetic.staff import nurse_table, roster_table, surgeon_table
from salus.data.synthetic.standing import (
    allergy_table,
    arm_medicines,
    gene_table,
    immunisation_table,
    known_conditions,
    standing,
    standing_medicines,
)
from salus.data.synthetic.stock import stock_table
from salus.data.synthetic.surgery_list import surgery_list_table
from salus.data.synthetic.treating import Course, follow_ups, treat
from salus.data.synthetic.waiting import queue_table
from salus.data.synthetic.wards import Wards, make_wards
from salus.data.synthetic.weekly import Tally

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from salus.data.synthetic.contacts import Contacts
    from salus.data.synthetic.findings import Findings
    from salus.data.synthetic.people import People
    from salus.data.synthetic.registry import Twins
    from salus.data.synthetic.spec import CitySpec
    from salus.data.synthetic.treating import Treated
    from salus.data.synthetic.writing import TableFiles


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What stands before anybody lives in the city.

    Parameters
    ----------
    spec : CitySpec
        What was asked.
    layout, wards : Layout, Wards
        Districts, hospitals and their wards.
    outbreak : Outbreak
        Where and when it will be.
    tally : Tally
        Counts what comes.
    """

    spec: CitySpec
    layout: Layout
    wards: Wards
    outbreak: Outbreak
    tally: Tally


@dataclass(frozen=True, slots=True, eq=False)
class Shelves:
    """The open files of a city.

    Parameters
    ----------
    tables, operations, sidecar : TableFiles
        Standard tables, those of the hospitals, and the truth.
    """

    tables: TableFiles
    operations: TableFiles
    sidecar: TableFiles


def break_ground(spec: CitySpec) -> Ground:
    """Lay out a city.

    Parameters
    ----------
    spec : CitySpec
        What is asked.
    """
    layout = lay_out(spec)
    outbreak = plant_outbreak(spec, layout)
    return Ground(spec, layout, make_wards(layout), outbreak, Tally(spec, layout))


def settle(ground: Ground, shelves: Shelves, first: int, n: int) -> None:
    """Make a part of the people with all that is known of them, and write it.

    Parameters
    ----------
    ground : Ground
        The city.
    shelves : Shelves
        Where to write.
    first, n : int
        Number of the first person, and how many.
    """
    spec, tables = ground.spec, shelves.tables
    people = make_people(spec, ground.layout, first, n)
    illness = fall_ill(spec, people)
    held = standing(spec, people, illness)
    contacts = make_contacts(spec, ground.layout, people, illness, ground.outbreak)
    died = death_times(contacts, n)
    twins = register_twice(spec, people, shelves.sidecar.rows("duplicate"))
    findings = examine(spec, people, illness, contacts)
    treated = treat(spec, people, Course(contacts, findings, died), held.allergic)
    ground.tally.add(people, contacts)
    tables.add("patient", patient_table(spec, ground.layout, people, twins, died))
    shelves.sidecar.add("duplicate", truth.duplicates(people, twins))
    tables.add("condition", known_conditions(people, held, tables.rows("condition")))
    tables.add("medication", standing_medicines(spec, people, held, tables.rows("medication")))
    tables.add("allergy", allergy_table(spec, people, held, tables.rows("allergy")))
    tables.add("observation", gene_table(spec, people, held, tables.rows("observation")))
    given = immunisation_table(spec, people, died, tables.rows("immunisation"))
    tables.add("immunisation", given)
    outside = at_home(spec, contacts, died)
    queue = queue_table(spec, ground.layout, people, outside)
    shelves.operations.add("queue", queue)
    listed = surgery_list_table(spec, ground.layout, ground.wards, people, outside)
    shelves.operations.add("surgery_list", listed)
    seen = _seen(ground, shelves, people, twins, contacts)
    _write_contacts(ground, shelves, seen, findings)
    _write_treated(ground, shelves, seen, treated)


def furnish(ground: Ground, shelves: Shelves, folder: Path) -> None:
    """Write what is of the city as a whole.

    Parameters
    ----------
    ground : Ground
        The city, its people counted.
    shelves : Shelves
        Where to write tables.
    folder : Path
        Where to write the region.
    """
    spec, layout, wards = ground.spec, ground.layout, ground.wards
    series = histories(spec, layout)
    for each in series:
        shelves.tables.add("indicator_reading", each.table())
    shelves.tables.add("indicator_reading", ground.tally.readings())
    shelves.tables.add("bed_state", bed_state_table(spec, layout, wards))
    nurses = nurse_table(spec, wards)
    made = {
        "ward": wards.table(),
        "room": wards.rooms(),
        "theatre": wards.theatres(),
        "surgeon": surgeon_table(wards),
        "nurse": nurses,
        "roster": roster_table(spec, nurses),
        "medicine_stock": stock_table(spec, layout),
    }
    for name, table in made.items():
        shelves.operations.add(name, table)
    planted = [each.planted for each in series if each.planted is not None]
    planted += ground.tally.planted(ground.outbreak)
    shelves.sidecar.add("planted", truth.planted_table(planted))
    truth.write_parameters(folder)
    write_region(folder, wards, ground.tally, series)


def _seen(
    ground: Ground, shelves: Shelves, people: People, twins: Twins, contacts: Contacts
) -> Numbered:
    number = shelves.tables.rows("encounter") + np.arange(len(contacts))
    patient = numbers_at(ground.spec, people, twins, contacts.person, "seen")
    return Numbered(contacts, number, patient)


def _write_contacts(ground: Ground, shelves: Shelves, seen: Numbered, findings: Findings) -> None:
    spec, tables = ground.spec, shelves.tables
    reasons = reasons_told(findings)
    tables.add("encounter", encounter_table(spec, seen, ground.wards, reasons))
    tables.add("condition", diagnosis_table(seen))
    tables.add("observation", observation_table(seen, findings, tables.rows("observation")))
    tables.add("procedure", procedure_table(spec, seen))
    tables.add("device_reading", device_table(spec, seen, findings, ground.wards))
    shelves.sidecar.add("true_disease", truth.true_diseases(seen, follow_up=False))


def _write_treated(
    ground: Ground, shelves: Shelves, seen: Numbered, treated: tuple[Treated, ...]
) -> None:
    """Write the arms given, and the contacts at which their outcomes were measured."""
    tables = shelves.tables
    later = _later(seen, treated, tables.rows("encounter"))
    reasons = np.full(len(later.number), len(symptoms()))
    tables.add("encounter", encounter_table(ground.spec, later, ground.wards, reasons))
    sign = np.repeat(
        [sign_place(each.treatment.sign) for each in treated], [len(t.arm) for t in treated]
    )
    outcomes = np.concatenate([each.seen() for each in treated])
    tables.add("observation", readings(later, sign, outcomes, tables.rows("observation")))
    for each in treated:
        tables.add("medication", arm_medicines(seen, each, tables.rows("medication")))
        shelves.sidecar.add("potential_outcome", truth.potential_outcomes(seen, each))
    shelves.sidecar.add("true_disease", truth.true_diseases(later, follow_up=True))


def _later(seen: Numbered, treated: tuple[Treated, ...], first: int) -> Numbered:
    contacts = follow_ups(seen.contacts, treated)
    rows: NDArray[np.int64] = np.concatenate([each.contact for each in treated])
    return Numbered(contacts, first + np.arange(len(rows)), seen.patient[rows])
