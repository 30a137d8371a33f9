"""One-time links: a collector's way into one day without a password, on the phone that is first.

Of a link and of a phone digests are kept alone, so that nobody who reads the book comes in.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    RowMapping,
    Select,
    and_,
    insert,
    select,
    update,
)

from data import database, tables
from data.access import Role
from data.store.accounts import writing
from data.store.events import Transaction
from data.store.failures import count_try, forget_tries
from data.store.rows import from_row, to_row
from data.store.tokens import digest
from scheduler.ports import By

GRACE = timedelta(hours=2)
"""How long after the end of her shift a collector may still read her day: overtime, and records."""

BYTES = 24
"""192 random bits: nobody guesses one, and its QR code stays coarse enough for an old camera."""

link, device, shift = tables.day_link.c, tables.field_device.c, tables.shift.c


class LinkState(StrEnum):
    """How a link stands."""

    UNKNOWN = "unknown"  # there is none such
    FRESH = "fresh"  # nobody has pressed yet
    IN_USE = "in_use"
    OTHER_PHONE = "other_phone"  # in use on a phone that is not this one
    TAKEN_BACK = "taken_back"
    ENDED = "ended"  # with the shift


@dataclass(frozen=True, slots=True)
class DayLink:
    """A link for one collector and day. `ends_at` has the grace in it.

    `actor` is who her records are told to be by, `phone` the digest of what the phone holds that
    it was opened on, `others` how often another phone has tried since.
    """

    id: str
    city: str
    on: date
    collector_id: str
    actor: str
    made_by: str
    made_at: datetime
    ends_at: datetime
    spent_at: datetime | None = None
    phone: str | None = None
    others: int = 0
    others_at: datetime | None = None
    taken_back_at: datetime | None = None
    taken_back_by: str | None = None

    def state(self, at: datetime) -> LinkState:
        """Return how it stands for whoever may use it."""
        if self.taken_back_at is not None:
            return LinkState.TAKEN_BACK
        if at >= self.ends_at:
            return LinkState.ENDED
        return LinkState.FRESH if self.spent_at is None else LinkState.IN_USE

    def state_for(self, phone: str | None, at: datetime) -> LinkState:
        """Return how it stands for a phone that brings a secret of its own, or none."""
        state = self.state(at)
        if state is LinkState.IN_USE and (phone is None or digest(phone) != self.phone):
            return LinkState.OTHER_PHONE
        return state


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link and what stands in its address, which is told only now."""

    link: DayLink
    token: str


OPEN = (LinkState.FRESH, LinkState.IN_USE)


