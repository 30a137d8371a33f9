"""The way from nothing to the tables, and databases that are not ours to open."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.exc import DBAPIError

from data import migrations
from data.database import make_engine, writing
from data.errors import DatabaseError
from data.home import Home
from data.migrations import HEAD, VERSIONS, revision, upgrade
from data.store import create_store, has_book, open_store
from data.tables import event, metadata


def test_upgrading_from_nothing_gives_exactly_the_tables(empty_url: str) -> None:
    store = create_store(empty_url)
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert revision(connection) == HEAD
    store.close()


def test_the_comparison_would_see_a_difference(empty_url: str) -> None:
    store = create_store(empty_url)
    with store.engine.begin() as connection:
        connection.execute(text("ALTER TABLE place DROP COLUMN access_note"))
        connection.execute(text("DROP INDEX uq_plan_published"))
    with store.engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), metadata)
    assert sorted(difference[0] for difference in found) == ["add_column", "add_index"]
    store.close()


def test_names_are_the_same_on_every_database(empty_url: str) -> None:
    store = create_store(empty_url)
    inspector = inspect(store.engine)
    assert inspector.get_pk_constraint("loan_case")["name"] == "pk_loan_case"
    assert {key["name"] for key in inspector.get_foreign_keys("loan_case")} == {
        "fk_loan_case_city",
        "fk_loan_case_city_agency",
        "fk_loan_case_city_borrower_id",
    }
    store.close()


def test_city_and_agency_stand_on_what_permissions_ask_for() -> None:
    for name in ("loan_case", "place", "collector", "plan", "user_grant", "event"):
        columns = metadata.tables[name].c
        assert not columns.city.nullable, name
        assert not columns.agency.nullable, name


def test_a_database_that_the_environment_names_has_a_book_once_it_was_made(
    empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAYROUND_DATABASE", empty_url)
    home = Home(tmp_path / "home")
    assert not has_book(home)
    create_store(home).close()
    assert has_book(home)


def test_upgrading_twice_changes_nothing(empty_url: str) -> None:
    create_store(empty_url).close()
    create_store(empty_url).close()
    open_store(empty_url).close()


def test_an_upgrade_that_fails_leaves_nothing(
    empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "migrations"
    shutil.copytree(VERSIONS.parent, broken)
    first = broken / "versions" / "0001_first.py"
    first.write_text(
        first.read_text().replace("    make_append_only", "    1 / 0\n    make_append_only")
    )
    monkeypatch.setattr(migrations, "VERSIONS", broken / "versions")
    engine = make_engine(empty_url)
    with pytest.raises(ZeroDivisionError):
        upgrade(engine)
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_a_database_without_tables_says_what_to_run(empty_url: str) -> None:
    with pytest.raises(DatabaseError, match="no tables yet: run `dayround db upgrade`"):
        open_store(empty_url)


def test_an_old_database_says_what_to_run(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "HEAD", "later")
    with pytest.raises(
        DatabaseError, match=f"at version {HEAD} .* needs later: .*`dayround db upgrade`"
    ):
        open_store(url)


def test_a_newer_database_is_neither_opened_nor_upgraded(empty_url: str) -> None:
    create_store(empty_url).close()
    engine = make_engine(empty_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for use in (open_store, create_store):
        with pytest.raises(DatabaseError, match=r"'9999', .* made by a newer one"):
            use(empty_url)
    with engine.connect() as connection:
        assert revision(connection) == "9999"
    engine.dispose()


def test_head_is_the_newest_of_one_line_of_versions() -> None:
    config = Config()
    config.set_main_option("script_location", str(VERSIONS.parent))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_versions_do_not_change_with_the_program() -> None:
    for file in VERSIONS.glob("0*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert node.module in {"__future__", "alembic"}, (
                    f"{file.name} imports {node.module}"
                )


@pytest.mark.parametrize("url", ["mysql://host/name", "not a url", ""])
def test_another_kind_of_database_is_refused(url: str) -> None:
    with pytest.raises(DatabaseError, match=r"sqlite:///FILE|not supported"):
        make_engine(url)


def test_a_city_from_before_calendars_keeps_them_closed(empty_url: str) -> None:
    engine = make_engine(empty_url)
    upgrade_to(engine, "0004")
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO city (name, zone, profile, currency, owner_policy, owner_change_price,"
                " service, travel_price_per_hour, overtime_price_per_hour, max_days_as_pair)"
                " VALUES ('Town', 'Asia/Shanghai', 'CN', 'CNY', 'ignored', 0, 1200, 0, 0, 5)"
            )
        )
    upgrade(engine)
    engine.dispose()
    store = open_store(empty_url)
    assert store.city("Town").calendar_details is False
    store.close()


def test_what_visits_stood_on_before_drafts_were_edited_is_kept(empty_url: str) -> None:
    engine = make_engine(empty_url)
    upgrade_to(engine, "0015")
    with engine.begin() as connection:
        for statement in GROUNDS_OF_0015:
            connection.execute(text(statement))
    upgrade(engine)
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT visit_id, stage, revision FROM visit_grounds")).all()
    assert [tuple(row) for row in kept] == [("B1", "planned", 0)]
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text("DELETE FROM visit_grounds"))
    engine.dispose()


GROUNDS_OF_0015 = (
    "INSERT INTO city (name, zone, profile, currency, owner_policy, owner_change_price,"
    " service, travel_price_per_hour, overtime_price_per_hour, max_days_as_pair)"
    " VALUES ('Town', 'Asia/Shanghai', 'CN', 'CNY', 'ignored', 0, 1200, 0, 0, 5)",
    "INSERT INTO agency (city, name) VALUES ('Town', '')",
    'INSERT INTO plan (id, city, agency, "on", version, state, origin, cost, crews, engine, status,'
    " seed, profile, rules_version, made_by, made_at, note) VALUES (1, 'Town', '', '2026-03-02', 1,"
    " 'draft', '2026-03-01 16:00:00', '{}', '[]', 'search', 'best', 0, 'CN', '1', 'li',"
    " '2026-03-01 10:00:00', '')",
    "INSERT INTO kept_rules (digest, rules) VALUES ('d', '[]')",
    "INSERT INTO visit_grounds (plan_id, visit_id, stage, at, borrower_id, profile, rules_version,"
    " rules, facts) VALUES (1, 'B1', 'planned', '2026-03-01 10:00:00', 'B1', 'CN', '1', 'd', '{}')",
)
"""A plan's visit with its grounds, as an older program left them."""


