"""Tokens of programs that call the API: what is kept of each is a digest, and until when."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, insert, select

from data import database, tables
from data.store.accounts import writing
from data.store.rows import from_row
from data.store.users import NAME
from scheduler.errors import ConflictError, NotFoundError
from scheduler.ports import By

PREFIX = "dayround_"
"""By which scanners for leaked secrets, and people, know one."""

token = tables.api_token.c


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it is listed: whose it is, never what it is."""

    name: str
    made_by: str
    made_at: datetime
    expires: datetime


class Tokens:
    """The tokens of a book. Every change is an event."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def all(self) -> list[Token]:
        """Return all tokens by name, those that have expired too."""
        query = select(tables.api_token).order_by(token.name)
        with database.reading(self.engine) as connection:
            return [from_row(Token, row) for row in connection.execute(query).mappings()]

    def add(self, name: str, days: int, by: By) -> str:
        """Make a token for the program called `name`, and return it: it is told only now.

        Raises
        ------
        ConflictError
            Where there is one of that name, or the name has other than letters, digits and .@+-_
        """
        if not NAME.fullmatch(name):
            raise ConflictError(f"{name!r} is no name for a token: take letters, digits, . @ + - _")
        secret = PREFIX + secrets.token_urlsafe(32)
        expires = by.at + timedelta(days=days)
        row = {"name": name, "digest": digest(secret), "expires": expires}
        row |= {"made_by": by.actor, "made_at": by.at}
        with writing(self.engine, by) as tx:
            if tx.connection.scalar(select(token.name).where(token.name == name)):
                raise ConflictError(f"there is a token {name!r} already: revoke it first")
            tx.connection.execute(insert(tables.api_token).values(row))
            tx.note("token.added", name, after={"until": expires.isoformat()})
        return secret

    def revoke(self, name: str, by: By) -> None:
        """End a token at once; NotFoundError where there is none of that name."""
        with writing(self.engine, by) as tx:
            gone = delete(tables.api_token).where(token.name == name).returning(token.name)
            if tx.connection.scalar(gone) is None:
                raise NotFoundError(f"there is no token {name!r}: dayround token list shows them")
            tx.note("token.revoked", name)

    def holder(self, secret: str, at: datetime) -> str | None:
        """Return whose token `secret` is, None where it is nobody's or has expired."""
        query = select(token.name).where(token.digest == digest(secret), token.expires > at)
        with database.reading(self.engine) as connection:
            found: str | None = connection.scalar(query)
            return found


def digest(secret: str) -> str:
    """Return what is kept of a token: 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
