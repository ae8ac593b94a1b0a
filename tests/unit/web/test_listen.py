"""Where the service listens, and what it says when it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salus.core.errors import EnvironmentFaultError
from salus.core.settings import Settings
from salus.web.listen import is_encrypted, listen

if TYPE_CHECKING:
    from pathlib import Path


def test_a_free_port_is_found() -> None:
    """Port 0 asks for any."""
    with listen(Settings(port=0)) as listening:
        assert listening.getsockname()[1] > 0


def test_a_port_that_is_in_use_is_told() -> None:
    """The remedy names the option."""
    with listen(Settings(port=0)) as listening:
        port = listening.getsockname()[1]
        with pytest.raises(EnvironmentFaultError, match="--port"):
            listen(Settings(port=port))


def test_an_address_of_another_machine_is_told() -> None:
    """So is one that is none at all."""
    for host in ("203.0.113.7", "no such host"):
        with pytest.raises(EnvironmentFaultError, match="does not have this address"):
            listen(Settings(host=host, port=0))


def test_a_certificate_needs_its_key(tmp_path: Path) -> None:
    """One without the other, or a file that is not there, is refused before anything starts."""
    certificate = tmp_path / "certificate.pem"
    certificate.write_text("x")
    assert not is_encrypted(Settings())
    with pytest.raises(EnvironmentFaultError, match="tls_key"):
        is_encrypted(Settings(tls_certificate=str(certificate)))
    with pytest.raises(EnvironmentFaultError, match="tls_certificate"):
        is_encrypted(Settings(tls_certificate=str(tmp_path / "none"), tls_key=str(certificate)))
