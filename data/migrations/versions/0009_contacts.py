"""The contact log, payments and balances; how strict a city is about contacts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

UTC = sa.DateTime(timezone=True)
MONEY = sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    for column in (
        sa.Column("is_gate_strict", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("balance_days", sa.Integer(), nullable=False, server_default=sa.text("2")),
    ):
        op.add_column("city", column)
    op.add_column("api_token", sa.Column("feeds", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "contact",
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("borrower_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("contacted", sa.String(), nullable=False),
        sa.Column("recording", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("appointment_start", UTC, nullable=True),
        sa.Column("appointment_end", UTC, nullable=True),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", UTC, nullable=False),
        sa.ForeignKeyConstraint(["city"], ["city.name"], name="fk_contact_city"),
        sa.ForeignKeyConstraint(
            ["city", "borrower_id"],
            ["borrower.city", "borrower.id"],
            name="fk_contact_city_borrower_id",
        ),
        sa.PrimaryKeyConstraint("city", "key", name="pk_contact"),
    )
    op.create_index("ix_contact_city_at", "contact", ["city", "at"])
    op.create_index("ix_contact_city_borrower_id", "contact", ["city", "borrower_id"])
    op.create_table(
        "payment",
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("amount", MONEY, nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("overdue", MONEY, nullable=True),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", UTC, nullable=False),
        sa.ForeignKeyConstraint(["city"], ["city.name"], name="fk_payment_city"),
        sa.ForeignKeyConstraint(
            ["city", "case_id"], ["loan_case.city", "loan_case.id"], name="fk_payment_city_case_id"
        ),
        sa.PrimaryKeyConstraint("city", "key", name="pk_payment"),
    )
    op.create_index("ix_payment_city_at", "payment", ["city", "at"])
    op.create_index("ix_payment_city_case_id", "payment", ["city", "case_id"])
    op.create_table(
        "balance",
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("overdue", MONEY, nullable=False),
        sa.Column("days_past_due", sa.Integer(), nullable=True),
        sa.Column("at", UTC, nullable=False),
        sa.Column("is_listed", sa.Boolean(), nullable=False),
        sa.Column("is_paid", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["city"], ["city.name"], name="fk_balance_city"),
        sa.ForeignKeyConstraint(
            ["city", "case_id"], ["loan_case.city", "loan_case.id"], name="fk_balance_city_case_id"
        ),
        sa.PrimaryKeyConstraint("city", "case_id", name="pk_balance"),
    )
