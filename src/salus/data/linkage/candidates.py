"""Which pairs are looked at: those that share one of several keys, and what a person has alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.data.linkage.comparisons import COMPARISONS, OWN

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

KEYS = (
    "l.birth = r.birth AND l.given[1] = r.given[1]",
    "l.birth = r.birth AND l.family[1] = r.family[1]",
    "l.birth = r.birth AND l.district = r.district",
    "l.birth = r.birth AND l.family = r.given AND l.given = r.family",
    "l.identifier = r.identifier",
    "l.phone = r.phone",
    "l.address = r.address AND l.given[1] = r.given[1]",
    "l.family = r.family AND l.given = r.given AND left(l.birth, 4) = left(r.birth, 4)",
)
"""A typing error in one of the fields leaves the pair another key."""


def candidates(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """Compare all pairs that share a key and agree in what a household does not share.

    What a household shares (family name, address, telephone, district) never suffices: of given
    name, date of birth and identifier, more must agree or nearly agree than differ, and at least
    two unless the third is missing too. So twins, and a father and son of one name, are never
    joined by what they share.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        As :func:`salus.data.linkage.registrations.registered` opens it.

    Returns
    -------
    pyarrow.Table
        ``n_l`` and ``n_r``, rows of the register with ``n_l < n_r``; the level of each
        comparison under its field, -1 where a value is missing; ``tf_family`` and ``tf_given``,
        the shares of all who are called so. In the order of the rows.
    """
    own = ", ".join(f"{each.case()} AS {each.field}" for each in OWN)
    rest = [each for each in COMPARISONS if each not in OWN]
    shared = ", ".join(f"{each.case()} AS {each.field}" for each in rest)
    fields = ", ".join(each.field for each in COMPARISONS)
    connection.execute(f"CREATE TEMP TABLE pair AS {_pairs()}")
    connection.execute(
        f"CREATE TEMP TABLE likely AS SELECT * FROM "
        f"(SELECT n_l, n_r, {own} FROM ({_joined('pair')})) WHERE {_agrees()}"
    )
    return connection.sql(
        f"SELECT n_l, n_r, {fields}, tf_family_l AS tf_family, tf_given_l AS tf_given "
        f"FROM (SELECT *, {shared} FROM ({_joined('likely')})) ORDER BY n_l, n_r"
    ).to_arrow_table()


def _pairs() -> str:
    join = "SELECT l.n AS n_l, r.n AS n_r FROM registration l JOIN registration r ON l.n < r.n AND "
    return " UNION ".join(join + key for key in KEYS)  # noqa: S608  made of our own constants only


def _joined(pairs: str) -> str:
    columns = [each.field for each in COMPARISONS] + ["day", "tf_family", "tf_given"]
    both = ", ".join(f"l.{name} AS {name}_l, r.{name} AS {name}_r" for name in columns)
    return (
        f"SELECT p.*, {both} FROM {pairs} p "  # noqa: S608  made of our own constants only
        "JOIN registration l ON l.n = p.n_l JOIN registration r ON r.n = p.n_r"
    )


def _agrees() -> str:
    near = " + ".join(f"({each.field} BETWEEN 0 AND {len(each.levels) - 2})::INT" for each in OWN)
    other = " + ".join(f"({each.field} = {len(each.levels) - 1})::INT" for each in OWN)
    return f"{near} > {other} AND {near} >= 2"
