"""The description of the API for programs: what every route may answer, and what it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import RouteContext, iter_route_contexts

from salus.web.api.routes import API
from salus.web.behind import permissions_of
from salus.web.errors import MEDIA_TYPE

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX = "/api/v1"
VERSION = "1"
TITLE = "Salus"
ABOUT = (
    "Who gets which bed, whether care is still good, and what is best for this patient. Every "
    "route but signing in needs `Authorization: Bearer <token>`, and every error is a problem "
    "document (RFC 9457) that says what is wrong, where, and what to do, in the language of "
    "`Accept-Language` or of the query `lang`: `en` or `zh`."
)

PROBLEM: dict[str, Any] = {
    "title": "Problem",
    "type": "object",
    "required": ["type", "title", "status", "detail", "faults"],
    "properties": {
        "type": {"type": "string", "examples": ["urn:salus:InputError"]},
        "title": {"type": "string", "examples": ["InputError"]},
        "status": {"type": "integer", "examples": [422]},
        "detail": {"type": "string", "description": "all faults, one a line, for people"},
        "faults": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["what", "where", "value", "remedy"],
                "properties": {
                    "what": {"type": "string", "examples": ["beds are negative"]},
                    "where": {"type": "string", "examples": ["facilities.csv, row 12"]},
                    "value": {"type": ["string", "number", "null"], "examples": [-4]},
                    "remedy": {"type": "string", "examples": ["write 0 or more"]},
                },
            },
        },
    },
}

ANSWERS = {
    "401": "Nobody is signed in, or the session is over.",
    "403": "The policies do not permit it.",
    "default": "Any other problem.",
}
OPEN = frozenset({"post_session", "health"})
"""Routes that anybody may use."""


def describe(app: FastAPI) -> dict[str, Any]:
    """Describe the routes of an application.

    Parameters
    ----------
    app : FastAPI
        With all its routes.

    Returns
    -------
    dict
        An OpenAPI 3.1 document; ``x-permissions`` names what the gate asks for.
    """
    if app.openapi_schema is None:
        document = get_openapi(
            title=TITLE, version=app.version, description=ABOUT, routes=app.routes
        )
        components = document["components"]
        components["schemas"] = {
            name: schema
            for name, schema in components["schemas"].items()
            if name not in {"HTTPValidationError", "ValidationError"}
        } | {"Problem": PROBLEM}
        components["securitySchemes"] = {
            "bearer": {"type": "http", "scheme": "bearer"},
            "session": {"type": "apiKey", "in": "cookie", "name": "salus-session"},
        }
        for route in routes_of(app):
            if route.path in document["paths"]:
                for method in route.methods or ():
                    _complete(document["paths"][route.path][method.lower()], route)
        app.openapi_schema = document
    return app.openapi_schema


def described() -> dict[str, Any]:
    """Describe the API without an application that is served, for the documentation."""
    app = FastAPI(title=TITLE, version=VERSION)
    for router in API:
        app.include_router(router, prefix=PREFIX)
    return describe(app)


def routes_of(app: FastAPI) -> Iterator[RouteContext]:
    """Walk all routes of an application, for programs and for people, each with its full path."""
    yield from iter_route_contexts(app.routes)


def _complete(operation: dict[str, Any], route: RouteContext) -> None:
    endpoint = route.endpoint
    operation["operationId"] = route.name
    answers = operation["responses"]
    answers.pop("422", None)  # the framework's own shape, which nobody gets here
    everybody = route.name in OPEN
    for status, meaning in ANSWERS.items():
        if not (everybody and status == "403"):
            answers[status] = _problem(meaning)
    if not everybody and endpoint is not None:
        operation["security"] = [{"bearer": []}, {"session": []}]
        operation["x-permissions"] = [each.value for each in permissions_of(endpoint)]


def _problem(meaning: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": meaning, "content": {MEDIA_TYPE: {"schema": schema}}}
