"""The tables of the book. Each city has its own: its name is part of every key.

Columns are called as the fields of the domain's dataclasses; a point is two columns, `…_lat` and
`…_lon`, a window `…_start` and `…_end`.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    false,
    text,
    true,
)

from data.access import Role
from data.columns import Money, Plain, Seconds, Utc, Word
from data.jobs import JobKind, JobState
from data.tables.base import Listed, Names, in_city, metadata, needed, of_city, point, window
from routing.datum import Datum
from routing.gazetteer.own_place import OwnKind
from routing.geocoding import Precision
from routing.travel import Mode
from scheduler.agreements import Details
from scheduler.availability import Basis
from scheduler.model import Break, Crew, DailyWindow, OwnerPolicy, PlaceKind, StopFlag
from scheduler.plan import Cost, Reason, StopKind
from scheduler.ports import MarkKind, PlanStatus
from scheduler.problem import Lock

city = Table(
    "city",
    metadata,
    Column("name", String, primary_key=True),
    needed("zone", String),
    needed("profile", String),
    needed("currency", String),
    needed("owner_policy", Word(OwnerPolicy)),
    needed("owner_change_price", Money),
    needed("service", Seconds),
    needed("travel_price_per_hour", Money),
    needed("overtime_price_per_hour", Money),
    needed("max_days_as_pair", Integer),
    needed("calendar_details", Boolean, server_default=false()),
    needed("learns_doors", Boolean, server_default=true()),
    needed("is_gate_strict", Boolean, server_default=false()),
    needed("balance_days", Integer, server_default=text("2")),
    needed("desk_phone", String, server_default=""),
    needed("arrive_within_min", Integer, server_default=text("15")),
    needed("leave_within_min", Integer, server_default=text("45")),
    needed("learns_availability", Boolean, server_default=true()),
)

agency = Table(
    "agency",
    metadata,
    in_city(),
    Column("name", String, primary_key=True),
    needed("is_listed", Boolean, server_default=false()),
    Column("evaluated_on", Date),
    Column("quota", Integer),
)

borrower = Table(
    "borrower",
    metadata,
    in_city(),
    Column("id", String, primary_key=True),
    needed("name", String),
    needed("phone", String),
    needed("stops", Plain(frozenset[StopFlag])),
    needed("languages", Plain(Names)),
)

loan_case = Table(
    "loan_case",
    metadata,
    in_city(),
    Column("id", String, primary_key=True),
    needed("agency", String),
    needed("borrower_id", String),
    needed("product", String),
    needed("principal", Money),
    needed("overdue", Money),
    needed("days_past_due", Integer),
    needed("stops", Plain(frozenset[StopFlag])),
    needed("is_assigned", Boolean),
    Column("owner", String),
    Column("promise_due", Date),
    *window("appointment", nullable=True),
    needed("skills", Plain(Names)),
    needed("crew_size", Integer),
    Column("visited_at", Utc),
    needed("risk", String, server_default=""),
    Column("entrusted_on", Date),
    Column("returns_on", Date),
    needed("employment", String, server_default=""),
    Column("closed_at", Utc),
    of_city("agency", "agency", "name"),
    of_city("borrower_id", "borrower"),
    Index(None, "city", "borrower_id"),
)

place = Table(
    "place",
    metadata,
    in_city(),
    Column("id", String, primary_key=True),
    needed("agency", String),
    needed("borrower_id", String),
    needed("kind", Word(PlaceKind)),
    needed("address", String),
    needed("source", String),
    needed("lawful_basis", String),
    *point("point", nullable=True),
    needed("precision", Word(Precision)),
    needed("radius_m", Float),
    needed("confidence", Float, server_default=text("1")),
    needed("windows", Plain(tuple[DailyWindow, ...])),
    needed("is_valid", Boolean),
    needed("access_note", String),
    Column("closed_at", Utc),
    # The address that was looked up last, and which parts of it were found.
    Column("looked_up", String),
    Column("matched", String),
    Column("unmatched", String),
    of_city("agency", "agency", "name"),
    of_city("borrower_id", "borrower"),
    Index(None, "city", "borrower_id"),
)

collector = Table(
    "collector",
    metadata,
    in_city(),
    Column("id", String, primary_key=True),
    needed("name", String),
    needed("agency", String),
    *point("start"),
    *point("end"),
    needed("mode", Word(Mode)),
    needed("skills", Plain(Names)),
    needed("languages", Plain(Names)),
    Column("certificate_expires", Date),
    needed("is_senior", Boolean),
    Column("max_visits", Integer),
    needed("never_with", Plain(Names)),
    needed("phone", String, server_default=""),
    of_city("agency", "agency", "name"),
)

shift = Table(
    "shift",
    metadata,
    in_city(),
    Column("on", Date, primary_key=True),
    Column("collector_id", String, primary_key=True),
    *window("window"),
    needed("breaks", Plain(tuple[Break, ...])),
    needed("max_overtime", Seconds),
    of_city("collector_id", "collector"),
)

pair = Table(
    "pair",
    metadata,
    Column("id", Integer, primary_key=True),
    needed("city", String),
    needed("first", String),
    needed("second", String),
    Column("on", Date),
    of_city("first", "collector"),
    of_city("second", "collector"),
    UniqueConstraint("city", "first", "second", "on"),
)

crew = Table(
    "crew",
    metadata,
    in_city(),
    Column("on", Date, primary_key=True),
    Column("id", String, primary_key=True),
    needed("members", Plain(Listed)),
    *window("window"),
    *point("start"),
    *point("end"),
    needed("mode", Word(Mode)),
    needed("skills", Plain(Names)),
    needed("breaks", Plain(tuple[Break, ...])),
    needed("max_overtime", Seconds),
    Column("max_visits", Integer),
    needed("source", String),
)

plan = Table(
    "plan",
    metadata,
    Column("id", Integer, primary_key=True),
    needed("city", String),
    needed("agency", String),
    needed("on", Date),
    needed("version", Integer),
    needed("state", Word(PlanStatus)),
    needed("origin", Utc),
    needed("cost", Plain(Cost)),
    needed("crews", Plain(tuple[Crew, ...])),
    needed("engine", String),
    needed("status", String),
    needed("seed", Integer),
    needed("profile", String),
    needed("rules_version", String),
    needed("policy_version", Integer, server_default=text("0")),
    needed("made_by", String),
    needed("made_at", Utc),
    Column("published_by", String),
    Column("published_at", Utc),
    # Of its publishing, and why it was taken back.
    needed("note", String),
    needed("reason", String, server_default=""),
    # How often a draft was edited; the version that it was copied from.
    needed("revision", Integer, server_default=text("0")),
    Column("based_on", Integer),
    # The job that made it: done again after its server went, it makes no second one.
    Column("job", Integer),
    needed("locks", Plain(tuple[Lock, ...]), server_default="[]"),
    # What its chances of meeting somebody rest on.
    needed("odds", Plain(Basis), server_default="{}"),
    # In how many of a hundred cases a way or visit is over by the time that the search gave it.
    needed("reserve", Integer, server_default=text("50")),
    of_city("agency", "agency", "name"),
    UniqueConstraint("city", "on", "version"),
)

Index("uq_plan_job", plan.c.job, unique=True)
Index(
    "uq_plan_published",
    plan.c.city,
    plan.c.on,
    plan.c.agency,
    unique=True,
    sqlite_where=text("state = 'published'"),
    postgresql_where=text("state = 'published'"),
)

itinerary = Table(
    "itinerary",
    metadata,
    Column("plan_id", ForeignKey("plan.id"), primary_key=True),
    Column("crew_id", String, primary_key=True),
    needed("position", Integer),
    needed("starts_at", Utc),
    needed("ends_at", Utc),
)

stop = Table(
    "stop",
    metadata,
    Column("plan_id", Integer, primary_key=True),
    Column("crew_id", String, primary_key=True),
    Column("position", Integer, primary_key=True),
    needed("kind", Word(StopKind)),
    needed("id", String),
    needed("option", Integer),
    needed("arrives_at", Utc),
    needed("starts_at", Utc),
    needed("ends_at", Utc),
    Column("borrower_id", String),
    needed("place_id", String),
    Column("case_ids", Plain(Listed)),
    ForeignKeyConstraint(["plan_id", "crew_id"], ["itinerary.plan_id", "itinerary.crew_id"]),
    Index(None, "borrower_id"),
)

left_out = Table(
    "left_out",
    metadata,
    Column("plan_id", ForeignKey("plan.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    needed("visit_id", String),
    needed("reason", Word(Reason)),
    needed("detail", String),
    needed("rule", String),
    needed("remedy", String),
    needed("case_ids", Plain(Listed)),
)

outcome = Table(
    "outcome",
    metadata,
    Column("key", String, primary_key=True),
    needed("city", String),
    needed("borrower_id", String),
    needed("place_id", String),
    Column("plan_id", ForeignKey("plan.id")),
    needed("at", Utc),
    needed("code", String),
    needed("crew", Plain(Listed)),
    needed("was_made", Boolean),
    needed("was_met", Boolean),
    needed("note", String),
    Column("amount", Money),
    Column("due", Date),
    needed("method", String, server_default=""),
    *window("suits", nullable=True),
    # The contract it is about, '' for all those of the visit.
    needed("case_id", String, server_default=""),
    Column("details", Plain(Details)),
    # The outcome that this one takes the place of; and the one that has taken its place since.
    needed("corrects", String, server_default=""),
    Column("corrected_by", String),
    needed("recorded_by", String),
    needed("recorded_at", Utc),
    of_city("borrower_id", "borrower"),
    of_city("place_id", "place"),
    Index(None, "city", "at"),
    Index(None, "city", "borrower_id"),
)

visit_mark = Table(
    "visit_mark",
    metadata,
    Column("key", String, primary_key=True),
    needed("city", String),
    needed("on", Date),
    needed("plan_id", Integer),
    needed("crew", Plain(Listed)),
    needed("kind", Word(MarkKind)),
    needed("visit_id", String),
    needed("at", Utc),
    # Where the phone stood, if it told.
    *point("stood", nullable=True),
    Column("accuracy_m", Float),
    needed("recorded_by", String),
    needed("recorded_at", Utc),
    ForeignKeyConstraint(["city"], ["city.name"]),
    ForeignKeyConstraint(["plan_id"], ["plan.id"]),
    Index(None, "city", "on"),
)

# A decision where an address is; it holds for every place of its text until it is undone.
address_override = Table(
    "address_override",
    metadata,
    Column("id", Integer, primary_key=True),
    needed("city", String),
    needed("address_key", String),
    needed("address", String),
    *point("point"),
    needed("source", String),
    needed("decided_by", String),
    needed("decided_at", Utc),
    Column("undone_by", String),
    Column("undone_at", Utc),
    # The decision that it took the place of: it stands again when this one is undone.
    Column("replaces", ForeignKey("address_override.id")),
    ForeignKeyConstraint(["city"], ["city.name"]),
)

Index(
    "uq_address_override_in_force",
    address_override.c.city,
    address_override.c.address_key,
    unique=True,
    sqlite_where=text("undone_at IS NULL"),
    postgresql_where=text("undone_at IS NULL"),
)

# The lender's own gazetteer: rows of a file (its name is the source) or pins of a dispatcher.
# `datum` is what the point was told in; the columns hold WGS-84. Rows are never changed: one that
# says something else takes the place of one that is removed.
own_place = Table(
    "own_place",
    metadata,
    Column("id", Integer, primary_key=True),
    needed("city", String),
    needed("kind", Word(OwnKind)),
    needed("name", String),
    needed("aliases", Plain(Listed)),
    needed("street", String),
    needed("number", String),
    needed("district", String),
    *point("point"),
    needed("radius_m", Float),
    needed("datum", Word(Datum)),
    needed("source", String),
    needed("made_by", String),
    needed("made_at", Utc),
    Column("removed_by", String),
    Column("removed_at", Utc),
    ForeignKeyConstraint(["city"], ["city.name"]),
    Index(None, "city", "source"),
)

# What check-ins up to `seen_until` proposed for a place was turned down.
door_dismissal = Table(
    "door_dismissal",
    metadata,
    in_city(),
    Column("place_id", String, primary_key=True),
    needed("seen_until", Utc),
    needed("decided_by", String),
    needed("decided_at", Utc),
    of_city("place_id", "place"),
)

user_account = Table(
    "user_account",
    metadata,
    Column("name", String, primary_key=True),
    Column("password_hash", String),
    Column("code_digest", String),
    Column("code_expires", Utc),
    needed("is_disabled", Boolean),
    needed("session_stamp", String),
    needed("language", String),
    needed("theme", String),
    needed("made_at", Utc),
)

# A grant's city is '' where it holds in every city, its agency '' where in every agency: neither
# can be a reference, so `data.store.users` looks them up.
user_grant = Table(
    "user_grant",
    metadata,
    Column("user_name", ForeignKey("user_account.name"), primary_key=True),
    Column("role", Word(Role), primary_key=True),
    Column("city", String, primary_key=True),
    Column("agency", String, primary_key=True),
    Column("collector_id", String),
    of_city("collector_id", "collector"),
)

login_failure = Table(
    "login_failure",
    metadata,
    Column("kind", String, primary_key=True),
    Column("key", String, primary_key=True),
    needed("failures", Integer, default=0),
    Column("last_at", Utc),
)

api_token = Table(
    "api_token",
    metadata,
    Column("name", String, primary_key=True),
    needed("digest", String, unique=True),
    # The city whose feeds it opens; '' solves problems, and opens no book.
    needed("feeds", String, server_default=""),
    # What it may in which city, for which agency; '' has no role.
    needed("role", String, server_default=""),
    needed("city", String, server_default=""),
    needed("agency", String, server_default=""),
    needed("made_by", String),
    needed("made_at", Utc),
    needed("expires", Utc),
)

job = Table(
    "job",
    metadata,
    Column("id", Integer, primary_key=True),
    needed("kind", Word(JobKind)),
    needed("city", String),
    Column("on", Date),
    needed("parameters", JSON(none_as_null=True)),
    needed("state", Word(JobState)),
    needed("made_by", String),
    needed("made_at", Utc),
    needed("is_cancelled", Boolean),
    needed("runner", String),
    Column("lease_ends", Utc),
    needed("tries", Integer),
    Column("progress", JSON(none_as_null=True)),
    # How far a search is, with its best plan: another runner goes on from there.
    Column("reached", JSON(none_as_null=True)),
    Column("result", JSON(none_as_null=True)),
    needed("problem", String),
    Column("started_at", Utc),
    Column("finished_at", Utc),
    ForeignKeyConstraint(["city"], ["city.name"]),
    Index(None, "state"),
    Index(None, "city", "on"),
)

event = Table(
    "event",
    metadata,
    Column("id", Integer, primary_key=True),
    needed("at", Utc),
    needed("actor", String),
    needed("kind", String),
    needed("subject", String),
    Column("before", JSON(none_as_null=True)),
    Column("after", JSON(none_as_null=True)),
    needed("city", String),
    needed("agency", String),
    Index(None, "subject"),
    Index(None, "city", "id"),
)
