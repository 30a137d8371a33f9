"""The page of a one-time link: looking at it spends nothing, a press opens the day.

Chats, mail filters and antivirus programs fetch whatever address they see: they press nothing.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo

from flask import make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from data.store.failures import LoginDelayedError
from data.store.field.links import LinkState
from web.auth.access import begin, current_user, person_of, public
from web.auth.by_link import new_phone_secret, phone_secret, remember_phone
from web.auth.pages import address, in_words
from web.context import now, wired
from web.phone.getting_in.inside import inside_app
from web.phone.room import Answer, phone
from web.security import is_secure_context

STATUS = {
    LinkState.FRESH: HTTPStatus.OK,
    LinkState.IN_USE: HTTPStatus.OK,
    LinkState.OTHER_PHONE: HTTPStatus.GONE,
    LinkState.TAKEN_BACK: HTTPStatus.GONE,
    LinkState.ENDED: HTTPStatus.GONE,
    LinkState.UNKNOWN: HTTPStatus.NOT_FOUND,
}
"""What a program is told that asks for a link."""


@phone.get("/my/in/<token>")
@public
def link(token: str) -> Answer:
    """Show what a press would do, and say why where it would do nothing."""
    if not is_secure_context(request):
        return render_template("auth/insecure.html", host=request.host), HTTPStatus.FORBIDDEN
    try:
        state = wired().links.look(token, phone_secret(), address(), now())
    except LoginDelayedError as error:
        return delayed(error)
    return page(token, state)


@phone.post("/my/in/<token>")
@public
def come_in(token: str) -> Answer:
    """Spend the link on this phone, or let this phone in again."""
    if not is_secure_context(request):
        return render_template("auth/insecure.html", host=request.host), HTTPStatus.FORBIDDEN
    secret = phone_secret() or new_phone_secret()
    try:
        state, opened = wired().links.enter(token, secret, address(), now())
    except LoginDelayedError as error:
        return delayed(error)
    if opened is None:
        return page(token, state, has_told=state is LinkState.OTHER_PHONE)
    begin(person_of(opened))
    answer = make_response(redirect(url_for("phone.day" if inside_app() else "phone.shell")))
    remember_phone(answer, secret)
    return answer


def page(token: str, state: LinkState, **more: Any) -> tuple[str, int]:
    """Return the page of a link as it stands; it names nobody."""
    found = wired().links.find(token)
    told: dict[str, Any] = {"app": inside_app(), "other": other_person(), **more}
    if found is not None:
        told |= {"link": found, "zone": ZoneInfo(wired().store.city(found.city).zone)}
    return render_template("phone/in.html", state=state, **told), STATUS[state]


def other_person() -> str:
    """Return who is logged in on this browser with a password, and would be no more."""
    return current_user.name if current_user.link is None else ""


def delayed(error: LoginDelayedError) -> Answer:
    """Say how long to wait after too many tries."""
    told = {"status": HTTPStatus.TOO_MANY_REQUESTS, "wait": in_words(error)}
    answer = Response(render_template("phone/in_delayed.html", **told), mimetype="text/html")
    answer.status_code = HTTPStatus.TOO_MANY_REQUESTS
    return answer