def test_what_events_told_of_people_is_struck_out(empty_url: str) -> None:
    engine = make_engine(empty_url)
    upgrade_to(engine, "0020")
    with engine.begin() as connection:
        for statement in EVENTS_OF_0020:
            connection.execute(text(statement))
    upgrade(engine)
    with engine.connect() as connection:
        rows = connection.execute(select(event.c.kind, event.c.subject, event.c.after)).all()
    told = {row.kind: row for row in rows}
    assert told["case.added"].after == {
        "case": {"overdue": "800.25"},
        "borrower": {"id": "B1", "name": "***", "phone": ""},
        "place B1-home": {"address": "***", "kind": "home"},
    }
    assert told["collector.changed"].after == {"name": "***"}
    assert told["address.decided"][1:] == ("7", {"address": "***", "source": "dispatcher"})
    assert told["city.added"].after == {"name": "Town"}
    for change in ("UPDATE event SET actor = 'mallory'", "DELETE FROM event"):
        with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
            connection.execute(text(change))
    engine.dispose()


EVENTS_OF_0020 = (
    GROUNDS_OF_0015[0],
    "INSERT INTO address_override (id, city, address_key, address, point_lat, point_lon, source,"
    " decided_by, decided_at) VALUES (7, 'Town', '东河路18', '东河路１８號', 25.0, 121.5,"
    " 'dispatcher', 'li', '2026-03-01 10:00:00')",
    *(
        "INSERT INTO event (at, actor, kind, subject, city, agency, after) VALUES "
        f"('2026-03-01 10:00:00', 'li', '{kind}', '{subject}', 'Town', '', '{after}')"
        for kind, subject, after in (
            ("case.added", "C1", '{"case"\\:{"overdue"\\:"800.25"},'
             '"borrower"\\:{"id"\\:"B1","name"\\:"王小明","phone"\\:""},'
             '"place B1-home"\\:{"address"\\:"东河路１８號","kind"\\:"home"}}'),
            ("collector.changed", "ann", '{"name"\\:"安小妹"}'),
            ("address.decided", "东河路18",
             '{"address"\\:"东河路１８號","source"\\:"dispatcher"}'),
            ("city.added", "Town", '{"name"\\:"Town"}'),
        )
    ),
)  # fmt: skip
"""A book whose events tell of people, as an older program left them."""


def test_positions_and_words_are_struck_out_and_a_reason_moves_to_its_plan(empty_url: str) -> None:
    engine = make_engine(empty_url)
    upgrade_to(engine, "0022")
    with engine.begin() as connection:
        for statement in EVENTS_OF_0022:
            connection.execute(text(statement))
    upgrade(engine)
    with engine.connect() as connection:
        rows = connection.execute(select(event.c.kind, event.c.before, event.c.after)).all()
        assert connection.scalar(text("SELECT reason FROM plan")) == "roads are flooded"
    assert {row.kind: (row.before, row.after) for row in rows} == {
        "collector.added": (None, {"start": "***", "mode": "car"}),
        "place.located": ({"precision": "none"}, {"precision": "exact"}),
        "plan.withdrawn": (None, {"state": "withdrawn"}),
        # Whose hours they are stands in no position.
        "case.appointed": (None, {"appointment": {"start": "a", "end": "b"}}),
    }
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text("UPDATE event SET actor = 'mallory'"))
    engine.dispose()


EVENTS_OF_0022 = (
    *GROUNDS_OF_0015[:3],
    "UPDATE plan SET state = 'withdrawn'",
    *(
        "INSERT INTO event (at, actor, kind, subject, city, agency, before, after) VALUES "
        f"('2026-03-01 10:00:00', 'li', '{kind}', '{subject}', 'Town', '', {before}, '{after}')"
        for kind, subject, before, after in (
            ("collector.added", "ann", "NULL",
             '{"start"\\:{"lat"\\:25.01,"lon"\\:121.5},"mode"\\:"car"}'),
            ("place.located", "B1-home",
             '\'{"point_lat"\\:null,"point_lon"\\:null,"precision"\\:"none"}\'',
             '{"point_lat"\\:25.0,"point_lon"\\:121.5,"precision"\\:"exact",'
             '"matched"\\:"东河路18号"}'),
            ("plan.withdrawn", "Town 2026-03-02 v1", "NULL",
             '{"state"\\:"withdrawn","reason"\\:"roads are flooded"}'),
            ("case.appointed", "C1", "NULL",
             '{"appointment"\\:{"start"\\:"a","end"\\:"b"}}'),
        )
    ),
)  # fmt: skip
"""A book whose events tell where people are and what was written, as an older program left them."""


def upgrade_to(engine: Engine, version: str) -> None:
    """Bring the tables to an older version, as an older program would have."""
    with writing(engine) as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(VERSIONS.parent))
        config.set_main_option("path_separator", "os")
        command.upgrade(config, version)
