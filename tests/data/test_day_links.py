"""Links into a day on both databases: spent once, on one phone, and nothing of them can be read."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from data import tables
from data.access import Grant, Role
from data.database import reading
from data.store import SqlStore
from data.store.failures import PATIENCE, LoginDelayedError
from data.store.field.devices import Devices
from data.store.field.links import GRACE, DayLink, Links, LinkState, NewLink
from data.store.users import Users
from scheduler.model import Window
from tests.data.world import ALICE, NOON, TODAY, TOWN, collector, shift

EVENING = NOON + timedelta(hours=6)
HERS, ANOTHER = "the phone's own secret", "another phone's secret"
FROM = "10.0.0.9"


@pytest.fixture
def links(store: SqlStore) -> Links:
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
        writer.put_collectors("Town", [collector("ann"), collector("bea")])
    return Links(store.engine)


def made_for(links: Links, who: str = "ann") -> NewLink:
    return links.add("Town", TODAY, {who: EVENING}, ALICE)[who]


def enter(links: Links, token: str, phone: str = HERS, **later: float) -> LinkState:
    state, _ = links.enter(token, phone, FROM, NOON + timedelta(**later))
    return state


def kinds(store: SqlStore) -> list[str]:
    return [one.kind for one in reversed(store.events(limit=100)) if one.kind[:4] == "link"]


def test_a_link_is_spent_by_its_first_press_and_holds_for_that_phone(links: Links) -> None:
    token = made_for(links).token
    assert enter(links, token) is LinkState.FRESH
    assert enter(links, token, minutes=5) is LinkState.IN_USE, "she is in, and comes again"
    assert enter(links, token, ANOTHER, minutes=9) is LinkState.OTHER_PHONE
    (kept,) = links.of_day("Town", TODAY).values()
    assert (kept.spent_at, kept.others, kept.others_at) == (NOON, 1, NOON + timedelta(minutes=9))


def test_looking_spends_nothing(links: Links, store: SqlStore) -> None:
    token = made_for(links).token
    for phone in (None, HERS, ANOTHER):
        assert links.look(token, phone, FROM, NOON) is LinkState.FRESH
    assert kinds(store) == ["link.made"]
    assert enter(links, token, ANOTHER) is LinkState.FRESH
    assert links.look(token, HERS, FROM, NOON) is LinkState.OTHER_PHONE


def test_of_two_phones_at_once_one_is_in(links: Links) -> None:
    token = made_for(links).token
    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(lambda phone: enter(links, token, phone), (HERS, ANOTHER)))
    assert told == [LinkState.FRESH, LinkState.OTHER_PHONE]


def test_it_ends_two_hours_after_the_shift(links: Links) -> None:
    token, end = made_for(links).token, timedelta(hours=6) + GRACE
    assert enter(links, token, seconds=end.total_seconds() - 1) is LinkState.FRESH
    assert enter(links, token, seconds=end.total_seconds()) is LinkState.ENDED


def test_a_longer_shift_lets_in_longer(links: Links, store: SqlStore) -> None:
    made = made_for(links)
    longer = replace(shift("ann"), window=Window(NOON, EVENING + timedelta(hours=1)))
    with store.writing(ALICE) as writer:
        writer.put_shifts("Town", [longer])
    found = links.by_id(made.link.id)
    assert found is not None
    assert found.ends_at == EVENING + timedelta(hours=1) + GRACE


def test_what_is_taken_back_opens_nothing_and_its_phone_still_brings(
    links: Links, store: SqlStore
) -> None:
    token = made_for(links).token
    _, link = links.enter(token, HERS, FROM, NOON)
    assert link is not None
    devices = Devices(store.engine)
    deposit = devices.add("Town", TODAY, "ann", EVENING, ALICE, link.id)
    assert links.take_back("Town", TODAY, ALICE) == 1
    assert enter(links, token, minutes=1) is LinkState.TAKEN_BACK
    phone = devices.of_secret(deposit.secret, NOON)
    assert phone is not None, "what it holds may still be brought"
    assert phone.ended_at == NOON
    assert links.take_back("Town", TODAY, ALICE) == 0, "once is enough"
    assert kinds(store) == ["link.made", "link.opened", "link.taken_back", "link.refused"]


def test_a_new_link_takes_the_place_of_the_one_before(links: Links) -> None:
    first, other, second = made_for(links), made_for(links, "bea"), made_for(links)
    assert enter(links, first.token) is LinkState.TAKEN_BACK
    assert enter(links, second.token) is LinkState.FRESH
    assert enter(links, other.token) is LinkState.FRESH, "her mate's is her mate's"
    assert {who: one.id for who, one in links.of_day("Town", TODAY).items()} == {
        "ann": second.link.id,
        "bea": other.link.id,
    }


def test_records_stand_under_her_own_account_if_she_has_one(links: Links, store: SqlStore) -> None:
    assert made_for(links).link.actor == "collector ann"
    Users(store.engine).add("ann.w", [Grant(Role.COLLECTOR, "Town", collector_id="ann")], ALICE)
    assert made_for(links).link.actor == "ann.w"
    Users(store.engine).disable("ann.w", ALICE)
    assert made_for(links).link.actor == "collector ann"


def test_guessing_is_slowed_down_and_she_is_not(links: Links) -> None:
    token = made_for(links).token
    assert enter(links, token) is LinkState.FRESH
    for number in range(PATIENCE["name"].free):
        assert enter(links, token, ANOTHER, minutes=number) is LinkState.OTHER_PHONE
    with pytest.raises(LoginDelayedError):
        enter(links, token, ANOTHER, minutes=PATIENCE["name"].free - 1)
    assert enter(links, token, minutes=PATIENCE["name"].free - 1) is LinkState.IN_USE


def test_what_is_not_there_is_slowed_down_by_the_address(links: Links) -> None:
    for number in range(PATIENCE["address"].free):
        assert links.look(f"none-{number}", None, FROM, NOON) is LinkState.UNKNOWN
    with pytest.raises(LoginDelayedError):
        links.look("none", None, FROM, NOON)
    with pytest.raises(LoginDelayedError):
        links.enter("none", HERS, FROM, NOON)
    assert links.look("none", None, "10.0.0.10", NOON) is LinkState.UNKNOWN


def test_the_book_holds_nothing_that_opens_a_day(links: Links, store: SqlStore) -> None:
    token = made_for(links).token
    enter(links, token)
    enter(links, token, ANOTHER)
    with reading(store.engine) as connection:
        rows = [*connection.execute(select(tables.day_link))]
        rows += [*connection.execute(select(tables.event))]
        rows += [*connection.execute(select(tables.login_failure))]
    told = str([tuple(row) for row in rows])
    assert rows
    assert not [secret for secret in (token, HERS, ANOTHER) if secret in told]


def test_tokens_are_long_and_never_the_same(links: Links) -> None:
    tokens = {made_for(links).token for _ in range(20)}
    assert len(tokens) == 20
    assert {len(token) for token in tokens} == {32}, "192 bits, 6 in a character"


def test_a_link_knows_its_phone_alone() -> None:
    link = DayLink("id", "Town", TODAY, "ann", "ann", "dora", NOON, EVENING, NOON, "digest")
    assert link.state_for(None, NOON) is LinkState.OTHER_PHONE
    assert link.state_for("digest", NOON) is LinkState.OTHER_PHONE, "what is kept opens nothing"
