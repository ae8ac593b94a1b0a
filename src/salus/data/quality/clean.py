"""Clean the standard tables by named rules; nothing is dropped silently."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from salus.core.errors import Faults, InputError, Where
from salus.core.messages import say
from salus.data.quality.dates import date_rules
from salus.data.quality.missing import Missing, missing_values
from salus.data.quality.ranges import range_rules
from salus.data.quality.references import reference_rules
from salus.data.quality.repeats import without_repeats
from salus.data.quality.rule import Done, Finding, Look, Rule
from salus.domain.records.catalogue import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True, slots=True, eq=False)
class Cleaned:
    """Tables after cleaning, and all that was found.

    Parameters
    ----------
    tables : mapping of str to pyarrow.Table
        The standard tables that were given, by name, in their schemas.
    findings : tuple of Finding
        What broke a rule, by table and rule.
    missing : tuple of Missing
        What the engines will miss in the cleaned tables.
    rows : mapping of str to (int, int)
        Rows of each table that were given, and that were kept.
    """

    tables: Mapping[str, pa.Table]
    findings: tuple[Finding, ...]
    missing: tuple[Missing, ...]
    rows: Mapping[str, tuple[int, int]]


def rules() -> tuple[Rule, ...]:
    """List every rule but those on repeated rows, in the order in which they are applied.

    Examples
    --------
    >>> sorted({rule.name for rule in rules() if rule.table == "device_reading"})
    ['impossible_value', 'in_the_future', 'unknown_patient', 'unusual_unit']
    """
    return (*date_rules(), *reference_rules(), *range_rules())


def clean(tables: Mapping[str, pa.Table], as_of: date | None = None) -> Cleaned:
    """Clean the standard tables.

    Each table is first freed of repeated rows, then goes through its rules. The register of
    patients comes first and the contacts second, as the others refer to them. A table that is
    not given is not made up, and a rule that refers to it is not applied.

    Parameters
    ----------
    tables : mapping of str to pyarrow.Table
        Standard tables by name.
    as_of : date, optional
        The day until which everything is known; without it no date lies in the future.

    Returns
    -------
    Cleaned

    Raises
    ------
    InputError
        With every table that is no standard table, and every column that is unknown, of another
        type, or lacks a required value.

    Examples
    --------
    >>> from datetime import date
    >>> row = {"patient_id": "P1", "source": "made up"}
    >>> dates = {"birth_date": date(1950, 3, 7), "death_date": date(1949, 1, 1)}
    >>> cleaned = clean({"patient": pa.Table.from_pylist([row | dates])})
    >>> [(finding.rule, finding.done.value) for finding in cleaned.findings]
    [('death_before_birth', 'emptied')]
    >>> cleaned.tables["patient"]["death_date"].to_pylist()
    [None]
    """
    given, kept, findings = _standard(tables), dict[str, pa.Table](), list[Finding]()
    for name, kind in TABLES.items():
        if name in given:
            table, found = without_repeats(given[name], kind)
            findings += found
            for rule in rules():
                if rule.table == name and rule.refers <= given.keys():
                    table, found = _apply(rule, table, Look(table, kept, as_of))
                    findings += found
            kept[name] = table
    rows = {name: (given[name].num_rows, kept[name].num_rows) for name in kept}
    return Cleaned(kept, tuple(findings), missing_values(kept), rows)


def _standard(tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    faults, taken = Faults(), {}
    for name, table in tables.items():
        if name not in TABLES:
            remedy = say("leave it out, or call it one of: {names}", names=tuple(TABLES))
            faults.add(say("this is no standard table"), Where(name), remedy)
            continue
        try:
            taken[name] = TABLES[name].take(table)
        except InputError as error:
            faults.extend(error.faults)
    faults.stop()
    return taken


def _apply(rule: Rule, table: pa.Table, look: Look) -> tuple[pa.Table, tuple[Finding, ...]]:
    broken = pc.fill_null(rule.broken(look), fill_value=False)
    if not pc.any(broken).as_py():
        return table, ()
    rows = table.select(TABLES[rule.table].key).filter(broken)
    finding = Finding(rule.name, rule.table, rule.sentence, rule.done, rows)
    if rule.done is Done.LEFT_OUT:
        table = table.filter(pc.invert(broken))
    for column in rule.empties:
        place = table.schema.get_field_index(column)
        emptied = pc.if_else(broken, pa.scalar(None, table[column].type), table[column])
        table = table.set_column(place, table.schema.field(place), emptied)
    return table, (finding,)
