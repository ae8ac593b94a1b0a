"""A budget is never overspent, in whatever order and by however many it is asked."""

from __future__ import annotations

import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from salus.data.store.budgets import Budgets, Key
from salus.data.store.engine import open_store
from salus.domain.budget import Loss
from salus.trust.audit import AuditEvent, Outcome, chain
from salus.trust.permission import Kind, Permission, Principal, Resource

if TYPE_CHECKING:
    from salus.domain.audit import AuditEntry, AuditHead
    from salus.domain.budget import Budget

NOW = datetime(2026, 6, 27, tzinfo=UTC)
EVENT = AuditEvent(
    NOW,
    Principal("anna", "planner"),
    Permission.RELEASE_STATISTIC,
    Resource(Kind.STATISTIC, "hamlet/patient"),
    Outcome.CHARGED,
    {},
)
KEY = Key("hamlet", "planning")
STEPS = st.lists(
    st.tuples(st.sampled_from(["grant", "charge"]), st.integers(0, 40)), min_size=1, max_size=24
)


def _witness(_budget: Budget, head: AuditHead) -> AuditEntry:
    return chain(head, EVENT)


@settings(max_examples=40, deadline=None)
@given(STEPS, st.integers(1, 6))
def test_what_is_charged_never_exceeds_what_was_granted(
    steps: list[tuple[str, int]], callers: int
) -> None:
    """Grants and charges by several threads: the sums agree, and each refusal costs nothing."""
    with tempfile.TemporaryDirectory() as home, open_store(Path(home)) as store:
        budgets = Budgets(store)

        def take(step: tuple[str, int]) -> int:
            what, units = step
            if what == "grant":
                budgets.grant(KEY, Loss(units), _witness)
                return 0
            charge = budgets.charge(KEY, Loss(units), "question", ("anna", NOW), _witness)
            return 0 if charge is None else units

        with ThreadPoolExecutor(callers) as pool:
            charged = sum(pool.map(take, steps))
        granted = sum(units for what, units in steps if what == "grant")
        left = budgets.find(KEY)
        if left is None:
            assert (granted, charged) == (0, 0)
        else:
            assert left.granted.units == granted
            assert left.spent.units == charged <= granted
