"""Which pairs are looked at: those that share one of several keys, and what a person has alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.data.linkage.comparisons import COMPARISONS, OWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb
    import pyarrow as pa

    from salus.data.linkage.comparisons import Comparison

KEYS: tuple[tuple[str, ...], ...] = (
    ("birth", "given[1]"),
    ("birth", "family[1]"),
    ("birth", "district"),
    ("birth", "least(family, given)", "greatest(family, given)"),
    ("identifier",),
    ("phone",),
    ("address", "given[1]"),
    ("family", "given", "left(birth, 4)"),
    ("family", "given", "district"),
    ("family", "left(address, 6)"),
    ("district", "left(address, 6)"),
)
"""A typing error in one of the fields leaves the pair another key."""
MOST = 100
"""Registrations beyond which a key tells nobody apart: a default date, a telephone of the ward."""


def candidates(connection: duckdb.DuckDBPyConnection, *, households: bool) -> pa.Table:
    """Compare all pairs that share a key and, where households are, agree in what is one's own.

    What a household shares (family name, address, telephone, district) never suffices: of given
    name, date of birth and identifier, two must agree or nearly agree, and more than differ, or
    the identifier must be the same. So twins, and a father and son of one name, are not joined by
    what they share.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        As :func:`salus.data.linkage.registrations.registered` opens it.
    households : bool
        Whether people of one household may be in the register.

    Returns
    -------
    pyarrow.Table
        ``n_l`` and ``n_r``, rows of the register with ``n_l < n_r``; the level of each
        comparison under its field, -1 where a value is missing; ``tf_family`` and ``tf_given``,
        the shares of all who are called so. In the order of the rows.
    """
    own, fields = _levels(OWN), ", ".join(each.field for each in COMPARISONS)
    shared = _levels([each for each in COMPARISONS if each not in OWN])
    likely = _own() if households else "TRUE"
    connection.execute(f"CREATE TEMP TABLE pair AS {_pairs()}")
    connection.execute(
        f"CREATE TEMP TABLE likely AS SELECT * FROM "
        f"(SELECT n_l, n_r, {own} FROM ({_joined('pair')})) WHERE {likely}"
    )
    return connection.sql(
        f"SELECT n_l, n_r, {fields}, tf_family_l AS tf_family, tf_given_l AS tf_given "
        f"FROM (SELECT *, {shared} FROM ({_joined('likely')})) ORDER BY n_l, n_r"
    ).to_arrow_table()


def _levels(comparisons: Sequence[Comparison]) -> str:
    return ", ".join(f"{each.case()} AS {each.field}" for each in comparisons)


def _pairs() -> str:
    return " UNION ".join(map(_sharing, KEYS))


def _sharing(key: tuple[str, ...]) -> str:
    parts = ", ".join(f"{part} AS k{place}" for place, part in enumerate(key))
    names = [f"k{place}" for place in range(len(key))]
    known = " AND ".join(f"{name} IS NOT NULL" for name in names)
    few = (
        f"SELECT * FROM (SELECT n, {parts} FROM registration) WHERE {known} "
        f"QUALIFY count(*) OVER (PARTITION BY {', '.join(names)}) BETWEEN 2 AND {MOST}"
    )
    return (
        f"SELECT l.n AS n_l, r.n AS n_r FROM ({few}) l JOIN ({few}) r "
        f"USING ({', '.join(names)}) WHERE l.n < r.n"
    )


def _joined(pairs: str) -> str:
    columns = [each.field for each in COMPARISONS] + ["day", "tf_family", "tf_given"]
    both = ", ".join(f"l.{name} AS {name}_l, r.{name} AS {name}_r" for name in columns)
    return (
        f"SELECT p.*, {both} FROM {pairs} p "
        "JOIN registration l ON l.n = p.n_l JOIN registration r ON r.n = p.n_r"
    )


def _own() -> str:
    near = " + ".join(f"({each.field} BETWEEN 0 AND {len(each.levels) - 2})::INT" for each in OWN)
    other = " + ".join(f"({each.field} = {len(each.levels) - 1})::INT" for each in OWN)
    return f"{near} >= 2 AND {near} > {other} OR identifier = 0"
