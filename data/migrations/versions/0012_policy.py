"""The versions of a city's policy, and scores."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

UTC = sa.DateTime(timezone=True)
SHARE = sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    op.add_column("loan_case", sa.Column("risk", sa.String(), nullable=False, server_default=""))
    op.add_column(
        "plan", sa.Column("policy_version", sa.Integer(), nullable=False, server_default="0")
    )
    op.create_table(
        "policy_version",
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", UTC, nullable=False),
        sa.Column("approved_by", sa.String(), nullable=True),
        sa.Column("approved_at", UTC, nullable=True),
        sa.ForeignKeyConstraint(["city"], ["city.name"], name="fk_policy_version_city"),
        sa.PrimaryKeyConstraint("city", "number", name="pk_policy_version"),
    )
    op.create_table(
        "case_score",
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("chance", SHARE, nullable=False),
        sa.Column("imported_by", sa.String(), nullable=False),
        sa.Column("imported_at", UTC, nullable=False),
        sa.ForeignKeyConstraint(["city"], ["city.name"], name="fk_case_score_city"),
        sa.ForeignKeyConstraint(
            ["city", "case_id"],
            ["loan_case.city", "loan_case.id"],
            name="fk_case_score_city_case_id",
        ),
        sa.PrimaryKeyConstraint("city", "case_id", "source", "on", name="pk_case_score"),
    )
    op.create_index("ix_case_score_city_on", "case_score", ["city", "on"])
