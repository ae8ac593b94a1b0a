"""What is not installed is said at once, with what installs all of it."""

from __future__ import annotations

import sys

import pytest

from salus.core.errors import EnvironmentFaultError
from salus.core.extras import NEEDED, refuse_lacking


def test_every_missing_extra_is_told_with_one_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody installs one part only to hear of the next."""
    for name in ("orjson", "opendp"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(EnvironmentFaultError) as caught:
        refuse_lacking("serve", "records", "privacy")
    assert [str(each.where) for each in caught.value.faults] == ["salus[records]", "salus[privacy]"]
    told = "run make doors in the checkout, or install the extras [records,privacy]"
    assert {str(each.remedy) for each in caught.value.faults} == {told}


def test_what_is_installed_is_not_refused() -> None:
    """With every extra there is nothing to say."""
    refuse_lacking(*NEEDED)
