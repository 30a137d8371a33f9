"""Pairs are formed by every criterion, best of all, and as many as can be."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.travel import Mode
from scheduler.crews import PairWeights, form_crews
from scheduler.crews.joining import Member
from scheduler.crews.matching import Candidate, best_matching, largest_matching
from scheduler.crews.pairing import NEAREST, Pairing
from scheduler.crews.quality import PairQuality
from scheduler.day import Day
from tests.scheduler.crews.days import CITY, but, case, day_of, home, member, road_s, window

NAMES = ("ann", "bea", "cai", "dan")
Halves = tuple[tuple[str, str], tuple[str, str]]
HALVES: list[Halves] = [
    (("ann", "bea"), ("cai", "dan")),
    (("ann", "cai"), ("bea", "dan")),
    (("ann", "dan"), ("bea", "cai")),
]
"""The three ways to pair four."""

PairDays = dict[frozenset[str], int]


def pairs_of(day: Day, pair_days: PairDays | None = None, seed: int = 0) -> set[str]:
    return {crew.id for crew in form_crews(day, 2, road_s, pair_days=pair_days, seed=seed).crews}


def ids(halves: Halves) -> set[str]:
    return {"+".join(half) for half in halves}


def near_starts(halves: Halves) -> Day:
    return day_of(
        member(name, minute=30 * half) for half, names in enumerate(halves) for name in names
    )


def common_shifts(halves: Halves) -> Day:
    spans = ("08:00-14:00", "12:00-18:00")
    return day_of(
        member(n, span=span) for span, names in zip(spans, halves, strict=True) for n in names
    )


def same_mode(halves: Halves) -> Day:
    modes = (Mode.CAR, Mode.EBIKE)
    return day_of(
        member(n, mode=mode) for mode, names in zip(modes, halves, strict=True) for n in names
    )


def skills_between_them(halves: Halves) -> Day:
    """One case asks for what the first two have between them, one for what the others have."""
    skills = dict(zip((*halves[0], *halves[1]), "uvxy", strict=True))
    cases = [case(1, skills="uv"), case(2, skills="xy")]
    return day_of((member(n, skills=frozenset(skills[n])) for n in NAMES), cases=cases)


def owners_of_near_cases(halves: Halves) -> Day:
    """The cases of the first two lie 50 minutes of road from those of the others."""
    owners = enumerate((*halves[0], *halves[1]))
    cases = [case(number, owner) for number, owner in owners]
    places = [home(number, minute) for number, minute in enumerate((0, 1, 50, 51))]
    return day_of(map(member, NAMES), cases=cases, places=places)


def never_together(halves: Halves) -> Day:
    """One of the first two may go with neither of the others; one side's word is enough."""
    first = halves[0][0]
    return day_of(
        member(n, never_with=frozenset(halves[1]) if n == first else frozenset()) for n in NAMES
    )


def one_agency(halves: Halves) -> Day:
    return day_of(member(n, agency="south" if n in halves[0] else "north") for n in NAMES)


@pytest.mark.parametrize("halves", HALVES)
@pytest.mark.parametrize(
    "day_where",
    [
        near_starts,
        common_shifts,
        same_mode,
        skills_between_them,
        owners_of_near_cases,
        never_together,
        one_agency,
    ],
)
def test_each_criterion_alone_decides(day_where: Callable[[Halves], Day], halves: Halves) -> None:
    # The four differ in nothing else, so whichever way the criterion points is the answer.
    assert pairs_of(day_where(halves)) == ids(halves)


@pytest.mark.parametrize("seniors", list(combinations(NAMES, 2)))
def test_a_senior_goes_with_a_junior(seniors: tuple[str, str]) -> None:
    pairs = pairs_of(day_of(member(name, is_senior=name in seniors) for name in NAMES))
    assert "+".join(seniors) not in pairs
    assert len(pairs) == 2


@pytest.mark.parametrize("halves", HALVES)
def test_a_pair_that_went_for_too_long_is_parted(halves: Halves) -> None:
    # Two of the three ways to pair four hold a pair at its limit; the third is left.
    at_limit = [frozenset(pair) for other in HALVES if other != halves for pair in other]
    pair_days = dict.fromkeys(at_limit, CITY.max_days_as_pair)
    day = day_of(map(member, NAMES))
    assert pairs_of(day, pair_days) == ids(halves)
    below = dict.fromkeys(at_limit, CITY.max_days_as_pair - 1)
    assert pairs_of(day, below) == pairs_of(day), "a day less and it does not count"


