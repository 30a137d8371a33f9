"""Teams of several sizes simulated side by side, a process for each.

Every process opens the home for itself and reads the same first morning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from contextlib import contextmanager
from multiprocessing import active_children, get_context
from time import monotonic

from scheduler.headcount.figures import TeamFigures
from scheduler.headcount.question import Simulate
from web.headcount.simulating import Look, Simulation, nobody_looks, read_anew, simulated

MOST_PROCESSES = 8
LOOK_EVERY_S = 0.5


@contextmanager
def side_by_side(
    asked: Simulation,
    processes: int,
    hear: Callable[[TeamFigures], None] = lambda _: None,
    look: Look = nobody_looks,
    initializer: Callable[[], None] | None = None,
) -> Iterator[Simulate]:
    """Give what simulates several headcounts at once, each in a process of its own.

    Parameters
    ----------
    asked, processes
        What is simulated, in how many processes.
    hear
        Hears of each team as soon as it is known.
    look
        Called twice a second meanwhile, by one process alone between two days of its work; what it
        raises ends the work at once.
    initializer
        Begins each process.
    """
    read_anew()
    if processes < 2:
        seldom = every(LOOK_EVERY_S, look)
        yield lambda counts: [_alone(asked, count, hear, look, seldom) for count in counts]
        return
    others = set(active_children())
    context, size = get_context("spawn"), min(processes, MOST_PROCESSES)
    pool = ProcessPoolExecutor(size, mp_context=context, initializer=initializer)
    try:
        yield lambda counts: _in_pool(pool, asked, counts, hear, look)
    except BaseException:
        for process in set(active_children()) - others:
            process.terminate()  # nobody waits for what it would find
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _alone(
    asked: Simulation,
    employed: int,
    hear: Callable[[TeamFigures], None],
    look: Look,
    meanwhile: Look,
) -> TeamFigures:
    look()
    team = simulated(asked, employed, meanwhile)
    hear(team)
    return team


def every(seconds: float, look: Look) -> Look:
    """Return what looks at most once in so many seconds, however often it is called."""
    latest = monotonic()

    def seldom() -> None:
        nonlocal latest
        if monotonic() - latest >= seconds:
            look()
            latest = monotonic()

    return seldom


def _in_pool(
    pool: ProcessPoolExecutor,
    asked: Simulation,
    counts: Sequence[int],
    hear: Callable[[TeamFigures], None],
    look: Look,
) -> list[TeamFigures]:
    """Begin with the largest team: its days take longest."""
    waiting = {pool.submit(simulated, asked, count) for count in sorted(counts, reverse=True)}
    came: dict[int, TeamFigures] = {}
    while waiting:
        look()
        done, waiting = wait(waiting, LOOK_EVERY_S, FIRST_COMPLETED)
        for team in (one.result() for one in done):
            came[team.employed] = team
            hear(team)
    return [came[count] for count in counts]
