"""The regions that are loaded."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Self

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from salus.data.region.loaded import LoadedRegion
from salus.service.list_regions import list_regions
from salus.service.load_region import load_region
from salus.service.see_region import see_region
from salus.web.behind import behind
from salus.web.reader import Acting
from salus.web.uploads import region_files

router = APIRouter(prefix="/regions", tags=["regions"])

FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["name", "files"],
                    "properties": {
                        "name": {"type": "string", "examples": ["florida"]},
                        "replace": {"type": "boolean", "default": False},
                        "files": {
                            "type": "array",
                            "items": {"type": "string", "format": "binary"},
                            "description": "facilities.csv, districts.csv, and any of the others",
                        },
                    },
                }
            }
        },
    }
}


class File(BaseModel):
    """One file of a region."""

    file: Annotated[str, Field(examples=["facilities.csv"])]
    rows: int
    as_of: Annotated[date | None, Field(description="latest date inside; null where it has none")]


class Region(BaseModel):
    """A region that is loaded."""

    name: Annotated[str, Field(examples=["florida"])]
    loaded_at: datetime
    loaded_by: Annotated[str, Field(examples=["anna"])]
    districts: Annotated[int, Field(examples=[67])]
    facilities: Annotated[int, Field(examples=[350])]
    repairs: Annotated[int, Field(description="cells and rows that were mended or left out")]
    files: list[File]

    @classmethod
    def of(cls, region: LoadedRegion) -> Self:
        """Show a region."""
        return cls(
            name=region.name,
            loaded_at=region.loaded_at,
            loaded_by=region.loaded_by,
            districts=region.districts,
            facilities=region.facilities,
            repairs=region.repairs,
            files=[File(file=f.file, rows=f.rows, as_of=f.as_of) for f in region.files],
        )


class Regions(BaseModel):
    """All regions that are loaded."""

    regions: list[Region]


@router.get("")
@behind(list_regions)
def get_regions(context: Acting) -> Regions:
    """List the regions that are loaded, by name."""
    return Regions(regions=[Region.of(each) for each in list_regions(context, "all")])


@router.get("/{name}")
@behind(see_region)
def get_region(name: str, context: Acting) -> Region:
    """See what a loaded region holds."""
    return Region.of(see_region(context, name))


@router.post("", status_code=201, openapi_extra=FORM)
@behind(load_region)
async def post_region(request: Request, context: Acting) -> Region:
    """Load the files of a region; with any fault nothing is kept, and every fault is told."""
    async with region_files(request, context.settings.home) as files:
        return Region.of(await run_in_threadpool(load_region, context, files))
