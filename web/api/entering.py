"""Who may call what is of a city: a token of a role, or a person who is logged in.

For the length of the request the token's holder is `current_user`, with the one grant of the
token: the use cases of the pages ask the same questions of it.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, cast

from flask import Flask, Request, abort, current_app, g, request
from flask_login import LoginManager

from data.access import Role
from web.api.callers import is_foreign_page
from web.api.pace import refuse_hasty
from web.auth.access import Person, current_user
from web.context import now, wired
from web.security import is_secure_context

UNKNOWN = (
    "the token is unknown, revoked, expired or of another kind: "
    "dayround token add NAME --role ROLE --city CITY makes one"
)


def know_tokens(app: Flask) -> None:
    """Let the holder of a role's token be who asks, in the API and nowhere else."""
    manager: LoginManager = cast(Any, app).login_manager
    manager.request_loader(holder)


def holder(asked: Request) -> Person | None:
    """Return the program whose token came along; None on a page, or where nobody's did."""
    told = asked.authorization
    if asked.blueprint != "api" or told is None or told.type != "bearer":
        return None
    found = wired().tokens.of_role(told.token or "", now())
    return None if found is None else Person(f"token {found.name}", (found.grant,))


def enter(roles: tuple[Role, ...], city: str | None) -> None:
    """Let a caller in who has one of the roles, in the city if one is named.

    Sets `g.role` to the first of the roles that is held, and `g.city`.
    """
    if not is_secure_context(request):
        abort(HTTPStatus.FORBIDDEN, "over plain http others can read it: use the https address")
    if is_foreign_page():
        abort(HTTPStatus.FORBIDDEN, "pages of other sites may not call: call from a program")
    if "Authorization" in request.headers:
        refuse_strange_token()
    elif not current_user.is_authenticated:
        abort(HTTPStatus.UNAUTHORIZED, "say who calls: send Authorization: Bearer TOKEN")
    else:
        current_app.extensions["csrf"].protect()  # the page's own token, as our scripts send it
    refuse_hasty(current_user.name)
    held = [role for role in roles if current_user.can(role, city)]
    if not held:
        needed = ", ".join(roles)
        abort(HTTPStatus.FORBIDDEN, f"your role does not include this here: it needs {needed}")
    g.role = held[0]
    if city is not None:
        g.city = wired().store.city(city)


def refuse_strange_token() -> None:
    """End the request where the token sent is nobody's, or somebody is logged in beside it."""
    found = holder(request)
    if found is None:
        abort(HTTPStatus.UNAUTHORIZED, UNKNOWN)
    if current_user.name != found.name:
        abort(HTTPStatus.BAD_REQUEST, "send a token or a session's cookie, not both")


def seen_agencies() -> frozenset[str] | None:
    """Return the agencies whose work the caller's role shows; None is all of them."""
    return current_user.agencies(g.role, g.city.name)


def only_for_the_whole_city() -> None:
    """Refuse what touches every agency's work to a caller of one."""
    if seen_agencies() is not None:
        abort(HTTPStatus.FORBIDDEN, "this touches every agency's work, and you see one agency's")
