"""How fast FHIR becomes tables: ``python -m benches.protocols.fhir FOLDER ROUNDS``.

The same process then lets the peer, ``fhir.resources`` (R4B, not its default R5), parse and check
the same resources, which is what a reader built on it would do before it has a table.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from fhir.resources.R4B import get_fhir_model_class

from salus.data.fhir.files import ExportFile, export_files, items
from salus.data.fhir.reader import read_fhir

PEER = 4_000
"""Resources that the peer is given, at most; it is slow."""


def main(folder: Path, rounds: int) -> dict[str, float]:
    """Read the export some times over; the first round builds what is built once."""
    files, _ = export_files(folder)
    first, resources = _read(files)
    rounds_taken = [_read(files)[0] for _ in range(rounds)]
    peer_count, peer_seconds, refused = _peer(files)
    return {
        "resources": float(resources),
        "first_round_per_cpu_second": resources / first,
        "resources_per_cpu_second": resources / sorted(rounds_taken)[rounds // 2],
        "peer_per_cpu_second": peer_count / peer_seconds,
        "peer_refused": float(refused),
    }


def _read(files: tuple[ExportFile, ...]) -> tuple[float, int]:
    begin = time.process_time()
    found = read_fhir(files, "bench")
    return time.process_time() - begin, sum(found.read.values())


def _peer(files: tuple[ExportFile, ...]) -> tuple[int, float, int]:
    resources = [
        resource
        for file in files
        for _, resource, _ in items(file)
        if isinstance(resource, dict) and "resourceType" in resource
    ]
    some = resources[:: max(1, len(resources) // PEER)]
    for kind in {each["resourceType"] for each in some}:
        get_fhir_model_class(kind)
    begin, refused = time.process_time(), 0
    for each in some:
        try:
            get_fhir_model_class(each["resourceType"]).model_validate(each)
        except ValueError:
            refused += 1
    return len(some), time.process_time() - begin, refused


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
