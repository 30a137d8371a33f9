"""Signatures and overrides in the book: who, when, and what of them holds on which day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from data.store import SqlStore
from scheduler.errors import ConflictError, NotFoundError
from scheduler.overriding import AskedOverride, AskState
from scheduler.ports import By
from tests.data.world import ALICE, ALL_KNOWN, NOON, TODAY, TOWN, record

OLGA = By("olga", NOON + timedelta(minutes=5))
TOMORROW = TODAY + timedelta(days=1)
RULE = "days_between_visits"


@pytest.fixture
def town(store: SqlStore) -> SqlStore:
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
        writer.put_city(replace(TOWN, name="Other"))
        writer.put_cases("Town", [record(1), record(2)], known=ALL_KNOWN, complete=True)
    return store


def asked(store: SqlStore, borrower: str = "B1", on: date = TOMORROW) -> AskedOverride:
    with store.writing(ALICE) as writer:
        return writer.ask_override("Town", borrower, RULE, on, " she asked for it ")


def decided(store: SqlStore, id: int, *, is_allowed: bool = True, by: By = OLGA) -> AskedOverride:
    with store.writing(by) as writer:
        return writer.decide_override("Town", id, is_allowed=is_allowed, note="seen")


def told(store: SqlStore, kind: str) -> list[tuple[str, str]]:
    events = reversed(store.events(limit=100))
    return [(event.subject, event.actor) for event in events if event.kind == kind]


def sign(store: SqlStore, digest: str = "abc", city: str = "Town", by: By = OLGA) -> None:
    with store.writing(by) as writer:
        writer.sign_profile(city, "US", "7", digest, ("stops", "workplace"))


# --- signatures


def test_a_signature_is_kept_for_its_city_with_an_event(town: SqlStore) -> None:
    sign(town)
    (signed,) = town.signatures("Town")
    assert (signed.profile, signed.version, signed.digest) == ("US", "7", "abc")
    assert (signed.rules, signed.signed_by) == (("stops", "workplace"), "olga")
    assert signed.signed_at == OLGA.at
    assert town.signatures("Other") == []
    assert told(town, "profile.signed") == [("US", "olga")]


def test_signed_twice_the_first_stays_and_other_values_are_signed_beside(town: SqlStore) -> None:
    sign(town)
    sign(town, by=ALICE)
    sign(town, "def", by=ALICE)
    assert [(one.digest, one.signed_by) for one in town.signatures("Town")] == [
        ("abc", "olga"),
        ("def", "alice"),
    ]
    assert len(told(town, "profile.signed")) == 2


def test_nothing_is_signed_where_nothing_needs_it(town: SqlStore) -> None:
    with pytest.raises(ConflictError, match="hold nothing that needs a signature"):
        sign(town, "")


# --- overrides


def test_what_is_allowed_by_another_person_holds_on_its_day_alone(town: SqlStore) -> None:
    one = asked(town)
    assert (one.state, one.asked_by, one.reason) == (AskState.ASKED, "alice", "she asked for it")
    assert not town.open_day("Town", TOMORROW).dossier_of("B1").overrides
    decided(town, one.id)
    (holds,) = town.open_day("Town", TOMORROW).dossier_of("B1").overrides
    assert (holds.rule, holds.on, holds.asked_by, holds.allowed_by) == (
        RULE,
        TOMORROW,
        "alice",
        "olga",
    )
    assert holds.allowed_at == OLGA.at
    assert not town.open_day("Town", TOMORROW).dossier_of("B2").overrides
    assert not town.open_day("Town", TODAY).dossier_of("B1").overrides
    assert told(town, "override.asked") == [("B1", "alice")]
    assert told(town, "override.allowed") == [("B1", "olga")]


def test_nobody_allows_or_declines_what_she_asked(town: SqlStore) -> None:
    one = asked(town)
    for is_allowed in (True, False):
        with pytest.raises(ConflictError, match="another person decides"):
            decided(town, one.id, is_allowed=is_allowed, by=ALICE)
    assert town.asked_override("Town", one.id).state is AskState.ASKED


def test_what_is_declined_holds_nowhere_and_is_decided_once(town: SqlStore) -> None:
    one = asked(town)
    assert decided(town, one.id, is_allowed=False).note == "seen"
    assert not town.open_day("Town", TOMORROW).dossier_of("B1").overrides
    with pytest.raises(ConflictError, match=f"override {one.id} is declined already"):
        decided(town, one.id)


def test_what_is_withdrawn_holds_no_more_and_may_be_asked_again(town: SqlStore) -> None:
    one = asked(town)
    decided(town, one.id)
    with pytest.raises(ConflictError, match="is allowed already"):
        asked(town)
    with town.writing(ALICE) as writer:
        writer.withdraw_override("Town", one.id)
    assert not town.open_day("Town", TOMORROW).dossier_of("B1").overrides
    with pytest.raises(ConflictError, match="is withdrawn already"), town.writing(ALICE) as writer:
        writer.withdraw_override("Town", one.id)
    assert asked(town).state is AskState.ASKED


def test_a_day_that_has_passed_is_neither_asked_nor_allowed(town: SqlStore) -> None:
    """At noon of today, today can be asked; at the next midnight of Town it has passed."""
    with pytest.raises(ConflictError, match="has passed"):
        asked(town, on=TODAY - timedelta(days=1))
    one = asked(town, on=TODAY)
    with pytest.raises(ConflictError, match="that day has passed"):
        decided(town, one.id, by=By("olga", NOON + timedelta(hours=12)))
    decided(town, one.id, by=By("olga", NOON + timedelta(hours=12, seconds=-1)))


def test_a_stranger_or_an_unknown_override_is_told(town: SqlStore) -> None:
    with pytest.raises(NotFoundError, match="Town has no borrower 'B9'"):
        asked(town, "B9")
    with pytest.raises(NotFoundError, match="Town has no override 9"):
        decided(town, 9)
    with pytest.raises(NotFoundError, match="Other has no override"):
        town.asked_override("Other", asked(town).id)
