"""People: who may log in, in which roles."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from data.access import Grant, Role, User
from data.store.users import NAME
from scheduler.errors import ConflictError
from web.auth.access import by, current_user, my_cities, needs
from web.auth.roles import ROLE_NAMES
from web.context import wired
from web.language import t
from web.phrases import said
from web.settings_pages.offers import (
    collectors_by_city,
    names_of,
    offered_collectors,
    offered_places,
)
from web.settings_pages.reach import Reach, reach
from web.settings_pages.room import Answer, office, page, settings
from web.settings_pages.sheet import Card, sheet

ROLES_IN_A_PLACE = {role: ROLE_NAMES[role] for role in Role if role is not Role.COLLECTOR}
"""What can be granted by itself; a collector's role comes with who she is."""


class State(StrEnum):
    """How a log-in stands."""

    NEW = "new"
    ACTIVE = "active"
    DISABLED = "disabled"


def state_of(user: User) -> State:
    """Tell how a user's log-in stands."""
    if user.is_disabled:
        return State.DISABLED
    return State.ACTIVE if user.has_password else State.NEW


@dataclass(frozen=True)
class Listed:
    """A user as the list shows them: the grants that the administrator may see, and real names."""

    user: User
    grants: tuple[Grant, ...]
    names: tuple[str, ...]

    @property
    def state(self) -> State:
        return state_of(self.user)

    def fits(self, words: str, city: str, role: str, state: str) -> bool:
        """Tell whether a filter lets the user through; '' lets all through."""
        told = " ".join((self.user.name, *self.names)).casefold()
        return (
            words.strip().casefold() in told
            and state in ("", self.state)
            and (
                not (city or role)
                or any(
                    city in ("", grant.city) and role in ("", grant.role) for grant in self.grants
                )
            )
        )


@settings.get("/people")
@needs(Role.ADMINISTRATOR)
def people() -> str:
    """List who may log in."""
    mine = reach()
    known = [listed(user, mine) for user in wired().users.all() if mine.sees(user)]
    asked = {key: request.args.get(key, "") for key in ("words", "city", "role", "state")}
    shown = [one for one in known if one.fits(**asked)]
    cities = [city.name for city in my_cities(Role.ADMINISTRATOR)]
    return page(
        "people", "people", people=shown, count=len(known), asked=asked, cities=cities, zip=zip
    )


def listed(user: User, mine: Reach) -> Listed:
    """Return a user as the list shows them."""
    grants = tuple(filter(mine.covers_grant, user.grants))
    names = (
        collectors_by_city().get((grant.city, grant.collector_id))
        for grant in grants
        if grant.collector_id
    )
    return Listed(user, grants, tuple(dict.fromkeys(one.name for one in names if one)))


@settings.route("/new-person", methods=["GET", "POST"])
@needs(Role.ADMINISTRATOR)
def add_person() -> Answer:
    """Add somebody, and show the one-time code."""
    if request.method == "GET":
        return adding()
    name, grant = request.form["name"].strip(), told_grant()
    if wrong := fault_of_name(name):
        return adding(wrong), 400
    try:
        code = wired().users.add(name, [grant] if grant else [], by())
    except ConflictError as error:  # another took the name meanwhile
        return adding(said(str(error))), 409
    return sheet([Card(name, code)])


def adding(wrong: str = "") -> str:
    """Return the form for somebody new."""
    return page(
        "add_person", "people", wrong=wrong, roles=ROLES_IN_A_PLACE, places=offered_places(reach())
    )


def fault_of_name(name: str) -> str:
    """Say what keeps a name from being a user's, '' for nothing."""
    if not NAME.fullmatch(name):
        return t("Take letters, digits and . @ + - _, at most 64 of them and no spaces.")
    if wired().users.find(name):
        return t("Somebody has this name already: choose another.")
    return ""


