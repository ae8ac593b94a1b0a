"""All routes for programs, in the order of the documentation."""

from __future__ import annotations

from salus.web.api import (
    advice,
    alerts,
    forecasts,
    health,
    jobs,
    plans,
    readings,
    regions,
    session,
    signals,
)

API = (
    session.router,
    regions.router,
    jobs.router,
    plans.router,
    forecasts.router,
    signals.router,
    advice.router,
    alerts.router,
    readings.router,
    health.router,
)
