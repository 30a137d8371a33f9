"""The room's blueprint: part of the desk, `/<city>/<day>/desk/slots/<case>`."""

from __future__ import annotations

from flask import Blueprint

slots = Blueprint(
    "slots",
    __name__,
    template_folder="templates",
    static_folder="static",
    static_url_path="/static/slots",
)
