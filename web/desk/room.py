"""The desk's blueprint: addresses `/<city>/<day>/desk…`, and the day that they are about."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, request

from data.store.drafts import DraftHead, draft_head
from web.context import wired

desk = Blueprint(
    "desk",
    __name__,
    template_folder="templates",
    static_folder="static",
    static_url_path="/static/desk",
)


def head_here(city: str, on: date) -> DraftHead:
    """Return how the plan stands that the address is about: `version`, or the day's newest."""
    version = request.args.get("version", type=int)
    return draft_head(wired().store.engine, city, on, version)


def version_here(city: str, on: date) -> int:
    """Return which version the address is about."""
    return head_here(city, on).version
