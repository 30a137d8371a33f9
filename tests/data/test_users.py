"""Users, their grants, the door and its patience, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from data import passwords, tables
from data.access import Grant, Role, User
from data.store import SqlStore
from data.store.failures import FORGOTTEN_AFTER, PATIENCE, LoginDelayedError, Patience
from data.store.logins import LoginRefusedError, Logins
from data.store.users import CODE_LASTS, Users
from scheduler.errors import ConflictError, NotFoundError
from scheduler.ports import By
from tests.data.world import ALICE, ALL_KNOWN, NOON, TOWN, collector, record

PASSWORD = "four words of salt"
HERE, THERE = "10.0.0.1", "10.0.0.2"
ADA = By("ada", NOON)


@pytest.fixture
def users(store: SqlStore) -> Users:
    """A town with the agencies North and South, a collector of each, and nobody to log in."""
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
        writer.put_cases("Town", [record(1)], known=ALL_KNOWN, complete=True)
        writer.put_collectors("Town", [collector("ann"), collector("cat", agency="South")])
    return Users(store.engine)


@pytest.fixture
def logins(users: Users) -> Logins:
    """The door, for eve who has a password."""
    found = Logins(users.engine)
    found.first_sign_in("eve", users.add("eve", [], ADA), PASSWORD, HERE, NOON)
    return found


def events(users: Users) -> list[tuple[str, str, str]]:
    """Return actor, kind and subject of all events about users, the oldest first."""
    found = SqlStore(users.engine).events(limit=1000)
    told = [(e.actor, e.kind, e.subject) for e in reversed(found)]
    return [event for event in told if event[1].startswith(("user.", "login."))]


def test_a_user_comes_back_as_granted(users: Users) -> None:
    users.add("Eve", [Grant(Role.DISPATCHER, "Town", "North"), Grant(Role.ADMINISTRATOR)], ADA)
    eve = users.find("EVE ")
    assert eve is not None
    assert (eve.name, eve.roles) == ("eve", (Role.DISPATCHER, Role.ADMINISTRATOR))
    assert not eve.has_password
    assert users.all() == [eve]
    assert users.find("bob") is None
    assert events(users) == [("ada", "user.added", "eve")]


def test_a_collectors_grant_takes_her_agency(users: Users) -> None:
    users.add("cat", [Grant(Role.COLLECTOR, "Town", collector_id="cat")], ADA)
    cat = users.find("cat")
    assert cat is not None
    assert cat.grants == (Grant(Role.COLLECTOR, "Town", "South", "cat"),)
    assert cat.collector_in("Town") == "cat"
    assert cat.collector_in("Elsewhere") is None


@pytest.mark.parametrize(
    ("grant", "error", "told"),
    [
        (Grant(Role.DISPATCHER), ConflictError, "granted in a city: name it"),
        (Grant(Role.ADMINISTRATOR, "", "North"), ConflictError, "granted in a city"),
        (Grant(Role.PLANNER, "Nowhere"), NotFoundError, "there are: Town"),
        (Grant(Role.PLANNER, "Town", "West"), NotFoundError, "there are: North, South"),
        (Grant(Role.COLLECTOR, "Town"), ConflictError, "name which of Town's collectors"),
        (Grant(Role.COLLECTOR, "Town", "", "zoe"), NotFoundError, "no collector 'zoe'"),
        (Grant(Role.PLANNER, "Town", "", "ann"), ConflictError, "is no collector's"),
    ],
)
def test_a_grant_of_what_is_not_there_is_refused_whole(
    users: Users, grant: Grant, error: type[Exception], told: str
) -> None:
    with pytest.raises(error, match=told):
        users.add("eve", [Grant(Role.ADMINISTRATOR), grant], ADA)
    assert users.all() == []
    assert events(users) == []


@pytest.mark.parametrize("name", ["", "two words", "a" * 65, "semi;colon"])
def test_a_name_that_cannot_be_typed_is_refused(users: Users, name: str) -> None:
    with pytest.raises(ConflictError, match="is no user name"):
        users.add(name, [], ADA)


def test_a_name_is_taken_once(users: Users) -> None:
    users.add("李雷", [], ADA)
    with pytest.raises(ConflictError, match="already"):
        users.add("李雷", [], ADA)


def test_grants_are_replaced_and_a_change_is_an_event(users: Users) -> None:
    old, new = Grant(Role.PLANNER, "Town"), Grant(Role.COMPLIANCE, "Town")
    users.add("eve", [old], ADA)
    users.set_grants("eve", [new, new], ADA)
    users.set_grants("eve", [new], ADA)
    eve = users.find("eve")
    assert eve is not None
    assert eve.grants == (new,)
    told = [e for e in SqlStore(users.engine).events() if e.kind == "user.granted"]
    assert len(told) == 1
    assert told[0].before is not None
    assert told[0].before["grants"][0]["role"] == "planner"
    with pytest.raises(NotFoundError, match="no user 'bob'"):
        users.set_grants("bob", [new], ADA)


def test_what_was_chosen_is_kept(users: Users) -> None:
    users.add("eve", [], ADA)
    users.choose("eve", By("eve", NOON), language="en")
    users.choose("eve", By("eve", NOON), theme="dark")
    users.choose("eve", By("eve", NOON), theme="dark")
    eve = users.find("eve")
    assert eve is not None
    assert (eve.language, eve.theme) == ("en", "dark")
    assert [kind for _, kind, _ in events(users)] == ["user.added", "user.chose", "user.chose"]


def test_a_code_is_spent_once_and_ends(users: Users, logins: Logins) -> None:
    code = users.add("bob", [], ADA)
    late = NOON + CODE_LASTS
    with pytest.raises(LoginRefusedError):
        logins.first_sign_in("bob", code, PASSWORD, HERE, late)
    logins.first_sign_in("bob", code, PASSWORD, HERE, late - timedelta(seconds=1))
    with pytest.raises(LoginRefusedError):
        logins.first_sign_in("bob", code, PASSWORD, HERE, NOON)
    bob = users.find("bob")
    assert bob is not None
    assert bob.has_password


def test_one_of_two_who_spend_a_code_at_once_gets_in(users: Users, logins: Logins) -> None:
    code = users.add("bob", [], ADA)

    def spend(number: int) -> bool:
        try:
            logins.first_sign_in("bob", code, f"{PASSWORD} {number}", HERE, NOON)
        except LoginRefusedError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(spend, range(4))) == [False, False, False, True]


def test_a_poor_password_does_not_spend_the_code(users: Users, logins: Logins) -> None:
    code = users.add("bob", [], ADA)
    with pytest.raises(passwords.ShortPasswordError):
        logins.first_sign_in("bob", code, "short", HERE, NOON)
    assert logins.first_sign_in("bob", code, PASSWORD, HERE, NOON).has_password


def test_a_reset_takes_the_password_and_the_sessions(users: Users, logins: Logins) -> None:
    before = users.find("eve")
    code = users.reset("eve", ADA)
    after = users.find("eve")
    assert before is not None
    assert after is not None
    assert before.stamp != after.stamp
    with pytest.raises(LoginRefusedError):
        logins.log_in("eve", PASSWORD, HERE, NOON)
    assert logins.first_sign_in("eve", code, PASSWORD, HERE, NOON).name == "eve"


def test_the_disabled_get_in_by_nothing(users: Users, logins: Logins) -> None:
    code = users.reset("eve", ADA)
    users.disable("eve", ADA)
    with pytest.raises(LoginRefusedError):
        logins.first_sign_in("eve", code, PASSWORD, HERE, NOON)
    with pytest.raises(ConflictError, match="enable the user first"):
        users.reset("eve", ADA)
    users.enable("eve", ADA)
    assert logins.first_sign_in("eve", users.reset("eve", ADA), PASSWORD, HERE, NOON)


def test_secrets_stand_in_no_event_and_no_row(users: Users, logins: Logins) -> None:
    code = users.add("bob", [], ADA)
    logins.first_sign_in("bob", code, "another four words", HERE, NOON)
    with users.engine.connect() as connection:
        rows = connection.execute(select(tables.user_account)).all()
    told = repr(SqlStore(users.engine).events(limit=1000)) + repr(rows)
    assert code not in told
    assert "another four words" not in told
    assert "$argon2id$" in repr(rows)


def test_the_parameters_are_those_of_the_rfc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "PasswordHasher", PasswordHasher)
    # RFC 9106, 4: the second recommended option is t=3, p=4 and 64 MiB.
    assert "$argon2id$v=19$m=65536,t=3,p=4$" in passwords.password_hash(PASSWORD)


def test_a_weaker_hash_is_renewed_at_log_in(users: Users, logins: Logins) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1, hash_len=16).hash(PASSWORD)
    account = tables.user_account
    with users.engine.begin() as connection:
        connection.execute(update(account).values(password_hash=weak))
    logins.log_in("eve", PASSWORD, HERE, NOON)
    with users.engine.connect() as connection:
        kept = connection.scalar(select(account.c.password_hash))
    assert kept != weak
    assert logins.log_in("eve", PASSWORD, HERE, NOON).name == "eve"


def fail(logins: Logins, name: str, address: str, times: int) -> None:
    for _ in range(times):
        with pytest.raises(LoginRefusedError):
            logins.log_in(name, "a guess", address, NOON)


def test_each_failure_after_the_free_ones_doubles_the_wait(users: Users, logins: Logins) -> None:
    fail(logins, "eve", HERE, PATIENCE["name"].free)
    at = NOON
    for wait_s in (1, 2, 4, 8):
        for early_s in (0, wait_s - 0.01):  # a try that comes too early is not even counted
            with pytest.raises(LoginDelayedError):
                logins.log_in("eve", PASSWORD, THERE, at + timedelta(seconds=early_s))
        at += timedelta(seconds=wait_s)
        with pytest.raises(LoginRefusedError):
            logins.log_in("eve", "a guess", THERE, at)
    at += timedelta(seconds=16)
    assert logins.log_in("eve", PASSWORD, THERE, at).name == "eve"
    fail_again_at_once = PATIENCE["name"].free - 1
    fail(logins, "eve", HERE, fail_again_at_once)  # being in wiped the slate
    assert ("eve", "login.delayed", "eve") in events(users)


def test_an_address_waits_too_whatever_the_names(logins: Logins) -> None:
    for number in range(PATIENCE["address"].free):
        fail(logins, f"name{number}", HERE, 1)
    with pytest.raises(LoginDelayedError):
        logins.log_in("eve", PASSWORD, HERE, NOON)
    assert logins.log_in("eve", PASSWORD, THERE, NOON).name == "eve"


def test_ones_own_account_buys_no_tries_at_others(logins: Logins) -> None:
    for number in range(PATIENCE["address"].free):
        fail(logins, f"name{number}", HERE, 1)
        if number < PATIENCE["address"].free - 1:
            logins.log_in("eve", PASSWORD, HERE, NOON)
    with pytest.raises(LoginDelayedError):
        logins.log_in("eve", PASSWORD, HERE, NOON)


def test_failures_are_forgotten_after_a_day(users: Users, logins: Logins) -> None:
    fail(logins, "eve", HERE, PATIENCE["name"].free)
    later = NOON + FORGOTTEN_AFTER + timedelta(seconds=1)
    assert logins.log_in("eve", PASSWORD, HERE, later).name == "eve"
    with users.engine.connect() as connection:
        left = connection.execute(select(tables.login_failure.c.kind)).scalars().all()
    assert left == ["address"], "the name's is cleared, the address counts none"


def test_guesses_at_once_are_all_counted(logins: Logins) -> None:
    def guess(_: int) -> type[Exception]:
        with pytest.raises((LoginRefusedError, LoginDelayedError)) as caught:
            logins.log_in("eve", "a guess", HERE, NOON)
        return caught.type

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(guess, range(12)))
    assert found.count(LoginRefusedError) == PATIENCE["name"].free


@given(free=st.integers(1, 9), count=st.integers(0, 10_000))
def test_a_delay_grows_and_ends(free: int, count: int) -> None:
    patience = Patience(free, timedelta(minutes=15))
    delay = patience.delay(count)
    assert (delay == timedelta(0)) == (count < free)
    assert delay <= patience.delay(count + 1) <= patience.longest


@pytest.mark.parametrize(
    ("password", "error"),
    [
        ("nine char", passwords.ShortPasswordError),
        ("x" * 201, passwords.LongPasswordError),
        ("aaaaaaaaaaaa", passwords.GuessablePasswordError),
        ("eveeveeveeve", passwords.GuessablePasswordError),
        ("eve1eve2eve3", passwords.GuessablePasswordError),
    ],
)
def test_a_poor_password_is_told_why(password: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        passwords.check_password(password, "eve")


@pytest.mark.parametrize("password", [PASSWORD, "东河路十八弄五号的门", "x7!kq-Zr92"])
def test_a_good_password_needs_no_kind_of_character(password: str) -> None:
    passwords.check_password(password, "eve")


@given(st.text(alphabet=" -·", max_size=4))
def test_a_code_is_known_however_it_is_typed(noise: str) -> None:
    code = passwords.new_code()
    kept = passwords.code_digest(code)
    assert passwords.is_code(code.lower().replace("-", noise), kept)
    assert not passwords.is_code(passwords.new_code(), kept)
    assert not passwords.is_code("", kept)
    assert not passwords.is_code(code, None)


DISPATCHER_NORTH = User("nora", (Grant(Role.DISPATCHER, "Town", "North"),))
ADMINISTRATOR = User("ada", (Grant(Role.ADMINISTRATOR),))


@pytest.mark.parametrize(
    ("user", "asked", "may"),
    [
        (DISPATCHER_NORTH, (Role.DISPATCHER,), True),
        (DISPATCHER_NORTH, (Role.DISPATCHER, "Town"), True),
        (DISPATCHER_NORTH, (Role.DISPATCHER, "Town", "North"), True),
        (DISPATCHER_NORTH, (Role.DISPATCHER, "Town", "South"), False),
        (DISPATCHER_NORTH, (Role.DISPATCHER, "Town", ""), False),  # the lender's own
        (DISPATCHER_NORTH, (Role.DISPATCHER, "Elsewhere"), False),
        (DISPATCHER_NORTH, (Role.PLANNER, "Town"), False),
        (ADMINISTRATOR, (Role.ADMINISTRATOR, "Anywhere", "Any"), True),
        (ADMINISTRATOR, (Role.DISPATCHER, "Town"), False),  # duties are apart
    ],
)
def test_a_grant_opens_its_role_city_and_agency(
    user: User, asked: tuple[Role, str, str], may: bool
) -> None:
    assert user.can(*asked) is may


def test_whose_work_a_role_shows() -> None:
    assert DISPATCHER_NORTH.agencies(Role.DISPATCHER, "Town") == frozenset({"North"})
    assert DISPATCHER_NORTH.agencies(Role.DISPATCHER, "Elsewhere") == frozenset()
    lender = User("dora", (Grant(Role.DISPATCHER, "Town"), Grant(Role.DISPATCHER, "Town", "North")))
    assert lender.agencies(Role.DISPATCHER, "Town") is None
    assert lender.cities == ("Town",)
    assert ADMINISTRATOR.cities == ()


def test_an_error_of_the_database_tells_nothing_of_what_was_written(users: Users) -> None:
    with pytest.raises(IntegrityError) as refused, users.engine.begin() as connection:
        connection.execute(insert(tables.user_account), {"name": "li", "language": "a secret"})
    # PostgreSQL itself quotes the row below DETAIL.
    assert "secret" not in str(refused.value).partition("DETAIL")[0]
