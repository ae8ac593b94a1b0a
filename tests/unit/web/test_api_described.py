"""Requests made from the description of the API: each answer is one that it promises."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import checks

from tests.unit.web.conftest import ADDRESS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.unit.web.conftest import Browser

ELSEWHERE = {"GET /api/v1/alerts/stream", "POST /api/v1/regions"}
"""A stream without an end and a form with files: the functional tests use both."""
ROLES = ("planner", "clinician", "feed")
PROMISES = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
SENT = ("params", "json", "data", "files")


def test_every_answer_is_one_that_the_description_promises(browser: Browser) -> None:
    """Odd requests are answered too, in the shape that was promised, and never by a defect."""
    tokens = [None, *(browser.person(f"one-{role}", role) for role in ROLES)]
    asked = [_try(browser, operation, tokens) for operation in _operations(browser)]
    assert len(asked) > 20


def _operations(browser: Browser) -> Iterator[Any]:
    document = copy.deepcopy(browser.app.openapi())
    for path in document["paths"].values():
        for operation in path.values():
            operation.pop("security", None)  # we sign in ourselves
    schema = schemathesis.openapi.from_dict({**document, "servers": [{"url": ADDRESS}]})
    for found in schema.get_all_operations():
        chosen: Any = found.ok()  # type: ignore[union-attr]  # a wrong schema fails here
        if chosen.label not in ELSEWHERE:
            yield chosen


def _try(browser: Browser, operation: Any, tokens: list[str | None]) -> str:
    checks.load_all_checks()
    promises = [checks.CHECKS.get_one(name) for name in PROMISES]

    @settings(
        max_examples=8,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(), token=st.sampled_from(tokens))
    def ask(case: Any, token: str | None) -> None:
        sent = case.as_transport_kwargs(base_url=ADDRESS)
        more = {name: sent[name] for name in SENT if name in sent}
        answer = browser.ask(sent["method"], sent["url"], token, **more)
        case.validate_response(answer, checks=promises)

    ask()
    return str(operation.label)
