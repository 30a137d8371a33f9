"""Who may call the API: a token, a person who is logged in, or this machine's own programs.

A browser that was led astray by another site is refused in each case: by its Origin, by the token
of our own forms, and by the name that it asks for where neither is needed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from flask import abort, current_app, request

from data.access import Role
from web.auth.access import DOOR, View, current_user
from web.context import now, settings, wired
from web.security import is_secure_context
from web.settings import LOCAL_HOSTS, is_local

SAME_SITE = (None, "same-origin", "none")
"""What a browser says of the page that asks; a program says nothing."""


def for_callers(*roles: Role) -> Callable[[View], View]:
    """Let in programs, and persons who have one of the roles anywhere."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(**arguments: Any) -> Any:
            refuse_strangers(roles)
            return view(**arguments)

        setattr(guarded, DOOR, roles)
        return cast(View, guarded)

    return guard


def refuse_strangers(roles: tuple[Role, ...]) -> None:
    """End the request of whoever may not call."""
    if not is_secure_context(request):
        abort(403, "over plain http others can read what is sent: use the https address")
    if is_foreign_page():
        abort(403, "pages of other sites may not call: call from a program")
    if "Authorization" in request.headers:
        refuse_unknown_token()
    elif current_user.is_authenticated:
        refuse_person(roles)
    elif not is_own_program():
        abort(401, "say who calls: send Authorization: Bearer TOKEN (dayround token add NAME)")


def is_foreign_page() -> bool:
    """Tell whether a page of another site asks, through somebody's browser."""
    is_foreign = request.origin not in (None, request.host_url.rstrip("/"))
    return is_foreign or request.headers.get("Sec-Fetch-Site") not in SAME_SITE


def refuse_unknown_token() -> None:
    told = request.authorization
    secret = told.token if told is not None and told.type == "bearer" else None
    if secret is None or wired().tokens.holder(secret, now()) is None:
        abort(401, "the token is unknown, revoked or has expired: dayround token list shows them")


def refuse_person(roles: tuple[Role, ...]) -> None:
    if not any(map(current_user.can, roles)):
        abort(403, f"your roles do not include this: it needs {', '.join(roles)}")
    current_app.extensions["csrf"].protect()  # the page's own token, as our scripts send it


def is_own_program() -> bool:
    """Tell whether a program of this machine calls a server that is for nobody else.

    The name that was asked for counts: a site may let its own name lead to this machine, so that
    a browser takes us for that site (DNS rebinding).
    """
    is_near = is_local(request.host) and request.remote_addr in LOCAL_HOSTS
    return settings().is_for_this_machine and is_near
