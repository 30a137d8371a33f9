"""The sheet of one-time codes: shown once, one card a person, to be cut up and handed out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request, url_for

from data.store.users import CODE_LASTS
from web.context import now
from web.context import settings as served
from web.settings_pages.room import page


@dataclass(frozen=True)
class Card:
    """What one person needs for the first sign-in; `names` are those of the person."""

    name: str
    code: str
    names: tuple[str, ...] = ()
    agency: str = ""

    @property
    def link(self) -> str:
        """The address with name and code filled in, where no server and no log sees them."""
        return f"{first_sign_in()}#{urlencode({'name': self.name, 'code': self.code})}"


@dataclass(frozen=True)
class NotMade:
    """Somebody who got no log-in, and why."""

    name: str
    why: str


def sheet(cards: Sequence[Card], not_made: Sequence[NotMade] = ()) -> str:
    """Return the page of the codes; there is no way back to it."""
    return page(
        "sheet",
        "people",
        cards=cards,
        not_made=not_made,
        address=first_sign_in(),
        until=now() + CODE_LASTS,
    )


def first_sign_in() -> str:
    """Return the address that people open for their first sign-in."""
    root = served().public_url or request.url_root
    return f"{root.rstrip('/')}{url_for('auth.first_sign_in')}"
