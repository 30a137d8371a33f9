"""Results told by telephone: a line a visit, kept by the same use case as the phone's."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from werkzeug.test import TestResponse

from data.store.rounds import Rounds
from scheduler.ports import Outcome
from tests.data.world import MIDNIGHT, NOON, TODAY
from tests.web.carried import let_in
from tests.web.homes import lawful_home  # noqa: F401
from tests.web.pages import World
from tests.web.phone_days import full_trip, publish
from web.phone.brought.taking_in import take_in_waiting

PATH = f"/Town/{TODAY}/phoned-in"
HERS = f"{PATH}/alice+bob"
PROMISE = {"code": "PTP", "amount": "500", "due": "2026-03-09", "method": "app"}
KEYS = re.compile(r'name="(\d\.(?:key|corrects))" value="([^"]+)"')


@pytest.fixture
def pair(world: World) -> World:
    """Alice and Bob visit B1, B2 and B3 together, and take their notes by telephone."""
    publish(world, full_trip("alice+bob"))
    return world


def line(number: int, **typed: str) -> dict[str, str]:
    return {f"{number}.{name}": text for name, text in typed.items()}


def tell(world: World, *lines: dict[str, str], who: str = "dora", **more: Any) -> TestResponse:
    """Fill in lines of the form as it stands now, and send it."""
    desk = world.visitor(who, **{"Accept-Language": "en"})
    form = dict(KEYS.findall(desk.page(HERS)))
    for one in lines:
        form |= one
    return desk.post(HERS, form, **more)


def outcomes(world: World) -> dict[str, Outcome]:
    rounds = Rounds(world.wired.store.engine)
    found = rounds.round("Town", TODAY, "alice")
    assert found is not None
    return rounds.progress("Town", found, "alice").outcomes


def by_phone(world: World, amount: str) -> None:
    """Let Alice's own phone bring a promise of B1."""
    phone = let_in(world, "alice", plan=2)
    told = PROMISE | {"amount": amount}
    phone.record("result", "B1", at=NOON, **told)
    phone.bring()
    take_in_waiting(world.app)


def test_what_is_told_stands_for_the_crew_under_the_dispatchers_name(pair: World) -> None:
    told = line(1, **PROMISE, at="10:20"), line(2, code="NOT_HOME", note="lights on")
    assert tell(pair, *told).status_code == 302
    first, second = (outcomes(pair)[who] for who in ("B1", "B2"))
    assert (first.code, first.amount, first.crew) == ("PTP", Decimal(500), ("alice", "bob"))
    assert first.at == MIDNIGHT + timedelta(hours=10, minutes=20)
    assert (second.code, second.note, second.at) == ("NOT_HOME", "lights on", NOON)
    kept = pair.wired.records.results([first.key])[first.key]
    assert kept.recorded_by == "dora"
    assert pair.events("visit.phoned_in") == ["B1", "B2"]
    page = pair.visitor("dora", **{"Accept-Language": "en"}).page(HERS)
    assert "by dora for alice, bob" in page


def test_good_lines_are_kept_and_bad_ones_say_why(pair: World) -> None:
    answer = tell(pair, line(1, code="PTP", amount="soon"), line(2, code="NOT_HOME"))
    assert answer.status_code == 409
    assert "Write the amount in figures" in answer.text
    assert 'value="soon"' in answer.text, "what was typed stays"
    assert set(outcomes(pair)) == {"B2"}
    assert "1 result is saved." in answer.text


def test_a_correction_keeps_what_was_told_first(pair: World) -> None:
    tell(pair, line(1, **PROMISE))
    first = outcomes(pair)["B1"]
    assert tell(pair, line(1, **PROMISE | {"amount": "300"})).status_code == 302
    second = outcomes(pair)["B1"]
    assert (second.amount, second.corrects) == (Decimal(300), first.key)
    assert first.key in pair.wired.records.results([first.key])


def test_what_a_phone_has_told_otherwise_meanwhile_is_shown_and_decided(pair: World) -> None:
    desk = pair.visitor("dora", **{"Accept-Language": "en"})
    form = dict(KEYS.findall(desk.page(HERS)))
    by_phone(pair, "300")
    answer = desk.post(HERS, form | line(1, **PROMISE))
    assert answer.status_code == 409
    assert "Another result stands by now" in answer.text
    assert outcomes(pair)["B1"].amount == Decimal(300), "nobody has decided"
    kept = outcomes(pair)["B1"].key
    assert f'name="1.corrects" value="{kept}"' in answer.text
    assert desk.post(HERS, form | line(1, **PROMISE, corrects=kept)).status_code == 302
    assert outcomes(pair)["B1"].amount == Decimal(500)


def test_the_same_told_twice_stands_once(pair: World) -> None:
    desk = pair.visitor("dora", **{"Accept-Language": "en"})
    form = dict(KEYS.findall(desk.page(HERS))) | line(1, **PROMISE)
    for _ in range(2):
        assert desk.post(HERS, form).status_code == 302
    assert pair.events("outcome.recorded") == ["B1"]
    by_phone(pair, "500.00")
    assert pair.events("outcome.recorded") == ["B1"], "her phone tells the same"


def test_an_empty_form_saves_nothing(pair: World) -> None:
    answer = tell(pair, follow_redirects=True)
    assert "Nothing was told yet" in answer.text
    assert outcomes(pair) == {}


@pytest.mark.parametrize(("at", "status"), [("25:99", 409), ("23:50", 302)])
def test_a_time_is_a_time_and_never_ahead(pair: World, at: str, status: int) -> None:
    assert tell(pair, line(1, code="NOT_HOME", at=at)).status_code == status
    assert [one.at for one in outcomes(pair).values()] == ([NOON] if status == 302 else [])


def test_a_day_that_has_not_begun_takes_nothing(world: World) -> None:
    tomorrow = TODAY + timedelta(days=1)
    publish(world, full_trip("alice"), on=tomorrow)
    desk = world.visitor("dora")
    path = f"/Town/{tomorrow}/phoned-in/alice"
    form = dict(KEYS.findall(desk.page(path))) | line(1, code="NOT_HOME")
    assert desk.post(path, form).status_code == 409


@pytest.mark.parametrize(
    ("who", "crew", "status"),
    [
        ("nora", "alice", 200),
        ("nora", "charlie", 404),
        ("dora", "nobody", 404),
        ("alice", "alice", 403),
    ],
)
def test_each_dispatcher_has_her_own_crews(world: World, who: str, crew: str, status: int) -> None:
    assert world.visitor(who).get(f"{PATH}/{crew}").status_code == status


def test_it_leads_to_the_first_crew_and_says_where_there_is_none(world: World) -> None:
    desk = world.visitor("dora", **{"Accept-Language": "en"})
    assert desk.get(PATH).location == f"{PATH}/alice"
    other = f"/Town/{TODAY + timedelta(days=1)}/phoned-in"
    assert "Nobody drives on this day" in desk.page(other)


def test_every_code_is_found_by_a_number_of_its_own(world: World) -> None:
    page = world.visitor("dora", **{"Accept-Language": "en"}).page(f"{PATH}/alice")
    numbers = re.findall(r'<option value="[A-Z_]+" data-asks="[^"]*">(\d+) ', page)
    assert len(numbers) == 34 == len(set(numbers))
    assert not [a for a in numbers for b in numbers if a != b and b.startswith(a)]
