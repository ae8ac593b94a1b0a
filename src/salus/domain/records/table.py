"""How a standard table is described."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from salus.core.errors import Faults, Where
from salus.core.messages import say
from salus.domain.sensitivity import Sensitivity


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a standard table.

    Parameters
    ----------
    name : str
        Column name.
    type : pyarrow.DataType
        Type of its values.
    sensitivity : Sensitivity
        What it could reveal.
    meaning : str
        One phrase, with the code system or unit where there is one.
    required : bool
        Whether every row must have a value.
    """

    name: str
    type: pa.DataType
    sensitivity: Sensitivity
    meaning: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class StandardTable:
    """A table that every source is brought into.

    Parameters
    ----------
    name : str
        Name of the table.
    version : int
        Grows whenever a field changes its name, type or meaning.
    key : tuple of str
        Columns that name a row.
    fields : tuple of Field
        The columns, in order.
    """

    name: str
    version: int
    key: tuple[str, ...]
    fields: tuple[Field, ...]

    def schema(self) -> pa.Schema:
        """Return the Arrow schema; table, version and each field's sensitivity are metadata."""
        columns = [
            pa.field(
                item.name,
                item.type,
                nullable=not item.required,
                metadata={"sensitivity": item.sensitivity.value, "meaning": item.meaning},
            )
            for item in self.fields
        ]
        return pa.schema(columns, {"table": self.name, "version": str(self.version)})

    def take(self, table: pa.Table) -> pa.Table:
        """Bring a table into this schema, or list everything that does not fit.

        Parameters
        ----------
        table : pyarrow.Table
            Any column order; columns that are not required may be missing.

        Returns
        -------
        pyarrow.Table
            With exactly this schema.

        Raises
        ------
        InputError
            If a column is unknown, has another type, or lacks a required value.
        """
        faults = Faults()
        known = {item.name for item in self.fields}
        for name in table.column_names:
            if name not in known:
                remedy = say("drop it, or map it to one of: {names}", names=", ".join(known))
                faults.add(say("unknown column"), Where(self.name, column=name), remedy)
        columns = [self._column(table, item, faults) for item in self.fields]
        faults.stop()
        return pa.Table.from_arrays(columns, schema=self.schema())

    def _column(self, table: pa.Table, item: Field, faults: Faults) -> pa.ChunkedArray:
        where = Where(self.name, column=item.name)
        empty = pa.chunked_array([pa.nulls(table.num_rows, item.type)])
        column = table[item.name] if item.name in table.column_names else empty
        if item.required and column.null_count:
            what = say("{count} rows have no value", count=column.null_count)
            faults.add(what, where, say("fill the column, or leave these rows out"))
        try:
            return column.cast(item.type)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
            what = say("the column holds {found}", found=str(column.type))
            faults.add(what, where, say("convert it to {wanted}", wanted=str(item.type)))
            return empty


def identifying(name: str, meaning: str, *, required: bool = False) -> Field:
    """Describe a text column that names the person."""
    return Field(name, pa.string(), Sensitivity.IDENTIFYING, meaning, required)


def quasi(name: str, type_: pa.DataType, meaning: str, *, required: bool = False) -> Field:
    """Describe a column that narrows the person down."""
    return Field(name, type_, Sensitivity.QUASI, meaning, required)


def sensitive(name: str, type_: pa.DataType, meaning: str, *, required: bool = False) -> Field:
    """Describe a column that harms if known."""
    return Field(name, type_, Sensitivity.SENSITIVE, meaning, required)


def plain(name: str, type_: pa.DataType, meaning: str, *, required: bool = False) -> Field:
    """Describe a column that says nothing about a person."""
    return Field(name, type_, Sensitivity.PLAIN, meaning, required)
