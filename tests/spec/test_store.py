"""What every store keeps; a new kind of store is added to the list and must keep it too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salus.data.store.checks import check_store
from salus.data.store.engine import Store, open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STORES = [open_store]


@pytest.mark.parametrize("open_", STORES)
def test_a_store_keeps_its_promises(open_: Callable[[Path], Store]) -> None:
    """Audit, ledger and runs come back as they were written, and tampering is refused."""
    check_store(open_)
