"""How two registrations are compared: fields, levels of agreement, and what each level weighs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import log2
from typing import TYPE_CHECKING

from salus.core.messages import Message, say

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Level:
    """One level of agreement of a field.

    Parameters
    ----------
    sql : str
        When it holds, for the columns ``<field>_l`` and ``<field>_r``; asked after the levels
        above it have been refused. Empty for the last level, which holds otherwise.
    m : float
        Share of pairs of one person at this level, above 0.
    u : float
        Share of pairs of two persons at this level, above 0.
    """

    sql: str
    m: float
    u: float

    @property
    def weight(self) -> float:
        """Return what the level says for one person, in bits.

        Examples
        --------
        >>> Level("", m=0.5, u=0.125).weight
        2.0
        """
        return log2(self.m / self.u)


@dataclass(frozen=True, slots=True)
class Comparison:
    """How one field is compared.

    Parameters
    ----------
    field : str
        Name of the column.
    name : Message
        What people call it.
    levels : tuple of Level
        The same first, different last. A missing value says nothing, and has no level.
    rare : bool
        Whether a rare value that is the same says more than a common one.
    """

    field: str
    name: Message
    levels: tuple[Level, ...]
    rare: bool = False

    def learned(self, shares: Sequence[tuple[float, float]]) -> Comparison:
        """Return the comparison with other shares m and u, one pair for each level."""
        pairs = zip(self.levels, shares, strict=True)
        return replace(self, levels=tuple(Level(level.sql, m, u) for level, (m, u) in pairs))

    def case(self) -> str:
        """Return the SQL that gives the number of the level, -1 where a value is missing."""
        left, right = f"{self.field}_l", f"{self.field}_r"
        whens = " ".join(
            f"WHEN {level.sql} THEN {place}" for place, level in enumerate(self.levels[:-1])
        )
        missing = f"WHEN {left} IS NULL OR {right} IS NULL THEN -1"
        return f"CASE {missing} {whens} ELSE {len(self.levels) - 1} END"


SHORTEST = 3
"""Letters of the longer one; below, another letter makes another name: Jo and Bo, 小明 and 小红."""


def _same(field: str) -> str:
    return f"{field}_l = {field}_r"


def _slip(field: str) -> str:
    """Hold for one slip of the finger; the cheap tests before it spare most of the distances."""
    left, right = f"{field}_l", f"{field}_r"
    half = f"(length({left}) - 1) // 2"
    return (
        f"greatest(length({left}), length({right})) >= {SHORTEST} "
        f"AND abs(length({left}) - length({right})) <= 1 AND ("
        f"left({left}, {half}) = left({right}, {half}) OR "
        f"right({left}, {half}) = right({right}, {half})) "
        f"AND damerau_levenshtein({left}, {right}) <= 1"
    )


def _alike(field: str) -> str:
    left, right = f"{field}_l", f"{field}_r"
    return f"{left}[1] = {right}[1] AND jaro_winkler_similarity({left}, {right}) >= 0.88"


SWAPPED = "family_l = given_r AND given_l = family_r"
CROSSED = "(family_l = given_r OR given_l = family_r)"
"""One of the names in the place of the other, when the second was typed wrong as well."""
TURNED = (
    "left(birth_l, 4) = left(birth_r, 4) AND birth_l[5:6] = birth_r[7:8] "
    "AND birth_l[7:8] = birth_r[5:6]"
)
NEAR = "abs(day_l - day_r) <= 10"
"""Days between two dates of birth that a slip may make."""

COMPARISONS = (
    Comparison(
        "given",
        say("given name"),
        (
            Level(_same("given"), 0.72, 0.015),
            Level(SWAPPED, 0.005, 1e-5),
            Level(_slip("given"), 0.25, 0.005),
            Level(_alike("given"), 0.015, 0.003),
            Level("", 0.01, 0.977),
        ),
        rare=True,
    ),
    Comparison(
        "birth",
        say("date of birth"),
        (
            Level(_same("birth"), 0.84, 4e-5),
            Level(TURNED, 0.03, 1.5e-5),
            Level(_slip("birth"), 0.09, 1e-3),
            Level(NEAR, 0.03, 5e-4),
            Level("", 0.01, 0.99844),
        ),
    ),
    Comparison(
        "identifier",
        say("identifier"),
        (
            Level(_same("identifier"), 0.55, 1e-6),
            Level(_slip("identifier"), 0.4, 1e-5),
            Level("", 0.05, 0.999989),
        ),
    ),
    Comparison(
        "family",
        say("family name"),
        (
            Level(_same("family"), 0.7, 0.003),
            Level(CROSSED, 0.01, 1e-4),
            Level(_slip("family"), 0.25, 5e-4),
            Level(_alike("family"), 0.02, 0.003),
            Level("", 0.02, 0.9934),
        ),
        rare=True,
    ),
    Comparison("sex", say("sex"), (Level(_same("sex"), 0.99, 0.5), Level("", 0.01, 0.5))),
    Comparison(
        "phone",
        say("telephone number"),
        (
            Level(_same("phone"), 0.5, 1e-5),
            Level(_slip("phone"), 0.35, 1e-5),
            Level("", 0.15, 0.99998),
        ),
    ),
    Comparison(
        "address",
        say("address"),
        (
            Level(_same("address"), 0.65, 1e-4),
            Level(_slip("address"), 0.2, 2e-4),
            Level(_alike("address"), 0.05, 2e-3),
            Level("", 0.1, 0.9977),
        ),
    ),
    Comparison(
        "district",
        say("district"),
        (
            Level(_same("district"), 0.9, 0.06),
            Level(_slip("district"), 0.03, 0.3),
            Level("", 0.07, 0.64),
        ),
    ),
)
"""The comparisons, with weights for registers too small to learn from: rounded from what was
learned on synthetic cities and on the data sets of Febrl, with room for what these do not show."""

OWN = tuple(each for each in COMPARISONS if each.field in {"given", "birth", "identifier"})
"""What a person does not share with the household; the other fields a family has in common."""
