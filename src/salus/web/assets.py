"""Style, script and pictures: their address tells their content, so browsers keep them for ever."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from starlette.staticfiles import StaticFiles

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.responses import Response
    from starlette.types import Scope

FOREVER = "public, max-age=31536000, immutable"
DIGITS = 12


class Assets(StaticFiles):
    """The files of some folders, under an address that holds the digest of all of them.

    A file that changes changes the address of all, so that one may name another by a relative
    address, as style does with fonts and script with modules.

    Parameters
    ----------
    folders : tuple of Path
        The files, read when this is made; of two with one name the first is served.
    """

    def __init__(self, folders: tuple[Path, ...]) -> None:
        super().__init__(directory=folders[0])
        self.all_directories = list(folders)
        self.mount = f"/static/{_digest(folders)}"

    def url(self, name: str) -> str:
        """Return the address of a file.

        Parameters
        ----------
        name : str
            Path below the folder, such as ``"console.css"``.
        """
        return f"{self.mount}/{name}"

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer with the file, to be kept for ever."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = FOREVER
        return response


def _digest(folders: tuple[Path, ...]) -> str:
    sha256 = hashlib.sha256()
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            sha256.update(path.relative_to(folder).as_posix().encode())
            sha256.update(path.read_bytes())
    return sha256.hexdigest()[:DIGITS]
