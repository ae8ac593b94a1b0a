"""All routes for programs, in the order of the documentation."""

from __future__ import annotations

from salus.web.api import advice, forecasts, health, jobs, plans, regions, session, signals

API = (
    session.router,
    regions.router,
    jobs.router,
    plans.router,
    forecasts.router,
    signals.router,
    advice.router,
    health.router,
)
