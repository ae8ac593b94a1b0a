"""Readings of devices, over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Self

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from salus.data.readings.parcel import Batch, Parcel
from salus.domain.reading import Reading as Measured
from salus.service.live.taken import Taken
from salus.service.see_readings import ReadingQuery, see_readings
from salus.service.take_readings import take_readings
from salus.web.behind import behind
from salus.web.reader import Acting

router = APIRouter(prefix="/readings", tags=["readings"])

EXAMPLE = {
    "source": "monitor-12",
    "sequence": 1041,
    "quantity": "8867-4",
    "measured_at": "2026-06-27T10:15:00Z",
    "value": 71,
    "unit": "/min",
    "place_id": "h1",
    "district_id": "d1",
}


class Reading(BaseModel):
    """One value that a device measured."""

    source: Annotated[str, Field(examples=["monitor-12"])]
    sequence: int
    quantity: Annotated[str, Field(description="LOINC code", examples=["8867-4"])]
    measured_at: datetime
    value: float
    unit: Annotated[str, Field(description="UCUM unit", examples=["/min"])]
    place_id: str | None = None
    district_id: str | None = None

    @classmethod
    def of(cls, reading: Measured) -> Self:
        """Show a reading."""
        return cls(
            source=reading.source,
            sequence=reading.sequence,
            quantity=reading.quantity,
            measured_at=reading.measured_at,
            value=reading.value,
            unit=reading.unit,
            place_id=reading.place_id,
            district_id=reading.district_id,
        )


class Readings(BaseModel):
    """The newest readings, the last stored one first."""

    readings: list[Reading]


class Receipt(BaseModel):
    """What became of readings that were sent: all of them are stored, each once."""

    readings: Annotated[int, Field(description="how many were sent")]
    stored: Annotated[int, Field(description="how many were new")]
    duplicates: Annotated[int, Field(description="how many were known by source and sequence")]

    @classmethod
    def of(cls, taken: Taken) -> Self:
        """Show what became of a batch."""
        return cls(readings=taken.readings, stored=taken.stored, duplicates=taken.duplicates)


# The payload is read by the one reader that the broker's messages go through as well, so that a
# device is told the same of the same fault; the model is only for those who read the API.
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "anyOf": [
                        {"$ref": "#/components/schemas/Reading"},
                        {"type": "array", "items": {"$ref": "#/components/schemas/Reading"}},
                    ]
                },
                "example": EXAMPLE,
            }
        },
    }
}


@router.post("", status_code=201, openapi_extra=BODY)
@behind(take_readings)
async def post_readings(request: Request, context: Acting) -> Receipt:
    """Send one reading or a list of them; with any fault none of them is stored."""
    batch = Batch((Parcel(await request.body()),))
    taken = await run_in_threadpool(take_readings, context, batch)
    taken.stop()
    return Receipt.of(taken)


@router.get("")
@behind(see_readings)
def get_readings(
    context: Acting,
    source: Annotated[str | None, Query(max_length=100)] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> Readings:
    """List the newest readings of the own districts, the last stored one first."""
    found = see_readings(context, ReadingQuery(source, limit))
    return Readings(readings=[Reading.of(each) for each in found])
