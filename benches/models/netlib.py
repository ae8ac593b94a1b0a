"""The Netlib programmes, ours against HiGHS alone on the same files in the same run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benches.registry import Benchmark, register

if TYPE_CHECKING:
    from collections.abc import Mapping


def said(output: str) -> Mapping[str, float]:
    """Read the figures that the protocol printed."""
    figures: dict[str, float] = json.loads(output)
    return figures


register(
    Benchmark(
        name="netlib",
        sentence="Read and solve 46 Netlib programmes, and close the gap of each by its duals; "
        "ratios are geometric means of our CPU seconds to those of highspy on the same file.",
        sizes={"46 programmes": ("-m", "benches.protocols.netlib", "{data}/lp", "{out}")},
        needs=("lp/netlib",),
        figures=said,
        once=True,
    )
)
