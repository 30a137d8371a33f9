"""Pauses, wishes and consents in the book: kept with an event, told to a day, ended once."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest

from data.store import SqlStore
from scheduler.contacts import Channel
from scheduler.errors import ConflictError, NotFoundError
from scheduler.model import DailyWindow, PlaceKind
from scheduler.restraints import Consent, Pause, PauseKind, Restraint, Wish, WishBy
from tests.data.world import ALICE, ALL_KNOWN, TODAY, TOWN, record

PAUSE = Pause(0, "B1", PauseKind.MOURNING, TODAY, TODAY + timedelta(days=7), "her son, 13812345678")
HOURS = (DailyWindow(time(12), time(14), frozenset({0, 6})),)
WISH = Wish(
    0, "B1", "letter", HOURS, PlaceKind.WORK, "B1-home", Channel.VISIT, TODAY, None, WishBy.EMPLOYER
)
EVIDENCE = "recording 77"
CONSENT = Consent(0, "B1", "house_hours", "evenings", TODAY, EVIDENCE, None, "B1-home", "C1", HOURS)


@pytest.fixture
def town(store: SqlStore) -> SqlStore:
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
        writer.put_city(replace(TOWN, name="Other"))
        writer.put_cases("Town", [record(1), record(2)], known=ALL_KNOWN, complete=True)
    return store


def put(store: SqlStore, one: Restraint) -> Restraint:
    with store.writing(ALICE) as writer:
        match one:
            case Pause():
                return writer.put_pause("Town", one)
            case Wish():
                return writer.put_wish("Town", one)
            case Consent():
                return writer.put_consent("Town", one)


def test_a_day_knows_what_was_kept_until_it_is_ended(town: SqlStore) -> None:
    kept = [put(town, one) for one in (PAUSE, WISH, CONSENT)]
    assert all(one.id for one in kept)
    told = town.open_day("Town", TODAY).dossier_of("B1")
    assert (told.pauses, told.wishes, told.consents) == tuple((one,) for one in kept)
    assert town.restraints("Town", "B1") == tuple([one] for one in kept)
    assert town.restraints("Town", "B2") == ([], [], [])
    assert town.restraints("Other") == ([], [], [])
    with town.writing(ALICE) as writer:
        writer.end_pause("Town", kept[0].id)
        writer.end_wish("Town", kept[1].id)
        writer.end_consent("Town", kept[2].id)
    told = town.open_day("Town", TODAY).dossier_of("B1")
    assert (told.pauses, told.wishes, told.consents) == ((), (), ())


def test_each_step_has_one_event_without_anybodys_words(town: SqlStore) -> None:
    kept = put(town, PAUSE)
    for _ in range(2):  # ended twice is ended once
        with town.writing(ALICE) as writer:
            writer.end_pause("Town", kept.id)
    events = [one for one in town.events() if one.kind.startswith("pause.")]
    assert [(one.kind, one.subject) for one in events] == [
        ("pause.ended", "B1"),
        ("pause.added", "B1"),
    ]
    assert "13812345678" not in str([one.after for one in events])


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (replace(PAUSE, last=TODAY - timedelta(days=1)), "lies before its first"),
        (replace(PAUSE, source=" "), "say who said so"),
        (Wish(0, "B1", "letter"), "say what is not wanted"),
        (replace(CONSENT, evidence=""), "needs its scope in words and its evidence"),
        (replace(CONSENT, expires=TODAY - timedelta(days=1)), "before it was given"),
        (replace(CONSENT, rule="sundays"), "widens 'sundays' by the rules CN: it widens hours, ho"),
        (replace(CONSENT, rule="crew_size"), "no consent widens 'crew_size'"),  # a rule of CN's
        (replace(CONSENT, given_on=TODAY + timedelta(days=1)), "is ahead: write the day on which"),
        (replace(CONSENT, case_id="C2"), "B1 has no contract 'C2'"),
        (replace(CONSENT, place_id="B2-home"), "B1 has no place 'B2-home'"),
        (replace(WISH, place_id="gone"), "B1 has no place 'gone'"),
    ],
)
def test_what_contradicts_itself_is_refused(town: SqlStore, wrong: Restraint, says: str) -> None:
    with pytest.raises(ConflictError, match=says):
        put(town, wrong)
    assert town.restraints("Town") == ([], [], [])


def test_strangers_and_unknown_numbers_are_named(town: SqlStore) -> None:
    with pytest.raises(NotFoundError, match="no borrower 'B9'"):
        put(town, replace(PAUSE, borrower_id="B9"))
    kept = put(town, PAUSE)
    for city, id in (("Town", kept.id + 1), ("Other", kept.id)):
        with (
            pytest.raises(NotFoundError, match="is not in the book of"),
            town.writing(ALICE) as writer,
        ):
            writer.end_pause(city, id)
