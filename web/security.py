"""Headers that tell the browser what our pages never do, so that it stops whoever tries."""

from __future__ import annotations

import mimetypes
from http import HTTPStatus

from flask import Flask, Request, Response, current_app, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin

from web.settings import is_local

CONTENT = {
    "default-src": "'self'",
    "img-src": "'self' data: blob:",
    "media-src": "'self' blob:",  # a voice note is heard before it is kept
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
PERMISSIONS = ("geolocation", "camera", "microphone", "payment")


def permissions(**to_whom: str) -> str:
    """Return the policy of what pages may ask the browser for: nothing, but as is said."""
    return ", ".join(f"{name}={to_whom.get(name, '()')}" for name in PERMISSIONS)


HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {where}" for name, where in CONTENT.items()),
    "Referrer-Policy": "same-origin",  # not less: the guard of forms compares it over TLS
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": permissions(),
}
OF_PARTS = ("X-Content-Type-Options",)
"""What a style or script of a page is sent with; a phone asks for so many that headers weigh.

The others speak of documents and workers, and a part obeys the policy of the page it is in. As it
holds nobody's data, and is the same for all, who embeds it elsewhere learns nothing from it.
"""
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
PARTS = "phone.kept"
"""Where styles and scripts of the page that phones keep are found; its worker is elsewhere."""
A_YEAR_S = 365 * 24 * 3600


def protect(app: Flask) -> None:
    """Set the headers on every answer, and send cookies over TLS alone where there is TLS."""
    for ending, kind in TYPES.items():
        # Windows' registry may call a script text, and after nosniff no browser would run it.
        mimetypes.add_type(kind, ending)
    app.session_interface = SessionsByScheme()
    app.after_request(add_headers)


class SessionsByScheme(SecureCookieSessionInterface):
    """Signed cookies that are marked Secure whenever the page came by TLS."""

    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure or super().get_cookie_secure(app)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Leave the session out of what every cache may keep, as one content for all."""
        if not is_part(response):
            super().save_session(app, session, response)


def add_headers(response: Response) -> Response:
    """Add what is not set yet; pages are kept by no cache, files with a version for long."""
    if is_part(response):
        response.headers.update({name: HEADERS[name] for name in OF_PARTS})
        return response
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    # Not for this machine's own name: other programs serve there, too.
    is_tls = current_app.config["SESSION_COOKIE_SECURE"] and request.is_secure
    if is_tls and not is_local(request.environ.get("HTTP_HOST", "")):  # which may be anything
        response.headers.setdefault("Strict-Transport-Security", f"max-age={A_YEAR_S}")
    if not is_file(request) or response.status_code >= HTTPStatus.BAD_REQUEST:  # a page, then
        response.headers.setdefault("Cache-Control", "no-store")
    elif response.status_code == 200 and "v" in request.args:
        response.headers["Cache-Control"] = f"public, max-age={A_YEAR_S}, immutable"
    return response


def is_file(asked: Request) -> bool:
    """Tell whether a request is for a style, script or picture, which holds no data."""
    return (asked.endpoint or "").split(".")[-1] == "static"


def is_part(response: Response) -> bool:
    """Tell whether this is a style or script of the page that phones keep, and no error instead."""
    return request.endpoint == PARTS and response.status_code < HTTPStatus.BAD_REQUEST


def is_secure_context(asked: Request) -> bool:
    """Tell whether the browser will trust the page with passwords, location and storage."""
    return asked.is_secure or is_local(asked.host)
