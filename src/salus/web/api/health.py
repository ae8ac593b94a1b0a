"""Whether the service answers."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """The service answers."""

    status: Literal["ok"] = "ok"


@router.get("/healthz")
def health() -> Health:
    """Tell that the service answers; says nothing else, as anybody may ask."""
    return Health()
