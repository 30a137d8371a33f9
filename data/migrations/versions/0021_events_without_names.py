"""Events hold no name, number or address any more: what they told of them is struck out.

The log stays append-only for whoever writes: its guard steps aside for this one change.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

MANY = 1000
STRUCK = "***"
PRIVATE = frozenset({"name", "phone", "address", "access_note", "point"})
OF_RECORDS = (
    *("case.added", "case.changed", "case.reopened"),
    *("collector.added", "collector.changed", "address.decided"),
)

event = sa.table(
    "event",
    sa.column("id", sa.Integer),
    sa.column("kind", sa.String),
    sa.column("before", sa.JSON(none_as_null=True)),
    sa.column("after", sa.JSON(none_as_null=True)),
)


def upgrade() -> None:
    let_change(is_allowed=True)
    strike_values()
    name_decisions()
    let_change(is_allowed=False)


def let_change(*, is_allowed: bool) -> None:
    """Let the rows of the log be changed, or never more."""
    if op.get_bind().dialect.name == "postgresql":
        verb = "DISABLE" if is_allowed else "ENABLE"
        op.execute(f"ALTER TABLE event {verb} TRIGGER event_no_change")
    elif is_allowed:
        op.execute("PRAGMA secure_delete = ON")  # nor may they lie on in free pages of the file
        op.execute("DROP TRIGGER event_no_update")
    else:
        op.execute(
            "CREATE TRIGGER event_no_update BEFORE UPDATE ON event "
            "BEGIN SELECT RAISE(ABORT, 'event is append-only'); END"
        )


def strike_values() -> None:
    """Strike out the private values of what told of records, some rows at a time."""
    last, connection = 0, op.get_bind()
    its_row = sa.update(event).where(event.c.id == sa.bindparam("its_id"))
    query = sa.select(event.c.id, event.c.before, event.c.after).order_by(event.c.id)
    query = query.where(event.c.kind.in_(OF_RECORDS)).limit(MANY)
    while rows := connection.execute(query.where(event.c.id > last)).all():
        last = rows[-1].id
        struck = [
            {"its_id": row.id, "before": stricken(row.before), "after": stricken(row.after)}
            for row in rows
        ]
        connection.execute(its_row, struck)


def stricken(told: dict[str, object] | None) -> dict[str, object] | None:
    if told is None:
        return None
    return {name: struck(name, value) for name, value in told.items()}


def struck(name: str, value: object) -> object:
    if name in PRIVATE:
        return STRUCK if value else value
    return stricken(value) if isinstance(value, dict) else value


def name_decisions() -> None:
    """Name decisions about addresses by their numbers, which the log named by the address."""
    for kind, moment in (("address.decided", "decided_at"), ("address.undone", "undone_at")):
        op.execute(
            "UPDATE event SET subject = COALESCE((SELECT CAST(MAX(one.id) AS VARCHAR) "
            "FROM address_override AS one WHERE one.city = event.city "
            f"AND one.address_key = event.subject AND one.{moment} = event.at), '') "
            f"WHERE kind = '{kind}'"
        )
