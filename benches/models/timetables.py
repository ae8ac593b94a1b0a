"""Plans of hospitals on the public instances of IHTC-2024, against the best costs known."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benches.registry import Benchmark, register

if TYPE_CHECKING:
    from collections.abc import Mapping

EVEN = ",".join(f"i{each:02}" for each in range(2, 31, 2))
ODD = ",".join(f"i{each:02}" for each in range(1, 31, 2))
HARDEST = "i13,i14,i16,i18,i20,i23,i24,i25,i28,i29"
"""Where the published costs of the second of the competition are furthest from the best known."""


def said(output: str) -> Mapping[str, float]:
    """Read the figures that the protocol printed."""
    figures: dict[str, float] = json.loads(output)
    return figures


def asked(instances: str, *options: str) -> tuple[str, ...]:
    """Name a sweep as the protocol wants it."""
    return ("-m", "benches.protocols.timetables", "{data}/ihtc", instances, *options)


register(
    Benchmark(
        name="timetables",
        sentence="Plan the public instances of IHTC-2024 in 60 seconds on two cores; gaps are to "
        "the best costs known. How far odd and even ones served to tune the search is told in "
        "docs/explanation/hospital_search.md.",
        sizes={
            "even, 60 s": asked(EVEN, "--seconds", "60"),
            "even, 60 s, 2 seeds": asked(EVEN, "--seconds", "60", "--seeds", "2"),
            "odd, 60 s": asked(ODD, "--seconds", "60"),
            "all, 10 s": asked(f"{EVEN},{ODD}", "--seconds", "10"),
            "hardest, 60 s, 5 seeds": asked(HARDEST, "--seconds", "60", "--seeds", "5"),
        },
        needs=("ihtc/instances",),
        figures=said,
        once=True,
    )
)

for name, instances in (("timetables_long", EVEN), ("timetables_long_odd", ODD)):
    register(
        Benchmark(
            name=name,
            sentence="Plan half of the public instances of IHTC-2024 in 600 seconds on two cores, "
            "as in the competition; gaps are to the best costs known.",
            sizes={"600 s": asked(instances, "--seconds", "600")},
            needs=("ihtc/instances",),
            figures=said,
            once=True,
        )
    )

register(
    Benchmark(
        name="hospital_moves",
        sentence="Search for a plan of a public instance of IHTC-2024 on one core: moves a second, "
        "nanoseconds of each kind of move, and seconds from nothing to the first one.",
        sizes={
            each: ("-m", "benches.protocols.moves", f"{{data}}/ihtc/instances/public/{each}.json")
            for each in ("i01", "i20", "i27")
        },
        needs=("ihtc/instances",),
        figures=said,
        once=True,
    )
)

register(
    Benchmark(
        name="hospital_bounds",
        sentence="Bound the public instances of IHTC-2024 from below; gaps are those of the best "
        "costs known, beside the bounds that were published.",
        sizes={"all, 10 s": ("-m", "benches.protocols.bounds", "{data}/ihtc", "10")},
        needs=("ihtc/instances",),
        figures=said,
        once=True,
    )
)
