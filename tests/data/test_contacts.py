"""The contact log in the book, and the appointments made on the phone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from time import monotonic
from typing import Any

import pytest

from data.store import SqlStore
from scheduler.contacts import (
    REMEMBERED,
    Channel,
    Contact,
    ContactResult,
    Direction,
    Party,
)
from scheduler.errors import NotFoundError
from scheduler.model import Case, Window
from scheduler.ports import BookChange, CaseRecord, NotTaken
from tests.data.world import ALICE, ALL_KNOWN, NOON, TODAY, TOWN, record

TOMORROW = NOON + timedelta(days=1)
AGREED = Window(TOMORROW, TOMORROW + timedelta(hours=2))
LATER = Window(TOMORROW + timedelta(days=1), TOMORROW + timedelta(days=1, hours=1))
WITHOUT_APPOINTMENTS = ALL_KNOWN - {"case.appointment"}


@pytest.fixture
def book(store: SqlStore) -> SqlStore:
    """A store with B1, who has C1 and C3, and B2."""
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
    put(store, record(1), record(2), record(3, borrower=1))
    return store


def put(store: SqlStore, *records: CaseRecord, known: frozenset[str] = ALL_KNOWN) -> None:
    with store.writing(ALICE) as writer:
        writer.put_cases("Town", records, known=known, complete=False)


def add(store: SqlStore, *contacts: Contact) -> BookChange:
    with store.writing(ALICE) as writer:
        return writer.add_contacts("Town", contacts)


def call(key: str = "k1", **told: Any) -> Contact:
    usual: dict[str, Any] = {
        "borrower_id": "B1",
        "channel": Channel.CALL,
        "direction": Direction.OUT,
        "party": Party.BORROWER,
        "result": ContactResult.ANSWERED,
        "at": NOON - timedelta(hours=1),
        "by": "A07",
    }
    return Contact(key, **usual | told)


def case(store: SqlStore, id: str = "C1") -> Case:
    return next(one for one in store.open_day("Town", TODAY).cases if one.id == id)


def test_a_contact_comes_back_as_it_went_in(book: SqlStore) -> None:
    full = call(
        case_id="C1", contacted="2", recording="R-9", note="asks for Sunday", appointment=AGREED
    )
    assert add(book, full) == BookChange(new=("k1",))
    assert book.contacts("Town", "B1") == [full]
    day = book.open_day("Town", TODAY)
    assert day.dossier_of("B1").contacts == (full,)
    assert day.dossier_of("B2").contacts == ()
    assert day.knows_contacts


def test_a_book_without_contacts_knows_it(book: SqlStore) -> None:
    assert not book.open_day("Town", TODAY).knows_contacts
    # That nobody has tried is told of one borrower, and tells nothing of the others.
    add(book, call(result=ContactResult.NOT_TRIED, party=Party.NOBODY))
    assert not book.open_day("Town", TODAY).knows_contacts


def test_sent_twice_it_is_kept_once_with_one_event(book: SqlStore) -> None:
    add(book, call())
    assert add(book, call(), call("k2")) == BookChange(new=("k2",), unchanged=("k1",))
    added = [event for event in book.events(subject="B1") if event.kind == "contact.added"]
    assert len(added) == 2


def test_a_key_of_something_else_is_not_taken_and_the_others_are(book: SqlStore) -> None:
    add(book, call())
    other = call(result=ContactResult.BUSY)
    change = add(book, other, call("k2"), call("k2", result=ContactResult.BUSY))
    assert change == BookChange(new=("k2",), clashing=("k1", "k2"))
    assert {one.result for one in book.contacts("Town", "B1")} == {ContactResult.ANSWERED}


def test_two_cities_may_use_one_key(book: SqlStore) -> None:
    with book.writing(ALICE) as writer:
        writer.put_city(replace(TOWN, name="Other"))
        writer.put_cases("Other", [record(1)], known=ALL_KNOWN, complete=False)
        writer.add_contacts("Other", [call()])
    assert add(book, call()).new == ("k1",)


def test_the_event_holds_no_words_written_by_hand(book: SqlStore) -> None:
    add(book, call(note="wife 13800000000", contacted="王芳"))
    event = book.events(subject="B1")[0]
    assert event.agency == "North"
    assert event.after == {
        "key": "k1", "borrower_id": "B1", "channel": "call", "direction": "out",
        "party": "borrower", "result": "answered", "by": "A07",
        "at": "2026-03-02T03:00:00+00:00",
    }  # fmt: skip


def test_unknown_borrowers_are_named_and_nothing_is_kept(book: SqlStore) -> None:
    with pytest.raises(NotFoundError, match="Town has no borrower B8, B9"):
        add(book, call(), call("k2", borrower_id="B9"), call("k3", borrower_id="B8"))
    assert book.contacts("Town", "B1") == []


def test_what_is_long_ago_is_not_remembered_by_a_day(book: SqlStore) -> None:
    old, young = call(at=NOON - REMEMBERED - timedelta(days=2)), call("k2")
    add(book, old, young)
    assert book.open_day("Town", TODAY).dossier_of("B1").contacts == (young,)
    assert book.contacts("Town", "B1") == [young, old]


def test_an_appointment_on_the_phone_is_the_cases(book: SqlStore) -> None:
    add(book, call(case_id="C1", result=ContactResult.APPOINTMENT, appointment=AGREED))
    assert case(book, "C1").appointment == AGREED
    assert case(book, "C3").appointment is None
    (event,) = [event for event in book.events(subject="C1") if event.kind == "case.appointed"]
    assert event.before is None


def test_an_appointment_about_no_case_is_for_all_of_hers(book: SqlStore) -> None:
    add(book, call(result=ContactResult.APPOINTMENT, appointment=AGREED))
    assert [case(book, id).appointment for id in ("C1", "C2", "C3")] == [AGREED, None, AGREED]


def test_the_later_call_holds_though_it_is_told_first(book: SqlStore) -> None:
    add(book, call("late", appointment=LATER, at=NOON - timedelta(minutes=5)))
    add(book, call("early", appointment=AGREED, at=NOON - timedelta(minutes=9)))
    assert case(book).appointment == LATER


def test_a_list_does_not_overwrite_what_was_agreed_on_the_phone(book: SqlStore) -> None:
    add(book, call(appointment=AGREED))
    put(book, record(1, overdue=Decimal(5)), known=WITHOUT_APPOINTMENTS)
    assert case(book).appointment == AGREED
    # Nor does a list whose cell is empty; one that tells another appointment does.
    put(book, record(1, overdue=Decimal(6)))
    assert case(book).appointment == AGREED
    put(book, record(1, appointment=LATER))
    assert case(book).appointment == LATER
    # What only lists have told, a list takes back.
    put(book, record(1))
    assert case(book).appointment is None


def test_a_case_list_that_tells_of_contacts_fills_the_log_once(book: SqlStore) -> None:
    told = call("list-C1-202603021100-call", case_id="C1")
    nobody = call("list-C2-never-call", borrower_id="B2", result=ContactResult.NOT_TRIED)
    listed = [replace(record(1), contact=told), replace(record(2), contact=nobody)]
    put(book, *listed)
    # Tomorrow's list says again that nobody has contacted B2: since when stays as it was.
    again = replace(nobody, at=NOON)
    put(book, listed[0], replace(listed[1], contact=again))
    assert book.contacts("Town", "B1") == [told]
    assert book.contacts("Town", "B2") == [nobody]


def test_ten_thousand_contacts_are_kept_in_a_moment(book: SqlStore) -> None:
    many = [call(f"k{n}", borrower_id=f"B{1 + n % 2}") for n in range(10_000)]
    began = monotonic()
    assert len(add(book, *many).new) == 10_000
    took_s = monotonic() - began
    # Half a second on an idle core, and 50,000 in three; among other tests it takes longer.
    assert took_s < 15
    assert len(book.open_day("Town", TODAY).dossier_of("B1").contacts) == 5_000


def wishes(store: SqlStore) -> list[tuple[Channel | None, str]]:
    told = store.open_day("Town", TODAY).dossier_of("B1").wishes
    return [(one.channel, one.source) for one in told]


def test_who_opts_out_of_a_channel_wishes_so_until_it_is_ended(book: SqlStore) -> None:
    add(book, call(result=ContactResult.OPT_OUT), call("k2", result=ContactResult.OPT_OUT))
    assert wishes(book) == [(Channel.CALL, "contact k1")]
    add(book, call("k3", channel=Channel.SMS, result=ContactResult.OPT_OUT))
    assert wishes(book) == [(Channel.CALL, "contact k1"), (Channel.SMS, "contact k3")]
    first = book.open_day("Town", TODAY).dossier_of("B1").wishes[0]
    with book.writing(ALICE) as writer:
        writer.end_wish("Town", first.id)
    add(book, call(result=ContactResult.OPT_OUT))  # sent again, it says nothing new
    assert wishes(book) == [(Channel.SMS, "contact k3")]


def test_a_third_person_who_opts_out_speaks_for_nobody_else(book: SqlStore) -> None:
    add(book, call(party=Party.EMPLOYER, result=ContactResult.OPT_OUT))
    assert wishes(book) == []


SUM: dict[str, Any] = {
    "result": ContactResult.PROMISED,
    "amount": Decimal(500),
    "due": TODAY + timedelta(days=7),
}


def promises(store: SqlStore) -> list[tuple[str, Decimal, int]]:
    found = store.open_day("Town", TODAY).dossier_of("B1").promises
    return [(one.case_id, one.amount, one.grace_days) for one in found]


def test_a_promise_by_phone_is_as_one_at_the_door_and_is_made_once(book: SqlStore) -> None:
    told = call(case_id="C1", method="app", **SUM)
    for _ in range(2):
        add(book, told)
    [kept] = book.open_day("Town", TODAY).dossier_of("B1").promises
    assert (kept.amount, kept.due, kept.method) == (Decimal(500), told.due, "app")
    assert kept.given_at == told.at
    assert kept.grace_days == 1  # that of the house's line of PTP
    assert case(book).promise_due == kept.check_day  # nobody visits until then
    assert book.contacts("Town", "B1") == [told]


def test_a_sum_without_a_contract_is_parted_and_grace_that_was_agreed_holds(book: SqlStore) -> None:
    add(book, call(**{**SUM, "amount": Decimal(1000)}, grace_days=3))
    # 800.25 is overdue on each: the first contract takes that, the next one the rest.
    assert promises(book) == [("C1", Decimal("800.25"), 3), ("C3", Decimal("199.75"), 3)]


def test_a_corrected_contact_is_undone_and_counts_no_more(book: SqlStore) -> None:
    add(book, call(case_id="C1", appointment=AGREED, **SUM))
    add(book, call("k2", case_id="C1", corrects="k1"))
    assert promises(book) == []
    assert case(book).appointment is None
    assert [one.key for one in book.contacts("Town", "B1")] == ["k2"]
    assert [one.key for one in book.open_day("Town", TODAY).dossier_of("B1").contacts] == ["k2"]
    kinds = [event.kind for event in book.events(subject="B1")]
    assert kinds.count("contact.corrected") == 1
    add(book, call("k2", case_id="C1", corrects="k1"))  # sent twice
    corrected = NotTaken("k3", "corrects", "contact 'k1' was corrected by 'k2': correct that one")
    nothing = NotTaken("k4", "corrects", "borrower 'B1' has no contact 'k9' to correct")
    change = add(book, call("k3", corrects="k1"), call("k4", corrects="k9"), call("k5"))
    assert change == BookChange(new=("k5",), refused=(corrected, nothing))


def test_corrections_of_one_batch_are_sifted_whatever_their_order(book: SqlStore) -> None:
    told = [
        call("k3", corrects="k2"),  # stands on k2, which comes later
        call("k2", corrects="k1"),
        call("late", corrects="k1"),  # k2 was before it
        call("k1"),
        call("ring", corrects="gnir"),
        call("gnir", corrects="ring"),
        call("self", corrects="self"),
        call("hers", borrower_id="B2", corrects="k3"),  # another borrower's
        call("on it", corrects="late"),  # which is not taken
    ]
    change = add(book, *told)
    assert set(change.new) == {"k1", "k2", "k3"}
    assert {one.key: one.problem.partition(" '")[0] for one in change.refused} == {
        "late": "contact",
        **dict.fromkeys(("ring", "gnir", "self", "hers", "on it"), "borrower"),
    }
    assert [one.key for one in book.contacts("Town", "B1")] == ["k3"]


def test_a_correction_gives_back_what_was_agreed_before_and_ends_the_wish(book: SqlStore) -> None:
    early = {"at": NOON - timedelta(hours=3)}
    add(book, call("k0", case_id="C1", appointment=LATER, **early))
    add(book, call(case_id="C1", result=ContactResult.OPT_OUT, appointment=AGREED))
    assert case(book).appointment == AGREED
    add(book, call("k2", case_id="C1", corrects="k1"))
    assert case(book).appointment == LATER
    assert book.open_day("Town", TODAY).dossier_of("B1").wishes == ()
