"""Learn what each level of agreement weighs from the register itself, with Splink."""

from __future__ import annotations

import logging
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from splink import DuckDBAPI, Linker, SettingsCreator

from salus.data.linkage.comparisons import COMPARISONS, Comparison

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

    from salus.data.linkage.params import LinkParams

SESSIONS = ("l.birth = r.birth", "l.family = r.family AND l.given = r.given")
"""What the pairs of each session share; each learns the comparisons of the other fields."""
CONVERGED, ROUNDS = 1e-3, 10
"""Shares known to a thousandth are enough, and few rounds keep unseen levels above zero."""
LEAST_M, LEAST_U = 1e-3, 1e-6
"""Below these a share of a sample says that it was not seen, not that it cannot be."""


def learned(
    connection: duckdb.DuckDBPyConnection, registrations: int, params: LinkParams
) -> tuple[Comparison, ...]:
    """Learn the weights of all comparisons.

    The shares u among pairs of two persons come from random pairs, the shares m among pairs of
    one person from expectation maximisation over pairs that share a key, one session for each
    key. A comparison keeps the weights given where there are too few registrations, or where what
    was learned would let a difference speak for one person.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        As :func:`salus.data.linkage.registrations.registered` opens it.
    registrations : int
        How many it holds.
    params : LinkParams
        From how many to learn, from how many pairs, with which seed.

    Returns
    -------
    tuple of Comparison
        As in :data:`salus.data.linkage.comparisons.COMPARISONS`, with other weights.

    References
    ----------
    Fellegi, I. P., Sunter, A. B. (1969). A theory for record linkage. Journal of the American
    Statistical Association 64(328):1183-1210.

    Linacre, R. and others (2022). Splink: free software for probabilistic record linkage at
    scale. International Journal of Population Data Science 7(3).
    """
    if registrations < params.learn_from:
        return COMPARISONS
    # The sample and the sums are the same each time only where one thread takes them.
    connection.execute("SET threads = 1")
    with _silent():
        found = _train(connection, registrations, params)
    connection.execute("SET threads = 2")
    return tuple(_believed(each, found[each.field]) for each in COMPARISONS)


def _train(
    connection: duckdb.DuckDBPyConnection, registrations: int, params: LinkParams
) -> dict[str, list[dict[str, Any]]]:
    database = DuckDBAPI(connection=connection)
    linker = Linker(
        database.register("registration"), _settings(registrations, params), log_level=None
    )
    learn = linker.training
    learn.estimate_u_using_random_sampling(params.pairs, params.seed, None, num_chunks=1)
    for key in SESSIONS:
        # A level that no pair of one person shows sinks below what a double holds: Splink stops.
        with suppress(ValueError, ZeroDivisionError):
            learn.estimate_parameters_using_expectation_maximisation(
                key, estimate_without_term_frequencies=True, max_pairs=params.pairs
            )
    model = linker.misc.save_model_to_json()
    return {
        comparison["output_column_name"]: comparison["comparison_levels"][1:]
        for comparison in model["comparisons"]
    }


def _settings(registrations: int, params: LinkParams) -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="n",
        comparisons=[_description(each) for each in COMPARISONS],
        probability_two_random_records_match=chance(registrations, params),
        em_convergence=CONVERGED,
        max_iterations=ROUNDS,
        linker_uid="registrations",
    )


def chance(registrations: int, params: LinkParams) -> float:
    """Return the probability that two registrations taken at random are of one person.

    Examples
    --------
    >>> from salus.data.linkage.params import LinkParams
    >>> chance(1001, LinkParams(twice=0.05))
    0.0001
    """
    return min(0.5, 2 * params.twice / (registrations - 1))


def _description(comparison: Comparison) -> dict[str, Any]:
    field = comparison.field
    missing = {
        "sql_condition": f"{field}_l IS NULL OR {field}_r IS NULL",
        "label_for_charts": "missing",
        "is_null_level": True,
    }
    levels = [
        {
            "sql_condition": level.sql or "ELSE",
            "label_for_charts": str(place),
            "m_probability": level.m,
            "u_probability": level.u,
        }
        for place, level in enumerate(comparison.levels)
    ]
    return {"output_column_name": field, "comparison_levels": [missing, *levels]}


def _believed(given: Comparison, found: list[dict[str, Any]]) -> Comparison:
    """Take what was learned unless a difference would speak for one person, or sameness against."""
    shares = [
        (max(LEAST_M, _number(each, "m", level.m)), max(LEAST_U, _number(each, "u", level.u)))
        for each, level in zip(found, given.levels, strict=True)
    ]
    other = given.learned(shares)
    sound = other.levels[-1].weight < 0 < other.levels[0].weight
    return other if sound else given


def _number(level: dict[str, Any], kind: str, otherwise: float) -> float:
    value = level.get(f"{kind}_probability")
    return value if isinstance(value, float) else otherwise


@contextmanager
def _silent() -> Iterator[None]:
    """Keep what Splink would log off the screen: it may name values."""
    logger = logging.getLogger("splink")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)
