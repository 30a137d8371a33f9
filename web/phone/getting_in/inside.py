"""Pages that are opened inside WeChat, WeCom or DingTalk: these keep nothing for later."""

from __future__ import annotations

from flask import request
from flask_babel import LazyString

from web.language import lazy_t

APPS = {
    "wxwork": lazy_t("WeCom"),  # first: it calls itself MicroMessenger, too
    "micromessenger": lazy_t("WeChat"),
    "dingtalk": lazy_t("DingTalk"),
}
"""What a browser inside an app tells of itself, and what people call the app."""


def inside_app() -> LazyString | None:
    """Return the app in which the page is opened, None where it is a browser of its own."""
    agent = request.headers.get("User-Agent", "").lower()
    return next((name for sign, name in APPS.items() if sign in agent), None)
