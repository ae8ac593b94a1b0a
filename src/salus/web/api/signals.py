"""Which indicator of quality left its usual range."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from salus.service.see_signals import see_signals
from salus.web.api.plans import Decision
from salus.web.behind import behind
from salus.web.reader import Acting

router = APIRouter(prefix="/signals", tags=["signals"])

Row = dict[str, Any]


class Signals(BaseModel):
    """What was found by watching; columns as the reference of output tables names them."""

    signals: Annotated[list[Row], Field(description="a departure of one indicator at one place")]
    indicators: Annotated[
        list[Row],
        Field(description="each indicator, how it varies and whether it will meet its target"),
    ]


@router.get("/{decision}")
@behind(see_signals)
def get_signals(decision: Decision, context: Acting) -> Signals:
    """See the signals of a day, and how each indicator stands."""
    found = see_signals(context, decision)
    return Signals(signals=found["signals"].to_pylist(), indicators=found["indicators"].to_pylist())
