"""Signatures under profiles, house rules set aside, agencies and what they are entrusted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column(
        "agency", sa.Column("is_listed", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("agency", sa.Column("evaluated_on", sa.Date(), nullable=True))
    op.add_column("agency", sa.Column("quota", sa.Integer(), nullable=True))
    op.add_column("loan_case", sa.Column("entrusted_on", sa.Date(), nullable=True))
    op.add_column("loan_case", sa.Column("returns_on", sa.Date(), nullable=True))
    op.create_table(
        "profile_signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("profile", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("signed_by", sa.String(), nullable=False),
        sa.Column("signed_at", UTC, nullable=False),
        sa.ForeignKeyConstraint(["city"], ["city.name"], name="fk_profile_signature_city"),
        sa.PrimaryKeyConstraint("id", name="pk_profile_signature"),
        sa.UniqueConstraint(
            "city", "profile", "digest", name="uq_profile_signature_city_profile_digest"
        ),
    )
    op.create_table(
        "rule_override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("borrower_id", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", UTC, nullable=False),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", UTC, nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["city", "borrower_id"],
            ["borrower.city", "borrower.id"],
            name="fk_rule_override_city_borrower_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_rule_override"),
    )
    op.create_index("ix_rule_override_city_on", "rule_override", ["city", "on"])
    is_open = sa.text("state IN ('asked', 'allowed')")
    op.create_index(
        "uq_rule_override_open",
        "rule_override",
        ["city", "borrower_id", "rule", "on"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    op.create_index("ix_event_kind_at", "event", ["kind", "at"])