def test_a_pair_is_parted_even_for_worse_ones() -> None:
    # Ann and Bea live next door, as Cai and Dan do, 60 minutes away.
    day = near_starts(HALVES[0])
    assert pairs_of(day, {frozenset({"ann", "bea"}): 5}) in (ids(HALVES[1]), ids(HALVES[2]))


def test_a_pair_is_repeated_where_fewer_could_go_otherwise() -> None:
    formed = form_crews(
        day_of([member("ann"), member("bea")]), 2, road_s, pair_days={frozenset({"ann", "bea"}): 7}
    )
    assert [crew.id for crew in formed.crews] == ["ann+bea"]
    (note,) = formed.notes
    assert note.members == ("ann", "bea")
    assert "5 days or more" in note.text


def test_weights_are_the_callers() -> None:
    day = near_starts(HALVES[0])
    mixed = replace(
        day, collectors=[replace(c, is_senior=c.id in HALVES[0][0]) for c in day.collectors]
    )
    # Parted, each pair would gain 60 points for being mixed, and lose 30 + 30 minutes of common
    # time and as many on the way.
    assert pairs_of(mixed) == ids(HALVES[0])
    weights = PairWeights(senior_with_junior=600)
    mixed_pairs = {crew.id for crew in form_crews(mixed, 2, road_s, weights=weights).crews}
    assert mixed_pairs in (ids(HALVES[1]), ids(HALVES[2]))


def test_more_pairs_come_before_better_ones() -> None:
    # Bea and Cai would be the best pair, but Ann can go only with Bea, and Dan only with Cai.
    far, ok = frozenset({"cai", "dan"}), frozenset({"ann", "bea"})
    day = day_of(
        [
            member("ann", 40, never_with=far),
            member("bea"),
            member("cai"),
            member("dan", 40, never_with=ok),
        ]
    )
    assert pairs_of(day) == {"ann+bea", "cai+dan"}


def test_nobody_stays_alone_for_want_of_a_far_partner() -> None:
    # Eight more hosts than near guests, and hosts never go together. The nearest that a host may
    # go with are the near guests; those of a far guest are the far and the near ones. So only
    # a look beyond the nearest sends each host with a guest.
    hosts = [f"host{i:02}" for i in range(NEAREST + 8)]
    members = [member(name, 1, never_with=frozenset(hosts)) for name in hosts]
    members += [member(f"near{i:02}", 0) for i in range(NEAREST)]
    members += [member(f"far{i}", -50) for i in range(8)]
    formed = form_crews(day_of(members), 2, road_s)
    assert len(formed.crews) == len(hosts)
    assert formed.alone == ()


# --- against brute force -----------------------------------------------------------------------


def all_matchings(candidates: Sequence[Candidate]) -> Iterator[list[Candidate]]:
    """Every set of candidates in which nobody stands twice."""
    if not candidates:
        yield []
        return
    first, rest = candidates[0], candidates[1:]
    yield from all_matchings(rest)
    apart = [other for other in rest if not set(other.pair) & set(first.pair)]
    for matching in all_matchings(apart):
        yield [first, *matching]


def rank(matching: Sequence[Candidate]) -> tuple[int, int, int]:
    repeats = sum(candidate.is_repeat for candidate in matching)
    return len(matching), -repeats, sum(candidate.points for candidate in matching)


@st.composite
def small_days(draw: st.DrawFn) -> tuple[Day, PairDays]:
    rng = Random(draw(st.integers(0, 2**32)))
    names = [f"c{i}" for i in range(draw(st.integers(0, 7)))]
    members = [random_member(rng, name, names) for name in names]
    cases = [case(i, rng.choice([*names, None]), rng.choice(("", "x", "xy"))) for i in range(6)]
    places = [home(i, rng.uniform(0, 60)) for i in range(6)]
    repeats = [pair for pair in combinations(names, 2) if rng.random() < 0.3]
    return day_of(members, cases=cases, places=places), {frozenset(pair): 5 for pair in repeats}


def random_member(rng: Random, name: str, names: Sequence[str]) -> Member:
    start = rng.choice((8, 9, 12))
    return member(
        name,
        rng.uniform(0, 60),
        f"{start:02}:00-{start + rng.choice((4, 8)):02}:00",
        agency=rng.choice(("north", "north", "south")),
        mode=rng.choice((Mode.CAR, Mode.EBIKE)),
        skills=frozenset(rng.choice(("", "x", "y", "xy"))),
        is_senior=rng.random() < 0.4,
        never_with=frozenset(other for other in names if rng.random() < 0.1),
    )


