"""Tokens of programs that call the API: what is kept of each is a digest, and until when."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, insert, select

from data import database, tables
from data.access import Grant, Role
from data.store.accounts import writing
from data.store.grants import settled
from data.store.rows import from_row
from data.store.users import NAME
from scheduler.errors import ConflictError, NotFoundError
from scheduler.ports import By

PREFIX = "dayround_"
"""By which scanners for leaked secrets, and people, know one."""

token = tables.api_token.c


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it is listed: whose it is, never what it is.

    `feeds` is the city whose feeds it opens. With a `role` it sees and does in `city` what
    that role may, for `agency` alone or, where that is '', for all. With neither it solves
    problems, and opens no book.
    """

    name: str
    made_by: str
    made_at: datetime
    expires: datetime
    feeds: str = ""
    role: str = ""
    city: str = ""
    agency: str = ""

    @property
    def grant(self) -> Grant:
        """What its role lets it see and do."""
        return Grant(Role(self.role), self.city, self.agency)


PROGRAM_ROLES = (Role.DISPATCHER, Role.PLANNER, Role.COMPLIANCE)
"""Roles that a program may have. A collector is a person, and so is who grants roles."""


class Tokens:
    """The tokens of a book. Every change is an event."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def all(self) -> list[Token]:
        """Return all tokens by name, those that have expired too."""
        query = select(tables.api_token).order_by(token.name)
        with database.reading(self.engine) as connection:
            return [from_row(Token, row) for row in connection.execute(query).mappings()]

    def add(
        self, name: str, days: int, by: By, *, feeds: str = "", grant: Grant | None = None
    ) -> str:
        """Make a token for the program called `name`, and return it: it is told only now.

        It solves problems, opens the feeds of the city `feeds`, or has the role of `grant`.

        Raises
        ------
        ConflictError
            Where there is one of that name, the name has other than letters, digits and .@+-_, or
            the role is none for a program.
        NotFoundError
            Where there is no such city or agency.
        """
        if not NAME.fullmatch(name):
            raise ConflictError(f"{name!r} is no name for a token: take letters, digits, . @ + - _")
        secret = PREFIX + secrets.token_urlsafe(32)
        expires = by.at + timedelta(days=days)
        row = {"name": name, "digest": digest(secret), "expires": expires, "feeds": feeds}
        row |= {"made_by": by.actor, "made_at": by.at}
        told = {"feeds": feeds} | (granted(grant, feeds) if grant else {})
        row |= told
        with writing(self.engine, by) as tx:
            if grant is not None:
                settled(tx.connection, grant)
            if tx.connection.scalar(select(token.name).where(token.name == name)):
                raise ConflictError(f"there is a token {name!r} already: revoke it first")
            tx.connection.execute(insert(tables.api_token).values(row))
            after = {"until": expires.isoformat(), **{k: v for k, v in told.items() if v}}
            where, agency = feeds or told.get("city", ""), told.get("agency", "")
            tx.note("token.added", name, city=where, agency=agency, after=after)
        return secret

    def revoke(self, name: str, by: By) -> None:
        """End a token at once; NotFoundError where there is none of that name."""
        with writing(self.engine, by) as tx:
            gone = delete(tables.api_token).where(token.name == name).returning(tables.api_token)
            row = tx.connection.execute(gone).mappings().one_or_none()
            if row is None:
                raise NotFoundError(f"there is no token {name!r}: dayround token list shows them")
            tx.note("token.revoked", name, city=row["feeds"] or row["city"], agency=row["agency"])

    def holder(self, secret: str, at: datetime, *, feeds: str = "") -> str | None:
        """Return whose token `secret` is, None where it is nobody's or has expired.

        It must be one for the feeds of the city `feeds`, or one that solves problems.
        """
        is_it = (token.digest == digest(secret), token.feeds == feeds, token.role == "")
        query = select(token.name).where(*is_it, token.expires > at)
        with database.reading(self.engine) as connection:
            found: str | None = connection.scalar(query)
            return found

    def of_role(self, secret: str, at: datetime) -> Token | None:
        """Return the token `secret` if it has a role and has not expired."""
        is_it = (token.digest == digest(secret), token.role != "", token.expires > at)
        with database.reading(self.engine) as connection:
            row = connection.execute(select(tables.api_token).where(*is_it)).mappings()
            found = row.one_or_none()
            return None if found is None else from_row(Token, found)


def granted(grant: Grant, feeds: str) -> dict[str, str]:
    """Return a grant as a token's row has it; ConflictError where no program may have it."""
    if grant.role not in PROGRAM_ROLES:
        there = ", ".join(PROGRAM_ROLES)
        raise ConflictError(f"no program may be a {grant.role}; roles are: {there}")
    if feeds:
        raise ConflictError("a token has a role or opens feeds, not both: make two")
    return {"role": grant.role.value, "city": grant.city, "agency": grant.agency}


def digest(secret: str) -> str:
    """Return what is kept of a token: 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
