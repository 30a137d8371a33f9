"""The policy's pages: read by planners, put by one person, approved by another, previewed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from data.access import Grant, Role
from data.policy import house_policy, policy_text, read_policy
from tests.data.world import ALICE, TODAY
from tests.web.pages import World
from tests.web.test_dispatch import english
from web.policy.typed import typed_policy

PAGE = "/Town/policy"
NEW = f"{PAGE}/new"
TOMORROW = TODAY + timedelta(days=1)
STRICTER = policy_text(house_policy()).replace(
    'channel = "visit", from_days = 31', 'channel = "visit", from_days = 55'
)
"""Visits M2 from day 55 on: the world's cases are 40 days past due."""


@pytest.fixture(autouse=True)
def people(world: World) -> None:
    grants = {
        "olga": Grant(Role.COMPLIANCE, "Town"),
        "omar": Grant(Role.COMPLIANCE, "Town"),
        "nils": Grant(Role.COMPLIANCE, "Town", "North"),
        "pia": Grant(Role.PLANNER, "Town"),
    }
    for name, grant in grants.items():
        world.wired.users.add(name, [grant], ALICE)


def form(do: str, text: str = STRICTER, **more: str) -> dict[str, Any]:
    """Return what the form of a policy sends."""
    typed = typed_policy(read_policy(text))
    sent: dict[str, Any] = {"title": typed.title, "source": typed.source, "rows": len(typed.rows)}
    for number, row in enumerate(typed.rows, start=1):
        told = asdict(row) | {"buckets": list(row.buckets), "steps": len(row.steps)}
        sent |= {f"rows {number}.{name}": value for name, value in told.items()}
        for at, step in enumerate(row.steps, start=1):
            path = f"rows {number}.steps {at}"
            sent |= {f"{path}.{name}": value for name, value in asdict(step).items()}
    sent |= {f"value.{name}": value for name, value in typed.value.items()}
    return sent | {"do": do, "since": str(TOMORROW), "note": "later visits"} | more


def keep(world: World, who: str = "olga") -> None:
    assert english(world, who).post(NEW, form("keep")).status_code == 302


@pytest.mark.parametrize(("who", "may_write"), [("dora", False), ("pia", False), ("olga", True)])
def test_who_reads_and_who_writes(world: World, who: str, *, may_write: bool) -> None:
    page = english(world, who).page(PAGE)
    assert "default of the house" in page
    assert ("Make a new version" in page) is may_write
    assert english(world, who).get(NEW).status_code == (200 if may_write else 403)
    status = english(world, who).post(NEW, form("keep")).status_code
    assert status == (302 if may_write else 403)


def test_a_collector_sees_none_of_it(world: World) -> None:
    assert english(world, "alice").get(PAGE).status_code == 403


def test_an_officer_of_one_agency_binds_no_other(world: World) -> None:
    nils = english(world, "nils")
    assert nils.get(PAGE).status_code == 200
    assert nils.post(NEW, form("keep")).status_code == 403
    assert nils.post(NEW, form("preview")).status_code == 403
    keep(world)
    assert nils.post(f"{PAGE}/1/approve").status_code == 403


def test_a_version_is_kept_with_its_difference_and_waits(world: World) -> None:
    keep(world)
    page = unescape(english(world, "dora").page(PAGE))
    assert "waits for approval" in page
    assert "later visits" in page
    told = "M2, M3: visit from %s days past due on, 3 days between, at most 4 in 30 days"
    assert f"\n+{told % 55}" in page
    assert f"-{told % 31}" in page
    assert page.split("<pre")[1].split("</pre>")[0].count("\n") == 1, "and nothing else differs"
    page = unescape(world.visitor("dora").page(PAGE))
    assert "+M2、M3：上门 自逾期 55 天起，间隔 3 天、30 天内最多 4 次、话术：agree" in page
    assert world.wired.store.policy_in_force("Town", TOMORROW) == house_policy()


def test_whoever_made_it_sees_no_button_and_is_refused(world: World) -> None:
    keep(world)
    assert "Approve version 1" not in english(world, "olga").page(PAGE)
    answer = english(world, "olga").post(f"{PAGE}/1/approve")
    assert answer.status_code == 409
    assert "somebody else must approve it" in answer.text


def test_a_second_person_approves(world: World) -> None:
    keep(world)
    omar = english(world, "omar")
    assert "Approve version 1" in omar.page(PAGE)
    assert omar.post(f"{PAGE}/1/approve").status_code == 302
    assert "approved by omar" in omar.page(PAGE)
    assert world.wired.store.policy_in_force("Town", TOMORROW).number == 1


def test_the_policy_is_given_out_as_it_can_be_put(world: World) -> None:
    answer = english(world, "pia").get("/Town/policy.toml")
    assert answer.data.decode() == policy_text(house_policy())