@settings.get("/people/<name>")
@needs(Role.ADMINISTRATOR)
def person(name: str) -> str:
    """Show somebody's roles and state, and what can be done."""
    user, mine = known_user(name), reach()
    one = listed(user, mine)
    return page(
        "person",
        "people",
        one=one,
        is_me=is_me(user),
        is_owned=mine.owns(user),
        roles=ROLES_IN_A_PLACE,
        places=offered_places(mine),
        collectors=names_of(offered_collectors(mine)),
        events=office().events(mine.sight([user]), subject=user.name, group="user", limit=8),
    )


@settings.post("/people/<name>/grant")
@needs(Role.ADMINISTRATOR)
def grant_role(name: str) -> Response:
    """Give somebody one more role."""
    user, grant = known_user(name), told_grant()
    if grant is None:
        abort(400)
    wired().users.set_grants(user.name, [*user.grants, grant], by())
    flash(t("%(name)s has the role now.", name=user.name))
    return back_to(user)


@settings.post("/people/<name>/take-back")
@needs(Role.ADMINISTRATOR)
def take_back(name: str) -> Response:
    """Take one role back."""
    user = known_user(name)
    grant = held_grant(user)
    if is_me(user) and grant.role is Role.ADMINISTRATOR:
        raise ConflictError(t("You cannot take the administrator's role from yourself."))
    wired().users.set_grants(user.name, [one for one in user.grants if one != grant], by())
    flash(t("%(name)s no longer has the role.", name=user.name))
    return back_to(user)


@settings.post("/people/<name>/disable")
@needs(Role.ADMINISTRATOR)
def disable(name: str) -> Response:
    """Let somebody in no more."""
    user = owned_user(name)
    wired().users.disable(user.name, by())
    flash(t("%(name)s is disabled, and logged out everywhere.", name=user.name))
    return back_to(user)


@settings.post("/people/<name>/enable")
@needs(Role.ADMINISTRATOR)
def enable(name: str) -> Response:
    """Let somebody in again."""
    user = owned_user(name)
    wired().users.enable(user.name, by())
    flash(t("%(name)s may log in again.", name=user.name))
    return back_to(user)


@settings.post("/people/<name>/reset")
@needs(Role.ADMINISTRATOR)
def reset(name: str) -> str:
    """Take somebody's password away, and show a new one-time code."""
    user = owned_user(name)
    code = wired().users.reset(user.name, by())
    return sheet([Card(user.name, code, listed(user, reach()).names)])


def known_user(name: str) -> User:
    """Return a user whom the administrator sees."""
    user = wired().users.find(name)
    if user is None or not reach().sees(user):
        abort(404)
    return user


def owned_user(name: str) -> User:
    """Return a user whose log-in the administrator may change: not hers, and nobody's elsewhere."""
    user = known_user(name)
    if not reach().owns(user):
        abort(403)
    if is_me(user):
        raise ConflictError(t("You cannot do this to yourself: ask another administrator."))
    return user


def is_me(user: User) -> bool:
    """Tell whether a user is the one who asks."""
    return user.name == current_user.name


def told_grant() -> Grant | None:
    """Return what the form grants, None for nothing; only what was offered can be asked for."""
    form, mine = request.form, reach()
    if form.get("collector"):
        return offered_collectors(mine).get(form["collector"]) or abort(400)
    if not form.get("role"):
        return None
    place = offered_places(mine).get(form.get("place", ""))
    if place is None or form["role"] not in ROLES_IN_A_PLACE:
        abort(400)
    role = Role(form["role"])
    if not place.city and role is not Role.ADMINISTRATOR:
        raise ConflictError(t("Only administrators work everywhere: choose a city for the role."))
    return Grant(role, place.city, place.agency)


def held_grant(user: User) -> Grant:
    """Return the grant that the form means, if the administrator may take it back."""
    form = request.form
    if form["role"] not in set(Role):
        abort(400)
    asked = Grant(
        Role(form["role"]), form["city"], form["agency"], form.get("collector_id") or None
    )
    if not reach().covers_grant(asked):
        abort(403)
    if asked not in user.grants:
        raise ConflictError(t("The role was taken back already."))
    return asked


def back_to(user: User) -> Response:
    """Lead back to somebody's page."""
    return redirect(url_for("settings.person", name=user.name))