class Links:
    """The links of a book. Whatever is done with one is an event, in which its token never is."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def add(
        self, city: str, on: date, shift_ends: Mapping[str, datetime], by: By
    ) -> dict[str, NewLink]:
        """Make a link for each collector, whose shift ends then; her earlier ones are taken back.

        Sent twice, it leaves one link each that works: that of the later answer.
        """
        with writing(self.engine, by) as tx:
            _take_back(tx, city, on, shift_ends.keys())
            actors = _actors(tx.connection, city, shift_ends)
            return {
                who: _insert(tx, city, on, who, actors[who], ends_at)
                for who, ends_at in sorted(shift_ends.items())
            }

    def find(self, token: str) -> DayLink | None:
        """Return the link of a token, None where there is none such."""
        return self._one(link.digest == digest(token))

    def by_id(self, id: str) -> DayLink | None:
        """Return the link of an id."""
        return self._one(link.id == id)

    def of_day(self, city: str, on: date) -> dict[str, DayLink]:
        """Return the newest link of each collector of a day."""
        newest_last = (link.made_at, link.taken_back_at.is_(None), link.id)
        query = _links(and_(link.city == city, link.on == on)).order_by(*newest_last)
        with database.reading(self.engine) as connection:
            rows = connection.execute(query).mappings()
            return {row["collector_id"]: _link(row) for row in rows}

    def look(self, token: str, phone: str | None, address: str, at: datetime) -> LinkState:
        """Return how a link stands for a phone; it is not spent by that.

        Raises
        ------
        LoginDelayedError
            Where too many that there are not were tried from the address.
        """
        found = self.find(token)
        if found is not None:
            return found.state_for(phone, at)
        with writing(self.engine, By("link", at)) as tx:
            count_try(tx, _name(token), address)
        return LinkState.UNKNOWN

    def enter(
        self, token: str, phone: str, address: str, at: datetime
    ) -> tuple[LinkState, DayLink | None]:
        """Spend a link on the phone that brings `phone`, or let that phone in again.

        Return how the link stood, and the link where it lets in.

        Raises
        ------
        LoginDelayedError
            Where too many tries failed, of this link or from this address.
        """
        known = self.find(token)
        by = By(known.actor if known else "link", at)
        is_hers = known is not None and known.state_for(phone, at) is LinkState.IN_USE
        if not is_hers:
            with writing(self.engine, by) as tx:
                count_try(tx, _name(token), address)
        with writing(self.engine, by) as tx:
            found = _locked(tx.connection, token)
            state = LinkState.UNKNOWN if found is None else found.state_for(phone, at)
            if found is not None and state in OPEN:
                if not is_hers:
                    forget_tries(tx.connection, _name(token), address)
                return state, _opened(tx, found, state, digest(phone))
            if found is not None:
                _refused(tx, found, state)
        return state, None

    def take_back(
        self, city: str, on: date, by: By, collectors: Collection[str] | None = None
    ) -> int:
        """Take back the links of a day, all or those of some collectors; return how many.

        Their sessions end, and so does what their phones may read; these still bring records.
        """
        with writing(self.engine, by) as tx:
            return _take_back(tx, city, on, collectors)

    def _one(self, where: ColumnElement[bool]) -> DayLink | None:
        with database.reading(self.engine) as connection:
            row = connection.execute(_links(where)).mappings().one_or_none()
        return None if row is None else _link(row)


def _links(where: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    """Select links with the end of the shift as the book has it now."""
    its = and_(
        shift.city == link.city, shift.on == link.on, shift.collector_id == link.collector_id
    )
    query = select(tables.day_link, shift.window_end.label("shift_ends"))
    return query.join_from(tables.day_link, tables.shift, its, isouter=True).where(where)


def _link(row: RowMapping) -> DayLink:
    """Return a link as it holds: a shift that was made longer lets in longer."""
    found = from_row(DayLink, row)
    ends = [one for one in (found.ends_at, row["shift_ends"]) if one is not None]
    return replace(found, ends_at=max(ends) + GRACE)


def _locked(connection: Connection, token: str) -> DayLink | None:
    """Return a link for whoever changes it; others wait."""
    mine = link.digest == digest(token)
    connection.execute(select(link.id).where(mine).with_for_update())
    row = connection.execute(_links(mine)).mappings().one_or_none()
    return None if row is None else _link(row)


def _insert(
    tx: Transaction, city: str, on: date, who: str, actor: str, ends_at: datetime
) -> NewLink:
    made = DayLink(
        id=secrets.token_urlsafe(9),
        city=city,
        on=on,
        collector_id=who,
        actor=actor,
        made_by=tx.by.actor,
        made_at=tx.by.at,
        ends_at=ends_at,
    )
    token = secrets.token_urlsafe(BYTES)
    tx.connection.execute(insert(tables.day_link).values(to_row(made, digest=digest(token))))
    _note(tx, "link.made", made)
    return NewLink(replace(made, ends_at=ends_at + GRACE), token)


def _opened(tx: Transaction, found: DayLink, state: LinkState, phone: str) -> DayLink:
    """Bind a fresh link to its phone; tell of one that comes again."""
    is_first = state is LinkState.FRESH
    if is_first:
        values = {"spent_at": tx.by.at, "phone": phone}
        tx.connection.execute(update(tables.day_link).where(link.id == found.id).values(values))
    _note(tx, "link.opened", found, first=is_first)
    return replace(found, spent_at=found.spent_at or tx.by.at, phone=phone)


def _refused(tx: Transaction, found: DayLink, state: LinkState) -> None:
    """Keep that a press was refused; that of another phone stands on the desk."""
    if state is LinkState.OTHER_PHONE:
        values = {"others": link.others + 1, "others_at": tx.by.at}
        tx.connection.execute(update(tables.day_link).where(link.id == found.id).values(values))
    _note(tx, "link.refused", found, why=state.value)


def _take_back(tx: Transaction, city: str, on: date, collectors: Collection[str] | None) -> int:
    of_day = (link.city == city, link.on == on, link.taken_back_at.is_(None))
    query = select(tables.day_link).where(*of_day).order_by(link.id).with_for_update()
    if collectors is not None:
        query = query.where(link.collector_id.in_(sorted(collectors)))
    found = [from_row(DayLink, row) for row in tx.connection.execute(query).mappings()]
    ids = [one.id for one in found]
    values = {"taken_back_at": tx.by.at, "taken_back_by": tx.by.actor}
    tx.connection.execute(update(tables.day_link).where(link.id.in_(ids)).values(values))
    for one in found:
        _note(tx, "link.taken_back", one)
    its = update(tables.field_device).where(device.link.in_(ids), device.ended_at.is_(None))
    ended = its.values(ended_at=tx.by.at).returning(device.id, device.collector_id)
    for row in sorted(tx.connection.execute(ended)):
        tx.note("device.ended", row.collector_id, city=city, after={"device": row.id})
    return len(found)


def _note(tx: Transaction, kind: str, one: DayLink, **more: object) -> None:
    after = {"on": one.on.isoformat(), "link": one.id, **more}
    tx.note(kind, one.collector_id, city=one.city, after=after)


def _actors(connection: Connection, city: str, collectors: Iterable[str]) -> dict[str, str]:
    """Return under whose name records of each collector stand: her account's, if she has one."""
    accounts = accounts_of(connection, city)
    return {who: accounts.get(who, nobody(who)) for who in collectors}


def nobody(collector_id: str) -> str:
    """Return the name for a collector without an account; no account can be called so."""
    return f"collector {collector_id}"


def accounts_of(connection: Connection, city: str) -> dict[str, str]:
    """Return the name of the account of each collector of a city who may log in."""
    grant, account = tables.user_grant.c, tables.user_account.c
    hers = (grant.role == Role.COLLECTOR, grant.city == city, grant.collector_id.is_not(None))
    query = select(grant.collector_id, grant.user_name).join_from(
        tables.user_grant, tables.user_account, grant.user_name == account.name
    )
    query = query.where(*hers, account.is_disabled.is_(False)).order_by(grant.user_name.desc())
    return {row.collector_id: row.user_name for row in connection.execute(query)}


def _name(token: str) -> str:
    """Return what tries of one link are counted by, which opens nothing."""
    return f"link {digest(token)[:12]}"
