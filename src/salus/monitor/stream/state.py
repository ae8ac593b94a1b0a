"""What the detector knows, and its one way to be written down."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from salus.core.canonical import canonical
from salus.monitor.stream.charts import Charts, start_anew
from salus.monitor.stream.params import StreamParams
from salus.monitor.stream.regions import Region

if TYPE_CHECKING:
    from numpy.typing import NDArray

FORMAT = 1


@dataclass(frozen=True, slots=True)
class SeriesName:
    """Which series, and what is known about it.

    Parameters
    ----------
    source, quantity : str
        The device and what it measures.
    unit : str
        UCUM unit.
    place_id, district_id : str or None
        Where the device stood when it first spoke.
    """

    source: str
    quantity: str
    unit: str
    place_id: str | None
    district_id: str | None


@dataclass(slots=True)
class StreamState:
    """Everything a detector knows of a stream.

    Parameters
    ----------
    params : StreamParams
        How it watches.
    names : list of SeriesName
        The series, in the order in which they first spoke.
    charts : Charts
        One for each series.
    regions : dict of str to Region
        The normal region of each source that measures several quantities.
    """

    params: StreamParams = field(default_factory=StreamParams)
    names: list[SeriesName] = field(default_factory=list)
    charts: Charts = field(default_factory=partial(Charts.of, 0, StreamParams()))
    regions: dict[str, Region] = field(default_factory=dict)

    @classmethod
    def of(cls, params: StreamParams) -> StreamState:
        """Begin without a series."""
        return cls(params, charts=Charts.of(0, params))

    def written(self) -> bytes:
        """Write the state down; equal knowledge gives equal bytes.

        Examples
        --------
        >>> read_state(StreamState.of(StreamParams()).written(), StreamParams()).names
        []
        """
        order = sorted(
            range(len(self.names)), key=lambda k: (self.names[k].source, self.names[k].quantity)
        )
        charts = self.charts.picked(np.array(order, dtype=np.int64))
        learning = np.flatnonzero(charts.seen < self.params.warm_up)
        arrays = dict(sorted((charts.arrays() | {"early": charts.early[learning]}).items()))
        regions = sorted(self.regions.items())
        head: dict[str, Any] = {
            "format": FORMAT,
            "warm_up": self.params.warm_up,
            "names": [_name(self.names[k]) for k in order],
            "arrays": {name: [str(a.dtype), *a.shape] for name, a in arrays.items()},
            "regions": [[key, list(r.quantities), len(r.rows)] for key, r in regions],
        }
        text = canonical(head)
        parts = [np.ascontiguousarray(each).tobytes() for each in arrays.values()]
        rows = [np.stack(region.rows).tobytes() for _, region in regions if region.rows]
        return b"".join([len(text).to_bytes(8, "little"), text, *parts, *rows])


def read_state(content: bytes, params: StreamParams) -> StreamState:
    """Read a state that :meth:`StreamState.written` wrote.

    Parameters
    ----------
    content : bytes
        Empty for a detector that has seen nothing.
    params : StreamParams
        How it watches on; with another warm-up or format than before, it begins anew, and so does
        a series with numbers by which it cannot be judged.

    Returns
    -------
    StreamState
    """
    if not content:
        return StreamState.of(params)
    size = int.from_bytes(content[:8], "little")
    head = json.loads(content[8 : 8 + size])
    if (head["format"], head["warm_up"]) != (FORMAT, params.warm_up):
        return StreamState.of(params)
    reader = _Reader(content, 8 + size)
    arrays = {name: reader.take(kind, shape) for name, (kind, *shape) in head["arrays"].items()}
    state = StreamState(params, [SeriesName(*name) for name in head["names"]])
    early = np.full((len(state.names), params.warm_up), np.nan)
    early[arrays["seen"] < params.warm_up] = arrays["early"]
    state.charts = Charts(**arrays | {"early": early})
    start_anew(state.charts, np.arange(len(state.names)), params)
    for source, quantities, count in head["regions"]:
        region = Region(tuple(quantities), list(reader.take("float64", [count, len(quantities)])))
        region.settle(source, params)
        state.regions[source] = region
    return state


class _Reader:
    def __init__(self, content: bytes, at: int) -> None:
        self._content, self._at = content, at

    def take(self, kind: str, shape: list[int]) -> NDArray[Any]:
        count = int(np.prod(shape))
        array = np.frombuffer(self._content, dtype=kind, count=count, offset=self._at)
        self._at += array.nbytes
        return array.reshape(shape).copy()


def _name(name: SeriesName) -> list[str | None]:
    return [name.source, name.quantity, name.unit, name.place_id, name.district_id]
