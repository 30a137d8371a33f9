"""After every event each planned visit passes, or is suspended with its cause."""

from __future__ import annotations

import ast
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from data import database, tables
from data.store import SqlStore, open_store
from data.store.touched import NO_MATTER, OF_BORROWER, OF_CASE, OF_CITY, OF_PLACE, OF_PLAN
from routing.point import Point, distance_m
from routing.sources.straight_line import StraightLineTimes
from scheduler.check import Fault
from scheduler.contacts import ContactResult
from scheduler.directives import DirectiveKind
from scheduler.kept import reread
from scheduler.model import DailyWindow, OwnerPolicy, PlaceKind, StopFlag, Window
from scheduler.ports import PlanRecord
from scheduler.suspending import PLACE_MOVED
from tests.conftest import ROOT
from tests.data.filled import filled
from tests.data.story import (
    BORROWERS,
    DAYS,
    MONDAY,
    PEOPLE,
    ZONE,
    Happening,
    Story,
    planned_book,
    planned_story,
)
from tests.scheduler.little_book import rules_of

OF_THE_WAY = {
    *(Fault.WRONG_TRAVEL_TIME, Fault.NO_ROAD, Fault.STARTS_BEFORE_ARRIVAL, Fault.OVERLAP),
    *(Fault.WRONG_DEPARTURE, Fault.WRONG_RETURN, Fault.OVERTIME, Fault.WRONG_SERVICE_TIME),
}
"""Faults of how a crew drives, which are no matter of a visit's facts."""


