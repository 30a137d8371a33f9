"""Tokens of programs: made with a role in a city, told once, revoked."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, flash, redirect, request, url_for

from data.access import Grant, Role
from data.store.tokens import PROGRAM_ROLES, Token
from scheduler.errors import ConflictError, NotFoundError
from web.auth.access import by, my_cities, needs
from web.context import now, wired
from web.language import t
from web.phrases import said
from web.settings_pages.reach import reach
from web.settings_pages.room import Answer, office, page, settings

DAYS = (30, 90, 365)
"""How long a token may hold, to choose from."""


@dataclass(frozen=True)
class Made:
    """A token that was just made: what it is stands on this one page."""

    name: str
    secret: str


@settings.get("/tokens")
@needs(Role.ADMINISTRATOR)
def tokens() -> str:
    """List the tokens that the person looks after."""
    return tokens_page()


@settings.post("/tokens")
@needs(Role.ADMINISTRATOR)
def add_token() -> Answer:
    """Make a token with a role, and show it once."""
    name, days = request.form.get("name", "").strip(), request.form.get("days", type=int)
    grant = asked_grant()
    if days not in DAYS or grant is None:
        abort(400)
    if not reach().covers_grant(grant):
        abort(403)
    try:
        secret = wired().tokens.add(name, days, by(), grant=grant)
    except (ConflictError, NotFoundError) as error:
        return tokens_page(problem=said(str(error))), 409
    return tokens_page(made=Made(name, secret))


@settings.post("/tokens/revoke")
@needs(Role.ADMINISTRATOR)
def revoke_token() -> Answer:
    """End a token at once."""
    name = request.form.get("name", "")
    if not any(one.name == name for one in mine()):
        abort(403)
    wired().tokens.revoke(name, by())
    flash(t("Revoked: whoever has the token of %(name)s can do nothing with it.", name=name))
    return redirect(url_for("settings.tokens"))


def asked_grant() -> Grant | None:
    """Return what the form asks for: "role" and a place such as "Town/North"."""
    role, place = request.form.get("role", ""), request.form.get("place", "")
    if role not in PROGRAM_ROLES or place not in places():
        return None
    return Grant(Role(role), places()[place].city, places()[place].agency)


def places() -> dict[str, Grant]:
    """Return where a token's role may hold: the cities and agencies that the person reaches."""
    agencies, mine = office().agencies(), reach()
    found = [
        Grant(Role.DISPATCHER, city.name, agency)
        for city in my_cities(Role.ADMINISTRATOR)
        for agency in ("", *agencies.get(city.name, ()))
    ]
    return {f"{one.city}/{one.agency}": one for one in found if mine.covers_grant(one)}


def mine() -> list[Token]:
    """Return the tokens that the person may end: those of her cities and agencies."""
    covers = reach().covers
    return [one for one in wired().tokens.all() if covers(one.feeds or one.city, one.agency)]


def tokens_page(made: Made | None = None, problem: str = "") -> str:
    told = {"tokens": mine(), "places": places(), "days": DAYS, "made": made, "problem": problem}
    return page("tokens", "tokens", roles=PROGRAM_ROLES, at=now(), **told)
