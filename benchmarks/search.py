"""Our own search beside PyVRP, VROOM and a study of it: quality, speed, memory.

Budgets are CPU seconds of one thread; where two threads are measured, wall seconds. A judge scores
all alike. Whole it takes an hour and a half, and half of that where the peers' runs are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean

from benchmarks.comparing import mean_beyond, ratio_of_means, ratio_to_best
from benchmarks.instances import VRPTW, Field, Vrptw
from benchmarks.measure import Measure, Series
from benchmarks.peers import PYVRP, STUDY, VROOM
from benchmarks.quality import beside, quality, violations
from benchmarks.race import Race, Runs
from web.cli.solve import Clock

MEASURED = ("routing", "scheduler", "data/vroom", "benchmarks")
SEEDS = (1, 2, 3, 4, 5)
TWO_SEEDS = SEEDS[:2]
LONG = Vrptw("R1_4_4")


def measures(engine: str = "search", pace: float = 1.0) -> Iterator[Measure]:
    """Yield the measures of an engine; `pace` is the part of each budget that it is given."""
    race = Race(engine, pace)
    yield from days(race)
    yield from first_places(race)
    yield from large_days(race)
    yield from two_at_one_door(race)
    yield from two_threads(race)
    yield from insertion(race)
    yield from gaps(race)


def days(race: Race) -> Iterator[Measure]:
    """A day of 600 cases, and the same with a lunch break for everybody."""
    day = race.ours(Field(), 10, SEEDS)
    pyvrp, study = (race.by(peer, Field(), 10, SEEDS) for peer in (PYVRP, STUDY))
    yield from quality("600/40", day, PyVRP=pyvrp, study=study)
    yield beside("600/40 beside PyVRP", day, PyVRP=pyvrp)
    yield beside("600/40 beside the study", day, study=study)
    speed = {"study": Series("iterations_per_s", study)}
    ours = Series("iterations_per_s", day)
    yield Measure("600/40 iterations", "per s", ours, speed)
    yield Measure("600/40 iterations beside the study", "×", ours, speed, beside=ratio_to_best)
    lunch = race.ours(Field(lunch=True), 10)
    yield from quality("lunch", lunch, without=day[:1])
    yield beside("lunch beside none", lunch, without=day[:1])
    yield Measure("lunch iterations", "per s", Series("iterations_per_s", lunch))


def first_places(race: Race) -> Iterator[Measure]:
    """One place for each case, for as long as VROOM took: its own limit is none."""
    run = race.at_vrooms_time(Field(alternatives=0))
    peers = {VROOM.name: Series("VROOM objective", (run,))}
    ours = Series("objective", (run,))
    yield Measure("first places objective", "s", ours, peers)
    yield Measure("first places beside VROOM", "×", ours, peers, beside=ratio_to_best)
    yield Measure("first places time", "s", Series("VROOM cpu_s", (run,)))
    yield violations("first places", (run,))


def large_days(race: Race) -> Iterator[Measure]:
    """More cases than a day's search can look at one by one."""
    for name, day in (("2,000/130", Field(2000, 130)), ("5,000/330", Field(5000, 330))):
        ours, pyvrp = race.ours(day, 30), race.by(PYVRP, day, 30)
        yield from quality(name, ours, PyVRP=pyvrp)
        yield beside(f"{name} beside PyVRP", ours, PyVRP=pyvrp)
        yield Measure(f"{name} first plan", "s", Series("first_plan_s", ours))
        memory, theirs = Series("peak_mb", ours), {"PyVRP": Series("peak_mb", pyvrp)}
        yield Measure(f"{name} memory", "MB", memory, theirs)
        yield Measure(f"{name} memory beside PyVRP", "×", memory, theirs, beside=ratio_to_best)


def two_at_one_door(race: Race) -> Iterator[Measure]:
    """Cases that two collectors start together, beside teams that are fixed for the day."""
    duo = Field(duo=0.1)
    ours = race.ours(duo, 10)
    teams = {f"{n} teams": race.in_teams(duo, n, 10) for n in (2, 4, 6, 8)}
    yield from quality("two at one door", ours, **teams)
    yield beside("two at one door beside the best teams", ours, **teams)
    yield Measure("two at one door iterations", "per s", Series("iterations_per_s", ours))


def two_threads(race: Race) -> Iterator[Measure]:
    """Two cores beside one, by the wall."""
    for name, instance in (("600/40", Field()), ("400 customers", LONG)):
        two = race.ours(instance, 20, threads=2, clock=Clock.WALL)
        one = race.ours(instance, 20, clock=Clock.WALL)
        longer = race.ours(instance, 30, clock=Clock.WALL)
        yield beside(f"{name} two threads beside one", two, one=one)
        yield beside(f"{name} two threads beside one for 30 s", two, one=longer)
        yield violations(f"{name} two threads", two)


def insertion(race: Race) -> Iterator[Measure]:
    """One more case in a plan of 600, without a search."""
    runs = race.insertions(Field(), 10, TWO_SEEDS)
    search, insertion = Series("search_s", runs), Series("insertion_s", runs)
    times, faster = {"insertion": insertion}, "search beside insertion"
    yield Measure(faster, "×", search, times, beside=ratio_to_best)
    ours, anew = Series("objective", runs), {"search": Series("objective of the search", runs)}
    yield Measure("insertion beside search", "×", ours, anew, beside=ratio_to_best)
    yield violations("insertion", runs)


def gaps(race: Race) -> Iterator[Measure]:
    """How far beyond the best known distance, where every customer must be served."""
    ours = {one: race.ours(one, 30, TWO_SEEDS) for one in VRPTW}
    pyvrp = {one: race.by(PYVRP, one, 30, TWO_SEEDS) for one in VRPTW}
    every, theirs = gap_of(ours, VRPTW), {"PyVRP": gap_of(pyvrp, VRPTW)}
    yield Measure("VRPTW mean gap", "%", every, theirs, average=fmean)
    yield Measure("VRPTW beside PyVRP", "×", every, theirs, fmean, ratio_of_means)
    for kind in dict.fromkeys(one.kind for one in VRPTW):
        of_kind = [one for one in VRPTW if one.kind == kind]
        own, peer = gap_of(ours, of_kind), {"PyVRP": gap_of(pyvrp, of_kind)}
        yield Measure(f"{kind} gap beyond PyVRP's", "points", own, peer, fmean, mean_beyond)
    yield violations("VRPTW", every.runs)


def gap_of(runs: Mapping[Vrptw, Runs], instances: Sequence[Vrptw]) -> Series:
    return Series("gap", tuple(run for one in instances for run in runs[one]))
