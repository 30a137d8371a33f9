"""The desk's blueprint: addresses `/<city>/<day>/desk…`, and the day that they are about."""

from __future__ import annotations

from flask import Blueprint

desk = Blueprint(
    "desk",
    __name__,
    template_folder="templates",
    static_folder="static",
    static_url_path="/static/desk",
)
