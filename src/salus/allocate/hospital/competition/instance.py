"""Read an instance of the competition."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from salus.allocate.hospital.competition.cells import Cells
from salus.allocate.hospital.competition.document import json_of
from salus.allocate.hospital.competition.names import FIELDS, PLAN, path_of
from salus.allocate.hospital.competition.people import occupants_of, patients_of
from salus.allocate.hospital.competition.roster import Rosters
from salus.allocate.hospital.fit.breach import Spot, UnfitError
from salus.allocate.hospital.fit.scope import MOST_DAYS
from salus.allocate.hospital.idle import idle_rooms
from salus.allocate.hospital.problem import HospitalProblem
from salus.allocate.hospital.site import Room, Surgeon, Theatre, Weights
from salus.core.errors import Fault, InputError, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from salus.allocate.hospital.competition.cells import Row
    from salus.allocate.hospital.people import Patient
    from salus.core.canonical import Json


def read_instance(path: Path | str) -> HospitalProblem:
    """Read an instance from a JSON file of the competition.

    Parameters
    ----------
    path : Path or str
        The file.

    Returns
    -------
    HospitalProblem

    Raises
    ------
    InputError
        If the file is none, or states no problem; every fault is named with its path in the JSON.
    """
    path = Path(path)
    document = json_of(path)
    if {"patients", "nurses"} <= document.keys() <= PLAN:
        what, remedy = say("this is a plan, not a hospital"), say("name its hospital here")
        raise InputError(Fault(what, Where(path.name), remedy))
    cells = Cells(path.name)
    shifts, ages = cells.texts(document, "shift_types"), cells.texts(document, "age_groups")
    rosters = Rosters(cells, shifts)
    occupants = occupants_of(cells, document, ages)
    patients = patients_of(cells, document, ages)
    rooms = _rooms(cells, document)
    try:
        problem = HospitalProblem(
            days=cells.whole(document, "days", "", 1, low=1, high=MOST_DAYS),
            shifts=shifts,
            levels=cells.whole(document, "skill_levels", "", 1),
            ages=ages,
            weights=_weights(cells, document),
            occupants=occupants,
            patients=patients,
            surgeons=_surgeons(cells, document),
            theatres=_theatres(cells, document),
            rooms=rooms,
            nurses=rosters.nurses(document),
        )
    except UnfitError as error:

        def path_in_file(spot: Spot) -> str:
            return rosters.path_of(_as_listed(document, patients, spot))

        cells.breaches(error.breaches, path_in_file)
    cells.breaches(idle_rooms(rooms, patients, occupants), path_of)
    cells.faults.stop()
    return problem


def _as_listed(document: Row, patients: tuple[Patient, ...], spot: Spot) -> Spot:
    """Find where a room that is not fit stands in the file, which lists them in any order."""
    if (spot.part, spot.field) != ("patients", "barred") or None in {spot.index, spot.item}:
        return spot
    index, item = spot.index or 0, spot.item or 0
    row = cast("list[Row]", document["patients"])[index]
    name = sorted(patients[index].barred)[item]  # its path where it was refused
    at = f"patients[{index}].incompatible_room_ids"
    named = enumerate(cast("list[Json]", row["incompatible_room_ids"]))
    return replace(spot, item=next(i for i, each in named if name in (each, f"{at}[{i}]")))


def _weights(cells: Cells, document: Row) -> Weights:
    row = cells.row(document, "weights")
    return Weights(
        **{name: cells.whole(row, key, "weights.") for name, key in FIELDS["weights"].items()}
    )


def _rooms(cells: Cells, document: Row) -> tuple[Room, ...]:
    return tuple(
        Room(cells.text(row, "id", at), cells.whole(row, "capacity", at))
        for at, row in cells.rows(document, "rooms")
    )


def _surgeons(cells: Cells, document: Row) -> tuple[Surgeon, ...]:
    return tuple(
        Surgeon(cells.text(row, "id", at), cells.vector(row, "max_surgery_time", at))
        for at, row in cells.rows(document, "surgeons")
    )


def _theatres(cells: Cells, document: Row) -> tuple[Theatre, ...]:
    return tuple(
        Theatre(cells.text(row, "id", at), cells.vector(row, "availability", at))
        for at, row in cells.rows(document, "operating_theaters")
    )
