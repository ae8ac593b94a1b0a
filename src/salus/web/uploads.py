"""The files of a form, put where a use case can read them, and gone when it did not take them."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from salus.core.errors import Faults, Where
from salus.core.files import disk_faults
from salus.core.messages import say
from salus.data.region.columns import FILES
from salus.data.region.loaded import FOLDER
from salus.service.load_region import RegionFiles

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from starlette.requests import Request

MOST_FILES = 24
MOST_FIELDS = 8
INCOMING = ".incoming"
YES = frozenset({"true", "on", "1", "yes"})


@asynccontextmanager
async def region_files(request: Request, home: Path) -> AsyncIterator[RegionFiles]:
    """Receive the form of a region: ``name``, ``replace`` and any number of ``files``.

    Parameters
    ----------
    request : Request
        With a form in several parts.
    home : Path
        Folder of the store.

    Yields
    ------
    RegionFiles
        In a folder that is removed afterwards; a use case moves what it takes.

    Raises
    ------
    InputError
        If the name or all files are missing, or a file is none of a region or is sent twice.
    EnvironmentFaultError
        If the disk is full.
    """
    async with request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS) as form:
        name = str(form.get("name") or "").strip()
        sent = [each for each in form.getlist("files") if isinstance(each, UploadFile)]
        sent = [each for each in sent if each.filename]  # a browser sends an empty choice too
        _refuse(name, [str(each.filename) for each in sent])
        place = await run_in_threadpool(_stage, sent, home / FOLDER)
        try:
            yield RegionFiles(name, place, replace=str(form.get("replace", "")).lower() in YES)
        finally:
            await run_in_threadpool(shutil.rmtree, place, ignore_errors=True)


def forget_incoming(home: Path) -> None:
    """Remove what a service left of uploads when it was killed."""
    shutil.rmtree(home / FOLDER / INCOMING, ignore_errors=True)


def _refuse(name: str, files: Sequence[str]) -> None:
    faults = Faults()
    if not name:
        faults.add(say("the name is missing"), Where(say("region")), say("say what to call it"))
    if not files:
        what, remedy = say("no file was sent"), say("send some of {files}", files=FILES)
        faults.add(what, Where(say("region")), remedy)
    for file in dict.fromkeys(files):
        # The name decides where a file is written, so it must be one of ours, letter by letter.
        if file not in FILES:
            remedy = say("send some of {files}", files=FILES)
            faults.add(say("this is no file of a region"), Where(file), remedy)
        elif files.count(file) > 1:
            faults.add(say("this file was sent twice"), Where(file), say("send it once"))
    faults.stop()


def _stage(sent: Sequence[UploadFile], folder: Path) -> Path:
    incoming = folder / INCOMING
    with disk_faults(folder):
        incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
        place = Path(tempfile.mkdtemp(dir=incoming))
        try:
            for each in sent:
                with (place / str(each.filename)).open("wb") as target:
                    shutil.copyfileobj(each.file, target)
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise
    return place