@settings(max_examples=60, deadline=None)
@given(small_days())
def test_no_other_pairs_are_better(drawn: tuple[Day, PairDays]) -> None:
    day, pair_days = drawn
    members = [Member(c, s) for c, s in zip(day.collectors, day.shifts, strict=True)]
    judge = Pairing(PairQuality.of(day, PairWeights()), road_s, pair_days, CITY.max_days_as_pair)
    every = judge._candidates(combinations(members, 2))
    best = max(map(rank, all_matchings(every)))
    assert rank(judge.form(members, seed=0)) == best
    assert rank(largest_matching(every))[:2] == best[:2]


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**32))
def test_near_partners_make_as_many_pairs_as_all_do(seed: int) -> None:
    rng = Random(seed)
    names = [f"c{i}" for i in range(3 * NEAREST)]
    day = day_of(random_member(rng, name, names) for name in names)
    pair_days = {frozenset(pair): 5 for pair in combinations(names, 2) if rng.random() < 0.5}
    members = [Member(c, s) for c, s in zip(day.collectors, day.shifts, strict=True)]
    judge = Pairing(PairQuality.of(day, PairWeights()), road_s, pair_days, CITY.max_days_as_pair)
    every = judge._candidates(combinations(members, 2))
    assert rank(judge.form(members, seed=0))[:2] == rank(largest_matching(every))[:2]


@settings(max_examples=40, deadline=None)
@given(small_days(), st.integers(0, 5))
def test_every_collector_is_in_one_crew_or_named_alone(
    drawn: tuple[Day, PairDays], seed: int
) -> None:
    day, pair_days = drawn
    formed = form_crews(day, 2, road_s, pair_days=pair_days, seed=seed)
    told = [name for crew in formed.crews for name in crew.members]
    told += [one.collector_id for one in formed.alone]
    assert sorted(told) == sorted(collector.id for collector in day.collectors)
    assert all(len(crew.members) == 2 for crew in formed.crews)
    assert all(one.why for one in formed.alone)
    shuffled = replace(day, collectors=day.collectors[::-1], shifts=day.shifts[::-1])
    assert formed == form_crews(shuffled, 2, road_s, pair_days=pair_days, seed=seed)


def candidate(a: str, b: str, points: int) -> Candidate:
    crew = form_crews(day_of([member(a), member(b)]), 2, road_s).crews[0]
    return Candidate(crew, points)


def test_the_start_stays_where_the_work_runs_out(monkeypatch: pytest.MonkeyPatch) -> None:
    # An odd ring of five: at most two pairs, of neighbours.
    ring = [
        candidate(a, b, i)
        for i, (a, b) in enumerate([("a", "b"), ("b", "c"), ("c", "d"), ("d", "e"), ("a", "e")])
    ]
    monkeypatch.setattr("scheduler.crews.matching.WORK_PER_CANDIDATE", 0.0)
    assert len(best_matching(ring)) == 2


def test_nobody_makes_no_pairs() -> None:
    assert best_matching([]) == []
    assert form_crews(day_of([]), 2, road_s).crews == ()


def test_two_hundred_are_paired_within_seconds() -> None:
    # Solved to the end in 1-3 s on one core; the deterministic limit would end it soon after.
    rng = Random(5)
    names = [f"c{i:03}" for i in range(201)]
    members = [but(random_member(rng, name, ()), agency="north") for name in names]
    formed = form_crews(day_of(members), 2, road_s)
    assert len(formed.crews) == 100
    assert len(formed.alone) == 1
    hours = [crew.window.duration / window("08:00-09:00").duration for crew in formed.crews]
    assert min(hours) >= 1


LISTENS = """
import signal
from scheduler.crews import form_crews
from tests.scheduler.crews.test_pairing import HALVES, near_starts, road_s
heard = []
signal.signal(signal.SIGINT, lambda *_: heard.append("Ctrl-C"))
form_crews(near_starts(HALVES[0]), 2, road_s)
signal.raise_signal(signal.SIGINT)
print(*heard)
"""


def test_who_listens_for_ctrl_c_hears_it_after_crews_are_formed() -> None:
    # In a process of its own: where the solver took it away, Ctrl-C ends the process.
    words = [sys.executable, "-c", LISTENS]
    ended = subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)
    assert (ended.returncode, ended.stdout.strip()) == (0, "Ctrl-C"), ended.stderr
