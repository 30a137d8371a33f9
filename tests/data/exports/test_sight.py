"""What a user's roles let her take along."""

from __future__ import annotations

import pytest

from data.access import Grant, Role, User
from data.exports.sight import ExportRefusedError, Sight, sight_of
from data.masking import Masking


def user(*grants: Grant, is_disabled: bool = False) -> User:
    return User("li", grants, is_disabled=is_disabled)


DISPATCHER = Grant(Role.DISPATCHER, "Town")
COLLECTOR = Grant(Role.COLLECTOR, "Town", collector_id="ann")
PLANNER = Grant(Role.PLANNER, "Town")


@pytest.mark.parametrize("role", [Role.DISPATCHER, Role.COMPLIANCE])
def test_who_answers_for_the_day_sees_all_of_it(role: Role) -> None:
    one = user(Grant(role, "Town"))
    assert sight_of(one, "Town") == Sight(Masking.MASKED)
    assert sight_of(one, "Town", in_full=True) == Sight(Masking.FULL)
    assert sight_of(one, "Town", collector_id="bob").collector_id == "bob"


def test_an_agencys_dispatcher_sees_the_agency() -> None:
    north = user(Grant(Role.DISPATCHER, "Town", "North"))
    assert sight_of(north, "Town").agencies == frozenset({"North"})


def test_a_collector_sees_her_own_day_however_she_asks() -> None:
    assert sight_of(user(COLLECTOR), "Town") == Sight(Masking.MASKED, None, "ann", is_own=True)
    assert sight_of(user(COLLECTOR), "Town", collector_id="ann").collector_id == "ann"
    with pytest.raises(ExportRefusedError, match="exports her own day alone"):
        sight_of(user(COLLECTOR), "Town", collector_id="bob")


def test_a_planner_sees_streets_and_is_refused_names() -> None:
    assert sight_of(user(PLANNER), "Town") == Sight(Masking.STREET)
    with pytest.raises(ExportRefusedError, match="a planner exports tells nobody's name"):
        sight_of(user(PLANNER), "Town", in_full=True)


def test_the_role_that_sees_most_counts() -> None:
    assert sight_of(user(PLANNER, COLLECTOR, DISPATCHER), "Town") == Sight(Masking.MASKED)


@pytest.mark.parametrize(
    "stranger",
    [
        user(),
        user(Grant(Role.ADMINISTRATOR)),
        user(Grant(Role.DISPATCHER, "West"), Grant(Role.COLLECTOR, "West", collector_id="ann")),
        user(DISPATCHER, COLLECTOR, is_disabled=True),
    ],
)
def test_nobody_else_takes_anything_along(stranger: User) -> None:
    with pytest.raises(ExportRefusedError, match="an administrator can grant one"):
        sight_of(stranger, "Town")
