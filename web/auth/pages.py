"""The pages of the door: log in, first sign-in, change the password, log out."""

from __future__ import annotations

import flask_login
from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from data.passwords import GuessablePasswordError, LongPasswordError, ShortPasswordError
from data.store.failures import LoginDelayedError
from data.store.logins import LoginRefusedError
from scheduler.errors import DayroundError
from web.auth.access import begin_session, current_user, needs, public
from web.auth.back import safe_target
from web.context import now, wired
from web.language import t, tn
from web.phrases import said
from web.security import is_secure_context

auth = Blueprint(
    "auth", __name__, template_folder="templates", static_folder="static", static_url_path="/auth"
)
Answer = str | Response | tuple[str, int]


@auth.before_request
def refuse_open_network() -> tuple[str, int] | None:
    """Refuse to take a password where others can read it on its way."""
    if is_secure_context(request) or request.endpoint == "auth.static":
        return None
    return render_template("auth/insecure.html", host=request.host), 403


@auth.route("/log-in", methods=["GET", "POST"])
@public
def log_in() -> Answer:
    """Take a name and a password."""
    if request.method == "GET":
        if current_user.is_authenticated:
            return redirect(url_for("layout.home"))
        return render_template("auth/log_in.html")
    form = request.form
    try:
        user = wired().logins.log_in(form["name"], form["password"], address(), now())
    except DayroundError as error:
        return render_template("auth/log_in.html", error=in_words(error)), status(error)
    begin_session(user)
    return redirect(safe_target(request.args.get("next")))


@auth.route("/first-sign-in", methods=["GET", "POST"])
@public
def first_sign_in() -> Answer:
    """Take a one-time code, and the password that the user chooses."""
    if request.method == "GET":
        return render_template("auth/first_sign_in.html")
    form = request.form
    try:
        same_twice(form["new"], form["again"])
        user = wired().logins.first_sign_in(
            form["name"], form["code"], form["new"], address(), now()
        )
    except DayroundError as error:
        return render_template("auth/first_sign_in.html", error=in_words(error)), status(error)
    begin_session(user)
    return redirect(url_for("layout.home"))


@auth.route("/password", methods=["GET", "POST"])
@needs()
def password() -> Answer:
    """Replace the password; sessions elsewhere end. Who came in by a link has none here."""
    if current_user.link is not None:
        abort(403)
    if request.method == "GET":
        return render_template("auth/password.html")
    form, name = request.form, current_user.name
    try:
        same_twice(form["new"], form["again"])
        user = wired().logins.change_password(name, form["old"], form["new"], address(), now())
    except DayroundError as error:
        return render_template("auth/password.html", error=in_words(error)), status(error)
    begin_session(user)
    flash(t("Your password is changed. You are logged out everywhere else."))
    return redirect(url_for("layout.home"))


@auth.post("/log-out")
@public
def log_out() -> Response:
    """End the person's sessions, here and elsewhere: a cookie alone cannot be taken back.

    What a link has opened ends here alone, and its phone may open it again.
    """
    if current_user.is_authenticated and current_user.link is None:
        wired().logins.log_out(current_user.name, now())
    flask_login.logout_user()
    session.clear()
    return redirect(url_for("auth.log_in"))


class DifferentPasswordsError(DayroundError):
    """The new password was typed in two ways."""


def same_twice(new: str, again: str) -> None:
    """Refuse a new password that was mistyped once."""
    if new != again:
        raise DifferentPasswordsError("the new password was typed in two ways")


def address() -> str:
    """Return where the request comes from."""
    return request.remote_addr or ""


def status(error: DayroundError) -> int:
    """Return the HTTP status of a refusal."""
    return 429 if isinstance(error, LoginDelayedError) else 400


def in_words(error: DayroundError) -> str:
    """Say in the visitor's language what is wrong; nothing of a name that might exist."""
    if isinstance(error, LoginDelayedError):
        return tn(
            "Too many failed tries. Please wait %(num)d second and try again.",
            "Too many failed tries. Please wait %(num)d seconds and try again.",
            error.seconds,
        )
    words = {
        LoginRefusedError: t("These do not match. Please check each field and try again."),
        DifferentPasswordsError: t("The two new passwords differ. Please type them again."),
        ShortPasswordError: t("The new password is too short: take at least 10 characters."),
        LongPasswordError: t("The new password is too long: take at most 200 characters."),
        GuessablePasswordError: t(
            "The new password is too easy to guess: take several words, or a longer mix."
        ),
    }
    return words.get(type(error), said(str(error)))
