"""How long it takes to make a city, and how much memory."""

from __future__ import annotations

from benches.registry import Benchmark, Budget, register

MAKE = (
    "from pathlib import Path; import sys; "
    "from salus.data.synthetic.city import make_city; "
    "from salus.data.synthetic.spec import CitySpec; "
    "make_city(CitySpec(people=int(sys.argv[1])), Path(sys.argv[2]) / 'city')"
)

register(
    Benchmark(
        name="synthetic",
        sentence="Make a synthetic city with two years of records.",
        sizes={
            f"{people:,} people": ("-c", MAKE, str(people), "{out}")
            for people in (2_000, 200_000, 2_000_000)
        },
        budgets={
            "200,000 people": Budget(20, 1.5e9),
            "2,000,000 people": Budget(300, 1.5e9),
        },
    )
)
