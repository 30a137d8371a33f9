"""The blueprint of the pages beside the desk: the day as it runs, versions compared, the log."""

from __future__ import annotations

from flask import Blueprint

compare = Blueprint(
    "compare",
    __name__,
    template_folder="templates",
    static_folder="static",
    static_url_path="/static/compare",
)
