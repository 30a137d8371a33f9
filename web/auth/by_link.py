"""Coming in by a link of one day: who that is, and on which phone."""

from __future__ import annotations

import secrets

from flask import Response, current_app, request

from data.access import Grant, Role
from data.store.field.links import DayLink, LinkState
from web.context import now, wired

SIGN = "link"
"""Begins the id of a session that was opened by a link; no stamp of a user is as short."""

LASTS_S = 30 * 24 * 3600
"""How long a phone knows itself again; what it may read ends with the link."""


def session_id(link: DayLink) -> str:
    """Return what a session keeps of whom it is."""
    return f"{SIGN}:{link.id}"


def is_by_link(id: str) -> bool:
    """Tell whether the id of a session is one of a link."""
    return id.startswith(f"{SIGN}:")


def open_link(id: str) -> DayLink | None:
    """Return the link of a session if it still lets this phone in."""
    found = wired().links.by_id(id)
    if found is None or found.state_for(phone_secret(), now()) is not LinkState.IN_USE:
        return None
    account = wired().users.find(found.actor)
    return None if account is not None and account.is_disabled else found


def why_closed(session_id: str) -> LinkState:
    """Return how the link of a session stands that lets in no more."""
    found = wired().links.by_id(session_id.partition(":")[2])
    state = LinkState.UNKNOWN if found is None else found.state_for(phone_secret(), now())
    is_disabled = state is LinkState.IN_USE  # else it would let in
    return LinkState.TAKEN_BACK if is_disabled else state


def grants_of(link: DayLink) -> tuple[Grant, ...]:
    """Return what a link grants: to be that collector, nothing else that she may be."""
    return (Grant(Role.COLLECTOR, link.city, collector_id=link.collector_id),)


def phone_secret() -> str | None:
    """Return what this phone holds since it first opened a link."""
    return request.cookies.get(_cookie()) or None


def new_phone_secret() -> str:
    """Return what a phone is to hold from now on."""
    return secrets.token_urlsafe(24)


def remember_phone(answer: Response, secret: str) -> None:
    """Let this browser hold a secret, which its scripts cannot read."""
    answer.set_cookie(
        _cookie(), secret, max_age=LASTS_S, path="/", httponly=True, samesite="Lax",
        secure=request.is_secure or bool(current_app.config["SESSION_COOKIE_SECURE"]),
    )  # fmt: skip


def _cookie() -> str:
    """Return the cookie's name, of this home alone as that of the session."""
    return f"{current_app.config['SESSION_COOKIE_NAME']}-phone"
