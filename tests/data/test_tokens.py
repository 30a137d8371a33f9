"""Tokens of programs, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from data import tables
from data.access import Grant, Role
from data.store import SqlStore
from data.store.tokens import Tokens, digest
from scheduler.errors import ConflictError, NotFoundError
from scheduler.ports import By
from tests.data.world import NOON, TOWN

ADA = By("ada", NOON)


def test_a_token_is_its_holders_until_it_expires(store: SqlStore) -> None:
    tokens = Tokens(store.engine)
    secret, other = tokens.add("nightly", 2, ADA), tokens.add("weekly", 9, ADA)
    assert tokens.holder(secret, NOON) == "nightly"
    assert tokens.holder(other, NOON) == "weekly"
    assert tokens.holder(secret, NOON + timedelta(days=2)) is None
    assert tokens.holder(secret.upper(), NOON) is None
    assert tokens.holder("", NOON) is None


def test_what_is_kept_is_a_digest(store: SqlStore) -> None:
    tokens = Tokens(store.engine)
    secret = tokens.add("nightly", 2, ADA)
    with store.engine.connect() as connection:
        row = connection.execute(select(tables.api_token)).one()
    assert secret not in map(str, row)
    assert digest(secret) in row
    told = [repr(event) for event in store.events()]
    assert len(told) == 1
    assert secret not in told[0]
    assert digest(secret) not in told[0]


def test_a_name_has_one_token_and_a_revoked_one_makes_room(store: SqlStore) -> None:
    tokens = Tokens(store.engine)
    first = tokens.add("nightly", 2, ADA)
    with pytest.raises(ConflictError, match="there is a token 'nightly' already"):
        tokens.add("nightly", 2, ADA)
    tokens.revoke("nightly", ADA)
    second = tokens.add("nightly", 2, ADA)
    assert (tokens.holder(first, NOON), tokens.holder(second, NOON)) == (None, "nightly")
    kinds = [(event.kind, event.actor, event.subject) for event in reversed(store.events())]
    assert kinds == [(f"token.{end}", "ada", "nightly") for end in ("added", "revoked", "added")]


def test_all_are_listed_by_name_the_expired_too(store: SqlStore) -> None:
    tokens = Tokens(store.engine)
    for name, days in (("weekly", 7), ("nightly", 1)):
        tokens.add(name, days, ADA)
    found = [(one.name, one.made_by, one.expires - NOON) for one in tokens.all()]
    assert found == [("nightly", "ada", timedelta(days=1)), ("weekly", "ada", timedelta(days=7))]


def test_one_that_is_not_there_cannot_be_revoked(store: SqlStore) -> None:
    with pytest.raises(NotFoundError, match="no token 'daily'"):
        Tokens(store.engine).revoke("daily", ADA)
    assert store.events() == []


def test_a_token_of_a_role_solves_nothing_and_opens_no_feed(store: SqlStore) -> None:
    with store.writing(ADA) as writer:
        writer.put_city(TOWN)
    tokens = Tokens(store.engine)
    grant = Grant(Role.PLANNER, "Town")
    secret = tokens.add("plans", 2, ADA, grant=grant)
    found = tokens.of_role(secret, NOON)
    assert found is not None
    assert (found.name, found.grant) == ("plans", grant)
    assert tokens.of_role(secret, NOON + timedelta(days=2)) is None
    assert tokens.holder(secret, NOON) is None
    assert tokens.holder(secret, NOON, feeds="Town") is None
    assert tokens.of_role(tokens.add("nightly", 2, ADA), NOON) is None
    added = store.events(subject="plans")[0]
    assert (added.city, added.after and added.after["role"]) == ("Town", "planner")


@pytest.mark.parametrize("role", [Role.COLLECTOR, Role.ADMINISTRATOR])
def test_no_program_is_a_collector_or_grants_roles(store: SqlStore, role: Role) -> None:
    with pytest.raises(ConflictError, match=f"no program may be a {role}"):
        Tokens(store.engine).add("x", 2, ADA, grant=Grant(role, "Town"))


def test_a_role_is_for_a_city_that_there_is(store: SqlStore) -> None:
    tokens = Tokens(store.engine)
    with pytest.raises(NotFoundError, match="Nowhere"):
        tokens.add("x", 2, ADA, grant=Grant(Role.PLANNER, "Nowhere"))
    with pytest.raises(ConflictError, match="granted in a city"):
        tokens.add("x", 2, ADA, grant=Grant(Role.PLANNER))
