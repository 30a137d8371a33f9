"""Lists that were taken in, with what each changed, and how their columns were read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name_digest", sa.String(), nullable=False),
        sa.Column("content_digest", sa.String(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", UTC, nullable=False),
        sa.Column("taken_back_by", sa.String(), nullable=True),
        sa.Column("taken_back_at", UTC, nullable=True),
        sa.ForeignKeyConstraint(["city"], ["city.name"], name="fk_import_batch_city"),
        sa.PrimaryKeyConstraint("id", name="pk_import_batch"),
        sa.UniqueConstraint("city", "key", name="uq_import_batch_city_key"),
    )
    op.create_table(
        "import_row",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("of_table", sa.String(), nullable=False),
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column("whose", sa.String(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("removed", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("taken_back_at", UTC, nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name="fk_import_row_batch_id"),
        sa.PrimaryKeyConstraint("batch_id", "position", name="pk_import_row"),
    )
    op.create_index(
        "ix_import_row_city_of_table_row_key", "import_row", ["city", "of_table", "row_key"]
    )
    op.create_table(
        "import_columns",
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("headers_digest", sa.String(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("told_by", sa.String(), nullable=False),
        sa.Column("told_at", UTC, nullable=False),
        sa.ForeignKeyConstraint(["city"], ["city.name"], name="fk_import_columns_city"),
        sa.PrimaryKeyConstraint("city", "kind", "headers_digest", name="pk_import_columns"),
    )
