"""Who asks, and whether they may: `current_user`, `@needs(Role.…)`, `@public`, `by()`.

Every view carries one of the two decorators; `check_doors` refuses to start an app in which
one does not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from http import HTTPStatus
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

import flask_login
from flask import (
    Flask,
    abort,
    current_app,
    flash,
    g,
    jsonify,
    redirect,
    request,
    session,
    url_for,
)
from werkzeug.wrappers import Response

from data.access import AgenciesOn, Role, User
from data.store.field.links import DayLink
from scheduler.model import City
from scheduler.ports import By
from web.auth.by_link import grants_of, is_by_link, open_link, session_id, why_closed
from web.context import now, settings, wired
from web.language import t

View = TypeVar("View", bound=Callable[..., Any])
SEEN, TOUCH_S = "seen", 60
POLL = "X-Poll"
"""The header of a page that asks by itself, again and again: nobody need sit before it."""
DOOR = "door"


@dataclass(frozen=True)
class Person(User):
    """A user as the session knows them; without a name, somebody who has not logged in.

    `link` is what a collector came in by without a password: it shows its own day alone.
    """

    link: DayLink | None = None

    @property
    def is_authenticated(self) -> bool:
        return bool(self.name)

    @property
    def is_anonymous(self) -> bool:
        return not self.name

    @property
    def is_active(self) -> bool:
        return self.is_authenticated and not self.is_disabled

    def agencies(self, role: Role, city: str) -> AgenciesOn | None:
        """Return the agencies whose work the role shows, as of today; None is all of them."""
        names = super().agencies(role, city)
        if names is None:
            return None
        zone = ZoneInfo(wired().store.city(city).zone)
        return AgenciesOn(names, now().astimezone(zone).date())

    def get_id(self) -> str:
        if self.link is not None:
            return session_id(self.link)
        # The stamp ends all sessions when the password changes or the user is disabled.
        return f"{self.stamp}:{self.name}"


current_user = cast(Person, flask_login.current_user)


def person(user: User) -> Person:
    """Return a user as the session knows them."""
    return Person(**{field.name: getattr(user, field.name) for field in fields(user)})


def watch_doors(app: Flask) -> None:
    """Know who asks on each request, and forget those who have been away for long."""
    manager = flask_login.LoginManager(app)
    manager.session_protection = None  # phones change their address all day
    manager.anonymous_user = lambda: Person("")
    manager.user_loader(load_person)
    manager.unauthorized_handler(send_to_log_in)
    app.before_request(end_idle_session)
    app.jinja_env.globals.update(Role=Role, my_cities=my_cities)


def load_person(session_id: str) -> Person | None:
    """Return the person of a session, None where it has been ended meanwhile."""
    stamp, _, name = session_id.partition(":")
    if is_by_link(session_id):
        link = open_link(name)
        return None if link is None else person_of(link)
    user = wired().users.find(name)
    if user is None or user.is_disabled or user.stamp != stamp:
        return None
    return person(user)


def person_of(link: DayLink) -> Person:
    """Return the collector whom a link lets in; language and colours are her session's."""
    return Person(link.actor, grants_of(link), link=link)


def begin_session(user: User) -> None:
    """Log a user in, in a new session: nothing of the old one is carried over but its language."""
    begin(person(user))


def begin(who: Person) -> None:
    """Begin a new session of a person."""
    language = session.get("language")
    session.clear()
    if language and not who.language:
        session["language"] = language
    session.permanent = True
    session[SEEN] = now().timestamp()
    flask_login.login_user(who)


def end_idle_session() -> None:
    """Log out who has asked for nothing for long; note, once a minute, that somebody asks."""
    if SEEN not in session:
        return
    idle_s = now().timestamp() - session[SEEN]
    if idle_s > idle_limit_s():
        session.clear()
        flask_login.logout_user()
        flash(t("You were logged out because nothing was asked for a while."))
    elif idle_s > TOUCH_S and POLL not in request.headers:
        session[SEEN] = now().timestamp()


def idle_limit_s() -> float:
    """Return how long the session of who asks may rest: a collector's phone rests longer."""
    is_phone_only = current_user.roles == (Role.COLLECTOR,)
    limit = settings().phone_idle if is_phone_only else settings().desk_idle
    return limit.total_seconds()


def send_to_log_in() -> Response:
    """Lead to the log-in and back; a script is told in its own way.

    Whoever came in by a link that has ended has no password: that is told instead.
    """
    session_id = session.get("_user_id") or ""
    if is_by_link(session_id):
        abort(gone(session_id) if wants_json() else HTTPStatus.GONE)
    if wants_json():
        abort(401)
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("auth.log_in", next=back if back != "/" else None))


def gone(session_id: str) -> Response:
    """Say to a script why a link lets in no more: `{"why": "taken_back"}`, or what it is."""
    answer = jsonify(why=why_closed(session_id))
    answer.status_code = HTTPStatus.GONE
    return answer


def wants_json() -> bool:
    """Tell whether a script or program asks, not a person."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return request.is_json or best == "application/json" or request.path.startswith("/api/")


def needs(*roles: Role) -> Callable[[View], View]:
    """Let in who has one of the roles, in the view's `city` if it has one; `needs()` any user.

    Sets `g.city` to the `City` of the view's argument `city`, and `g.role` to the role that let
    the person in.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(**arguments: Any) -> Any:
            if not current_user.is_authenticated:
                return cast(Any, current_app).login_manager.unauthorized()
            city = arguments.get("city")
            held = [role for role in roles if current_user.can(role, city)]
            if roles and not held:
                abort(403)
            g.role = held[0] if held else None
            if city is not None:
                g.city = wired().store.city(city)
            return view(**arguments)

        setattr(guarded, DOOR, roles)
        return cast(View, guarded)

    return guard


def with_log_in(view: View) -> View:
    """Keep out who came in by a link: what lies beyond its one day is not opened by it."""

    @wraps(view)
    def guarded(**arguments: Any) -> Any:
        if current_user.link is not None:
            abort(403)
        return view(**arguments)

    return cast(View, guarded)


def public(view: View) -> View:
    """Let in everybody; for log-in and the like."""
    setattr(view, DOOR, None)
    return view


def check_doors(app: Flask) -> None:
    """Raise where a view says neither whom it needs nor that it is public."""
    open_views = [
        endpoint
        for endpoint, view in app.view_functions.items()
        if not hasattr(view, DOOR) and endpoint.split(".")[-1] != "static"
    ]
    if open_views:
        raise RuntimeError(f"give these views @needs(…) or @public: {', '.join(open_views)}")


def by() -> By:
    """Return who acts, and when, for a writing transaction."""
    return wired().ports.by(current_user.name)


def my_cities(role: Role | None = None) -> list[City]:
    """Return the cities where the person has a role, or that role; read once a request."""
    if "cities" not in g:
        g.cities = wired().store.cities()
    roles = current_user.roles if role is None else (role,)
    return [city for city in g.cities if any(current_user.can(one, city.name) for one in roles)]
