"""The desk's page of contacts: what is shown, logged and refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from scheduler.contacts import Channel, Contact, ContactResult, Direction, Party
from tests.data.world import ALICE, NOON, TODAY
from tests.web.pages import Visitor, World

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def path(world: World) -> str:
    """The address of the page."""
    with world.app.test_request_context():
        from flask import url_for

        return url_for("dispatch.contacts", city="Town", on=TODAY)


@pytest.fixture
def dora(world: World) -> Visitor:
    return world.visitor("dora", **ENGLISH)


def form(**told: Any) -> dict[str, Any]:
    usual = {"case": "C1", "key": "k1", "channel": "call", "result": "answered"}
    return {**usual, "direction": "out", "at": "2026-03-02T11:00", **told}


def test_a_contact_is_logged_once_and_shown(world: World, dora: Visitor, path: str) -> None:
    page = dora.page(f"{path}?case=C1")
    assert "No contact yet" in page
    for _ in range(2):  # pressed twice
        assert dora.post(path, form()).status_code == 302
    (logged,) = world.wired.store.contacts("Town", "B1")
    assert logged == Contact(
        "desk-k1", "B1", Channel.CALL, Direction.OUT, Party.BORROWER, ContactResult.ANSWERED,
        NOON - timedelta(hours=1), by="dora", case_id="C1",
    )  # fmt: skip
    page = dora.page(f"{path}?case=C1")
    assert "talked, or answered" in page
    assert "Calls to her today: 1, of which she answered 1." in page


def test_an_appointment_is_the_cases(world: World, dora: Visitor, path: str) -> None:
    agreed = {
        "appointment_on": "2026-03-03",
        "appointment_from": "14:00",
        "appointment_to": "16:00",
    }
    assert dora.post(path, form(result="appointment", **agreed)).status_code == 302
    (case,) = [one for one in world.wired.store.open_day("Town", TODAY).cases if one.id == "C1"]
    assert case.appointment is not None
    assert case.appointment.duration == timedelta(hours=2)


@pytest.mark.parametrize(
    ("told", "complaint"),
    [
        ({"channel": "pigeon"}, "Choose one."),
        ({"result": ""}, "Choose one."),
        ({"at": "2026-03-02T12:01"}, "That lies in the future."),
        ({"at": "yesterday"}, "Give the day and the time."),
        ({"result": "appointment"}, "Say for when."),
        ({"appointment_on": "2026-03-03"}, "Give the day and the time."),
        (
            {
                "appointment_on": "2026-03-03",
                "appointment_from": "16:00",
                "appointment_to": "14:00",
            },
            "Take hours to come",
        ),
    ],
)
def test_what_cannot_be_is_marked_and_what_was_typed_stays(
    world: World, dora: Visitor, path: str, told: dict[str, str], complaint: str
) -> None:
    answer = dora.post(path, form(note="asks for Sunday", **told))
    assert answer.status_code == 400
    assert complaint in answer.text
    assert 'value="asks for Sunday"' in answer.text
    assert world.wired.store.contacts("Town", "B1") == []


def test_a_case_that_is_not_there_is_told(dora: Visitor, path: str) -> None:
    answer = dora.get(f"{path}?case=C99")
    assert answer.status_code == 404
    assert "There is no such case here" in answer.text
    assert "Whose contacts?" in dora.page(path)


def test_a_client_id_finds_her_first_case(dora: Visitor, path: str) -> None:
    assert '<input type="hidden" name="case" value="C1">' in dora.page(f"{path}?case=B1")


def test_an_agencys_dispatcher_sees_her_cases_alone(world: World, path: str) -> None:
    nora = world.visitor("nora")  # of North; C3 is of South
    assert nora.get(f"{path}?case=C1").status_code == 200
    assert nora.get(f"{path}?case=C3").status_code == 404
    assert nora.post(path, form(case="C3")).status_code == 404
    told = Contact(
        "x", "B1", Channel.CALL, Direction.OUT, Party.BORROWER, ContactResult.REFUSED, NOON,
        case_id="C3", note="about the other loan",
    )  # fmt: skip
    with world.wired.store.writing(ALICE) as writer:
        writer.add_contacts("Town", [told])
    assert "about the other loan" not in nora.page(f"{path}?case=C1")
    assert "about the other loan" in world.visitor("dora").page(f"{path}?case=C1")


def test_only_dispatchers_are_let_in(world: World, path: str) -> None:
    assert world.visitor("alice").get(path).status_code == 403
    assert world.visitor().get(path).status_code == 302


def test_the_page_says_whether_she_may_be_called_now(
    world: World, dora: Visitor, path: str
) -> None:
    # CN: at noon a call is lawful, until she was talked to three times that day; a message is.
    for n in range(3):
        assert "By the rules no call may be made now" not in dora.page(f"{path}?case=C1")
        dora.post(path, form(key=f"k{n}"))
    page = dora.page(f"{path}?case=C1")
    assert "By the rules no call may be made now" in page
    assert "she was talked to in 3 calls today; 3 a day allowed" in page
    assert "GB/T 45251-2025" in page
    assert page.count("may be made</span>") == 2  # by text message and messenger
    chinese = world.visitor("dora", **{"Accept-Language": "zh"}).page(f"{path}?case=C1")
    assert "现在可以联系借款人吗" in chinese


def test_a_promise_is_kept_and_undone_by_a_correction(
    world: World, dora: Visitor, path: str
) -> None:
    told = {
        "result": "promised",
        "amount": "500",
        "due": "2026-03-09",
        "method": "app",
        "grace_days": "2",
    }
    assert dora.post(path, form(**told | {"due": ""})).status_code == 400
    assert "Write whole days" in dora.post(path, form(**told | {"grace_days": "soon"})).text
    assert dora.post(path, form(**told)).status_code == 302
    assert "promised CN¥500" in dora.page(f"{path}?case=C1")
    [kept] = world.wired.store.open_day("Town", TODAY).dossier_of("B1").promises
    assert (kept.method, kept.grace_days) == ("app", 2)
    assert "takes the place" in dora.page(f"{path}?case=C1&corrects=desk-k1")
    assert dora.post(path, form(key="k2", corrects="desk-k1")).status_code == 302
    assert world.wired.store.open_day("Town", TODAY).dossier_of("B1").promises == ()
    assert dora.post(path, form(key="k3", corrects="desk-k1")).status_code == 409
