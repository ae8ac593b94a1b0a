"""The rows that a statistic is about: filtered, bounded for each person, and as whole numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.core.canonical import digest_file
from salus.core.errors import Fault, Faults, InputError, Where
from salus.core.messages import say
from salus.data.synthetic.city import read_city
from salus.domain.records.catalogue import TABLES
from salus.domain.sensitivity import Sensitivity
from salus.service.statistic.request import Statistic, StatisticRequest
from salus.trust.noise.contributions import first_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from salus.data.lake.lake import Lake
    from salus.data.store.loads import Loads
    from salus.domain.records.table import Field

PERSON = "patient_id"


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """What a statistic is computed from.

    Parameters
    ----------
    values : numpy.ndarray
        One whole number for each row: the value in steps, the number of its category, or 0: (n,).
    digest : str
        Of the data, before anything was left out.
    """

    values: NDArray[np.int64]
    digest: str


def refuse_question(request: StatisticRequest) -> None:
    """Raise unless the question can be asked of standard tables at all.

    Raises
    ------
    InputError
        With every fault: a table without people, a column that is not there, that names a person
        or is no number, categories or bounds that are missing, bounds that are not whole steps.
    """
    faults, where = Faults(), Where(request.table)
    tables = [table.name for table in TABLES.values() if PERSON in table.schema().names]
    if request.table not in tables:
        remedy = say("use one of: {names}", names=", ".join(tables))
        faults.add(say("there is no such table of people"), where, remedy, request.table)
    else:
        faults.extend(_wrong_columns(request))
    if any(not name for name, _ in request.where):
        what, remedy = say("a filter names no column"), say("name the column that is meant")
        faults.add(what, where, remedy)
    if request.statistic is not Statistic.COUNT and not request.column:
        faults.add(say("no column is named"), where, say("name the column that is meant"))
    if request.statistic is Statistic.HISTOGRAM and not request.categories:
        remedy = say("name the categories; they must not be read from the data")
        faults.add(say("no category is named"), where, remedy)
    if request.statistic is Statistic.SUM and request.low == request.high:
        remedy = say("name the lowest and the highest value that counts")
        faults.add(say("a sum needs bounds"), where, remedy)
    elif request.statistic is Statistic.SUM and not _in_steps(request):
        what = say(
            "a sum from {low:g} to {high:g} cannot be counted in steps of {step:g}",
            low=request.low,
            high=request.high,
            step=request.step,
        )
        remedy = say("choose bounds that are multiples of the step, at least one step apart")
        faults.add(what, where, remedy)
    faults.stop()


def _in_steps(request: StatisticRequest) -> bool:
    # Elsewise rounding would move the bounds, and with them what one person may add.
    steps = [bound / request.step for bound in (request.low, request.high)]
    whole = [round(each) for each in steps]
    near = all(
        math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9) for a, b in zip(steps, whole, strict=True)
    )
    return near and whole[0] < whole[1]


def refuse_data(home: Path, loads: Loads, data: str) -> None:
    """Raise unless there are records of a name.

    Parameters
    ----------
    home : Path
        The home folder, which holds the cities.
    loads : Loads
        Which records were loaded.
    data : str
        The name.

    Raises
    ------
    InputError
        If there are none; it names those that are there.
    """
    if data not in _cities(home) and loads.load(data) is None:
        raise _no_data(home, loads, data)


def read_rows(
    home: Path, loads: Loads, lake: Callable[[str], Lake], request: StatisticRequest
) -> Rows:
    """Read the rows of a question.

    Parameters
    ----------
    home : Path
        The home folder, which holds the cities.
    loads : Loads
        Which records were loaded.
    lake : callable
        Opens the lake of a load.
    request : StatisticRequest
        One that :func:`refuse_question` lets pass.

    Returns
    -------
    Rows

    Raises
    ------
    InputError
        If there are no such records, or they are damaged.
    """
    table, digest = _opened(home, loads, lake, request)
    for name, wanted in request.where:
        table = table.filter(pc.equal(_text(table[name]), wanted))
    if request.statistic is Statistic.SUM:
        table = table.filter(pc.is_finite(table[request.column]))
    whose = table[PERSON].combine_chunks().dictionary_encode().indices
    kept = first_rows(whose.to_numpy(zero_copy_only=False).astype(np.int64), request.rows)
    return Rows(_numbers(table, request)[kept], digest)


def _opened(
    home: Path, loads: Loads, lake: Callable[[str], Lake], request: StatisticRequest
) -> tuple[pa.Table, str]:
    columns = [PERSON, *request.columns]
    if request.data in _cities(home):
        city = read_city(home / "cities" / request.data)
        file = city.path / "tables" / f"{request.table}.parquet"
        return city.table(request.table).to_table(columns=columns), digest_file(file)
    loaded = loads.load(request.data)
    if loaded is None:
        raise _no_data(home, loads, request.data)
    return lake(request.data).read(request.table, columns), loaded.digest


def _cities(home: Path) -> list[str]:
    cities = home / "cities"
    return sorted(each.name for each in cities.iterdir()) if cities.is_dir() else []


def _no_data(home: Path, loads: Loads, data: str) -> InputError:
    remedy = say(
        "name records that were loaded, or a city of the home: {names}",
        names=", ".join(sorted({*_cities(home), *loads.names()})) or "-",
    )
    what = say("there are no such records here")
    return InputError(Fault(what, Where(str(home)), remedy, data))


def _wrong_columns(request: StatisticRequest) -> Iterator[Fault]:
    fields = {item.name: item for item in TABLES[request.table].fields}
    usable = [each.name for each in fields.values() if not _names_somebody(each)]
    for name in request.columns:
        where, other = Where(request.table, column=name), say("use another column")
        if name not in fields:
            remedy = say("use one of: {names}", names=", ".join(usable))
            yield Fault(say("there is no such column"), where, remedy)
        elif name not in usable:
            what = say("this column names a person, so nothing is counted by it")
            yield Fault(what, where, other)
        elif _is_summed(name, request) and not pa.types.is_floating(fields[name].type):
            yield Fault(say("this column holds no numbers"), where, other)


def _is_summed(name: str, request: StatisticRequest) -> bool:
    return name == request.column and request.statistic is Statistic.SUM


def _names_somebody(field: Field) -> bool:
    return field.sensitivity is Sensitivity.IDENTIFYING


def _numbers(table: pa.Table, request: StatisticRequest) -> NDArray[np.int64]:
    if request.statistic is Statistic.COUNT:
        return np.zeros(table.num_rows, dtype=np.int64)
    column = table[request.column]
    if request.statistic is Statistic.SUM:
        bounded = np.clip(column.to_numpy(), request.low, request.high)
        return np.rint(bounded / request.step).astype(np.int64)
    found = pc.index_in(_text(column), pa.array(request.categories, pa.string()))
    rest = len(request.categories)
    return pc.fill_null(found, rest).to_numpy().astype(np.int64)


def _text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.cast(column, pa.string())
