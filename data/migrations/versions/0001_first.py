"""The first tables: the book, its people, plans and outcomes, grants and events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

UTC = sa.DateTime(timezone=True)
MONEY = sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    create_book()
    create_people()
    create_plans()
    create_records()
    make_append_only("event")


def create_book() -> None:
    """The city, its agencies, and whom they visit where."""
    op.create_table(
        "city",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("profile", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("owner_policy", sa.String(), nullable=False),
        sa.Column("owner_change_price", MONEY, nullable=False),
        sa.Column("service", sa.Integer(), nullable=False),
        sa.Column("travel_price_per_hour", MONEY, nullable=False),
        sa.Column("overtime_price_per_hour", MONEY, nullable=False),
        sa.Column("max_days_as_pair", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_city"),
    )
    op.create_table(
        "agency",
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["city"], ["city.name"], name="fk_agency_city"),
        sa.PrimaryKeyConstraint("city", "name", name="pk_agency"),
    )
    op.create_table(
        "borrower",
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("stops", sa.Text(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["city"], ["city.name"], name="fk_borrower_city"),
        sa.PrimaryKeyConstraint("city", "id", name="pk_borrower"),
    )
    op.create_table(
        "loan_case",
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("borrower_id", sa.String(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("principal", MONEY, nullable=False),
        sa.Column("overdue", MONEY, nullable=False),
        sa.Column("days_past_due", sa.Integer(), nullable=False),
        sa.Column("stops", sa.Text(), nullable=False),
        sa.Column("is_assigned", sa.Boolean(), nullable=False),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("promise_due", sa.Date(), nullable=True),
        sa.Column("appointment_start", UTC, nullable=True),
        sa.Column("appointment_end", UTC, nullable=True),
        sa.Column("skills", sa.Text(), nullable=False),
        sa.Column("crew_size", sa.Integer(), nullable=False),
        sa.Column("visited_at", UTC, nullable=True),
        sa.Column("closed_at", UTC, nullable=True),
        sa.ForeignKeyConstraint(
            ["city", "agency"], ["agency.city", "agency.name"], name="fk_loan_case_city_agency"
        ),
        sa.ForeignKeyConstraint(
            ["city", "borrower_id"],
            ["borrower.city", "borrower.id"],
            name="fk_loan_case_city_borrower_id",
        ),
        sa.ForeignKeyConstraint(["city"], ["city.name"], name="fk_loan_case_city"),
        sa.PrimaryKeyConstraint("city", "id", name="pk_loan_case"),
    )
    op.create_index("ix_loan_case_city_borrower_id", "loan_case", ["city", "borrower_id"])
    op.create_table(
        "place",
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("borrower_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("lawful_basis", sa.String(), nullable=False),
        sa.Column("point_lat", sa.Float(), nullable=True),
        sa.Column("point_lon", sa.Float(), nullable=True),
        sa.Column("precision", sa.String(), nullable=False),
        sa.Column("radius_m", sa.Float(), nullable=False),
        sa.Column("windows", sa.Text(), nullable=False),
        sa.Column("is_valid", sa.Boolean(), nullable=False),
        sa.Column("access_note", sa.String(), nullable=False),
        sa.Column("closed_at", UTC, nullable=True),
        sa.ForeignKeyConstraint(
            ["city", "agency"], ["agency.city", "agency.name"], name="fk_place_city_agency"
        ),
        sa.ForeignKeyConstraint(
            ["city", "borrower_id"],
            ["borrower.city", "borrower.id"],
            name="fk_place_city_borrower_id",
        ),
        sa.ForeignKeyConstraint(["city"], ["city.name"], name="fk_place_city"),
        sa.PrimaryKeyConstraint("city", "id", name="pk_place"),
    )
    op.create_index("ix_place_city_borrower_id", "place", ["city", "borrower_id"])


def create_people() -> None:
    """Who visits, when and with whom."""
    op.create_table(
        "collector",
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("start_lat", sa.Float(), nullable=False),
        sa.Column("start_lon", sa.Float(), nullable=False),
        sa.Column("end_lat", sa.Float(), nullable=False),
        sa.Column("end_lon", sa.Float(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("skills", sa.Text(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("certificate_expires", sa.Date(), nullable=True),
        sa.Column("is_senior", sa.Boolean(), nullable=False),
        sa.Column("max_visits", sa.Integer(), nullable=True),
        sa.Column("never_with", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["city", "agency"], ["agency.city", "agency.name"], name="fk_collector_city_agency"
        ),
        sa.ForeignKeyConstraint(["city"], ["city.name"], name="fk_collector_city"),
        sa.PrimaryKeyConstraint("city", "id", name="pk_collector"),
    )
    op.create_table(
        "shift",
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("collector_id", sa.String(), nullable=False),
        sa.Column("window_start", UTC, nullable=False),
        sa.Column("window_end", UTC, nullable=False),
        sa.Column("breaks", sa.Text(), nullable=False),
        sa.Column("max_overtime", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["city", "collector_id"],
            ["collector.city", "collector.id"],
            name="fk_shift_city_collector_id",
        ),
        sa.ForeignKeyConstraint(["city"], ["city.name"], name="fk_shift_city"),
        sa.PrimaryKeyConstraint("city", "on", "collector_id", name="pk_shift"),
    )
    op.create_table(
        "pair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("first", sa.String(), nullable=False),
        sa.Column("second", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["city", "first"], ["collector.city", "collector.id"], name="fk_pair_city_first"
        ),
        sa.ForeignKeyConstraint(
            ["city", "second"], ["collector.city", "collector.id"], name="fk_pair_city_second"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_pair"),
        sa.UniqueConstraint("city", "first", "second", "on", name="uq_pair_city_first_second_on"),
    )
    op.create_table(
        "crew",
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("members", sa.Text(), nullable=False),
        sa.Column("window_start", UTC, nullable=False),
        sa.Column("window_end", UTC, nullable=False),
        sa.Column("start_lat", sa.Float(), nullable=False),
        sa.Column("start_lon", sa.Float(), nullable=False),
        sa.Column("end_lat", sa.Float(), nullable=False),
        sa.Column("end_lon", sa.Float(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("skills", sa.Text(), nullable=False),
        sa.Column("breaks", sa.Text(), nullable=False),
        sa.Column("max_overtime", sa.Integer(), nullable=False),
        sa.Column("max_visits", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["city"], ["city.name"], name="fk_crew_city"),
        sa.PrimaryKeyConstraint("city", "on", "id", name="pk_crew"),
    )


def create_plans() -> None:
    """The versions of each day's plan."""
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("origin", UTC, nullable=False),
        sa.Column("cost", sa.Text(), nullable=False),
        sa.Column("crews", sa.Text(), nullable=False),
        sa.Column("engine", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("profile", sa.String(), nullable=False),
        sa.Column("rules_version", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", UTC, nullable=False),
        sa.Column("published_by", sa.String(), nullable=True),
        sa.Column("published_at", UTC, nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["city", "agency"], ["agency.city", "agency.name"], name="fk_plan_city_agency"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_plan"),
        sa.UniqueConstraint("city", "on", "version", name="uq_plan_city_on_version"),
    )
    op.create_index(
        "uq_plan_published",
        "plan",
        ["city", "on", "agency"],
        unique=True,
        sqlite_where=sa.text("state = 'published'"),
        postgresql_where=sa.text("state = 'published'"),
    )
    op.create_table(
        "itinerary",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("crew_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("starts_at", UTC, nullable=False),
        sa.Column("ends_at", UTC, nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_itinerary_plan_id"),
        sa.PrimaryKeyConstraint("plan_id", "crew_id", name="pk_itinerary"),
    )
    op.create_table(
        "stop",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("crew_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("option", sa.Integer(), nullable=False),
        sa.Column("arrives_at", UTC, nullable=False),
        sa.Column("starts_at", UTC, nullable=False),
        sa.Column("ends_at", UTC, nullable=False),
        sa.Column("borrower_id", sa.String(), nullable=True),
        sa.Column("place_id", sa.String(), nullable=False),
        sa.Column("case_ids", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["plan_id", "crew_id"],
            ["itinerary.plan_id", "itinerary.crew_id"],
            name="fk_stop_plan_id_crew_id",
        ),
        sa.PrimaryKeyConstraint("plan_id", "crew_id", "position", name="pk_stop"),
    )
    op.create_table(
        "left_out",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("remedy", sa.String(), nullable=False),
        sa.Column("case_ids", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_left_out_plan_id"),
        sa.PrimaryKeyConstraint("plan_id", "position", name="pk_left_out"),
    )


def create_records() -> None:
    """What came of it, who may do what, and who did."""
    op.create_table(
        "outcome",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("borrower_id", sa.String(), nullable=False),
        sa.Column("place_id", sa.String(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("at", UTC, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("crew", sa.Text(), nullable=False),
        sa.Column("was_made", sa.Boolean(), nullable=False),
        sa.Column("was_met", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", UTC, nullable=False),
        sa.ForeignKeyConstraint(
            ["city", "borrower_id"],
            ["borrower.city", "borrower.id"],
            name="fk_outcome_city_borrower_id",
        ),
        sa.ForeignKeyConstraint(
            ["city", "place_id"], ["place.city", "place.id"], name="fk_outcome_city_place_id"
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_outcome_plan_id"),
        sa.PrimaryKeyConstraint("key", name="pk_outcome"),
    )
    op.create_index("ix_outcome_city_at", "outcome", ["city", "at"])
    op.create_table(
        "user_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("agency", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["city", "agency"], ["agency.city", "agency.name"], name="fk_user_grant_city_agency"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_user_grant"),
        sa.UniqueConstraint(
            "user_name", "role", "city", "agency", name="uq_user_grant_user_name_role_city_agency"
        ),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("agency", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
    )
    op.create_index("ix_event_subject", "event", ["subject"])


def make_append_only(table: str) -> None:
    """Let rows be added and never changed, whoever writes; a rebuilt table needs this again."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
