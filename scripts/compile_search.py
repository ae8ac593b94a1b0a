"""Compile the search of hospital plans, so that the first plan need not wait for it."""

from __future__ import annotations

from salus.allocate.hospital.checks import random_hospital
from salus.allocate.hospital.solve import solve
from salus.allocate.hospital.stop import Stop

if __name__ == "__main__":
    made = random_hospital(1)
    solve(made, Stop(iterations=1_000), warm=solve(made, Stop(iterations=1_000)))
