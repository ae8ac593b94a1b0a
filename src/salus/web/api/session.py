"""Signing in and out, for programs: a token that is sent with each request from then on."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from salus.service.sign_in import Credentials, SignedIn
from salus.service.sign_out import sign_out
from salus.web.behind import behind
from salus.web.entry import enter
from salus.web.reader import Acting, token_of

router = APIRouter(prefix="/session", tags=["session"])


class NameAndPassword(BaseModel, extra="forbid"):
    """What somebody shows at the door."""

    name: Annotated[str, Field(max_length=256, examples=["anna"])]
    password: Annotated[str, Field(max_length=1024, examples=["correct horse battery staple"])]


class Session(BaseModel):
    """Somebody who came in."""

    token: Annotated[str, Field(description="send it as: Authorization: Bearer <token>")]
    account: Annotated[str, Field(examples=["anna"])]
    role: Annotated[str, Field(examples=["planner"])]
    districts: Annotated[
        list[str] | None, Field(description="ids of the districts seen into; null is everywhere")
    ]
    expires_at: datetime

    @classmethod
    def of(cls, came: SignedIn) -> Self:
        """Show who came in."""
        account = came.account
        return cls(
            token=came.token,
            account=account.name,
            role=account.role,
            districts=None if account.districts is None else sorted(account.districts),
            expires_at=came.expires_at,
        )


@router.post("", status_code=201)
def post_session(request: Request, shown: NameAndPassword) -> Session:
    """Sign in with a name and a password."""
    return Session.of(enter(request, Credentials(shown.name, shown.password)))


@router.delete("", status_code=204)
@behind(sign_out)
def delete_session(request: Request, context: Acting) -> Response:
    """Sign out: the token is good for nothing from now on."""
    sign_out(context, token_of(request) or "")
    return Response(status_code=204)
