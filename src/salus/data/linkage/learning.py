"""Learn what each level of agreement weighs from the register itself, with Splink."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from splink import DuckDBAPI, Linker, SettingsCreator
from splink.internals.exceptions import SplinkException

from salus.core.rng import stream
from salus.data.linkage.comparisons import COMPARISONS, Comparison

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

    from salus.data.linkage.params import LinkParams

SESSIONS = ("l.birth = r.birth", "l.family = r.family AND l.given = r.given")
"""What the pairs of each session share; each learns the comparisons of the other fields."""
CONVERGED, ROUNDS = 1e-3, 4
"""Shares known to a thousandth are enough; the share of a level that nobody shows falls with the
square of each round, and would leave the range of doubles after a few more."""
LEAST_M, LEAST_U = 5e-3, 1e-6
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
        comparisons = _train(connection, registrations, params)
    connection.execute("SET threads = 2")
    return comparisons


def _train(
    connection: duckdb.DuckDBPyConnection, registrations: int, params: LinkParams
) -> tuple[Comparison, ...]:
    database = DuckDBAPI(connection=connection)
    table = database.register("registration")

    def linker(comparisons: tuple[Comparison, ...]) -> Linker:
        return Linker(table, _settings(comparisons, registrations, params), log_level=None)

    random, seed = linker(COMPARISONS), int(stream(params.seed, "linkage").integers(2**31))
    random.training.estimate_u_using_random_sampling(params.pairs, seed, None, num_chunks=1)
    comparisons = _taken(random, COMPARISONS)
    for key in SESSIONS:
        # A linker of its own: a session that fails leaves its linker without some comparisons.
        session = linker(comparisons)
        try:
            session.training.estimate_parameters_using_expectation_maximisation(
                key, estimate_without_term_frequencies=True, max_pairs=params.pairs
            )
        except (SplinkException, ValueError):
            # No pair shares the key, or a share left the range of doubles: nothing was learned.
            continue
        comparisons = _taken(session, comparisons)
    return comparisons


def _settings(
    comparisons: tuple[Comparison, ...], registrations: int, params: LinkParams
) -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="n",
        comparisons=[_description(each) for each in comparisons],
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


def _taken(linker: Linker, before: tuple[Comparison, ...]) -> tuple[Comparison, ...]:
    model = linker.misc.save_model_to_json()
    found = {each["output_column_name"]: each["comparison_levels"] for each in model["comparisons"]}
    return tuple(_believed(each, found[each.field][1:]) for each in before)


def _believed(before: Comparison, found: list[dict[str, Any]]) -> Comparison:
    """Take what was learned unless a difference would speak for one person, or sameness against."""
    after = before.learned(
        [
            (max(LEAST_M, _share(each, "m", level.m)), max(LEAST_U, _share(each, "u", level.u)))
            for each, level in zip(found, before.levels, strict=True)
        ]
    )
    sound = after.levels[-1].weight < 0 < after.levels[0].weight
    return after if sound else before


def _share(level: dict[str, Any], kind: str, otherwise: float) -> float:
    # Splink writes words where a level was not seen.
    value = level.get(f"{kind}_probability")
    return value if isinstance(value, float) else otherwise


@contextmanager
def _silent() -> Iterator[None]:
    """Keep off the screen what Splink would log of its progress."""
    logger = logging.getLogger("splink")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)
