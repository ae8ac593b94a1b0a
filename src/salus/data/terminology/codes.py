"""Codes of a source in the terms of our plans and rules, where a published map says so."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Mapping

ATC = "http://www.whocc.no/atc"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
ICD10 = "http://hl7.org/fhir/sid/icd-10"
SNOMED = "http://snomed.info/sct"


@dataclass(frozen=True, slots=True, eq=False)
class CodeMap:
    """One code system in the terms of another.

    Parameters
    ----------
    system, ours : str
        From which system into which.
    codes : mapping of str to str
        Code to code.
    """

    system: str
    ours: str
    codes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Mapped:
    """How many codes of a table are ours now.

    Parameters
    ----------
    table : str
        Which table.
    rows : int
        Rows of the table.
    already, mapped : int
        Rows whose code was ours, and rows whose code was put into our terms.
    """

    table: str
    rows: int
    already: int
    mapped: int

    @property
    def foreign(self) -> int:
        """Rows whose code no map knows, and that plans and rules cannot read by it."""
        return self.rows - self.already - self.mapped


@cache
def code_maps() -> Mapping[str, CodeMap]:
    """Read the maps by table, ``codes.toml`` beside this file.

    Examples
    --------
    >>> code_maps()["medication"].codes["314076"], code_maps()["condition"].codes["59621000"]
    ('C09AA03', 'I10')
    """
    read = tomllib.loads(files("salus.data.terminology").joinpath("codes.toml").read_text("utf-8"))
    medicines = {code: each["atc"] for each in read["medicine"] for code in each["rxnorm"]}
    diagnoses = {code: each["icd10"] for each in read["diagnosis"] for code in each["snomed"]}
    medicine = CodeMap(RXNORM, ATC, medicines)
    return {
        "medication": medicine,
        "allergy": medicine,
        "condition": CodeMap(SNOMED, ICD10, diagnoses),
    }


def in_our_codes(
    tables: Mapping[str, pa.Table],
) -> tuple[dict[str, pa.Table], tuple[Mapped, ...]]:
    """Put the codes of medicines, allergies and diagnoses into the terms of our plans and rules.

    The words of the source stay beside the code. A code that no map knows stays as it is.

    Parameters
    ----------
    tables : mapping of str to pyarrow.Table
        Standard tables by name.

    Returns
    -------
    dict of str to pyarrow.Table
        All of them, those without a map as they were.
    tuple of Mapped
        How many codes are ours, for medicines and diagnoses; the guard reads an allergy also by
        other codes and by its words, and tells itself what it cannot read.

    Examples
    --------
    >>> rows = {"code": ["314076", "1"], "system": [RXNORM, RXNORM]}
    >>> tables, (counted,) = in_our_codes({"medication": pa.table(rows)})
    >>> tables["medication"]["code"].to_pylist(), counted.foreign
    (['C09AA03', '1'], 1)
    """
    found, counts = dict(tables), []
    for name, each in code_maps().items():
        if name in tables:
            found[name], counted = _mapped(name, tables[name], each)
            if name != "allergy":
                counts.append(counted)
    return found, tuple(counts)


def _mapped(name: str, table: pa.Table, codes: CodeMap) -> tuple[pa.Table, Mapped]:
    keys, values = pa.array(codes.codes.keys()), pa.array(codes.codes.values())
    theirs = pc.fill_null(pc.equal(table["system"], codes.system), fill_value=False)
    place = pc.if_else(theirs, pc.index_in(table["code"], value_set=keys), None)
    known = pc.is_valid(place)
    ours = pc.sum(pc.equal(table["system"], codes.ours)).as_py() or 0
    for column, value in (("code", values.take(place)), ("system", pa.scalar(codes.ours))):
        at = table.schema.get_field_index(column)
        changed = pc.if_else(known, value, table[column])
        table = table.set_column(at, table.schema.field(at), changed)
    return table, Mapped(name, table.num_rows, ours, pc.sum(known).as_py() or 0)