@pytest.fixture(scope="module")
def planned_file(sqlite_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book that was planned, to be copied for each story."""
    file = tmp_path_factory.mktemp("story") / "planned.sqlite"
    shutil.copy(sqlite_file, file)
    store = open_store(f"sqlite:///{file}")
    planned_book(store)
    store.close()
    return file


@pytest.fixture
def story(store: SqlStore) -> Story:
    """The planned book, on both databases."""
    return planned_story(filled(store, planned_book))


@pytest.fixture
def told(planned_file: Path, tmp_path: Path) -> Iterator[Callable[[], Story]]:
    """Return a new copy of the planned book each time it is called."""
    opened: list[SqlStore] = []

    def begin() -> Story:
        for store in opened:
            store.close()
        file = tmp_path / "story.sqlite"
        shutil.copy(planned_file, file)
        opened[:] = [open_store(f"sqlite:///{file}")]
        return planned_story(opened[0])

    yield begin
    for store in opened:
        store.close()


# --- what must hold


def standing(story: Story) -> dict[tuple[int, str], tuple[str, bool]]:
    """Return why each visit is suspended or flagged now, and whether it had begun."""
    suspension = tables.suspension.c
    query = select(tables.suspension).where(suspension.lifted_at.is_(None))
    with database.reading(story.store.engine) as connection:
        rows = connection.execute(query).all()
    return {(row.plan_id, row.visit_id): (row.why, row.was_begun) for row in rows}


def refused(story: Story, plan: PlanRecord) -> dict[str, set[str]]:
    """Return what `check_plan` has against each visit of a plan, by the facts of now.

    The judge knows nothing of suspensions, unless they stand in the record.
    """
    day = story.store.open_day("Town", plan.content.on)
    kept = reread(plan, day, rules_of(), StraightLineTimes())
    found: dict[str, set[str]] = {}
    for fault in kept.violations():
        if fault.kind not in OF_THE_WAY and fault.id in plan.content.plan.served:
            found.setdefault(fault.id, set()).add(fault.kind)
    return found


def made_and_begun(story: Story) -> tuple[set[str], set[str]]:
    """Return who has been visited on Monday, and at whose door a crew has stood."""
    with database.reading(story.store.engine) as connection:
        made = set(connection.scalars(select(tables.outcome.c.borrower_id)))
        begun = set(connection.scalars(select(tables.visit_mark.c.visit_id)))
    return made, begun


def must_hold(story: Story) -> None:
    """Each future visit passes, or is suspended; one that has begun is flagged instead."""
    now = standing(story)
    made, begun = made_and_begun(story)
    for plan in story.live_plans():
        on, against = plan.content.on, refused(story, replace(plan, standing=()))
        assert set(refused(story, plan)) <= begun | made, "what is not suspended can be published"
        for who in plan.content.plan.served:
            if on == MONDAY and who in made:
                continue
            why, was_begun = now.get((plan.id, who), ("", False))
            if why == PLACE_MOVED:
                assert has_moved(story, plan, who), "the judge of plans knows no earlier place"
                continue
            assert bool(why) == (who in against), (plan.version, on, who, why, against.get(who))
            assert was_begun == (bool(why) and on == MONDAY and who in begun)
    events_tell_all(story)


def has_moved(story: Story, plan: PlanRecord, who: str) -> bool:
    """Say whether a planned place is farther than 50 m from where it was planned to be."""
    stops = (stop for trip in plan.content.plan.itineraries for stop in trip.visits)
    place = story.place(next(stop.place_id for stop in stops if stop.id == who))
    kept = tables.visit_grounds.c
    query = select(kept.point_lat, kept.point_lon).where(
        kept.plan_id == plan.id, kept.visit_id == who
    )
    with database.reading(story.store.engine) as connection:
        was = connection.execute(query).first()
    assert place is not None
    assert place.point is not None
    return was is not None and distance_m(Point(*was), place.point) > 50


def events_tell_all(story: Story) -> None:
    """Each beginning and each end of a suspension has its event."""
    kinds: Counter[str] = Counter()
    ends = 0
    for event in story.store.events(limit=10_000):
        if event.kind in ("visit.suspended", "visit.flagged", "visit.resumed"):
            kinds[event.kind] += 1
            ends += event.before is not None
    with database.reading(story.store.engine) as connection:
        rows = connection.execute(select(tables.suspension)).all()
    assert kinds["visit.suspended"] == sum(not row.was_begun for row in rows)
    assert kinds["visit.flagged"] == sum(row.was_begun for row in rows)
    assert ends == sum(row.lifted_at is not None for row in rows)


# --- what may happen

who = st.sampled_from(BORROWERS)
which = st.sampled_from([f"C{n}" for n in range(1, 8)])
flags = st.frozensets(st.sampled_from(list(StopFlag)), max_size=2)
day = st.integers(0, 2)
people = st.sampled_from(PEOPLE)
agencies = st.sampled_from(["North", "North", "South", ""])


def hour(number: int, first: int) -> datetime:
    return datetime.combine(DAYS[number], time(first), ZONE)


booked = st.none() | st.builds(
    lambda number, first, long: Window(hour(number, first), hour(number, first + long)),
    day,
    st.integers(9, 17),
    st.integers(1, 4),
)
suits = st.builds(
    lambda first, long: (DailyWindow(time(first), time(first + long)),),
    st.integers(8, 15),
    st.integers(1, 8),
)

happenings: st.SearchStrategy[Happening] = st.one_of(
    st.builds(lambda c, f: lambda s: s.case(c, stops=f), which, flags),
    st.builds(lambda c, w: lambda s: s.case(c, appointment=w), which, booked),
    st.builds(
        lambda c, n: lambda s: s.case(c, promise_due=n), which, st.none() | st.sampled_from(DAYS)
    ),
    st.builds(lambda c, n: lambda s: s.case(c, crew_size=n), which, st.integers(1, 3)),
    st.builds(
        lambda c, n: lambda s: s.case(c, skills=n),
        which,
        st.frozensets(st.sampled_from(["talk", "cars"])),
    ),
    st.builds(lambda c, o: lambda s: s.case(c, owner=o), which, st.none() | people),
    st.builds(lambda c, a: lambda s: s.case(c, agency=a), which, agencies),
    st.builds(lambda c, a: lambda s: s.entrust(c, a), which, agencies),
    st.builds(lambda p, a: lambda s: s.collector(p, agency=a), people, agencies),
    st.builds(lambda w, h: lambda s: s.hours(w, h), who, st.just(()) | suits),
    st.builds(lambda gone: lambda s: s.file(gone), st.frozensets(which, max_size=3)),
    st.builds(lambda w, v: lambda s: s.validity(f"{w}-home", v), who, st.booleans()),
    st.builds(
        lambda p, n: lambda s: s.collector(p, certificate_expires=n),
        people,
        st.none() | st.sampled_from(DAYS),
    ),
    st.builds(
        lambda p, n: lambda s: s.collector(p, skills=n),
        people,
        st.frozensets(st.sampled_from(["talk", "cars"])),
    ),
    st.builds(lambda p, d, h: lambda s: s.shift(p, d, h), people, day, st.integers(10, 18)),
    st.builds(lambda o: lambda s: s.city(o), st.sampled_from(list(OwnerPolicy))),
    st.builds(lambda w: lambda s: s.arrive(w), who),
    st.builds(
        lambda w, made: lambda s: s.outcome(w, "NOT_HOME" if made else "NOT_REACHED", made),
        who,
        st.booleans(),
    ),
    st.builds(lambda d: lambda s: s.plan(d), day),
    st.builds(lambda d: lambda s: s.publish(d), day),
)

CALLED = [ContactResult.ANSWERED, ContactResult.NO_ANSWER, ContactResult.OPT_OUT]
SUMS = [Decimal("100"), Decimal("800.25"), Decimal("-800.25")]
SET_ASIDE = ["house_hours", "house_stops", "pauses", "contact_first", "blocked_hours"]

her_story: st.SearchStrategy[Happening] = st.one_of(
    st.builds(lambda w, r: lambda s: s.contact(w, r), who, st.sampled_from(CALLED)),
    st.builds(lambda c, m: lambda s: s.payment(c, m), which, st.sampled_from(SUMS)),
    st.builds(lambda w, a, b: lambda s: s.pause(w, a, b), who, day, st.none() | st.just(2)),
    st.builds(lambda w: lambda s: s.end_pauses(w), who),
    st.builds(
        lambda w, k, d: lambda s: s.say(w, k, d), who, st.sampled_from(list(DirectiveKind)), day
    ),
    st.just(lambda s: s.take_back()),
    st.builds(
        lambda w, h, k: lambda s: s.wish(w, h, k),
        who,
        suits,
        st.none() | st.sampled_from(PlaceKind),
    ),
    st.builds(
        lambda w, r, d, yes: lambda s: s.override(w, r, d, yes),
        who,
        st.sampled_from(SET_ASIDE),
        day,
        st.booleans(),
    ),
    st.builds(lambda w, m: lambda s: s.move(f"{w}-home", m), who, st.sampled_from([30.0, 80.0])),
    st.builds(
        lambda w, code: lambda s: s.outcome(w, code, True),
        who,
        st.sampled_from(["HOSTILE", "COMPLAINT", "REFUSED", "MOVED", "PAID_FULL"]),
    ),
)
happenings |= her_story


def tell(story: Story, happened: list[Happening]) -> None:
    must_hold(story)
    for happening in happened:
        happening(story)
        must_hold(story)


SLOWLY = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)


@settings(SLOWLY, max_examples=8)
@given(st.lists(happenings, min_size=3, max_size=6))
def test_whatever_happens_each_visit_passes_or_is_suspended(
    told: Callable[[], Story], happened: list[Happening]
) -> None:
    tell(told(), happened)


@pytest.mark.slow
@settings(SLOWLY, max_examples=300)
@given(st.lists(happenings, min_size=5, max_size=25))
def test_whatever_happens_for_long(told: Callable[[], Story], happened: list[Happening]) -> None:
    tell(told(), happened)


def kinds_in(folder: Path) -> Iterator[str]:
    """Yield what looks like the kind of an event in the modules that add some."""
    for file in folder.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        if any(sign in text for sign in ("note(", "_entered(", "Event(", "tables.event")):
            nodes = [n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Constant)]
            words = [node.value for node in nodes if isinstance(node.value, str)]
            yield from (word for word in words if re.fullmatch(r"[a-z]+\.[a-z_]+", word))


def test_what_cannot_matter_is_told_of_events_that_there_are() -> None:
    there = {kind for room in ("data", "web", "scheduler") for kind in kinds_in(ROOT / room)}
    assert NO_MATTER - there == set()
    assert (OF_CASE | OF_PLACE | OF_BORROWER) - there == set()
    matter = OF_CASE | OF_PLACE | OF_BORROWER | OF_PLAN | OF_CITY
    assert not matter & NO_MATTER
