"""How long it takes before anything happens."""

from __future__ import annotations

from benches.registry import Benchmark, Budget, register

register(
    Benchmark(
        name="startup",
        sentence="Import the package, and show the help of the command.",
        sizes={
            "import salus": ("-c", "import salus"),
            "salus --help": (
                "-c",
                "import sys; sys.argv = ['salus', '--help']; import salus.cli.main as m; m.main()",
            ),
        },
        budgets={"import salus": Budget(0.3), "salus --help": Budget(0.5)},
    )
)
