"""Events hold no position and nothing that people wrote any more: it is struck out of old ones.

Why a plan was taken back stood in its event alone, and moves to the plan.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

MANY = 1000
STRUCK = "***"
AXES = ("point_lat", "point_lon")
OF_PLACES = ("place.located", "place.unplaced", "address.decided", "address.undone")
GONE = {
    **dict.fromkeys(OF_PLACES, (*AXES, "matched")),
    **dict.fromkeys(("collector.added", "collector.changed"), ()),
    "outcome.recorded": ("note",),
    "plan.published": ("note",),
    "plan.withdrawn": ("reason",),
    "policy.put": ("note",),
}
"""By the kind of an event: what of it is told no more; a point is struck wherever it stands."""

event = sa.table(
    "event",
    sa.column("id", sa.Integer),
    sa.column("kind", sa.String),
    sa.column("subject", sa.String),
    sa.column("city", sa.String),
    sa.column("before", sa.JSON(none_as_null=True)),
    sa.column("after", sa.JSON(none_as_null=True)),
)
plan = sa.table(
    "plan",
    *(sa.column(name, sa.String) for name in ("city", "state", "reason")),
    sa.column("on", sa.Date),
    sa.column("version", sa.Integer),
)


def upgrade() -> None:
    op.add_column("plan", sa.Column("reason", sa.String(), nullable=False, server_default=""))
    keep_reasons()
    let_change(is_allowed=True)
    strike_values()
    let_change(is_allowed=False)


def keep_reasons() -> None:
    """Write to the plans why they were taken back."""
    connection = op.get_bind()
    told = sa.select(event.c.city, event.c.subject, event.c.after)
    why = {
        (row.city, row.subject): (row.after or {}).get("reason", "")
        for row in connection.execute(told.where(event.c.kind == "plan.withdrawn"))
    }
    gone = sa.select(plan.c.city, plan.c.on, plan.c.version).where(plan.c.state == "withdrawn")
    for row in connection.execute(gone).all():
        reason = why.get((row.city, f"{row.city} {row.on} v{row.version}"), "")
        its_row = (plan.c.city == row.city, plan.c.on == row.on, plan.c.version == row.version)
        connection.execute(sa.update(plan).where(*its_row).values(reason=reason))


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
    """Strike out what is told no more, some rows at a time."""
    last, connection = 0, op.get_bind()
    its_row = sa.update(event).where(event.c.id == sa.bindparam("its_id"))
    query = sa.select(event.c.id, event.c.kind, event.c.before, event.c.after).order_by(event.c.id)
    query = query.where(event.c.kind.in_(GONE)).limit(MANY)
    while rows := connection.execute(query.where(event.c.id > last)).all():
        last = rows[-1].id
        struck = [
            {
                "its_id": row.id,
                "before": stricken(row.before, GONE[row.kind]),
                "after": stricken(row.after, GONE[row.kind]),
            }
            for row in rows
        ]
        connection.execute(its_row, struck)


def stricken(told: dict[str, object] | None, gone: tuple[str, ...]) -> dict[str, object] | None:
    if told is None:
        return None
    return {
        name: STRUCK if is_position(value) else value
        for name, value in told.items()
        if name not in gone
    }


def is_position(value: object) -> bool:
    return isinstance(value, dict) and value.keys() == {"lat", "lon"}
