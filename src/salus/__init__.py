"""Salus: who gets which bed, whether care is still good, what is best for this patient.

What newcomers need can be taken from here; it is loaded when it is first used.

Examples
--------
>>> import salus
>>> len(salus.read_region(salus.sample_region()).districts)
12
"""

from importlib import import_module

_HOMES = {
    "Auto": "salus.allocate.city.auto",
    "CityProblem": "salus.allocate.city.problem",
    "Exact": "salus.allocate.city.exact",
    "Flow": "salus.allocate.city.flow",
    "Greedy": "salus.allocate.city.greedy",
    "Nearest": "salus.allocate.city.nearest",
    "SystemClock": "salus.core.clock",
    "forecast": "salus.monitor.forecast",
    "individuals": "salus.monitor.charts.individuals",
    "read_region": "salus.data.region.reader",
    "sample_region": "salus.data.region.sample",
    "verify": "salus.allocate.city.verify",
}
__all__ = sorted(_HOMES)  # noqa: PLE0605  # the names are listed once, above


def __getattr__(name: str) -> object:
    """Load a public name when it is first used (PEP 562)."""
    if name not in _HOMES:
        message = f"module 'salus' has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
