"""What is known of one borrower and one crew answers for them as the whole day does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from routing.sources.straight_line import StraightLineTimes
from scheduler.build import build_problem
from scheduler.day import Day
from scheduler.directives import Directive, DirectiveKind
from scheduler.dossier import Dossier
from scheduler.editing.edits import Sheet
from scheduler.editing.facts_about import FactsAbout
from scheduler.editing.fitting import Fitting
from scheduler.model import Borrower, Case, OwnerPolicy, Shift
from scheduler.plan import Plan
from scheduler.problem import Visit
from tests.scheduler.little_book import (
    ON,
    TOWN,
    at,
    case,
    collector,
    crew,
    daily,
    day,
    failed,
    place,
    rules_of,
    window,
)

PEOPLE = ("ann", "ben", "cat", "dan", "eve")
BORROWERS = tuple(f"b{number}" for number in range(1, 5))
HOURS = ("09:00-18:00", "12:00-20:00")


class WholeDay(FactsAbout):
    """Nothing is narrowed: the day itself."""

    def of(self, visit: Visit, crew_id: str) -> Day:  # noqa: ARG002
        return self._day


def a_day(rng: Random) -> Day:
    """Return a day on which anything may stand against anybody: people, owners, past, words."""
    team = [crew("ann", "ben"), crew("cat"), crew("dan", hours=HOURS[1]), crew("eve", "stranger")]
    on_shift = [id_ for id_ in PEOPLE if rng.random() < 0.8]
    return day(
        [one for id_ in BORROWERS for one in cases_of(rng, id_)],
        places=[
            place(id_, kind, step, windows=rng.choice(((), (daily("10:00-15:00"),))))
            for step, id_ in enumerate(BORROWERS, 1)
            for kind in ("home", "work")
        ],
        borrowers=[borrower(rng, id_) for id_ in BORROWERS],
        city=replace(TOWN, owner_policy=rng.choice(list(OwnerPolicy))),
        collectors=[
            collector(
                id_,
                agency=rng.choice(("agency", "agency", "other")),
                skills=frozenset(rng.sample(("deaf", "vehicles"), rng.randint(0, 2))),
                languages=frozenset(rng.sample(("yue", "cmn"), rng.randint(0, 2))),
                certificate_expires=rng.choice((None, None, ON - timedelta(1))),
            )
            for id_ in PEOPLE
        ],
        shifts=[Shift(id_, window(rng.choice(HOURS))) for id_ in on_shift],
        crews=rng.sample(team, len(team)),
        past=[
            failed("10:00", ON - timedelta(rng.randint(1, 20)), borrower=rng.choice(BORROWERS))
            for _ in range(rng.randint(0, 6))
        ],
        dossiers={id_: dossier(id_) for id_ in BORROWERS if rng.random() < 0.3},
        stand_ins={"k1-b1": frozenset({rng.choice(PEOPLE)})},
    )


def cases_of(rng: Random, borrower_id: str) -> list[Case]:
    return [
        case(
            f"k{number}-{borrower_id}",
            borrower_id,
            owner=rng.choice((None, *PEOPLE)),
            skills=frozenset(rng.sample(("deaf", "vehicles"), rng.randint(0, 1))),
            crew_size=rng.choice((1, 1, 2)),
        )
        for number in range(1, rng.randint(2, 3))
    ]


def borrower(rng: Random, id_: str) -> Borrower:
    return Borrower(id_, "somebody", languages=frozenset(rng.sample(("yue", "cmn"), 1)))


def dossier(id_: str) -> Dossier:
    said = Directive(1, id_, DirectiveKind.NOT_TODAY, ON, "who", at("08:00"))
    return Dossier(directives=(said,))


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6), profile=st.sampled_from(("CN", "US")))
def test_what_stands_between_a_visit_and_a_crew_is_what_the_whole_day_says(
    seed: int, profile: str
) -> None:
    book = a_day(Random(seed))
    problem = build_problem(replace(book, dossiers={}), rules_of(profile), StraightLineTimes())
    problem = replace(problem, day=book)  # said since: it keeps nobody out of the problem itself
    sheet = Sheet(Plan((), ()), tuple(book.crews))
    about = FactsAbout(book)
    for visit in problem.visits:
        for_all = Fitting(problem, sheet, visit, about)
        for shift in problem.crews:
            alone = Fitting(problem, sheet, visit, WholeDay(book))
            assert for_all.obstacles(shift) == alone.obstacles(shift)
